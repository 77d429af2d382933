"""How states pass from batch to batch, or do not."""

from grammar import Drawing

ALT = (
    "Two long texts, each cut into three pieces; the first pieces form batch one, the second "
    "pieces batch two, the third batch three. Upper half, stateful False: every piece starts from "
    "a state of zero. Lower half, stateful True: only the first pieces start from zero, and "
    "arrows carry each row's last state from batch to batch into the same row."
)
CAPTION = (
    "States between batches. With `stateful=True` row 1 of a batch goes on where row 1 of the "
    "batch before it ended, so the pieces must be laid out for that."
)
TEXTS = (("the se", "a was ", "calm. "), ("rain a", "t noon", " only."))


def draw():
    d = Drawing(320)
    pitch, left = 116, 8

    def half(top, name, stateful):
        d.text(left, top, name, 14, "mono", "start")
        for row, pieces in enumerate(TEXTS):
            y, before = top + 38 + 48 * row, None
            for k, piece in enumerate(pieces):
                x = left + pitch * k
                box = d.box(x + 69, y, 74, 32, "", "lstm wash", radius=9)
                d.text(box.x - 0.3 * 14 * 6, y, piece.replace(" ", "\u00a0"), 14, "mono", "start")
                if stateful and before:
                    d.arrow(before.east, box.west, look="new", width=2.5)
                else:
                    zero = d.box(x + 9, y, 18, 24, "0", "muted paper", 13, 6)
                    d.arrow(zero.east, box.west, look="muted")
                before = box

    for k in range(3):
        for y in (114, 258):
            d.box(left + pitch * k + 69, y, 88, 100, "", "faint", radius=12)
    half(52, "stateful=False", False)
    half(196, "stateful=True", True)
    for k in range(3):
        d.text(left + pitch * k + 69, 16, f"batch {k + 1}", 13, "muted")
    d.arrow((left, 176), (352, 176), look="faint", head=False)
    return d
