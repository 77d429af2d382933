# Draft of notebooks/09-bidirectional-lstm.ipynb, never run. Cells: `# %%` code, `# %% [markdown]`
# prose; after it the cell's id, its tag, its metadata. Ranges in the facts are guesses until the
# first run. Multi30k's licence (CC BY-NC-SA as its authors state it) is to be looked at before the
# outputs, which print sentences of it, are committed.
# ruff: noqa: E402, E501

# %% [markdown] title
# # Fill the blank, from both sides
#
# [Chapter 9](../book/09-bidirectional-lstm.md) · about 1 minute on two cores
#
# Three networks fill blanks in real sentences, from the left, from the right and from both sides; then a test of ten lines catches a network that reads its answers.

# %% [markdown] about-download
# You will use `pad_sequences`, a model with two inputs, `mask_zero`, `Bidirectional`, `fit` with `validation_data`, and `predict`.
#
# First the sentences: people have described photographs in one line each ([Multi30k](https://github.com/multi30k/dataset), licence CC BY-NC-SA 4.0). They are fetched once and kept on your disk.

# %% download
import gzip
import re

import keras
import numpy as np

BASE = "https://raw.githubusercontent.com/multi30k/dataset/a3d2e0d26b56f3846f66a952536ffed4e401d05a/data/task1/raw/"
SUMS = {
    "train.en.gz": "d79cfa999dd4c51d2cb42499b6796d5a882c3a8a961923c25a898c90f8bbd56f",
    "val.en.gz": "14f7d25ddd868909a9213e361768460edcacdd6ab9d1e77b92560dc10c10dc28",
}


def sentences(name):
    """The sentences of a file: lists of words in small letters, without marks."""
    kept = f"~/.keras/datasets/multi30k-{name}"
    try:
        path = keras.utils.get_file(f"multi30k-{name}", BASE + name, file_hash=SUMS[name])
    except Exception as error:
        raise ConnectionError(f"Save {BASE + name} as {kept}.") from error
    lines = gzip.open(path, "rt", encoding="utf-8")
    return [re.findall(r"[a-z]+(?:'[a-z]+)?", line.lower()) for line in lines]


known, unseen = sentences("train.en.gz"), sentences("val.en.gz")
print(len(known), "sentences to learn from,", len(unseen), "to be tested on")
print(" ".join(known[3]))

# %% [markdown] about-words
# ## Words become numbers
#
# The number of a word is its place in the **vocabulary**, a list that begins with the commonest words. Two places are taken: 0 means *nothing here*, which fills up short sentences, and 1 is any word that is not in the list.
#
# **Change it:** with a shorter list there are fewer words to choose from, so the blank gets easier, and the sentences harder to read. Try 500, 1,000 and 4,000.

# %% words change={"WORDS": [500, 1000, 4000]}
from collections import Counter

WORDS = 2000
counts = Counter(word for words in known for word in words)
vocabulary = ["", "?", *[word for word, _ in counts.most_common(WORDS)]]
number = {word: n for n, word in enumerate(vocabulary)}
print(f"{len(counts)} different words, the commonest: {vocabulary[2:9]}")

# %% [markdown] about-blanks
# ## A blank, and its two sides
#
# In each sentence one word is taken out. Little words (*a*, *the*, *of*) stay: to guess them is grammar and no fun. What is left of the blank goes to one reader, in order. What is right of it goes to the other **from the end**, so that for both readers the word beside the blank is the last one that they read. The place of the blank itself nobody reads: the answer cannot leak.
#
# Short sides are filled up with zeros on the right (`post`). A side that is too long loses its far end (`truncating="pre"`).

# %% blanks
LITTLE = set("a an and are at by in is of on the to with".split())


