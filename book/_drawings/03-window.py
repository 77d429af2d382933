"""A window: each place has a matrix of its own."""

from parts import summed

ALT = (
    "Three words stand side by side: dog, bites, man. Each goes up through a matrix of its own: W "
    "1, W 2, W 3, drawn in the colour of what is new. The three results meet in a plus, pass "
    "through tanh and give h."
)
CAPTION = "A window over three words. Each place has weights of its own."


def draw():
    return summed(("W_1", "W_2", "W_3"), "new")
