/**
 * <rnn-duel>: LSTM or GRU? Every run of study 7a behind the verdict, and how many of them a reader
 * looks at. Data, as JSON inside the element: `study`, `updates` (the length of a run), `rates`,
 * `best` {task-start: [LSTM's rate, GRU's]}, and `runs` {task-cell-start-rate: [updates, one a seed]}:
 * when less than a tenth of the loss was left for the first time; null for a run that ends above that.
 */
import { ask, CELLS, choice, define, Explorer, held, marks, svg } from "./explorer.mjs";

const TASKS = { recall: "recall", adding: "adding", order: "order", reber: "Reber" };
const STARTS = { keras: "Keras’", long: "long" };
const PAIR = ["lstm", "gru"];
const median = (list) => {
  const sorted = [...list].sort((a, b) => a - b), half = sorted.length / 2;
  return (sorted[Math.floor(half)] + sorted[Math.ceil(half) - 1]) / 2;
};

/**
 * Who is ahead: the cell that learns in more of the runs; if both learn equally often, the one whose
 * runs learn sooner (median; not learned is later than all). 1: the first, -1: the second, 0: neither.
 */
export function ahead(first, second) {
  const learned = (runs) => runs.filter((u) => u !== null).length;
  const late = (runs) => median(runs.map((u) => u ?? Infinity));
  const more = Math.sign(learned(first) - learned(second));
  if (more || !learned(first)) return more;
  const [a, b] = [late(first), late(second)];
  return a === b ? 0 : Math.sign(b - a);
}

/** Of all pairs of one run each, the share that says the opposite of all runs together. */
export function opposite(first, second) {
  const truth = ahead(first, second), pairs = first.flatMap((a) => second.map((b) => ahead([a], [b])));
  return truth ? pairs.filter((said) => said === -truth).length / pairs.length : 0;
}

class Duel extends Explorer {
  static next = ".handle";
  static settings = {
    shown: { value: 0, min: 0, max: 1, step: 1, kept: true },
    seeds: { value: 1, min: 1, max: 10, step: 1, implies: { shown: 1 } },
    task: { value: "recall", options: Object.keys(TASKS), implies: { shown: 1 } },
    start: { value: "keras", options: Object.keys(STARTS), implies: { shown: 1 } },
    rate: { value: "best", options: ["best"], implies: { shown: 1 } },
  };

  build() {
    const { data, settings } = this, pairs = (names) => Object.entries(names);
    settings.rate.options = ["best", ...Object.keys(data.rates)];
    return `
      ${held("runs", "Runs that you look at")}
      ${ask("Recall: after 59 more symbols, name the first. Ten LSTMs and ten GRUs of the same size try, with Keras’ biases, each at its best learning rate. Who learns it more often?",
        [["1", "the LSTM"], ["-1", "the GRU"], ["0", "no difference"]], "Look at the first run of each")}
      <div class="buttons after">${choice("task", "Task", pairs(TASKS))}${choice("start", "Biases at the start", pairs(STARTS))}
        ${choice("rate", "Learning rate", [["best", "best of each"], ...Object.entries(data.rates)])}
        <button type="button" class="button reset">Reset</button></div>
      <p role="status"></p>
      <p class="note">A dot is one run of <a href="../notebooks/studies/${data.study}.html">the study</a>. It has learned if it ends with less than a tenth of the loss
        that memory can save, and stands where it got there first. Ahead is who learns in more runs, or as often and sooner. Equal numbers of parameters. Drag the handle, or use the arrow keys, and look at more runs.</p>
      <details class="after"><summary>Numbers</summary>
        <div class="scroll" role="region" aria-label="Every run" tabindex="0">
          <table class="numbers"><thead></thead><tbody></tbody></table></div></details>`;
  }

  ready() {
    this.grip("runs", { x: "seeds", to: (x) => ({ seeds: 1 + Math.round((x - this.left) / this.tick) }) });
  }

