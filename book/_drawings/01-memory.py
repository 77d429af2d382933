"""The question first, or last: what must be kept."""

from grammar import Drawing

ALT = (
    "A story of four moves: Mary to the garden, John to the office, Mary to the kitchen, John to "
    "the garden. Asked first, where is Mary: beneath each move one box with who is asked about, "
    "Mary, and her place: garden, garden, kitchen, kitchen. Asked last: beneath each move four "
    "boxes, one a person, for Mary, John, Sandra and Daniel; they hold each one's place, or a "
    "dash for who has not been mentioned."
)
CAPTION = (
    "The same story, the same question. What is kept after each move: asked first, the name and "
    "one place; asked last, four places. A dash: not mentioned yet."
)
MOVES = (("Mary", "garden"), ("John", "office"), ("Mary", "kitchen"), ("John", "garden"))
PEOPLE = ("Mary", "John", "Sandra", "Daniel")


def draw():
    d = Drawing(398)
    places = (96, 166, 236, 306)
    for x, (name, place) in zip(places, MOVES, strict=True):
        d.box(x, 32, 64, 44, "", "paper", radius=6)
        d.text(x, 22, name, 13, "bold")
        d.text(x, 40, f"→ {place}", 12)
    d.text(8, 32, "story", 12, "muted", "start")
    d.text(8, 84, "the question comes first: where is Mary?", 14, "bold", "start")
    at, before = {}, None
    for x, (name, place) in zip(places, MOVES, strict=True):
        at[name] = place
        box = d.state(x, 128, ["Mary?", at["Mary"]], 56, 24, look="rnn wash", size=13)
        if before:
            d.arrow(before.east, box.west, look="rnn", width=2)
        before = box
    d.text(8, 116, "who", 12, "rnn", "start")
    d.text(8, 140, "where", 12, "rnn", "start")
    d.text(8, 192, "the question comes last: where is … ?", 14, "bold", "start")
    at, before = {}, None
    for x, (name, place) in zip(places, MOVES, strict=True):
        at[name] = place
        box = d.state(x, 282, [at.get(p, "–") for p in PEOPLE], 56, 34, look="new wash", size=13)
        if before:
            d.arrow(before.east, box.west, look="new", width=2)
        before = box
    for i, name in enumerate(PEOPLE):
        d.text(8, 282 + 34 * (i - 1.5), name, 12, "new", "start")
    told = "states: 4 × 7 = 28 if asked first, 2\u202f401 if asked last"
    d.text(8, 380, told, 12, "muted", "start")
    return d
