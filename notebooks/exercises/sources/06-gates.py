# %% [markdown] title
# # Exercises: gates
#
# about 60 minutes, and seconds on two cores
#
# One step of an LSTM, one step of Keras' GRU, and biases that give a layer a range of half-lives. The weights are Keras' own, so that in the end Keras decides.

# %% [markdown] task-1
# ## 1. One step of an LSTM
#
# The weights of the four boxes lie side by side, in Keras' order $i, f, c, o$: $W_x$ of shape $(I, 4H)$, $W_h$ of shape $(H, 4H)$, $b$ of shape $(4H,)$.
#
# Write `lstm_step(x, h, c, W_x, W_h, b)`. In go a batch of inputs `x`, $(B, I)$, and the states `h` and `c`, each $(B, H)$; out come the new `h` and `c`, in this order.
#
# By hand, one unit with all weights zero: with biases $i = f = o = 99$ and $c = 99$ all doors are open and the candidate is 1. From $c = 2$ comes $c = 2 + 1 = 3$ and $h = \tanh(3)$.
#
# <details class="fold"><summary>A first hint</summary>
#
# One sum for all four boxes, of shape $(B, 4H)$. Then cut it into four.
#
# </details>
# <details class="fold"><summary>A second hint</summary>
#
# `np.split(a, 4, axis=-1)` cuts. Three pieces go through `sigmoid`, one through tanh; which one, the order says.
#
# </details>

# %% given-1
def sigmoid(a):
    return 1 / (1 + np.exp(-a))


# %% answer-1
def lstm_step(x, h, c, W_x, W_h, b):
    """One step of an LSTM: the new h and the new c, each (B, H)."""
    ### BEGIN SOLUTION
    i, f, new, o = np.split(x @ W_x + h @ W_h + b, 4, axis=-1)
    c = sigmoid(f) * c + sigmoid(i) * np.tanh(new)
    return sigmoid(o) * np.tanh(c), c
    ### END SOLUTION


# %% check-1
from functools import cache

rng = np.random.default_rng(61)
x, h, c = (
    rng.standard_normal((3, 2)),
    np.tanh(rng.standard_normal((3, 5))),
    rng.standard_normal((3, 5)),
)
W_x, W_h, b = (rng.standard_normal(shape) for shape in ((2, 20), (5, 20), 20))


def doors(f, i=0, forget=0, new=0, o=0):
    """h and c after a step without weights, by the biases of the four boxes."""
    return f(x, h, c, 0 * W_x, 0 * W_h, np.repeat([i, forget, new, o], 5).astype(float))


@cache
def keras_lstm():
    """Four steps, and what Keras' LSTM says to them with these weights."""
    import keras

    layer = keras.layers.LSTM(5, return_sequences=True)
    steps = np.random.default_rng(1).standard_normal((3, 4, 2))
    layer.build(steps.shape)
    layer.set_weights([W_x, W_h, b])
    return steps, keras.ops.convert_to_numpy(layer(steps))


def as_keras(f):
    """Whether four steps are those of Keras' LSTM with the same weights."""
    steps, wanted = keras_lstm()
    h, c = np.zeros((2, 3, 5))
    for t in range(4):
        h, c = f(steps[:, t], h, c, W_x, W_h, b)
        if not np.allclose(h, wanted[:, t], atol=1e-5):
            return False
    return True


properties = {
    "two arrays (B, H)": lambda f: [np.shape(s) for s in f(x, h, c, W_x, W_h, b)] == [(3, 5)] * 2,
    "forget gate open, input gate shut: c stays": lambda f: np.allclose(
        doors(f, i=-99, forget=99)[1], c
    ),
    "forget gate shut, input gate open, candidate 1: c is 1": lambda f: np.allclose(
        doors(f, i=99, forget=-99, new=99)[1], 1
    ),
    "both open: old and new are added": lambda f: np.allclose(
        doors(f, i=99, forget=99, new=99)[1], c + 1
    ),
    "output gate shut: h is 0": lambda f: np.allclose(doors(f, o=-99)[0], 0),
    "h shows the tanh of the new c": lambda f: np.allclose(
        doors(f, i=99, forget=99, new=99, o=99)[0], np.tanh(c + 1)
    ),
    "four steps are those of Keras' LSTM": as_keras,
}
probes = [lambda f: f(x, h, c, W_x, W_h, b)]


