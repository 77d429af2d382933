/**
 * <rnn-switches>: a batch of three sequences through a layer of one unit, with every switch that
 * decides which numbers exist and which cell `outputs[:, -1]` reads. Data, as JSON inside the
 * element: `study`, where Keras' own layers are asked the same.
 */
import { ask, choice, define, Explorer, format, held, html, svg, toggle } from "./explorer.mjs";

// --- The layer, as Keras computes it ---

const BATCH = [[1, 3], [2, 1, 4], [3, 1, 2, 5, 4]];
const LONGEST = 5;
/** Kernel, recurrent kernel and bias of the unit that reads forwards and of the one backwards. */
export const WEIGHTS = { forwards: [0.3, 0.8, 0.1], backwards: [-0.4, 0.6, 0.1] };

/** The batch, padded with zeros to one length. */
export const pad = (padding) => BATCH.map((row) => {
  const zeros = Array(LONGEST - row.length).fill(0);
  return padding === "pre" ? [...zeros, ...row] : [...row, ...zeros];
});

/**
 * h_t = tanh(w x_t + u h_{t−1} + b), from h = 0. At a masked step state and output stay as they
 * are. Returns for each step {h, leak}: leak is true when h has read padding.
 */
export function read(x, [w, u, b], masked) {
  let h = 0, leak = false;
  return x.map((value) => {
    if (!(masked && value === 0)) {
      h = Math.tanh(w * value + u * h + b);
      leak ||= value === 0;
    }
    return { h, leak };
  });
}

const MERGE = { concat: undefined, sum: (a, b) => a + b, mul: (a, b) => a * b, ave: (a, b) => (a + b) / 2 };

/**
 * Of a padded row, for each step what the layer computes there: {forwards, backwards?, merged?}.
 * Bidirectional makes its layers return zeros at masked steps (`zero_output_for_mask`), if they
 * return sequences; the state is kept all the same.
 */
export function layer(x, { mask, bi, merge, sequences }) {
  const masked = mask === "on", zeros = masked && bi === "on" && sequences === "on";
  const shown = (steps) => (zeros ? steps.map((s, t) => (x[t] ? s : { h: 0, leak: false })) : steps);
  const f = shown(read(x, WEIGHTS.forwards, masked));
  if (bi === "off") return f.map((forwards) => ({ forwards }));
  const r = shown(read(x.toReversed(), WEIGHTS.backwards, masked).toReversed());
  const join = MERGE[merge];
  return f.map((forwards, t) => ({ forwards, backwards: r[t],
    ...(join && { merged: { h: join(forwards.h, r[t].h), leak: forwards.leak || r[t].leak } }) }));
}

// --- The figure ---

const number = (x) => format(x, 2).replace(/^(−?)0\./, "$1.");

class Switches extends Explorer {
  static next = ".handle";
  static settings = {
    shown: { value: 0, min: 0, max: 1, step: 1, kept: true },
    t: { value: 4, min: 0, max: LONGEST - 1, step: 1, implies: { shown: 1 } },
    padding: { value: "post", options: ["post", "pre"], implies: { shown: 1 } },
    sequences: { value: "on", options: ["off", "on"], implies: { shown: 1 } },
    mask: { value: "off", options: ["off", "on"], implies: { shown: 1 } },
    bi: { value: "off", options: ["off", "on"], implies: { shown: 1 } },
    merge: { value: "concat", options: Object.keys(MERGE), implies: { shown: 1, bi: "on" } },
  };

