"""Run the lab `bridge` where PyTorch is installed: `make torch`.

There the lab asks PyTorch's own layers too, and fails where they disagree. What it prints must be
what stands in the notebook. Keras runs on PyTorch here: no lock holds it, and TensorFlow is not
needed.
"""

from __future__ import annotations

import contextlib
import io
import os

from tools import notebooks

LAB = notebooks.ROOT / "notebooks" / "bridge.ipynb"


def run(notebook) -> dict:
    """The names that its cells leave behind. Raises ``SystemExit`` where one prints otherwise."""
    names: dict = {}
    for cell in (cell for cell in notebook.cells if cell.cell_type == "code"):
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            exec(compile(cell.source, cell.id, "exec"), names)
        stands = "".join(output.get("text", "") for output in cell.outputs)
        if said.getvalue() != stands:
            raise SystemExit(f"{cell.id} prints\n{said.getvalue()}and not\n{stands}")
    return names


if __name__ == "__main__":
    os.environ |= {"KERAS_BACKEND": "torch", "MPLBACKEND": "agg"}
    import torch

    gaps = run(notebooks.read(LAB))["gaps"]
    print(f"PyTorch {torch.__version__}: {len(gaps)} comparisons, at most {max(gaps):.1e} apart")
