"""One word is written: made from the table, or copied from a place of the text, as a gate says."""

from grammar import Drawing

ALT = (
    "On the left, what the writer makes: four bars for return, compute, the and data, from the "
    "table of known words. On the right, what it may copy: three words of the text, fit, spline "
    "and knots, with weights of attention 0.1, 0.2 and 0.7. A box between them, the gate, in the "
    "highlight's colour, says 0.6. An arrow from the left bears one minus g, 0.4, an arrow from "
    "the right bears g, 0.6. Both lead to a plus sign, and from there to the word knots, with the "
    "probability 0.42."
)
CAPTION = (
    "The gate $g$ divides the probability: $1 - g$ for the words of the table, $g$ for the words "
    "of the text, by their weights. *Knots* is not in the table; $0.6 · 0.7 = 0.42$ comes "
    "by copying."
)
MADE = (("return", 0.2), ("compute", 0.1), ("the", 0.4), ("data", 0.3))
TEXT = (("fit", 0.1), ("spline", 0.2), ("knots", 0.7))


def draw():
    d = Drawing(300)
    d.text(86, 286, "made: words of the table", 13, "muted")
    d.text(272, 286, "copied: words of the text", 13, "muted")
    for i, (word, p) in enumerate(MADE):
        y = 172 + 28 * i
        d.text(62, y, word, 13, "", "end")
        d.box(68 + 45 * p, y, 90 * p, 18, "", "wash", radius=2)
        d.text(74 + 90 * p, y, f"{p:g}", 12, "muted", "start")
    for i, (word, p) in enumerate(TEXT):
        y = 186 + 28 * i
        d.text(246, y, word, 13, "", "end")
        d.box(252 + 35 * p, y, 70 * p, 18, "", "new wash", radius=2)
        d.text(258 + 70 * p, y, f"{p:g}", 12, "muted", "start")
    gate = d.box(180, 122, 76, 32, "$g$ = 0.6", "new wash thick", 15)
    total = d.node(180, 70, "+")
    d.arrow((86, 152), (86, 70), total.west, look="muted", width=1 + 3 * 0.4)
    d.arrow((272, 166), (272, 70), total.east, look="new", width=1 + 3 * 0.6)
    d.arrow(gate.north, total.south, look="new dash")
    d.text(110, 54, "$1 - g$", 15, "muted")
    d.text(246, 54, "$g$", 16, "new")
    (told,) = d.tokens(134, 22, ["knots: 0.42"], w=92, look="new paper")
    d.arrow(total.north, told.south)
    return d