  build() {
    return `
      ${held("batch", "Column that is read")}
      ${ask(`Zeros fill the shorter sequences up, and the layer has no mask. What does
        <code>outputs[:, -1]</code> hold for the first sequence, 1 3?`, [["last", "what the unit said at 3, its last number"],
        ["on", "what it says after reading on over three zeros"], ["zero", "zeros"]], "Show the numbers")}
      <div class="buttons after">
        ${toggle("sequences", "<code>return_sequences</code>")}${toggle("mask", "mask")}
        ${toggle("bi", "<code>Bidirectional</code>")}<button type="button" class="button reset">Reset</button></div>
      <div class="desk after">
        <div>${choice("padding", "Zeros stand", [["post", "after"], ["pre", "before"]])}
          ${choice("merge", "<code>merge_mode</code>", Object.keys(MERGE).map((name) => [name, name]))}</div>
        <pre><code class="program"></code></pre>
      </div>
      <p role="status"></p>
      <p class="note"><span class="after">→ one unit reads forwards, ← another backwards; their weights are fixed. Dashed cells are computed and not
        returned. ∗: the number has read padding. </span>The frame is the column that is read: drag it, or move it with the arrow keys.
        <a href="../notebooks/studies/${this.data.study}.html">The study</a> has the same numbers from Keras.</p>
      <details class="after"><summary>Numbers</summary>
        <div class="scroll" role="region" aria-label="All that is computed" tabindex="0">
          <table class="numbers"><thead></thead><tbody></tbody></table></div></details>`;
  }

  ready() {
    this.grip("batch", { x: "t", to: (x) => ({ t: Math.floor((x - this.left) / this.cell) }) });
  }

