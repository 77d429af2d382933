"""Two ways to clip a gradient of two numbers: a circle keeps its direction, a square bends it."""

from math import hypot

from grammar import Drawing, number

ALT = (
    "Two panels, one above the other. In each a long pale arrow, the gradient (4, 1), points to "
    "the right and a little up. Above, a circle of radius 1 around its start: the clipped arrow "
    "ends where the long one crosses the circle, at (0.97, 0.24), in the same direction. Below, a "
    "square of half width 1: the clipped arrow ends in the square's corner, at (1, 1), and points "
    "much more steeply than the long one."
)
CAPTION = (
    "The same gradient, clipped at 1. By norm (above) it is shortened and keeps its direction. By "
    "value (below) each number is cut by itself, and the arrow turns."
)
G, UNIT, LEFT = (4, 1), 56, 76


def draw():
    d = Drawing(318)
    for y, name in ((96, "norm"), (246, "value")):
        if name == "norm":
            size = hypot(*G)
            clipped = (G[0] / size, G[1] / size)
            d.element("circle", "wash muted", cx=LEFT, cy=y, r=UNIT)
        else:
            clipped = tuple(max(-1, min(1, g)) for g in G)
            d.box(LEFT, y, 2 * UNIT, 2 * UNIT, "", "wash muted", radius=0)
        d.path(f"M8 {y}H352M{LEFT} {number(y - 64)}V{number(y + 64)}", "faint thin")
        end = (LEFT + UNIT * G[0], y - UNIT * G[1])
        d.arrow((LEFT, y), end, look="muted dash", width=2, gap=0)
        tip = (LEFT + UNIT * clipped[0], y - UNIT * clipped[1])
        d.arrow((LEFT, y), tip, look="new", width=4, gap=0)
        d.text(end[0] + 10, end[1] - 14, "$g$ = (4, 1)", 14, "muted", "end")
        told = ", ".join(f"{c:.2f}".removesuffix(".00") for c in clipped)
        at = (tip[0] + 14, y + 18) if name == "norm" else (tip[0] + 12, tip[1] - 12)
        d.text(*at, f"({told})", 14, "new bold", "start")
        d.text(342, y + 40, f"by {name}", 14, "bold", "end")
    return d
