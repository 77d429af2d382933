# %% [markdown] title
# # Exercises: why RNN?
#
# about 45 minutes, and seconds on two cores
#
# The loop over a batch, a text cut into questions and answers, and a network that reads its own words.

# %% [markdown] task-1
# ## 1. The loop, for many sequences
#
# Write `loop(x, W_x, W_h, b, h)`: a SimpleRNN over `x` of shape $(B, T, I)$, beginning at the state `h` of shape $(B, H)$:
#
# $$ h_t = \tanh(x_t W_x + h_{t-1} W_h + b) $$
#
# Out come all states, in the shape $(B, T, H)$. $W_x$ has the shape $(I, H)$, $W_h$ the shape $(H, H)$.
#
# By hand, with one unit, $W_x = 1$, $W_h = 0.5$, no bias, and inputs 1 and 0 from the state 0: $\tanh(1) = 0.76$, then $\tanh(0.5 \cdot 0.76) = 0.36$.
#
# <details class="fold"><summary>A first hint</summary>
#
# One step for all sequences at once: `x[:, t]` has the shape $(B, I)$. What does the next step need from this one?
#
# </details>
# <details class="fold"><summary>A second hint</summary>
#
# Collect the states in a list; `np.stack(states, axis=1)` makes $(B, T, H)$ of $T$ arrays $(B, H)$.
#
# </details>

# %% answer-1
def loop(x, W_x, W_h, b, h):
    """All states of a SimpleRNN that begins at h, (B, T, H)."""
    ### BEGIN SOLUTION
    states = []
    for t in range(x.shape[1]):
        h = np.tanh(x[:, t] @ W_x + h @ W_h + b)
        states.append(h)
    return np.stack(states, axis=1)
    ### END SOLUTION


# %% check-1
rng = np.random.default_rng(31)
x, start = rng.standard_normal((2, 5, 3)), rng.standard_normal((2, 4))
W_x, W_h, b = (rng.standard_normal(shape) for shape in ((3, 4), (4, 4), 4))
turned = np.concatenate([x[:, :3], -x[:, 3:]], axis=1)
properties = {
    "the states have the shape (B, T, H)": lambda f: f(x, W_x, W_h, b, start).shape == (2, 5, 4),
    "one unit by hand: 0.76, then 0.36": lambda f: np.allclose(
        f(np.array([[[1.0], [0]]]), np.eye(1), np.eye(1) / 2, 0, np.zeros((1, 1))).ravel(),
        [np.tanh(1), np.tanh(np.tanh(1) / 2)],
    ),
    "an input of zeros from the state zero: the tanh of the bias": lambda f: np.allclose(
        f(0 * x[:, :1], W_x, W_h, b, 0 * start)[:, 0], np.tanh(b)
    ),
    "no state leaves -1 to 1": lambda f: np.abs(f(x, W_x, 9 * W_h, b, start)).max() <= 1,
    "another future leaves the first three states alone": lambda f: np.allclose(
        f(x, W_x, W_h, b, start)[:, :3], f(turned, W_x, W_h, b, start)[:, :3]
    ),
    "two pieces, with the state handed on, are one": lambda f: np.allclose(
        f(x, W_x, W_h, b, start)[:, 2:],
        f(x[:, 2:], W_x, W_h, b, f(x[:, :2], W_x, W_h, b, start)[:, -1]),
    ),
    "row j, column k of W_h carries unit j to unit k": lambda f: np.allclose(
        f(np.zeros((1, 1, 3)), W_x, np.eye(4)[[1, 2, 3, 0]], 0 * b, np.eye(4)[:1]),
        np.tanh(np.eye(4)[1]),
    ),
}
probes = [lambda f: f(x, W_x, W_h, b, start)]


# %% mistakes-1
def outside(x, W_x, W_h, b, h):
    """You add the old state behind the tanh, so yours can leave -1 to 1. It goes through, too."""
    states = []
    for t in range(x.shape[1]):
        h = np.tanh(x[:, t] @ W_x + b) + h @ W_h
        states.append(h)
    return np.stack(states, axis=1)


