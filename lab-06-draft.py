# Draft of the lab of chapter 6, not yet run. Cells: `# %%` code, `# %% [markdown]` prose; after it
# the cell's id, its tag, its metadata. Ranges in the facts are guesses until the first run.

# %% [markdown] title
# # Look into the gates
#
# [Chapter 6](../book/06-gates.md) · about 1 minute on two cores
#
# You build an LSTM and a GRU as Keras layers, show that they are Keras' own, and watch the gates while Shakespeare runs through.

# %% [markdown] about-doors
# You will use a cell of your own in `keras.layers.RNN`, `keras.ops`, `get_weights` and `set_weights`, and `fit` with `validation_data`.
#
# First the whole idea with one number. Four numbers come in, the first and the third are marked. One door keeps what is there, the other lets in what comes. At the end the memory shall hold the last *marked* number, -1.
#
# **Change it:** `STRENGTH` says how sharply the doors react to a mark. Try 0, 1 and 8. At which of them does the memory hold its number without a leak, and what does it hold at 0?

# %% doors change={"STRENGTH": [0, 1, 8]}
import numpy as np

STRENGTH = 2
c = 0.0
for number, mark in ((1, True), (-1, False), (-1, True), (1, False)):
    let_in = 1 / (1 + np.exp(-STRENGTH if mark else STRENGTH))
    keep = 1 / (1 + np.exp(STRENGTH if mark else -STRENGTH))
    c = keep * c + let_in * np.tanh(2 * number)
    print(f"{number:2} {'marked' if mark else '':6} keep {keep:.2f} let in {let_in:.2f} → {c:5.2f}")

# %% [markdown] about-cell
# ## An LSTM of your own
#
# Here somebody set the doors. In an LSTM each door is a small layer that sees the input `x` and the last output `h`, and learns.
#
# Keras wants a **cell**: a layer that makes one step, from an input and a list of states to an output and the new states. `build` makes the weights when the width of the input is known. The four boxes lie side by side in one matrix, in Keras' order: input gate, forget gate, candidate, output gate. All the rest is the six lines of `step`.
#
# `held` is empty for now. It will let us nail a door to a value, later.

# %% lstm-cell
import keras
from keras import ops


class LSTMCell(keras.layers.Layer):
    """One step of an LSTM; `keras.layers.RNN` makes a layer of it."""

    blocks, biases = 4, ()  # biases: () for one row, (2,) for two

    def __init__(self, units, **options):
        super().__init__(**options)
        self.units = self.output_size = units
        self.state_size = [units, units]  # h and c
        self.held = {}

    def build(self, shape):
        width = self.blocks * self.units
        self.W_x = self.add_weight(shape=(shape[-1], width), initializer="glorot_uniform")
        self.W_h = self.add_weight(shape=(self.units, width), initializer="orthogonal")
        self.b = self.add_weight(shape=(*self.biases, width), initializer="zeros")

    def step(self, x, h, c):
        a = ops.matmul(x, self.W_x) + ops.matmul(h, self.W_h) + self.b
        i, f, c_new, o = ops.split(a, 4, axis=-1)
        gates = {"i": ops.sigmoid(i), "f": ops.sigmoid(f), "o": ops.sigmoid(o)}
        i, f, o = (ops.zeros_like(g) + self.held.get(n, g) for n, g in gates.items())
        c = f * c + i * ops.tanh(c_new)
        return o * ops.tanh(c), c, i, f, o

    def call(self, x, states):
        h, c, *_ = self.step(x, *states)
        return h, [h, c]


print(keras.layers.RNN(LSTMCell(8))(np.zeros((3, 5, 2), "float32")).shape)

# %% [markdown] about-gru
# ## A GRU of your own
#
# One state, two doors. `z` keeps, `1 - z` lets in, and `r` says how much of the old state the candidate may see. Keras' default multiplies by the recurrent weights *first* and resets *after*, which is why the state has a row of biases to itself: `b` has two rows.

# %% gru-cell
class GRUCell(LSTMCell):
    """One step of Keras' default GRU."""

    blocks, biases = 3, (2,)

    def __init__(self, units, **options):
        super().__init__(units, **options)
        self.state_size = [units]  # h alone

    def call(self, x, states):
        (h,) = states
        z_x, r_x, h_x = ops.split(ops.matmul(x, self.W_x) + self.b[0], 3, axis=-1)
        z_h, r_h, h_h = ops.split(ops.matmul(h, self.W_h) + self.b[1], 3, axis=-1)
        z, r = ops.sigmoid(z_x + z_h), ops.sigmoid(r_x + r_h)
        h = z * h + (1 - z) * ops.tanh(h_x + r * h_h)
        return h, [h]


