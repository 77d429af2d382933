"""The puzzle: four numbers, two of them marked, and two doors a step for the reader to set."""

from grammar import Drawing
from parts import FOUR

ALT = (
    "A line runs from left to right, a memory that holds one number; it starts with 0. Below it "
    "four numbers come in, one a step: 1, minus 1, minus 1 and 1. The first and the third are "
    "marked by colour. At each step a door with a question mark stands on the line, labelled keep, "
    "and another one between the number and the line, labelled let in. At the end of the line "
    "stands a question mark."
)
CAPTION = (
    "A memory for one number. Coloured numbers are marked. Each door may be shut (0), open (1), or "
    "anything between."
)


def draw():
    d = Drawing(214)
    line, doors, tokens = 74, 128, 182
    d.text(8, 26, "memory", 12, "lstm", "start")
    d.text(8, 52, "keep", 12, "muted", "start")
    d.text(8, doors, "let in", 12, "muted", "start")
    d.text(18, line, "0", 15, "lstm bold")
    d.arrow((26, line), (334, line), look="lstm", width=2.5)
    d.text(346, line, "?", 17, "lstm bold")
    for t, (number, marked) in enumerate(FOUR):
        x = 94 + 72 * t
        d.gate(x - 34, line, "?", 24, 28)
        door = d.gate(x, doors, "?", 28, 24)
        look = "new wash thick" if marked else "paper"
        (token,) = d.tokens(x - 20, tokens, [f"{number}".replace("-", "−")], w=40, look=look)
        d.arrow(token.north, door.south)
        d.arrow(door.north, (x, line), gap=4)
        d.dot(x, line, "lstm")
        d.text(x, 206, f"{t + 1}", 12, "muted")
    d.text(8, 206, "step", 12, "muted", "start")
    return d
