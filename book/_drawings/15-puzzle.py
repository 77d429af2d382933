"""A story of six sentences and a question."""

from grammar import Drawing

ALT = (
    "Six numbered sentences, one below the other: Mary went to the kitchen, John took the milk, "
    "Mary took the football, John went to the office, Mary went to the garden, John went to the "
    "bedroom. Below them, in the highlight's colour, the question: where is the football? And an "
    "empty box for the answer."
)
CAPTION = "Where is it? And which sentences would you have missed?"
STORY = (
    "Mary went to the kitchen.",
    "John took the milk.",
    "Mary took the football.",
    "John went to the office.",
    "Mary went to the garden.",
    "John went to the bedroom.",
)


def draw():
    d = Drawing(268)
    for i, text in enumerate(STORY):
        y = 22 + 34 * i
        d.text(24, y, str(i + 1), 13, "muted")
        d.box(188, y, 290, 28, "", "paper")
        d.text(54, y, text, 15, "", "start")
    d.text(43, 242, "Where is the football?", 16, "new bold", "start")
    d.box(284, 242, 98, 32, "?", "new dash paper", 16)
    return d
