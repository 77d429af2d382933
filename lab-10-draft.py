# Draft of notebooks/10-bi-lstm-in-keras.ipynb, written and not yet run. Comments `# tags:`,
# `# form:`, `# change:` and `# mystnb:` below a cell's mark are its metadata, as JSON.

# %% [markdown] title
# # A tagger in Keras
#
# [Chapter 10](../book/10-bi-lstm-in-keras.md) · about 1 minute on two cores
#
# Two LSTMs read a sentence from both ends and say of every word whether it is a noun, a verb, a name; at the end they tag a sentence of yours.

# %% [markdown] about-download
# You will use `StringLookup`, `pad_sequences`, `mask_zero`, sample weights, `Bidirectional`, `fit` with `validation_data`, `EarlyStopping`, `save` and `load_model`. First the text: English EWT, a **treebank**,
# that is, sentences in which people have marked every word. They come from weblogs, newsgroups, e-mails, reviews and answers. The annotations are free under CC BY-SA 4.0. It is fetched once and kept on your disk.
#
# Each line is a word. Its second column is the word itself, its fourth the **part of speech**, the tag that we want to guess. Ignore the other columns.

# %% download
from pathlib import Path

import keras

HOME = "https://raw.githubusercontent.com/UniversalDependencies/UD_English-EWT/15d613d8447b3478787d4c278730a1e48a945efb/"
SUM = "531a54ff90d6ab12201c5a50c3e78e6ddac4de69abc4bce5d275d3cd29efe2b6"
try:
    path = keras.utils.get_file(origin=HOME + "en_ewt-ud-dev.conllu", file_hash=SUM)
except Exception as error:
    raise ConnectionError(f"Put {HOME}en_ewt-ud-dev.conllu into ~/.keras/datasets.") from error
text = Path(path).read_text(encoding="utf-8")
print(*text.split("\n\n")[5].split("\n"), sep="\n")

# %% [markdown] about-sentences
# ## Sentences
#
# A blank line ends a sentence. Lines that begin with `#` are remarks. A number such as `3-4` marks two words written as one, *don't*; its parts follow, so we skip the line. What is left is a pair for each sentence: its words, and their tags.
#
# **Change it:** with fewer sentences there are more unknown words. Try 500, 1000, 1500.


# %% sentences
# change: {"SENTENCES": [500, 1000, 1500]}
def sentences(text):
    """The sentences of a treebank: pairs of words and tags."""
    blocks = [[line.split("\t") for line in b.split("\n")] for b in text.strip().split("\n\n")]
    blocks = [[row for row in block if row[0].isdigit()] for block in blocks]
    return [([row[1] for row in block], [row[3] for row in block]) for block in blocks]


SENTENCES = 2001
known = sentences(text)[:SENTENCES]
cut = len(known) * 5 // 6
train, valid = known[:cut], known[cut:]
print(len(train), "sentences to learn from,", len(valid), "to choose with")

# %% [markdown] about-work
# Sentences have unlike lengths; remember that for later.

# %% lengths
# mystnb: {"figure": {"caption": "Most sentences are short, and a few are very long."}, "image": {"alt": "Histogram of the number of words in a sentence: most have fewer than twenty, and a thin tail reaches beyond sixty."}}
import matplotlib.pyplot as plt

fig, ax = plt.subplots(figsize=(4.4, 2.6))
ax.hist([len(ws) for ws, _ in train], bins=range(0, 85, 5), color="#595959")
ax.set(xlabel="words in a sentence", ylabel="sentences")
plt.show()

# %% [markdown] about-cut
# We cut by position and do not shuffle, so that the sentences of one letter or review stay on one side. Otherwise the network would be asked about texts of which it has read the other half.
#
# Is there anything to learn? Look at one word.

# %% work
from collections import Counter

marked = sentences(text)
works = [(t, ws) for ws, ts in marked for w, t in zip(ws, ts, strict=True) if w.lower() == "work"]
print("'work' is", dict(Counter(t for t, _ in works)))
for t in ("VERB", "NOUN"):
    print(f"{t:5}", *next(ws for tag, ws in works if tag == t)[:9])

