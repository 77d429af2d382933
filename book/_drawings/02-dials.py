"""Unit and context: the same text in letters and in words, read near and read far."""

from grammar import Drawing

ALT = (
    "The text the cat saw the, four times, with a question mark for what comes next. First in "
    "letters, a frame around the last three; then in letters, a frame around all of them. Third "
    "in words, a frame around the last two; last in words, a frame around all four."
)
CAPTION = (
    "Two questions, four models. What is a symbol: a letter, or a word? How many of them does the "
    "model see: a few, or all so far?"
)
TEXT = "the cat saw the "


def draw():
    d, y = Drawing(316), 14
    for unit, back in (("letters", 3), ("letters", None), ("words", 2), ("words", None)):
        near = f"the last {back}" if back else "all so far"
        d.text(8, y, unit, 14, "bold", "start")
        d.text(74, y, f"context: {near}", 13, "new", "start")
        if unit == "letters":
            boxes = d.tokens(11, y + 30, TEXT, w=18, gap=2, size=13, mono=True)
            d.tokens(11 + 20 * len(TEXT) + 4, y + 30, ["?"], w=16, size=13, look="new dash")
        else:
            boxes = d.tokens(11, y + 30, TEXT.split(), w=70, gap=6)
            d.tokens(11 + 76 * 4 + 4, y + 30, ["?"], w=32, look="new dash")
        d.window(boxes[-back if back else 0], boxes[-1], margin=3)
        y += 82
    return d
