"""The linear model as a loop that adds, above it a loop with gates."""

from itertools import pairwise

from grammar import Drawing

ALT = (
    "Four words at the bottom: who, is, he and a question mark. Over each word and the one before "
    "it a box, votes. Each box leads up into a circle with a plus; the circles are joined by "
    "arrows from left to right, in the highlight's colour, and end in: sum. Above, the same words "
    "in a chain of LSTM cells, joined from left to right, ending in: state."
)
CAPTION = (
    "Below, the linear model: look up the votes of the word and of the pair that ends here, and "
    "add. Above, the LSTM: what is kept, and what comes in, depends on what was read."
)
TEXTS = ("who", "is", "he", "?")


def draw():
    d = Drawing(322)
    words = d.tokens(14, 300, TEXTS, w=62, h=30, gap=8, size=15)
    sums = []
    for i, word in enumerate(words):
        votes = d.box(word.x, 240, 54, 28, "votes", "wash", 13, 5)
        d.arrow(word.north, votes.south)
        if i:
            before = words[i - 1]
            fork = before.x + 12
            d.arrow((fork, 285), (fork, 268), (word.x - 18, 268), votes.at(-0.66, 1))
        plus = d.node(word.x, 184, "+", "new paper")
        d.arrow(votes.north, plus.south)
        sums.append(plus)
    for a, b in pairwise(sums):
        d.arrow(a.east, b.west, look="new", width=2.5)
    d.arrow(sums[-1].east, (304, 184), look="new", width=2.5)
    d.text(326, 184, "sum", 14, "new")
    d.text(14, 144, "linear model: only adds", 13, "new", "start")
    d.path("M8 122H352", "faint")
    cells = d.chain(words[0].x, 52, 4, 70, "", "lstm", 44, 36)
    for text, cell in zip(TEXTS, cells, strict=True):
        d.arrow((cell.x, 96), cell.south)
        d.text(cell.x, 108, text, 14)
    d.arrow(cells[-1].east, (304, 52))
    d.text(328, 52, "state", 14)
    d.text(14, 14, "LSTM: keeps, clears, multiplies", 13, "lstm", "start")
    return d
