# %% [markdown] title
# # Exercises: question answering
#
# about 45 minutes, and seconds on two cores
#
# A reader that clears and takes, the weight that each sentence has in the end, and an honest split.

# %% [markdown] task-1
# ## 1. Look, and take
#
# At each of $T$ sentences the reader clears the share $l_t$ of its state and fills the share $u_t$ of that with a message $m_t$:
#
# $$ h_t = (1 - l_t)\, h_{t-1} + l_t\, u_t\, m_t $$
#
# Write `read(l, u, m)`: all states, $(T, H)$, from $h_0 = 0$. `l` and `u` have the shape $(T,)$, `m` $(T, H)$.
#
# By hand, with one number: $l = 0.9, 0, 0.9$, $u = 1$, messages 1, 5 and 2. The states are $0.9$, $0.9$ and $0.09 + 1.8 = 1.89$.
#
# <details class="fold"><summary>A first hint</summary>
#
# A loop with one state. What is kept is what was not cleared.
#
# </details>
# <details class="fold"><summary>A second hint</summary>
#
# The message is multiplied by *both* gates.
#
# </details>

# %% answer-1
def read(l, u, m):
    """The state after each sentence, (T, H)."""
    ### BEGIN SOLUTION
    h, states = 0, []
    for look, take, message in zip(l, u, m, strict=True):
        h = (1 - look) * h + look * take * message
        states.append(h)
    return np.array(states)
    ### END SOLUTION


# %% check-1
rng = np.random.default_rng(151)
l, u, m = rng.random(6), rng.random(6), rng.standard_normal((6, 3))
one, zero = np.ones(6), np.zeros(6)
properties = {
    "three sentences by hand: 0.9, 0.9, 1.89": lambda f: np.allclose(
        np.ravel(f(np.array([0.9, 0, 0.9]), np.ones(3), np.array([[1.0], [5], [2]]))),
        [0.9, 0.9, 1.89],
    ),
    "one state a sentence": lambda f: np.shape(f(l, u, m)) == (6, 3),
    "who never looks has read nothing": lambda f: np.allclose(f(zero, u, m), 0),
    "who looks and takes all has the last message": lambda f: np.allclose(f(one, one, m), m),
    "who does not look keeps what is there": lambda f: np.allclose(
        f(np.eye(6)[0], np.eye(6)[0], m), m[0]
    ),
    "look without take clears": lambda f: np.allclose(
        f(np.append(l, 1), np.append(u, 0), np.append(m, m[:1], 0))[-1], 0
    ),
}
probes = [lambda f: f(l, u, m)]


# %% mistakes-1
def step_by(rule, l, u, m):
    h, states = 0, []
    for look, take, message in zip(l, u, m, strict=True):
        h = rule(h, look, take, message)
        states.append(h)
    return np.array(states)


def take_alone(l, u, m):
    """Your message is multiplied by take alone. It fills what was cleared: both gates."""
    return step_by(lambda h, look, take, x: (1 - look) * h + take * x, l, u, m)


def no_take(l, u, m):
    """Take has no effect: whoever looks writes. A sentence may clear and say nothing."""
    return step_by(lambda h, look, take, x: (1 - look) * h + look * x, l, u, m)


def nothing_cleared(l, u, m):
    """Nothing is cleared: your old state stays whole. Its share 1 - l is kept."""
    return step_by(lambda h, look, take, x: h + look * take * x, l, u, m)


def keeps_l(l, u, m):
    """Your look keeps and does not clear. What is kept is 1 - l."""
    return step_by(lambda h, look, take, x: look * h + (1 - look) * take * x, l, u, m)


def clears_both(l, u, m):
    """You clear by look times take. Look alone says how much is cleared."""
    return step_by(lambda h, look, take, x: (1 - look * take) * h + look * take * x, l, u, m)


def exchanged(l, u, m):
    """You exchange look and take: look comes first."""
    return read(u, l, m)


def take_on_all(l, u, m):
    """Your take multiplies what is kept, too. It stands before the message."""
    return step_by(lambda h, look, take, x: take * ((1 - look) * h + look * x), l, u, m)


def gates_added(l, u, m):
    """You add the two gates. The message is multiplied by both."""
    return step_by(lambda h, look, take, x: (1 - look) * h + (look + take) * x, l, u, m)


def no_memory(l, u, m):
    """Your state does not carry on: each sentence begins at 0."""
    return step_by(lambda h, look, take, x: look * take * x, l, u, m)


def no_gate(l, u, m):
    """Your message goes in whole, past both gates."""
    return step_by(lambda h, look, take, x: (1 - look) * h + x, l, u, m)


def states_before(l, u, m):
    """You keep the state from before each sentence. Asked is the one after it."""
    return np.concatenate([0 * m[:1], read(l, u, m)[:-1]])


# %% [markdown] say-1
# In one sentence: a GRU has one gate for keeping and letting in. Which sentence could it not read as this reader does?

