# %% [markdown] title
# # Exercises: bidirectional LSTM
#
# about 55 minutes, and seconds on two cores
#
# Left times right, the best reader of a hidden source, and a picture of what each answer has read.

# %% [markdown] task-1
# ## 1. Left times right
#
# The left side of a blank gives each of $K$ words a probability. The right side says, for each word, how likely it is that *this* right side follows: numbers that need not add up to 1.
#
# Write `both_sides(left, right)`: the probabilities of the words when both sides are known. `left` and `right` have the shape $(K,)$, or $(B, K)$ for `B` blanks at once.
#
# By hand: left $(0.5, 0.3, 0.2)$, right $(0.2, 0.1, 0.9)$. The products are $0.10, 0.03, 0.18$, their sum $0.31$: so $(0.32, 0.10, 0.58)$.
#
# <details class="fold"><summary>A first hint</summary>
#
# Word by word: how often does it stand there, and of these, how often is the right side as it is?
#
# </details>
# <details class="fold"><summary>A second hint</summary>
#
# After the product each row must add up to 1 again: `sum(-1, keepdims=True)`.
#
# </details>

# %% answer-1
def both_sides(left, right):
    """The probabilities of the words, given both sides of a blank."""
    ### BEGIN SOLUTION
    together = left * right
    return together / together.sum(-1, keepdims=True)
    ### END SOLUTION


# %% check-1
left = np.array([[0.5, 0.3, 0.2], [0.1, 0.1, 0.8]])
right = np.array([[0.2, 0.1, 0.9], [0.5, 0.5, 0.1]])
properties = {
    "the blank worked by hand": lambda f: np.allclose(
        f(left[0], right[0]), [10 / 31, 3 / 31, 18 / 31]
    ),
    "each row adds up to 1": lambda f: np.allclose(f(left, right).sum(-1), 1),
    "a right side that is as likely for all words says nothing": lambda f: np.allclose(
        f(left, 0 * right + 0.3), left
    ),
    "what one side excludes is excluded": lambda f: np.allclose(
        f(np.array([0.5, 0.5, 0]), np.array([0.0, 0.1, 0.9])), [0, 1, 0]
    ),
    "ten times as rare a right side changes nothing": lambda f: np.allclose(
        f(left, right / 10), f(left, right)
    ),
}
probes = [lambda f: f(left[0], right[0]), lambda f: f(left, right)]


# %% mistakes-1
def added(left, right):
    """You add the two sides. A word that one side excludes must be out: multiply."""
    both = left + right
    return both / both.sum(-1, keepdims=True)


def not_divided(left, right):
    """Your numbers do not add up to 1. Divide each row by its sum."""
    return left * right


def over_everything(left, right):
    """You divide by the sum over all blanks. Each blank, each row, has a sum of its own."""
    return left * right / (left * right).sum()


def down(left, right):
    """You divide by sums over the blanks. Add up over the words, the last axis."""
    return left * right / (left * right).sum(0)


def rooted(left, right):
    """You take the root of the product, a mean of the two sides. Together they are the product."""
    both = np.sqrt(left * right)
    return both / both.sum(-1, keepdims=True)


def by_the_right(left, right):
    """You divide by the sum of the right side. Divide by that of the products."""
    return left * right / right.sum(-1, keepdims=True)


def softmax(left, right):
    """You take a softmax of the products. They are shares already: divide by their sum."""
    both = np.exp(left * right)
    return both / both.sum(-1, keepdims=True)


def by_the_largest(left, right):
    """You divide by the largest product. Divide by their sum."""
    return left * right / (left * right).max(-1, keepdims=True)


def left_alone(left, right):
    """That is what the left side says. The right one has no effect."""
    return 1.0 * left


def right_divides(left, right):
    """You divide by the right side. What it finds likely becomes likelier: multiply."""
    both = left / (right + 1e-12)
    return both / both.sum(-1, keepdims=True)


# %% [markdown] say-1
# In one sentence: a network adds the logits of its two readers. Why is that the same thing?

# %% [markdown] sentence-1
# The exponential of a sum is a product, and the softmax divides by the sum of these products, so adding logits multiplies what the two sides say.

