"""Blocks of weights, drawn to scale: equal width, and equal size."""

from grammar import Drawing

ALT = (
    "Three piles of equal boxes, areas to scale, for 8 inputs. An LSTM of 16 units: four boxes, i, "
    "f, c and o, 1600 weights. A GRU of 16 units: three boxes of the same kind, z, r and h, 1248 "
    "weights. A GRU of 19 units: three boxes that are larger both ways, 1653 weights."
)
CAPTION = (
    "Two gates and a candidate are three blocks, three gates and a candidate four. At equal width "
    "the GRU is smaller; at equal size, here with 8 inputs, it is wider."
)


def pile(d: Drawing, x: float, units: int, names: str, kind: str, title: str, below):
    w, h = (8 + units + (1 if kind == "lstm" else 2)) * 3.2, units * 3.0
    d.text(x, 14, title, 14, f"{kind} bold")
    for k, name in enumerate(names):
        y = 36 + h / 2 + k * (h + 4)
        d.box(x, y, w, h, f"${name}$", f"{kind} wash", 17, 4)
    for k, line in enumerate(below):
        d.text(x, 256 + 17 * k, line, 13, kind if k else "muted")


def draw():
    d = Drawing(286)
    pile(d, 58, 16, "ifco", "lstm", "LSTM(16)", ("4 · 16 · 25", "= 1600"))
    pile(d, 176, 16, "zrh", "gru", "GRU(16)", ("3 · 16 · 26", "= 1248"))
    pile(d, 298, 19, "zrh", "gru", "GRU(19)", ("3 · 19 · 29", "= 1653"))
    return d
