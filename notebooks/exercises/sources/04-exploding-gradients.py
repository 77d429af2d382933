# %% [markdown] title
# # Exercises: exploding gradients
#
# about 60 minutes, and seconds on two cores
#
# Clip a gradient that lies in several arrays, walk back through time, and stop the walk early.

# %% [markdown] task-1
# ## 1. One norm for all arrays
#
# The gradient of a network comes as a list of arrays, one for each weight. Its norm is that of all numbers together.
#
# Write `clip(gradients, most)`: a list of arrays of the same shapes, all multiplied by one number, so that the norm of all together is at most `most`. What is short enough stays as it is. This is what Keras' `global_clipnorm` does.
#
# By hand: the arrays $(3)$ and $(4)$ have a norm of 5 together. At a threshold of 1 they become $(0.6)$ and $(0.8)$.
#
# <details class="fold"><summary>A first hint</summary>
#
# Square all numbers of all arrays, add everything up, take one root.
#
# </details>
# <details class="fold"><summary>A second hint</summary>
#
# The factor is `most / norm`, but never above 1. The same factor goes to every array.
#
# </details>

# %% answer-1
def clip(gradients, most):
    """The arrays, shortened together so that their common norm is at most a number."""
    ### BEGIN SOLUTION
    norm = np.sqrt(sum((g**2).sum() for g in gradients))
    factor = min(1, most / norm)
    return [factor * g for g in gradients]
    ### END SOLUTION


# %% check-1
long = [np.array([[100.0, 1], [2, 0]]), np.array([0.5, -3])]
short = [np.array([0.1, 0.2]), np.array([[0.3]])]


def flat(gradients):
    return np.concatenate([np.ravel(g) for g in gradients])


def norm(gradients):
    return np.linalg.norm(flat(gradients))


properties = {
    "3 and 4 become 0.6 and 0.8": lambda f: np.allclose(
        flat(f([np.array([3.0]), np.array([4.0])], 1.0)), [0.6, 0.8]
    ),
    "as many arrays, of the same shapes": lambda f: (
        [np.shape(g) for g in f(long, 1.0)] == [(2, 2), (2,)]
    ),
    "a long gradient ends at the threshold: 1, 2 or one half": lambda f: np.allclose(
        [norm(f(long, most)) for most in (1.0, 2.0, 0.5)], [1, 2, 0.5]
    ),
    "a gradient that is short enough stays as it is": lambda f: np.allclose(
        flat(f(short, 1.0)), flat(short)
    ),
    "the direction of the whole stays": lambda f: np.isclose(
        flat(f(long, 2.0)) @ flat(long), norm(f(long, 2.0)) * norm(long)
    ),
}
probes = [
    lambda f: f(long, 1.0),
    lambda f: f(short, 1.0),
    lambda f: f(long, 2.0),
    lambda f: f([np.array([3.0]), np.array([4.0])], 1.0),
]


# %% mistakes-1
def each(gradients, most):
    """You clip each array by itself, as clipnorm does, and the whole turns. Take one norm for all."""
    return [min(1, most / np.linalg.norm(g)) * g for g in gradients]


def by_value(gradients, most):
    """You cut each number by itself, and the whole turns. Multiply all by one and the same number."""
    return [np.clip(g, -most, most) for g in gradients]


def stretched(gradients, most):
    """You make short gradients longer, too. The factor is never above 1."""
    return [most / norm(gradients) * g for g in gradients]


def sum_of_norms(gradients, most):
    """You add up the norms of the arrays. The norm of all is less: add the squares, then the root."""
    return [min(1, most / sum(np.linalg.norm(g) for g in gradients)) * g for g in gradients]


def no_root(gradients, most):
    """You divide by the square of the norm. The root is missing."""
    return [min(1, most / norm(gradients) ** 2) * g for g in gradients]


