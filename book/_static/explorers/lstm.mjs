/**
 * A character LSTM that runs in the page: the arithmetic of Keras' layers in float64, and nothing
 * else. Lab 8b makes the file of weights; how its bytes are laid out stands there (`pack`).
 */
const sigmoid = (x) => 1 / (1 + Math.exp(-x));

/** {name: {rows, columns, values}} from base64: eight-bit rows and a scale a column, or float32. */
function unpack(text, shapes) {
  const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  let at = 0;
  const take = (Type, count) => {
    const from = at;
    at += count * Type.BYTES_PER_ELEMENT;
    return new Type(bytes.slice(from, at).buffer); // a copy: its start is aligned
  };
  const tensor = ([rows, columns]) => {
    if (!columns) return { rows: 1, columns: rows, values: Float64Array.from(take(Float32Array, rows)) };
    const whole = Float64Array.from(take(Int8Array, rows * columns)), scale = take(Float32Array, columns);
    return { rows, columns, values: whole.map((v, k) => v * scale[k % columns]) };
  };
  return Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [name, tensor(shape)]));
}

/** x W + start for a row vector x. */
function affine(x, { columns, values }, start) {
  const y = Float64Array.from(start);
  x.forEach((v, r) => {
    for (let k = 0, at = r * columns; k < columns; k++, at++) y[k] += v * values[at];
  });
  return y;
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

export class CharacterLSTM {
  constructor({ letters, tensors, weights, proof }) {
    this.letters = [...letters];
    this.index = new Map(this.letters.map((letter, i) => [letter, i]));
    const { table, kernel, recurrent, bias, out, offset } = unpack(weights, tensors);
    Object.assign(this, { recurrent, out, offset, units: recurrent.rows });
    // What a letter adds to the gates: its row of the table, through the kernel, plus the bias.
    this.inputs = this.letters.map((_, i) =>
      affine(table.values.subarray(i * table.columns, (i + 1) * table.columns), kernel, bias.values));
    const logits = this.logits(this.read(proof.text));
    const error = Math.max(...proof.logits.map((v, i) => Math.abs(v - logits[i])));
    if (!(error < 1e-4)) throw new Error(`The weights do not give what Keras gave: ${error}`);
  }

  start() {
    return { h: new Float64Array(this.units), c: new Float64Array(this.units) };
  }

  /** The state after one more letter; Keras' order of the gates: i, f, candidate, o. */
  step({ h, c }, letter) {
    const n = this.units, z = affine(h, this.recurrent, this.inputs[this.index.get(letter)]);
    const next = c.map((v, k) => sigmoid(z[n + k]) * v + sigmoid(z[k]) * Math.tanh(z[2 * n + k]));
    return { h: next.map((v, k) => sigmoid(z[3 * n + k]) * Math.tanh(v)), c: next };
  }

  read(text, state = this.start()) {
    return [...text].reduce((s, letter) => this.step(s, letter), state);
  }

  logits({ h }) {
    return affine(h, this.out, this.offset.values);
  }
}
