"""Whether two figures show the same: a PNG by its ink and colours, an SVG by what it draws.

Both must pass figures drawn by another version of matplotlib (fonts and margins shift by a point or
two) or on another CPU, and fail figures with a curve gone, colours exchanged or points moved. The
tolerances are calibrated in `tests/test_comparison.py`, which prints the table.
"""

from __future__ import annotations

import base64
import io
import itertools
import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field

import numpy as np

# ---- PNG

SIZE = 0.03  # share by which width and height may differ (fonts): at least 8 pixels
GRID = 192  # cells a side that a figure is averaged to, so that its size does not matter
WINDOW = 16  # cells a side of the windows that are compared
FLOOR = 0.02  # ink, as a share of a black window, that an empty window is taken to hold
# Largest shares of a window's ink, and of its colour, that may differ, and how many cells a window
# may shift across and down. On one machine, one matplotlib draws the same pixels again, and a
# palette of 256 colours takes the same ones of them; on another CPU curves shift by fractions of a
# pixel. Another matplotlib moves legends, texts and ticks (0.53 and 0.19 seen).
PALETTE = 0.2  # largest such share that a palette may change
SAME_VERSION, OTHER_VERSION = (0.18, 0.12, 1, 1), (0.60, 0.22, 2, 5)


def smaller(png: str) -> str:
    """The same base64 PNG with a palette of 256 colours, a third of the bytes.

    Or as it is, where the palette would show: thin curves over many shades lose their colours.
    """
    from PIL import Image

    image = Image.open(io.BytesIO(base64.b64decode(png))).convert("RGB")
    target = io.BytesIO()
    palette = image.quantize(256, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    palette.save(target, "png", optimize=True)
    small = base64.b64encode(target.getvalue()).decode() + "\n"
    return png if max(png_measures(png, small, 0, 0)) > PALETTE else small


def _ink(png: str) -> tuple[np.ndarray, tuple[int, int]]:
    """A base64 PNG as ink, 0 for white and 1 for black (GRID, GRID, 3), and its size in pixels."""
    from PIL import Image, ImageFilter

    image = Image.open(io.BytesIO(base64.b64decode(png))).convert("RGB")
    small = image.resize((GRID, GRID), Image.Resampling.BOX).filter(ImageFilter.GaussianBlur(1))
    return 1 - np.asarray(small, float) / 255, image.size


def _windows(values: np.ndarray) -> np.ndarray:
    """Sums of a (GRID, GRID, 3) array over windows, each half over the next."""
    total = np.pad(np.abs(values).sum(-1).cumsum(0).cumsum(1), ((1, 0), (1, 0)))
    w = WINDOW
    sums = total[w:, w:] - total[:-w, w:] - total[w:, :-w] + total[:-w, :-w]
    return sums[:: w // 2, :: w // 2]


def _worst(a: np.ndarray, b: np.ndarray, across: int, down: int) -> float:
    """The largest share of a window's ink that differs, when each window may shift by cells."""
    around = np.pad(b, ((down, down), (across, across), (0, 0)), mode="edge")
    shifted = [
        _windows(a - around[y : y + GRID, x : x + GRID])
        for x in range(2 * across + 1)
        for y in range(2 * down + 1)
    ]
    ink = np.maximum(_windows(a), _windows(b)) + FLOOR * 3 * WINDOW**2
    return float((np.min(shifted, axis=0) / ink).max())


def png_measures(reference: str, fresh: str, across: int, down: int) -> tuple[float, float]:
    """How far two base64 PNGs are apart in their worst window: in ink, and in its colour alone.

    Lightness counts in the first only, so that text, which versions of matplotlib set differently,
    does not hide what happens to coloured curves.
    """
    a, b = _ink(reference)[0], _ink(fresh)[0]
    colours = [x - x.mean(-1, keepdims=True) for x in (a, b)]
    return _worst(a, b, across, down), _worst(*colours, across, down)


def png_difference(reference: str, fresh: str, same_version: bool = True) -> str | None:
    """What tells two base64 PNGs apart, or None when they agree.

    reference is a committed one, with its palette; the fresh one is given a palette here.
    same_version: whether one matplotlib drew both. Another one moves legends and chooses ticks.
    """
    fresh = smaller(fresh)
    if reference == fresh:
        return None
    a, b = _ink(reference)[1], _ink(fresh)[1]
    if any(abs(p - q) > max(8, SIZE * p) for p, q in zip(a, b, strict=True)):
        return f"figure size {a} -> {b}"
    *most, across, down = SAME_VERSION if same_version else OTHER_VERSION
    found = png_measures(reference, fresh, across, down)
    for what, share, limit in zip(("ink", "colour"), found, most, strict=True):
        if share > limit:
            return f"{what} of the figure differs by {share:.2f} in its worst window"
    return None


# ---- SVG

NEAR = 1.5  # points (1/72 inch) by which a curve or a marker may be off, measured in its axes
NEAR_SHAPE = 0.3  # points by which the outline of a marker may be off
LARGEST_MARKER = 24.0  # points from the middle of a marker to its outline
NEAR_TEXT = 6.0  # points by which a text may be off: fonts are measured differently
COLOUR = 8  # of 255: colours that follow from numbers differ by a step
FAR_AXES = 12.0  # points by which the corners of axes may be off
LENGTH = 0.05  # share by which the length of a curve may differ (simplification of paths)
STYLES = ("fill", "stroke", "stroke-dasharray", "stroke-width", "opacity")
STYLES += ("fill-opacity", "stroke-opacity")
XLINK = "{http://www.w3.org/1999/xlink}href"
SERIES = re.compile(r"(line2d|\w*Collection|image|QuadMesh)_?\d*$")


@dataclass
class Item:
    """One thing that an SVG draws: a text, a path, a marker (many places) or an image."""

    kind: str
    style: dict
    points: list = field(default_factory=list)  # of arrays (n, 2) in points, y downwards
    text: str = ""
    shape: list = field(default_factory=list)  # of a marker: its own outline
    axes: int | None = None  # number of the axes that it is in; none for legends and texts


def _style(element) -> dict:
    pairs = [p.split(":", 1) for p in element.get("style", "").split(";") if ":" in p]
    found = {k.strip(): v.strip() for k, v in pairs}
    found |= {k: element.get(k) for k in STYLES if element.get(k)}
    return {k: v for k, v in found.items() if k in STYLES}


def _transform(text: str) -> np.ndarray:
    """An SVG transform attribute as a matrix (3, 3)."""
    total = np.eye(3)
    for name, numbers in re.findall(r"(\w+)\(([^)]*)\)", text):
        n, one = [float(x) for x in re.split(r"[\s,]+", numbers.strip())], np.eye(3)
        if name == "translate":
            one[:2, 2] = (*n, 0)[:2]
        elif name == "scale":
            one[0, 0], one[1, 1] = n[0], n[-1]
        elif name == "rotate":
            c, s = np.cos(np.radians(n[0])), np.sin(np.radians(n[0]))
            one[:2, :2] = [[c, -s], [s, c]]
            if len(n) == 3:
                one[:2, 2] = n[1:] - one[:2, :2] @ n[1:]
        elif name == "matrix":
            one[:2] = np.reshape(n, (3, 2)).T
        total = total @ one
    return total


def _curves(d: str, matrix: np.ndarray) -> list[np.ndarray]:
    """The pieces of an SVG path as polygons (n, 2); of Bézier curves the control points."""
    pieces: list[list] = []
    for command, numbers in re.findall(r"([MLQCZ])([^MLQCZ]*)", d):
        values = np.array(re.findall(r"[-+.\deE]+", numbers), float).reshape(-1, 2)
        if command == "M":
            pieces.append([])
        if command == "Z":
            pieces[-1].append(pieces[-1][0])
        else:
            pieces[-1].extend(values)
    return [np.array(p) @ matrix[:2, :2].T + matrix[:2, 2] for p in pieces if p]


def _number(element, name: str) -> float:
    return float(element.get(name, "0").removesuffix("pt"))


def items(svg: str, ticks: bool = True) -> tuple[list[Item], tuple[float, float], list[list[str]]]:
    """What an SVG draws in order; its size in points; for each axes the names of its series.

    ticks: whether ticks, their labels and the grid count.
    """
    root = ET.fromstring(svg)
    shapes = {e.get("id"): e for defs in root.iter() if _tag(defs) == "defs" for e in defs}
    found: list[Item] = []
    axes: list[list[str]] = []

    def walk(element, matrix, where=None):
        tag = _tag(element)
        if tag in ("defs", "metadata", "style"):
            return
        if not ticks and re.fullmatch(r"[xy]tick_\d+", element.get("id", "")):
            return
        if re.fullmatch(r"axes_\d+", element.get("id", "")):
            where = len(axes)
            axes.append([n for child in element for n in _series(child)])
        elif element.get("id", "").startswith("legend_"):
            where = None
        matrix = matrix @ _transform(element.get("transform", ""))
        place = matrix @ [_number(element, "x"), _number(element, "y"), 1]
        if tag == "path":
            curves = _curves(element.get("d", ""), matrix)
            found.append(Item("path", _style(element), curves, axes=where))
        elif tag == "use":
            shape = shapes[element.get(XLINK, element.get("href", "")).removeprefix("#")]
            outline = _curves(shape.get("d", ""), np.eye(3))
            style = _style(shape) | _style(element)
            if any(np.abs(o).max() > LARGEST_MARKER for o in outline):  # an area between curves
                found.append(Item("path", style, [o + place[:2] for o in outline], axes=where))
                return
            last = found[-1] if found else None
            same = "marker", style, shape.get("d", ""), where
            if last and (last.kind, last.style, last.text, last.axes) == same:
                last.points[0] = np.vstack([last.points[0], place[:2]])
            else:
                found.append(Item(*same[:2], [place[None, :2]], same[2], outline, where))
        elif tag == "text":
            text = re.sub(r"\s+", " ", "".join(element.itertext())).strip()
            if "style" not in element.attrib or element.get("x") is None:
                child = next((c for c in element if c.get("x")), element)
                first = child.get("x", "0").split()[0], child.get("y", "0").split()[0]
                place = matrix @ [float(first[0]), float(first[1]), 1]
            found.append(Item("text", _style(element), [place[None, :2]], text))
            return
        elif tag == "image":
            corner = [_number(element, "width"), _number(element, "height"), 0]
            box = np.array([place[:2], (place + matrix @ corner)[:2]])
            found.append(
                Item("image", {}, [box], element.get(XLINK, element.get("href", "")), axes=where)
            )
        for child in element:
            walk(child, matrix, where)

    walk(root, np.eye(3))
    return found, (_number(root, "width"), _number(root, "height")), axes


def _tag(element) -> str:
    return str(element.tag).rpartition("}")[2]


def _series(group) -> list[str]:
    """The data that a child of an axes group draws: a curve, a cloud, an image, or bars by colour.

    A curve without a point counts for nothing. The frame of the axes is no series.
    """
    name = group.get("id", "")
    drawn = [e for e in group.iter() if _tag(e) in ("path", "use", "image")]
    outlines = [e for defs in group.iter() if _tag(defs) == "defs" for e in defs]
    drawn = [e for e in drawn if e not in outlines]
    if SERIES.match(name):
        full = [e for e in drawn if _tag(e) != "path" or e.get("d", "").strip().count(" ") > 2]
        return [name] if full else []
    if name.startswith("patch_") and len(drawn) == 1:
        fill = _style(drawn[0]).get("fill", "none")
        return [] if fill in ("none", "#ffffff") else [f"bars {fill}"]
    return []


def _apart(a: str | None, b: str | None) -> bool:
    """Whether two values of a style property differ by more than a step."""
    if a == b:
        return False
    if a and b and re.fullmatch(r"#[0-9a-f]{6}", a) and re.fullmatch(r"#[0-9a-f]{6}", b):
        channels = zip(bytes.fromhex(a[1:]), bytes.fromhex(b[1:]), strict=True)
        return max(abs(p - q) for p, q in channels) > COLOUR
    try:
        numbers = [[float(x) for x in re.split(r"[\s,]+", s or "")] for s in (a, b)]
    except ValueError:
        return True
    return len(numbers[0]) != len(numbers[1]) or not np.allclose(*numbers, rtol=0.02, atol=0.01)


def _samples(curve: np.ndarray) -> np.ndarray:
    """Points along a polygon, at most one point (unit) apart, its corners among them."""
    parts = [curve[:1]]
    for p, q in itertools.pairwise(curve):
        n = max(1, int(np.ceil(np.linalg.norm(q - p))))
        parts.append(p + (q - p) * (np.arange(1, n + 1) / n)[:, None])
    return np.vstack(parts)


def _farthest(points: np.ndarray, others: np.ndarray) -> float:
    """The largest distance of some points from the nearest of others."""
    worst = 0.0
    for part in np.array_split(points, len(points) // 256 + 1):
        gaps = ((part[:, None] - others[None]) ** 2).sum(-1)
        worst = max(worst, float(gaps.min(1).max()))
    return worst**0.5


def curve_difference(a: np.ndarray, b: np.ndarray) -> float:
    """How far two polygons (n, 2) are apart in points: pointwise, or else as curves.

    As curves: the largest distance of one from the other, either way, or of their ends; infinite
    when their lengths differ by more than LENGTH, for then one has loops that the other has not.
    """
    if a.shape == b.shape:
        pointwise = float(np.abs(a - b).max())
        if pointwise <= NEAR:
            return pointwise
    lengths = [float(np.linalg.norm(np.diff(c, axis=0), axis=1).sum()) for c in (a, b)]
    if abs(lengths[0] - lengths[1]) > 4 * NEAR + LENGTH * max(lengths):
        return float("inf")
    ends = max(float(np.abs(a[i] - b[i]).max()) for i in (0, -1))
    sa, sb = _samples(a), _samples(b)
    return max(ends, _farthest(sa, sb), _farthest(sb, sa))


def _boxes(found: list[Item]) -> dict[int, np.ndarray]:
    """For each axes the corners (2, 2) of what it draws first, its background."""
    boxes: dict[int, np.ndarray] = {}
    for item in found:
        if item.axes is not None and item.axes not in boxes and item.kind == "path" and item.points:
            corners = np.vstack(item.points)
            boxes[item.axes] = np.array([corners.min(0), corners.max(0)])
    return boxes


def _fit(found: list[Item], reference: list[Item]) -> str | None:
    """Stretch each axes in ``found`` to where it is in ``reference``: margins follow the fonts.

    Returns a message when an axes is elsewhere, or has another size, than fonts explain.
    """
    mine, theirs = _boxes(found), _boxes(reference)
    for axes in mine.keys() & theirs.keys():
        off = float(np.abs(mine[axes] - theirs[axes]).max())
        if off > FAR_AXES:
            return f"axes {axes + 1} moved by {off:.1f} pt"
    for item in found:
        if item.axes in mine and item.axes in theirs:
            old, new = mine[item.axes], theirs[item.axes]
            flat = old[1] - old[0] < 1  # no background (axis off), and a straight line first
            scale = np.where(flat, 1, (new[1] - new[0]) / np.where(flat, 1, old[1] - old[0]))
            item.points = [(p - old[0]) * scale + new[0] for p in item.points]
    return None


def _item_difference(a: Item, b: Item) -> str | None:
    for name in STYLES:
        if _apart(a.style.get(name), b.style.get(name)):
            return f"{name} of a {a.kind} {a.style.get(name)} -> {b.style.get(name)}"
    if a.kind == "text":
        off = float(np.abs(a.points[0] - b.points[0]).max())
        return f"text {a.text!r} moved by {off:.1f} pt" if off > NEAR_TEXT else None
    if [len(a.points), len(a.shape)] != [len(b.points), len(b.shape)]:
        return f"{len(a.points)} pieces of a {a.kind} -> {len(b.points)}"
    if a.kind == "marker" and len(a.points[0]) != len(b.points[0]):
        return f"{len(a.points[0])} markers -> {len(b.points[0])}"
    near = NEAR if a.axes is not None else NEAR_TEXT
    pairs = [(p, q, near) for p, q in zip(a.points, b.points, strict=True)]
    pairs += [(p, q, NEAR_SHAPE) for p, q in zip(a.shape, b.shape, strict=True)]
    for p, q, most in pairs:
        if a.kind in ("marker", "image") and p.shape == q.shape:
            off = float(np.abs(p - q).max())
        else:
            off = curve_difference(p, q)
        if off > most:
            return f"a {a.kind} {a.style.get('stroke', '')} is off by {off:.1f} pt"
    if a.kind == "image" and a.text != b.text:
        return png_difference(*(i.text.partition("base64,")[2] for i in (a, b)))
    return None


def svg_difference(reference: str, fresh: str, same_version: bool = True) -> str | None:
    """What tells two SVG figures of matplotlib apart, or None when they agree.

    The same texts in the same order, to the letter; the same curves, markers and images in the
    same order, style and place. Names of elements count for nothing.

    same_version: whether one matplotlib drew both. Another one chooses other ticks, which then
    count for nothing; where the data are in their axes still does.
    """
    if reference == fresh:
        return None
    a, size_a, axes_a = items(reference, ticks=same_version)
    b, size_b, axes_b = items(fresh, ticks=same_version)
    if any(abs(p - q) > max(6, SIZE * p) for p, q in zip(size_a, size_b, strict=True)):
        return f"figure size {size_a} pt -> {size_b} pt"
    texts = [[i.text for i in found if i.kind == "text"] for found in (a, b)]
    if texts[0] != texts[1]:
        old, new = ([t for t in x if x.count(t) != y.count(t)] for x, y in (texts, texts[::-1]))
        return f"texts of the figure {old[:4]} -> {new[:4]}"
    if [len(x) for x in axes_a] != [len(x) for x in axes_b]:
        return f"series {axes_a} -> {axes_b}"
    if [i.kind for i in a] != [i.kind for i in b]:
        return f"the figure draws {len(a)} things -> {len(b)}, or others"
    return _fit(b, a) or next(filter(None, map(_item_difference, a, b)), None)


TYPES = {"image/png": png_difference, "image/svg+xml": svg_difference}
