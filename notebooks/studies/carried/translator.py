# @title What studies 11a, 11b and 11c share: a translator, its training, its decoding, and BLEU
import math
from collections import Counter

PADDING, UNKNOWN, START, END = range(4)  # the numbers below those of the words


class Translator:
    """A bidirectional LSTM reads, an LSTM writes; with dot attention, or without any.

    It reads word numbers (B, S) and the words written so far (B, T), and has logits (B, T, V). What
    attention looks at is, for each word, its own row of the table plus what the LSTM says there.
    """

    def __init__(self, seed, vocabularies, units, attention=True, dropout=0.0):
        keras.utils.set_random_seed(seed)
        layers, ops = keras.layers, keras.ops
        drawn = {"embeddings_initializer": keras.initializers.RandomNormal(stddev=0.3)}
        tables = [layers.Embedding(4 + size, units, **drawn) for size in vocabularies]
        reader = layers.LSTM(units // 2, return_sequences=True, return_state=True)
        reader = layers.Bidirectional(reader)
        writer = layers.LSTM(units, return_sequences=True, return_state=True)
        look, drop = layers.Attention(use_scale=True), layers.Dropout(dropout)
        answer = layers.Dense(4 + vocabularies[1])

        def read(source):
            words = drop(tables[0](source))
            outputs, *states = reader(words, mask=ops.not_equal(source, 0))
            return words + outputs, *(ops.concatenate(states[i::2], axis=1) for i in range(2))

        def write(source, target, outputs, *states):
            written, *states = writer(drop(tables[1](target)), initial_state=states)
            if not attention:
                return answer(drop(written)), *states
            mask = [None, ops.not_equal(source, 0)]
            seen, weights = look([written, outputs], mask=mask, return_attention_scores=True)
            return answer(drop(written + seen)), *states, weights

        source, target = (keras.Input((None,), dtype="int32") for _ in range(2))
        outputs, states = keras.Input((None, units)), [keras.Input((units,)) for _ in range(2)]
        given = read(source)
        self.model = keras.Model([source, target], write(source, target, *given)[0])
        self.reader = keras.Model(source, given)
        step = write(source, target, outputs, *states)
        used = [source, target, outputs, *states] if attention else [target, *states]
        self.writer = keras.Model(used, step)

    def compile(self, rate, updates):
        """Adam, whose rate falls to a twentieth along a cosine; gradients clipped."""
        rate = keras.optimizers.schedules.CosineDecay(rate, updates, alpha=0.05)
        optimizer = keras.optimizers.Adam(rate, global_clipnorm=1.0)
        loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True, ignore_class=PADDING)
        self.model.compile(optimizer, loss)

    def loss(self, batches):
        """Mean cross-entropy of a word, in nats."""
        counts = [int((target[:, 1:] > 0).sum()) for _, target in batches]
        losses = [self.model.test_on_batch([s, t[:, :-1]], t[:, 1:]) for s, t in batches]
        return float(np.dot(losses, counts) / sum(counts))

    def translate(self, source, beams=1, longest=40):
        """Word numbers (B, longest), by a beam search; of one beam, greedily.

        What is kept at each step are the beams with the highest sum of log probabilities; what is
        returned has the highest mean.
        """
        n, rows = len(source), np.arange(len(source))[:, None]
        read = [np.repeat(np.asarray(a), beams, 0) for a in self.reader.predict_on_batch(source)]
        outputs, *states = read
        repeated = np.repeat(source, beams, 0)
        words = np.full((n, beams, 1), START, "int32")
        score = np.where(np.arange(beams) == 0, 0.0, -np.inf) + np.zeros((n, 1))
        for _ in range(longest):
            last = words[:, :, -1].reshape(-1, 1)
            given = [repeated, last, outputs, *states]
            if len(self.writer.inputs) < len(given):  # without attention
                given = [last, *states]
            logits, *rest = self.writer.predict_on_batch(given)
            y = np.asarray(logits)[:, 0].reshape(n, beams, -1)
            y = y - y.max(-1, keepdims=True)
            y -= np.log(np.exp(y).sum(-1, keepdims=True))
            y[:, :, [PADDING, UNKNOWN, START]] = -np.inf
            over = np.isin(words[:, :, -1], [PADDING, END])
            y[over] = -np.inf
            y[over, PADDING] = 0
            total = (score[:, :, None] + y).reshape(n, -1)
            best = np.argpartition(-total, beams - 1, axis=1)[:, :beams]
            score = total[rows, best]
            beam, word = best // y.shape[2], best % y.shape[2]
            words = np.concatenate([words[rows, beam], word[:, :, None]], 2)
            places = (rows * beams + beam).ravel()
            states = [np.asarray(state)[places] for state in rest[:2]]
            if np.isin(word, [PADDING, END]).all():
                break
        lengths = (words[:, :, 1:] != PADDING).sum(-1)
        return words[rows[:, 0], (score / lengths).argmax(1), 1:]


def padded(sentences, width=None):
    """Rows of word numbers of one width, filled up with zeros."""
    found = np.zeros((len(sentences), width or max(map(len, sentences))), "int32")
    for row, words in zip(found, sentences, strict=True):
        row[: len(words)] = words
    return found


def bleu(outputs, references):
    """BLEU-4 of lists of words, one reference each, between 0 and 100."""
    score, lengths = 100.0, [sum(map(len, part)) for part in (outputs, references)]
    for n in range(1, 5):
        matches = found = 0
        for pair in zip(outputs, references, strict=True):
            output, reference = (
                Counter(zip(*(w[i:] for i in range(n)), strict=False)) for w in pair
            )
            matches += (output & reference).total()
            found += output.total()
        score *= (matches / max(found, 1)) ** 0.25
    return score * min(1.0, math.exp(1 - lengths[1] / max(lengths[0], 1)))
