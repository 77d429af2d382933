/**
 * <rnn-livetext>: a character LSTM reads what the reader types, says what it expects next, and
 * goes on by itself. Data, as JSON inside the element: `study`, and the loss of these weights on the
 * test text in `bits`. The weights, `character-lstm.json`, are fetched when the figure comes near.
 */
import { define, Explorer, html, plot, slider, svg, value } from "./explorer.mjs";
import { CharacterLSTM, sample, softmax, uniform } from "./lstm.mjs";

const MOST = 600; // characters in the box
const TALLEST = 8; // bits: where the picture ends
const LISTED = 8; // rows of the table
const visible = (letter) => ({ " ": "␣", "\n": "↵" })[letter] ?? letter;
const named = (letter) => ({ " ": "a space", "\n": "a new line" })[letter] ?? `“${letter}”`;
const percent = (p) => (p < 0.0005 ? "< 0.1 %" : `${(100 * p).toFixed(1)} %`);

class LiveText extends Explorer {
  static settings = {
    text: { value: "ROMEO:\nWhat light", maxLength: MOST },
    temperature: { value: 1, min: 0.1, max: 1.5, step: 0.05 },
    seed: { value: 1, min: 1, max: 99, step: 1 },
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
    const response = await fetch(new URL("character-lstm.json", import.meta.url));
    if (!response.ok) throw new Error(`No weights: ${response.status}`);
    this.model = new CharacterLSTM(await response.json());
  }

  build() {
    const { id, settings, data } = this;
    return `
      <form class="controls">
        <div class="box"><label for="${id}-text">Type: the network reads along</label>
          <textarea id="${id}-text" name="text" rows="4" maxlength="${MOST}" spellcheck="false"
            autocomplete="off" autocapitalize="off"></textarea></div>
        <div class="buttons">
          <button type="button" class="button first" data-write="100">Let it write 100 characters</button>
          <button type="button" class="button" data-write="1">One character</button>
          <button type="button" class="button reset">Reset</button></div>
      </form>
      <svg role="img" class="surprise"></svg>
      <div class="desk">
        <form class="controls">
          ${slider(id, "temperature", settings.temperature, "Temperature <i>τ</i>",
            "Below 1 it prefers what is likely, above 1 it takes risks. It changes what is written, not what is read.")}
          ${slider(id, "seed", settings.seed, "Seed", "The same text, temperature and seed: the same continuation.")}
        </form>
        <table class="next"><caption>What comes next</caption><thead><tr><th scope="col">character</th>
          <th scope="col">probability</th><th scope="col">at <i>τ</i> = ${value("temperature")}</th></tr></thead><tbody></tbody></table>
      </div>
      <p role="status"></p>
      <p class="note">Bars: what each character of the text cost the network, −log₂ of the probability that it gave it; tall bars are
        surprises. Dashed: its mean on Shakespeare’s lines that it never saw, ${data.bits.toFixed(2)} bits a character.
        ␣ is a space, ↵ a new line. A character that the plays do not have is read as a space. Weights and numbers come from
        <a href="../notebooks/studies/${data.study}.html">the study</a>; everything runs in this page.</p>`;
  }

  ready() {
    for (const button of this.querySelectorAll("[data-write]")) {
      button.addEventListener("click", () => this.#write(Number(button.dataset.write)));
    }
  }

  /** What was read of a text: bits of each character, and logits for the one to come. */
  #read(text) {
    if (this.seen?.text === text) return this.seen;
    const { model } = this, bits = [];
    let state = model.read("\n"); // a text begins on a line of its own
    for (const letter of this.#known(text)) {
      bits.push(-Math.log2(softmax(model.logits(state))[model.index.get(letter)]));
      state = model.step(state, letter);
    }
    return this.seen = { text, bits, state, logits: model.logits(state) };
  }

