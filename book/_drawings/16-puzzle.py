"""A strain of eight notes, and its beginning once more: what comes next?"""

from grammar import Drawing
from parts import head, staff

ALT = (
    "Two staves, one below the other. On the upper one twelve notes in three bars of four: c e "
    "d c, d f e d, e g e c. On the lower one the first five of them again, c e d c, d, and "
    "then, in the highlight's colour, a question mark."
)
CAPTION = "The tune begins again. Which note comes next? And how far did you look back?"
STEPS = (7, 9, 8, 7, 8, 10, 9, 8, 9, 11, 9, 7)


def draw():
    d = Drawing(196)
    for y, many in ((56, 12), (146, 5)):
        staff(d, 10, y, 340)
        for n, step in enumerate(STEPS[:many]):
            head(d, 30 + 27.5 * n, y, step)
        for bar in (1, 2, 3):
            x = 16 + 27.5 * 4 * bar
            d.path(f"M{x} {y - 18}v36", "muted thin")
    d.box(30 + 27.5 * 5, 128, 24, 34, "?", "new dash paper", 17)
    return d
