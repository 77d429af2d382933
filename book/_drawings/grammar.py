"""One grammar for the drawings of the book: same boxes, same colours, one new part at a time.

A drawing is a script beside this file, `NN-name.py`, with three names:

    from grammar import Drawing

    ALT = "What the drawing shows, in sentences, for somebody who does not see it."
    CAPTION = "What to look at. Inline MyST, so $h_t$ works."

    def draw():
        d = Drawing(120)                                # 360 wide, 120 high
        word, = d.tokens(160, 100, ["sea"], w=40)       # what goes in stands below …
        cell = d.cell(180, 50, "RNN", "rnn")            # … what comes out above; time runs right
        d.arrow(word.north, cell.south)
        d.text(214, 88, "$x_t$", 16, "muted", "start")  # between $ is mathematics
        return d

`python -m tools.drawings NN-name` writes `NN-name.svg`; a page shows it by ```{drawing} NN-name```.

Frame    360 units wide, as wide as a phone's column: one unit is one pixel there. Keep 8 free at
         the edges. Text is 13, mathematics 16 with indices of 12; nothing is smaller than 12.
Places   are centres. A shape gives back its Box, whose north, south, east and west are points;
         `box.at(-0.5, 1)` is any other. `arrow` goes through points and rounds its corners.
Words    tokens (words or letters), window, bracket, hatch (what a mask hides)
Nets     cell, layer, gate (weights of its own), node (× + − tanh, element by element), state, loop,
         chain (a cell unrolled), stack (layers with shapes beside the arrows)
Looks    classes, of a shape or of all in `with d.look("ghost"):`. rnn, lstm, gru: colours of cells,
         for nothing else; each cell also bears its mark (circle, square, triangle). new: the part
         that is talked about. muted, faint, ghost: there, but not now. dash, wash: second cues.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from html import escape
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

WIDTH, SMALLEST = 360, 12
CSS = Path(__file__).parents[1] / "_static" / "book.css"
STYLE = CSS.read_text("utf-8").partition("/* Drawings")[2].partition("*/\n")[2].partition("\n\n")[0]
MARKS = {  # circle, square, triangle
    "rnn": "m-4 0a4 4 0 0 0 8 0a4 4 0 0 0-8 0Z",
    "lstm": "m-3.6-3.6h7.2v7.2h-7.2Z",
    "gru": "m0-4.8l4.8 8h-9.6Z",
}
SHAPE = re.compile(r"\b(paper|wash|solid|bare|dash|thick|thin)\b")  # looks that no text has
NARROW, WIDE = set("iljtfrI.,:;'|!()[]{} "), set("mwMWOQ@—")

Point = tuple[float, float]


def number(value: float) -> str:
    """A coordinate: at most two decimals, never -0."""
    return f"{round(value, 2) + 0:g}"


def measure(text: str, size: float, mono: bool = False) -> float:
    """About how wide a text is; mathematics counts without its marks."""
    plain = re.sub(r"[$_^{}]", "", text)
    if mono:
        return 0.61 * size * len(plain)
    widths = (
        0.3 if c in NARROW else 0.85 if c in WIDE else 0.66 if c.isupper() else 0.56 for c in plain
    )
    return size * sum(widths)


class Box(NamedTuple):
    """A shape's place: its centre, its width and its height."""

    x: float
    y: float
    w: float
    h: float

    def at(self, right: float, down: float) -> Point:
        """A point of the box: (0, 0) is the centre, (1, 1) the corner below on the right."""
        return self.x + right * self.w / 2, self.y + down * self.h / 2

    north = property(lambda self: self.at(0, -1))
    south = property(lambda self: self.at(0, 1))
    west = property(lambda self: self.at(-1, 0))
    east = property(lambda self: self.at(1, 0))


