"""A sum of past and future on four corners: both diagonals have the same sum."""

from grammar import Drawing

ALT = (
    "A square of four boxes. Columns: the right neighbour q is 0 or 1; rows: the left neighbour p "
    "is 0 or 1. The boxes hold u 0 plus v 0, u 0 plus v 1, u 1 plus v 0 and u 1 plus v 1. Each box "
    "bears the answer that the game wants: no where the neighbours are equal, yes where they "
    "differ. Two lines, the diagonals, cross in the middle; below stands: each diagonal adds up to "
    "u 0 plus u 1 plus v 0 plus v 1."
)
CAPTION = (
    "The past gives $u_0$ or $u_1$, the future $v_0$ or $v_1$. Each diagonal holds all four, so "
    "the two have the same sum. The game wants one below zero and the other above."
)


def draw():
    d = Drawing(292)
    columns, rows = (142, 278), (86, 196)
    d.text(210, 16, "right neighbour $q$", 14, "muted")
    for q, x in enumerate(columns):
        d.text(x, 40, str(q), 15, "bold")
    d.text(8, 126, "left", 14, "muted", "start")
    d.text(8, 143, "neighbour", 14, "muted", "start")
    d.text(8, 160, "$p$", 15, "muted", "start")
    for p, y in enumerate(rows):
        d.text(74, y, str(p), 15, "bold")
    first, second = "thick", "new thick dash"
    d.arrow((columns[0], rows[0]), (columns[1], rows[1]), look=first, head=False)
    d.arrow((columns[1], rows[0]), (columns[0], rows[1]), look=second, head=False)
    for p, y in enumerate(rows):
        for q, x in enumerate(columns):
            equal = p == q
            look = "paper" if equal else "new paper"
            d.box(x, y, 104, 56, "", look, radius=9)
            d.text(x, y - 11, f"$u_{p} + v_{q}$", 17, "" if equal else "new")
            d.text(x, y + 14, "no: below 0" if equal else "yes: above 0", 13, look[:-5])
    d.text(180, 252, "either diagonal:", 14, "muted")
    d.text(180, 275, "$u_0 + u_1 + v_0 + v_1$", 17)
    return d
