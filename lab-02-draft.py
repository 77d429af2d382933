# Draft of notebooks/02-text-generation.ipynb. Never run: outputs, seconds and the ranges in its
# asserts are still to be found.
# ruff: noqa: E402, E501
# %% [markdown] title
# # Count first, then learn
#
# [Chapter 2](../book/02-text-generation.md) · about 1 minute on two cores
#
# A table of counts reads a book and writes like it; then a small network tries to beat the table.

# %% [markdown] about-download
# You will use `collections.Counter`, `keras.utils.get_file`, `Embedding`, `GRU`, `fit` with
# `validation_data`, and `predict`. First a book: forty thousand lines of Shakespeare, fetched once
# and kept on your disk. **A book of your own:** put its path in the place of `None`, plain text,
# 200,000 characters or more; then run all cells. What this page says of numbers is about the
# plays.

# %% download
from pathlib import Path

import keras

MINE = None  # "my-book.txt"
PLAYS = "https://raw.githubusercontent.com/karpathy/char-rnn/6f9487a6fe5b420b7ca9afb0d7c078e37c1d1b4e/data/tinyshakespeare/input.txt"
SUM = "86c4e6aa9db7c042ec79f339dcb96d42b0075e16b8fc2e86bf0ca57e2dc565ed"
try:
    path = MINE or keras.utils.get_file("tinyshakespeare.txt", PLAYS, file_hash=SUM)
except Exception as error:
    raise ConnectionError(f"Put {PLAYS} as tinyshakespeare.txt into ~/.keras/datasets.") from error
book = Path(path).read_text(encoding="utf-8")
print(book[:148])

# %% [markdown] about-count
# ## A table of what followed what
#
# For each run of `n - 1` characters: which characters followed it, and how often? That is an
# **n-gram** table. It is all that a counting model ever learns. The last tenth of the book is
# **held out**: nobody counts there.

# %% count
from collections import Counter, defaultdict

letters = "".join(sorted(set(book)))
cut = len(book) * 9 // 10
seen, unseen = book[:cut], book[cut:]


def count(text, n):
    """What followed each run of n - 1 characters, and how often."""
    table = defaultdict(Counter)
    for i in range(len(text) - n + 1):
        table[text[i : i + n - 1]][text[i + n - 1]] += 1
    return dict(table)


pairs = count(seen, 2)
print("after q:", pairs.get("q"))
print("after a blank:", pairs[" "].most_common(5))

# %% [markdown] about-tables
# After a `q`, a `u`, nearly always. But pairs are short-sighted: an *e* does not know whether it
# ends *the* or begins *every*. So look further back: three characters, five. How many rows could
# such a table have, and how many does it have? With 65 different characters there are 65 rows of
# one character, and more than a thousand million of five. Most of them never occur.
#
# **Change it:** `ORDER` is the length of the longest run. Try 2, 4, 7. From which on does the
# table hold more rows than you would care to fill?

# %% tables
# metadata: {"change": {"ORDER": [2, 4, 7]}}
ORDER = 6
tables = [count(seen, n) for n in range(1, ORDER + 1)]
for n, table in enumerate(tables, 1):
    once = sum(row.total() == 1 for row in table.values()) / len(table)
    print(f"{n}-grams: {len(table):9,} rows, {once:.0%} of them seen only once")

# %% [markdown] about-guesses
# The longer the run, the more rows rest on a single sight, and most possible runs never came at
# all. Ask such a table for a run that it has not seen and it has no answer; ask it for one seen
# once and it is certain, on the word of one witness. So a long row must not be trusted alone. The
# remedy: begin with all characters alike, and let each longer row *pull* the guess towards what it
# has seen. A row that saw `total` characters of `kinds` different kinds gets the weight `total /
# (total + kinds)` (Witten and Bell's rule). Rows never seen change nothing.

# %% guesses
import numpy as np

place = {letter: i for i, letter in enumerate(letters)}


