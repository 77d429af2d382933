"""What every interactive figure keeps, with its real data: by mouse, keyboard and touch.

`FIGURES` says of each how it is operated and which of its numbers are held against NumPy, a row or
a lab. What is special to one figure stands in a file of its own (`test_explorers.py`, …).
"""

import json
import math
import re
import subprocess
from dataclasses import dataclass, field

import numpy as np
import pytest
from conftest import fits, settled, shown, violations

from recurrent_book import explorers, quoting, sources
from recurrent_book.mathematics import node_program
from tools import drawings, notebooks, results

FOLDER = notebooks.ROOT / explorers.FOLDER
BYTES = 40_000  # a figure's own module and its data
HEIGHT = 600  # px on a phone: the picture, its handle and the first button below it
SCRIPT = 16  # ms of script for one move of the handle, at the median

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>A page with a figure</title>
<meta name="viewport" content="width=device-width,initial-scale=1"><link rel="icon" href="data:,">
<style>
  body {{ max-width: 46rem; margin: auto; padding: 0 1rem; font: 1rem/1.5 sans-serif; }}
  @media (prefers-color-scheme: dark) {{ body {{ background: #131416; color: #cfd0d0; }} }}
</style></head><body data-theme="auto"><main><h1>A page</h1>
<rnn-{name} id="explorer-{name}"><script type="application/json">{data}</script>
<div class="twin"><p>The static figure.</p></div></rnn-{name}><h2>After</h2></main>
<script type="module" src="explorers/{name}.mjs"></script></body></html>"""


@dataclass
class Figure:
    """How a figure is operated, and what it must show.

    handle: its primary handle; moved: the setting in the address when it moves by `by` pixels, or
    when `key` is pressed.
    state: settings with which `numbers` are compared. numbers: (page) -> [(shown, truth)].
    faults: edits of the module that `numbers` must see.
    """

    handle: str
    moved: str
    state: dict
    numbers: callable
    by: tuple[int, int] = (70, 0)
    key: str = "ArrowRight"
    faults: list[tuple[str, str]] = field(default_factory=list)


def data_of(name: str) -> dict:
    number, export = explorers.EXPORTERS[name]
    (study,) = notebooks.find_studies(number)
    return export(sources.parsed(results.path_of(study)))


def table(page, selector: str) -> list[list[str]]:
    rows = page.locator(f"{selector} tbody tr").all()
    return [row.locator("th, td").all_inner_texts() for row in rows]


# --- The figures, each with its numbers --------------------------------------------------------


def cliff(page):
    """The walk of study 4a's cell: places, losses and norms, to the digits that are shown."""
    page.locator("summary").click()
    (study,) = notebooks.find_studies("04a")
    source = next(c.source for c in notebooks.read(study).cells if c.id == "cliff")
    names = {"np": np, "SEEDS": []}
    exec(source, names)
    walk = names["descend"](2.2, 0.1, 1.0, updates=30)
    found = []
    for n, w, b, loss, norm, _ in table(page, ".numbers"):
        place = walk[int(n)]
        truth, by_w, by_b = names["landscape"](*place)
        found += [(w, place[0]), (b, place[1]), (loss, truth), (norm, math.hypot(by_w, by_b))]
    assert len(found) == 48
    return found


def attention(page):
    """The row of study 11a, for the sentence of its cell and the translation of its grammar."""
    page.locator("summary").click()
    (study,) = notebooks.find_studies("11a")
    cells = {c.id: c.source for c in notebooks.read(study).cells}
    english = re.search(r'^SHOWN = "(.+)"', cells["training"], re.M).group(1)
    names = {}
    exec(cells["data-translation"], names)
    rows = table(page, ".numbers")
    assert page.locator(".numbers thead th").all_inner_texts() == ["writes", *english.split()]
    assert [row[0] for row in rows] == names["translate"](english).split()
    [truth] = [r["look"] for r in results.load(results.path_of(study))[1] if r["key"] == "look"]
    said = re.findall(r"\d\.\d+", page.locator("[role=status]").inner_text())
    word = FIGURES["attention"].state["word"]
    largest = max(np.reshape(truth, (len(rows), -1))[word])
    pairs = [(said[0], round(largest, 3)), (said[1], round(1 - largest, 3))]
    return pairs + list(zip([cell for row in rows for cell in row[1:]], truth, strict=True))


def switches(page):
    """What Keras' own layers give for these weights, forwards, backwards and joined."""
    import keras

    page.locator("summary").click()
    x = np.array([[0, 0, 0, 1, 3], [0, 0, 2, 1, 4], [3, 1, 2, 5, 4]], "float32")[..., None]
    forwards = keras.layers.SimpleRNN(1, return_sequences=True)
    backwards = keras.layers.SimpleRNN(1, return_sequences=True, go_backwards=True)
    both = keras.layers.Bidirectional(forwards, "ave", backward_layer=backwards)
    both.build(x.shape)
    weights = [[[0.3]], [[0.8]], [0.1], [[-0.4]], [[0.6]], [0.1]]
    both.set_weights([np.array(w) for w in weights])
    mask = x[..., 0] != 0
    f = both.forward_layer(x, mask=mask)
    b = both.backward_layer(x, mask=mask)[:, ::-1]
    truth = np.stack([f, b, both(x, mask=mask)], -1).reshape(15, 3)
    return [
        pair
        for row, t in zip(table(page, ".numbers"), truth, strict=True)
        for pair in zip(row[3:], t, strict=True)
    ]


def duel(page):
    """Study 7a's rows run by run, and how often one run of each says the opposite of ten."""
    page.locator("summary").click()
    (study,) = notebooks.find_studies("07a")
    rows = results.load(results.path_of(study))[1]

    def times(net):
        found = {r["seed"]: r for r in rows if r["key"] == f"reber-{net}-keras-3e-2"}
        return np.array([found[s]["updates"] if found[s]["solved"] else 9999 for s in range(10)])

    lstm, gru = times("lstm"), times("gru-parameters")
    pairs = []
    for row, *both in zip(table(page, ".numbers"), lstm, gru, strict=True):
        pairs += [(a, b) for a, b in zip(row[1:], both, strict=True) if b <= 600]
    assert len(pairs) == (lstm <= 600).sum() + (gru <= 600).sum()
    learned = [(t <= 600).sum() for t in (lstm, gru)]
    assert learned[0] != learned[1]
    sign = np.sign(learned[0] - learned[1])
    opposite = (np.sign(gru[None] - lstm[:, None]) == -sign).mean()
    said = page.locator("[role=status]").inner_text().partition("one run each, ")[2].split()[0]
    return [*pairs, (said, round(100 * opposite))]


def future(page):
    """The posterior of study 9a's own function, on the letters that the figure shows."""
    page.locator("summary").click()
    (study,) = notebooks.find_studies("09a")
    source = next(c.source for c in notebooks.read(study).cells if c.id == "source")
    names = {"np": np}
    exec(source, names)
    rows = table(page, ".numbers")
    letters = np.array([["abcd".index(row[1]) for row in rows]])
    exact = names["posterior"](letters, len(rows), 5)[0]
    measured = data_of("future")["ladder"][5]
    said = page.locator("[role=status]").inner_text()
    told = [word.rstrip(".;") for word in said.partition("Over many: ")[2].split()]
    pairs = [(told[0], round(measured[0], 3)), (told[-1], round(measured[1], 3))]
    answer = "e => { e.guess = '?'; return e.sentence(e.state); }"  # what is said to a guess
    none, five, all_ = (data_of("future")["ladder"][s][0] for s in (0, 5, 59))
    brings = re.search(r"five bring (\d+) %", page.locator("rnn-future").evaluate(answer))[1]
    pairs.append((brings, round(100 * (none - five) / (none - all_))))
    return pairs + [
        p for row, e in zip(rows, exact, strict=True) for p in zip(row[3:], e, strict=True)
    ]


def bias(page):
    """The rows of study 5c, median by median."""
    page.locator("summary").click()
    (study,) = notebooks.find_studies("05c")
    rows = results.load(results.path_of(study))[1]
    found = []
    for lag, lstm, gru in table(page, ".numbers"):
        for text, cell in ((lstm, "lstm"), (gru, "gru")):
            curves = [row["curve"] for row in rows if row["key"] == f"{cell}-b2.5"]
            found.append((text, float(f"{np.median(curves, axis=0)[int(lag)]:.4g}")))
    return found


def changed(page):
    """The rows of study 3d: medians of the seeds, and what the best guesser does."""
    page.locator("summary").click()
    (study,) = notebooks.find_studies("03d")
    rows = results.load(results.path_of(study))[1]
    lengths = [20 - place for place, _ in data_of("changed")["changes"]]
    part = slice(sum(lengths[:11]), sum(lengths[:12]))  # the twelfth change: friend becomes boss
    truth = []
    for key in ("window", "simplernn", "lstm", "exact"):
        lists = [row["story"][part] for row in rows if row["key"] == key]
        truth.append([float(f"{v:.3g}") for v in np.median(lists, axis=0)])
    found = table(page, ".numbers")
    assert len(found) == 8 and found[2][0] == "“greece”"
    return [
        pair
        for row, t in zip(found, zip(*truth, strict=True), strict=True)
        for pair in zip(row[1:], t, strict=True)
    ]


def gates(page):
    """What Keras' own GRU and Dense give for these weights and the sequence that is shown."""
    import keras

    page.locator("summary").click()
    weights = np.array(data_of("gates")["units"]["gru"])
    bits = np.array([1, -1, 1, -1, -1, 1, -1, 1, 1, -1, 1, 1.0])
    marks = np.array([1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 1, 0.0])
    model = keras.Sequential(
        [keras.Input((12, 2)), keras.layers.GRU(1, return_sequences=True), keras.layers.Dense(1)]
    )
    shapes, parts, at = [w.shape for w in model.get_weights()], [], 0
    for shape in shapes:
        parts.append(weights[at : at + np.prod(shape)].reshape(shape))
        at += np.prod(shape)
    assert at == len(weights)
    model.set_weights(parts)
    x = np.stack([bits, marks], -1)[None]
    states = np.array(model.layers[0](x))[0, :, 0]
    logits = np.array(model(x))[0, :, 0]
    rows = table(page, ".numbers")
    found = [
        pair
        for row, h, y in zip(rows, states, logits, strict=True)
        for pair in ((row[-2], h), (row[-1], y))
    ]
    text = page.locator(".sum").inner_text().rpartition("= ")[2]
    return [*found, (text, round(float(states[2]), 2))]


def livetext(page):
    """What Keras' own layers make of the weights of the file and the text that is shown."""
    import base64

    import keras

    page.locator("summary").click()
    file = json.loads((FOLDER / "writer.json").read_text("utf-8"))
    (study,) = notebooks.find_studies("08d")
    source = next(c.source for c in notebooks.read(study).cells if c.id == "export")
    names = {"np": np}
    exec(quoting.functions(source, "unpack"), names)
    weights = names["unpack"](base64.b64decode(file["weights"]), list(file["tensors"].values()))
    rows = [[{"␣": " ", "↵": "\n"}.get(c, c) for c in row] for row in table(page, ".numbers")]
    letters = [file["letters"].index(row[0]) for row in rows]
    x = np.eye(len(file["letters"]))[[[file["letters"].index("\n"), *letters]]]
    lstm = keras.layers.LSTM(weights[1].shape[0], return_sequences=True, dtype="float64")
    dense = keras.layers.Dense(len(file["letters"]), dtype="float64")
    out = dense(lstm(x))
    lstm.set_weights(weights[:3])
    dense.set_weights(weights[3:])
    logits = np.array(dense(lstm(x)))[0, :-1]
    assert out.shape[1] == len(rows) + 1
    p = np.exp(logits) / np.exp(logits).sum(-1, keepdims=True)
    found = []
    for row, k, chances in zip(rows, letters, p, strict=True):
        found += [(row[1], -math.log2(chances[k])), (row[3], chances.max())]
    said = page.locator("[role=status]").inner_text()
    told = said.partition(" cost ")[2].split()[0]
    return [*found, (told, round(found[2 * STATE_AT][1], 1))]


def order(page):
    """What Keras' own layers make of the rows' weights, each word of the review hidden in turn."""
    import keras

    page.locator("summary").click()
    *words, last = table(page, ".numbers")
    assert last[0] == "score"
    data = data_of("order")
    hidden, size = len(data["words"]) + 1, data["size"]
    known = {word: n for n, word in enumerate(data["words"], 1)}
    x = np.tile([known.get(row[0], hidden) for row in words], (len(words) + 1, 1))
    x[range(len(words)), range(len(words))] = hidden
    layer, found = {"dtype": "float64"}, []
    mean = keras.layers.GlobalAveragePooling1D(**layer)
    between = {
        "bi": [keras.layers.Bidirectional(keras.layers.LSTM(size, **layer), **layer)],
        "bag": [mean, keras.layers.Dense(2 * size, activation="relu", **layer)],
    }
    for column, (kind, layers) in enumerate(between.items(), 1):
        table_of_words = keras.layers.Embedding(hidden + 1, size, **layer)
        top = keras.layers.Dense(3, activation="softmax", **layer)
        model = keras.Sequential([table_of_words, *layers, top])
        model.build(x.shape)
        blank = model.get_weights()
        flat = np.split(data["weights"][kind], np.cumsum([w.size for w in blank])[:-1])
        model.set_weights([f.reshape(w.shape) for f, w in zip(flat, blank, strict=True)])
        p = np.array(model(x))
        score = p[:, 2] - p[:, 0]
        adds = np.round([*(score[-1] - score[:-1]), score[-1]], 12)  # [UNK] hidden: adds nothing
        found += [(row[column], add) for row, add in zip([*words, last], adds, strict=True)]
    return found


def repeat(page):
    """The rows of study 16a: both strains, how many notes are the same, and the share in many."""
    page.locator("summary").click()
    (study,) = notebooks.find_studies("16a")
    rows = [r for r in results.load(results.path_of(study))[1] if r["key"] == "both-write"]
    notes = next(r["notes"] for r in rows if r["seed"] == 0)
    found = table(page, ".numbers")
    assert len(found) == 32
    said = page.locator("[role=status]").inner_text().split()
    same = sum(a == b for a, b in zip(notes[:32], notes[32:64], strict=True))
    share = round(100 * float(np.median([r["match"] for r in rows])))
    return [(said[0], same), (said[-4], share)] + [
        pair
        for n, row in enumerate(found)
        for pair in zip(row[1:], (notes[n], notes[n + 32]), strict=True)
    ]


def blind(page):
    """The rows of study 16b: the third lowest of the excerpts, note by note."""
    page.locator("summary").click()
    (study,) = notebooks.find_studies("16b")
    rows = [r for r in results.load(results.path_of(study))[1] if r["key"].startswith("excerpt")]
    row = sorted(rows, key=lambda row: np.mean(row["pitches"]))[2]
    truth = zip(row["pitches"], [length / 12 for length in row["lengths"]], strict=True)
    found = zip(table(page, ".numbers"), truth, strict=True)
    return [pair for shown, t in found for pair in zip(shown[1:], t, strict=True)]


STATE_AT = 52  # a letter that the network of the page has written

FIGURES = {
    "attention": Figure(
        handle="words",
        moved="word",
        by=(0, 70),
        key="ArrowDown",
        state={"word": 6},
        numbers=attention,
        faults=[
            ("format(weight, 5)", "format(weight ** 2, 5)"),
            ("${(1 - largest).toFixed(3)}", "${largest.toFixed(3)}"),
        ],
    ),
    "blind": Figure(
        handle="score",
        moved="at",
        state={"piece": "3", "shown": 1},
        numbers=blind,
        faults=[
            ("lengths[n] / 12", "lengths[n] / 24"),
            ("[n + 1, pitch, length]", "[n + 1, pitch + 1, length]"),
        ],
    ),
    "bias": Figure(
        handle="fan",
        moved="bias",
        by=(0, -30),
        key="ArrowUp",
        state={"cell": "gru", "bias": 2.5},
        numbers=bias,
        faults=[("(key, bias)[n], 4)", "(key, bias - 0.5)[n], 4)")],
    ),
    "changed": Figure(
        handle="story",
        moved="place",
        by=(-150, 0),
        state={"place": 5, "other": "1"},
        numbers=changed,
        faults=[
            ("(list.length - 1) / 2]", "0]"),
            ("at === t) + Number(other)", "at === t)"),
            ("sum + this.asked - at, 0)", "sum + this.asked - at - 1, 0)"),
        ],
    ),
    "cliff": Figure(
        handle="map",
        moved="b",
        state={"w": 2.2, "b": 0.1, "clip": "on", "updates": 30},
        numbers=cliff,
        faults=[
            ("back = d * w", "back = d"),
            ("(1 - h[t] ** 2)", "1"),
            ("RATE = 0.1", "RATE = 0.11"),
        ],
    ),
    "duel": Figure(
        handle="runs",
        moved="seeds",
        state={"task": "reber", "rate": "3e-2", "seeds": 10},
        numbers=duel,
        faults=[
            ("said === -truth", "said === truth"),
            ("const more = Math.sign(", "const more = -Math.sign("),
        ],
    ),
    "future": Figure(
        handle="strip",
        moved="ahead",
        state={"ahead": 5, "seed": 7},
        numbers=future,
        faults=[
            ("1, t + ahead)", "1, t + ahead + 1)"),
            ("STAY = 0.95", "STAY = 0.9"),
            ("(forward - all)", "(forward + all)"),
            ("v * move(z, to), 0)", "v * move(z, z), 0)"),
            ("v * emit(z, x))", "v)"),
        ],
    ),
    "gates": Figure(
        handle="unit",
        moved="t",
        state={"cell": "gru", "t": 3},
        numbers=gates,
        faults=[
            ("gates.r * back[2]", "back[2]"),
            ("(1 - gates.z) * candidate;", "candidate;"),
            ("scale * state + shift", "scale * state"),
        ],
    ),
    "livetext": Figure(
        handle="text",
        moved="at",
        by=(70, 0),
        state={"n": 60, "at": STATE_AT},
        numbers=livetext,
        faults=[
            ("bits: -Math.log2(", "bits: -Math.log("),
            ("{ letter, logits, place, bits", "{ letter, logits: place.logits, place, bits"),
            ('return this.model.step(this.model.start, "\\n")', "return this.model.start"),
        ],
    ),
    "order": Figure(
        handle="review",
        moved="at",
        state={"text": "the food was not good but the staff was really nice ."},
        numbers=order,
        faults=[
            ("x.toReversed()", "x"),
            ("bi.slice(3))", "bi)"),
            ("score(read(text.with(n, hidden)))", "score(read(text.toSpliced(n, 1)))"),
            ("Math.max(0, v)", "v"),
            ("?? hidden)", "?? 1)"),
        ],
    ),
    "repeat": Figure(
        handle="score",
        moved="at",
        state={"writer": "both", "heat": "warm"},
        numbers=repeat,
        faults=[
            ("notes[n + STRAIN]])", "notes[n]])"),
            ("d === notes[n]).length", "d === notes[n + 1]).length"),
            ("100 * share", "10 * share"),
        ],
    ),
    "switches": Figure(
        handle="batch",
        moved="t",
        by=(-70, 0),
        key="ArrowLeft",
        state={"padding": "pre", "mask": "on", "merge": "ave", "t": 1},
        numbers=switches,
        faults=[
            ("masked && value === 0", "false"),
            ("[-0.4, 0.6, 0.1]", "[-0.4, 0.6, 0.2]"),
            ("(a + b) / 2", "(a + b)"),
            ("WEIGHTS.backwards, masked).toReversed()", "WEIGHTS.backwards, masked)"),
            ("zeros ? steps", "false ? steps"),
        ],
    ),
}


def test_each_figure_is_here():
    older = {"gradient"}  # it has a file of its own
    assert FIGURES.keys() | older == explorers.EXPORTERS.keys()


def test_the_drawn_twins_have_the_sequence_and_the_weights_of_the_figures():
    program = """
        import { draw } from "FOLDER/future.mjs";
        import { layer, pad, WEIGHTS } from "FOLDER/switches.mjs";
        const { states, letters } = draw(82), names = (row, of) => row.map((k) => of[k]).join("");
        const settings = { mask: "off", bi: "off" };
        console.log(JSON.stringify([names(letters, "abcd"), names(states, "ABCD"),
          WEIGHTS.forwards, pad("post").map((x) => layer(x, settings).map((s) => s.forwards.h))]));
    """.replace("FOLDER", FOLDER.as_uri())
    command = [node_program(), "--input-type=module", "-"]
    done = subprocess.run(command, input=program, capture_output=True, text=True, check=True)
    letters, truth, weights, outputs = json.loads(done.stdout)
    future, batch = (
        drawings.run(drawings.FOLDER / f"{name}.py") for name in ("09-future", "08-batch")
    )
    assert (future["LETTERS"], future["TRUTH"]) == (letters, truth)
    assert [batch[name] for name in ("KERNEL", "RECURRENT", "BIAS")] == weights
    rows = [row + [0] * (5 - len(row)) for row in batch["BATCH"]]
    assert np.allclose([batch["outputs"](row, mask=False) for row in rows], outputs)


@pytest.fixture
def figure(tmp_path, serve, visit):
    """``figure(name, edit, **options) -> page`` with that figure, a module edited (its own)."""

    def build(name, edit=None, data=None, edited=None, **options):
        folder = tmp_path / f"{name}-{len(list(tmp_path.iterdir()))}"
        (folder / "explorers").mkdir(parents=True)
        for path in FOLDER.iterdir():
            source = path.read_text("utf-8")
            if edit and path.stem == (edited or name):
                assert source.count(edit[0]) == 1, edit
                source = source.replace(*edit)
            (folder / "explorers" / path.name).write_text(source, "utf-8")
        text = json.dumps(data_of(name), ensure_ascii=False) if data is None else data
        page = PAGE.format(name=name, data=text.replace("<", "\\u003c"))
        (folder / "index.html").write_text(page, "utf-8")
        page = visit(f"{serve(tmp_path)}/{folder.name}/index.html", **options)
        if data is None and options.get("java_script_enabled", True):
            page.locator(".explorer").wait_for()  # some fetch what they run on
        return page

    return build


def put(page, name: str, **state):
    """Change settings as the prose and the address do."""
    page.evaluate(f"s => document.querySelector('rnn-{name}').set(s)", state)
    return settled(page)


def handle(page, name: str):
    return page.locator(f"[data-handle={FIGURES[name].handle}]")


each = pytest.mark.parametrize("name", FIGURES)


# --- Numbers -----------------------------------------------------------------------------------


def wrong(page, name: str) -> list[str]:
    """Shown numbers that are not, to a relative 1e-4, what they should be."""
    pairs = FIGURES[name].numbers(put(page, name, **FIGURES[name].state))
    assert pairs
    return [f"{a} is not {b}" for a, b in pairs if not math.isclose(shown(a), b, rel_tol=1e-4)]


@each
def test_the_numbers_are_right(figure, name):
    assert wrong(figure(name), name) == []


FAULTS = [(name, edit) for name, f in FIGURES.items() for edit in f.faults]


@pytest.mark.parametrize(("name", "edit"), FAULTS)
def test_a_wrong_number_is_seen(figure, name, edit):
    assert wrong(figure(name, edit), name) != []


# --- Operation ---------------------------------------------------------------------------------


def address(page) -> str:
    return settled(page).url.partition("#")[2]


@each
def test_the_handle_is_dragged_by_mouse(figure, name):
    page = figure(name)
    box = handle(page, name).bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    dx, dy = FIGURES[name].by
    page.mouse.move(x + dx, y + dy, steps=4)
    page.mouse.up()
    assert f"{FIGURES[name].moved}=" in address(page)
    moved = handle(page, name).bounding_box()
    off = abs(moved["x"] - box["x"] - dx) + abs(moved["y"] - box["y"] - dy)
    assert off < 35, "the handle is where the pointer let it go"


@each
def test_the_handle_is_moved_by_keyboard(figure, name):
    page = figure(name)
    handle(page, name).focus()
    ring = "getComputedStyle(document.activeElement).outlineStyle !== 'none'"
    assert page.evaluate(ring), "no focus to be seen"
    before = handle(page, name).get_attribute("aria-valuetext")
    page.keyboard.press(FIGURES[name].key)
    assert f"{FIGURES[name].moved}=" in address(page)
    assert handle(page, name).get_attribute("aria-valuetext") != before
    state = "JSON.stringify(document.querySelector('.explorer').state)"
    kept = page.evaluate(state)
    page.reload()
    page.locator(".explorer").wait_for()
    assert page.evaluate(state) == kept, "the address keeps the state"


@each
def test_the_handle_is_moved_by_a_finger(figure, name):
    page = figure(name, width=390, has_touch=True, is_mobile=True)
    box = handle(page, name).bounding_box()
    assert min(box["width"], box["height"]) >= 24
    dx, dy = FIGURES[name].by
    page.touchscreen.tap(box["x"] + box["width"] / 2 + dx, box["y"] + box["height"] / 2 + dy)
    assert f"{FIGURES[name].moved}=" in address(page)


@each
def test_a_guess_is_answered_beside_the_picture(figure, name):
    page = figure(name, width=390)
    assert not page.locator(".after >> visible=true").count()
    page.locator(".ask input").first.check()
    page.locator(".ask button").click()
    words = settled(page).locator("[role=status]").first.inner_text()
    assert words.startswith(("No: ", "You were right: ")), words
    assert page.evaluate("document.activeElement !== document.body"), "the focus is lost"
    assert page.locator(".after >> visible=true").count()


@each
def test_picture_and_handle_fit_on_a_phone(figure, name):
    page = put(figure(name, width=390), name, **FIGURES[name].state)
    assert (
        page.evaluate(
            """() => {
        const box = s => document.querySelector(s).getBoundingClientRect();
        return Math.max(box('.handle').bottom, box('.buttons').bottom) - box('svg[role=img]').top;
      }"""
        )
        <= HEIGHT
    )


@each
def test_a_move_costs_little_script(figure, name):
    page = put(figure(name, width=390), name, **FIGURES[name].state)
    times = page.evaluate(
        """([tag, setting]) => {
        const e = document.querySelector(tag), { min, max, step } = e.settings[setting];
        return Array.from({ length: 60 }, (_, n) => {
          const start = performance.now();
          e.set({ [setting]: min + ((7 * n) % Math.round((max - min) / step)) * step });
          return performance.now() - start;
        });
      }""",
        [f"rnn-{name}", FIGURES[name].moved],
    )
    assert np.median(times) < SCRIPT


# --- Everybody, everywhere ---------------------------------------------------------------------


@each
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_axe_finds_nothing(figure, axe, name, scheme, width):
    page = figure(name, width=width, color_scheme=scheme)
    assert violations(page, axe) == []
    put(page, name, **FIGURES[name].state)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert violations(page, axe) == []
    assert fits(page) == []


@each
def test_without_javascript_the_twin_stands(figure, name):
    page = figure(name, java_script_enabled=False)
    assert page.locator(f"rnn-{name}").inner_text().strip() == "The static figure."


@each
def test_a_figure_that_fails_keeps_its_twin(figure, name):
    page = figure(name, data="{not json", expected=("JSON",))
    assert page.get_by_text("The static figure.").is_visible()


@each
def test_nothing_moves_by_itself_and_print_shows_it(figure, name):
    page = put(figure(name, reduced_motion="reduce"), name, **FIGURES[name].state)
    assert page.evaluate("document.getAnimations({subtree: true}).length") == 0
    page.emulate_media(media="print")
    assert page.locator("svg[role=img]").first.is_visible()
    assert not page.locator("button:visible").count()


@each
def test_a_figure_is_light(name):
    module = (FOLDER / f"{name}.mjs").stat().st_size
    assert module + len(json.dumps(data_of(name)).encode()) <= BYTES


def classes_of_both(css: str, scripts: str) -> set[str]:
    """Classes that a figure uses and for which the book's style sheet has a rule of its own."""
    css = re.sub(r"(?s)/\*.*?\*/", "", css)
    selectors = ",".join(re.findall(r"([^{}]+)\{", css)).split(",")
    bare = {m[1] for s in selectors if (m := re.fullmatch(r"\s*\.([a-z][\w-]*)(?:[:.]\S*)?\s*", s))}
    used = " ".join(re.findall(r'class(?:=|: [^",]*)"([^"$]+)"', scripts)).split()
    return bare & set(used)


def test_no_rule_of_the_book_reaches_into_a_figure():
    css = (FOLDER.parent / "book.css").read_text(encoding="utf-8")
    scripts = "".join(path.read_text(encoding="utf-8") for path in FOLDER.glob("*.mjs"))
    assert classes_of_both(css, scripts) == {"explorer-set"}  # a button in the text, not in it
    assert "bar" in classes_of_both(css + ".bar { width: 0 }", scripts)
