/**
 * <rnn-order>: a network that reads in order and a bag of words judge a review that the reader types,
 * word by word. Data, as JSON inside the element: `study`; `words`, which both know; `size`, the
 * numbers in a word's row and the units a direction; `weights` {bi, bag}, each in Keras' order.
 */
import { ask, define, Explorer, format, held, svg } from "./explorer.mjs";
import { gated, softmax } from "./lstm.mjs";

const MOST = 160; // letters of a review
const LETTER = 8.6, LONGEST = 24; // px: a letter; letters of a word that are shown
const BOX = 26, BAR = 14, LINE = 62, HEAD = 46; // px: a word's box, the bar for all that a word can add, a line, a reader's heading
const READERS = { bi: "The network, in order", bag: "The bag of words" };
const SIDES = ["negative", "neutral", "positive"];
const signed = (x) => (Math.abs(x) < 0.005 ? "" : x < 0 ? "−" : "+") + Math.abs(x).toFixed(2);

/** x W + start. */
const affine = (x, rows, start) => x.reduce((sum, v, r) => sum.map((s, k) => s + v * rows[r][k]), start);

/** Weights, one after the other in a list, as matrices of these shapes, or as vectors. */
export function shaped(list, shapes) {
  let at = 0;
  const take = (count) => list.slice(at, (at += count));
  return shapes.map(([rows, columns]) => (columns ? Array.from({ length: rows }, () => take(columns)) : take(rows)));
}

/** The state of an LSTM of Keras after these rows. */
function last(rows, [kernel, recurrent, bias]) {
  const rest = Array(recurrent.length).fill(0), start = { h: rest, c: rest };
  return rows.reduce(({ h, c }, x) => gated(affine(h, recurrent, affine(x, kernel, bias)), c), start).h;
}

/** What each reader makes of numbers of words: three probabilities. */
export function readers({ words, size, weights }) {
  const table = [words.length + 2, size], lstm = [[size, 4 * size], [size, 4 * size], [4 * size]], top = [[2 * size, 3], [3]];
  const [rows, ...bi] = shaped(weights.bi, [table, ...lstm, ...lstm, ...top]);
  const [bagged, hidden, offset, ...out] = shaped(weights.bag, [table, [size, 2 * size], [2 * size], ...top]);
  return {
    bi: (text) => {
      const x = text.map((n) => rows[n]);
      return softmax(affine([...last(x, bi), ...last(x.toReversed(), bi.slice(3))], ...bi.slice(6)));
    },
    bag: (text) => {
      const mean = bagged[0].map((_, k) => text.reduce((sum, n) => sum + bagged[n][k], 0) / text.length);
      return softmax(affine(affine(mean, hidden, offset).map((v) => Math.max(0, v)), ...out));
    },
  };
}

class Order extends Explorer {
  static next = ".handle";
  static settings = {
    shown: { value: 0, min: 0, max: 1, step: 1, kept: true },
    text: { value: "the food was good but the staff was bad", maxLength: MOST, implies: { shown: 1 } },
    at: { value: 3, min: 0, max: MOST, step: 1 }, // the word that is looked at
  };

