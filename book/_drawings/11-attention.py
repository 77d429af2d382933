"""One step of attention: a word to write, the rows of what was read, weights, their mix."""

from grammar import Drawing

ALT = (
    "Below, three rows that the reader left, one each for two, black and dogs. An LSTM cell "
    "on the left is about to write the word after deux. Lines lead from the three rows to a "
    "plus sign. The line from dogs is thickest, with the weight 0.9; those of two and black, "
    "0.06 and 0.04, are thin. The mix and the cell's output are added and go through a layer "
    "Dense to the word chiens."
)
CAPTION = (
    "The writer looks back. Its output is compared with every row (dashed, drawn once). Each row "
    "gets a weight, and the rows are added up in these proportions. Then the writer's own output "
    "is added. Here it skips *black*: in French the noun comes first."
)
PLACES = (150, 226, 302)
WEIGHTS = (0.06, 0.04, 0.9)


def draw():
    d = Drawing(352)
    rows = []
    for x, word in zip(PLACES, ("two", "black", "dogs"), strict=True):
        (given,) = d.tokens(x - 30, 326, [word], w=60)
        row = d.state(x, 262, 3, 30, 18)
        d.arrow(given.north, row.south)
        rows.append(row)
    d.text(8, 262, "rows that", 12, "muted", "start")
    d.text(8, 278, "were read", 12, "muted", "start")
    mix = d.node(226, 132, "+")
    for row, weight in zip(rows, WEIGHTS, strict=True):
        d.arrow(row.north, mix.south, look="new", width=1 + 5 * weight, gap=4)
    for x, y, weight in zip((150, 250, 304), (196, 218, 196), WEIGHTS, strict=True):
        d.text(x, y, f"{weight:g}", 14, "new bold")
    cell = d.cell(56, 132, "LSTM", "lstm", 80, 44)
    (before,) = d.tokens(22, 208, ["deux"], w=68, look="dash bare", size=13)
    d.arrow(before.north, cell.south, look="muted")
    total = d.node(144, 82, "+")
    d.arrow(cell.north, (56, 82), total.west)
    d.arrow(mix.north, (226, 82), total.east, look="new")
    d.arrow(cell.east, (112, 132), (112, 222), (133, 240), look="dash muted")
    d.text(124, 178, "q", 14, "var", "start")
    d.text(250, 120, "mix", 12, "muted", "start")
    guess = d.layer(144, 40, "Dense", 84, 30)
    d.arrow(total.north, guess.south)
    (told,) = d.tokens(232, 40, ["chiens"], w=72, look="new paper")
    d.arrow(guess.east, told.west)
    return d
