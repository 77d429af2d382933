# %% [markdown] title
# # Exercises: Bi-LSTM in Keras
#
# about 70 minutes, and a minute on two cores
#
# Two readers put together by hand, one vector for a padded text, what past and future can say together, and two bugs that raise nothing.

# %% [markdown] task-1
# ## 1. Two readers by hand
#
# `forward` and `backward` are two functions, each from $(B, T, I)$ to $(B, T, H)$: they read from left to right, as an LSTM with `return_sequences=True` does.
#
# Write `two_readers(x, forward, backward)`: what `Bidirectional` makes of them, $(B, T, 2H)$. The first half of step $t$ has read $x_1$ to $x_t$, the second half $x_T$ to $x_t$.
#
# By hand: both readers add up what they have read. From 1, 2, 3 they make $(1, 6)$, $(3, 5)$, $(6, 3)$.
#
# <details class="fold"><summary>A first hint</summary>
#
# The second reader reads a reversed copy. In which order do its outputs come?
#
# </details>
# <details class="fold"><summary>A second hint</summary>
#
# `x[:, ::-1]` turns time round. It is needed twice. Then join along the last axis.
#
# </details>

# %% answer-1
def two_readers(x, forward, backward):
    """The outputs of both readers at each step, side by side, (B, T, 2 H)."""
    ### BEGIN SOLUTION
    return np.concatenate([forward(x), backward(x[:, ::-1])[:, ::-1]], axis=-1)
    ### END SOLUTION


# %% check-1
x = np.random.default_rng(101).standard_normal((2, 5, 3))


def adds(x):
    """A reader that adds up what it has read."""
    return np.cumsum(x, axis=1)


def halves(x):
    """A reader that keeps one half and adds, each number with a weight of its own."""
    h, seen = 0, []
    for t in range(x.shape[1]):
        h = h / 2 + x[:, t] * np.array([1, 2, 3])
        seen.append(h)
    return np.stack(seen, axis=1)


def as_keras(f):
    """Whether it is what Keras' Bidirectional makes of two LSTMs."""
    import keras

    both = keras.layers.Bidirectional(keras.layers.LSTM(4, return_sequences=True))
    both.build(x.shape)
    rng = np.random.default_rng(2)
    both.set_weights([rng.standard_normal(w.shape) for w in both.get_weights()])
    alone = []
    for weights in np.split(np.array(both.get_weights(), object), 2):
        layer = keras.layers.LSTM(4, return_sequences=True)
        layer.build(x.shape)
        layer.set_weights(list(weights))
        alone.append(lambda x, layer=layer: np.asarray(layer(np.ascontiguousarray(x))))
    return np.allclose(f(x, *alone), np.asarray(both(x)), atol=1e-5)


properties = {
    "2 H numbers a step": lambda f: np.shape(f(x, adds, halves)) == (2, 5, 6),
    "1, 2, 3 by hand": lambda f: np.allclose(
        f(np.array([[[1.0], [2], [3]]]), adds, adds), [[[1, 6], [3, 5], [6, 3]]]
    ),
    "at step 1 the second half has read everything": lambda f: np.allclose(
        f(x, adds, halves)[:, 0, 3:], halves(x[:, ::-1])[:, -1]
    ),
    "at the last step it has read one input": lambda f: np.allclose(
        f(x, adds, halves)[:, -1:, 3:], halves(x[:, -1:])
    ),
    "Keras' Bidirectional with the same weights agrees": as_keras,
}
probes = [lambda f: f(x, adds, halves)]


# %% mistakes-1
def not_turned_back(x, forward, backward):
    """Your second half stands in the order in which it was made, last step first. Turn it back."""
    return np.concatenate([forward(x), backward(x[:, ::-1])], axis=-1)


def not_turned(x, forward, backward):
    """Both of your readers begin on the left. The second reads a reversed copy."""
    return np.concatenate([forward(x), backward(x)], axis=-1)


def turned_features(x, forward, backward):
    """You turn the numbers of each step round. Time is the axis in the middle."""
    return np.concatenate([forward(x), backward(x[:, :, ::-1])[:, :, ::-1]], axis=-1)


def one_reader(x, forward, backward):
    """Your second half comes from the first reader. The second has weights of its own."""
    return np.concatenate([forward(x), forward(x[:, ::-1])[:, ::-1]], axis=-1)


def exchanged(x, forward, backward):
    """Your halves are exchanged. Bidirectional puts the forward reader first."""
    return np.concatenate([backward(x[:, ::-1])[:, ::-1], forward(x)], axis=-1)


