# @title What studies 7b and 7c share: an LSTM and a GRU with their way back, for N networks at once
def sigmoid(a):
    return 0.5 * (1 + np.tanh(0.5 * a))


def lstm_pass(a, W_h, b, start=None):
    """a (T, N, B, 4 H), the inputs' part -> the states h (T + 1, N, B, H), the last, the way back.

    start: the first states, zeros if not given.
    """
    units = W_h.shape[1]
    i_, f_, c_, o_ = (slice(k * units, (k + 1) * units) for k in range(4))
    h, c = np.zeros((2, len(a) + 1, *a.shape[1:3], units))
    if start is not None:
        h[0], c[0] = start
    scale = np.full(4 * units, 0.5)  # sigmoid(a) = 0.5 tanh(0.5 a) + 0.5
    scale[c_] = 1
    for t in range(len(a)):
        a[t] = np.tanh(scale * (a[t] + h[t] @ W_h)) * scale + (1 - scale)
        c[t + 1] = a[t, ..., f_] * c[t] + a[t, ..., i_] * a[t, ..., c_]
        h[t + 1] = a[t, ..., o_] * np.tanh(c[t + 1])

    def backward(dy):
        d, back, dh, dc = np.empty_like(a), np.swapaxes(W_h, 1, 2).copy(), 0.0, 0.0
        tanh_c, slope = np.tanh(c[1:]), a * (1 - a)
        slope[..., c_] = 1 - a[..., c_] ** 2
        shine = a[..., o_] * (1 - tanh_c**2)
        for t in reversed(range(len(a))):
            dh = dh + dy[t]
            dc = dc + dh * shine[t]
            d[t, ..., i_] = dc * a[t, ..., c_]
            d[t, ..., f_] = dc * c[t]
            d[t, ..., c_] = dc * a[t, ..., i_]
            d[t, ..., o_] = dh * tanh_c[t]
            d[t] *= slope[t]
            dc = dc * a[t, ..., f_]
            dh = d[t] @ back
        return d, d  # the gradients at the inputs' and at the states' part

    return h, (h[-1], c[-1]), backward


def gru_pass(a, W_h, b, start=None):
    """Keras' default GRU, with two rows of biases in b (N, 2, 3 H); as `lstm_pass`."""
    units = W_h.shape[1]
    z_, gates, n_ = (slice(k * units, m * units) for k, m in ((0, 1), (0, 2), (2, 3)))
    r_ = slice(units, 2 * units)
    h = np.zeros((len(a) + 1, *a.shape[1:3], units))
    if start is not None:
        h[0] = start[0]
    inner, b_h = np.empty_like(h[1:]), b[:, 1, None]
    for t in range(len(a)):
        past = h[t] @ W_h + b_h
        a[t, ..., gates] = sigmoid(a[t, ..., gates] + past[..., gates])
        inner[t] = past[..., n_]
        a[t, ..., n_] = np.tanh(a[t, ..., n_] + a[t, ..., r_] * inner[t])
        h[t + 1] = a[t, ..., n_] + a[t, ..., z_] * (h[t] - a[t, ..., n_])

    def backward(dy):
        d, past, dh = np.empty_like(a), np.empty_like(a), 0.0
        back, slope = np.swapaxes(W_h, 1, 2).copy(), a[..., gates] * (1 - a[..., gates])
        new = (1 - a[..., z_]) * (1 - a[..., n_] ** 2)
        gap = h[:-1] - a[..., n_]
        for t in reversed(range(len(a))):
            dh = dh + dy[t]
            d[t, ..., n_] = dh * new[t]
            d[t, ..., z_] = dh * gap[t]
            d[t, ..., r_] = d[t, ..., n_] * inner[t]
            d[t, ..., gates] *= slope[t]
            past[t] = d[t]
            past[t, ..., n_] *= a[t, ..., r_]
            dh = dh * a[t, ..., z_] + past[t] @ back
        return d, past

    return h, (h[-1],), backward


def by_network(q):
    """(T, N, B, K) -> (N, T B, K)."""
    return np.ascontiguousarray(np.moveaxis(q, 1, 0)).reshape(q.shape[1], -1, q.shape[-1])
