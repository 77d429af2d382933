"""The loss of one unit along its bias: a wall, and two steps that begin on it."""

from math import tanh

from grammar import Drawing, number

ALT = (
    "A curve of the loss against the bias, with the weight held at 2. On the left it runs flat and "
    "high, as a plateau near 2.2. At a bias of −0.38 it falls down an upright wall into a narrow "
    "valley, and runs on flat and low, near 0.2. Dots walk from the start, on the low plateau, to "
    "the left; the last one stands high on the wall. Two arrows begin there. The plain step leads "
    "to the right, out of the picture. The clipped step is short and ends on the low plateau, "
    "between the wall and the start."
)
CAPTION = (
    "The loss against the bias, at $w = 2$. Plain descent at a rate of 0.1 walks from the start "
    "down to the left (dots, computed). One ordinary step lands it on the wall. The next step is "
    "far too long; clipped at 1, it is 0.1 long."
)
WEIGHT, RATE, START = 2.0, 0.1, -0.12
LEFT, RIGHT, LINE = -0.6, 0.12, 720


def unit(b: float) -> tuple[float, float, float]:
    """The end h_10 from h_0 = 0.4, the loss (h_10 - 0.5)², and its derivative by b."""
    h = [0.4]
    for _ in range(10):
        h.append(tanh(WEIGHT * h[-1] + b))
    back, by_b = 2 * (h[-1] - 0.5), 0.0
    for t in range(10, 0, -1):
        d = back * (1 - h[t] ** 2)
        by_b, back = by_b + d, d * WEIGHT
    return h[-1], (h[-1] - 0.5) ** 2, by_b


def descent() -> list[float]:
    """The biases of plain descent, up to the first step longer than 0.5, and where that leads."""
    way = [START]
    while len(way) < 100:
        way.append(way[-1] - RATE * unit(way[-1])[2])
        if abs(way[-1] - way[-2]) > 0.5:
            return way
    raise ValueError("the descent was not thrown")


def place(b: float, loss: float) -> tuple[float, float]:
    return 36 + 310 * (b - LEFT) / (RIGHT - LEFT), 216 - 72 * loss


def draw():
    d = Drawing(268)
    (left, foot), (end, top) = place(LEFT, 0), place(RIGHT, 2.6)
    d.path(f"M{number(left)} {number(top)}V{number(foot)}H{number(end)}", "muted")
    for loss in (0, 1, 2):
        d.text(left - 8, place(LEFT, loss)[1], f"{loss}", 13, "muted", "end")
    for b in (-0.6, -0.4, -0.2, 0.0):
        x = place(b, 0)[0]
        d.path(f"M{number(x)} {number(foot)}v5", "muted")
        d.text(x, foot + 17, f"{b:g}".replace("-", "−"), 13, "muted")
    d.text(8, 14, "loss", 13, "muted", "start")
    d.text(end, 256, "bias $b$", 14, "muted", "end")

    biases = [LEFT + (RIGHT - LEFT) * i / LINE for i in range(LINE + 1)]
    points = [place(b, unit(b)[1]) for b in biases]
    d.path("M" + "L".join(f"{number(x)} {number(y)}" for x, y in points), "thick")

    way = descent()
    *walk, on_wall = [place(b, unit(b)[1]) for b in way[:-1]]
    for x, y in walk:
        d.element("circle", "solid new", cx=x, cy=y, r=3)
    landing = [walk[-1], on_wall]
    d.path("M" + "L".join(f"{number(x)} {number(y)}" for x, y in landing), "new thin")
    d.arrow(on_wall, (end, on_wall[1]), width=3)
    back = way[-2] + RATE * (1 if unit(way[-2])[2] < 0 else -1)
    d.arrow(on_wall, place(back, unit(back)[1]), look="new", width=3)
    d.element("circle", "solid new", cx=on_wall[0], cy=on_wall[1], r=4.5)

    d.text(end, on_wall[1] - 16, f"plain step, to $b$ = {way[-1]:.1f}", 13, "bold", "end")
    middle = (on_wall[1] + place(back, unit(back)[1])[1]) / 2
    d.text(on_wall[0] + 40, middle - 14, "clipped step", 13, "new bold", "start")
    d.text(place(START, 0)[0] + 6, walk[0][1] - 16, "start", 13, "new bold", "end")
    d.text(place(-0.385, 0)[0] - 6, 130, "wall", 13, "bold", "end")
    d.text(place(-0.48, 0)[0], 40, "$h_{10}$ ≈ −1", 14, "muted")
    d.text(place(0.02, 0)[0], walk[0][1] - 18, "$h_{10}$ ≈ 0.9", 14, "muted")
    return d
