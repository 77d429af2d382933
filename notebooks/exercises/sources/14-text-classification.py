# %% [markdown] title
# # Exercises: text classification
#
# about 45 minutes, and seconds on two cores
#
# Words that vote, a score that does not forget rare classes, and an interval for a difference.

# %% [markdown] task-1
# ## 1. Words that vote
#
# Each word has a row of votes, one number for each of $K$ classes: `votes`, of shape $(V, K)$. A text is a list of word numbers; one that stands in it twice counts once. Its scores are the sum of its words' rows, the softmax makes chances of them.
#
# To learn from a text of class `label`, each vote of its words moves by `rate` times (what should be $-$ chance): 1 for the right class and 0 for the others, less the chance.
#
# Write `learned(votes, words, label, rate)`: the votes after one text.
#
# By hand: three classes, all votes 0, so each chance is $\tfrac13$. With a rate of 1, the votes of the text's words for the right class become $\tfrac23$, for the others $-\tfrac13$.
#
# <details class="fold"><summary>A first hint</summary>
#
# First the chances, from the votes as they are. Then one row of $K$ numbers, the same for all words of the text.
#
# </details>
# <details class="fold"><summary>A second hint</summary>
#
# Work on a copy of `votes`. `list(set(words))` takes each word once.
#
# </details>

# %% answer-1
def learned(votes, words, label, rate):
    """The votes after learning from one text, (V, K)."""
    ### BEGIN SOLUTION
    words = list(set(words))
    scores = votes[words].sum(0)
    chances = np.exp(scores - scores.max())
    chances = chances / chances.sum()
    new = votes.copy()
    new[words] += rate * (np.eye(votes.shape[1])[label] - chances)
    return new
    ### END SOLUTION


# %% check-1
none = np.zeros((5, 3))
rng = np.random.default_rng(141)
votes = rng.standard_normal((5, 3))
own = np.array([[0.1, 0.4, -0.2, 0], [1, 0, 2, 0.5], [-0.3, 0.2, 0.6, 0.1]])


def _chance(votes, words, label):
    scores = votes[words].sum(0)
    return np.exp(scores[label]) / np.exp(scores).sum()


properties = {
    "from zero, by hand: 2/3, -1/3, -1/3": lambda f: np.allclose(
        f(none, [0, 2, 4], 0, 1.0)[[0, 2, 4]], [2 / 3, -1 / 3, -1 / 3]
    ),
    "a tenth of the rate, a tenth of the step": lambda f: np.allclose(
        f(none, [0, 2], 0, 0.1)[0], [0.2 / 3, -0.1 / 3, -0.1 / 3]
    ),
    "two words with ln 2 each make a chance of 4/6": lambda f: np.allclose(
        f(np.add(none, [np.log(2), 0, 0]), [0, 2], 0, 1.0)[0], [np.log(2) + 2 / 6, -1 / 6, -1 / 6]
    ),
    "four classes, three words with their own votes": lambda f: np.allclose(
        f(own, [0, 1, 2], 3, 0.5) - own,
        [0.5 * ((k == 3) - _chance(own, [0, 1, 2], k)) for k in range(4)],
    ),
    "other words keep their votes": lambda f: np.allclose(
        f(votes, [0, 2], 1, 0.5)[[1, 3, 4]], votes[[1, 3, 4]]
    ),
    "the right class becomes likelier": lambda f: (
        _chance(f(votes, [0, 2], 1, 0.1), [0, 2], 1) > _chance(votes, [0, 2], 1)
    ),
    "what a word gains in one class it loses in the others": lambda f: np.allclose(
        f(votes, [0, 2], 1, 0.5).sum(1), votes.sum(1)
    ),
    "after many rounds the chance is nearly 1": lambda f: _chance(_rounds(f), [0, 2], 1) > 0.95,
    "a word said twice is counted once": lambda f: np.allclose(
        f(votes, [0, 2, 2], 1, 0.5), f(votes, [0, 2], 1, 0.5)
    ),
}


def _rounds(f):
    """The votes after learning from one text fifty times."""
    now = votes
    for _ in range(50):
        now = f(now, [0, 2], 1, 0.5)
    return now


probes = [
    lambda f: f(none, [0, 2], 0, 1.0),
    lambda f: f(votes, [0, 2], 1, 0.5),
    lambda f: f(votes, [1, 1], 0, 0.5),
]


# %% mistakes-1
def unlearned(votes, words, label, rate):
    """You move the wrong way: the right class becomes less likely. What should be, less the chance."""
    return 2 * votes - learned(votes, words, label, rate)


def right_one_only(votes, words, label, rate):
    """You move the right class only. The others shall be 0, so they lose their chances."""
    new = votes.copy()
    new[list(set(words)), label] = learned(votes, words, label, rate)[list(set(words)), label]
    return new