  /** What of a row is returned: [[number, from step], …] for each step, or for the last alone. */
  #returned(cells, { sequences, bi }) {
    const at = (t) => {
      const { forwards, backwards, merged } = cells[t];
      return merged ? [merged] : backwards ? [forwards, backwards] : [forwards];
    };
    if (sequences === "on") return cells.map((_, t) => at(t));
    if (bi === "off") return [at(LONGEST - 1)];
    const [f, r] = [cells.at(-1).forwards, cells[0].backwards], join = MERGE[this.state.merge];
    return [join ? [{ h: join(f.h, r.h), leak: f.leak || r.leak }] : [f, r]];
  }

  draw(state, width) {
    const { t, sequences, bi, shown } = state, rows = pad(state.padding), all = rows.map((x) => layer(x, state));
    const lines = bi === "on" ? 2 : 1, high = 32 + 18 * lines, top = 30, both = sequences === "off" && bi === "on";
    this.left = 2;
    this.cell = Math.min(100, (width - 4) / LONGEST);
    const size = { width, height: top + 3 * (high + 6) + 22 }, x = (c) => this.left + c * this.cell;
    const cell = (c, r, { forwards, backwards, merged }) => {
      const y = top + r * (high + 6), w = this.cell - 6, zero = rows[r][c] === 0;
      const out = (arrow) => sequences === "on" || (arrow === "←" ? c === 0 : c === LONGEST - 1);
      const line = ({ h, leak }, arrow, n) => svg("text", { class: out(arrow) ? "out" : "gone", x: x(c) + w - 2, y: y + 38 + 18 * n,
        "text-anchor": "end" }, `${arrow} ${number(h)}${leak ? "∗" : ""}`);
      const kept = sequences === "on" || c === LONGEST - 1 || (both && c === 0);
      const texts = !shown ? [] : merged && sequences === "on" ? [line(merged, "=", 0)]
        : [line(forwards, "→", 0), ...(backwards ? [line(backwards, "←", 1)] : [])];
      return svg("g", { class: `${kept ? "kept" : "unkept"} ${zero ? "zero" : ""}` },
        svg("rect", { x: x(c), y, width: w, height: high, rx: 4 }),
        svg("text", { class: "input", x: x(c) + 6, y: y + 18 }, zero ? "0" : rows[r][c]), ...texts);
    };
    const frame = sequences === "on" ? [svg("rect", { class: "column", x: x(t) - 3, y: top - 4, width: this.cell, height: size.height - top - 10, rx: 6 })] : [];
    const heads = Array.from({ length: LONGEST }, (_, c) => svg("text", { class: "head", x: x(c) + 4, y: 16 }, c === LONGEST - 1 ? `t = ${c}` : c));
    this.paint("batch", size, `A batch of three, five steps each. ${this.#words(state)}`, ...heads,
      ...all.flatMap((row, r) => row.map((at, c) => cell(c, r, at))), ...frame);
    this.place("batch", [x(t) + this.cell / 2 - 3, size.height - 14], t, `outputs[:, ${t - LONGEST}], step ${t}`);
    this.querySelector(".handle").hidden = sequences === "off";
    this.querySelector(".program").replaceChildren(...this.#program(state));
    this.fill(".numbers thead", [["sequence", "step", "input", "forwards", "backwards", "joined"]]);
    this.fill(".numbers tbody", all.flatMap((row, r) => row.map((at, c) => [`${r}`, c, rows[r][c],
      format(at.forwards.h, 5), at.backwards ? format(at.backwards.h, 5) : "–", at.merged ? format(at.merged.h, 5) : "–"])));
  }

  #program({ padding, sequences, mask, bi, merge, t }) {
    const unit = `SimpleRNN(${bi === "on" ? "" : "\n  "}1${sequences === "on" ? ", return_sequences=True" : ""})`;
    const features = bi === "on" && merge === "concat" ? 2 : 1;
    const lines = [`x = pad_sequences(batch, padding="${padding}")`, `layer = ${bi === "on" ? "Bidirectional(\n  " : ""}${unit}${bi === "on" ? `,\n  merge_mode="${merge}")` : ""}`,
      `outputs = layer(x[..., None]${mask === "on" ? ",\n  mask=x != 0" : ""})`,
      `# shape (3, ${sequences === "on" ? `${LONGEST}, ` : ""}${features})`,
      ...(sequences === "on" ? [`answer = outputs[:, ${t - LONGEST}]`] : [])];
    return [lines.join("\n")];
  }

  #words(state) {
    const { t, sequences, bi, merge } = state, rows = pad(state.padding), all = rows.map((x) => layer(x, state));
    const said = all.map((cells) => this.#returned(cells, state)[sequences === "on" ? t : 0]);
    const values = said.map((row) => row.map(({ h }) => number(h)).join(" and ")).join("; ");
    const leaks = said.flatMap((row, r) => row.some(({ leak }) => leak) ? [["first", "second", "third"][r]] : []);
    const names = leaks.length === 3 ? "all three" : leaks.join(" and ");
    const leak = leaks.length ? ` Padding has leaked into ${names}.` : " No padding has leaked in.";
    if (sequences === "off") {
      const last = bi === "on" ? "each direction’s last answer: forwards at step 4, backwards at step 0" : "the answer at step 4";
      const trap = bi === "on" && merge === "concat" ? " outputs[:, −1] is the backward unit alone." : "";
      return `Returned is ${last}: ${values}.${leak}${trap}`;
    }
    const young = bi === "on" && t === LONGEST - 1 ? " The backward unit has only begun there." : "";
    return `outputs[:, ${t - LONGEST}] holds ${values}.${leak}${young}`.replaceAll(", -", ", −");
  }

  sentence(state) {
    if (!state.shown) return "Make a guess, or show the numbers at once.";
    return this.verdict("on", "without a mask it reads on over the zeros") + this.#words(state);
  }

  static styles = `
rnn-switches {
  rect { fill: var(--bg); stroke: var(--muted); stroke-width: 1.5; }
  .unkept rect { stroke-dasharray: 3 4; }
  .zero rect { fill: color-mix(in srgb, var(--fg) 10%, var(--bg)); }
  .input { font-weight: 600; fill: var(--fg); }
  .zero .input, .gone { fill: var(--muted); font-weight: 400; }
  .out { fill: var(--lstm); font-weight: 600; font-variant-numeric: tabular-nums; }
  .column { fill: none; stroke: var(--high); stroke-width: 3; }
  .head { fill: var(--muted); }
  pre { margin: 0; padding: .5rem .75rem; border: 1px solid var(--border); border-radius: .375rem; overflow-x: auto; font-size: .8125rem; line-height: 1.5; }
}`;
}

define("rnn-switches", Switches);
