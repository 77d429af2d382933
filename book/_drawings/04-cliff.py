"""The loss of one unit over its weight and its bias, as a surface, and a descent that is thrown."""

from math import tanh

from grammar import Drawing, number

ALT = (
    "A surface seen at a slant from above, drawn as rows of lines. Over the bias, which grows to "
    "the right, each row has a high plateau on the left, falls down a wall into a narrow valley, "
    "and runs on as a low, nearly flat plateau. Towards the front, where the weight is larger, the "
    "wall is steeper. A row of dots walks over the low plateau down to the wall, is lifted on to "
    "the high one, falls back, walks to the wall again, and from there a long arrow leads to the "
    "right, out of the picture."
)
CAPTION = (
    "The loss of one unit after ten steps, and plain gradient descent on it, computed. The step "
    "that begins on the wall leads out of the picture."
)
BACK, FRONT, ROWS = 1.35, 2.45, 16
LEFT, RIGHT, POINTS = -0.62, 0.22, 96


def loss(w: float, b: float) -> tuple[float, float, float]:
    """The loss (h_10 - 0.5)² from h_0 = 0.4, and its derivatives by w and by b."""
    h = [0.4]
    for _ in range(10):
        h.append(tanh(w * h[-1] + b))
    back, by_w, by_b = 2 * (h[-1] - 0.5), 0.0, 0.0
    for t in range(10, 0, -1):
        d = back * (1 - h[t] ** 2)
        by_w, by_b, back = by_w + d * h[t - 1], by_b + d, d * w
    return (h[-1] - 0.5) ** 2, by_w, by_b


def place(w: float, b: float, height: float) -> tuple[float, float]:
    depth = (w - BACK) / (FRONT - BACK)
    return 92 + 300 * (b - LEFT) - 40 * depth, 124 + 122 * depth - 40 * height


def descent():
    """Points (w, b) of plain descent at a rate of 0.1, up to the first step longer than 0.5."""
    way = [(2.0, 0.0)]
    while len(way) < 100:
        w, b = way[-1]
        _, by_w, by_b = loss(w, b)
        way.append((w - 0.1 * by_w, b - 0.1 * by_b))
        if 0.1 * (by_w**2 + by_b**2) ** 0.5 > 0.5:
            return way
    raise ValueError("the descent was not thrown")


def draw():
    d = Drawing(268)
    for n in range(ROWS):
        w = BACK + (FRONT - BACK) * n / (ROWS - 1)
        bs = [LEFT + (RIGHT - LEFT) * i / (POINTS - 1) for i in range(POINTS)]
        points = [place(w, b, loss(w, b)[0]) for b in bs]
        line = "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points)
        foot = place(w, RIGHT, 0)[1] + 9
        d.path(f"{line}V{number(foot)}H{number(points[0][0])}Z", "paper bare")
        d.path(line, "thin muted" if n < ROWS - 1 else "thin")
    way = descent()
    dots = [place(w, b, loss(w, b)[0]) for w, b in way]
    (x, y), (far, deep) = dots[-2:]
    line = "M" + "L".join(f"{number(x)} {number(y)}" for x, y in dots[:-1])
    d.path(line, "new")
    for at in dots[:-1]:
        d.element("circle", "solid new", cx=at[0], cy=at[1], r=2.6)
    edge = 350
    d.arrow((x, y), (edge, y + (edge - x) * (deep - y) / (far - x)), look="new", width=3)
    d.box(dots[0][0] + 31, dots[0][1] + 1, 42, 18, "start", "paper bare", 13, 3, "new bold")
    d.text(edge, y - 6, f"to $b$ = {way[-1][1]:.1f}", 13, "new bold", "end")
    d.arrow((74, 254), (190, 254), look="muted")
    d.text(198, 254, "bias $b$", 14, "muted", "start")
    d.arrow((352, 136), (324, 226), look="muted")
    d.text(352, 250, "weight $w$", 14, "muted", "end")
    d.arrow((40, 200), (40, 150), look="muted")
    d.text(40, 138, "loss", 13, "muted")
    return d
