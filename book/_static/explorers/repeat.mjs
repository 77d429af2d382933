/**
 * <rnn-repeat>: two strains of a tune, by counts, by an LSTM and by one that looks back: is the second
 * the first again? Data, as JSON inside the element: `study`, `read` (how many tunes), `tunes` {writer-temperature: 64 degrees
 * of the major scale}, `match` {the same: share of equal notes over many tunes}.
 */
import { ask, choice, define, held } from "./explorer.mjs";
import { Player, playing } from "./player.mjs";

const STRAIN = 32, MAJOR = [0, 2, 4, 5, 7, 9, 11, 12, 14, 16];
const WRITERS = { counts: "counts of pairs", lstm: "LSTM", both: "LSTM with clock that looks back" };

class Repeat extends Player {
  static next = ".handle";
  static settings = {
    shown: { value: 0, min: 0, max: 1, step: 1, kept: true },
    at: { value: 0, min: 0, max: 2 * STRAIN - 1, step: 1, implies: { shown: 1 } },
    writer: { value: "lstm", options: Object.keys(WRITERS), implies: { shown: 1 } },
    heat: { value: "cool", options: ["cool", "warm"], implies: { shown: 1 } },
  };

  build() {
    return `
      ${held("score", "Note where the sound begins")}
      ${ask(`An LSTM has read ${this.data.read.toLocaleString("en")} tunes in which every second strain repeats the first, and wrote this one. How many of the 32 notes in the second line are those above them?`,
    [["few", "fewer than a third"], ["half", "about a half"], ["all", "nearly all"]], "Show it")}
      <div class="buttons">${playing}<button type="button" class="button reset after">Reset</button></div>
      <div class="after">${choice("writer", "Who writes", Object.entries(WRITERS))}
        ${choice("heat", "Temperature", [["cool", "0.5"], ["warm", "1"]])}</div>
      <p role="status"></p>
      <p class="note">A tune’s first two strains, 32 quavers each, one below the other. <span class="after">In colour, with a dashed stem: notes that differ from the one above. </span>The handle is where the sound begins: drag it, or move it with the arrow keys.
        The first tune of each writer, from <a href="../notebooks/studies/${this.data.study}.html">the study</a>.</p>
      <details class="after"><summary>Numbers</summary>
        <div class="scroll" role="region" aria-label="Degrees of both strains" tabindex="0">
          <table class="numbers"><thead></thead><tbody></tbody></table></div></details>`;
  }

  #notes({ writer, heat }) {
    return this.data.tunes[`${writer}-${heat}`];
  }

  #same(state) {
    const notes = this.#notes(state);
    return notes.slice(STRAIN).filter((d, n) => d === notes[n]).length;
  }

  draw(state, width) {
    const notes = this.#notes(state);
    this.tune = notes.map((d, n) => ({ pitch: 60 + MAJOR[d], length: 1, bar: Math.floor(n / 8) }));
    const look = (n) => (state.shown && n >= STRAIN && notes[n] !== notes[n - STRAIN] ? "other" : "");
    this.score(this.tune, STRAIN, width, `Two strains of 32 notes on two staves. ${state.shown ? this.#words(state) : ""}`, look);
    this.fill(".numbers thead", [["note", "first strain", "second"]]);
    this.fill(".numbers tbody", notes.slice(0, STRAIN).map((d, n) => [n + 1, d, notes[n + STRAIN]]));
  }

  #words(state) {
    const { match } = this.data, share = match[`${state.writer}-${state.heat}`];
    return `${this.#same(state)} of 32 notes are those above them. Over all tunes of this writer: ${Math.round(100 * share)} in a hundred.`;
  }

  sentence(state) {
    if (!state.shown) return "Listen, make a guess, or show it at once.";
    const same = this.#same({ writer: "lstm", heat: "cool" });
    return this.verdict(same < 11 ? "few" : same < 24 ? "half" : "all", `${same} of 32`) + this.#words(state);
  }

  static styles = Player.styles;
}

define("rnn-repeat", Repeat);
