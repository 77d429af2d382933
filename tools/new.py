"""Lay out an empty chapter: `make new CHAPTER=11 NAME=machine-translation`.

Writes a lesson, a lab, an evidence page and a study with its rows, puts them into `_toc.yml`, and
leaves a book that passes the static checks. What is written are outlines: each says what belongs
where, and that it is not yet written.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import nbformat
import yaml

from tools import commands, notebooks
from tools.lint_pages import OUTLINE

TEMPLATES = Path(__file__).parent / "templates"
MINUTES = "about 1 minute on two cores"
PICTURE = {  # of the lab's outline
    "image": {"alt": "A dashed line falls from one towards zero over twenty steps, fast at first."},
    "figure": {"caption": "What is left of a signal after each step."},
}
FOLDED = {"jupyter": {"source_hidden": True}, "cellView": "form"}


def template(name: str, **words) -> str:
    """A text of tools/templates with its ``<words>`` filled in."""
    text = (TEMPLATES / name).read_text(encoding="utf-8")
    for word, value in words.items():
        text = text.replace(f"<{word}>", value)
    return text


def cells_of(text: str, root: Path) -> list:
    """The cells of a template: `# %% name (tag)` begins code, `# %% name [markdown]` text."""
    cells = []
    parts = re.split(r"(?m)^# %% ([a-z-]+)(?: \((\w+)\))?( \[markdown\])?\n", text)[1:]
    for name, tag, markdown, source in zip(*[iter(parts)] * 4, strict=True):
        source = source.strip("\n")
        if markdown:
            cells.append(nbformat.v4.new_markdown_cell(source, id=name))
            continue
        carried = notebooks.carried_file(name, root)
        cell = nbformat.v4.new_code_cell(
            notebooks.carried(name, root) if carried else source, id=name
        )
        if tag:
            cell.metadata["tags"] = [tag]
        if carried or tag in ("metrics", "study"):
            cell.metadata.update(FOLDED)
        if name == "picture":
            cell.metadata["mystnb"] = PICTURE
        cells.append(cell)
    return cells


def notebook(path: Path, name: str, root: Path, **words) -> None:
    """Write a notebook from a template."""
    line = notebooks.title_line(path, MINUTES, root)
    cells = cells_of(template(name, line=line, **words), root)
    path.parent.mkdir(parents=True, exist_ok=True)
    notebooks.write(path, nbformat.v4.new_notebook(cells=cells, metadata=notebooks.METADATA))


def into_contents(chapter: str, study: str, root: Path) -> None:
    """Put the chapter into `_toc.yml`, behind the last one with a smaller number."""
    path = root / "_toc.yml"
    text = path.read_text(encoding="utf-8")
    before = [c for c in notebooks.chapters(root) if c < chapter][-1]
    entry = template("contents.yml", chapter=chapter, study=study)
    found = re.search(rf"(?m)^( *)- file: book/{re.escape(before)}\n(?:\1 .*\n)*", text)
    indented = "".join(f"{found.group(1)}{line}\n" for line in entry.strip("\n").split("\n"))
    text = text[: found.end()] + indented + text[found.end() :]
    yaml.safe_load(text)
    path.write_text(text, encoding="utf-8")


def lay_out(number: int, name: str, root: Path = notebooks.ROOT) -> list[Path]:
    """Write the four files of a chapter; returns them. Raises ``SystemExit`` if it is there."""
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
        raise SystemExit(f"NAME={name!r} is not of the form machine-translation")
    if any(chapter.startswith(f"{number:02d}-") for chapter in notebooks.chapters(root)):
        raise SystemExit(f"There is a chapter {number} already.")
    chapter, study = f"{number:02d}-{name}", f"{number:02d}a-{name}"
    title = name.replace("-", " ").capitalize()
    words = {"title": title, "chapter": chapter, "study": study, "number": f"{number:02d}"}
    lesson = root / "book" / f"{chapter}.md"
    evidence = root / "book" / "evidence" / f"{chapter}.md"
    evidence.parent.mkdir(exist_ok=True)
    lesson.write_text(template("lesson.md", outline=OUTLINE, **words), encoding="utf-8")
    evidence.write_text(template("evidence.md", **words), encoding="utf-8")
    lab = root / "notebooks" / f"{chapter}.ipynb"
    path = root / "notebooks" / "studies" / f"{study}.ipynb"
    notebook(lab, "lab.py", root, **words)
    notebook(path, "study.py", root, **words)
    into_contents(chapter, study, root)
    return [lesson, evidence, lab, path]


def main() -> None:
    if len(sys.argv) != 3 or not sys.argv[1].isdigit():
        raise SystemExit("usage: make new CHAPTER=11 NAME=machine-translation")
    lesson, evidence, lab, path = lay_out(int(sys.argv[1]), sys.argv[2])
    from tools import execute, study  # they need what only a measuring machine has

    os.environ["STUDY_PID"] = str(os.getpid())
    study.run(path, jobs=1, backend="jax")
    for one in (path, lab):
        notebooks.write(one, execute.execute(one))
    for file in (lesson, lab, evidence, path):
        print(f"wrote {file.relative_to(notebooks.ROOT)}")


if __name__ == "__main__":
    commands.run(main)
