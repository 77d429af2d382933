# %% [markdown] title
# # Exercises: LSTM or GRU?
#
# about 45 minutes, and seconds on two cores
#
# Equal size, a counter made by hand, and how surprising a score is.

# %% [markdown] task-1
# ## 1. As large as an LSTM
#
# An LSTM of $H$ units with $I$ inputs has $4H(I + H + 1)$ weights, Keras' GRU of $h$ units has $3h(I + h + 2)$.
#
# Write `gru_width(H, I)`: the whole number $h$ for which the GRU's number of weights comes nearest to the LSTM's.
#
# By hand, for 16 units and 8 inputs: the LSTM has 1,600 weights. GRUs of 18, 19 and 20 units have 1,512, 1,653 and 1,800. So it is 19.
#
# <details class="fold"><summary>A first hint</summary>
#
# You need not solve an equation. Try every width, and compare.
#
# </details>
# <details class="fold"><summary>A second hint</summary>
#
# `min(range(1, 4 * H), key=...)` with the distance between the two numbers of weights as the key.
#
# </details>

# %% answer-1
def gru_width(H, I):
    """The width of a Keras GRU whose number of weights is nearest to that of an LSTM(H)."""
    ### BEGIN SOLUTION
    wanted = 4 * H * (I + H + 1)
    return min(range(1, 4 * H), key=lambda h: abs(3 * h * (I + h + 2) - wanted))
    ### END SOLUTION


# %% check-1
sizes = [(16, 8), (64, 100), (16, 2), (12, 4), (5, 3), (5, 8), (128, 128), (7, 2)]
further_sizes = [*sizes, (2, 20), (5, 92), (1024, 64)]


def _off(h, H, I):
    """By how many weights a GRU of h units misses an LSTM of H units."""
    return abs(3 * h * (I + h + 2) - 4 * H * (I + H + 1))


properties = {
    "16 units and 8 inputs: 19": lambda f: f(16, 8) == 19,
    "a whole number": lambda f: all(isinstance(f(H, I), (int, np.integer)) for H, I in sizes),
    "no neighbour comes nearer": lambda f: all(
        _off(f(H, I), H, I) <= min(_off(f(H, I) + side, H, I) for side in (-1, 1))
        for H, I in further_sizes
    ),
}
probes = [lambda f: [f(H, I) for H, I in sizes]]


# %% mistakes-1
def one_row_of_biases(H, I):
    """One of your two numbers of weights counts the biases otherwise: the LSTM has 4H, the GRU 6h."""
    wanted = 4 * H * (I + H + 1)
    return min(range(1, 4 * H), key=lambda h: abs(3 * h * (I + h + 1) - wanted))


def four_thirds(H, I):
    """Four thirds as wide would do if weights grew with the width. They grow with its square, too."""
    return round(4 * H / 3)


def below(H, I):
    """You take the largest GRU that is not larger than the LSTM. The nearest may be larger."""
    wanted = 4 * H * (I + H + 1)
    return max(h for h in range(1, 4 * H) if 3 * h * (I + h + 2) <= wanted)


def same_width(H, I):
    """That is equal width. Asked is an equal number of weights."""
    return H


def root(H, I):
    """You scale by the root of 4/3, as if only the recurrent weights counted."""
    return round(H * np.sqrt(4 / 3))


def above(H, I):
    """You take the smallest GRU that is not smaller than the LSTM. The nearest may be smaller."""
    wanted = 4 * H * (I + H + 1)
    return min(h for h in range(1, 4 * H) if 3 * h * (I + h + 2) >= wanted)


def swapped(H, I):
    """You exchange units and inputs. H comes first."""
    return gru_width(I, H)


def no_distance(H, I):
    """Your smallest difference is the most negative one, and that is the smallest GRU. Ask how far, not which way."""
    return 1


def distance(H, I):
    """That is by how many weights it misses. Asked is its width."""
    return _off(gru_width(H, I), H, I)


def number_of_weights(H, I):
    """That is the number of weights. Asked is the width that has them."""
    h = gru_width(H, I)
    return 3 * h * (I + h + 2)


def not_rounded(H, I):
    """Your width is not a whole number. Ask which of the whole ones comes nearest."""
    return (-(I + 2) + ((I + 2) ** 2 + 16 / 3 * H * (I + H + 1)) ** 0.5) / 2


def no_inputs(H, I):
    """You leave the weights of the inputs out. The inputs have weights in both layers."""
    return gru_width(H, 0)


# %% [markdown] say-1
# In one sentence: at equal numbers of weights, what is left of "a GRU needs three quarters of the multiplications"?

# %% [markdown] sentence-1
# Next to nothing: that holds at equal width, and at equal size the GRU is wider and multiplies about as often.

