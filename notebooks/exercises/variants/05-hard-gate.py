# %% [markdown] title
# # Graded exercise: a hard gate
#
# Chapter 5 · about 20 minutes
#
# A bias for a path whose gate is made of three straight lines.

# %% [markdown] task-1
# ## A bias for a gate with corners
#
# Keras' *hard sigmoid* is quick to compute: $\text{gate}(b) = b/6 + 1/2$, but never below 0 and never above 1. A path passes on the share $\text{gate}(b)$ at each step.
#
# Write `bias_for(k, left)`: the bias with which the share `left` of what was there is left after `k` steps, where $0 \le \text{left} \le 1$. Where many biases do, take the one nearest to 0.
#
# By hand: half is left after one step when $b = 0$. A quarter is left after two steps at $b = 0$ as well. Everything is left at $b = 3$.

# %% answer-1
def bias_for(k, left):
    """The bias nearest to 0 with which a share is left after k steps of a hard sigmoid."""
    ### BEGIN SOLUTION
    ### END SOLUTION


# %% check-1
def cases(rng):
    steps, shares = rng.integers(2, 40, 6), rng.uniform(0.05, 0.95, 6)

    def gate(b):
        return min(1, max(0, b / 6 + 0.5))

    properties = {
        "half is left after one step at 0": lambda f: np.isclose(f(1, 0.5), 0, atol=1e-9),
        "a quarter after two steps at 0": lambda f: np.isclose(f(2, 0.25), 0, atol=1e-9),
        "with that bias the share is left": lambda f: all(
            np.isclose(gate(f(int(k), left)) ** int(k), left)
            for k, left in zip(steps, shares, strict=True)
        ),
        "everything is left: 3, whatever k is": lambda f: all(
            np.isclose(f(int(k), 1.0), 3) for k in steps
        ),
        "nothing is left: -3": lambda f: all(np.isclose(f(int(k), 0.0), -3) for k in steps),
        "longer or more, a larger bias": lambda f: f(3, 0.5) < f(30, 0.5) < f(30, 0.9) < 3,
    }
    probes = [lambda f: f(1, 0.5), lambda f: [f(5, 0.3), f(12, 0.5), f(30, 0.9)]]
    probes += [lambda f: f(4, 1.0)]
    return properties, probes


# %% oracle-1
def bias_for(k, left, slope=1 / 6, ends=3.0):
    """Halves a range of biases a hundred times."""
    low, high = -ends, ends
    for _ in range(100):
        middle = (low + high) / 2
        enough = (slope * middle + 0.5) ** k >= left
        low, high = (low, middle) if enough else (middle, high)
    return high


# %% mistakes-1
def soft(k, left):
    """That is the bias for the logistic function. This gate is made of straight lines."""
    share = left ** (1 / k)
    return np.log(share) - np.log(1 - share)


def the_gate(k, left):
    """That is the share that a step passes on. The bias is what goes into the gate to give it."""
    return bias_for(k, left) / 6 + 0.5


def old_slope(k, left):
    """Your gate has a slope of 0.2, as Keras 2 had it. Here it is 1/6, and the ends are at 3 and -3."""
    return bias_for(k, left, 0.2, 2.5)


def one_step(k, left):
    """Your share is that of a single step. It shall be left after all k steps together."""
    return bias_for(1, left)


def evenly(k, left):
    """You divide the loss evenly, as if each step took away as much. Each step passes on a share."""
    return bias_for(1, 1 - (1 - left) / k)


# %% [markdown] say-1
# In one sentence: with a bias of 3 and no noise, how much is left after a million steps, and what does training lose there?
