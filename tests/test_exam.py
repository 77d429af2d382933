"""The exams: each solution is found a second time, with Keras or by trying all cases."""

import itertools
import math
from fractions import Fraction

import numpy as np
import pytest

from tools import exam, exam_solutions

ENTRIES = exam.read()
SEEDS = ("oak", "elm", "ash")


def layer(kind, weights, x, state=None, **options):
    """What a fresh Keras layer with these weights makes of one sequence (steps, features)."""
    import keras

    made = getattr(keras.layers, kind)(np.shape(weights[1])[0], **options)
    x = np.array(x, float)[None]
    made.build(x.shape)
    made.set_weights([np.array(w, float) for w in weights])
    start = {} if state is None else {"initial_state": [np.array(s)[None] for s in state]}
    return made(x, **start)


def logit(p):
    return math.log(p / (1 - p))


def parameters(kind, H, inputs):
    import keras

    made = getattr(keras.layers, kind)(H)
    made.build((1, None, inputs))
    return made.count_params()


def reader(x, **options):
    """The small reader that keeps one half, as a layer of Keras."""
    import keras

    cell = keras.layers.SimpleRNN(1, activation=None, use_bias=False, return_sequences=True)
    made = keras.layers.Bidirectional(cell) if options.get("both") else cell
    x = np.array(x, float)[None, :, None]
    made.build(x.shape)
    made.set_weights([np.array([[1.0]]), np.array([[0.5]])] * (2 if options.get("both") else 1))
    return np.array(made(x, mask=options.get("mask")))[0]


def word_groups(output, n):
    said, meant = (
        [" ".join(w[i : i + n]) for i in range(len(w) - n + 1)]
        for w in (output.split(), exam_solutions.REFERENCE.split())
    )
    hits = 0
    for group in said:
        if group in meant:
            meant.remove(group)
            hits += 1
    return [hits / len(said)]


def states_to_keep(people, places):
    cases = range(places + 1)
    first = len(list(itertools.product(range(people), cases)))
    return first, len(list(itertools.product(cases, repeat=people)))


def price(chances):
    total = np.prod(chances)
    return -math.log2(total) / 5, total ** (-1 / 5)


def temperature(chances, tau):
    import keras

    return np.array(keras.ops.softmax(np.log(chances) / tau))


def one_step(x, h, first, second):
    weights = np.eye(2), [first, second], np.zeros(2)
    return np.array(layer("SimpleRNN", weights, [x], [h]))[0]


def window_or_loop(T, V, H):
    import keras

    window, loop = keras.layers.Dense(H, use_bias=False), keras.layers.SimpleRNN(H, use_bias=False)
    window.build((1, T * V))
    loop.build((1, T, V))
    return window.count_params(), loop.count_params()


def clip(gradient, most):
    import keras

    weight = keras.Variable(np.zeros(2))
    keras.optimizers.SGD(1.0, global_clipnorm=most).apply([np.array(gradient, "float32")], [weight])
    return -keras.ops.convert_to_numpy(weight)


def windows(K, lag):
    return [sum(position - lag >= 0 for position in range(K))]


def shares(w, states):
    inputs = [math.atanh(h) - w * before for h, before in zip(states, [0, *states], strict=False)]

    def last(nudge):
        h = math.tanh(inputs[0] + nudge)
        for x in inputs[1:]:
            h = math.tanh(w * h + x)
        return h

    return [(last(1e-6) - last(-1e-6)) / 2e-6]


def half_life(k):
    low, high = -20.0, 20.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if (1 + math.exp(-middle)) ** -k < 0.5 else (low, middle)
    return 1 / (1 + math.exp(-low)), low


def lstm_entry(c, new, f, i, o):
    bias = [logit(i), logit(f), math.atanh(new), logit(o)]
    weights = np.zeros((1, 4)), np.zeros((1, 4)), bias
    _, h, cell = layer("LSTM", weights, [[0.0]], [[0.0], [c]], return_state=True)
    return float(cell[0, 0]), float(h[0, 0])


def gru_entry(h, z, r, a, u, b):
    bias = [[logit(z), logit(r), a], [0, 0, b]]
    new = float(np.array(layer("GRU", ([[0, 0, 0]], [[0, 0, u]], bias), [[0.0]], [[h]]))[0, 0])
    return (new - z * h) / (1 - z), new


def weights(H, inputs):
    return parameters("LSTM", H, inputs), parameters("GRU", H, inputs)


def by_chance(n, lost):
    wins = [sum(games) for games in itertools.product([0, 1], repeat=n)]
    return [sum(w <= lost or n - w <= lost for w in wins) / len(wins)]


def shape(B, T, inputs, H):
    import keras

    out = keras.layers.LSTM(H, return_sequences=True).compute_output_shape((B, T, inputs))
    return *out, parameters("LSTM", H, inputs)


def mask(read, padding):
    real = np.array([[True] * 3 + [False] * padding])
    padded = [*read, *[0] * padding]
    return reader(padded, mask=real)[-1, 0], reader(padded)[-1, 0]


