"""A window of a text, and the same window one character later."""

from grammar import Drawing

ALT = (
    "The text: the sea was calm. A bracket above it holds the first eight characters, the "
    "question; a bracket below holds characters two to nine, the answers. Underneath, the two "
    "stand in rows, each answer under its question: t has the answer h, h has e, and so on. The "
    "fifth column is marked: the network has read t, h, e, blank, s, and the answer is e."
)
CAPTION = (
    "A window holds as many questions as it has characters. Each answer is the character that "
    "follows, so the answers are the same window, one character later."
)
TEXT, LENGTH = "the sea was calm", 8


def draw():
    d = Drawing(296)
    strip = d.tokens(8, 62, TEXT, w=21.5, gap=0, size=16, mono=True, look="bare")
    d.bracket(strip[0].west[0] + 1, strip[LENGTH - 1].east[0] - 1, 42, "questions")
    start, end = strip[1].west[0] + 1, strip[LENGTH].east[0] - 1
    d.bracket(start, end, 82, "answers", "below", "new")

    d.text(8, 186, "question", 13, "", "start")
    d.text(8, 240, "answer", 13, "new", "start")
    asked = d.tokens(80, 186, TEXT[:LENGTH], w=30, gap=4.5, mono=True)
    told = TEXT[1 : LENGTH + 1]
    answers = []
    for box, letter in zip(asked, told, strict=True):
        look = "new wash" if box is asked[4] else "new paper"
        answers += d.tokens(box.x - 15, 240, [letter], w=30, mono=True, look=look)
    for i, (question, answer) in enumerate(zip(asked, answers, strict=True)):
        d.arrow(question.south, answer.north, look="new" if i == 4 else "muted")
    d.bracket(asked[0].west[0], asked[4].east[0], 164, "read so far")
    d.text((asked[4].x), 276, "what follows “the s”", 13, "new")
    return d
