/**
 * <rnn-changed>: change one early word of a story, and see which later guesses of three networks change.
 * Data, as JSON inside the element: `study`, `story` (its words), `changes` [[place, word], …], and `exact`
 * and `nets` {window: [a list a seed]}: for each change, one after the other, how much the guess of each
 * later word changes, up to the language.
 */
import { ask, CELLS, choice, define, Explorer, format, held, marks, svg, value } from "./explorer.mjs";

const NETS = { window: { name: "window", marker: "dot" }, simplernn: CELLS.simplernn, lstm: CELLS.lstm };
const [LEFT, TOP, LANE, BAR] = [70, 46, 30, 22]; // px: the names, the words, a network's lane, a change of 1 in it
const median = (list) => list.toSorted((a, b) => a - b)[(list.length - 1) / 2];
const size = (x) => (x === 0 ? "not at all" : x < 0.005 ? "by less than 0.01" : `by ${x.toFixed(2)}`);

class Changed extends Explorer {
  static next = ".handle";
  static settings = {
    shown: { value: 0, min: 0, max: 1, step: 1, kept: true },
    place: { value: 1, min: 0, max: 6, step: 1, implies: { shown: 1 } }, // the n-th word that can be another one
    other: { value: "0", options: ["0", "1"], implies: { shown: 1 } },
  };

  build() {
    const { study, nets } = this.data;
    return `
      ${held("story", "Changed word")}
      ${ask("France becomes Spain. 17 words later each network guesses the language, ___. The window reads the last three words. Whose guess changes?",
        [["all", "all three"], ["loops", "SimpleRNN and LSTM"], ["lstm", "only the LSTM"]], "Show it")}
      <div class="buttons after">${choice("other", "It becomes", [["0", value("first")], ["1", value("second")]])}
        <button type="button" class="button reset">Reset</button></div>
      <p role="status"></p>
      <p class="note">Drag the coloured word along the story, or use the arrow keys. Below each later word stands how much a network’s guess of this word changes: on the line not at all (0), as high as
        the row wholly (1). It is half the sum of the differences of all probabilities. Symbols: medians of ${nets.lstm.length} networks each; dots: every network; dashes: the change of the best
        possible guess, where there is one. From <a href="../notebooks/studies/${study}.html">the study</a>.</p>
      <details class="after"><summary>Numbers</summary>
        <div class="scroll" role="region" aria-label="Change of the guess of each later word" tabindex="0">
          <table class="numbers"><thead></thead><tbody></tbody></table></div></details>`;
  }

