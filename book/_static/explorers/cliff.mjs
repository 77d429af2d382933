/**
 * <rnn-cliff>: gradient descent on the loss of one recurrent unit, and what clipping does at the wall.
 *
 * The unit: h_t = tanh(w h_{t−1} + b) from h_0 = 0.4; the loss is (h_10 − 0.5)². Data, as JSON inside
 * the element: `study`, and of its 441 starts the shares `thrown` and `reached`, {plain, clipped}.
 */
import { ask, define, Explorer, format, held, plot, svg, toggle, trace } from "./explorer.mjs";

// --- The equations ---

const STEPS = 10, START = 0.4, TARGET = 0.5;
const RATE = 0.1, THRESHOLD = 1;

/** Loss at weight w and bias b, and its derivatives by w and by b: backpropagation through time. */
export function landscape(w, b) {
  const h = [START];
  for (let t = 1; t <= STEPS; t++) h.push(Math.tanh(w * h[t - 1] + b));
  let back = 2 * (h[STEPS] - TARGET), byW = 0, byB = 0;
  for (let t = STEPS; t > 0; t--) {
    const d = back * (1 - h[t] ** 2);
    byW += d * h[t - 1];
    byB += d;
    back = d * w;
  }
  return { loss: (h[STEPS] - TARGET) ** 2, byW, byB };
}

/** Descent from (w, b): the places, each with its loss, the norm of its gradient, and the next step. */
export function descend(w, b, clip, updates) {
  const way = [];
  for (let n = 0; n <= updates; n++) {
    const { loss, byW, byB } = landscape(w, b), norm = Math.hypot(byW, byB);
    const cut = clip ? Math.min(1, THRESHOLD / norm) : 1; // norm 0: infinite, so 1
    way.push({ w, b, loss, norm, cut, plain: [w - RATE * byW, b - RATE * byB] });
    w -= RATE * cut * byW;
    b -= RATE * cut * byB;
  }
  return way;
}

// --- The figure ---

const MOST = 100; // updates
const LONG = 0.5; // a step longer than this is a throw, as in the study
const W = [1, 3], B = [-0.8, 0.5]; // the part of the landscape that is drawn
const CURVE = 2; // the weight of the lesson's drawing, which is the loss along this line
const BANDS = [0.02, 0.15, 0.5, 1.2]; // losses where the ground gets darker
const places = (x, digits = 2) => x.toFixed(digits).replace("-", "−");
const length = (at) => RATE * at.cut * at.norm;

class Cliff extends Explorer {
  static next = ".handle";
  static settings = {
    shown: { value: 0, min: 0, max: 1, step: 1, kept: true }, // 0 while the question stands
    w: { value: 2, min: W[0], max: W[1], step: 0.02, implies: { shown: 1, updates: 0 } },
    b: { value: 0, min: B[0], max: B[1], step: 0.02, implies: { shown: 1, updates: 0 } },
    updates: { value: 0, min: 0, max: MOST, step: 1, implies: { shown: 1 } },
    clip: { value: "off", options: ["off", "on"], implies: { shown: 1 } },
  };

  build() {
    const { study, thrown } = this.data, { w, b, updates } = this.settings;
    const way = descend(w.value, b.value, false, MOST);
    this.wall = way.findIndex((at) => length(at) > LONG); // the first update that is a throw
    updates.value = this.wall;
    const percent = (share) => `${Math.round(100 * share)} %`;
    return `
      ${held("map", "Start of the descent")}
      ${ask(`Downhill is the valley. After ${this.wall} updates, at a learning rate of ${RATE}, the descent
        stands on the wall. Where does the next step lead?`, [["valley", "into the valley"],
        ["high", "up to the high plateau"], ["out", "out of the picture"]], "Take the step")}
      <div class="buttons after">
        <button type="button" class="button first" data-more="1">Step</button>
        <button type="button" class="button" data-more="20">20 steps</button>
        <button type="button" class="button reset">Reset</button>
        ${toggle("clip", `<code>global_clipnorm=${THRESHOLD}</code>`)}
      </div>
      <p role="status"></p>
      <p class="note">One unit, h<sub>t</sub> = tanh(w h<sub>t−1</sub> + b), ten steps from ${START}; loss (h<sub>10</sub> − ${TARGET})².
        Dotted: the line w = ${CURVE}. Drag the start, or move it with the arrow keys.
        Of 441 starts <a href="../notebooks/studies/${study}.html">the study</a> saw ${percent(thrown.plain)} make a step
        longer than ${LONG} on this map, within 300 updates. With the norm clipped it was ${percent(thrown.clipped)}: no step can
        exceed ${RATE} × ${THRESHOLD}.</p>
      <details class="after"><summary>Numbers</summary>
        <div class="scroll" role="region" aria-label="The updates" tabindex="0">
          <table class="numbers"><thead></thead><tbody></tbody></table></div></details>`;
  }

