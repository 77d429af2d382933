# %% [markdown] title
# # Exercises: summarization
#
# about 50 minutes, and seconds on two cores
#
# Numbers for words that no table knows, a gate between making and copying, and the longest common row of words.

# %% [markdown] task-1
# ## 1. Numbers for unknown words
#
# A table gives frequent words a number below `size`. For one text, an unknown word gets a number of its own: the first `size`, the second `size + 1`, and so on. The same word has the same number each time.
#
# Write `numbered(text, line, table, size)`. In go two lists of words; out come two lists of numbers. Words of the line that stand neither in the table nor in the text get 1, `[UNK]`.
#
# By hand, with `table = {"return": 2, "the": 3}` and `size = 4`: the text *the wilcoxon the test* becomes `[3, 4, 3, 5]`, and the line *return the test statistic* becomes `[2, 3, 5, 1]`.
#
# <details class="fold"><summary>A first hint</summary>
#
# Walk through the text first, and write down the new words in the order in which they come. Only then the line.
#
# </details>
# <details class="fold"><summary>A second hint</summary>
#
# A second dictionary, for this text alone: `new.setdefault(word, size + len(new))`.
#
# </details>

# %% answer-1
def numbered(text, line, table, size):
    """The numbers of the text's words and of the line's; 1 for what neither knows."""
    ### BEGIN SOLUTION
    new = {}
    for word in text:
        if word not in table:
            new.setdefault(word, size + len(new))
    known = {**table, **new}
    return [known[word] for word in text], [known.get(word, 1) for word in line]
    ### END SOLUTION


# %% check-1
table = {"return": 2, "the": 3}
text, line = "the wilcoxon the test".split(), "return the test statistic".split()
again = "rank of rank the of".split()
properties = {
    "the text worked by hand": lambda f: list(f(text, line, table, 4)[0]) == [3, 4, 3, 5],
    "the line worked by hand": lambda f: list(f(text, line, table, 4)[1]) == [2, 3, 5, 1],
    "a word said twice has one number": lambda f: (
        list(f(again, [], table, 4)[0]) == [4, 5, 4, 3, 5]
    ),
    "the next text begins again at size": lambda f: (
        f(text, line, table, 4) and list(f(["rank"], ["rank"], table, 4)[0]) == [4]
    ),
}
probes = [lambda f: f(text, line, table, 4), lambda f: f(again, ["of", "it"], table, 4)]


# %% mistakes-1
def all_unknown(text, line, table, size):
    """Your unknown words are all 1. In the text each gets a number of its own."""
    return [table.get(w, 1) for w in text], [table.get(w, 1) for w in line]


def new_each_time(text, line, table, size):
    """A word that comes twice gets two numbers. The second time it keeps its first."""
    seen, new = [], 0
    for word in text:
        seen.append(table.get(word, size + new))
        new += word not in table
    known = {**dict(zip(text, seen, strict=True)), **table}
    return seen, [known.get(word, 1) for word in line]


def by_place(text, line, table, size):
    """You number by place in the text. Count the unknown words only."""
    known = {**{w: size + text.index(w) for w in text}, **table}
    return [known[w] for w in text], [known.get(w, 1) for w in line]


def line_too(text, line, table, size):
    """Your line's own words get numbers, too. What the text does not have cannot be copied: 1."""
    known = dict(table)
    for word in [*text, *line]:
        known.setdefault(word, size + len(known) - len(table))
    return [known[w] for w in text], [known[w] for w in line]


def one_on(text, line, table, size):
    """Your first unknown word gets size + 1. The first number behind the table is size."""
    return numbered(text, line, table, size + 1)


def text_not_known(text, line, table, size):
    """Your line does not know the words of its text. What the text has, has its number there."""
    seen = numbered(text, line, table, size)[0]
    return seen, [table.get(word, 1) for word in line]


def zero_for_unknown(text, line, table, size):
    """What neither table nor text knows is 0 with you. It gets 1."""
    seen, said = numbered(text, line, table, size)
    return seen, [0 if number == 1 else number for number in said]


def behind_the_table(text, line, table, size):
    """You begin at the number of words in the table. The first number is size, which you are told."""
    return numbered(text, line, table, len(table))


def known_count_too(text, line, table, size):
    """You count known words, too. Only unknown ones take a new number."""
    new = {}
    for word in text:
        new.setdefault(word, size + len(new))
    known = {**new, **table}
    return [known[word] for word in text], [known.get(word, 1) for word in line]


