"""What studies carry is right: against Keras, finite differences, and by hand.

Each file runs after the setup, as its cell does.
"""

import functools

import numpy as np
import pytest

from tools import notebooks

STUDIES = notebooks.ROOT / "notebooks" / "studies"
FILES = sorted(p.stem for p in (STUDIES / "carried").glob("*.py"))


@functools.cache
def cell(*names):
    """The names that the cells define which carry these files, after the setup."""
    space = {}
    for name in ("setup", *names):
        exec(notebooks.carried(name if name == "setup" else f"shared-{name}"), space)
    return space


def along(f, values, gradients, step=1e-6):
    """Gradients of f() in random directions of the arrays, and the same by finite differences."""
    rng = np.random.default_rng(5)
    for value, gradient in zip(values, gradients, strict=True):
        kept, way, found = value.copy(), rng.standard_normal(value.shape), []
        for sign in (1, -1):
            value[...] = kept + sign * step * way
            found.append(f())
        value[...] = kept
        yield (gradient * way).sum(), (found[0] - found[1]) / (2 * step)


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_carried_by_two_studies_or_more(name):
    wanted = "setup" if name == "setup" else f"shared-{name}"
    users = [p for p in notebooks.studies() if wanted in {c.id for c in notebooks.read(p).cells}]
    assert len(users) > 1


def test_adam_is_that_of_keras_and_the_loss_has_its_slope():
    here = cell("training")
    keras, rng = here["keras"], np.random.default_rng(0)
    weights = [rng.standard_normal(shape) for shape in ((3, 2), (2,))]
    theirs = [keras.Variable(w) for w in weights]
    optimizer = keras.optimizers.Adam(0.1, global_clipnorm=1.0)
    adam = here["Adam"](weights)
    for size in (0.1, 10.0):  # below the norm that is clipped, and above it
        gradients = [size * rng.standard_normal(w.shape) for w in weights]
        adam.step(gradients, 0.1)
        optimizer.apply([keras.ops.convert_to_tensor(g) for g in gradients], theirs)
    for ours, other in zip(weights, theirs, strict=True):
        assert np.abs(ours - keras.ops.convert_to_numpy(other)).max() < 1e-5  # its rate is float32

    logits, answers = rng.standard_normal(7), rng.integers(2, size=7)
    slope = here["sigmoid"](logits) - answers
    for hand, numeric in along(lambda: here["losses"](logits, answers).sum(), [logits], [slope]):
        assert hand == pytest.approx(numeric, abs=1e-8)
    assert here["losses"](np.zeros(1), np.ones(1)) == pytest.approx(np.log(2))


KINDS = ["sum", "SimpleRNN", "GRU", "LSTM", "LSTM open", "no forget gate", "no input gate"]
KINDS += ["no output gate", "coupled", "forget gate only"]


def network_problem(kind):
    """Three runs with weights of their own, random biases, and a small batch for them."""
    rng = np.random.default_rng(1)
    weights = cell("networks")["start_networks"](kind, 4, 3, 2, [0, 1, 2])
    for w in weights:
        w += 0.3 * rng.standard_normal(w.shape)
    return weights, rng.standard_normal((6, 3, 5, 3)), rng.integers(2, size=(2, 3, 5))


@pytest.mark.parametrize("kind", ["SimpleRNN", "GRU", "LSTM"])
def test_networks_side_by_side_are_keras_layers_one_by_one(kind):
    keras = cell("networks")["keras"]
    weights, x, _ = network_problem(kind)
    h, _ = cell("networks")["forward"](kind, weights[:3], x)
    for run in range(3):
        layer = getattr(keras.layers, kind)(4, return_sequences=True)
        layer.build((None, None, 3))
        W_x, W_h, b = (w[run] for w in weights[:3])
        layer.set_weights([W_x, W_h, b if kind == "GRU" else b[0]])
        theirs = keras.ops.convert_to_numpy(layer(np.swapaxes(x[:, run], 0, 1)))
        assert np.abs(np.swapaxes(theirs, 0, 1) - h[:, run]).max() < 1e-5


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("loss", ["nats", "squares"])
def test_gradients_of_networks_are_finite_differences(kind, loss):
    weights, x, targets = network_problem(kind)
    task = {"loss": loss, "right": lambda outputs, targets, counted: targets[0] == targets[0]}
    if loss == "squares":
        weights[3:] = [w[..., :1] for w in weights[3:]]

    def found():
        return cell("networks")["loss_and_gradients"](
            kind, weights, task, x, targets, np.ones((2, 3, 5))
        )

    gradients = found()[1]
    for hand, numeric in along(lambda: found()[0].sum(), weights, gradients):
        assert hand == pytest.approx(numeric, abs=1e-7)