def sides(texts, places):
    """The words before each place, and those after it from the end: two arrays (n, 16)."""
    read = {
        "left": [words[:p] for words, p in zip(texts, places, strict=True)],
        "right": [words[:p:-1] for words, p in zip(texts, places, strict=True)],
    }
    pad = {"maxlen": 16, "padding": "post", "truncating": "pre"}
    numbers = {k: [[number.get(w, 1) for w in part] for part in v] for k, v in read.items()}
    return {k: keras.utils.pad_sequences(v, **pad) for k, v in numbers.items()}


def blanks(texts, seed):
    """One blank for each sentence that has a place for it: its sides, and the missing words."""
    rng, chosen, places = np.random.default_rng(seed), [], []
    for words in texts:
        fit = [p for p in range(1, len(words) - 1) if words[p] in number and words[p] not in LITTLE]
        if fit:
            chosen.append(words)
            places.append(int(rng.choice(fit)))
    answers = np.array([number[w[p]] for w, p in zip(chosen, places, strict=True)])
    return sides(chosen, places), answers


train, valid = blanks(known, 0), blanks(unseen, 1)
for side, array in valid[0].items():
    print(f"{side:6}", array.shape, *[vocabulary[n] for n in array[0] if n])
print("missing", vocabulary[valid[1][0]])

# %% [markdown] about-counting
# ## What counting can do
#
# Before any network, count: which word stood most often between *these two neighbours*? If the pair is new, ask what followed the left one. That is a window of one word on either side, without a memory, and no network is worth its time that does not beat it.

# %% counting
from collections import defaultdict


def neighbours(data):
    """For each blank the numbers of the words beside it, and that of the missing one."""
    x, answers = data
    last = [np.count_nonzero(x[side], axis=1) - 1 for side in ("left", "right")]
    near = [x[side][np.arange(len(x[side])), n] for side, n in zip(x, last, strict=True)]
    return list(zip(*near, answers, strict=True))


table = defaultdict(Counter)
for a, b, answer in neighbours(train):
    for key in ((a, b), (a, None), None):
        table[key][answer] += 1
guesses = [
    table.get((a, b)) or table.get((a, None)) or table[None] for a, b, _ in neighbours(valid)
]
hits = [g.most_common(1)[0][0] == answer for g, answer in zip(guesses, valid[1], strict=True)]
counting = np.mean(hits)
for (a, b, answer), guess in list(zip(neighbours(valid), guesses, strict=True))[:4]:
    words = [vocabulary[n] for n in (a, guess.most_common(1)[0][0], b, answer)]
    print("{:>10} [{}] {}, it was: {}".format(*words))
print(f"counting is right in {counting:.3f} of {len(hits)} blanks")

# %% [markdown] about-network
# ## One reader or two
#
# A reader is an LSTM. It hands on its state after the last word, and a `Dense` layer makes of it a score for each word of the vocabulary. With two readers the states stand side by side before the `Dense` layer reads them: they meet at the blank. Both readers look words up in the same table, `Embedding`; `mask_zero=True` lets them skip the zeros.
#
# To be fair, two readers share the units that one reader has alone. So *both* has no more weights than *left*; the cell prints them.
#
# **Change it:** more units learn more, in more time. Try 16, 32 and 128.

# %% network change={"UNITS": [16, 32, 128]}
UNITS = 64
SIDES = {"left": ["left"], "right": ["right"], "both": ["left", "right"]}


