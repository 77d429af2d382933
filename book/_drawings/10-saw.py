"""Two sentences that begin alike: the puzzle of chapter 10."""

from grammar import Drawing

ALT = (
    "Two sentences in rows of boxes. The first: the old saw broke. The second: the old saw the "
    "young. Above saw stands a question mark, in both. A bracket joins the first three words, "
    "which are the same: all that a reader has seen who comes from the left. Arrows from the "
    "right, in the highlight's colour, lead from all the words that follow back to saw."
)
CAPTION = (
    "The same three words, and *saw* is not the same part of speech. What decides stands to the "
    "right."
)
SENTENCES = (("the", "old", "saw", "broke"), ("the", "old", "saw", "the", "young"))


def draw():
    d = Drawing(282)
    d.bracket(10, 186, 30, "the same so far")
    for row, sentence in enumerate(SENTENCES):
        y = 100 + 114 * row
        words = d.tokens(8, y, sentence[:3], w=57, h=32, gap=4, size=15)
        rest = d.tokens(205, y, sentence[3:], w=66, h=32, gap=4, size=15, look="new wash")
        mark = d.box(words[2].x, y - 40, 26, 24, "?", "new paper", 15, 12)
        d.arrow(words[2].north, mark.south, look="muted")
        low = y + 36
        for word in rest:
            x = word.x
            d.arrow(word.south, (x, low), (words[2].x, low), words[2].south, look="new", bend=10)
        d.text((rest[-1].x + words[2].x) / 2, low + 13, "read from here", 13, "new")
    return d