# %% [markdown] about-numbers
# A table of words can only toss a coin. The neighbours know.
#
# ## Words become numbers
#
# A word gets a number if it occurs at least twice. All others share number 1, `[UNK]`. So the network meets the unknown while it learns, and its row in the table is trained. (Give *every* training word a number, and row 1 would still be random when the first new word comes.) Number 0 is padding.
#
# `StringLookup` is the table from words to numbers. A second one knows how words end: *reopening* may be new, *ing* is not.
#
# **Change it:** `ENDING` is the number of last letters. Try 1, 2, 4. Short endings are seen often and say little.


# %% numbers
# change: {"ENDING": [1, 2, 4]}
def twice(items):
    """Those that occur at least twice, in order."""
    return sorted(item for item, n in Counter(items).items() if n > 1)


ENDING = 3
lower = [w.lower() for ws, _ in train for w in ws]
words = keras.layers.StringLookup(vocabulary=twice(lower), mask_token="")
endings = keras.layers.StringLookup(vocabulary=twice(w[-ENDING:] for w in lower), mask_token="")
TAGS = sorted({t for _, ts in sentences(text) for t in ts})
print(words.vocabulary_size(), "words,", endings.vocabulary_size(), "endings;", *TAGS)

# %% unknown
SUM = "e266e515a0a7547657ed3d90d9ba46487d6bd251f27ad4269d4e8a427c8555cd"
path = keras.utils.get_file(origin=HOME + "en_ewt-ud-test.conllu", file_hash=SUM)
test, seen = sentences(Path(path).read_text(encoding="utf-8")), set(lower)
fresh = [w.lower() not in seen for ws, _ in test for w in ws]
print(f"{sum(fresh) / len(fresh):.0%} of the test words never occur in training:")
print(*[w for ws, _ in test for w in ws if w.lower() not in seen][:10])

# %% [markdown] about-encode
# ## Padding and weights
#
# Arrays have straight edges, sentences have not. `pad_sequences` fills them up at the end (`padding="post"`; its default is the left) with empty words, whose number is 0. A third array holds a **weight** for each place: 1 for a word, 0 for padding. For training we cut sentences at 40 words, which saves time; when we score, nothing is cut.

# %% encode
import numpy as np


def encode(pairs, longest=None):
    """Numbers of words and of endings, tags, weights: arrays (B, T) with 0 where no word is."""
    options = {"maxlen": longest, "padding": "post", "truncating": "post"}
    strings = {"dtype": object, "value": "", **options}
    ws = keras.utils.pad_sequences([[w.lower() for w in ws] for ws, _ in pairs], **strings)
    ends = [[w.lower()[-ENDING:] for w in ws] for ws, _ in pairs]
    x = [np.array(words(ws)), np.array(endings(keras.utils.pad_sequences(ends, **strings)))]
    y = keras.utils.pad_sequences([[TAGS.index(t) for t in ts] for _, ts in pairs], **options)
    return x, y, (x[0] > 0).astype("float32")


x, y, weight = encode(train, 40)
print("words", x[0].shape, "endings", x[1].shape, "tags", y.shape, "weights", weight.shape)
print(*train[5][0][:6], "→", *x[0][5, :6], "endings", *x[1][5, :6])

# %% [markdown] about-weights
# What does a weight of 0 do? Take the chapter's two sentences: eight places, six words, and what each tag costs. Keras multiplies costs by weights and adds up. Then it divides, by default by *all* places; `reduction="mean_with_sample_weight"` divides by the sum of the weights. (A mean absolute error from 0 is the cost itself: a trick to hand Keras our numbers.)

# %% weights
costs = np.array([[0.2, 1.0, 0.4, 0.4], [0.6, 0.4, 3.0, 3.0]], "float32")[..., None]
real = np.array([[1, 1, 1, 1], [1, 1, 0, 0]], "float32")
for reduction in ("sum_over_batch_size", "mean_with_sample_weight"):
    loss = keras.losses.MeanAbsoluteError(reduction=reduction)
    plain, weighted = loss(0 * costs, costs), loss(0 * costs, costs, sample_weight=real)
    print(f"{reduction:23} no weights {float(plain):.3f}, weights {float(weighted):.3f}")

