"""The puzzle: three untrained cells read a hundred inputs; which feels a nudge at the first?"""

from grammar import Drawing

ALT = (
    "Three rows, one for each kind of cell: RNN, LSTM, GRU. Each row shows three copies of the "
    "cell joined by arrows from left to right, with dots between the second and the third for many "
    "more steps. At the left a small coloured arrow, the nudge, goes into the first cell of each "
    "row. At the right an arrow leaves the last cell towards a question mark."
)
CAPTION = (
    "Three untrained layers read 100 inputs. The first input is nudged. How much of the nudge is "
    "left at the end?"
)
ROWS = (("RNN", "rnn", 62), ("LSTM", "lstm", 122), ("GRU", "gru", 182))


def draw():
    d = Drawing(216)
    for name, kind, y in ROWS:
        first = d.cell(86, y, name, kind, 62, 40)
        second = d.cell(172, y, name, kind, 62, 40)
        last = d.cell(276, y, name, kind, 62, 40)
        d.arrow((14, y), first.west, look="new", width=4)
        d.arrow(first.east, second.west)
        d.text(224, y, "…", 18, "muted")
        d.arrow(last.east, (334, y), look="new", width=1.5)
        d.text(344, y, "?", 17, "new bold")
    d.text(8, 22, "a nudge", 13, "new", "start")
    d.text(86, 22, "$x_1$", 16, "muted")
    d.text(172, 22, "$x_2$", 16, "muted")
    d.text(276, 22, "$x_{100}$", 16, "muted")
    return d
