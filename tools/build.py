"""Build the website into _build/html: `make book`. Warnings are errors.

A build that did not end well is never built upon: it leaves no mark, and the next one starts anew.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from pathlib import Path

from tools import notebooks

MARK = "whole"  # in _build: the last build ended well


def build(root: Path = notebooks.ROOT, builder: str = "html") -> int:
    """Build the book with jupyter-book; returns its exit code."""
    folder = root / "_build"
    mark = folder / MARK
    if not mark.exists():
        for name in (".doctrees", "html"):
            shutil.rmtree(folder / name, ignore_errors=True)
    mark.unlink(missing_ok=True)
    program = Path(sys.executable).with_name("jupyter-book")
    command = [str(program), "build", ".", "--quiet", "-W", "-n", "--keep-going"]
    code = subprocess.run([*command, "--builder", builder], cwd=root, check=False).returncode
    if code == 0:
        mark.touch()
    return code


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--builder", default="html", choices=["html", "linkcheck"])
    sys.exit(build(builder=parser.parse_args().builder))


if __name__ == "__main__":
    main()
