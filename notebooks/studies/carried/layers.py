# @title What studies 6a and 6b share: a SimpleRNN, and networks as Keras starts them
def simple_rnn(x, weights, fixed=None):
    """A SimpleRNN: as the cell of the study, with one block of weights, no masks and no gates."""
    W_x, W_h, b = weights
    (batch, steps, _), units = x.shape, len(W_h)
    a = np.swapaxes(x @ W_x + b, 0, 1)
    h = np.zeros((steps + 1, batch, units))
    for t in range(steps):
        h[t + 1] = np.tanh(a[t] + h[t] @ W_h)

    def backward(d_outputs, dh=0.0):
        d = np.empty_like(a)
        for t in reversed(range(steps)):
            d[t] = (dh + d_outputs[:, t]) * (1 - h[t + 1] ** 2)
            dh = d[t] @ W_h.T
        flat = d.reshape(steps * batch, -1)
        d_W_x = np.swapaxes(x, 0, 1).reshape(steps * batch, -1).T @ flat
        d_W_h = h[:-1].reshape(steps * batch, -1).T @ flat
        return np.swapaxes(d @ W_x.T, 0, 1), [d_W_x, d_W_h, flat.sum(0)], (dh,)

    return np.swapaxes(h[1:], 0, 1), (h[-1],), backward, {}


CELLS = {"SimpleRNN": simple_rnn}  # the study adds its own


def keras_layer(kind, units, **given):
    """The layer of Keras that a name of CELLS stands for."""
    if kind == "GRU before":
        given["reset_after"] = False
    return getattr(keras.layers, kind.split()[0])(units, **given)


def initial_weights(kind, units, inputs, seed):
    """[W_x, W_h, b] as a Keras layer with this seed starts with them."""
    keras.utils.set_random_seed(seed)
    layer = keras_layer(kind, units)
    layer.build((None, None, inputs))
    return [np.array(w, dtype=float) for w in layer.get_weights()]


def start_network(kind, units, seed):
    """A recurrent layer that reads two numbers a step, and one output (Glorot, bias 0)."""
    weights = initial_weights(kind, units, 2, seed)
    readout = keras.initializers.GlorotUniform()((units, 1))
    return [*weights, np.array(keras.ops.convert_to_numpy(readout), dtype=float), np.zeros(1)]


def answer(kind, weights, x, fixed=None):
    """What the output says after each step (B, T), what the cell says, its way back, its gates."""
    h, _, backward, inside = CELLS[kind](x, weights[:3], fixed=fixed)
    return (h @ weights[3] + weights[4])[..., 0], h, backward, inside
