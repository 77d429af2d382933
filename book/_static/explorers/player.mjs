/**
 * What the two figures with tunes share: notes on a staff, and a player that begins at the handle.
 *
 * A figure says which notes there are (`notes`: [{pitch, length, bar}], lengths in quavers) and how
 * many quavers a line of the picture holds (`across`). Nothing sounds before its button is pressed.
 */
import { Explorer, svg } from "./explorer.mjs";

const QUAVER = 0.21; // seconds
const LETTERS = [0, 0, 1, 1, 2, 3, 3, 4, 4, 5, 5, 6]; // of the twelve semitones: C, C sharp, D, …
/** The place of a MIDI pitch on the staff, in steps above middle C; sharps share their letter's. */
export const step = (pitch) => LETTERS[pitch % 12] + 7 * (Math.floor(pitch / 12) - 5);

const HALF = 4.5, HIGH = 108; // px: half of the space between two lines; a staff with its surroundings

export class Player extends Explorer {
  disconnectedCallback() {
    super.disconnectedCallback();
    this.stop();
  }

  ready() {
    this.querySelector(".play").addEventListener("click", () => (this.sound ? this.stop() : this.play()));
    this.grip("score", { x: "at", to: (x, y) => ({ at: this.#nearest(x, y) }) });
  }

  set(patch) {
    if (!("at" in patch)) this.stop(); // other notes
    super.set(patch);
  }

  #nearest(x, y) {
    const line = Math.max(0, Math.min(this.lines - 1, Math.floor(y / HIGH)));
    const distance = ([a, , on]) => Math.abs(a - x) + (on === line ? 0 : 1e4);
    return this.spots.reduce((best, spot, n) => (distance(spot) < distance(this.spots[best]) ? n : best), 0);
  }

  /** Draw notes on staves of `across` quavers each; `look(n)` is the class of a note. */
  score(notes, across, width, words, look = () => "") {
    const left = 6, scale = (width - 2 * left - 8) / across, ends = notes.map(() => 0);
    notes.forEach((note, n) => { ends[n] = (n ? ends[n - 1] : 0) + note.length; });
    this.lines = Math.ceil(ends.at(-1) / across - 1e-6);
    const size = { width, height: this.lines * HIGH + 8 };
    const y = (line, place) => line * HIGH + 76 - place * HALF;
    this.spots = notes.map((note, n) => {
      const start = ends[n] - note.length, line = Math.floor(start / across + 1e-6);
      return [left + 8 + (start - line * across) * scale, (line + 1) * HIGH - 6, line];
    });
    const staves = Array.from({ length: this.lines }, (_, line) => svg("path", { class: "staff",
      d: [2, 4, 6, 8, 10].map((place) => `M${left} ${y(line, place)}H${width - left}`).join("") }));
    const bars = notes.flatMap((note, n) => {
      if (n && note.bar === notes[n - 1].bar) return [];
      const [x, , line] = this.spots[n];
      return n && line === this.spots[n - 1][2] ? [svg("path", { class: "staff", d: `M${x - 7} ${y(line, 2)}V${y(line, 10)}` })] : [];
    });
    const heads = notes.map((note, n) => {
      const [x, , line] = this.spots[n], place = step(note.pitch), up = place < 6 ? 1 : -1, at = y(line, place);
      const ledgers = [0, 12, 14].filter((l) => (l === 0 ? place <= 0 : place >= l)).map((l) => `M${x - 6.5} ${y(line, l)}h13`).join("");
      return svg("g", { class: `note ${look(n)}` }, svg("path", { class: "staff", d: ledgers || "M0 0" }),
        svg("ellipse", { cx: x, cy: at, rx: 4.2, ry: 3.4, class: note.length >= 3 ? "open" : "" }),
        svg("path", { class: "stem", d: `M${x + 3.8 * up} ${at}V${at - 24 * up}` }));
    });
    this.paint("score", size, words, ...staves, ...bars, ...heads);
    const { at } = this.state;
    this.place("score", this.spots[at].slice(0, 2), at, `note ${at + 1} of ${notes.length}`);
  }

  /** Sound the notes from the handle on; the handle goes along, unless motion is not wanted. */
  play() {
    this.sound = new AudioContext();
    const { sound } = this, still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const begin = this.state.at === this.tune.length - 1 ? 0 : this.state.at;
    let time = sound.currentTime + 0.1;
    this.timers = [];
    for (const [n, { pitch, length }] of this.tune.entries()) {
      if (n < begin) continue;
      const voice = new OscillatorNode(sound, { type: "triangle", frequency: 440 * 2 ** ((pitch - 69) / 12) });
      const loud = new GainNode(sound, { gain: 0 }), end = time + QUAVER * length;
      loud.gain.setValueAtTime(0, time);
      loud.gain.linearRampToValueAtTime(0.25, time + 0.015);
      loud.gain.exponentialRampToValueAtTime(0.02, end);
      voice.connect(loud).connect(sound.destination);
      voice.start(time);
      voice.stop(end);
      const wait = (time - sound.currentTime) * 1000;
      if (!still) this.timers.push(setTimeout(() => this.place("score", this.spots[n].slice(0, 2), n, `note ${n + 1} of ${this.tune.length}`), wait));
      time = end;
    }
    this.timers.push(setTimeout(() => this.stop(), (time - sound.currentTime) * 1000));
    this.querySelector(".play").textContent = "Stop";
  }

  stop() {
    if (!this.sound) return;
    this.timers.forEach(clearTimeout);
    this.sound.close();
    this.sound = null;
    this.querySelector(".play").textContent = "Play";
    const { at } = this.state;
    this.place("score", this.spots[at].slice(0, 2), at, `note ${at + 1} of ${this.tune.length}`);
  }

  static styles = `
:is(rnn-repeat, rnn-blind) {
  .staff { stroke: var(--muted); fill: none; }
  .note ellipse { fill: var(--fg); stroke: var(--fg); stroke-width: 1.5; }
  .note ellipse.open { fill: var(--bg); }
  .stem { stroke: var(--fg); stroke-width: 1.3; fill: none; }
  .other ellipse { fill: var(--high); stroke: var(--high); }
  .other .stem { stroke: var(--high); stroke-dasharray: 3 2; }
  .play { min-width: 5em; }
}`;
}

/** Mark-up of the button that plays. */
export const playing = '<button type="button" class="button play">Play</button>';
