# %% [markdown] title
# # Exercises: RNNs today
#
# about 60 minutes, and seconds on two cores
#
# What is kept while a network writes, a loop in a few rounds, a look back that sees no future, and a ball under cups.

# %% [markdown] task-1
# ## 1. What is kept
#
# A network writes, symbol after symbol. What must it keep in order to go on? A SimpleRNN, a GRU and a minGRU keep their state, one number a unit. An LSTM keeps two, $h$ and $c$. Attention keeps a key and a value of each symbol so far, one number a unit each.
#
# Write `kept(layers, units, symbols)`: the bytes that a stack of layers keeps after so many symbols. `layers` is a list of names, `"SimpleRNN"`, `"GRU"`, `"minGRU"`, `"LSTM"` or `"attention"`; each has as many `units`, and a number has 4 bytes.
#
# By hand, 128 units, 1,000 symbols: an LSTM keeps $2 \cdot 128 \cdot 4 = 1024$ bytes, attention $1000 \cdot 2 \cdot 128 \cdot 4 = 1024000$.
#
# <details class="fold"><summary>A first hint</summary>
#
# How many rows of `units` numbers has each kind of layer? For one kind the answer depends on `symbols`.
#
# </details>
# <details class="fold"><summary>A second hint</summary>
#
# A dictionary from the name to the number of rows, and a sum over the layers.
#
# </details>


# %% answer-1
def kept(layers, units, symbols):
    """The bytes that layers keep after so many symbols."""
    ### BEGIN SOLUTION
    rows = {"SimpleRNN": 1, "GRU": 1, "minGRU": 1, "LSTM": 2, "attention": 2 * symbols}
    return sum(rows[layer] for layer in layers) * units * 4
    ### END SOLUTION


# %% check-1
mixed = ["minGRU", "minGRU", "minGRU", "attention"]
properties = {
    "an LSTM by hand: 1,024": lambda f: f(["LSTM"], 128, 1000) == 1024,
    "attention by hand: 1,024,000": lambda f: f(["attention"], 128, 1000) == 1024000,
    "a loop keeps as much after a thousand symbols as after one": lambda f: all(
        f([name], 96, 1) == f([name], 96, 1000) for name in ("SimpleRNN", "GRU", "minGRU", "LSTM")
    ),
    "an LSTM keeps twice what a GRU keeps": lambda f: f(["LSTM"], 50, 7) == 2 * f(["GRU"], 50, 7),
    "twice the symbols, twice the attention": lambda f: (
        f(["attention"], 64, 200) == 2 * f(["attention"], 64, 100)
    ),
    "layers add up": lambda f: (
        f(mixed, 64, 100) == 3 * f(["minGRU"], 64, 100) + f(["attention"], 64, 100) == 51968
    ),
}
probes = [
    lambda f: f(["LSTM", "GRU"], 10, 3),
    lambda f: f(mixed, 7, 5),
    lambda f: f(["attention", "SimpleRNN"], 3, 11),
]


# %% mistakes-1
def of_rows(layers, units, symbols, size=4, **other):
    rows = {"SimpleRNN": 1, "GRU": 1, "minGRU": 1, "LSTM": 2, "attention": 2 * symbols, **other}
    return sum(rows[layer] for layer in layers) * units * size


def one_row(layers, units, symbols):
    """Your LSTM keeps one row. It has two states, h and c."""
    return of_rows(layers, units, symbols, LSTM=1)


def keys_only(layers, units, symbols):
    """Your attention keeps one row a symbol. It needs the keys to compare, and the values to mix."""
    return of_rows(layers, units, symbols, attention=symbols)


def queries_too(layers, units, symbols):
    """Your attention keeps the queries, too. A query is used once, when its symbol is read."""
    return of_rows(layers, units, symbols, attention=3 * symbols)


def all_pairs(layers, units, symbols):
    """Your attention keeps something for each pair of symbols. Weights are used once, and forgotten."""
    return of_rows(layers, units, symbols, attention=2 * symbols**2)


def attention_is_fixed(layers, units, symbols):
    """Your attention keeps as much after a thousand symbols as after one. It adds rows at every symbol."""
    return of_rows(layers, units, symbols, attention=2)


def everything_grows(layers, units, symbols):
    """Your loops grow with the symbols. A loop overwrites its state."""
    loops = {name: symbols for name in ("SimpleRNN", "GRU", "minGRU")}
    return of_rows(layers, units, symbols, LSTM=2 * symbols, **loops)


def numbers(layers, units, symbols):
    """You count numbers. A number has 4 bytes."""
    return of_rows(layers, units, symbols, size=1)


