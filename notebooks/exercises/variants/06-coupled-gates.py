# %% [markdown] title
# # Graded exercise: one gate for two doors
#
# Chapter 6 · about 40 minutes
#
# A cell that lets in what it does not keep, and the way back through it.

# %% [markdown] task-1
# ## The way back
#
# A cell with one gate: $f_t$ keeps, $1 - f_t$ lets in. Its state $c$, of shape $(H,)$, also decides about the gate. The way forward is given; its arrays are `x` $(T, I)$, `W` $(I, 2H)$, `U` $(H, 2H)$ and `b` $(2H,)$, with the blocks $f$, then the candidate:
#
# $$ c_t = f_t \odot c_{t-1} + (1 - f_t) \odot \tilde c_t $$
#
# A loss depends on the last state only, and `d`, $(H,)$, is its gradient there. Write `back(x, c, W, U, b, d)`: its gradients at the *first* state, $(H,)$, and at the biases, $(2H,)$.
#
# By hand, one unit, one step, all weights and biases 0, $c_0 = 1$, $d = 1$: $f = 0.5$, $\tilde c = 0$. The gradient at $c_0$ is $f = 0.5$. A bias of the gate moves $f$ by $f(1 - f) = 0.25$, and $f$ moves $c_1$ by $c_0 - \tilde c = 1$: $0.25$. The candidate's bias moves $\tilde c$ by 1, and $c_1$ by $1 - f$: $0.5$.


# %% given-1
def forward(x, c, W, U, b):
    """The states of the cell, c[0] to c[T], and what it kept and could let in at each step."""
    states, keeps, news = [c], [], []
    for t in range(len(x)):
        gate, new = np.split(x[t] @ W + states[-1] @ U + b, 2)
        keeps.append(1 / (1 + np.exp(-gate)))
        news.append(np.tanh(new))
        states.append(keeps[-1] * states[-1] + (1 - keeps[-1]) * news[-1])
    return states, keeps, news


# %% answer-1
def back(x, c, W, U, b, d):
    """The gradients at the first state and at the biases, (H,) and (2 H,)."""
    ### BEGIN SOLUTION
    ### END SOLUTION


# %% check-1
def cases(rng):
    x, c, d = rng.standard_normal((5, 2)), rng.standard_normal(3), rng.standard_normal(3)
    W, U, b = (rng.standard_normal(shape) for shape in ((2, 6), (3, 6), 6))
    one = np.ones(1)
    unit = np.zeros((1, 1)), one, np.zeros((1, 2)), np.zeros((1, 2)), np.zeros(2), one
    keeps, lets_in = (np.repeat([side, 0.3], 3) for side in (99.0, -99.0))

    def by_trying(which, step=1e-5):
        """The gradient at the first state or at the biases, by moving each number a little."""
        given = [c, W, U, b]
        gradient = np.zeros(given[which].shape)
        for i in range(gradient.size):
            for side in (step, -step):
                moved = [a.copy() for a in given]
                moved[which][i] += side
                gradient[i] += d @ forward(x, *moved)[0][-1] / 2 / side
        return gradient

    properties = {
        "shapes (H,) and (2 H,)": lambda f: (
            [np.shape(g) for g in f(x, c, W, U, b, d)] == [(3,), (6,)]
        ),
        "one unit by hand: 0.5, then 0.25 and 0.5": lambda f: np.allclose(
            np.concatenate(f(*unit)), [0.5, 0.25, 0.5]
        ),
        "a gate that keeps all: d arrives, the biases get nothing": lambda f: (
            np.allclose(f(x, c, W, U, keeps, d)[0], d)
            and np.allclose(f(x, c, W, U, keeps, d)[1], 0)
        ),
        "a gate that lets all in, no weights from the state: nothing arrives": lambda f: (
            np.allclose(f(x, c, W, 0 * U, lets_in, d)[0], 0)
        ),
        "moving each number a little gives the same": lambda f: all(
            np.allclose(g, by_trying(which), atol=1e-6)
            for which, g in zip((0, 3), f(x, c, W, U, b, d), strict=True)
        ),
    }
    return properties, [lambda f: f(x, c, W, U, b, d), lambda f: f(x[:1], c, W, 0 * U, b, d)]


# %% oracle-1
def slopes(loss, point, size=1e-30):
    """A derivative by each number: it gets a tiny imaginary part, and the loss one in return."""
    return np.array([loss(point + size * 1j * row).imag / size for row in np.eye(len(point))])


def back(x, c, W, U, b, d, last=lambda *given: forward(*given)[0][-1]):
    return (
        slopes(lambda c: d @ last(x, c, W, U, b), c),
        slopes(lambda b: d @ last(x, c, W, U, b), b),
    )


def run_through(x, c, W, U, b, gated, kept, let_in):
    """The last state, where the gates may read other states, or be others for the two doors."""
    for t in range(len(x)):
        gate, new = np.split(x[t] @ W + gated(t, c) @ U + b, 2)
        keep = 1 / (1 + np.exp(-gate))
        c = kept(t, keep) * c + let_in(t, 1 - keep) * np.tanh(new)
    return c


# %% mistakes-1
def unchanged(t, a):
    return a


def cut(x, c, W, U, b, d, **other):
    doors = {"gated": unchanged, "kept": unchanged, "let_in": unchanged, **other}
    return back(x, c, W, U, b, d, lambda *given: run_through(*given, **doors))


def direct_path(x, c, W, U, b, d):
    """You take the direct path only. The old state also moves the gate and the candidate, by U."""
    states = forward(x, c, W, U, b)[0]
    return cut(x, c, W, U, b, d, gated=lambda t, a: states[t])


def keeps_only(x, c, W, U, b, d):
    """Your gate moves what is kept and not what is let in. Both doors move with it, one against the other."""
    keeps = forward(x, c, W, U, b)[1]
    return cut(x, c, W, U, b, d, let_in=lambda t, a: 1 - keeps[t])


def still_gate(x, c, W, U, b, d):
    """Your gate does not move at all. It depends on its bias and on the old state."""
    keeps = forward(x, c, W, U, b)[1]
    return cut(x, c, W, U, b, d, kept=lambda t, a: keeps[t], let_in=lambda t, a: 1 - keeps[t])


def last_step_only(x, c, W, U, b, d):
    """Your biases get the last step's share alone. Every step uses them: add up."""
    before = forward(x, c, W, U, b)[0][-2]
    return back(x, c, W, U, b, d)[0], back(x[-1:], before, W, U, b, d)[1]


def biases_first(x, c, W, U, b, d):
    """You return the biases first. Asked is the first state, then the biases."""
    return back(x, c, W, U, b, d)[::-1]


# %% [markdown] say-1
# In one sentence: can the state of this cell count a's without limit, and how do you see it from the equation?