def by_alphabet(text, line, table, size):
    """Your unknown words are numbered by the alphabet. They are numbered as they come."""
    new = sorted({*text} - {*table})
    known = {**table, **{word: size + n for n, word in enumerate(new)}}
    return [known[word] for word in text], [known.get(word, 1) for word in line]


def left_out(text, line, table, size):
    """Your line is shorter than it was: unknown words are left out. Each gets a 1."""
    seen, said = numbered(text, line, table, size)
    return seen, [number for number in said if number != 1]


def exchanged(text, line, table, size):
    """You return the line first. Asked is the text, then the line."""
    return numbered(text, line, table, size)[::-1]


# %% [markdown] say-1
# In one sentence: *wilcoxon* is number 4,000 in this text and number 4,003 in the next. Why does that not confuse the network?

# %% [markdown] sentence-1
# It never reads the number: to its table every such word is `[UNK]`, and the number only says at which places of this text the true word stands.

# %% [markdown] task-2
# ## 2. Make or copy
#
# At one step of the writer: `softmax`, of shape $(\text{size},)$, are the chances of the table's words; `weights`, $(S,)$, is the attention to the $S$ places of the text; `places`, $(S,)$, the numbers of the words there, as in exercise 1; `g` the gate.
#
# $$ p(w) = (1 - g) \cdot \text{softmax}(w) + g \sum_{j:\, x_j = w} a_j $$
#
# Write `mixed(softmax, weights, places, g, most)`: the chances of all words with numbers from 0 to `most - 1`, `most` being at least `size`.
#
# By hand: $g = 0.6$; *the* has 0.4 in the softmax and stands twice in the text, with weights 0.05 and 0.1. So $p = 0.4 \cdot 0.4 + 0.6 \cdot 0.15 = 0.25$.
#
# <details class="fold"><summary>A first hint</summary>
#
# An array of `most` zeros. The table's words get their made share; then each place of the text adds its copied share to the word that stands there.
#
# </details>
# <details class="fold"><summary>A second hint</summary>
#
# `p[places] += ...` counts a word that stands twice only once. `np.add.at(p, places, ...)` adds every time.
#
# </details>


# %% answer-2
def mixed(softmax, weights, places, g, most):
    """The chances of all words, made or copied, (most,)."""
    ### BEGIN SOLUTION
    p = np.zeros(most)
    p[: len(softmax)] = (1 - g) * softmax
    np.add.at(p, places, g * weights)
    return p
    ### END SOLUTION


# %% check-2
softmax, weights = np.array([0.1, 0.2, 0.3, 0.4]), np.array([0.05, 0.6, 0.1, 0.25])
places = np.array([3, 4, 3, 5])
properties = {
    "the word worked by hand: 0.25": lambda f: np.isclose(
        f(softmax, weights, places, 0.6, 6)[3], 0.25
    ),
    "all chances add up to 1": lambda f: np.isclose(f(softmax, weights, places, 0.6, 9).sum(), 1),
    "gate at 0: only made": lambda f: np.allclose(
        f(softmax, weights, places, 0, 6), [*softmax, 0, 0]
    ),
    "gate at 1: only copied": lambda f: np.allclose(
        f(softmax, weights, places, 1, 6), [0, 0, 0, 0.15, 0.6, 0.25]
    ),
}
probes = [lambda f, g=g: f(softmax, weights, places, g, 6) for g in (0.6, 0.9)]


# %% mistakes-2
def once(softmax, weights, places, g, most):
    """A word that stands twice in the text gets the weight of one place. Add up all places."""
    p = np.zeros(most)
    p[: len(softmax)] = (1 - g) * softmax
    p[places] += g * weights
    return p


def turned_gate(softmax, weights, places, g, most):
    """Your gate is turned round: g is the share that is copied."""
    return mixed(softmax, weights, places, 1 - g, most)


def either(softmax, weights, places, g, most):
    """A word of the text gets its copied share alone. One that is in both gets both shares."""
    p = np.zeros(most)
    p[: len(softmax)] = (1 - g) * softmax
    p[places] = 0
    np.add.at(p, places, g * weights)
    return p


