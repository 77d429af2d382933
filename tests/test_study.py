"""Studies: rows come once, survive a kill and a crash; stale rows are seen; sums are right."""

import ast
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import psutil
import pytest
from papermill.exceptions import PapermillExecutionError

from tools import execute, files, grids, locks, notebooks, provenance, results
from tools import study as study_tools
from tools.study import collect

TOY_SETUP = """import time

def measure(key, seed, experiment, **settings):
    return {"key": key, "seed": seed, **experiment(seed=seed, **settings)}
"""
TOY_PARAMETERS = """SEEDS = [0]
WAIT = 0.0
POWER, RATE = 1, 0.5
FULL = {"SEEDS": [0, 1, 2], "WAIT": 0.25}
"""
TOY_EXPERIMENT = """def toy(seed, n):
    time.sleep(WAIT)  # as long as a training
    if n == 2 and seed == 1:
        raise ValueError("this configuration crashes")
    return {"x": seed**POWER + n / 7, "curve": [seed, n]}

rows = [measure(f"toy-{n}", seed, toy, n=n) for seed in SEEDS for n in range(8)]
if 0 in SEEDS:
    with open("weights.json", "w") as file:
        file.write("{}")
"""
TOY_METRICS = """METRICS = {"x": {"label": "a toy number", "unit": "", "digits": 3}}"""
TOY_FINDINGS = """assert STUDY["toy-7"]["x"].median == 2 and STUDY["toy-7"]["curve"][0] == 1
print(STUDY["toy-2"]["x"].n, "seeds")"""


def toy_book(folder):
    """A book with one small study that needs neither Keras nor time."""

    def code(source, name, *tags):
        return nbformat.v4.new_code_cell(source, id=name, metadata={"tags": list(tags)})

    cells = [
        nbformat.v4.new_markdown_cell("# Toy: the study", id="title"),
        code(TOY_SETUP, "setup"),
        code(TOY_PARAMETERS, "parameters", "parameters"),
        code(TOY_EXPERIMENT, "toy", "experiment"),
        code(TOY_METRICS, "metrics", "metrics"),
        code("STUDY = {}", "study", "study"),
        code(TOY_FINDINGS, "findings"),
    ]
    for place in ("notebooks/studies/carried", "data/results", "book/_static/explorers"):
        (folder / place).mkdir(parents=True)
    (folder / "notebooks" / "studies" / "carried" / "setup.py").write_text(TOY_SETUP)
    notebook = nbformat.v4.new_notebook(cells=cells, metadata=notebooks.METADATA)
    notebooks.write(folder / "notebooks" / "studies" / "01a-toy.ipynb", notebook)
    return folder


@pytest.fixture
def book(tmp_path):
    return toy_book(tmp_path)


def study_of(book):
    return book / "notebooks" / "studies" / "01a-toy.ipynb"


def change(path, name, old, new):
    """Replace a text in a cell of a notebook."""
    notebook = notebooks.read(path)
    cell = next(c for c in notebook.cells if c.id == name)
    assert old in cell.source
    cell.source = cell.source.replace(old, new)
    notebooks.write(path, notebook)


@pytest.fixture(scope="module")
def once_measured(tmp_path_factory):
    book = toy_book(tmp_path_factory.mktemp("measured"))
    change(study_of(book), "parameters", '"WAIT": 0.25', '"WAIT": 0.0')
    assert start(book, jobs=1).wait() == 0
    notebooks.write(study_of(book), execute.execute(study_of(book)))
    assert results.stale(study_of(book)) == []
    return book


@pytest.fixture
def measured(once_measured, tmp_path):
    """The toy book with its rows, measured without waiting, and its outputs."""
    return shutil.copytree(once_measured, tmp_path / "book")


def start(book, *options, jobs=2):
    command = [sys.executable, "-m", "tools.study", "01a", "--root", book, *options]
    command += ["--jobs", str(jobs)]
    return subprocess.Popen(
        command, cwd=notebooks.ROOT, stdout=subprocess.PIPE, text=True, start_new_session=True
    )


