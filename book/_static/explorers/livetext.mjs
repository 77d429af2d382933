/**
 * <rnn-livetext>: a character LSTM reads what the reader types and writes on at two temperatures;
 * the text shows what surprised it. Data, as JSON inside the element: `study`; `bits`, the loss on
 * the test text; `first`, `middle`, `last`, the cost of a word's letters; and of the unit that is
 * shown `unit`, `tells`, `kept`, `fresh`, `letter`. `writer.json`, the weights, is fetched on demand.
 */
import { ask, define, Explorer, format, held, slider, svg, value } from "./explorer.mjs";
import { CharacterLSTM, sample, softmax, uniform } from "./lstm.mjs";

const MOST = 240; // letters in the box, and letters that each column writes
const LISTED = 6; // guesses
const CELL = 11.5, BOX = 18, PITCH = 36, HEAD = 20; // px: a letter, its ground, a row, a column's name
const TALLEST = 8; // bits: where colour and line stop growing
const TELLS = {
  name: "being inside a speaker’s name", line: "the number of characters read of the line",
  word: "the number of letters read of the word", speech: "the number of lines read of the speech",
};
const visible = (letter) => ({ " ": "␣", "\n": "↵" })[letter] ?? letter;
const named = (letter) => ({ " ": "a space", "\n": "a new line" })[letter] ?? `“${letter}”`;
const percent = (p) => (p < 0.0005 ? "< 0.1 %" : `${(100 * p).toFixed(1)} %`);
const mean = (list) => list.reduce((a, b) => a + b, 0) / list.length;

/** Row and column of each letter in rows of so many; a word that fits in a row is not broken. */
export function lay(letters, columns) {
  let row = 0, column = 0;
  return letters.map((letter, i) => {
    const before = letters[i - 1], begins = before === " " || before === "\n";
    const rest = letters.slice(i).findIndex((l) => l === " " || l === "\n");
    const word = begins ? (rest < 0 ? letters.length - i : rest) : 1;
    const full = column + Math.min(word, columns) > columns && letter !== " " && letter !== "\n";
    if ((before === "\n" && letter !== "\n") || full) [row, column] = [row + 1, 0];
    return [row, column++];
  });
}

class LiveText extends Explorer {
  static next = ".handle";
  static settings = {
    shown: { value: 0, min: 0, max: 1, step: 1, kept: true },
    text: { value: "MIRANDA:\nAlack, for pity!\nI, not remembering how", maxLength: MOST, implies: { shown: 1 } },
    n: { value: 0, min: 0, max: MOST, step: 60, implies: { shown: 1 } }, // letters that are written
    a: { value: 0.5, min: 0.1, max: 1.5, step: 0.05, implies: { shown: 1 } },
    b: { value: 1, min: 0.1, max: 1.5, step: 0.05, implies: { shown: 1 } },
    seed: { value: 1, min: 1, max: 99, step: 1, implies: { shown: 1 } },
    at: { value: 33, min: 0, max: 2 * MOST, step: 1, implies: { shown: 1 } }, // the letter that is looked at
    upper: { value: 1, min: 0, max: 1, step: 1, implies: { shown: 1 } }, // is it in A? An arrow up leads there
    unit: { min: 0, step: 1, implies: { shown: 1 } },
  };

  connectedCallback() {
    const turn = this.turn = {}; // an element that is moved before its weights are here starts once
    this.loading ??= this.#load();
    this.loading.then(() => this.turn === turn && super.connectedCallback());
  }

  disconnectedCallback() {
    this.turn = undefined;
    if (this.listeners) super.disconnectedCallback();
  }

