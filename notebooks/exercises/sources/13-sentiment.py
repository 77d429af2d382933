# %% [markdown] title
# # Exercises: sentiment
#
# about 45 minutes, and seconds on two cores
#
# A verdict by counting, a verdict by two numbers of memory, and a mean that leaves padding out.

# %% [markdown] task-1
# ## 1. Naive Bayes
#
# `examples` is a list of pairs: a list of words and a label, "good" or "bad". Count how often each word stands in the sentences of a label, add one so that nothing is impossible, and divide by the label's sum. The share of a sentence is the product of its words' shares; words that never occurred are left out. Labels weigh by their own share of the examples.
#
# Write `chance_good(examples, sentence)`: the probability of "good".
#
# By hand: *good fun* and *good film* are good, *bad film* and *dull fun* bad. There are five words, so each label's sum is $4 + 5 = 9$. *Good dull fun*: good has $3 \cdot 1 \cdot 2$, bad $1 \cdot 2 \cdot 2$, and $6 / (6 + 4) = 0.6$.
#
# <details class="fold"><summary>A first hint</summary>
#
# The *one* is added for every word of the vocabulary, also for those that this label never had. So the sum grows by the number of different words.
#
# </details>
# <details class="fold"><summary>A second hint</summary>
#
# Products of many small shares become 0. Add up their logarithms, and take the exponential of a difference at the end.
#
# </details>

# %% given-1
from collections import Counter


# %% answer-1
def chance_good(examples, sentence):
    """The probability that a sentence is good, by counts."""
    ### BEGIN SOLUTION
    words = {label: Counter() for label in ("good", "bad")}
    labels = Counter(label for _, label in examples)
    for text, label in examples:
        words[label].update(text)
    known = set(words["good"]) | set(words["bad"])
    score = {}
    for label, count in words.items():
        total = sum(count.values()) + len(known)
        shares = [(count[word] + 1) / total for word in sentence if word in known]
        score[label] = np.log(labels[label]) + np.sum(np.log(shares))
    return 1 / (1 + np.exp(score["bad"] - score["good"]))
    ### END SOLUTION


# %% check-1
films = [("good fun", "good"), ("good film", "good"), ("bad film", "bad"), ("dull fun", "bad")]
films = [(text.split(), label) for text, label in films]
more = [*films, ("bad bad film".split(), "bad")]
properties = {
    "good dull fun: 0.6": lambda f: np.isclose(f(films, ["good", "dull", "fun"]), 0.6),
    "a word that never occurred changes nothing": lambda f: np.isclose(
        f(films, ["not", "bad"]), f(films, ["bad"])
    ),
    "not bad: one third": lambda f: np.isclose(f(films, ["not", "bad"]), 1 / 3),
    "without a known word: the share of the label, 2 of 5": lambda f: np.isclose(
        f(more, ["perhaps"]), 2 / 5
    ),
    "one more, bad bad film, and film alone has 2/9 and 3/12": lambda f: np.isclose(
        f(more, ["film"]), 2 / 9 * 0.4 / (2 / 9 * 0.4 + 3 / 12 * 0.6)
    ),
    "a word said twice counts twice": lambda f: np.isclose(f(films, ["good", "good"]), 0.9),
    "a thousand words are no trouble": lambda f: np.isclose(f(films, ["fun"] * 1000), 0.5),
}
probes = [
    lambda f: f(films, ["good", "dull", "fun"]),
    lambda f: f(more, ["film", "perhaps", "film"]),
    lambda f: f(films, ["fun"] * 1000),
]


# %% mistakes-1
def by(
    examples,
    sentence,
    add=1,
    prior=True,
    logs=True,
    once=False,
    unknown=False,
    spread=True,
    **other,
):
    words = {label: Counter() for label in ("good", "bad")}
    labels = Counter(label for _, label in examples)
    for text, label in examples:
        words[label].update(text)
    known = set(words["good"]) | set(words["bad"])
    shares = {}
    for label, count in words.items():
        spreads = 1 if other.get("one") else len(count if other.get("own") else known) * add
        total = sum(count.values()) + (spreads if spread else 0)
        read = set(sentence) if once else sentence
        shares[label] = [(count[w] + add) / total for w in read if unknown or w in known]
        if other.get("mean"):
            shares[label] = [np.exp(np.mean(np.log(shares[label])))]
        shares[label].append(labels[label] if prior else 1)
    if other.get("alone"):
        return np.prod(shares["good"]) / len(examples)
    if not logs:
        good, bad = np.prod(shares["good"]), np.prod(shares["bad"])
        return good / (good + bad)
    return 1 / (1 + np.exp(np.sum(np.log(shares["bad"])) - np.sum(np.log(shares["good"]))))


