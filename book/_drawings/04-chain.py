"""The unrolled chain with a gradient that grows on its way back."""

from parts import way_back

ALT = (
    "Five copies of an RNN box in a row, joined by thin arrows from left to right. A loss stands "
    "over the last. Arrows in another colour lead from the loss back, over the boxes, from the "
    "last to the first. Each is thicker than the one before, and is labelled with the size of the "
    "gradient there: 1, 2, 4, 8, 16."
)
CAPTION = (
    "The way back. Each step multiplies the gradient by a factor, here 2. Nothing looks wrong at "
    "the last step; the far end shouts."
)


def draw():
    return way_back("size of the gradient", ("1", "2", "4", "8", "16"), 0.9, 1.7)
