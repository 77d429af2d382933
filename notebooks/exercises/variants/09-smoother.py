# %% [markdown] title
# # Graded exercise: some steps late
#
# Chapter 9 · about 40 minutes
#
# What a reader knows who may wait for a few letters.

# %% [markdown] task-1
# ## A smoother with a delay
#
# A hidden source, as in exercise 2 of chapter 9: row $i$ of `A` $(S, S)$ says where condition $i$ goes, row $i$ of `E` $(S, V)$ which letter it shows, `start` $(S,)$ where it begins. The filter, which knows the letters up to here, is given.
#
# Write `smoothed(letters, A, E, start, d)`, of shape $(T, S)$: in row $t$ the probability of each condition at step $t$, given the letters up to step $t + d$ (or up to the end, where there are fewer).
#
# By hand, two conditions that never change, `A` the identity, each shows its own letter with $0.8$, start $(0.5, 0.5)$, letters 0, 0: the filter says $0.8$ for condition 0, then $0.64 / 0.68 = 0.94$. With $d = 1$ both rows say $0.94$.


# %% given-1
def filtered(letters, A, E, start):
    """Row t: the probability of each condition, given the letters up to t, (T, S)."""
    rows = []
    for letter in letters:
        row = (rows[-1] @ A if rows else start) * E[:, letter]
        rows.append(row / row.sum())
    return np.array(rows)


# %% answer-1
def smoothed(letters, A, E, start, d):
    """Row t: the probability of each condition at t, given the letters up to t + d, (T, S)."""
    ### BEGIN SOLUTION
    ### END SOLUTION


# %% check-1
def cases(rng):
    from itertools import pairwise, product

    A, E = rng.dirichlet(np.ones(3), 3), rng.dirichlet(np.ones(4) / 2 + 0.3, 3)
    start, letters = rng.dirichlet(np.ones(3)), rng.integers(0, 4, 6)
    many, changed = rng.integers(0, 4, 1000), np.append(letters[:4], (letters[4:] + 1) % 4)
    model, two = (A, E, start), np.array([[0.8, 0.2], [0.2, 0.8]])

    def all_paths(t):
        """Each condition at t, by adding up all paths through four letters."""
        row = np.zeros(3)
        for path in product(range(3), repeat=4):
            p = start[path[0]] * np.prod([A[i, j] for i, j in pairwise(path)])
            row[path[t]] += p * np.prod([E[i, n] for i, n in zip(path, letters, strict=False)])
        return row / row.sum()

    properties = {
        "each row adds up to 1": lambda f: np.allclose(f(letters, *model, 2).sum(1), 1),
        "two letters by hand: 0.94 in both rows": lambda f: np.allclose(
            f(np.array([0, 0]), np.eye(2), two, np.full(2, 0.5), 1)[:, 0], 0.64 / 0.68
        ),
        "who does not wait is the filter": lambda f: np.allclose(
            f(letters, *model, 0), filtered(letters, *model)
        ),
        "the last row is the filter's": lambda f: np.allclose(
            f(letters, *model, 3)[-1], filtered(letters, *model)[-1]
        ),
        "letters behind t + d change nothing": lambda f: np.allclose(
            f(letters, *model, 2)[:2], f(changed, *model, 2)[:2]
        ),
        "the whole of four letters: all 81 paths": lambda f: all(
            np.allclose(f(letters[:4], *model, d)[t], all_paths(t))
            for t, d in ((0, 3), (1, 2), (2, 9))
        ),
        "a thousand letters are no trouble": lambda f: np.isfinite(f(many, *model, 2)).all(),
    }
    probes = [lambda f: f(letters, *model, 2), lambda f: f(letters, *model, 1)]
    return properties, probes


# %% oracle-1
def smoothed(letters, A, E, start, d, size=1e-30):
    """How the logarithm of the letters' probability answers to a letter that is a little likelier."""
    rows = []
    before = np.vstack([start, filtered(letters, A, E, start) @ A])
    for t in range(len(letters)):
        row = []
        for condition in range(len(A)):
            state, log = before[t] + 0j, 0j
            for step, letter in enumerate(letters[t : t + d + 1]):
                shown = E[:, letter] + 0j
                if step == 0:
                    shown[condition] *= 1 + size * 1j
                state = (state if step == 0 else state @ A) * shown
                log += np.log(state.sum())
                state = state / state.sum()
            row.append(log.imag / size)
        rows.append(row)
    return np.array(rows)


# %% mistakes-1
def no_wait(letters, A, E, start, d):
    """That is the filter. Row t may also use the d letters behind it."""
    return smoothed(letters, A, E, start, 0)


def to_the_end(letters, A, E, start, d):
    """Every row of yours reads to the end. Row t may read up to letter t + d and no further."""
    return smoothed(letters, A, E, start, len(letters))


def one_short(letters, A, E, start, d):
    """You wait one letter less. The letter at t + d itself is read."""
    return smoothed(letters, A, E, start, max(0, d - 1))


def wrong_side(letters, A, E, start, d):
    """You step from columns to rows. Row i of A says where condition i goes."""
    return smoothed(letters, A.T, E, start, d)


def d_rows_late(letters, A, E, start, d):
    """Your row t + d speaks of step t: you write down when you know it. Row t speaks of step t."""
    rows = smoothed(letters, A, E, start, d)
    return np.concatenate([np.repeat(rows[:1], d, 0), rows])[: len(rows)]


# %% [markdown] say-1
# In one sentence: which network of the chapter does what the smoother does, and how would you choose its delay?
