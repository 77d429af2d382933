"""The character LSTM in the page: its file of weights, its arithmetic, its figure.

The file is made by study 8d. It carries a text and what Keras' logits were behind it, so
that JavaScript and NumPy are compared with Keras where Keras is not there. What every figure keeps
stands in `test_figures.py`.
"""

import base64
import hashlib
import json
import subprocess

import numpy as np
import pytest
import test_figures
from conftest import settled
from test_figures import PAGE, data_of, put

from recurrent_book import quoting
from recurrent_book.mathematics import node_program
from tools import notebooks, results

FOLDER = notebooks.ROOT / "book" / "_static" / "explorers"
WEIGHTS = FOLDER / "writer.json"
(STUDY,) = notebooks.find_studies("08d")
WEIGHTS_BYTES = 700_000
CONTRAST = 4.5  # of a letter on the deepest ground


def stored() -> dict:
    return json.loads(WEIGHTS.read_text("utf-8"))


def row(key: str) -> dict:
    found = results.load(results.path_of(STUDY))[1]
    return next(r for r in found if r["key"] == key and r["seed"] == 0)


def study_functions() -> dict:
    """The study's own `writer` and `unpack`, without the cells around them."""
    cells = {cell.id: cell.source for cell in notebooks.read(STUDY).cells}
    names = {"np": np, "SIZE": len(stored()["letters"])}
    for cell, name in (("shared-writers", "lstm_writer"), ("export", "unpack, writer")):
        exec(quoting.functions(cells[cell], name), names)
    return names


# --- The file ---


def problems(file: dict) -> list[str]:
    """What is wrong with a file of weights: its sum, its row, or what NumPy makes of it."""
    found = []
    data = base64.b64decode(file["weights"])
    digest = hashlib.sha256(data).hexdigest()
    if digest != file["sha256"]:
        found.append("the bytes are not those of the sum")
    if int(digest, 16) % 1_000_000 != row("exported")["digest"]:
        found.append("the bytes are not those of the row")
    study = study_functions()
    start, step = study["writer"](study["unpack"](data, list(file["tensors"].values())))
    state = start(1)
    for letter in file["proof"]["text"]:
        logits, state = step(state, [file["letters"].index(letter)])
    if not np.abs(logits[0] - file["proof"]["logits"]).max() < 1e-4:
        found.append("NumPy does not give Keras' logits")
    return found


def test_the_file_is_the_one_that_was_measured():
    assert problems(stored()) == []


def test_every_character_is_in_the_proof():
    file = stored()
    assert set(file["letters"]) == set(file["proof"]["text"])


@pytest.mark.parametrize("place", [0, 50_000, 200_000, 350_000])
def test_a_changed_byte_is_seen(place):
    file = stored()
    data = bytearray(base64.b64decode(file["weights"]))
    data[place] ^= 1
    file["weights"] = base64.b64encode(data).decode()
    assert len(problems(file)) >= 2


def test_other_weights_with_a_sum_of_their_own_are_seen():
    file = stored()
    data = bytes(reversed(base64.b64decode(file["weights"])))
    file |= {
        "weights": base64.b64encode(data).decode(),
        "sha256": hashlib.sha256(data).hexdigest(),
    }
    assert "the bytes are not those of the row" in problems(file)


# --- The arithmetic, in Node ---


def node(code: str, file: dict | None = None, folder=FOLDER) -> subprocess.CompletedProcess:
    program = (
        f"import * as m from {json.dumps((folder / 'lstm.mjs').as_uri())};"
        f"const file = {json.dumps(file or stored())}; {code}"
    )
    command = [node_program(), "--input-type=module", "-"]
    return subprocess.run(command, input=program, capture_output=True, text=True, timeout=60)


