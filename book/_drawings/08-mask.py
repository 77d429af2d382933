"""Three texts in one batch: padding, its mask, and the state that stays."""

from itertools import pairwise

from grammar import Drawing

ALT = (
    "A batch of three texts of six, three and four words, in rows of six places; the empty places "
    "at the ends are hatched. Below, the mask of the second text: True three times, then False "
    "three times. Below that its states: h 1, h 2, h 3, and then h 3 again under each False, "
    "dashed boxes that hand it on unchanged."
)
CAPTION = (
    "Padding at the end (`post`), and its mask. Where the mask is `False` the layer hands its "
    "state on unchanged, so the last state is that of the last word."
)
TEXTS = ("we went home by train .", "rain again .", "it was late .")
STEPS = 6


def draw():
    d = Drawing(338)
    wide = {"w": 54, "gap": 4}
    d.text(8, 16, "a batch of three texts", 13, "muted", "start")
    for i, text in enumerate(TEXTS):
        words = text.split()
        look = "thick paper" if i == 1 else "paper"
        places = d.tokens(8, 46 + 36 * i, words + [""] * (STEPS - len(words)), look=look, **wide)
        for box in places[len(words) :]:
            d.hatch(box)
    count = len(TEXTS[1].split())
    d.text(8, 168, "mask of the second text", 13, "muted", "start")
    told = ["True"] * count + ["False"] * (STEPS - count)
    for box, word in zip(places, told, strict=True):
        look = "new paper" if word == "False" else "paper"
        d.tokens(box.west[0], 196, [word], w=54, size=13, look=look)
    d.text(8, 242, "its state after each step", 13, "muted", "start")
    states = []
    for t, box in enumerate(places):
        kept = t >= count
        look = "lstm dash" if kept else "lstm wash"
        states.append(d.box(box.x, 272, 36, 32, f"$h_{min(t + 1, count)}$", look, 16, 10))
    for t, (a, b) in enumerate(pairwise(states), 1):
        d.arrow(a.east, b.west, look="new" if t >= count else "lstm")
    d.bracket(states[count].west[0], states[-1].east[0], 294, "the state stays", "below", "new")
    return d
