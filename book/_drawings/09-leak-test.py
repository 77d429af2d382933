"""The leak test: change what comes later, and look at what was predicted before."""

from grammar import Drawing

ALT = (
    "Two rows of six letters. The first four, t h e and a blank, are the same in both; the last "
    "two differ: s and e above, c and a below, marked. From the fourth letter of each row an arrow "
    "leads to a prediction, and a dashed line joins the two predictions: the same means honest, "
    "another means that the model peeks."
)
CAPTION = (
    "Change only what comes later. If a prediction made before changes, the model has read the "
    "future."
)
ROWS = ("the se", "the ca")


def draw():
    d = Drawing(262)
    guesses = []
    for row, text in enumerate(ROWS):
        y = 40 if row == 0 else 222
        boxes = d.tokens(16, y, text[:4], w=38, gap=5, mono=True)
        boxes += d.tokens(16 + 43 * 4, y, text[4:], w=38, gap=5, mono=True, look="new wash")
        up = 1 if row == 0 else -1
        guess = d.box(boxes[3].x, y + 52 * up, 92, 30, "prediction", "paper", 13, 8)
        d.arrow(boxes[3].at(0, up), guess.at(0, -up))
        guesses.append(guess)
        label = y - 26 * up
        d.bracket(boxes[4].x - 19, boxes[5].x + 19, y - 17 * up, "", "above" if up > 0 else "below")
        d.text(boxes[4].x + 21, label - 6 * up, "as it was" if row == 0 else "changed", 13, "new")
    top, low = guesses
    d.arrow(top.south, low.north, head=False, look="muted dash")
    d.text(top.x + 60, 118, "the same: honest", 13, "", "start")
    d.text(top.x + 60, 144, "another: it peeks", 13, "new", "start")
    return d
