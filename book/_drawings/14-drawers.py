"""A question with one word covered, and six drawers: the puzzle of chapter 14."""

from grammar import Drawing

ALT = (
    "A question in boxes: what is the name of neil armstrong 's, then a hatched box, then a "
    "question mark. An arrow with the word which leads to six drawers in two rows: description, "
    "entity, abbreviation, person, place, number."
)
CAPTION = "One word is covered. Into which drawer does the question go?"
DRAWERS = (("description", "entity", "abbreviation"), ("person", "place", "number"))


def draw():
    d = Drawing(228)
    d.tokens(20, 24, ("what", "is", "the", "name", "of"), w=60, h=30, gap=5, size=15)
    d.tokens(20, 62, ("neil",), w=60, h=30, size=15)
    d.tokens(85, 62, ("armstrong",), w=94, h=30, size=15)
    d.tokens(184, 62, ("'s",), w=27, h=30, size=15)
    (covered,) = d.tokens(215, 62, ("",), w=91, h=30, look="new paper")
    d.hatch(covered, "new thin")
    d.tokens(310, 62, ("?",), w=30, h=30, size=15)
    asked = d.node(180, 112, "which?", "new paper")
    d.arrow((180, 82), asked.north, look="new")
    d.arrow(asked.south, (180, 144), look="new")
    for row, names in enumerate(DRAWERS):
        for column, name in enumerate(names):
            x, y = 66 + 114 * column, 162 + 42 * row
            d.box(x, y, 108, 34, name, "wash", 14, 4)
    return d
