"""Training and writing: who chooses the next word that is read?"""

from grammar import Drawing

ALT = (
    "Two unrolled networks. Above, training: dog, bites, man go in, as the text has them, although "
    "the guesses above the boxes are man, man and bites, and wrong. Below, writing: only dog is "
    "given; a thick arrow leads from each guess down to the next input, so bites and man are "
    "the network's own words."
)
CAPTION = (
    "In training the truth goes in, whatever was guessed. In writing the guess goes in, and is "
    "the next word."
)


def row(d: Drawing, top: float, title: str, given, guesses, own: bool) -> None:
    d.text(8, top, title, 14, "bold", "start")
    places = (82, 196, 310)
    cells = d.chain(places[0], top + 82, 3, 114, "RNN", "rnn", 58, 38)
    d.text(4, top + 30, "guess", 12, "new" if own else "muted", "start")
    d.text(4, top + 140, "word", 12, "muted", "start")
    outs = []
    for t, (cell, word, guess) in enumerate(zip(cells, given, guesses, strict=True)):
        look = "paper" if not own or t == 0 else "new wash"
        (token,) = d.tokens(cell.x - 30, top + 140, [word], w=60, look=look)
        d.arrow(token.north, cell.south)
        look = "new wash" if own else "muted dash"
        (out,) = d.tokens(cell.x - 30, top + 30, [guess], w=60, look=look)
        d.arrow(cell.north, out.south)
        if own and outs:
            x = (outs[-1].x + out.x) / 2
            way = [outs[-1].east, (x, outs[-1].y), (x, token.y), token.west]
            d.arrow(*way, look="new", width=2.5)
        outs.append(out)


def draw():
    d = Drawing(356)
    words = ("dog", "bites", "man")
    row(d, 14, "training: the truth goes in", words, ("man", "man", "bites"), False)
    row(d, 196, "writing: its own guess goes in", words, ("bites", "man", "."), True)
    return d
