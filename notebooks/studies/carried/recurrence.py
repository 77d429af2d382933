# @title What studies 8c and 8d share: an LSTM made for speed
def sigmoid(x):
    return 0.5 + 0.5 * jnp.tanh(0.5 * x)


@jax.custom_vjp
def lstm(z, recurrent, state):
    """z: the inputs' share of the gates (time, batch, 4 units); all h and the last (h, c)."""
    return forward(z, recurrent, state)[0]


def forward(z, recurrent, state):
    def step(state, z):
        h, c = state
        i, f, g, o = jnp.split(z + h @ recurrent, 4, axis=-1)
        i, f, g, o = sigmoid(i), sigmoid(f), jnp.tanh(g), sigmoid(o)
        new = f * c + i * g
        squashed = jnp.tanh(new)
        return (o * squashed, new), (o * squashed, (h, c, i, f, g, o, squashed))

    state, (h, kept) = jax.lax.scan(step, state, z)
    return (h, state), (recurrent, kept)


def backward(saved, wanted):
    """By hand, because one product for all steps at the end is cheaper than one in each step."""
    recurrent, kept = saved

    def step(flow, now):
        above, (_, c, i, f, g, o, squashed) = now
        dh = flow[0] + above
        dc = flow[1] + dh * o * (1 - squashed * squashed)
        parts = (
            dc * g * i * (1 - i),
            dc * c * f * (1 - f),
            dc * i * (1 - g * g),
            dh * squashed * o * (1 - o),
        )
        dz = jnp.concatenate(parts, axis=-1)
        return (dz @ recurrent.T, dc * f), dz

    flow, dz = jax.lax.scan(step, wanted[1], (wanted[0], kept), reverse=True)
    units = len(recurrent)
    return dz, kept[0].reshape(-1, units).T @ dz.reshape(-1, 4 * units), flow


lstm.defvjp(forward, backward)