def answer(code: str):
    done = node(f"console.log(JSON.stringify({code}))")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_page_gives_what_keras_gives():
    file = stored()
    found = answer(
        "[new m.CharacterLSTM(file)].map(n => [...[...file.proof.text].reduce("
        "(place, letter) => n.step(place, letter), n.start).logits])[0]"
    )
    assert np.abs(np.subtract(found, file["proof"]["logits"])).max() < 1e-4


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Math.tanh(z[2 * n + k])", "Math.tanh(z[n + k])"),  # a gate in another's place
        ("sigmoid(z[3 * n + k])", "sigmoid(z[k])"),
        ("v + kernel.scale[k]", "kernel.scale[k]"),  # no bias
        ("scale[k] * v", "scale[0] * v"),
        ("d * whole[at + three]", "0"),
        ("Math.tanh(v))", "v)"),
    ],
)
def test_a_page_that_reckons_otherwise_refuses_to_start(tmp_path, old, new):
    source = (FOLDER / "lstm.mjs").read_text("utf-8")
    assert source.count(old) == 1, old
    (tmp_path / "lstm.mjs").write_text(source.replace(old, new), "utf-8")
    done = node("new m.CharacterLSTM(file)", folder=tmp_path)
    assert done.returncode and "do not give what Keras gave" in done.stderr


def test_a_page_with_corrupted_weights_refuses_to_start():
    file = stored()
    data = bytearray(base64.b64decode(file["weights"]))
    data[100_000:101_024] = bytes(1024)
    file["weights"] = base64.b64encode(data).decode()
    done = node("new m.CharacterLSTM(file)", file)
    assert done.returncode and "do not give what Keras gave" in done.stderr


def test_temperature_and_draws_are_right():
    p = answer("[...m.softmax(Float64Array.of(1, 2, 4), 0.5)]")
    truth = np.exp([2, 4, 8]) / np.exp([2, 4, 8]).sum()
    assert np.allclose(p, truth, rtol=1e-12)
    draws = "Array.from({length: 20000}, (_, i) => m.sample([0.1, 0, 0.6, 0.3], m.uniform(7, i)))"
    counts = np.bincount(answer(draws), minlength=4)
    expected = 20_000 * np.array([0.1, 0.6, 0.3])
    chi = ((counts[[0, 2, 3]] - expected) ** 2 / expected).sum()
    assert counts[1] == 0 and chi < 13.8  # the 99.9 % point at two degrees of freedom
    assert answer("[m.sample([0.5, 0.5], 0), m.sample([0.5, 0.5], 1)]") == [0, 1]


def test_a_place_is_read_once():
    count = """(() => {
        const n = new m.CharacterLSTM(file), before = n.kept;
        const read = (text) => [...text].reduce((place, letter) => n.step(place, letter), n.start);
        read("What light"); const once = n.kept - before;
        read("What light?"); const more = n.kept - before - once;
        for (let k = 0; k < 4100; k++) read(n.letters[k % 65] + n.letters[k / 65 | 0]);
        return [once, more, n.kept < 4100];
    })()"""
    assert answer(count) == [10, 1, True]


def test_the_weights_are_light():
    assert WEIGHTS.stat().st_size <= WEIGHTS_BYTES


# --- What the figure reads and writes ---

figure = test_figures.figure  # the fixture


def read_off(page) -> list[list[str]]:
    """The table of numbers: letter, bits, first guess, its probability, unit."""
    page.locator("details").evaluate("e => e.open = true")
    rows = page.evaluate(
        """[...document.querySelectorAll('.numbers tbody tr')]
            .map(row => [...row.children].map(cell => cell.innerText))"""
    )
    return [[{"␣": " ", "↵": "\n"}.get(c, c) for c in row] for row in rows]


def written(page) -> str:
    return "".join(row[0] for row in read_off(page))


def test_it_shows_what_the_study_measured(figure):
    page = put(figure("livetext"), "livetext", n=60)
    passage = [row("read"), row("written-50")]
    letters = read_off(page)
    text = page.locator("textarea").input_value() + "".join(map(chr, map(int, passage[1]["codes"])))
    assert "".join(line[0] for line in letters) == text
    for place, metric in ((1, "curve"), (4, "units")):
        truth = passage[0][metric] + passage[1][metric]
        found = [
            float(
                line[place]
                .replace("−", "-")
                .replace("\u00a0×\u00a010", "e")
                .translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789"))
            )
            for line in letters
        ]
        assert np.allclose(found, truth, rtol=1e-3, atol=1e-4), metric
    put(page, "livetext", upper=0)
    assert written(page).endswith("".join(map(chr, map(int, row("written-100")["codes"]))))


