# @title What studies 6c, 6d and 6e share: cells for several runs at once, and their training
BLOCKS = {  # blocks of weights, in Keras' order where Keras has the cell
    "sum": "h",
    "SimpleRNN": "h",
    "GRU": "zrh",
    "LSTM": "ifco",
    "LSTM open": "ifco",  # its forget gate starts at a bias of 3
    "no forget gate": "ico",
    "no input gate": "fco",
    "no output gate": "ifc",
    "coupled": "fco",  # i = 1 - f
    "forget gate only": "fc",  # i = 1 - f, and h = c
}


def sigmoid(a):
    return 0.5 * (1 + np.tanh(0.5 * a))


def simple_rnn(a, W_h, b, kind):
    """A SimpleRNN; as `lstm`."""
    steps, runs, batch, units = a.shape
    h = np.zeros((steps + 1, runs, batch, units))
    for t in range(steps):
        h[t + 1] = np.tanh(a[t] + h[t] @ W_h)

    def backward(dy):
        dh = 0.0
        for t in reversed(range(steps)):
            a[t] = (dh + dy[t]) * (1 - h[t + 1] ** 2)
            dh = a[t] @ W_h.swapaxes(1, 2)
        return a, a

    return h, backward


def running_sum(a, W_h, b, kind):
    """No recurrence but addition: h is the sum of tanh(x W_x + b) so far; W_h is not used."""
    h = np.zeros((len(a) + 1, *a.shape[1:]))
    steps = np.tanh(a)
    h[1:] = np.cumsum(steps, 0)

    def backward(dy):
        d = np.cumsum(dy[::-1], 0)[::-1] * (1 - steps**2)
        return d, np.zeros_like(d)

    return h, backward


def gru(a, W_h, b, kind):
    """Keras' default GRU (the reset comes after the product, `b` has two rows); as `lstm`."""
    steps, runs, batch, _ = a.shape
    units = W_h.shape[1]
    gates, last = slice(0, 2 * units), slice(2 * units, 3 * units)
    z, r, new = (a[..., n * units : (n + 1) * units] for n in range(3))
    h, inner = np.zeros((2, steps + 1, runs, batch, units))
    for t in range(steps):
        past = h[t] @ W_h + b[:, 1:]
        a[t, ..., gates] = sigmoid(a[t, ..., gates] + past[..., gates])
        inner[t] = past[..., last]
        new[t] = np.tanh(new[t] + r[t] * inner[t])
        h[t + 1] = new[t] + z[t] * (h[t] - new[t])

    def backward(dy):
        dh, d_past = 0.0, np.empty_like(a)
        for t in reversed(range(steps)):
            dh = dh + dy[t]
            d_z = dh * (h[t] - new[t]) * z[t] * (1 - z[t])
            new[t] = dh * (1 - z[t]) * (1 - new[t] ** 2)
            dh = dh * z[t]
            d_past[t, ..., last] = new[t] * r[t]
            r[t] = new[t] * inner[t] * r[t] * (1 - r[t])
            z[t] = d_z
            d_past[t, ..., gates] = a[t, ..., gates]
            dh = dh + d_past[t] @ W_h.swapaxes(1, 2)
        return a, d_past

    return h, backward


