"""Five words, and the table of what followed what."""

from grammar import Drawing

ALT = (
    "Above, the corpus: the cat saw the dog. Curved brackets join the first the with cat, and the "
    "second the with dog. Below, a table: a row for each last word, a column for each next word, "
    "the, cat, saw, dog. The row of the holds one half under cat and one half under dog. The row "
    "of cat holds 1 under saw, the row of saw 1 under the. The row of dog holds question marks: "
    "nothing ever followed it."
)
CAPTION = (
    "Counting pairs. Each row, divided by its sum, is a guess at the next word. What to guess "
    "after *dog*, the table does not know."
)
WORDS = ("the", "cat", "saw", "dog")
SHARES = {("the", "cat"): "1/2", ("the", "dog"): "1/2", ("cat", "saw"): "1", ("saw", "the"): "1"}


def draw():
    d = Drawing(276)
    corpus = d.tokens(30, 20, ["the", "cat", "saw", "the", "dog"], w=56, gap=5)
    for a in (0, 3):
        start, end = corpus[a].south, corpus[a + 1].south
        way = [start, (start[0], 52), (end[0], 52), (end[0], 35)]
        d.arrow(*way, look="new", width=2)
    d.text(8, 92, "last word", 13, "muted", "start")
    d.text(220, 70, "next word", 13, "muted")
    for column, word in enumerate(WORDS):
        d.text(120 + 66 * column, 92, word, 14, "bold")
    for row, last in enumerate(WORDS):
        y, new = 124 + 42 * row, last == "the"
        d.text(70, y, last, 14, "bold new" if new else "bold", "end")
        for column, word in enumerate(WORDS):
            share = SHARES.get((last, word), "?" if last == "dog" else "0")
            look = "muted dash" if last == "dog" else "wash" if share != "0" else "faint paper"
            look = f"new {look}" if new and share != "0" else look
            d.box(120 + 66 * column, y, 62, 34, "", look, radius=4)
            ink = "new bold" if new and share != "0" else "muted" if share in "0?" else "bold"
            d.text(120 + 66 * column, y, share, 15, ink)
    return d
