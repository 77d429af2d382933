"""Five labels, made three and two."""

from grammar import Drawing

ALT = (
    "A scale of five boxes, 0 very negative, 1 negative, 2 neutral, 3 positive, 4 very positive. "
    "Below it the same with three labels: 0 and 1 are joined to negative, 2 is neutral, 3 and 4 "
    "are joined to positive. Below that two labels: negative and positive; where 2 stood there is "
    "a hatched gap, for neutral sentences are left out."
)
CAPTION = (
    "People gave each sentence a place on a scale. Three labels are the article's. With two, the "
    "neutral sentences are left out: the task gets easier because the hard cases are gone."
)
WIDE = 54


def draw():
    d = Drawing(232)
    places = [86 + (WIDE + 4) * i for i in range(5)]
    for x, n, words in zip(places, "01234", ("very −", "−", "neutral", "+", "very +"), strict=True):
        d.box(x, 40, WIDE, 34, n, "paper", 16, 5)
        d.text(x, 70, words, 12, "muted")
    d.text(8, 40, "five", 14, "bold", "start")
    for y, name, middle in ((124, "three", True), (192, "two", False)):
        d.text(8, y, name, 14, "bold", "start")
        d.box((places[0] + places[1]) / 2, y, 2 * WIDE + 4, 34, "negative", "new wash", 14, 5)
        d.box((places[3] + places[4]) / 2, y, 2 * WIDE + 4, 34, "positive", "new wash", 14, 5)
        gap = d.box(
            places[2],
            y,
            WIDE,
            34,
            "neutral" if middle else "",
            "paper" if middle else "muted dash",
            13,
            5,
        )
        if not middle:
            d.hatch(gap)
            d.text(places[2], y + 28, "left out", 12, "muted")
    return d
