# %% [markdown] title
# # Exercises: vanishing gradients
#
# about 45 minutes, and seconds on two cores
#
# A bias for a half-life, the gradient at an input far back, and what the far terms weigh in the gradient of a weight.

# %% [markdown] task-1
# ## 1. A bias for a half-life
#
# The direct path of an LSTM passes on the share $\sigma(b)$ at each step, where $\sigma(b) = 1 / (1 + e^{-b})$. After $k$ steps $\sigma(b)^k$ is left.
#
# Write `bias_for(k)`: the bias $b$ with which one half is left after `k` steps. In goes a number $k \ge 1$, out comes a number. For $k = 1$ it is 0, for $\sigma(0)$ is one half.
#
# <details class="fold"><summary>A first hint</summary>
#
# Which share $f$ per step leaves one half, $f^k = \tfrac12$? Begin with that, and worry about the bias later.
#
# </details>
# <details class="fold"><summary>A second hint</summary>
#
# Solve $\sigma(b) = f$ for $b$: write it as $1 + e^{-b} = 1/f$.
#
# </details>

# %% answer-1
def bias_for(k):
    """The bias with which half is left after k steps."""
    ### BEGIN SOLUTION
    return -np.log(2 ** (1 / k) - 1)
    ### END SOLUTION


# %% check-1
def sigmoid(a):
    return 1 / (1 + np.exp(-a))


properties = {
    "a half-life of one step needs no bias": lambda f: abs(f(1)) < 1e-12,
    "sigmoid(b)**k is one half, for k = 2, 10, 50 and 500": lambda f: all(
        abs(sigmoid(f(k)) ** k - 0.5) < 1e-9 for k in (2, 10, 50, 500)
    ),
    "half-lives need not be whole: k = 2.5": lambda f: np.isclose(f(2.5), 1.14097),
    "a half-life ten times as long takes about ln 10 more": lambda f: (
        abs(f(5000) - f(500) - np.log(10)) < 0.01
    ),
}
probes = [lambda f: f(1), lambda f: f(10)]


# %% mistakes-1
def the_gate(k):
    """That is the share f itself. The bias is what goes into the logistic function, to give f."""
    return 2 ** (-1 / k)


def approximate(k):
    """That is the rule for large k. At k = 1 it gives 0.37, and sigmoid(0.37) is 0.59, not 0.5."""
    return np.log(k / np.log(2))


def other_sign(k):
    """Your bias has the other sign: the gate then stands at 1 less the share."""
    return np.log(2 ** (1 / k) - 1)


def one_over_e(k):
    """After k steps your path keeps 1/e, about 0.37. Asked is one half."""
    return -np.log(np.exp(1 / k) - 1)


def without_k(k):
    """Your share is one half per step. One half shall be left after all k steps together."""
    return 0.0 * k


def rule_of_thumb(k):
    """That is a rule of thumb for large k. For small k it is wrong: at k = 1 the bias is 0."""
    return np.log(1.44 * k)


def share_divided(k):
    """You divide one half by k. After k steps the share has been multiplied k times, not added up."""
    return -np.log(2 * k - 1) + 0.0


def one_step_more(k):
    """You count one step too many: k steps leave one half, not k + 1."""
    return bias_for(k + 1)


def through_the_gate(k):
    """You put the share into the logistic function. Asked is what goes in, so that the share comes out."""
    return 1 / (1 + np.exp(-(2 ** (-1 / k))))


def less_divided(k):
    """You take one half, divided by k, off 1. The share that is left is a power: f to the k is one half."""
    return -np.log(1 / (1 - 0.5 / k) - 1)


# %% [markdown] say-1
# In one sentence: a colleague sets the bias to $\ln(1.44\, k)$. For which $k$ is that good enough, and why?

# %% [markdown] sentence-1
# For all but the smallest: $2^{1/k} - 1$ is nearly $\ln 2 / k$ once $k$ is a few steps (at $k = 5$ the bias is 1.91 and the rule gives 1.97), and at $k = 1$ it is not (0 against 0.36).

