"""The network from text to logits, with the shape beside each arrow."""

from grammar import Drawing

ALT = (
    "From above to below: the characters of a text; a number for each; the layer Embedding; the "
    "layer LSTM, in its colour; the layer Dense; a small bar chart of logits. Beside the arrows "
    "stand the shapes: B, T for the numbers, B, T, 32 after Embedding, B, T, H after LSTM, and B, "
    "T, V after Dense."
)
CAPTION = (
    "Shapes on the way: $B$ windows at once, $T$ characters in each, $H$ units, $V$ different "
    "characters. The first two axes go through unchanged."
)
TEXT = "the sea"


def draw():
    d = Drawing(456)
    x = 112
    d.tokens(x - 90, 24, TEXT, w=24, gap=2, mono=True)
    d.arrow((x, 38), (x, 78))
    d.text(x + 14, 58, "one number a character", 12, "muted", "start")
    codes = ["0" if c == " " else str(ord(c) - 96) for c in TEXT]
    d.tokens(x - 90, 92, codes, w=24, gap=2, size=13)
    d.arrow((x, 106), (x, 154))
    d.text(x + 14, 122, "(B, T)", 14, "mono", "start")
    d.text(x + 14, 138, "B windows of T characters", 12, "muted", "start")
    d.stack(
        x,
        172,
        [
            ("Embedding", "", "(B, T, 32)", "32 numbers a character"),
            ("LSTM", "lstm", "(B, T, H)", "its state at each step"),
            ("Dense", "", "(B, T, V)", "a logit for each next character"),
        ],
        w=132,
        pitch=84,
    )
    base = 442
    for i, height in enumerate((8, 20, 12, 32, 6, 16, 10, 24, 14)):
        d.box(x - 64 + 16 * i, base - height / 2, 10, height, "", "wash", radius=2)
    d.arrow((x - 80, base), (x + 80, base), head=False)
    d.text(x + 92, base - 8, "logits", 13, "", "start")
    return d
