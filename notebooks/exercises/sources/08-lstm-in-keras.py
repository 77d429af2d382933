# %% [markdown] title
# # Exercises: LSTM in Keras
#
# about 75 minutes, and a minute on two cores
#
# A classifier that does not read its padding, weights for PyTorch, a loss that counts real steps only, and two bugs that raise nothing.

# %% [markdown] task-1
# ## 1. A classifier that ignores its padding
#
# Write `classifier(symbols, classes)`: a Keras model that takes whole numbers of the shape $(B, T)$, symbols from 1 to `symbols` with 0 for padding, and returns probabilities of the shape $(B, \text{classes})$. In between stand a table with 8 numbers for each symbol and an LSTM of 4 units. $T$ is open.
#
# More padding on the right must change no output. By hand: 6 symbols make a table of $7 \cdot 8 = 56$ weights, and the LSTM has $4 \cdot 4 \cdot (8 + 4 + 1) = 208$.
#
# The check draws all weights at random, biases too, for in a fresh layer zeros may hide a fault.
#
# <details class="fold"><summary>A first hint</summary>
#
# Three layers. The first has to say which steps are padding; the others take it from there.
#
# </details>
# <details class="fold"><summary>A second hint</summary>
#
# `mask_zero=True`, and one row more than there are symbols. Probabilities need an activation.
#
# </details>

# %% given-1
import keras

array = keras.ops.convert_to_numpy


# %% answer-1
def classifier(symbols, classes):
    """A model from (B, T) numbers, 0 for padding, to (B, classes) probabilities."""
    ### BEGIN SOLUTION
    return keras.Sequential(
        [
            keras.layers.Embedding(symbols + 1, 8, mask_zero=True),
            keras.layers.LSTM(4),
            keras.layers.Dense(classes, activation="softmax"),
        ]
    )
    ### END SOLUTION


# %% check-1
texts = np.array([[3, 1, 2], [5, 5, 4], [1, 6, 6]])
padded = np.pad(texts, ((0, 0), (0, 7)))


def outputs(f, *inputs):
    """What a model with weights drawn at random answers to some inputs."""
    keras.utils.set_random_seed(0)
    model, rng = f(6, 5), np.random.default_rng(1)
    model(texts)
    model.set_weights([rng.standard_normal(w.shape) for w in model.get_weights()])
    return [array(model(x)) for x in inputs]


def differ(a, b):
    return np.shape(a) != np.shape(b) or np.abs(a - b).max() > 1e-5


def traits(f):
    """What the outputs of a model tell of it."""
    short, long = outputs(f, texts, padded)
    return [differ(short, long), differ(short.sum(1), np.ones(3)), (short >= 0).all(), short.shape]


def sizes(f):
    """The weights of each layer of a model."""
    model = f(6, 5)
    model.build((None, None))
    return [layer.count_params() for layer in model.layers if layer.count_params()]


properties = {
    "one row of five numbers for each text": lambda f: outputs(f, texts)[0].shape == (3, 5),
    "they are probabilities and add up to 1": lambda f: np.allclose(
        outputs(f, texts)[0].sum(1), 1, atol=1e-5
    ),
    "seven more places of padding change no output": lambda f: (
        not differ(*outputs(f, texts, padded))
    ),
    "the first symbol counts": lambda f: differ(
        *outputs(f, texts, np.pad(texts[:, 1:], ((0, 0), (0, 1))))
    ),
    "a table of 56 weights, an LSTM of 208, and 25 behind it": lambda f: sizes(f) == [56, 208, 25],
}
probes = [traits, sizes]


# %% mistakes-1
def unmasked(symbols, classes):
    """The padding is read: nothing says that 0 is no symbol. Look at the arguments of Embedding."""
    return keras.Sequential(
        [
            keras.layers.Embedding(symbols + 1, 8),
            keras.layers.LSTM(4),
            keras.layers.Dense(classes, activation="softmax"),
        ]
    )


def scores(symbols, classes):
    """Your rows do not add up to 1: these are logits. Asked are probabilities."""
    return keras.Sequential(
        [
            keras.layers.Embedding(symbols + 1, 8, mask_zero=True),
            keras.layers.LSTM(4),
            keras.layers.Dense(classes),
        ]
    )


def every_step(symbols, classes):
    """Your model answers at each step. Asked is one answer for a text."""
    return keras.Sequential(
        [
            keras.layers.Embedding(symbols + 1, 8, mask_zero=True),
            keras.layers.LSTM(4, return_sequences=True),
            keras.layers.Dense(classes, activation="softmax"),
        ]
    )


