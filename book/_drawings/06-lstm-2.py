"""The LSTM's cell, stage 2: the forget gate."""

from parts import lstm

ALT = (
    "The LSTM's cell, second stage. New: x at t and h at t minus 1 feed the forget gate, a box "
    "labelled sigma; its output f at t goes up to a times sign on the carry line. The rest of the "
    "cell is ghosted."
)
CAPTION = "The forget gate: a layer that sees $x_t$ and $h_{t-1}$ and multiplies the line."


def draw():
    return lstm(2)
