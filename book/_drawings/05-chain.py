"""The unrolled chain with the gradient on its way back."""

from parts import way_back

ALT = (
    "Five copies of an RNN box in a row, joined by thin arrows from left to right. A loss stands "
    "over the last. Arrows in another colour lead from the loss back, over the boxes, from the "
    "last to the first. Each is thinner than the one before, and is labelled with the part that "
    "is left: 1, a half, a quarter, an eighth, a sixteenth."
)
CAPTION = (
    "The way back. Each step multiplies the gradient by a factor, here one half; after a few "
    "steps little is left."
)


def draw():
    return way_back("what is left of the gradient", ("1", "½", "¼", "⅛", "1/16"), 7.0, 1 / 1.75)
