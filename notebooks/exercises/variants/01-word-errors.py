# %% [markdown] title
# # Graded exercise: word errors
#
# Chapter 1 · about 30 minutes
#
# How much must be mended in what a machine wrote down?

# %% [markdown] task-1
# ## Word error rate
#
# An edit strikes out a word, puts one in, or replaces one by another. The word error rate of many sentences is the number of edits that make the references out of the outputs, with as few edits as possible in each sentence, divided by the number of words of all references.
#
# Write `error_rate(outputs, references)`. In go two lists of equally many sentences, each a list of words; out comes one number.
#
# By hand: from *le petit chat dort* to *le chat noir dort* two edits are enough: strike out *petit*, put in *noir*. The reference has four words, so $0.5$. Sentences may have hundreds of words.

# %% answer-1
def error_rate(outputs, references):
    """The fewest edits from outputs to references, a word of the references."""
    ### BEGIN SOLUTION
    ### END SOLUTION


# %% check-1
def cases(rng):
    def text(n):
        return ["abcd"[i] for i in rng.integers(0, 4, n)]

    def mended(n):
        """A text of n different words, and it with one struck out and two replaced: three edits."""
        words = [f"word{i}" for i in rng.permutation(n)]
        out, *new = rng.choice(n, 3, replace=False)
        changed = ["new" if i in new else word for i, word in enumerate(words) if i != out]
        return changed, words

    short, long, other = text(4), text(6), text(5)
    changed, words = mended(7)
    cut = int(rng.integers(90, 110))
    many = [f"word{i}" for i in range(200)]
    fewer = [*many[:cut], "new", "newer", *many[cut + 4 :]]
    properties = {
        "le petit chat dort, le chat noir dort: 0.5": lambda f: np.isclose(
            f(["le petit chat dort".split()], ["le chat noir dort".split()]), 0.5
        ),
        "a text against itself: 0": lambda f: f([long, short], [long, short]) == 0,
        "against nothing every word is missing: 1": lambda f: f([[]], [long]) == 1,
        "one struck out, two replaced: three edits": lambda f: np.isclose(
            7 * f([changed], [words]), 3
        ),
        "the first word put last: two edits": lambda f: np.isclose(
            7 * f([words[1:] + words[:1]], [words]), 2
        ),
        "the way back has as many edits": lambda f: np.isclose(
            6 * f([short], [long]), 4 * f([long], [short])
        ),
        "no detour is shorter": lambda f: (
            6 * f([short], [long]) <= 5 * f([short], [other]) + 6 * f([other], [long]) + 1e-9
        ),
        "three sentences: all edits by all words": lambda f: np.isclose(
            (7 + 6 + 5) * f([changed, short, long], [words, long, other]),
            7 * f([changed], [words]) + 6 * f([short], [long]) + 5 * f([long], [other]),
        ),
        "two hundred words: four edits": lambda f: np.isclose(200 * f([fewer], [many]), 4),
    }
    probes = [
        lambda f: f([changed], [words]),
        lambda f: f([words[1:] + words[:1]], [words]),
        lambda f: f([changed, words[:2]], [words, words]),
    ]
    return properties, probes


# %% oracle-1
from collections import Counter
from itertools import combinations


def edits(a, b, replaced=1):
    """Tries every way to lay one text over the other, once equal ends are cut off."""
    while a and b and a[0] == b[0]:
        a, b = a[1:], b[1:]
    while a and b and a[-1] == b[-1]:
        a, b = a[:-1], b[:-1]
    return min(
        len(a) + len(b) - 2 * k + sum(replaced for x, y in zip(p, q, strict=True) if x != y)
        for k in range(min(len(a), len(b)) + 1)
        for p in combinations(a, k)
        for q in combinations(b, k)
    )


def rate(outputs, references, count=edits):
    return sum(map(count, outputs, references)) / sum(map(len, references))


def error_rate(outputs, references):
    return rate(outputs, references)


# %% mistakes-1
def mean_of_rates(outputs, references):
    """You average one rate a sentence. Add up all edits and all words, then divide once."""
    return np.mean([rate([o], [r]) for o, r in zip(outputs, references, strict=True)])


def by_the_outputs(outputs, references):
    """You divide by the words of the outputs. Divide by those of the references."""
    return rate(outputs, references) * sum(map(len, references)) / max(1, sum(map(len, outputs)))


def place_by_place(outputs, references):
    """You compare place by place: after one missing word all others count as wrong."""

    def count(a, b):
        return abs(len(a) - len(b)) + sum(x != y for x, y in zip(a, b, strict=False))

    return rate(outputs, references, count)


def replacing_costs_two(outputs, references):
    """With you a word replaced costs two edits, one struck out and one put in. It is one."""
    return rate(outputs, references, lambda a, b: edits(a, b, 2))


def bags(outputs, references):
    """You compare bags: to you a word in another place is no error."""
    return rate(
        outputs,
        references,
        lambda a, b: max(len(a), len(b)) - (Counter(a) & Counter(b)).total(),
    )


# %% [markdown] say-1
# In one sentence: can the rate be above 1, and what does a system do that reaches 3?
