"""A pytest plugin that makes nbval strict: `pytest -p tools.strict_outputs --nbval …`.

Plain nbval accepts a swapped or missing figure, outputs in another order, wrong execution counts
and deleted outputs. This layer lints a notebook before it runs (`lint_notebooks.lint`), compares
the kind and order of the outputs and the figures (`figures`), and knows the three kinds of cells of
a lab (`outputs`). In the locked leg a study's findings must then fail once its rows are spoilt. It
replaces three functions of nbval 0.11; a test fails loudly when they move. A notebook whose
downloaded data are not on this machine is skipped.
"""

from __future__ import annotations

import os
from collections import defaultdict
from pathlib import Path

import nbformat
import nbval.kernel
import nbval.plugin
import pytest

from tools import downloads, figures, kernels, notebooks, outputs
from tools.lint_notebooks import lint

OTHERS = ("colab", "known")  # legs with other versions of matplotlib
SPOIL = Path(__file__).parent / "kernel" / "spoil_study.py"


def _kinds(found) -> list:
    return [(o.output_type, o.get("name"), sorted(o.get("data", {}))) for o in found]


def difference(fresh, reference, same_version: bool = True) -> str | None:
    """The first difference in kind, order or figure between two lists of outputs, or None.

    A fresh SVG that agrees is replaced by the reference, for nbval compares it to the letter.
    """
    if _kinds(reference) != _kinds(fresh):
        return f"outputs {_kinds(reference)} -> {_kinds(fresh)}"
    for old, new in zip(reference, fresh, strict=True):
        for kind in figures.TYPES.keys() & old.get("data", {}).keys():
            found = figures.TYPES[kind](old["data"][kind], new["data"][kind], same_version)
            if found:
                return found
            new["data"][kind] = old["data"][kind]
    return None


def cell_difference(cell, fresh, reference) -> str | None:
    """What is wrong with the outputs of a cell of a lab whose text is not compared, or None."""
    if outputs.kind(cell) == "progress":
        said = [o for o in fresh if o.get("name") != "stderr"]
        if _kinds(said) != [("stream", "stdout", [])] or not outputs.as_seen(said[0].text).strip():
            return f"a progress cell that says {_kinds(fresh)}"
        return None
    wrong = outputs.form_problems(cell.metadata.get("form", {}), reference)
    wrong = [f"as committed: {m}" for m in wrong]
    wrong += outputs.form_problems(cell.metadata.get("form", {}), fresh)
    return "; ".join(wrong) or None


_start_kernel = nbval.kernel.start_new_kernel
_compare, _collect = nbval.plugin.IPyNbCell.compare_outputs, nbval.plugin.IPyNbFile.collect


def _compare_strictly(self, test, ref, skip_compare=None):
    compared = outputs.kind(self.cell) == "compared"
    if compared:
        found = difference(test, ref, same_version=os.environ.get("BOOK_LEG") not in OTHERS)
    else:
        found = cell_difference(self.cell, test, ref)
    if found:
        self.comparison_traceback = [found]
        return False
    return _compare(self, test, ref, skip_compare) if compared else True


def spoilt_cell(notebook):
    """A cell that runs a study's findings again on spoilt rows; it must say that they fail."""
    (findings,) = [c for c in notebook.cells if c.id == "findings"]
    source = f"FINDINGS = {findings.source!r}\n{SPOIL.read_text(encoding='utf-8')}"
    says = nbformat.v4.new_output("stream", name="stdout", text="the findings fail, as they must\n")
    return nbformat.v4.new_code_cell(source, outputs=[says], execution_count=1)


def _collect_strictly(self):
    problems = lint(self.path)
    if problems:
        raise self.CollectError("\n".join(problems))
    notebook = notebooks.read(self.path)
    absent = ", ".join(d.name for d in downloads.missing(notebook))
    if absent:
        pytest.skip(f"{self.path.name} was not run: no {absent}", allow_module_level=True)
    yield from _collect(self)
    if notebooks.is_study(self.path) and os.environ.get("BOOK_LEG") == "locked":
        options = defaultdict(bool, check=True)
        yield nbval.plugin.IPyNbCell.from_parent(
            self, name="spoilt", cell_num=-1, cell=spoilt_cell(notebook), options=options
        )


def _start_kernel_again(*names, **options):
    """Now and then a kernel never answers, nobody knows why: another takes its place, once."""
    try:
        return _start_kernel(*names, **options)
    except RuntimeError:
        return _start_kernel(*names, **options)


def pytest_configure():
    if "COMPARE_PID" in os.environ:  # what was started to compare ends with who started it
        kernels.end_with(int(os.environ["COMPARE_PID"]))


nbval.kernel.start_new_kernel = _start_kernel_again
nbval.plugin.IPyNbCell.compare_outputs = _compare_strictly
nbval.plugin.IPyNbFile.collect = _collect_strictly
