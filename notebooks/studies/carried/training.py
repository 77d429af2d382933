# @title What studies share that train by hand: the logistic function, its loss, Adam
def sigmoid(a):
    return 0.5 * (1 + np.tanh(0.5 * a))


def losses(logits, answers):
    """Cross-entropy (nats) of each answer: chance is ln 2 = 0.693, the optimum 0."""
    return np.logaddexp(0, logits) - answers * logits


class Adam:
    """Adam as in Keras, with `global_clipnorm=1`; changes the weights in place."""

    def __init__(self, weights):
        self.weights, self.n = weights, 0
        self.m, self.v = ([np.zeros_like(w) for w in weights] for _ in range(2))

    def step(self, gradients, rate):
        self.n += 1
        clip = min(1, 1 / np.sqrt(sum((g**2).sum() for g in gradients)))
        rate = rate * np.sqrt(1 - 0.999**self.n) / (1 - 0.9**self.n)
        for w, g, m, v in zip(self.weights, gradients, self.m, self.v, strict=True):
            m += 0.1 * (clip * g - m)
            v += 0.001 * ((clip * g) ** 2 - v)
            w -= rate * m / (np.sqrt(v) + 1e-7)
