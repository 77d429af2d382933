"""The France sentence: the clue, the question, and the way between them."""

from grammar import Drawing

ALT = (
    "The sentence: I had a good time in France. I also learned to speak some, and a blank. France "
    "is marked as the clue, the blank as the question. The words after France are counted from 1, "
    "the full stop, to 8, the blank."
)
CAPTION = "The clue and the question: eight steps lie between them, counting the full stop."
FIRST = "I had a good time in France .".split()
SECOND = [*"I also learned to speak some".split(), "?"]


def draw():
    d = Drawing(212)
    first = d.tokens(8, 54, FIRST[:-2], size=13, gap=3)
    x = first[-1].east[0] + 3
    (clue,) = d.tokens(x, 54, ["France"], size=13, look="new wash")
    (stop,) = d.tokens(clue.east[0] + 3, 54, ["."], size=13)
    second = d.tokens(8, 142, SECOND[:-1], size=13, gap=3)
    (blank,) = d.tokens(second[-1].east[0] + 3, 142, ["?"], w=44, size=13, look="new dash thick")
    d.text(clue.x, 24, "the clue", 13, "new")
    d.text(blank.x, 112, "the question", 13, "new")
    for k, box in enumerate([stop, *second, blank], 1):
        d.text(box.x, box.y + 26, str(k), 13, "new bold" if k == 8 else "muted")
    d.text(8, 198, "steps after the clue", 12, "muted", "start")
    return d