def all_words(votes, words, label, rate):
    """Every word of the table moves. Only those of the text have voted."""
    return votes + (learned(votes, words, label, rate) - votes)[words[0]]


def no_rate(votes, words, label, rate):
    """Your step does not depend on the rate."""
    return learned(votes, words, label, 1.0)


def each_alone(votes, words, label, rate):
    """You ask each word for its own chances. The text has one row of chances, of the sum."""
    new = votes.copy()
    for word in set(words):
        new[word] = learned(votes, [word], label, rate)[word]
    return new


def twice(votes, words, label, rate):
    """A word said twice votes twice with you. Here each is counted once."""
    scores = votes[words].sum(0)
    chances = np.exp(scores) / np.exp(scores).sum()
    new = votes.copy()
    np.add.at(new, words, rate * (np.eye(votes.shape[1])[label] - chances))
    return new


def moved(votes, words, step, chances=lambda s: np.exp(s) / np.exp(s).sum()):
    new, words = votes.copy(), list(set(words))
    new[words] += step(chances(votes[words].sum(0)), words)
    return new


def wanted(votes, label):
    return np.eye(votes.shape[1])[label]


def mean_of_rows(votes, words, label, rate):
    """Your scores are a mean of the rows. They are their sum."""
    return moved(
        votes,
        words,
        lambda c, w: rate * (wanted(votes, label) - c),
        lambda s: np.exp(s / len(set(words))) / np.exp(s / len(set(words))).sum(),
    )


def no_softmax(votes, words, label, rate):
    """You subtract the scores. Subtract the chances, which the softmax makes of them."""
    return moved(votes, words, lambda c, w: rate * (wanted(votes, label) - c), lambda s: s)


def always_whole(votes, words, label, rate):
    """You add the whole rate, however likely the class already is. Subtract the chance."""
    return moved(votes, words, lambda c, w: rate * wanted(votes, label))


def shared(votes, words, label, rate):
    """You share the step among the words. Each of them moves by all of it."""
    return moved(votes, words, lambda c, w: rate * (wanted(votes, label) - c) / len(w))


def the_step(votes, words, label, rate):
    """That is the change alone. Asked are the votes after it."""
    return learned(votes, words, label, rate) - votes


def only_if_wrong(votes, words, label, rate):
    """You learn only where the likeliest class is wrong. Each text moves the votes a little."""
    right = votes[list(set(words))].sum(0).argmax() == label
    return votes if right else learned(votes, words, label, rate)


def each_for_itself(votes, words, label, rate):
    """You take a sigmoid of each score. The chances of all classes add up to 1: softmax."""
    return moved(
        votes,
        words,
        lambda c, w: rate * (wanted(votes, label) - c),
        lambda s: 1 / (1 + np.exp(-s)),
    )


# %% [markdown] say-1
# In one sentence: *is* stands in questions of all classes. What happens to its votes while it learns?

# %% [markdown] sentence-1
# Each class pulls them its own way and they end near zero, so *is* decides nothing.

# %% [markdown] task-2
# ## 2. Rare classes count
#
# Of 100 questions two ask for an abbreviation. A program that never says so has 98 right. So give each class its own share, and average these.
#
# Write `mean_of_classes(truth, guess, K)`: for each of the classes 0 to $K - 1$ that occur in `truth`, the share of its cases that is guessed right; then the mean over these classes. Both arrays have the shape $(n,)$.
#
# By hand: the truth is 0, 0, 0, 1 and the guess always 0. The classes have $3/3$ and $0/1$, so the mean is one half, where the accuracy says $\tfrac34$.
#
# <details class="fold"><summary>A first hint</summary>
#
# For one class: look only at the places where the truth is that class.
#
# </details>
# <details class="fold"><summary>A second hint</summary>
#
# `(guess[truth == k] == k).mean()`. A class that never occurs has no share: leave it out.
#
# </details>


# %% answer-2
def mean_of_classes(truth, guess, K):
    """The mean over classes of the share of each class that is guessed right."""
    ### BEGIN SOLUTION
    return np.mean([(guess[truth == k] == k).mean() for k in range(K) if (truth == k).any()])
    ### END SOLUTION


