"""The gradient of a shared weight: a sum with one term for each lag."""

from grammar import Drawing

ALT = (
    "Four copies of an RNN cell in a row, and above each a square: the term with which its step "
    "enters the gradient of the shared weight. The square over the last cell is large, each one to "
    "the left is half as wide. Lines lead from all squares to one box above, the sum, about as "
    "large as the last square. Below, one box, the weight, is joined to all four cells."
)
CAPTION = (
    "One weight serves at every step, so its gradient is a sum over steps. The far terms vanish. "
    "The sum does not."
)


def draw():
    d = Drawing(284)
    cells = d.chain(58, 196, 4, 80, "RNN", "rnn", 58, 40)
    total = d.box(298, 34, 52, 44, "sum", "new wash", 14, 4, "bold")
    size = 46.0
    for k, cell in enumerate(reversed(cells)):
        term = d.box(cell.x, 124, size, size, "", "new wash", radius=3)
        start, width = term.north, 7 / 1.9**k
        if k:
            corner = 44 - 10 * k
            d.arrow(
                start, (cell.x, 12 + corner), (total.x - 26, 12 + corner), look="new", width=width
            )
        else:
            d.arrow(start, total.south, look="new", width=width)
        d.text(cell.x, 160, f"$G_{k}$", 16, "new")
        size /= 2
    d.box(178, 258, 60, 32, "$W_h$", "paper", 17, 5)
    for cell in cells:
        d.arrow((178, 242), (178, 232), (cell.x, 232), cell.south, look="muted", bend=6)
    return d