# %% [markdown] sentence-1
# One that only ends something, such as *Mary dropped the football*: clear what is there and write nothing in its place.

# %% [markdown] task-2
# ## 2. The weight of a sentence
#
# In the last state, sentence $s$ has the weight
#
# $$ w_s = l_s\, u_s \prod_{t > s} (1 - l_t) $$
#
# Write `weights(l, u)`, from two arrays $(T,)$ to one. For `n` questions at once, two arrays $(n, T)$ make one $(n, T)$.
#
# By hand: $l = 0.5, 0.8, 0, 0.5$ and $u = 1, 1, 1, 0$ give $0.5 \cdot 0.2 \cdot 1 \cdot 0.5 = 0.05$, then $0.4$, $0$ and $0$.
#
# <details class="fold"><summary>A first hint</summary>
#
# What the later sentences left is a product. Walk from the last sentence to the first and carry it along.
#
# </details>
# <details class="fold"><summary>A second hint</summary>
#
# The last sentence has nothing behind it: there the product is 1. `l[..., t]` is one sentence for all questions.
#
# </details>


# %% answer-2
def weights(l, u):
    """The weight of each sentence in the last state, in the shape of l."""
    ### BEGIN SOLUTION
    found, left = np.zeros(np.shape(l)), 1.0
    for t in reversed(range(np.shape(l)[-1])):
        found[..., t] = l[..., t] * u[..., t] * left
        left = left * (1 - l[..., t])
    return found
    ### END SOLUTION


# %% check-2
rng = np.random.default_rng(152)
l, u = rng.random(6), rng.random(6)
looks, takes = rng.random((3, 6)), rng.random((3, 6))
properties = {
    "four sentences by hand: 0.05, 0.4, 0, 0": lambda f: np.allclose(
        f(np.array([0.5, 0.8, 0, 0.5]), np.array([1.0, 1, 1, 0])), [0.05, 0.4, 0, 0]
    ),
    "the last sentence has l times u": lambda f: np.isclose(f(l, u)[-1], l[-1] * u[-1]),
    "a sentence that clears all wipes out what came before": lambda f: np.allclose(
        f(np.append(l, 1), np.append(u, 0.5)), [0, 0, 0, 0, 0, 0, 0.5]
    ),
    "if all is taken, the weights and what was never cleared make 1": lambda f: np.isclose(
        f(l, np.ones(6)).sum() + np.prod(1 - l), 1
    ),
    "several questions at once": lambda f: np.allclose(
        f(looks, takes), [f(a, b) for a, b in zip(looks, takes, strict=True)]
    ),
}
probes = [lambda f: f(l, u), lambda f: f(looks, takes)]


# %% mistakes-2
def own_clearing(l, u):
    """You let a sentence clear its own message. Only the later ones do: t greater than s."""
    return weights(l, u) * (1 - l)


def the_earlier(l, u):
    """Your product runs over the sentences before. What wipes out comes behind."""
    return weights(l[..., ::-1], u[..., ::-1])[..., ::-1]


def gates_only(l, u):
    """Those are the sentence's own gates. What later sentences left of it comes as a product."""
    return l * u


def take_clears(l, u):
    """Your later sentences clear by look times take. Look alone says how much is cleared."""
    found, left = np.zeros(np.shape(l)), 1.0
    for t in reversed(range(np.shape(l)[-1])):
        found[..., t] = l[..., t] * u[..., t] * left
        left = left * (1 - l[..., t] * u[..., t])
    return found


def like_attention(l, u):
    """Your weights add up to 1. Here they need not: something may never be cleared, or not taken."""
    found = weights(l, u)
    return found / found.sum(-1, keepdims=True)


def product_of(left, l, u, behind=1):
    T = l.shape[-1]
    return np.stack(
        [
            l[..., s] * u[..., s] * left(l[..., s + behind :], u[..., s + behind :])
            for s in range(T)
        ],
        axis=-1,
    )


def one_late(l, u):
    """Your product begins one sentence too late. The very next one clears, too."""
    return product_of(lambda l, u: np.prod(1 - l, -1), l, u, 2)


def sum_of_left(l, u):
    """You add up what each later sentence leaves. One after the other: multiply."""
    return product_of(lambda l, u: np.sum(1 - l, -1), l, u)


def take_for_look(l, u):
    """Your later sentences clear by take. They clear by look."""
    return product_of(lambda l, u: np.prod(1 - u, -1), l, u)


def what_is_cleared(l, u):
    """Your product is of what later sentences clear. What they leave is 1 less that."""
    return product_of(lambda l, u: np.prod(l, -1), l, u)


def no_take(l, u):
    """Take has no effect: the message is multiplied by both gates."""
    return weights(l, np.ones_like(u))


def turned(l, u):
    """Your weights stand the wrong way round: the first belongs to the first sentence."""
    return weights(l, u)[..., ::-1]


def all_sentences(l, u):
    """Your product runs over all sentences. Only those behind a sentence clear what it wrote."""
    return l * u * np.prod(1 - l, -1, keepdims=True)


