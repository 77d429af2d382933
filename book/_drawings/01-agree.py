"""One phrase in two languages: what crosses, what agrees."""

from grammar import Drawing

ALT = (
    "Above, the English phrase: the big red cars. Below, the French one: les grandes voitures "
    "rouges. Lines join each word with its translation; those of red and cars cross. Arcs under "
    "the French words lead from voitures to les, to grandes and to rouges: all three depend on "
    "it."
)
CAPTION = (
    "Four words, two difficulties. Above: *red* and *cars* change places. Below: three words "
    "take their form from the fourth."
)


def draw():
    d = Drawing(232)
    d.text(8, 14, "order", 14, "bold", "start")
    english = d.tokens(42, 50, ["the", "big", "red", "cars"], w=62, gap=12, size=14)
    widths = (44, 78, 82, 70)
    french, x = [], 22
    for word, w in zip(("les", "grandes", "voitures", "rouges"), widths, strict=True):
        look = "new wash" if word == "voitures" else "paper"
        french += d.tokens(x, 142, [word], w=w, size=14, look=look)
        x += w + 14
    for i, j in ((0, 0), (1, 1), (2, 3), (3, 2)):
        crossing = i > 1
        look = "thick" if crossing else "muted"
        d.arrow(english[i].south, french[j].north, look=look, width=2 if crossing else 1.2)
    noun = french[2]
    d.text(8, 222, "agreement", 14, "bold", "start")
    for j, depth in ((1, 24), (0, 44)):
        a, y = french[j], noun.south[1]
        off = 8 + 8 * (j == 1)
        way = [(noun.x - off, y), (noun.x - off, y + depth), (a.x, y + depth), a.south]
        d.arrow(*way, look="new")
    a, y = french[3], noun.south[1]
    d.arrow((noun.x + 8, y), (noun.x + 8, y + 24), (a.x, y + 24), a.south, look="new")
    return d
