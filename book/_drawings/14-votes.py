"""Words vote: one step of learning of a linear model, by hand."""

from grammar import Drawing

ALT = (
    "A table of votes after one step. Rows who, is and he, columns person, place and number. Each "
    "word has two thirds for person and minus one third for place and number. A line, and below it "
    "the sums: two, minus one, minus one. An arrow leads to the chances: 0.91, 0.05 and 0.05; the "
    "column person has the highlight's colour."
)
CAPTION = (
    "After one step with *who is he*. The votes of the words that are there are added, and the "
    "softmax makes chances of the sums."
)
VOTES = ("+2/3", "−1/3", "−1/3")


def draw():
    d = Drawing(268)
    places = (142, 220, 298)
    for x, name in zip(places, ("person", "place", "number"), strict=True):
        d.text(x, 16, name, 14, "new" if name == "person" else "muted")
    for row, word in enumerate(("who", "is", "he")):
        y = 48 + 40 * row
        d.tokens(16, y, [word], w=68, h=30, size=15)
        for x, vote in zip(places, VOTES, strict=True):
            d.box(x, y, 62, 30, vote, "new wash" if x == places[0] else "wash", 15, 10)
    d.path("M104 152H336", "muted")
    d.text(50, 176, "sum", 14, "bold")
    d.text(50, 244, "chance", 14, "bold")
    for x, total, chance in zip(places, ("2", "−1", "−1"), ("0.91", "0.05", "0.05"), strict=True):
        look = "new wash" if x == places[0] else "wash"
        a = d.box(x, 176, 62, 30, total, look, 15, 10)
        b = d.box(x, 244, 62, 30, chance, look, 15, 2)
        d.arrow(a.south, b.north, width=1, look="muted")
    d.node(50, 211, "softmax", "muted paper")
    return d
