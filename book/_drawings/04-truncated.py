"""A chain cut into windows of four: the state crosses the seam, the gradient does not."""

from grammar import Drawing

ALT = (
    "Eight copies of an RNN box in a row, joined by arrows from left to right, in two frames of "
    "four. An input under the third box is marked as the cause. A loss stands over the sixth. From "
    "it arrows in another colour lead back to the sixth and to the fifth box, and end at the seam "
    "between the frames. They never reach the third box. The arrow of the state crosses the seam."
)
CAPTION = (
    "Truncated at $K = 4$. The state crosses the seam from left to right; the gradient, from right "
    "to left, ends there. The loss at step 6 never hears of its cause at step 3."
)


def draw():
    d = Drawing(240)
    cells = d.chain(32, 132, 8, 42, "", "rnn", 28, 32)
    for cells4, name in ((cells[:4], "window 1"), (cells[4:], "window 2")):
        frame = d.window(cells4[0], cells4[-1], 6, "muted dash")
        d.text(frame.x, 172, name, 13, "muted")
    for t, cell in enumerate(cells, 1):
        look = "new bold" if t in (3, 6) else "muted"
        d.text(cell.x, 194, str(t), 13, look)
    d.text(cells[2].x, 222, "cause", 14, "bold")
    d.arrow((cells[2].x, 212), (cells[2].x, 204), head=False)
    effect, before = cells[5], cells[4]
    loss = d.box(effect.x + 6, 26, 54, 30, "loss", "new wash")
    entry = effect.at(0.4, -1)
    d.arrow((entry[0], loss.south[1]), entry, look="new", width=3)
    high, start, end = 88, effect.at(-0.5, -1), before.at(0.4, -1)
    d.arrow(start, (start[0], high), (end[0], high), end, look="new", width=3, bend=10)
    seam = (cells[3].x + before.x) / 2
    start = before.at(-0.5, -1)
    d.arrow(start, (start[0], high), (seam, high), look="new", width=3, bend=8, head=False)
    d.arrow((seam, high - 14), (seam, high + 14), look="new", width=4, head=False)
    d.text(seam - 10, 54, "the gradient ends here", 13, "new bold", "end")
    return d
