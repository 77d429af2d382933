/**
 * <rnn-future>: how much future may a reader see? The exact posterior of a hidden Markov source, for
 * any number of letters read ahead, and what it costs. Data, as JSON inside the element: `study`,
 * `ladder` {steps ahead: [bound, network]} in nats.
 */
import { ask, CELLS, define, Explorer, format, held, plot, slider, svg, toggle, trace } from "./explorer.mjs";
import { uniform } from "./lstm.mjs";

// --- The source, as in study 9a ---

const NAMES = "abcd", HIDDEN = "ABCD", K = NAMES.length, STEPS = 30, STAY = 0.95, HIT = 0.5;
const move = (a, b) => (a === b ? STAY : (1 - STAY) / (K - 1));
const emit = (z, x) => (z === x ? HIT : (1 - HIT) / (K - 1));
const every = (f) => Array.from({ length: K }, (_, z) => f(z));
const normal = (p) => {
  const sum = p.reduce((a, b) => a + b);
  return p.map((v) => v / sum);
};
/** After a step, before a look: P(z) = Σ P(z') P(z | z'). */
const moved = (p) => every((z) => p.reduce((sum, v, from) => sum + v * move(from, z), 0));

/** Conditions and letters of one sequence, drawn with a seed. */
export function draw(seed) {
  const states = [], letters = [];
  for (let t = 0; t < STEPS; t++) {
    const [stay, hit, other, miss] = [0, 1, 2, 3].map((k) => uniform(seed, 4 * t + k));
    const away = 1 + Math.floor(other * (K - 1));
    states.push(t === 0 ? Math.floor(other * K) : stay < STAY ? states[t - 1] : (states[t - 1] + away) % K);
    letters.push(hit < HIT ? states[t] : (states[t] + 1 + Math.floor(miss * (K - 1))) % K);
  }
  return { states, letters };
}

/** Exact P(condition at t | letters 0 … t + ahead), for every t. */
export function posterior(letters, ahead) {
  const past = [];
  letters.forEach((x, t) => {
    const prior = t ? moved(past[t - 1]) : every(() => 1 / K);
    past.push(normal(prior.map((v, z) => v * emit(z, x))));
  });
  return letters.map((_, t) => {
    let future = every(() => 1);
    for (let s = Math.min(letters.length - 1, t + ahead); s > t; s--) {
      const news = future.map((v, z) => v * emit(z, letters[s]));
      future = normal(every((z) => news.reduce((sum, v, to) => sum + v * move(z, to), 0)));
    }
    return normal(past[t].map((v, z) => v * future[z]));
  });
}

/** P(the next letter | letters 0 … t) for every t; known for certain once it has been read. */
export function next(letters, ahead) {
  if (ahead > 0) return letters.slice(1).map((x) => every((y) => Number(x === y)));
  return posterior(letters, 0).slice(0, -1).map((past) => {
    const z = moved(past);
    return every((x) => z.reduce((sum, v, from) => sum + v * emit(from, x), 0));
  });
}

// --- The figure ---

const AT = 12; // the step that is asked
const MOST = STEPS - 1 - AT;
const nats = (x) => (x < 1e-9 ? "0" : x.toFixed(3));

class Future extends Explorer {
  static next = ".handle";
  static settings = {
    shown: { value: 0, min: 0, max: 1, step: 1, kept: true },
    ahead: { value: 0, min: 0, max: MOST, step: 1, implies: { shown: 1 } },
    seed: { value: 82, min: 1, max: 99, step: 1, implies: { shown: 1 } },
    next: { value: "off", options: ["off", "on"], implies: { shown: 1 } },
  };

  build() {
    const { id, settings, data } = this, { ladder } = data;
    return `
      ${held("strip", "How far the reader may look ahead")}
      ${ask(`Which condition is the source in, at each step? With the past alone the best answer costs
        ${nats(ladder[0][0])} nats, with the whole future ${nats(ladder[59][0])}. How many letters of future bring three quarters of the difference?`,
      [["1", "one"], ["5", "five"], ["20", "twenty"]], "Show the answers")}
      <svg role="img" class="ladder after"></svg>
      <div class="buttons after">${toggle("next", "ask for the next letter instead (see The trap, below)")}
        <button type="button" class="button reset">Reset</button></div>
      <form class="controls after">${slider(id, "seed", settings.seed, "Another sequence")}</form>
      <p role="status"></p>
      <p class="note">Behind each letter is one of four conditions, A to D, which shows its own letter, a to d, half of the time. The stronger a cell’s colour, the surer the exact answer; the frames are the truth. (In one sequence a letter more may mislead; below is the mean.)
        Below: bounds (dashed) and trained LSTMs, means over 1 000 sequences of 60 letters from
        <a href="../notebooks/studies/${data.study}.html">the study</a>.</p>
      <details class="after"><summary>Numbers</summary>
        <div class="scroll" role="region" aria-label="The exact answers" tabindex="0">
          <table class="numbers"><thead></thead><tbody></tbody></table></div></details>`;
  }

  ready() {
    this.grip("strip", { x: "ahead", to: (x) => ({ ahead: Math.round((x - this.left) / this.cell) - AT - 1 }) });
  }

