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

import yaml

from tools import notebooks

MARK = "whole"  # in _build: what the last build left, when it ended well
MAKERS = (  # what makes the pages, besides their sources
    "requirements.txt",
    "package-lock.json",
    "book/_ext/**/*.py",
    "book/_templates/**/*.html",
    "tools/notebooks.py",
    "tools/results.py",
    "tools/provenance.py",
)
YAML = ("_config.yml", "_toc.yml", "data/claims.yml", "data/quiz.yml")


def makers(root: Path) -> str:
    """A hash over the code that makes the pages."""
    digest = hashlib.sha256()
    for path in sorted(p for pattern in MAKERS for p in root.glob(pattern)):
        digest.update(f"{path.relative_to(root)}\n".encode() + path.read_bytes())
    return digest.hexdigest()


def files(root: Path) -> list[str]:
    """The files of the built site and the pages' sources."""
    found = [p for p in (root / "_build" / "html").rglob("*") if p.is_file()]
    found += [*(root / "book").rglob("*.md"), *notebooks.every(root)]
    return sorted(p.relative_to(root).as_posix() for p in found)


def whole(root: Path) -> bool:
    """Whether the last build ended well, by this code, and all that it made is still there."""
    try:
        mark = json.loads((root / "_build" / MARK).read_text(encoding="utf-8"))
        return mark["makers"] == makers(root) and set(mark["files"]) <= set(files(root))
    except (OSError, ValueError, KeyError, TypeError):
        return False


def unreadable(root: Path) -> list[str]:
    """What is no YAML among the files that must be, one line each."""
    problems = []
    for name in YAML:
        try:
            yaml.safe_load((root / name).read_text(encoding="utf-8"))
        except (OSError, yaml.YAMLError) as error:
            problems.append(f"{name} cannot be read: {' '.join(str(error).split())}")
    return problems


def build(root: Path = notebooks.ROOT, builder: str = "html", *, draft: bool = False) -> int:
    """Build the book with jupyter-book; returns its exit code.

    A draft is built upon anything, and nothing is built upon a draft: warnings are only printed.
    """
    problems = unreadable(root)
    if problems:
        print("\n".join(problems), file=sys.stderr)
        return 1
    folder = root / "_build"
    mark = folder / MARK
    if not (draft or whole(root)):
        for name in (".doctrees", "html"):
            shutil.rmtree(folder / name, ignore_errors=True)
    mark.unlink(missing_ok=True)
    program = Path(sys.executable).with_name("jupyter-book")
    command = [str(program), "build", ".", "--quiet", "-n", "--builder", builder]
    strict = [] if draft else ["-W", "--keep-going"]
    code = subprocess.run([*command, *strict], cwd=root, check=False).returncode
    if code == 0 and not draft:
        state = {"makers": makers(root), "files": files(root)}
        new = mark.with_suffix(".new")
        new.write_text(json.dumps(state), encoding="utf-8")
        new.replace(mark)
    return code


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--builder", default="html", choices=["html", "linkcheck"])
    try:
        code = build(builder=parser.parse_args().builder)
    except KeyboardInterrupt:
        code = 130
    except OSError as error:
        code = f"The book could not be built: {error}"
    sys.exit(code)


if __name__ == "__main__":
    main()
