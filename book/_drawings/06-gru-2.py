"""The GRU's cell: what is not kept is replaced."""

from parts import gru

ALT = (
    "The GRU's cell, second stage. New: a tanh box that sees both rails gives the candidate; z at "
    "t also goes through one minus to a times sign above the tanh box, and a plus sign adds the "
    "result to the line."
)
CAPTION = "What is not kept is replaced: one gate for forgetting and for writing."


def draw():
    return gru(2)
