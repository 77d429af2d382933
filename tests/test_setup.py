"""What the repository says of itself: its tasks, its locks, its address."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import small_book
import yaml

from tools import address, files, lint_notebooks, notebooks

# of the text without its line of copyright
BSD = "358810aacba004cd9d0e1fca170b17bc1dda00761f0b2be146e710535191a2e6"


def test_every_task_explains_itself():
    text = (notebooks.ROOT / "Makefile").read_text()
    shown = subprocess.run(
        ["make", "--no-print-directory", "help"], cwd=notebooks.ROOT, capture_output=True, text=True
    ).stdout
    tasks = set(re.search(r"\.PHONY: (.*)", text).group(1).split()) - {"env", "help"}
    assert tasks == {line.split()[0] for line in shown.splitlines()} - {"help"}


def test_the_locks_hold_what_people_asked_for():
    for source, lock in (
        ("requirements.in", "requirements.txt"),
        ("tools/colab.in", "tools/colab.txt"),
    ):
        asked = re.findall(r"(?m)^([A-Za-z0-9_-]+)(==\S+)?", (notebooks.ROOT / source).read_text())
        locked = (notebooks.ROOT / lock).read_text()
        for name, version in asked:
            pattern = (
                rf"(?m)^{re.escape(name.lower().replace('_', '-'))}{re.escape(version) or '=='}"
            )
            assert re.search(pattern, locked), f"{name}{version} is not in {lock}"
        assert not re.search(r"https?://", locked)


def test_the_licence_is_the_text_that_everybody_knows():
    lines = (notebooks.ROOT / "LICENSE").read_text(encoding="utf-8").splitlines(keepends=True)
    text = "".join(line for line in lines if not line.startswith("Copyright (c)"))
    assert hashlib.sha256(text.encode()).hexdigest() == BSD


def copy_of_the_repository(target: Path) -> Path:
    """The files of the repository, as git lists them."""
    command = ["git", "ls-files", "-co", "--exclude-standard"]
    listed = subprocess.run(command, cwd=notebooks.ROOT, capture_output=True, text=True).stdout
    for name in filter(None, listed.split("\n")):
        source = notebooks.ROOT / name
        if source.is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target / name)
    return target


def owned_by(address: str) -> str:
    """Another owner than that of an address."""
    return "bob" if "/ada/" in address else "ada"


def test_one_command_gives_the_book_its_address(tmp_path):
    book = small_book.write(tmp_path / "book")
    old = notebooks.repository(book)
    new = f"https://github.com/{owned_by(old)}/loops"
    address.give(f"{owned_by(old)}/loops", book)
    assert notebooks.repository(book) == new
    for name in address.TEXTS:
        text = (book / name).read_text()
        assert old not in text and notebooks.site(old) not in text
    for path in notebooks.every(book):
        first = notebooks.read(path).cells[0].source
        place = path.relative_to(book).as_posix()
        assert f"colab.research.google.com/github/{owned_by(old)}/loops/blob/main/{place}" in first
        assert f"{notebooks.site(new)}/book/" in first
    assert lint_notebooks.lint_in_book(book) == []
    # a notebook that was left behind is seen
    notebook = notebooks.read(path)
    notebook.cells[0].source = notebook.cells[0].source.replace("/loops/", "/knots/")
    notebooks.write(path, notebook)
    assert any("do not follow from _config.yml" in p for p in lint_notebooks.lint_in_book(book))


def test_the_branch_is_the_one_that_is_set(tmp_path):
    book = small_book.write(tmp_path / "book")
    config = (book / "_config.yml").read_text().replace("branch: main", "branch: trunk")
    (book / "_config.yml").write_text(config)
    address.give("ada/loops", book)
    assert "/ada/loops/blob/trunk/" in notebooks.read(notebooks.every(book)[0]).cells[0].source


@pytest.mark.parametrize(
    "repo", ["not an address", "ada/loops.git", "https://github.com/ada/loops", "ada", ""]
)
def test_what_is_no_address_changes_nothing(tmp_path, repo):
    with pytest.raises(SystemExit, match="not of the form owner/name"):
        address.give(repo, tmp_path)
    assert list(tmp_path.iterdir()) == []


def texts_of(book: Path) -> dict[Path, str]:
    return {p: p.read_text() for p in [*notebooks.every(book), *(book / n for n in address.TEXTS)]}


def test_an_address_is_given_wholly_or_by_doing_it_again(tmp_path, monkeypatch):
    book = small_book.write(tmp_path / "book")
    shutil.copytree(book, tmp_path / "other")
    address.give("ada/loops", tmp_path / "other")
    wanted = list(texts_of(tmp_path / "other").values())
    before, path = texts_of(book), notebooks.every(book)[-1]
    path.write_text(before[path][:100])
    with pytest.raises(files.Unreadable, match=path.name):
        address.give("ada/loops", book)
    path.write_text(before[path])
    assert texts_of(book) == before
    write, allowed = files.write, iter(())

    def killed(path, text):
        if next(allowed, None) is None:
            raise KeyboardInterrupt
        write(path, text)

    monkeypatch.setattr(files, "write", killed)
    for count in range(len(before)):
        allowed = iter(range(count))
        with pytest.raises(KeyboardInterrupt):
            address.give("ada/loops", book)
    monkeypatch.setattr(files, "write", write)
    address.give("ada/loops", book)
    assert list(texts_of(book).values()) == wanted


@pytest.mark.skipif("RECURRENT_ADOPTED" in os.environ, reason="this is the adopted book")
def test_an_adopted_book_passes_its_own_tests(tmp_path):
    book = copy_of_the_repository(tmp_path / "book")
    address.give(f"{owned_by(notebooks.repository())}/loops", book)
    (book / "node_modules").symlink_to(notebooks.ROOT / "node_modules")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "tests/test_setup.py", "-k", "address or branch"],
        cwd=book,
        env={**os.environ, "RECURRENT_ADOPTED": "1"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout
    for path in notebooks.every(book):
        assert list(lint_notebooks.rule_address(path, book)) == []


def test_the_address_is_the_same_everywhere():
    mine = notebooks.repository()
    name = mine.split("/")[-1]
    for file in address.TEXTS:
        text = (notebooks.ROOT / file).read_text()
        assert set(re.findall(rf"https://github\.com/[\w-]+/{name}\b", text)) <= {mine}
        assert mine in text or notebooks.site(mine) in text, file


def test_the_repository_names_no_machine_and_no_registry():
    files = subprocess.run(
        ["git", "ls-files"], cwd=notebooks.ROOT, capture_output=True, text=True
    ).stdout
    bad = re.compile(r"(?<![\w.])/(?:work|farm)/\w|files\.pythonhosted|//pypi\.org|registry\.npmjs")
    for name in files.split():
        path = notebooks.ROOT / name
        if path.is_file() and path.suffix not in {".png", ".ico"}:
            found = bad.search(path.read_text(encoding="utf-8", errors="ignore"))
            assert not found or name == "tests/test_setup.py", f"{name}: {found.group()}"


@pytest.mark.parametrize("folder", ["", "tests/browser"])
def test_a_node_lock_names_no_host(folder):
    lock = json.loads((notebooks.ROOT / folder / "package-lock.json").read_text())
    assert all("resolved" not in package for package in lock["packages"].values())
    assert all("integrity" in p for name, p in lock["packages"].items() if name)


def test_jupyter_book_stays_below_two():
    assert "jupyter-book==1.0.4.post1" in (notebooks.ROOT / "requirements.in").read_text()
    assert yaml.safe_load((notebooks.ROOT / "_toc.yml").read_text())["format"] == "jb-book"