def guesses(past):
    """What each table makes of `past`: a row of V probabilities for blind, 1-grams, 2-grams …"""
    rows = [np.full(len(letters), 1 / len(letters))]
    for n, table in enumerate(tables):
        row, p = table.get(past[len(past) - n :], {}), rows[-1]
        if row:
            p = len(row) * p
            p[[place[letter] for letter in row]] += list(row.values())
        rows.append(p / p.sum())
    return np.array(rows)


for n, row in enumerate(guesses("the kin")):
    print(f"{n}-grams: g after 'the kin' has the probability {row[place['g']]:.3f}")

# %% [markdown] about-write
# ## It writes
#
# Draw a character by the guess, append it, ask again. The **temperature** raises each probability
# to the power 1 / temperature first: below 1 the likely becomes likelier, above 1 the choice
# becomes wilder. `write` does not care who guesses: here it is a table, later it will be the
# network.


# %% write
def heat(p, temperature):
    """Probabilities (V,) at another temperature."""
    p = p ** (1 / temperature)
    return p / p.sum()


def write(guess, start, length=200, temperature=1.0, seed=0):
    """What comes after `start`; guess(text) gives the probabilities of the next character."""
    rng, text = np.random.default_rng(seed), start
    for _ in range(length):
        text += letters[rng.choice(len(letters), p=heat(guess(text), temperature))]
    return text[len(start) :]


def by_table(n):
    """The guess of the n-grams, as `write` wants it."""
    return lambda text: guesses(text)[n]


START = book[:64]  # the network will want 64
for n in sorted({1, 3, ORDER} & set(range(ORDER + 1))):
    print(f"--- {n}-grams\n{write(by_table(n), START)}\n")

# %% [markdown] about-temperature
# 1-grams know how often letters occur, and no more. 3-grams make syllables that can be spoken. The
# longest make words. None of them was told what a word is. **Change it:** set the temperature, and
# read. Where do the words end, and where does it only repeat itself? Write down the one at which
# you would read on.

# %% temperature
# metadata: {"change": {"TEMPERATURE": [0.2, 0.6, 1.5]}}
TEMPERATURE = 0.4
print(write(by_table(ORDER), START, temperature=TEMPERATURE))

# %% [markdown] your-turn-nucleus
# **Your turn.** Write `nucleus(p, share)`: keep the likeliest characters until together they hold
# `share`, set the others to 0, divide by the sum. `np.argsort(-p)` gives the places from the
# likeliest down. The check runs it on four probabilities.


# %% turn-nucleus
def nucleus(p, share):
    return None


# %% check-nucleus
p = np.array([0.15, 0.5, 0.1, 0.25])
answer = nucleus(p.copy(), 0.7)
if answer is None:
    print("· Not written yet. At 0.7, the 0.5 and the 0.25 are kept: together 0.75.")
elif np.allclose(answer, [0, 2 / 3, 0, 1 / 3]) and np.allclose(nucleus(p.copy(), 1.0), p):
    print("✓ Right. Try write(lambda text: nucleus(by_table(ORDER)(text), 0.9), START).")
elif np.allclose(answer, [0, 0.5, 0, 0.25]):
    print("✗ Nearly: what is left must sum to 1 again.")
elif np.allclose(answer, [0, 1, 0, 0]):
    print("✗ The 0.5 alone does not hold 0.7. Keep the one that crosses the share, too.")
else:
    print("✗ Not yet. It gave", np.round(answer, 2))

# %% [markdown] about-bits
# ## What its guesses cost
#
# A character that was given the probability p costs −log₂ p **bits**. Price 20,000 held-out
# characters, one after the other, for all tables at once. Blind guessing is the first number, log₂
# of the number of different characters. Each further line knows one character more of the past.
# Where is most of the gain, and what is the last character worth?