print(keras.layers.RNN(GRUCell(8))(np.zeros((3, 5, 2), "float32")).shape)

# %% [markdown] about-equal
# ## Are they Keras' own?
#
# The same weights into ours and theirs, random inputs, every output compared. The biases are random too. Fresh ones are mostly zero, and zeros hide mistakes: a bias added in the wrong place, or two blocks exchanged, would go unseen.
#
# **Change it:** exchange two blocks in `step`, and look here. Or set `BIASES` to 0 and try to find a mistake that this cell no longer sees.

# %% equal change={"BIASES": [0.0, 0.1, 2.0]}
BIASES = 0.5
rng = np.random.default_rng(0)
x = rng.normal(size=(9, 12, 5)).astype("float32")
pairs = {"LSTM": (LSTMCell, keras.layers.LSTM), "GRU": (GRUCell, keras.layers.GRU)}
for name, (cell, layer) in pairs.items():
    ours = keras.layers.RNN(cell(16), return_sequences=True)
    theirs = layer(16, return_sequences=True)
    ours.build(x.shape)
    theirs.build(x.shape)
    *kernels, b = theirs.get_weights()
    weights = [*kernels, b + BIASES * rng.normal(size=b.shape)]
    ours.set_weights(weights)
    theirs.set_weights(weights)
    gap = np.abs(np.array(ours(x)) - np.array(theirs(x))).max()
    assert gap < 1e-5, f"our {name} is not Keras' {name}"
    print(f"{name:4} {ours.count_params()} weights, equal to 1e-5:", bool(gap < 1e-5))

# %% [markdown] about-download
# From here on you know what is inside `keras.layers.LSTM`. So let Keras train, and use your cell as a window.
#
# Shakespeare's plays, fetched once and kept on your disk:

# %% download
from pathlib import Path

PLAYS = "https://raw.githubusercontent.com/karpathy/char-rnn/6f9487a6fe5b420b7ca9afb0d7c078e37c1d1b4e/data/tinyshakespeare/input.txt"
SUM = "86c4e6aa9db7c042ec79f339dcb96d42b0075e16b8fc2e86bf0ca57e2dc565ed"
try:
    path = keras.utils.get_file("tinyshakespeare.txt", PLAYS, file_hash=SUM)
except Exception as error:
    raise ConnectionError(f"Put {PLAYS} as tinyshakespeare.txt into ~/.keras/datasets.") from error
text = Path(path).read_text(encoding="utf-8")[:300_000]
print(text[:95])

# %% [markdown] about-windows
# The number of a character is its place in the sorted alphabet. The text becomes **windows** of 65: 64 to read, and the same 64 shifted by one to guess.

