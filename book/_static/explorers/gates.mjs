/**
 * <rnn-gates>: one trained unit, every number of it, and what a held gate does to its memory. Data, as
 * JSON inside the element: `study`, and `units` {lstm, gru}: the weights in Keras' order, the readout last.
 */
import { ask, CELLS, choice, define, Explorer, format, held, svg, trace } from "./explorer.mjs";
import { sigma } from "./gradient.mjs";

// --- The cells, as Keras computes them ---

/** The bits that come in, and which of them are marked: keep the bit that was marked last. */
const BITS = [1, -1, 1, -1, -1, 1, -1, 1, 1, -1, 1, 1], MARKS = [1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 1, 0];
const TRUTH = BITS.map((_, t) => BITS[MARKS.lastIndexOf(1, t)]);
const HELD = { open: 1, shut: 0 };

/** A unit over all steps: for each {gates, candidate, before, memory, state, logit}; `hold` {gate: "open"}. */
export function run(cell, weights, hold = {}) {
  const n = cell === "lstm" ? 4 : 3, part = (from, size) => weights.slice(from, from + size);
  const [byBit, byMark, recurrent] = [part(0, n), part(n, n), part(2 * n, n)], bias = part(3 * n, n);
  const inner = cell === "gru" ? part(4 * n, n) : [], [scale, shift] = weights.slice(-2);
  const gate = (name, sum) => HELD[hold[name]] ?? sigma(sum);
  let memory = 0, state = 0;
  return BITS.map((bit, t) => {
    const a = bias.map((b, k) => bit * byBit[k] + MARKS[t] * byMark[k] + b), before = memory;
    let gates, candidate;
    if (cell === "lstm") {
      const [i, f, g, o] = a.map((sum, k) => sum + state * recurrent[k]);
      gates = { i: gate("i", i), f: gate("f", f), o: gate("o", o) };
      candidate = Math.tanh(g);
      memory = gates.f * before + gates.i * candidate;
      state = gates.o * Math.tanh(memory);
    } else {
      const back = inner.map((b, k) => state * recurrent[k] + b);
      gates = { z: gate("z", a[0] + back[0]), r: gate("r", a[1] + back[1]) };
      candidate = Math.tanh(a[2] + gates.r * back[2]);
      memory = state = gates.z * before + (1 - gates.z) * candidate;
    }
    return { gates, candidate, before, memory, state, logit: scale * state + shift };
  });
}

// --- The figure ---

const NAMES = { i: "input", f: "forget", o: "output", z: "update", r: "reset" };
const OF = { lstm: ["i", "f", "o"], gru: ["z", "r"] };
const NEXT = { free: "open", open: "shut", shut: "free" };
const FREE = { i: "free", f: "free", o: "free", z: "free", r: "free" };
const number = (x) => (Math.abs(x) < 0.005 ? "0.00" : x.toFixed(2).replace("-", "−"));

class Gates extends Explorer {
  static next = ".handle";
  static settings = {
    shown: { value: 0, min: 0, max: 1, step: 1, kept: true },
    t: { value: 4, min: 1, max: BITS.length, step: 1, implies: { shown: 1 } },
    cell: { value: "lstm", options: Object.keys(OF), implies: { shown: 1 } },
    ...Object.fromEntries(Object.keys(NAMES).map((gate) =>
      [gate, { value: "free", options: Object.keys(NEXT), implies: { shown: 1 } }])),
  };

  build() {
    return `
      ${held("unit", "Step")}
      ${ask("This LSTM has one unit and has learned to keep the bit that was marked last (dots). What if its forget gate is held open, at 1, all the time?",
        [["same", "nothing: it keeps what is marked, as before"], ["first", "it never lets go of its first bit"], ["gone", "it forgets at once"]], "Hold it open")}
      <div class="buttons after">${Object.entries(NAMES).map(([gate]) =>
        `<button type="button" class="button hold" data-gate="${gate}"></button>`).join("")}
        <button type="button" class="button reset">Reset</button>
        ${choice("cell", "Cell", Object.keys(OF).map((key) => [key, CELLS[key].name]))}</div>
      <p class="sum after"></p>
      <p role="status"></p>
      <p class="note">At each step come a bit, + or −, and perhaps a mark. The line is the memory: c of the LSTM, or h of the GRU, which comes further down the page. Thin: with all gates free.
        A unit may store + as a number below zero, and turn it round in its answer. ✗: the answer is wrong. Press a gate to hold it open (1), shut (0), or let it go. Drag the step, or use the arrow keys. Weights: the best of ten units in
        <a href="../notebooks/studies/${this.data.study}.html">the study</a>.</p>
      <details class="after"><summary>Numbers</summary>
        <div class="scroll" role="region" aria-label="Every number of the unit" tabindex="0">
          <table class="numbers"><thead></thead><tbody></tbody></table></div></details>`;
  }

  ready() {
    this.grip("unit", { x: "t", to: (x) => ({ t: 1 + Math.floor((x - this.left) / this.cell) }) });
    for (const button of this.querySelectorAll(".hold")) {
      button.addEventListener("click", () => this.set({ [button.dataset.gate]: NEXT[this.state[button.dataset.gate]] }));
    }
    this.querySelector(".ask").addEventListener("submit", () => this.set({ ...FREE, f: "open", t: 6 }));
  }

