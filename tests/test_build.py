"""`make book`: nothing is built upon a build that ended badly. A small book, built for real."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import small_book

from recurrent_book.mathematics import Renderer
from tools import build, lint_site, notebooks

RUN = (
    "import sys, pathlib; from tools import build, commands; "
    "build.notebooks.ROOT = pathlib.Path.cwd(); "
)


class Spy:
    """Stands for jupyter-book: what it would have been run upon, and how it ends."""

    def __init__(self, root: Path, monkeypatch):
        self.root, self.code = root, 0
        monkeypatch.setattr(build.subprocess, "run", self)

    def __call__(self, command, **options):
        self.strict = "-W" in command
        self.upon = (self.root / "_build" / ".doctrees").exists()
        html = self.root / "_build" / "html"
        assert not list((self.root / "_build").rglob("half-written.png"))
        for path in (self.root / "_build" / ".doctrees" / "environment", html / "page.html"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
        (html / "_images").mkdir(exist_ok=True)
        (html / "_images" / "figure.png").touch()
        if self.code is KeyboardInterrupt:
            raise KeyboardInterrupt
        return subprocess.CompletedProcess(command, self.code)


@pytest.fixture
def book(tmp_path):
    return small_book.write(tmp_path / "book")


@pytest.fixture
def spy(book, monkeypatch):
    """A book whose last build ended well."""
    found = Spy(book, monkeypatch)
    assert build.build(book) == 0 and not found.upon
    return found


def test_a_build_that_ended_well_is_built_upon(spy):
    assert build.build(spy.root) == 0 and spy.upon and spy.strict


@pytest.mark.parametrize("end", [1, 2, -9, KeyboardInterrupt])
def test_a_build_that_failed_or_was_stopped_is_not(spy, end):
    spy.code = end
    if end is KeyboardInterrupt:
        with pytest.raises(KeyboardInterrupt):
            build.build(spy.root)
    else:
        assert build.build(spy.root) == end
    (spy.root / "_build" / "jupyter_execute").mkdir()
    (spy.root / "_build" / "jupyter_execute" / "half-written.png").touch()
    spy.code = 0
    assert build.build(spy.root) == 0 and not spy.upon
    assert build.build(spy.root) == 0 and spy.upon


def test_nor_one_half_built_by_something_else(book, monkeypatch):
    spy = Spy(book, monkeypatch)
    (book / "_build" / ".doctrees").mkdir(parents=True)
    (book / "_build" / "html").mkdir()
    (book / "_build" / "html" / "left-over.html").touch()
    assert build.build(book) == 0 and not spy.upon
    assert not (book / "_build" / "html" / "left-over.html").exists()


REMOVED = {
    "an image": lambda book: (book / "_build/html/_images/figure.png").unlink(),
    "a page": lambda book: (book / "_build/html/page.html").unlink(),
    "the site": lambda book: shutil.rmtree(book / "_build/html"),
    "a source": lambda book: (book / "book/references.md").unlink(),
    "the mark": lambda book: (book / "_build" / build.MARK).unlink(),
    "half of the mark": lambda book: (book / "_build" / build.MARK).write_text('{"files": ['),
}


@pytest.mark.parametrize("name", REMOVED)
def test_nor_one_that_lacks(spy, name):
    REMOVED[name](spy.root)
    assert build.build(spy.root) == 0 and not spy.upon


@pytest.mark.parametrize(
    "name", ["book/_ext/recurrent_book/theme.py", "tools/results.py", "book/_templates/page.html"]
)
def test_nor_one_that_other_code_made(spy, name):
    with (spy.root / name).open("a") as file:
        file.write("\n")
    assert build.build(spy.root) == 0 and not spy.upon


def test_a_draft_is_built_upon_anything_and_nothing_upon_a_draft(spy):
    assert build.build(spy.root, draft=True) == 0 and spy.upon and not spy.strict
    assert build.build(spy.root, draft=True) == 0 and spy.upon
    assert build.build(spy.root) == 0 and not spy.upon


BROKEN = (
    "_config.yml",
    "_toc.yml",
    "data/claims.yml",
    "data/quiz.yml",
    "data/exam.yml",
    "book/synonyms.yml",
    "data/results/01a-echoes.jsonl",
    "notebooks/01-echoes.ipynb",
    "notebooks/studies/01a-echoes.ipynb",
)


@pytest.mark.parametrize("name", BROKEN)
def test_a_source_that_is_broken_is_told_in_a_line(book, monkeypatch, capfd, name):
    """YAML with a bracket too many; a notebook, or a row, cut in the middle."""
    monkeypatch.setattr(build.subprocess, "run", lambda *a, **k: pytest.fail("was built"))
    text = (book / name).read_text() if (book / name).exists() else ""
    spoilt = text + "\n  - [broken\n" if name.endswith(".yml") else text[: len(text) // 2]
    (book / name).write_text(spoilt)
    assert build.build(book) == 1
    (line,) = capfd.readouterr().err.splitlines()
    assert line.startswith(f"{book / name} cannot be read: ")


def test_why_a_build_ended_badly_is_told_in_a_line(spy, monkeypatch, capfd):
    spy.code = -9
    assert build.build(spy.root) == -9
    assert capfd.readouterr().err.startswith("The build was killed by signal 9. Is there memory?")
    spy.code = 1
    for told in (["", "The disk is nearly full."], ["The disk is nearly full."]):
        monkeypatch.setattr(build.bootstrap, "hindrance", lambda told=told: told.pop(0))
        assert build.build(spy.root) == 1
        assert capfd.readouterr().err == "The disk is nearly full.\n"


# ---- with jupyter-book itself


def start(book: Path) -> subprocess.Popen:
    heed = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
    command = [
        sys.executable,
        "-c",
        heed + RUN + "commands.run(build.main)",
    ]  # a job in the background has none
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    return subprocess.Popen(command, cwd=book, start_new_session=True, **pipes)


def site(book: Path) -> dict[str, bytes]:
    """The pages and the index of the search; what names no time."""
    html = book / "_build" / "html"
    names = [p for p in html.rglob("*") if p.is_file() and p.suffix in {".html", ".json", ".png"}]
    return {p.relative_to(html).as_posix(): p.read_bytes() for p in names}


def test_after_a_build_that_was_stopped_the_next_is_whole(tmp_path):
    """And the site of a book that has its address is right."""
    book = small_book.write(tmp_path / "book", address="https://github.com/ada/loops")
    whole = start(book)
    assert whole.wait() == 0, whole.stdout.read()
    wanted = site(book)
    shutil.rmtree(book / "_build")

    stopped = start(book)
    limit = time.time() + 300
    while not list(book.glob("_build/.doctrees/**/*.doctree")) and time.time() < limit:
        time.sleep(0.02)
    os.killpg(stopped.pid, signal.SIGINT)
    told = stopped.communicate()[0]
    assert stopped.returncode == 130 and "tools/build.py" not in told
    assert not (book / "_build" / build.MARK).exists()
    for figure in (name for name in wanted if name.startswith("_images/")):
        half = book / "_build" / "jupyter_execute" / Path(figure).name  # as a kill may leave it
        half.parent.mkdir(exist_ok=True)
        half.write_bytes(wanted[figure][:9])

    again = start(book)
    assert again.wait() == 0, again.stdout.read()
    assert site(book) == wanted
    assert json.loads((book / "_build" / build.MARK).read_text())["files"]
    assert lint_site.check(book / "_build" / "html") == []
    study = (book / "_build" / "html" / "notebooks" / "studies" / "01a-echoes.html").read_text()
    assert "Data from elsewhere" in study and "https://creativecommons.org/licenses/by-sa/" in study


# ---- what the build remembers of the formulas


@pytest.mark.parametrize("left", ["", "{", "[]", "\xff", None])
def test_a_memory_of_formulas_that_is_not_whole_is_forgotten(tmp_path, left):
    memory = tmp_path / "katex.json"
    if left is not None:
        memory.write_bytes(left.encode("latin-1"))
    library = notebooks.ROOT / "node_modules" / "katex" / "dist" / "katex.min.js"
    renderer = Renderer(library, memory, {})
    assert renderer.known == {}
    assert "katex" in renderer("x", False)
    renderer.close()
    assert len(Renderer(library, memory, {}).known) == 1


def test_a_full_disk_leaves_the_memory_of_formulas_as_it_was(tmp_path, monkeypatch):
    memory = tmp_path / "katex.json"
    memory.write_text('{"a": "b"}')
    renderer = Renderer(tmp_path / "none.js", memory, {})
    write = Path.write_text

    def full(path, text, *options):
        write(path, text[:2])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(OSError, match="No space left"):
        renderer.close()
    assert json.loads(memory.read_text()) == {"a": "b"}
