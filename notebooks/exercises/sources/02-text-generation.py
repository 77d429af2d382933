# %% [markdown] title
# # Exercises: text generation
#
# about 50 minutes, and seconds on two cores
#
# The price of a text, the floor of a source, and a nucleus to draw from.

# %% [markdown] task-1
# ## 1. Bits a symbol
#
# A model is a function: `model(past)` takes the list of symbols so far and returns $V$ probabilities, one for each symbol that may come next. Symbols are numbers from 0 to $V - 1$.
#
# Write `bits(model, text)`: the mean of $-\log_2 p(x_t \mid x_{<t})$ over all symbols of `text`. The first symbol is asked for with an empty past.
#
# By hand: four equal chances cost 2 bits a symbol. Probabilities of $\tfrac12$ and $\tfrac18$ cost 1 and 3, in the mean 2.
#
# <details class="fold"><summary>A first hint</summary>
#
# At place `t` the model may know what came *before* `t`. Ask it, and look up the probability of the symbol that stands there.
#
# </details>
# <details class="fold"><summary>A second hint</summary>
#
# One price for each place, `-np.log2(...)` of one entry of `model(text[:t])`; then the mean of the prices.
#
# </details>

# %% answer-1
def bits(model, text):
    """The mean price of a symbol, in bits."""
    ### BEGIN SOLUTION
    return np.mean([-np.log2(model(text[:t])[text[t]]) for t in range(len(text))])
    ### END SOLUTION


# %% check-1
THE, CAT, SAW, DOG = range(4)
text = [THE, CAT, SAW, THE, DOG]


def _alike_all(past):
    return np.full(4, 0.25)


def _by_last_word(past):
    """The table of the cat and the dog."""
    if not len(past):
        return np.array([1.0, 0, 0, 0])
    return {THE: [0, 0.5, 0, 0.5], CAT: [0, 0, 1, 0], SAW: [1, 0, 0, 0]}.get(past[-1], [0.25] * 4)


def _says_it_again(past):
    """Bets on the word that it has read last."""
    return np.full(4, 0.25) if not len(past) else np.where(np.arange(4) == past[-1], 0.7, 0.1)


def _by_length(past):
    """Is less sure of all words, the more it has read."""
    return np.full(4, 0.25) / (1 + len(past))


def _asked(f):
    """How long the pasts were that a model was asked with."""
    lengths = []
    f(lambda past: lengths.append(len(past)) or np.full(4, 0.25), text)
    return lengths


properties = {
    "four equal chances cost 2 bits": lambda f: np.isclose(f(_alike_all, text), 2),
    "the table of the cat and the dog pays 0.4 bits a word": lambda f: np.isclose(
        f(_by_last_word, text), 0.4
    ),
    "the model is asked with 0, 1, 2, 3 and 4 words of the past": lambda f: (
        _asked(f) == [0, 1, 2, 3, 4]
    ),
    "a model that bets on the same word again pays for it": lambda f: np.isclose(
        5 * f(_says_it_again, text), 2 + 4 * -np.log2(0.1)
    ),
    "a symbol with a chance of 0 costs infinity": lambda f: np.isinf(f(_by_last_word, [THE, SAW])),
    "2,000 symbols with four equal chances: 2 bits": lambda f: np.isclose(
        f(_alike_all, 400 * text), 2
    ),
}
probes = [lambda f: f(_alike_all, text), lambda f: f(_by_last_word, text)]
probes += [lambda f: f(_says_it_again, text), lambda f: f(_by_length, text)]


# %% mistakes-1
def nats(model, text):
    """These are nats: four equal chances cost 1.386 of them. A bit needs another logarithm."""
    return np.mean([-np.log(model(text[:t])[text[t]]) for t in range(len(text))])


def leak(model, text):
    """Your model has already read the symbol that it is asked for. End its past one earlier."""
    return np.mean([-np.log2(model(text[: t + 1])[text[t]]) for t in range(len(text))])


def of_the_mean(model, text):
    """You average the probabilities and take one logarithm. Average the prices: surprises cost."""
    return -np.log2(np.mean([model(text[:t])[text[t]] for t in range(len(text))]))


def total(model, text):
    """That is the price of the whole text. Asked is the price of a symbol, in the mean."""
    return np.sum([-np.log2(model(text[:t])[text[t]]) for t in range(len(text))])


def second_on(model, text):
    """You leave out the first symbol. It is asked for too, with an empty past."""
    return np.mean([-np.log2(model(text[:t])[text[t]]) for t in range(1, len(text))])


