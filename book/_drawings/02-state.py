"""A row of a long table, or a state: two ways from the text so far to a guess."""

from grammar import Drawing

ALT = (
    "Above, a table: the last five letters, b a b k a, point to one row of a long stack of rows, "
    "and the row is the guess, twelve bars. A note counts 248\u202f832 rows. Below, a network: "
    "only the last letter, a, goes into a box named RNN from below; above it lies its state, a "
    "row of circles; a thick loop leads the state back into the box, and the twelve bars are made"
    " of it."
)
CAPTION = (
    "A table looks up the last five letters. A network keeps a state, changes it with each letter, "
    "and makes its guess of that. (The dot on the box is the book's mark for this kind of network.)"
)
GUESS = (30, 26, 8, 6, 4, 3, 3, 4, 3, 5, 8, 7)


def bars(d: Drawing, x: float, base: float) -> None:
    for n, height in enumerate(GUESS):
        look = "new wash" if n < 2 else "wash"
        d.box(x + 7 * n, base - height / 2, 5, height, "", look, radius=1)
    d.arrow((x - 5, base), (x + 83, base), head=False, look="muted")


def draw():
    d = Drawing(372)
    d.text(8, 14, "a table: one row for each context", 14, "bold", "start")
    letters = d.tokens(8, 89, "babka", w=18, gap=2, mono=True)
    table = [d.box(180, 44 + 9 * n, 76, 7, "", "muted paper thin", radius=1) for n in range(10)]
    row = d.box(180, table[5].y, 76, 7, "", "new solid", radius=1)
    d.arrow(letters[-1].east, row.west, look="new")
    d.text(180, 146, "…", 14, "muted")
    d.text(180, 166, "248\u202f832 rows", 13, "muted")
    d.arrow(row.east, (256, row.y), look="new")
    bars(d, 266, row.y + 14)
    d.text(306, row.y + 30, "the guess", 13)

    d.text(8, 206, "a network: one state, always changed", 14, "bold", "start")
    cell = d.cell(180, 296, "RNN", "rnn", 72, 44)
    (letter,) = d.tokens(168, 350, ["a"], w=24, mono=True)
    d.text(200, 350, "the last letter", 13, "muted", "start")
    d.arrow(letter.north, cell.south)
    state = d.state(180, 244, 5, 22, 16, "rnn wash", across=True)
    d.arrow(cell.north, state.south, look="rnn")
    way = [state.west, (96, 244), (96, cell.y), cell.west]
    d.arrow(*way, look="rnn", width=2.5, bend=14)
    d.text(88, 270, "state", 13, "rnn", "end")
    d.arrow(state.east, (256, 244), look="new")
    bars(d, 266, 258)
    d.text(306, 274, "the guess", 13)
    return d
