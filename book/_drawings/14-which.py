"""Which classifier to begin with: three questions from top to bottom."""

from grammar import Drawing

ALT = (
    "A decision drawing of three questions, one below the other. Do one or two words decide? If "
    "yes, a rule. If no: do short runs of words decide? If yes, a linear model on words and pairs, "
    "or windows of three words. If no: does far order decide, and are there many examples? If yes, "
    "a recurrent network. If no, meaning decides: a network that was pre-trained on other text."
)
CAPTION = "Ask from top to bottom, and let a test that chose nothing have the last word."


def draw():
    d = Drawing(376)
    first = d.lines(96, 40, 176, ("Does one word", "decide?"), "paper", 14)
    rule = d.lines(292, 40, 120, ("a rule", "a line of code"))
    second = d.lines(96, 136, 176, ("Do short runs", "of words decide?"), "paper", 14)
    linear = d.lines(292, 136, 120, ("linear model, pairs", "or windows of three"))
    lines = ("Does far order decide,", "and are there many", "examples?")
    third = d.lines(96, 238, 176, lines, "paper", 14)
    cell = d.cell(292, 238, "LSTM", "lstm", 120, 44)
    last = d.lines(96, 338, 176, ("meaning decides:", "pre-trained network, or an API"))
    d.questions(((first, rule), (second, linear), (third, cell)), last)
    return d