def no_gate(softmax, weights, places, g, most):
    """You add both shares whole, and the chances add up to 2. The gate divides them."""
    return mixed(softmax, 2 * weights, places, 0.5, most) + mixed(
        softmax, 0 * weights, places, 0.5, most
    )


def in_order(softmax, weights, places, g, most):
    """You add the weights in the order of the text. Each goes to the word that stands there."""
    p = np.zeros(most)
    p[: len(softmax)] = (1 - g) * softmax
    p[: len(weights)] += g * weights
    return p


def copies_whole(softmax, weights, places, g, most):
    """Your copied share is not multiplied by the gate."""
    return mixed(softmax, weights, places, 0, most) * (1 - g) + mixed(
        softmax, weights, places, 1, most
    )


def made_whole(softmax, weights, places, g, most):
    """Your made share is not multiplied by what the gate leaves."""
    return mixed(softmax, weights, places, 0, most) + g * mixed(softmax, weights, places, 1, most)


def the_larger(softmax, weights, places, g, most):
    """You take the larger of the two shares. A word that can be made and copied has both."""
    return np.maximum(
        (1 - g) * mixed(softmax, weights, places, 0, most),
        g * mixed(softmax, weights, places, 1, most),
    )


def one_or_the_other(softmax, weights, places, g, most):
    """Your gate decides for one of the two. It is a share: both count."""
    return mixed(softmax, weights, places, round(g), most)


def unknown_alone(softmax, weights, places, g, most):
    """You copy only words that the table lacks. A word of the table can be copied, too."""
    return mixed(softmax, weights * (places >= len(softmax)), places, g, most)


def mean_of_places(softmax, weights, places, g, most):
    """A word that stands twice gets the mean of its weights. It gets their sum."""
    times = np.array([np.sum(places == place) for place in places])
    return mixed(softmax, weights / times, places, g, most)


def halved(softmax, weights, places, g, most):
    """You add both shares whole and divide by the sum. The gate says how much of each."""
    return mixed(softmax, weights, places, 0.5, most)


# %% [markdown] say-2
# In one sentence: the true word has 0.4 by making and 0.15 by copying. Which way does training move the gate, and why?

# %% [markdown] sentence-2
# Down, towards making: the chance of the true word changes with $g$ by the copied share minus the made one, $0.15 - 0.4$, which is negative.

# %% [markdown] task-3
# ## 3. ROUGE-L
#
# ROUGE-L takes the longest row of words that both texts have in the same order, gaps allowed. Its length $n$ makes an F1: $2n / (\text{length of one} + \text{length of the other})$.
#
# Write `rouge_l(output, reference)`, two lists of words in, one number out.
#
# By hand: *the reds beat the blues 2 to 1* against *the blues beat the reds 2 to 1*. In order both have *the beat the 2 to 1*, six words. So $12 / 16 = 0.75$.
#
# <details class="fold"><summary>A first hint</summary>
#
# Let `best[i][j]` be the length for the first `i` and the first `j` words. If word `i` equals word `j`, it is one more than `best[i-1][j-1]`. If not?
#
# </details>
# <details class="fold"><summary>A second hint</summary>
#
# Then one of the two words is left out: the larger of `best[i-1][j]` and `best[i][j-1]`. Row and column 0 are 0.
#
# </details>


# %% answer-3
def rouge_l(output, reference):
    """The F1 of the longest row of words that both have in order, gaps allowed."""
    ### BEGIN SOLUTION
    best = np.zeros((len(output) + 1, len(reference) + 1))
    for i, mine in enumerate(output):
        for j, theirs in enumerate(reference):
            longer = max(best[i, j + 1], best[i + 1, j])
            best[i + 1, j + 1] = best[i, j] + 1 if mine == theirs else longer
    return 2 * best[-1, -1] / (len(output) + len(reference))
    ### END SOLUTION