# %% mistakes-1
def order_i_f_o_c(x, h, c, W_x, W_h, b):
    """Your third and fourth block are exchanged. The candidate is the third, the output gate last."""
    i, f, o, new = np.split(x @ W_x + h @ W_h + b, 4, axis=-1)
    c = sigmoid(f) * c + sigmoid(i) * np.tanh(new)
    return sigmoid(o) * np.tanh(c), c


def order_f_i(x, h, c, W_x, W_h, b):
    """Your first two blocks are exchanged. Keras begins with the input gate."""
    f, i, new, o = np.split(x @ W_x + h @ W_h + b, 4, axis=-1)
    c = sigmoid(f) * c + sigmoid(i) * np.tanh(new)
    return sigmoid(o) * np.tanh(c), c


def shows_c(x, h, c, W_x, W_h, b):
    """You show c itself. The output gate shows its tanh, so h stays between -1 and 1."""
    i, f, new, o = np.split(x @ W_x + h @ W_h + b, 4, axis=-1)
    c = sigmoid(f) * c + sigmoid(i) * np.tanh(new)
    return sigmoid(o) * c, c


def shows_old_c(x, h, c, W_x, W_h, b):
    """You show the old c. First write, then show."""
    *_, o = np.split(x @ W_x + h @ W_h + b, 4, axis=-1)
    return sigmoid(o) * np.tanh(c), lstm_step(x, h, c, W_x, W_h, b)[1]


def tied(x, h, c, W_x, W_h, b):
    """You let in what is not kept. That is the GRU's way: here the input gate is a door of its own."""
    _, f, new, o = np.split(x @ W_x + h @ W_h + b, 4, axis=-1)
    c = sigmoid(f) * c + (1 - sigmoid(f)) * np.tanh(new)
    return sigmoid(o) * np.tanh(c), c


def c_first(x, h, c, W_x, W_h, b):
    """You return c first. Asked is h, then c."""
    return lstm_step(x, h, c, W_x, W_h, b)[::-1]


def step_by(rule, x, h, c, W_x, W_h, b):
    i, f, new, o = np.split(x @ W_x + h @ W_h + b, 4, axis=-1)
    return rule(sigmoid(i), sigmoid(f), new, sigmoid(o), c)


def no_bias(x, h, c, W_x, W_h, b):
    """Your sums lack the bias."""
    return lstm_step(x, h, c, W_x, W_h, 0 * b)


def no_old_state(x, h, c, W_x, W_h, b):
    """Your boxes do not see the old h. It is the second product in the sum."""
    return lstm_step(x, 0 * h, c, W_x, W_h, b)


def candidate_sigmoid(x, h, c, W_x, W_h, b):
    """Your candidate goes through a sigmoid, so it is never negative. It has the tanh."""
    return step_by(
        lambda i, f, new, o, c: (o * np.tanh(f * c + i * sigmoid(new)), f * c + i * sigmoid(new)),
        x,
        h,
        c,
        W_x,
        W_h,
        b,
    )


def candidate_bare(x, h, c, W_x, W_h, b):
    """Your candidate does not go through the tanh."""
    return step_by(
        lambda i, f, new, o, c: (o * np.tanh(f * c + i * new), f * c + i * new),
        x,
        h,
        c,
        W_x,
        W_h,
        b,
    )


