"""A sample of each of the four tasks: what goes in, what is asked."""

from grammar import Drawing

ALT = (
    "Four rows of boxes. Adding: the numbers .41, .92, .15, dots, .38 and .77, with .92 and .38 "
    "marked; asked at the end is their sum, 1.30. Recall: the letter C, then f, h, e, dots, g; "
    "asked is C. Order: b, d, X, dots, a, Y, c; asked is XY. Reber: the string B T B T S S X S E T "
    "E, its second and its last but one letter marked, both T; asked at each step is the next one."
)
CAPTION = (
    "One sample of each task; what has to be remembered is marked. The dots stand for more of the "
    "same: 50 or 60 steps in all. *Reber*: the second symbol returns as the last but one."
)


def ask(d: Drawing, y: float, text: str):
    d.arrow((274, y), (300, y), look="new")
    d.box(328, y, 48, 28, text, "new wash", 14, 6, "mono")


def row(d: Drawing, y: float, name: str, what: str, symbols, marked, w=30, size=14):
    d.text(8, y - 30, name, 14, "bold", "start")
    d.text(70, y - 30, what, 13, "muted", "start")
    x, boxes = 8, []
    for k, symbol in enumerate(symbols):
        if symbol == "…":
            d.text(x + 13, y, "· · ·", 14, "muted")
            x += 30
            continue
        look = "new wash" if k in marked else "paper"
        (box,) = d.tokens(x, y, [symbol], w=w, size=size, look=look, mono=True)
        boxes.append(box)
        x += w + 4
    return boxes


def draw():
    d = Drawing(352)
    row(
        d,
        48,
        "adding",
        "the two marked numbers",
        (".41", ".92", ".15", "…", ".38", ".77"),
        (1, 4),
        40,
    )
    ask(d, 48, "1.30")
    row(d, 132, "recall", "the first symbol", ("C", "f", "h", "e", "…", "g", "e"), (0,))
    ask(d, 132, "C")
    row(d, 216, "order", "X and Y, as they came", ("b", "d", "X", "…", "a", "Y", "c"), (2, 5))
    ask(d, 216, "XY")
    row(d, 300, "Reber", "at each step, the next symbol", "BTBTSSXSETE", (1, 9), 26)
    boxes = [8 + 30 * k + 13 for k in (1, 9)]
    d.arrow((boxes[0], 316), (boxes[0], 336), (boxes[1], 336), (boxes[1], 316), look="new", bend=8)
    return d
