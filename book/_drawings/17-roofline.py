"""A roofline: how fast a machine can be, by operations for each byte it fetches."""

from math import log2

from grammar import Drawing

ALT = (
    "A chart with two logarithmic axes: below, operations for each byte that is fetched, from a "
    "quarter to 64; upwards, operations a second, from 2 to 64 thousand million. A roof: a slope "
    "that doubles with each doubling, then, from 4 operations a byte on, level at 40 thousand "
    "million. Under the slope the point of one sequence, at 0.5. Under the level part the point of "
    "a batch of 32, at about 13."
)
CAPTION = (
    "The roof of a machine that computes at most 40 operations, and fetches at most 10 bytes, in a "
    "thousand-millionth of a second. One sequence at a time hangs under the slope; 32 share what "
    "was fetched, and reach the level part."
)
PEAK, RATE = 40, 10  # thousand million operations, bytes a second


def across(x: float) -> float:
    return 58 + 36 * (log2(x) + 2)


def up(y: float) -> float:
    return 232 - 38 * (log2(y) - 1)


def point(d: Drawing, x: float, look: str):
    y = min(PEAK, RATE * x)
    d.path(f"M{across(x):g} {up(y):g}V232", f"{look} dash thin")
    d.element("circle", f"solid {look}", cx=across(x), cy=up(y), r=6)
    return across(x), up(y)


def draw():
    d = Drawing(300)
    d.text(8, 14, "operations a second, thousand million", 13, "muted", "start")
    for y in (2, 4, 8, 16, 32, 64):
        d.path(f"M54 {up(y):g}h4", "muted")
        d.text(48, up(y), f"{y}", 13, "muted", "end")
    for x, told in ((0.25, "¼"), (0.5, "½"), (1, "1"), (2, "2"), (4, "4"), (8, "8"), (16, "16")):
        d.path(f"M{across(x):g} 232v4", "muted")
        d.text(across(x), 248, told, 13, "muted")
    for x in (32, 64):
        d.path(f"M{across(x):g} 232v4", "muted")
        d.text(across(x), 248, f"{x}", 13, "muted")
    d.path(f"M58 {up(64):g}V232H{across(64):g}", "muted")
    d.text(200, 270, "operations for each byte that is fetched", 13, "muted")
    d.arrow(
        (across(0.25), up(2.5)),
        (across(4), up(PEAK)),
        (across(64), up(PEAK)),
        look="ink",
        width=3,
        head=False,
        bend=0,
    )
    d.text(250, up(PEAK) - 15, "cannot compute faster", 13, "bold")
    d.text(66, 90, "cannot fetch", 13, "bold", "start")
    d.text(66, 106, "faster", 13, "bold", "start")
    x, y = point(d, 0.5, "muted")
    d.text(x + 14, y + 12, "1 sequence", 13, "muted", "start")
    x, y = point(d, 12.7, "new")
    d.text(x + 8, y + 22, "batch of 32", 13, "new", "start")
    return d
