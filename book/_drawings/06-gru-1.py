"""The GRU's cell: the update gate keeps."""

from parts import gru

ALT = (
    "The GRU's cell, first stage. A line runs from h at t minus 1 to h at t; its start also feeds "
    "a rail below. New: a box labelled sigma sees this rail and that of x at t; its output z at t "
    "goes up to a times sign on the line. The way to the candidate is ghosted."
)
CAPTION = "The update gate multiplies the old state: where it is 1, the state stays."


def draw():
    return gru(1)