def doubles(layers, units, symbols):
    """Your numbers have 8 bytes. Here they have 4."""
    return of_rows(layers, units, symbols, size=8)


def last_layer(layers, units, symbols):
    """You count one layer only. Each of the stack keeps something."""
    return of_rows(layers[-1:], units, symbols)


def first_layer(layers, units, symbols):
    """You count the first layer only. Each of the stack keeps something."""
    return of_rows(layers[:1], units, symbols)


# %% [markdown] say-1
# In one sentence: a chat of 100,000 symbols runs on a phone. Why do its makers mix in loops?

# %% [markdown] sentence-1
# Each layer of attention adds a key and a value at every symbol, a loop nothing; with three layers of four as loops only a quarter of that grows.

# %% [markdown] task-2
# ## 2. A loop in a few rounds
#
# A linear loop is $h_t = a_t h_{t-1} + b_t$, unit by unit, from $h_0 = 0$. Two steps are one step: first $(a, b)$, then $(a', b')$ is $h \mapsto a' (a h + b) + b'$, a step with $a' a$ and $a' b + b'$.
#
# So join each place with the one before it, all places at once; then with the one 2 before, then 4 before, and so on. After enough rounds each place has the step from the very beginning.
#
# Write `scan(a, b)`, where both have the shape $(T, H)$: all states, $(T, H)$, and the number of rounds, without a loop over $t$.
#
# By hand, one unit: $a = (0.5, 0.4)$, $b = (2, 1)$. One round joins the second place with the first: it keeps $0.4 \cdot 0.5 = 0.2$ and adds $0.4 \cdot 2 + 1 = 1.8$. The states are $2$ and $1.8$.
#
# <details class="fold"><summary>A first hint</summary>
#
# In a round, place `t` is joined with place `t - far`. Which places have no such partner, and what happens to them?
#
# </details>
# <details class="fold"><summary>A second hint</summary>
#
# `a[far:]` are the later steps, `a[:-far]` their partners. What starts at $h_0 = 0$ ends at what its step adds.
#
# </details>


# %% answer-2
def scan(a, b):
    """All states of a linear loop from 0, and how many rounds it took."""
    ### BEGIN SOLUTION
    far, rounds = 1, 0
    while far < len(a):
        joined = a[far:] * b[:-far] + b[far:]
        a = np.concatenate([a[:far], a[far:] * a[:-far]])
        b = np.concatenate([b[:far], joined])
        far, rounds = 2 * far, rounds + 1
    return b, rounds
    ### END SOLUTION


# %% check-2
draw = np.random.default_rng(18)
keeps, adds = draw.uniform(0.3, 1.1, (13, 3)), draw.standard_normal((13, 3))


def by_steps(a, b):
    """The states, one step after the other."""
    h, states = np.zeros(a.shape[1]), []
    for t in range(len(a)):
        h = a[t] * h + b[t]
        states.append(h)
    return np.array(states)


properties = {
    "two steps by hand: 2 and 1.8, one round": lambda f: (
        np.allclose(f(np.array([[0.5], [0.4]]), np.array([[2.0], [1.0]]))[0], [[2.0], [1.8]])
        and f(np.array([[0.5], [0.4]]), np.array([[2.0], [1.0]]))[1] == 1
    ),
    "thirteen steps, three units: as step by step": lambda f: np.allclose(
        f(keeps, adds)[0], by_steps(keeps, adds)
    ),
    "who keeps all adds up": lambda f: np.allclose(
        f(np.ones((9, 2)), adds[:9, :2])[0], np.cumsum(adds[:9, :2], axis=0)
    ),
    "who keeps nothing has the last alone": lambda f: np.allclose(
        f(np.zeros((9, 2)), adds[:9, :2])[0], adds[:9, :2]
    ),
    "rounds for 1, 2, 3, 8, 9 and 13 steps: 0, 1, 2, 3, 4, 4": lambda f: (
        [f(keeps[:n], adds[:n])[1] for n in (1, 2, 3, 8, 9, 13)] == [0, 1, 2, 3, 4, 4]
    ),
}
probes = [
    lambda f: f(keeps, adds)[0],
    lambda f: [f(keeps[:n], adds[:n])[1] for n in (1, 2, 5, 8, 13)],
]


# %% mistakes-2
def rounds_of(a, b, join, more=lambda far: 2 * far, until=None):
    far, rounds = 1, 0
    while far < (until or len(a)):
        first, later = (a[:-far], b[:-far]), (a[far:], b[far:])
        keep, add = join(first, later)
        a, b = np.concatenate([a[:far], keep]), np.concatenate([b[:far], add])
        far, rounds = more(far), rounds + 1
    return b, rounds