def largest(gradients, most):
    """You measure the largest number. The norm is made of all: squares, sum, root."""
    norm = max(np.abs(g).max() for g in gradients)
    return [min(1, most / norm) * g for g in gradients]


def absolute(gradients, most):
    """You add up absolute values. A norm adds squares, and takes the root."""
    norm = sum(np.abs(g).sum() for g in gradients)
    return [min(1, most / norm) * g for g in gradients]


def mean_square(gradients, most):
    """You take the root of a mean. A norm is the root of the sum."""
    norm = np.sqrt(np.mean(flat(gradients) ** 2))
    return [min(1, most / norm) * g for g in gradients]


def untouched(gradients, most):
    """Your gradient comes back as it was, however long."""
    return gradients


def upside_down(gradients, most):
    """Your factor is upside down: the longer the gradient, the longer it becomes."""
    return [max(1, norm(gradients) / most) * g for g in gradients]


def at_most_one(gradients, most):
    """You shorten to a norm of 1, whatever the threshold is."""
    return clip(gradients, 1.0)


# %% [markdown] say-1
# In one sentence: a gradient of norm 0.2 is clipped at 1. What is its norm then, and why is that right?

# %% [markdown] sentence-1
# 0.2: clipping sets a ceiling for what is too long and leaves the rest alone, or else it would be another learning rate.

# %% [markdown] task-2
# ## 2. Back through time
#
# A SimpleRNN reads `x`, of shape $(B, T, I)$, from the state 0. The loss depends on the last state only, and `d`, of shape $(B, H)$, is its gradient there. The way forward is given.
#
# Write `back(x, W_x, W_h, b, d)`: the gradient of $W_h$, of shape $(H, H)$. Every step used $W_h$, so each adds a term.
#
# By hand, with one unit: $W_x = 1$, $W_h = 0.5$, inputs 1 and 0. Then $h_1 = 0.76$ and $h_2 = \tanh(0.38) = 0.36$. With $d = 1$, $\delta_2 = 1 - 0.36^2 = 0.87$. Step 2 used $W_h$ on $h_1$: $0.76 \cdot 0.87 = 0.66$. Step 1 used it on 0. So the gradient is $0.66$.
#
# <details class="fold"><summary>A first hint</summary>
#
# From the last step to the first. What a step hands on to the one before it is the gradient at *its* state.
#
# </details>
# <details class="fold"><summary>A second hint</summary>
#
# At each step: `da` from `dh` and the slope of tanh; add what went in, transposed, times `da`; the next `dh` goes through `W_h.T`.
#
# </details>


# %% given-2
def forward(x, W_x, W_h, b):
    """All states of a SimpleRNN, h[0] to h[T], each (B, H). h[0] is zero."""
    h = [np.zeros((len(x), len(W_h)))]
    for t in range(x.shape[1]):
        h.append(np.tanh(x[:, t] @ W_x + h[-1] @ W_h + b))
    return h


# %% answer-2
def back(x, W_x, W_h, b, d):
    """The gradient of W_h for a loss whose gradient at the last state is d."""
    h = forward(x, W_x, W_h, b)
    ### BEGIN SOLUTION
    gradient, dh = np.zeros_like(W_h), d
    for t in reversed(range(x.shape[1])):
        da = dh * (1 - h[t + 1] ** 2)
        gradient = gradient + h[t].T @ da
        dh = da @ W_h.T
    return gradient
    ### END SOLUTION


# %% check-2
rng = np.random.default_rng(42)
x, d = rng.standard_normal((3, 6, 2)), rng.standard_normal((3, 4))
W_x, W_h, b = rng.standard_normal((2, 4)), 0.7 * rng.standard_normal((4, 4)), np.full(4, 0.1)


def by_trying():
    """The gradient by moving each weight a little."""
    gradient = np.zeros_like(W_h)
    for place in np.ndindex(W_h.shape):
        for step in (1e-5, -1e-5):
            moved = W_h.copy()
            moved[place] += step
            gradient[place] += (d * forward(x, W_x, moved, b)[-1]).sum() / 2 / step
    return gradient


