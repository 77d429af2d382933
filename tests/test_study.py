"""Studies: rows come once, survive a kill and a crash; stale rows are seen; sums are right."""

import json
import os
import signal
import subprocess
import sys
import time

import nbformat
import pytest

from tools import notebooks, results

TOY_SETUP = """import time

def measure(key, seed, experiment, **settings):
    return {"key": key, "seed": seed, **experiment(seed=seed, **settings)}
"""
TOY_PARAMETERS = 'SEEDS = [0]\nWAIT = 0.0\nFULL = {"SEEDS": [0, 1, 2], "WAIT": 0.25}\n'
TOY_EXPERIMENT = """METRICS = {"x": {"label": "a toy number", "unit": "", "digits": 3}}

def toy(seed, n):
    time.sleep(WAIT)
    if n == 2 and seed == 1:
        raise ValueError("this configuration crashes")
    return {"x": seed + n / 7, "curve": [seed, n]}

rows = [measure(f"toy-{n}", seed, toy, n=n) for seed in SEEDS for n in range(8)]
if 0 in SEEDS:
    with open("weights.json", "w") as file:
        file.write("{}")
"""


@pytest.fixture
def book(tmp_path):
    """A book with one small lab that needs neither Keras nor time."""
    code = nbformat.v4.new_code_cell
    cells = [
        nbformat.v4.new_markdown_cell("# Toy: the lab", id="title"),
        code(TOY_SETUP, id="setup"),
        code(TOY_PARAMETERS, id="parameters", metadata={"tags": ["parameters"]}),
        code(TOY_EXPERIMENT, id="toy", metadata={"tags": ["experiment"]}),
        code("raise SystemExit('not part of a study')", id="figure"),
        code("STUDY = {}", id="study", metadata={"tags": ["study"]}),
    ]
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "data" / "results").mkdir(parents=True)
    (tmp_path / "book" / "_static" / "explorers").mkdir(parents=True)
    notebook = nbformat.v4.new_notebook(cells=cells, metadata=notebooks.METADATA)
    notebooks.write(tmp_path / "notebooks" / "01-toy.ipynb", notebook)
    return tmp_path


def start(book):
    command = [
        sys.executable,
        notebooks.ROOT / "tools" / "study.py",
        "01",
        "--root",
        book,
        "--jobs",
        "2",
    ]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)


def rows_so_far(book):
    parts = (book / "data" / "results" / ".parts").rglob("*.jsonl")
    return sum(p.read_text().count('"key"') for p in parts)


def test_a_killed_study_goes_on_without_losing_or_repeating_a_row(book):
    first = start(book)
    limit = time.time() + 60
    while rows_so_far(book) < 4 and time.time() < limit:
        time.sleep(0.05)
    os.killpg(first.pid, signal.SIGKILL)
    first.wait()
    before = rows_so_far(book)
    assert 4 <= before < 24
    part = next((book / "data" / "results" / ".parts").rglob("seed-0.jsonl"))
    with part.open("a") as file:
        file.write('{"key": "toy-7", "se')  # what a kill in the middle of a write leaves
    kept = part.read_text().splitlines()[:-1]

    second = start(book)
    said = second.communicate()[0]
    header, rows = results.load(book / "data" / "results" / "01-toy.jsonl")
    assert second.returncode == 0
    assert len(rows) == header["rows"] == 24
    assert len({(r["key"], r["seed"]) for r in rows}) == 24
    assert (book / "book" / "_static" / "explorers" / "weights.json").exists()
    assert all(r["x"] == pytest.approx(r["seed"] + int(r["key"][-1]) / 7) for r in rows if "x" in r)
    for line in kept:  # the rows of the first run are the rows of the result
        row = json.loads(line)
        row.pop("_seconds", None)
        assert row in rows or "versions" in row

    # the crash is recorded and reported, and stopped nothing
    assert [(r["key"], r["seed"]) for r in results.failures(rows)] == [("toy-2", 1)]
    assert "this configuration crashes" in results.failures(rows)[0]["error"]
    assert header["failed"] == 1 and "FAILED toy-2 seed 1" in said

    # and the lab carries the summary of the rows
    lab = book / "notebooks" / "01-toy.ipynb"
    assert results.stale(lab, book) == []
    space = {}
    exec(notebooks.tagged(notebooks.read(lab), "study")[0].source, space)
    assert space["STUDY"]["toy-7"]["x"] == [2.0, 1.0, 3.0, 3]
    assert space["STUDY"]["toy-2"]["x"][3] == 2

    # changed code, changed rows or a changed study cell are stale
    def fresh():
        return notebooks.read(lab)

    def lab_says(change):
        notebook = fresh()
        change(notebook)
        other = book / "notebooks" / "01-toy.ipynb"
        kept = other.read_text()
        notebooks.write(other, notebook)
        problems = results.stale(other, book)
        other.write_text(kept)
        return "\n".join(problems)

    def touch(tag, old, new):
        def change(notebook):
            cell = notebooks.tagged(notebook, tag)[0]
            assert old in cell.source
            cell.source = cell.source.replace(old, new)

        return change

    assert "experiment cells changed" in lab_says(touch("experiment", "n / 7", "n / 8"))
    assert "METRICS differ" in lab_says(touch("experiment", "a toy number", "another"))
    assert "study cell" in lab_says(touch("study", "2.0", "2.5"))
    path = book / "data" / "results" / "01-toy.jsonl"
    text = path.read_text()
    path.write_text("\n".join(text.splitlines()[:-1]) + "\n")
    assert any("other rows than its header" in p for p in results.stale(lab, book))
    path.write_text(text.replace('"x": 0.0', '"x": 0.5'))
    assert any("study cell" in p for p in results.stale(lab, book))


def test_two_different_measurements_of_one_row_are_an_error(tmp_path):
    from tools import study

    for seed, x in enumerate((1.0, 2.0)):
        row = {"key": "shared", "seed": 0, "x": x, "_seconds": 1}
        (tmp_path / f"seed-{seed}.jsonl").write_text(json.dumps(row) + "\n")
    with pytest.raises(SystemExit, match="measured twice"):
        study.collect(sorted(tmp_path.glob("*.jsonl")))


def test_sums():
    header = {"metrics": {"solved": {"kind": "rate"}}}
    rows = [
        {"key": "a", "seed": s, "x": x, "solved": x > 1, "curve": [x, 2 * x]}
        for s, x in enumerate((3.0, 1.0, 2.0))
    ]
    rows.append({"key": "a", "seed": 3, "error": "…"})
    table = results.summary(header, rows)["a"]
    assert table["x"] == [2.0, 1.0, 3.0, 3]
    assert table["curve"] == [2.0, 4.0]
    rate, low, high, n = table["solved"]
    assert (rate, n) == (pytest.approx(2 / 3, abs=1e-6), 3) and 0.2 < low < rate < high < 0.95
    # Wilson's interval for 9 of 10, worked out by hand from its formula
    assert results.wilson(9, 10) == pytest.approx((0.5958, 0.9821), abs=2e-4)
    other = [{"key": "b", "seed": s, "x": 2.0} for s in (0, 2, 9)]
    assert results.paired_ratio(rows + other, ("a", "x"), ("b", "x")) == [1.5, 1.0]
