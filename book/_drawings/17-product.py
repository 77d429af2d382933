"""One step of the LSTM of chapter 8 as one matrix product, drawn to scale."""

from grammar import Drawing

ALT = (
    "Three rectangles to scale. A flat one, 32 rows of 160 numbers: 32 inputs and 128 numbers of "
    "state. Times a large one, 160 rows of 512 columns: the weights, four blocks i, f, c and o of "
    "128 columns. Makes a flat one, 32 rows of 512 numbers: what goes into the gates. Below: 32 "
    "times 160 times 512 multiplications, 2,621,440."
)
CAPTION = (
    "One step of chapter 8's LSTM for a batch of 32, to scale. Each of the $32 \\cdot 512$ results "
    "on the right takes 160 multiplications. The large rectangle is the same at all steps."
)
UNIT = 0.36  # of a number


def draw():
    d = Drawing(238)
    high, wide = 32 * UNIT * 1.4, 160 * UNIT
    d.box(44, 78, wide, high, "", "wash", radius=2)
    d.path(f"M{44 - wide / 2 + 32 * UNIT:g} {78 - high / 2:g}v{high:g}", "thin")
    d.text(18, 54, "$x$", 15, "muted")
    d.text(52, 54, "$h_{t-1}$", 15, "muted")
    d.text(44, 102, "32 × 160", 13)
    d.node(96, 78, "×")
    for k, name in enumerate("ifco"):
        x = 144 + 128 * UNIT * k
        d.box(x, 78, 128 * UNIT, 160 * UNIT * 1.4, f"${name}$", "lstm wash", 17, 2)
    d.text(213, 20, "weights, the same at each step", 13, "lstm")
    d.text(213, 132, "160 × 512", 13, "lstm")
    d.text(326, 78, "=", 20)
    out = d.box(213, 168, 512 * UNIT, high, "", "new wash", radius=2)
    d.arrow((338, 78), (350, 78), (350, 168), out.east, look="new")
    d.text(112, 168, "32 × 512", 13, "new", "end")
    d.text(180, 200, "32 · 160 · 512 = 2,621,440", 15, "bold")
    d.text(180, 221, "multiplications a step", 13, "muted")
    return d