# %% windows
letters = "".join(sorted(set(text)))
numbers = np.array([letters.index(c) for c in text], dtype="int32")
windows = numbers[: len(numbers) // 65 * 65].reshape(-1, 65)
train, valid = windows[:-200], windows[-200:]
print(f"{len(letters)} different characters, {len(train):,} windows to learn from")

# %% [markdown] about-network
# `Embedding` makes 32 numbers of each character, the LSTM reads them, `Dense` scores the next character. Then the bias of the forget gate, block two of four: Keras starts it at 1, so that the cell keeps 0.73 a step and half is gone after 2.2 steps.
#
# **Change it:** `BIAS` may be 0, 3 or 5. Look at the half-lives further down: what is left of your choice after the training?

# %% network change={"BIAS": [0.0, 3.0, 5.0]}
UNITS, BIAS, EPOCHS = 64, 1.0, 3
keras.utils.set_random_seed(0)
lstm = keras.layers.LSTM(UNITS, return_sequences=True)
table, guess = keras.layers.Embedding(len(letters), 32), keras.layers.Dense(len(letters))
model = keras.Sequential([keras.Input((None,), dtype="int32"), table, lstm, guess])
W_x, W_h, b = lstm.get_weights()
b[UNITS : 2 * UNITS] = BIAS
lstm.set_weights([W_x, W_h, b])
cross_entropy = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
model.compile(keras.optimizers.Adam(0.01, global_clipnorm=1.0), cross_entropy)
print(f"half is left after {np.log(0.5) / -np.log1p(np.exp(-BIAS)):.1f} steps")

# %% fit progress
data = {"x": train[:, :-1], "y": train[:, 1:], "validation_data": (valid[:, :-1], valid[:, 1:])}
run = model.fit(**data, batch_size=64, epochs=EPOCHS)

# %% [markdown] about-glass
# ## A glass LSTM
#
# The same cell with glass walls: its output is not `h` alone, but `h`, `c` and the three gates side by side. It takes the trained weights, and reads.

# %% glass
class Glass(LSTMCell):
    """An LSTM's cell that shows h, c, i, f and o."""

    def __init__(self, units, **options):
        super().__init__(units, **options)
        self.output_size = 5 * units

    def call(self, x, states):
        h, c, *gates = self.step(x, *states)
        return ops.concatenate([h, c, *gates], axis=-1), [h, c]


def look(ids, **held):
    """Arrays h, c, i, f, o, each (batch, steps, units), of the trained LSTM as it reads."""
    cell.held = held
    found = np.array(glass(table(ids)))
    return dict(zip("hcifo", np.split(found, 5, axis=-1), strict=True))


cell = Glass(UNITS)
glass = keras.layers.RNN(cell, return_sequences=True)
glass(table(valid[:2, :-1]))  # builds it
glass.set_weights(lstm.get_weights())
inside = look(valid[:, :-1])
same = np.allclose(inside["h"], np.array(lstm(table(valid[:, :-1]))), atol=1e-4)
assert same, "the glass LSTM should read as the trained one does"
print("the glass LSTM shows what the trained one does:", same)

# %% [markdown] about-watch
# Which unit to look at? One whose forget gate stands differently at the end of a word and elsewhere: at blanks and line ends less than within words, or more. Guess before you run the cell: what should a unit do with its memory when a word ends?
#
# **Change it:** `WHERE` holds the characters to compare with all others. Try vowels, `":"`, or `"\n"`.

# %% watch sample form={"figure": {"axes": 2, "series": 4, "texts": ["gate", "cell", "keep", "let in", "show"]}} change={"WHERE": ["aeiou", ":", "\n"]}
import matplotlib.pyplot as plt

plt.rcParams.update({"font.size": 11, "axes.spines.top": False, "axes.spines.right": False})
WHERE = " \n"
there = np.isin(valid[:, :-1], [letters.index(c) for c in WHERE])
swing = inside["f"][there].mean(0) - inside["f"][~there].mean(0)
unit, piece = np.abs(swing).argmax(), valid[np.argmax(there[:, 8:32].sum(1)), :32]
one = {name: values[0, :, unit] for name, values in look(piece[None]).items()}
fig, axes = plt.subplots(2, 1, figsize=(4.4, 5), sharex=True)
for name, words, style in (("f", "keep", "s-"), ("i", "let in", "^--"), ("o", "show", ":")):
    axes[0].plot(one[name], style, label=words, color="#b511ce" if name == "f" else "#0b4f9e")
axes[1].plot(one["c"], "s-", color="#0b4f9e")
axes[0].set(ylabel="gate", ylim=(-0.05, 1.05))
axes[1].set(ylabel="cell")
axes[1].set_xticks(range(32), [letters[n].replace("\n", "↵") for n in piece], fontsize=10)
axes[0].legend(frameon=False, ncols=3, loc="lower center", bbox_to_anchor=(0.5, 1))
fig.tight_layout()
plt.show()

# %% [markdown] about-watch-facts
# Read the cell under its gates: where *keep* falls, the line jumps to something new; where it is high, the line runs on. If you changed something above, the cell compares and does not complain.

# %% watch-facts
ours = (UNITS, BIAS, EPOCHS, WHERE) == (64, 1.0, 3, " \n")
assert not ours or np.abs(swing).max() > 0.2, "some forget gate should react to the end of a word"
assert all(0 <= inside[g].min() and inside[g].max() <= 1 for g in "ifo"), "gates lie in [0, 1]"
print("some forget gate reacts to these characters:", bool(np.abs(swing).max() > 0.2))

# %% [markdown] about-half-lives
# ## How long does each unit keep?
#
# The mean of a forget gate as a half-life: how many steps take away one half.

# %% half-lives sample form={"text": {"lines": [3, 3]}}
keeps = np.minimum(inside["f"].mean((0, 1)), 0.9999)
lives = np.sort(np.log(0.5) / np.log(keeps))
for name, life in (("shortest", lives[0]), ("median", lives[UNITS // 2]), ("longest", lives[-1])):
    print(f"{name:8} half-life: {life:.1f} steps")

# %% [markdown] about-freeze
# One bias for all at the start, and now a whole range. But a picture of a gate is a guess about what it is good for. So nail each gate of the trained network to its own average, unit by unit, and look at the loss. Which one will hurt most?

# %% freeze sample form={"text": {"lines": [4, 4]}}
losses = {}
for gate in ("none", "i", "f", "o"):
    held = {} if gate == "none" else {gate: inside[gate].mean((0, 1))}
    scores = guess(look(valid[:, :-1], **held)["h"])
    losses[gate] = float(cross_entropy(valid[:, 1:], scores))
    print(f"{gate:4} frozen: {losses[gate]:.2f} nats a character")

# %% [markdown] about-freeze-facts
# A frozen door still lets something through, always the same share. What is lost is its *movement*, for a network that has learned to rely on it. Another network, trained without this door, may do well.

# %% freeze-facts
assert not ours or losses["none"] < 2.4, "three epochs should bring the loss below 2.4"
assert not ours or min(losses[g] for g in "ifo") > losses["none"], "freezing should cost something"
print("every frozen gate costs something:", min(losses[g] for g in "ifo") > losses["none"])

# %% [markdown] your-turn-add
# ## Your turn
#
# Back to the four numbers of the first cell: 1 marked, -1, -1 marked, 1. The LSTM of 1997 had no forget gate: *keep* stood at 1, always. What does the memory hold at the end? Think first, then put a number in the place of `None`.

# %% turn-add
answer = None

# %% check-add
slips = {
    -1: "That would be replaced. With keep at 1 nothing is let go: it adds.",
    -0.57: "That is with a door that keeps less at a mark. Keep is 1, always.",
    1: "The second marked number is let in as well.",
    2: "Signs: the second marked number is -1.",
}
if answer is None:
    print("· Not answered yet. Everything let in is added: twice 0.88 and twice 0.12 of ±0.96.")
elif abs(answer) < 0.01:
    print("✓ Right: it adds up, and the two marked numbers cancel. So do the others.")
else:
    print("✗", slips.get(answer, "No. Add up what is let in, with its sign."))

# %% [markdown] your-turn-before
# Keras has a second GRU, `reset_after=False`: the reset comes *before* the product, and one row of biases is enough. Write its step. The check compares it with Keras' layer, and knows three ways to go wrong.

# %% turn-before
def gru_before(x, h, W_x, W_h, b):
    """x (B, I), h (B, H), W_x (I, 3 H), W_h (H, 3 H), b (3 H,), blocks z, r, h; returns the new h."""


# %% check-before
layer = keras.layers.GRU(4, reset_after=False)
layer.build((None, None, 3))
W_x, W_h, b = (rng.normal(size=w.shape).astype("float32") for w in layer.get_weights())
layer.set_weights([W_x, W_h, b])
x, h = rng.normal(size=(6, 3)).astype("float32"), rng.uniform(-1, 1, (6, 4)).astype("float32")
from_x, W = x @ W_x + b, W_h[:, 8:]
z, r = 1 / (1 + np.exp(-np.stack(np.split(from_x[:, :8] + h @ W_h[:, :8], 2, axis=-1))))
before, after, never = (np.tanh(from_x[:, 8:] + part) for part in ((r * h) @ W, r * (h @ W), h @ W))
slips = {
    "Exchanged: in Keras z keeps, z * h + (1 - z) * candidate.": z * before + (1 - z) * h,
    "You reset after the product: that is the default.": z * h + (1 - z) * after,
    "You did not reset at all.": z * h + (1 - z) * never,
}
mine = gru_before(x, h, W_x, W_h, b)
if mine is None:
    print("· Not written yet. First z and r, then the candidate from r * h.")
elif np.allclose(mine, layer(x[:, None], initial_state=[h]), atol=1e-5):
    print("✓ Keras' second GRU.")
else:
    found = [t for t, wrong in slips.items() if np.allclose(mine, wrong, atol=1e-5)]
    print("✗", *found or ["Not yet. Check the order of the blocks: z, r, h."])

# %% [markdown] own
# ## Your own model
#
# Copy `LSTMCell` and `Glass`. Then, for an LSTM layer `lstm` of yours and a batch `x` of *its* inputs (what the layer before it hands on):
#
# ```python
# glass = keras.layers.RNN(Glass(lstm.units), return_sequences=True)
# glass(x[:1])
# glass.set_weights(lstm.get_weights())
# h, c, i, f, o = np.split(np.array(glass(x)), 5, axis=-1)
# ```
#
# Mind four things:
#
# * **Padding:** hand the mask on, `glass(x, mask=mask)`, and leave masked steps out of every average.
# * **Averages hide:** look at single units before you speak of "the forget gate".
# * **Freezing is a question to this network**, on these data. Retrain without the gate before you call it useless.
# * **A bias for your lag:** `b[units : 2 * units] = np.log(1.44 * lag)` before training, as in the cell of the network. [Chapter 6](../book/06-gates.md) has the table.
