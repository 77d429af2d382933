"""Eight steps of a linear loop in three rounds: each round doubles what a map covers."""

from grammar import Drawing

ALT = (
    "Four rows of eight boxes. In the lowest each box is one step: 1, 2, 3 to 8. In the next, "
    "after round one, a box joins two steps: 1, 1–2, 2–3 to 7–8. After round two, four: 1–3, "
    "1–4, 2–5 to 5–8. In the top row, after round three, every box begins at 1: 1, 1–2, 1–3 to "
    "1–8. Slanted lines from one, two and four boxes further left lead into each box; those into "
    "the last box are in the highlight's colour."
)
CAPTION = (
    "Each box is a map: keep so much, add so much. In a round every box is joined with the one 1, "
    "then 2, then 4 to its left, all at the same time. After three rounds each knows the way from "
    "the beginning. A loop needs eight steps, one after the other."
)


def draw():
    d = Drawing(300)
    xs = [68 + 38 * n for n in range(8)]
    ys = (268, 190, 112, 34)
    marked = {(3, 7)}
    for r in (3, 2, 1):
        for row, n in list(marked):
            if row == r:
                marked |= {(r - 1, n), (r - 1, n - 2 ** (r - 1))}
    for r in (1, 2, 3):
        far = 2 ** (r - 1)
        for new in (False, True):
            for n, x in enumerate(xs):
                if ((r, n) in marked) != new:
                    continue
                look, width = ("new", 1.8) if new else ("muted", 1)
                below, above = (x, ys[r - 1] - 13), (x, ys[r] + 13)
                if n >= far:
                    d.arrow(below, above, look=look, width=width)
                    d.arrow((xs[n - far], ys[r - 1] - 13), above, look=look, width=width)
                else:
                    d.arrow(below, above, look="faint", width=1, head=False)
    for r, y in enumerate(ys):
        for n, x in enumerate(xs):
            first = max(0, n - 2**r + 1)
            told = f"{first + 1}–{n + 1}" if first < n else f"{n + 1}"
            look = "new wash" if (r, n) in marked else "paper" if r else "wash"
            d.box(x, y, 32, 24, told, look, 13, 5)
    for y, told in zip((229, 151, 73), ("round 1", "round 2", "round 3"), strict=True):
        d.text(8, y, told, 13, "muted", "start")
    return d
