"""The notebooks as files: their kinds, their cells, what they carry, where they are published.

A lab, ``notebooks/NN-name.ipynb``, is a program for a reader; ``APART`` are labs of no chapter. A
study, ``notebooks/studies/NNx-name.ipynb``, measures the rows of ``data/results/NNx-name.jsonl``.
Exercises, ``notebooks/exercises/NN-name.ipynb`` and the same in ``solved/``, are generated.
"""

from __future__ import annotations

import ast
import functools
import re
from pathlib import Path

import nbformat

from tools import files

ROOT = Path(__file__).resolve().parents[1]
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
PLACEHOLDER_OWNER = "your_name"
APART = {"bridge": "Notation"}  # labs of no chapter: the page of the back matter that leads to them


def labs(root: Path = ROOT) -> list[Path]:
    """Every lab of the book: those of the chapters in order, then the others."""
    return sorted((root / "notebooks").glob("*.ipynb"))


def studies(root: Path = ROOT) -> list[Path]:
    """Every study of the book, in order."""
    return sorted((root / "notebooks" / "studies").glob("[0-9][0-9][a-z]-*.ipynb"))


def exercises(root: Path = ROOT) -> list[Path]:
    """The exercise notebooks, then the solved ones, in order."""
    folder = root / "notebooks" / "exercises"
    return sorted(folder.glob("[0-9][0-9]-*.ipynb")) + sorted(folder.glob("solved/*.ipynb"))


def every(root: Path = ROOT) -> list[Path]:
    """Labs, then studies, then exercises."""
    return labs(root) + studies(root) + exercises(root)


def is_study(path: Path) -> bool:
    return path.parent.name == "studies"


def is_exercise(path: Path) -> bool:
    return path.parent.name in ("exercises", "solved")


def root_of(path: Path) -> Path:
    """The root of the book that a notebook is in."""
    return next(p.parent for p in path.parents if p.name == "notebooks")


def chapters(root: Path = ROOT) -> list[str]:
    """Names of the book's lessons, without suffix: "05-vanishing-gradients"."""
    return [p.stem for p in sorted((root / "book").glob("[0-9][0-9]-*.md"))]


def find(number: str, root: Path = ROOT) -> list[Path]:
    """The notebooks that a number names: "8" or "08" a whole chapter's, "08b" one study.

    A whole name, "08-lstm-in-keras", names that notebook. Raises ``SystemExit`` with what there is
    when there is none.
    """
    wanted = re.sub(r"^(\d)(?!\d)", r"0\1", Path(number).stem)
    pattern = re.escape(wanted) + ("[a-z]?(?:-|$)" if wanted.isdigit() else "(?:-|$)")
    found = [p for p in every(root) if re.match(pattern, p.stem)]
    if not found:
        known = ", ".join(sorted({p.stem.split("-")[0] for p in every(root)}))
        raise SystemExit(f"There is no notebook {number!r}. The notebooks are: {known}")
    return found


def find_studies(number: str, root: Path = ROOT) -> list[Path]:
    """The studies among the notebooks that a number names. Raises ``SystemExit`` if none."""
    found = [p for p in find(number, root) if is_study(p)]
    if not found:
        raise SystemExit(f"{number!r} names no study")
    return found


def read(path: Path) -> nbformat.NotebookNode:
    """A notebook. Raises ``files.Unreadable``."""
    try:
        return nbformat.read(path, as_version=4)
    except (UnicodeDecodeError, nbformat.reader.NotJSONError) as error:
        raise files.Unreadable(path, error) from error


def write(path: Path, notebook: nbformat.NotebookNode) -> None:
    files.write(path, nbformat.writes(notebook) + "\n")


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


def carried_file(name: str, root: Path = ROOT) -> Path | None:
    """The file whose text a cell of this name must hold; ``None`` for all other names.

    ``setup`` and ``shared-NAME`` carry files of ``notebooks/studies/carried``, ``data-NAME`` a
    generator of ``data/generators``.
    """
    if name == "setup" or name.startswith("shared-"):
        return root / "notebooks" / "studies" / "carried" / f"{name.removeprefix('shared-')}.py"
    if name.startswith("data-"):
        return root / "data" / "generators" / f"{name.removeprefix('data-')}.py"
    return None


def carried(name: str, root: Path = ROOT) -> str | None:
    """What a cell of this name must hold, or ``None`` when it is the notebook's own."""
    file = carried_file(name, root)
    return file.read_text(encoding="utf-8").rstrip("\n") if file else None


def refresh(notebook: nbformat.NotebookNode, root: Path = ROOT) -> nbformat.NotebookNode:
    """Put the carried files into a study as they are now."""
    for cell in notebook.cells:
        cell.source = carried(cell.id, root) or cell.source
    return notebook


def setting(name: str, root: Path = ROOT) -> str:
    """The repository's ``url`` or ``branch``, from ``_config.yml``."""
    path = root / "_config.yml"
    return _config(path, path.stat().st_mtime_ns)["repository"][name].rstrip("/")


@functools.lru_cache(maxsize=4)
def _config(path: Path, modified: int) -> dict:
    return files.read_yaml(path)


def repository(root: Path = ROOT) -> str:
    """The repository's address, from ``_config.yml``."""
    return setting("url", root)


def adopted(address: str) -> bool:
    """Whether the address is a real one, so that pages may link to it."""
    return f"/{PLACEHOLDER_OWNER}/" not in address


def site(address: str) -> str:
    """Where the book is published: the Pages address that follows from the repository's."""
    owner, name = address.rstrip("/").split("/")[-2:]
    return f"https://{owner}.github.io/{name}"


def colab(path: Path, root: Path = ROOT) -> str | None:
    """The address that opens a notebook in Colab; ``None`` while the book has no address."""
    address = repository(root)
    if not adopted(address):
        return None
    where = "/".join(address.split("/")[-2:])
    place = path.relative_to(root).as_posix()
    branch = setting("branch", root)
    return f"https://colab.research.google.com/github/{where}/blob/{branch}/{place}"


def home(path: Path, root: Path = ROOT) -> tuple[str, str]:
    """What a notebook calls the page that it belongs to, and that page: "Chapter 5", "05-…"."""
    if path.stem in APART:
        return APART[path.stem], APART[path.stem].lower()
    chapter = next((c for c in chapters(root) if c[:2] == path.stem[:2]), path.stem)
    return f"Chapter {int(path.stem[:2])}", chapter


def title_line(path: Path, minutes: str, root: Path = ROOT) -> str:
    """The line under a notebook's title: Colab (with an address), its page, the minutes."""
    name, page = home(path, root)
    address = repository(root)
    up = "../" * len(path.relative_to(root).parent.parts)
    link = f"{up}book/{page}.md"
    if adopted(address):
        link = f"{site(address)}/book/{page}.html"
    parts = [f"[{name}]({link})", minutes]
    if adopted(address):
        parts.insert(0, f"[Open in Colab]({colab(path, root)})")
    return " · ".join(parts)


def minutes(notebook) -> str | None:
    """What the line under a notebook's title says about time ("about 1 minute on two cores")."""
    lines = notebook.cells[0].source.split("\n") if notebook.cells else []
    last = lines[2].split(" · ")[-1].strip() if len(lines) > 2 else ""
    return last if "minute" in last else None
