# %% [markdown] title
# # Exercises: translation
#
# about 60 minutes, and seconds on two cores
#
# Attention with a mask, what the writer reads and what it should say, and a beam.

# %% [markdown] task-1
# ## 1. Attention, with a mask
#
# `memory`, of shape $(S, H)$, has a row for each word that was read, `q`, of shape $(H,)$, is the writer's output. `real`, $(S,)$, is `True` for words and `False` for padding. The score of a row is its dot product with `q`; the softmax makes weights of the scores; padding gets no weight.
#
# Write `attend(q, memory, real)`. It returns the weights, $(S,)$, and the mix of the rows, $(H,)$.
#
# By hand: rows $(1, 0)$, $(0, 1)$, $(2, 0)$ and $q = (1, 0)$. The scores are 1, 0, 2, the weights 0.24, 0.09, 0.67, the mix is $(1.58, 0.09)$.
#
# <details class="fold"><summary>A first hint</summary>
#
# A weight of 0 *after* the softmax leaves a sum below 1. Where must the padding be taken out?
#
# </details>
# <details class="fold"><summary>A second hint</summary>
#
# Give padding a score of minus infinity (`np.where`): its exponential is 0. Subtract the largest score first, then nothing overflows.
#
# </details>

# %% answer-1
def attend(q, memory, real):
    """The weights of the rows, (S,), and their mix, (H,)."""
    ### BEGIN SOLUTION
    scores = np.where(real, memory @ q, -np.inf)
    weights = np.exp(scores - scores.max())
    weights = weights / weights.sum()
    return weights, weights @ memory
    ### END SOLUTION


# %% check-1
rows, q = np.array([[1.0, 0], [0, 1], [2, 0]]), np.array([1.0, 0])
rng = np.random.default_rng(111)
memory, query, real = rng.standard_normal((6, 4)), rng.standard_normal(4), np.arange(6) < 4
properties = {
    "one weight a row, (S,), and a mix (H,)": lambda f: (
        [np.shape(part) for part in f(query, memory, real)] == [(6,), (4,)]
    ),
    "three rows by hand: 0.24, 0.09, 0.67 and (1.58, 0.09)": lambda f: (
        np.allclose(f(q, rows, np.full(3, True))[0], [0.245, 0.090, 0.665], atol=1e-3)
        and np.allclose(f(q, rows, np.full(3, True))[1], [1.575, 0.090], atol=1e-3)
    ),
    "the weights add up to 1, with padding, too": lambda f: np.isclose(
        f(query, memory, real)[0].sum(), 1
    ),
    "padding gets no weight": lambda f: not np.any(f(query, memory, real)[0][4:]),
    "what stands in the padding does not matter": lambda f: np.allclose(
        f(query, memory, real)[1], f(query, np.where(real[:, None], memory, 99), real)[1]
    ),
    "another order of the rows, the same mix": lambda f: np.allclose(
        f(query, memory[::-1], real[::-1])[1], f(query, memory, real)[1]
    ),
    "scores far below those of padding are no trouble": lambda f: np.allclose(
        f(-2000 * q, rows[[0, 2, 1]], np.array([True, True, False]))[0], [1, 0, 0]
    ),
    "scores of a thousand are no trouble": lambda f: np.allclose(
        f(1000 * q, rows, np.full(3, True))[0], [0, 0, 1]
    ),
}
probes = [lambda f: f(query, memory, real), lambda f: f(1000 * q, rows, np.full(3, True))]


# %% mistakes-1
def unmasked(q, memory, real):
    """Your padding gets weight: the mask has no effect."""
    return attend(q, memory, np.full(len(real), True))


def masked_behind(q, memory, real):
    """You take padding out behind the softmax, so the weights add up to less than 1."""
    weights = attend(q, memory, np.full(len(real), True))[0] * real
    return weights, weights @ memory


def zero_scores(q, memory, real):
    """You give padding a score of 0, and the exponential of 0 is 1: it still gets weight."""
    scores = memory @ q * real
    weights = np.exp(scores - scores.max())
    return weights / weights.sum(), weights @ memory / weights.sum()


