"""The puzzle: two reviews, one bag."""

from grammar import Drawing

ALT = (
    "Under the question who will come back stand two reviews. Guest 1: good food but bad staff. "
    "Guest 2: bad staff but good food. An arrow leads from each into one and the same bag, in "
    "which the five words lie in disorder: staff, good, but, food, bad."
)
CAPTION = "Two guests, two reviews, one bag of words. Which of the two comes back?"


def draw():
    d = Drawing(254)
    rows = []
    for y, name, words in (
        (44, "guest 1", "good food but bad staff"),
        (104, "guest 2", "bad staff but good food"),
    ):
        d.text(8, y, name, 12, "muted", "start")
        boxes = d.tokens(62, y, words.split(), size=14, gap=3)
        rows.append(boxes)
    d.text(8, 14, "Who will come back?", 14, "new bold", "start")
    bag = d.box(180, 204, 250, 76, "", "new wash", radius=24)
    for left, top, word in (
        (98, 190, "staff"),
        (162, 218, "good"),
        (200, 184, "but"),
        (244, 214, "food"),
        (274, 186, "bad"),
    ):
        d.text(left, top, word, 14, "new")
    (x, y), (east, middle) = rows[0][-1].east, bag.east
    d.arrow((x, y), (336, y), (336, middle), (east, middle), look="new")
    d.arrow(rows[1][2].south, (rows[1][2].x, bag.north[1]), look="new")
    return d
