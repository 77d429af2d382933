"""An encoder and a decoder: what is read goes through one state to what is written."""

from grammar import Drawing

ALT = (
    "Below, from left to right, three LSTM cells read two, black, dogs. The last one's state, "
    "one box, is handed up to a second row of three LSTM cells, which write deux, chiens, "
    "noirs. Each of these reads the word that was written before it: start, deux, chiens. "
    "Only one arrow leads from the row that reads to the row that writes."
)
CAPTION = (
    "Reader below, writer above. All that the writer knows of the English has passed through one "
    "state, as long for thirty words as for three. Under each writing cell "
    "stands what it reads: the word before."
)
PLACES = (62, 152, 242)


def draw():
    d = Drawing(330)
    d.text(286, 34, "is written", 13, "new", "start")
    d.text(286, 302, "is read", 13, "muted", "start")
    readers = d.chain(PLACES[0], 250, 3, 90, "", "lstm", 48, 38)
    for x, word, cell in zip(PLACES, ("two", "black", "dogs"), readers, strict=True):
        (given,) = d.tokens(x - 30, 302, [word], w=60)
        d.arrow(given.north, cell.south)
    state = d.box(322, 188, 56, 40, "state", "new wash thick")
    d.arrow(readers[-1].east, (322, 250), state.south)
    writers = d.chain(PLACES[0], 108, 3, 90, "", "lstm", 48, 38)
    d.arrow(state.north, (322, 66), (18, 66), (18, 108), writers[0].west, look="new", width=2.2)
    for x, word, cell in zip(PLACES, ("deux", "chiens", "noirs"), writers, strict=True):
        (told,) = d.tokens(x - 32, 34, [word], w=64, look="new paper")
        d.arrow(cell.north, told.south)
    for x, word, cell in zip(PLACES, ("[START]", "deux", "chiens"), writers, strict=True):
        (before,) = d.tokens(x - 34, 166, [word], w=68, look="dash bare", size=13)
        d.arrow(before.north, cell.south, look="muted")
    return d