# %% [markdown] task-2
# ## 2. The filter
#
# A hidden source has $K$ conditions. It begins with the chances `start`, $(K,)$; row $i$ of `A`, $(K, K)$, says where it goes from condition $i$; row $i$ of `E`, $(K, V)$, which letter it shows there.
#
# Write `filtered(letters, A, E, start)`: for each of the $T$ letters, a row with the chances of the conditions after reading *up to and with* this letter, $(T, K)$.
#
# By hand, with four conditions that stay with 0.95, show their own letter with 0.5, and are equally likely at the start: an *a* gives A $0.5 / (0.5 + 3 \cdot 0.167) = 0.50$, a second *a* 0.74.
#
# It must not break after three thousand letters.
#
# <details class="fold"><summary>A first hint</summary>
#
# Two things happen in turn: one step of the source, and one letter read. At the first letter there is no step before.
#
# </details>
# <details class="fold"><summary>A second hint</summary>
#
# A step is `row @ A`. Reading is multiplying by the column of `E` of the letter, and dividing by the sum, each time.
#
# </details>


# %% answer-2
def filtered(letters, A, E, start):
    """The chances of the conditions after each letter, (T, K)."""
    ### BEGIN SOLUTION
    rows, row = [], start
    for t, letter in enumerate(letters):
        row = row * E[:, letter] if t == 0 else (row @ A) * E[:, letter]
        row = row / row.sum()
        rows.append(row)
    return np.array(rows)
    ### END SOLUTION


# %% check-2
from itertools import product

A = np.array([[0.8, 0.2, 0], [0.1, 0.6, 0.3], [0.4, 0.1, 0.5]])
E = np.array([[0.7, 0.2, 0.1], [0.1, 0.8, 0.1], [0.2, 0.2, 0.6]])
start, letters = np.array([0.5, 0.3, 0.2]), np.array([0, 2, 1, 1])
many = np.random.default_rng(0).integers(0, 3, 3000)
stays, shows = np.full((4, 4), 0.05 / 3), np.full((4, 4), 0.5 / 3)
np.fill_diagonal(stays, 0.95)
np.fill_diagonal(shows, 0.5)


def all_paths(letters):
    """The last row, by adding up every possible path of conditions."""
    chances = np.zeros(3)
    for path in product(range(3), repeat=len(letters)):
        p = start[path[0]] * E[path[0], letters[0]]
        for before, now, letter in zip(path, path[1:], letters[1:], strict=False):
            p *= A[before, now] * E[now, letter]
        chances[path[-1]] += p
    return chances / chances.sum()


properties = {
    "each row adds up to 1": lambda f: np.allclose(f(letters, A, E, start).sum(1), 1),
    "two a's by hand: 0.50, then 0.74": lambda f: np.allclose(
        f(np.array([0, 0]), stays, shows, np.full(4, 0.25))[:, 0], [0.5, 0.7373], atol=1e-3
    ),
    "the last row is that of all 81 paths": lambda f: np.allclose(
        f(letters, A, E, start)[-1], all_paths(letters)
    ),
    "later letters change no row": lambda f: np.allclose(
        f(letters, A, E, start)[:2], f(letters[:2], A, E, start)
    ),
    "three thousand letters are no trouble": lambda f: np.isfinite(f(many, A, E, start)).all(),
}
probes = [lambda f: f(letters, A, E, start), lambda f: f(many, A, E, start)[-1]]


# %% mistakes-2
def wrong_side(letters, A, E, start):
    """You step from columns to rows. Row i of A says where condition i goes."""
    return filtered(letters, A.T, E, start)


def before_reading(letters, A, E, start):
    """Your row t has not read letter t: that is the forecast. First step, then read."""
    rows, row = [start], start
    for letter in letters[:-1]:
        row = (row * E[:, letter]) @ A
        row = row / row.sum()
        rows.append(row)
    return np.array(rows)


def divided_at_the_end(letters, A, E, start):
    """After some hundred letters your products are 0, and 0 / 0 is nan. Divide at every step."""
    rows, row = [], start
    for t, letter in enumerate(letters):
        row = (row if t == 0 else row @ A) * E[:, letter]
        rows.append(row)
    return np.array(rows) / np.sum(rows, 1, keepdims=True)


def steps_first(letters, A, E, start):
    """You step before the first letter. The start is where the source shows that letter."""
    return filtered(letters, A, E, start @ A)


def forgets(letters, A, E, start):
    """Each of your rows begins anew. The row before is where the step begins."""
    rows = np.array([start * E[:, letter] for letter in letters])
    return rows / rows.sum(1, keepdims=True)