def forget_turned(x, h, c, W_x, W_h, b):
    """Your forget gate is turned round: open means that c is kept."""
    return step_by(
        lambda i, f, new, o, c: (
            o * np.tanh((1 - f) * c + i * np.tanh(new)),
            (1 - f) * c + i * np.tanh(new),
        ),
        x,
        h,
        c,
        W_x,
        W_h,
        b,
    )


def nothing_forgotten(x, h, c, W_x, W_h, b):
    """Your old c stays whole. It is multiplied by the forget gate."""
    return step_by(
        lambda i, f, new, o, c: (o * np.tanh(c + i * np.tanh(new)), c + i * np.tanh(new)),
        x,
        h,
        c,
        W_x,
        W_h,
        b,
    )


def no_input_gate(x, h, c, W_x, W_h, b):
    """Your candidate goes in whole. It is multiplied by the input gate."""
    return step_by(
        lambda i, f, new, o, c: (o * np.tanh(f * c + np.tanh(new)), f * c + np.tanh(new)),
        x,
        h,
        c,
        W_x,
        W_h,
        b,
    )


def no_output_gate(x, h, c, W_x, W_h, b):
    """Your output gate has no effect: h is what it lets out."""
    return step_by(
        lambda i, f, new, o, c: (np.tanh(f * c + i * np.tanh(new)), f * c + i * np.tanh(new)),
        x,
        h,
        c,
        W_x,
        W_h,
        b,
    )


# %% [markdown] say-1
# In one sentence: a colleague tests a copy of an LSTM with all biases at 0 and small weights. Which exchange of blocks could the test miss?

# %% [markdown] sentence-1
# Of two gates: with sums near 0 all gates stand near one half, so nearly any exchange of $i$, $f$ and $o$ looks right; test with random biases.

# %% [markdown] task-2
# ## 2. One step of Keras' GRU
#
# Three blocks, in the order $z, r, h$, and *two* rows of biases: `b` has the shape $(2, 3H)$. Row 0 goes with the input, row 1 with the old state.
#
# $$ \tilde h_t = \tanh\big(x_t W_x^{(h)} + b_x^{(h)} + r_t \odot (h_{t-1} W_h^{(h)} + b_h^{(h)})\big) $$
#
# $$ h_t = z_t \odot h_{t-1} + (1 - z_t) \odot \tilde h_t $$
#
# Write `gru_step(x, h, W_x, W_h, b)`: the new state, $(B, H)$.
#
# By hand, one unit with all weights zero: with $b_x^{(z)} = 99$ the door that keeps is open, and $h$ stays. With $-99$ the state becomes the candidate.
#
# <details class="fold"><summary>A first hint</summary>
#
# Keep the two sums apart, that of the input and that of the old state, and cut each into three.
#
# </details>
# <details class="fold"><summary>A second hint</summary>
#
# In $z$ and $r$ the two sums are added. In the candidate $r$ multiplies the third piece of the old state's sum, its bias included.
#
# </details>


# %% answer-2
def gru_step(x, h, W_x, W_h, b):
    """One step of Keras' default GRU: the new state, (B, H)."""
    ### BEGIN SOLUTION
    z_x, r_x, new_x = np.split(x @ W_x + b[0], 3, axis=-1)
    z_h, r_h, new_h = np.split(h @ W_h + b[1], 3, axis=-1)
    z, r = sigmoid(z_x + z_h), sigmoid(r_x + r_h)
    return z * h + (1 - z) * np.tanh(new_x + r * new_h)
    ### END SOLUTION


# %% check-2
rng = np.random.default_rng(62)
x, h = rng.standard_normal((3, 2)), np.tanh(rng.standard_normal((3, 5)))
G_x, G_h, g = (rng.standard_normal(shape) for shape in ((2, 15), (5, 15), (2, 15)))


