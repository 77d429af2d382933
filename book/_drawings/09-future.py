"""The exact answers about thirty hidden conditions, from the past and with five letters more."""

from math import log

from grammar import Drawing

ALT = (
    "Thirty letters in a row. Below, two grids of four rows, A to D, and thirty columns; the more "
    "a cell is filled, the surer the answer, and frames mark the truth, first C, then A, then D. "
    "In the upper grid, which has read the past alone, the filled cells follow the truth with a "
    "delay and are pale at each change. In the lower one, with five letters of future, they change "
    "when the truth does."
)
CAPTION = (
    "Which condition, A to D, is behind each letter? The exact answers, from the past alone "
    "(0.70 nats a step here) and with five letters of future (0.49). The frames are the truth."
)
LETTERS = "cbcdccccdcaadaabadadabbbdddbcb"
TRUTH = "CCCCCCCCCCCAAAAAAAAAAADDDDDDDD"
NAMES, STAY, HIT = "ABCD", 0.95, 0.5
EVERY = range(4)


def move(a: int, b: int) -> float:
    return STAY if a == b else (1 - STAY) / 3


def emit(z: int, x: str) -> float:
    return HIT if NAMES[z] == x.upper() else (1 - HIT) / 3


def normal(p: list[float]) -> list[float]:
    return [v / sum(p) for v in p]


def posterior(ahead: int) -> list[list[float]]:
    """P(condition at t | letters up to t + ahead), for every t."""
    past, found = [], []
    for x in LETTERS:
        prior = [sum(past[-1][f] * move(f, z) for f in EVERY) for z in EVERY] if past else [1] * 4
        past.append(normal([prior[z] * emit(z, x) for z in EVERY]))
    for t in range(len(LETTERS)):
        future = [1.0] * 4
        for x in reversed(LETTERS[t + 1 : t + 1 + ahead]):
            news = [future[z] * emit(z, x) for z in EVERY]
            future = normal([sum(news[to] * move(z, to) for to in EVERY) for z in EVERY])
        found.append(normal([past[t][z] * future[z] for z in EVERY]))
    return found


def cost(ahead: int) -> float:
    pairs = zip(posterior(ahead), TRUTH, strict=True)
    return sum(-log(p[NAMES.index(z)]) for p, z in pairs) / len(TRUTH)


LEFT, CELL, ROW = 26, 10.9, 20


def grid(d: Drawing, top: float, ahead: int) -> None:
    for z, name in enumerate(NAMES):
        d.text(14, top + ROW * (z + 0.5), name, 13, "muted")
    for t, p in enumerate(posterior(ahead)):
        for z, share in enumerate(p):
            x, y = LEFT + CELL * t, top + ROW * z
            if share > 0.02:
                d.element(
                    "rect", "solid lstm", x=x, y=y, width=CELL - 1, height=ROW - 2, opacity=share
                )
            if NAMES[z] == TRUTH[t]:
                d.path(f"M{x} {y}h{CELL - 1}v{ROW - 2}h{1 - CELL}z", "new")


def draw():
    assert f"({cost(0):.2f} nats" in CAPTION and f"({cost(5):.2f})" in CAPTION
    d = Drawing(262)
    for t, x in enumerate(LETTERS):
        d.text(LEFT + CELL * (t + 0.45), 14, x, 13, "bold")
    d.text(LEFT, 40, "with the past alone", 13, "muted", "start")
    grid(d, 52, 0)
    d.text(LEFT, 154, "with five letters of future", 13, "muted", "start")
    grid(d, 166, 5)
    return d
