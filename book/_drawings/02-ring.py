"""A hidden Markov source: six states in a ring, and what one of them emits."""

from math import cos, pi, sin

from grammar import Drawing

ALT = (
    "Six boxes in a ring, the hidden states, each with its two favourite letters: a b, c d, e f, "
    "g h, i j, k l. Arrows lead from each box to the next, clockwise, with the probability 0.1; a "
    "short loop at the first box says that it stays with 0.9. Below, twelve bars for the letters "
    "that the first state emits: a and b are tall, 0.3 each, the other ten low, 0.04 each."
)
CAPTION = (
    "The source. You see the letters, never the state. An *a* hints at the state above; an *a* "
    "now and then comes from the others, too."
)
LETTERS = "abcdefghijkl"


def draw():
    d = Drawing(356)
    middle, down, wide, high = 180, 120, 124, 88
    places = [(middle + wide * sin(pi * n / 3), down - high * cos(pi * n / 3)) for n in range(6)]
    for n, (x, y) in enumerate(places):
        (u, v), look = places[(n + 1) % 6], "new" if n == 0 else "muted"
        length = ((u - x) ** 2 + (v - y) ** 2) ** 0.5
        dx, dy = (u - x) / length, (v - y) / length
        near = min(32 / max(abs(dx), 0.01), 18 / max(abs(dy), 0.01))
        d.arrow((x + near * dx, y + near * dy), (u - near * dx, v - near * dy), look=look)
    for n, (x, y) in enumerate(places):
        look = "new wash" if n == 0 else "wash"
        d.box(x, y, 60, 32, f"{LETTERS[2 * n]}  {LETTERS[2 * n + 1]}", look, 15, 16, "bold")
    x, y = places[0]
    d.arrow((x - 14, y - 16), (x - 14, y - 26), (x + 14, y - 26), (x + 14, y - 16), look="new")
    d.text(x - 34, y - 22, "stays: 0.9", 13, "new", "end")
    d.text(x + 82, y + 6, "moves: 0.1", 13, "new", "start")
    d.text(middle, down - 9, "hidden", 14, "muted")
    d.text(middle, down + 11, "one state at a time", 13, "muted")
    d.text(8, 248, "what the first state emits", 14, "new bold", "start")
    base = 326
    for n, letter in enumerate(LETTERS):
        tall, x = n < 2, 22 + 28.6 * n
        height = 48 if tall else 6.4
        d.box(x, base - height / 2, 20, height, "", "new wash" if tall else "wash", radius=3)
        d.text(x, base + 16, letter, 14, "bold" if tall else "")
    d.text(74, base - 38, "0.3 each", 13, "new", "start")
    d.text(222, base - 22, "0.04 each", 13, "muted")
    return d
