# %% [markdown] title
# # Graded exercise: two loops, one above the other
#
# Chapter 3 · about 30 minutes
#
# A second recurrent layer reads what the first one says.

# %% [markdown] task-1
# ## Two layers
#
# The lower layer is a SimpleRNN that reads `x`, of shape $(B, T, I)$. The upper one is a SimpleRNN that reads the states of the lower one, step by step:
#
# $$ g_t = \tanh(x_t W_x + g_{t-1} W_h + b) \qquad h_t = \tanh(g_t V_x + h_{t-1} V_h + c) $$
#
# Both begin at 0. Write `two_loops(x, lower, upper)`, where `lower` is `(W_x, W_h, b)` and `upper` is `(V_x, V_h, c)`: all states of the *upper* layer, in the shape $(B, T, H)$.
#
# By hand, one unit each, $W_x = V_x = 1$, $W_h = V_h = 0.5$, no biases, inputs 1 and 0: $g = 0.76, 0.36$, and $h = \tanh(0.76) = 0.64$, then $\tanh(0.36 + 0.32) = 0.59$.

# %% answer-1
def two_loops(x, lower, upper):
    """All states of a SimpleRNN that reads the states of a SimpleRNN, (B, T, H)."""
    ### BEGIN SOLUTION
    ### END SOLUTION


# %% check-1
def cases(rng):
    x = rng.standard_normal((2, 6, 3))
    lower, upper = (
        [rng.standard_normal(shape) / 2 for shape in ((width, 4), (4, 4), 4)] for width in (3, 4)
    )
    (W_x, W_h, b), (V_x, V_h, c) = lower, upper
    one, half, none = np.eye(1), np.eye(1) / 2, np.zeros(1)
    changed = np.concatenate([x[:, :3], -x[:, 3:]], axis=1)

    def paths(t):
        """The upper state of tiny inputs: a sum over all ways from an input to it."""
        power = np.linalg.matrix_power
        return sum(
            x[:, s] @ W_x @ power(W_h, up - s) @ V_x @ power(V_h, t - up)
            for s in range(t + 1)
            for up in range(s, t + 1)
        )

    properties = {
        "the states have the shape (B, T, H)": lambda f: np.shape(f(x, lower, upper)) == (2, 6, 4),
        "one unit each by hand: 0.64, then 0.59": lambda f: np.allclose(
            np.ravel(f(np.array([[[1.0], [0]]]), (one, half, none), (one, half, none))),
            [0.642, 0.594],
            atol=1e-3,
        ),
        "without memory: a tanh of a tanh": lambda f: np.allclose(
            f(x, (W_x, 0 * W_h, b), (V_x, 0 * V_h, c)), np.tanh(np.tanh(x @ W_x + b) @ V_x + c)
        ),
        "tiny inputs: a sum over all ways up": lambda f: np.allclose(
            1e5 * f(x / 1e5, (W_x, W_h, 0 * b), (V_x, V_h, 0 * c)),
            np.stack([paths(t) for t in range(6)], axis=1),
        ),
        "another future leaves the first three states alone": lambda f: np.allclose(
            f(x, lower, upper)[:, :3], f(changed, lower, upper)[:, :3]
        ),
        "a state that is not tiny goes through the tanh": lambda f: (
            np.abs(f(x, (W_x, 9 * W_h, b), (9 * V_x, 9 * V_h, c))).max() <= 1
        ),
    }
    return properties, [lambda f: f(x, lower, upper)]


# %% oracle-1
def settled(x, W_x, W_h, b, change=lambda states: states):
    """All steps at once, again and again, until nothing changes: as many rounds as steps."""
    states = np.zeros((*x.shape[:2], len(W_h)))
    for _ in range(x.shape[1]):
        before = np.pad(states, ((0, 0), (1, 0), (0, 0)))[:, :-1]
        states = np.tanh(x @ W_x + change(before) @ W_h + b)
    return states


def two_loops(x, lower, upper):
    return settled(settled(x, *lower), *upper)


# %% mistakes-1
def lower_only(x, lower, upper):
    """Those are the states of the lower layer. Asked are those of the upper one."""
    return settled(x, *lower)


def a_step_late(x, lower, upper):
    """Your upper layer reads the lower state of the step before. It reads the one just made."""
    states = settled(x, *lower)
    return settled(np.pad(states, ((0, 0), (1, 0), (0, 0)))[:, :-1], *upper)


def one_state(x, lower, upper):
    """Both of your layers carry the same state on. Each has one of its own."""
    below = settled(x, *lower)
    V_x, V_h, c = upper
    return np.tanh(below @ V_x + np.pad(below, ((0, 0), (1, 0), (0, 0)))[:, :-1] @ V_h + c)


def last_only(x, lower, upper):
    """That is the last state. Asked are the states of all steps."""
    return two_loops(x, lower, upper)[:, -1]


def last_below(x, lower, upper):
    """Your upper layer reads the last lower state at every step. It reads step by step."""
    states = settled(x, *lower)
    return settled(np.repeat(states[:, -1:], x.shape[1], axis=1), *upper)


# %% [markdown] say-1
# In one sentence: how many steps of tanh lie between the input at step 1 and the upper state at step T, at least and at most?
