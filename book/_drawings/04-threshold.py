"""The length of the gradient, update by update, and what a threshold cuts off."""

from grammar import Drawing

ALT = (
    "A row of bars, one for each update: the length of the gradient. Most are low; three stand far "
    "above a dashed line, the threshold. Their parts above the line are hatched, cut off. The bars "
    "below the line are as they were. At the right end all bars are tiny."
)
CAPTION = (
    "A sketch of a training: the length of each gradient. What stands above the threshold $θ$ is "
    "cut off. Nothing is made longer: on the right, where the whole gradient is tiny, clipping "
    "does nothing."
)
BARS = (24, 36, 30, 42, 112, 34, 50, 146, 88, 40, 28, 16, 8, 5, 4, 3)
FOOT, THRESHOLD = 186, 62


def draw():
    d = Drawing(226)
    d.text(8, 18, "length of the gradient", 13, "muted", "start")
    for n, height in enumerate(BARS):
        x, kept = 20 + 20 * n, min(height, THRESHOLD)
        if height > kept:
            cut = d.box(x, FOOT - (height + kept) / 2, 13, height - kept, "", "muted", radius=2)
            d.hatch(cut)
        d.box(x, FOOT - kept / 2, 13, kept, "", "wash new", radius=2)
    d.arrow((8, FOOT), (352, FOOT), look="muted", head=False)
    level = FOOT - THRESHOLD
    d.arrow((8, level), (340, level), look="new dash", head=False)
    d.text(352, level, "$θ$", 17, "new", "end")
    d.text(352, FOOT + 22, "updates", 13, "muted", "end")
    d.text(186, 40, "cut off", 13, "muted", "start")
    d.text(300, FOOT - 28, "nothing to cut", 13, "muted")
    return d
