"""What is fed back: the guess, or the state."""

from grammar import Drawing

ALT = (
    "Two loops side by side. On the left, Jordan: the box makes a state, an output layer makes a "
    "guess of it, and the guess is led back into the box. On the right, Elman: the state itself is "
    "led back, before the output layer; the guess leaves and is not heard of again."
)
CAPTION = "Left, the guess comes back. Right, the state comes back. One wire differs."


def net(d: Drawing, x: float, name: str, guess: bool) -> None:
    d.text(x, 16, name, 14, "bold")
    cell = d.cell(x, 198, "RNN", "rnn", 62, 42)
    layer = d.layer(x, 118, "Dense", 62, 30)
    d.arrow((x, 254), cell.south)
    d.text(x, 268, "$x_t$", 16)
    d.arrow(cell.north, layer.south)
    d.text(x + 12, 158, "$h_t$", 16, "", "start")
    d.arrow(layer.north, (x, 50))
    d.text(x, 38, "$y_t$", 16)
    fork = 78 if guess else 158
    west = x - 68
    way = [(x, fork), (west, fork), (west, 198), cell.west]
    d.arrow(*way, look="new", width=2.5, bend=14)
    d.dot(x, fork, "new")


def draw():
    d = Drawing(284)
    net(d, 104, "Jordan: the guess", True)
    net(d, 280, "Elman: the state", False)
    return d
