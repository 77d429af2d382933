"""Bag, window and state over one sentence."""

from itertools import pairwise

from grammar import Drawing

ALT = (
    "The sentence good food but bad staff, read in three ways. A bag holds the five words, "
    "without an order. A window shows three neighbouring words, but bad staff; the two before "
    "are pale. A state is a chain of five boxes, one a word, which keeps the last opinion: good, "
    "good, good, bad, bad; an arrow leads from each box to the next."
)
CAPTION = (
    "One sentence, three readers. What has each in hand after the last word? The state here "
    "keeps one thing, the last opinion."
)
WORDS = "good food but bad staff".split()
PLACES = (40, 110, 180, 250, 320)


def sentence(d: Drawing, y: float, pale=()):
    boxes = []
    for t, (x, word) in enumerate(zip(PLACES, WORDS, strict=True)):
        with d.look("faint" if t in pale else "ink"):
            boxes += d.tokens(x - 29, y, [word], w=58)
    return boxes


def draw():
    d = Drawing(404)
    d.text(8, 14, "a bag: which words, how often", 14, "bold", "start")
    words = sentence(d, 118)
    bag = d.box(180, 58, 230, 46, "", "new wash", radius=20)
    spots = ((96, 50), (236, 68), (146, 68), (206, 48), (262, 46))
    for (x, y), word in zip(spots, ("food", "good", "staff", "but", "bad"), strict=True):
        d.text(x, y, word, 13, "new")
    for box in words:
        d.arrow(box.north, (180 + 0.6 * (box.x - 180), bag.south[1]), look="muted", width=1)
    d.text(8, 160, "a window: the last three words, in order", 14, "bold", "start")
    words = sentence(d, 194, pale=(0, 1))
    d.window(words[2], words[4])
    d.text(8, 242, "a state: carried from word to word", 14, "bold", "start")
    words = sentence(d, 382)
    kept = ("good", "good", "good", "bad", "bad")
    cells = []
    for box, text in zip(words, kept, strict=True):
        cells.append(d.state(box.x, 312, [text], 46, 26, look="rnn wash", size=13))
        d.arrow(box.north, cells[-1].south)
    for a, b in pairwise(cells):
        d.arrow(a.east, b.west, look="rnn", width=2.2)
    d.text(8, 274, "keeps the last opinion:", 12, "rnn", "start")
    d.text(352, 274, "bad", 14, "rnn bold", "end")
    d.arrow((cells[-1].x, cells[-1].north[1]), (cells[-1].x + 12, 282), look="rnn")
    return d
