"""One symbol, fifty-nine others, a question: what each untrained cell passes on."""

from itertools import pairwise

from grammar import Drawing

ALT = (
    "A row of letter boxes: C, then f, h, e, g, dots, and e, f; the C is marked. A bracket below "
    "says 59 random symbols. A question mark at the end asks for the first one. Below, two arrows "
    "lead from the C to the question and fade on the way. The upper one, the LSTM's, is labelled: "
    "keeps 0.73 a step, 9 times ten to the minus 9 are left. The lower one, the GRU's: keeps 0.5 a "
    "step, 2 times ten to the minus 18 are left."
)
CAPTION = (
    "Name the first of sixty symbols, after the last. Untrained, the LSTM's gate passes on more at "
    "every step, by far. Which of the two learns the task sooner?"
)


def path(d: Drawing, y: float, kind: str, name: str, share: str, left: str, fade: float):
    d.cell(36, y, name, kind, 56, 34)
    d.text(72, y - 15, f"keeps {share} a step", 13, kind, "start")
    width, ends = 5.0, [72, 118, 164, 210, 256]
    for a, b in pairwise(ends):
        d.arrow((a, y + 7), (b - 4, y + 7), look=kind, width=max(width, 0.7), head=b == 256)
        width *= fade
    d.text(352, y + 6, left, 15, f"{kind} bold", "end")


def draw():
    d = Drawing(254)
    (first,) = d.tokens(8, 62, ["C"], w=32, look="new wash", mono=True)
    noise = d.tokens(46, 62, ["f", "h", "e", "g"], w=32, mono=True)
    d.text(208, 62, "· · ·", 16, "muted")
    ends = d.tokens(228, 62, ["e", "f"], w=32, mono=True)
    ask = d.box(330, 62, 40, 32, "?", "new paper", 17)
    way = [first.north, (first.x, 22), (ask.x, 22), ask.north]
    d.arrow(*way, look="new", bend=12)
    d.text(178, 10, "which symbol was the first?", 13, "new")
    d.bracket(noise[0].west[0], ends[-1].east[0], 84, "59 random symbols", "below", "muted")
    d.text(352, 130, "left on the direct path", 13, "muted", "end")
    path(d, 166, "lstm", "LSTM", "0.73", "$9 × 10^{-9}$", 0.72)
    path(d, 220, "gru", "GRU", "0.5", "$2 × 10^{-18}$", 0.48)
    return d
