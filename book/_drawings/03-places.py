"""Twenty places, four of them never seen in training: weights of a window, weights of a loop."""

from grammar import Drawing

ALT = (
    "Twenty boxes in two rows, the places of a sequence. Places 8 to 11 are hatched: in training X "
    "and Y never stand there. A window has twenty matrices, one a place; the four of the hatched "
    "places are pale and bear question marks. A loop has one matrix, and an arrow leads from "
    "it to every place."
)
CAPTION = "Hatched: places where X and Y never stood in training. Which weights know them there?"
LEFT_OUT = range(8, 12)


def places(d: Drawing, y: float):
    for t in range(20):
        box = d.box(27 + 16.1 * t, y, 14, 22, "", "paper", radius=3)
        if t in LEFT_OUT:
            d.hatch(box, "new thin", 5)
        yield t, box


def draw():
    d = Drawing(262)
    d.text(8, 14, "a window: twenty matrices", 14, "bold", "start")
    for t, box in places(d, 92):
        look = "new dash" if t in LEFT_OUT else "muted wash"
        text = "?" if t in LEFT_OUT else ""
        matrix = d.box(box.x, 48, 14, 22, text, look, 13, 3)
        d.arrow(box.north, matrix.south, look="faint" if t in LEFT_OUT else "muted", width=1)
    d.text(186, 116, "8 to 11", 12, "new")
    d.text(8, 148, "a loop: one matrix, twenty times", 14, "bold", "start")
    shared = d.box(180, 184, 64, 28, "$W_x$", "muted wash", 16, 5)
    for _, box in places(d, 238):
        d.arrow(box.north, (180 + (box.x - 180) * 0.18, shared.south[1]), look="muted", width=1)
    return d