one, half = np.eye(1), np.eye(1) / 2
properties = {
    "one matrix of the shape of W_h": lambda f: np.shape(f(x, W_x, W_h, b, d)) == (4, 4),
    "after one step from 0 it is 0": lambda f: np.allclose(f(x[:, :1], W_x, W_h, b, d), 0),
    "the unit worked by hand: 0.66": lambda f: np.isclose(
        f(np.array([[[1.0], [0]]]), one, half, 0, one).item(), 0.6618, atol=1e-3
    ),
    "twice the loss, twice the gradient": lambda f: np.allclose(
        f(x, W_x, W_h, b, 2 * d), 2 * f(x, W_x, W_h, b, d)
    ),
    "moving each weight a little gives the same": lambda f: np.allclose(
        f(x, W_x, W_h, b, d), by_trying(), atol=1e-6
    ),
}
probes = [lambda f: f(x, W_x, W_h, b, d)]


# %% mistakes-2
def last_term(x, W_x, W_h, b, d):
    """That is the term of the last step. Every step has used W_h: add the terms of all."""
    h = forward(x, W_x, W_h, b)
    return h[-2].T @ (d * (1 - h[-1] ** 2))


def bent_twice(x, W_x, W_h, b, d):
    """Your slope bends a state once more. A state is a tanh already: what is its slope, then?"""
    h, gradient, dh = forward(x, W_x, W_h, b), 0, d
    for t in reversed(range(x.shape[1])):
        da = dh * (1 - np.tanh(h[t + 1]) ** 2)
        gradient, dh = gradient + h[t].T @ da, da @ W_h.T
    return gradient


def forwards(x, W_x, W_h, b, d):
    """On the way back W_h is used the other way round, from its columns to its rows."""
    h, gradient, dh = forward(x, W_x, W_h, b), 0, d
    for t in reversed(range(x.shape[1])):
        da = dh * (1 - h[t + 1] ** 2)
        gradient, dh = gradient + h[t].T @ da, da @ W_h
    return gradient


def no_slope(x, W_x, W_h, b, d):
    """You go through the weights only. Each step also meets the slope of tanh."""
    h, gradient, dh = forward(x, W_x, W_h, b), 0, d
    for t in reversed(range(x.shape[1])):
        gradient, dh = gradient + h[t].T @ dh, dh @ W_h.T
    return gradient


def wrong_state(x, W_x, W_h, b, d):
    """You multiply by the state that the step made. The weight multiplied the state before it."""
    h, gradient, dh = forward(x, W_x, W_h, b), 0, d
    for t in reversed(range(x.shape[1])):
        da = dh * (1 - h[t + 1] ** 2)
        gradient, dh = gradient + h[t + 1].T @ da, da @ W_h.T
    return gradient


def other_side(x, W_x, W_h, b, d):
    """Rows and columns of your gradient are exchanged: row i belongs to the unit that sends."""
    return back(x, W_x, W_h, b, d).T


def walk(x, W_x, W_h, b, d, bend, onward=lambda dh, da, W: da @ W.T):
    h, gradient, dh = forward(x, W_x, W_h, b), 0, d
    for t in reversed(range(x.shape[1])):
        da = bend(dh, h[t + 1], h[t])
        gradient, dh = gradient + h[t].T @ da, onward(dh, da, W_h)
    return gradient


def mean_over_batch(x, W_x, W_h, b, d):
    """You divide by the number of sequences. The loss is their sum: add the terms up."""
    return back(x, W_x, W_h, b, d) / len(x)


def slope_before(x, W_x, W_h, b, d):
    """Your slope is that of the state before. It belongs to the state that the step has made."""
    return walk(x, W_x, W_h, b, d, lambda dh, new, old: dh * (1 - old**2))


