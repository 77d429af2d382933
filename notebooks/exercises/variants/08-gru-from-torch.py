# %% [markdown] title
# # Graded exercise: a GRU moves house
#
# Chapter 8 · about 30 minutes
#
# The weights of a PyTorch GRU, for a GRU whose update gate lets in.

# %% [markdown] task-1
# ## Another role for z
#
# PyTorch keeps a GRU in four arrays: `weight_ih` of shape $(3H, I)$, `weight_hh` of shape $(3H, H)$, and `bias_ih` and `bias_hh`, $(3H,)$ each. The GRU of some papers, `paper_gru`, has three, shaped as Keras' are: `kernel` $(I, 3H)$, `recurrent_kernel` $(H, 3H)$ and `bias` $(2, 3H)$. The next cell has both ways to compute, in NumPy. Read them closely: which block is which, and what does $z$ do?
#
# Write `to_paper(weight_ih, weight_hh, bias_ih, bias_hh)`: the three arrays with which `paper_gru` says what PyTorch's GRU says.
#
# By hand, one unit, one input: the last number of `weight_ih` $= (1, 2, 3)$ is the last of the kernel, too.

# %% given-1
def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def torch_gru(x, weight_ih, weight_hh, bias_ih, bias_hh):
    """The outputs of PyTorch's GRU, (B, T, H)."""
    h, seen = np.zeros((len(x), weight_hh.shape[1])), []
    for t in range(x.shape[1]):
        r_x, z_x, n_x = np.split(x[:, t] @ weight_ih.T + bias_ih, 3, axis=-1)
        r_h, z_h, n_h = np.split(h @ weight_hh.T + bias_hh, 3, axis=-1)
        r, z = sigmoid(r_x + r_h), sigmoid(z_x + z_h)
        h = (1 - z) * np.tanh(n_x + r * n_h) + z * h
        seen.append(h)
    return np.stack(seen, axis=1)


def paper_gru(x, kernel, recurrent_kernel, bias):
    """The outputs of a GRU whose update gate lets in, (B, T, H)."""
    h, seen = np.zeros((len(x), len(recurrent_kernel))), []
    for t in range(x.shape[1]):
        z_x, r_x, n_x = np.split(x[:, t] @ kernel + bias[0], 3, axis=-1)
        z_h, r_h, n_h = np.split(h @ recurrent_kernel + bias[1], 3, axis=-1)
        z, r = sigmoid(z_x + z_h), sigmoid(r_x + r_h)
        h = (1 - z) * h + z * np.tanh(n_x + r * n_h)
        seen.append(h)
    return np.stack(seen, axis=1)


# %% answer-1
def to_paper(weight_ih, weight_hh, bias_ih, bias_hh):
    """Kernel, recurrent_kernel and bias, for `paper_gru`, of a PyTorch GRU."""
    ### BEGIN SOLUTION
    ### END SOLUTION


# %% check-1
def cases(rng):
    torch = [rng.standard_normal(shape) for shape in ((15, 3), (15, 5), 15, 15)]
    square = [rng.standard_normal(shape) for shape in ((12, 4), (12, 4), 12, 12)]
    x, y = rng.standard_normal((2, 6, 3)), rng.standard_normal((2, 6, 4))
    unit = np.array([[1.0], [2], [3]]), np.zeros((3, 1)), np.zeros(3), np.zeros(3)
    properties = {
        "three arrays of the shapes asked for": lambda f: (
            [np.shape(w) for w in f(*torch)] == [(3, 15), (5, 15), (2, 15)]
        ),
        "one unit: the last number stays the last": lambda f: np.isclose(f(*unit)[0][0, 2], 3),
        "no bias is lost, none is added up": lambda f: np.allclose(
            np.sort(np.abs(f(*torch)[2]).ravel()), np.sort(np.abs(np.concatenate(torch[2:])))
        ),
        "both say the same": lambda f: np.allclose(
            paper_gru(x, *map(np.asarray, f(*torch))), torch_gru(x, *torch)
        ),
        "with as many inputs as units, too": lambda f: np.allclose(
            paper_gru(y, *map(np.asarray, f(*square))), torch_gru(y, *square)
        ),
    }
    return properties, [lambda f: f(*torch), lambda f: f(*square), lambda f: np.shape(f(*torch)[0])]


# %% oracle-1
from itertools import permutations, product


def candidates(weight_ih, weight_hh, *biases):
    """Every order and sign of the blocks, turned or not, with every place for the biases."""
    signs, turns = list(product((1, -1), repeat=3)), (0, 1)
    for order, sign, turned, rows in product(
        permutations(range(3)), signs, turns, permutations(range(2))
    ):
        ih, hh, *both = (
            np.concatenate([sign[i] * np.split(a, 3)[i] for i in order])
            for a in (weight_ih, weight_hh, *biases)
        )
        yield ih.T if turned else ih, hh.T if turned else hh, np.stack([both[i] for i in rows])


def search():
    """The number of the first candidate with which both say the same, of weights drawn at random."""
    rng = np.random.default_rng(0)
    drawn = [rng.standard_normal(shape) for shape in ((15, 3), (15, 5), 15, 15)]
    x = rng.standard_normal((1, 3, 3))
    said = torch_gru(x, *drawn)
    for number, weights in enumerate(candidates(*drawn)):
        if len(weights[0]) == 3 and np.allclose(paper_gru(x, *weights), said):
            return number


FOUND = search()


def to_paper(*arrays):
    return list(candidates(*arrays))[FOUND]


# %% mistakes-1
def swapped(w, order):
    return np.concatenate([np.split(w, 3, axis=-1)[i] for i in order], axis=-1)


def same_order(*arrays):
    """Your first two blocks are where PyTorch has them. It begins with r, the paper with z."""
    return [swapped(w, (1, 0, 2)) for w in to_paper(*arrays)]


def biases_added(*arrays):
    """You add the two biases. In the candidate one of them stands under the reset gate: keep both."""
    kernel, recurrent, bias = to_paper(*arrays)
    return kernel, recurrent, np.stack([bias.sum(0), 0 * bias[0]])


def rows_exchanged(*arrays):
    """The two rows of your bias are exchanged: row 0 goes with the input."""
    kernel, recurrent, bias = to_paper(*arrays)
    return kernel, recurrent, bias[::-1]


def z_left(*arrays):
    """Your z keeps, as in PyTorch. Here it lets in: compare the last lines of the two loops."""
    sign = np.repeat([-1, 1, 1], len(arrays[0]) // 3)
    return [w * sign for w in to_paper(*arrays)]


def refilled(*arrays):
    """The shapes agree, the weights are mixed up: reshape refills an array. It has to be turned."""
    kernel, recurrent, bias = to_paper(*arrays)
    return kernel.T.reshape(kernel.shape), recurrent.T.reshape(recurrent.shape), bias


# %% [markdown] say-1
# In one sentence: why can a GRU with one row of biases not take over these weights?