def test_runs_trained_side_by_side_are_those_trained_alone():
    def draw(rng, n):
        shown = rng.integers(2, size=(1, n))
        return np.eye(2)[np.concatenate([shown, rng.integers(2, size=(3, n))])], shown, shown >= 0

    def right(outputs, targets, counted):
        return (outputs.argmax(-1) == targets)[0]

    task = {"draw": draw, "right": right, "loss": "nats"}
    here, seeds = cell("networks"), [0, 3, 1]
    together = here["start_networks"]("GRU", 3, 2, 2, seeds)
    first = here["train"]("GRU", together, task, seeds, 0.1, 200, 8)
    assert first[1] < first[2] < first[0] < 200  # each stops when it has learned the task
    for run, seed in enumerate(seeds):
        alone = here["start_networks"]("GRU", 3, 2, 2, [seed])
        assert here["train"]("GRU", alone, task, [seed], 0.1, 200, 8) == first[run]
        for w, other in zip(alone, together, strict=True):
            assert np.abs(w[0] - other[run]).max() < 1e-9


def test_all_kinds_of_networks_are_tested():
    assert list(cell("networks")["BLOCKS"]) == KINDS


def test_a_group_is_made_once():
    calls = []

    def group(seeds, rate):
        calls.append(rate)
        return [{"updates": rate * seed} for seed in seeds]

    rows = [cell("networks")["one_of"](s, [3, 1, 2], group, rate=10) for s in (1, 2, 3)]
    assert [row["updates"] for row in rows] == [10, 20, 30] and calls == [10]
    assert cell("networks")["every"](0, [{"updates": 2}, {"updates": 1}]) == {"all_updates": [1, 2]}


def test_layers_agree_with_keras_in_their_states_and_both_ways_round():
    here = cell("layers", "agreement")
    keras, rng = here["keras"], np.random.default_rng(2)
    x, options = rng.standard_normal((2, 5, 3)), {"return_sequences": True, "return_state": True}
    one, two = (here["weights_of"]("SimpleRNN", 4, 3, seed) for seed in (1, 2))

    def rnn(x, weights, mask=None):
        return here["simple_rnn"](x, weights)

    def layer(**given):
        return here["keras_layer"]("SimpleRNN", 4, **options, **given)

    assert here["difference"](rnn(x, one), layer(), one, x) < 1e-5
    assert here["difference"](rnn(x, two), layer(), one, x) > 0.01
    outputs, (last,), *_ = rnn(x, one)
    assert here["difference"]((outputs, (last + 0.1,)), layer(), one, x) > 0.09
    back = here["backwards"](rnn, x, weights=one)
    assert here["difference"](back, layer(go_backwards=True), one, x) < 1e-5
    around = keras.layers.Bidirectional(layer())
    assert here["difference"](here["both_ways"](rnn, x, one + two), around, one + two, x) < 1e-5
    assert not here["keras_layer"]("GRU before", 4).reset_after
    network = here["start_network"]("SimpleRNN", 4, seed=0)
    assert [w.shape for w in network] == [(2, 4), (4, 4), (4,), (4, 1), (1,)]
    says, h, *_ = here["answer"]("SimpleRNN", network, x[..., :2])
    assert says.shape == (2, 5) and np.abs(h @ network[3] + network[4] - says[..., None]).max() == 0


def test_the_three_gradients_agree_and_a_wrong_one_does_not():
    here = cell("layers", "agreement")
    rng = np.random.default_rng(3)
    given = [rng.standard_normal((2, 5, 3)), *here["weights_of"]("SimpleRNN", 4, 3, seed=1)]
    problem = given, rng.standard_normal((2, 5, 4)), None
    loss, hand = here["by_hand"]("SimpleRNN", *problem)
    numeric = here["by_differences"]("SimpleRNN", *problem)
    others = [numeric]
    if here["keras"].config.backend() == "tensorflow":
        others.append(here["by_tape"]("SimpleRNN", *problem))
    for other in others:
        for ours, theirs in zip(hand, other, strict=True):
            assert here["farthest"](ours, theirs) < 1e-5
    assert np.isfinite(loss) and here["farthest"](1.1 * hand[0], numeric[0]) > 0.05


