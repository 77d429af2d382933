"""Measure what a chapter costs, by hand: build, site, search, repository, tests, notebooks.

`python -m tests.measure_growth FOLDER 4 8 12 18` clones the last commit into FOLDER, once a number,
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


MEASURES = {  # of a book: what it is called, its unit
    "build": ("a build from nothing", "s of processor"),
    "site": ("the site", "MB"),
    "search": ("the index of the search, compressed", "kB"),
    "contents": ("a page that says nothing of its own, compressed", "kB"),
    "files": ("the repository's files", "MB"),
    "archive": ("those files, compressed", "MB"),
    "tests": ("tests that pytest finds", ""),
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


def sent(*paths: Path) -> int:
    """Bytes of files as a server sends them, together."""
    return len(gzip.compress(b"".join(path.read_bytes() for path in paths), 6))


def weighed(book: Path) -> dict:
    """What a built book weighs, and how many tests it has."""
    html = book / "_build" / "html"
    listed = subprocess.run(["git", "ls-files"], cwd=book, capture_output=True, text=True).stdout
    there = [book / name for name in listed.splitlines() if (book / name).is_file()]
    collect = [sys.executable, "-m", "pytest", "--collect-only", "-q"]
    found = subprocess.run(collect, cwd=book, capture_output=True, text=True)
    weighs = {
        "site": round(size(html.rglob("*")) / 1e6, 1),
        "search": round(sent(html / "_static" / "search" / "sections.json") / 1e3),
        "contents": round(sent(html / "book" / "about.html") / 1e3, 1),
        "files": round(size(there) / 1e6, 1),
        "archive": round(sent(*there) / 1e6, 1),
        "pages": sum(1 for _ in html.rglob("*.html")),
    }
    if found.returncode == 0:  # some tests name a chapter; without it pytest ends before the others
        weighs["tests"] = int(re.search(r"(\d+) tests? collected", found.stdout)[1])
    return weighs


def of_book(book: Path) -> dict:
    """What a book costs that is built from nothing."""
    shutil.rmtree(book / "_build", ignore_errors=True)
    seconds, _ = processor([sys.executable, "-c", DRAFT], book)
    return {"build": round(seconds, 1), **weighed(book)}


def of_chapter(book: Path, number: int) -> dict:
    """What CI runs for one chapter: its notebooks, and the tests whose names have its number."""
    run = [sys.executable, "-m", "tools.compare", "locked", str(number)]
    names = f"{number:02}- or {number:02}a or {number:02}b or {number:02}c"
    test = [sys.executable, "-m", "pytest", "-q", "-k", names, "tests"]
    seconds, said = processor(run, book)
    tested, told = processor(test, book)
    last = [text.strip().splitlines()[-1] for text in (said, told)]
    return {"notebooks": round(seconds), "tests": round(tested), "said": last}


def line(rows: list[dict], measure: str) -> tuple[float, float]:
    """Of the straight line through what was measured: its height at no chapter, its slope."""
    rows = [r for r in rows if measure in r]
    chapters, values = [r["chapters"] for r in rows], [r[measure] for r in rows]
    middle, mean = sum(chapters) / len(rows), sum(values) / len(rows)
    products = sum((c - middle) * (v - mean) for c, v in zip(chapters, values, strict=True))
    slope = products / sum((c - middle) ** 2 for c in chapters)
    return mean - slope * middle, slope


def table(rows: list[dict]) -> str:
    """Measured, a chapter's share, and what the line says of thirty chapters, in Markdown."""
    counts = [r["chapters"] for r in rows]
    head = ["", *(str(c) for c in counts), "a chapter more", f"drawn to {DRAWN_TO}", "ratio"]
    lines = ["| " + " | ".join(head) + " |", "|---" * len(head) + "|"]
    for measure, (name, unit) in MEASURES.items():
        base, slope = line(rows, measure)
        drawn = base + slope * DRAWN_TO
        values = [*(r.get(measure, 0) for r in rows), slope, drawn]
        told = [(f"{v:.3g}" if v < 1000 else f"{v:.0f}") if v else "–" for v in values]
        name = f"{name}, {unit}" if unit else name
        lines.append("| " + " | ".join([name, *told, f"{drawn / rows[-1][measure]:.2f}"]) + " |")
    return "\n".join(lines)


def draw(rows: list[dict]) -> None:
    """What was measured and the lines through it, each as a part of what the whole book has."""
    import matplotlib.pyplot as plt

    plt.rcParams |= {"svg.hashsalt": "growth", "svg.fonttype": "none"}
    figure, axes = plt.subplots(figsize=(4.4, 3.6), layout="constrained")
    whole = rows[-1]
    for (measure, (name, _)), mark in zip(MEASURES.items(), "os^vPX*", strict=True):
        base, slope = line(rows, measure)
        ends = [base / whole[measure], (base + slope * DRAWN_TO) / whole[measure]]
        there = [r for r in rows if measure in r]
        points = [r[measure] / whole[measure] for r in there]
        (drawn,) = axes.plot([0, DRAWN_TO], ends, linewidth=1)
        chapters = [r["chapters"] for r in there]
        axes.plot(chapters, points, mark, color=drawn.get_color(), label=name.split(",")[0])
    axes.set(xlabel="chapters", ylabel=f"part of what {whole['chapters']} chapters have", xlim=0)
    axes.set_ylim(0)
    axes.legend(fontsize=7)
    figure.savefig(FIGURE, metadata={"Date": None})


def main() -> None:
    folder, *words = sys.argv[1:]
    ROWS.touch()
    there = [json.loads(text) for text in ROWS.read_text().splitlines()]
    if words == ["table"]:
        rows = sorted((r for r in there if "chapters" in r), key=lambda r: r["chapters"])
        print(table(rows))
        draw(rows)
        return
    folder = Path(folder).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    kind = "chapter" if words[0] == "chapter" else "chapters"
    for number in map(int, words[kind == "chapter" :]):
        if any(row.get(kind) == number for row in there):
            continue
        whole = len(notebooks.chapters())
        book = copy_of(folder, number if kind == "chapters" else whole)
        found = of_book(book) if kind == "chapters" else of_chapter(book, number)
        with ROWS.open("a") as file:
            file.write(json.dumps({kind: number, **found}) + "\n")
        print(kind, number, found, flush=True)


if __name__ == "__main__":
    main()