def one_row_short(symbols, classes):
    """Your table has no row for the last symbol: 0 is padding, so symbols need one row more."""
    return keras.Sequential(
        [
            keras.layers.Embedding(symbols, 8, mask_zero=True),
            keras.layers.LSTM(4),
            keras.layers.Dense(classes, activation="softmax"),
        ]
    )


def sigmoids(symbols, classes):
    """Each of your numbers is a probability by itself. One of the classes is right: softmax."""
    return keras.Sequential(
        [
            keras.layers.Embedding(symbols + 1, 8, mask_zero=True),
            keras.layers.LSTM(4),
            keras.layers.Dense(classes, activation="sigmoid"),
        ]
    )


def a_gru(symbols, classes):
    """You have a GRU. Asked is an LSTM."""
    return keras.Sequential(
        [
            keras.layers.Embedding(symbols + 1, 8, mask_zero=True),
            keras.layers.GRU(4),
            keras.layers.Dense(classes, activation="softmax"),
        ]
    )


def no_lstm(symbols, classes):
    """Your model averages its symbols. Between table and answer stands an LSTM of 4 units."""
    return keras.Sequential(
        [
            keras.layers.Embedding(symbols + 1, 8, mask_zero=True),
            keras.layers.GlobalAveragePooling1D(),
            keras.layers.Dense(classes, activation="softmax"),
        ]
    )


# %% [markdown] say-1
# In one sentence: a text that consists of padding only comes in. What does your model answer?

# %% [markdown] sentence-1
# It answers, and confidently: the LSTM stays at its zero state and the last layer makes probabilities of its bias, so refuse empty texts before the model.

# %% [markdown] task-2
# ## 2. The same weights in PyTorch
#
# PyTorch keeps an LSTM in four arrays: `weight_ih` of shape $(4H, I)$, `weight_hh` of shape $(4H, H)$, and two biases of shape $(4H,)$ each, which it *adds*. Its blocks are $i, f, g, o$, and its $g$ is Keras' $c$.
#
# Write `to_torch(kernel, recurrent_kernel, bias)`: from Keras' three arrays, of shapes $(I, 4H)$, $(H, 4H)$ and $(4H,)$, to PyTorch's four.
#
# You need no PyTorch: the check has its documented equations, in which vectors are columns, $W x_t$.
#
# <details class="fold"><summary>A first hint</summary>
#
# The entry in row $i$, column $j$ of `kernel` leads from input $i$ to number $j$ of the sum. Where does it stand in $W$ of $W x$?
#
# </details>
# <details class="fold"><summary>A second hint</summary>
#
# Two transposes. What must the second bias be if the sum of both shall be Keras' one?
#
# </details>


# %% answer-2
def to_torch(kernel, recurrent_kernel, bias):
    """PyTorch's weight_ih, weight_hh, bias_ih and bias_hh of a Keras LSTM."""
    ### BEGIN SOLUTION
    return kernel.T, recurrent_kernel.T, bias, np.zeros_like(bias)
    ### END SOLUTION


# %% check-2
rng = np.random.default_rng(82)
kernel, recurrent, bias = (rng.standard_normal(s) for s in ((3, 20), (5, 20), 20))
x = rng.standard_normal((2, 6, 3))


def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def torch_lstm(x, weight_ih, weight_hh, bias_ih, bias_hh):
    """The outputs of an LSTM by the equations in PyTorch's documentation."""
    h = c = np.zeros((len(x), weight_hh.shape[1]))
    seen = []
    for t in range(x.shape[1]):
        sums = x[:, t] @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh
        i, f, g, o = np.split(sums, 4, axis=-1)
        c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
        h = sigmoid(o) * np.tanh(c)
        seen.append(h)
    return np.stack(seen, axis=1)


def keras_lstm(x, *weights):
    """The outputs of a Keras LSTM with these weights."""
    layer = keras.layers.LSTM(5, return_sequences=True)
    layer.build(x.shape)
    layer.set_weights(weights)
    return array(layer(x))


properties = {
    "PyTorch's shapes": lambda f: (
        [np.shape(w) for w in f(kernel, recurrent, bias)] == [(20, 3), (20, 5), (20,), (20,)]
    ),
    "the two biases add up to Keras' one": lambda f: np.allclose(
        sum(f(kernel, recurrent, bias)[2:]), bias
    ),
    "without weights and with a shut input gate the output is 0": lambda f: np.allclose(
        torch_lstm(x, *f(0 * kernel, 0 * recurrent, np.repeat([-99.0, 99, 0, 0], 5))), 0
    ),
    "PyTorch's equations give Keras' outputs": lambda f: np.allclose(
        torch_lstm(x, *f(kernel, recurrent, bias)),
        keras_lstm(x, kernel, recurrent, bias),
        atol=1e-5,
    ),
}
probes = [lambda f: f(kernel, recurrent, bias), lambda f: np.shape(f(kernel, recurrent, bias)[0])]


