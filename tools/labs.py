"""The labs as files: where they are, what their cells are called, which address the book has."""

from __future__ import annotations

import ast
import hashlib
import re
from pathlib import Path

import nbformat
import yaml

ROOT = Path(__file__).resolve().parents[1]
SETUP = (Path(__file__).parent / "setup_cell.py").read_text(encoding="utf-8").rstrip("\n")
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
PLACEHOLDER_OWNER = "your_name"


def all_labs(root: Path = ROOT) -> list[Path]:
    """Every lab of the book, in order."""
    return sorted((root / "notebooks").glob("[0-9]*.ipynb"))


def find(number: str, root: Path = ROOT) -> list[Path]:
    """The labs that a number names: "5", "05", "05-vanishing-gradients"; "08b" is one of several.

    Raises ``SystemExit`` with the list of labs when there is none.
    """
    wanted = re.sub(r"^(\d)(?!\d)", r"0\1", Path(number).stem)
    found = [p for p in all_labs(root) if re.match(rf"{re.escape(wanted)}(?![0-9])", p.stem)]
    if not found:
        known = ", ".join(p.stem for p in all_labs(root))
        raise SystemExit(f"There is no lab {number!r}. The labs are: {known}")
    return found


def read(path: Path) -> nbformat.NotebookNode:
    return nbformat.read(path, as_version=4)


def write(path: Path, notebook: nbformat.NotebookNode) -> None:
    path.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8")


def tags(cell) -> list[str]:
    return cell.metadata.get("tags", [])


def tagged(notebook, tag: str) -> list:
    """The code cells that carry a tag, in order."""
    return [c for c in notebook.cells if c.cell_type == "code" and tag in tags(c)]


def literal(cells, name: str):
    """The value of the literal assignment ``name = …`` in some code cells.

    Raises ``KeyError`` when there is none and ``ValueError`` when it is not a literal.
    """
    for cell in cells:
        for node in ast.walk(ast.parse(cell.source)):
            if isinstance(node, ast.Assign) and any(
                isinstance(t, ast.Name) and t.id == name for t in node.targets
            ):
                return ast.literal_eval(node.value)
    raise KeyError(name)


def carried(name: str, root: Path = ROOT) -> str | None:
    """What a cell of this name must hold: the setup cell, or a generator from ``data/``.

    ``data-tunes`` carries ``data/tunes.py``. ``None`` for all other names.
    """
    if name == "setup":
        return SETUP
    if name.startswith("data-"):
        return (root / "data" / f"{name[5:]}.py").read_text(encoding="utf-8").rstrip("\n")
    return None


def refresh(notebook: nbformat.NotebookNode, root: Path = ROOT) -> nbformat.NotebookNode:
    """Put the setup cell and the generators into a lab as they are now."""
    for cell in notebook.cells:
        cell.source = carried(cell.id, root) or cell.source
    return notebook


def experiment_hash(notebook) -> str:
    """SHA-256 over the experiment cells: rows measured by other code are stale."""
    source = "\n\n".join(c.source.strip() for c in tagged(notebook, "experiment"))
    return hashlib.sha256(source.encode()).hexdigest()


def repository(root: Path = ROOT) -> str:
    """The repository's address, from ``_config.yml``."""
    config = yaml.safe_load((root / "_config.yml").read_text(encoding="utf-8"))
    return config["repository"]["url"].rstrip("/")


def adopted(address: str) -> bool:
    """Whether the address is a real one, so that pages may link to it."""
    return f"/{PLACEHOLDER_OWNER}/" not in address


def site(address: str) -> str:
    """Where the book is published: the Pages address that follows from the repository's."""
    owner, name = address.rstrip("/").split("/")[-2:]
    return f"https://{owner}.github.io/{name}"


def title_line(stem: str, minutes: str, chapter: str, address: str) -> str:
    """The line under a lab's title, which `make adopt` turns from local to published links."""
    number = int(re.match(r"\d+", stem).group())
    if not adopted(address):
        return f"[Chapter {number}](../book/{chapter}.md) · {minutes}"
    colab = "https://colab.research.google.com/github/" + "/".join(address.split("/")[-2:])
    return (
        f"[Open in Colab]({colab}/blob/main/notebooks/{stem}.ipynb) · "
        f"[Chapter {number}]({site(address)}/book/{chapter}.html) · {minutes}"
    )