def transposed(x, W_x, W_h, b, h):
    """You use W_h from its columns to its rows. A state is a row and stands left of its matrix."""
    return loop(x, W_x, W_h.T, b, h)


def not_handed_on(x, W_x, W_h, b, h):
    """Every step of yours begins at the first state. Hand on what the step before has made."""
    return np.stack([np.tanh(x[:, t] @ W_x + h @ W_h + b) for t in range(x.shape[1])], axis=1)


def from_zero(x, W_x, W_h, b, h):
    """You begin at zero. The state to begin with is given."""
    return loop(x, W_x, W_h, b, 0 * h)


def no_bias(x, W_x, W_h, b, h):
    """Your sum lacks the bias."""
    return loop(x, W_x, W_h, 0 * b, h)


def no_tanh(x, W_x, W_h, b, h):
    """Your sum does not go through the tanh."""
    states = []
    for t in range(x.shape[1]):
        h = x[:, t] @ W_x + h @ W_h + b
        states.append(h)
    return np.stack(states, axis=1)


def states_before(x, W_x, W_h, b, h):
    """You keep the state from before each step. Asked is the one that the step makes."""
    states = loop(x, W_x, W_h, b, h)
    return np.concatenate([h[:, None], states[:, :-1]], axis=1)


def time_first(x, W_x, W_h, b, h):
    """Your result has time first. The shape is (B, T, H): sequences, then steps, then units."""
    return np.moveaxis(loop(x, W_x, W_h, b, h), 1, 0)


def last_only(x, W_x, W_h, b, h):
    """That is the last state. Asked are the states of all steps."""
    return loop(x, W_x, W_h, b, h)[:, -1]


def backwards(x, W_x, W_h, b, h):
    """You read from the last step to the first."""
    return loop(x[:, ::-1], W_x, W_h, b, h)


def no_memory(x, W_x, W_h, b, h):
    """Your steps do not see the old state. It is the second product in the sum."""
    return np.tanh(x @ W_x + b)


def bias_outside(x, W_x, W_h, b, h):
    """You add the bias behind the tanh. It belongs to the sum inside."""
    return loop_with(lambda x, h: np.tanh(x @ W_x + h @ W_h) + b, x, h)


def sigmoids(x, W_x, W_h, b, h):
    """Your sum goes through a sigmoid. A SimpleRNN has the tanh."""
    return loop_with(lambda x, h: 1 / (1 + np.exp(-(x @ W_x + h @ W_h + b))), x, h)


def bias_twice(x, W_x, W_h, b, h):
    """Your bias counts twice. There is one a step, for input and state together."""
    return loop(x, W_x, W_h, 2 * b, h)


def loop_with(step, x, h):
    states = []
    for t in range(x.shape[1]):
        h = step(x[:, t], h)
        states.append(h)
    return np.stack(states, axis=1)


# %% [markdown] say-1
# In one sentence: which of these mistakes would a test with a symmetric $W_h$ not see?

# %% [markdown] sentence-1
# The transposed matrix: a symmetric one is its own transpose, so use matrices without symmetry in tests.

# %% [markdown] task-2
# ## 2. Questions and answers from one text
#
# To learn the next symbol, a network reads windows of `T` symbols and at each step gives the symbol that follows.
#
# Write `examples(text, T)`. In goes a list of symbols, out come two arrays of shape $(n, T)$: what is read, `x`, and what is to be said, `y`. Windows follow one another without a gap, and what does not fill one is left out. After the first, each symbol is asked for once, as long as windows last.
#
# By hand: `examples([1, 2, 3, 4, 5, 6], 2)` gives `x = [[1, 2], [3, 4]]` and `y = [[2, 3], [4, 5]]`. The 6 would need a window of its own.
#
# <details class="fold"><summary>A first hint</summary>
#
# Questions are the text without its last symbol, answers the text without its first. Only then cut.
#
# </details>
# <details class="fold"><summary>A second hint</summary>
#
# How many whole windows fit into `len(text) - 1` questions? Cut both to `n * T` symbols and `reshape`.
#
# </details>


