"""Two sentences in a batch: costs, sample weights, and by what the sum is divided."""

from grammar import Drawing

ALT = (
    "A table of two sentences in four columns. The first, they work here and a full stop, costs "
    "0.2, 1.0, 0.4 and 0.4. The second, good work, costs 0.6 and 0.4; its last two places are "
    "padding, hatched, with 3.0 each. Below each cost stands its weight: 1 for the six words, 0 "
    "for the two places of padding. At the bottom three means: all eight places 1.125, weights and "
    "eight places 0.375, a mask, with weights or not, and six words 0.5, which is highlighted."
)
CAPTION = (
    "What each tag costs, and its weight. Eight places, six words. Weights stop the padding from "
    "being added up; the mask also stops it from being counted."
)
ROWS = (
    (("they", "work", "here", "."), ("0.2", "1.0", "0.4", "0.4"), "1111"),
    (("good", "work", "", ""), ("0.6", "0.4", "3.0", "3.0"), "1100"),
)
MEANS = (
    ("all eight places", "9.0 / 8 = 1.125", ""),
    ("weights, no mask", "3.0 / 8 = 0.375", ""),
    ("a mask, weights or not", "3.0 / 6 = 0.5", "new"),
)


def draw():
    d = Drawing(372)
    for row, (words, costs, weights) in enumerate(ROWS):
        y = 24 + 118 * row
        d.text(8, y + 38, "cost", 13, "muted", "start")
        d.text(8, y + 70, "weight", 13, "muted", "start")
        places = d.tokens(66, y, words, w=66, h=30, gap=6, size=15)
        for place, cost, weight in zip(places, costs, weights, strict=True):
            look = "muted" if weight == "0" else ""
            if weight == "0":
                d.hatch(place)
            d.text(place.x, y + 38, cost, 16, look)
            d.box(place.x, y + 70, 30, 26, weight, "new wash" if weight == "1" else "new paper", 15)
    d.arrow((8, 258), (352, 258), look="muted", head=False, width=1)
    for i, (name, mean, look) in enumerate(MEANS):
        y = 284 + 32 * i
        d.text(8, y, name, 14, look, "start")
        d.text(352, y, mean, 16, f"{look} bold" if look else "", "end")
    return d
