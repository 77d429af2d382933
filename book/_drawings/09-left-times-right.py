"""What the left side says, times what the right side says."""

from grammar import Drawing

ALT = (
    "Three columns of bars for six places. Left column, the chance of each place after the boys "
    "went to the: pool 0.30, park 0.20, library 0.15, market 0.15, beach 0.12, school 0.08, "
    "together 1. Middle column, of those who were at the place, how many swam: pool 0.80, park "
    "0.05, library and market 0.02, beach 0.50, school 0.05, together 1.44, which need not be 1. "
    "Right column, the product divided by its sum: pool 0.75, beach 0.19, park 0.03, library, "
    "market and school 0.01, together 1. A times sign stands between the first two, an equals "
    "sign before the third."
)
CAPTION = (
    "Multiply line by line, then divide by the sum of the six products, 0.32. The middle column is "
    "*not* a chance of places: each of its numbers is a share of another crowd, those who were at "
    "that place. So it need not add up to 1."
)
PLACES = ("pool", "park", "library", "market", "beach", "school")
LEFT = (0.30, 0.20, 0.15, 0.15, 0.12, 0.08)
RIGHT = (0.80, 0.05, 0.02, 0.02, 0.50, 0.05)


def draw():
    d = Drawing(306)
    product = [a * b for a, b in zip(LEFT, RIGHT, strict=True)]
    both = [p / sum(product) for p in product]
    columns = ((66, LEFT, "lstm", "left"), (166, RIGHT, "lstm", "right"))
    columns += ((278, both, "new", "both"),)
    heads = ((66, "boys went to", "which place"), (166, "of those there", "how many swam"))
    for x, first, second in (*heads, (278, "which place", "after both")):
        d.text(x, 36, first, 12, "muted", "start")
        d.text(x, 51, second, 12, "muted", "start")
    for x, values, look, title in columns:
        d.text(x, 288, f"sum {sum(values):.2f}", 12, "muted", "start")
        d.text(x, 16, title, 13, look, "start")
        for i, value in enumerate(values):
            y = 84 + 34 * i
            wide = 62 * value / 0.85
            d.box(x + wide / 2, y + 7, wide, 10, "", f"{look} wash", radius=2)
            d.text(x, y - 7, f"{value:.2f}", 12, look, "start")
    for i, place in enumerate(PLACES):
        d.text(8, 84 + 34 * i, place, 13, "", "start")
    d.node(148, 14, "×")
    d.text(256, 14, "=", 20)
    return d
