"""Which classifier to begin with: three questions from top to bottom."""

from grammar import Drawing

ALT = (
    "A decision drawing of three questions, one below the other. Does one word decide? If yes, a "
    "rule. If no: is a linear model good enough? If yes, keep it: words and pairs, or windows of "
    "three. If no: does it err on words that it does not know? If yes, a pre-trained network or an "
    "API. If no: an LSTM of your own, for far order and many examples."
)
CAPTION = "Ask from top to bottom, and let a test that chose nothing have the last word."


def draw():
    d = Drawing(376)
    first = d.lines(96, 40, 176, ("Does one word", "decide?"), "paper", 14)
    rule = d.lines(292, 40, 120, ("a rule",), "paper", 14)
    second = d.lines(96, 136, 176, ("Is a linear model", "good enough?"), "paper", 14)
    linear = d.lines(292, 136, 120, ("words and pairs,", "windows of three"))
    lines = ("Does it err on words", "that it does not", "know?")
    third = d.lines(96, 238, 176, lines, "paper", 14)
    other = d.lines(292, 238, 120, ("pre-trained network,", "or an API"))
    cell = d.cell(96, 338, "LSTM", "lstm", 120, 44)
    d.text(168, 332, "far order, and", 13, "", "start")
    d.text(168, 348, "many examples", 13, "", "start")
    d.questions(((first, rule), (second, linear), (third, other)), cell)
    return d