def last_word_only(model, text):
    """Your model is told the last symbol only. Its past is all that came before."""
    return np.mean([-np.log2(model(text[max(t - 1, 0) : t])[text[t]]) for t in range(len(text))])


def past_too_short(model, text):
    """The past that you hand to the model lacks its last symbol: end it one later."""
    return np.mean([-np.log2(model(text[: max(t - 1, 0)])[text[t]]) for t in range(len(text))])


def probability(model, text):
    """That is the mean probability. A price is the logarithm of one, with a minus."""
    return np.mean([model(text[:t])[text[t]] for t in range(len(text))])


def expected(model, text):
    """That is the entropy of what the model says. Asked is the price of the symbol that stands there."""
    rows = [np.asarray(model(text[:t])) for t in range(len(text))]
    return np.mean([-(p * np.log2(np.maximum(p, 1e-12))).sum() for p in rows])


def perplexity(model, text):
    """That is the perplexity, 2 to the power of the price. Asked is the price."""
    return 2 ** bits(model, text)


# %% [markdown] say-1
# In one sentence: a model of words pays 8 bits a word, one of letters 1.9 bits a letter. What do you need to compare them?

# %% [markdown] sentence-1
# The number of letters a word in this text (blanks included): divide the 8 bits by it, and compare bits a letter.

# %% [markdown] task-2
# ## 2. The floor of a source
#
# A Markov source draws each symbol by the last one alone: row $i$ of `P`, of shape $(V, V)$, holds the chances of what follows symbol $i$. The least that any reader can pay on average is the **entropy rate**. It averages the entropies of the rows, $-\sum_j P_{ij} \log_2 P_{ij}$, and each row weighs as much as the share of time that the source spends at symbol $i$.
#
# Write `entropy_rate(P)`, in bits. A chance of 0 costs nothing.
#
# By hand: `P = [[0.5, 0.5], [1, 0]]`. Row 0 has an entropy of 1 bit, row 1 of 0. The source is at 0 for two thirds of the time (each 1 is followed by a 0, each 0 by either). So the rate is $\tfrac23$.
#
# <details class="fold"><summary>A first hint</summary>
#
# Let $s$ be the row of shares. One step later they are the same: $s P = s$, and they add up to 1.
#
# </details>
# <details class="fold"><summary>A second hint</summary>
#
# Solve that with `np.linalg.lstsq`: stack `P.T - np.eye(V)` upon a row of ones. Or multiply any start by `P` again and again. Go a thousand steps first, then take the mean over the next 600: a source that goes round in a ring never comes to rest.
#
# </details>


# %% answer-2
def entropy_rate(P):
    """Bits a symbol that the best reader of a Markov source pays, on average."""
    ### BEGIN SOLUTION
    V = len(P)
    equations = np.vstack([P.T - np.eye(V), np.ones(V)])
    share = np.linalg.lstsq(equations, np.append(np.zeros(V), 1), rcond=None)[0]
    price = -np.where(P > 0, P * np.log2(np.where(P > 0, P, 1)), 0).sum(1)
    return share @ price
    ### END SOLUTION


# %% check-2
P = np.array([[0.9, 0.1, 0], [0.5, 0.25, 0.25], [0.1, 0.3, 0.6]])
ring, alone = np.eye(3)[[1, 2, 0]], np.tile([0.5, 0.25, 0.25], (3, 1))
half = np.array([[0.5, 0.5], [1, 0]])
there_and_back = np.array([[0, 0.5, 0.5], [1, 0, 0], [1, 0, 0]])


def _measured():
    """What the source's own chances pay on 40 000 symbols that it drew."""
    rng, ends, now, price = np.random.default_rng(1), P.cumsum(1), 0, 0
    for draw in rng.random(40_000):
        new = int(np.searchsorted(ends[now], draw))
        price -= np.log2(P[now, new])
        now = new
    return price / 40_000


properties = {
    "the source worked by hand: 2/3 of a bit": lambda f: np.isclose(f(half), 2 / 3),
    "a ring never surprises: 0": lambda f: np.isclose(f(ring), 0),
    "0 goes to 1 or 2, and these go back to 0: half a bit": lambda f: np.isclose(
        f(there_and_back), 0.5
    ),
    "symbols that do not look back: 1.5 bits": lambda f: np.isclose(f(alone), 1.5),
    "other names for the symbols change nothing": lambda f: np.isclose(
        f(P), f(P[[2, 0, 1]][:, [2, 0, 1]])
    ),
    "on 40 000 symbols the source's own chances pay as much": lambda f: (
        abs(f(P) - _measured()) < 0.02
    ),
}
probes = [lambda f: f(P), lambda f: f(half), lambda f: f(alone)]