@pytest.mark.parametrize("kind", ["LSTM", "GRU"])
def test_passes_are_keras_layers_and_their_way_back_is_right(kind):
    here, rng = cell("passes"), np.random.default_rng(4)
    keras, blocks, states = here["keras"], *{"LSTM": (4, 2), "GRU": (3, 1)}[kind]
    run, nets = here[f"{kind.lower()}_pass"], 2
    a = rng.standard_normal((6, nets, 5, blocks * 4))
    W_h = 0.5 * rng.standard_normal((nets, 4, blocks * 4))
    b = rng.standard_normal((nets, 2, blocks * 4))  # the LSTM reads no biases: they are in a
    start = [rng.standard_normal((nets, 5, 4)) for _ in range(states)]
    way = rng.standard_normal((6, nets, 5, 4))
    h, last, backward = run(a.copy(), W_h, b, start)
    assert np.array_equal(last[0], h[-1]) and len(last) == states

    for net in range(nets):
        layer = getattr(keras.layers, kind)(4, return_sequences=True)
        layer.build((None, None, blocks * 4))
        bias = [0 * b[net, 0], b[net, 1]] if kind == "GRU" else 0 * b[net, 0]
        layer.set_weights([np.eye(blocks * 4), W_h[net], np.array(bias)])
        initial = [s[net] for s in start]
        theirs = layer(np.swapaxes(a[:, net], 0, 1), initial_state=initial)
        theirs = np.swapaxes(keras.ops.convert_to_numpy(theirs), 0, 1)
        assert np.abs(theirs - h[1:, net]).max() < 1e-5

    at_inputs, at_states = backward(way)
    at_W_h = np.swapaxes(here["by_network"](h[:-1]), 1, 2) @ here["by_network"](at_states)

    def loss():
        return (run(a.copy(), W_h, b, start)[0][1:] * way).sum()

    for hand, numeric in along(loss, [a, W_h], [at_inputs, at_W_h]):
        assert hand == pytest.approx(numeric, rel=1e-6, abs=1e-6)

    zeros = [np.zeros_like(s) for s in start]
    assert np.array_equal(run(a.copy(), W_h, b)[0], run(a.copy(), W_h, b, zeros)[0])


def test_ngrams_are_kneser_ney_worked_out_by_hand():
    here = cell("writers")
    x = np.array([0, 1, 0, 1, 0, 2, 0, 1, 2])
    assert here["runs"](x, 2, 3).tolist() == [1, 3, 1, 3, 2, 6, 1, 5]
    levels = here["fit_ngrams"](x, 2, 3)
    p = here["ngram_probabilities"](levels, np.arange(3)[:, None], np.arange(3), 3)
    assert np.allclose(p.sum(1), 1) and (p > 0).all()
    # Bigrams: 3 occur once, 1 twice, 1 three times: Y = 0.6, cuts 0.6, 0.2 and 3.
    # Letters after how many others: 0 two, 1 one, 2 two: Y = 0.2, cuts 0.2 and 2.
    lower = np.array([0, 0.8, 0]) / 5 + (2 + 0.2 + 2) / 5 / 3
    assert np.allclose(p[0], np.array([0, 0, 0.4]) / 4 + 3.6 / 4 * lower)
    bits = here["ngram_bits"](levels, x, 1, 3)
    assert np.allclose(bits, -np.log2(p[x[:-1], x[1:]]))


def test_writers_say_what_the_models_say():
    here = cell("writers")
    keras, rng = here["keras"], np.random.default_rng(6)
    x = rng.integers(4, size=(3, 9))
    levels = here["fit_ngrams"](x, 3, 4)
    start, step = here["ngram_writer"](levels, 4)
    state, seen = start(3), []
    for t in range(9):
        logits, state = step(state, x[:, t])
        assert np.allclose(np.exp(here["log_softmax"](logits)), np.exp(logits))  # they sum to 1
        seen.append(logits)
    bits = [-seen[t][np.arange(3), x[:, t + 1]] / np.log(2) for t in range(2, 8)]
    assert np.allclose(here["ngram_bits"](levels, x, 3, 4)[:, :6], np.array(bits).T)

    symbols = keras.Input((None,), dtype="int32")
    table = keras.layers.Dense(5, use_bias=False)(keras.ops.one_hot(symbols, 4, dtype="float64"))
    h = keras.layers.LSTM(6, activation=here["tanh"], return_sequences=True)(table)
    model = keras.Model(symbols, keras.layers.Dense(4)(h))
    theirs = keras.ops.convert_to_numpy(model(x))
    start, step = here["lstm_writer"](model.get_weights())
    state = start(3)
    for t in range(9):
        logits, state = step(state, x[:, t])
        assert np.abs(logits - theirs[:, t]).max() < 1e-5