# %% mistakes-2
def refilled(kernel, recurrent_kernel, bias):
    """The shapes agree, the weights are mixed up: reshape refills an array. It has to be turned."""
    H = len(recurrent_kernel)
    return kernel.reshape(4 * H, -1), recurrent_kernel.reshape(4 * H, H), bias, 0 * bias


def doubled(kernel, recurrent_kernel, bias):
    """PyTorch adds both biases, so yours counts twice: a forget bias of 1 becomes 2."""
    return kernel.T, recurrent_kernel.T, bias, bias


def reordered(kernel, recurrent_kernel, bias):
    """You exchange two blocks. An LSTM's are in the same order in both: PyTorch's g is Keras' c."""
    H = len(recurrent_kernel)
    order = np.r_[0 : 2 * H, 3 * H : 4 * H, 2 * H : 3 * H]
    return kernel.T[order], recurrent_kernel.T[order], bias[order], 0 * bias


def as_it_is(kernel, recurrent_kernel, bias):
    """You hand the arrays on as they are. PyTorch keeps its matrices the other way round."""
    return kernel, recurrent_kernel, bias, 0 * bias


def three(kernel, recurrent_kernel, bias):
    """You return three arrays. PyTorch has a second bias."""
    return kernel.T, recurrent_kernel.T, bias


def one_turned(kernel, recurrent_kernel, bias):
    """You turn the first matrix only. PyTorch keeps both the other way round."""
    return kernel.T, recurrent_kernel, bias, 0 * bias


def recurrent_first(kernel, recurrent_kernel, bias):
    """You return the weights of the state first. PyTorch begins with those of the input."""
    return recurrent_kernel.T, kernel.T, bias, 0 * bias


def no_bias(kernel, recurrent_kernel, bias):
    """Both of your biases are 0. They add up to that of Keras."""
    return kernel.T, recurrent_kernel.T, 0 * bias, 0 * bias


def gates_exchanged(kernel, recurrent_kernel, bias):
    """You exchange the first two blocks. An LSTM begins with i in both; only a GRU needs that."""
    H = len(recurrent_kernel)
    order = np.r_[H : 2 * H, 0:H, 2 * H : 4 * H]
    return kernel.T[order], recurrent_kernel.T[order], bias[order], 0 * bias


# %% [markdown] say-2
# In one sentence: for a GRU two things more must be thought of. Which?

# %% [markdown] sentence-2
# Its first two blocks change places ($z, r$ in Keras, $r, z$ in PyTorch), and both of its bias rows are real, so neither may be zero or added up.

# %% [markdown] task-3
# ## 3. A loss over real steps
#
# A network gives logits of shape $(B, T, V)$ for texts of unlike length; `mask`, of shape $(B, T)$, is `True` at real steps. `targets`, $(B, T)$, holds the right symbols.
#
# Write `masked_loss(logits, targets, mask)`: the mean of $-\ln p(\text{target})$ over all *real* steps of the batch. The probabilities are the softmax of the logits.
#
# By hand: two texts, one of three real steps that cost 1 each, one of a single step that costs 5. The mean over steps is $(1 + 1 + 1 + 5) / 4 = 2$.
#
# It must not break at logits of 1000.
#
# <details class="fold"><summary>A first hint</summary>
#
# $-\ln p = \ln \sum_j e^{s_j} - s_\text{target}$. Subtracting one number from all logits of a step changes nothing.
#
# </details>
# <details class="fold"><summary>A second hint</summary>
#
# Subtract the largest logit of each step. `np.take_along_axis(scores, targets[..., None], -1)` picks the targets' ones. Then `cost[mask]`.
#
# </details>


# %% answer-3
def masked_loss(logits, targets, mask):
    """The mean cost of a real step, in nats."""
    ### BEGIN SOLUTION
    scores = logits - logits.max(-1, keepdims=True)
    right = np.take_along_axis(scores, targets[..., None], -1)[..., 0]
    cost = np.log(np.exp(scores).sum(-1)) - right
    return cost[mask].mean()
    ### END SOLUTION


# %% check-3
rng = np.random.default_rng(83)
logits, targets = rng.standard_normal((3, 5, 4)), rng.integers(0, 4, (3, 5))
mask = np.arange(5) < np.array([[5], [2], [1]])
large = np.array([[[1000.0, 0]]]), np.array([[1]]), np.array([[True]])

