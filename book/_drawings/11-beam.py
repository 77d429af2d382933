"""Greedy against a beam of two: the likeliest first word does not begin the likeliest sentence."""

from grammar import Drawing

ALT = (
    "A tree. From the start two branches: un with 0.6, une with 0.4. From un the best word is "
    "grand with 0.4, in all 0.24. From une it is fille with 0.9, in all 0.36. The branch "
    "through une is marked: it is likelier as a whole, though its first word is not."
)
CAPTION = (
    "Greedy takes *un* and ends at 0.24. A beam of two keeps both beginnings, and finds that the "
    "second is worth 0.36."
)


def draw():
    d = Drawing(196)
    start = d.box(40, 98, 62, 32, "[START]", "paper", 13)
    d.text(216, 14, "greedy", 13, "muted")
    d.text(216, 184, "kept by a beam of two", 13, "new")
    for y, first, p, then, q, look in (
        (50, "un", 0.6, "grand", 0.4, "muted"),
        (146, "une", 0.4, "fille", 0.9, "new"),
    ):
        one = d.box(144, y, 56, 32, first, f"{look} paper", 14)
        two = d.box(240, y, 62, 32, then, f"{look} paper", 14)
        d.arrow(start.east, one.west, look=look)
        d.arrow(one.east, two.west, look=look)
        d.text(78, y + (14 if y < 98 else -14), f"{p:g}", 13, look)
        d.text(190, y - 14, f"{q:g}", 13, look)
        d.text(282, y, f"= {p * q:.2f}", 14, f"{look} bold", "start")
    return d