  build() {
    const { words, study } = this.data;
    this.readers = readers(this.data);
    this.number = new Map(words.map((word, n) => [word, n + 1]));
    this.judged = new Map(); // by text: a move of the handle costs nothing
    return `
      ${held("review", "Word that is looked at")}
      ${ask("The two clauses change places. Whose verdict turns round?",
    [["bi", "the network’s"], ["bag", "the bag’s"], ["both", "both"], ["neither", "neither"]], "Show the verdicts")}
      <div class="buttons after"><button type="button" class="button first" data-move="clauses">Exchange the clauses</button>
        <button type="button" class="button" data-move="-1">Move word left</button>
        <button type="button" class="button" data-move="1">Move word right</button>
        <button type="button" class="button reset">Reset</button></div>
      <p role="status"></p>
      <form class="controls after"><label for="${this.id}-text">Type a review, up to ${MOST} characters: both read along</label>
        <textarea id="${this.id}-text" name="text" rows="2" maxlength="${MOST}" spellcheck="false"
          autocomplete="off" autocapitalize="off"></textarea></form>
      <p class="note after">Both learned from invented reviews only, clauses such as <i>the food was not good</i>, alone or two joined by <i>but</i>
        (<a href="../notebooks/studies/${study}.html">the study</a>). What has another form is new to them: try <i>bad</i> alone, which the network takes for praise.
        A bag can learn that <i>not</i> and <i>bad</i> together are praise. It cannot know which word <i>not</i> stood before: <i>good but not bad</i> and <i>not good but bad</i> are one bag.</p>
      <p class="note after">There are three labels, and the verdict is the likeliest, so a score near 0 need not be neutral. The score is the probability of <em>positive</em> minus that of <em>negative</em>.
        A blue bar, above a word: it raises the score. An orange one, below: it lowers it. To measure that, <code>[UNK]</code> is put in the word’s place; so even <i>the</i> has a bar. Look at <i>good</i> before <i>but</i>: it adds hardly anything to the network’s score, and much to the bag’s.
        Click a word, drag the dot, or use the arrow keys, to look at a word; the buttons move that one. Clauses are exchanged around exactly one <i>but</i>, with words on both sides.</p>
      <p class="note after">They know the full stop and ${words.length - 1} words: <i>${words.filter((word) => word !== ".").join(" ")}</i>. Any other word is <code>[UNK]</code>.</p>
      <details class="after"><summary>Numbers</summary>
        <div class="scroll" role="region" aria-label="What each word adds to the scores" tabindex="0">
          <table class="numbers"><thead></thead><tbody></tbody></table></div></details>`;
  }

