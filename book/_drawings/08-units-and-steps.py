"""Units are the numbers in the state, steps are how often the box is used."""

from grammar import Drawing

ALT = (
    "The same LSTM box stands six times in a row, once for each character of: the se. Arrows lead "
    "from box to box. Above each box stands its state, a column of four circles. A bracket at the "
    "side of a column says four units; a bracket under the row says six time steps."
)
CAPTION = (
    "`LSTM(4)` over six characters. Units count the numbers in the state, and you choose them. "
    "Steps count how often the one box is used, and the text chooses them."
)
TEXT = "the se"


def draw():
    d = Drawing(262)
    x, pitch = 92, 49
    cells = d.chain(x, 146, len(TEXT), pitch, "", "lstm", 34, 34)
    for cell, letter in zip(cells, TEXT, strict=True):
        state = d.state(cell.x, 64, 4, 24, 17, "lstm wash")
        d.arrow(cell.north, state.south)
        (word,) = d.tokens(cell.x - 13, 198, [letter], w=26, h=26, mono=True)
        d.arrow(word.north, cell.south)
    d.bracket(30, 98, x - 20, "4 units", "left", "new")
    d.bracket(x - 14, cells[-1].x + 14, 220, "6 time steps", "below", "new")
    d.text(8, 146, "one box", 13, "lstm", "start")
    d.text(8, 198, "text", 13, "muted", "start")
    d.text(x + 2.5 * pitch, 14, "its state, renewed at each step", 13, "lstm")
    return d
