"""A bidirectional layer over four steps."""

from itertools import pairwise

from grammar import Drawing

ALT = (
    "Four inputs, x 1 to x 4, at the bottom. Each goes up into two LSTM boxes, one in a lower row "
    "whose arrows run to the right, and one in an upper row whose arrows run to the left. Above "
    "each step both boxes lead into one Dense box, which gives the answer y. All that the answer "
    "at step 2 can know is marked: forwards, the boxes 1 and 2; backwards, the boxes 4, 3 and 2."
)
CAPTION = (
    "Two LSTMs with weights of their own. Their states stand side by side at each step, and one "
    "`Dense` layer reads both. Marked: the way of each input to the answer at step 2."
)


def draw():
    d = Drawing(312)
    xs = (104, 180, 256, 332)
    inputs = [
        d.box(x - 15, 292, 40, 28, f"$x_{t}$", "paper", 16, 5) for t, x in enumerate(xs, start=1)
    ]
    forward, backward = [], []
    for t, x in enumerate(xs, start=1):
        with d.look("ink" if t <= 2 else "ghost"):
            forward.append(d.cell(x - 30, 222, "", "lstm", 32, 34))
        with d.look("ink" if t >= 2 else "ghost"):
            backward.append(d.cell(x, 142, "", "lstm", 32, 34))
    for t, (a, b) in enumerate(pairwise(forward), start=1):
        d.arrow(a.east, b.west, look="new" if t == 1 else "ghost", width=2.2 if t == 1 else 1.5)
    for t, (a, b) in enumerate(pairwise(backward), start=1):
        live = t >= 2
        d.arrow(b.west, a.east, look="new" if live else "ghost", width=2.2 if live else 1.5)
    for t, (given, f, b) in enumerate(zip(inputs, forward, backward, strict=True), start=1):
        x = given.x
        d.arrow((f.x, given.y - 14), f.south, look="new" if t <= 2 else "ghost")
        d.arrow((b.x, given.y - 14), b.south, look="new" if t >= 2 else "ghost")
        look = "new wash" if t == 2 else "muted paper"
        dense = d.layer(x, 72, "Dense", 60, 30, look)
        way = "new" if t == 2 else "ghost"
        d.arrow(f.north, (f.x, 87), look=way)
        d.arrow(b.north, (b.x, 87), look=way)
        d.arrow(dense.north, (x, 32), look=way)
        d.text(x, 18, f"$y_{t}$", 16, "new" if t == 2 else "muted")
    d.text(3, 292, "input", 12, "muted", "start")
    d.text(3, 194, "forwards", 12, "lstm", "start")
    d.text(3, 114, "backwards", 12, "lstm", "start")
    d.text(3, 18, "answer", 12, "muted", "start")
    return d