def gru_doors(f, z=0, r=0, new=0, second=0, weights=0.0):
    """The state after a step, by the biases of the boxes; of weights only those of the candidate."""
    biases = np.stack([np.repeat([z, r, new], 5), np.repeat([0, 0, second], 5)]).astype(float)
    return f(x, h, 0 * G_x, weights * G_h * np.repeat([0, 0, 1], 5), biases)


@cache
def keras_gru():
    """Four steps, and what Keras' GRU says to them with these weights."""
    import keras

    layer = keras.layers.GRU(5, return_sequences=True)
    steps = np.random.default_rng(1).standard_normal((3, 4, 2))
    layer.build(steps.shape)
    layer.set_weights([G_x, G_h, g])
    return steps, keras.ops.convert_to_numpy(layer(steps))


def as_keras_gru(f):
    """Whether four steps are those of Keras' GRU with the same weights."""
    steps, wanted = keras_gru()
    h = np.zeros((3, 5))
    for t in range(4):
        h = f(steps[:, t], h, G_x, G_h, g)
        if not np.allclose(h, wanted[:, t], atol=1e-5):
            return False
    return True


properties = {
    "one array (B, H)": lambda f: np.shape(f(x, h, G_x, G_h, g)) == (3, 5),
    "update gate at 1: the state stays": lambda f: np.allclose(gru_doors(f, z=99), h),
    "update gate at 0, candidate 1: the state is 1": lambda f: np.allclose(
        gru_doors(f, z=-99, new=99), 1
    ),
    "update gate at one half: the mean of old state and candidate": lambda f: np.allclose(
        gru_doors(f, new=99), (h + 1) / 2
    ),
    "reset gate shut: the candidate sees neither state nor second bias": lambda f: np.allclose(
        gru_doors(f, z=-99, r=-99, second=5, weights=1), 0
    ),
    "four steps are those of Keras' GRU": as_keras_gru,
}
probes = [lambda f: f(x, h, G_x, G_h, g)]


# %% mistakes-2
def z_lets_in(x, h, W_x, W_h, b):
    """Your z lets in and 1 - z keeps, as in some papers. In Keras z keeps."""
    z_x, r_x, new_x = np.split(x @ W_x + b[0], 3, axis=-1)
    z_h, r_h, new_h = np.split(h @ W_h + b[1], 3, axis=-1)
    z, r = sigmoid(z_x + z_h), sigmoid(r_x + r_h)
    return (1 - z) * h + z * np.tanh(new_x + r * new_h)


def reset_before(x, h, W_x, W_h, b):
    """You reset the state, then multiply. Keras' default multiplies first, then resets."""
    H = h.shape[-1]
    z_x, r_x, new_x = np.split(x @ W_x + b[0], 3, axis=-1)
    z_h, r_h, _ = np.split(h @ W_h + b[1], 3, axis=-1)
    z, r = sigmoid(z_x + z_h), sigmoid(r_x + r_h)
    return z * h + (1 - z) * np.tanh(new_x + (r * h) @ W_h[:, 2 * H :] + b[1, 2 * H :])


def bias_outside(x, h, W_x, W_h, b):
    """You add the two biases. In the candidate the second stands where the reset gate multiplies."""
    z_x, r_x, new_x = np.split(x @ W_x + b[0] + b[1], 3, axis=-1)
    z_h, r_h, new_h = np.split(h @ W_h, 3, axis=-1)
    z, r = sigmoid(z_x + z_h), sigmoid(r_x + r_h)
    return z * h + (1 - z) * np.tanh(new_x + r * new_h)


def order_r_z(x, h, W_x, W_h, b):
    """Your first two blocks are exchanged. Keras begins with the update gate, PyTorch with the reset."""
    r_x, z_x, new_x = np.split(x @ W_x + b[0], 3, axis=-1)
    r_h, z_h, new_h = np.split(h @ W_h + b[1], 3, axis=-1)
    z, r = sigmoid(z_x + z_h), sigmoid(r_x + r_h)
    return z * h + (1 - z) * np.tanh(new_x + r * new_h)


