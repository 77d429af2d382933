"""A chain cut into windows of four: the state crosses the seam, the gradient does not."""

from grammar import Drawing

ALT = (
    "Eight copies of an RNN box in a row, joined by arrows from left to right, in two frames of "
    "four. A loss stands over the eighth. From it arrows in another colour lead back to the "
    "eighth, seventh, sixth and fifth box, numbered 1, 2, 3 and 4, and end at the seam between the "
    "frames. An input under the fourth box is marked as the cause: no arrow reaches it. The arrow "
    "of the state crosses the seam."
)
CAPTION = (
    "Truncated at $K = 4$. The state crosses the seam from left to right; the gradient, from right "
    "to left, ends there. From the loss at step 8 it visits four steps: 8, 7, 6, 5. The cause at "
    "step 4 has lag 4, one too many."
)


def draw():
    d = Drawing(240)
    cells = d.chain(32, 132, 8, 42, "", "rnn", 28, 32)
    for cells4, name in ((cells[:4], "window 1"), (cells[4:], "window 2")):
        frame = d.window(cells4[0], cells4[-1], 6, "muted dash")
        d.text(frame.x, 172, name, 13, "muted")
    for t, cell in enumerate(cells, 1):
        look = "new bold" if t in (4, 8) else "muted"
        d.text(cell.x, 194, str(t), 13, look)
    d.text(cells[3].x, 222, "cause", 14, "bold")
    d.arrow((cells[3].x, 212), (cells[3].x, 204), head=False)
    effect, high = cells[7], 88
    entry = effect.at(0.4, -1)
    loss = d.box(entry[0] - 4, 26, 54, 30, "loss", "new wash")
    d.arrow((entry[0], loss.south[1]), entry, look="new", width=3)
    d.text(entry[0] + 8, 74, "1", 15, "new bold", "start")
    for count, (before, cell) in enumerate(zip(cells[6:3:-1], cells[7:4:-1], strict=True), 2):
        start, end = cell.at(-0.5, -1), before.at(0.4, -1)
        d.arrow(start, (start[0], high), (end[0], high), end, look="new", width=3, bend=10)
        d.text((start[0] + end[0]) / 2, high - 14, str(count), 15, "new bold")
    seam, start = (cells[3].x + cells[4].x) / 2, cells[4].at(-0.5, -1)
    d.arrow(start, (start[0], high), (seam, high), look="new", width=3, bend=8, head=False)
    d.arrow((seam, high - 14), (seam, high + 14), look="new", width=4, head=False)
    d.text(seam + 14, 58, "the gradient ends here", 13, "new bold", "end")
    return d
