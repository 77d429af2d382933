"""A bag of words: all places share one matrix."""

from parts import summed

ALT = (
    "The drawing of the window again: dog, bites, man, each through a matrix into a plus, through "
    "tanh, to h. New: the three matrices are one and the same, W, with equals signs between them."
)
CAPTION = "A bag: one matrix for all places. Swap two words, and the sum stays what it was."


def draw():
    d = summed(("W", "W", "W"), "new")
    with d.look("new"):
        d.text(123, 166, "=", 20)
        d.text(237, 166, "=", 20)
    return d
