"""The path through an LSTM's cell state: nothing but a product with f."""

from itertools import pairwise

from grammar import Drawing

ALT = (
    "Four LSTM boxes in a row, ghosted inside but for one line that runs through all of them: the "
    "cell state, from c 0 to c 4. In each box the line meets a times sign, fed from below by the "
    "forget gate f 1 to f 4, and a plus sign. Below the boxes an arrow in another colour leads "
    "back from right to left, almost as thick at its end as at its beginning; it is labelled f 4, "
    "f 3, f 2, f 1."
)
CAPTION = (
    "The way back along the cell state. On this path each step multiplies by its forget gate "
    "alone; with gates near 1 the gradient arrives."
)


def draw():
    d = Drawing(226)
    line, pitch, first = 64, 76, 66
    xs = [first + pitch * t for t in range(4)]
    for x in xs:
        d.cell(x, 84, "", "lstm", 68, 92)
    d.arrow((10, line), (350, line), look="lstm", width=2.5)
    for t, x in enumerate(xs, 1):
        gate = d.gate(x - 15, 110, f"$f_{t}$", 30, 26)
        times = d.node(x - 15, line, "×")
        d.arrow(gate.north, times.south)
        with d.look("ghost"):
            other = d.gate(x + 17, 110, "", 22, 26)
            plus = d.node(x + 17, line, "+")
            d.arrow(other.north, plus.south)
    d.text(17, line - 20, "$c_0$", 17, "lstm")
    d.text(344, line - 20, "$c_4$", 17, "lstm")
    d.text(180, 20, "the cell state", 13, "lstm")
    width, ends = 6.0, [350, *(x - 32 for x in reversed(xs))]
    for t, (a, b) in zip((4, 3, 2, 1), pairwise(ends), strict=True):
        d.arrow((a - 4, 158), (b, 158), look="new", width=width)
        d.text(xs[t - 1] - 15, 182, f"$× f_{t}$", 16, "new")
        width *= 0.93
    d.text(180, 210, "the gradient, on its way back", 13, "new")
    return d
