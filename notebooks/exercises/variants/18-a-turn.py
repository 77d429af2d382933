# %% [markdown] title
# # Graded exercise: a cell that turns
#
# Chapter 18 · about 40 minutes
#
# Weights chosen by hand: a SimpleRNN of two units that knows whether it was swapped an odd number of times.

# %% [markdown] task-1
# ## Odd or even
#
# Two cups, and a ball under the first. A SimpleRNN with two units reads 1 when the cups are swapped and 0 when they are left alone. It shall know, after any number of symbols, whether the ball is under the first cup.
#
# Its step is $h_t = \tanh(x_t W_x + h_{t-1} W_h + b)$, from $h_0 = (0, 0)$. Read off is $p = (h_1 - h_2)/2$ of the last state: it shall be 0, to a hundredth, if the number of swaps was even, and 1 if it was odd.
#
# Write `turn()`: $W_x$ of shape $(1, 2)$, $W_h$ of shape $(2, 2)$ and $b$ of shape $(2,)$. Nothing is trained: choose the numbers.
#
# A tanh of 10 is 1 to within a few thousand millionths. One unit may say "a swap or a ball away from home, or both", the other "both". What is said of numbers that are added, a threshold turns into such a sentence.


# %% answer-1
def turn():
    """Weights of a SimpleRNN of two units that tells odd from even."""
    ### BEGIN SOLUTION
    ### END SOLUTION


# %% check-1
def read_off(f, word):
    """What is read off after each symbol of a word of 0 and 1."""
    W_x, W_h, b = (np.asarray(w, float) for w in f())
    h, seen = np.zeros(2), []
    for symbol in word:
        h = np.tanh(symbol * W_x[0] + h @ W_h + b)
        seen.append((h[0] - h[1]) / 2)
    return np.array(seen)


def cases(rng):
    words = rng.integers(0, 2, (6, 40))

    def does(word):
        return lambda f: np.allclose(read_off(f, word), np.cumsum(word) % 2, atol=0.01)

    properties = {
        "the shapes are (1, 2), (2, 2) and (2,)": lambda f: (
            [np.shape(w) for w in f()] == [(1, 2), (2, 2), (2,)]
        ),
        "one swap, two swaps": does([1, 1]),
        "left alone it stays, at home and away": does([0, 0, 1, 0, 0, 0, 1, 0]),
        "a thousand swaps": does([1] * 1000),
        "a swap, then nothing a thousand times": does([1] + [0] * 1000),
        "six words of forty symbols": lambda f: all(does(word)(f) for word in words),
    }
    return properties, [lambda f: read_off(f, [0, 1, 0, 1, 1, 0, 1, 1, 1]), lambda f: f()[0]]


# %% oracle-1
from itertools import product


def search(asked=(1, 1, 0, 1, 0, 0, 1, 1, 1, 0)):
    """Tries all numbers of a coarse grid, many at once, until one does what is asked."""
    grid = list(
        product((20.0, 40.0), (10.0, -10.0, 20.0), (10.0, -10.0, 20.0), (-10.0, -30.0, 0.0))
    )
    units = np.array(list(product(grid, grid)))  # pairs of units: x, from h1, from h2, bias
    h, good = np.zeros((len(units), 2)), np.full(len(units), True)
    odd = 0
    for symbol in asked:
        odd = (odd + symbol) % 2
        h = np.tanh(
            symbol * units[:, :, 0]
            + h[:, :1] * units[:, :, 1]
            + h[:, 1:] * units[:, :, 2]
            + units[:, :, 3]
        )
        good &= np.abs((h[:, 0] - h[:, 1]) / 2 - odd) < 1e-3
    x, first, second, b = units[good.argmax()].T
    return x[None], np.array([first, second]), b


FOUND = search()


def turn():
    return [w.copy() for w in FOUND]


# %% mistakes-1
def swap_only():
    """Your cell says whether the last symbol was a swap. It must also hear its own state."""
    W_x, W_h, b = turn()
    return W_x, 0 * W_h, b


def once_away():
    """Your ball, once away, never comes home. With both, a swap and a ball away, it is at home again."""
    W_x, W_h, b = turn()
    low = b.argmin()
    W_x[0, low], W_h[:, low], b[low] = 0, 0, -30
    return W_x, W_h, b


def forgets():
    """Left alone, your ball comes home by itself. A swap that long ago counts as one now."""
    W_x, W_h, b = turn()
    W_h[:, b.argmax()] = 0
    return W_x, W_h, b


def exchanged():
    """Your units are exchanged: what is read off is the first less the second."""
    W_x, W_h, b = turn()
    return W_x[:, ::-1], W_h[::-1, ::-1], b[::-1]


def soft():
    """Your cell is too soft: after a while the two cases run together. Larger weights make it decide."""
    return [w / 12 for w in turn()]


# %% [markdown] say-1
# In one sentence: could a minGRU of however many units do this for words of any length, and why?