# %% [markdown] task-2
# ## 2. How much gradient reaches the input $k$ steps back?
#
# A SimpleRNN reads `x` of shape $(B, T, I)$. The loss depends on the last state only; `d`, of shape $(B, H)$, is its gradient there, $\partial L / \partial h_T$. The cell below has the way forward, with $W_x$ of shape $(I, H)$ and $W_h$ of shape $(H, H)$.
#
# Write `by_lag(x, W_x, W_h, b, d)`: `T` numbers. Number $k$ is the length of the gradient at the input $k$ steps before the last, $\partial L / \partial x_{T-k}$, divided by that at the last input. So the first number is 1. Over the $B$ sequences take the root of the mean of the squared lengths.
#
# A case by hand: tiny inputs keep tanh at its steep middle. With $W_h = \tfrac12 I$ each step passes on one half, and the result is $1, \tfrac12, \tfrac14, \dots$
#
# <details class="fold"><summary>A first hint</summary>
#
# Walk back from the last step. One step is: through the bend, then through the weights. The gradient at the input leaves on the way, through $W_x$.
#
# </details>
# <details class="fold"><summary>A second hint</summary>
#
# Keep `dh`, the gradient at the state, of shape $(B, H)$. At each step make `da` of it (the slope of tanh is one less the square of the state), measure `da @ W_x.T`, then go on with the next `dh`. Divide by the first number at the end.
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
def by_lag(x, W_x, W_h, b, d):
    """The gradient's length at the input k steps back, for k = 0 ... T - 1, relative to k = 0."""
    h = forward(x, W_x, W_h, b)
    ### BEGIN SOLUTION
    lengths, dh = [], d
    for t in reversed(range(x.shape[1])):
        da = dh * (1 - h[t + 1] ** 2)
        lengths.append(np.sqrt(((da @ W_x.T) ** 2).sum(-1).mean()))
        dh = da @ W_h.T
    return np.array(lengths) / lengths[0]
    ### END SOLUTION


# %% check-2
rng = np.random.default_rng(52)
x, d = rng.standard_normal((8, 12, 3)), rng.standard_normal((8, 4))
tiny, none, b = 1e-4 * x, np.zeros(4), rng.standard_normal(4)
W_x = rng.standard_normal((3, 4)) * [[0.1], [0.3], [0.5]]
turn = np.linalg.qr(rng.standard_normal((4, 4)))[0]


def by_trying(lag):
    """The length of the gradient at one lag, by nudging the inputs."""
    t, gradient = 11 - lag, np.zeros((8, 3))
    for i in range(3):
        for step in (1e-5, -1e-5):
            moved = x.copy()
            moved[:, t, i] += step
            gradient[:, i] += (d * forward(moved, W_x, 1.2 * turn, b)[-1]).sum(1) / 2 / step
    return np.sqrt((gradient**2).sum(1).mean())


properties = {
    "T numbers, and the first is 1": lambda f: (
        np.shape(f(x, W_x, turn, none, d)) == (12,) and np.isclose(f(x, W_x, turn, none, d)[0], 1)
    ),
    "seven steps give seven numbers": lambda f: np.shape(f(x[:, :7], W_x, turn, none, d)) == (7,),
    "tiny inputs and W_h = I / 2: one half a step": lambda f: np.allclose(
        f(tiny, W_x, np.eye(4) / 2, none, d), 0.5 ** np.arange(12), rtol=1e-3
    ),
    "nudging the inputs gives the same at lags 1 and 5": lambda f: np.allclose(
        f(x, W_x, 1.2 * turn, b, d)[[1, 5]],
        [by_trying(1) / by_trying(0), by_trying(5) / by_trying(0)],
        rtol=1e-5,
    ),
    "each sequence twice, once with -d: nothing changes": lambda f: np.allclose(
        f(np.concatenate([x, x]), W_x, turn, none, np.concatenate([d, -d])),
        f(x, W_x, turn, none, d),
    ),
}
probes = [lambda f: f(x, W_x, 1.2 * turn, b, d)]


# %% mistakes-2
def at_the_state(x, W_x, W_h, b, d):
    """That is the gradient at the state. Asked is that at the input: one product more."""
    h, lengths, dh = forward(x, W_x, W_h, b), [], d
    for t in reversed(range(x.shape[1])):
        lengths.append(np.sqrt((dh**2).sum(-1).mean()))
        dh = (dh * (1 - h[t + 1] ** 2)) @ W_h.T
    return np.array(lengths) / lengths[0]


def from_the_start(x, W_x, W_h, b, d):
    """Your first number belongs to the first input. Lag 0 is the last one: count from the end."""
    lengths = by_lag(x, W_x, W_h, b, d)[::-1]
    return lengths / lengths[0]


def mean_first(x, W_x, W_h, b, d):
    """You average the gradients, then take the length: opposite ones cancel. Lengths first."""
    h, lengths, dh = forward(x, W_x, W_h, b), [], d
    for t in reversed(range(x.shape[1])):
        da = dh * (1 - h[t + 1] ** 2)
        lengths.append(np.linalg.norm((da @ W_x.T).mean(0)))
        dh = da @ W_h.T
    return np.array(lengths) / lengths[0]