# %% [markdown] say-2
# In one sentence: two sentences have the same gates. Which has the larger weight, and what is that good for in a story?

# %% [markdown] sentence-2
# The later one: what was said last about a person holds, and nobody has to count.

# %% [markdown] task-3
# ## 3. An honest split
#
# Several questions share a story, and stand in the file one behind the other. `story`, a list, holds for each question the number of its story.
#
# Write `split(story, held)`: two lists of question numbers, for learning and for choosing. The last `held` *stories*, in the order in which they first come, go to choosing, with all their questions; the other questions go to learning.
#
# By hand: `split([4, 4, 7, 7, 9], 1)` gives `[0, 1, 2, 3]` and `[4]`.
#
# <details class="fold"><summary>A first hint</summary>
#
# First the stories, each once, in their order. Then the questions.
#
# </details>
# <details class="fold"><summary>A second hint</summary>
#
# `list(dict.fromkeys(story))` keeps the order. Mind `held = 0`: a slice `[-0:]` is everything.
#
# </details>


# %% answer-3
def split(story, held):
    """The questions to learn from and those to choose with; no story has some in both."""
    ### BEGIN SOLUTION
    stories = list(dict.fromkeys(story))
    out = set(stories[len(stories) - held :])
    learn = [i for i, s in enumerate(story) if s not in out]
    return learn, [i for i, s in enumerate(story) if s in out]
    ### END SOLUTION


# %% check-3
stories = [3, 3, 3, 1, 1, 8, 8, 8, 8, 2, 2, 5]
properties = {
    "the five questions worked by hand": lambda f: (
        [list(part) for part in f([4, 4, 7, 7, 9], 1)] == [[0, 1, 2, 3], [4]]
    ),
    "every question is in one part": lambda f: (
        sorted([*f(stories, 2)[0], *f(stories, 2)[1]]) == list(range(12))
    ),
    "no story has questions in both": lambda f: (
        not ({stories[i] for i in f(stories, 3)[0]} & {stories[i] for i in f(stories, 3)[1]})
    ),
    "of 3, 1, 8, 2, 5 the last two are 2 and 5": lambda f: list(f(stories, 2)[1]) == [9, 10, 11],
    "three stories are held out": lambda f: len({stories[i] for i in f(stories, 3)[1]}) == 3,
    "none held out: all to learn from": lambda f: (
        list(f(stories, 0)[0]) == list(range(12)) and len(f(stories, 0)[1]) == 0
    ),
}
probes = [
    lambda f: f(stories, 3),
    lambda f: f(stories, 0),
    lambda f: [len(part) for held in (3, 0) for part in f(stories, held)],
]


# %% mistakes-3
def by_question(story, held):
    """You hold out questions, so a story has some in both parts. Hold out whole stories."""
    cut = len(story) - held
    return list(range(cut)), list(range(cut, len(story)))


def minus_zero(story, held):
    """With none to hold out you hold out all: a slice that begins at minus 0 is everything."""
    out = set(list(dict.fromkeys(story))[-held:])
    return [i for i, s in enumerate(story) if s not in out], [
        i for i, s in enumerate(story) if s in out
    ]


def largest_numbers(story, held):
    """You hold out the stories with the largest numbers. Asked are those that come last."""
    out = set(sorted(set(story))[len(set(story)) - held :])
    return [i for i, s in enumerate(story) if s not in out], [
        i for i, s in enumerate(story) if s in out
    ]


def first_ones(story, held):
    """You hold out the first stories. Asked are the last ones."""
    out = set(list(dict.fromkeys(story))[:held])
    return [i for i, s in enumerate(story) if s not in out], [
        i for i, s in enumerate(story) if s in out
    ]


def exchanged(story, held):
    """You return what is held out first. Asked are the questions to learn from, then the others."""
    return split(story, held)[::-1]


def one_more(story, held):
    """You hold out one story too many."""
    return split(story, held + 1)


def story_numbers(story, held):
    """Your lists hold the numbers of stories. Asked are those of the questions, their places."""
    return tuple([story[i] for i in part] for part in split(story, held))


def learned_too(story, held):
    """You also learn from what is held out. A question is in one part."""
    return list(range(len(story))), split(story, held)[1]


def from_one(story, held):
    """Your questions count from 1. Places in a list count from 0."""
    return tuple([i + 1 for i in part] for part in split(story, held))


def one_of_each(story, held):
    """You hold out one question of each story. All of its questions go with it."""
    stories = list(dict.fromkeys(story))
    out = [story.index(s) for s in stories[len(stories) - held :]]
    return [i for i in range(len(story)) if i not in out], out


# %% [markdown] say-3
# In one sentence: a colleague shuffles the questions and holds out the last tenth. Which of her two scores will disappoint her, and why?

# %% [markdown] sentence-3
# That of the test: her held-out questions share stories with those she learned from, so that score is too good, and it chose when to stop.
