"""A padded batch through a layer of one unit, without a mask and with one: which cell is read."""

from math import tanh

from grammar import Drawing

ALT = (
    "A batch of three sequences in rows of five places: 1 3 and three zeros, 2 1 4 and two zeros, "
    "3 1 2 5 4. Under each input stands the output of a unit that reads forwards. Without a mask "
    "the outputs at the zeros go on, .66, .56, .50 in the first row; with a mask they repeat the "
    "output at the last real step, .86. A frame stands round the last column, which outputs[:, -1] "
    "reads."
)
CAPTION = (
    "The outputs of one unit for a padded batch. `outputs[:, -1]` reads the framed column: numbers "
    "that have read on over zeros (∗), or with a mask the last real ones."
)
BATCH = ([1, 3], [2, 1, 4], [3, 1, 2, 5, 4])
KERNEL, RECURRENT, BIAS = 0.3, 0.8, 0.1


def outputs(row: list[int], mask: bool) -> list[float]:
    """What `SimpleRNN(1)` with these weights returns for a row."""
    h, found = 0.0, []
    for x in row:
        if x or not mask:
            h = tanh(KERNEL * x + RECURRENT * h + BIAS)
        found.append(h)
    return found


def grid(d: Drawing, top: float, mask: bool) -> None:
    for r, words in enumerate(BATCH):
        row = words + [0] * (5 - len(words))
        for t, (x, h) in enumerate(zip(row, outputs(row, mask), strict=True)):
            leak = "∗" if t >= len(words) and not mask else ""
            at = (46 + 68 * t, top + 44 * r)
            d.box(*at, 62, 38, "", "paper" if x else "paper dash")
            d.text(at[0] - 24, at[1] - 8, str(x), 13, "bold" if x else "muted", "start")
            d.text(at[0] + 26, at[1] + 9, f"{h:.2f}".lstrip("0") + leak, 13, "lstm bold", "end")
    d.path(f"M284 {top - 23}h68v134h-68z", "thick new")


def draw():
    d = Drawing(344)
    d.text(14, 14, "without a mask", 13, "muted", "start")
    grid(d, 46, mask=False)
    d.text(14, 184, "with a mask", 13, "muted", "start")
    grid(d, 216, mask=True)
    return d