def no_bend(x, W_x, W_h, b, d):
    """You go through the weights only. On its way the gradient also meets the slope of tanh."""
    lengths, dh = [], d
    for _ in range(x.shape[1]):
        lengths.append(np.sqrt(((dh @ W_x.T) ** 2).sum(-1).mean()))
        dh = dh @ W_h.T
    return np.array(lengths) / lengths[0]


def forwards(x, W_x, W_h, b, d):
    """On the way back W_h is used the other way round, from its columns to its rows."""
    h, lengths, dh = forward(x, W_x, W_h, b), [], d
    for t in reversed(range(x.shape[1])):
        da = dh * (1 - h[t + 1] ** 2)
        lengths.append(np.sqrt(((da @ W_x.T) ** 2).sum(-1).mean()))
        dh = da @ W_h
    return np.array(lengths) / lengths[0]


def walked(x, W_x, W_h, b, d, bend, measure, onward=lambda dh, da: da):
    h, lengths, dh = forward(x, W_x, W_h, b), [], d
    for t in reversed(range(x.shape[1])):
        da = dh * bend(h[t + 1], h[t])
        lengths.append(measure(da, da @ W_x.T))
        dh = onward(dh, da) @ W_h.T
    return np.array(lengths) / lengths[0]


def tanh_slope(new, old):
    return 1 - new**2


def root_mean(da, dx):
    return np.sqrt((dx**2).sum(-1).mean())


def squares(x, W_x, W_h, b, d):
    """Those are squared lengths: a root is missing."""
    return by_lag(x, W_x, W_h, b, d) ** 2


def mean_of_lengths(x, W_x, W_h, b, d):
    """You average the lengths. Asked is the root of the mean of their squares."""
    return walked(x, W_x, W_h, b, d, tanh_slope, lambda da, dx: np.sqrt((dx**2).sum(-1)).mean())


def before_the_weights(x, W_x, W_h, b, d):
    """You measure before W_x. The gradient at the input lies behind it."""
    return walked(x, W_x, W_h, b, d, tanh_slope, lambda da, dx: root_mean(dx, da))


def slope_left_behind(x, W_x, W_h, b, d):
    """Your slope counts for the input and is lost on the way. What is handed on goes through it, too."""
    return walked(x, W_x, W_h, b, d, tanh_slope, root_mean, lambda dh, da: dh)


def slope_not_squared(x, W_x, W_h, b, d):
    """Your slope lacks a square."""
    return walked(x, W_x, W_h, b, d, lambda new, old: 1 - new, root_mean)


def slope_before(x, W_x, W_h, b, d):
    """Your slope is that of the state before. It belongs to the state that the step has made."""
    return walked(x, W_x, W_h, b, d, lambda new, old: 1 - old**2, root_mean)


def not_relative(x, W_x, W_h, b, d):
    """Your first number is not 1: divide all by it."""
    return by_lag(x, W_x, W_h, b, d) * root_mean(
        0, (d * (1 - forward(x, W_x, W_h, b)[-1] ** 2)) @ W_x.T
    )


def step_by_step(x, W_x, W_h, b, d):
    """You divide each number by the one before. Divide all by the first."""
    lengths = by_lag(x, W_x, W_h, b, d)
    return np.append(1, lengths[1:] / lengths[:-1])


# %% [markdown] say-2
# In one sentence: `W_h` is symmetric in many textbook examples. Which wrong program would still pass with such a matrix?

# %% [markdown] sentence-2
# One that goes back with $W_h$ instead of its transpose: for a symmetric matrix the two are the same.

# %% [markdown] task-3
# ## 3. What do the far terms weigh?
#
# The gradient of $W_h$ is a sum with one matrix $G_k$ for each lag. `parts` holds them, in the shape $(T, H, H)$: `parts[0]` belongs to lag 0.
#
# Write `far_share(parts, K)`: the length of the sum of all terms *beyond* lag `K`, divided by the length of the whole sum. The length of a matrix is the root of the sum of all squared entries (`np.linalg.norm`).
#
# By hand: three terms, each the 1 by 1 matrix $(1)$. Beyond lag 1 lies one of three, so the share is $\tfrac13$.
#
# <details class="fold"><summary>A first hint</summary>
#
# The weight feels the *sum* of the far terms, one matrix. Two far terms may cancel.
#
# </details>
# <details class="fold"><summary>A second hint</summary>
#
# Which slice of `parts` begins one behind `K`? Add it up over its first axis, then take one norm.
#
# </details>


