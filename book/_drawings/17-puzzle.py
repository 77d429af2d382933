"""The same update, computed in eight ways: one loss, and a scale of times to bet on."""

from grammar import Drawing

ALT = (
    "Eight boxes in two rows. The upper four are Keras on TensorFlow: eager, compiled, unrolled, "
    "XLA. The lower four: Keras on JAX, Keras on PyTorch, PyTorch alone, NumPy alone. From all of "
    "them one arrow leads to one box: the same loss. Below, an empty scale with marks at 1, 2, 5, "
    "10, 20, 50 and 100: the slowest takes so many times as long as the fastest."
)
CAPTION = (
    "One network, one batch, one loss. Only the way to compute it differs. Put your finger on the "
    "scale before you read on."
)
ABOVE = ("eager", "compiled", "unrolled", "XLA")
BELOW = (("Keras", "on JAX"), ("Keras on", "PyTorch"), ("PyTorch", "alone"), ("NumPy", "alone"))


def draw():
    d = Drawing(286)
    d.text(14, 14, "Keras on TensorFlow", 13, "muted", "start")
    for k, (name, lines) in enumerate(zip(ABOVE, BELOW, strict=True)):
        x = 51 + 86 * k
        d.box(x, 42, 80, 30, name)
        d.box(x, 92, 80, 44, "")
        for line, y in zip(lines, (84, 101), strict=True):
            d.text(x, y, line)
    d.bracket(11, 349, 122, side="below", look="muted")
    loss = d.box(180, 168, 128, 32, "the same loss", "new wash", 14)
    d.arrow((180, 128), loss.north, look="muted")
    d.text(8, 220, "slowest ÷ fastest", 13, "muted", "start")
    d.arrow((16, 246), (348, 246), look="ink", head=False)
    for k, times in enumerate((1, 2, 5, 10, 20, 50, 100)):
        x = 24 + 52 * k
        d.path(f"M{x} 240v12")
        d.text(x, 266, f"{times}")
    d.text(344, 222, "?", 20, "new bold", "end")
    return d