  ready() {
    const { story, changes } = this.data, pen = document.createElement("canvas").getContext("2d");
    this.places = [...new Set(changes.map(([place]) => place))];
    this.asked = story.length - 2; // the language; after it comes the last full stop
    this.words = story.slice(0, this.asked).concat("___");
    const { fontFamily } = getComputedStyle(this);
    this.slots = this.words.map((word, t) => { // wide enough for whatever may stand there
      pen.font = `${this.places.includes(t) ? 600 : 400} 13px ${fontFamily}`;
      return 8 + Math.max(...[word, ...this.#others(t)].map((text) => pen.measureText(text).width));
    });
    this.grip("story", { x: "place", to: (x, y) => ({ place: this.#nearest(x, y) }) });
  }

  #others(t) {
    return this.data.changes.filter(([place]) => place === t).map(([, word]) => word);
  }

  /** Lines of words, as few as fit and about equally long: for each word its row and its middle. */
  #lines(width) {
    const { slots } = this;
    const broken = (limit) => {
      const lines = [[]];
      let used = 0;
      slots.forEach((slot, t) => {
        if (used + slot > limit && this.words[t] !== ".") [used] = [0, lines.push([])];
        lines.at(-1).push(t);
        used += slot;
      });
      return lines;
    };
    const long = (line) => line.reduce((sum, t) => sum + slots[t], 0), fewest = broken(width).length;
    let limit = long(slots.map((_, t) => t)) / fewest;
    while (broken(limit).length > fewest) limit += 2;
    const lines = broken(limit), stretch = width / Math.max(...lines.map(long));
    return lines.flatMap((line, row) => line.map((t, n) =>
      ({ row, x: LEFT + stretch * (long(line.slice(0, n)) + slots[t] / 2) })));
  }

  #nearest(x, y) {
    const far = (t) => Math.abs(this.at[t].x - x) + 4 * Math.abs(this.at[t].row * this.high + TOP / 2 - y);
    return this.places.indexOf(this.places.toSorted((a, b) => far(a) - far(b))[0]);
  }

  /** Of the change that is set: its place, both words, and the changes of the later guesses. */
  #now({ place, other }) {
    const { changes, nets, exact } = this.data, t = this.places[place];
    const n = changes.findIndex(([at]) => at === t) + Number(other);
    const from = changes.slice(0, n).reduce((sum, [at]) => sum + this.asked - at, 0);
    const part = (list) => list.slice(from, from + this.asked - t);
    const seeds = Object.fromEntries(Object.entries(nets).map(([net, lists]) => [net, lists.map(part)]));
    const medians = Object.fromEntries(Object.entries(seeds).map(([net, lists]) =>
      [net, lists[0].map((_, k) => median(lists.map((list) => list[k])))]));
    return { t, word: changes[n][1], seeds, medians, exact: part(exact) };
  }

  draw(state, width) {
    const { t, word, seeds, medians, exact } = this.#now(state), { words } = this, { shown } = state;
    this.high = TOP + 3 * LANE + 6;
    this.at = this.#lines(width - LEFT - 2);
    const rows = 1 + this.at.at(-1).row, box = { width, height: rows * this.high };
    const text = (what, x, y, look, anchor = "middle") => svg("text", { class: look, x, y, "text-anchor": anchor }, what);
    const base = (row, lane) => row * this.high + TOP + lane * LANE + BAR;
    const later = words.map((_, k) => k).slice(t + 1);
    const story = words.map((name, k) => {
      const { row, x } = this.at[k], y = row * this.high;
      return k === t ? text(name, x, y + 11, "old") : text(name, x, y + 32, this.places.includes(k) ? "free" : "word");
    });
    const lanes = Object.entries(NETS).flatMap(([net, { name, marker }], lane) => {
      const height = (k, v) => base(this.at[k].row, lane) - BAR * v;
      const stem = (k) => `M${this.at[k].x} ${height(k, 0)}V${height(k, medians[net][k - t - 1])}`;
      const dots = later.flatMap((k) => seeds[net].map((list, s) => [this.at[k].x + 2.5 * (s - 2), height(k, list[k - t - 1])]));
      const dash = later.filter((k) => exact[k - t - 1] > 0).map((k) => `M${this.at[k].x - 10} ${height(k, exact[k - t - 1])}h20`);
      return [
        ...Array.from({ length: rows }, (_, row) => svg("path", { class: "grid", d: `M${LEFT} ${base(row, lane)}H${width}` })),
        ...Array.from({ length: rows }, (_, row) => svg("g", { class: `labels ${net}` }, text(name, 0, base(row, lane) - 4, "", "start"))),
        ...(!shown ? [] : [svg("g", { class: `${net} seeds` }, marks(dots, "dot")),
          svg("g", { class: net }, svg("path", { class: "line", d: later.map(stem).join("") }),
            marks(later.map((k) => [this.at[k].x, height(k, medians[net][k - t - 1])]), marker)),
          svg("g", { class: "bound dashed" }, svg("path", { class: "line", d: dash.join("") }))]),
      ];
    });
    const { row, x } = this.at[t], from = row * this.high;
    this.paint("story", box, shown ? `A story, and below each word three lanes. ${this.#sentence(state)}` : "A story in which France becomes Spain; the lanes below are empty.",
      svg("path", { class: "cut", d: `M${x} ${from + 28}V${base(row, 2)}` }), ...story, ...lanes);
    const handle = this.querySelector(".handle");
    handle.textContent = word;
    handle.style.width = `${this.slots[t]}px`;
    this.place("story", [x, from + 28], state.place, `${words[t]} becomes ${word}`);
    this.write({ first: this.#others(t)[0], second: this.#others(t)[1] });
    this.fill(".numbers thead", [["guess of", ...Object.values(NETS).map(({ name }) => name), "best"]]);
    this.fill(".numbers tbody", later.map((k) =>
      [this.#name(k), ...[...Object.keys(NETS).map((net) => medians[net]), exact].map((list) => format(list[k - t - 1], 3))]));
  }

  #name(t) {
    return t === this.asked ? "the language" : `“${this.words[t]}”`;
  }

  #sentence(state) {
    const { t, word, medians, exact } = this.#now(state);
    const matters = exact.indexOf(1), all = Object.entries(NETS).map(([net, { name }]) => [name, medians[net]]);
    const each = (of) => all.map(([name, list]) => `${name} ${size(of(list))}`).join(", ");
    const start = `“${this.words[t]}” becomes “${word}”.`;
    if (matters < 0) return `${start} For no later word does this matter. The largest change of a guess: ${each((list) => Math.max(...list))}.`;
    const rest = Math.max(...all.flatMap(([, list]) => list.filter((_, k) => k !== matters)));
    return `${start} It matters for one later word, ${this.#name(t + 1 + matters)}, ${matters + 1} words on. Its guess changes: ${each((list) => list[matters])}. Elsewhere the largest change is ${rest.toFixed(2)}.`;
  }

  sentence(state) {
    if (!state.shown) return "Make a guess, or look at once.";
    return this.verdict("loops", "SimpleRNN and LSTM") + this.#sentence(state);
  }

  static styles = `
rnn-changed {
  .window { --c: var(--muted); }
  .story text { font-size: 13px; }
  .held .labels text { font-size: 12px; font-weight: 400; }
  .word { fill: var(--muted); } .free { fill: var(--fg); font-weight: 600; }
  .old { fill: var(--muted); text-decoration: line-through; }
  .cut { stroke: var(--high); stroke-width: 1.5; }
  .seeds { opacity: .45; }
  .bound .line { stroke-dasharray: 4 3; }
  .held .handle {
    height: 26px; margin: 0; border-radius: 6px; translate: -50% -50%; background: var(--high); color: var(--bg);
    font-size: 13px; font-weight: 600; line-height: 26px; text-align: center;
  }
  .handle::after { content: ""; position: absolute; inset: -10px -4px; }
}`;
}

define("rnn-changed", Changed);