def one_behind_the_other(x, forward, backward):
    """You join along time. Side by side means along the last axis."""
    return np.concatenate([forward(x), backward(x[:, ::-1])[:, ::-1]], axis=1)


def input_not_turned(x, forward, backward):
    """Your second reader begins on the left; only its outputs are turned. Turn its input, too."""
    return np.concatenate([forward(x), backward(x)[:, ::-1]], axis=-1)


def by_turns(x, forward, backward):
    """The numbers of your two readers stand by turns. First all of one, then all of the other."""
    both = [forward(x), backward(x[:, ::-1])[:, ::-1]]
    return np.stack(both, axis=-1).reshape(*x.shape[:2], -1)


def both_turned(x, forward, backward):
    """Your whole result is turned round in time, the first half, too. Turn the second alone."""
    return two_readers(x, forward, backward)[:, ::-1]


def last_everywhere(x, forward, backward):
    """Your second half is the same at each step. It has read from the end up to that step."""
    last = backward(x[:, ::-1])[:, -1:]
    return np.concatenate([forward(x), np.repeat(last, x.shape[1], axis=1)], axis=-1)


def added_up(x, forward, backward):
    """You add the two readers. They stand side by side, 2 H numbers a step."""
    return forward(x) + backward(x[:, ::-1])[:, ::-1]


# %% [markdown] say-1
# In one sentence: at which step has which half read the whole text?

# %% [markdown] sentence-1
# The first half at the last step, the second half at the first step: nowhere both.

# %% [markdown] task-2
# ## 2. One vector for a padded text
#
# `outputs`, of shape $(B, T, 2H)$, came out of `Bidirectional` with a mask; `lengths`, $(B,)$, says how many steps of each text are real, the padding is on the right. The second reader began at the last real step.
#
# Write `one_vector(outputs, lengths)`: $(B, 2H)$, each half at the step where it has read the whole text. It is what `return_sequences=False` gives.
#
# By hand, $H = 1$, a text of two real steps: outputs $(1, 5), (3, 4), (0, 0)$. The vector is $(3, 5)$.
#
# <details class="fold"><summary>A first hint</summary>
#
# The two halves stand in different columns. One of them depends on the length, the other does not.
#
# </details>
# <details class="fold"><summary>A second hint</summary>
#
# `outputs[np.arange(B), lengths - 1]` picks one step for each text.
#
# </details>


# %% answer-2
def one_vector(outputs, lengths):
    """For each text what both readers say when they have read all of it, (B, 2 H)."""
    ### BEGIN SOLUTION
    H = outputs.shape[-1] // 2
    last = outputs[np.arange(len(outputs)), lengths - 1, :H]
    return np.concatenate([last, outputs[:, 0, H:]], axis=-1)
    ### END SOLUTION


# %% check-2
lengths = np.array([5, 3, 1])


def read(width):
    """What two readers say about three padded texts; 0 in the padding."""
    rng, outputs = np.random.default_rng(102), np.zeros((3, width, 4))
    for i, length in enumerate(lengths):
        text = rng.standard_normal((length, 2))
        outputs[i, :length, :2] = np.cumsum(text, 0)
        outputs[i, :length, 2:] = np.cumsum(text[::-1], 0)[::-1]
    return outputs


properties = {
    "the text worked by hand: 3 and 5": lambda f: np.allclose(
        f(np.array([[[1.0, 5], [3, 4], [0, 0]]]), np.array([2])), [[3, 5]]
    ),
    "one row of 2 H numbers a text": lambda f: np.shape(f(read(5), lengths)) == (3, 4),
    "four more places of padding change nothing": lambda f: np.allclose(
        f(read(5), lengths), f(read(9), lengths)
    ),
    "readers that add up: both halves have the whole sum": lambda f: np.allclose(
        f(read(5), lengths)[:, :2], f(read(5), lengths)[:, 2:]
    ),
}
probes = [
    lambda f: f(read(5), lengths),
    lambda f: f(read(9), lengths),
    lambda f: f(np.array([[[1.0, 5], [3, 4], [0, 0]]]), np.array([2])),
]


# %% mistakes-2
def last_column(outputs, lengths):
    """The last column is padding for short texts, and there the second half has read one step."""
    return outputs[:, -1]


def last_real(outputs, lengths):
    """Right for the first half. At the last real step the second half has only begun."""
    return outputs[np.arange(len(outputs)), lengths - 1]


def first_column(outputs, lengths):
    """Right for the second half. At the first step the first half has only begun."""
    return outputs[:, 0]