# %% answer-2
def examples(text, T):
    """Windows of T symbols, and for each step the symbol that follows: two arrays (n, T)."""
    ### BEGIN SOLUTION
    n = (len(text) - 1) // T
    questions, answers = np.array(text[: n * T]), np.array(text[1 : n * T + 1])
    return questions.reshape(n, T), answers.reshape(n, T)
    ### END SOLUTION


# %% check-2
text = list(range(100, 123))
properties = {
    "the text worked by hand": lambda f: (
        np.array_equal(f([1, 2, 3, 4, 5, 6], 2)[0], [[1, 2], [3, 4]])
        and np.array_equal(f([1, 2, 3, 4, 5, 6], 2)[1], [[2, 3], [4, 5]])
    ),
    "inside a window an answer is the next question": lambda f: np.array_equal(
        f(text, 5)[1][:, :-1], f(text, 5)[0][:, 1:]
    ),
    "after the first, each symbol is asked for once": lambda f: (
        np.ravel(f(text, 5)[1]).tolist() == text[1:21]
    ),
    "eleven symbols are ten questions: two windows": lambda f: (
        np.shape(f(text[:11], 5)[0]) == (2, 5)
    ),
    "ten symbols are nine questions: one window of five": lambda f: (
        np.shape(f(text[:10], 5)[0]) == (1, 5)
    ),
}
probes = [lambda f: f(text, 5), lambda f: f(text, 4), lambda f: f(text[:10], 5)]


# %% mistakes-2
def not_shifted(text, T):
    """Questions and answers are the same: the network need only copy. Shift the answers by one."""
    x, _ = examples(text, T)
    return x, x


def wrong_way(text, T):
    """Shifted the wrong way: you ask for the symbol before. Asked is the one that follows."""
    x, y = examples(text, T)
    return y, x


def gaps(text, T):
    """Your windows begin every T + 1 symbols, so the first of each is never asked for."""
    n = len(text) // (T + 1)
    windows = np.array(text[: n * (T + 1)]).reshape(n, T + 1)
    return windows[:, :-1], windows[:, 1:]


def overlapping(text, T):
    """Your windows begin at each symbol, so a symbol is asked for up to T times."""
    starts = range(len(text) - T)
    x = np.array([text[i : i + T] for i in starts])
    return x, np.array([text[i + 1 : i + T + 1] for i in starts])


def round_the_end(text, T):
    """The answer to your last question is the first symbol of the text: roll goes round the end."""
    n = len(text) // T
    x, y = np.array(text[: n * T]), np.roll(text[: n * T], -1)
    return x.reshape(n, T), y.reshape(n, T)


def one_window_short(text, T):
    """You leave out a whole window. Count how many fit into all symbols but the last."""
    x, y = examples(text, T)
    return x[:-1], y[:-1]


def time_down(text, T):
    """Your arrays have time running down. The shape is (n, T): a row is a window."""
    x, y = examples(text, T)
    return x.T, y.T


def next_window(text, T):
    """Your answers are a whole window later. Each is the very next symbol."""
    n = len(text) // T - 1
    windows = np.array(text[: (n + 1) * T]).reshape(n + 1, T)
    return windows[:-1], windows[1:]


def rolled_inside(text, T):
    """The last answer of your windows is their own first symbol. It stands in the next window."""
    x, _ = examples(text, T)
    return x, np.roll(x, -1, axis=1)


def one_answer(text, T):
    """You give one answer a window. The network answers at each step."""
    x, y = examples(text, T)
    return x, y[:, -1]


# %% [markdown] say-2
# In one sentence: windows that overlap are shuffled, and a tenth of them is held out. Why is that tenth no test?

# %% [markdown] sentence-2
# Nearly every symbol of a held-out window also stands in a training window, with the same past: hold out a piece of the text before you cut.

# %% [markdown] task-3
# ## 3. Without a teacher
#
# When a network writes, it reads its own words. `step(word, h)` is one step of a network: it takes a number and a state, and returns $V$ scores and the next state.
#
# Write `write(step, word, h, most)`: read `word`, take the word with the highest score, read that, and so on. Out comes the list of the words written, without the first. It ends with the full stop, word 0, or after `most` words.
#
# By hand: a network that always says one less than it read, begun at 3, writes `[2, 1, 0]`. With `most=2` it writes `[2, 1]`.
#
# <details class="fold"><summary>A first hint</summary>
#
# Two things go from each step into the next one: the word and the state.
#
# </details>
# <details class="fold"><summary>A second hint</summary>
#
# A loop of at most `most` rounds. Inside: one call of `step`, the `argmax` of the scores, append, stop at 0.
#
# </details>


