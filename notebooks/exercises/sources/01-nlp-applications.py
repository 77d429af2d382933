# %% [markdown] title
# # Exercises: NLP applications
#
# about 40 minutes, and seconds on two cores
#
# A score that counts word groups, the best that a reader with a narrow view can do, and the exchange that makes a bag useless.

# %% [markdown] task-1
# ## 1. Word groups, counted fairly
#
# BLEU asks which share of the output's groups of $n$ words stands in the reference. Over many sentences it counts all groups first and divides once at the end.
#
# Write `precision(outputs, references, n)`. In go two lists of equally many sentences, each a list of words; out comes one number between 0 and 1. A group may count only as often as its reference has it.
#
# By hand, with the reference *le petit chat voit un chien noir*: of *le petit chat voit un noir chien* 7 of 7 words are right, and 4 of 6 pairs. Of *le le le* against *le chat le* two of three words are right, not three.
#
# <details class="fold"><summary>A first hint</summary>
#
# Two numbers run through all sentences: matches and groups. Only when all sentences are done is one divided by the other.
#
# </details>
# <details class="fold"><summary>A second hint</summary>
#
# `Counter` counts groups (make them tuples), and `a & b` of two counters takes the smaller of two counts.
#
# </details>

# %% given-1
from collections import Counter


def groups(words, n):
    """All groups of n neighbours, as tuples, in order."""
    return [tuple(words[i : i + n]) for i in range(len(words) - n + 1)]


# %% answer-1
def precision(outputs, references, n):
    """The share of all groups of n words that the references have too, each as often as there."""
    ### BEGIN SOLUTION
    right = total = 0
    for output, reference in zip(outputs, references, strict=True):
        mine, theirs = Counter(groups(output, n)), Counter(groups(reference, n))
        right += sum((mine & theirs).values())
        total += sum(mine.values())
    return right / total
    ### END SOLUTION


# %% check-1
reference = "le petit chat voit un chien noir".split()
output = "le petit chat voit un noir chien".split()
thrice, twice = "le le le".split(), "le chat le".split()
properties = {
    "the worked sentence: 7/7, 4/6, 3/5 and 2/4": lambda f: np.allclose(
        [f([output], [reference], n) for n in (1, 2, 3, 4)], [1, 4 / 6, 3 / 5, 2 / 4]
    ),
    "a sentence against itself gets 1": lambda f: f([reference], [reference], 2) == 1,
    "'le le le' against 'le chat le' gets 2/3": lambda f: np.isclose(
        f([thrice], [twice], 1), 2 / 3
    ),
    "one word that the reference has: all right": lambda f: f([["un"]], [reference], 1) == 1,
    "what only the other sentence's reference has is wrong": lambda f: (
        f([["un"], ["le"]], [["le"], ["un"]], 1) == 0
    ),
    "two sentences: 7 + 2 of 7 + 3 words": lambda f: np.isclose(
        f([output, thrice], [reference, twice], 1), 9 / 10
    ),
}
probes = [
    lambda f: f([output], [reference], 2),
    lambda f: f([thrice], [twice], 1),
    lambda f: f([output, thrice], [reference, twice], 1),
    lambda f: f([["le", "le", "chien"]], [["le", "chat"]], 1),
    lambda f: f([["un"], ["le", "un"]], [["le"], ["un"]], 1),
]


# %% mistakes-1
def unclipped(outputs, references, n):
    """Your 'le le le' gets full marks. A group counts only as often as its reference has it."""
    pairs = list(zip(outputs, references, strict=True))
    right = sum(g in groups(r, n) for o, r in pairs for g in groups(o, n))
    return right / sum(len(groups(o, n)) for o in outputs)


def as_sets(outputs, references, n):
    """Sets forget how often a group stands: a word said three times counts once. Count instead."""
    mine = [set(groups(o, n)) for o in outputs]
    right = sum(len(m & set(groups(r, n))) for m, r in zip(mine, references, strict=True))
    return right / sum(map(len, mine))


def mean_of_shares(outputs, references, n):
    """You average one share a sentence. Add up all matches and all groups, then divide once."""
    pairs = zip(outputs, references, strict=True)
    return np.mean([precision([o], [r], n) for o, r in pairs])


def recall(outputs, references, n):
    """You divide by the groups of the references: that is the recall. Divide by the outputs'."""
    right = total = 0
    for output, reference in zip(outputs, references, strict=True):
        theirs = Counter(groups(reference, n))
        right += sum((Counter(groups(output, n)) & theirs).values())
        total += sum(theirs.values())
    return right / total


def places(outputs, references, n):
    """You compare place by place. A group counts wherever it stands in the reference."""
    right = total = 0
    for output, reference in zip(outputs, references, strict=True):
        mine, theirs = groups(output, n), groups(reference, n)
        right += sum(a == b for a, b in zip(mine, theirs, strict=False))
        total += len(mine)
    return right / total


def pooled(outputs, references, n):
    """You pool the references. A group counts only if the reference of its own sentence has it."""
    mine = Counter(g for output in outputs for g in groups(output, n))
    theirs = Counter(g for reference in references for g in groups(reference, n))
    return sum((mine & theirs).values()) / sum(mine.values())