# %% mistakes-2
def equal_shares(P):
    """You weigh all rows alike. The source is at some symbols more often than at others."""
    return -np.where(P > 0, P * np.log2(np.where(P > 0, P, 1)), 0).sum(1).mean()


def no_context(P):
    """That is the entropy of a symbol for a reader without context. Yours knows the last one."""
    power = np.linalg.matrix_power(P, 500)[0]
    return -np.sum(np.where(power > 0, power * np.log2(np.where(power > 0, power, 1)), 0))


def in_nats(P):
    """These are nats. Divide by the natural logarithm of 2."""
    return entropy_rate(P) * np.log(2)


def columns(P):
    """You add up the columns. What follows symbol i stands in row i."""
    share = np.linalg.matrix_power(P, 500)[0]
    return share @ -np.where(P > 0, P * np.log2(np.where(P > 0, P, 1)), 0).sum(0)


def zeros(P):
    """A chance of 0 gives 0 times minus infinity, which is nan. It costs nothing: leave it out."""
    share = np.linalg.matrix_power(P, 500)[0]
    return share @ -(P * np.log2(P)).sum(1)


def sum_of_rows(P):
    """You add up the entropies of the rows. Asked is their mean, weighted by time."""
    price = -np.where(P > 0, P * np.log2(np.where(P > 0, P, 1)), 0).sum(1)
    return price.sum()


def first_row(P):
    """That is the entropy of row 0 alone. The source is at other symbols, too."""
    price = -np.where(P > 0, P * np.log2(np.where(P > 0, P, 1)), 0).sum(1)
    return price[0]


def column_means(P):
    """Your shares are the means of the columns: as if all rows were equally frequent. Time is spent otherwise."""
    price = -np.where(P > 0, P * np.log2(np.where(P > 0, P, 1)), 0).sum(1)
    return P.mean(0) @ price


def shares_too_large(P):
    """Your shares of time do not add up to 1. An eigenvector may have any length."""
    price = -np.where(P > 0, P * np.log2(np.where(P > 0, P, 1)), 0).sum(1)
    values, vectors = np.linalg.eig(P.T)
    return np.abs(vectors[:, np.argmax(values.real)].real) @ price


# %% [markdown] say-2
# In one sentence: a network pays 3.0 bits on held-out text of a source whose entropy rate is 3.2. What has happened?

# %% [markdown] sentence-2
# Nothing honest: on average nobody pays less than the entropy rate, so look for a leak, a test on training text, a wrong logarithm or a very small sample.

# %% [markdown] task-3
# ## 3. A nucleus
#
# A nucleus keeps the likeliest symbols until together they hold a share, and drops the rest. What is kept is divided by its sum. Of equally likely symbols any may stay.
#
# Write `nucleus(p, share)`. In goes an array of $V$ probabilities (they need not be sorted) and a share between 0 and 1; out comes an array of $V$ probabilities in the same order.
#
# By hand: $p = (0.1, 0.5, 0.25, 0.15)$ and a share of 0.7. The likeliest has 0.5, too little; with the next it is 0.75, enough. So the result is $(0, \tfrac23, \tfrac13, 0)$.
#
# <details class="fold"><summary>A first hint</summary>
#
# Sort from the likeliest to the least likely and add up. The symbol with which the sum reaches the share still belongs to the nucleus.
#
# </details>
# <details class="fold"><summary>A second hint</summary>
#
# `order = np.argsort(-p)`; keep those whose sum of all *before* them is below the share. Put them back at their own places in an array of zeros.
#
# </details>


# %% answer-3
def nucleus(p, share):
    """The likeliest symbols that together hold a share, as probabilities; 0 for the others."""
    ### BEGIN SOLUTION
    order = np.argsort(-p, kind="stable")
    before = np.cumsum(p[order]) - p[order]
    keep = order[before < share - 1e-12]
    kept = np.zeros_like(p)
    kept[keep] = p[keep]
    return kept / kept.sum()
    ### END SOLUTION


# %% check-3
one, two = np.array([0.1, 0.5, 0.25, 0.15]), np.array([0.4, 0.05, 0.35, 0.2])


