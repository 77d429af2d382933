"""The same repeat, once as a sign and once written out."""

from grammar import Drawing

ALT = (
    "Above, a row of boxes: a repeat sign, the letters c e d c, a repeat sign. Below, the same "
    "notes twice: c e d c, c e d c; the second four in the highlight's colour. Beside the upper "
    "row: two signs. Beside the lower one: as many notes again."
)
CAPTION = (
    "One repeat, written in two ways. Above, two signs say it. Below, each note must be "
    "foreseen again, and only who looks back can."
)


def draw():
    d = Drawing(178)
    d.tokens(14, 52, ["|:", *"cedc", ":|"], w=32, mono=True)
    d.text(246, 44, "the repeat:", 13, "muted", "start")
    d.text(246, 60, "two signs", 13, "new", "start")
    d.tokens(14, 112, list("cedc"), w=32, mono=True)
    d.tokens(158, 112, list("cedc"), w=32, look="new paper", mono=True)
    d.text(78, 148, "the strain", 13, "muted")
    d.text(228, 148, "the repeat: all its notes", 13, "new")
    return d
