/**
 * <rnn-gradient>: how much gradient is left k steps back, and what holding a bit for ever costs.
 *
 * Data, as JSON inside the element: `curves` {net: [‖∂L/∂x_{T−k}‖ / ‖∂L/∂x_T‖ for k = 0…99]}, the
 * study's medians over seeds before training; `study`, `seeds`, `href` for the line that says so (or
 * all three in `source`); `labels` {net: name} where a name is wanted that the key does not give.
 */
import {
  ask, CELLS, choice, define, Explorer, format, html, plot, power, slider, svg, swatch, tabs, value,
} from "./explorer.mjs";

// --- The equations ---

/** σ(b) = 1 / (1 + e⁻ᵇ): how far a gate stands open when only its bias speaks. */
export const sigma = (b) => 1 / (1 + Math.exp(-b));

/**
 * The direct path through a gated cell. LSTM: c_t = f c_{t−1} + …; GRU: h_t = z h_{t−1} + …
 * Along this path alone the derivative over k steps is the product of the gates: σ(b)ᵏ.
 */
export const carry = (b, k) => sigma(b) ** k;

/** Steps after which the direct path has lost half: σ(b)ᵏ = ½. */
export const halfLife = (b) => Math.log(0.5) / Math.log(sigma(b));

/**
 * The tanh RNN, h_t = tanh(W h_{t−1} + U x_t): ∂h_T/∂h_{T−k} is a product of k factors
 * diag(1 − h²) W. As 1 − h² ≤ 1 and W = ρ × orthogonal has norm ρ, its norm is at most ρᵏ.
 */
export const bound = (rho, k) => rho ** k;

/** The positive fixed point h* = tanh(w h*) by bisection; 0 where there is none (w ≤ 1). */
export function fixedPoint(w) {
  if (w <= 1) return 0;
  let [low, high] = [1e-9, 1];
  for (let i = 0; i < 60; i++) {
    const h = (low + high) / 2;
    if (Math.tanh(w * h) > h) low = h;
    else high = h;
  }
  return low;
}

/**
 * One unit that must hold a bit: h_t = tanh(w h_{t−1}), no input after the start.
 * Returns h_0…h_T and the derivatives ∂h_t/∂h_0 = Π w (1 − h_i²), i = 1…t.
 */
export function latch(w, h0, steps) {
  const h = [h0], derivative = [1];
  for (let t = 1; t <= steps; t++) {
    h.push(Math.tanh(w * h[t - 1]));
    derivative.push(derivative[t - 1] * w * (1 - h[t] ** 2));
  }
  return { h, derivative };
}

// --- The nets: names and looks ---

const LAST = 99; // the longest lag of the study
const OPEN = 6; // the forget bias on the second tab: σ(6) = 0.9975
const FAMILIES = {
  simplernn: CELLS.simplernn,
  lstm: { ...CELLS.lstm, bias: "forget bias" },
  gru: { ...CELLS.gru, bias: "update bias" },
};
const ROWS = { defaults: "library defaults", biases: "biases changed", others: "other starts" };
const upTo = (n, f) => Array.from({ length: n + 1 }, (_, k) => f(k));
const signed = (x, places) => x.toFixed(places).replace("-", "−");

/** What a key says: "keras-lstm-b5" is an LSTM with forget bias 5; "keras-gru" a default. */
function net(key, values, label) {
  const [, library, family, rest] = key.match(/^(.*?)-?(simplernn|lstm|gru)-?(.*)$/) ?? [];
  const { name = key, marker, bias } = FAMILIES[family] ?? {};
  const b = bias && rest.match(/^[a-z](-?[\d.]+)$/)?.[1];
  const group = library !== "keras" ? "others" : rest === "" ? "defaults" : b ? "biases" : "others";
  const long = b ? `${name}, ${bias} ${b}` : group === "defaults" ? name : key.replaceAll("-", " ");
  return { key, values, group, family, marker, name: label ?? long, short: b ? `${name} b=${b}` : name };
}