  ready() {
    this.grip("map", { x: "b", y: "w",
      to: (x, y) => ({ b: this.plot.invert(x), w: this.plot.invertY(y) }) });
    for (const button of this.querySelectorAll("[data-more]")) {
      button.addEventListener("click", () =>
        this.set({ updates: this.state.updates + Number(button.dataset.more) }));
    }
    this.querySelector(".ask").addEventListener("submit", () => this.set({ updates: this.wall + 1 }));
  }

  /** The ground in bands of loss; it depends on the width alone, so it is drawn once. */
  #ground(p) {
    const columns = 150, rows = 90, [dx, dy] = [(p.end - p.left) / columns, (p.bottom - p.top) / rows];
    const path = BANDS.map(() => "");
    for (let r = 0; r < rows; r++) {
      const y = p.top + r * dy, low = Math.round(y), high = Math.round(y + dy); // whole pixels: no seams
      const band = Array.from({ length: columns + 1 }, (_, c) => c < columns
        ? BANDS.filter((v) => landscape(p.invertY(y + dy / 2), p.invert(p.left + (c + 0.5) * dx)).loss > v).length : -1);
      for (let c = 0, from = 0; c < columns; c++) {
        if (band[c] === band[c + 1]) continue;
        const box = `M${(p.left + from * dx).toFixed(1)} ${low}h${((c + 1 - from) * dx).toFixed(1)}v${high - low}h${((from - c - 1) * dx).toFixed(1)}z`;
        if (band[c]) path[band[c] - 1] += box;
        from = c + 1;
      }
    }
    return svg("g", { class: "ground" }, ...path.map((d, k) => svg("path", { d, class: `band${k + 1}` })));
  }

  draw({ w, b, updates, clip, shown }, width) {
    const on = clip === "on", count = shown ? updates : this.wall, way = descend(w, b, on, count);
    const size = { width, height: Math.round(Math.min(400, Math.max(290, width * 0.55))), left: 40, right: 12 };
    if (this.plot?.width !== width) {
      const p = plot({ ...size, x: B, y: W, xLabel: "bias b", yLabel: "weight w",
        xTicks: [-0.8, -0.4, 0, 0.4].map((v) => [v, places(v, 1)]), yTicks: [1, 1.5, 2, 2.5, 3].map((v) => [v, v]) });
      this.plot = { ...p, width, ground: this.#ground(p) };
    }
    const p = this.plot, at = ({ w, b }) => [p.sx(b), p.sy(w)];
    const name = (words, b, w, anchor = "middle") =>
      svg("text", { class: "name", x: p.sx(b), y: p.sy(w), "text-anchor": anchor }, words);
    const trail = way.slice(0, count ? -1 : undefined), last = way[count], from = way[count - 1];
    const parts = [p.ground, p.frame, this.#line([[p.left, p.sy(CURVE)], [p.end, p.sy(CURVE)]], "curve"),
      name("high loss: 2", -0.6, 1.4), name("← wall", -0.46, 2.3, "start"), name("low loss: 0.2", 0.2, 2.5),
      name("← valley: 0", 0.12, 1.06, "start"),
      this.#line(trail.map(at), "walk")];
    if (from) {
      if (on && from.cut < 1) parts.push(this.#line([at(from), at({ w: from.plain[0], b: from.plain[1] })], "ghost"));
      parts.push(this.#arrow(at(from), at(last), last));
    }
    this.paint("map", size, `Map of the loss over bias and weight. ${this.#words(way, count)}`, ...parts);
    this.place("map", at(way[0]), b, `weight ${places(w)}, bias ${places(b)}`);
    this.fill(".numbers thead", [["update", "weight w", "bias b", "loss", "gradient", "step"]]);
    this.fill(".numbers tbody", way.map((s, n) => [n, ...[s.w, s.b, s.loss, s.norm, length(s)].map((x) => format(x, 5))]).slice(-12));
  }

  /** A line through places, dots at them, cut off at the frame. */
  #line(points, look) {
    return this.plot.cut(0, { class: look }, trace(points, { marker: "dot" }));
  }

  /** The last step as an arrow; one that leaves the picture ends at its frame and says where it goes. */
  #arrow([x, y], [u, v], { w, b }) {
    const { left, end, top, bottom } = this.plot, share = (from, to, low, high) =>
      to > high ? (high - from) / (to - from) : to < low ? (low - from) / (to - from) : 1;
    const inside = Math.max(0, Math.min(share(x, u, left, end), share(y, v, top, bottom)));
    const [a, c] = [x + inside * (u - x), y + inside * (v - y)], far = Math.hypot(a - x, c - y);
    const [i, j] = far ? [(a - x) / far, (c - y) / far] : [0, 0], k = Math.min(9, far);
    const head = `M${a} ${c}L${a - k * i + k * j / 2} ${c - k * j - k * i / 2}L${a - k * i - k * j / 2} ${c - k * j + k * i / 2}z`;
    const words = inside < 1 ? [svg("text", { class: "out", x: Math.min(end - 6, Math.max(left + 6, a)),
      y: Math.min(bottom - 8, Math.max(top + 16, c - 10)), "text-anchor": a > (left + end) / 2 ? "end" : "start" },
    `to w = ${places(w, 1)}, b = ${places(b, 1)}`)] : [];
    return svg("g", { class: "step" }, svg("path", { class: "line", d: `M${x} ${y}L${a} ${c}` }),
      svg("path", { class: "marker", d: head }), ...words);
  }

  #words(way, count) {
    const last = way[count], from = way[count - 1], where = `loss ${format(last.loss)}`;
    if (!from) return `Start at w = ${places(last.w)}, b = ${places(last.b)}: ${where}, gradient ${format(last.norm)}.`;
    const step = `a step of ${format(length(from))}`;
    const how = from.cut < 1 ? `a gradient of ${format(from.norm)}, clipped to ${THRESHOLD}: the same direction, ${step}`
      : `a gradient of ${format(from.norm)}, so ${step}`;
    const fate = length(from) > LONG ? ` Thrown: a step longer than ${LONG}.` : "";
    return `Update ${count}: ${how}, to w = ${places(last.w)}, b = ${places(last.b)}, ${where}.${fate}`;
  }

  sentence({ w, b, updates, clip, shown }) {
    if (!shown) return "Make a guess, or take the step at once.";
    return this.verdict("out", "it leads out of the picture")
      + this.#words(descend(w, b, clip === "on", updates), updates);
  }

  static styles = `
rnn-cliff {
  .ground path { fill: var(--fg); shape-rendering: crispEdges; }
  .band1 { fill-opacity: .08; } .band2 { fill-opacity: .16; } .band3 { fill-opacity: .26; } .band4 { fill-opacity: .38; }
  .grid { display: none; }
  .name { fill: var(--fg); font-weight: 600; paint-order: stroke; stroke: var(--bg); stroke-width: 3px; }
  .walk, .step { --c: var(--simplernn); }
  .step .line { stroke-width: 3.5; }
  .step .marker { fill: var(--simplernn); }
  .curve { --c: var(--fg); }
  .curve .line { stroke-width: 1; stroke-dasharray: 1 4; }
  .curve .marker { display: none; }
  .ghost { --c: var(--fg); }
  .ghost .line { stroke-dasharray: 3 5; }
  .caption-number { font-weight: 700; }
  .out { font-weight: 600; paint-order: stroke; stroke: var(--bg); stroke-width: 4px; }
}`;
}

define("rnn-cliff", Cliff);