  #runs({ task, start, rate }) {
    const best = this.data.best[`${task}-${start}`];
    const rates = rate === "best" ? best : [rate, rate];
    return { rates, runs: PAIR.map((cell, k) => this.data.runs[`${task}-${cell}-${start}-${rates[k]}`]) };
  }

  draw(state, width) {
    const { seeds, shown } = state, { runs } = this.#runs(state), { updates } = this.data;
    const left = 46, never = width - 34, end = width - 74, x = (u) => (u === null ? never : left + (u / updates) * (end - left));
    const high = 92, top = 18, size = { width, height: top + 2 * high + 92 };
    const rows = PAIR.flatMap((cell, k) => {
      const bottom = top + (k + 1) * high - 14, piles = new Map();
      const dots = (shown ? runs[k].slice(0, seeds) : []).map((u) => {
        const n = piles.get(u) ?? 0;
        piles.set(u, n + 1);
        const [a, b] = [x(u) + (u === null ? 11 * (n % 2) - 5 : 0), bottom - 7 - 11 * (u === null ? Math.floor(n / 2) : n % 7)];
        return [a, b];
      });
      return [svg("g", { class: cell }, svg("text", { class: "name", x: 2, y: bottom - 20 }, CELLS[cell].name),
        marks(dots, CELLS[cell].marker)),
      svg("path", { class: "axis", d: `M${left} ${bottom}H${end}M${never - 20} ${bottom}h40` })];
    });
    const foot = top + 2 * high + 2;
    const ticks = [0, 200, 400, 600].map((u) => svg("text", { x: x(u), y: foot + 8, "text-anchor": "middle" }, u));
    this.left = left + 6;
    this.tick = (end - left - 12) / 9;
    const at = foot + 62, counts = Array.from({ length: 10 }, (_, n) => svg("text", { class: n < seeds ? "on" : "", x: this.left + n * this.tick, y: at - 20,
      "text-anchor": "middle" }, n + 1));
    this.paint("runs", size, shown ? `Two rows of dots, a dot a run. ${this.#words(state)}` : "Two empty rows, LSTM and GRU.", ...rows, ...ticks,
      svg("text", { x: never, y: foot + 8, "text-anchor": "middle" }, "not"), svg("text", { x: (left + end) / 2, y: foot + 24, "text-anchor": "middle" }, "updates until it is learned"),
      svg("path", { class: "axis", d: `M${this.left} ${at}H${this.left + 9 * this.tick}` }), ...counts, svg("text", { x: never, y: at - 20, "text-anchor": "middle" }, "runs"));
    this.place("runs", [this.left + (seeds - 1) * this.tick, at], seeds, `${seeds} of ten runs`);
    this.fill(".numbers thead", [["run", ...PAIR.map((cell) => CELLS[cell].name)]]);
    this.fill(".numbers tbody", runs[0].map((u, n) => [n + 1, u ?? "not", runs[1][n] ?? "not"]));
  }

  #words(state) {
    const { seeds, rate } = state, { runs, rates } = this.#runs(state), seen = runs.map((list) => list.slice(0, seeds));
    const said = (list, name) => {
      const learned = list.filter((u) => u !== null);
      return list.length === 1 ? `${name} ${learned.length ? `learned after ${learned[0]} updates` : "has not learned"}` : `${name} ${learned.length} of ${list.length}`;
    };
    const winner = { 1: "the LSTM is ahead", "-1": "the GRU is ahead", 0: "neither is ahead" };
    const now = ahead(...seen), all = ahead(...runs), share = opposite(...runs);
    const rated = rate === "best" ? ` (rates ${this.data.rates[rates[0]]} and ${this.data.rates[rates[1]]})` : "";
    const lie = seeds < 10 ? (now === all ? "" : " All ten will say otherwise.")
      : share > 0 ? ` Of the 100 pairs of one run each, ${Math.round(100 * share)} say the opposite.` : all ? " No pair of single runs says the opposite." : "";
    return `${said(seen[0], "LSTM")}, ${said(seen[1], "GRU")}${rated}: ${winner[now]}.${lie}`;
  }

  sentence(state) {
    if (!state.shown) return "Make a bet, or look at once.";
    const all = String(ahead(...this.#runs(state).runs));
    const words = { 1: "with all ten runs it is the LSTM", "-1": "with all ten runs it is the GRU", 0: "with all ten runs neither is ahead" };
    return this.verdict(all, words[all]) + this.#words(state);
  }

  static styles = `
rnn-duel {
  .name { font-weight: 600; }
  .marker { fill-opacity: .8; stroke: var(--bg); stroke-width: 1; }
  .on { fill: var(--high); font-weight: 700; }
}`;
}

define("rnn-duel", Duel);
