"""The GRU's cell: the reset gate after the product."""

from parts import gru

ALT = (
    "The GRU's cell, third stage, first form. New: on the way of the old state to the candidate "
    "stands first a box with the weights W h, then a times sign that the reset gate r at t feeds."
)
CAPTION = "Reset after the product, `reset_after=True`: the default of Keras."


def draw():
    return gru(3)
