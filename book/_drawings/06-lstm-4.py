"""The LSTM's cell, stage 4: the output gate."""

from parts import lstm

ALT = (
    "The LSTM's cell, fourth stage, the whole cell. New: the line forks into a tanh; a fourth "
    "box, sigma, gives the output gate o at t; a times sign joins the two, and its output leaves "
    "to the right as h at t."
)
CAPTION = "The output gate decides how much of the cell is shown. The whole LSTM."


def draw():
    return lstm(4)