def no_softmax(q, memory, real):
    """You divide the scores by their sum. They may be negative: take their exponentials first."""
    scores = memory @ q * real
    return scores / scores.sum(), scores @ memory / scores.sum()


def too_large(q, memory, real):
    """The exponential of 1000 is infinite. First subtract the largest score."""
    weights = np.where(real, np.exp(memory @ q), 0)
    return weights / weights.sum(), weights @ memory / weights.sum()


def padding_removed(q, memory, real):
    """Your weights lack the padding. Each row has one, and that of padding is 0."""
    weights, mix = attend(q, memory, real)
    return weights[real], mix


def mix_first(q, memory, real):
    """You return the mix first. Asked are the weights, then the mix."""
    return attend(q, memory, real)[::-1]


def scaled(q, memory, real):
    """You divide the scores, as a transformer does. Here they are dot products as they stand."""
    return attend(q / np.sqrt(len(q)), memory, real)


def likeliest(q, memory, real):
    """You take the row with the largest score alone. Attention mixes all rows."""
    best = np.argmax(np.where(real, memory @ q, -np.inf))
    return np.eye(len(memory))[best], memory[best]


def rows_zeroed(q, memory, real):
    """You set the rows of padding to 0, so their scores are 0, and the exponential of 0 is 1. They still get weight."""
    return attend(q, memory * real[:, None], np.full(len(real), True))


def mask_turned(q, memory, real):
    """Your mask is turned round: True is a word."""
    weights, _ = attend(q, memory, ~real if not real.all() else real)
    return weights, weights @ memory


def rows_added(q, memory, real):
    """Your mix adds the rows as they stand. Each is multiplied by its weight."""
    weights, _ = attend(q, memory, real)
    return weights, memory.sum(0)


def mean_of_rows(q, memory, real):
    """Your mix is divided by the number of rows. The weights are shares already: add up."""
    weights, mix = attend(q, memory, real)
    return weights, mix / len(memory)


# %% [markdown] say-1
# In one sentence: which weights does a memory of six equal rows get, and what is the mix?

# %% [markdown] sentence-1
# A sixth each, whatever the question is, and the mix is that row: attention can only choose between rows that differ.

# %% [markdown] task-2
# ## 2. What it reads, what it should say
#
# To train, the writer reads the true French so far and is asked for the next word at all places at once.
#
# Write `teacher(sentences, start, end, width)`. In go lists of word numbers; `start` and `end` are the numbers of `[START]` and `[END]`. Out come two arrays of shape $(B, \text{width})$, filled up with 0 on the right: what is read and what should be said. A sentence of `n` words needs `n + 1` places; what is longer is cut on the right, `[END]` with the rest, so that no row has more than `width`.
#
# By hand, `start=1`, `end=2`, `width=4`: the sentence `[7, 8]` is read as `[1, 7, 8, 0]` and should be said as `[7, 8, 2, 0]`. With `width=3`, `[5, 6, 7, 8]` is read as `[1, 5, 6]` and should be said as `[5, 6, 7]`.
#
# <details class="fold"><summary>A first hint</summary>
#
# Write the sentence once with both marks: `[1, 7, 8, 2]`. Both arrays are a piece of it.
#
# </details>
# <details class="fold"><summary>A second hint</summary>
#
# All but the last, all but the first. Cut both to `width`, then fill an array of zeros row by row.
#
# </details>


# %% answer-2
def teacher(sentences, start, end, width):
    """What the writer reads and what it should say: two arrays (B, width), 0 for padding."""
    ### BEGIN SOLUTION
    reads, says = np.zeros((2, len(sentences), width), int)
    for i, words in enumerate(sentences):
        whole = [start, *words, end]
        for row, piece in ((reads[i], whole[:-1]), (says[i], whole[1:])):
            row[: len(piece)] = piece[:width]
    return reads, says
    ### END SOLUTION