# %% check-2
rng = np.random.default_rng(147)
truth, guess = rng.choice(4, 60, p=[0.6, 0.2, 0.15, 0.05]), rng.integers(0, 4, 60)
properties = {
    "0, 0, 0, 1 and always 0: one half": lambda f: np.isclose(
        f(np.array([0, 0, 0, 1]), np.zeros(4, int), 2), 0.5
    ),
    "all right: 1": lambda f: f(truth, truth, 4) == 1,
    "0, 0, 0, 0, 1, 1 guessed as 0, 0, 0, 1, 1, 0: 3/4 and 1/2, so 0.625": lambda f: np.isclose(
        f(np.array([0, 0, 0, 0, 1, 1]), np.array([0, 0, 0, 1, 1, 0]), 2), 0.625
    ),
    "0, 0, 2, 2 guessed as 0, 1, 2, 2: class 1 does not occur, so 0.75": lambda f: np.isclose(
        f(np.array([0, 0, 2, 2]), np.array([0, 1, 2, 2]), 3), 0.75
    ),
    "who always says one class gets one of K": lambda f: np.isclose(
        f(truth, np.full(60, 2), 4), 1 / 4
    ),
    "each case of one class three times: nothing changes": lambda f: np.isclose(
        f(
            np.append(truth, np.repeat(truth[truth == 3], 2)),
            np.append(guess, np.repeat(guess[truth == 3], 2)),
            4,
        ),
        f(truth, guess, 4),
    ),
    "a class that does not occur is left out": lambda f: np.isclose(
        f(truth, guess, 9), f(truth, guess, 4)
    ),
}
probes = [lambda f: f(truth, guess, 4), lambda f: f(truth, guess, 9)]
probes += [lambda f: f(np.array([0, 0, 0, 1]), np.array([0, 0, 1, 0]), 2)]


# %% mistakes-2
def accuracy(truth, guess, K):
    """That is the share of all cases: frequent classes decide. First a share for each class."""
    return (truth == guess).mean()


def of_the_guesses(truth, guess, K):
    """You ask how many guesses of a class were right. Asked is how many of its cases were found."""
    return mean_of_classes(guess, truth, K)


def empty_is_zero(truth, guess, K):
    """A class that never occurs counts as 0 in your mean. Leave it out."""
    return mean_of_classes(truth, guess, K) * len(set(truth.tolist())) / K


def weighted(truth, guess, K):
    """You weigh classes by their frequency, and that is the accuracy again. All weigh alike."""
    shares = [
        (guess[truth == k] == k).mean() * (truth == k).sum() for k in range(K) if (truth == k).any()
    ]
    return np.sum(shares) / len(truth) + 1e-2 * (K > 4)


def with_the_others(truth, guess, K):
    """You also count cases that are rightly not given a class: then all classes look good."""
    return np.mean([((guess == k) == (truth == k)).mean() for k in range(K)])


def sum_of_shares(truth, guess, K):
    """You add the shares up. Asked is their mean."""
    return mean_of_classes(truth, guess, K) * len({*truth.tolist()})


def last_class_lost(truth, guess, K):
    """You lose the last class: the classes go from 0 to K - 1, and range(K) has them all."""
    keep = truth < K - 1
    return mean_of_classes(truth[keep], guess[keep], K)


def first_class_lost(truth, guess, K):
    """You lose class 0. The classes count from 0."""
    return mean_of_classes(truth[truth > 0], guess[truth > 0], K)


def share_of_all(truth, guess, K):
    """You divide each class by all cases. Divide by its own."""
    return (truth == guess).mean() / len({*truth.tolist()})


def worst(truth, guess, K):
    """That is the share of the worst class. Asked is the mean of all."""
    return min((guess[truth == k] == k).mean() for k in {*truth.tolist()})


def with_precision(truth, guess, K):
    """That is a mean of F1 scores. Asked is the share of each class that was found, no more."""
    found = [
        2 * ((guess == k) & (truth == k)).sum() / ((guess == k).sum() + (truth == k).sum())
        for k in {*truth.tolist()}
    ]
    return np.mean(found)


def without_a_hit(truth, guess, K):
    """You leave out a class without a hit. Its share is 0, and it counts."""
    shares = [(guess[truth == k] == k).mean() for k in {*truth.tolist()}]
    return np.mean([share for share in shares if share])


def nothing_by_nothing(truth, guess, K):
    """A class that never occurs gives you 0 / 0. Leave it out."""
    return mean_of_classes(truth, guess, K) if K <= truth.max() + 1 else np.nan


# %% [markdown] say-2
# In one sentence: when would you still report the accuracy?

# %% [markdown] sentence-2
# When every case costs the same, whatever its class, as for a service that is paid by the question; report both, and the shares of the classes.

# %% [markdown] task-3
# ## 3. An interval for a difference
#
# Two programs answered the same `n` questions. `a` and `b` hold 1 for right and 0 for wrong, each $(n,)$. How sure is the difference of their accuracies?
#
# Write `interval(a, b, draws)`: the mean of `a - b` on each of many samples, and of these the 2.5th and the 97.5th percentile. `draws`, of shape $(m, n)$, holds the samples: row $j$ has the numbers of the `n` questions that sample $j$ drew, some twice, some not at all.
#
# By hand: `a = [1, 1, 0, 1]`, `b = [0, 1, 0, 1]`, a sample `[0, 0, 2, 3]`: the differences are 1, 1, 0, 0, the mean is one half.
#
# <details class="fold"><summary>A first hint</summary>
#
# Both programs answered the *same* questions, so a sample of questions is a sample for both at once.
#
# </details>
# <details class="fold"><summary>A second hint</summary>
#
# `(a - b)[draws]` has the shape of `draws`. `np.percentile(..., [2.5, 97.5])` gives both ends.
#
# </details>


