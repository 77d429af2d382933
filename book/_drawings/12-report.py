"""A match report and three summaries, one of them right: the puzzle of chapter 12."""

from grammar import Drawing

ALT = (
    "A report of five sentences in a column of boxes: the reds played the blues; anna scored for "
    "the reds; dora hit the post for the blues; emil scored for the blues; anna scored for the "
    "reds. Below, in the highlight's colour, three summaries: the blues beat the reds 2 to 1; the "
    "reds beat the blues 2 to 1; the reds and the blues drew 1 all."
)
CAPTION = "Above, a report; below, three summaries. Which is right, and which words told you so?"
REPORT = (
    "the reds played the blues .",
    "anna scored for the reds .",
    "dora hit the post for the blues .",
    "emil scored for the blues .",
    "anna scored for the reds .",
)
SUMMARIES = (
    "the blues beat the reds 2 to 1 .",
    "the reds beat the blues 2 to 1 .",
    "the reds and the blues drew 1 all .",
)


def draw():
    d = Drawing(312)
    sentences = [d.box(180, 24 + 34 * i, 280, 28, text) for i, text in enumerate(REPORT)]
    d.arrow(sentences[-1].south, (180, 200), look="muted")
    for i, text in enumerate(SUMMARIES):
        d.text(30, 222 + 34 * i, "ABC"[i], 15, "new bold")
        d.box(196, 222 + 34 * i, 280, 28, text, "new paper")
    return d