def filler(read):
    """A model that reads these sides of a blank and scores each word of the vocabulary."""
    keras.utils.set_random_seed(0)
    embedding = keras.layers.Embedding(len(vocabulary), 32, mask_zero=True)
    inputs = [keras.Input((None,), dtype="int32", name=side) for side in read]
    states = [keras.layers.LSTM(UNITS // len(read))(embedding(words)) for words in inputs]
    met = keras.layers.concatenate(states) if len(states) > 1 else states[0]
    model = keras.Model(inputs, keras.layers.Dense(len(vocabulary))(met))
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(0.003, global_clipnorm=1.0), loss, ["accuracy"])
    return model


fillers = {name: filler(read) for name, read in SIDES.items()}
for name, model in fillers.items():
    print(f"{name:6} {model.count_params():,} weights")


# %% [markdown] about-fit
# Guess before you train: which side helps more, and how much do both together? Write three numbers down, the share of blanks that each will fill rightly.


# %% ready
def task(name, data):
    x, y = data
    return [x[side] for side in SIDES[name]], y


how = {"batch_size": 128, "epochs": 4}

# %% fit-left progress
left = fillers["left"].fit(*task("left", train), **how, validation_data=task("left", valid))

# %% fit-right progress
backwards = fillers["right"].fit(*task("right", train), **how, validation_data=task("right", valid))

# %% fit-both progress
both = fillers["both"].fit(*task("both", train), **how, validation_data=task("both", valid))

# %% [markdown] about-scores
# Here is what the three have learned, after each reading of the sentences, on sentences that they have not read.

# %% scores sample form={"figure": {"axes": 1, "series": 4, "texts": ["readings", "left", "right", "both", "counting"]}}
import matplotlib.pyplot as plt

curves = {name: model.history.history["val_accuracy"] for name, model in fillers.items()}
fig, ax = plt.subplots(figsize=(4.4, 3.4))
for (name, curve), mark in zip(curves.items(), "svD", strict=True):
    ax.plot(range(1, len(curve) + 1), curve, marker=mark, label=name)
ax.axhline(counting, color="#595959", linestyle=":", label="counting")
ax.set(xlabel="readings", ylabel="blanks filled rightly", ylim=(0, None), xticks=range(1, 5))
ax.legend()
plt.show()

# %% [markdown] about-scores-facts
# Were your three numbers in the right order? With both sides more blanks are filled than with either, although the network is no larger. It is not a second network that helps; it is what stands on its side.
#
# Trained numbers differ a little between machines, so we check facts in wide ranges. If you changed something above, the cell compares and does not complain.

# %% scores-facts
ours = (WORDS, UNITS) == (2000, 64)
final = {name: curve[-1] for name, curve in curves.items()}
more = final["both"] > max(final["left"], final["right"])
assert not ours or more, "both sides together should fill more blanks than one"
assert not ours or final["both"] > counting, "two readers should beat counting"
print("both sides fill more blanks than either:", more)
print("both sides beat counting:", final["both"] > counting)

# %% [markdown] about-fill
# ## Fill a blank of yours
#
# Each line shows the three words that a network thinks likeliest, with their probabilities.
#
# **Change it:** write a sentence about a photograph, in small letters, with `___` for the missing word. Which side knows it? Try *two dogs are \_\_\_ through the snow*, *a woman in a red \_\_\_ is reading a book*, *a man plays the \_\_\_ on a stage*.

# %% fill change={"SENTENCE": ["two dogs are ___ through the snow", "a woman in a red ___ is reading a book", "a man plays the ___ on a stage"]} sample form={"text": {"lines": [3, 3]}}
SENTENCE = "a ___ runs through the snow with a ball in its mouth"


words = SENTENCE.lower().split()
x, filled = sides([words], [words.index("___")]), {}
for name, model in fillers.items():
    logits = model.predict([x[side] for side in SIDES[name]], verbose=0)[0]
    filled[name] = keras.ops.convert_to_numpy(keras.ops.softmax(logits))
    best = filled[name].argsort()[::-1][:3]
    print(f"{name:6}", "  ".join(f"{vocabulary[n]} {filled[name][n]:.2f}" for n in best))

# %% [markdown] about-fill-facts
# From the left alone, *a …* may be anybody. A mouth with a ball in it says *dog*. Now write a sentence in which the left side knows the word, and one in which neither does.

# %% fill-facts
dog = {name: p[number["dog"]] for name, p in filled.items()}
ours = ours and SENTENCE == "a ___ runs through the snow with a ball in its mouth"
assert not ours or dog["both"] > dog["left"], "the right side should speak for a dog"
print("both sides say dog more firmly than the left one:", dog["both"] > dog["left"])

# %% [markdown] about-letters
# ## The trap: the next letter
#
# Now a language model of the usual kind, for letters. The captions become one long string, cut into windows. At each step the network is asked for the **next** letter, so the answers are the same window, one letter later.
#
# **Change it:** `WINDOW` is how many letters a window holds. Try 20, 60 and 80. What does the loss of the second network below do?

# %% letters change={"WINDOW": [20, 60, 80]}
WINDOW = 40
letters = " 'abcdefghijklmnopqrstuvwxyz"


def windows(texts, limit):
    """Questions and answers, each (n, WINDOW): numbers of letters, and of those that follow."""
    string = " ".join(" ".join(words) for words in texts)[:limit]
    numbers = np.array([letters.index(c) for c in string], dtype="int32")
    pieces = numbers[: len(numbers) // (WINDOW + 1) * (WINDOW + 1)].reshape(-1, WINDOW + 1)
    return pieces[:, :-1], pieces[:, 1:]


study, exam = windows(known, 240_000), windows(unseen, 40_000)
for name, row in zip(("question", "answer"), study, strict=True):
    print(f"{name:9}", row.shape, repr("".join(letters[n] for n in row[0, :20])))

# %% [markdown] about-models
# Two networks with the same `Embedding` and `Dense`. Between them the one has an LSTM of 64 units, the other a `Bidirectional` LSTM of 32 in each direction. Nothing warns you.


# %% models
def language_model(layer):
    """A model that scores each letter at each step, with this layer in its middle."""
    keras.utils.set_random_seed(0)
    table = keras.layers.Embedding(len(letters), 16)
    head = keras.layers.Dense(len(letters))
    model = keras.Sequential([keras.Input((None,), dtype="int32"), table, layer, head])
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(0.01, global_clipnorm=1.0), loss)
    return model


forward = language_model(keras.layers.LSTM(64, return_sequences=True))
two_ways = language_model(keras.layers.Bidirectional(keras.layers.LSTM(32, return_sequences=True)))
two_ways.summary()

# %% fit-forward progress
one = forward.fit(*study, batch_size=64, epochs=3, validation_data=exam)

# %% fit-two-ways progress
two = two_ways.fit(*study, batch_size=64, epochs=3, validation_data=exam)

# %% [markdown] about-wonder
# A wonderful loss, and on text that it has never read! Before you celebrate, ask both for the *last* letter of each window alone: the only one whose answer is nowhere in the input.

# %% wonder sample form={"text": {"lines": [2, 2]}}
losses, ends = {}, {}
for name, model in (("one direction", forward), ("two directions", two_ways)):
    scores = model.predict(exam[0], verbose=0)
    cost = keras.losses.sparse_categorical_crossentropy(exam[1], scores, from_logits=True)
    cost = keras.ops.convert_to_numpy(cost)
    losses[name], ends[name] = float(cost.mean()), float(cost[:, -1].mean())
    print(f"{name:15} all letters {losses[name]:.2f} nats, the last one {ends[name]:.2f}")

# %% [markdown] about-wonder-facts
# The answer to a step is the next letter, and the backward half has read it a moment ago. It copies. Where there is nothing to copy, it has hardly learned to predict.

# %% wonder-facts
wonderful = losses["two directions"] < losses["one direction"] / 2
worse = ends["two directions"] > ends["one direction"]
assert WINDOW != 40 or wonderful, "the bidirectional network should copy its answers"
assert WINDOW != 40 or worse, "it should be the worse one where it cannot copy"
print("two directions, less than half the loss:", wonderful)
print("and worse at the last letter:", worse)

# %% [markdown] about-peeks
# ## The leak test
#
# How would you find out without a known floor, for any model? Change only what comes *later*, and look at the predictions made *before*. `np.roll` gives each text the future of its neighbour, so the inputs stay real ones.
#
# `predict` is any function that takes an array (texts, steps) and gives one prediction for each step. The function returns the steps at which the model peeks.


# %% peeks
def peeks(predict, x):
    """Steps whose prediction changes with later inputs; x is (n, T, ...), with n > 1."""
    before, found = np.asarray(predict(x)), []
    for t in range(x.shape[1] - 1):
        other = x.copy()
        other[:, t + 1 :] = np.roll(x[:, t + 1 :], 1, axis=0)
        if np.abs(predict(other)[:, t] - before[:, t]).max() > 1e-4:
            found.append(t)
    return found


texts = exam[0][:16]
for name, model in (("one direction", forward), ("two directions", two_ways)):
    print(f"{name:15}", len(peeks(model.predict_on_batch, texts)), f"of {WINDOW - 1} steps peek")

# %% [markdown] about-planted
# A test that never fails tests nothing, so plant a fault, and a small one: at step 7 only, this one adds a hundredth of the number of letter 10. No loss would show it.


# %% planted
def sly(x):
    scores = np.array(forward.predict_on_batch(x))
    scores[:, 7] += 0.01 * x[:, 10, None]
    return scores


found = peeks(sly, texts)
print("it peeks at", found)
assert found == [7], "the test should find the planted leak and nothing else"

# %% [markdown] your-turn-leak
# ## Your turn
#
# Windows of 40 letters. Suppose that a letter which cannot be copied costs at least 2 nats. What is the least loss, in the mean over a window, that a network can reach which copies whatever it can? Put a number in the place of `None`.

# %% turn-leak
answer = None

# %% check-leak
slips = {
    0: "Nearly. But the last answer of a window is not among its inputs.",
    2: "That is an honest network. This one copies 39 letters.",
}
if answer is None:
    print("· Not answered yet. Which of the 40 answers stand in the input, and what does one cost?")
elif np.isclose(answer, 2 / 40, rtol=0.001):
    print("✓ Right. With longer windows it would look better still.")
else:
    print("✗", slips.get(answer, "No. Add up 39 copied letters and one honest one; divide by 40."))

# %% [markdown] your-turn-model
# And now a model of yours. It need not be trained. Build any Keras model that reads numbers of letters and gives one prediction for each step, and put it in the place of `None`; the cell below says whether it peeks. (For tags that is fine, for the next letter it is not.) Try a `Conv1D(32, 3, padding="same")` in the middle, then `padding="causal"`, and guess first.

# %% turn-model
mine = None  # for instance language_model(keras.layers.Conv1D(32, 3, padding="same"))

# %% check-model
steps = texts.shape[1]
if mine is None:
    print("· No model yet. language_model(…) above takes any layer that keeps the steps.")
elif np.asarray(mine.predict_on_batch(texts)).shape[:2] != texts.shape:
    print("✗ It does not answer at each step. Is return_sequences=True missing?")
elif not (found := peeks(mine.predict_on_batch, texts)):
    print("✓ No prediction depends on what comes later: you may ask it for the next letter.")
else:
    print(f"✗ It peeks at {len(found)} of {steps} steps, first at step {found[0]}.")

# %% [markdown] own
# ## Your own data
#
# `peeks(predict, x)` is ten lines; copy it into your project's tests. Mind four things:
#
# * **`x` holds several different sequences**, of one length and without padding.
# * **Measurements** work as well as letters: `x` may have a third axis.
# * **Give it what you will use**: the function that serves, with all its preparation, not the bare network. A mean over the whole series, taken before the model sees it, is a leak of the data; the test finds it only if `predict` takes that mean itself.
# * **A peek is no fault by itself.** Tags and blanks may read both sides. What is *predicted* may not.
#
# [Chapter 9](../book/09-bidirectional-lstm.md) has the reasons, and says what is legal instead.
