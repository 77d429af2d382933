"""Measure what a chapter costs, by hand: build, site, search, repository, tests, notebooks.

`python -m tests.measure_growth FOLDER 4 8 12 16` clones the last commit into FOLDER, once a number,
takes the chapters beyond it away and builds what is left. `… FOLDER chapter 5 13` runs what CI runs
for a chapter alone, in the copy that has all of them: its notebooks, and the tests that name it.
Each adds lines to `tests/growth.jsonl`; what is there already is not done again. Times are seconds
of processor, so that a busy machine tells the same. `… FOLDER table` prints the table of
CONTRIBUTING.md and draws `tests/growth.svg`.
"""

from __future__ import annotations

import gzip
import json
import re
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import yaml

from tools import files, notebooks

ROWS, FIGURE = Path(__file__).with_name("growth.jsonl"), Path(__file__).with_name("growth.svg")
DRAWN_TO = 30  # chapters
NUMBERED = (  # files of a chapter, besides its drawings
    "book/*.md",
    "book/*/*.md",
    "book/teaching/notes/*.md",
    "book/_drawings/*",
    "notebooks/**/*.ipynb",
    "notebooks/exercises/*/*.py",
    "data/results/*.jsonl",
)
DRAFT = "from pathlib import Path; from tools import build; build.build(Path.cwd(), draft=True)"


class Budget:
    """What is measured: its name, its unit, what it may be, and where the limit is from."""

    def __init__(self, name: str, unit: str, limit: float | None = None, digits: int = 0):
        self.name, self.unit, self.limit, self.digits = name, unit, limit, digits


MEASURES = {
    "build": Budget("a build from nothing", "s of processor"),
    "site": Budget("the site", "MB", 1000),
    "search": Budget("the index of the search, sent compressed", "kB"),
    "files": Budget("the repository's files", "MB"),
    "archive": Budget("the same, compressed", "MB"),
}


def number_of(path: Path) -> int:
    """The chapter that a file is of; 0 of none."""
    found = re.match(r"(\d\d)[a-z]?-", path.name)
    return int(found[1]) if found else 0


def without(entries: list, last: int) -> list:
    """Entries of the contents without those of later chapters."""
    kept = [e for e in entries if number_of(Path(e["file"])) <= last]
    for entry in kept:
        if "sections" in entry:
            entry["sections"] = without(entry["sections"], last)
    return kept


def cut(book: Path, last: int) -> None:
    """Take the chapters after ``last`` away."""
    for path in {p for pattern in NUMBERED for p in book.glob(pattern)}:
        if number_of(path) > last:
            path.unlink()
    contents = files.read_yaml(book / "_toc.yml")
    for part in contents["parts"]:
        part["chapters"] = without(part["chapters"], last)
    contents["parts"] = [part for part in contents["parts"] if part["chapters"]]
    kept = {
        "_toc.yml": contents,
        "data/claims.yml": [
            c for c in files.read_yaml(book / "data" / "claims.yml") if c["chapter"] <= last
        ],
        "data/quiz.yml": [
            q
            for q in files.read_yaml(book / "data" / "quiz.yml")
            if int(q["id"].split("-")[0]) <= last
        ],
    }
    for name, content in kept.items():
        (book / name).write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")


def processor(command: list[str], folder: Path) -> tuple[float, str]:
    """Seconds of processor that a command and its processes take, and what it says."""

    def used() -> float:
        mine = resource.getrusage(resource.RUSAGE_CHILDREN)
        return mine.ru_utime + mine.ru_stime

    before = used()
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    return used() - before, done.stdout + done.stderr


def copy_of(folder: Path, last: int) -> Path:
    book = folder / f"{last:02}"
    if not book.exists():
        subprocess.run(["git", "clone", "-q", "--local", notebooks.ROOT, book], check=True)
        (book / "node_modules").symlink_to(notebooks.ROOT / "node_modules")
        cut(book, last)
    return book


def size(paths) -> int:
    return sum(path.stat().st_size for path in paths if path.is_file())


def of_book(book: Path, last: int) -> dict:
    """What a book of so many chapters costs."""
    shutil.rmtree(book / "_build", ignore_errors=True)
    seconds, said = processor([sys.executable, "-c", DRAFT], book)
    html = book / "_build" / "html"
    listed = subprocess.run(["git", "ls-files"], cwd=book, capture_output=True, text=True).stdout
    there = [book / name for name in listed.splitlines() if (book / name).is_file()]
    index = html / "_static" / "search" / "sections.json"
    return {
        "build": round(seconds, 1),
        "site": size(html.rglob("*")) / 1e6,
        "search": len(gzip.compress(index.read_bytes(), 6)) / 1e3,
        "files": size(there) / 1e6,
        "archive": len(gzip.compress(b"".join(p.read_bytes() for p in there), 6)) / 1e6,
        "pages": sum(1 for _ in html.rglob("*.html")),
        "warnings": said.count("WARNING") + said.count("ERROR"),
    }


def of_chapter(book: Path, number: int) -> dict:
    """What CI runs for one chapter: its notebooks, and the tests whose names have its number."""
    run = [sys.executable, "-m", "tools.compare", "locked", str(number)]
    names = f"{number:02}- or {number:02}a or {number:02}b or {number:02}c"
    test = [sys.executable, "-m", "pytest", "-q", "-k", names, "tests"]
    seconds, said = processor(run, book)
    tested, told = processor(test, book)
    last = [text.strip().splitlines()[-1] for text in (said, told)]
    return {"notebooks": round(seconds), "tests": round(tested), "said": last}


def main() -> None:
    folder, *words = sys.argv[1:]
    folder = Path(folder).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    ROWS.touch()
    if words[0] == "chapter":
        todo = [("chapter", int(word)) for word in words[1:]]
    else:
        todo = [("chapters", int(word)) for word in words]
    there = [json.loads(line) for line in ROWS.read_text().splitlines()]
    for kind, number in todo:
        if any(row.get(kind) == number for row in there):
            continue
        whole = len(notebooks.chapters())
        book = copy_of(folder, number if kind == "chapters" else whole)
        found = of_book(book, number) if kind == "chapters" else of_chapter(book, number)
        row = {kind: number, **found}
        with ROWS.open("a") as file:
            file.write(json.dumps(row) + "\n")
        print(row, flush=True)


if __name__ == "__main__":
    main()
