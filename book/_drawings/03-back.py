"""Backpropagation through time: the unrolled loop with the arrows turned round."""

from itertools import pairwise

from grammar import Drawing

ALT = (
    "The unrolled loop again, pale, with the arrows turned round and thick. From each loss, L 1, L "
    "2, L 3, an arrow leads down through its output layer into the box of its step. From the third "
    "box an arrow leads back to the second, and from the second to the first. The second box so "
    "receives two: one from its own guess, one from the step after it."
)
CAPTION = (
    "The way back. A state answers for its own guess, and for all that was computed from it later."
)


def draw():
    d = Drawing(292)
    places, words = (76, 188, 300), ("dog", "bites", "man")
    cells = []
    for x, word in zip(places, words, strict=True):
        cells.append(d.cell(x, 192, "RNN", "rnn", 62, 44))
        with d.look("ghost"):
            (token,) = d.tokens(x - 30, 268, [word], w=60)
            d.arrow(token.north, cells[-1].south)
    for t, (x, cell) in enumerate(zip(places, cells, strict=True), 1):
        layer = d.layer(x, 104, "Dense", 62, 30)
        loss = d.box(x, 32, 40, 28, f"$L_{t}$", "new wash", 16, 14)
        d.arrow(loss.south, layer.north, look="new", width=2.5)
        d.arrow(layer.south, cell.north, look="new", width=2.5)
    for before, after in pairwise(cells):
        d.arrow(after.west, before.east, look="new", width=4)
    d.text(132, 172, "$δ_2 W_h^T$", 15, "new")
    d.text(244, 172, "$δ_3 W_h^T$", 15, "new")
    d.text(132, 226, "from later", 12, "new")
    d.text(196, 132, "from its", 12, "new", "start")
    d.text(196, 148, "own guess", 12, "new", "start")
    return d
