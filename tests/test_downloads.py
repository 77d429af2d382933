"""Downloaded data: fetched once, compared with their hash; a lab without them is skipped, aloud."""

import hashlib
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from tools import downloads, notebooks

TEXT = b"To be, or not to be.\n" * 40
NOWHERE = "http://127.0.0.1:9"
DOWNLOAD = """try:
    CORPUS = keras.utils.get_file("play.dat", origin={origin!r}, file_hash={sha256!r})
except Exception as error:
    raise ConnectionError("play.dat is not here and could not be fetched") from error
"""
WITH_DATA = [p for p in notebooks.all_labs() if downloads.needed(notebooks.read(p))]


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """A machine with an empty cache and no network but itself; its cache's folder."""
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "keras"))
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, NOWHERE)
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    (tmp_path / "keras" / "datasets").mkdir(parents=True)
    return tmp_path / "keras" / "datasets"


def small_lab(folder: Path, origin: str) -> Path:
    """A lab with the frame that nbstrict asks for; it downloads TEXT and prints its length."""
    code = nbformat.v4.new_code_cell
    sha256 = hashlib.sha256(TEXT).hexdigest()
    cells = [
        nbformat.v4.new_markdown_cell("# T\n\n[Chapter 8](x) · on two cores", id="title"),
        code(notebooks.SETUP, id="setup"),
        code("SEEDS = [0]\nFULL = {}", id="parameters", metadata={"tags": ["parameters"]}),
        code(
            DOWNLOAD.format(origin=origin, sha256=sha256) + "METRICS = {}",
            id="download",
            metadata={"tags": ["experiment"]},
        ),
        code("STUDY = {}", id="study", metadata={"tags": ["study"]}),
        code("print(len(open(CORPUS).read()))\nassert CORPUS", id="findings"),
        nbformat.v4.new_markdown_cell("Try it", id="try-it"),
    ]
    for count, cell in enumerate([c for c in cells if c.cell_type == "code"], 1):
        cell.execution_count = count
    cells[5].outputs = [nbformat.v4.new_output("stream", text=f"{len(TEXT)}\n")]
    path = folder / "08z-toy.ipynb"
    notebooks.write(path, nbformat.v4.new_notebook(cells=cells, metadata=notebooks.METADATA))
    return path


def check(lab: Path) -> str:
    """What the strict check of one lab says."""
    code = f"import strict, pathlib; compare.run('locked', [pathlib.Path({str(lab)!r})], 1)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=notebooks.ROOT / "tools", capture_output=True, text=True
    )
    return done.stdout


def test_data_in_the_cache_are_used_without_network(machine, tmp_path):
    (machine / "play.dat").write_bytes(TEXT)
    said = check(small_lab(tmp_path, f"{NOWHERE}/play.dat"))
    assert "5 passed" in said and "skipped" not in said and "fetching" not in said


def test_data_are_fetched_where_there_is_network(machine, tmp_path, serve):
    (tmp_path / "host").mkdir()
    (tmp_path / "host" / "play.dat").write_bytes(TEXT)
    said = check(small_lab(tmp_path, serve(tmp_path / "host") + "/play.dat"))
    assert "fetching play.dat" in said and "5 passed" in said
    assert (machine / "play.dat").read_bytes() == TEXT


@pytest.mark.parametrize("damaged", [False, True], ids=["no file", "a damaged file"])
def test_without_data_a_lab_is_skipped_and_never_passed(machine, tmp_path, damaged):
    if damaged:
        (machine / "play.dat").write_bytes(TEXT[:-1])
    said = check(small_lab(tmp_path, f"{NOWHERE}/play.dat"))
    assert "1 skipped" in said and "passed" not in said
    assert "08z-toy.ipynb was not run: no play.dat" in said


@pytest.mark.parametrize("lab", WITH_DATA, ids=lambda p: p.stem)
def test_a_reader_without_data_is_told_what_to_do(machine, lab):
    notebook = notebooks.read(lab)
    cell = next(c for c in notebook.cells if c.id == "download")
    done = subprocess.run(
        [sys.executable, "-c", f"{notebooks.SETUP}\n{cell.source}"], capture_output=True, text=True
    )
    last = done.stderr.strip().splitlines()[-1]
    assert done.returncode and last.startswith("ConnectionError: ")
    assert downloads.needed(notebook)[0].name in last
    assert ".keras/datasets" in last and "raw.githubusercontent.com" in last


def test_what_a_lab_needs_must_be_literal():
    cell = nbformat.v4.new_code_cell("x = keras.utils.get_file('a', origin='b')", id="download")
    with pytest.raises(ValueError, match="without file_hash"):
        downloads.needed(nbformat.v4.new_notebook(cells=[cell]))
