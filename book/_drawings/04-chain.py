"""The unrolled chain with a gradient that grows on its way back."""

from grammar import Drawing

ALT = (
    "Five copies of an RNN box in a row, joined by thin arrows from left to right. A loss stands "
    "over the last. Arrows in another colour lead from the loss back, over the boxes, from the "
    "last to the first. Each is thicker than the one before, and is labelled with the size of the "
    "gradient there: 1, 2, 4, 8, 16."
)
CAPTION = (
    "The way back. Each step multiplies the gradient by a factor, here 2. Nothing looks wrong at "
    "the last step; the far end shouts."
)
SIZES = ("1", "2", "4", "8", "16")


def draw():
    d = Drawing(240)
    cells = d.chain(34, 150, 5, 70, "", "rnn", 42, 42)
    for t, cell in enumerate(cells, 1):
        d.arrow((cell.x, 204), cell.south)
        d.text(cell.x, 220, f"$x_{t}$", 16, "muted")
    entry = cells[-1].at(0.35, -1)
    loss = d.box(entry[0] - 2, 26, 56, 30, "loss", "new wash")
    width = 0.9
    d.arrow((entry[0], loss.south[1]), entry, look="new", width=width)
    d.text(entry[0] - 12, 72, SIZES[0], 15, "new bold", "end")
    for k, (a, b) in enumerate(zip(cells[-2::-1], cells[:0:-1], strict=True), 1):
        width *= 1.7
        start, end, high = b.at(-0.4, -1), a.at(0.35, -1), 106
        d.arrow(start, (start[0], high), (end[0], high), end, look="new", width=width, bend=14)
        d.text((start[0] + end[0]) / 2, high - 18, SIZES[k], 15, "new bold")
    d.text(8, 26, "size of the gradient", 13, "new", "start")
    return d
