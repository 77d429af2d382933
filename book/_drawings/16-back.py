"""A note asks with bar and beat, and gets the note 32 back."""

from grammar import Drawing

ALT = (
    "Eight boxes in two rows of four: bars 1 to 4, strain A, above; bars 5 to 8, A again, "
    "below. In bar 5 a question mark on the second beat, in the highlight's colour. From it an "
    "arrow leads straight up to the second beat of bar 1, and back to the question mark with "
    "the note e. Beside it stands what is compared: asked, bar 5, beat 2; found, bar 1, beat 2."
)
CAPTION = (
    "To copy, one must find. The network asks with the place of the note that is due, and "
    "compares it with the place of each note so far. A bar of the second strain learns to ask "
    "for the bar four before it, at the same beat. What it gets is the note that stood there. "
    "(Four of a bar's eight notes are drawn.)"
)


def draw():
    d = Drawing(256)
    rows = []
    for y, first in ((70, 1), (178, 5)):
        bars = [d.box(62 + 79 * n, y, 74, 40, "", "paper") for n in range(4)]
        for n, bar in enumerate(bars):
            d.text(bar.x, y - 32 if first == 1 else y + 32, f"bar {first + n}", 12, "muted")
        rows.append(bars)
    for n, (letter, x) in enumerate(zip("cedc", (36, 53, 70, 87), strict=True)):
        d.text(x, 70, letter, 15, "new bold" if n == 1 else "")
    d.text(36, 178, "c", 15)
    d.box(55, 178, 20, 26, "?", "new dash paper", 15)
    d.arrow((52, 163), (52, 84), look="new", width=2.5)
    d.text(108, 118, "bar 5, beat 2", 13, "new", "start")
    d.text(108, 134, "asks for bar 1, beat 2", 13, "new", "start")
    d.text(336, 16, "A", 14, "bold", "end")
    d.text(336, 238, "A again", 14, "bold", "end")
    d.text(55, 236, "gets e", 13, "new")
    return d