# %% check-2
texts = [[7, 8], [5, 6, 7, 8, 9], [4]]
properties = {
    "the sentence worked by hand": lambda f: np.array_equal(
        f([[7, 8]], 1, 2, 4), [[[1, 7, 8, 0]], [[7, 8, 2, 0]]]
    ),
    "two arrays (B, width)": lambda f: [np.shape(a) for a in f(texts, 1, 2, 6)] == [(3, 6)] * 2,
    "what is said at one place is read at the next": lambda f: all(
        list(says[:n]) == list(reads[1 : n + 1])
        for reads, says, n in zip(*f(texts, 1, 2, 6), (2, 5, 1), strict=True)
    ),
    "each row says [END] once": lambda f: (
        [list(row).count(2) for row in f(texts, 1, 2, 6)[1]] == [1, 1, 1]
    ),
    "no row reads [END]": lambda f: not np.any(np.asarray(f(texts, 1, 2, 6)[0]) == 2),
    "start and end are what you are told: 3 and 4": lambda f: np.array_equal(
        f([[7, 8]], 3, 4, 4), [[[3, 7, 8, 0]], [[7, 8, 4, 0]]]
    ),
    "what is too long is cut": lambda f: np.array_equal(
        f(texts, 1, 2, 3), [[[1, 7, 8], [1, 5, 6], [1, 4, 0]], [[7, 8, 2], [5, 6, 7], [4, 2, 0]]]
    ),
}
probes = [lambda f: f(texts, 1, 2, 6)]


# %% mistakes-2
def not_shifted(sentences, start, end, width):
    """It reads the word that it should say, and learns to copy. Shift by one."""
    says = teacher(sentences, start, end, width)[1]
    return says, says


def no_start(sentences, start, end, width):
    """It reads no [START], so nothing asks for the first word."""
    reads, says = teacher(sentences, start, end, width)
    return np.pad(reads[:, 1:], ((0, 0), (0, 1))), np.pad(says[:, 1:], ((0, 0), (0, 1)))


def no_end(sentences, start, end, width):
    """It never says [END], so it will not know when to stop."""
    reads, says = teacher(sentences, start, end, width)
    return reads, np.where(says == end, 0, says)


def reads_the_end(sentences, start, end, width):
    """It reads [END], too, and is asked what follows. Behind [END] nothing follows."""
    reads, says = teacher(sentences, start, end, width)
    for row, words in zip(reads, sentences, strict=True):
        row[len(words) + 1 : len(words) + 2] = end
    return reads, says


def padded_left(sentences, start, end, width):
    """Your padding is on the left. It belongs behind the sentence."""
    reads, says = teacher(sentences, start, end, width)
    places = [len(words) + 1 for words in sentences]
    turned = [
        [np.roll(r, width - n) for r, n in zip(a, places, strict=True)] for a in (reads, says)
    ]
    return np.array(turned[0]), np.array(turned[1])


def exchanged(sentences, start, end, width):
    """You return what it should say first. Asked is what it reads, then what it says."""
    return teacher(sentences, start, end, width)[::-1]


def both_by(reads, says, sentences, width):
    made = np.zeros((2, len(sentences), width), int)
    for i, words in enumerate(sentences):
        for rows, row in zip(made, (reads(words), says(words)), strict=True):
            rows[i, : len(row)] = row[:width]
    return made[0], made[1]


def both_with_start(sentences, start, end, width):
    """Both of your rows begin with [START]. What it should say begins with the first word."""
    return both_by(lambda w: [start, *w], lambda w: [start, *w], sentences, width)


def both_whole(sentences, start, end, width):
    """Both of your rows are the whole: [START], words, [END]. It reads all but the last, and says all but the first."""
    return both_by(lambda w: [start, *w, end], lambda w: [start, *w, end], sentences, width)


def start_not_read(sentences, start, end, width):
    """It does not read [START]: at the first step it reads the word that it should say."""
    return both_by(lambda w: w, lambda w: [*w, end], sentences, width)


def start_is_said(sentences, start, end, width):
    """It says [START]. Nobody has to say that: it is what is read first."""
    return both_by(lambda w: [start, *w], lambda w: [start, *w, end], sentences, width)


def marks_exchanged(sentences, start, end, width):
    """[START] and [END] are exchanged."""
    return teacher(sentences, end, start, width)


