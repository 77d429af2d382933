"""The same update, computed in seven ways: one loss, and a scale of times to bet on."""

from grammar import Drawing

ALT = (
    "Seven boxes in two rows: NumPy, Keras eager, Keras compiled, unrolled, XLA, JAX, PyTorch. "
    "From each a line leads to one box: the same loss. Below, an empty scale with marks at 1, 2, "
    "5, 10, 20, 50 and 100: the slowest takes so many times as long as the fastest."
)
CAPTION = (
    "One network, one batch, one loss. Only the way to compute it differs. Put your finger on the "
    "scale before you read on."
)
WAYS = (("NumPy", "eager", "compiled", "unrolled"), ("XLA", "JAX", "PyTorch"))


def draw():
    d = Drawing(262)
    loss = d.box(180, 152, 128, 32, "the same loss", "new wash", 14)
    for row, names in enumerate(WAYS):
        pitch, y = 86, 34 + 48 * row
        left = 180 - pitch * (len(names) - 1) / 2
        for k, name in enumerate(names):
            x = left + pitch * k
            if row:
                d.arrow((x, y + 15), (x, 118), (180, 118), loss.north, look="muted")
            else:
                side = x + (43 if x < 180 else -43)
                if k in (0, 3):
                    side = x
                d.arrow(
                    (x, y + 15),
                    *([(x, 118)] if k in (0, 3) else [(x, 57), (side, 57), (side, 118)]),
                    (180, 118),
                    loss.north,
                    look="muted",
                    head=k == 0,
                )
            d.box(x, y, 78, 30, name, "paper", 13)
    d.text(8, 196, "slowest ÷ fastest", 13, "muted", "start")
    d.arrow((16, 222), (348, 222), look="ink", head=False)
    for k, times in enumerate((1, 2, 5, 10, 20, 50, 100)):
        x = 24 + 52 * k
        d.path(f"M{x} 216v12")
        d.text(x, 242, f"{times}", 13)
    d.text(352, 200, "?", 20, "new bold", "end")
    return d
