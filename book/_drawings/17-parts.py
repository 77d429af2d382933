"""Data parallel: a batch in two parts, two gradients, their mean, one change of both copies."""

from grammar import Drawing

ALT = (
    "Below, a batch of four examples with the gradients 2, 6, minus 4 and 8. Two of them go to one "
    "device, two to the other; each has the same weights. The first device's mean is 4, the "
    "second's 2. Above, one box: the mean of both, 3, which is also the mean of all four. From it "
    "an arrow leads back to each device: the same change."
)
CAPTION = (
    "A batch in two equal parts. The mean of the two means is the mean of all: $3$. Both copies "
    "make the same change, so they stay equal, and the losses are those of one device."
)


def draw():
    d = Drawing(306)
    mean = d.box(180, 40, 150, 34, "(4 + 2) / 2 = 3", "new wash", 15)
    d.text(180, 12, "one change of the weights, for all", 13, "new")
    for side, numbers, told in ((-1, ("2", "6"), "4"), (1, ("−4", "8"), "2")):
        x = 180 + side * 88
        device = d.lines(x, 150, 138, ["device " + ("1" if side < 0 else "2"), "the same weights"])
        tokens = d.tokens(x - 50, 250, numbers, w=48)
        for token in tokens:
            d.arrow(token.north, (token.x, device.south[1]))
        up, down = x + side * 22, x + side * 54
        d.arrow((up, device.north[1]), (up, 40 + 17), look="muted", gap=2)
        d.text(up - side * 6, 92, f"mean {told}", 13, "", "end" if side > 0 else "start")
        d.arrow(mean.at(side, 0), (down, 40), (down, device.north[1]), look="new", width=2.2)
    d.text(180, 284, "the gradients of four examples, mean 3", 13, "muted")
    return d