def two_on(sentences, start, end, width):
    """What it says is two words on. It says the very next."""
    return both_by(lambda w: [start, *w], lambda w: [*w[1:], end], sentences, width)


def last_row_lost(sentences, start, end, width):
    """Your last sentence is missing: a row stays empty."""
    reads, says = (np.array(part) for part in teacher(sentences, start, end, width))
    reads[-1] = says[-1] = 0
    return reads, says


# %% [markdown] say-2
# In one sentence: the shift is forgotten, and the loss falls to nearly 0 in the first pass. What do you tell a colleague who is glad?

# %% [markdown] sentence-2
# The answer stands where the network reads, so it copies; when it translates it has only its own last word and will say that again.

# %% [markdown] task-3
# ## 3. A beam
#
# `after(words)` takes a tuple of words and returns a dictionary: each word that may come next, with its probability. `"."` ends a sentence.
#
# Write `beam(after, k, most)`. Begin with the empty tuple. At each step every beginning goes on with each of its next words; of *all* that comes out the `k` cheapest are kept, where the cost is $-\ln$ (`-np.log`) of the product of the probabilities. Those that end in `"."` are put aside as they are. Stop after `most` steps, or when no beginning is left. Out comes the sentence, a tuple, among those put aside, with the smallest **mean** cost of a word (the full stop is a word).
#
# By hand: first *un* 0.5, *une* 0.3; then *un* goes on with 0.3 at best, *une* with 0.8. Greedy, a beam of 1, keeps *un …* with $0.15$. A beam of 2 finds *une …* with $0.24$.
#
# <details class="fold"><summary>A first hint</summary>
#
# Two lists: beginnings that are open, each with its cost, and sentences that are done. All new beginnings compete with each other, not only those with the same first word.
#
# </details>
# <details class="fold"><summary>A second hint</summary>
#
# `sorted(new, key=...)[:k]` keeps `k` of the new ones; then sort these into done and open. The mean cost is the cost divided by `len(words)`.
#
# </details>


# %% answer-3
def beam(after, k, most):
    """The finished sentence with the smallest mean cost that a beam of k finds."""
    ### BEGIN SOLUTION
    open_, done = [((), 0.0)], []
    for _ in range(most):
        new = [
            ((*words, word), cost - np.log(p))
            for words, cost in open_
            for word, p in after(words).items()
        ]
        kept = sorted(new, key=lambda pair: pair[1])[:k]
        done += [pair for pair in kept if pair[0][-1] == "."]
        open_ = [pair for pair in kept if pair[0][-1] != "."]
        if not open_:
            break
    return min(done, key=lambda pair: pair[1] / len(pair[0]))[0]
    ### END SOLUTION


# %% check-3
ARTICLES = {"un": 0.5, "une": 0.3, "des": 0.2}
NOUNS = {
    "un": {"chat": 0.3, "chien": 0.25, "pré": 0.25, "lit": 0.2},
    "une": {"robe": 0.8, "pomme": 0.2},
    "des": {"chats": 0.9, "chiens": 0.1},
}


def _french(words):
    """An article, a noun, and the full stop."""
    return [ARTICLES, NOUNS.get((*words, "un")[0], {}), {".": 1.0}][min(len(words), 2)]


def _short_or_long(words):
    """Either the full stop at once, or a long sentence of words that are nearly sure."""
    if not words:
        return {".": 0.35, "le": 0.34, "la": 0.31}
    return {".": 1.0} if len(words) == 4 else {"petit": 0.95, "grand": 0.05}


def _ends_early(words):
    """A sentence that is done may not push the others out: two ways to end, one to go on."""
    return {".": 0.5, "et": 0.5} if len(words) < 3 else {".": 1.0}


def _told(table):
    """What comes next by a table of beginnings; behind all others the full stop."""
    return lambda words: table.get(tuple(words), {".": 1.0})


