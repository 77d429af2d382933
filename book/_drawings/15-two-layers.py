"""Two layers: the first turns the thing into a person, both ways; the second finds the place."""

from grammar import Drawing

ALT = (
    "Three sentences below: Mary to the garden, Mary took the football, John to the office. Layer "
    "1, asked for the football, finds the second sentence, framed, and sends Mary on in both "
    "directions; the arrow back to the first sentence has the highlight's colour. So above each "
    "sentence stands a new question: Mary? Layer 2, asked for Mary, finds the first sentence, "
    "writes garden, and keeps it to the end. The answer is garden."
)
CAPTION = (
    "A layer for each fact. What the first has found becomes the question of the second. Mary's "
    "place stands *before* the football: without the way back (violet), the second layer would "
    "pass it by."
)
STORY = (("Mary", "→ garden"), ("Mary", "took football"), ("John", "→ office"))


def draw():
    d = Drawing(412)
    places = (108, 208, 308)
    for y, name in ((378, "story"), (282, "layer 1"), (196, "question"), (112, "layer 2")):
        d.text(8, y, name, 12, "muted", "start")
    first, asked, second = [], [], []
    for x, (name, what) in zip(places, STORY, strict=True):
        d.box(x, 378, 94, 44, "", "paper")
        d.text(x, 368, name, 14, "bold")
        d.text(x, 386, what, 13)
        first.append(d.state(x, 282, ["Mary"], 62, 28, "wash"))
        asked.append(d.box(x, 196, 62, 28, "Mary?", "new wash", 14))
        second.append(d.state(x, 112, ["garden"], 66, 28, "wash"))
        d.arrow((x, 356), first[-1].south, look="muted")
        d.arrow(first[-1].north, asked[-1].south)
        d.arrow(asked[-1].north, second[-1].south)
    d.text(8, 322, "football?", 13, "bold", "start")
    d.arrow(first[1].west, first[0].east, look="new", width=3)
    d.arrow(first[1].east, first[2].west)
    d.window(first[1], first[1], 4, "thick")
    d.arrow(second[0].east, second[1].west)
    d.arrow(second[1].east, second[2].west)
    d.window(second[0], second[0], 4, "thick")
    (told,) = d.tokens(274, 36, ["garden"], w=68, look="new paper")
    d.arrow(second[2].north, told.south)
    d.text(262, 36, "answer", 12, "muted", "end")
    return d
