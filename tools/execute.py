"""Execute notebooks in place and write canonical outputs: `make execute NOTEBOOK=05`.

The only way outputs get into the repository. Each notebook runs alone in an empty folder, in the
same conditions as the check that compares them, and the result is byte-stable on one machine. What
a study carries is renewed first: shared files, generators, and of the rows' summaries those that it
reads.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellControlSignal, DeadKernelError
from nbval.plugin import coalesce_streams

from tools import commands, figures, kernels, notebooks, outputs, results

KEPT = ("tags", "mystnb", "jupyter", "cellView", "form", "change", "nbgrader")
RECORD_READS = Path(__file__).parent / "kernel" / "record_reads.py"


def canonical(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Drop what differs from run to run and carries no meaning; number the code cells from 1."""
    notebook.metadata = nbformat.from_dict(notebooks.METADATA)
    count = 0
    for cell in notebook.cells:
        kept = {k: cell.metadata[k] for k in KEPT if k in cell.metadata}
        cell.metadata = nbformat.from_dict(kept)
        if cell.cell_type != "code":
            continue
        count += 1
        cell.execution_count = count
        cell.outputs = coalesce_streams(cell.outputs)
        if outputs.kind(cell) == "progress":
            cell.outputs = [o for o in cell.outputs if o.get("name") != "stderr"]
        for output in cell.outputs:
            if outputs.kind(cell) == "progress" and "text" in output:
                output.text = outputs.steady(output.text)
            if "execution_count" in output:
                output.execution_count = count
            if "image/png" in output.get("data", {}):
                output.data["image/png"] = figures.smaller(output.data["image/png"])
            if "metadata" in output:
                output.metadata = nbformat.from_dict({})
    return notebook


def run(notebook: nbformat.NotebookNode, timeout: int = 600) -> nbformat.NotebookNode:
    """Run a notebook in an empty folder, as the check that compares it does.

    Raises nbclient's CellExecutionError when a cell fails.
    """
    with tempfile.TemporaryDirectory() as name:
        environment = kernels.environment("locked", Path(name))
        work = Path(name, "work")
        work.mkdir()
        where = {"metadata": {"path": str(work)}}
        client = NotebookClient(notebook, timeout=timeout, kernel_name="python3", resources=where)
        client.execute(env=environment)
    return notebook


def run_study(notebook: nbformat.NotebookNode, study: Path) -> nbformat.NotebookNode:
    """Run a study with all summaries of its rows, then keep in its cell those that it read."""
    header, rows = results.load(results.path_of(study))
    summaries = results.plain(results.summary(header, rows))
    (cell,) = notebooks.tagged(notebook, "study")
    recorder = RECORD_READS.read_text(encoding="utf-8")
    cell.source = f"import json\n\nSUMMARIES = json.loads({json.dumps(summaries)!r})\n{recorder}"
    reads = nbformat.v4.new_code_cell("import json; print(json.dumps(STUDY.reads()))", id="reads")
    notebook.cells.append(reads)
    run(notebook)
    cell.source = results.study_cell(study, json.loads(notebook.cells.pop().outputs[0].text))
    return notebook


def execute(path: Path) -> nbformat.NotebookNode:
    """A notebook with what it carries renewed, executed, its outputs canonical."""
    notebook = notebooks.refresh(notebooks.read(path), notebooks.root_of(path))
    if notebooks.is_study(path):
        return canonical(run_study(notebook, path))
    return canonical(run(notebook))


def main() -> None:
    for number in sys.argv[1:]:
        for path in notebooks.find(number):
            start = time.perf_counter()
            try:
                notebooks.write(path, execute(path))
            except (CellControlSignal, DeadKernelError) as error:
                sys.exit(f"{error}\n{path.name} stopped there (see above). It is as it was.")
            if notebooks.is_study(path):
                results.renew_labels(path)
            print(f"{path.name}: outputs rewritten in {time.perf_counter() - start:.0f} s")


if __name__ == "__main__":
    commands.run(main)
