"""Two sentences made of the same words, and the bag of both: the puzzle of chapter 13."""

from grammar import Drawing

ALT = (
    "A bag with seven words in alphabetical order: bad, good, is, is, it, it, not. Two arrows lead "
    "from it to two sentences. The first: it is not bad, it is good, with a plus in a circle. The "
    "second: it is not good, it is bad, with a minus in a circle. The words that differ in place, "
    "good and bad, have the highlight's colour."
)
CAPTION = "One bag, two sentences, two opinions. Which one was it?"
BAG = ("bad", "good", "is", "is", "it", "it", "not")
SENTENCES = (("it is not", "bad", "it is", "good", "+"), ("it is not", "good", "it is", "bad", "−"))


def draw():
    d = Drawing(262)
    bag = d.box(180, 52, 236, 84, "", "wash", radius=20)
    d.tokens(78, 34, BAG[:2], w=48, h=28, gap=4, size=15, look="new paper")
    d.tokens(182, 34, BAG[2:4], w=48, h=28, gap=4, size=15)
    d.tokens(106, 70, BAG[4:], w=48, h=28, gap=4, size=15)
    for row, (start, first, middle, last, sign) in enumerate(SENTENCES):
        y = 152 + 68 * row
        x = 8
        for text, w in ((start, 82), (first, 54), (middle, 60), (last, 54)):
            look = "new paper" if text in ("bad", "good") else "paper"
            d.box(x + w / 2, y, w, 32, text, look, 15, 5)
            x += w + 5
        d.node(x + 26, y, sign, "new paper")
    d.arrow((120, bag.south[1]), (120, 134), look="muted")
    d.arrow(
        (276, bag.south[1]),
        (276, 118),
        (352, 118),
        (352, 186),
        (276, 186),
        (276, 202),
        look="muted",
    )
    return d
