"""Two ladders to count on: rungs one apart without end, and rungs that crowd under a ceiling."""

from grammar import Drawing

ALT = (
    "Two ladders side by side. Left, the LSTM's cell: rungs 0 to 7 at equal distances, each step "
    "plus 1, and an arrow upwards past the last one. Right, the GRU's state: a dashed ceiling at "
    "1; rungs at 0, 0.20, 0.36, 0.49, 0.59, 0.67, 0.74 and on, ever closer, until they run "
    "into each other under the ceiling."
)
CAPTION = (
    "One rung for each a. The LSTM's cell may climb on by 1 each time. The GRU's state, here with "
    "$z = 0.8$, goes a fifth of the way that is left to the ceiling."
)


def ladder(d: Drawing, x: float, heights, kind: str, low: float, high: float):
    for side in (-34, 34):
        d.arrow((x + side, low + 8), (x + side, high), look=kind, width=2, head=False)
    for y in heights:
        d.arrow((x - 34, y), (x + 34, y), look=kind, width=2, head=False)


def draw():
    d = Drawing(300)
    low, unit, tall = 262, 28, 208
    d.text(96, 14, "LSTM: $c_t$", 15, "lstm bold")
    d.text(258, 14, "GRU: $h_t$", 15, "gru bold")
    ladder(d, 96, [low - unit * n for n in range(8)], "lstm", low, 50)
    for side in (62, 130):
        d.arrow((side, 52), (side, 30), look="lstm", width=2)
    for n in range(8):
        d.text(52, low - unit * n, f"{n}", 14, "lstm", "end")
    d.bracket(low - unit, low, 136, "+1", "right", "new", 14)
    d.bracket(low - 7 * unit, low - 6 * unit, 136, "+1", "right", "new", 14)
    rungs = [1 - 0.8**n for n in range(40)]
    ladder(d, 258, [low - tall * h for h in rungs], "gru", low, low - tall)
    d.arrow((206, low - tall - 3), (332, low - tall - 3), look="ink dash", head=False)
    d.text(258, low - tall - 16, "1, never reached", 13)
    for n in range(6):
        d.text(215, low - tall * rungs[n], f"{rungs[n]:.2f}" if n else "0", 14, "gru", "end")
    d.bracket(low - tall * rungs[1], low, 298, "+0.20", "right", "new", 13)
    d.bracket(low - tall * rungs[6], low - tall * rungs[5], 298, "+0.07", "right", "new", 13)
    d.text(180, 288, "rungs: how many a's were read", 13, "muted")
    return d
