"""A review and its exchange: no short window can tell."""

from grammar import Drawing

ALT = (
    "Two reviews as rows of boxes. The first: filler, clause A, filler, but, filler, clause B, "
    "filler. The second has A and B exchanged. A frame of k plus 1 words lies over the filler "
    "between A and but in the first review: it reaches the end of A or the word but, not both. "
    "The same frame, with the same words, lies over the filler behind A in the second review, "
    "where the text ends."
)
CAPTION = (
    "Exchange the clauses A and B, and the label turns round. A window of $k + 1$ words (the "
    "frame) that touches A cannot reach *but*, and finds the same words in both reviews."
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
    return boxes


def draw():
    d = Drawing(236)
    d.text(8, 14, "B decides", 14, "bold", "start")
    first = review(d, 60, "AB")
    d.text(8, 128, "exchanged: A decides", 14, "bold", "start")
    second = review(d, 174, "BA")
    for boxes, filler in ((first, "F2"), (second, "F4")):
        box = boxes[filler]
        left = boxes["A"].at(1, 0)[0] - 20
        right = box.at(1, 0)[0] + 3
        d.box((left + right) / 2, box.y, right - left, 46, "", "new thick", radius=8)
        d.text((left + right) / 2 - 6, box.y + 36, "$k + 1$ words", 13, "new")
    d.text(352, 14, "F: filler, $k$ words", 12, "muted", "end")
    d.text(8, 224, "the same words in the frame", 12, "new", "start")
    return d