def what_is_read(T, t, late, wide):
    steps = range(1, T + 1)
    rules = (
        lambda s: s <= t,
        lambda s: s <= t + late,
        lambda s: abs(s - t) <= wide,
        lambda s: True,
    )
    return [sum(map(rule, steps)) for rule in rules]


def left_times_right(left, right):
    people = [Fraction(str(a)) * Fraction(str(b)) * 100 for a, b in zip(left, right, strict=True)]
    return [float(p / sum(people)) for p in people]


def two_readers(x):
    both = reader(x, both=True)
    return both[-1, 0], both[0, 1], both[-1, 0], both[-1, 1]


def padded_loss(words, padding):
    import keras

    costs = np.array([[*words, *[9.0] * padding]])[..., None]
    weight = np.array([[1.0] * 3 + [0.0] * padding])
    loss = keras.losses.MeanAbsoluteError()
    return float(loss(0 * costs, costs, sample_weight=weight)), float(np.mean(words))


def attention(q, memory):
    import keras

    rows = np.array(memory, float)[None]
    made = keras.layers.Attention()
    mix, found = made([np.array([[q]], float), rows], return_attention_scores=True)
    return [*np.array(found)[0, 0], *np.array(mix)[0, 0]]


def make_or_copy(g, made, places):
    words = [0, *[1] * len(places)]  # the word is number 1
    chances = np.zeros(2)
    np.add.at(chances, words, [0.0, *(g * p for p in places)])
    return [chances[1] + (1 - g) * made]


def mood(**opinions):
    words = "{first} and {second} but {third} and {fourth}".format(**opinions).split()
    mood, sign, values = 0, 1, {"good": 1, "lovely": 1, "bad": -1}
    for word in words:
        if word in values:
            mood, sign = mood + sign * values[word], 1
        sign = -sign if word == "not" else sign
        mood = 0 if word == "but" else mood
    return [mood]


def votes(classes, rate):
    def chance(table):
        powers = np.exp(table.sum(0))
        return powers[0] / powers.sum()

    table, slope = np.zeros((3, classes)), np.zeros((3, classes))
    for place in np.ndindex(table.shape):
        for step in (1e-5, -1e-5):
            moved = table.copy()
            moved[place] += step
            slope[place] += math.log(chance(moved)) / 2 / step
    return rate * slope[0, 0], rate * slope[0, 1], chance(rate * slope)


def sentence_weights(look, take):
    state = np.zeros(3)
    for gate, let_in, message in zip(look, take, np.eye(3), strict=True):
        state = (1 - gate) * state + gate * let_in * message
    return state


def repeat(first, other, n):
    strains = len(list(itertools.product(range(first), *[range(other)] * (n - 1))))
    return math.log2(strains**2), math.log2(strains**4)


def least_time(cell, inputs, H, T, B, speed):
    import keras

    made = getattr(keras.layers, cell)(H)
    made.build((B, T, inputs))
    kernels = sum(math.prod(w.shape) for w in made.weights if "kernel" in w.name)
    products = [kernels] * T * B * 3  # forwards, for what went in, for the weights
    seconds = 2 * sum(products) / (speed * 10**9)
    return sum(products), 1000 * seconds


def workers(N, run, start, hand, n):
    def clock(many):
        """All is done when the scheduler is, and when the workers are."""
        return start + max(sum([hand] * N), N / many * run)

    useful = next(many for many in range(1, N) if clock(many) < clock(many + 1) + 1e-6)
    return clock(n), clock(1) / clock(n), useful


def joined(keep, add):
    def after(h):
        for share, number in zip(keep, add, strict=True):
            h = share * h + number
        return h

    return after(1) - after(0), after(0)


def fits(entry, seed) -> bool:
    question = exam.made(entry, seed)
    return np.allclose(question.answer, globals()[entry["name"]](**question.given), rtol=1e-4)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["name"])
def test_each_solution_is_found_a_second_time(entry, monkeypatch):
    for seed in SEEDS:
        assert fits(entry, seed)
        question = exam.made(entry, seed)
        assert "{{" not in question.text
    wrong = [1.01 * value + 0.1 for value in question.answer]
    monkeypatch.setattr(exam_solutions, entry["name"], lambda **given: wrong)
    assert not fits(entry, seed)


def test_each_chapter_is_asked_about():
    asked = [entry["chapter"] for entry in ENTRIES]
    assert all(asked.count(chapter) >= 2 for chapter in range(1, 11))
    assert all(asked.count(chapter) >= 1 for chapter in range(11, 19))


def test_a_seed_makes_one_exam_and_another_seed_another():
    some = {"3", "4", "5"}
    oak, again, elm = (exam.texts(s, exam.exam(s, some, 5)) for s in ("oak", "oak", "elm"))
    assert oak == again != elm
    assert oak["exam.md"].count("(chapter ") == 5 == oak["solutions.md"].count(".** ")
    assert "oak" not in oak["exam.md"] and "oak" in oak["solutions.md"]
    assert {q.chapter for q in exam.exam("oak", some, 3)} == {3, 4, 5}


def test_more_questions_than_there_are():
    with pytest.raises(SystemExit, match="there are 6 on these, not 9"):
        exam.exam("oak", {"3", "4", "5"}, 9)
