"""ROUGE by hand: two sentences whose words are shared, and the longest row in the same order."""

from grammar import Drawing

ALT = (
    "Two rows of words in boxes. Above, the output: the blues beat the reds 2 to 1. Below, the "
    "reference: the reds beat the blues 2 to 1. Lines join the, beat, the, 2, to and 1, which "
    "stand in the same order; blues and reds, in the highlight's colour, have changed places and "
    "are joined by dashed lines that cross."
)
CAPTION = (
    "Every word has its partner, so ROUGE-1 is full. ROUGE-L takes only lines that do not "
    "cross: the six straight ones, and none of the dashed."
)
OUTPUT = "the blues beat the reds 2 to 1".split()
REFERENCE = "the reds beat the blues 2 to 1".split()


def draw():
    d = Drawing(150)
    widths = (34, 50, 44, 34, 50, 26, 30, 26)
    rows = []
    for y, words in ((34, OUTPUT), (122, REFERENCE)):
        row, x = [], 12
        for word, w in zip(words, widths, strict=True):
            look = "new paper" if word in ("reds", "blues") else "paper"
            row.append(d.box(x + w / 2, y, w, 30, word, look, 14, 5))
            x += w + 6
        rows.append(row)
    for i, (above, below) in enumerate(zip(*rows, strict=True)):
        if i in (1, 4):
            d.arrow(above.south, rows[1][5 - i].north, look="new dash", head=False, gap=0)
        else:
            d.arrow(above.south, below.north, look="muted", head=False, gap=0)
    return d