  #known(text) {
    return [...text].map((letter) => (this.model.index.has(letter) ? letter : " "));
  }

  #write(count) {
    const { model } = this, { temperature, seed } = this.state;
    let { text } = this.state, { state } = this.#read(text), place = [...text].length;
    for (let n = 0; n < count && text.length < MOST; n++, place++) {
      const p = softmax(model.logits(state), temperature);
      const letter = model.letters[sample(p, uniform(seed, place))];
      text += letter;
      state = model.step(state, letter);
    }
    this.set({ text });
    const box = this.querySelector("textarea");
    box.scrollTop = box.scrollHeight;
  }

  draw({ text, temperature, seed }, width) {
    const { bits, logits } = this.#read(text), letters = [...text];
    const now = softmax(logits), warm = softmax(logits, temperature);
    const order = [...now.keys()].sort((a, b) => now[b] - now[a]).slice(0, LISTED);
    this.write({ temperature: temperature.toFixed(2), seed });
    this.fill(".next tbody", order.map((k) =>
      [html("span", { class: "letter" }, visible(this.model.letters[k])), percent(now[k]), bar(warm[k])]));

    const size = { width, height: 190, left: 26, right: 4 };
    const shown = Math.max(1, Math.min(60, letters.length, Math.floor((width - 30) / 14)));
    const from = Math.max(0, letters.length - shown);
    const p = plot({ ...size, x: [0, shown], y: [0, TALLEST], xTicks: [], xLabel: "the end of the text",
      yTicks: [0, 2, 4, 6, 8].map((v) => [v, v]), yLabel: "bits that each character cost" });
    this.paint("surprise", size, `Bars of the last ${shown} characters. ${this.sentence(this.state)}`, p.frame,
      ...letters.slice(from).flatMap((letter, i) => {
        const [a, b, top] = [p.sx(i + 0.14), p.sx(i + 0.86), p.sy(Math.min(TALLEST, bits[from + i]))];
        return [svg("path", { class: "bar", d: `M${a} ${p.sy(0)}V${top}H${b}V${p.sy(0)}Z` }),
          svg("text", { class: "letter", x: (a + b) / 2, y: p.sy(0) + 16, "text-anchor": "middle" }, visible(letter))];
      }),
      svg("path", { class: "mean", d: `M${p.sx(0)} ${p.sy(this.data.bits)}H${p.sx(shown)}` }));
  }

  sentence({ text }) {
    const { bits, logits } = this.#read(text), p = softmax(logits), k = p.indexOf(Math.max(...p));
    const mean = bits.reduce((a, b) => a + b, 0) / bits.length;
    const cost = bits.length ? `These ${bits.length} characters cost it ${mean.toFixed(1)} bits each. ` : "";
    const full = text.length >= MOST ? " The box is full." : "";
    const strange = [...text].find((letter) => !this.model.index.has(letter));
    const unknown = strange ? ` It knows no “${strange}” and reads a space.` : "";
    return `${cost}Most likely next: ${named(this.model.letters[k])}, ${percent(p[k])}.${unknown}${full}`;
  }

  static styles = `
rnn-livetext {
  .live { display: grid; gap: .75rem; padding-top: .75rem; }
  .live > * { min-width: 0; margin-block: 0 !important; }
  .box { display: grid; gap: .25rem; }
  .box label { font-weight: 600; }
  textarea {
    box-sizing: border-box; width: 100%; padding: .5rem; border: 1px solid var(--muted); border-radius: .375rem;
    background: var(--bg); color: var(--fg); font: .9375rem/1.4 ui-monospace, monospace; resize: vertical;
  }
  .buttons { display: flex; flex-wrap: wrap; gap: .5rem; }
  .letter { fill: var(--fg); font-family: ui-monospace, monospace; }
  .bar { fill: var(--lstm); }
  span.bar { display: inline-block; height: .7em; background: var(--lstm); }
  .share { display: grid; grid-template-columns: 1fr 4.5em; align-items: center; text-align: end; }
  .next td:last-child { width: 60%; }
  .mean { fill: none; stroke: var(--high); stroke-width: 2; stroke-dasharray: 6 4; }
}
@media (pointer: coarse) { rnn-livetext .button { min-height: 44px; } }`;
}

/** A probability as a bar and a number. */
const bar = (p) => html("span", { class: "share" },
  html("span", { class: "bar", style: `width: ${(100 * p).toFixed(1)}%` }), percent(p));

define("rnn-livetext", LiveText);
