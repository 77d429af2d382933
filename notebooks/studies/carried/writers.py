# @title What studies 2, 8b, 8d and 16b share: n-grams, and both models as writers
def runs(x, n, size):
    """Every run of n symbols along the last axis of x (values below `size`), as one integer."""
    codes = np.zeros((*x.shape[:-1], x.shape[-1] - n + 1), np.int64)
    for j in range(n):
        codes = codes * size + x[..., j : x.shape[-1] - n + 1 + j]
    return codes


def fit_ngrams(x, order, size):
    """Interpolated modified Kneser-Ney tables, one a context length, from symbols x."""
    levels, longer = [], None
    for n in range(order, 0, -1):
        grams = runs(x, n, size).ravel() if longer is None else longer % size**n
        grams, counts = np.unique(grams, return_counts=True)
        seen = [np.sum(counts == c) for c in (1, 2, 3, 4)]
        y = seen[0] / max(seen[0] + 2 * seen[1], 1)
        cuts = [c - (c + 1) * y * seen[c] / max(seen[c - 1], 1) for c in (1, 2, 3)]
        cut = np.clip([0, *cuts], 0, [0, 1, 2, 3])[np.minimum(counts, 3)]
        contexts, first, followers = np.unique(grams // size, return_index=True, return_counts=True)
        total = np.add.reduceat(counts, first)
        share = (counts - cut) / np.repeat(total, followers)
        levels.insert(0, (grams, share, contexts, np.add.reduceat(cut, first) / total))
        longer = grams
    return levels


def find(keys, values, wanted, missing):
    place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[place] == wanted, values[place], missing)


def ngram_probabilities(levels, context, symbol, size):
    """P(symbol | context), with contexts coded by `runs`; the arguments broadcast."""
    p = 1 / size
    for n, (grams, share, contexts, rest) in enumerate(levels):
        short = context % size**n
        p = find(grams, share, short * size + symbol, 0) + find(contexts, rest, short, 1) * p
    return p


def ngram_bits(levels, x, start, size):
    """-log2 P(symbol | the ones before it) of x[..., start:]."""
    n = len(levels) - 1
    contexts = runs(x, n, size)[..., start - n : -1]
    return -np.log2(ngram_probabilities(levels, contexts, x[..., start:], size))


def ngram_writer(levels, size):
    """A zero state for n streams, and a step: (state, symbols (n,)) -> logits (n, size), state."""

    def start(n):
        return np.zeros(n, np.int64)

    def step(state, symbols):
        state = (state * size + symbols) % size ** (len(levels) - 1)
        return np.log(ngram_probabilities(levels, state[:, None], np.arange(size), size)), state

    return start, step


def lstm_writer(weights):
    """An LSTM in NumPy from the weights of `network`; results as in `ngram_writer`."""
    table, kernel, recurrent, bias, out, offset = map(np.asarray, weights)
    inputs = table @ kernel + bias

    def sigmoid(x):
        return 0.5 + 0.5 * np.tanh(x / 2)

    def start(n):
        return np.zeros((n, len(recurrent))), np.zeros((n, len(recurrent)))

    def step(state, symbols):
        i, f, g, o = np.split(inputs[symbols] + state[0] @ recurrent, 4, axis=-1)
        c = sigmoid(f) * state[1] + sigmoid(i) * np.tanh(g)
        h = sigmoid(o) * np.tanh(c)
        return h @ out + offset, (h, c)

    return start, step


def log_softmax(logits):
    logits = logits - logits.max(-1, keepdims=True)
    return logits - np.log(np.exp(logits).sum(-1, keepdims=True))


def tanh(x):  # Keras' tanh gives float32 on JAX, whatever it is given
    return keras.ops.cast(keras.ops.tanh(x), x.dtype)
