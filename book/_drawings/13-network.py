"""From words to three chances: a Bi-LSTM that answers once."""

from itertools import pairwise

from grammar import Drawing

ALT = (
    "Four words below, not a bad film, and two hatched places of padding. A chain of LSTM cells "
    "runs to the right over the four words, a second chain above it to the left from the fourth "
    "word. The padding has no cells. Arrows in the highlight's colour lead from the last cell of "
    "each chain, film for the first and not for the second, to a layer Dense, and above it stand "
    "three bars: negative, neutral and positive."
)
CAPTION = (
    "One answer for each sentence: both LSTMs hand over what they hold when they are done, at "
    "opposite ends. The mask keeps them out of the padding."
)


def draw():
    d = Drawing(330)
    words = d.tokens(8, 300, ("not", "a", "bad", "film", "", ""), w=54, h=30, gap=4, size=15)
    for word in words[4:]:
        d.hatch(word)
    places = [word.x for word in words[:4]]
    forward = [d.cell(x, 240, "", "lstm", 40, 30) for x in places]
    backward = [d.cell(x, 172, "", "lstm", 40, 30) for x in places]
    for a, b in pairwise(forward):
        d.arrow(a.east, b.west)
    for a, b in pairwise(backward):
        d.arrow(b.west, a.east)
    for word, cell, upper in zip(words, forward, backward, strict=False):
        d.arrow(word.north, cell.south)
        x = cell.x + 25
        d.arrow((cell.x, 268), (x, 268), (x, 204), (cell.x, 204), upper.south, look="muted", bend=5)
    dense = d.layer(160, 92, "Dense", 96, 34)
    d.arrow(backward[0].north, (places[0], 92), dense.west, look="new")
    d.arrow(forward[3].east, (258, 240), (258, 92), dense.east, look="new")
    d.text(300, 172, "done here:", 13, "new")
    d.text(300, 190, "two states", 13, "new")
    for x, high, name in ((92, 12, "negative"), (160, 18, "neutral"), (228, 34, "positive")):
        d.box(x, 46 - high / 2, 34, high, "", "wash", radius=2)
        d.text(x, 58, name, 12, "muted")
    return d
