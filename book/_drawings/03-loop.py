"""A recurrent network: one box with an arrow to itself."""

from grammar import Drawing

ALT = (
    "One box, the SimpleRNN. The word x at t enters from below through W x. The state h at t "
    "leaves above; there the line forks, and a thick arrow leads round the box back into its left "
    "side: at the next step it is the state before, h at t minus 1, and passes through W h."
)
CAPTION = (
    "A loop: the box reads one word and its own last state, and gives the next state. The dot on "
    "its edge is the mark of a SimpleRNN in this book."
)


def draw():
    d = Drawing(224)
    cell = d.cell(196, 124, "RNN", "rnn", 96, 56, 16)
    d.arrow((196, 196), cell.south)
    d.text(196, 210, "$x_t$", 17)
    d.text(208, 172, "$W_x$", 16, "muted", "start")
    d.arrow(cell.north, (196, 34))
    d.text(196, 20, "$h_t$", 17)
    d.loop(cell, "new")
    d.text(98, 97, "$h_{t-1}$", 17, "new", "end")
    d.text(126, 142, "$W_h$", 16, "muted")
    return d
