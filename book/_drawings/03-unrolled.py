"""The loop unrolled over three words, with outputs and a loss."""

from grammar import Drawing

ALT = (
    "The loop unrolled: three copies of the same RNN box, joined by arrows that carry the states "
    "h 1 and h 2 through the same W h; the first starts from h 0, which is 0. From below the words "
    "dog, bites, man enter through the same W x. Above each box the same output layer, W y, gives "
    "a guess, y 1, y 2, y 3. Above it the guess meets the truth, the word that follows: bites, man "
    "and the full stop, each in a loss, L 1, L 2, L 3. The loss L at the top is their sum."
)
CAPTION = (
    "Three words, three steps, one set of weights: each W is the same at every step. The loss adds "
    "up what each guess cost."
)


def draw():
    d = Drawing(376)
    words, targets = ("dog", "bites", "man"), ("bites", "man", ".")
    cells = d.chain(84, 272, 3, 110, "RNN", "rnn", 62, 42)
    start = d.box(20, 272, 24, 28, "0", "muted paper", 13, 8)
    d.arrow(start.east, cells[0].west)
    d.text(20, 246, "$h_0$", 16, "muted")
    d.text(194, 20, "$L = L_1 + L_2 + L_3$", 18, "new")
    for t, (cell, word, target) in enumerate(zip(cells, words, targets, strict=True), 1):
        (given,) = d.tokens(cell.x - 30, 352, [word], w=60)
        d.arrow(given.north, cell.south)
        d.text(cell.x + 10, 314, "$W_x$", 14, "muted", "start")
        d.text(cell.x + 10, 233, f"$h_{t}$", 16, "rnn", "start")
        d.text(cell.x - 10, 231, "$W_y$", 14, "muted", "end")
        output = d.layer(cell.x, 194, "Dense", 62, 30)
        d.arrow(cell.north, output.south)
        d.text(cell.x + 10, 161, f"$y_{t}$", 16, "", "start")
        loss = d.box(cell.x, 126, 40, 28, f"$L_{t}$", "new wash", 16, 14)
        d.arrow(output.north, loss.south)
        (true,) = d.tokens(cell.x - 30, 70, [target], w=60, look="new dash")
        d.arrow(true.south, loss.north, look="new dash")
    for cell in cells[:2]:
        d.text(cell.x + 54, 289, "$W_h$", 14, "muted")
    d.text(8, 70, "truth", 12, "new", "start")
    d.text(8, 352, "word", 12, "muted", "start")
    return d
