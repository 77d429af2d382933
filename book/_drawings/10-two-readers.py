"""Two readers of 4, 2, 8: what each has at each step, and where both are done."""

from itertools import pairwise

from grammar import Drawing

ALT = (
    "Three inputs, 4, 2 and 8. A chain of three boxes above them runs to the right and holds 4, 4, "
    "10: half of what came before, plus the input. A second chain, above the first, runs to the "
    "left and holds 8 at step 3, 6 at step 2, 7 at step 1. Two boxes are filled and bear the word "
    "done: 10, at the last step of the forward chain, and 7, at the first step of the backward "
    "chain. A dashed frame around 10 and 8 at step 3 bears the words: the last column."
)
CAPTION = (
    "Two readers, each with half of what it had plus the new input. They are done at opposite "
    "ends (filled boxes). The last column holds one that is done and one that has just begun."
)
INPUTS, FORWARD, BACKWARD = (4, 2, 8), (4, 4, 10), (7, 6, 8)
PLACES = (108, 202, 296)


def draw():
    d = Drawing(276)
    d.text(8, 230, "input", 13, "", "start")
    d.text(8, 150, "forwards", 13, "lstm", "start")
    d.text(8, 70, "backwards", 13, "lstm", "start")
    rows = []
    for values, y, done in ((FORWARD, 150, 2), (BACKWARD, 70, 0)):
        row = []
        for t, (x, value) in enumerate(zip(PLACES, values, strict=True)):
            look = "new wash thick" if t == done else "lstm paper"
            row.append(d.box(x, y, 48, 36, str(value), look, 17, 10))
        rows.append(row)
    forward, backward = rows
    for a, b in pairwise(forward):
        d.arrow(a.east, b.west, look="lstm")
        d.text((a.x + b.x) / 2, 134, "½", 14, "lstm")
    for a, b in pairwise(backward):
        d.arrow(b.west, a.east, look="lstm")
        d.text((a.x + b.x) / 2, 54, "½", 14, "lstm")
    for t, (x, value) in enumerate(zip(PLACES, INPUTS, strict=True)):
        (given,) = d.tokens(x - 24, 230, [str(value)], w=48, h=32, size=17)
        d.arrow(given.north, forward[t].south)
        way = [given.east, (x + 34, 230), (x + 34, 112), (x, 112), backward[t].south]
        d.arrow(*way, look="muted")
        d.text(x, 260, f"step {t + 1}", 12, "muted")
    pair = d.box(PLACES[2] + 4, 110, 84, 142, "", "dash muted", radius=12)
    d.text(pair.x - 2, 24, "the last column", 13, "muted")
    d.text(PLACES[0], 34, "done", 13, "new")
    d.text(PLACES[2] - 17, 121, "done", 13, "new")
    return d
