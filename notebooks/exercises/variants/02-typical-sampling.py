# %% [markdown] title
# # Graded exercise: typical words
#
# Chapter 2 · about 30 minutes
#
# Another way to choose from which words a network may draw.

# %% [markdown] task-1
# ## Draw what is as surprising as usual
#
# A nucleus keeps the likeliest symbols. One may also keep the *typical* ones. The surprise of a symbol is $-\log_2 p$, its mean is the entropy $H = -\sum p \log_2 p$, and a symbol is the more typical the nearer its surprise is to $H$.
#
# Write `typical(p, share)`: of the probabilities `p`, shape $(V,)$, keep the fewest most typical symbols whose probabilities together are at least `share`; give all others 0, and divide by the sum. A symbol with $p = 0$ adds nothing to the entropy and is never kept.
#
# By hand: $p = (0.5, 0.25, 0.125, 0.125)$ has surprises of 1, 2, 3, 3 bits, $H = 1.75$. The second symbol is nearest, then the first. For a share of $0.6$ both are kept: $(2/3, 1/3, 0, 0)$. For $0.2$ the second alone.

# %% answer-1
def typical(p, share):
    """The most typical symbols that together hold a share, as probabilities; 0 for the others."""
    ### BEGIN SOLUTION
    ### END SOLUTION


# %% check-1
def cases(rng):
    by_hand = np.array([0.5, 0.25, 0.125, 0.125])
    one, two = rng.dirichlet(np.full(7, 0.8), 2)
    with_zero = np.insert(one, 3, 0.0)
    shares = (0.2, 0.45, 0.7, 0.95)

    def fewest(f):
        """Whether each kept holds the share, is nearer than those dropped, and none is too many."""
        for p in (one, two):
            far = np.abs(np.log(p) - p @ np.log(p))
            for share in shares:
                kept = f(p, share) > 0
                if kept.sum() < 7 and far[kept].max() > far[~kept].min():
                    return False
                if not p[kept].sum() >= share > p[kept].sum() - p[kept][far[kept].argmax()]:
                    return False
        return True

    properties = {
        "the probabilities worked by hand": lambda f: (
            np.allclose(f(by_hand, 0.6), [2 / 3, 1 / 3, 0, 0])
            and np.allclose(f(by_hand, 0.2), [0, 1, 0, 0])
        ),
        "what is kept adds up to 1": lambda f: all(np.isclose(f(one, s).sum(), 1) for s in shares),
        "a share of 1 keeps everything": lambda f: np.allclose(f(two, 1 - 1e-12), two),
        "it keeps the fewest that hold the share, and the nearest": fewest,
        "among those kept the odds stay": lambda f: np.allclose(
            f(one, 0.7) * one[f(one, 0.7) > 0].sum(), np.where(f(one, 0.7) > 0, one, 0)
        ),
        "a symbol of probability 0 changes nothing": lambda f: np.allclose(
            f(with_zero, 0.7), np.insert(f(one, 0.7), 3, 0)
        ),
    }
    probes = [lambda f: f(by_hand, 0.2), lambda f: [f(p, s) for p in (one, two) for s in shares]]
    return properties, probes


# %% oracle-1
from itertools import product


def far_from(p, mean):
    """How far each surprise is from a number, in bits."""
    return np.abs(-np.log2(np.where(p > 0, p, 1)) - mean) + np.where(p > 0, 0, 99)


def entropy(p):
    return -sum(x * np.log2(x) for x in p if x > 0)


def smallest(p, share, far):
    """Tries every set of symbols; of those that hold the share and leave out nothing nearer, the
    smallest."""
    sets = [np.array(kept, bool) for kept in product([0, 1], repeat=len(p)) if any(kept)]
    whole = [
        kept
        for kept in sets
        if p[kept].sum() >= share - 1e-12 and far[kept].max() <= far[~kept].min(initial=99)
    ]
    kept = np.where(min(whole, key=sum), p, 0)
    return kept / kept.sum()


def typical(p, share):
    return smallest(p, share, far_from(p, entropy(p)))


# %% mistakes-1
def likeliest(p, share):
    """You keep the likeliest symbols: that is the nucleus. Asked are the typical ones."""
    return smallest(p, share, 1 - p)


def from_even_chances(p, share):
    """You compare with the surprise of even chances, the logarithm of V. Compare with the entropy."""
    return smallest(p, share, far_from(p, np.log2(len(p))))


def mean_of_surprises(p, share):
    """You take a plain mean of the surprises. In the entropy each one weighs as much as it is likely."""
    return smallest(p, share, far_from(p, -np.log2(p[p > 0]).mean()))


def not_divided(p, share):
    """What you keep no longer adds up to 1. Divide it by its sum."""
    return np.where(typical(p, share) > 0, p, 0)


def one_too_few(p, share):
    """You drop the symbol with which the sum reaches the share. It is kept."""
    far = np.where(typical(p, share) > 0, far_from(p, entropy(p)), -1)
    kept = np.where((far >= 0) & (np.arange(len(p)) != far.argmax()), p, 0)
    return kept / kept.sum()


# %% [markdown] say-1
# In one sentence: when does a typical draw leave out the likeliest word, and why may that be wanted?