/** A number as <data>: rounded for readers, whole for machines. */
const number = (x, digits) => html("data", { value: x }, format(x, digits));

/** As many digits as the study's rows hold: four, or five where a number has more. */
const digits = (x) => (Number(x.toPrecision(4)) === x ? 4 : 5);

// --- The figure ---

const first = { tab: "gradient", shown: 1 }, second = { tab: "latch" };

class Gradient extends Explorer {
  static next = "[name=lag]";
  static settings = {
    tab: { value: "gradient", options: ["gradient", "latch"], kept: true },
    shown: { value: 0, min: 0, max: 1, step: 1, kept: true }, // 0 while the question stands
    rows: { value: "defaults", options: [], implies: first },
    lag: { value: LAST, min: 1, max: LAST, step: 1, implies: first },
    rho: { value: 1, min: 0.5, max: 1.5, step: 0.01, implies: first },
    bias: { value: 1, min: -1, max: 6, step: 0.1, implies: first },
    w: { value: 1.5, min: 0.5, max: 2.5, step: 0.05, implies: second },
    h0: { value: 0.85, min: -1, max: 1, step: 0.05, implies: second },
    steps: { value: 20, min: 1, max: 100, step: 1, implies: second },
  };

  build() {
    const { id, settings, data } = this;
    const { study, seeds, href = `../notebooks/studies/${study}.html` } = data.source ?? data;
    const order = ["simplernn", "lstm", "gru"];
    this.nets = Object.entries(data.curves).map(([key, values]) => net(key, values, data.labels?.[key]));
    this.nets.sort((a, b) => order.indexOf(a.family) - order.indexOf(b.family));
    const groups = Object.keys(ROWS).filter((group) => this.nets.some((n) => n.group === group));
    Object.assign(settings.rows, { value: groups[0] ?? "", options: groups });
    this.defaults = this.nets.filter((n) => n.group === "defaults");
    if (this.defaults.length < 2) settings.shown.value = 1; // nothing to guess

    const count = ["two", "three"][this.defaults.length - 2];
    const question = `Before you look: ${LAST} steps back, which of the ${count} library defaults has
      the largest gradient left? The inputs are neither quiet nor loud: standard deviation 0.5.`;
    const guesses = this.defaults.map((n) => [n.key, FAMILIES[n.family].name]);
    const source = `${seeds ? `medians of ${seeds} seeds` : "medians"}, measured in
      ${study ? `<a href="${href}">the study</a>` : "the study"} before training, for normal inputs of
      standard deviation 0.5`;
    const reset = '<button type="button" class="button reset">Reset</button>';
    const head = (...names) => `<thead><tr>${names.map((name) => `<th scope="col">${name}</th>`).join("")}</tr></thead>`;

    return tabs(id, {
      gradient: ["Gradient through time", `
        <div class="stage">
          <svg role="img" class="lags"></svg>
          ${ask(question, guesses, "Show the curves")}
        </div>
        <div class="desk">
          <form class="controls">
            ${groups.length > 1 ? choice("rows", "Measured nets", groups.map((g) => [g, ROWS[g]])) : ""}
            ${slider(id, "lag", settings.lag, "Read the curves at lag <i>k</i>")}
            ${slider(id, "rho", settings.rho, "Recurrent kernel: eigenvalue <i>ρ</i>",
              "Kernel = ρ × orthogonal. The measured SimpleRNN has ρ = 1.")}
            ${slider(id, "bias", settings.bias, "Gate bias <i>b</i>",
              `σ(b) = ${value("gate")}, half-life ${value("half")} steps. Keras starts an LSTM at 1, a GRU at 0.`)}
            ${reset}
          </form>
          <table class="reading after"><caption>At lag ${value("lag")}</caption>
            ${head("curve", "gradient left", "a step")}<tbody></tbody></table>
        </div>
        <p role="status"></p>
        <p class="note">Lines with markers: ${source}: the gradient that reaches the input <i>k</i> steps back,
          divided by the one that reaches the last input; “a step” is its mean factor. Dashed, <i>ρᵏ</i>: bound
          of the tanh RNN, up to a constant; below 1 it is sufficient for vanishing, above 1 it is only necessary
          for exploding. Dotted, <i>σ(b)ᵏ</i>: the direct path through the cell. It is not a bound: other paths
          add to it.</p>
        <details class="after"><summary>Numbers</summary>
          <div class="scroll" role="region" aria-label="Gradient left, by lag" tabindex="0">
            <table class="numbers"><thead></thead><tbody></tbody></table></div></details>`],
      latch: ["A bit held for ever", `
        <div class="pair"><svg role="img" class="state"></svg><svg role="img" class="derivative"></svg></div>
        <div class="desk">
          <form class="controls">
            ${slider(id, "w", settings.w, "Weight <i>w</i> of the unit on itself",
              `h<sub>t</sub> = tanh(w h<sub>t−1</sub> + u x<sub>t</sub>), x = 0 after the start. ${value("fixed")}`)}
            ${slider(id, "h0", settings.h0, "Start <i>h</i><sub>0</sub>", "The bit to hold is its sign.")}
            ${slider(id, "steps", settings.steps, "Read the curves after <i>t</i> steps")}
            ${reset}
          </form>
          <table class="reading"><caption>After ${value("steps")} steps</caption>
            ${head("memory", "state", "derivative", "a step")}<tbody></tbody></table>
        </div>
        <p role="status"></p>
        <p class="note">To hold a bit against noise the tanh unit pulls its state to a fixed point, and to pull is
          to multiply differences by less than 1 at every step. The LSTM’s cell does not pull: with forget bias
          ${OPEN} and nothing written, c<sub>t</sub> = σ(${OPEN}) c<sub>t−1</sub>. State and derivative fade
          together, and slowly.</p>`],
    });
  }

