"""Attention at its own past: a name asks, each place answers by its weight."""

from math import exp

from grammar import Drawing

ALT = (
    "Below, places with what was read there: Ada 7, Ben 3, Cleo 5, dots for twelve more, Lea 4; "
    "on the right, in the highlight's colour, the name Cleo is read again. Above each place are "
    "two boxes, its key and its value. The query of the last place is compared with every key. "
    "A thick arrow with the weight 0.91 leads from the value 5 up to a plus sign; thin ones, with "
    "0.006, from the others. Out comes a row near 5."
)
CAPTION = (
    "The last place asks. Its **query** is compared with the **key** of each place (dashed); the "
    "**values** are mixed by the weights. Nothing was overwritten, and nothing has to be carried: "
    "the place with Cleo is still there."
)
PLACES = (36, 98, 160, 266)
TOLD = (("Ada", "7"), ("Ben", "3"), ("Cleo", "5"), ("Lea", "4"))


def draw():
    d = Drawing(278)
    weight = exp(5) / (exp(5) + 15)
    rest = (1 - weight) / 15
    mix = d.node(180, 62, "+")
    for x, (name, number) in zip(PLACES, TOLD, strict=True):
        here = name == "Cleo"
        share = weight if here else rest
        look = "new" if here else "muted"
        (read,) = d.tokens(x - 29, 252, [f"{name} {number}"], w=58, size=13)
        d.box(x - 15, 196, 28, 26, "key", "new paper" if here else "paper", 12, 4)
        value = d.box(x + 15, 196, 28, 26, number, "new wash bold" if here else "wash", 14, 4)
        d.arrow(read.north, (x, 211), look="muted", width=1)
        d.arrow(value.north, mix.south, look=look, width=1 + 5 * share, gap=4)
        near = {"Ada": (54, 124), "Ben": (112, 150), "Cleo": (207, 118), "Lea": (286, 142)}[name]
        told = f"{share:.2f}" if here else f"{share:.3f}"
        d.text(*near, told, 13, "new bold" if here else "muted")
    d.text(213, 196, "· · ·", 16, "muted")
    d.text(213, 252, "· · ·", 16, "muted")
    (asked,) = d.tokens(306, 252, ["Cleo ?"], w=46, look="new wash", size=13)
    query = d.box(329, 196, 44, 26, "query", "new paper", 12, 4)
    d.arrow(asked.north, query.south, look="new")
    down = "".join(f"M{x - 15} 226v-16" for x in PLACES)
    d.path("M329 210v16H21" + down, "new dash thin")
    out = d.box(180, 22, 64, 28, "near 5", "new paper", 14)
    d.arrow(mix.north, out.south, look="new")
    return d
