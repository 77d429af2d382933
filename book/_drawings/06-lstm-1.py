"""The LSTM's cell, stage 1: the carry line."""

from parts import lstm

ALT = (
    "The LSTM's cell, first stage. The whole cell is ghosted; only one line is drawn in full: it "
    "runs from c at t minus 1 on the left to c at t on the right, with nothing on it."
)
CAPTION = "The carry line. Nothing is multiplied, nothing is lost, nothing is learned."


def draw():
    return lstm(1)
