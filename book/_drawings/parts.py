"""Pictures that come in several stages, each stage a drawing of its own."""

from __future__ import annotations

from math import exp, tanh

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


def way_back(title: str, sizes: tuple[str, ...], width: float, factor: float) -> Drawing:
    """Five steps, and the gradient on its way back; its arrow's width times the factor a step."""
    d = Drawing(240)
    cells = d.chain(34, 150, 5, 70, "", "rnn", 42, 42)
    for t, cell in enumerate(cells, 1):
        d.arrow((cell.x, 204), cell.south)
        d.text(cell.x, 220, f"$x_{t}$", 16, "muted")
    entry = cells[-1].at(0.35, -1)
    loss = d.box(entry[0] - 2, 26, 56, 30, "loss", "new wash")
    d.arrow((entry[0], loss.south[1]), entry, look="new", width=width)
    d.text(entry[0] - 16, 72, sizes[0], 15, "new bold", "end")
    for k, (a, b) in enumerate(zip(cells[-2::-1], cells[:0:-1], strict=True), 1):
        width *= factor
        start, end, high = b.at(-0.4, -1), a.at(0.35, -1), 106
        d.arrow(start, (start[0], high), (end[0], high), end, look="new", width=width, bend=14)
        d.text((start[0] + end[0]) / 2, high - 17, sizes[k], 15, "new bold")
    d.text(8, 26, title, 13, "new", "start")
    return d


LSTM = {  # the equation of each stage
    1: "$c_t = c_{t-1}$",
    2: "$c_t = f_t ⊙ c_{t-1}$",
    3: "$c_t = f_t ⊙ c_{t-1} + i_t ⊙ ~c_t$",
    4: "$h_t = o_t ⊙ tanh(c_t)$",
}


GRU = {
    1: "$h_t = z_t ⊙ h_{t-1}$",
    2: "$h_t = z_t ⊙ h_{t-1} + (1 - z_t) ⊙ ~h_t$",
    3: "$r_t ⊙ (h_{t-1} W_h)$",
    4: "$(r_t ⊙ h_{t-1}) W_h$",
}


def stages(of: dict, now: int) -> list[tuple[int, str]]:
    """Stages with their looks: ghosts below, then ink, what is new on top."""
    looks = [(n, "new" if n == now else "ink" if n < now else "ghost") for n in of]
    return sorted(looks, key=lambda one: ("ghost", "ink", "new").index(one[1]))


def lstm(now: int) -> Drawing:
    """The LSTM's cell; stage `now` is new, what was there is ink, what comes later a ghost.

    1 the carry line, 2 forget gate, 3 input gate and candidate, 4 output gate.
    """
    d = Drawing(272)
    d.text(180, 20, LSTM[now], 18)
    d.cell(180, 150, "", "lstm", 276, 196)
    top, low, gates = 84, 216, 176

    def wire(stage: int, *points, head=True):
        d.arrow(*points, head=head, width=2.2 if stage == now else 1.5, gap=1)

    for stage, look in stages(LSTM, now):
        with d.look(look):
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
                d.text(208, 148, "$~c_t$", 16)
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


def gru(now: int) -> Drawing:
    """The GRU's cell: 1 update gate, 2 candidate, 3 reset after the product, 4 reset before it."""
    d = Drawing(284)
    d.text(180, 20, GRU[now], 18)
    d.cell(180, 156, "", "gru", 276, 208)
    top, gates, inputs, states = 84, 172, 204, 238
    last = min(now, 3)
    product, reset = (248, 208) if now == 4 else (204, 244)

    def wire(stage: int, *points, head=True):
        d.arrow(*points, head=head, width=2.2 if stage == last else 1.5, gap=1)

    # The reset stands on the way to the candidate: until its stage there is nothing of it.
    for stage, look in stages({1: 1, 2: 2} | ({3: 3} if last == 3 else {}), last):
        with d.look(look):
            if stage == 1:
                wire(1, (16, top), (344, top))
                wire(1, (58, top), (58, states), (104, states), (104, gates + 13))
                wire(1, (16, inputs), (104, inputs), head=False)
                d.dot(58, top)
                d.dot(104, inputs)
                d.gate(104, gates, "$σ$", 36)
                wire(1, (104, gates - 13), (104, top + 11))
                d.node(104, top, "×")
                d.text(20, top - 20, "$h_{t-1}$", 16)
                d.text(342, top - 20, "$h_t$", 16)
                d.text(20, inputs - 16, "$x_t$", 16)
                d.text(90, 142, "$z_t$", 16)
            if stage == 2:
                wire(2, (104, inputs), (290, inputs), (290, gates + 13))
                wire(2, (104, states), (278, states), (278, gates + 13))
                d.gate(284, gates, "tanh", 44)
                wire(2, (284, gates - 13), (284, 135))
                d.dot(104, states)
                wire(2, (104, 124), (178, 124))
                d.dot(104, 124)
                minus = d.node(194, 124, "1−")
                wire(2, minus.east, (273, 124))
                d.node(284, 124, "×")
                wire(2, (284, 113), (284, top + 11))
                d.node(284, top, "+")
                d.text(300, 147, "$~h_t$", 16)
            if stage == 3:
                for y in (inputs, states):
                    d.dot(158, y)
                wire(3, (158, states), (158, gates + 13))
                d.gate(158, gates, "$σ$", 36)
                wire(3, (176, gates), (reset, gates), (reset, states - 11))
                d.node(reset, states, "×")
                d.gate(product, states, "$W_h$", 34)
                d.text(
                    *((reset + 15, gates + 14) if now == 4 else (reset - 24, gates - 14)),
                    "$r_t$",
                    16,
                )
    return d


FOUR = ((1, 1), (-1, 0), (-1, 1), (1, 0))  # a number and its mark, at each step


def one_unit():
    """Chapter 6's worked example, an LSTM of one unit: i, f, o, candidate, c and h of each step."""
    c, o = 0.0, 1 / (1 + exp(-1))
    for number, mark in FOUR:
        i, f = 1 / (1 + exp(2 - 4 * mark)), 1 / (1 + exp(4 * mark - 2))
        candidate = tanh(2 * number)
        c = f * c + i * candidate
        yield i, f, o, candidate, c, o * tanh(c)


def two_digits(value: float) -> str:
    return f"{value:.2f}".replace("-", "−")


def staff(d: Drawing, x: float, y: float, width: float) -> None:
    """Five lines, the middle one at y."""
    d.path("".join(f"M{x} {y + 9 * k}H{x + width}" for k in range(-2, 3)), "muted thin")


def head(d: Drawing, x: float, y: float, step: int, look: str = "") -> None:
    """A note head with its stem; step counts letters above middle C, the middle line is 6."""
    at = y - 4.5 * (step - 6)
    up = 1 if step < 6 else -1
    if step <= 0:
        d.path(f"M{x - 8} {at}h16", "thin")
    d.element("ellipse", f"solid {look}", cx=x, cy=at, rx=4.6, ry=3.6)
    d.path(f"M{x + 4 * up} {at}v{-26 * up}", look)