# %% [markdown] about-network
# ## The network
#
# Two tables of 64 numbers a row, one for words and one for endings; the rows are added. `mask_zero=True` makes a **mask**: where the number is 0, layers leave their state alone, and the loss skips the place and divides by the words that remain. `Bidirectional` makes two LSTMs of the one that you hand it. `return_sequences=True`: each word wants an answer. `Dropout` hides
# four numbers in ten while it learns, so that the network does not lean on single words. `weighted_metrics` makes the accuracy obey the weights.
#
# **Change it:** try 16, 32 or 96 units.


# %% network
# change: {"UNITS": [16, 32, 96]}
def network(reader, mask=True):
    """A tagger around a layer that reads rows of 64 numbers, one for each word."""
    inputs = [keras.Input((None,), dtype="int32"), keras.Input((None,), dtype="int32")]
    sizes = words.vocabulary_size(), endings.vocabulary_size()
    tables = [keras.layers.Embedding(n, 64, mask_zero=mask) for n in sizes]
    rows = keras.layers.Add()([table(i) for table, i in zip(tables, inputs, strict=True)])
    read = reader(keras.layers.Dropout(0.4)(rows))
    logits = keras.layers.Dense(len(TAGS))(keras.layers.Dropout(0.4)(read))
    net = keras.Model(inputs, logits)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    net.compile(keras.optimizers.Adam(0.01), loss, weighted_metrics=["accuracy"])
    return net


UNITS = 48
keras.utils.set_random_seed(0)
model = network(keras.layers.Bidirectional(keras.layers.LSTM(UNITS, return_sequences=True)))
model.summary()

# %% [markdown] about-untrained
# A good habit: ask it before it has learned anything. The first loss must be that of blind guessing, ln 17.

# %% untrained
loss, _ = model.evaluate(x, y, sample_weight=weight, verbose=0)
print(f"untrained {loss:.1f} nats, blind guessing {np.log(len(TAGS)):.1f}")
assert abs(loss - np.log(len(TAGS))) < 0.1, "an untrained network should guess blindly"

# %% [markdown] about-training
# ## Training
#
# `val_accuracy` is the share of the words of the held-out sentences that are tagged right. `EarlyStopping` ends the training when the loss on them has not fallen for two epochs, and goes back to the best weights.

# %% callbacks
stop = keras.callbacks.EarlyStopping(patience=2, restore_best_weights=True)
held_out = encode(valid)

# %% training
# tags: ["progress"]
history = model.fit(
    x, y, sample_weight=weight, validation_data=held_out, epochs=8, callbacks=[stop]
)

# %% [markdown] about-score
# ## Is that good?
#
# **Count first:** a table that gives every word its most frequent tag, and unknown words the most frequent tag of all. Then the network, on the same test words. We score by hand, so that you see what is counted: words, not places.

# %% count
often = Counter(t for _, ts in train for t in ts).most_common(1)[0][0]
counts = {}
for ws, ts in train:
    for w, t in zip(ws, ts, strict=True):
        counts.setdefault(w.lower(), Counter())[t] += 1
table = {w: c.most_common(1)[0][0] for w, c in counts.items()}
guesses = [table.get(w.lower(), often) == t for ws, ts in test for w, t in zip(ws, ts, strict=True)]
print(f"a table of words: {np.mean(guesses):.2f} of the test words right")


# %% score
# tags: ["sample"]
# form: {"text": {"lines": [2, 2]}}
def right(net, pairs):
    """For each word of the sentences, whether the network's likeliest tag is the right one."""
    x, y, weight = encode(pairs)
    best = net.predict(x, batch_size=256, verbose=0).argmax(-1)
    return (best == y)[weight > 0]


found = right(model, test)
print(f"both directions: {found.mean():.2f} of the test words right")
print(f"of those that never occur in training: {found[fresh].mean():.2f}")

# %% score-facts
ours = (SENTENCES, ENDING, UNITS) == (2001, 3, 48)
assert not ours or 0.85 < found.mean() < 0.92, f"expected about .88, found {found.mean():.3f}"
assert not ours or found.mean() > np.mean(guesses), "the network should beat the table of words"
print("the network beats the table:", found.mean() > np.mean(guesses))

# %% [markdown] about-tag
# ## A sentence of yours
#
# Cut it at its blanks, so put blanks around commas and full stops, as the treebank does. Then the likeliest tag of each word.


