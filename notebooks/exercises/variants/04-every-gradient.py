# %% [markdown] title
# # Graded exercise: every gradient
#
# Chapter 4 · about 40 minutes
#
# Back through time, for a loss at every step and all three weights.

# %% [markdown] task-1
# ## A loss at every step
#
# A SimpleRNN reads `x`, of shape $(B, T, I)$, from the state 0; the way forward is given. There is a loss at *every* step: `d`, of shape $(B, T, H)$, is its gradient at $h_1$ to $h_T$, as each step's own loss gives it.
#
# Write `gradients(x, W_x, W_h, b, d)`: the gradients of $W_x$, of $W_h$ and of $b$, in this order and in these shapes. Sequences are added up, not averaged.
#
# By hand, one unit, $W_x = 1$, $W_h = 0.5$, $b = 0$, inputs 1 and 0, $d = 0$ at step 1 and 1 at step 2: $h = 0.76, 0.36$, $\delta_2 = 1 - 0.36^2 = 0.87$, $\delta_1 = 0.87 \cdot 0.5 \cdot (1 - 0.76^2) = 0.18$. So $W_x$ has $1 \cdot 0.18 + 0 \cdot 0.87 = 0.18$, $W_h$ has $0.76 \cdot 0.87 = 0.66$, and $b$ has $0.18 + 0.87 = 1.05$.


# %% given-1
def forward(x, W_x, W_h, b):
    """All states of a SimpleRNN, h[0] to h[T], each (B, H). h[0] is zero."""
    h = [np.zeros((len(x), len(W_h)))]
    for t in range(x.shape[1]):
        h.append(np.tanh(x[:, t] @ W_x + h[-1] @ W_h + b))
    return h


# %% answer-1
def gradients(x, W_x, W_h, b, d):
    """The gradients of W_x, W_h and b for a loss whose gradient at each state is d."""
    ### BEGIN SOLUTION
    ### END SOLUTION


# %% check-1
def cases(rng):
    x, d = rng.standard_normal((3, 5, 2)), rng.standard_normal((3, 5, 4))
    weights = rng.standard_normal((2, 4)), 0.6 * rng.standard_normal((4, 4)), rng.normal(size=4)
    one, none = np.eye(1), np.zeros(1)
    unit = np.array([[[1.0], [0]]]), one, one / 2, none, np.array([[[0.0], [1]]])
    early = d * (np.arange(5) < 2)[:, None]

    def by_trying(which, step=1e-5):
        """The gradient of one of the three, by moving each of its numbers a little."""
        gradient = np.zeros(weights[which].shape)
        for place in np.ndindex(gradient.shape):
            for side in (step, -step):
                moved = [w.copy() for w in weights]
                moved[which][place] += side
                gradient[place] += (d * np.stack(forward(x, *moved)[1:], 1)).sum() / 2 / side
        return gradient

    properties = {
        "the shapes of W_x, W_h and b": lambda f: (
            [np.shape(g) for g in f(x, *weights, d)] == [(2, 4), (4, 4), (4,)]
        ),
        "the unit worked by hand: 0.18, 0.66, 1.05": lambda f: np.allclose(
            [np.ravel(g)[0] for g in f(*unit)], [0.182, 0.662, 1.050], atol=1e-3
        ),
        "what comes behind the last loss does not matter": lambda f: all(
            np.allclose(a, b)
            for a, b in zip(f(x, *weights, early), f(x[:, :2], *weights, early[:, :2]), strict=True)
        ),
        "the losses of all steps add up": lambda f: all(
            np.allclose(a, b + c)
            for a, b, c in zip(
                f(x, *weights, d), f(x, *weights, early), f(x, *weights, d - early), strict=True
            )
        ),
        "moving each number a little gives the same": lambda f: all(
            np.allclose(g, by_trying(which), atol=1e-6) for which, g in enumerate(f(x, *weights, d))
        ),
    }
    return properties, [lambda f: f(x, *weights, d)]


# %% oracle-1
def by_imaginary_steps(loss, weights, size=1e-30):
    """The gradients of a loss: each number gets a tiny imaginary part, and the loss one in return."""
    found = []
    for which, w in enumerate(weights):
        gradient = np.zeros(np.shape(w))
        for place in np.ndindex(gradient.shape):
            moved = [np.array(v, complex) for v in weights]
            moved[which][place] += size * 1j
            gradient[place] = loss(*moved).imag / size
        found.append(gradient)
    return found


def gradients(x, W_x, W_h, b, d, way=forward):
    def loss(*weights):
        return (d * np.stack(way(x, *weights)[1:], 1)).sum()

    return by_imaginary_steps(loss, [W_x, W_h, b])


# %% mistakes-1
def last_loss_only(x, W_x, W_h, b, d):
    """You begin at the last step and never add what the earlier losses say. Each step has one."""
    return gradients(x, W_x, W_h, b, d * (np.arange(d.shape[1]) == d.shape[1] - 1)[:, None])


def not_handed_on(x, W_x, W_h, b, d):
    """At each step you begin anew. What comes from the later steps is added to the step's own."""
    h = forward(x, W_x, W_h, b)

    def way(x, W_x, W_h, b):
        return [
            h[0],
            *(np.tanh(x[:, t] @ W_x + h[t] @ W_h + b) for t in range(x.shape[1])),
        ]

    return gradients(x, W_x, W_h, b, d, way)


def averaged(x, W_x, W_h, b, d):
    """You average over the sequences. Here they are added up."""
    return [g / len(x) for g in gradients(x, W_x, W_h, b, d)]


def other_order(x, W_x, W_h, b, d):
    """You return the gradient of W_h first. Asked are those of W_x, W_h and b."""
    of_x, of_h, of_b = gradients(x, W_x, W_h, b, d)
    return of_h, of_x, of_b


def turned(x, W_x, W_h, b, d):
    """Rows and columns of your second gradient are exchanged: row i belongs to the unit that sends."""
    of_x, of_h, of_b = gradients(x, W_x, W_h, b, d)
    return of_x, of_h.T, of_b


# %% [markdown] say-1
# In one sentence: with a loss at every step, which share of the gradient of $W_h$ still comes from far back, and who measures it?
