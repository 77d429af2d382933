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


def draw():
    d = Drawing(392)
    count = d.lines(92, 44, 168, ("Must it count", "without an upper end?"), "paper", 14)
    lstm = d.cell(290, 44, "LSTM", "lstm", 124, 44)
    lag = d.lines(92, 144, 168, ("Do you know how many", "steps $k$ lie in between?"), "paper", 14)
    bias = d.lines(290, 144, 124, ("set the bias", "of what keeps:", "about ln(1.44 $k$)"))
    runs = d.lines(92, 244, 168, ("Can you pay for", "ten runs of each?"), "paper", 14)
    both = d.lines(290, 244, 124, ("run both,", "equal size; 9 of", "10 pairs decide"))
    either = d.lines(92, 346, 168, ("either:", "the one that runs faster"))
    d.questions(((count, lstm), (lag, bias), (runs, both)), either)
    d.arrow(bias.south, (290, 195), (94, 195), look="muted")
    return d