def nothing_added(examples, sentence):
    """A word that a label never had makes its product 0. Add one to each count."""
    return by(examples, sentence, add=0)


def labels_alike(examples, sentence):
    """You hold both labels equally likely. Multiply by their shares of the examples, too."""
    return by(examples, sentence, prior=False)


def too_small(examples, sentence):
    """A product of a thousand shares is 0, and 0 / 0 is nan. Add up logarithms."""
    return by(examples, sentence, logs=False)


def sets(examples, sentence):
    """A word said twice counts once with you: sets forget how often it stands."""
    return by(examples, sentence, once=True)


def sum_unchanged(examples, sentence):
    """You add one to each count and not to the sums: the shares of a label add up to more than 1."""
    return by(examples, sentence, spread=False)


def unknown_too(examples, sentence):
    """A word that never occurred says something in yours. Leave it out."""
    return by(examples, sentence, unknown=True)


def odds(examples, sentence):
    """Those are the odds, good divided by bad. A chance divides by the sum of both."""
    chance = chance_good(examples, sentence)
    return chance / (1 - chance)


def bad(examples, sentence):
    """That is the chance of bad."""
    return 1 - chance_good(examples, sentence)


def good_alone(examples, sentence):
    """You stop at the product of good. It becomes a chance when you divide by both labels' sum."""
    return by(examples, sentence, alone=True)


def own_words(examples, sentence):
    """You add one for the words that the label itself had. Add it for all words of the vocabulary."""
    return by(examples, sentence, own=True)


def one_on_the_sum(examples, sentence):
    """You add one to the sum, once. As many are added as there are different words."""
    return by(examples, sentence, one=True)


def mean_price(examples, sentence):
    """You average the logarithms. A product of shares is their sum."""
    return by(examples, sentence, mean=True)


def once_a_text(examples, sentence):
    """A word that a text says twice counts once in your counts. Count how often it stands."""
    return chance_good([(sorted({*text}), label) for text, label in examples], sentence)


# %% [markdown] say-1
# In one sentence: why does this program find *not bad* bad, and which change of the input would help?

# %% [markdown] sentence-1
# It multiplies what each word says and *not* says nothing by itself; counting pairs of neighbours would help, if *not bad* occurred in training.

# %% [markdown] task-2
# ## 2. Two numbers of memory
#
# The mood $m$ is the verdict so far, the sign $s$ is what the next opinion is multiplied by. They begin at $0$ and $1$.
#
# - An opinion, $o = \pm 1$: $m$ grows by $s \cdot o$, and $s$ becomes 1 again.
# - *not*: $s$ turns its sign.
# - *but*: $m$ becomes 0.
# - Every other word changes nothing.
#
# Write `mood(words, opinions)`: the mood at the end; `opinions` is a dictionary from a word to its $o$. By hand, *good but not really lovely*: $1$, then $0$, then the sign is $-1$, *really* passes by, and *lovely* gives $-1$.
#
# <details class="fold"><summary>A first hint</summary>
#
# One loop over the words, two variables, four cases.
#
# </details>
# <details class="fold"><summary>A second hint</summary>
#
# The sign waits: from *not* until the next opinion, over any number of words. Then it is used up.
#
# </details>


# %% answer-2
def mood(words, opinions):
    """The verdict at the end of a sentence, by two numbers of memory."""
    ### BEGIN SOLUTION
    m, s = 0, 1
    for word in words:
        if word in opinions:
            m, s = m + s * opinions[word], 1
        elif word == "not":
            s = -s
        elif word == "but":
            m = 0
    return m
    ### END SOLUTION


