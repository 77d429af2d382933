"""How the answer gets into a bidirectional language model."""

from itertools import pairwise

from grammar import Drawing

ALT = (
    "Three steps of a bidirectional language model. The inputs are b, o, y; the answers that are "
    "asked for are o, y, s. A marked way leads from the input o at step 2 up into the backward box "
    "of step 2, from there left into the backward box of step 1, and up to the answer of step 1, "
    "which is the same o. Likewise from y to the answer of step 2. Only the last answer, s, has no "
    "such way: it is not among the inputs."
)
CAPTION = (
    "The recipe for a language model asks at each step for the *next* letter. With a backward "
    "reader that letter is one box away. Only the last answer is not among the inputs."
)


def draw():
    d = Drawing(304)
    xs, word = (96, 194, 292), "boys"
    backward = []
    for t, x in enumerate(xs):
        d.tokens(x - 20, 282, [word[t]], w=40, mono=True)
        last = t == 2
        asked = d.tokens(x - 20, 32, [word[t + 1]], w=40, mono=True, look="ink paper")[0]
        forward = d.cell(x - 26, 212, "", "lstm", 36, 34)
        if t < 2:
            d.arrow(forward.east, (xs[t + 1] - 26 - 18, 212), look="muted")
        back = d.cell(x + 14, 146, "", "lstm", 36, 34)
        backward.append(back)
        dense = d.layer(x, 86, "Dense", 66, 28)
        d.arrow((forward.x, 268), forward.south, look="muted")
        d.arrow((back.x, 268), back.south, look="new" if t else "muted", width=2.4 if t else 1.5)
        d.arrow(forward.north, (forward.x, 100), look="muted")
        hot = "muted" if last else "new"
        d.arrow(back.north, (back.x, 100), look=hot, width=1.5 if last else 2.4)
        d.arrow(dense.north, asked.south, look=hot, width=1.5 if last else 2.4)
    for a, b in pairwise(backward):
        d.arrow(b.west, a.east, look="new", width=2.4)
    d.text(8, 282, "read", 13, "muted", "start")
    d.text(8, 32, "asked", 13, "muted", "start")
    return d