properties = {
    "equal logits cost ln 4, with padding and without": lambda f: np.allclose(
        [f(0 * logits, targets, mask), f(0 * logits, targets, mask | True)], np.log(4)
    ),
    "what stands in the padding does not matter": lambda f: np.isclose(
        f(logits, targets, mask), f(np.where(mask[..., None], logits, 77), targets * mask, mask)
    ),
    "5, 2 and 1 real steps weigh 5, 2 and 1": lambda f: np.isclose(
        8 * f(logits, targets, mask),
        sum(
            n * f(logits[i : i + 1], targets[i : i + 1], mask[i : i + 1])
            for i, n in enumerate((5, 2, 1))
        ),
    ),
    "logits of 1000 are no trouble": lambda f: np.isclose(f(*large), 1000),
}
probes = [
    lambda f: f(logits, targets, mask),
    lambda f: f(0 * logits, targets, mask),
    lambda f: f(*large),
]


# %% mistakes-3
def over_all_places(logits, targets, mask):
    """You divide by all places, padding too. Divide by the number of real steps."""
    return masked_loss(logits, targets, mask) * mask.mean()


def padding_counts(logits, targets, mask):
    """Your mean has the padding in it: the mask has no effect."""
    return masked_loss(logits, targets, mask | True)


def text_by_text(logits, targets, mask):
    """You average means of texts: a step of a short text then weighs more. One mean over steps."""
    texts = zip(logits, targets, mask, strict=True)
    return np.mean([masked_loss(s[None], t[None], m[None]) for s, t, m in texts])


def too_large(logits, targets, mask):
    """The exponential of 1000 is infinite. First subtract the largest logit of each step."""
    p = np.exp(logits) / np.exp(logits).sum(-1, keepdims=True)
    return -np.log(np.take_along_axis(p, targets[..., None], -1)[..., 0])[mask].mean()


def no_softmax(logits, targets, mask):
    """You add up the logits of the right symbols. They are no probabilities yet: softmax first."""
    return -np.take_along_axis(logits, targets[..., None], -1)[..., 0][mask].mean()


def in_bits(logits, targets, mask):
    """These are bits. Asked are nats, as Keras has them: the natural logarithm."""
    return masked_loss(logits, targets, mask) / np.log(2)


def total(logits, targets, mask):
    """That is the cost of all real steps together. Asked is the mean."""
    return masked_loss(logits, targets, mask) * mask.sum()


def by_texts(logits, targets, mask):
    """You divide by the number of texts. Divide by the number of real steps."""
    return masked_loss(logits, targets, mask) * mask.sum() / len(mask)


def masked_logits(logits, targets, mask):
    """You set the logits of the padding to 0, and there it costs ln V. Leave its cost out."""
    return masked_loss(logits * mask[..., None], targets, mask | True)


def accuracy(logits, targets, mask):
    """That is how often the largest logit is right. Asked is the cost."""
    return (logits.argmax(-1) == targets)[mask].mean()


def no_logarithm(logits, targets, mask):
    """That is the mean probability. A cost is its logarithm, with a minus."""
    return -negative_p(logits, targets)[mask].mean()


def log_of_mean(logits, targets, mask):
    """You average probabilities, then take a logarithm. Each step has its cost: average those."""
    return -np.log(-negative_p(logits, targets)[mask].mean())


def over_time(logits, targets, mask):
    """Your softmax goes over the steps. It goes over the symbols, the last axis."""
    scores = logits - logits.max(1, keepdims=True)
    cost = np.log(np.exp(scores).sum(1, keepdims=True)) - scores
    return np.take_along_axis(cost, targets[..., None], -1)[..., 0][mask].mean()


def a_little_added(logits, targets, mask):
    """A logarithm of p plus a little has a ceiling, so logits of 1000 cost too little. Subtract the largest logit."""
    return -np.log(1e-9 - negative_p(logits, targets))[mask].mean()


def half_subtracted(logits, targets, mask):
    """You subtract the largest logit from all but that of the target. From all of a step, that one included."""
    scores = logits - logits.max(-1, keepdims=True)
    right = np.take_along_axis(logits, targets[..., None], -1)[..., 0]
    return (np.log(np.exp(scores).sum(-1)) - right)[mask].mean()


def negative_p(logits, targets):
    p = np.exp(logits - logits.max(-1, keepdims=True))
    p = p / p.sum(-1, keepdims=True)
    return -np.take_along_axis(p, targets[..., None], -1)[..., 0]


# %% [markdown] say-3
# In one sentence: two people train the same network on the same texts, one pads to 40 steps, one to 80, and both divide by all places. What do their reports say?

