"""Two readers who meet at a blank."""

from itertools import pairwise

from grammar import Drawing

ALT = (
    "A sentence in seven boxes: boys, went, to the, an empty one, and, they, swam. Above the three "
    "words on the left a row of LSTM boxes runs from left to right; above the three words on the "
    "right another row runs from right to left. Both end at one box above the empty place, with a "
    "question mark."
)
CAPTION = (
    "Two readers. One comes from the beginning of the sentence, one from its end, and they meet at "
    "the blank."
)
WORDS = ("boys", "went", "to the", "", "and", "they", "swam")


def draw():
    d = Drawing(214)
    places = d.tokens(8, 190, WORDS[:3], w=46, gap=3.6, size=13)
    places += d.tokens(156.8, 190, WORDS[3:4], w=46, look="new dash paper")
    places += d.tokens(206.4, 190, WORDS[4:], w=46, gap=3.6, size=13)
    guess = d.box(places[3].x, 56, 46, 38, "?", "new wash", 20, 8, "bold")
    d.arrow(guess.south, places[3].north, look="new dash")
    for side, order in (("start", (0, 1, 2)), ("end", (6, 5, 4))):
        cells = [d.cell(places[i].x, 124, "", "lstm", 34, 34) for i in order]
        for i, cell in zip(order, cells, strict=True):
            d.arrow(places[i].north, cell.south)
        for a, b in pairwise(cells):
            if side == "start":
                d.arrow(a.east, b.west, look="lstm")
            else:
                d.arrow(a.west, b.east, look="lstm")
        near = cells[-1]
        target = guess.west if side == "start" else guess.east
        d.arrow(near.north, (near.x, target[1]), target, look="lstm")
    d.text(8, 20, "reads forwards", 13, "lstm", "start")
    d.text(352, 20, "reads backwards", 13, "lstm", "end")
    d.arrow((8, 38), (98, 38), look="lstm")
    d.arrow((352, 38), (262, 38), look="lstm")
    return d
