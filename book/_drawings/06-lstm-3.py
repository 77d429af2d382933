"""The LSTM's cell, stage 3: the input gate and the candidate."""

from parts import lstm

ALT = (
    "The LSTM's cell, third stage. New: a sigma box gives the input gate i at t, a tanh box gives "
    "the candidate; a times sign joins them, and a plus sign on the carry line, right of the "
    "forget gate's product, adds the result. The output part is ghosted."
)
CAPTION = "The input gate scales the candidate, and the product is added to the line."


def draw():
    return lstm(3)