# %% answer-3
def write(step, word, h, most):
    """The words that a network writes when it reads its own likeliest words."""
    ### BEGIN SOLUTION
    written = []
    while len(written) < most:
        scores, h = step(word, h)
        word = int(np.argmax(scores))
        written.append(word)
        if word == 0:
            break
    return written
    ### END SOLUTION


# %% check-3
def down(word, h):
    """Says one less than it read."""
    return np.eye(9)[max(word - 1, 0)], h


def two_back(word, h):
    """Says the sum of the word and of the word before (which is its state), up to 8."""
    return np.eye(9)[(word + h) % 9], word


def fades(word, h):
    """Says 5 until its state, which counts down, is at the end."""
    return np.where(np.arange(9) == (5 if h > 0 else 0), 2.0, -1.0), h - 1


properties = {
    "one less each time, from 3: 2, 1, 0": lambda f: list(f(down, 3, 0, 9)) == [2, 1, 0],
    "at most two words: 2, 1": lambda f: list(f(down, 3, 0, 2)) == [2, 1],
    "it reads its own words: 1, 2, 3, 5, 8": lambda f: (
        list(f(two_back, 1, 0, 5)) == [1, 2, 3, 5, 8]
    ),
    "the state is handed on: 5, 5, 5, and the full stop": lambda f: (
        list(f(fades, 5, 3, 9)) == [5, 5, 5, 0]
    ),
}
probes = [lambda f: f(down, 5, 0, 7), lambda f: f(two_back, 1, 0, 5), lambda f: f(fades, 5, 3, 9)]


# %% mistakes-3
def same_word(step, word, h, most):
    """You read the first word again and again. Read the word that was written last."""
    written = []
    while len(written) < most:
        scores, h = step(word, h)
        written.append(int(np.argmax(scores)))
        if written[-1] == 0:
            break
    return written


def no_state(step, word, h, most):
    """You begin every step at the first state. Hand on the state that the step returns."""
    written = []
    while len(written) < most:
        word = int(np.argmax(step(word, h)[0]))
        written.append(word)
        if word == 0:
            break
    return written


def no_end(step, word, h, most):
    """You write on behind the full stop. It is the last word."""
    written = []
    for _ in range(most):
        scores, h = step(word, h)
        word = int(np.argmax(scores))
        written.append(word)
    return written


def stop_left_out(step, word, h, most):
    """You leave the full stop out. It is a word, too, and the last one written."""
    return [word for word in write(step, word, h, most) if word]


def with_the_first(step, word, h, most):
    """Your list begins with the word that was given. Only what was written belongs into it."""
    return [word, *write(step, word, h, most)]


def one_word_more(step, word, h, most):
    """You write one word more than you may."""
    return write(step, word, h, most + 1)


def one_word_less(step, word, h, most):
    """You write one word less than you may."""
    return write(step, word, h, most - 1)


def no_limit(step, word, h, most):
    """You do not look at most. A network that never says the full stop would write on for ever."""
    return write(step, word, h, 50)


def lowest(step, word, h, most):
    """You take the word with the lowest score."""
    return write(lambda word, h: (-step(word, h)[0], step(word, h)[1]), word, h, most)


def scores(step, word, h, most):
    """Your list holds scores. Asked is the word that has the highest: its place among the scores."""
    written = []
    while len(written) < most:
        scores, h = step(word, h)
        word = int(np.argmax(scores))
        written.append(float(np.max(scores)))
        if word == 0:
            break
    return written


def one_only(step, word, h, most):
    """You stop after the first word."""
    return write(step, word, h, 1)


# %% [markdown] say-3
# In one sentence: in training a network read the true words only. What can happen when it writes, that never happened there?

# %% [markdown] sentence-3
# It reads words of its own that stand in no text, and comes into states it has never been in, so that one fault may lead to the next.