  #answers({ seed, ahead, next: asked }) {
    const { states, letters } = draw(seed), on = asked === "on";
    const p = on ? next(letters, ahead) : posterior(letters, ahead), truth = on ? letters.slice(1) : states;
    const costs = p.map((row, t) => -Math.log(row[truth[t]]));
    return { letters, truth, p, costs, mean: costs.reduce((a, b) => a + b, 0) / costs.length };
  }

  draw(state, width) {
    const { ahead, shown, next: asked } = state, { letters, truth, p } = this.#answers(state);
    const rows = asked === "on" ? NAMES : HIDDEN;
    this.left = 22;
    this.cell = (width - this.left - 4) / STEPS;
    const x = (t) => this.left + t * this.cell, high = 22, top = 52, last = AT + ahead;
    const size = { width, height: top + K * high + 34 };
    const cells = shown ? p.flatMap((row, t) => row.map((v, z) => svg("rect", { class: "cell", x: x(t) + 0.5, y: top + z * high,
      width: this.cell - 1, height: high - 2, "fill-opacity": v.toFixed(3) }))) : [];
    const frames = !shown ? [] : truth.map((z, t) => svg("rect", { class: "truth", x: x(t) + 1, y: top + z * high + 0.5, width: this.cell - 2, height: high - 3 }));
    this.paint("strip", size, `Thirty letters, and for each the exact answer. ${this.#words(state)}`,
      svg("rect", { class: "read", x: x(0), y: 22, width: x(last + 1) - x(0), height: 22, rx: 3 }),
      svg("text", { class: "asked", x: x(AT + 0.5), y: 14, "text-anchor": "middle" }, asked === "on" ? "next?" : "condition?"),
      svg("path", { class: "asked", d: `M${x(AT)} ${19}h${this.cell}v${size.height - 40}h${-this.cell}z` }),
      ...letters.map((k, t) => svg("text", { class: t <= last ? "seen" : "unseen", x: x(t + 0.5), y: 38, "text-anchor": "middle" }, NAMES[k])),
      ...[...rows].map((name, z) => svg("text", { x: this.left - 8, y: top + z * high + 15, "text-anchor": "end" }, name)),
      ...cells, ...frames);
    this.place("strip", [x(last + 1), size.height - 18], ahead, `${ahead} letters ahead`);

    const { ladder } = this.data, steps = Object.keys(ladder).map(Number), at = (s) => Math.min(s, MOST + 3);
    const box = { width, height: 190, left: 40, right: 12 };
    const q = plot({ ...box, x: [0, MOST + 3], y: [0.5, 0.9], yTicks: [0.5, 0.6, 0.7, 0.8, 0.9].map((v) => [v, v]), yLabel: "nats a step",
      xLabel: "letters read ahead", xTicks: [0, 1, 2, 5, 10, 15].map((v) => [v, v]).concat([[MOST + 3, "all"]]) });
    const line = (k, look) => trace(steps.map((s) => [q.sx(at(s)), q.sy(ladder[s][k])]), look);
    const words = (text, v, look) => svg("text", { class: look, x: q.sx(9), y: q.sy(v), "text-anchor": "start" }, text);
    this.paint("ladder", box, `Loss against letters read ahead: ${steps.map((s) => `${s === 59 ? "all" : s}: bound ${nats(ladder[s][0])}, LSTM ${nats(ladder[s][1])}`).join("; ")}.`,
      q.frame, q.cursor(at(ahead), []), line(0, { class: "bound dashed" }), line(1, { class: "lstm", marker: CELLS.lstm.marker }), words("trained LSTMs", 0.68, "lstm named"), words("exact bound", 0.54, "bound named"));

    this.fill(".numbers thead", [["step", "letter", "truth", ...rows]]);
    this.fill(".numbers tbody", p.map((row, t) => [t + 1, NAMES[letters[t]], rows[truth[t]], ...row.map((v) => format(v, 5))]));
    this.write({ seed: state.seed });
  }

  #words(state) {
    const { ahead, next: asked } = state, { p, truth, mean } = this.#answers(state), { ladder } = this.data;
    const far = ahead === 0 ? "the past alone" : ahead === 1 ? "one letter ahead" : `${ahead} letters ahead`;
    if (asked === "on") {
      return ahead ? `With ${far} the next letter has been read: it costs 0 nats, and nothing was predicted. That is a leak.`
        : `The next letter from ${far}: ${nats(mean)} nats a step here.`;
    }
    const here = `With ${far} the exact answer gives the true condition ${format(p[AT][truth[AT]], 2)} at step ${AT + 1}; this sequence costs ${nats(mean)} nats a step.`;
    return ladder[ahead] ? `${here} Over many: ${nats(ladder[ahead][0])} at best; an LSTM ${nats(ladder[ahead][1])}.` : here;
  }

  sentence(state) {
    if (!state.shown) return "Make a guess, or show the answers at once.";
    const [forward, five, all] = [0, 5, 59].map((s) => this.data.ladder[s][0]);
    return this.verdict("5", `five bring ${Math.round((100 * (forward - five)) / (forward - all))} %`) + this.#words(state);
  }

  static styles = `
rnn-future {
  .cell { fill: var(--lstm); }
  .truth { fill: none; stroke: var(--high); stroke-width: 2; }
  .read { fill: color-mix(in srgb, var(--gru) 22%, var(--bg)); stroke: var(--gru); }
  .seen { fill: var(--fg); font-weight: 600; } .unseen { fill: var(--muted); }
  path.asked { fill: none; stroke: var(--fg); stroke-width: 1.5; }
  .named { font-weight: 600; paint-order: stroke; stroke: var(--bg); stroke-width: 3px; }
  .lstm .line { stroke-width: 1.5; }
}`;
}

define("rnn-future", Future);
