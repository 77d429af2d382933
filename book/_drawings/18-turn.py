"""The same two cups are swapped again and again: one cell creeps to a place, one turns over."""

from math import tanh

from grammar import Drawing

ALT = (
    "Two panels over eight swaps. In the upper one a state that keeps half and adds 0.2: from "
    "0.96 and from minus 0.96 two lines run, without crossing, to 0.4, and meet. In the lower one "
    "a state that becomes the tanh of minus two times itself: both lines jump from 0.96 to minus "
    "0.96 and back, always on opposite sides."
)
CAPTION = (
    "The ball was under the left cup (filled) or under the middle one (hollow); then these two are "
    "swapped, again and again. Above, a linear cell creeps to one place, from wherever it came. "
    "Below, a cell that may turn its own state over goes on telling the two apart."
)


def panel(d: Drawing, top: float, step, look: str, lines: tuple[str, str]):
    middle, high = top + 74, 36
    d.text(8, top + 8, lines[0], 14, f"{look} bold", "start")
    d.text(352, top + 8, lines[1], 16, look, "end")
    d.path(f"M48 {middle}H350", "faint thin")
    for value in (1, 0, -1):
        d.text(38, middle - high * value, f"{value}".replace("-", "−"), 12, "muted", "end")
    for start in (0.9575, -0.9575):
        h, points = start, []
        for k in range(9):
            points.append((60 + 35 * k, middle - high * h))
            h = step(h)
        d.arrow(*points, look=look, width=1.5, head=False, bend=0)
        for x, y in points:
            d.element("circle", f"solid {look}" if start > 0 else f"paper {look}", cx=x, cy=y, r=4)


def draw():
    d = Drawing(288)
    panel(d, 6, lambda h: 0.5 * h + 0.2, "new", ("linear: it creeps", "$h ← 0.5 h + 0.2$"))
    panel(d, 132, lambda h: tanh(-2 * h), "rnn", ("SimpleRNN: it turns", "$h ← tanh(-2 h)$"))
    for k in range(9):
        d.text(60 + 35 * k, 256, f"{k}", 12, "muted")
    d.text(352, 270, "swaps", 12, "muted", "end")
    return d
