"""LSTM or GRU: three questions from top to bottom, with the answers on the right."""

from grammar import Drawing

ALT = (
    "A decision drawing of three questions, one below the other. Must it count without an upper "
    "end? If yes, LSTM. If no: do you know how many steps back the answer lies? If yes, set the "
    "bias of the gate that keeps, to about the logarithm of 1.44 k, and go on. Can you pay for ten "
    "runs of each? If yes, run both at equal size; nine pairs of ten decide. If no, take either, "
    "the one that runs faster on your machine."
)
CAPTION = "From top to bottom. Only the first question decides by what a cell *is*."


def question(d: Drawing, y: float, lines):
    box = d.box(92, y, 168, 22 + 17 * len(lines), "", "paper", radius=14)
    for k, line in enumerate(lines):
        d.text(92, y + 17 * (k - (len(lines) - 1) / 2), line, 13)
    return box


def answer(d: Drawing, y: float, lines, look="muted wash"):
    box = d.box(290, y, 124, 22 + 17 * len(lines), "", look, radius=6)
    for k, line in enumerate(lines):
        d.text(290, y + 17 * (k - (len(lines) - 1) / 2), line, 13, "bold" if k == 0 else "")
    return box


def draw():
    d = Drawing(392)
    count = question(d, 44, ("Must it count", "without an upper end?"))
    lstm = d.cell(290, 44, "LSTM", "lstm", 124, 44)
    lag = question(d, 144, ("Do you know how many", "steps $k$ lie in between?"))
    bias = answer(d, 144, ("set the bias", "of what keeps:", "about ln(1.44 $k$)"))
    runs = question(d, 244, ("Can you pay for", "ten runs of each?"))
    both = answer(d, 244, ("run both,", "equal size; 9 of", "10 pairs decide"))
    either = d.box(92, 346, 168, 56, "", "muted wash", radius=6)
    d.text(92, 338, "either:", 13, "bold")
    d.text(92, 355, "the one that runs faster", 13)
    for box, right in ((count, lstm), (lag, bias), (runs, both)):
        d.arrow(box.east, right.west, look="new")
        d.text((box.east[0] + right.west[0]) / 2, box.y - 11, "yes", 13, "new")
    for box, below in ((count, lag), (lag, runs), (runs, either)):
        d.arrow(box.south, below.north)
        d.text(box.x - 10, (box.south[1] + below.north[1]) / 2, "no", 13, "muted", "end")
    d.arrow(bias.south, (290, 195), (94, 195), look="muted")
    return d