def test_it_reads_what_is_typed_and_says_what_is_next(figure):
    page = put(figure("livetext"), "livetext", n=60)
    page.locator("textarea").fill("what is the matte")
    status = settled(page).locator("[role=status]")
    assert status.inner_text().startswith("It expects “r” (")
    assert len(read_off(page)) == 17, "nothing is written behind a new text"
    bars = page.locator("svg.next text").all_text_contents()
    assert bars[0] == "What it expects next" and bars[1] == "r"
    page.locator("textarea").fill("1 é")
    assert "no “1”" in settled(page).locator("[role=status]").inner_text()
    page.locator("textarea").fill("")
    assert settled(page).locator("[role=status]").inner_text().startswith("It expects ")


def test_it_writes_the_same_for_the_same_draws(figure):
    page = put(figure("livetext"), "livetext", shown=1)
    write = page.get_by_role("button", name="Let it write")
    write.click()
    first = written(page)
    write.click()
    assert written(page)[: len(first)] == first and len(written(page)) == len(first) + 60
    page.get_by_role("button", name="Reset").click()
    page.get_by_role("button", name="Other draws").click()
    write.click()
    assert len(written(page)) == len(first) and written(page) != first
    for _ in range(3):
        write.click()
    assert write.is_disabled()
    put(page, "livetext", n=240, a=0.1, b=0.1, upper=0)
    cold = written(page)
    put(page, "livetext", upper=1)
    assert written(page) == cold, "the same temperature and the same draws"


def test_a_key_costs_a_step(figure):
    page = put(figure("livetext"), "livetext", text="To be")
    kept = "document.querySelector('rnn-livetext').model.kept"
    before = page.evaluate(kept)
    page.locator("textarea").press("End")
    page.keyboard.type(" or not")
    assert page.evaluate(kept) - before == 7


def test_surprise_is_more_than_a_colour(figure):
    page = put(figure("livetext"), "livetext", shown=1)
    boxes = page.evaluate(
        """() => document.querySelector('.under').getAttribute('d').match(/h[^v]+v[\\d.]+/g)
            .map(d => Number(d.split('v')[1]))"""
    )
    bits = [float(line[1]) for line in read_off(page)[:5]]
    assert np.allclose(boxes[:5], np.minimum(8, bits) * 5 / 8, atol=0.06)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_letters_are_legible_on_the_deepest_ground(figure, scheme):
    page = put(figure("livetext", color_scheme=scheme), "livetext", shown=1)
    colours = page.evaluate(
        """() => {
        const paint = s => getComputedStyle(document.querySelector(s));
        const numbers = c => c.match(/[\\d.]+/g).slice(0, 3).map(Number);
        return [numbers(paint('.letter').fill), numbers(paint('.ground').fill),
          numbers(paint('.explorer').backgroundColor),
          Number([...document.querySelectorAll('.ground')].at(-1).getAttribute('fill-opacity'))];
      }"""
    )
    letter, ground, paper, share = colours
    deepest = np.array(ground) * share + np.array(paper) * (1 - share)

    def light(colour):
        c = np.array(colour) / 255
        return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4) @ [
            0.2126,
            0.7152,
            0.0722,
        ]

    high, low = sorted([light(letter), light(deepest)], reverse=True)
    assert (high + 0.05) / (low + 0.05) >= CONTRAST


def test_the_weights_come_when_the_figure_is_near_and_without_them_the_twin_stands(
    visit, serve, tmp_path
):
    page = PAGE.format(name="livetext", data=json.dumps(data_of("livetext")))
    far = page.replace("<h1>", "<div style='height:5000px'></div><h1>")
    for path in FOLDER.iterdir():
        (tmp_path / "explorers").mkdir(exist_ok=True)
        (tmp_path / "explorers" / path.name).write_bytes(path.read_bytes())
    (tmp_path / "far.html").write_text(far, "utf-8")
    (tmp_path / "index.html").write_text(page, "utf-8")
    fetched = "performance.getEntriesByType('resource').some(e => e.name.endsWith('writer.json'))"
    shown = visit(f"{serve(tmp_path)}/far.html")
    assert not settled(shown).evaluate(fetched)
    shown.locator("h1").scroll_into_view_if_needed()
    shown.locator(".explorer").wait_for()
    (tmp_path / "explorers" / "writer.json").unlink()
    shown = settled(visit(f"{serve(tmp_path)}/index.html", expected=("404", "No weights")))
    assert shown.get_by_text("The static figure.").is_visible()
