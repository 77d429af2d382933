"""LSTM and GRU side by side: what keeps, what lets in, what shows, what looks back."""

from grammar import Drawing

ALT = (
    "Two panels with the same plan. Left the LSTM: the line c runs to the right through a times "
    "sign with the gate f and a plus sign; the candidate comes from below through a times sign "
    "with the gate i; behind the plus sign a branch goes down through tanh and a times sign with "
    "the gate o and leaves as h. Right the GRU: the line h runs through a times sign with the gate "
    "z and a plus sign; the candidate comes from below through a times sign with one minus z, "
    "joined to z by a dashed line; the gate r stands below the candidate, where the old h comes "
    "in, times W."
)
CAPTION = (
    "Side by side. The LSTM's third door stands at its exit; the GRU's second one stands where it "
    "looks back. The GRU's $z_t$ does the work of $f_t$ and $i_t$."
)


def panel(d: Drawing, left: float, kind: str, name: str, keep: str, let: str) -> float:
    """What the two cells have in common; returns the place of the plus sign."""
    d.text(left + 4, 22, name, 15, f"{kind} bold", "start")
    times, plus, line = left + 46, left + 112, 110
    d.arrow((left + 4, line), (left + 164, line), look=kind, width=2.5)
    gate = d.gate(times, 62, f"${keep}$", 36, 26, "new wash")
    node = d.node(times, line, "×")
    d.arrow(gate.south, node.north)
    d.node(plus, line, "+")
    second = d.gate(left + 58, 158, f"${let}$", 52, 26, "new wash")
    mix = d.node(plus, 158, "×")
    d.arrow(second.east, mix.west)
    d.arrow(mix.north, (plus, line + 11))
    return plus


def draw():
    d = Drawing(312)
    plus = panel(d, 4, "lstm", "LSTM", "f_t", "i_t")
    d.text(21, 92, "$c_{t-1}$", 14, "muted")
    d.text(164, 92, "$c_t$", 14, "muted")
    pill = d.node(plus, 208, "tanh")
    d.text(plus - 44, 208, "$~c_t$", 15)
    d.arrow(pill.north, (plus, 169))
    out = d.node(153, 252, "×")
    d.dot(153, 110, "lstm")
    squash = d.node(153, 148, "tanh")
    d.arrow((153, 110), squash.north)
    d.arrow(squash.south, out.north)
    gate = d.gate(94, 252, "$o_t$", 36, 26, "new wash")
    d.arrow(gate.east, out.west)
    d.arrow(out.south, (153, 288))
    d.text(153, 300, "$h_t$", 15)
    d.path("M180 14V304", "faint")
    plus = panel(d, 184, "gru", "GRU", "z_t", "1 - z_t")
    d.text(202, 92, "$h_{t-1}$", 14, "muted")
    d.text(342, 92, "$h_t$", 14, "muted")
    way = [(248, 62), (268, 62), (268, 130), (250, 130), (250, 145)]
    d.arrow(*way, look="new dash", head=False)
    pill = d.node(plus, 208, "tanh")
    d.text(plus - 44, 208, "$~h_t$", 15)
    d.arrow(pill.north, (plus, 169))
    back = d.node(plus, 252, "×")
    d.arrow(back.north, pill.south)
    gate = d.gate(240, 252, "$r_t$", 36, 26, "new wash")
    d.arrow(gate.east, back.west)
    d.arrow((plus, 292), back.south)
    d.text(plus, 300, "$h_{t-1} W_h$", 15)
    return d