@pytest.fixture
def again(monkeypatch, capsys, tmp_path):
    """``again(book, *options) -> what it says, how it ends``: a study, its cells run right here.

    For what is said of rows. That a study's kernels measure them is tested with ``start``.
    """

    def here(notebook, settings, parameters, rows, made):
        for name, value in {**settings, "STUDY_ROWS": str(rows)}.items():
            monkeypatch.setenv(name, value)
        kernel: dict = {}
        for cell in nbformat.reads(notebook, as_version=4).cells:
            exec(cell.source, kernel)
            if "parameters" in notebooks.tags(cell):
                kernel.update(parameters)
        return parameters["SEEDS"][0]

    def run(book, *options):
        command = ["study", "01a", "--root", str(book), "--jobs", "1", *options]
        monkeypatch.setattr(sys, "argv", command)
        try:
            code = int(study_tools.main())
        except SystemExit as error:
            code, _ = 1, print(error)
        return capsys.readouterr().out, code

    monkeypatch.setattr(study_tools, "run_here", here)
    monkeypatch.setenv("STUDY_PID", str(os.getpid()))
    monkeypatch.chdir(tmp_path)
    return run


def rows_in(part):
    return part.read_text().count('"key"')


def rows_so_far(book):
    return sum(map(rows_in, (book / "data" / "results" / ".parts").rglob("*.jsonl")))


def test_a_killed_study_goes_on_without_losing_or_repeating_a_row(book):
    first = start(book)
    limit = time.time() + 60
    while rows_so_far(book) < 4 and time.time() < limit:
        time.sleep(0.05)
    os.killpg(first.pid, signal.SIGKILL)
    first.wait()
    before = rows_so_far(book)
    assert 4 <= before < 24
    part = max((book / "data" / "results" / ".parts").rglob("*.jsonl"), key=rows_in)
    with part.open("a") as file:
        file.write('{"key": "toy-7", "se')  # what a kill in the middle of a write leaves
    kept = part.read_text().splitlines()[:-1]

    second = start(book)
    said = second.communicate()[0]
    header, rows = results.load(results.path_of(study_of(book)))
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
    assert header["failed"] == [["toy-2", 1]] and "FAILED toy-2 seed 1" in said


def keeping(rows, monkeypatch) -> dict:
    """A study's kernel after its setup: its names, `measure` among them."""
    monkeypatch.setenv("STUDY_ROWS", str(rows))
    monkeypatch.setenv("STUDY_PID", str(os.getpid()))
    kernel: dict = {}
    exec(study_tools.KEEP_ROWS.read_text(encoding="utf-8"), kernel)
    return kernel


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), MemoryError()])
def test_what_fails_for_want_of_disk_or_memory_is_no_row(tmp_path, monkeypatch, error):
    rows = tmp_path / "seed-0.jsonl"

    def experiment(seed):
        raise error

    kernel = keeping(rows, monkeypatch)
    kernel["measure"]("a", 0, lambda seed: {"x": 1.0})
    with pytest.raises(type(error)):
        kernel["measure"]("b", 0, experiment)
    assert rows_in(rows) == 1
    kernel = keeping(rows, monkeypatch)  # the next run
    kernel["measure"]("a", 0, experiment)
    kernel["measure"]("b", 0, lambda seed: {"x": 2.0})
    assert rows_in(rows) == 2 and '"error"' not in rows.read_text()


def test_what_stopped_a_study_is_told_in_a_line():
    def cell(name, value):
        return PapermillExecutionError(1, 1, "x = 1", name, value, ["the traceback"])

    assert study_tools.stopped(cell("OSError", "No space left")) == "OSError: No space left"
    assert "the traceback" in study_tools.stopped(cell("KeyError", "'x'"))
    assert "out of memory?" in study_tools.stopped(study_tools.DeadKernelError("Kernel died"))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_leaves_the_weights_of_a_page_and_says_how_to_go_on(book, again, monkeypatch):
    made, measured = book / "book" / "_static" / "explorers", study_tools.run_here
    (made / "weights.json").write_text("old")

    def full(*seed):
        measured(*seed)
        (made / ".weights.json.new").symlink_to("/dev/full")
        files.write_all(made, {"weights.json": b"new"})

    change(study_of(book), "parameters", '"WAIT": 0.25', '"WAIT": 0.0')
    monkeypatch.setattr(study_tools, "run_here", full)
    said, code = again(book)
    (line,) = (line for line in said.splitlines() if "No space left" in line)
    assert code == 1 and line.endswith("weights.json") and study_tools.GO_ON in said
    assert (made / "weights.json").read_text() == "old" and rows_so_far(book) == 8
    monkeypatch.setattr(study_tools, "run_here", measured)
    assert again(book)[1] == 0
    assert len(results.load(results.path_of(study_of(book)))[1]) == 24