# %% check-3
reds = "the reds beat the blues 2 to 1".split()
blues = "the blues beat the reds 2 to 1".split()
properties = {
    "exchanged teams: 0.75": lambda f: np.isclose(f(blues, reds), 0.75),
    "a text against itself: 1": lambda f: f(reds, reds) == 1,
    "the same both ways round": lambda f: np.isclose(f(reds[:3], blues), f(blues, reds[:3])),
    "a gap does not matter: a c of a b c is 4/5": lambda f: np.isclose(f([*"ac"], [*"abc"]), 4 / 5),
    "the order does: c b a against a b c is 1/3": lambda f: np.isclose(
        f([*"cba"], [*"abc"]), 1 / 3
    ),
    "a word can be used once: a a against a is 2/3": lambda f: np.isclose(f([*"aa"], ["a"]), 2 / 3),
    "nothing in common: 0": lambda f: f([*"ab"], [*"cd"]) == 0,
}
probes = [
    lambda f: [f(blues, reds), f(reds[:3], blues), f([*"ac"], [*"abc"]), f([*"cba"], [*"abc"])],
    lambda f: [f([*"aa"], ["a"]), f([*"abca"], [*"bcab"])],
]


# %% mistakes-3
def no_gaps(output, reference):
    """You take the longest run without a gap. Between words of the row others may stand."""
    runs = [
        n
        for i in range(len(output))
        for n in range(1, len(output) - i + 1)
        if any(output[i : i + n] == reference[j : j + n] for j in range(len(reference)))
    ]
    return 2 * max(runs, default=0) / (len(output) + len(reference))


def no_order(output, reference):
    """You count shared words in any order. That is ROUGE-1: here the order counts."""
    shared = sum(min(output.count(w), reference.count(w)) for w in set(output))
    return 2 * shared / (len(output) + len(reference))


def recall(output, reference):
    """You divide by the length of the reference alone. Twice the length of the row, by both."""
    return rouge_l(output, reference) * (len(output) + len(reference)) / 2 / len(reference)


def place_by_place(output, reference):
    """You compare place by place. A word more at the start, and nothing matches any more."""
    right = sum(a == b for a, b in zip(output, reference, strict=False))
    return 2 * right / (len(output) + len(reference))


def greedy(output, reference):
    """You take the next word that fits, each time, and may miss a longer row. Try both ways."""
    at = n = 0
    for word in output:
        if word in reference[at:]:
            at, n = reference.index(word, at) + 1, n + 1
    return 2 * n / (len(output) + len(reference))


def f1_of(best, output, reference):
    return 2 * best[-1, -1] / (len(output) + len(reference))


def filled(rule, output, reference):
    best = np.zeros((len(output) + 1, len(reference) + 1))
    for i, mine in enumerate(output):
        for j, theirs in enumerate(reference):
            best[i + 1, j + 1] = rule(mine == theirs, best[i, j], best[i, j + 1], best[i + 1, j])
    return best


def precision(output, reference):
    """You divide by the length of the output alone. Twice the length of the row, by both."""
    return rouge_l(output, reference) * (len(output) + len(reference)) / 2 / len(output)


def length(output, reference):
    """That is the length of the row. Asked is the F1 that it makes."""
    return rouge_l(output, reference) * (len(output) + len(reference)) / 2


def counted_twice(output, reference):
    """A word of yours can be used twice. When two words agree, go on from the corner before both."""
    best = filled(lambda same, corner, up, left: max(up, left) + same, output, reference)
    return f1_of(best, output, reference)


def back_to_zero(output, reference):
    """Where two words differ, your row begins at 0 again. Carry on what was found."""
    best = filled(lambda same, corner, up, left: (corner + 1) * same, output, reference)
    return f1_of(best, output, reference)


def the_smaller(output, reference):
    """Where two words differ, you take the smaller. The longer row is what counts."""
    best = filled(
        lambda same, corner, up, left: corner + 1 if same else min(up, left), output, reference
    )
    return f1_of(best, output, reference)


def first_words_lost(output, reference):
    """You never compare the first words. Words count from 0, rows of your table from 1."""
    best = filled(
        lambda same, corner, up, left: corner + 1 if same else max(up, left),
        output[1:],
        reference[1:],
    )
    return f1_of(best, output, reference)


def last_words_lost(output, reference):
    """You never compare the last words: your ranges end one too early."""
    best = filled(
        lambda same, corner, up, left: corner + 1 if same else max(up, left),
        output[:-1],
        reference[:-1],
    )
    return f1_of(best, output, reference)


def sets(output, reference):
    """You compare sets: order and repeats are lost. Here both count."""
    return 2 * len({*output} & {*reference}) / (len(output) + len(reference))


# %% [markdown] say-3
# In one sentence: the wrong winner gets 0.75. What does that say about choosing summaries by this score?

# %% [markdown] sentence-3
# It counts words in order and does not ask what is true, so a fact that matters needs a test of its own.
