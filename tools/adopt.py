"""Give the book its address: `make adopt REPO=owner/name`.

Rewrites the one setting in `_config.yml` and everything that follows from it: the links under the
labs' titles, README.md and CITATION.cff. The pages take it from `_config.yml` when they are built.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import labs
from check_notebooks import chapters

TEXTS = ("_config.yml", "README.md", "CITATION.cff")


def adopt(repo: str, root: Path = labs.ROOT) -> None:
    """Set the repository to ``owner/name``. Raises ``SystemExit`` for any other form."""
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9._-]+", repo):
        raise SystemExit(f"{repo!r} is not of the form owner/name")
    old, new = labs.repository(root), f"https://github.com/{repo}"
    for name in TEXTS:
        path = root / name
        text = path.read_text(encoding="utf-8").replace(old, new)
        path.write_text(text.replace(labs.site(old), labs.site(new)), encoding="utf-8")
    for path in labs.all_labs(root):
        notebook = labs.read(path)
        lines = notebook.cells[0].source.split("\n")
        chapter = next(c for c in chapters(root) if c[:2] == path.stem[:2])
        lines[2] = labs.title_line(path.stem, lines[2].split(" · ")[-1], chapter, new)
        notebook.cells[0].source = "\n".join(lines)
        labs.write(path, notebook)
    print(f"The book's address is {new}; its pages will be at {labs.site(new)}")


if __name__ == "__main__":
    adopt(sys.argv[1] if len(sys.argv) > 1 else "")