def test_a_study_is_measured_once_at_a_time(book, monkeypatch):
    lock = book / "data" / "results" / ".parts" / "01a-toy.lock"
    monkeypatch.setattr(sys, "argv", ["study", "01a", "--root", str(book)])
    with locks.alone(lock, ""), pytest.raises(SystemExit, match="is being measured already"):
        study_tools.main()


def test_a_study_carries_the_summaries_that_it_reads_by_name(measured):
    (cell,) = notebooks.tagged(notebooks.read(study_of(measured)), "study")
    space = {}
    exec(cell.source, space)
    assert sorted(space["STUDY"]) == ["toy-2", "toy-7"]
    entry = space["STUDY"]["toy-7"]["x"]
    assert (entry.median, entry.low, entry.high, entry.n) == (2.0, 1.0, 3.0, 3)
    assert space["STUDY"]["toy-7"]["curve"] == [1, 7]
    assert sorted(space["STUDY"]["toy-2"]) == ["x"] and space["STUDY"]["toy-2"]["x"].n == 2
    with pytest.raises(TypeError):
        entry[0]


SAME_EXPERIMENT = {  # what may be reworded without a new study
    "a comment": ("toy", "# as long as a training", "# a pause"),
    "a docstring": ("toy", "    time.sleep", '    """A toy."""\n    time.sleep'),
    "line breaks": ("toy", "range(8)]", "range(8)\n]"),
    "the live seeds": ("parameters", "SEEDS = [0]", "SEEDS = [1]"),
    "a finding": ("findings", " == 2 and", " < 3 and"),
}
OTHER_EXPERIMENT = {  # what makes rows stale: cell, old, new, what is said
    "the code": ("toy", "n / 7", "n / 8", "its code changed"),
    "the setup": ("setup", "import time", "import time, os", "its code changed"),
    "FULL made smaller": ("parameters", "[0, 1, 2]", "[0, 1]", "FULL or a parameter changed"),
    "a parameter outside FULL": ("parameters", "POWER, RATE = 1,", "POWER, RATE = 2,", "FULL or a"),
    "a learning rate": ("parameters", "0.5", "0.05", "FULL or a parameter changed"),
}


@pytest.mark.parametrize("name", SAME_EXPERIMENT)
def test_rewording_asks_for_no_new_study(measured, name):
    change(study_of(measured), *SAME_EXPERIMENT[name])
    assert results.stale(study_of(measured)) == []


def test_a_reworded_label_is_renewed_without_a_study(measured):
    study = study_of(measured)
    change(study, "metrics", "a toy number", "another name")
    assert ["METRICS differ" in p for p in results.stale(study)] == [True]
    results.renew_labels(study)
    assert results.stale(study) == []


def test_rows_are_said_to_have_the_precision_that_their_study_sets(measured):
    path = study_of(measured)
    header, rows = results.load(results.path_of(path))
    assert "precision" not in header["versions"]
    change(path, "parameters", "WAIT = 0.0", 'WAIT, PRECISION = 0.0, "float32"')
    study_tools.write_rows(path, header | {"versions": {"precision": "float64"}}, rows)
    assert results.load(results.path_of(path))[0]["versions"]["precision"] == "float32"


@pytest.mark.parametrize("name", OTHER_EXPERIMENT)
def test_another_experiment_makes_rows_stale(measured, name):
    cell, old, new, said = OTHER_EXPERIMENT[name]
    change(study_of(measured), cell, old, new)
    assert any(said in problem for problem in results.stale(study_of(measured)))


def plant(book, change_rows, renew=True):
    """Change the rows of the toy study as a careless or a dishonest hand might; what is said."""
    path = results.path_of(study_of(book))
    header, rows = results.load(path)
    rows = change_rows(rows)
    lines = [json.dumps(row) for row in rows]
    if renew:
        failed = [[row["key"], row["seed"]] for row in results.failures(rows)]
        header |= {"rows": len(rows), "failed": failed}
    path.write_text("\n".join([json.dumps(header), *lines]) + "\n")
    return "\n".join(results.stale(study_of(book)))


def edited(rows, key, seed, **found):
    return [r | found if (r["key"], r["seed"]) == (key, seed) else r for r in rows]