def lstm(a, W_h, b, kind):
    """The LSTM and its ablations: a gate without weights is 1, or the input gate 1 - f.

    a: x W_x + b (T, S, B, n H), for T steps, S runs, B sequences, n blocks; it is overwritten.
    Returns h (T + 1, S, B, H) and `backward`, which takes the gradient at h[1:] and returns those
    at x W_x and at h W_h.
    """
    steps, runs, batch, _ = a.shape
    names, units = BLOCKS[kind], W_h.shape[1]
    at = {name: slice(n * units, (n + 1) * units) for n, name in enumerate(names)}
    i, f, new, o = (a[..., at[name]] if name in at else None for name in "ifco")
    coupled, bare = kind in ("coupled", "forget gate only"), kind == "forget gate only"
    h, c = np.zeros((2, steps + 1, runs, batch, units))
    shown = np.empty((steps, runs, batch, units))
    for t in range(steps):
        a[t] += h[t] @ W_h
        candidate = np.tanh(new[t])
        a[t] = sigmoid(a[t])
        new[t] = candidate
        written = (1 - f[t] if coupled else 1) if i is None else i[t]
        c[t + 1] = (c[t] if f is None else f[t] * c[t]) + written * candidate
        shown[t] = c[t + 1] if bare else np.tanh(c[t + 1])
        h[t + 1] = shown[t] if o is None else o[t] * shown[t]

    def backward(dy):
        dh = dc = 0.0
        for t in reversed(range(steps)):
            dh = dh + dy[t]
            d_shown = dh if o is None else dh * o[t]
            dc = dc + (d_shown if bare else d_shown * (1 - shown[t] ** 2))
            slope = a[t] * (1 - a[t])
            slope[..., at["c"]] = 1 - new[t] ** 2
            candidate, kept = new[t].copy(), 1 if f is None else f[t].copy()
            written = (1 - kept if coupled else 1) if i is None else i[t].copy()
            new[t] = dc * written
            if i is not None:
                i[t] = dc * candidate
            if f is not None:
                f[t] = dc * (c[t] - candidate if coupled else c[t])
            if o is not None:
                o[t] = dh * shown[t]
            a[t] *= slope
            dc = dc * kept
            dh = a[t] @ W_h.swapaxes(1, 2)
        return a, a

    return h, backward


def forward(kind, weights, x):
    """A recurrent layer over whole sequences, for S runs with weights of their own at once.

    x: (T, S, B, I). weights: W_x (S, I, n H), W_h (S, H, n H), b (S, 1, n H), for the GRU
    (S, 2, 3 H). Returns the outputs (T, S, B, H) and `backward`, to be called once: it takes the
    gradient at them and returns those at the weights.
    """
    W_x, W_h, b = weights
    cell = {"sum": running_sum, "SimpleRNN": simple_rnn, "GRU": gru}.get(kind, lstm)
    h, back = cell(x @ W_x + b[:, :1], W_h, b, kind)

    def rows(array):  # (T, S, B, n) to (S, T B, n)
        return array.swapaxes(0, 1).reshape(len(W_h), -1, array.shape[-1])

    def backward(dy):
        d, d_past = map(rows, back(dy))
        d_b = [part.sum(1) for part in (d, d_past)[: b.shape[1]]]
        d_W = [rows(x).swapaxes(1, 2) @ d, rows(h[:-1]).swapaxes(1, 2) @ d_past]
        return [*d_W, np.stack(d_b, 1)]

    return h[1:], backward


def start_networks(kind, units, inputs, outputs, seeds):
    """Weights of a layer and a linear output for each seed, drawn as Keras draws them.

    Glorot uniform for inputs and output, orthogonal for W_h, biases 0, the forget gate's 1, or 3
    if open.
    """
    drawn = []
    for seed in seeds:
        keras.utils.set_random_seed(seed)
        glorot, width = keras.initializers.GlorotUniform, len(BLOCKS[kind]) * units
        shapes = (inputs, width), (units, width), (units, outputs)
        makers = glorot(), keras.initializers.Orthogonal(), glorot()
        W_x, W_h, W_y = (
            np.array(keras.ops.convert_to_numpy(make(shape)), dtype=float)
            for make, shape in zip(makers, shapes, strict=True)
        )
        b = np.zeros((1 + (kind == "GRU"), width))
        if "f" in BLOCKS[kind]:
            at = BLOCKS[kind].index("f") * units
            b[0, at : at + units] = 3 if kind == "LSTM open" else 1
        drawn.append([W_x, W_h, b, W_y, np.zeros((1, outputs))])
    return [np.stack(parts) for parts in zip(*drawn, strict=True)]


def answer(kind, weights, x, last):
    """What the networks answer at the last steps (last, S, B, O), their h there, the way back."""
    h, backward = forward(kind, weights[:3], x)
    h_last = h[len(h) - last :]
    return h_last @ weights[3] + weights[4], h_last, backward