  /** The weights, once the figure is near the reader's window. */
  async #load() {
    await new Promise((near) => {
      const observer = new IntersectionObserver(([{ isIntersecting }]) => {
        if (isIntersecting) near(observer.disconnect());
      }, { rootMargin: "800px" });
      observer.observe(this);
    });
    const response = await fetch(new URL("writer.json", import.meta.url));
    if (!response.ok) throw new Error(`No weights: ${response.status}`);
    this.model = new CharacterLSTM(await response.json());
  }

  build() {
    const { id, settings, data, model } = this;
    Object.assign(settings.unit, { value: data.unit, max: model.units - 1 });
    const temperature = (name) => slider(id, name, settings[name], `Temperature of ${name.toUpperCase()}`);
    return `
      ${held("text", "Letter that is looked at")}
      ${ask("A network that has read Shakespeare’s plays reads this line, which it has never seen. Where in a word is it most surprised, on average?",
        [["first", "at the first letter"], ["middle", "in the middle"], ["last", "at the last letter"]], "Show its surprise")}
      <div class="desk"><svg role="img" class="next after"></svg>
        <div><div class="buttons after"><button type="button" class="button first write">Let it write</button>
          <button type="button" class="button draws">Other draws</button><button type="button" class="button reset">Reset</button></div>
          <p role="status"></p></div></div>
      <form class="controls after">
        <div class="box"><label for="${id}-text">Type: the network reads along</label>
          <textarea id="${id}-text" name="text" rows="3" maxlength="${MOST}" spellcheck="false"
            autocomplete="off" autocapitalize="off"></textarea></div>
        <div class="desk temperatures">${temperature("a")}${temperature("b")}</div>
        ${slider(id, "unit", settings.unit, "Memory of unit", `Unit ${data.unit} was chosen: its memory goes with ${TELLS[data.tells]}. The
          correlation on the test text is ${data.kept.toFixed(2)}. The best unit before the training has ${data.fresh.toFixed(2)}, the best guess from the last
          character alone ${data.letter.toFixed(2)}.`)}
      </form>
      <p class="note after">The deeper the ground and the thicker the line under a letter, the more bits it cost: −log₂ of the probability that the network
        gave it. The blue steps below: the memory of one unit, tanh <i>c</i>, from −1 at their foot to 1. Drag the dot along the text, or use the arrow keys. On the test text a
        character costs ${data.bits.toFixed(2)} bits on average. ␣ is a space, ↵ a new line; a character that the plays do not have is read
        as a space. Weights and numbers come from <a href="../notebooks/studies/${data.study}.html">the study</a>; everything runs in this page.</p>
      <details class="after"><summary>Numbers</summary>
        <div class="scroll" role="region" aria-label="What was read, letter by letter" tabindex="0">
          <table class="numbers"><thead></thead><tbody></tbody></table></div></details>`;
  }

  ready() {
    const on = (name, change) => this.querySelector(name).addEventListener("click", () => this.set(change(this.state)));
    on(".write", ({ n }) => ({ n: n + 60 }));
    on(".draws", ({ seed }) => ({ seed: (seed % 99) + 1 }));
    this.grip("text", { x: "at", y: "upper", to: (x, y) => this.#nearest(x, y) });
  }

  /** As ever; behind a new text nothing is written yet, and the handle stays within what there is. */
  set(patch) {
    const fresh = "text" in patch && { n: 0 }, { text, n } = { ...this.state, ...fresh, ...patch };
    const typed = [...String(text).slice(0, MOST)].length;
    this.settings.at.max = typed + Number(n);
    super.set({ ...fresh, ...(fresh ? { at: typed } : "n" in patch && { at: this.state.at }), ...patch });
  }

  /** A text begins on a line of its own. */
  get #begin() {
    return this.model.step(this.model.start, "\n");
  }

  /** Of each letter what was expected (logits), what it cost and the place behind it. */
  #read(text) {
    let place = this.#begin;
    return [...text].map((letter) => {
      const known = this.model.index.has(letter) ? letter : " ", { logits } = place;
      place = this.model.step(place, known);
      return this.#letter(known, logits, place);
    });
  }

  #letter(letter, logits, place) {
    return { letter, logits, place, bits: -Math.log2(softmax(logits)[this.model.index.get(letter)]) };
  }

  /** So many letters more, by the draws of a seed. */
  #write(read, { n, seed }, temperature) {
    let place = read.at(-1)?.place ?? this.#begin;
    return Array.from({ length: n }, (_, k) => {
      const { logits } = place, u = uniform(seed, read.length + k);
      const letter = this.model.letters[sample(softmax(logits, temperature), u)];
      place = this.model.step(place, letter);
      return this.#letter(letter, logits, place);
    });
  }

  #texts(state) {
    const read = this.#read(state.text);
    return { read, a: this.#write(read, state, state.a), b: this.#write(read, state, state.b) };
  }

  /** The letters before and at the handle, and the one that is expected if there is none yet. */
  #looked(state) {
    const { read, a, b } = this.#texts(state), column = state.upper ? a : b;
    const all = [...read, ...column], now = all[state.at], before = all[state.at - 1];
    const logits = now?.logits ?? (before?.place ?? this.#begin).logits;
    const written = state.at >= read.length && state.n > 0;
    return { read, a, b, all, now, logits, temperature: written ? state[state.upper ? "a" : "b"] : undefined };
  }

  #nearest(x, y) {
    const away = ({ x: left, y: top }) => {
      const off = y - top - PITCH / 2;
      return Math.abs(x - left - CELL / 2) + (Math.abs(off) > PITCH / 2 ? 100 * Math.abs(off) : 0);
    };
    const { at, upper = this.state.upper } = this.cells.reduce((best, cell) => (away(cell) < away(best) ? cell : best));
    return { at, upper };
  }

  draw(state, width) {
    const looked = this.#looked(state), { read, a, b, all, now } = looked, { n, shown } = state;
    const beside = width > 560, half = beside ? (width - 24) / 2 : width;
    const block = (letters, from, left, top, room, upper) => {
      const places = lay([...letters.map(({ letter }) => letter), ""], Math.floor(room / CELL) - 1); // "" is the end
      const cells = places.map(([row, column], i) => ({ x: left + column * CELL, y: top + row * PITCH, at: from + i, upper, ...letters[i] }));
      return { cells, bottom: top + (places.at(-1)[0] + 1) * PITCH };
    };
    const first = block(read, 0, 1, 1, width);
    const upper = block(a, read.length, 1, first.bottom + HEAD, half, 1);
    const lower = block(b, read.length, beside ? half + 24 : 1, beside ? first.bottom + HEAD : upper.bottom + HEAD, half, 0);
    const blocks = n ? [first, upper, lower] : [first];
    // The end of the text is a cell of its own only where no column goes on from it.
    this.cells = blocks.flatMap((one, i) => (n && i === 0 ? one.cells.slice(0, -1) : one.cells));
    const here = this.cells.find(({ at, upper = state.upper }) => at === state.at && upper === state.upper);

    const size = { width, height: Math.max(...blocks.map(({ bottom }) => bottom)) };
    const filled = this.cells.filter(({ letter }) => letter !== undefined);
    const heads = n ? ["a", "b"].map((name, i) => svg("text", { class: "head", x: blocks[1 + i].cells[0].x, y: blocks[1 + i].cells[0].y - 6 },
      `${name.toUpperCase()}, temperature ${state[name]}: ${mean(looked[name].map(({ bits }) => bits)).toFixed(1)} bits a character`)) : [];
    this.paint("text", size, shown ? this.#told(state, looked) : `A text: ${state.text}`,
      ...(shown ? this.#grounds(filled, state.unit) : []), ...heads,
      ...filled.map(({ letter, x, y }) => svg("text", { class: letter === "\n" ? "letter sign" : "letter", x: x + CELL / 2, y: y + 14,
        "text-anchor": "middle" }, letter === "\n" ? "↵" : letter)),
      svg("rect", { class: "now", x: here.x, y: here.y, width: CELL, height: BOX + 5, rx: 2 }));
    this.place("text", [here.x + CELL / 2, here.y + 29], state.at, now ? `${named(now.letter)}, ${now.bits.toFixed(1)} bits` : "the end of the text");
    this.#bars(state, looked, Math.min(beside ? (width - 32) / 2 : width, 420));
    this.write({ a: state.a.toFixed(2), b: state.b.toFixed(2), unit: state.unit });
    this.querySelector(".write").disabled = n >= MOST;
    this.#table(state, all);
  }

  /** Grounds and lines for the surprise, and the unit's memory below them, from −1 to 1. */
  #grounds(cells, unit) {
    const box = (x, y, w, h) => `M${x.toFixed(1)} ${y.toFixed(1)}h${w}v${h.toFixed(1)}h${-w}z`;
    const capped = ({ bits }) => Math.min(TALLEST, bits);
    const grounds = Array.from({ length: TALLEST }, (_, k) => svg("path", { class: "ground", "fill-opacity": ((k + 1) * 0.045).toFixed(3),
      d: cells.filter((cell) => Math.round(capped(cell)) === k + 1).map(({ x, y }) => box(x, y, CELL, BOX)).join("") }));
    const lines = cells.map((cell) => box(cell.x, cell.y + BOX, CELL, (5 * capped(cell)) / TALLEST)).join("");
    const memory = cells.map(({ x, y, place }) => box(x, y + PITCH - 1, CELL, -5.5 * (1 + Math.tanh(place.c[unit])))).join("");
    return [...grounds, svg("path", { class: "under", d: lines }), svg("path", { class: "unit", d: memory })];
  }

  /** What was expected at the handle: the likeliest letters, and the one that came. */
  #bars(state, { now, logits, temperature }, width) {
    const p = softmax(logits), bent = temperature && temperature !== 1 && softmax(logits, temperature), came = now && this.model.index.get(now.letter);
    const order = [...p.keys()].sort((i, j) => p[j] - p[i]).slice(0, LISTED);
    if (now && !order.includes(came)) order[LISTED - 1] = came;
    const [left, end, high] = [30, width - 112, 16], y = (row) => 20 + row * high;
    const text = (words, x, row, look = "", anchor = "start") => svg("text", { class: look, x, y: y(row) + 13, "text-anchor": anchor }, words);
    const bars = order.flatMap((k, row) => [
      text(visible(this.model.letters[k]), 12, row, k === came ? "letter came" : "letter", "middle"),
      svg("rect", { class: k === came ? "bar came" : "bar", x: left, y: y(row) + 2, width: Math.max(1, p[k] * (end - left)), height: high - 5 }),
      ...(bent ? [svg("rect", { class: "bent", x: left, y: y(row) + 2, width: bent[k] * (end - left), height: high - 5 })] : []),
      text(percent(p[k]) + (k === came ? ", came" : ""), left + Math.max(p[k], bent?.[k] ?? 0) * (end - left) + 7, row, k === came ? "came" : ""),
    ]);
    const title = `${now ? `What it expected before ${named(now.letter)}` : "What it expects next"}${bent ? `; outlined: at ${temperature}` : ""}`;
    const said = order.map((k) => `${named(this.model.letters[k])} ${percent(p[k])}`).join(", ");
    this.paint("next", { width, height: y(LISTED) }, `${title}: ${said}.`, svg("text", { class: "head", x: 0, y: 13 }, title), ...bars);
  }

  #table({ unit }, all) {
    const key = [unit, all.map(({ letter }) => letter).join("")].join();
    if (this.tabled === key) return; // a move of the handle changes nothing here
    this.tabled = key;
    this.fill(".numbers thead", [["letter", "bits", "first guess", "its probability", `unit ${unit}`]]);
    this.fill(".numbers tbody", all.map(({ letter, logits, bits, place }) => {
      const p = softmax(logits), most = Math.max(...p);
      return [visible(letter), format(bits, 5), visible(this.model.letters[p.indexOf(most)]), format(most, 5), format(Math.tanh(place.c[unit]), 5)];
    }));
  }

  #told(state, { a, b }) {
    const column = (name, letters) => ` ${name} at temperature ${state[name.toLowerCase()]} writes: ${letters.map(({ letter }) => letter).join("")}.`;
    return `A text, each letter on a ground as deep as its surprise: ${state.text}.${state.n ? column("A", a) + column("B", b) : ""}`;
  }

  #words(state) {
    const { read, a, b, now, logits } = this.#looked(state), p = softmax(logits), most = Math.max(...p);
    const guess = `${named(this.model.letters[p.indexOf(most)])} (${percent(most)})`;
    const strange = [...state.text].find((letter) => !this.model.index.has(letter));
    const cost = (letters) => mean(letters.map(({ bits }) => bits)).toFixed(1);
    return [
      now ? `Before ${named(now.letter)} it expected ${guess}; ${named(now.letter)} cost ${now.bits.toFixed(1)} bits. The memory of unit ${state.unit} then stands at ${format(Math.tanh(now.place.c[state.unit]), 2)}.`
        : `It expects ${guess} next.`,
      ...(read.length ? [`The ${read.length} characters of the text cost ${cost(read)} bits each.`] : []),
      ...(state.n ? [`What it wrote itself cost it ${cost(a)} bits a character at temperature ${state.a}, ${cost(b)} at ${state.b}.`] : []),
      ...(strange ? [`It knows no “${strange}” and reads a space.`] : []),
    ].join(" ");
  }

  sentence(state) {
    if (!state.shown) return "Make a guess, or look at once.";
    const { first, middle, last } = this.data, two = (x) => x.toFixed(1);
    return this.verdict("first", `at the first: ${two(first)} bits on average, ${two(middle)} in the middle, ${two(last)} at the last`) + this.#words(state);
  }

  static styles = `
rnn-livetext {
  .letter { fill: var(--fg); font-family: ui-monospace, monospace; font-size: 15px; }
  .sign { fill: var(--muted); }
  .head { font-weight: 600; }
  .ground, .under { fill: var(--high); }
  .unit, .bar { fill: var(--lstm); }
  .now { fill: none; stroke: var(--high); stroke-width: 2; }
  .came { fill: var(--high); font-weight: 700; }
  .bent { fill: none; stroke: var(--fg); stroke-dasharray: 3 2; }
  .handle { background: radial-gradient(var(--high) 5px, var(--bg) 6px 7px, var(--high) 7.5px 9px, transparent 9.5px); }
  .live svg.next { max-width: 26.25rem; margin-top: 0; }
  .live [role=status] { margin: .6rem 0 0; }
  .desk + form { margin-top: .75rem; }
  .box { display: grid; gap: .25rem; }
  .box label { font-weight: 600; }
  .live .buttons { gap: .5rem; margin-top: 0; }
  .live .temperatures { margin-top: 0; }
  .live .note { margin-top: .75rem; }
  textarea {
    box-sizing: border-box; width: 100%; padding: .5rem; border: 1px solid var(--muted); border-radius: .375rem;
    background: var(--bg); color: var(--fg); font: .9375rem/1.4 ui-monospace, monospace; resize: vertical;
  }
}
@media (pointer: coarse) { rnn-livetext .button { min-height: 44px; } }`;
}

define("rnn-livetext", LiveText);