# %% answer-3
def far_share(parts, K):
    """The norm of the sum of the terms beyond lag K, over the norm of the sum of all."""
    ### BEGIN SOLUTION
    return np.linalg.norm(parts[K + 1 :].sum(0)) / np.linalg.norm(parts.sum(0))
    ### END SOLUTION


# %% check-3
rng = np.random.default_rng(53)
parts = rng.standard_normal((30, 4, 4)) * (0.8 ** np.arange(30))[:, None, None]
cancel = np.stack([np.ones((2, 2)), np.eye(2), -np.eye(2)])
properties = {
    "beyond the last lag there is nothing": lambda f: f(parts, 29) == 0,
    "of three equal terms one lies beyond lag 1": lambda f: np.isclose(
        f(np.ones((3, 1, 1)), 1), 1 / 3
    ),
    "two far terms that cancel move nothing": lambda f: np.isclose(f(cancel, 0), 0),
    "3 near and 4 far, at a right angle: a share of 4 / 5": lambda f: np.isclose(
        f(np.array([[[3.0, 0]], [[0, 4]]]), 0), 0.8
    ),
    "lengths count all entries: 3, and 4 in another row and column": lambda f: np.isclose(
        f(np.array([[[3.0, 0], [0, 0]], [[0, 0], [0, 4]]]), 0), 0.8
    ),
    "ten times the loss, the same share": lambda f: np.isclose(f(10 * parts, 5), f(parts, 5)),
}
probes = [lambda f: f(parts, 5), lambda f: f(cancel, 0)]


# %% mistakes-3
def lengths_added(parts, K):
    """You add lengths. The weight feels the sum of the matrices: add these, then take one norm."""
    lengths = np.linalg.norm(parts, axis=(1, 2))
    return lengths[K + 1 :].sum() / lengths.sum()


def one_early(parts, K):
    """You count lag K among the far terms. Beyond K begins one later."""
    return np.linalg.norm(parts[K:].sum(0)) / np.linalg.norm(parts.sum(0))


def one_minus_near(parts, K):
    """One less the near share is not the far share: the two lengths do not add up to 1."""
    return 1 - np.linalg.norm(parts[: K + 1].sum(0)) / np.linalg.norm(parts.sum(0))


def near(parts, K):
    """That is the share of the near terms, up to lag K. Asked is what lies beyond."""
    return np.linalg.norm(parts[: K + 1].sum(0)) / np.linalg.norm(parts.sum(0))


def one_late(parts, K):
    """You begin one lag too late. Beyond K begins at K + 1."""
    return np.linalg.norm(parts[K + 2 :].sum(0)) / np.linalg.norm(parts.sum(0))


def far_lengths_added(parts, K):
    """You add the lengths of the far terms. The weight feels their sum, one matrix: then one length."""
    return np.linalg.norm(parts[K + 1 :], axis=(1, 2)).sum() / np.linalg.norm(parts.sum(0))


def far_by_near(parts, K):
    """You divide by the near terms. Divide by the sum of all."""
    return np.linalg.norm(parts[K + 1 :].sum(0)) / np.linalg.norm(parts[: K + 1].sum(0))


def nothing_added(parts, K):
    """You take one length of all far matrices as they stand. Add them up first: some may cancel."""
    return np.linalg.norm(parts[K + 1 :]) / np.linalg.norm(parts)


def entries_added(parts, K):
    """You add up all entries. A length is the root of the sum of their squares."""
    return np.abs(parts[K + 1 :].sum()) / np.abs(parts.sum())


def over_rows(parts, K):
    """You add up over the rows of the matrices. The lags are the first axis."""
    return np.linalg.norm(parts[K + 1 :].sum(1)) / np.linalg.norm(parts.sum(1))


def means(parts, K):
    """You take means, and they divide by unlike numbers of terms. The weight feels sums."""
    far = parts[K + 1 :].mean(0) if K + 1 < len(parts) else 0 * parts[0]
    return np.linalg.norm(far) / np.linalg.norm(parts.mean(0))


def one_lag(parts, K):
    """That is the term of lag K alone. Asked are all beyond it."""
    return np.linalg.norm(parts[K]) / np.linalg.norm(parts.sum(0))


# %% [markdown] say-3
# In one sentence: the far share of a network is one in a million. Has its training stopped?

# %% [markdown] sentence-3
# No: the near terms move the weights and the loss falls; what is lost is the credit for what stood far back.