def right(first, later):
    return later[0] * first[0], later[0] * first[1] + later[1]


def exchanged(a, b):
    """You take the later step first. What was added early is multiplied by what the later step keeps."""
    return rounds_of(a, b, lambda first, later: right(later, first))


def new_keeps(a, b):
    """You join what is kept, and use it already for what is added in the same round. Keep the old one until the round is over."""
    return rounds_of(a, b, lambda e, s: (s[0] * e[0], s[0] * e[0] * e[1] + s[1]))


def keeps_unjoined(a, b):
    """You join what is added and leave what is kept. Two steps keep the product of what each keeps."""
    return rounds_of(a, b, lambda e, s: (s[0], s[0] * e[1] + s[1]))


def adds_added(a, b):
    """You add what both steps add. The first is multiplied by what the second keeps."""
    return rounds_of(a, b, lambda e, s: (s[0] * e[0], e[1] + s[1]))


def keeps_added(a, b):
    """You add up what two steps keep. A share of a share is a product."""
    return rounds_of(a, b, lambda e, s: (s[0] + e[0], s[0] * e[1] + s[1]))


def one_more(a, b):
    """Your partner is one place further in every round. A joined step covers twice as much: double the distance."""
    return rounds_of(a, b, right, more=lambda far: far + 1)


def one_round(a, b):
    """You join once. After one round each place has two steps; go on until it has all."""
    return rounds_of(a, b, right, until=min(2, len(a)))


def one_too_few(a, b):
    """Your last round is missing."""
    return rounds_of(a, b, right, until=(len(a) + 1) // 2)


def one_too_many(a, b):
    """You count one round more than there is. One step needs none."""
    states, rounds = scan(a, b)
    return states, rounds + 1


def steps_counted(a, b):
    """You count steps. Asked are rounds, in each of which all places are joined at once."""
    return scan(a, b)[0], len(a)


def states_only_added(a, b):
    """You give what each step keeps in all. From 0, the state is what it adds."""
    far, rounds = 1, scan(a, b)[1]
    while far < len(a):
        a = np.concatenate([a[:far], a[far:] * a[:-far]])
        far *= 2
    return a, rounds


# %% [markdown] say-2
# In one sentence: why can an LSTM's loop not be joined so?

# %% [markdown] sentence-2
# Its gates read the state before, so what a step keeps and adds is not known until the step before is done, and two steps are no longer a step of the same form.

# %% [markdown] task-3
# ## 3. A look back that sees no future
#
# Attention at its own past. Place $t$ has a query $q_t$, a key $k_t$ and a value $v_t$. Its scores are $q_t \cdot k_s / \sqrt d$ with each place $s \le t$, its own among them; a softmax makes weights; out come the values, mixed.
#
# Write `look(Q, K, V)`: all outputs at once. `Q` and `K` have the shape $(T, d)$, `V` and the output $(T, e)$.
#
# By hand, $d = 1$, two places: the keys are $0$ and $\ln 3$, the values 4 and 8, both queries 1. The first place sees itself alone: 4. The second has the powers $e^0 = 1$ and $e^{\ln 3} = 3$, so the weights 1/4 and 3/4: $0.25 \cdot 4 + 0.75 \cdot 8 = 7$.
#
# <details class="fold"><summary>A first hint</summary>
#
# One product of matrices has all scores, a row for each asking place. What must a score be for its weight to be 0?
#
# </details>
# <details class="fold"><summary>A second hint</summary>
#
# `np.tril(np.ones((T, T), bool))` is true where $s \le t$. Hide, then exponentiate, then divide by the sum of each row.
#
# </details>


# %% answer-3
def look(Q, K, V):
    """Each place mixes the values so far by how its query fits their keys."""
    ### BEGIN SOLUTION
    scores = Q @ K.T / np.sqrt(Q.shape[1])
    scores = np.where(np.tril(np.ones(scores.shape, bool)), scores, -np.inf)
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True) @ V
    ### END SOLUTION


