"""The unrolled chain with the gradient on its way back."""

from grammar import Drawing

ALT = (
    "Five copies of an RNN box in a row, joined by thin arrows from left to right. A loss stands "
    "over the last. Arrows in another colour lead from the loss back, over the boxes, from the "
    "last to the first. Each is thinner than the one before, and is labelled with the part that "
    "is left: 1, a half, a quarter, an eighth, a sixteenth."
)
CAPTION = (
    "The way back. Each step multiplies the gradient by a factor, here one half; after a few "
    "steps little is left."
)
LEFT = ("1", "½", "¼", "⅛", "1/16")


def draw():
    d = Drawing(240)
    cells = d.chain(34, 150, 5, 70, "", "rnn", 42, 42)
    for t, cell in enumerate(cells, 1):
        d.arrow((cell.x, 204), cell.south)
        d.text(cell.x, 220, f"$x_{t}$", 16, "muted")
    entry = cells[-1].at(0.35, -1)
    loss = d.box(entry[0] - 2, 26, 56, 30, "loss", "new wash")
    width = 7.0
    d.arrow((entry[0], loss.south[1]), entry, look="new", width=width)
    d.text(entry[0] - 16, 72, LEFT[0], 15, "new bold", "end")
    for k, (a, b) in enumerate(zip(cells[-2::-1], cells[:0:-1], strict=True), 1):
        width /= 1.75
        start, end, high = b.at(-0.4, -1), a.at(0.35, -1), 106
        d.arrow(start, (start[0], high), (end[0], high), end, look="new", width=width, bend=14)
        d.text((start[0] + end[0]) / 2, high - 16, LEFT[k], 15, "new bold")
    d.text(8, 26, "what is left of the gradient", 13, "new", "start")
    return d