def slope_not_squared(x, W_x, W_h, b, d):
    """Your slope lacks a square."""
    return walk(x, W_x, W_h, b, d, lambda dh, new, old: dh * (1 - new))


def slope_of_sigmoid(x, W_x, W_h, b, d):
    """That is the slope of a sigmoid. The step has a tanh."""
    return walk(x, W_x, W_h, b, d, lambda dh, new, old: dh * new * (1 - new))


def slope_left_behind(x, W_x, W_h, b, d):
    """Your slope counts for the step itself and is lost on the way. What is handed on goes through it, too."""
    return walk(
        x, W_x, W_h, b, d, lambda dh, new, old: dh * (1 - new**2), lambda dh, da, W: dh @ W.T
    )


def d_at_each_step(x, W_x, W_h, b, d):
    """You add d at every step. The loss depends on the last state only."""
    return walk(
        x,
        W_x,
        W_h,
        b,
        d,
        lambda dh, new, old: dh * (1 - new**2),
        lambda dh, da, W: da @ W.T + d,
    )


def overwritten(x, W_x, W_h, b, d):
    """Your sum holds the term of the first step alone, which is 0: it is overwritten, not added to."""
    return 0 * back(x, W_x, W_h, b, d)


# %% [markdown] say-2
# In one sentence: why must the state before the first step not be left out of the loop, although its term is zero here?

# %% [markdown] sentence-2
# As soon as the state is handed on from an earlier piece of text it is not zero, and its term counts.

# %% [markdown] task-3
# ## 3. Truncated
#
# Truncated at $K$, the walk back visits $K$ steps: that of the loss and the $K - 1$ before it.
#
# Write `truncated(x, W_x, W_h, b, d, K)`: the gradient at the inputs, $\partial L / \partial x$, of shape $(B, T, I)$, with zeros wherever the walk does not come.
#
# Let $T = 6$ and $K = 2$. Then the inputs at steps 5 and 6 have their whole gradient, the others 0.
#
# <details class="fold"><summary>A first hint</summary>
#
# The same walk as above. Instead of adding up at $W_h$, it leaves something at each input: `da @ W_x.T`.
#
# </details>
# <details class="fold"><summary>A second hint</summary>
#
# Which steps does the loop visit? From `T - 1` down to `T - K`, but not below 0.
#
# </details>


# %% answer-3
def truncated(x, W_x, W_h, b, d, K):
    """The gradient at the inputs, by a walk back of K steps."""
    h = forward(x, W_x, W_h, b)
    ### BEGIN SOLUTION
    T, dx, dh = x.shape[1], np.zeros_like(x), d
    for t in reversed(range(max(0, T - K), T)):
        da = dh * (1 - h[t + 1] ** 2)
        dx[:, t] = da @ W_x.T
        dh = da @ W_h.T
    return dx
    ### END SOLUTION


# %% check-3
rng = np.random.default_rng(43)
x, d = rng.standard_normal((3, 6, 2)), rng.standard_normal((3, 4))
W_x, W_h, b = rng.standard_normal((2, 4)), 0.7 * rng.standard_normal((4, 4)), np.full(4, 0.1)


def nudged(t, i):
    """The gradient at one input of each sequence, by moving it a little."""
    slope = 0
    for step in (1e-5, -1e-5):
        moved = x.copy()
        moved[:, t, i] += step
        slope += (d * forward(moved, W_x, W_h, b)[-1]).sum(1) / 2 / step
    return slope


