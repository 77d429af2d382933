"""What the left side says, times what the right side says."""

from grammar import Drawing

ALT = (
    "Three columns of bars for six places. Left column, the left side: pool 0.30, park 0.20, "
    "library 0.15, market 0.15, beach 0.12, school 0.08. Middle column, the right side, swam: pool "
    "0.70, all others 0.06. Right column, the product divided by its sum: pool 0.83, park 0.05, "
    "library and market 0.04, beach 0.03, school 0.02. A times sign stands between the first two, "
    "an equals sign before the third."
)
CAPTION = (
    "Multiply line by line, then divide by the sum. The left side alone says *pool* with 0.30, "
    "both sides together with 0.83."
)
PLACES = ("pool", "park", "library", "market", "beach", "school")
LEFT = (0.30, 0.20, 0.15, 0.15, 0.12, 0.08)
RIGHT = (0.70, 0.06, 0.06, 0.06, 0.06, 0.06)


def draw():
    d = Drawing(276)
    product = [a * b for a, b in zip(LEFT, RIGHT, strict=True)]
    both = [p / sum(product) for p in product]
    columns = ((66, LEFT, "lstm", "left"), (170, RIGHT, "lstm", "right"))
    columns += ((274, both, "new", "both"),)
    for x, first, second in ((66, "boys went", "to the"), (170, "and they", "swam")):
        d.text(x, 36, first, 12, "muted", "start")
        d.text(x, 51, second, 12, "muted", "start")
    for x, values, look, title in columns:
        d.text(x, 16, title, 13, look, "start")
        for i, value in enumerate(values):
            y = 84 + 34 * i
            wide = 62 * value / 0.85
            d.box(x + wide / 2, y + 7, wide, 10, "", f"{look} wash", radius=2)
            d.text(x, y - 7, f"{value:.2f}", 12, look, "start")
    for i, place in enumerate(PLACES):
        d.text(8, 84 + 34 * i, place, 13, "", "start")
    d.node(148, 43, "×")
    d.text(252, 43, "=", 20)
    return d
