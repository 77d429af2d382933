"""The worked example backwards: the gradient walks along the cell state."""

from math import tanh

from grammar import Drawing
from parts import one_unit, two_digits

ALT = (
    "The four cell states of the worked example again, now with arrows from right to left. Above "
    "the last a gradient of 1 comes in from the output. Below, that of each cell state: 0.54 at "
    "step 4; times the forget gate 0.88 it is 0.47 at step 3; times 0.12 it is 0.06 at step 2; "
    "times 0.88 it is 0.05 at step 1. The arrows get thin where the gate is nearly shut."
)
CAPTION = (
    "Backwards. Each step multiplies by its forget gate. Step 3 overwrote what was there, so next "
    "to nothing goes on to step 2."
)


def draw():
    found = list(one_unit())
    *_, (_, _, o, _, c, _) = found
    gradients = [o * (1 - tanh(c) ** 2)]
    for _, f, *_ in found[:0:-1]:
        gradients.insert(0, f * gradients[0])
    d = Drawing(214)
    boxes = []
    for t, ((*_, c, _), gradient) in enumerate(zip(found, gradients, strict=True)):
        x = 58 + 86 * t
        cell = d.state(x, 78, [two_digits(c)], 56, 28, "lstm wash", 14)
        boxes.append(d.box(x, 158, 54, 32, two_digits(gradient), "new wash", 15, 6, "bold"))
        d.arrow(cell.south, boxes[-1].north, look="muted", head=False)
        d.text(x, 202, f"{t + 1}", 12, "muted")
    for t in (3, 2, 1):
        f, (x, y) = found[t][1], boxes[t].west
        width = 1 + 6 * gradients[t - 1]
        d.arrow((x, y), boxes[t - 1].east, look="new", width=width, gap=1)
        d.text(x - 16, 128, f"× {two_digits(f)}", 12, "new")
    d.arrow((316, 22), (316, 64), look="new", width=3)
    d.text(304, 34, "gradient of $h_4$: 1", 13, "new", "end")
    d.text(8, 48, "cell $c_t$", 12, "lstm", "start")
    d.text(8, 187, "gradient", 12, "new", "start")
    return d
