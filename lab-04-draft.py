# Draft of the lab of chapter 4, not yet run. Cells: `# %%` code, `# %% [markdown]` prose; after it
# the cell's id, its tag, its metadata. Ranges in the facts are guesses until the first run.

# %% [markdown] title
# # Make it explode, then clip it
#
# [Chapter 4](../book/04-exploding-gradients.md) · about 1 minute on two cores
#
# You log the length of the gradient at each update of a real training, break the training, and mend it with one argument.

# %% [markdown] about-powers
# You will use `train_step`, `tf.linalg.global_norm`, a callback of your own, `TerminateOnNaN`, `SGD(global_clipnorm=…)` and `Orthogonal(gain=…)`.
#
# First the whole idea in one line. A gradient on its way back is multiplied once a step. Guess before you run the cell: a factor of 1.1, after 64 steps?

# %% powers
for factor in (0.9, 1.0, 1.1, 1.5, 2.0):
    print(f"a factor of {factor}:", *(f"{factor**steps:9.2g}" for steps in (1, 8, 64)))

# %% [markdown] about-one-weight
# ## One weight, until it is no number
#
# The smallest recurrent network: a weight `w`, used ten times. It shall end at 1, and starts a little too large. The gradient points the right way, down; watch how far it goes.
#
# **Change it:** `LIMIT` is the longest gradient allowed. Try 1, 10 and 100. Only one of them arrives; what do the other two do instead?

# %% one-weight change={"LIMIT": [1, 10, 100]}
import numpy as np

LIMIT = np.inf
w, rate = np.float32(1.2), np.float32(0.1)
with np.errstate(all="ignore"):  # infinity is what we came to see
    for update in range(5):
        end = w**10
        gradient = (end - 1) * 10 * w**9
        print(f"{update}: w {w:8.2g}   loss {(end - 1) ** 2 / 2:8.2g}   gradient {gradient:8.2g}")
        w -= rate * np.clip(gradient, -LIMIT, LIMIT)

# %% [markdown] about-download
# A float32 ends at 3e38; beyond it stands `inf`, and infinity less infinity is `nan`. So this is what a loss of `nan` means.
#
# Now something real: Shakespeare's plays, fetched once and kept on your disk. The network will read letters and say which one comes next.

# %% download
from pathlib import Path

import keras

PLAYS = "https://raw.githubusercontent.com/karpathy/char-rnn/6f9487a6fe5b420b7ca9afb0d7c078e37c1d1b4e/data/tinyshakespeare/input.txt"
SUM = "86c4e6aa9db7c042ec79f339dcb96d42b0075e16b8fc2e86bf0ca57e2dc565ed"
try:
    path = keras.utils.get_file("tinyshakespeare.txt", PLAYS, file_hash=SUM)
except Exception as error:
    raise ConnectionError(f"Put {PLAYS} as tinyshakespeare.txt into ~/.keras/datasets.") from error
text = Path(path).read_text(encoding="utf-8")[:200_000]
print(text[:95])

# %% [markdown] about-windows
# The number of a character is its place in the sorted alphabet. The text becomes **windows** of 65: 64 to read, and the same 64 shifted by one to guess. The gradient of the last guess goes 64 steps back.

# %% windows
letters = "".join(sorted(set(text)))
numbers = np.array([letters.index(c) for c in text], dtype="int32")
windows = numbers[: len(numbers) // 65 * 65].reshape(-1, 65)
train, valid = windows[:-200], windows[-200:]
print(f"{len(letters)} different characters, {len(train):,} windows to learn from")
print(repr("".join(letters[n] for n in valid[0, :40])))

# %% [markdown] about-watched
# ## A model that is watched
#
# Keras computes the gradient in `train_step` and does not tell. So write that step yourself, six lines: guess, loss, gradient, update. What the step returns appears in the progress bar and in every callback. `global_norm` is the length of all weights' gradients together, *before* the optimizer clips it.

# %% watched
import tensorflow as tf


class Watched(keras.Model):
    """A model whose training step hands out the length of its gradient."""

    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            loss = self.compute_loss(x, y, self(x, training=True))
        gradients = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply(gradients, self.trainable_variables)
        return {"loss": loss, "norm": tf.linalg.global_norm(gradients)}


print([name for name in vars(Watched) if not name.startswith("_")])

# %% [markdown] about-network
# A `SimpleRNN`. Keras starts its recurrent weights as a matrix that keeps lengths; `gain` stretches it. Plain gradient descent, `SGD`, takes the gradient as it is; `clip` is any of the three arguments by which Keras clips.

# %% network
def network(gain, rate, units=64, activation="tanh", **clip):
    """A network that scores the next letter at each step, compiled for plain gradient descent."""
    keras.utils.set_random_seed(0)
    start = keras.initializers.Orthogonal(gain=gain)
    options = {"recurrent_initializer": start, "activation": activation, "return_sequences": True}
    inputs = keras.Input((None,), dtype="int32")
    states = keras.layers.Embedding(len(letters), 32)(inputs)
    states = keras.layers.SimpleRNN(units, **options)(states)
    model = Watched(inputs, keras.layers.Dense(len(letters))(states))
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.SGD(rate, **clip), loss)
    return model