# %% [markdown] task-2
# ## 2. A counter, by hand
#
# An LSTM with one unit reads a's and b's, as the inputs $(1, 0)$ and $(0, 1)$. Its cell shall count: one up at each a, one down at each b, without a ceiling.
#
# Write `counter()`: the weights $W_x$ of shape $(2, 4)$, $W_h$ of shape $(1, 4)$ and $b$ of shape $(4,)$, with the blocks in Keras' order $i, f, c, o$. Nothing is trained: choose the numbers.
#
# The update is $c_t = f_t\, c_{t-1} + i_t\, \tilde c_t$. A sigmoid of 20 is 1 to within a few thousand millionths, a tanh of 20 as well.
#
# <details class="fold"><summary>A first hint</summary>
#
# Which two gates have to stand open all the time? And what should the candidate be at an a, what at a b?
#
# </details>
# <details class="fold"><summary>A second hint</summary>
#
# Large biases open doors. The candidate's weights for the two letters have opposite signs. $W_h$ may be zero.
#
# </details>


# %% answer-2
def counter():
    """Weights of an LSTM of one unit whose cell counts a's up and b's down."""
    ### BEGIN SOLUTION
    W_x, W_h, b = np.zeros((2, 4)), np.zeros((1, 4)), np.array([20.0, 20, 0, 0])
    W_x[:, 2] = [20, -20]
    return W_x, W_h, b
    ### END SOLUTION


# %% check-2
def _sigmoid(a):
    return 1 / (1 + np.exp(-a))


def _counts(f, word, order="ifco"):
    """The cell state of an LSTM with these weights after each letter of a word."""
    W_x, W_h, b = (np.asarray(w, float) for w in f())
    h, c, seen = 0.0, 0.0, []
    for letter in word:
        block = dict(zip(order, W_x["ab".index(letter), :] + h * W_h[0] + b, strict=True))
        c = _sigmoid(block["f"]) * c + _sigmoid(block["i"]) * np.tanh(block["c"])
        h = _sigmoid(block["o"]) * np.tanh(c)
        seen.append(c)
    return np.array(seen)


def _counts_or_order(f):
    """What it counts; or the place of its candidate, if it would count in another order."""
    for order in ("ifoc", "icfo"):
        if np.allclose(_counts(f, "aabb", order), [1, 2, 1, 0], atol=0.01):
            return order.index("c")
    return _counts(f, "aaabbaab")


properties = {
    "the shapes are (2, 4), (1, 4) and (4,)": lambda f: (
        [np.shape(w) for w in f()] == [(2, 4), (1, 4), (4,)]
    ),
    "an a counts one up": lambda f: np.allclose(np.diff(_counts(f, "a" * 20)), 1, atol=1e-3),
    "after a thousand a's it stands at a thousand": lambda f: (
        abs(_counts(f, "a" * 1000)[-1] - 1000) < 1
    ),
    "a b counts one down": lambda f: abs(_counts(f, "a" * 300 + "b" * 300)[-1]) < 0.5,
    "it tells 41 a's from 40": lambda f: _counts(f, "a" * 41 + "b" * 40)[-1] > 0.5,
}
probes = [_counts_or_order]


# %% mistakes-2
def keras_bias(b_f=1.0):
    """Your forget gate has Keras' bias of 1 and keeps 0.73: the count ends at 3.7. Open it wide."""
    W_x, W_h, b = counter()
    b[1] = b_f
    return W_x, W_h, b


def half_kept():
    """Your forget gate has no bias and keeps one half: the count ends at 2. Open it wide."""
    return keras_bias(0.0)


def both_up():
    """Your a and your b count the same way. Their candidates have opposite signs."""
    W_x, W_h, b = counter()
    W_x[:, 2] = 20
    return W_x, W_h, b


def half_let_in():
    """Your input gate stands at one half, so an a counts one half. Open it wide."""
    W_x, W_h, b = counter()
    b[0] = 0
    return W_x, W_h, b


def small_candidate():
    """Your candidate's weights are small: tanh(1) is 0.76, so an a counts 0.76."""
    W_x, W_h, b = counter()
    return W_x / 20, W_h, b


def order_f_c():
    """Your candidate's weights are in the last block, the output gate's. The candidate is the third."""
    W_x, W_h, b = counter()
    return W_x[:, [0, 1, 3, 2]], W_h, b


def order_c_second():
    """Your candidate's weights are in the second block, the forget gate's. The candidate is the third."""
    W_x, W_h, b = counter()
    return W_x[:, [0, 2, 1, 3]], W_h, b[[0, 2, 1, 3]]


def b_does_nothing():
    """Your b changes nothing: its candidate is 0, or its input gate is shut. It counts down."""
    W_x, W_h, b = counter()
    return W_x * [[1], [0]], W_h, b


def a_down():
    """Your a counts down and your b up. It is the other way round."""
    W_x, W_h, b = counter()
    return -W_x, W_h, b


def a_little_lost():
    """Your forget gate keeps 0.993, and over a hundred letters that is half. Open it wider."""
    return keras_bias(5.0)


def b_forgets():
    """Your forget gate shuts at a b and wipes the count out. It stays open all the time."""
    W_x, W_h, b = counter()
    b[1], W_x[:, 1] = 0, [20, -20]
    return W_x, W_h, b


# %% [markdown] say-2
# In one sentence: why are there no such weights for a GRU?

