# @title What studies 8c and 8d share: a network that reads the plays
WINDOW, BATCH = 64, 32


def start(seed, units, layers):
    """Normal rows for the characters; else as Keras starts: Glorot, orthogonal, forget bias 1."""
    rng, weights = np.random.default_rng(seed), {}
    for k in range(layers):
        edge = (6 / (5 * units)) ** 0.5
        above = rng.uniform(-edge, edge, (units, 4 * units))
        weights[f"kernel{k}"] = above if k else rng.normal(size=(SIZE, 4 * units))
        weights[f"recurrent{k}"] = np.linalg.qr(rng.normal(size=(4 * units, units)))[0].T
        weights[f"bias{k}"] = np.repeat([0.0, 1.0, 0.0, 0.0], units)
    edge = (6 / (units + SIZE)) ** 0.5
    weights["out"] = rng.uniform(-edge, edge, (units, SIZE))
    weights["offset"] = np.zeros(SIZE)
    return {name: jnp.asarray(w, PRECISION) for name, w in weights.items()}


def rest(batch, units, layers):
    return [(jnp.zeros((batch, units), PRECISION),) * 2 for _ in range(layers)]


def thin(x, rate, key):
    """Dropout; without a key nothing is dropped."""
    if key is None or not rate:
        return x
    keep = jax.random.bits(key, x.shape, "uint8") >= round(256 * rate)
    return jnp.where(keep, x / (1 - rate), 0).astype(x.dtype)


def loss(weights, states, x, drop=0.0, loop_drop=0.0, key=None):
    """Mean nats a character of x[:, 1:], with the losses one by one and the states after it."""
    h, after = jax.nn.one_hot(x[:, :-1].T, SIZE, dtype=PRECISION), []
    for k, state in enumerate(states):
        keys = (None, None) if key is None else jax.random.split(jax.random.fold_in(key, k))
        z = h @ weights[f"kernel{k}"] + weights[f"bias{k}"]
        h, state = lstm(z, thin(weights[f"recurrent{k}"], loop_drop, keys[0]), state)
        h = thin(h, drop, keys[1])
        after.append(state)
    scores = jax.nn.log_softmax(h @ weights["out"] + weights["offset"])
    each = -jnp.take_along_axis(scores, x[:, 1:].T[..., None], axis=-1)[..., 0]
    return each.mean(), (each, after)


@functools.partial(jax.jit, static_argnames=("drop", "loop_drop"), donate_argnums=(0, 1))
def update(weights, moments, states, x, key, count, rate, drop, loop_drop):
    """Adam, with the norm of the whole gradient clipped at 1."""
    slope, (_, states) = jax.grad(loss, has_aux=True)(
        weights, states, x, drop, loop_drop, jax.random.fold_in(key, count)
    )
    scale = jnp.minimum(1, 1 / jnp.sqrt(sum(jnp.sum(g * g) for g in slope.values())))
    first = {n: 0.9 * moments[0][n] + 0.1 * scale * g for n, g in slope.items()}
    second = {n: 0.999 * moments[1][n] + 0.001 * (scale * g) ** 2 for n, g in slope.items()}
    rate = (rate * jnp.sqrt(1 - 0.999**count) / (1 - 0.9**count)).astype(PRECISION)
    weights = {n: w - rate * first[n] / (jnp.sqrt(second[n]) + 1e-8) for n, w in weights.items()}
    return weights, (first, second), states


read = jax.jit(loss)


def text_bits(weights, states, begin, end):
    """-log2 P(character | the ones before it), shape (30, characters in a piece)."""
    x, bits = jnp.asarray(pieces(begin, end), "int32"), []
    for t in range(0, x.shape[1] - 1, WINDOW):
        _, (each, states) = read(weights, states, x[:, t : t + WINDOW + 1])
        bits.append(np.asarray(each, float).T / np.log(2))
    return np.concatenate(bits, axis=1)[:, CONTEXT - 1 :]


def train(seed, units, passes, rate, drop, layers=1, loop_drop=0.0, readers=BATCH):
    """Weights, and the validation loss after each pass."""
    weights, key = start(seed, units, layers), jax.random.key(seed)
    moments = tuple({n: jnp.zeros_like(w) for n, w in weights.items()} for _ in range(2))
    shift = np.random.default_rng(seed).integers(TRAIN)  # each seed cuts the text elsewhere
    length = TRAIN // readers
    streams = np.roll(X[:TRAIN], -shift)[: readers * length].reshape(readers, length)
    windows = (length - 1) // WINDOW  # of one pass
    updates, curve = round(passes * windows), []
    for done in range(updates):
        place = done % windows * WINDOW
        if place == 0:
            states = rest(readers, units, layers)
        x = jnp.asarray(streams[:, place : place + WINDOW + 1], "int32")
        now = float(rate * (1 + np.cos(np.pi * done / updates)) / 2)
        weights, moments, states = update(
            weights, moments, states, x, key, done + 1, now, drop, loop_drop
        )
        if (done + 1) % windows == 0 or done + 1 == updates:
            quiet = rest(PIECES, units, layers)
            curve.append(text_bits(weights, quiet, *PARTS["valid"]).mean())
    return weights, curve
