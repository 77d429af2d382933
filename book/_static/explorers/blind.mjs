/**
 * <rnn-blind>: eight times four bars of a jig. Tune of the collection, or of the network? Data, as JSON
 * inside the element: `study`, `pieces` [{real, title, pitches, lengths (twelfths of a quaver), copied}].
 */
import { ask, choice, define, held } from "./explorer.mjs";
import { Player, playing } from "./player.mjs";

class Blind extends Player {
  static next = ".handle";
  static settings = {
    shown: { value: 0, min: 0, max: 1, step: 1, kept: true },
    piece: { value: "1", options: [..."12345678"], implies: { shown: 0, at: 0 } },
    at: { value: 0, min: 0, max: 23, step: 1 },
  };

  build() {
    this.right = new Map();
    return `
      ${choice("piece", "Four bars", [..."12345678"].map((n) => [n, n]))}
      ${held("score", "Note where the sound begins")}
      ${ask("Who wrote these four bars?", [["real", "they are of a tune of the collection"], ["network", "the network"]], "Show it")}
      <div class="buttons">${playing}<button type="button" class="button reset after">Reset</button></div>
      <p role="status"></p>
      <p class="note">Jigs in D or G: four from tunes that the network never read, four of its own at a temperature of 0.8, each the first that was found with four whole bars; in the order of their mean pitch. Sharps are heard, not drawn; an open head is a note of three quavers or more. The tunes are traditional, from the Nottingham Music Database.
        More in <a href="../notebooks/studies/${this.data.study}.html">the study</a>.</p>
      <details class="after"><summary>Numbers</summary>
        <div class="scroll" role="region" aria-label="The notes" tabindex="0">
          <table class="numbers"><thead></thead><tbody></tbody></table></div></details>`;
  }

  draw(state, width) {
    const { pitches, lengths } = this.data.pieces[state.piece - 1];
    let time = 0;
    this.tune = pitches.map((pitch, n) => {
      const bar = Math.floor(time / 72 + 1e-6);
      time += lengths[n];
      return { pitch, length: lengths[n] / 12, bar };
    });
    this.settings.at.max = this.tune.length - 1;
    this.state.at = Math.min(state.at, this.tune.length - 1);
    this.score(this.tune, 12, width, `Four bars on two staves, ${this.tune.length} notes.`);
    this.fill(".numbers thead", [["note", "pitch", "quavers"]]);
    this.fill(".numbers tbody", this.tune.map(({ pitch, length }, n) => [n + 1, pitch, length]));
  }

  sentence({ shown, piece }) {
    if (!shown) return "Listen, and say who wrote it.";
    const { real, title, copied } = this.data.pieces[piece - 1], truth = real ? "real" : "network";
    if (this.guess) this.right.set(piece, this.guess === truth);
    const who = real ? `a tune of the collection, “${title}”` : `the network; the longest run of signs of the whole tune that stands in a tune it read has ${copied}`;
    const votes = this.right.size ? ` ${[...this.right.values()].filter(Boolean).length} of your ${this.right.size} answers were right.` : "";
    return `${this.verdict(truth, who) || `${who[0].toUpperCase()}${who.slice(1)}.`}${votes}`;
  }

  static styles = Player.styles;
}

define("rnn-blind", Blind);