# %% [markdown] sentence-3
# The second reports about half the loss of the first, for the same network: padding makes the number smaller and nothing better.

# %% [markdown] task-4
# ## 4. A bug hunt: recordings
#
# The next cell runs and raises nothing. It shall bring recordings of the shape (sequences, channels, steps) into the order that Keras reads: (sequences, steps, channels).
#
# Write a test for functions that do this, `test_axes(convert)`: a few lines with an `assert` that fails for the code as it stands, and holds for a right one. Then write `repaired`, a right one. The check asks your test about both.
#
# <details class="fold"><summary>A first hint</summary>
#
# Put a single 1 into an array of zeros, with a different length for each axis. Where must it turn up?
#
# </details>
# <details class="fold"><summary>A second hint</summary>
#
# The shape is right, so an assertion about the shape sees nothing. Ask for one entry.
#
# </details>


# %% given-4
def to_steps(recordings):
    """From (sequences, channels, steps) to (sequences, steps, channels)."""
    sequences, channels, steps = recordings.shape
    return recordings.reshape(sequences, steps, channels)


# %% answer-4
def test_axes(convert):
    """Fails unless a function takes each number to its step and channel."""
    ### BEGIN SOLUTION
    marked = np.zeros((2, 3, 7))
    marked[1, 2, 5] = 1  # sequence 1, channel 2, step 5
    assert convert(marked)[1, 5, 2] == 1, "the mark is not where it belongs"
    ### END SOLUTION


def repaired(recordings):
    """From (sequences, channels, steps) to (sequences, steps, channels)."""
    ### BEGIN SOLUTION
    return recordings.transpose(0, 2, 1)
    ### END SOLUTION


# %% check-4
properties = {
    "your test fails for the lines with the bug": lambda test: not passes(test, to_steps),
    "your test passes your repair": lambda test: passes(test, repaired),
    "your repair returns (sequences, steps, channels)": lambda test: (
        np.shape(repaired(np.zeros((2, 3, 7)))) == (2, 7, 3)
    ),
    "your test fails for one that returns zeros": lambda test: (
        not passes(test, lambda recordings: np.zeros((len(recordings), *recordings.shape[:0:-1])))
    ),
}

# %% [markdown] task-5
# ## 5. A bug hunt: one vector a text
#
# The next cell gives each text a vector by an LSTM, and raises nothing. Texts are lists of numbers from 1 on. Padded with zeros they make a batch.
#
# Write a test for such functions, `test_company(vectors)`: what a text gets must not depend on which texts stand beside it. Then write `mended`, which passes it with the same layers.
#
# <details class="fold"><summary>A first hint</summary>
#
# Ask for the vector of a short text twice: alone, and beside a longer one.
#
# </details>
# <details class="fold"><summary>A second hint</summary>
#
# The last column of a padded batch is padding, for all but the longest text. Where is the last real step?
#
# </details>

# %% given-5
keras.utils.set_random_seed(1)
table = keras.layers.Embedding(9, 8, embeddings_initializer="orthogonal")
reader = keras.layers.LSTM(4, return_sequences=True)


def pad(texts):
    """A batch of texts, filled up with zeros on the right."""
    return keras.utils.pad_sequences(texts, padding="post")


def last_step(texts):
    """One vector a text: what the LSTM says at the last step."""
    return array(reader(table(pad(texts))))[:, -1]


# %% answer-5
def test_company(vectors):
    """Fails if a text's vector depends on the texts beside it."""
    ### BEGIN SOLUTION
    alone, beside = vectors([[3, 1, 4]])[0], vectors([[3, 1, 4], [2, 7, 1, 8, 2, 8]])[0]
    assert np.allclose(alone, beside, atol=1e-6), "a text's vector depends on its neighbours"
    ### END SOLUTION


def mended(texts):
    """One vector a text: what the LSTM says at the text's own last step."""
    ### BEGIN SOLUTION
    outputs = array(reader(table(pad(texts))))
    return np.array([outputs[i, len(text) - 1] for i, text in enumerate(texts)])
    ### END SOLUTION


# %% check-5
properties = {
    "your test fails for the lines with the bug": lambda test: not passes(test, last_step),
    "your test passes your repair": lambda test: passes(test, mended),
    "alone a text gets what it got before": lambda test: np.allclose(
        mended([[3, 1, 4]]), last_step([[3, 1, 4]]), atol=1e-6
    ),
    "another first symbol gives another vector": lambda test: (
        not np.allclose(
            mended([[3, 1, 4], [2, 7, 1, 8]])[0], mended([[5, 1, 4], [2, 7, 1, 8]])[0], atol=1e-6
        )
    ),
}
