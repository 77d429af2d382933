# @title What studies 18a and 18b share: an LSTM, a GRU, a minGRU, attention
import jax
import jax.numpy as jnp

jax.config.update("jax_enable_x64", True)  # float64 where it is asked for


def dense(x, weights):
    return x @ weights["W"] + weights["b"]


def norm(x, weights):
    x = x - x.mean(-1, keepdims=True)
    return x / jnp.sqrt((x**2).mean(-1, keepdims=True) + 1e-3) * weights["scale"] + weights["shift"]


def lstm(x, weights):
    """Keras' LSTM: x (B, T, I) -> states (B, T, H)."""

    def step(state, z):
        h, c = state
        i, f, g, o = jnp.split(z + h @ weights["R"], 4, -1)
        c = jax.nn.sigmoid(f) * c + jax.nn.sigmoid(i) * jnp.tanh(g)
        h = jax.nn.sigmoid(o) * jnp.tanh(c)
        return (h, c), h

    start = jnp.zeros((len(x), len(weights["R"])), x.dtype)
    return jax.lax.scan(step, (start, start), dense(x, weights).swapaxes(0, 1))[1].swapaxes(0, 1)


def gru(x, weights):
    """Keras' GRU, as it is by default (`reset_after`)."""

    def step(h, a):
        z, r, new = jnp.split(a, 3, -1)
        h_z, h_r, h_new = jnp.split(h @ weights["R"] + weights["b_h"], 3, -1)
        z, r = jax.nn.sigmoid(z + h_z), jax.nn.sigmoid(r + h_r)
        h = z * h + (1 - z) * jnp.tanh(new + r * h_new)
        return h, h

    start = jnp.zeros((len(x), len(weights["R"])), x.dtype)
    return jax.lax.scan(step, start, dense(x, weights).swapaxes(0, 1))[1].swapaxes(0, 1)


def mingru(x, weights):
    """h <- (1 - z) h + z c, where gate z and candidate c see the input alone: by a scan."""

    def after(one, two):
        return one[0] * two[0], two[0] * one[1] + two[1]

    z, c = jnp.split(dense(x, weights), 2, -1)
    z = jax.nn.sigmoid(z)
    return jax.lax.associative_scan(after, (1 - z, z * c), axis=1)[1]


def attention(x, weights, heads=2):
    """Each step asks (q) all steps up to itself (k) and takes their values (v)."""
    q, k, v = jnp.split(dense(x, weights["ask"]), 3, -1)
    q, k, v = (a.reshape(*a.shape[:2], heads, -1) for a in (q, k, v))
    scores = jnp.einsum("bthd,bshd->bhts", q, k) / q.shape[-1] ** 0.5
    scores = jnp.where(jnp.tri(x.shape[1], dtype=bool), scores, -1e9)
    taken = jnp.einsum("bhts,bshd->bthd", jax.nn.softmax(scores, -1), v)
    return dense(taken.reshape(x.shape), weights["give"])