def mean(outputs, lengths):
    """You take a mean over all columns, padding too. Asked is each half at its own last step."""
    return outputs.mean(1)


def masked_mean(outputs, lengths):
    """A mean over the real steps is a fair choice, but another one. Asked is one step a half."""
    return outputs.sum(1) / lengths[:, None]


def one_late(outputs, lengths):
    """Your first half is taken one step too late. Arrays count from 0."""
    H = outputs.shape[-1] // 2
    padded = np.pad(outputs, ((0, 0), (0, 1), (0, 0)))
    return np.concatenate([padded[np.arange(len(outputs)), lengths, :H], outputs[:, 0, H:]], -1)


def exchanged(outputs, lengths):
    """Your halves are exchanged. The forward half comes first."""
    return np.roll(one_vector(outputs, lengths), outputs.shape[-1] // 2, axis=-1)


def sums(outputs, lengths):
    """You add up all steps. Asked is one step a half, the one that has read everything."""
    return outputs.sum(1)


def largest(outputs, lengths):
    """You take the largest number of all steps. Asked is one step a half."""
    return outputs.max(1)


def last_place(outputs, lengths):
    """Right for the second half. Your first half is taken at the last place, which may be padding."""
    H = outputs.shape[-1] // 2
    return np.concatenate([outputs[:, -1, :H], outputs[:, 0, H:]], axis=-1)


def where_each_begins(outputs, lengths):
    """Each of your halves is taken where it begins to read. Asked is where it has read everything."""
    H, real = outputs.shape[-1] // 2, (np.arange(len(outputs)), lengths - 1)
    return np.concatenate([outputs[:, 0, :H], outputs[real][:, H:]], axis=-1)


def one_early(outputs, lengths):
    """Your first half is taken one step too early. The last of n real steps is number n - 1."""
    H, early = outputs.shape[-1] // 2, (np.arange(len(outputs)), lengths - 2)
    return np.concatenate([outputs[early][:, :H], outputs[:, 0, H:]], axis=-1)


# %% [markdown] say-2
# In one sentence: a colleague takes `outputs[:, -1]`, and a test where the answer is the last word passes. What does the test not see?

# %% [markdown] sentence-2
# That the second reader has read one step there: both halves know the last word, so ask for the first.

# %% [markdown] task-3
# ## 3. Do past and future only add up?
#
# `logit(x)` is any function from bits, $(B, T)$, to one number a step, $(B, T)$. Set the two neighbours of step $t$ to $p$ and $q$ and call what comes out there $a_{pq}$. If the past and the future only add up, the two diagonals have the same sum.
#
# Write `interaction(logit, x, t)`: $a_{00} + a_{11} - a_{01} - a_{10}$ for each of the `B` sequences.
#
# By hand: for $a_{pq} = 3p + 5q$ it is $0 + 8 - 5 - 3 = 0$, for $a_{pq} = p \cdot q$ it is 1.
#
# <details class="fold"><summary>A first hint</summary>
#
# Four copies of `x`. In each the neighbours of $t$ are *set*, whatever stood there.
#
# </details>
# <details class="fold"><summary>A second hint</summary>
#
# Equal bits count plus, unequal bits minus. `logit` gives all steps; take column `t`.
#
# </details>


# %% answer-3
def interaction(logit, x, t):
    """How far past and future say more together than their sum, one number a sequence."""
    ### BEGIN SOLUTION
    total = 0
    for p in (0, 1):
        for q in (0, 1):
            bits = x.copy()
            bits[:, t - 1], bits[:, t + 1] = p, q
            total = total + (1 if p == q else -1) * logit(bits)[:, t]
    return total
    ### END SOLUTION


# %% check-3
bits = np.random.default_rng(103).integers(0, 2, (8, 7)).astype(float)


def past(x):
    return np.cumsum(x * np.arange(1, 8), axis=1) ** 2 / 9


def future(x):
    return np.sin(np.cumsum(x[:, ::-1], axis=1)[:, ::-1])


def added(x):
    return past(x) + 3 * future(x)


def multiplied(x):
    return past(x) * future(x)


def exclusive(x):
    """1 where exactly one neighbour is a 1, -1 where not."""
    return np.pad(np.where(x[:, :-2] != x[:, 2:], 1.0, -1.0), ((0, 0), (1, 1)))


properties = {
    "one number a sequence": lambda f: np.shape(f(added, bits, 3)) == (8,),
    "p times q by hand: 1": lambda f: np.allclose(
        f(lambda x: np.pad(x[:, :-2] * x[:, 2:], ((0, 0), (1, 1))), bits, 3), 1
    ),
    "0 for a sum of past and future, however crooked": lambda f: np.allclose(f(added, bits, 3), 0),
    "the step counts from 0, as columns do": lambda f: np.allclose(
        f(lambda x: np.pad(x[:, :-2] * x[:, 2:], ((0, 0), (1, 1))) * np.arange(7), bits, 3), 3
    ),
    "not 0 for a product": lambda f: np.abs(f(multiplied, bits, 3)).max() > 0.1,
    "-4 for the exclusive or, whatever stood there": lambda f: np.allclose(
        f(exclusive, bits, 3), -4
    ),
}
probes = [
    lambda f: f(added, bits, 3),
    lambda f: f(multiplied, bits, 3),
    lambda f: f(exclusive, bits, 3),
]


# %% mistakes-3
def of_probabilities(logit, x, t):
    """You put logits through a logistic function first. It bends, and sums no longer cancel."""
    return interaction(lambda bits: 1 / (1 + np.exp(-logit(bits))), x, t)


def turned_signs(logit, x, t):
    """Your signs are turned round: equal bits count plus, unequal bits minus."""
    return -interaction(logit, x, t)


def flipped(logit, x, t):
    """You flip what stands there, so the sign depends on the sequence. Set the two bits instead."""
    total = 0
    for p in (0, 1):
        for q in (0, 1):
            bits = x.copy()
            bits[:, t - 1], bits[:, t + 1] = (x[:, t - 1] + p) % 2, (x[:, t + 1] + q) % 2
            total = total + (1 if p == q else -1) * logit(bits)[:, t]
    return total


def own_bit(logit, x, t):
    """You set the bit at t itself and the one behind. The neighbours stand on either side of it."""
    total = 0
    for p in (0, 1):
        for q in (0, 1):
            bits = x.copy()
            bits[:, t], bits[:, t + 1] = p, q
            total = total + (1 if p == q else -1) * logit(bits)[:, t]
    return total


def all_steps(logit, x, t):
    """You return all steps. Asked is the one between the two neighbours."""
    total = 0
    for p in (0, 1):
        for q in (0, 1):
            bits = x.copy()
            bits[:, t - 1], bits[:, t + 1] = p, q
            total = total + (1 if p == q else -1) * logit(bits)
    return total


def all_added(logit, x, t):
    """You add all four. Two of them count minus."""
    return set_bits(logit, x, t - 1, t + 1, t, lambda p, q: 1)


def ends_only(logit, x, t):
    """You use two of the four cases. Those with unequal bits count, too."""
    return set_bits(logit, x, t - 1, t + 1, t, lambda p, q: p + q - 1)


def both_behind(logit, x, t):
    """You set the two bits behind t. The neighbours stand on either side."""
    return set_bits(logit, x, t + 1, t + 2, t, lambda p, q: 1 if p == q else -1)


def both_before(logit, x, t):
    """You set the two bits before t. The neighbours stand on either side."""
    return set_bits(logit, x, t - 2, t - 1, t, lambda p, q: 1 if p == q else -1)


def next_answer(logit, x, t):
    """You take what is said at the step behind t. Asked is column t."""
    return set_bits(logit, x, t - 1, t + 1, t + 1, lambda p, q: 1 if p == q else -1)


def counted_from_one(logit, x, t):
    """You are one step too early: columns count from 0, and t does, too."""
    return interaction(logit, x, t - 1)


def minus_one_and_one(logit, x, t):
    """You set bits to -1 and 1. They are 0 and 1."""
    total = 0
    for p in (-1, 1):
        for q in (-1, 1):
            bits = x.copy()
            bits[:, t - 1], bits[:, t + 1] = p, q
            total = total + p * q * logit(bits)[:, t]
    return total


def sizes_only(logit, x, t):
    """You take away the sign. It says whether the two work together or against each other."""
    return np.abs(interaction(logit, x, t))


def set_bits(logit, x, one, other, read, sign):
    total = 0
    for p in (0, 1):
        for q in (0, 1):
            bits = x.copy()
            bits[:, one], bits[:, other] = p, q
            total = total + sign(p, q) * logit(bits)[:, read]
    return total


# %% [markdown] say-3
# In one sentence: `interaction` of a trained tagger is nearly 0 everywhere. What would a hidden layer before its logits add?

# %% [markdown] sentence-3
# Little on this task: the network answers as if past and future only added up, and a hidden layer is needed where they must fit together.

# %% [markdown] task-4
# ## 4. A bug hunt: weeks of training
#
# The next cell has an LSTM, trained for weeks, and a function that gives it a partner who reads from the end. It raises nothing.
#
# Write a test for such functions, `test_still_knows(widen)`: the first half of what the wider layer says must be what the trained layer said. Then write `repaired`.
#
# <details class="fold"><summary>A first hint</summary>
#
# Compare two outputs on the same `sample`: the first half of the last axis of one, all of the other.
#
# </details>
# <details class="fold"><summary>A second hint</summary>
#
# `Bidirectional` makes two *new* layers with the settings of yours. They are built, with weights of their own, by the first call or by `build`. Then they may be given others: `wrapper.forward_layer`.
#
# </details>

# %% given-4
import keras

keras.utils.set_random_seed(4)
sample = np.random.default_rng(104).standard_normal((2, 5, 3)).astype("float32")
trained = keras.layers.LSTM(4, return_sequences=True)  # say it was trained for weeks
trained(sample)


def widen(layer):
    """The trained forward LSTM gets a partner who reads from the end."""
    return keras.layers.Bidirectional(layer)


# %% answer-4
def test_still_knows(widen):
    """Fails if what the trained layer had learned is gone."""
    ### BEGIN SOLUTION
    wider, before = np.asarray(widen(trained)(sample)), np.asarray(trained(sample))
    assert np.allclose(wider[..., :4], before, atol=1e-6), "what was learned is gone"
    ### END SOLUTION


def repaired(layer):
    """The trained forward LSTM gets a partner who reads from the end."""
    ### BEGIN SOLUTION
    wrapper = keras.layers.Bidirectional(layer)
    wrapper.build(sample.shape)
    wrapper.forward_layer.set_weights(layer.get_weights())
    return wrapper
    ### END SOLUTION


# %% check-4
def backward_half(x):
    return np.asarray(repaired(trained)(x))[..., 4:]


properties = {
    "your test fails for the lines with the bug": lambda test: not passes(test, widen),
    "your test passes your repair": lambda test: passes(test, repaired),
    "your repair has two readers, 8 numbers a step": lambda test: (
        np.shape(repaired(trained)(sample)) == (2, 5, 8)
    ),
    "your second reader is not the first one over again": lambda test: (
        not np.allclose(
            backward_half(sample)[:, ::-1], np.asarray(trained(sample[:, ::-1].copy())), atol=1e-3
        )
    ),
}

# %% [markdown] task-5
# ## 5. A bug hunt: four states
#
# An encoder reads both ways and hands its states to a writer of $2H$ units, who starts from an $h$ and a $c$, each $(B, 2H)$. `Bidirectional` with `return_state=True` returns its output and four states.
#
# Write a test for such functions, `test_h_is_the_output(start_states)`: without sequences, an LSTM's output *is* its last $h$. Then write `sorted_states`.
#
# <details class="fold"><summary>A first hint</summary>
#
# What does `encoder(sample)[0]` hold? Compare it with the first array that `start_states` returns.
#
# </details>
# <details class="fold"><summary>A second hint</summary>
#
# In which order do four states come from two LSTMs, each of which returns $h$, then $c$?
#
# </details>

# %% given-5
encoder = keras.layers.Bidirectional(keras.layers.LSTM(4, return_state=True))


def start_states(x):
    """The two states, (B, 2 H) each, from which a writer starts: h, then c."""
    _, a, b, c, d = encoder(x)
    return np.concatenate([a, b], axis=-1), np.concatenate([c, d], axis=-1)


# %% answer-5
def test_h_is_the_output(start_states):
    """Fails unless the first state is what the encoder puts out."""
    ### BEGIN SOLUTION
    assert np.allclose(start_states(sample)[0], encoder(sample)[0]), "h is not the output"
    ### END SOLUTION


def sorted_states(x):
    """The two states, (B, 2 H) each, from which a writer starts: h, then c."""
    ### BEGIN SOLUTION
    _, h_forward, c_forward, h_backward, c_backward = encoder(x)
    return np.concatenate([h_forward, h_backward], -1), np.concatenate([c_forward, c_backward], -1)
    ### END SOLUTION


# %% check-5
properties = {
    "your test fails for the lines with the bug": lambda test: not passes(test, start_states),
    "your test passes your repair": lambda test: passes(test, sorted_states),
    "your repair uses all four states, each once": lambda test: np.allclose(
        np.sort(np.ravel(sorted_states(sample))),
        np.sort(np.ravel([np.asarray(s) for s in encoder(sample)[1:]])),
    ),
}
