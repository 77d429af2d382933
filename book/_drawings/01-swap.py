"""A review and its exchange: both are made of the same three pieces."""

from grammar import Drawing

ALT = (
    "Two reviews as rows of boxes. The first: filler, clause A, filler, but, filler, clause B, "
    "filler. The second has A and B exchanged. Brackets divide each review into three pieces "
    "that overlap in the fillers: filler A filler, filler but filler, filler B filler. Both have "
    "the same three, in another order. In both a frame of k plus 1 words lies over the last word "
    "of A and the filler behind it, inside the piece of A."
)
CAPTION = (
    "Exchange the clauses A and B, and the label turns round. A window of $k + 1$ words (the "
    "frame) touches at most one of A, *but* and B, wherever it lies. So it sees one of the three "
    "pieces, or filler alone, and both reviews have the same."
)


def review(d: Drawing, y: float, order: str):
    x, boxes = 8, {}
    for name, w in (
        ("F1", 30),
        (order[0], 66),
        ("F2", 30),
        ("but", 44),
        ("F3", 30),
        (order[1], 66),
        ("F4", 30),
    ):
        text = name[0] if name[0] == "F" else name
        look = "muted wash" if name[0] == "F" else "paper"
        box = d.box(x + w / 2, y, w, 34, text, look, 14, 5, "bold" if name in "AB" else "")
        boxes[name] = box
        x += w + 7
    for first, middle, last, at in (
        ("F1", order[0], "F2", y + 28),
        ("F2", "but", "F3", y + 54),
        ("F3", order[1], "F4", y + 28),
    ):
        look = "new" if middle == "A" else "muted"
        start, end = boxes[first].at(-1, 0)[0], boxes[last].at(1, 0)[0]
        d.bracket(start, end, at, f"F {middle} F", "below", look, 13)
    return boxes


def draw():
    d = Drawing(322)
    d.text(8, 14, "B decides", 14, "bold", "start")
    d.text(352, 14, "F: filler, $k$ words", 12, "muted", "end")
    first = review(d, 60, "AB")
    d.text(8, 176, "exchanged: A decides", 14, "bold", "start")
    second = review(d, 222, "BA")
    for boxes, filler in ((first, "F2"), (second, "F4")):
        box = boxes[filler]
        left = boxes["A"].at(1, 0)[0] - 20
        right = box.at(1, 0)[0] + 3
        d.box((left + right) / 2, box.y, right - left, 44, "", "new thick", radius=8)
        end = filler == "F4"
        at, anchor = (352, "end") if end else (left, "start")
        d.text(at, box.y - 32, "$k + 1$ words", 13, "new", anchor)
    return d
