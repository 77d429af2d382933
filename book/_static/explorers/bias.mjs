/**
 * <rnn-bias>: one bias, turned, and how much gradient a fresh LSTM or GRU passes back. Data, as JSON
 * inside the element: `study`, `seeds`, `lags`, `curves` {"lstm-b1": the study's medians at these lags}.
 */
import { ask, CELLS, choice, define, Explorer, format, held, plot, power, svg, trace } from "./explorer.mjs";
import { halfLife, sigma } from "./gradient.mjs";

const GATES = { lstm: { gate: "forget", keras: 1 }, gru: { gate: "update", keras: 0 } };
const BEGUN = 6; // of the lags, those whose gradient is drawn before the guess
const signed = (x) => String(x).replace("-", "−");
const NAMES = [[1e12, "trillion"], [1e9, "billion"], [1e6, "million"], [1e3, "thousand"]];

/** A share in words: 34 is "34 times as much", 0.31 is "31 %", 5e-8 is "1 part in 20 million". */
export function inWords(share) {
  if (share > 1) return `${format(share)} times as much as at the last step`;
  if (share >= 0.01) return `${format(100 * share)} %`;
  const parts = 1 / share, [size, name] = NAMES.find(([size]) => parts >= size) ?? [1, ""];
  if (parts >= 1e15) return `1 part in ${power(Math.round(Math.log10(parts)))}`;
  return `1 part in ${format(parts / size)} ${name}`.trim();
}

class Bias extends Explorer {
  static next = ".handle";
  static settings = {
    shown: { value: 0, min: 0, max: 1, step: 1, kept: true },
    cell: { value: "lstm", options: Object.keys(GATES), implies: { shown: 1 } },
    bias: { value: 1, min: -2, max: 6, step: 0.5, implies: { shown: 1 } },
  };

  build() {
    const { data } = this;
    return `
      ${ask(`As Keras starts it, how much of an LSTM’s gradient is left ${data.lags.at(-1)} steps back?`,
        [["tenth", "about a tenth"], ["thousandth", "about a thousandth"], ["millionth", "less than a millionth"]], "Show it")}
      ${held("fan", "Bias of the gate")}
      <div class="buttons after">${choice("cell", "Cell", Object.keys(GATES).map((key) => [key, CELLS[key].name]))}
        <button type="button" class="button reset">Reset</button></div>
      <p role="status"></p>
      <p class="note">Each line is a bias of the forget gate (GRU: update gate) from −2 to 6, nothing else changed: medians of ${data.seeds} fresh networks of 64 units, measured in
        <a href="../notebooks/studies/${data.study}.html">the study</a>, for normal inputs of standard deviation 0.5. The line is the whole gradient; the direct path, through the gates alone, is a part of it. Pull the end up or
        down, or use the arrow keys.</p>
      <details class="after"><summary>Numbers</summary>
        <div class="scroll" role="region" aria-label="Gradient left, by lag" tabindex="0">
          <table class="numbers"><thead></thead><tbody></tbody></table></div></details>`;
  }

  ready() {
    this.grip("fan", { x: "bias", y: "bias", to: (_, y) => ({ bias: this.#nearest(this.plot.invertY(y)) }) });
  }

  #curve(cell, bias) {
    return this.data.curves[`${cell}-b${bias}`];
  }

  get biases() {
    const { min, max, step } = this.settings.bias;
    return Array.from({ length: 1 + (max - min) / step }, (_, n) => min + n * step);
  }

  /** The bias whose line ends nearest to a height of the picture. */
  #nearest(height) {
    const far = (bias) => Math.abs(Math.log10(this.#curve(this.state.cell, bias).at(-1)) - height);
    return this.biases.toSorted((a, b) => far(a) - far(b))[0];
  }

  draw({ cell, bias, shown }, width) {
    const { lags, curves } = this.data, { name, marker } = CELLS[cell], { gate, keras } = GATES[cell], last = lags.at(-1);
    const ends = Object.values(curves).map((curve) => Math.log10(curve.at(-1)));
    const step = shown ? 10 : 3, low = shown ? step * Math.floor(Math.min(...ends) / step) : -12, high = shown ? 5 : 1;
    const size = { width, height: Math.round(Math.min(420, Math.max(shown ? 300 : 200, width * (shown ? 0.6 : 0.4)))), left: 46, right: 60 };
    const ticks = Array.from({ length: Math.floor(-low / step) + 1 }, (_, n) => [-step * n, power(-step * n)]);
    const p = this.plot = plot({ ...size, x: [0, last], y: [low, high], xLabel: "steps back", yLabel: "gradient left",
      xTicks: [0, 20, 40, 60, 80, last].map((k) => [k, k]), yTicks: ticks });
    const places = (curve) => lags.map((k, n) => [p.sx(k), p.sy(Math.log10(curve[n]))]);
    const now = this.#curve(cell, bias), end = Math.log10(now.at(-1));
    const begun = places(now).slice(0, BEGUN);
    const others = !shown ? [] : this.biases.map((b) => trace(places(this.#curve(cell, b)), { class: `other ${b === keras ? "keras" : ""}` }));
    const label = svg("text", { class: "keras", x: p.sx(last) + 8, y: p.sy(Math.log10(this.#curve(cell, keras).at(-1))) + 4 }, "Keras");
    const asked = svg("text", { class: "asked", x: p.sx(last) - 16, y: p.sy(low / 2) + 5 }, "how much is left here?");
    this.paint("fan", size, shown ? `Gradient against steps back, a line for each bias. ${this.#words()}`
      : `Gradient against steps back: the line is drawn for the first ${lags[BEGUN - 1]} steps, and asks how much is left at ${last}.`,
      p.frame, ...others, ...(shown ? [trace(places(now), { class: cell, marker, every: 4 }), ...(bias === keras ? [] : [label])]
        : [trace(begun, { class: cell, marker }), asked]));
    this.place("fan", [p.sx(last), p.sy(shown ? end : low / 2)], bias, `${name}, ${gate} bias ${signed(bias)}`);
    this.fill(".numbers thead", [["steps back", ...Object.keys(GATES).map((key) => `${CELLS[key].name}, bias ${signed(bias)}`)]]);
    this.fill(".numbers tbody", lags.map((k, n) => [k, ...Object.keys(GATES).map((key) => format(this.#curve(key, bias)[n], 4))]));
  }

  #words() {
    const { cell, bias } = this.state, { name } = CELLS[cell], { gate, keras } = GATES[cell], left = this.#curve(cell, bias).at(-1);
    const own = bias === keras ? ", Keras’ own" : "";
    return `${name}, ${gate} bias ${signed(bias)}${own}: the gate starts ${format(sigma(bias))} open, the direct path loses half in
      ${format(halfLife(bias))} steps. ${this.data.lags.at(-1)} steps back there is ${inWords(left)}.`.replace(/\n\s+/g, " ");
  }

  sentence({ shown }) {
    if (!shown) return "Make a guess, or look at once. Then pull the end of the line.";
    return this.verdict("millionth", "it is less than a millionth") + this.#words();
  }

  static styles = `
rnn-bias {
  .other .line { stroke-width: 1; opacity: .55; }
  .other.keras .line { stroke-dasharray: 6 4; stroke-width: 1.5; opacity: 1; }
  .lstm .line, .gru .line { stroke-width: 3; }
  text.keras { fill: var(--muted); }
  text.asked { font-size: .9375rem; font-weight: 600; text-anchor: end; fill: var(--rnn-highlight, #b511ce); }
}`;
}

define("rnn-bias", Bias);
