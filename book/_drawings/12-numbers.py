"""Words with a number for one text only: the same in what is read and in what is to be written."""

from grammar import Drawing

ALT = (
    "Above, the words that are read: fit, spline, a bar, finds, the, knots, each with its number "
    "below it. Spline and knots are not in the table; in the highlight's colour they have the "
    "numbers 3000 and 3001. Below, the line to be written: find, knots, of, a, spline. Knots and "
    "spline have the same two numbers there, and arrows lead from the words above to them."
)
CAPTION = (
    "The table ends at 2999. *Spline* and *knots* are not in it, so they get the next two "
    "numbers, for this text alone. In the line below they have the same ones, and can be copied."
)
READ = (("fit", "1082"), ("spline", "3000"), ("|", "4"), ("finds", "1061"), ("the", "2549"))
READ += (("knots", "3001"),)
LINE = (("find", "1058"), ("knots", "3001"), ("of", "1786"), ("a", "9"), ("spline", "3000"))


def draw():
    d = Drawing(232)
    places = {}
    for y, words, w, what in ((46, READ, 52, "is read"), (176, LINE, 62, "is to be written")):
        d.text(8, y - 30, what, 13, "muted", "start")
        for i, (word, number) in enumerate(words):
            rare = number in ("3000", "3001")
            x = 8 + w / 2 + (w + 6) * i
            look = "new paper" if rare else "paper"
            places[word, y] = d.box(x, y, w, 30, word, look, 14, 5)
            d.text(x, y + 28, number, 12, "new bold" if rare else "muted")
    for word in ("spline", "knots"):
        start, end = places[word, 46], places[word, 176]
        d.arrow((start.x, start.y + 38), end.north, look="new", bend=14)
    return d
