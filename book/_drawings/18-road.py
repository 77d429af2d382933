"""The road since 1997: loops that turn on themselves, linear loops, attention, and both."""

from grammar import Drawing

ALT = (
    "Three tracks run downwards with the years. Left, the loop whose gates read its own state: "
    "LSTM 1997, GRU 2014, trained in parallel by Newton's method 2025. In the middle the linear "
    "loop: scan 2017, S4 2021, Mamba 2023, minGRU 2024. On the right attention: beside a loop "
    "2014, alone, the Transformer, 2017. From the left track an arrow leads to the middle one. "
    "xLSTM, 2024, has parts on the left and in the middle. At the bottom, 2025, a box across the "
    "middle and the right: hybrids, most layers linear loops, every fourth attention."
)
CAPTION = (
    "Years of the first preprint, or of publication where there was none. Left, the loop that "
    "turns on itself; in the middle the linear loop, which came back in hybrids with attention."
)
LEFT, MIDDLE, RIGHT = 94, 198, 302


def draw():
    d = Drawing(424)
    for x, lines, look in (
        (LEFT, ("a loop that", "turns"), "lstm"),
        (MIDDLE, ("a linear", "loop"), "new"),
        (RIGHT, ("attention", ""), "ink"),
    ):
        d.text(x, 12, lines[0], 13, f"{look} bold")
        d.text(x, 28, lines[1], 13, f"{look} bold")
    rows = {}

    def stop(year, y, x, told, look, w=98):
        if year and year not in rows:
            d.text(38, y, year, 13, "muted", "end")
            rows[year] = y
        return d.box(x, y, w, 28, told, f"{look} paper" if look != "ink" else "paper", 13)

    d.path(f"M{LEFT} 62V366", "lstm thin")
    d.path(f"M{MIDDLE} 174V366", "new thin")
    d.path(f"M{RIGHT} 112V366", "muted thin")
    stop("1997", 62, LEFT, "LSTM", "lstm wash")
    stop("2014", 112, LEFT, "GRU", "gru wash")
    stop("2014", 112, RIGHT, "beside a loop", "ink")
    scan = stop("2017", 162, MIDDLE, "by a scan", "new")
    stop("2017", 162, RIGHT, "Transformer", "ink")
    d.arrow((LEFT, 137), (MIDDLE, 137), scan.north, look="new")
    stop("2021", 208, MIDDLE, "S4", "new")
    stop("2023", 250, MIDDLE, "Mamba", "new")
    stop("2024", 292, MIDDLE, "minGRU", "new")
    stop("2024", 292, LEFT, "xLSTM, half", "lstm")
    stop("", 326, MIDDLE, "xLSTM, half", "new")
    stop("2025", 380, LEFT, "in parallel", "lstm")
    d.box((MIDDLE + RIGHT) / 2, 386, RIGHT - MIDDLE + 98, 48, "", "thick new paper", radius=8)
    d.text((MIDDLE + RIGHT) / 2, 377, "hybrids", 14, "new bold")
    d.text((MIDDLE + RIGHT) / 2, 395, "3 linear loops, 1 attention", 13)
    return d