def last_group_lost(outputs, references, n):
    """You lose the last group of each sentence: your range ends one too early."""
    cut = [[*words[:-1]] for words in outputs], [[*words[:-1]] for words in references]
    return precision(*cut, n) if sum(len(groups(o, n)) for o in cut[0]) else 0


def last_sentence(outputs, references, n):
    """Only the last sentence counts with you: your two sums begin anew at each one."""
    return precision(outputs[-1:], references[-1:], n)


def matches(outputs, references, n):
    """That is the number of matches. Asked is their share of all groups of the outputs."""
    return precision(outputs, references, n) * sum(len(groups(o, n)) for o in outputs)


def by_words(outputs, references, n):
    """You divide by the number of words. Asked is the share of the groups."""
    right = precision(outputs, references, n) * sum(len(groups(o, n)) for o in outputs)
    return right / sum(map(len, outputs))


# %% [markdown] say-1
# In one sentence: which output of one word has a precision of 1 for nearly every reference, and what does BLEU do against it?

# %% [markdown] sentence-1
# A single frequent word, such as *un*: it is all right and says nothing, so BLEU multiplies by a penalty for outputs that are shorter than their references.

# %% [markdown] task-2
# ## 2. The best that a narrow view allows
#
# A reader does not see an input `x`, only `view(x)`: its words in a bag, its last word, or nothing at all. Inputs that look alike must get one answer. How often can the best such reader be right?
#
# Write `best_accuracy(inputs, labels, view)`. By hand: the inputs *ab*, *ba*, *ba* have the labels 0, 1, 1. Who sees them in order gets 3 of 3. In a bag all three look alike, the most frequent label is 1, so 2 of 3 is the best.
#
# <details class="fold"><summary>A first hint</summary>
#
# Sort the inputs into groups that look alike. The best answer for a group is one label: which?
#
# </details>
# <details class="fold"><summary>A second hint</summary>
#
# A dictionary from `view(x)` to a `Counter` of labels. Each group adds its largest count; at the end divide by the number of all inputs.
#
# </details>


# %% answer-2
def best_accuracy(inputs, labels, view):
    """The largest share of labels that an answer made of view(x) alone can get right."""
    ### BEGIN SOLUTION
    seen = {}
    for x, label in zip(inputs, labels, strict=True):
        seen.setdefault(view(x), Counter())[label] += 1
    return sum(max(count.values()) for count in seen.values()) / len(labels)
    ### END SOLUTION


# %% check-2
words = ["aab", "aba", "baa", "abb", "bab", "bba", "aaa", "aab", "aab", "bbb"]
labels = [1, 0, 0, 1, 1, 1, 0, 0, 1, 1]


def whole(x):
    return x


def bag(x):
    return "".join(sorted(x))


def nothing(x):
    return 0


def runs(n):
    """What a bag of runs of n words sees."""
    return lambda x: tuple(sorted(Counter(groups(x, n)).items()))


filler = ("honestly", "honestly")
reviews = [
    (*filler, one, *filler, "but", *filler, other, *filler)
    for one, other in (("good", "bad"), ("bad", "good"))
]
properties = {
    "ab, ba, ba with 0, 1, 1: 1 in order and 2/3 in a bag": lambda f: (
        f(["ab", "ba", "ba"], [0, 1, 1], whole) == 1
        and np.isclose(f(["ab", "ba", "ba"], [0, 1, 1], bag), 2 / 3)
    ),
    "who sees nothing gets the share of the most frequent label": lambda f: np.isclose(
        f(words, labels, nothing), 0.6
    ),
    "who sees the bag gets 8 of 10": lambda f: np.isclose(f(words, labels, bag), 0.8),
    "who sees more never gets less": lambda f: (
        f(words, labels, whole) >= f(words, labels, bag) >= f(words, labels, nothing)
    ),
    "with a filler of two, runs of three words tell a half": lambda f: np.isclose(
        f(reviews, [0, 1], runs(3)), 0.5
    ),
    "and runs of four words tell all": lambda f: f(reviews, [0, 1], runs(4)) == 1,
}
probes = [
    lambda f: f(words, labels, bag),
    lambda f: f(words, labels, nothing),
    lambda f: f(words[::-1], labels[::-1], bag),
    lambda f: f(["ab", "ba", "ab", "ba"], [1, 0, 0, 0], bag),
]


# %% mistakes-2
def blind(inputs, labels, view):
    """You take one label for all. Each group of inputs that look alike has an answer of its own."""
    return max(Counter(labels).values()) / len(labels)


def groups_alike(inputs, labels, view):
    """You average over groups, so a group of one weighs as much as a group of ten."""
    seen = {}
    for x, label in zip(inputs, labels, strict=True):
        seen.setdefault(view(x), Counter())[label] += 1
    return np.mean([max(c.values()) / sum(c.values()) for c in seen.values()])


def first_seen(inputs, labels, view):
    """You give a group the label that came first. Take the one that it has most often."""
    seen = {}
    for x, label in zip(inputs, labels, strict=True):
        seen.setdefault(view(x), label)
    return sum(seen[view(x)] == y for x, y in zip(inputs, labels, strict=True)) / len(labels)