properties = {
    "it has the shape of x": lambda f: np.shape(f(x, W_x, W_h, b, d, 3)) == x.shape,
    "K = 0 gives nothing": lambda f: not np.any(f(x, W_x, W_h, b, d, 0)),
    "K = T gives the whole gradient, as nudging does": lambda f: np.allclose(
        f(x, W_x, W_h, b, d, 6)[:, 0, 0], nudged(0, 0), atol=1e-6
    ),
    "K = 100 is as good as K = T": lambda f: np.allclose(
        f(x, W_x, W_h, b, d, 100), f(x, W_x, W_h, b, d, 6)
    ),
    "the last K inputs have their whole gradient, the others 0": lambda f: all(
        np.allclose(f(x, W_x, W_h, b, d, K)[:, 6 - K :], f(x, W_x, W_h, b, d, 6)[:, 6 - K :])
        and not np.any(f(x, W_x, W_h, b, d, K)[:, : 6 - K])
        for K in range(1, 6)
    ),
}
probes = [lambda f: f(x, W_x, W_h, b, d, 2), lambda f: f(x, W_x, W_h, b, d, 0)]


# %% mistakes-3
def one_too_many(x, W_x, W_h, b, d, K):
    """You visit one step too many. The step of the loss itself is one of the K."""
    return truncated(x, W_x, W_h, b, d, K + 1)


def one_too_few(x, W_x, W_h, b, d, K):
    """You visit one step too few. The step of the loss is the first of the K."""
    return truncated(x, W_x, W_h, b, d, max(0, K - 1))


def oldest(x, W_x, W_h, b, d, K):
    """You keep the gradient of the first K inputs. The walk begins at the loss, at the end."""
    dx = truncated(x, W_x, W_h, b, d, x.shape[1])
    dx[:, K:] = 0
    return dx


def clipped(x, W_x, W_h, b, d, K):
    """You shorten the gradient and keep it at all inputs: that is clipping. Stop the walk instead."""
    dx = truncated(x, W_x, W_h, b, d, x.shape[1])
    return dx * min(1, K / np.linalg.norm(dx))


def every_k(x, W_x, W_h, b, d, K):
    """That is all of the gradient, whatever K is. The walk stops after K steps."""
    return truncated(x, W_x, W_h, b, d, x.shape[1])


def visit(x, W_x, W_h, b, d, K, bend, onward=lambda dh, da, W: da @ W.T):
    h, T, dx, dh = forward(x, W_x, W_h, b), x.shape[1], np.zeros_like(x), d
    for t in reversed(range(max(0, T - K), T)):
        da = bend(dh, h[t + 1], h[t])
        dx[:, t], dh = da @ W_x.T, onward(dh, da, W_h)
    return dx


def no_slope(x, W_x, W_h, b, d, K):
    """You go through the weights only. Each step also meets the slope of tanh."""
    return visit(x, W_x, W_h, b, d, K, lambda dh, new, old: dh)


def slope_before(x, W_x, W_h, b, d, K):
    """Your slope is that of the state before. It belongs to the state that the step has made."""
    return visit(x, W_x, W_h, b, d, K, lambda dh, new, old: dh * (1 - old**2))


def slope_left_behind(x, W_x, W_h, b, d, K):
    """Your slope counts for the input and is lost on the way. What is handed on goes through it, too."""
    return visit(
        x, W_x, W_h, b, d, K, lambda dh, new, old: dh * (1 - new**2), lambda dh, da, W: dh @ W.T
    )


def forwards(x, W_x, W_h, b, d, K):
    """On the way back W_h is used the other way round, from its columns to its rows."""
    return visit(
        x, W_x, W_h, b, d, K, lambda dh, new, old: dh * (1 - new**2), lambda dh, da, W: da @ W
    )


def minus_nothing(x, W_x, W_h, b, d, K):
    """At K = 0 you keep everything: a slice that begins at minus 0 is the whole."""
    return truncated(x, W_x, W_h, b, d, K or x.shape[1])


# %% [markdown] say-3
# In one sentence: a bit stands 25 steps before its question, and the walk visits 20. What can training teach the network about it?

# %% [markdown] sentence-3
# Nothing: the gradient at that input and at the steps that had to keep it is exactly zero, not small, and no number of passes adds up zeros.