few = {w: 0.1 for w in "defghij"}
dear_stop = _told(
    {(): {"a": 1}, ("a",): {"b": 0.6, ".": 0.4}, ("a", "b"): {**few, "k": 0.05, "c": 0.25}}
)
tight = {"a": 0.6, "b": 0.4}, {"x": 0.36, "y": 0.34, "z": 0.3}, {"w": 0.45, "v": 0.35, "u": 0.2}
over_all = _told(
    {(): tight[0], ("a",): tight[1], ("b",): tight[2]}
    | {("a", w): {"p": 0.3, "q": 0.3, "r": 0.4} for w in "xyz"}
    | {("b", w): {"p": 0.3, "q": 0.3, "r": 0.4} for w in "vu"}
    | {("b", "w"): {"p": 1.0}}
)
stop_soon = _told({(): {".": 0.6, "a": 0.4}, ("a",): {"b": 0.3, ".": 0.7}})
go_on = _told(
    {(): {".": 0.3, "a": 0.7}, ("a",): {"a": 0.9, ".": 0.1}, ("a", "a"): {"a": 0.9, ".": 0.1}}
)
products = _told(
    {(): {"a": 0.5, "b": 0.5}, ("a",): {"x": 0.9, "y": 0.1}, ("b",): {"z": 0.55, "w": 0.45}}
    | {("a", "x"): {**few, ".": 0.3}, ("b", "z"): {**few, ".": 0.55}}
)
in_time = _told({(): {".": 0.2, "a": 0.8}, ("a",): {"b": 1.0}})
aside = _told({(): {".": 0.4, "a": 0.6}, ("a",): {"x": 0.6, "y": 0.4}, ("a", "x"): few})
long_word = _told(
    {(): {"a": 1}, ("a",): {"b": 0.7, ".": 0.3}, ("a", "b"): {"chien": 0.7, ".": 0.3}}
    | {("a", "b", "chien"): {"c": 0.78, ".": 0.22}}
)
by_tuple = {(): {"a": 1.0}, ("a",): {".": 1.0}}

NUMBERED = [*"un une des chat chien robe chats le la petit grand et .".split(), *"abcxyzwvupqr"]
properties = {
    "a beam of 1 is greedy: un chat .": lambda f: f(_french, 1, 5) == ("un", "chat", "."),
    "a beam of 2 finds: une robe .": lambda f: f(_french, 2, 5) == ("une", "robe", "."),
    "costs are compared as a mean of words": lambda f: (
        f(_short_or_long, 3, 9) == ("le", "petit", "petit", "petit", ".")
    ),
    "a longer sentence may be cheaper a word: et et et .": lambda f: (
        f(_ends_early, 2, 9) == ("et", "et", "et", ".")
    ),
    "an end must be among the k cheapest, too": lambda f: f(dear_stop, 1, 9) == tuple("abc."),
    "the k cheapest of all, not k of each": lambda f: f(over_all, 2, 9) == tuple("axr."),
    "costs add up minus logarithms of chances": lambda f: f(products, 2, 9) == tuple("bz."),
    "the shortest may win": lambda f: f(stop_soon, 2, 3) == (".",),
    "with three steps it says a a .": lambda f: f(go_on, 2, 3) == tuple("aa."),
    "only what is finished can be the answer": lambda f: f(in_time, 2, 2) == (".",),
    "it stops after the steps that it may make": lambda f: len(f(_ends_early, 2, 2)) <= 2,
    "`after` is asked with a tuple": lambda f: (
        f(lambda words: by_tuple[words], 1, 3) == tuple("a.")
    ),
}
probes = [
    lambda f, case=case: [NUMBERED.index(word) for word in f(*case)]
    for case in [
        (_french, 1, 5),
        (_french, 2, 5),
        (_short_or_long, 3, 9),
        (_ends_early, 2, 9),
        (dear_stop, 1, 9),
        (over_all, 2, 9),
        (products, 2, 9),
        (go_on, 2, 3),
        (in_time, 2, 9),
        (stop_soon, 9, 3),
        (go_on, 9, 3),
        (aside, 2, 3),
        (long_word, 9, 4),
    ]
]


