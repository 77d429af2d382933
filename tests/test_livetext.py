"""The character LSTM in the page: its file of weights, its arithmetic, and the figure around it.

The file is made by study 8b. It carries a text and what Keras' logits were behind it, so
that JavaScript and NumPy are compared with Keras where Keras is not there.
"""

import base64
import gzip
import hashlib
import json
import shutil
import subprocess

import numpy as np
import pytest
from conftest import settled, violations

from recurrent_book import quoting
from recurrent_book.mathematics import node_program
from tools import notebooks, results

FOLDER = notebooks.ROOT / "book" / "_static" / "explorers"
WEIGHTS = FOLDER / "character-lstm.json"
(STUDY,) = notebooks.find_studies("08b")
CODE_WIRE, WEIGHTS_BYTES, WEIGHTS_WIRE = 16_000, 60_000, 48_000


def stored() -> dict:
    return json.loads(WEIGHTS.read_text("utf-8"))


def row(key: str) -> dict:
    found = results.load(results.path_of(STUDY))[1]
    return next(r for r in found if r["key"] == key and r["seed"] == 0)


def study_functions() -> dict:
    """The study's own `lstm_writer` and `unpack`, without the cells around them."""
    cells = {cell.id: cell.source for cell in notebooks.read(STUDY).cells}
    names = {"np": np}
    for cell, name in (("shared-writers", "lstm_writer"), ("export", "unpack")):
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
    start, step = study["lstm_writer"](study["unpack"](data, list(file["tensors"].values())))
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


@pytest.mark.parametrize("place", [0, 5_000, 20_000, 40_000])
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
        "[new m.CharacterLSTM(file)].map(n => [...n.logits(n.read(file.proof.text))])[0]"
    )
    assert np.abs(np.subtract(found, file["proof"]["logits"])).max() < 1e-4


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Math.tanh(z[2 * n + k])", "Math.tanh(z[n + k])"),  # a gate in another's place
        ("sigmoid(z[3 * n + k])", "sigmoid(z[k])"),
        ("kernel, bias.values)", "kernel, new Float64Array(320))"),
        ("scale[k % columns]", "scale[0]"),
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
    data[10_000:10_064] = bytes(64)
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


def test_the_figure_is_light():
    code = [FOLDER / name for name in ("explorer.mjs", "livetext.mjs", "lstm.mjs")]
    assert sum(len(gzip.compress(m.read_bytes(), 6)) for m in code) <= CODE_WIRE
    assert WEIGHTS.stat().st_size <= WEIGHTS_BYTES
    assert len(gzip.compress(WEIGHTS.read_bytes(), 6)) <= WEIGHTS_WIRE


