"""The way of a number: study, rows, summary, page, and what holds each step."""

from itertools import pairwise

from grammar import Drawing

ALT = (
    "Four boxes, one below the other, joined by arrows. A study: code, seeds, what to measure. "
    "Rows: one for each seed. A summary: median, range, number of seeds. A page: it names the row "
    "and shows the number. Beside the arrows stands what holds each step: a fingerprint of the "
    "code, a seal over the rows, and a build that fails where a name has no row."
)
CAPTION = (
    "The way of a number, downwards only. Beside each arrow stands what holds the step: a changed "
    "learning rate breaks the first, an altered row the second, a lost row the third."
)
STEPS = (
    (("a study", "code, seeds, measures"), ("a fingerprint", "of the code")),
    (("rows", "one for each seed"), ("a seal", "over the rows")),
    (("a summary", "median, range, count"), ("a build that fails", "without the row")),
    (("a page", "names the row"), ()),
)


def draw():
    d = Drawing(396)
    boxes = []
    for k, (lines, held) in enumerate(STEPS):
        look = "new wash" if k == 3 else "muted wash"
        boxes.append(d.lines(106, 40 + 104 * k, 180, lines, look))
        for i, line in enumerate(held):
            d.text(130, 84 + 104 * k + 17 * i, line, 13, "muted", "start")
    for a, b in pairwise(boxes):
        d.arrow(a.south, b.north)
    return d