# %% [markdown] sentence-2
# Its state is a weighted mean of the old one and a number between $-1$ and 1, so it never leaves that range, and large counts must crowd.

# %% [markdown] task-3
# ## 3. How surprising is nine of ten?
#
# Two cells meet in `n` pairs, and the first wins `wins` of them. If both were equally good, each pair would be a coin.
#
# Write `p_value(wins, n)`: the probability that coins fall *at least as far from one half*, on either side.
#
# By hand: nine of ten. As far or further are 9, 10, 1 and 0 wins, with $10 + 1 + 10 + 1 = 22$ of $2^{10} = 1024$ ways. So $0.021$. And five of ten surprises nobody: 1.
#
# <details class="fold"><summary>A first hint</summary>
#
# How far is a score from $n/2$? Which scores from 0 to $n$ are at least as far?
#
# </details>
# <details class="fold"><summary>A second hint</summary>
#
# `comb(n, k)`, imported below, counts the ways to win `k` of `n`. Add up over those scores, and divide by `2**n`.
#
# </details>

# %% given-3
from math import comb


# %% answer-3
def p_value(wins, n):
    """How probable a score at least as far from one half is, among equals."""
    ### BEGIN SOLUTION
    far = [k for k in range(n + 1) if abs(2 * k - n) >= abs(2 * wins - n)]
    return sum(comb(n, k) for k in far) / 2**n
    ### END SOLUTION


# %% check-3
properties = {
    "nine of ten: 22 of 1024": lambda f: np.isclose(f(9, 10), 22 / 1024),
    "one of ten is as surprising as nine": lambda f: all(
        np.isclose(f(k, 10), f(10 - k, 10)) for k in range(11)
    ),
    "five of ten surprises nobody": lambda f: np.isclose(f(5, 10), 1),
    "four of five: 12 of 32": lambda f: np.isclose(f(4, 5), 12 / 32),
    "three of five surprises nobody": lambda f: np.isclose(f(3, 5), 1),
    "the further from half, the less probable": lambda f: all(
        f(k + 1, 10) < f(k, 10) for k in range(5, 10)
    ),
    "among equals at most 1 score in 20 is below 0.05": lambda f: (
        sum(comb(10, k) for k in range(11) if f(k, 10) < 0.05) / 1024 <= 0.05
    ),
}
probes = [lambda f: [f(k, 10) for k in (2, 5, 9)], lambda f: f(3, 5)]


# %% mistakes-3
def one_side(wins, n):
    """You count one side. Nobody said beforehand which cell would win: count both ends."""
    return sum(comb(n, k) for k in range(wins, n + 1)) / 2**n


def this_score(wins, n):
    """That is the probability of exactly this score. Add those that are further from half, too."""
    return comb(n, wins) / 2**n


def further(wins, n):
    """You count the scores that are further away. Those that are as far belong to them."""
    far = [k for k in range(n + 1) if abs(2 * k - n) > abs(2 * wins - n)]
    return sum(comb(n, k) for k in far) / 2**n


def doubled(wins, n):
    """You double one side: at five of ten that is more than 1. Count each score once."""
    most = max(wins, n - wins)
    return 2 * sum(comb(n, k) for k in range(most, n + 1)) / 2**n


def the_rest(wins, n):
    """That is the probability of a score nearer to half: one minus what is asked."""
    return 1 - p_value(wins, n)


def upper_side(wins, n):
    """You count one side, that of the larger score. As far on the other side is as surprising."""
    return one_side(max(wins, n - wins), n)


def lower_side(wins, n):
    """You count this score and all smaller ones. Far from one half is meant, on either side."""
    return sum(comb(n, k) for k in range(wins + 1)) / 2**n


def scores_alike(wins, n):
    """You count scores, as if all were equally probable. Some can come about in more ways."""
    far = [k for k in range(n + 1) if abs(2 * k - n) >= abs(2 * wins - n)]
    return len(far) / (n + 1)


def whole_middle(wins, n):
    """Your middle is a whole number. One half of five is 2.5."""
    far = [k for k in range(n + 1) if abs(k - n // 2) >= abs(wins - n // 2)]
    return sum(comb(n, k) for k in far) / 2**n


def one_end_lost(wins, n):
    """You lose one end: the scores go from 0 to n, and range(n + 1) has them all."""
    return p_value(wins, n) - 1 / 2**n


def ways(wins, n):
    """That is the number of ways. Asked is their share of all."""
    return p_value(wins, n) * 2**n


def no_fraction(wins, n):
    """Your division leaves whole numbers: two slashes throw the rest away."""
    return int(p_value(wins, n))


def share_won(wins, n):
    """That is the share of pairs won. Asked is how surprising it is among equals."""
    return wins / n


# %% [markdown] say-3
# In one sentence: of twenty tables with ten pairs each, one has nine of ten. Is that news?

# %% [markdown] sentence-3
# Hardly: among twenty tables of equals one expects $20 \cdot 22 / 1024 = 0.43$ of them by chance alone.
