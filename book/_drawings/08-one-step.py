"""Serving: one character and the state go in, logits and the state come out."""

from grammar import Drawing

ALT = (
    "One step of the generator. A character goes up through an Embedding layer into an LSTM box. "
    "The state, h and c, lies in a box on the left; it goes into the LSTM and comes back changed. "
    "Above the LSTM, a Dense layer gives logits, one character is drawn from them, and a thick "
    "arrow leads that character back down to the entrance."
)
CAPTION = (
    "Writing, one step at a time. Two things come back: the state, which you keep, and the "
    "character that was drawn, which is the next input."
)


def draw():
    d = Drawing(322)
    x = 168
    (letter,) = d.tokens(x - 17, 272, ["e"], w=34, h=34, size=17, mono=True)
    embedding = d.layer(x, 222, "Embedding", 112, 30)
    cell = d.cell(x, 164, "LSTM", "lstm", 112, 46)
    dense = d.layer(x, 106, "Dense", 112, 30)
    d.arrow(letter.north, embedding.south)
    d.arrow(embedding.north, cell.south)
    d.arrow(cell.north, dense.south)
    base = 58
    d.arrow(dense.north, (x, base))
    for i, height in enumerate((6, 14, 30, 8, 20, 10, 12)):
        look = "new wash" if i == 2 else "wash"
        d.box(x - 42 + 14 * i, base - height / 2 - 2, 9, height, "", look, radius=2)
    d.arrow((x - 54, base), (x + 54, base), head=False)
    d.text(x - 62, base - 14, "logits", 13, "", "end")
    state = d.state(44, 164, ["$h$", "$c$"], 36, 26, "lstm wash", 17)
    d.arrow(cell.at(-1, -0.5), (state.east[0], cell.at(0, -0.5)[1]), look="lstm")
    d.arrow((state.east[0], cell.at(0, 0.5)[1]), cell.at(-1, 0.5), look="lstm")
    d.text(44, 122, "state", 13, "lstm")
    (drawn,) = d.tokens(291, base - 14, ["a"], w=34, h=34, size=17, mono=True, look="new wash")
    d.arrow((x + 58, base - 14), drawn.west, look="new")
    d.text(256, base - 28, "draw", 13, "new")
    d.arrow(drawn.south, (drawn.x, letter.y), letter.east, look="new", width=2.5, bend=14)
    d.text(x + 20, 308, "the drawn character is the next input", 13, "new")
    return d