# %% check-2
opinions = {"good": 1, "lovely": 1, "great": 1, "bad": -1, "dull": -1}
sentences = [
    "good but not really lovely",
    "the food was good but the staff was not really lovely",
    "it is not good it is bad",
    "not not bad",
    "great and lovely not dull",
    "not but good",
    "bad but it was",
    "good good bad",
]
properties = {
    "good but not really lovely: -1": lambda f: f(sentences[0].split(), opinions) == -1,
    "not good, bad: -2": lambda f: f(sentences[2].split(), opinions) == -2,
    "twice not turns twice: not not bad is -1": lambda f: f(sentences[3].split(), opinions) == -1,
    "three good words: 3": lambda f: f(sentences[4].split(), opinions) == 3,
    "but clears the mood, not the sign: not but good is -1": lambda f: (
        f(sentences[5].split(), opinions) == -1
    ),
    "nothing behind but: 0": lambda f: f(sentences[6].split(), opinions) == 0,
}
probes = [lambda f: [f(sentence.split(), opinions) for sentence in sentences]]


# %% mistakes-2
def walk(words, opinions, clears=True, used_up=True, next_only=False, whole=False, at_not=-1):
    m, s = 0, 1
    for word in words:
        if word in opinions:
            m += s * opinions[word]
            s = 1 if used_up else s
        elif word == "not":
            s = -s if at_not == -1 else -1
        elif word == "but":
            m, s = (0 if clears else m), (1 if whole else s)
        elif next_only:
            s = 1
    return m


def no_clearing(words, opinions):
    """What stands before but still counts. At but the mood begins anew."""
    return walk(words, opinions, clears=False)


def turned_for_good(words, opinions):
    """After not all opinions are turned. Turn the next one, then the sign is 1 again."""
    return walk(words, opinions, used_up=False)


def next_word_only(words, opinions):
    """Your not turns the very next word only. It waits for the next opinion: not really lovely."""
    return walk(words, opinions, next_only=True)


def sign_cleared(words, opinions):
    """At but you also forget a not. But clears the mood; the sign waits on."""
    return walk(words, opinions, whole=True)


def not_is_minus(words, opinions):
    """With you a second not changes nothing. Each not turns the sign."""
    return walk(words, opinions, at_not=0)


def bag(words, opinions):
    """You add up opinions and read neither not nor but: that is a bag of words."""
    return sum(opinions.get(word, 0) for word in words)


def last_opinion(words, opinions):
    """Only the last opinion is left: the mood grows by each of them."""
    return free(words, opinions, lambda m, s, o: (s * o, 1))


def mood_turned(words, opinions):
    """Your not turns the mood. It turns the sign, for the opinion that comes."""
    return free(words, opinions, lambda m, s, o: (m + o, 1), at_not=lambda m, s: (-m, s))


def not_is_bad(words, opinions):
    """Your not is an opinion of its own, -1. It only turns the next one."""
    return free(words, opinions, lambda m, s, o: (m + o, 1), at_not=lambda m, s: (m - 1, s))


def not_unread(words, opinions):
    """Your not has no effect."""
    return free(words, opinions, lambda m, s, o: (m + o, 1))


def but_turns(words, opinions):
    """Your but turns the sign. It clears the mood."""
    return free(words, opinions, lambda m, s, o: (m + s * o, 1), at_but=lambda m, s: (m, -s))


def ends_at_but(words, opinions):
    """You stop at but. What stands behind it counts."""
    cut = words.index("but") if "but" in words else len(words)
    return mood(words[:cut], opinions)


def verdict(words, opinions):
    """That is the sign of the mood. Asked is the number."""
    return int(np.sign(mood(words, opinions)))


def per_word(words, opinions):
    """You divide by the number of words. Asked is the mood as it stands at the end."""
    return mood(words, opinions) / len(words)


def free(words, opinions, at_opinion, at_not=lambda m, s: (m, -s), at_but=lambda m, s: (0, s)):
    m, s = 0, 1
    for word in words:
        if word in opinions:
            m, s = at_opinion(m, s, opinions[word])
        elif word == "not":
            m, s = at_not(m, s)
        elif word == "but":
            m, s = at_but(m, s)
    return m


# %% [markdown] say-2
# In one sentence: which gate of an LSTM does what *but* does here?

# %% [markdown] sentence-2
# The forget gate, shut for one step: what the cell holds is multiplied by nearly 0.

