"""One layer of the reader: sentence times question makes the gate, the gate clears and writes."""

from itertools import pairwise

from grammar import Drawing

ALT = (
    "Three sentences below: Mary to the kitchen, John to the garden, Mary to the office. From the "
    "left comes the question, where is Mary, into a multiplication sign above each sentence. It "
    "gives the gate look: 0.9, 0 and 0.9. Above, the state after each sentence: kitchen, kitchen, "
    "office. The arrow from the first to the second state is thick, all is kept; from the second "
    "to the third it is thin, nine tenths are cleared."
)
CAPTION = (
    "Sentence times question. Where both name the same person, the gate *look* opens: the old "
    "state is cleared, the new place written. John passes and changes nothing."
)
STORY = (("Mary", "kitchen", "0.9"), ("John", "garden", "0"), ("Mary", "office", "0.9"))
STATES = ("kitchen", "kitchen", "office")


def draw():
    d = Drawing(330)
    places = (112, 212, 312)
    d.text(8, 300, "sentence", 12, "muted", "start")
    d.text(8, 58, "state", 12, "muted", "start")
    d.box(46, 212, 76, 30, "Mary?", "new wash", 14)
    d.text(8, 182, "question", 12, "new", "start")
    d.path("M84 212H312", "new")
    states = [d.state(x, 58, [name], 76, 28) for x, name in zip(places, STATES, strict=True)]
    for (a, b), kept, width in zip(pairwise(states), ("all kept", "cleared"), (5, 1), strict=True):
        d.arrow(a.east, b.west, width=width, gap=1)
        d.text((a.x + b.x) / 2, 26, kept, 12, "muted")
    for x, (name, place, look), state in zip(places, STORY, states, strict=True):
        d.box(x, 300, 84, 44, "", "paper")
        d.text(x, 290, name, 14, "bold")
        d.text(x, 308, f"→ {place}", 13)
        times = d.node(x, 212, "×", "new paper")
        d.arrow((x, 278), times.south)
        open_ = look != "0"
        gate = d.gate(x, 142, f"look {look}", 70, 28, "new wash" if open_ else "paper")
        d.arrow(times.north, gate.south, look="new" if open_ else "muted")
        d.arrow(
            gate.north, state.south, look="new" if open_ else "muted dash", width=3 if open_ else 1
        )
    return d