# %% check-3
draw = np.random.default_rng(183)
Q, K, V = (draw.standard_normal((6, n)) for n in (4, 4, 3))
two = np.ones((2, 1)), np.array([[0.0], [np.log(3)]]), np.array([[4.0], [8.0]])
other = np.concatenate([V[:4], -V[4:]])
properties = {
    "two places by hand: 4 and 7": lambda f: np.allclose(f(*two), [[4], [7]]),
    "the first place has its own value": lambda f: np.allclose(f(Q, K, V)[0], V[0]),
    "what comes later changes nothing": lambda f: (
        np.allclose(f(Q, K, other)[:4], f(Q, K, V)[:4])
        and np.allclose(f(Q[:3], K[:3], V[:3]), f(Q, K, V)[:3])
    ),
    "equal keys give the mean so far": lambda f: np.allclose(
        f(Q, np.ones((6, 4)), V), np.cumsum(V, axis=0) / np.arange(1, 7)[:, None]
    ),
    "a key that fits very well takes all": lambda f: np.allclose(
        f(50 * np.ones((3, 1)), np.array([[0.0], [1.0], [0.0]]), V[:3])[2], V[1]
    ),
    "scores are divided by the root of d": lambda f: np.allclose(
        f(np.repeat(Q, 4, axis=1), np.repeat(K, 4, axis=1), V), f(2 * Q, K, V)
    ),
    "large scores do not overflow": lambda f: np.isfinite(f(1000 * Q, K, V)).all(),
    "equal values: the value, whatever is asked": lambda f: np.allclose(
        f(Q, K, np.ones((6, 2))), 1
    ),
}
probes = [lambda f: f(Q, K, V), lambda f: f(Q[:, :1], K[:, :1], V)]


# %% mistakes-3
def looked(Q, K, V, seen=None, root=True, axis=1, late=False, exp=True, weights=False):
    scores = Q @ K.T / (np.sqrt(Q.shape[1]) if root is True else root or 1)
    seen = np.tril(np.ones(scores.shape)) if seen is None else seen(np.ones(scores.shape))
    shown = scores if late else np.where(seen > 0, scores, -np.inf)
    powers = np.exp(shown - shown[np.isfinite(shown)].max()) if exp else np.where(seen, scores, 0)
    found = powers / powers.sum(axis=axis, keepdims=True)
    found = np.where(seen > 0, found, 0) if late else found
    return found if weights else np.nan_to_num(found) @ V


def sees_all(Q, K, V):
    """Your places see what comes later. Hide it before the softmax."""
    return looked(Q, K, V, seen=lambda ones: ones)


def not_itself(Q, K, V):
    """Your place does not see itself. It may: s is at most t."""
    return looked(Q, K, V, seen=lambda ones: np.tril(ones, -1))


def sees_future(Q, K, V):
    """Your places see what comes later and not what was. The mask is the wrong way round."""
    return looked(Q, K, V, seen=np.triu)


def sees_one_ahead(Q, K, V):
    """Your places see one step ahead."""
    return looked(Q, K, V, seen=lambda ones: np.tril(ones, 1))


def no_root(Q, K, V):
    """Your scores are not divided by the root of d."""
    return looked(Q, K, V, root=None)


def by_d(Q, K, V):
    """You divide the scores by d. Asked is its root."""
    return looked(Q, K, V, root=Q.shape[1])


def other_way(Q, K, V):
    """Your weights add up to 1 over the asking places. They must do so for each asking place, over what it sees."""
    return looked(Q, K, V, axis=0)


def hidden_late(Q, K, V):
    """You hide after the softmax. The weights that are left no longer add up to 1."""
    return looked(Q, K, V, late=True)


def bare_scores(Q, K, V):
    """You divide scores by their sum, without the exponential."""
    return looked(Q, K, V, exp=False)


def shares(Q, K, V):
    """Those are the weights. Mix the values by them."""
    return looked(Q, K, V, weights=True)


def asks_with_keys(Q, K, V):
    """Your keys ask, and your queries are asked."""
    return look(K, Q, V)


def not_normalised(Q, K, V):
    """Your weights do not add up to 1. Divide each row by its sum."""
    scores = Q @ K.T / np.sqrt(Q.shape[1])
    return np.tril(np.exp(scores)) @ V


# %% [markdown] say-3
# In one sentence: all keys are equal and no place is told. What does `look` know of the order of what it read?

# %% [markdown] sentence-3
# Nothing: it gives the mean so far, and a mean is the same in any order; so a transformer adds to each symbol a row that tells its place.

# %% [markdown] task-4
# ## 4. Follow the ball
#
# Cups stand at the places 0, 1, 2, … and the ball is under the one at place 0. A swap names two *places*; the cups there change, and the ball goes with its cup.
#
# Write `follow(swaps)`: `swaps`, of shape $(N, T, 2)$, has $N$ games of $T$ swaps. Give the place of the ball after each swap, $(N, T)$.
#
# By hand, one game, the swaps $(0, 1), (2, 1), (0, 1)$: the ball goes to 1, then to 2, and stays there.
#
# <details class="fold"><summary>A first hint</summary>
#
# A swap has three cases for the ball: it is at the first place, at the second, or at neither.
#
# </details>
# <details class="fold"><summary>A second hint</summary>
#
# `np.where` inside `np.where`, so that a ball that has moved is not moved back. Loop over the steps; treat all games of a step at once.
#
# </details>