def _fewest(f):
    """Whether what is kept holds the share, and would not without its least likely symbol."""
    for p in (one, two):
        for share in (0.3, 0.45, 0.6, 0.8, 0.99):
            kept = p[f(p, share) > 0]
            if not kept.sum() >= share - 1e-9 > kept.sum() - kept.min() - 2e-9:
                return False
    return True


properties = {
    "the probabilities worked by hand": lambda f: np.allclose(f(one, 0.7), [0, 2 / 3, 1 / 3, 0]),
    "what is kept adds up to 1": lambda f: all(
        np.isclose(f(p, s).sum(), 1) for p in (one, two) for s in (0.2, 0.6, 0.9)
    ),
    "a share of 1 keeps everything": lambda f: np.allclose(f(one, 1.0), one),
    "it keeps the fewest symbols that hold the share": _fewest,
    "of four equal ones, two hold one half": lambda f: np.allclose(
        np.sort(f(np.full(4, 0.25), 0.5)), [0, 0, 0.5, 0.5]
    ),
    "a first one that is just the share is enough": lambda f: np.allclose(
        f(np.array([0.5, 0.25, 0.25]), 0.5), [1, 0, 0]
    ),
    "ten times 0.1 and a share of 1: all stay, though the sum may be 0.9999999999999999": lambda f: (
        np.allclose(f(np.full(10, 0.1), 1.0), 0.1)
    ),
    "among those kept the odds stay": lambda f: np.isclose(
        f(two, 0.7)[0] / f(two, 0.7)[2], 40 / 35
    ),
}
probes = [lambda f: f(one, 0.6), lambda f: f(two, 0.8), lambda f: f(one, 0.3)]
probes += [lambda f: f(two, 0.45)]


# %% mistakes-3
def one_too_few(p, share):
    """You drop the symbol with which the sum reaches the share. It belongs to the nucleus."""
    order = np.argsort(-p)
    keep = order[np.cumsum(p[order]) <= share + 1e-12]
    kept = np.zeros_like(p)
    kept[keep] = p[keep]
    return kept / kept.sum()


def not_divided(p, share):
    """What you keep no longer adds up to 1. Divide it by its sum."""
    return np.where(nucleus(p, share) > 0, p, 0)


def threshold(p, share):
    """You compare single probabilities with a limit. The share is a sum over the likeliest."""
    kept = np.where(p >= 1 - share, p, 0)
    return kept / kept.sum()


def unsorted(p, share):
    """You take symbols in the order of their numbers. The likeliest come first."""
    kept = np.where(np.cumsum(p) - p < share, p, 0)
    return kept / kept.sum()


def sorted_out(p, share):
    """Your result is sorted: its first entry is the likeliest symbol, not symbol 0."""
    return np.sort(nucleus(p, share))[::-1]


def least_likely(p, share):
    """You begin with the least likely symbols. A nucleus begins with the likeliest."""
    order = np.argsort(p)
    kept = np.zeros_like(p)
    keep = order[np.cumsum(p[order]) - p[order] < share]
    kept[keep] = p[keep]
    return kept / kept.sum()


def one_too_many(p, share):
    """You keep one symbol too many. Once the sum has reached the share, the nucleus is complete."""
    order = np.argsort(-p)
    kept = np.zeros_like(p)
    keep = order[: np.sum(np.cumsum(p[order]) < share - 1e-12) + 2]
    kept[keep] = p[keep]
    return kept / kept.sum()


def by_the_share(p, share):
    """You divide by the share. What is kept holds a little more: divide by its own sum."""
    return np.where(nucleus(p, share) > 0, p, 0) / share


def all_alike(p, share):
    """What you keep is equally likely. Among the kept ones the odds stay as they were."""
    kept = nucleus(p, share) > 0
    return kept / kept.sum()


def share_of_symbols(p, share):
    """You keep a share of the symbols. The share is one of probability."""
    order = np.argsort(-p)
    kept = np.zeros_like(p)
    keep = order[: int(np.ceil(share * len(p)))]
    kept[keep] = p[keep]
    return kept / kept.sum()


# %% [markdown] say-3
# In one sentence: a nucleus of 0.9 and the sixteen likeliest symbols, where do they differ most?

# %% [markdown] sentence-3
# Where the model is nearly sure the nucleus keeps one or two symbols and the sixteen keep much that is unlikely; where it is unsure the nucleus keeps more than sixteen.