def no_reset(x, h, W_x, W_h, b):
    """Your candidate sees all of the old state. The reset gate has no effect."""
    z_x, _, new_x = np.split(x @ W_x + b[0], 3, axis=-1)
    z_h, _, new_h = np.split(h @ W_h + b[1], 3, axis=-1)
    z = sigmoid(z_x + z_h)
    return z * h + (1 - z) * np.tanh(new_x + new_h)


def gru_by(rule, x, h, W_x, W_h, b):
    z_x, r_x, new_x = np.split(x @ W_x + b[0], 3, axis=-1)
    z_h, r_h, new_h = np.split(h @ W_h + b[1], 3, axis=-1)
    return rule(sigmoid(z_x + z_h), sigmoid(r_x + r_h), new_x, new_h, h)


def no_second_bias(x, h, W_x, W_h, b):
    """Your old state has no bias. Row 1 of b goes with it."""
    return gru_step(x, h, W_x, W_h, b * [[1], [0]])


def no_first_bias(x, h, W_x, W_h, b):
    """Your input has no bias. Row 0 of b goes with it."""
    return gru_step(x, h, W_x, W_h, b * [[0], [1]])


def biases_exchanged(x, h, W_x, W_h, b):
    """Your two rows of biases are exchanged. Row 0 goes with the input."""
    return gru_step(x, h, W_x, W_h, b[::-1])


def candidate_sigmoid(x, h, W_x, W_h, b):
    """Your candidate goes through a sigmoid. It has the tanh."""
    return gru_by(
        lambda z, r, new_x, new_h, h: z * h + (1 - z) * sigmoid(new_x + r * new_h),
        x,
        h,
        W_x,
        W_h,
        b,
    )


def reset_on_all(x, h, W_x, W_h, b):
    """Your reset gate multiplies the input as well. It stands before the old state only."""
    return gru_by(
        lambda z, r, new_x, new_h, h: z * h + (1 - z) * np.tanh(r * (new_x + new_h)),
        x,
        h,
        W_x,
        W_h,
        b,
    )


def reset_on_input(x, h, W_x, W_h, b):
    """Your reset gate multiplies the input. It stands before the old state."""
    return gru_by(
        lambda z, r, new_x, new_h, h: z * h + (1 - z) * np.tanh(r * new_x + new_h),
        x,
        h,
        W_x,
        W_h,
        b,
    )


def candidate_alone(x, h, W_x, W_h, b):
    """Your new state is the candidate alone. The update gate mixes it with the old state."""
    return gru_by(lambda z, r, new_x, new_h, h: np.tanh(new_x + r * new_h), x, h, W_x, W_h, b)


def candidate_second(x, h, W_x, W_h, b):
    """Your last two blocks are exchanged. The candidate is the third."""
    order = np.r_[0:5, 10:15, 5:10]
    return gru_step(x, h, W_x[:, order], W_h[:, order], b[:, order])


# %% [markdown] say-2
# In one sentence: why can the state of a GRU that begins at 0 never reach 1?

# %% [markdown] sentence-2
# Each new state is a weighted mean of the old one and of a tanh, which lies below 1.

# %% [markdown] task-3
# ## 3. A range of half-lives
#
# The chrono rule draws a number $v$ for each unit, evenly from 1 to $T - 1$, where $T$ is the longest lag, and sets $b^{(f)} = \ln v$ and $b^{(i)} = -\ln v$. The other biases are 0.
#
# Write `chrono(T, u)`: the bias of an LSTM, of shape $(4H,)$, in Keras' order. In goes `u`, $H$ numbers drawn evenly from 0 to 1, so that your result can be checked.
#
# By hand: `chrono(11, np.array([0.5]))` stretches 0.5 to $v = 1 + 0.5 \cdot 9 = 5.5$, and gives $(-\ln 5.5,\ \ln 5.5,\ 0,\ 0)$.
#
# <details class="fold"><summary>A first hint</summary>
#
# First stretch: 0 shall become 1, and 1 shall become $T - 1$. Then the logarithm.
#
# </details>
# <details class="fold"><summary>A second hint</summary>
#
# `np.concatenate` of four pieces of $H$ numbers.
#
# </details>


