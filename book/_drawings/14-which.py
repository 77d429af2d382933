"""Which classifier to begin with: three questions from top to bottom."""

from grammar import Drawing

ALT = (
    "A decision drawing of three questions, one below the other. Do one or two words decide? If "
    "yes, a rule. If no: do short runs of words decide? If yes, a linear model on words and pairs. "
    "If no: are there many examples, or must it run in a stream? If yes, a recurrent network. If "
    "no, a network that was pre-trained on other text."
)
CAPTION = "Ask from top to bottom, and let a score on data that chose nothing have the last word."


def question(d, y, lines):
    box = d.box(96, y, 176, 22 + 17 * len(lines), "", "paper", radius=14)
    for k, line in enumerate(lines):
        d.text(96, y + 17 * (k - (len(lines) - 1) / 2), line, 13)
    return box


def answer(d, y, lines):
    box = d.box(292, y, 120, 22 + 17 * len(lines), "", "muted wash", radius=6)
    for k, line in enumerate(lines):
        d.text(292, y + 17 * (k - (len(lines) - 1) / 2), line, 13, "bold" if k == 0 else "")
    return box


def draw():
    d = Drawing(376)
    first = question(d, 40, ("Does one word", "decide?"))
    rule = answer(d, 40, ("a rule", "a line of code"))
    second = question(d, 136, ("Do short runs", "of words decide?"))
    linear = answer(d, 136, ("linear model", "words and pairs"))
    lines = ("Does far order decide,", "with many examples?", "Or is it a stream?")
    third = question(d, 238, lines)
    cell = d.cell(292, 238, "LSTM", "lstm", 120, 44)
    last = d.box(96, 338, 176, 56, "", "muted wash", radius=6)
    d.text(96, 330, "pre-trained network", 13, "bold")
    d.text(96, 347, "fine-tuned, or an API", 13)
    for box, right in ((first, rule), (second, linear), (third, cell)):
        d.arrow(box.east, right.west, look="new")
        d.text((box.east[0] + right.west[0]) / 2, box.y - 11, "yes", 13, "new")
    for box, below in ((first, second), (second, third), (third, last)):
        d.arrow(box.south, below.north)
        d.text(box.x - 10, (box.south[1] + below.north[1]) / 2, "no", 13, "muted", "end")
    return d
