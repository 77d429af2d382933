"""The worked example: one unit of an LSTM reads four numbers, with the numbers of every stage."""

from itertools import pairwise

from grammar import Drawing
from parts import FOUR, one_unit, two_digits

ALT = (
    "Four steps side by side, all the numbers of one LSTM unit. Below, the number that comes in: "
    "1, minus 1, minus 1, 1; the first and the third are marked. Above it the candidate, 0.96 or "
    "minus 0.96; then the input gate, 0.88 at marks and 0.12 else; then the forget gate, 0.12 at "
    "marks and 0.88 else. Each gate is a box, filled as far as the gate is open. Above them the "
    "cell state, joined by arrows: 0.85, 0.63, minus 0.77, minus 0.57. At the top the output: "
    "0.50, 0.41, minus 0.47, minus 0.37."
)
CAPTION = (
    "One unit, four steps: write, hold, overwrite, hold. A gate is filled as far as it is open. "
    "The new cell is *keep* times the old one, from the left, plus *let in* times the offer. The "
    "output gate stands at 0.73."
)


def door(d: Drawing, x: float, y: float, open_: float, look: str):
    """A gate with its number, filled from below as far as it is open."""
    w, h = 44, 28
    level = h * open_
    at = {
        "x": x - w / 2,
        "y": y + h / 2 - level,
        "width": w,
        "height": level,
        "rx": min(4, level / 2),
    }
    d.element("rect", f"solid {look}", opacity=0.22, **at)
    return d.gate(x, y, two_digits(open_), w, h, look)


def draw():
    d = Drawing(344)
    states = []
    for t, ((v, m), (i, f, _, candidate, c, h)) in enumerate(zip(FOUR, one_unit(), strict=True)):
        x = 110 + 70 * t
        look = "new wash thick" if m else "paper"
        (token,) = d.tokens(x - 22, 304, [f"{v}".replace("-", "−")], w=44, look=look)
        pill = d.box(x, 250, 52, 26, two_digits(candidate), "muted paper", 13, 13)
        d.arrow(token.north, pill.south)
        door(d, x, 204, i, "new" if m else "ink")
        door(d, x, 164, f, "new" if m else "ink")
        states.append(d.state(x, 100, [two_digits(c)], 56, 28, "lstm wash", 14))
        d.arrow((x, 150), states[-1].south, look="muted")
        d.arrow(states[-1].north, (x, 54), look="muted")
        d.text(x, 40, two_digits(h), 14, "bold")
        d.text(x, 334, f"{t + 1}", 12, "muted")
    for a, b in pairwise(states):
        d.arrow(a.east, b.west, look="lstm", width=2.5, gap=1)
    start = d.state(38, 100, ["0"], 30, 28, "muted paper")
    d.arrow(start.east, states[0].west, look="muted", gap=1)
    for y, text in ((40, "output $h_t$"), (164, "keep $f_t$"), (204, "let in $i_t$")):
        d.text(8, y, text, 12, "muted", "start")
    d.text(8, 250, "offer $~c_t$", 12, "muted", "start")
    d.text(8, 304, "in $v_t$", 12, "muted", "start")
    d.text(8, 334, "step", 12, "muted", "start")
    d.text(8, 70, "cell $c_t$", 12, "lstm", "start")
    return d
