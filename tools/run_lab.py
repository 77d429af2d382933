"""Execute labs in place and write canonical outputs: `make lab LAB=05`.

The only way outputs get into the repository. Each lab runs alone in an empty folder, in the same
conditions as the check that compares them, and the result is byte-stable on one machine. The setup
cell and the generators that a lab carries are renewed first.
"""

from __future__ import annotations

import base64
import io
import os
import sys
import tempfile
import time

os.environ["PYTEST_CURRENT_TEST"] = "run_lab"  # ipykernel then captures output as under nbval

import nbformat
from nbclient import NotebookClient
from nbval.plugin import coalesce_streams
from PIL import Image

import labs

KEPT = ("tags", "mystnb")


def smaller(png: str) -> str:
    """The same figure with a palette of 256 colours: a third of the bytes, no visible change."""
    image = Image.open(io.BytesIO(base64.b64decode(png))).convert("RGB")
    target = io.BytesIO()
    palette = image.quantize(256, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    palette.save(target, "png", optimize=True)
    return base64.b64encode(target.getvalue()).decode() + "\n"


def canonical(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Drop what differs from run to run and carries no meaning; number the code cells from 1."""
    notebook.metadata = nbformat.from_dict(labs.METADATA)
    count = 0
    for cell in notebook.cells:
        kept = {k: cell.metadata[k] for k in KEPT if k in cell.metadata}
        cell.metadata = nbformat.from_dict(kept)
        if cell.cell_type != "code":
            continue
        count += 1
        cell.execution_count = count
        cell.outputs = coalesce_streams(cell.outputs)
        for output in cell.outputs:
            if "execution_count" in output:
                output.execution_count = count
            if "image/png" in output.get("data", {}):
                output.data["image/png"] = smaller(output.data["image/png"])
            if "metadata" in output:
                output.metadata = nbformat.from_dict({})
    return notebook


def execute(notebook: nbformat.NotebookNode, timeout: int = 600) -> nbformat.NotebookNode:
    """Run a notebook in an empty folder; raises nbclient's CellExecutionError when a cell fails."""
    with tempfile.TemporaryDirectory() as folder:
        where = {"metadata": {"path": folder}}
        NotebookClient(notebook, timeout=timeout, kernel_name="python3", resources=where).execute()
    return canonical(notebook)


def main() -> None:
    for number in sys.argv[1:]:
        for lab in labs.find(number):
            start = time.perf_counter()
            labs.write(lab, execute(labs.refresh(labs.read(lab))))
            print(f"{lab.name}: outputs rewritten in {time.perf_counter() - start:.0f} s")


if __name__ == "__main__":
    main()
