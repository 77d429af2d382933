/**
 * LSTMs that run in the page: the arithmetic of Keras' layers, and nothing else. Study 8d makes the
 * file of the character LSTM's weights; how its bytes are laid out stands there (`pack`).
 */
const sigmoid = (x) => 1 / (1 + Math.exp(-x));

/** {name: weights} from base64: {columns, whole, scale} of eight-bit rows, or float32 numbers. */
function unpack(text, shapes) {
  const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  let at = 0;
  const take = (Type, count) => {
    const from = at;
    at += count * Type.BYTES_PER_ELEMENT;
    return new Type(bytes.slice(from, at).buffer); // a copy: its start is aligned
  };
  const tensor = ([rows, columns]) => (columns
    ? { columns, whole: take(Int8Array, rows * columns), scale: take(Float32Array, columns) }
    : take(Float32Array, rows));
  return Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [name, tensor(shape)]));
}

/** x W + start for a row vector x; four rows at a time, and a column's scale when its sum is there. */
function affine(x, { columns, whole, scale }, start) {
  const sums = new Float64Array(columns), [two, three] = [2 * columns, 3 * columns];
  for (let r = 0; r < x.length; r += 4) {
    const [a, b, c, d] = x.subarray(r, r + 4);
    for (let k = 0, at = r * columns; k < columns; k++, at++) {
      sums[k] += a * whole[at] + b * whole[at + columns] + c * whole[at + two] + d * whole[at + three];
    }
  }
  return sums.map((v, k) => scale[k] * v + start[k]);
}

/** Output and memory after a step from what enters the gates; Keras' order: i, f, candidate, o. */
export function gated(z, before) {
  const n = before.length;
  const c = before.map((v, k) => sigmoid(z[n + k]) * v + sigmoid(z[k]) * Math.tanh(z[2 * n + k]));
  return { h: c.map((v, k) => sigmoid(z[3 * n + k]) * Math.tanh(v)), c };
}

/** Probabilities from logits at a temperature. */
export function softmax(logits, temperature = 1) {
  const most = Math.max(...logits), e = logits.map((v) => Math.exp((v - most) / temperature));
  const sum = e.reduce((a, b) => a + b);
  return e.map((v) => v / sum);
}

/** The number in [0, 1) for one draw: it depends on the seed and the place in the text alone. */
export function uniform(seed, place) { // the mixing function of murmur3, after a Weyl step
  let x = (Math.imul(seed, 0x9e3779b1) + Math.imul(place + 1, 0x85ebca77)) | 0;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return ((x ^ (x >>> 16)) >>> 0) / 2 ** 32;
}

/** The index that u in [0, 1) falls on. */
export function sample(p, u) {
  let sum = 0;
  const found = p.findIndex((v) => (sum += v) > u);
  return found < 0 ? p.length - 1 : found;
}

const KEPT = 4000; // places in texts whose states are kept

/**
 * Every text is read letter by letter from `start`, and every place on the way, {h, c, logits}, is
 * kept: two texts with the same beginning share its places, so a key costs one step.
 */
export class CharacterLSTM {
  constructor({ letters, tensors, weights, proof }) {
    this.letters = [...letters];
    this.index = new Map(this.letters.map((letter, i) => [letter, i]));
    const { kernel, recurrent, bias, out, offset } = unpack(weights, tensors);
    Object.assign(this, { recurrent, out, offset, units: recurrent.columns / 4 });
    // What a letter adds to the gates: its row of the kernel, plus the bias.
    this.inputs = this.letters.map((_, i) => Float64Array.from(bias, (v, k) =>
      v + kernel.scale[k] * kernel.whole[i * kernel.columns + k]));
    this.start = this.#place(new Float64Array(this.units), new Float64Array(this.units));
    const logits = [...proof.text].reduce((place, letter) => this.step(place, letter), this.start).logits;
    const error = Math.max(...proof.logits.map((v, i) => Math.abs(v - logits[i])));
    if (!(error < 1e-4)) throw new Error(`The weights do not give what Keras gave: ${error}`);
  }

  #place(h, c) {
    return { h, c, logits: affine(h, this.out, this.offset), next: new Map() };
  }

  /** The place after one more letter. */
  step(place, letter) {
    if (!place.next.has(letter)) {
      if (this.kept++ > KEPT) [this.kept, this.start.next] = [0, new Map()];
      const { h, c } = gated(affine(place.h, this.recurrent, this.inputs[this.index.get(letter)]), place.c);
      place.next.set(letter, this.#place(h, c));
    }
    return place.next.get(letter);
  }

  kept = 0;
}
