"""An English caption above its French one, each word in a box, nothing joined."""

from grammar import Drawing

ALT = (
    "Two rows of words in boxes. Above: two, women, in, white, dresses, are, eating. Below: deux, "
    "femmes, en, robes, blanches, mangent. No lines join them."
)
CAPTION = "Join each French word to the English words that it comes from. Which lines cross?"
ENGLISH = "two women in white dresses are eating"
FRENCH = "deux femmes en robes blanches mangent"


def draw():
    d = Drawing(128)
    d.tokens(8, 30, ENGLISH.split(), gap=2, size=13)
    d.tokens(8, 100, FRENCH.split(), gap=2, size=13, look="new paper")
    return d
