"""Split by story, never by question."""

from grammar import Drawing

ALT = (
    "A story as a row of boxes, S for a sentence and Q for a question: two sentences, a question, "
    "two sentences, a question, two sentences, a question. Brackets below show what each question "
    "reads: the first the first two sentences, the second the first four, the third all six. The "
    "last question has the highlight's colour: everything that it reads has been read before."
)
CAPTION = (
    "Five questions share a story (three are drawn). Train on the first two and test on the third: "
    "most of its text is known. So a whole story goes to one side."
)


def draw():
    d = Drawing(152)
    x, sentences = 14, []
    for i, kind in enumerate("SSQSSQSSQ"):
        look = "paper" if kind == "S" else "new wash" if i == 8 else "wash"
        (box,) = d.tokens(x, 30, [kind], w=32, h=30, look=look)
        sentences.append(box)
        x += 37
    for row, last in enumerate((1, 4, 7)):
        y = 64 + 28 * row
        look = "new" if last == 7 else "muted"
        d.path(f"M{sentences[0].x - 14} {y}H{sentences[last].x + 14}", look)
        d.arrow(
            (sentences[last].x + 14, y),
            (sentences[last + 1].x, y),
            sentences[last + 1].south,
            look=look,
        )
    d.text(14, 140, "S sentence, Q question", 12, "muted", "start")
    return d