# %% answer-3
def chrono(T, u):
    """The biases of an LSTM with time scales from 1 to T - 1, one for each number of u."""
    ### BEGIN SOLUTION
    b = np.log(1 + u * (T - 2))
    return np.concatenate([-b, b, 0 * b, 0 * b])
    ### END SOLUTION


# %% check-3
u = np.linspace(0, 1, 101)
properties = {
    "4 H numbers": lambda f: np.shape(f(50, u)) == (404,),
    "one unit by hand: minus ln 5.5, ln 5.5, 0, 0": lambda f: np.allclose(
        f(11, np.array([0.5])), [-np.log(5.5), np.log(5.5), 0, 0]
    ),
    "candidate and output gate have no bias": lambda f: not np.any(f(50, u)[202:]),
    "the forget gate's time scales lie evenly from 1 to T - 1": lambda f: np.allclose(
        np.exp(f(50, u)[101:202]), np.linspace(1, 49, 101)
    ),
    "what a unit keeps and what it takes in add up to 1": lambda f: np.allclose(
        sigmoid(f(50, u)[:101]) + sigmoid(f(50, u)[101:202]), 1
    ),
}
probes = [lambda f: f(50, u)]


# %% mistakes-3
def even_biases(T, u):
    """You spread the biases evenly: then most units forget soon. Spread the times, then the logarithm."""
    b = u * np.log(T - 1)
    return np.concatenate([-b, b, 0 * b, 0 * b])


def third_block(T, u):
    """Your long bias is in the third block, the candidate's. The forget gate's block is the second."""
    b = np.log(1 + u * (T - 2))
    return np.concatenate([-b, 0 * b, b, 0 * b])


def both_open(T, u):
    """Your input gate has the same bias. A line that keeps long takes in little: the sign turns."""
    b = np.log(1 + u * (T - 2))
    return np.concatenate([b, b, 0 * b, 0 * b])


def no_input(T, u):
    """Your input gate has no bias. A line that keeps long takes in little of each step."""
    b = np.log(1 + u * (T - 2))
    return np.concatenate([0 * b, b, 0 * b, 0 * b])


def up_to_t(T, u):
    """Your longest time is T. The rule goes from 1 to T - 1."""
    b = np.log(1 + u * (T - 1))
    return np.concatenate([-b, b, 0 * b, 0 * b])


def no_logarithm(T, u):
    """Your biases are the time scales themselves. A logarithm makes a bias of them."""
    v = 1 + u * (T - 2)
    return np.concatenate([-v, v, 0 * v, 0 * v])


def forget_first(T, u):
    """Your first two blocks are exchanged. Keras begins with the input gate."""
    b = np.log(1 + u * (T - 2))
    return np.concatenate([b, -b, 0 * b, 0 * b])


def from_zero(T, u):
    """Your shortest time is 0, and its logarithm minus infinity. The rule begins at 1."""
    b = np.log(u * (T - 1))
    return np.concatenate([-b, b, 0 * b, 0 * b])


def unit_by_unit(T, u):
    """You put the four biases of each unit side by side. Each box has a block of its own."""
    return chrono(T, u).reshape(4, -1).T.ravel()


def one_for_all(T, u):
    """All units have the longest time. Each number of u gives one of its own."""
    return chrono(T, np.ones_like(u))


# %% [markdown] say-3
# In one sentence: why a different bias for each unit, and not the one for the longest lag?

# %% [markdown] sentence-3
# A task has short lags, too, and a unit that keeps for long takes in little of each step; so some units shall be quick.
