"""The clock of one update: work, and what lies between; three ways to run the same operations."""

from grammar import Drawing

ALT = (
    "Three rows along a clock. In the first, eight short bars of work with wide hatched gaps "
    "between them: each call by itself. In the second the same eight bars with narrow gaps: "
    "compiled. In the third two long bars with one narrow gap, as much work: joined. The second "
    "row is much shorter than the first, the third a little shorter than the second."
)
CAPTION = (
    "A sketch: full is work, hatched is what a call costs besides. To compile takes Python out of "
    "the gaps; to join operations leaves fewer gaps. The work is the same in all three."
)


def row(d: Drawing, y: float, title: str, bars, gap: float):
    d.text(12, y - 25, title, 13, "", "start")
    x = 12.0
    for width in bars:
        hole = d.box(x + gap / 2, y, gap, 22, "", "muted thin", radius=2)
        d.hatch(hole, pitch=5)
        d.box(x + gap + width / 2, y, width, 22, "", "new wash", radius=2)
        x += gap + width
    d.path(f"M{x:g} {y - 16}v32", "ink")


def draw():
    d = Drawing(230)
    row(d, 44, "eager: Python starts each operation", [10] * 8, 32)
    row(d, 114, "compiled: the list is ready", [10] * 8, 8)
    row(d, 184, "joined: fewer, longer operations", [40] * 2, 8)
    d.arrow((12, 214), (350, 214), look="muted")
    d.text(350, 201, "clock", 13, "muted", "end")
    return d