def test_the_reader_is_a_keras_lstm_and_its_way_back_is_right():
    jax = pytest.importorskip("jax")
    jax.config.update("jax_enable_x64", True)
    here = {"np": np, "jax": jax, "jnp": jax.numpy, "functools": functools}
    here |= {"SIZE": 5, "PRECISION": "float64"}
    for name in ("recurrence", "reader"):
        exec(notebooks.carried(f"shared-{name}"), here)
    keras, rng = cell()["keras"], np.random.default_rng(7)
    weights, x = here["start"](0, 4, 1), rng.integers(5, size=(3, 9))
    quiet = here["rest"](3, 4, 1)
    nats = np.asarray(here["loss"](weights, quiet, x)[1][0]).T

    layer = keras.layers.LSTM(4, return_sequences=True)
    h = layer(np.eye(5)[x[:, :-1]])
    layer.set_weights([np.asarray(weights[f"{name}0"]) for name in ("kernel", "recurrent", "bias")])
    h = keras.ops.convert_to_numpy(layer(np.eye(5)[x[:, :-1]]))
    scores = h @ np.asarray(weights["out"])
    p = np.exp(scores) / np.exp(scores).sum(-1, keepdims=True)
    theirs = -np.log(np.take_along_axis(p, x[:, 1:, None], -1)[..., 0])
    assert np.abs(nats - theirs).max() < 1e-5

    slopes = jax.grad(lambda w: here["loss"](w, quiet, x)[0])(weights)
    for name in weights:
        way = rng.normal(size=weights[name].shape)
        ends = [
            here["loss"](weights | {name: weights[name] + e * way}, quiet, x)[0]
            for e in (1e-6, -1e-6)
        ]
        assert float((ends[0] - ends[1]) / 2e-6) == pytest.approx(
            float((slopes[name] * way).sum()), abs=1e-7
        )


def test_bugs_are_told_from_right_code():
    here = cell("bugs")

    def test(value):
        assert here["distance"](value, 1.0) < 0.1, "not near 1"

    assert here["fails"](test, 2.0) and not here["fails"](test, 1.05)
    with pytest.raises(ZeroDivisionError):  # a crash is no sight of a bug
        here["fails"](lambda: 1 / 0)
    assert here["distance"](np.array([1.0, 2.0]), np.array([1.5, 0.0])) == 2


def test_what_the_summarizer_makes_and_copies_adds_up_to_one():
    here = cell("summarizer")
    size, text = 9, np.array([[5, 9, 10, 6, 5, 0, 0]])  # 9 and 10 have no number of their own
    copying = here["Summarizer"](3, size, 8, "copy")
    every = np.arange(size + 2)
    asked = [text.repeat(len(every), 0), np.stack([np.full(len(every), 2), every], 1)]
    chances = np.asarray(copying.model.predict_on_batch(asked))[:, 0]
    assert abs(chances.sum() - 1) < 1e-9 and chances[[9, 10]].min() > 0
    allowed = np.where(np.isin(every, (0, 1, 2)), 0, chances)  # padding, unknown, start
    assert copying.summarize(text, 1)[0, 0] == allowed.argmax()
    without = here["Summarizer"](3, size, 8, "attention")
    assert without.summarize(text, 6).max() < size


@pytest.mark.parametrize(
    ("output", "reference", "wanted"),  # what rouge-score 0.1.2 gives
    [
        ("the reds beat the blues 2 to 1", "the blues beat the reds 2 to 1", (1, 0.714286, 0.75)),
        (
            "return the given text without blanks at its ends",
            "remove the blanks at both ends of the given text",
            (0.631579, 0.352941, 0.421053),
        ),
        ("the reds won", "", (0, 0, 0)),
    ],
)
def test_rouge_of_lab_and_study_is_that_of_rouge_score(output, reference, wanted):
    lab = {}
    cells = notebooks.read(notebooks.ROOT / "notebooks" / "12-summarization.ipynb").cells
    exec(next(c.source for c in cells if c.id == "rouge"), lab)
    for here in (lab, cell("summarizer")):
        pair = output.split(), reference.split()
        found = here["rouge"](*pair), here["rouge"](*pair, 2), here["rouge_l"](*pair)
        assert np.abs(np.subtract(found, wanted)).max() < 1e-6
