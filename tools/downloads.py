"""The data sets that notebooks download: which one needs, and whether they are on this machine.

A notebook gets its data in a cell called `download`, by `keras.utils.get_file` with three literals:
a name, an address that names a commit, and a SHA-256. Keras keeps the file and asks the network
once. Where there is no network, `$RECURRENT_DATA` may name a folder that holds the files.
"""

from __future__ import annotations

import ast
import hashlib
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tools import notebooks

PINNED = re.compile(r"https://\S+/[0-9a-f]{40}/\S+")


@dataclass(frozen=True)
class Dataset:
    """One file: its name in the cache, where it comes from, and its SHA-256 in hexadecimal."""

    name: str
    origin: str
    sha256: str

    @property
    def path(self) -> Path:
        """Where Keras keeps it: `$KERAS_HOME/datasets`, or `~/.keras/datasets`."""
        home = os.environ.get("KERAS_HOME") or Path.home() / ".keras"
        return Path(home, "datasets", self.name)

    def here(self) -> bool:
        """Whether the file is in the cache, whole."""
        return self._is(self.path)

    def _is(self, path: Path) -> bool:
        if not path.is_file():
            return False
        return hashlib.sha256(path.read_bytes()).hexdigest() == self.sha256

    def copy(self) -> bool:
        """Put the file of `$RECURRENT_DATA` into the cache, if it is the right one."""
        folder = os.environ.get("RECURRENT_DATA")
        if not folder or not self._is(Path(folder, self.name)):
            return False
        self.path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(Path(folder, self.name), self.path)
        return self.here()

    def fetch(self) -> bool:
        """Have Keras fetch the file, as the notebook would; whether it is here now."""
        asked = (self.name, self.origin, self.sha256)
        code = "import keras, sys; keras.utils.get_file(*sys.argv[1:3], file_hash=sys.argv[3])"
        command = [sys.executable, "-c", code, *asked]
        subprocess.run(command, stderr=subprocess.DEVNULL)
        return self.here()


def needed(notebook) -> list[Dataset]:
    """The files that a notebook's `download` cell asks for.

    Raises ``ValueError`` when a name, an address or a hash is missing, or is not a literal or a sum
    of literals, each of which may have a name in the cell.
    """
    found = []
    for cell in notebook.cells:
        if cell.id != "download":
            continue
        for node in ast.walk(ast.parse(cell.source)):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "get_file":
                given = {k.arg: k.value for k in node.keywords}
                given.update(zip(("fname", "origin"), node.args, strict=False))
                for name in {"fname", "origin", "file_hash"} - set(given):
                    raise ValueError(f"get_file without {name}")
                parts = [given[k] for k in ("fname", "origin", "file_hash")]
                found.append(Dataset(*(_text(part, cell) for part in parts)))
    return found


def _text(node, cell) -> str:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return _text(node.left, cell) + _text(node.right, cell)
    if isinstance(node, ast.Name):
        return notebooks.literal([cell], node.id)
    return ast.literal_eval(node)


def missing(notebook) -> list[Dataset]:
    """The files that a notebook needs and this machine does not have."""
    return [d for d in needed(notebook) if not d.here()]


def provide(paths: list[Path]) -> None:
    """Copy or fetch what notebooks need and this machine lacks, and say what is not to be had."""
    for dataset in {d for path in paths for d in missing(notebooks.read(path))}:
        if dataset.copy():
            continue
        print(f"fetching {dataset.name}", flush=True)
        if not dataset.fetch():
            print(f"{dataset.name} is not to be had from {dataset.origin}", flush=True)