class Drawing:
    """A frame of 360 units by `height`; its methods draw into it, later ones on top."""

    def __init__(self, height: float):
        self.height, self.parts = height, []

    def svg(self, alt: str) -> str:
        """The drawing as a file: the style stands in it, so that it can be looked at alone."""
        frame = f'viewBox="0 0 {WIDTH} {number(self.height)}"'
        head = f'<svg xmlns="http://www.w3.org/2000/svg" class="drawing" {frame} role="img"'
        lines = [f'{head} aria-label="{escape(alt)}">', f"<style>\n{STYLE}\n</style>"]
        return "\n".join([*lines, *self.parts, "</svg>"]) + "\n"

    def element(self, name: str, look: str, text: str = "", **attributes) -> None:
        """Any element; numbers are rounded, `stroke_width` becomes `stroke-width`."""
        found = {"class": " ".join(look.split())} if look.split() else {}
        found |= {k.replace("_", "-"): v for k, v in attributes.items() if v is not None}
        told = "".join(f' {k}="{v if isinstance(v, str) else number(v)}"' for k, v in found.items())
        self.parts.append(f"<{name}{told}>{text}</{name}>" if text else f"<{name}{told}/>")

    @contextmanager
    def look(self, classes: str):
        """All that is drawn inside looks like that."""
        self.parts.append(f'<g class="{classes}">')
        yield self
        self.parts.append("</g>")

    # ---- text

    def text(self, x, y, text, size=13, look="", anchor="middle") -> None:
        """A line of text, its middle at y. Several lines: one `text` for each."""
        at = {"x": x, "y": y + 0.35 * size, "font_size": size, "text_anchor": anchor}
        self.element("text", look, spans(text, size), **at)

    # ---- lines

    def path(self, d: str, look: str = "", **attributes) -> None:
        self.element("path", look, d=d, **attributes)

    def arrow(
        self, *points: Point, look="", width=1.5, opacity=None, head=True, bend=8, gap=2
    ) -> None:
        """A line through points with rounded corners; `gap` units before the last, its head."""
        (x0, y0), (x1, y1) = points[-2:]
        length = max(((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5, 1e-9)
        ux, uy = (x1 - x0) / length, (y1 - y0) / length
        size, half = 4.5 + 1.3 * width, 2 + width
        tip = (x1 - gap * ux, y1 - gap * uy) if head else (x1, y1)
        neck = (tip[0] - size * ux, tip[1] - size * uy) if head else tip
        style = f"--w:{number(width)}" if width != 1.5 else None
        self.path(rounded([*points[:-1], neck], bend), look, style=style, opacity=opacity)
        if head:
            left = (neck[0] - half * uy, neck[1] + half * ux)
            right = (neck[0] + half * uy, neck[1] - half * ux)
            self.path(rounded([tip, left, right], 0) + "Z", f"solid {look}", opacity=opacity)

    def loop(self, box: Box, look="", reach=40, rise=26, width=2.5) -> None:
        """What leaves a box above comes back into its west: a fork, a way round, an arrow."""
        (x, top), (west, y) = box.north, box.west
        way = [(x, top - rise), (west - reach, top - rise), (west - reach, y), (west, y)]
        self.arrow(*way, look=look, width=width, bend=16)
        self.dot(x, top - rise, look)

    def dot(self, x, y, look="") -> None:
        """Where a line forks."""
        self.element("circle", f"solid {look}", cx=x, cy=y, r=3)

    def bracket(self, start, end, at, text="", side="above", look="", size=13) -> None:
        """A bracket from start to end with a label; `at` is y (above, below) or x (left, right)."""
        sign = -1 if side in ("above", "left") else 1
        corners = [(start, at), (start, at + 6 * sign), (end, at + 6 * sign), (end, at)]
        middle, out = (start + end) / 2, at + 6 * sign
        if side in ("left", "right"):
            corners = [(y, x) for x, y in corners]
            anchor = "start" if sign > 0 else "end"
            self.text(out + 7 * sign, middle, text, size, look, anchor) if text else None
        elif text:
            self.text(middle, out + (4 + 0.7 * size) * sign, text, size, look)
        self.path(rounded(corners, 3), look)

    # ---- boxes

    def box(self, x, y, w, h, text="", look="paper", size=13, radius=6, inside="") -> Box:
        """A rounded box with a text in it."""
        at = {"x": x - w / 2, "y": y - h / 2, "width": w, "height": h, "rx": radius}
        self.element("rect", look, **at)
        if text:
            self.text(x, y, text, size, f"{SHAPE.sub('', look)} {inside}")
        return Box(x, y, w, h)

    def cell(self, x, y, text="", kind="lstm", w=64, h=44, size=14) -> Box:
        """A recurrent cell in the colour of its kind, with its mark: rnn, lstm or gru."""
        box = self.box(x, y, w, h, text, f"wash {kind}", size, 9, "bold")
        if text or w > 60:  # the mark sits on the edge, else in the middle
            x, y = x - w / 2 + 13, y - h / 2
        at = f"M{number(x)} {number(y)}"
        self.path(at + MARKS[kind], f"solid {kind}")
        return box

    def layer(self, x, y, text, w=120, h=36, look="paper") -> Box:
        """A layer without a memory."""
        return self.box(x, y, w, h, text, look, 14, 9, "bold")

    def gate(self, x, y, text="$σ$", w=38, h=26, look="paper") -> Box:
        """A small layer with weights of its own, inside a cell."""
        return self.box(x, y, w, h, text, look, 16 if "$" in text else 13, 4)

    def node(self, x, y, sign, look="paper") -> Box:
        """An operation element by element, without weights: × + − in a circle, words in a pill."""
        if sign not in ("×", "+", "−"):
            return self.box(x, y, measure(sign, 13) + 18, 24, sign, look, 13, 12)
        self.element("circle", look, cx=x, cy=y, r=11)
        strokes = {"×": "M{}-3.5 -3.5l7 7m0-7l-7 7", "+": "M{}-5 0h10m-5-5v10", "−": "M{}-5 0h10"}
        self.path(strokes[sign].format(f"{number(x)} {number(y)}m"), look.replace("paper", ""))
        return Box(x, y, 22, 22)

    def state(self, x, y, values, w=40, pitch=20, look="wash", size=13, across=False) -> Box:
        """A state: a rounded box of numbers (texts), or of so many circles; `across` lies flat."""
        values = [None] * values if isinstance(values, int) else list(values)
        span = pitch * len(values) + 4
        w, h = (span, w) if across else (w, span)
        box = self.box(x, y, w, h, "", look, radius=10)
        for i, value in enumerate(values):
            step = pitch * (i - (len(values) - 1) / 2)
            at = (x + step, y) if across else (x, y + step)
            if value is None:
                self.element("circle", look.replace("wash", "paper"), cx=at[0], cy=at[1], r=5)
            else:
                self.text(*at, value, size, SHAPE.sub("", look))
        return box

    # ---- texts and masks

    def tokens(
        self, x, y, texts, w=None, h=28, gap=4, look="paper", size=14, mono=False
    ) -> list[Box]:
        """Words or letters in boxes from the left edge x on; a blank is drawn as an open box."""
        boxes = []
        for text in texts:
            wide = w or measure(text, size, mono) + 14
            boxes.append(
                self.box(
                    x + wide / 2, y, wide, h, text.strip(), look, size, 5, "mono" if mono else ""
                )
            )
            if text == " ":
                self.path(
                    f"M{number(x + wide / 2 - 4)} {number(y + 1)}v4h8v-4", SHAPE.sub("", look)
                )
            x += wide + gap
        return boxes

    def window(self, first: Box, last: Box, margin=5, look="new thick") -> Box:
        """A frame around everything from the first box to the last."""
        left, top = first.at(-1, -1)
        right, bottom = last.at(1, 1)
        w, h = right - left + 2 * margin, bottom - top + 2 * margin
        return self.box((left + right) / 2, (top + bottom) / 2, w, h, "", look, radius=9)

    def hatch(self, box: Box, look="muted thin", pitch=6) -> None:
        """Slanted lines over a box: hidden by a mask."""
        (left, top), (right, bottom), d = box.at(-1, -1), box.at(1, 1), ""
        for k in range(1, int((box.w + box.h) / pitch) + 1):
            c = left + top + k * pitch  # the line x + y = c, inside the box
            x0, x1 = max(left + 1, c - bottom + 1), min(right - 1, c - top - 1)
            if x1 > x0:
                d += f"M{number(x0)} {number(c - x0)}L{number(x1)} {number(c - x1)}"
        self.path(d, look)

    # ---- nets

    def chain(self, x, y, steps, pitch, text="", kind="rnn", w=56, h=40, back=False) -> list[Box]:
        """The same cell at each step, the first at x, joined by arrows; `back` runs leftwards."""
        cells = [self.cell(x + pitch * t, y, text, kind, w, h) for t in range(steps)]
        for a, b in pairwise(cells):
            self.arrow(b.west, a.east) if back else self.arrow(a.east, b.west)
        return cells

    def lines(self, x, y, w, lines, look="muted wash", radius=6) -> Box:
        """A box of as many lines as are given; in a washed one the first is bold."""
        box = self.box(x, y, w, 22 + 17 * len(lines), "", look, radius=radius)
        for k, line in enumerate(lines):
            bold = "bold" if k == 0 and "wash" in look else ""
            self.text(x, y + 17 * (k - (len(lines) - 1) / 2), line, 13, bold)
        return box

    def questions(self, steps, last: Box) -> None:
        """Arrows from each question to its answer (yes), to the next one and to the last (no)."""
        for box, right in steps:
            self.arrow(box.east, right.west, look="new")
            self.text((box.east[0] + right.west[0]) / 2, box.y - 11, "yes", 13, "new")
        for box, below in pairwise([*(box for box, _ in steps), last]):
            self.arrow(box.south, below.north)
            self.text(box.x - 10, (box.south[1] + below.north[1]) / 2, "no", 13, "muted", "end")

    def stack(self, x, y, layers, w=120, pitch=76) -> list[Box]:
        """Layers downwards: (name, kind or "", shape, words); the last two beside the arrow."""
        boxes = []
        for i, (name, kind, shape, words) in enumerate(layers):
            at = x, y + pitch * i
            boxes.append(self.cell(*at, name, kind, w, 36) if kind else self.layer(*at, name, w))
            (sx, sy), middle = boxes[-1].south, boxes[-1].south[1] + (pitch - 36) / 2
            self.arrow((sx, sy), (sx, sy + pitch - 36))
            self.text(sx + 14, middle - 8, shape, 14, "mono", "start")
            self.text(sx + 14, middle + 8, words, 12, "muted", "start")
        return boxes


def rounded(points: list[Point], bend: float) -> str:
    """Path data through points; each corner is a curve that begins `bend` before it."""
    told = "M{} {}".format(*map(number, points[0]))
    for (ax, ay), (bx, by), (cx, cy) in zip(points, points[1:], points[2:], strict=False):
        before, after = (
            ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5,
            ((cx - bx) ** 2 + (cy - by) ** 2) ** 0.5,
        )
        r = min(bend, before / 2, after / 2)
        if r <= 0:
            told += f"L{number(bx)} {number(by)}"
            continue
        start = bx + (ax - bx) * r / before, by + (ay - by) * r / before
        end = bx + (cx - bx) * r / after, by + (cy - by) * r / after
        told += "L{} {}Q{} {} {} {}".format(*map(number, (*start, bx, by, *end)))
    return told + "L{} {}".format(*map(number, points[-1]))


def runs(text: str, size: float):
    """Pieces of a text: look, letters, how far below the line, size, and a step aside."""
    for i, part in enumerate(text.split("$")):
        if i % 2 == 0:
            yield from [("", part, 0, size, 0)] if part else []
            continue
        for mark, group, plain in re.findall(r"([_^]?)(?:\{([^}]*)\}|([A-Za-z]{2,}|~?.))", part):
            level, em = {"_": 0.25, "^": -0.4}.get(mark, 0) * size, size
            if mark:
                em = max(SMALLEST, 0.72 * size)
            pieces = re.findall(r"(~?)([A-Za-z]{2,}|[A-Za-z]|[^A-Za-z~]+)", group or plain)
            for tilde, piece in pieces:
                look = "var" if re.fullmatch("[A-Za-z]", piece) else "math"
                yield look, piece.replace("-", "−"), level, em, 0
                if tilde:  # higher and further back over a tall letter
                    up, back = (0.58, 0.52) if piece in "bdfhkl" else (0.34, 0.47)
                    yield "math", "~", level - up * em, em, -back * em


def spans(text: str, size: float) -> str:
    """Text as SVG; between $ letters are italic, _ lowers, ^ raises, ~c is c with a tilde."""
    told, below = "", 0.0
    for look, piece, level, em, aside in runs(text, size):
        steps = {"dx": aside, "dy": level - below, "font-size": em if em != size else 0}
        attributes = "".join(f' {k}="{number(v)}"' for k, v in steps.items() if v)
        attributes = f' class="{look}"' * bool(look) + attributes
        piece = escape(piece, quote=False)
        told += f"<tspan{attributes}>{piece}</tspan>" if attributes else piece
        below = level
    return told