# %% [markdown] task-3
# ## 3. A mean of real words
#
# A simple reader takes the mean of its words' rows. `rows`, of shape $(B, T, H)$, has a row for each place, `mask`, $(B, T)$, is `True` at words.
#
# Write `average(rows, mask)`: for each text the mean of its *real* rows, $(B, H)$. A text without a word gets zeros.
#
# By hand, $H = 1$: rows 2, 4 and, for padding, 9. The mean is 3.
#
# <details class="fold"><summary>A first hint</summary>
#
# Multiply the padding away, add up over time, and divide by what?
#
# </details>
# <details class="fold"><summary>A second hint</summary>
#
# `mask[..., None]` has the shape $(B, T, 1)$. An empty text has a count of 0: divide by at least 1.
#
# </details>


# %% answer-3
def average(rows, mask):
    """The mean of the real rows of each text, (B, H); zeros for a text without words."""
    ### BEGIN SOLUTION
    real = mask[..., None]
    return np.where(real, rows, 0).sum(1) / np.maximum(real.sum(1), 1)
    ### END SOLUTION


# %% check-3
rng = np.random.default_rng(133)
rows = rng.standard_normal((4, 6, 3))
mask = np.arange(6) < np.array([[6], [3], [1], [0]])
properties = {
    "2, 4 and padding: 3": lambda f: np.allclose(
        f(np.array([[[2.0], [4], [9]]]), np.array([[True, True, False]])), [[3]]
    ),
    "one row of H numbers a text": lambda f: np.shape(f(rows, mask)) == (4, 3),
    "a full text: the plain mean": lambda f: np.allclose(f(rows, mask)[0], rows[0].mean(0)),
    "a text of one word: its row": lambda f: np.allclose(f(rows, mask)[2], rows[2, 0]),
    "more padding changes nothing": lambda f: np.allclose(
        f(rows[1:2, :3], mask[1:2, :3]), f(rows, mask)[1]
    ),
    "a text without a word gets zeros": lambda f: np.allclose(f(rows, mask)[3], 0),
}
probes = [lambda f: f(rows, mask)]


# %% mistakes-3
def over_all_places(rows, mask):
    """You divide by all places, so short texts come out small. Divide by the number of words."""
    return (rows * mask[..., None]).mean(1)


def padding_too(rows, mask):
    """Your mean has the padding in it: the mask has no effect."""
    return rows.mean(1)


def over_the_batch(rows, mask):
    """You take one mean for the whole batch. Each text has its own."""
    return np.tile(rows[mask].mean(0), (len(rows), 1))


def nothing_by_nothing(rows, mask):
    """For a text without a word you divide 0 by 0. It gets zeros."""
    return (rows * mask[..., None]).sum(1) / mask.sum(1, keepdims=True)


def sums(rows, mask):
    """You add up and do not divide: long texts come out large."""
    return (rows * mask[..., None]).sum(1)


def padding_alone(rows, mask):
    """Your mask is turned round: True is a word."""
    return average(rows, ~mask)


def all_words(rows, mask):
    """You divide by the number of words of all texts. Each text has a number of its own."""
    return (rows * mask[..., None]).sum(1) / mask.sum()


def largest(rows, mask):
    """You take the largest row entries. Asked is the mean."""
    return np.where(mask[..., None], rows, -9).max(1) * mask.any(1)[:, None]


def one_too_many(rows, mask):
    """You divide by one word too many. An empty text needs a 1, the others have their own number."""
    return (rows * mask[..., None]).sum(1) / (mask.sum(1, keepdims=True) + 1)


def last_word(rows, mask):
    """You take the last word of each text. Asked is the mean of all its words."""
    last = rows[np.arange(len(rows)), np.maximum(mask.sum(1) - 1, 0)]
    return last * mask.any(1)[:, None]


def over_the_numbers(rows, mask):
    """You average over the numbers of a row. Average over time, the axis in the middle."""
    return (rows * mask[..., None]).mean(2)


# %% [markdown] say-3
# In one sentence: this reader and a Bi-LSTM are equally often right. What have you learned about the order of the words?

# %% [markdown] sentence-3
# That on these texts this network made no use of it that shows, not that it does not matter: shuffle the words and train again to ask what order brings.
