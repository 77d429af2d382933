# %% [markdown] title
# # Graded exercise: a switch
#
# Chapter 7 · about 30 minutes
#
# Weights chosen by hand: an LSTM of one unit that switches on, off, and holds.

# %% [markdown] task-1
# ## On, off, hold
#
# An LSTM with one unit reads three symbols: *on* is the input $(1, 0)$, *off* is $(0, 1)$, *wait* is $(0, 0)$. Its cell state shall be 1 after *on*, 0 after *off*, and at *wait* stay as it is, however long. A second *on* changes nothing, and neither does a second *off*.
#
# Write `switch()`: the weights $W_x$ of shape $(2, 4)$, $W_h$ of shape $(1, 4)$ and $b$ of shape $(4,)$, with the blocks in Keras' order $i, f, c, o$. Nothing is trained: choose the numbers.
#
# The update is $c_t = f_t\, c_{t-1} + i_t\, \tilde c_t$. A sigmoid of 20 is 1 to within a few thousand millionths, a tanh of 20 as well. Until the first symbol the cell is at 0.

# %% answer-1
def switch():
    """Weights of an LSTM of one unit whose cell is switched on and off."""
    ### BEGIN SOLUTION
    ### END SOLUTION


# %% check-1
def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def cells(f, word):
    """The cell state of an LSTM with these weights after each symbol: + on, - off, . wait."""
    W_x, W_h, b = (np.asarray(w, float) for w in f())
    h, c, seen = 0.0, 0.0, []
    for symbol in word:
        x = np.array([symbol == "+", symbol == "-"])
        i, forget, new, o = x @ W_x + h * W_h[0] + b
        c = sigmoid(forget) * c + sigmoid(i) * np.tanh(new)
        h = sigmoid(o) * np.tanh(c)
        seen.append(c)
    return np.array(seen)


def cases(rng):
    words = ["".join(rng.choice(list("+-.."), 60)) for _ in range(5)]

    def wanted(word):
        state, seen = 0, []
        for symbol in word:
            state = {"+": 1, "-": 0}.get(symbol, state)
            seen.append(state)
        return seen

    def does(word):
        return lambda f: np.allclose(cells(f, word), wanted(word), atol=0.01)

    properties = {
        "the shapes are (2, 4), (1, 4) and (4,)": lambda f: (
            [np.shape(w) for w in f()] == [(2, 4), (1, 4), (4,)]
        ),
        "on, then off: 1, then 0": does("+-"),
        "it waits a thousand steps": does("+" + 1000 * "." + "-" + 1000 * "."),
        "a second on, a second off change nothing": does("++--"),
        "five long words": lambda f: all(does(word)(f) for word in words),
    }
    return properties, [lambda f: cells(f, ".+..++.-.--.+")]


# %% oracle-1
from itertools import product


def search(asked="+.+.+-..-+."):
    """Tries all numbers of a coarse grid for the three blocks that write; the fourth may be 0."""
    weights = np.array(list(product((0, 40, -40), repeat=6)), float)
    for b in product((0.0, 20, -20), repeat=3):
        c, good = np.zeros(len(weights)), np.full(len(weights), True)
        state = 0
        for symbol in asked:
            x = {"+": weights[:, :3], "-": weights[:, 3:], ".": 0 * weights[:, :3]}[symbol]
            i, f, new = (x + b).T
            c = c / (1 + np.exp(-f)) + np.tanh(new) / (1 + np.exp(-i))
            state = {"+": 1, "-": 0}.get(symbol, state)
            good &= np.abs(c - state) < 1e-6
        if good.any():
            W_x = np.pad(weights[good.argmax()].reshape(2, 3), ((0, 0), (0, 1)))
            return W_x, np.zeros((1, 4)), np.array([*b, 0])


FOUND = search()


def switch():
    return [w.copy() for w in FOUND]


# %% mistakes-1
def changed(place, number, blocks="W_x"):
    W_x, W_h, b = switch()
    {"W_x": W_x, "b": b}[blocks][place] = number
    return W_x, W_h, b


def counts():
    """Your on adds 1 to what is there, so a second on makes 2. It must first forget."""
    return changed((0, 1), 0)


def counter():
    """Your cell counts up and down. On and off set it, whatever was there before."""
    W_x, W_h, b = switch()
    return np.vstack([W_x[0], W_x[0] * [1, 1, -1, 1]]) * [1, 0, 1, 1], W_h, b


def off_does_nothing():
    """Your off leaves the cell as it is. It must forget and write nothing."""
    W_x, W_h, b = switch()
    W_x[1] = 0
    return W_x, W_h, b


def leaks():
    """While it waits your cell keeps 0.73 a step, Keras' bias of 1. Open the forget gate wide."""
    return changed(1, 1.0, "b")


def half_on():
    """Your on writes one half: the input gate stands half open."""
    W_x, W_h, b = switch()
    W_x[:, 0], b[0] = 0, 0
    return W_x, W_h, b


def below_zero():
    """Your off writes -1. Off is 0: forget, and write nothing."""
    W_x, W_h, b = switch()
    return np.vstack([W_x[0], W_x[0] * [1, 1, -1, 1]]), W_h, b


# %% [markdown] say-1
# In one sentence: could a GRU of one unit be such a switch, and why is the answer another one than for a counter?
