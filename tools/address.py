"""Give the book its address: `make address REPO=owner/name`.

Rewrites the one setting in `_config.yml` and everything that follows from it: the links under the
notebooks' titles, README.md and CITATION.cff. The pages take it from `_config.yml` when they are
built.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from tools import commands, files, notebooks

TEXTS = ("README.md", "CITATION.cff", "CONTRIBUTING.md", "_config.yml")  # the setting last


def give(repo: str, root: Path = notebooks.ROOT) -> None:
    """Set the repository to ``owner/name``. Raises ``SystemExit`` for any other form.

    What cannot be read changes nothing; what was stopped half-way is finished by doing it again.
    """
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9._-]+", repo) or repo.endswith(".git"):
        raise SystemExit(f"{repo!r} is not of the form owner/name")
    old, new = notebooks.repository(root), f"https://github.com/{repo}"
    folder = re.compile(rf"&& cd {re.escape(old.split('/')[-1])}\b")
    books = {path: notebooks.read(path) for path in notebooks.every(root)}
    for name in TEXTS:
        path = root / name
        text = path.read_text(encoding="utf-8").replace(old, new)
        text = text.replace(notebooks.site(old), notebooks.site(new))
        files.write(path, folder.sub(f"&& cd {repo.split('/')[1]}", text))
    for path, notebook in books.items():
        lines = notebook.cells[0].source.split("\n")
        lines[2] = notebooks.title_line(path, notebooks.minutes(notebook), root)
        notebook.cells[0].source = "\n".join(lines)
        notebooks.write(path, notebook)
    print(f"The book's address is {new}; its pages will be at {notebooks.site(new)}")


if __name__ == "__main__":
    commands.run(lambda: give(sys.argv[1] if len(sys.argv) > 1 else ""))
