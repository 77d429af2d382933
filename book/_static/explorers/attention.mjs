/**
 * <rnn-attention>: for each French word of one sentence, the English words that the writer looks at.
 * Data, as JSON inside the element: `study`, `english` and `french` (words), `weights` (for each
 * French word, one for each English word).
 */
import { ask, define, Explorer, format, held, html, svg } from "./explorer.mjs";

const ROW = 34, TOP = 30, BOX = 104; // pixels: a line of words, the headings, a word's box
const ASKED = 1; // the French word that the question is about

class Attention extends Explorer {
  static next = ".handle";
  static settings = {
    shown: { value: 0, min: 0, max: 1, step: 1, kept: true },
    word: { value: ASKED, min: 0, max: 0, step: 1, implies: { shown: 1 } },
  };

  build() {
    const { english, french, study } = this.data;
    this.settings.word.max = french.length - 1;
    return `
      ${ask(`The network writes <i lang="fr">${french[ASKED]}</i>, its second word. Which English word has the largest weight?`,
        english.slice(0, 4).map((word, n) => [n, `<i>${word}</i>`]), "Show the weights")}
      ${held("words", "French word that is written")}
      <div class="buttons after"><button type="button" class="button reset">Reset</button></div>
      <p role="status"></p>
      <p class="note">One sentence of a small grammar, translated by a network with attention from
        <a href="../notebooks/studies/${study}.html">the study</a>. Point at a French word, drag the dot, or use the arrow keys.</p>
      <details class="after"><summary>Numbers</summary>
        <div class="scroll" role="region" aria-label="Weights of attention" tabindex="0">
          <table class="numbers"><thead></thead><tbody></tbody></table></div></details>`;
  }

  ready() {
    const at = (y) => ({ word: Math.floor((y - TOP) / ROW) });
    this.grip("words", { x: "word", up: -1, to: (_, y) => at(y) });
    this.querySelector("svg.words").addEventListener("pointermove", ({ offsetY, pointerType, buttons }) => {
      if (pointerType === "mouse" && !buttons && this.state.shown) this.set(at(offsetY));
    });
  }

  draw({ word, shown }, width) {
    const { english, french, weights } = this.data, box = Math.min(BOX, (width - 90) / 2);
    const left = Math.max(26, (width - 440) / 2), right = width - left - 12 - box;
    const size = { width, height: TOP + ROW * Math.max(english.length, french.length) };
    const middle = (n) => TOP + ROW * (n + 0.5);
    const line = (n, m, now) => svg("path", { class: now ? "now" : "other", "stroke-width": 5 * weights[n][m],
      d: `M${left + box} ${middle(n)}L${right} ${middle(m)}` });
    const lines = french.flatMap((_, n) => english.map((_, m) => (weights[n][m] > 0.05 ? line(n, m, n === word) : "")));
    const cell = (text, x, n, chosen, weight = 0) => svg("g", { class: chosen ? "chosen" : "" },
      svg("rect", { x, y: middle(n) - 13, width: box, height: 26, rx: 5 }),
      svg("rect", { class: "weight", x, y: middle(n) - 13, width: box * weight, height: 26, rx: 5 }),
      svg("text", { class: "word", x: x + box / 2, y: middle(n) + 4.5, "text-anchor": "middle" }, text));
    const number = (m) => svg("text", { x: right + box + 5, y: middle(m) + 4.5 }, weights[word][m] >= 0.005 ? weights[word][m].toFixed(2) : "");
    this.paint("words", size, `French words on the left, English words on the right. ${shown ? this.#words() : `${french[ASKED]} is marked, its line is not drawn.`}`,
      svg("text", { x: left, y: 16 }, "writes"), svg("text", { x: right, y: 16 }, "reads"), ...(shown ? lines.filter(Boolean) : []),
      ...french.map((text, n) => cell(text, left, n, n === word)),
      ...english.map((text, m) => cell(text, right, m, false, shown ? weights[word][m] : 0)), ...(shown ? english.map((_, m) => number(m)) : []));
    this.place("words", [left - 4, middle(word)], word, french[word]);
    this.fill(".numbers thead", [["writes", ...english]]);
    this.fill(".numbers tbody", french.map((text, n) => [text, ...weights[n].map((weight) => format(weight, 5))]), word);
  }

  #words() {
    const { english, french, weights } = this.data, { word } = this.state;
    const largest = Math.max(...weights[word]), source = english[weights[word].indexOf(largest)];
    return `For “${french[word]}” the weight of “${source}” is ${largest.toFixed(3)}; the other words share ${(1 - largest).toFixed(3)}.`;
  }

  sentence({ shown }) {
    if (!shown) return "Make a guess, or look at once.";
    const { english, weights } = this.data, truth = weights[ASKED].indexOf(Math.max(...weights[ASKED]));
    return this.verdict(String(truth), `it is “${english[truth]}”`) + this.#words();
  }

  static styles = `
rnn-attention {
  svg.words { cursor: default; }
  rect { fill: var(--bg); stroke: var(--muted); }
  rect.weight { fill: var(--high); stroke: none; opacity: .35; }
  .chosen rect { stroke: var(--high); stroke-width: 2.5; }
  text.word { fill: var(--fg); font-size: 14px; }
  path { fill: none; stroke: var(--muted); opacity: .45; }
  path.now { stroke: var(--high); opacity: 1; }
}`;
}

define("rnn-attention", Attention);
