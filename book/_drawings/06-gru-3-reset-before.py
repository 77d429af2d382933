"""The GRU's cell: the reset gate before the product."""

from parts import gru

ALT = (
    "The GRU's cell, third stage, second form. As in the first form, but the times sign fed by "
    "the reset gate r at t now stands before the box with the weights W h."
)
CAPTION = "Reset before the product, `reset_after=False`. Box and circle have changed places."


def draw():
    return gru(4)