ROWS_CHANGED = {
    "a row that is not the median, by 10 %": lambda rows: edited(rows, "toy-7", 2, x=3.3),
    "values exchanged between seeds": lambda rows: edited(
        edited(rows, "toy-7", 0, x=3.0), "toy-7", 2, x=1.0
    ),
    "a seed copied": lambda rows: [*rows, rows[-1] | {"seed": 3}],
    "a row twice": lambda rows: [*rows, rows[-1]],
    "a row lost": lambda rows: rows[:-1],
    "the last line lost, the header as it was": lambda rows: rows[:-1],
    "a failed row dropped": lambda rows: [r for r in rows if "error" not in r],
}


@pytest.mark.parametrize("name", ROWS_CHANGED)
def test_changed_rows_are_seen(measured, name):
    said = plant(measured, ROWS_CHANGED[name], renew="as it was" not in name)
    assert "the rows are not those that the study wrote" in said


def test_seeds_that_one_configuration_lost_are_seen_even_under_a_new_seal():
    rows = [{"key": key, "seed": seed} for key in ("a", "b", "c") for seed in range(5)]
    assert provenance.lonely_seed_sets(rows) == []
    fewer = [row for row in rows if row["key"] != "b" or row["seed"] < 2]
    assert provenance.lonely_seed_sets(fewer) == [((0, 1), "b")]


def test_a_version_that_no_other_study_has_is_seen_unless_it_is_locked():
    found = {"a": {"numpy": "2.4.6"}, "b": {"numpy": "2.4.6"}, "c": {"numpy": "2.4.5"}}
    assert provenance.lonely_versions(found, "") == [("c", "numpy", "2.4.5")]
    assert provenance.lonely_versions(found, "numpy==2.4.5 \\\n") == []
    assert provenance.lonely_versions({"a": {"numpy": "2.4.6"}}, "") == []


def test_a_study_resumed_with_other_settings_does_not_mix_rows(book):
    first = start(book)
    limit = time.time() + 60
    while rows_so_far(book) < 4 and time.time() < limit:
        time.sleep(0.05)
    workers = psutil.Process(first.pid).children(recursive=True)
    first.kill()  # alone
    first.wait()
    assert psutil.wait_procs(workers, timeout=20)[1] == []
    change(study_of(book), "parameters", '"WAIT": 0.25', '"WAIT": 0.0, "POWER": 2')
    assert start(book).wait() == 0
    _, rows = results.load(results.path_of(study_of(book)))
    assert len(rows) == 24
    assert all(
        r["x"] == pytest.approx(r["seed"] ** 2 + int(r["key"][-1]) / 7) for r in rows if "x" in r
    )


def test_a_replay_ties_rows_to_tidied_code_and_refuses_another_experiment(measured, again):
    study = study_of(measured)
    change(study, "toy", "seed**POWER + n / 7", "n / 7 + seed**POWER")
    assert results.stale(study)
    replayed = start(measured, "--replay", jobs=1)
    assert "equal to the digit" in replayed.communicate()[0] and replayed.returncode == 0
    assert results.stale(study) == []
    header, rows = results.load(results.path_of(study))
    assert len(rows) == 24 and len(header["replayed"]) >= 3
    change(study, "toy", "n / 7", "n / 6.9")
    said, code = again(measured, "--replay")
    assert " -> " in said and code == 1
    assert results.stale(study)


def test_a_replay_compares_all_but_the_values_of_timings(measured, again):
    study = study_of(measured)
    header, rows = results.load(results.path_of(study))
    rows = [row | {"x": 0.5} if "x" in row else row for row in rows]
    study_tools.write_rows(study, header, rows)  # as on another machine
    said, code = again(measured, "--replay")
    assert ": x 0.5 -> " in said and code == 1
    change(study, "metrics", '"digits": 3', '"digits": 3, "kind": "timing"')
    said, code = again(measured, "--replay")
    assert "equal to the digit" in said and code == 0
    _, rows = results.load(results.path_of(study))
    assert {row.get("x", 0.5) for row in rows} == {0.5}  # what was measured first stays


def committed(book):
    """Make a repository of a book, and commit all of it."""
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "The book"]):
        author = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
        subprocess.run(["git", *author, *command], cwd=book, check=True)