# %% answer-3
def interval(a, b, draws):
    """The 2.5th and 97.5th percentile of the mean difference over samples of the questions."""
    ### BEGIN SOLUTION
    return np.percentile((a - b)[draws].mean(1), [2.5, 97.5])
    ### END SOLUTION


# %% check-3
rng = np.random.default_rng(143)
hard = rng.random(201)
a, b = (hard < 0.80).astype(int), (hard < 0.74).astype(int)
draws = rng.integers(0, 201, (1000, 201))
properties = {
    "four questions by hand": lambda f: np.allclose(
        f(np.array([1, 1, 0, 1]), np.array([0, 1, 0, 1]), np.array([[0, 0, 2, 3]] * 9)), 0.5
    ),
    "samples with 0, 0.01, ... 1: the ends are 0.025 and 0.975": lambda f: np.allclose(
        f(np.array([1, 0]), np.array([0, 0]), np.tri(101, 100, -1, int) ^ 1), [0.025, 0.975]
    ),
    "two numbers, the lower first": lambda f: (
        np.shape(f(a, b, draws)) == (2,) and f(a, b, draws)[0] <= f(a, b, draws)[1]
    ),
    "a program against itself: no difference at all": lambda f: np.allclose(f(a, a, draws), 0),
    "exchanged, the ends change sides and signs": lambda f: np.allclose(
        f(b, a, draws), -np.asarray(f(a, b, draws))[::-1]
    ),
    "the observed difference lies inside": lambda f: (
        f(a, b, draws)[0] < (a - b).mean() < f(a, b, draws)[1]
    ),
    "who is right wherever the other is, and more, is ahead": lambda f: f(a, b, draws)[0] > 0,
}
probes = [lambda f: f(a, b, draws)]


# %% mistakes-3
def apart(a, b, draws):
    """You draw for each program by itself, and forget that both had the same questions."""
    return np.percentile(a[draws].mean(1) - b[draws[::-1]].mean(1), [2.5, 97.5])


def two_intervals(a, b, draws):
    """You subtract the ends of two intervals. Take the difference in each sample, then the ends."""
    ends = [np.percentile(s[draws].mean(1), [2.5, 97.5]) for s in (a, b)]
    return ends[0] - ends[1]


def of_single_cases(a, b, draws):
    """Those are percentiles of single differences. First a mean for each sample."""
    return np.percentile((a - b)[draws], [2.5, 97.5])


def over_samples(a, b, draws):
    """You average over the samples. One mean for each sample: over the questions, its second axis."""
    return np.percentile((a - b)[draws].mean(0), [2.5, 97.5])


def ninety(a, b, draws):
    """You cut off 5 in 100 at each end: that leaves 90. For 95 cut off 2.5."""
    return np.percentile((a - b)[draws].mean(1), [5, 95])


def fractions(a, b, draws):
    """np.percentile counts in hundreds: 0.025 is not two and a half per cent."""
    return np.percentile((a - b)[draws].mean(1), [0.025, 0.975])


def other_way(a, b, draws):
    """You subtract the other way round. Asked is a less b."""
    return interval(b, a, draws)


def upper_first(a, b, draws):
    """You return the upper end first."""
    return interval(a, b, draws)[::-1]


def from_spread(a, b, draws):
    """You go two standard deviations to each side. Asked are percentiles of the samples themselves."""
    means = (a - b)[draws].mean(1)
    return means.mean() + 1.96 * means.std() * np.array([-1, 1])


def all_of_them(a, b, draws):
    """You take the smallest and the largest of all samples. Cut off 2.5 in 100 at each end."""
    means = (a - b)[draws].mean(1)
    return np.array([means.min(), means.max()])


def one_program(a, b, draws):
    """That is the interval of the first program. Asked is that of the difference."""
    return interval(a, 0 * b, draws)


def quarters(a, b, draws):
    """You cut off a quarter at each end. 2.5 in 100 is less than that."""
    return np.percentile((a - b)[draws].mean(1), [25, 75])


def no_repeats(a, b, draws):
    """A question that a sample drew twice counts once with you. It counts twice."""
    return np.percentile([(a - b)[np.unique(row)].mean() for row in draws], [2.5, 97.5])


# %% [markdown] say-3
# In one sentence: an interval reaches from $-0.01$ to $0.03$. What may you write?

# %% [markdown] sentence-3
# No difference found on these questions; anything from a loss of one to a gain of three in a hundred agrees with them, so it is no proof that the two are equal.
