"""The lab that carries weights from Keras to PyTorch: its judges see a wrong conversion."""

import nbformat
import pytest

from tools import notebooks, with_torch

SLIPS = {  # what is wrong: what a learner may write, in place of what stands there
    "blocks in Keras' order": ("(exchange(array, kind) for array in weights)", "weights"),
    "a bias that counts twice": ("(bias, np.zeros_like(bias))", "(bias, bias)"),
    "two biases exchanged": ("*biases]", "*biases[::-1]]"),
    "nothing comes back": (
        "(weight_ih.T, weight_hh.T, bias)]",
        "(weight_ih.T, -weight_hh.T, bias)]",
    ),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_wrong_conversion_is_seen(slip, monkeypatch):
    monkeypatch.setenv("MPLBACKEND", "agg")
    lab = notebooks.read(with_torch.LAB)
    right, wrong = SLIPS[slip]
    cells = {cell.id: cell for cell in lab.cells}
    assert right in cells["convert"].source
    cells["convert"].source = cells["convert"].source.replace(right, wrong)
    lab.cells = [
        cells[name] for name in ("one", "exchange", "convert", "equations", "torch", "judges")
    ]
    with pytest.raises(AssertionError, match=r"disagree|does not come back"):
        with_torch.run(lab)


def test_another_output_is_seen():
    stands = nbformat.v4.new_output("stream", name="stdout", text="1\n")
    cell = nbformat.v4.new_code_cell("print(2)", id="one", outputs=[stands])
    with pytest.raises(SystemExit, match="one prints\n2\nand not\n1"):
        with_torch.run(nbformat.v4.new_notebook(cells=[cell]))