print(f"{network(1.0, 0.1).count_params():,} weights")

# %% [markdown] about-first-batch
# How long is the gradient of the very first batch? A rate of 0 asks and changes nothing. Guess: what does a gain of 2 do to it, over 64 steps?

# %% first-batch sample form={"text": {"lines": [4, 4]}}
x, y = train[:64, :-1], train[:64, 1:]
first = {}
for gain in (1.0, 1.5, 2.0, 3.0):
    first[gain] = network(gain, rate=0.0).train_on_batch(x, y, return_dict=True)
    print(f"gain {gain}: loss {first[gain]['loss']:.2f}   norm {first[gain]['norm']:8.1e}")

# %% [markdown] about-first-facts
# The losses are near that of blind guessing, ln of the number of letters, whatever the gain. No loss warns you. The norm does.

# %% first-facts
blind = np.log(len(letters))
lengths = [float(found["norm"]) for found in first.values()]
assert all(abs(found["loss"] - blind) < 1 for found in first.values()), "all guess blindly"
assert lengths[0] < 2 and lengths[2] > 10 * lengths[0], "a gain of 2 should stretch the gradient"
print("the larger the gain, the longer the gradient:", lengths == sorted(lengths))

# %% [markdown] about-callback
# ## Break it
#
# A callback that keeps two numbers of each update. `TerminateOnNaN` ends a training whose loss is no number: there is no way back from it.
#
# **Change it:** `GAIN` may be 1, 1.5 or 3. At which gains does it still train?

# %% plain change={"GAIN": [1.0, 1.5, 3.0]}
class Log(keras.callbacks.Callback):
    """Keeps the loss and the gradient's norm of each update."""

    def on_train_begin(self, logs=None):
        self.losses, self.norms = [], []

    def on_train_batch_end(self, batch, logs=None):
        self.losses.append(float(logs["loss"]))
        self.norms.append(float(logs["norm"]))


GAIN = 2.0
RATE, EPOCHS = 0.5, 4
data = {"x": train[:, :-1], "y": train[:, 1:], "validation_data": (valid[:, :-1], valid[:, 1:])}
stop = keras.callbacks.TerminateOnNaN()
plain, plain_log = network(GAIN, RATE), Log()
print(f"{len(train) // 64 + 1} updates an epoch")

# %% fit-plain progress
plain_run = plain.fit(**data, batch_size=64, epochs=EPOCHS, callbacks=[plain_log, stop])

# %% [markdown] about-clipped
# ## Mend it
#
# The same start, the same batches, the same rate, and one argument more.
#
# **Change it:** `THRESHOLD` is where it begins to cut. Try 0.1, 10 and 1000.

# %% clipped change={"THRESHOLD": [0.1, 10.0, 1000.0]}
THRESHOLD = 1.0
clipped, clipped_log = network(GAIN, RATE, global_clipnorm=THRESHOLD), Log()
print(f"longest step of all weights together: {RATE * THRESHOLD}")

# %% fit-clipped progress
clipped_run = clipped.fit(**data, batch_size=64, epochs=EPOCHS, callbacks=[clipped_log, stop])

# %% [markdown] about-curves
# Above the loss, below the length of the gradient. Find the update at which the plain training breaks, and look what its norm does afterwards.

# %% curves sample form={"figure": {"axes": 2, "series": 6, "texts": ["loss (nats)", "norm", "updates", "plain", "clipped"]}}
import matplotlib.pyplot as plt

plt.rcParams.update({"font.size": 11, "axes.spines.top": False, "axes.spines.right": False})
fig, axes = plt.subplots(2, 1, figsize=(4.4, 5.6), sharex=True)
for name, log, look in (("plain", plain_log, "-"), ("clipped", clipped_log, "--")):
    color = "#b8480b" if name == "plain" else "#b511ce"
    axes[0].plot(log.losses, look, color=color, label=name)
    axes[1].semilogy(np.maximum(log.norms, 1e-12), look, color=color)
axes[0].axhline(blind, color="#595959", linestyle=":")
axes[1].axhline(THRESHOLD, color="#595959", linestyle=":")
axes[0].set(ylabel="loss (nats)", ylim=(0, 3 * blind))
axes[1].set(ylabel="norm", xlabel="updates")
axes[0].legend(frameon=False)
fig.tight_layout()
plt.show()

# %% [markdown] about-facts
# A norm that was cut is still shown at its full length: the log stands before the scissors. If you changed something above, the cell compares and does not complain.

# %% facts
ours = (GAIN, RATE, EPOCHS, THRESHOLD) == (2.0, 0.5, 4, 1.0)
ends = {"plain": np.mean(plain_log.losses[-20:]), "clipped": np.mean(clipped_log.losses[-20:])}
assert not ours or ends["clipped"] < 3.0, "clipped, the network should have learned something"
assert not ours or not ends["plain"] < ends["clipped"] + 0.2, "plainly, it should have broken"
acting = np.mean(np.array(clipped_log.norms) > THRESHOLD)
print("clipped, it pays less than plainly:", bool(ends["clipped"] < ends["plain"]))
print("the threshold acted in some updates, not in all:", bool(0 < acting < 1))