def test_on_another_machine_the_code_of_the_rows_is_measured_beside(measured, again):
    study = study_of(measured)
    header, rows = results.load(results.path_of(study))
    rows = [row | {"x": row["x"] + 1e-9} if "x" in row else row for row in rows]
    study_tools.write_rows(study, header, rows)  # as another machine would have measured them
    committed(measured)
    change(study, "toy", "n / 7", "n / 6.9")
    said, code = again(measured, "--replay", "--before", "HEAD")
    assert " -> " in said and code == 1
    change(study, "toy", "seed**POWER + n / 6.9", "n / 7 + seed**POWER")
    assert again(measured, "--replay")[1] == 1
    assert results.stale(study)
    said, code = again(measured, "--replay", "--before", "HEAD")
    assert ": another machine: " in said and "equal to the digit" in said
    assert code == 0 and results.stale(study) == []
    header, kept = results.load(results.path_of(study))
    assert kept == rows and len(header["other_machine"]) >= 3
    change(study, "toy", "n / 7 + seed**POWER", "seed**POWER + n / 7 + 0")
    committed(measured)
    said, code = again(measured, "--replay", "--before", "HEAD")
    assert code == 1 and "its rows are not tied to its code at HEAD" in said


def test_a_timing_that_is_gone_and_another_metric_are_differences():
    def said(again):
        known = {"key": "a", "seed": 0, "seconds": 1.0, "loss": 0.3, "curve": [1.0, 2.0]}
        return study_tools.differences(("a", 0), known, known | again, {"seconds"})

    assert said({"seconds": 2.0}) == []
    assert said({"loss": 0.31}) == ["('a', 0): loss 0.3 -> 0.31"]
    assert said({"curve": [1.0, 2.1]}) == ["('a', 0): curve [1.0, 2.0] -> [1.0, 2.1]"]
    known = {"key": "a", "seed": 0, "seconds": 1.0}
    gone = study_tools.differences(("a", 0), known, {"key": "a", "seed": 0}, {"seconds"})
    assert gone == ["('a', 0): seconds 1.0 -> None"]


# seen with Python 3.11.7, 3.12.1 and 3.13.0
FINGERPRINT_OF_A_FUNCTION = "dbdd0c8ca63d4dc51ea1f84dd20e3d005a8a4355b3e08295c99d116ac9a827cd"


def test_the_fingerprint_is_the_same_on_every_python():
    """What another Python parses differently is not part of it."""
    source = (
        '@cache\ndef f(x: int, *y, z=1) -> str:\n    """Doc."""\n'
        '    async_ = [i for i in x if i]\n    return f"{x!r:>{z}} and {x:.2f}" "more"\n'
    )
    text = json.dumps(provenance.canonical(ast.parse(source).body))
    assert hashlib.sha256(text.encode()).hexdigest() == FINGERPRINT_OF_A_FUNCTION


def test_two_different_measurements_of_one_row_are_an_error(tmp_path):
    for seed, x in enumerate((1.0, 2.0)):
        row = {"key": "shared", "seed": 0, "x": x, "_seconds": 1}
        (tmp_path / f"seed-{seed}.jsonl").write_text(json.dumps(row) + "\n")
    with pytest.raises(SystemExit, match="measured twice"):
        collect(sorted(tmp_path.glob("*.jsonl")))


def test_sums():
    header = {"metrics": {"solved": {"kind": "rate"}}}
    rows = [
        {"key": "a", "seed": s, "x": x, "solved": x > 1, "curve": [x, 2 * x]}
        for s, x in enumerate((3.0, 1.0, 2.0))
    ]
    rows.append({"key": "a", "seed": 3, "error": "…"})
    table = results.summary(header, rows)["a"]
    assert table["x"] == (2.0, 1.0, 3.0, 3)
    assert table["curve"] == [2.0, 4.0]
    rate, low, high, n = table["solved"]
    assert (rate, n) == (pytest.approx(2 / 3, abs=1e-6), 3) and 0.2 < low < rate < high < 0.95
    # Wilson's interval for 9 of 10, worked out by hand from its formula
    assert results.wilson(9, 10) == pytest.approx((0.5958, 0.9821), abs=2e-4)
    other = [{"key": "b", "seed": s, "x": 2.0} for s in (0, 2, 9)]
    assert results.paired_ratio(rows + other, ("a", "x"), ("b", "x")) == [1.5, 1.0]


