"""Downloaded data: fetched once, compared with their hash; without them a notebook is skipped."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
import small_book

from tools import downloads, notebooks

TEXT = b"To be, or not to be.\n" * 40
NOWHERE = "http://127.0.0.1:9"
DOWNLOAD = """try:
    CORPUS = keras.utils.get_file("play.dat", origin={origin!r}, file_hash={sha256!r})
except Exception as error:
    raise ConnectionError("play.dat is not here and could not be fetched") from error
"""
WITH_DATA = [p for p in notebooks.every() if downloads.needed(notebooks.read(p))]


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """A machine with an empty cache and no network but itself; its cache's folder."""
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "keras"))
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, NOWHERE)
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    (tmp_path / "keras" / "datasets").mkdir(parents=True)
    return tmp_path / "keras" / "datasets"


def small_study(folder: Path, origin: str) -> Path:
    """A study with the frame that the checks ask for; it downloads TEXT and prints its length."""
    sha256 = hashlib.sha256(TEXT).hexdigest()
    book = small_book.write(folder / "book")
    path = notebooks.studies(book)[0]
    notebook = notebooks.read(path)
    kept = [cell for cell in notebook.cells if cell.id not in ("fading", "again", "data-tunes")]
    cells = {cell.id: cell for cell in kept}
    cells["download"].source = DOWNLOAD.format(origin=origin, sha256=sha256)
    cells["table"].source = "print(len(open(CORPUS).read()))"
    cells["table"].outputs = [nbformat.v4.new_output("stream", text=f"{len(TEXT)}\n")]
    for count, cell in enumerate([c for c in kept if c.cell_type == "code"], 1):
        cell.execution_count = count
    notebook.cells = kept
    notebooks.write(path, notebook)
    return path


def check(study: Path) -> str:
    """What the comparison of one study says."""
    code = (
        "import pathlib; from tools import compare;"
        f"compare.run('locked', [pathlib.Path({str(study)!r})], 1)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=notebooks.ROOT, capture_output=True, text=True
    )
    return done.stdout + done.stderr


def test_data_in_the_cache_are_used_without_network(machine, tmp_path):
    (machine / "play.dat").write_bytes(TEXT)
    said = check(small_study(tmp_path, f"{NOWHERE}/play.dat"))
    assert "10 passed" in said and "skipped" not in said and "fetching" not in said


def test_data_are_fetched_where_there_is_network(machine, tmp_path, serve):
    (tmp_path / "host").mkdir()
    (tmp_path / "host" / "play.dat").write_bytes(TEXT)
    said = check(small_study(tmp_path, serve(tmp_path / "host") + "/play.dat"))
    assert "fetching play.dat" in said and "10 passed" in said
    assert (machine / "play.dat").read_bytes() == TEXT


@pytest.mark.parametrize("right", [True, False])
def test_data_are_copied_from_a_named_folder_if_they_are_right(
    machine, tmp_path, monkeypatch, capsys, right
):
    monkeypatch.setenv("RECURRENT_DATA", str(tmp_path / "data"))
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "play.dat").write_bytes(TEXT if right else TEXT[1:])
    study = small_study(tmp_path, f"{NOWHERE}/play.dat")
    monkeypatch.setattr(downloads.Dataset, "fetch", lambda dataset: False)
    downloads.provide([study])
    assert (machine / "play.dat").exists() == right
    assert ("fetching play.dat" in capsys.readouterr().out) != right


@pytest.mark.parametrize("damaged", [False, True], ids=["no file", "a damaged file"])
def test_without_data_a_notebook_is_skipped_and_never_passed(machine, tmp_path, damaged):
    if damaged:
        (machine / "play.dat").write_bytes(TEXT[:-1])
    said = check(small_study(tmp_path, f"{NOWHERE}/play.dat"))
    assert "1 skipped" in said and "passed" not in said
    assert "01a-echoes.ipynb was not run: no play.dat" in said


TELL = """
import json, sys, keras
for name, source in json.load(sys.stdin).items():
    try:
        exec(source, {"keras": keras})
    except ConnectionError as error:
        print(json.dumps([name, str(error)]))
"""


def test_a_reader_without_data_is_told_what_to_do(machine):
    """In each notebook; all in one process, for Keras takes its time to come."""
    read = {path.stem: notebooks.read(path) for path in WITH_DATA}
    cells = {n: c.source for n, book in read.items() for c in book.cells if c.id == "download"}
    done = subprocess.run(
        [sys.executable, "-c", TELL], input=json.dumps(cells), capture_output=True, text=True
    )
    lines = [line for line in done.stdout.splitlines() if line.startswith("[")]
    told = dict(map(json.loads, lines))
    assert told.keys() == read.keys() and len(told) > 10, done.stderr
    for name, notebook in read.items():
        assert downloads.needed(notebook)[0].name in told[name]
        assert ".keras/datasets" in told[name] and "raw.githubusercontent.com" in told[name]


def test_what_a_notebook_needs_must_be_literal():
    cell = nbformat.v4.new_code_cell("x = keras.utils.get_file('a', origin='b')", id="download")
    with pytest.raises(ValueError, match="without file_hash"):
        downloads.needed(nbformat.v4.new_notebook(cells=[cell]))