def no_step(letters, A, E, start):
    """Your source never moves. Between two letters it makes a step, by A."""
    return filtered(letters, np.eye(len(A)), E, start)


def filtered_by(step, letters, A, E, start):
    rows, row = [], start
    for t, letter in enumerate(letters):
        row = step(row if t == 0 else row @ A, E[:, letter])
        row = row / row.sum()
        rows.append(row)
    return np.array(rows)


def row_of_e(letters, A, E, start):
    """You take a row of E. What a letter says of each condition stands in its column."""
    return filtered(letters, A, E.T, start)


def not_divided(letters, A, E, start):
    """Your rows do not add up to 1. Divide each by its sum."""
    rows, row = [], start
    for t, letter in enumerate(letters):
        row = (row if t == 0 else row @ A) * E[:, letter]
        rows.append(row)
    return np.array(rows)


def added(letters, A, E, start):
    """You add what the letter says. What it excludes must be out: multiply."""
    return filtered_by(lambda row, seen: row + seen, letters, A, E, start)


def not_read(letters, A, E, start):
    """Your rows make steps and read no letter."""
    return filtered_by(lambda row, seen: row, letters, A, E, start)


def letters_alone(letters, A, E, start):
    """Each of your rows knows its own letter only. It also knows where the source was before."""
    return filtered_by(lambda row, seen: seen, letters, A, E, start)


def step_behind(letters, A, E, start):
    """You step after reading, so your row says where the source goes next. First step, then read."""
    return filtered(letters, A, E, start) @ A


def likeliest_way(letters, A, E, start):
    """You follow the likeliest way into each condition. Several ways lead there: add them up."""
    rows, row = [], start
    for t, letter in enumerate(letters):
        row = (row if t == 0 else (row[:, None] * A).max(0)) * E[:, letter]
        row = row / row.sum()
        rows.append(row)
    return np.array(rows)


# %% [markdown] say-2
# In one sentence: a network pays less on this source than the filter does. What do you say?

# %% [markdown] sentence-2
# It has read a letter that the filter has not: the filter has the true chances given the letters up to here, and on average nobody who reads the same letters pays less.

# %% [markdown] task-3
# ## 3. What has this answer read?
#
# `f` is any function from an array $(B, T, I)$ to an array $(B, T, O)$: a layer, a model, a line of NumPy.
#
# Write `depends(f, x)`: a table of truth values, $(T, T)$. Row $t$, column $s$ says whether the output at step $t$ changes when the input at step $s$ is changed, that one alone.
#
# For a forward LSTM the table is full on and below the diagonal, for both directions it is full.
#
# <details class="fold"><summary>A first hint</summary>
#
# Change one step of a copy of `x`, run `f` again, and see which outputs have moved.
#
# </details>
# <details class="fold"><summary>A second hint</summary>
#
# *Add* something, for an input may be 0. An output has moved if any of its numbers in any sequence differs by more than, say, $10^{-9}$.
#
# </details>


# %% answer-3
def depends(f, x):
    """Row t, column s: whether output t changes with input s alone, (T, T)."""
    ### BEGIN SOLUTION
    T, before = x.shape[1], f(x)
    table = np.zeros((T, T), bool)
    for s in range(T):
        moved = x.copy()
        moved[:, s] += 1
        table[:, s] = np.abs(f(moved) - before).max((0, 2)) > 1e-9
    return table
    ### END SOLUTION


# %% check-3
x = np.random.default_rng(93).standard_normal((1, 6, 2))
pair = np.concatenate([x, x + 1])


def same(x):
    return 1 * x


def past(x):
    return np.cumsum(x, 1)


def future(x):
    return np.cumsum(x[:, ::-1], 1)[:, ::-1]


def one_of_four(x):
    """The second number of the second sequence as it is, and three constants."""
    return x * [[[0, 0]], [[0, 1]]]


def late(x):
    return np.concatenate([0 * x[:, :1], x[:, :-1]], 1)