  ready() {
    this.plots = {};
    this.#drag("lags", "lag");
    this.#drag("state", "steps");
    this.#drag("derivative", "steps");
  }

  /** A pointer on a plot moves its reading line, as the slider below does for the keyboard. */
  #drag(name, setting) {
    const picture = this.querySelector(`svg.${name}`);
    const move = ({ buttons, clientX }) =>
      buttons && this.set({ [setting]: this.plots[name].invert(clientX - picture.getBoundingClientRect().left) });
    picture.addEventListener("pointerdown", move);
    picture.addEventListener("pointermove", move);
  }

  /** The nets of the chosen rows; changed biases stand beside the defaults that they change. */
  get chosen() {
    const count = {};
    return this.nets
      .filter(({ group, family }) => group === this.state.rows
        || (this.state.rows === "biases" && group === "defaults" && FAMILIES[family].bias))
      .map((n) => {
        if (n.group !== "defaults") count[n.family] = (count[n.family] ?? 0) + 1;
        const look = n.group === "defaults" ? "" : count[n.family] > 1 ? "changed2" : "changed";
        return { ...n, class: `${n.family} ${look}` };
      });
  }

  draw(state, width) {
    this.#drawLags(state, width);
    this.#drawLatch(state, width);
  }

  #drawLags({ rho, bias, lag, shown }, width) {
    const measured = this.chosen;
    const curves = [...measured,
      { name: "bound, ρᵏ", short: "bound ρᵏ", class: "bound dashed",
        values: upTo(LAST, (k) => bound(rho, k)) },
      { name: "path, σ(b)ᵏ", short: "path σᵏ", class: "high dotted",
        values: upTo(LAST, (k) => carry(bias, k)) }];
    const logs = measured.flatMap((n) => n.values).filter((v) => v > 0).map(Math.log10);
    const low = Math.min(-24, 4 * Math.floor(Math.min(...logs) / 4));
    const high = Math.max(4, 4 * Math.ceil(Math.max(...logs) / 4));

    const size = { width, height: Math.round(Math.min(410, Math.max(320, width * 0.55))), left: 44, right: 92 };
    const p = this.plots.lags = plot({ ...size, x: [0, LAST], y: [low, high], xLabel: "steps back, k",
      yLabel: "gradient at lag k ÷ gradient at lag 0",
      xTicks: [0, 20, 40, 60, 80, LAST].map((k) => [k, k]),
      yTicks: upTo((high - low) / 4, (i) => low + 4 * i).map((n) => [n, power(n)]) });
    this.paint("lags", size,
      shown ? `Gradient against lag, logarithmic. ${this.#lagSentence()}` : "Empty axes, lag 0 to 99.",
      p.frame, svg("g", { class: "after" },
        ...curves.toReversed().map((c) => p.curve(c.values.map(Math.log10), { class: c.class, marker: c.marker })),
        p.cursor(lag, curves.map((c) => Math.log10(c.values[lag]))),
        p.labels(curves.map((c) => ({ text: c.short, class: c.class, value: Math.log10(c.values[LAST]) })))));

    this.write({ lag, rho: rho.toFixed(2), bias: signed(bias, 1) });
    this.write({ gate: format(sigma(bias), 3), half: format(halfLife(bias)) });
    this.fill(".after tbody", curves.map((c) =>
      [key(c), number(c.values[lag]), number(c.values[lag] ** (1 / lag))]));
    const lags = [...new Set([1, 2, 5, 10, 20, 50, LAST, lag])].sort((a, b) => a - b);
    this.fill(".numbers thead", [["lag", ...curves.map((c) => c.short)]]);
    this.fill(".numbers tbody", lags.map((k) =>
      [k, ...curves.map(({ values: { [k]: v } }) => number(v, digits(v)))]), lags.indexOf(lag));
  }

  #drawLatch({ w, h0, steps }, width) {
    const { h, derivative } = latch(w, h0, 100), kept = upTo(100, (t) => carry(OPEN, t));
    const star = fixedPoint(w), fixed = star ? [star, -star] : [0];
    const unit = { class: "simplernn", marker: "circle", every: 20 };
    const cell = { class: "lstm", marker: "square", every: 20 };
    const size = { width: width < 576 ? width : (width - 24) / 2, height: 240, left: 42, right: 62 };
    const axis = { x: [0, 100], xTicks: [0, 20, 40, 60, 80, 100].map((t) => [t, t]), xLabel: "steps, t" };
    const labels = (ofUnit, ofCell) =>
      [{ text: "tanh", class: unit.class, value: ofUnit }, { text: "LSTM", class: cell.class, value: ofCell }];

    const p = this.plots.state = plot({ ...size, ...axis, y: [-1.1, 1.1], yLabel: "the state: what is held",
      yTicks: [[-1, "−1"], [0, "0"], [1, "1"]] });
    this.paint("state", size, `State over 100 steps. ${this.#latchSentence()}`, p.frame,
      ...fixed.map((v) => p.curve(upTo(100, () => v), { class: "bound dashed" })),
      p.curve(kept.map((v) => v * h0), cell), p.curve(h, unit), p.cursor(steps, [kept[steps] * h0, h[steps]]),
      p.labels([...labels(h[100], kept[100] * h0),
        ...fixed.map((v) => ({ text: ["−h*", "h* = 0", "h*"][Math.sign(v) + 1], class: "bound", value: v }))]));

    const q = this.plots.derivative = plot({ ...size, ...axis, y: [-24, 4], yLabel: "its derivative: what can be learnt",
      yTicks: upTo(7, (i) => [4 * i - 24, power(4 * i - 24)]) });
    this.paint("derivative", size, `Derivative over 100 steps, logarithmic. ${this.#latchSentence()}`, q.frame,
      q.curve(kept.map(Math.log10), cell), q.curve(derivative.map(Math.log10), unit),
      q.cursor(steps, [kept[steps], derivative[steps]].map(Math.log10)),
      q.labels(labels(Math.log10(derivative[100]), Math.log10(kept[100]))));

    this.write({ w: w.toFixed(2), h0: signed(h0, 2), steps,
      fixed: star ? `Fixed points ±h* = ±${format(star, 4)}; 0 repels.` : "One fixed point: 0." });
    this.fill("[id$=latch] tbody", [
      [key({ ...unit, name: "tanh" }),
        number(h[steps], 3), number(derivative[steps]), number(w * (1 - h[steps] ** 2), 3)],
      [key({ ...cell, name: `LSTM, b\u00a0=\u00a0${OPEN}` }),
        number(kept[steps] * h0, 3), number(kept[steps]), number(sigma(OPEN), 4)]]);
  }

  /** What one would say about the picture: the status line and the picture's text alternative. */
  sentence({ tab, shown }) {
    if (tab === "latch") return this.#latchSentence();
    return shown ? this.#answer() + this.#lagSentence() : "Make a guess, or show the curves at once.";
  }

  #answer() {
    const best = this.defaults.toSorted((a, b) => b.values[LAST] - a.values[LAST])[0];
    return this.verdict(best?.key, `it is the ${best?.name}`);
  }

  #lagSentence() {
    const { rho, bias, lag } = this.state;
    const [most, ...less] = this.chosen.toSorted((a, b) => b.values[lag] - a.values[lag]);
    const left = (n) => `${n.name} (${format(n.values[lag])})`;
    const rows = most ? `At lag ${lag} the largest gradient left: ${left(most)}` : "";
    const last = less.length ? `; the smallest: ${left(less.at(-1))}. ` : most ? ". " : "";
    const fate = rho < 1 ? "must vanish" : rho > 1 ? "may explode, but need not" : "may vanish, but cannot explode";
    return `${rows}${last}With ρ\u00a0=\u00a0${rho.toFixed(2)} a tanh RNN’s gradient ${fate}. With b\u00a0=\u00a0${signed(bias, 1)} the
      direct path loses half every ${format(halfLife(bias))} steps.`.replace(/\n\s+/g, " ");
  }

  #latchSentence() {
    const { w, h0, steps } = this.state, { derivative } = latch(w, h0, steps), star = fixedPoint(w);
    const factor = format(w * (1 - star ** 2), 3);
    const unit = !star ? "holds nothing: its state fades to 0. Its derivative is"
      : h0 === 0 ? "balances on 0, which repels: the least noise ends it. Its derivative is"
        : `holds ${signed(Math.sign(h0) * star, 4)} for ever, and because it does, each step multiplies its derivative by ${factor}:`;
    return `With w\u00a0=\u00a0${w.toFixed(2)} the tanh unit ${unit} ${format(derivative[steps])} after ${steps} steps.
      The LSTM’s cell keeps ${format(carry(OPEN, steps))} of both.`.replace(/\n\s+/g, " ");
  }

  static styles = `
rnn-gradient {
  .stage, .pair { display: grid; gap: 0 24px; }
  .stage > * { grid-area: 1 / 1; }
  .ask {
    place-self: center; max-width: 26rem; margin: 1rem; padding: 1rem;
    border: 1px solid var(--muted); border-radius: .5rem; background: var(--bg);
  }
  .rho { --c: var(--bound); }
  .bias { --c: var(--high); }
  .w { --c: var(--simplernn); }
  @container (width >= 576px) { .pair { grid-template-columns: 1fr 1fr; } }
}

@media print { rnn-gradient.asking [role=status] { display: none; } }`;
}

/** The heading of a table row: the look of a curve and its name. */
const key = (curve) => html("span", { class: "key" }, swatch(curve.class, curve.marker), curve.name);

define("rnn-gradient", Gradient);