# %% [markdown] about-arguments
# ## Three arguments, three cuts
#
# Two arrays of weights, and a gradient for each: (3, 4), of norm 5, and (0.3, 0.4), of norm 0.5. What is left of them? An optimizer with a rate of 1 that starts from zeros shows it. Which rows point where they pointed before?

# %% arguments
for argument in ("global_clipnorm", "clipnorm", "clipvalue"):
    arrays = [keras.Variable(np.zeros(2, "float32")) for _ in range(2)]
    gradients = [tf.constant([3.0, 4.0]), tf.constant([0.3, 0.4])]
    keras.optimizers.SGD(1.0, **{argument: 1.0}).apply(gradients, arrays)
    print(f"{argument:15}", *(np.round(0 - np.array(a), 3) for a in arrays))

# %% [markdown] about-threshold
# `global_clipnorm` shortens both by the same factor, about five. `clipnorm` shortens the first and leaves the second: each keeps its own direction, the whole does not. `clipvalue` bends the first.
#
# And which threshold? Ask the log. Not the mean, which one disaster spoils: percentiles.

# %% threshold sample form={"text": {"lines": [3, 3]}}
usual = np.array(clipped_log.norms)
for percent in (50, 90, 99):
    print(f"{percent} of 100 updates have a norm below {np.nanpercentile(usual, percent):.2g}")

# %% [markdown] about-threshold-facts
# A threshold near the second number leaves nine updates in ten as they are, and takes the point off the tenth.

# %% threshold-facts
often = np.nanpercentile(usual, 99) > THRESHOLD
assert not ours or often, "the threshold should act in more than one update of a hundred"
print("norms kept:", len(usual) == EPOCHS * (len(train) // 64 + 1))

# %% [markdown] your-turn-norm
# ## Your turn
#
# A gradient of two numbers, (6, 8), is clipped by norm at 5. What is its first number afterwards? Put it in the place of `None`.

# %% turn-norm
answer = None

# %% check-norm
slips = {
    6: "Its norm is 10, and the threshold 5: something has to give.",
    5: "That is clipping by value. By norm, both numbers shrink by one factor.",
    0.6: "That is the direction, of length 1. The clipped gradient has length 5.",
    1: "You took 5 off. Clipping multiplies.",
}
if answer is None:
    print("· Not answered yet. First the norm: the root of 36 + 64. Then the factor.")
elif answer == 3:
    print("✓ Right: the norm is 10, so both are halved.")
else:
    print("✗", slips.get(answer, "No. The factor is threshold / norm."))

# %% [markdown] your-turn-clip
# Now write it for any number of arrays, as `global_clipnorm` does: one factor for all, and none where the gradient is short enough. The check knows three ways to go wrong.

# %% turn-clip
def clip(arrays, limit):
    """The arrays, shortened together to the norm `limit` if they are longer."""


# %% check-clip
long, short = [np.array([3.0, 4.0]), np.array([[12.0]])], [np.array([0.3]), np.array([0.4])]
slips = {
    "Each array by itself: that is clipnorm. Add up the squares of all first.": (
        lambda g: g * min(1, 1 / np.linalg.norm(g))
    ),
    "That is clipvalue. Multiply, do not cut.": lambda g: np.clip(g, -1, 1),
    "Right for long ones; short ones you lengthen. The factor is at most 1.": lambda g: g / 13,
}
mine = clip(long, 1.0)
if mine is None:
    print("· Not written yet. One norm of all numbers, one factor, at most 1.")
elif np.allclose(mine[0], [3 / 13, 4 / 13]) and np.allclose(clip(short, 1.0)[0], 0.3):
    print("✓ As Keras does it: one factor for all, and none where it is short.")
else:
    found = [t for t, slip in slips.items() if np.allclose(mine[0], slip(long[0]))]
    print("✗", *found or ["Not yet: (3, 4) and (12) together have the norm 13."])

# %% [markdown] own
# ## Your own model
#
# Copy `Watched` and `Log`. Write `Watched(inputs, outputs)` where you wrote `keras.Model(inputs, outputs)`, and hand a `Log()` to `fit`. Mind four things:
#
# * **`sample_weight` and metrics:** this `train_step` knows neither. Unpack three values and pass `sample_weight` to `compute_loss`.
# * **The loss in the progress bar** is that of the last batch. Average `log.losses` for a curve.
# * **Adam:** the log shows the gradient, not the step. Adam divides by the usual size, so a long gradient every time is nothing special to it; a long one once in a while is.
# * **`nan` from the first update on** is no explosion: look for a 0 under a logarithm, for inputs that are not scaled, for `nan` in the data.
#
# A training without a ceiling: give `network` `activation="relu"` and a gain of 1.5, and run *Break it* and *Mend it* again. [Chapter 4](../book/04-exploding-gradients.md) has the reasons.