# %% tag
# tags: ["sample"]
# form: {"text": {"lines": [3, 3]}}
def tag(sentence):
    """Pairs of a word and its likeliest tag."""
    ws = sentence.split()
    x, _, _ = encode([(ws, TAGS[:1] * len(ws))])
    best = model.predict_on_batch(x)[0].argmax(-1)
    return [(w, TAGS[k]) for w, k in zip(ws, best, strict=True)]


MINE = "My friends saw the old saw in the barn ."
tagged = [tag(s) for s in (MINE, "The old saw broke .", "The old saw the young .")]
for pairs in tagged:
    print(*(f"{w}/{t}" for w, t in pairs))

# %% tag-facts
easy = {"the": "DET", ".": "PUNCT"}
sure = [t == easy[w.lower()] for pairs in tagged for w, t in pairs if w.lower() in easy]
assert not ours or np.mean(sure) > 0.8, "articles and full stops should be easy"
print("articles and full stops are right:", np.mean(sure) > 0.8)

# %% [markdown] about-window
# ## A baseline that hurts
#
# No recurrence: a `Conv1D` sees two words on either side, and as many weights as both LSTMs together. It passes no mask on, so we make none. Then nothing but the sample weights keeps the padding out of the loss: they were worth handing in.
#
# **Change it:** `WIDTH` is the number of words that it sees. Try 1, 3 and 9: where does it stop gaining?

# %% window
# change: {"WIDTH": [1, 3, 9]}
WIDTH = 5
filters = 43_392 // (64 * WIDTH + 1)
look = keras.layers.Conv1D(filters, WIDTH, padding="same", activation="relu")
window = network(look, mask=False)
print(f"{filters} filters over {WIDTH} words")

# %% window-training
# tags: ["progress"]
window.fit(x, y, sample_weight=weight, validation_data=held_out, epochs=8, callbacks=[stop])

# %% window-score
# tags: ["sample"]
# form: {"text": {"lines": [1, 1]}}
near = right(window, test)
print(f"a window of {WIDTH} words {near.mean():.2f}, both directions {found.mean():.2f}")

# %% window-facts
assert not ours or WIDTH != 5 or abs(near.mean() - found.mean()) < 0.04, "expected a close race"
print("both were asked about the same", len(near), "words")

# %% [markdown] about-readers
# One run each decides nothing; [the chapter](../book/10-bi-lstm-in-keras.md) has five seeds and an interval.
#
# ## A second look: two readers
#
# The chapter's reader keeps half of what it had and adds the input: a `SimpleRNN` of one unit, without tanh, with weights 1 and ½. `Bidirectional` gives it a twin. The rows must be 4 and 7, 4 and 6, 10 and 8.
#
# **Change it:** `MODE` may be "sum", "ave" or "mul". Work out the rows before you run the cell.

# %% readers
# change: {"MODE": ["sum", "ave", "mul"]}
MODE = "concat"
series = np.array([4, 2, 8], "float32").reshape(1, 3, 1)
halves = [np.ones((1, 1)), np.full((1, 1), 0.5), np.zeros(1)] * 2
for sequences in (True, False):
    reader = keras.layers.SimpleRNN(1, activation="linear", return_sequences=sequences)
    both = keras.layers.Bidirectional(reader, merge_mode=MODE)
    both.build(series.shape)
    both.set_weights(halves)
    print(f"return_sequences={sequences!s:5}", np.array(both(series))[0].tolist())

# %% [markdown] your-turn-vector
# **Your turn.** One vector for each text, from all outputs of a bidirectional layer, with padding at the end. `outputs` has the shape (B, T, 2H): the first H numbers are the forward reader's, the others the backward reader's. `lengths` holds the number of real steps. Each half must have read its whole text. The line below is the famous wrong one.


# %% turn-vector
def one_vector(outputs, lengths):
    """From outputs (B, T, 2H) and lengths (B,) to one row of 2H numbers a text."""
    return outputs[:, -1]


