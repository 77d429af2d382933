# %% [markdown] title
# # Graded exercise: what must wait
#
# Chapter 17 · about 35 minutes
#
# However many workers there are: how long does a computation take, if some of its parts need others?

# %% [markdown] task-1
# ## The longest chain
#
# A computation has $n$ parts. Part $k$ takes `durations[k]` seconds and may begin as soon as all parts in the list `needs[k]` are done. There are as many workers as you like, and handing over takes no time. The list of parts is in *no* particular order, but no part needs itself, not even by a detour.
#
# Write `least(durations, needs)`: the least number of seconds after which all parts are done.
#
# By hand: durations 3, 1, 2, needs `[[], [0], []]`: part 1 waits for part 0 and is done after $3 + 1 = 4$; part 2 waits for nothing. So 4, though the parts take 6 together.
#
# Two layers of LSTMs, five steps, each part one layer's step of one second: step $t$ of a layer needs step $t - 1$ of the same layer, and the second layer's step $t$ the first one's step $t$. That takes 6 seconds, not 10: chapter 17's staircase, two stairs wide.
#
# Thousands of parts must be no trouble: follow no chain twice.

# %% answer-1
def least(durations, needs):
    """The least time after which all parts are done."""
    ### BEGIN SOLUTION
    ### END SOLUTION


# %% check-1
def layers(depth, steps, seconds=1.0):
    """Stacked recurrent layers: part (layer, t) stands at place layer * steps + t."""
    needs = [
        [layer * steps + t - 1] * (t > 0) + [(layer - 1) * steps + t] * (layer > 0)
        for layer in range(depth)
        for t in range(steps)
    ]
    return [seconds] * (depth * steps), needs


def shuffled(rng, durations, needs):
    """The same parts in another order."""
    order = rng.permutation(len(durations))
    place = np.argsort(order)
    return (
        [durations[k] for k in order],
        [sorted(int(place[j]) for j in needs[k]) for k in order],
    )


def laid_out(rng):
    """Some chains, each filling its own time without a gap, and waits between them that cost nothing.

    So the answer is known before anything is computed: the length of the longest chain.
    """
    durations, needs, begin, end, lengths = [], [], [], [], []
    for _ in range(4):
        now = 0
        for duration in rng.integers(1, 20, rng.integers(4, 8)):
            needs.append([len(needs) - 1] if now else [])
            durations.append(float(duration))
            begin.append(now)
            end.append(now := now + int(duration))
        lengths.append(now)
    for k in range(len(needs)):
        earlier = [j for j in range(len(needs)) if end[j] <= begin[k] and j not in needs[k]]
        chosen = rng.permutation(earlier)[:2] if earlier else []
        needs[k] = sorted([*needs[k], *map(int, chosen)])
    return shuffled(rng, durations, needs), max(lengths)


def cases(rng):
    graphs, lengths = zip(*(laid_out(rng) for _ in range(4)), strict=True)
    depth, steps = int(rng.integers(3, 6)), int(rng.integers(6, 12))
    stack = shuffled(rng, *layers(depth, steps))
    deep = shuffled(rng, *layers(2, 2000))
    properties = {
        "worked by hand: 4": lambda f: f([3, 1, 2], [[], [0], []]) == 4,
        "nothing waits: the longest part": lambda f: f([2, 7, 4], [[], [], []]) == 7,
        "a chain: all of them together": lambda f: f([2, 7, 4], [[1], [2], []]) == 13,
        "two layers, five steps: 6": lambda f: f(*layers(2, 5)) == 6,
        "some layers, some steps, in no order: one step more a layer": lambda f: (
            f(*stack) == steps + depth - 1
        ),
        "four computations in no order, of chains whose length is known": lambda f: np.allclose(
            [f(*graph) for graph in graphs], lengths
        ),
        "all takes twice as long: twice the time": lambda f: np.isclose(
            f([2 * d for d in graphs[0][0]], graphs[0][1]), 2 * lengths[0]
        ),
        "four thousand parts": lambda f: f(*deep) == 2001,
    }
    probes = [lambda f, g=g: f(*g) for g in [*graphs, stack, ([3, 1, 2], [[], [0], []])]]
    return properties, probes


# %% oracle-1
def least(durations, needs):
    return by_rank(durations, needs)


def by_rank(durations, needs):
    """Strike out parts that wait for nobody, layer after layer, as one sorts a list by who must come first."""
    waits = [len(set(n)) for n in needs]
    after = [[] for _ in needs]
    for k, wanted in enumerate(needs):
        for j in set(wanted):
            after[j].append(k)
    done, free = [0.0] * len(needs), [k for k, n in enumerate(waits) if not n]
    while free:
        j = free.pop()
        done[j] += durations[j]
        for k in after[j]:
            done[k] = max(done[k], done[j])
            waits[k] -= 1
            free += [k] if not waits[k] else []
    return max(done)


# %% mistakes-1
def one_worker(durations, needs):
    """You let one worker do all, part after part. What does not wait can be done at the same time."""
    return sum(durations)


def longest_part(durations, needs):
    """You take the longest part. A part that waits is done only after those before it."""
    return max(durations)


def one_back(durations, needs):
    """You look one part back. Those before it may have waited, too: follow the chain to its end."""
    return max(
        d + max((durations[j] for j in wanted), default=0)
        for d, wanted in zip(durations, needs, strict=True)
    )


def added_up(durations, needs):
    """You wait for the parts one after the other. They run at the same time: the last one counts."""
    done = {}
    for k in in_order(needs):
        done[k] = durations[k] + sum(done[j] for j in needs[k])
    return max(done.values())


def first_need(durations, needs):
    """You wait for the first of those in the list. All of them must be done: the last one counts."""
    return by_rank(durations, [wanted[:1] for wanted in needs])


def soonest_need(durations, needs):
    """You begin when the first is done. All of them must be."""
    done = {}
    for k in in_order(needs):
        done[k] = durations[k] + min((done[j] for j in needs[k]), default=0)
    return max(done.values())


def rounds(durations, needs):
    """You count the parts of the longest chain. Each takes its own time."""
    return by_rank([1] * len(durations), needs)


def last_started(durations, needs):
    """That is when the last part begins. Asked is when all are done."""
    ends, starts = {}, {}
    for k in in_order(needs):
        starts[k] = max((ends[j] for j in needs[k]), default=0)
        ends[k] = starts[k] + durations[k]
    return max(starts.values())


def in_order(needs):
    """The parts so that none comes before one that it needs."""
    level = [0] * len(needs)
    for _ in needs:
        new = [max((level[j] + 1 for j in wanted), default=0) for wanted in needs]
        if new == level:
            break
        level = new
    return sorted(range(len(needs)), key=level.__getitem__)


# %% [markdown] say-1
# In one sentence: a stack of $L$ layers over $T$ steps has $LT$ parts. Which is the least time with workers enough, and what would you have to change in the network to get below $T$?
