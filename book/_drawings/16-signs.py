"""A tune in letters, read sign by sign; each cell has a guess for the next sign."""

from grammar import Drawing
from parts import head, staff

ALT = (
    "Above, a staff with four notes: d, long, e, f and a bar line before them. Below it a row "
    "of boxes with the signs that write them: bar line, d, 2, e, f. Under each of the first "
    "four stands an LSTM cell in a chain that runs to the right, with what it reads below it; "
    "above each cell its guess, the next sign: d, 2, e, f."
)
CAPTION = (
    "A tune in ABC is text. Below stand the signs that are read, above the cells what should be "
    "guessed: the same signs, one place on."
)
SIGNS = ("|", "d", "2", "e", "f")


def draw():
    d = Drawing(308)
    staff(d, 20, 50, 320)
    d.path("M24 32v36", "thin")
    for x, step in ((52, 8), (192, 9), (262, 10)):
        head(d, x, 50, step)
    places = (52, 122, 192, 262)
    for x, sign in zip(places, SIGNS[1:], strict=True):
        d.tokens(x - 17, 128, [sign], w=34, look="new paper", mono=True)
    cells = d.chain(52, 202, 4, 70, "", "lstm", 46, 36)
    for cell, sign in zip(cells, SIGNS, strict=False):
        (read,) = d.tokens(cell.x - 17, 272, [sign], w=34, mono=True)
        d.arrow(read.north, cell.south)
        d.arrow(cell.north, (cell.x, 142))
    d.arrow(cells[-1].east, (318, 202))
    d.text(338, 202, "state", 12, "muted")
    d.text(338, 128, "next?", 12, "new")
    d.text(338, 272, "read", 12, "muted")
    return d