# --- The figure, in a browser ---

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title>
<meta name="viewport" content="width=device-width,initial-scale=1"><link rel="icon" href="data:,">
<style>body { max-width: 46rem; margin: auto; padding: 0 1rem; font: 1rem/1.5 sans-serif; }
@media (prefers-color-scheme: dark) { body { background: #131416; color: #cfd0d0; } }
rnn-livetext { display: block; }</style></head>
<body data-theme="auto"><main><h1>A page</h1>
<rnn-livetext id="livetext"><script type="application/json">
{"study": "08b-a-character-lstm", "bits": 2.2}</script>
<div class="twin"><p>The static figure.</p></div></rnn-livetext>
<p><button class="explorer-set" data-for="livetext" data-set='{"text": "Good even"}'>a greeting
</button></p></main><script type="module" src="explorers/livetext.mjs"></script></body></html>"""


@pytest.fixture
def figure(visit, serve, tmp_path):
    """``figure(state, ready, **options) -> page`` ; it waits for the figure if ``ready``."""
    shutil.copytree(FOLDER, tmp_path / "explorers")
    (tmp_path / "index.html").write_text(PAGE, "utf-8")

    def go(state="", ready=True, **options):
        page = visit(f"{serve(tmp_path.parent)}/{tmp_path.name}/index.html{state}", **options)
        if ready:
            page.locator("rnn-livetext.explorer").wait_for()
        return page

    return go


def status(page) -> str:
    return settled(page).locator("[role=status]").inner_text()


def text(page) -> str:
    return page.locator("textarea").input_value()


def test_it_reads_what_is_typed(figure):
    page = figure()
    assert not page.get_by_text("The static figure.").is_visible()
    page.locator("textarea").fill("what is the matte")
    assert page.locator(".next tbody tr").first.locator("th").inner_text() == "r"
    cells = page.locator(".next tbody td:nth-child(2)").all_inner_texts()
    shares = [float(cell.strip("< %")) for cell in cells]
    assert len(shares) == 8 and shares == sorted(shares, reverse=True) and sum(shares) < 100.5
    assert page.locator("svg.surprise path.bar").count() == 17
    assert status(page).startswith("These 17 characters cost it ") and "“r”" in status(page)
    page.locator("textarea").fill("1 é")
    assert "no “1”" in status(page)
    page.locator("textarea").fill("")
    assert status(page).startswith("Most likely next")


def test_it_writes_the_same_for_the_same_seed(figure):
    page = figure()
    start, write = text(page), page.get_by_role("button", name="Let it write")
    write.click()
    first = text(page)
    assert first.startswith(start) and len(first) == len(start) + 100
    page.get_by_role("button", name="Reset").click()
    assert text(page) == start
    for _ in range(5):  # a character at a time is the same text
        page.get_by_role("button", name="One character").click()
    assert text(page) == first[: len(start) + 5]
    page.get_by_role("button", name="Reset").click()
    page.locator("input[name=seed]").fill("2")
    write.click()
    assert text(page) != first
    for _ in range(6):
        write.click()
    assert len(text(page)) == 600 and "full" in status(page)


def test_cold_is_greedy_and_the_address_keeps_the_state(figure):
    page = figure()
    page.locator("input[name=temperature]").fill("0.1")
    page.get_by_role("button", name="Let it write").click()
    address = settled(page).url
    assert "temperature=0.1" in address and "text=" in address
    again = settled(figure("#" + address.split("#")[1]))
    assert text(again) == text(page)
    page.get_by_role("button", name="a greeting").click()
    assert text(page) == "Good even"


def test_the_keyboard_reaches_everything_and_the_status_waits(figure):
    page = figure()
    names = []
    for _ in range(7):
        page.keyboard.press("Tab")
        names.append(
            page.evaluate("document.activeElement.name || document.activeElement.innerText")
        )
        ring = "getComputedStyle(document.activeElement).outlineStyle !== 'none'"
        assert page.evaluate(ring), names[-1]
    assert names == [
        *("text", "Let it write 100 characters", "One character", "Reset"),
        *("temperature", "seed", "the study"),
    ]
    settled(page)
    page.evaluate(
        """() => { window.said = 0; new MutationObserver(() => said++)
          .observe(document.querySelector('[role=status]'), {childList: true}) }"""
    )
    page.locator("textarea").press("End")
    page.keyboard.type("abcdef", delay=20)
    assert page.evaluate("said") == 0
    settled(page)
    assert page.evaluate("said") == 1
    assert page.locator("rnn-livetext [aria-live], rnn-livetext output").count() == 0


def test_without_javascript_and_without_weights_the_twin_stands(figure, tmp_path):
    page = figure(ready=False, java_script_enabled=False)
    assert page.get_by_text("The static figure.").is_visible()
    (tmp_path / "explorers" / "character-lstm.json").unlink()
    page = settled(figure(ready=False, expected=("404", "No weights")))
    assert page.get_by_text("The static figure.").is_visible()


@pytest.mark.parametrize("width", [1280, 390, 320])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everyone_can_use_it(figure, axe, scheme, width):
    page = figure(width=width, color_scheme=scheme, reduced_motion="reduce")
    page.get_by_role("button", name="Let it write").click()
    assert violations(settled(page), axe) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert page.evaluate("document.getAnimations({subtree: true}).length") == 0
    small = """[...document.querySelectorAll('.live button, .live input, .live textarea')]
      .filter(e => e.getBoundingClientRect().height < 24).length"""
    assert page.evaluate(small) == 0