  draw(state, width) {
    const { t, cell, shown } = state, weights = this.data.units[cell], now = run(cell, weights, state), free = run(cell, weights);
    this.left = 58;
    this.cell = (width - this.left - 4) / BITS.length;
    const x = (k) => this.left + (k + 0.5) * this.cell, gates = OF[cell], high = 26, first = 48;
    const text = (words, a, b, look = "", anchor = "middle") => svg("text", { class: look, x: a, y: b, "text-anchor": anchor }, words);
    const inputs = BITS.flatMap((bit, k) => [text(bit > 0 ? "+" : "−", x(k), 16, MARKS[k] ? "marked" : ""),
      ...(MARKS[k] ? [svg("circle", { class: "mark", cx: x(k), cy: 26, r: 4 })] : [])]);
    const meters = gates.flatMap((gate, row) => {
      const y = first + row * (high + 6), held = state[gate] !== "free";
      return [text(NAMES[gate], 2, y + 17, held ? "held-name" : "", "start"), ...now.map((step, k) => svg("g", { class: held ? "meter held-meter" : "meter" },
        svg("rect", { class: "box", x: x(k) - this.cell / 2 + 2, y, width: this.cell - 4, height: high }),
        ...(shown ? [svg("rect", { class: "full", x: x(k) - this.cell / 2 + 2, y: y + high * (1 - step.gates[gate]), width: this.cell - 4, height: high * step.gates[gate] })] : [])))];
    });
    const top = first + gates.length * (high + 6) + 10, tall = 96, most = Math.max(1, ...free.map((s) => Math.abs(s.memory)), ...now.map((s) => Math.abs(s.memory)));
    const y = (v) => top + tall / 2 - (v / most) * (tall / 2 - 4), places = (steps) => steps.map((s, k) => [x(k), y(s.memory)]);
    const foot = top + tall + 16, size = { width, height: foot + 44 };
    this.paint("unit", size, shown ? `One unit over twelve steps. ${this.#words(state)}` : "Twelve bits, four of them marked, and empty meters for three gates.",
      text("bit", 2, 16, "", "start"), ...inputs, ...meters, text("memory", 2, y(0) + 4, "", "start"),
      svg("path", { class: "zero", d: `M${this.left - 6} ${y(0)}H${width - 4}` }),
      ...(shown ? [trace(places(free), { class: "free" }), trace(places(now), { class: cell, marker: CELLS[cell].marker }),
      text("answer", 2, foot + 4, "", "start"), ...now.map((s, k) => text(s.logit * TRUTH[k] > 0 ? (TRUTH[k] > 0 ? "+" : "−") : "✗", x(k), foot + 4, s.logit * TRUTH[k] > 0 ? "" : "wrong"))] : []),
      svg("rect", { class: "now", x: x(t - 1) - this.cell / 2, y: 2, width: this.cell, height: foot + 8, rx: 4 }));
    this.place("unit", [x(t - 1), foot + 24], t, `step ${t}`);
    for (const button of this.querySelectorAll(".hold")) {
      const { gate } = button.dataset;
      button.hidden = !gates.includes(gate);
      button.textContent = `${NAMES[gate]}: ${{ free: "free", open: "held open", shut: "held shut" }[state[gate]]}`;
      button.classList.toggle("first", state[gate] !== "free");
    }
    this.querySelector(".sum").textContent = this.#sum(now[t - 1], cell);
    const heads = [...gates.map((gate) => NAMES[gate]), "candidate", "memory", "state", "logit"];
    this.fill(".numbers thead", [["step", ...heads]]);
    this.fill(".numbers tbody", now.map((s, k) => [k + 1, ...gates.map((gate) => s.gates[gate]), s.candidate, s.memory, s.state, s.logit]
      .map((v, n) => (n ? format(v, 5) : v))), t - 1);
  }

  #sum({ gates, candidate, before, memory, state }, cell) {
    return cell === "lstm"
      ? `c = f · c + i · g = ${number(gates.f)} · ${number(before)} + ${number(gates.i)} · ${number(candidate)} = ${number(memory)};  h = o · tanh c = ${number(gates.o)} · ${number(Math.tanh(memory))} = ${number(state)}`
      : `h = z · h + (1 − z) · candidate = ${number(gates.z)} · ${number(before)} + ${number(1 - gates.z)} · ${number(candidate)} = ${number(memory)}`;
  }

  #words(state) {
    const { t, cell } = state, now = run(cell, this.data.units[cell], state), wrong = now.filter((s, k) => s.logit * TRUTH[k] <= 0).length;
    const holds = OF[cell].filter((gate) => state[gate] !== "free").map((gate) => `the ${NAMES[gate]} gate held ${state[gate]}`);
    const how = holds.length ? `With ${holds.join(" and ")}` : "With all gates free";
    return `${how} ${wrong ? `${wrong} of 12 answers are wrong` : "all 12 answers are right"}. At step ${t} the memory goes from ${number(now[t - 1].before)} to ${number(now[t - 1].memory)}.`;
  }

  sentence(state) {
    if (!state.shown) return "Make a guess, or hold it at once.";
    return this.verdict("first", "with that gate open it never lets go of its first bit") + this.#words(state);
  }

  static styles = `
rnn-gates {
  .marked { fill: var(--fg); font-weight: 700; } .mark { fill: var(--high); }
  .box { fill: none; stroke: var(--border); } .full { fill: var(--gru); }
  .held-meter .full { fill: var(--high); } .held-meter .box { stroke: var(--high); }
  .held-name { fill: var(--high); font-weight: 600; }
  .zero { stroke: var(--border); } .free .line { stroke-width: 1; stroke-dasharray: 3 3; }
  .now { fill: none; stroke: var(--high); stroke-width: 2; }
  .wrong { fill: var(--simplernn); font-weight: 700; }
  .sum { margin-top: .75rem; font-variant-numeric: tabular-nums; }
}`;
}

define("rnn-gates", Gates);
