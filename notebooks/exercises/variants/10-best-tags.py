# %% [markdown] title
# # Graded exercise: tags that fit together
#
# Chapter 10 · about 40 minutes
#
# A tagger judges each word for itself. Which whole row of tags is the best?

# %% [markdown] task-1
# ## The best row of tags
#
# A tagger gives each word a score for each tag: `scores`, of shape $(T, K)$. `moves`, of shape $(K, K)$, says how well tag $j$ follows tag $i$: `moves[i, j]`. The worth of a row of tags is the sum of its scores and of its moves.
#
# Write `best_tags(scores, moves)`: a list of the $T$ tags of the row with the largest worth. Trying all $K^T$ rows is no way for texts of forty words.
#
# By hand, two tags, two words: scores $(3, 1.5)$ and $(1, 2)$, a move of $-2$ from 0 to 1, the others 0. Word by word one would say 0, 1, worth $3 + 2 - 2 = 3$. The row 0, 0 is worth $3 + 1 = 4$, and 1, 1 is worth $3.5$.

# %% answer-1
def best_tags(scores, moves):
    """The row of tags with the largest sum of scores and moves, a list of T numbers."""
    ### BEGIN SOLUTION
    ### END SOLUTION


# %% check-1
def worth(tags, scores, moves):
    """The sum of the scores and the moves of a row of tags."""
    tags = np.asarray(tags)
    return scores[np.arange(len(tags)), tags].sum() + moves[tags[:-1], tags[1:]].sum()


def cases(rng):
    from itertools import product

    by_hand = np.array([[3, 1.5], [1, 2]]), np.array([[0, -2.0], [0, 0]])
    texts = [(rng.standard_normal((5, 3)), 2 * rng.standard_normal((3, 3))) for _ in range(4)]
    planted, noise = rng.integers(0, 3, 40), rng.random((40, 3))
    scores, moves = 9 * np.eye(3)[planted] + noise, texts[0][1] / 9
    ring = np.where(np.eye(3)[[1, 2, 0]] == 1, 50.0, 0)  # 0 is followed by 1, 1 by 2, 2 by 0

    def unbeaten(f):
        """Whether no row of tags is worth more."""
        return all(
            worth(f(*text), *text)
            >= max(worth(t, *text) for t in product(range(3), repeat=5)) - 1e-9
            for text in texts
        )

    properties = {
        "two words by hand: 0, 0": lambda f: list(f(*by_hand)) == [0, 0],
        "one tag a word": lambda f: len(f(*texts[0])) == 5,
        "no row of five tags is worth more": unbeaten,
        "without moves: the best tag of each word": lambda f: (
            list(f(scores, 0 * moves)) == planted.tolist()
        ),
        "a ring of tags: each is followed by the next": lambda f: (
            set((np.diff(f(noise[:12], ring)) % 3).tolist()) == {1}
        ),
        "forty words": lambda f: list(f(scores, moves)) == planted.tolist(),
        "one word": lambda f: list(f(scores[:1], moves)) == planted[:1].tolist(),
    }
    probes = [lambda f: f(*by_hand), *(lambda f, text=text: f(*text) for text in texts)]
    return properties, probes


# %% oracle-1
from itertools import product


def best_tags(scores, moves, cold=40):
    """A short text: tries all rows. A long one: draws all rows at once, so cold that one remains,
    and asks how the sum answers to each score."""
    T, K = scores.shape
    if T <= 5:
        return max(product(range(K), repeat=T), key=lambda tags: worth(tags, scores, moves))
    scores, moves = cold * scores, np.exp(cold * (moves - moves.max()))
    shares = np.zeros((T, K))
    for t, k in np.ndindex(T, K):
        log = 0j
        for step in range(T):
            weight = np.exp(scores[step] - scores[step].max()) + 0j
            if step == t:
                weight[k] *= 1 + 1e-30j
            state = weight if step == 0 else (state @ moves) * weight
            log, state = log + np.log(state.sum()), state / state.sum()
        shares[t, k] = log.imag
    return shares.argmax(1).tolist()


# %% mistakes-1
def word_by_word(scores, moves):
    """You choose for each word by itself. The moves count, too."""
    return scores.argmax(1).tolist()


def from_left_to_right(scores, moves):
    """You choose from left to right and never take back: a good beginning may lead nowhere good."""
    tags = [int(scores[0].argmax())]
    for row in scores[1:]:
        tags.append(int((row + moves[tags[-1]]).argmax()))
    return tags


def best_so_far(scores, moves):
    """For each word you take the end of the row that is best so far. Those rows need not fit together."""
    return [best_tags(scores[: t + 1], moves)[-1] for t in range(len(scores))]


def turned_moves(scores, moves):
    """You read the moves from columns to rows. Row i says what follows tag i."""
    return best_tags(scores, moves.T)


def from_the_end(scores, moves):
    """Your tags stand in the order in which you walked back, the last first. Turn them round."""
    return list(best_tags(scores, moves))[::-1]


# %% [markdown] say-1
# In one sentence: a Bi-LSTM reads all words before it judges one. What can `moves` still add?
