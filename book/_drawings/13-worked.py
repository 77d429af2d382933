"""A reader with two numbers, sign and mood, word by word."""

from grammar import Drawing

ALT = (
    "A sentence in a column of boxes, read downwards: the food was good but the staff was not "
    "really lovely, cut to good, but, not, really, lovely. Beside each word two numbers: sign and "
    "mood. At the start sign 1 and mood 0. After good: 1 and 1. After but, highlighted: 1 and 0. "
    "After not: minus 1 and 0. After really: unchanged. After lovely: 1 and minus 1, framed: "
    "negative."
)
CAPTION = (
    "Two numbers are enough. *Not* turns the sign. An opinion *adds* sign times ±1 to the mood and "
    "sets the sign back to 1. *But* clears the mood. All other words change nothing."
)
ROWS = (
    ("good", "1", "1", "+ 1 × 1"),
    ("but", "1", "0", "cleared"),
    ("not", "−1", "0", "turned"),
    ("really", "−1", "0", "kept"),
    ("lovely", "1", "−1", "+ (−1) × 1"),
)


def draw():
    d = Drawing(288)
    for x, head in ((56, "word"), (150, "sign"), (222, "mood")):
        d.text(x, 16, head, 13, "muted")
    before = (
        d.box(150, 46, 48, 30, "1", "wash", 16, 10),
        d.box(222, 46, 48, 30, "0", "wash", 16, 10),
    )
    d.text(56, 46, "start", 13, "muted")
    for i, (word, sign, mood, what) in enumerate(ROWS):
        y = 92 + 42 * i
        d.tokens(16, y, [word], w=80, h=30, size=15)
        hot = "new wash" if what in ("cleared", "turned") else "wash"
        now = (
            d.box(150, y, 48, 30, sign, hot if what == "turned" else "wash", 16, 10),
            d.box(222, y, 48, 30, mood, hot if what == "cleared" else "wash", 16, 10),
        )
        for a, b in zip(before, now, strict=True):
            d.arrow(a.south, b.north, width=1, look="muted")
        d.text(262, y, what, 13, "new" if what in ("cleared", "turned") else "", "start")
        before = now
    d.window(before[1], before[1], 5)
    return d
