"""Which inputs an answer may use, for four kinds of reader."""

from grammar import Drawing

ALT = (
    "Four rows of ten small boxes, the inputs 1 to 10. The answer to step 4 is asked, marked by a "
    "frame around column 4. Filled boxes are read. Forward: 1 to 4, and the answer waits for "
    "nothing. Forward, two steps late: 1 to 6, it waits 2 steps. A window of two steps on either "
    "side: 2 to 6, it waits 2 steps. Both directions: 1 to 10, it waits for the end, 6 steps."
)
CAPTION = (
    "What may be read for the answer to step 4, the framed one. What stands right of the frame has "
    "to be waited for."
)
READERS = (
    ("forward", 1, 4, "waits 0 steps"),
    ("forward, 2 steps late", 1, 6, "waits 2 steps"),
    ("a window of ±2", 2, 6, "waits 2 steps"),
    ("both directions", 1, 10, "waits 6 steps, to the end"),
)


def draw():
    d = Drawing(262)
    for row, (name, first, last, wait) in enumerate(READERS):
        y = 38 + 60 * row
        d.text(8, y - 22, name, 13, "bold", "start")
        d.text(352, y - 22, wait, 13, "muted" if wait.endswith(" 0 steps") else "new", "end")
        for t in range(1, 11):
            read = first <= t <= last
            look = "faint paper" if not read else "new wash" if t > 4 else "lstm wash"
            box = d.box(8 + 34.4 * t - 17.2, y + 4, 30, 24, str(t), look, 12, 4)
            if t == 4:
                d.window(box, box, 3, "ink thick")
    return d
