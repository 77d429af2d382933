"""Pictures that come in several stages, each stage a drawing of its own."""

from __future__ import annotations

from grammar import Drawing


def summed(matrices: tuple[str, str, str], look: str) -> Drawing:
    """Three words, each through a matrix, added up and squashed: the window and the bag."""
    d = Drawing(250)
    places = (66, 180, 294)
    words = [
        d.tokens(x - 34, 226, [word], w=68)[0]
        for x, word in zip(places, ("dog", "bites", "man"), strict=True)
    ]
    total = d.node(180, 106, "+")
    targets = (total.west, total.south, total.east)
    for word, name, target in zip(words, matrices, targets, strict=True):
        with d.look(look):
            matrix = d.gate(word.x, 166, f"${name}$", 52, 34, "wash")
        d.arrow(word.north, matrix.south)
        d.arrow(matrix.north, (matrix.x, target[1]), target)
    squash = d.node(180, 66, "tanh")
    d.arrow(total.north, squash.south)
    d.arrow(squash.north, (180, 34))
    d.text(180, 22, "$h$", 18)
    return d


STAGES = {  # the equation of each stage
    1: "$c_t = c_{t-1}$",
    2: "$c_t = f_t ⊙ c_{t-1}$",
    3: "$c_t = f_t ⊙ c_{t-1} + i_t ⊙ ~c_t$",
    4: "$h_t = o_t ⊙ tanh(c_t)$",
}


def lstm(now: int) -> Drawing:
    """The LSTM's cell; stage `now` is new, what was there is ink, what comes later a ghost.

    1 the carry line, 2 forget gate, 3 input gate and candidate, 4 output gate.
    """
    d = Drawing(272)
    d.text(180, 20, STAGES[now], 18)
    d.cell(180, 150, "", "lstm", 276, 196)
    top, low, gates = 84, 216, 176

    def look(stage: int) -> str:
        return "new" if stage == now else "ink" if stage < now else "ghost"

    def wire(stage: int, *points, head=True):
        d.arrow(*points, head=head, width=2.2 if stage == now else 1.5, gap=1)

    order = sorted(STAGES, key=lambda stage: (stage == now, stage < now))  # what is new lies on top
    for stage in order:
        with d.look(look(stage)):
            if stage == 1:
                wire(1, (16, top), (344, top))
                d.text(20, top - 20, "$c_{t-1}$", 16, anchor="middle")
                d.text(342, top - 20, "$c_t$", 16)
            if stage == 2:
                wire(2, (16, low), (86, low), (86, gates + 13))
                wire(2, (60, 258), (60, low), head=False)
                d.dot(60, low)
                d.text(20, low - 16, "$h_{t-1}$", 16)
                d.text(78, 258, "$x_t$", 16)
                d.gate(86, gates, "$σ$", 36)
                wire(2, (86, gates - 13), (86, top + 11))
                d.node(86, top, "×")
                d.text(72, 128, "$f_t$", 16)
            if stage == 3:
                wire(3, (86, low), (138, low), (138, gates + 13))
                wire(3, (138, low), (192, low), (192, gates + 13))
                d.dot(138, low)
                d.gate(138, gates, "$σ$", 36)
                d.gate(192, gates, "tanh", 44)
                wire(3, (138, gates - 13), (138, 128), (181, 128))
                wire(3, (192, gates - 13), (192, 139))
                d.node(192, 128, "×")
                wire(3, (192, 117), (192, top + 11))
                d.node(192, top, "+")
                d.text(125, 150, "$i_t$", 16)
                d.text(207, 151, "$~c_t$", 16)
            if stage == 4:
                wire(4, (192, low), (240, low), (240, gates + 13))
                d.dot(192, low)
                d.dot(290, top)
                d.gate(240, gates, "$σ$", 36)
                wire(4, (290, top), (290, 118))
                d.node(290, 130, "tanh")
                wire(4, (290, 142), (290, gates - 11))
                wire(4, (258, gates), (279, gates))
                d.node(290, gates, "×")
                wire(4, (290, gates + 11), (290, low), (344, low))
                d.text(240, 150, "$o_t$", 16)
                d.text(340, low - 16, "$h_t$", 16)
            if stage == 2 and now > 2:
                d.dot(86, low)
    return d