def test_what_a_study_reads_and_no_row_has_is_named(measured):
    study = study_of(measured)
    path = results.path_of(study)
    path.write_text(path.read_text().replace('"key": "toy-7"', '"key": "toy-8"'))
    said = "01a-toy.ipynb: no row has toy-7/curve, toy-7/x, which its cell reads"
    assert said in results.stale(study)
    with pytest.raises(Exception, match="no row of this study has the key 'toy-7'"):
        execute.execute(study)


def test_rows_begun_with_another_backend_are_spoken_of(measured, again):
    code = provenance.fingerprint(notebooks.read(study_of(measured)))[:12]
    begun = measured / "data" / "results" / ".parts" / f"01a-toy-{code}-tensorflow"
    begun.mkdir(parents=True)
    (begun / "seed-0.jsonl").write_text('{"versions": {}}\n{"key": "toy-0", "seed": 0}\n')
    said, _ = again(measured)
    assert "01a-toy: 1 rows begun with tensorflow are left: --backend tensorflow" in said
    assert begun.exists()
    shutil.rmtree(begun)
    assert "begun with" not in again(measured)[0]


def test_only_what_a_study_asks_for_is_stored():
    numbers = {"median": 1.0, "low": 1.0, "high": 1.0, "n": 1}
    kernel = {"SUMMARIES": {key: {m: numbers for m in ("loss", "share")} for key in "abcd"}}
    exec(execute.RECORD_READS.read_text(encoding="utf-8"), kernel)
    study = kernel["STUDY"]
    assert "loss" in study["a"] and study["b"]["share"].median == 1 and "x" not in study
    assert list(study["c"]) == ["loss", "share"]
    assert study.reads() == {"a": ["loss"], "b": ["share"], "c": ["loss", "share"]}


def test_a_grid_is_judged_by_the_runs_that_learn():
    tried = {"1e-2": (1, 400, 0.9), "1e-1": (1, 200, 0.9), "1e-0": (0, 100, 0.1)}
    rows = [
        {"key": f"tune-gru-{rate}", "seed": 100, "solved": s, "updates": u, "loss": loss}
        for rate, (s, u, loss) in tried.items()
    ]
    about = {"loss": {"label": "loss"}, "validation": {"label": "accuracy held out"}}
    header = {"metrics": about}
    (grid,) = grids._of_study("06d-x", header, rows)
    assert (grid.best, grid.edge, grid.metric) == (0.1, "", "runs that learn")
    for row in rows:  # where all trainings have one length: the runs that learn, then the loss
        del row["updates"]
    (grid,) = grids._of_study("06d-x", header, rows)
    assert (grid.best, grid.edge, grid.metric) == (0.01, "smallest", "runs that learn")
    rows[1]["loss"] = 0.8
    (grid,) = grids._of_study("06d-x", header, rows)
    assert (grid.best, grid.edge) == (0.1, "")
    for row in rows:
        del row["solved"]
    (grid,) = grids._of_study("06d-x", header, rows)
    assert (grid.best, grid.edge, grid.metric) == (1, "largest", "loss")
    for row, right in zip(rows, (0.5, 0.7, 0.6), strict=True):  # what was held out goes before
        row["validation"] = right
    (grid,) = grids._of_study("06d-x", header, rows)
    assert (grid.best, grid.edge, grid.metric) == (0.1, "", "validation")
    about["validation"]["label"] = "loss held out"
    (grid,) = grids._of_study("06d-x", header, rows)
    assert (grid.best, grid.edge) == (0.01, "smallest")


def test_the_grids_of_a_chapter_are_those_of_its_own_studies():
    found = grids.of_chapter("06")
    assert len(found) > 2
    assert {study[:2] for grid in found for study in grid.studies} == {"06"}


def test_a_study_that_tries_further_rates_widens_the_grid_of_the_same_thing():
    wide = {g.what: g for g in grids.of_chapter("05") if len(g.studies) > 1}
    assert {"keras-lstm", "keras-gru", "keras-simplernn"} <= wide.keys()
    first, second = wide["keras-lstm"].studies
    assert first[:3] == "05a" and second[:3] == "05b" and len(wide["keras-lstm"].rates) == 7
    assert not wide["keras-lstm"].widened_by(wide["keras-gru"])
    assert not wide["keras-lstm"].widened_by(wide["keras-lstm"])  # the same rates again