# %% check-vector
lengths, mask = np.array([6, 4]), np.arange(6) < np.array([[6], [4]])
noise = np.random.default_rng(0).normal(size=(2, 6, 3)).astype("float32")
every = keras.layers.Bidirectional(keras.layers.LSTM(5, return_sequences=True))
ends = keras.layers.Bidirectional(keras.layers.LSTM(5))
outputs, _ = np.array(every(noise, mask=mask)), ends(noise)
ends.set_weights(every.get_weights())
wanted, answer = np.array(ends(noise, mask=mask)), np.array(one_vector(outputs, lengths))
rows = np.arange(2)
slips = {
    "The last column: padding for the short text, and one symbol read backwards.": outputs[:, -1],
    "Right for the forward half. The backward half is done at step 0.": outputs[rows, lengths - 1],
    "A mean over the padding too: more padding, another vector.": outputs.mean(1),
}
if answer.shape == wanted.shape and np.allclose(answer, wanted, atol=1e-5):
    print("✓ Each half has read its whole text.")
else:
    same = [why for why, slip in slips.items() if np.array_equal(slip, answer)]
    print("✗", same[0] if same else "Not yet. At which step is each half done?")

# %% [markdown] about-xor
# ## A second look: what a sum cannot do
#
# Is exactly one of the two neighbours a 1? Fix all bits but the neighbours of one step, try the four cases, and add up the logits crosswise. If past and future are only added, the result is 0, for any weights. So there is no need to train.


# %% interaction
def interaction(net, t=4):
    """a00 + a11 - a01 - a10: what a network makes of the neighbours of step t beyond a sum."""
    bits, total = np.random.default_rng(0).integers(2, size=10), 0
    for p, q in ((0, 0), (1, 1), (0, 1), (1, 0)):
        bits[[t - 1, t + 1]] = p, q
        logits = np.array(net((2 * bits - 1).reshape(1, 10, 1).astype("float32")))[0, t]
        total += (logits[1] - logits[0]) * (1 if p == q else -1)
    return abs(total)


def player(units=8):
    """A network of bits (B, 10, 1) with two logits a step: one layer, a linear head."""
    bits = keras.Input((None, 1))
    lstm = keras.layers.LSTM(units, return_sequences=True)
    return keras.Model(bits, keras.layers.Dense(2)(keras.layers.Bidirectional(lstm)(bits)))


for units in (8, 64):
    print(f"{units} units: crosswise sum below 0.00001:", interaction(player(units)) < 1e-5)

# %% [markdown] your-turn-player
# **Your turn.** Repair it: change one line, or add one, so that the network *could* play. There are at least three ways.


# %% turn-player
def mine():
    bits = keras.Input((None, 1))
    x = keras.layers.Bidirectional(keras.layers.LSTM(8, return_sequences=True))(bits)
    return keras.Model(bits, keras.layers.Dense(2)(x))


# %% check-player
net = mine()
shape = tuple(net(keras.ops.ones((1, 10, 1))).shape)
if shape != (1, 10, 2):
    print("✗ Two logits a step are asked for, (1, 10, 2); yours gives", shape)
elif interaction(net) > 1e-5:
    print("✓ Past and future meet in more than a sum.")
elif net.count_params() > player().count_params():
    print("✗ Larger, and still a sum: something must bend between the two readers and the logits.")
else:
    print("✗ Still a sum. What could stand between Bidirectional and Dense?")

# %% [markdown] about-save
# ## Save it
#
# The network knows numbers only. Save both vocabularies and the tags with it.

# %% save
import json

model.save("tagger.keras")
names = {"words": words.get_vocabulary(), "endings": endings.get_vocabulary(), "tags": TAGS}
Path("tagger.json").write_text(json.dumps(names), encoding="utf-8")
again, sample = keras.models.load_model("tagger.keras"), encode(test[:20])[0]
same = np.allclose(again.predict_on_batch(sample), model.predict_on_batch(sample), atol=1e-5)
assert same, "a loaded tagger should say what the saved one says"
print("the same logits after loading:", same)

# %% [markdown] own
# ## Another language
#
# Universal Dependencies holds treebanks of many languages in this format. Change the address and the two names in `download` and `unknown`, and the sums (or leave `file_hash` out, and know what you trust). Check the licence of the treebank.
#
# * **No blanks between words** in your language: the treebank has cut them; your own sentences must be cut in the same way.
# * **Long words, many forms:** try `ENDING` of 4 or 5, and look at the unknown words' score first.
# * **`val_loss` rises while `loss` falls:** more dropout, fewer units, or more text. The `train` section is six times as large as this one.
