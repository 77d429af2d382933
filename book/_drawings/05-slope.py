"""The slope of tanh: near 1 in the middle, near 0 at the ends."""

from math import tanh

from grammar import Drawing, number

ALT = (
    "The curve of tanh, an S from minus 1 to 1, with two points and a short straight line along "
    "the curve at each. At a equal to 0.2 the line is steep: slope 0.96. At a equal to 2 it is "
    "almost level: slope 0.07. A nudge of the same width below each point becomes a tall step at "
    "the first point and hardly any at the second."
)
CAPTION = (
    "tanh passes a nudge on by its slope. Near 0 almost all of it; at the flat ends almost "
    "nothing. Large inputs push the cell to the ends."
)
LEFT, MIDDLE, ACROSS, UP = 140, 104, 62, 66


def place(a: float) -> tuple[float, float]:
    return LEFT + ACROSS * a, MIDDLE - UP * tanh(a)


def draw():
    d = Drawing(206)
    d.arrow((10, MIDDLE), (350, MIDDLE), look="faint", head=False)
    d.arrow((LEFT, 190), (LEFT, 18), look="faint", head=False)
    curve = [place(-2.1 + 0.1 * n) for n in range(54)]
    d.path("M" + "L".join(f"{number(x)} {number(y)}" for x, y in curve), "rnn thick")
    for a, half, words, at in (
        (0.2, 0.55, "slope 0.96", (LEFT + 48, 132)),
        (2.0, 0.75, "slope 0.07", (LEFT + 124, 62)),
    ):
        (x, y), slope = place(a), 1 - tanh(a) ** 2
        dx, dy = ACROSS * half, UP * half * slope
        d.arrow((x - dx, y + dy), (x + dx, y - dy), look="new", width=3, head=False)
        d.element("circle", "new solid", cx=x, cy=y, r=5)
        d.text(*at, words, 14, "new bold", "start")
        d.text(at[0], at[1] + 18, f"at $a$ = {a:g}", 13, "muted", "start")
    d.text(344, MIDDLE + 14, "$a$", 16, "muted", "end")
    d.text(LEFT - 26, 38, "tanh $a$", 15, "rnn", "end")
    d.text(LEFT - 8, MIDDLE - UP, "1", 13, "muted", "end")
    d.text(LEFT + 8, MIDDLE + UP, "−1", 13, "muted", "start")
    return d
