"""Two puzzles: a ball under one of three cups that change places, and a list to be looked up."""

from grammar import Drawing

ALT = (
    "Above, three cups in a column; a ball, in the highlight's colour, is under the upper one. "
    "From the cups three lines run to the right and cross four times, two neighbours at a time; "
    "then come dots, and three cups with a question mark. Below, a row of names with numbers, "
    "Ada 7, Ben 3, Cleo 5, Dan 1, dots, Lea 4, and then the name Cleo with a question mark."
)
CAPTION = (
    "Above, each crossing swaps two cups: which one hides the ball after twenty? Below, one name "
    "of sixteen is asked for again. What do you keep in mind, there and here?"
)
LANES = (40, 74, 108)
SWAPS = (0, 1, 1, 0)  # the upper lane of each


def cup(d: Drawing, x: float, y: float, look: str = "paper"):
    d.path(f"M{x - 9} {y - 10}h18l4 20h-26Z", look)


def draw():
    d = Drawing(240)
    start, step = 44, 46
    lanes = list(range(3))  # which cup is in each lane
    runs = {n: [(start, LANES[n])] for n in range(3)}
    for k, upper in enumerate(SWAPS):
        x = start + step * (k + 0.5)
        lanes[upper], lanes[upper + 1] = lanes[upper + 1], lanes[upper]
        for lane, n in enumerate(lanes):
            before = runs[n][-1][1]
            runs[n] += [(x - 16, before), (x + 16, LANES[lane])]
    end = start + step * len(SWAPS)
    for n in (2, 1, 0):
        points = [*runs[n], (end, runs[n][-1][1])]
        d.arrow(*points, look="muted thin" if n else "new dash", head=False, bend=12)
    for n, y in enumerate(LANES):
        cup(d, 26, y, "new paper thick" if n == 0 else "paper")
        d.text(end + 34, y, "· · ·", 16, "muted")
        cup(d, end + 82, y)
    d.element("circle", "solid new", cx=26, cy=LANES[0] + 5, r=4.5)
    d.text(end + 114, LANES[1], "?", 20, "new bold")
    d.text(8, 14, "cups to follow", 13, "muted", "start")
    d.text(8, 148, "names to look up", 13, "muted", "start")
    x = 8
    for told in ("Ada 7", "Ben 3", "Cleo 5", "Dan 1"):
        d.tokens(x, 176, [told], w=53)
        x += 57
    d.text(x + 14, 176, "· · ·", 16, "muted")
    d.tokens(x + 32, 176, ["Lea 4"], w=48)
    d.tokens(x + 32, 216, ["Cleo ?"], w=58, look="new wash")
    return d