# %% answer-4
def follow(swaps):
    """The place of the ball after each swap, for many games."""
    ### BEGIN SOLUTION
    ball, seen = np.zeros(len(swaps), int), []
    for t in range(swaps.shape[1]):
        first, second = swaps[:, t, 0], swaps[:, t, 1]
        ball = np.where(ball == first, second, np.where(ball == second, first, ball))
        seen.append(ball)
    return np.stack(seen, axis=1)
    ### END SOLUTION


# %% check-4
draw = np.random.default_rng(184)
by_hand = np.array([[[0, 1], [2, 1], [0, 1]]])
games = np.array([[draw.choice(4, 2, replace=False) for _ in range(12)] for _ in range(5)])


def by_cups(game):
    """One game with the cups themselves: where cup 0 stands after each swap."""
    cups, seen = list(range(10)), []
    for a, b in game:
        cups[a], cups[b] = cups[b], cups[a]
        seen.append(cups.index(0))
    return seen


properties = {
    "one game by hand: 1, 2, 2": lambda f: np.array_equal(f(by_hand), [[1, 2, 2]]),
    "five games of twelve swaps among four places": lambda f: np.array_equal(
        f(games), [by_cups(game) for game in games]
    ),
    "the order of the two places does not matter": lambda f: np.array_equal(
        f(games[:, :, ::-1]), f(games)
    ),
    "the order of the swaps does": lambda f: (
        np.array_equal(f(np.array([[[0, 1], [1, 2]]]))[:, -1], [2])
        and np.array_equal(f(np.array([[[1, 2], [0, 1]]]))[:, -1], [1])
    ),
    "a game, then the same backwards: the ball is back": lambda f: np.all(
        f(np.concatenate([games, games[:, ::-1]], axis=1))[:, -1] == 0
    ),
    "the same two again and again: 1, 0, 1, 0": lambda f: np.array_equal(
        f(np.array([[[0, 1]] * 6])), [[1, 0] * 3]
    ),
}
probes = [lambda f: f(by_hand), lambda f: f(games), lambda f: f(np.array([[[0, 1]] * 6]))]


# %% mistakes-4
def played(swaps, step, start=0, before=False):
    ball, seen = np.full(len(swaps), start), []
    for t in range(swaps.shape[1]):
        moved = step(ball, swaps[:, t, 0], swaps[:, t, 1])
        seen.append(ball if before else moved)
        ball = moved
    return np.stack(seen, axis=1)


def swapped(ball, a, b):
    return np.where(ball == a, b, np.where(ball == b, a, ball))


def one_way(swaps):
    """Your ball moves from the first place to the second, never the other way."""
    return played(swaps, lambda ball, a, b: np.where(ball == a, b, ball))


def there_and_back(swaps):
    """Your ball never gets from the first place to the second. Is it moved back in the same swap, by a second test?"""

    def step(ball, a, b):
        ball = np.where(ball == a, b, ball)
        return np.where(ball == b, a, ball)

    return played(swaps, step)


def named_cups(swaps):
    """Your swap names two cups, or you give the cup at place 0. It names two places, and asked is the place of the ball."""
    seen = []
    for game in swaps:
        place, mine = list(range(10)), []
        for a, b in game:
            place[a], place[b] = place[b], place[a]
            mine.append(place[0])
        seen.append(mine)
    return np.array(seen)


def too_early(swaps):
    """You give the place before each swap. Asked is the one after it."""
    return played(swaps, swapped, before=True)


def starts_elsewhere(swaps):
    """Your ball begins at place 1. It begins at 0."""
    return played(swaps, swapped, start=1)


def never_moves(swaps):
    """Your ball stays at 0. It goes with its cup."""
    return played(swaps, lambda ball, a, b: ball)


def always_moves(swaps):
    """Your ball goes to the second place at every swap, wherever it was."""
    return played(swaps, lambda ball, a, b: b + 0 * ball)


def by_games(swaps):
    """Your rows are steps and your columns games. Asked is a row for each game."""
    return played(swaps, swapped).T


# %% [markdown] say-4
# In one sentence: why can nobody follow the ball who only counts how often each swap came?

# %% [markdown] sentence-4
# The same two swaps in another order lead elsewhere: (0, 1) then (1, 2) brings the ball to 2, (1, 2) then (0, 1) brings it to 1.