def softmax(y):
    e = np.exp(y - y.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


def loss_and_gradients(kind, weights, task, x, targets, counted, *more):
    """Mean loss of each run over the counted answers, its gradients, and the share that is right.

    x: (T, S, B, I). targets, counted: (last, S, B), answers asked for at the last steps; more only
    for the judgement of what is right.
    """
    y, h_last, backward = answer(kind, weights, x, len(targets))
    share = counted / counted.sum((0, 2), keepdims=True)
    if task["loss"] == "squares":
        outputs, d = y, 2 * (y - targets[..., None]) * share[..., None]
        losses = (y[..., 0] - targets) ** 2
    else:
        outputs = softmax(y)
        wanted = np.take_along_axis(outputs, targets[..., None], -1)
        losses, d = -np.log(wanted[..., 0]), outputs.copy()
        np.put_along_axis(d, targets[..., None], wanted - 1, -1)
        d *= share[..., None]
    dy = np.zeros((*x.shape[:3], h_last.shape[-1]))
    dy[len(x) - len(targets) :] = d @ weights[3].swapaxes(1, 2)
    runs = len(weights[3])
    flat = d.swapaxes(0, 1).reshape(runs, -1, d.shape[-1])
    states = h_last.swapaxes(0, 1).reshape(runs, -1, h_last.shape[-1])
    gradients = [*backward(dy), states.swapaxes(1, 2) @ flat, flat.sum(1, keepdims=True)]
    right = task["right"](outputs, targets, counted, *more)
    return (losses * share).sum((0, 2)), gradients, right.mean(1)


def batch_of(task, rngs, n):
    """n fresh sequences for each generator, side by side: x (T, S, n, I), targets, counted."""

    def side_by_side(parts):
        longest = max(map(len, parts))
        ends = [[(0, longest - len(p)), *[(0, 0)] * (p.ndim - 1)] for p in parts]
        return np.stack([np.pad(p, end) for p, end in zip(parts, ends, strict=True)], 1)

    return [side_by_side(parts) for parts in zip(*(task["draw"](r, n) for r in rngs), strict=True)]


def train(kind, weights, task, seeds, rate, updates, batch, block=20):
    """Train several runs side by side, on `batch` fresh sequences in every update.

    Weights change in place: Adam as in Keras, `global_clipnorm=1` for each run; a fifth of the
    rate for the last 30 % of the updates. A run stops once 99 % of the sequences of a block of
    updates were right. Returns, for each run, the updates until 95 % of a block were right
    (`updates + 1` if they never were).
    """
    runs, rngs = np.arange(len(seeds)), [np.random.default_rng(seed) for seed in seeds]
    now, first = [w.copy() for w in weights], np.full(len(seeds), updates + 1)
    m, v = ([np.zeros_like(w) for w in weights] for _ in range(2))
    for n in range(1, updates + 1):
        if n % block == 1:
            drawn, rights = batch_of(task, [rngs[run] for run in runs], block * batch), []
        part = [array[:, :, batch * len(rights) : batch * (len(rights) + 1)] for array in drawn]
        if len(part[1]) > 1:  # leave out steps that no sequence of this update has
            end = np.flatnonzero(part[2].any((1, 2)))[-1] + 1
            part = [array[:end] for array in part]
        _, gradients, right = loss_and_gradients(kind, now, task, *part)
        norm = np.sqrt(sum((g**2).sum((1, 2)) for g in gradients))
        clip = 1 / np.maximum(1, norm)[:, None, None]
        step = rate * np.sqrt(1 - 0.999**n) / (1 - 0.9**n) / (1 if n <= 0.7 * updates else 5)
        for k, g in enumerate(gradients):
            m[k] += 0.1 * (clip * g - m[k])
            v[k] += 0.001 * ((clip * g) ** 2 - v[k])
            now[k] -= step * m[k] / (np.sqrt(v[k]) + 1e-7)
        rights.append(right)
        if n % block == 0:
            shown = np.mean(rights, 0)
            first[runs[shown > 0.95]] = np.minimum(first[runs[shown > 0.95]], n)
            done = shown > 0.99
            if done.any() or n == updates:
                for whole, trained in zip(weights, now, strict=True):
                    whole[runs] = trained
                now, m, v = ([array[~done] for array in arrays] for arrays in (now, m, v))
                runs = runs[~done]
            if not len(runs):
                break
    return first


DONE = {}  # what groups of runs have found


def one_of(seed, seeds, group, **settings):
    """The row of one seed; group(seeds, …) makes those of all when the first is asked for."""
    name = str([*seeds, settings])
    if name not in DONE:
        DONE[name] = group(seeds, **settings)
    return DONE[name][seeds.index(seed)]


def every(seed, rows):
    """All updates of a group, for a figure that shows all points."""
    return {"all_updates": sorted(row["updates"] for row in rows)}
