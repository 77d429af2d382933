# @title What studies 12a and 12b share: a summarizer that may copy, its decoding, and ROUGE
from collections import Counter

PADDING, UNKNOWN, START, END = range(4)  # the numbers below those of the words


class Summarizer:
    """A bidirectional LSTM reads, an LSTM writes; it looks back by attention, and may copy.

    Words are numbers below `size`; from `size` on stand those words of a text that have no number
    of their own, counted anew in each text. `kind` is "none" (no attention), "attention" or "copy".
    """

    def __init__(self, seed, size, units, kind="copy", dropout=0.0):
        keras.utils.set_random_seed(seed)
        layers, ops = keras.layers, keras.ops
        drawn = keras.initializers.RandomNormal(stddev=0.3)
        table = layers.Embedding(size, units, embeddings_initializer=drawn)
        reader = layers.LSTM(units // 2, return_sequences=True, return_state=True)
        reader = layers.Bidirectional(reader)
        writer = layers.LSTM(units, return_sequences=True, return_state=True)
        drop, answer = layers.Dropout(dropout), layers.Dense(size)
        gate = layers.Dense(1, activation="sigmoid")
        self.size, self.kind = size, kind

        def known(numbers):
            return ops.where(numbers < size, numbers, UNKNOWN)

        def read(source):
            words = drop(table(known(source)))
            outputs, *states = reader(words, mask=ops.not_equal(source, PADDING))
            return words + outputs, *(ops.concatenate(states[i::2], axis=1) for i in range(2))

        def write(source, target, memory, *states):
            words = drop(table(known(target)))
            written, *states = writer(words, initial_state=states)
            if kind == "none":
                return answer(drop(written)), *states
            scores = ops.matmul(written, ops.transpose(memory, (0, 2, 1)))
            empty = ops.cast(ops.equal(source, PADDING), scores.dtype)
            weights = ops.softmax(scores - 1e4 * empty[:, None])
            seen = ops.matmul(weights, memory)
            logits = answer(drop(written + seen))
            if kind == "attention":
                return logits, *states, weights
            copied = gate(ops.concatenate([words, written, seen], axis=-1))
            return logits, *states, weights, copied

        def chance(source, target, logits, *rest):
            """The probability of each true word (B, T)."""
            made = ops.softmax(logits)
            made = ops.take_along_axis(made, known(target)[..., None], axis=-1)[..., 0]
            if kind != "copy":
                return made
            made = made * ops.cast(target < size, made.dtype)
            *_, weights, copied = rest
            same = ops.cast(ops.equal(source[:, None], target[..., None]), made.dtype)
            return made + copied[..., 0] * (ops.sum(weights * same, axis=-1) - made)

        source, target = (keras.Input((None,), dtype="int32") for _ in range(2))
        memory, states = keras.Input((None, units)), [keras.Input((units,)) for _ in range(2)]
        given = read(source)
        found = write(source, target[:, :-1], *given)
        self.model = keras.Model([source, target], chance(source, target[:, 1:], *found))
        self.reader = keras.Model(source, given)
        inputs = [source, target, memory, *states]
        self.writer = keras.Model(inputs, write(*inputs))

        def cost(real, chances):
            logs = ops.log(ops.maximum(chances, 1e-9))
            return -ops.sum(real * logs) / ops.sum(real)

        self.drop = drop
        self.model.compile(keras.optimizers.Adam(global_clipnorm=1.0), cost)
        self.model.optimizer.build(self.model.trainable_variables)

    def begin_as(self, fresh):
        """Take the weights and the dropout of a fresh one, and no memory in Adam."""
        self.model.set_weights(fresh.model.get_weights())
        if self.drop.rate > 0:
            self.drop.seed_generator.state.assign(fresh.drop.seed_generator.state)
        for variable in self.model.optimizer.variables:
            variable.assign(np.zeros(variable.shape))

    def learn(self, source, target, rate):
        """One update; the mean cost of a word before it, in nats."""
        self.model.optimizer.learning_rate = rate
        return float(self.model.train_on_batch([source, target], self.real(target)))

    def loss(self, source, target):
        """The mean cost of a word, in nats."""
        return float(self.model.test_on_batch([source, target], self.real(target)))

    @staticmethod
    def real(target):
        """Which words count: all but the padding."""
        return (target[:, 1:] > 0).astype(keras.config.floatx())

    def summarize(self, source, longest):
        """Word numbers (B, longest): the likeliest word, again and again."""
        memory, *states = (np.asarray(a) for a in self.reader.predict_on_batch(source))
        rows = np.arange(len(source))[:, None]
        words = np.full((len(source), 1), START, "int32")
        for _ in range(longest):
            found = self.writer.predict_on_batch([source, words[:, -1:], memory, *states])
            logits, *states = (np.asarray(a) for a in found[:3])
            p = np.exp(logits[:, 0] - logits[:, 0].max(-1, keepdims=True))
            p = p / p.sum(-1, keepdims=True)
            if self.kind == "copy":
                weights, copied = (np.asarray(a)[:, 0] for a in found[3:])
                p = np.pad((1 - copied) * p, ((0, 0), (0, source.shape[1])))
                np.add.at(p, (rows, source), copied * weights)
            p[:, [PADDING, UNKNOWN, START]] = 0
            words = np.append(words, p.argmax(-1)[:, None].astype("int32"), 1)
        ended = np.cumsum(words == END, axis=1) > 0
        return np.where(ended, PADDING, words)[:, 1:]


def falling(rate, updates):
    """The rate of each update: along a cosine to a twentieth."""
    return rate * (0.525 + 0.475 * np.cos(np.pi * np.arange(updates) / updates))


def padded(sentences, width):
    """Rows of word numbers of one width, filled up with zeros."""
    found = np.zeros((len(sentences), width), "int32")
    for row, words in zip(found, sentences, strict=True):
        row[: len(words)] = words
    return found


def runs(words, n):
    """The runs of n neighbouring words, counted."""
    return Counter(zip(*(words[i:] for i in range(n)), strict=False))


def rouge(output, reference, n=1):
    """ROUGE-n of two lists of words: the F-score of their runs of n words."""
    ours, theirs = runs(output, n), runs(reference, n)
    return 2 * (ours & theirs).total() / max(1, ours.total() + theirs.total())


def rouge_l(output, reference):
    """ROUGE-L: the F-score of the longest sequence of words that both have in this order."""
    row = [0] * (len(reference) + 1)
    for word in output:
        diagonal = 0
        for i, other in enumerate(reference, 1):
            best = diagonal + 1 if word == other else max(row[i], row[i - 1])
            diagonal, row[i] = row[i], best
    return 2 * row[-1] / max(1, len(output) + len(reference))