properties = {
    "a function that copies: the diagonal": lambda f: np.array_equal(
        f(same, x), np.eye(6, dtype=bool)
    ),
    "one that is a step late: below the diagonal": lambda f: np.array_equal(
        f(late, x), np.eye(6, k=-1, dtype=bool)
    ),
    "a sum of the past: on and below it": lambda f: np.array_equal(
        f(past, x), np.tri(6, dtype=bool)
    ),
    "past and future together: everything": lambda f: np.all(
        f(lambda x: past(x) + 2 * future(x), x)
    ),
    "a constant: nothing": lambda f: not np.any(f(lambda x: 0 * x + 1, x)),
    "an output that falls has moved": lambda f: np.array_equal(
        f(lambda x: -x, x), np.eye(6, dtype=bool)
    ),
    "one number that moves is enough, in any sequence": lambda f: np.array_equal(
        f(one_of_four, pair), np.eye(6, dtype=bool)
    ),
    "a rise and a fall are a change": lambda f: np.array_equal(
        f(lambda x: x[..., :1] * [1, -1], x), np.eye(6, dtype=bool)
    ),
    "an input of zeros is an input, too": lambda f: np.array_equal(
        f(same, 0 * x), np.eye(6, dtype=bool)
    ),
}
probes = [
    lambda f: f(past, x),
    lambda f: f(same, x),
    lambda f: f(late, x),
    lambda f: f(same, 0 * x),
    lambda f: f(lambda x: -x, x),
    lambda f: f(lambda x: x * [[[0, 0]], [[1, 1]]], pair),
    lambda f: f(lambda x: x * [0, 1], x),
    lambda f: f(lambda x: x[..., :1] * [1, -1], x),
]


# %% mistakes-3
def turned(f, x):
    """Rows and columns are exchanged. A row is an output, a column an input."""
    return depends(f, x).T


def all_behind(f, x):
    """You change all steps from s on, so what reads a later step seems to read s. Change one alone."""
    T, before, table = x.shape[1], f(x), np.zeros((x.shape[1],) * 2, bool)
    for s in range(T):
        moved = x.copy()
        moved[:, s:] += 1
        table[:, s] = np.abs(f(moved) - before).max((0, 2)) > 1e-9
    return table


def multiplied(f, x):
    """You multiply the input, and 0 stays 0. Add something."""
    T, before, table = x.shape[1], f(x), np.zeros((x.shape[1],) * 2, bool)
    for s in range(T):
        moved = x.copy()
        moved[:, s] *= 1.5
        table[:, s] = np.abs(f(moved) - before).max((0, 2)) > 1e-9
    return table


def piled_up(f, x):
    """Your changes pile up: at step s the steps before are changed, too. Begin with a fresh copy."""
    T, before, table = x.shape[1], f(x), np.zeros((x.shape[1],) * 2, bool)
    moved = x.copy()
    for s in range(T):
        moved[:, s] += 1
        table[:, s] = np.abs(f(moved) - before).max((0, 2)) > 1e-9
    return table


def whole_output(f, x):
    """Your column says whether any output moved. Ask it of each output step by itself."""
    T, before, table = x.shape[1], f(x), np.zeros((x.shape[1],) * 2, bool)
    for s in range(T):
        moved = x.copy()
        moved[:, s] += 1
        table[:, s] = np.abs(f(moved) - before).max() > 1e-9
    return table


def moved_by(f, x, change, seen):
    T, before, table = x.shape[1], f(x), np.zeros((x.shape[1],) * 2, bool)
    for s in range(T):
        moved = x.copy()
        change(moved[:, s])
        table[:, s] = seen(f(moved) - before) > 1e-9
    return table


def one_more(step):
    step += 1


def only_upwards(f, x):
    """An output that falls has moved, too. Look at the size of the difference."""
    return moved_by(f, x, one_more, lambda d: d.max((0, 2)))


def first_sequence(f, x):
    """You look at the first sequence only. Any of them may move."""
    return moved_by(f, x, one_more, lambda d: np.abs(d)[0].max(-1))


def first_number(f, x):
    """You look at the first number of an output only. Any of them may move."""
    return moved_by(f, x, one_more, lambda d: np.abs(d)[..., 0].max(0))


def sums_cancel(f, x):
    """You add up the differences, and a rise and a fall cancel. Take their sizes first."""
    return moved_by(f, x, one_more, lambda d: np.abs(d.sum((0, 2))))


def all_must_move(f, x):
    """You ask that all numbers of an output move. One is enough."""
    return moved_by(f, x, one_more, lambda d: np.abs(d).min((0, 2)))


def turned_truth(f, x):
    """Your table says where nothing moves. Asked is where something does."""
    return ~depends(f, x)


# %% [markdown] say-3
# In one sentence: a model of the next symbol has an entry above the diagonal. What does that mean for its loss?

# %% [markdown] sentence-3
# An answer has read a later input, and the later input is the answer or close to it: the loss is no forecast and says nothing about writing.