# %% mistakes-3
def searched(after, k, most, score, width=1):
    new, done, open_ = [], [], [((), 0.0)]
    for _ in range(most):
        new = [((*w, x), c - np.log(p)) for w, c in open_ for x, p in after(w).items()]
        kept = sorted(new, key=lambda pair: pair[1])[: width * k]
        done += [pair for pair in kept if pair[0][-1] == "."]
        open_ = [pair for pair in kept if pair[0][-1] != "."]
    return min(done, key=score)[0]


def by_sum(after, k, most):
    """You compare whole costs, and short sentences win: each word costs something. Take the mean."""
    return searched(after, k, most, lambda pair: pair[1])


def greedy(after, k, most):
    """You keep one beginning, whatever k is. Keep the k cheapest."""
    return beam(after, 1, most)


def dearest(after, k, most):
    """You keep the dearest. A large probability is a small cost."""
    return searched(
        lambda w: {x: 1 - p + 1e-9 for x, p in after(w).items()},
        k,
        most,
        lambda q: q[1] / len(q[0]),
    )


def no_full_stop(after, k, most):
    """Your sentence lacks its full stop. It is a word, and it stays."""
    return beam(after, k, most)[:-1]


def all_kept(after, k, most):
    """You keep more than k. A beam of 1 is greedy and keeps a single beginning."""
    return searched(after, k, most, lambda pair: pair[1] / len(pair[0]), width=9)


def kept_by(
    after, k, most, cost=lambda c, p: c - np.log(p), of_each=False, stays=False, first=False
):
    open_, done = [((), 0.0)], []
    for _ in range(most):
        grown = [[((*w, x), cost(c, p)) for x, p in after(w).items()] for w, c in open_]
        if of_each:
            grown = [sorted(new, key=lambda pair: pair[1])[:k] for new in grown]
        new = [pair for group in grown for pair in group]
        kept = sorted(new, key=lambda pair: pair[1])[: k if not of_each else None]
        if stays:
            kept = sorted(new + done, key=lambda pair: pair[1])[:k]
            done = []
        done += [pair for pair in kept if pair[0][-1] == "."]
        open_ = [pair for pair in kept if pair[0][-1] != "."]
        if first and done:
            break
    return min(done, key=lambda pair: pair[1] / len(pair[0]))[0]


def of_each(after, k, most):
    """You keep k of each beginning. Keep the k cheapest of all together."""
    return kept_by(after, k, most, of_each=True)


def first_end(after, k, most):
    """You stop at the first sentence that is done. A longer one may be cheaper a word."""
    return kept_by(after, k, most, first=True)


def ends_apart(after, k, most):
    """A sentence that ends is put aside before you choose. Its end must be among the k cheapest."""
    open_, done = [((), 0.0)], []
    for _ in range(most):
        new = [((*w, x), c - np.log(p)) for w, c in open_ for x, p in after(w).items()]
        done += [pair for pair in new if pair[0][-1] == "."]
        open_ = sorted((p for p in new if p[0][-1] != "."), key=lambda pair: pair[1])[:k]
    return min(done, key=lambda pair: pair[1] / len(pair[0]))[0]


def ends_stay(after, k, most):
    """What is done stays among the k, and pushes others out. It steps aside."""
    return kept_by(after, k, most, stays=True)


def stop_not_counted(after, k, most):
    """Your mean leaves the full stop out. It is a word, too."""
    return searched(after, k, most, lambda pair: pair[1] / max(len(pair[0]) - 1, 1))


def last_price(after, k, most):
    """Your cost is that of the last word. The cost of a sentence is the sum over its words."""
    return kept_by(after, k, most, lambda c, p: -np.log(p))


def no_logarithm(after, k, most):
    """You add up chances. A cost is the logarithm of one, with a minus."""
    return kept_by(after, k, most, lambda c, p: c + 1 - p)


def one_step_more(after, k, most):
    """You make one step more than you may."""
    return beam(after, k, most + 1)


# %% [markdown] say-3
# In one sentence: a beam of 50 finds cheaper sentences than one of 5, and BLEU falls. How can that be?

# %% [markdown] sentence-3
# Cheap is what the model holds likely, and a model holds short or empty sentences too likely; a wide beam finds them.