  ready() {
    this.grip("review", { x: "at", to: (x, y) => ({ at: this.#nearest(x, y) }) });
    for (const button of this.querySelectorAll("[data-move]")) {
      button.addEventListener("click", () => this.set(this.#moved(button.dataset.move)));
    }
  }

  /** As ever; the handle stays within the review. */
  set(patch) {
    this.settings.at.max = Math.max(0, this.#words({ ...this.state, ...patch }).length - 1);
    super.set("text" in patch ? { at: this.state.at, ...patch } : patch);
  }

  #words({ text }) {
    const whole = String(text).length < MOST ? String(text) : String(text).slice(0, MOST).replace(/\S+$/, "");
    return whole.toLowerCase().replace(/n['’]t\b/g, " not").match(/[^\s.,;!?"“”„'‘’()-]+|\./g) ?? [];
  }

  /** Whether there is anything to judge: a word that both know. */
  #known(words) {
    return words.some((word) => word !== "." && this.number.has(word));
  }

  /** A review with the clauses around its one “but” exchanged; nothing when there are not two. */
  #exchanged(words) {
    const end = words.at(-1) === "." ? ["."] : [], inner = words.slice(0, words.length - end.length), but = inner.indexOf("but");
    const whole = but > 0 && but < inner.length - 1 && but === inner.lastIndexOf("but");
    return whole ? [...inner.slice(but + 1), "but", ...inner.slice(0, but), ...end] : null;
  }

  /** The settings after the clauses are exchanged, or a word goes a place on. */
  #moved(move) {
    const words = this.#words(this.state), { at } = this.state, to = at + Number(move);
    if (move === "clauses") return { text: this.#exchanged(words).join(" ") };
    [words[at], words[to]] = [words[to], words[at]];
    return { text: words.join(" "), at: to };
  }

  /** Of each reader: probabilities, score, and what each word adds to it. */
  #judge(words) {
    const key = words.join(" ");
    if (!this.judged.has(key)) {
      const hidden = this.data.words.length + 1, text = words.map((word) => this.number.get(word) ?? hidden);
      const score = (p) => p[2] - p[0];
      this.judged.clear();
      this.judged.set(key, Object.fromEntries(Object.entries(this.readers).map(([name, read]) => {
        const p = read(text);
        return [name, { p, score: score(p), side: SIDES[p.indexOf(Math.max(...p))], adds: text.map((_, n) => score(p) - score(read(text.with(n, hidden)))) }];
      })));
    }
    return this.judged.get(key);
  }

  #nearest(x, y) {
    const away = (cell) => Math.abs(x - cell.x - cell.width / 2) + (y < cell.y || y > cell.y + LINE ? 1000 + Math.abs(y - cell.y - LINE / 2) : 0);
    return this.cells.reduce((best, cell) => (away(cell) < away(best) ? cell : best)).at;
  }

  /** Where each word stands in lines of this width. */
  #lay(words, width) {
    let x = 0, line = 0;
    return words.map((word, at) => {
      const shown = word.length > LONGEST ? `${word.slice(0, LONGEST - 1)}…` : word, wide = LETTER * shown.length + 12;
      if (x > 0 && x + wide > width) [x, line] = [0, line + 1];
      const cell = { word, shown, at, x, line, width: wide };
      x += wide + 6;
      return cell;
    });
  }

  draw(state, width) {
    const words = this.#words(state), judged = this.#judge(words), { at } = state, shown = state.shown && this.#known(words);
    const cells = this.#lay(words, width - 2).map((cell) => ({ ...cell, x: cell.x + 1 }));
    const high = HEAD + LINE * ((cells.at(-1)?.line ?? 0) + 1);
    const blocks = Object.keys(READERS).map((name, n) => this.#block(name, judged[name], cells, { shown, at }, n * high, width));
    const number = ([name, { score, side }]) => `${READERS[name]}: ${side}, ${signed(score)}.`;
    this.paint("review", { width, height: 2 * high },
      `A review: ${words.join(" ")}. ${shown ? Object.entries(judged).map(number).join(" ") : ""}`, ...blocks.flat());
    this.cells = [0, high].flatMap((top) => cells.map((cell) => ({ ...cell, y: top + HEAD + LINE * cell.line })));
    const here = this.cells[at] ?? { x: 0, y: HEAD, width: 2 * LETTER };
    this.place("review", [here.x + here.width / 2, here.y + 2 * BAR + BOX], at, shown ? this.#told(words, judged, at) : words[at] ?? "no word");
    for (const [move, off] of [["clauses", !this.#exchanged(words)], ["-1", at < 1], ["1", at >= words.length - 1]]) {
      this.querySelector(`[data-move="${move}"]`).disabled = off;
    }
    this.fill(".numbers thead", [["word", "in order", "bag"]]);
    const row = (title, of) => [title, ...Object.values(judged).map((found) => format(of(found), 5))];
    this.fill(".numbers tbody", this.#known(words) ? [...words.map((word, n) => row(word, ({ adds }) => adds[n])), row("score", ({ score }) => score)] : [], at);
  }

  /** One reader: its name, its score on a scale, the words and what each adds. */
  #block(name, { score, side, adds }, cells, { shown, at }, top, width) {
    const [left, right] = [58, width - 58], x = (v) => left + ((v + 1) / 2) * (right - left), y = top + 34;
    const outcome = shown ? [
      svg("text", { class: "outcome", x: width - 1, y: top + 15, "text-anchor": "end" }, `${side}, ${signed(score)}`),
      svg("circle", { class: "score", cx: x(score), cy: y, r: 6 })] : [];
    const scale = [svg("text", { x: 1, y: y + 4 }, "negative"), svg("text", { x: width - 1, y: y + 4, "text-anchor": "end" }, "positive"),
      svg("path", { class: "axis", d: `M${left} ${y}H${right}M${x(0)} ${y - 5}v10` })];
    const word = (cell) => {
      const box = { x: cell.x, y: top + HEAD + LINE * cell.line + BAR, width: cell.width, height: BOX }, add = shown ? adds[cell.at] : 0;
      const height = (BAR * Math.abs(add)) / 2, bar = { x: box.x, y: add > 0 ? box.y - height : box.y + BOX, width: box.width, height };
      const look = [cell.at === at ? "now" : "", this.number.has(cell.word) ? "" : "unknown"].join(" ");
      return svg("g", { class: look },
        svg("rect", { class: "box", rx: 4, ...box }),
        svg("rect", { class: add > 0 ? "lifts" : "lowers", rx: 4, ...box, "fill-opacity": 0.3 * Math.min(1, Math.abs(add)) }),
        svg("rect", { class: add > 0 ? "lifts" : "lowers", ...bar }),
        svg("text", { class: "word", x: box.x + box.width / 2, y: box.y + 17.5, "text-anchor": "middle" }, cell.shown));
    };
    return [svg("text", { class: "head", x: 1, y: top + 15 }, READERS[name]), ...scale, ...outcome, ...cells.map(word)];
  }

  #told(words, { bi, bag }, at) {
    return words.length ? `“${words[at]}” adds ${signed(bi.adds[at])} to the score of the network, ${signed(bag.adds[at])} to that of the bag` : "no word";
  }

  sentence(state) {
    if (!state.shown) return "Make a guess, or look at once.";
    const words = this.#words(state), judged = this.#judge(words), { bi, bag } = judged;
    if (!words.length) return "Type a review.";
    const strange = [...new Set(words.filter((word) => !this.number.has(word)))];
    if (words.every((word) => word === ".")) return "There is no word in it.";
    if (!this.#known(words)) return "They know none of these words, so there is no verdict.";
    return (this.#answer() || `The network says ${bi.side} (${signed(bi.score)}), the bag ${bag.side} (${signed(bag.score)}). ${this.#told(words, judged, state.at)}.`)
      + (strange.length ? ` They do not know ${strange.map((word) => `“${word}”`).join(", ")}.` : "")
      + (String(state.text).length >= MOST ? ` What is longer than ${MOST} characters is not read.` : "");
  }

  /** The answer to the question, which is of the review at the start. */
  #answer() {
    const words = this.#words({ text: this.settings.text.value });
    const [before, after] = [words, this.#exchanged(words)].map((text) => this.#judge(text));
    const change = (name) => {
      const [from, to] = [before, after].map((judged) => signed(judged[name].score));
      return from === to ? `stays at ${to}` : `goes from ${from} to ${to}`;
    };
    return this.verdict("bi", `once exchanged, the network’s score ${change("bi")}, the bag’s ${change("bag")}, for it holds the same words`);
  }

  static styles = `
rnn-order {
  .head, .outcome { font-weight: 600; fill: var(--fg); font-size: 14px; }
  .box { fill: none; stroke: var(--border); }
  .now .box { stroke: var(--high); stroke-width: 2.5; }
  .unknown .box { stroke: var(--muted); stroke-dasharray: 4 3; }
  .word { fill: var(--fg); font-family: ui-monospace, monospace; font-size: 14px; }
  .unknown .word { fill: var(--muted); }
  .lifts { fill: var(--lstm); }
  .lowers { fill: var(--simplernn); }
  .score { fill: var(--fg); }
  .handle { background: radial-gradient(var(--high) 5px, var(--bg) 6px 7px, var(--high) 7.5px 9px, transparent 9.5px); }
  [role=status] { overflow-wrap: anywhere; }
  .controls { gap: .25rem; }
  .controls label { font-weight: 600; }
  .button:disabled { opacity: .5; cursor: default; }
  .live .note { margin-top: .75rem; }
  textarea {
    box-sizing: border-box; width: 100%; padding: .5rem; border: 1px solid var(--muted); border-radius: .375rem;
    background: var(--bg); color: var(--fg); font: .9375rem/1.4 ui-monospace, monospace; resize: vertical;
  }
}
@media (pointer: coarse) { rnn-order .button { min-height: 44px; } }
@media print { rnn-order .handle { display: none; } }`;
}

define("rnn-order", Order);
