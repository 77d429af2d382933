"""Build the website into _build/html: `make book`. Warnings are errors.

Sphinx builds upon what it built before. A build that did not end well is never built upon, nor one
that other code made, nor one whose files are gone: then the next one starts anew.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

from tools import bootstrap, commands, files, locks, notebooks, results

NEEDS = "It needs about 500 MB."
MARK = "whole"  # in _build: what the last build left, when it ended well
MADE = ".doctrees", "html", "jupyter_execute"  # in _build; the last keeps the figures it has
MAKERS = (  # what makes the pages, besides their sources
    "requirements.txt",
    "package-lock.json",
    "book/_ext/**/*.py",
    "book/_templates/**/*.html",
    "tools/files.py",
    "tools/notebooks.py",
    "tools/results.py",
    "tools/provenance.py",
)
READERS = {  # of what must be whole before anything is built
    "*.yml": files.read_yaml,
    "data/*.yml": files.read_yaml,
    "book/*.yml": files.read_yaml,
    "notebooks/**/*.ipynb": notebooks.read,
    "data/results/*.jsonl": results.load,
}
JUPYTER_BOOK = """
import gc
import sys
import tools  # which is quicker with nbformat
from jupyter_book.cli.main import main
sys.excepthook = lambda kind, error, trace: print(error, file=sys.stderr)  # Sphinx keeps it whole
gc.set_threshold(100_000)  # what a build reads stays: to search it for garbage is an eighth of it
main()
"""


def makers(root: Path) -> str:
    """A hash over the code that makes the pages."""
    digest = hashlib.sha256()
    for path in sorted(p for pattern in MAKERS for p in root.glob(pattern)):
        digest.update(f"{path.relative_to(root)}\n".encode() + path.read_bytes())
    return digest.hexdigest()


def made_of(root: Path) -> list[str]:
    """The files of the built site and the pages' sources."""
    found = [p for p in (root / "_build" / "html").rglob("*") if p.is_file()]
    found += [*(root / "book").rglob("*.md"), *notebooks.every(root)]
    return sorted(p.relative_to(root).as_posix() for p in found)


def whole(root: Path) -> bool:
    """Whether the last build ended well, by this code, and all that it made is still there."""
    try:
        mark = json.loads((root / "_build" / MARK).read_text(encoding="utf-8"))
        return mark["makers"] == makers(root) and set(mark["files"]) <= set(made_of(root))
    except (OSError, ValueError, KeyError, TypeError):
        return False


def unreadable(root: Path) -> list[str]:
    """The sources that cannot be read, one line each."""
    problems = []
    for pattern, read in READERS.items():
        for path in sorted(root.glob(pattern)):
            try:
                read(path)
            except files.Unreadable as error:
                problems.append(str(error))
    return problems


def alone(root: Path):
    """Build alone in a folder: wait while another build is at work there."""
    lock = root / "_build" / ".lock"
    return locks.alone(lock, "Another build is at work here: waiting for it ...", wait=True)


def build(root: Path = notebooks.ROOT, builder: str = "html", *, draft: bool = False) -> int:
    """Build the book with jupyter-book; returns its exit code.

    A draft is built upon anything, and nothing is built upon a draft: warnings are only printed.
    """
    problems = list(filter(None, [bootstrap.hindrance()])) or unreadable(root)
    if problems:
        print("\n".join(problems), file=sys.stderr)
        return 1
    folder = root / "_build"
    mark = folder / MARK
    with alone(root):
        if not (draft or whole(root)):
            for name in MADE:
                shutil.rmtree(folder / name, ignore_errors=True)
        mark.unlink(missing_ok=True)
        command = [sys.executable, "-c", JUPYTER_BOOK, "build", ".", "--quiet", "-n"]
        strict = [] if draft else ["-W", "--keep-going"]
        command += ["--builder", builder, *strict]
        code = subprocess.run(command, cwd=root, check=False).returncode
        if code == 0 and not draft:
            state = {"makers": makers(root), "files": made_of(root)}
            files.write(mark, json.dumps(state))
    if code and (reason := bootstrap.hindrance()):
        print(reason, file=sys.stderr)
    if code < 0:
        print(f"The build was killed by signal {-code}. Is there memory? {NEEDS}", file=sys.stderr)
    return code


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--builder", default="html", choices=["html", "linkcheck"])
    return build(builder=parser.parse_args().builder)


if __name__ == "__main__":
    commands.run(main)