# %% bits
TEST = unseen[:20_000]
places = np.arange(ORDER, len(TEST))  # those before have too short a past
paid = np.array([guesses(TEST[i - ORDER : i])[:, place[TEST[i]]] for i in places])
bits = -np.log2(paid).mean(0)
for n, price in enumerate(bits):
    print(f"{n}-grams: {price:.2f} bits a character, perplexity {2**price:.1f}")

# %% count-facts
assert abs(bits[0] - np.log2(len(letters))) < 1e-9, "a blind guess pays log2 of the vocabulary"
assert MINE or all(np.diff(bits[:5]) < 0), "up to 4-grams each longer run should pay less"
print("up to 4-grams, each longer run pays less:", bool(all(np.diff(bits[:5]) < 0)))

# %% [markdown] your-turn-word
# **Your turn.** Suppose that a word has 5 characters, the blank included. Which perplexity *per
# word* has a model that pays 2 bits a character? Put a number in the place of `None`.

# %% turn-word
answer = None

# %% check-word
slips = {
    4: "That is per character.",
    10: "Those are bits. Perplexity is 2 to their power.",
    20: "Perplexities multiply, bits add up.",
}
if answer is None:
    print("· Not answered yet. How many bits does a word cost?")
elif answer == 2**10:
    print("✓ Right: 10 bits a word, as hard as one of 1,024 equally likely words.")
else:
    print("✗", slips.get(answer, "No. First the bits of a word, then 2 to their power."))

# %% [markdown] about-network
# ## A network instead of a table
#
# It keeps a **state** of `UNITS` numbers instead of rows; chapter 3 says how. Questions are
# windows of 64 characters, answers the same, one later. `Embedding` has 32 numbers for each
# character, the `GRU` reads them one after the other and changes its state, and `Dense` with a
# softmax makes a guess of each state. Compare the two sizes that the cell prints: a row of the
# table holds a handful of counts, and there is one for each run ever seen; the weights are all
# that the network has for all of them.
#
# **Change it:** how many units does it take to beat the table? Try 16, 64, 192.

# %% network
# metadata: {"change": {"UNITS": [16, 64, 192]}}
UNITS = 128


def windows(text):
    """Questions and answers, 64 characters a row; the answers are one character later."""
    ids = np.array([place[letter] for letter in text], "int32")
    size = (len(ids) - 1) // 64 * 64
    return ids[:size].reshape(-1, 64), ids[1 : size + 1].reshape(-1, 64)


keras.utils.set_random_seed(0)
model = keras.Sequential(
    [
        keras.Input((None,), dtype="int32"),
        keras.layers.Embedding(len(letters), 32),
        keras.layers.GRU(UNITS, return_sequences=True),
        keras.layers.Dense(len(letters), activation="softmax"),
    ]
)
model.compile(keras.optimizers.Adam(0.01, global_clipnorm=1.0), "sparse_categorical_crossentropy")
print(f"{model.count_params():,} weights; the longest table has {len(tables[-1]):,} rows")

# %% [markdown] about-training
# Keras reports natural logarithms: divide by ln 2 = 0.69 for bits. `loss` is the price on what it
# learns from, `val_loss` on pages held out beyond the 20,000 characters of the test. One pass over
# the book:

# %% training
# metadata: {"tags": ["progress"]}
history = model.fit(*windows(seen), validation_data=windows(unseen[20_000:]), epochs=1)

# %% [markdown] about-duel
# Now both are asked about the same 20,000 characters, which neither has read. The network gets
# them in one piece, so that its state is carried on from the first to the last; the table sees five
# characters back, and never more. Then average the two guesses, half and half. Which pays least?
# Write down a guess first.

# %% duel
# metadata: {"tags": ["sample"], "form": {"text": {"lines": [4, 4]}}}
test = np.array([place[letter] for letter in TEST], "int32")
chances = model.predict(test[None, :-1], verbose=0)[0].astype(float)
learned = chances[places - 1, test[places]]
counted = paid[:, -1]
mixed = (learned + counted) / 2
for name, p in {"table": counted, "network": learned, "half and half": mixed}.items():
    print(f"{name:14} {-np.log2(p).mean():.2f} bits a character")
