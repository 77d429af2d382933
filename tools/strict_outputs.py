"""A pytest plugin that makes nbval strict: `pytest -p tools.strict_outputs --nbval …`.

Plain nbval accepts a swapped or missing figure, outputs in another order, wrong execution counts
and deleted outputs. This layer lints a lab before it runs (`lint_notebooks.lint`), then compares
the kind and order of the outputs and the figures themselves. It replaces two methods of nbval 0.11;
a test fails loudly when they move. A lab whose downloaded data are not on this machine is skipped.
"""

from __future__ import annotations

import base64
import io

import nbval.plugin
import numpy as np
import pytest
from PIL import Image

from tools import downloads, notebooks
from tools.lint_notebooks import lint

# Calibrated: the same lab on matplotlib 3.10 and 3.11 differs by 0.017; another plot by 0.4.
FIGURE_RMS = 0.06
FIGURE_SIZE = 0.03


def _grey(png: str) -> Image.Image:
    return Image.open(io.BytesIO(base64.b64decode(png))).convert("L")


def figure_difference(reference: str, fresh: str) -> str | None:
    """What tells two base64 PNGs apart, or None when they agree within the tolerances above."""
    a, b = _grey(reference), _grey(fresh)
    if any(abs(p - q) > max(8, FIGURE_SIZE * p) for p, q in zip(a.size, b.size, strict=True)):
        return f"figure size {a.size} -> {b.size}"
    pixels = [np.asarray(image.resize((64, 64)), float) / 255 for image in (a, b)]
    rms = float(np.sqrt(np.mean((pixels[0] - pixels[1]) ** 2)))
    return f"figure differs by {rms:.3f}" if rms > FIGURE_RMS else None


def _kinds(outputs) -> list:
    return [(o.output_type, o.get("name"), sorted(o.get("data", {}))) for o in outputs]


def difference(fresh, reference) -> str | None:
    """The first difference in kind, order or figure between two lists of outputs, or None."""
    if _kinds(reference) != _kinds(fresh):
        return f"outputs {_kinds(reference)} -> {_kinds(fresh)}"
    for old, new in zip(reference, fresh, strict=True):
        if "image/png" in old.get("data", {}):
            found = figure_difference(old["data"]["image/png"], new["data"]["image/png"])
            if found:
                return found
    return None


_compare, _collect = nbval.plugin.IPyNbCell.compare_outputs, nbval.plugin.IPyNbFile.collect


def _compare_strictly(self, test, ref, skip_compare=None):
    found = difference(test, ref)
    if found:
        self.comparison_traceback = [found]
        return False
    return _compare(self, test, ref, skip_compare)


def _collect_strictly(self):
    problems = lint(self.path)
    if problems:
        raise self.CollectError("\n".join(problems))
    absent = ", ".join(d.name for d in downloads.missing(notebooks.read(self.path)))
    if absent:
        pytest.skip(f"{self.path.name} was not run: no {absent}", allow_module_level=True)
    yield from _collect(self)


nbval.plugin.IPyNbCell.compare_outputs = _compare_strictly
nbval.plugin.IPyNbFile.collect = _collect_strictly