def last_seen(inputs, labels, view):
    """You overwrite: a group ends with the label that came last, not with its most frequent one."""
    seen = {view(x): label for x, label in zip(inputs, labels, strict=True)}
    return sum(seen[view(x)] == y for x, y in zip(inputs, labels, strict=True)) / len(labels)


def pure_groups(inputs, labels, view):
    """You count only groups with one label. In a mixed group the best answer is right now and then, too."""
    seen = {}
    for x, label in zip(inputs, labels, strict=True):
        seen.setdefault(view(x), []).append(label)
    return sum(len(g) for g in seen.values() if len(set(g)) == 1) / len(labels)


def rarest(inputs, labels, view):
    """You give each group its rarest label. The best answer is the most frequent one."""
    seen = {}
    for x, label in zip(inputs, labels, strict=True):
        seen.setdefault(view(x), Counter())[label] += 1
    return sum(min(count.values()) for count in seen.values()) / len(labels)


def number_right(inputs, labels, view):
    """That is how many are right. Asked is their share of all inputs."""
    return best_accuracy(inputs, labels, view) * len(labels)


def by_groups(inputs, labels, view):
    """You divide by the number of groups. Asked is a share of the inputs."""
    return best_accuracy(inputs, labels, view) * len(labels) / len({view(x) for x in inputs})


def whole_inputs(inputs, labels, view):
    """You look at the whole input. The reader sees view(x) only."""
    return best_accuracy(inputs, labels, lambda x: x)


# %% [markdown] say-2
# In one sentence: a network that sees a bag of words is right in 0.83 of the cases, and `best_accuracy` of the bag is 0.80 on the same texts. What do you look for?

# %% [markdown] sentence-2
# For a leak: no reader of the bag can be right more often than 0.80 on these texts, so the network sees something else.

# %% [markdown] task-3
# ## 3. Exchange the clauses
#
# A test for any classifier of reviews: exchange what stands before *but* with what stands behind it. The words stay, the meaning turns round.
#
# Write `exchange(words)`. In goes a list of words with exactly one *but*, out comes a new list. From *the food was great but the staff was bad* it makes *the staff was bad but the food was great*.
#
# <details class="fold"><summary>A first hint</summary>
#
# Three parts: before, *but*, behind. Only their order changes, not the order inside.
#
# </details>
# <details class="fold"><summary>A second hint</summary>
#
# `words.index("but")` says where to cut. `[*a, *b]` joins two lists.
#
# </details>


# %% answer-3
def exchange(words):
    """The clauses before and behind "but", exchanged."""
    ### BEGIN SOLUTION
    cut = words.index("but")
    return [*words[cut + 1 :], "but", *words[:cut]]
    ### END SOLUTION


# %% check-3
short = "the food was great but the staff was bad".split()
long = "mostly mostly good mostly mostly but mostly mostly not bad mostly mostly".split()


def as_numbers(words):
    """Words as numbers, so that they can be compared."""
    return [sorted({*short, *long}).index(word) for word in words]


properties = {
    "the food and the staff change places": lambda f: (
        f(short) == "the staff was bad but the food was great".split()
    ),
    "the words stay, each as often as before": lambda f: Counter(f(long)) == Counter(long),
    "twice exchanged is as before": lambda f: f(f(long)) == long,
    "with a filler of two, all runs of three words stay": lambda f: (
        Counter(groups(f(long), 3)) == Counter(groups(long, 3))
    ),
    "runs of four words do not": lambda f: Counter(groups(f(long), 4)) != Counter(groups(long, 4)),
}
probes = [lambda f: as_numbers(f(short)), lambda f: as_numbers(f(long))]


# %% mistakes-3
def turned(words):
    """You turn the whole sentence round. Inside a clause the words keep their order."""
    return words[::-1]


def lost(words):
    """The word but is gone. It stands between the clauses, before and after."""
    cut = words.index("but")
    return words[cut + 1 :] + words[:cut]


def dragged(words):
    """You cut beside the word but, so it went along with one clause. It stays in the middle."""
    cut = words.index("but")
    return words[cut:] + words[:cut]


def dragged_back(words):
    """You cut behind the word but, so it went to the end. It stays in the middle."""
    cut = words.index("but")
    return words[cut + 1 :] + words[: cut + 1]


def unchanged(words):
    """Your words come back as they went in. The clauses change places."""
    return list(words)


def first_word_lost(words):
    """You lose the first word behind but."""
    cut = words.index("but")
    return [*words[cut + 2 :], "but", *words[:cut]]


def last_word_lost(words):
    """You lose the last word before but: a slice ends before its second number."""
    cut = words.index("but")
    return [*words[cut + 1 :], "but", *words[: cut - 1]]


# %% [markdown] say-3
# In one sentence: you exchange the clauses of 100 reviews, and a classifier changes none of its answers. What do you know about it?

# %% [markdown] sentence-3
# Either it does not see the order around *but*, or it does not use it: it may be right on the originals for another reason, but not for the right one.