print(f"the network is surer in {(learned > counted).mean():.0%} of the places")

# %% duel-facts
prices = {"count": counted, "net": learned, "mix": mixed}
prices = {name: -np.log2(p).mean() for name, p in prices.items()}
ours = (MINE, ORDER, UNITS) == (None, 6, 128)
assert not ours or prices["net"] < bits[2], "the network should beat a table of pairs"
assert not ours or prices["mix"] < max(prices["count"], prices["net"]), "a mixture beats the worse"
print("half and half beats both:", bool(prices["mix"] < min(prices["count"], prices["net"])))

# %% [markdown] about-ladder
# One picture of all: counting goes down a staircase, and with `ORDER` larger and the book smaller
# it may turn up again at the end: the rows have run out of examples. The network is a line, for it
# has no `n`. Where does your book's staircase turn?

# %% ladder
# metadata: {"tags": ["sample"], "form": {"figure": {"axes": 1, "series": 2, "texts": ["bits a character"]}}}
import matplotlib.pyplot as plt

fig, ax = plt.subplots(figsize=(5, 3))
ax.plot(range(ORDER + 1), bits, "D-", color="#595959", label="n-grams")
ax.axhline(prices["net"], color="#157370", linestyle="--", label="GRU")
ax.set(xlabel="n", ylabel="bits a character", ylim=(0, None))
ax.legend()
plt.show()

# %% ladder-facts
assert 0 < prices["net"] < bits[0], "the network should do better than blind guessing"
print("the network beats blind guessing")

# %% [markdown] about-both-write
# Let both write at one temperature. The network reads the last 64 characters anew for each one
# that it writes: slow, and enough here. [Chapter 8](../book/08-lstm-in-keras.md) hands on the
# state instead.


# %% both
# metadata: {"tags": ["sample"], "form": {"text": {"lines": [4, 40]}}}
def learned_guess(text):
    """The network's guess after the last 64 characters."""
    window = np.array([[place[letter] for letter in text[-64:]]], "int32")
    return model.predict_on_batch(window)[0, -1].astype(float)


texts = {"table": write(by_table(ORDER), START, temperature=0.7)}
texts["network"] = write(learned_guess, START, temperature=0.7)
for name, text in texts.items():
    print(f"--- {name}\n{text}\n")

# %% both-facts
words = set(seen.split())
share = {name: np.mean([w in words for w in text.split()]) for name, text in texts.items()}
assert not ours or min(share.values()) > 0.4, "many words of both should occur in the book"
print("many words of both occur in the book:", bool(min(share.values()) > 0.4))

# %% [markdown] about-copies
# ## Did it copy?
#
# The last question to any writer. A table with long rows quotes, and a network that
# has seen a small book often enough may quote, too. Look for the longest passage of each
# text that stands in the book, letter for letter. Ten characters are two short words, and mean
# nothing; a whole line would be a quotation.


# %% copies
# metadata: {"tags": ["sample"], "form": {"text": {"lines": [2, 8]}}}
def longest_copy(text):
    """The longest passage of `text` that occurs in what was read."""
    best = ""
    for i in range(len(text)):
        while i + len(best) < len(text) and text[i : i + len(best) + 1] in seen:
            best = text[i : i + len(best) + 1]
    return best


copies = {name: longest_copy(text) for name, text in texts.items()}
for name, copy in copies.items():
    print(f"{name}: {len(copy)} characters, {copy!r}")

# %% copies-facts
lengths = [len(copy) for copy in copies.values()]
assert not ours or 5 < min(lengths) <= max(lengths) < 100, "neither spells nothing nor recites all"
print("no text was copied whole:", max(lengths) < 200)

# %% [markdown] end
# Give it a book by one author that you know well, set `TEMPERATURE` by reading, and look for the
# copies before you praise it.
