"""Steps wait for one another; within a step, all sequences and all units are computed at once."""

from grammar import Drawing

ALT = (
    "A staircase that falls to the right. Five equal blocks: step 1 on the left at the top, each "
    "next one lower and further right, joined by arrows that carry the state. Each block is a "
    "grid of small cells, many sequences high and many units wide. Along the bottom runs the "
    "clock. A bracket at one block says: all at once. A bracket along the bottom says: one after "
    "another."
)
CAPTION = (
    "A step needs the state that the step before it made, so $T$ steps take at least $T$ times "
    "as long as one. Inside a step nothing waits: here lies all that a machine can do at once."
)
STEPS, WIDE, HIGH = 5, 46, 34


def block(d: Drawing, x: float, y: float, look: str):
    """A grid of six by four cells."""
    box = d.box(x, y, WIDE, HIGH, "", f"wash {look}", radius=3)
    lines = "".join(f"M{x - 23 + 7.67 * k:g} {y - 17}v34" for k in range(1, 6))
    lines += "".join(f"M{x - 23} {y - 17 + 8.5 * k:g}h46" for k in range(1, 4))
    d.path(lines, f"{look} thin")
    return box


def draw():
    d = Drawing(292)
    boxes = [block(d, 44 + 62 * t, 50 + 40 * t, "new" if t == 2 else "lstm") for t in range(STEPS)]
    for t, (a, b) in enumerate(zip(boxes, boxes[1:], strict=False), 1):
        d.arrow(a.east, (b.x, a.y), b.north, look="lstm", width=2.2)
        d.text(b.x - 16, a.y - 13, f"$h_{t}$", 15, "lstm")
    for t, box in enumerate(boxes, 1):
        d.text(box.x - 31, box.y, f"{t}", 13, "muted", "end")
    d.text(180, 22, "all at once: every unit", 13, "new", "start")
    d.text(180, 39, "of every sequence", 13, "new", "start")
    d.arrow((187, 50), (187, 113), look="new")
    d.arrow((14, 254), (352, 254), look="muted")
    d.text(352, 240, "clock", 13, "muted", "end")
    d.bracket(21, 315, 262, "one after another", "below", "", 13)
    return d
