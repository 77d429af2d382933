"""Charts as SVG, inlined: their text is the page's text, their colours follow dark mode.

Notebooks store a figure as matplotlib writes it (``svg.fonttype: none``). On a page it loses what
is matplotlib's own: metadata, a style sheet for everything, fonts, names. A chart whose text would
be too small on a phone fails the build.
"""

from __future__ import annotations

import re
from itertools import groupby
from pathlib import Path
from xml.etree import ElementTree

from docutils import nodes
from sphinx.util import logging

from . import formatting, sources

log = logging.getLogger(__name__)
COLOURS = {  # of STYLE.md: the site's variables
    "#b8480b": "var(--rnn-simplernn)",
    "#0b4f9e": "var(--rnn-lstm)",
    "#157370": "var(--rnn-gru)",
    "#b511ce": "var(--rnn-highlight)",
    "#595959": "var(--rnn-muted)",
    "#000000": "var(--rnn-fg)",
    "#ffffff": "var(--rnn-bg)",
}
LONG = {"#000": "#000000", "black": "#000000", "#fff": "#ffffff", "white": "#ffffff"}
PAINTS = ("fill", "stroke", "stop-color")
COLUMN = 358  # pixels: the text's width on a phone that is 390 wide
POINT = 4 / 3  # pixels: no chart is wider than matplotlib meant it
SMALLEST = 10  # pixels
GEOMETRY = {"d", "x", "y", "width", "height", "points", "transform", "viewBox"}
FIGURES = set("0123456789.−-×")
XLINK = "{http://www.w3.org/1999/xlink}href"


class chart(nodes.General, nodes.Element):
    """An SVG, kept as an attribute: the search finds the caption, not the axes."""


def inline(data: bytes | str, alt: str, name: str) -> str:
    """An SVG as part of a page. ``name`` makes its ids unique. Raises FactError."""
    root = ElementTree.fromstring(data)
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    everywhere = clean(root)
    box = [float(number) for number in root.get("viewBox", "").split()]
    if len(box) != 4:
        raise sources.FactError("the chart has no viewBox")
    images = [area(image) for image in root.iter("image")]
    for element in root.iter():
        tidy(element, over_image(element, images))
    for text in root.iter("text"):
        flow(text)
        check_size(text, box[2])
        enlarge(text, box[2])
        for element in text.iter():
            element.text = formatting.thousands(element.text or "")
    rename(root, name)
    lighten(root)
    view = root.get("viewBox")
    root.attrib.clear()
    root.attrib |= {"class": "chart", "role": "img", "aria-label": alt, "viewBox": view}
    style = f"fill:{COLOURS['#000000']};max-width:{box[2] * POINT:.0f}px"
    root.set("style", f"{everywhere};{style}".lstrip(";"))
    return ElementTree.tostring(root, encoding="unicode")


def clean(root) -> str:
    """Drop metadata and white space; the declarations of the rule for all elements."""
    everywhere = ""
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag == "style":
                rule = re.fullmatch(r"\s*\*\s*\{([^}]*)\}\s*", child.text or "")
                if not rule:
                    raise sources.FactError("the chart has a style sheet that a page cannot take")
                everywhere = ";".join(f"{k}:{v}" for k, v in declarations(rule.group(1)).items())
            if child.tag in ("metadata", "style", "title"):
                parent.remove(child)
            elif child.tag == "defs" and not any(kid.tag != "style" for kid in child):
                parent.remove(child)
        if not (parent.text or "").strip():
            parent.text = None
        if not (parent.tail or "").strip():
            parent.tail = None
    return everywhere


def declarations(style: str) -> dict[str, str]:
    pairs = (part.split(":", 1) for part in style.split(";") if ":" in part)
    return {key.strip(): value.strip() for key, value in pairs}


def area(image) -> tuple[float, float, float, float]:
    """Where an image of matplotlib (which it turns upside down) lies: left, top, right, bottom."""
    x, y, width, height = (float(image.get(key, 0)) for key in ("x", "y", "width", "height"))
    top = -y if "scale(1 -1)" in image.get("transform", "") else y
    return x, top, x + width, top + height


def over_image(element, images) -> bool:
    """Whether an element is a text on an image, whose colours do not follow the page."""
    if element.tag != "text" or not element.get("x"):
        return False
    x, y = float(element.get("x")), float(element.get("y"))
    return any(left <= x <= right and top <= y <= bottom for left, top, right, bottom in images)


def tidy(element, keep_colours: bool) -> None:
    """Colours of the site, its font, no more digits than one sees."""
    style = declarations(element.attrib.pop("style", ""))
    style |= {key: element.attrib.pop(key) for key in PAINTS if key in element.attrib}
    size = re.search(r"([\d.]+)px", style.pop("font", ""))  # short for all of a font
    if size:
        style["font-size"] = f"{size.group(1)}px"
    style.pop("font-family", None)
    if keep_colours:
        style.setdefault("fill", "#000000")
    for key in PAINTS:
        colour = style.get(key, "").lower()
        colour = LONG.get(colour, colour)
        if colour in COLOURS and not keep_colours:
            style[key] = COLOURS[colour]
    if style:
        element.set("style", ";".join(f"{key}:{value}" for key, value in style.items()))
    if XLINK in element.attrib:
        element.set("href", element.attrib.pop(XLINK))
    for key in GEOMETRY & element.attrib.keys():
        shape = element.get("id") or key == "transform"  # drawn many times, or for large and small
        element.set(key, geometry(element.get(key), 2 if shape else 1))
    if re.fullmatch(r"rotate\(-?0 .*\)", element.get("transform", "")):
        del element.attrib["transform"]


def geometry(text: str, digits: int) -> str:
    """So many digits behind the point, no white space but between numbers."""
    text = re.sub(r"-?\d+\.\d+", lambda m: f"{float(m.group()):.{digits}f}", text)
    text = re.sub(r"(\.\d*?)0+(?!\d)", r"\1", text)
    text = re.sub(r"\.(?!\d)", "", text)
    return re.sub(r"\s*([A-Za-z](?![a-z(]))\s*", r"\1", re.sub(r"\s+", " ", text)).strip()


def size_of(element) -> float:
    found = re.search(r"font-size:([\d.]+)px", element.get("style", ""))
    return float(found.group(1)) if found else 0


def flow(text) -> None:
    """A power of ten, which matplotlib sets glyph by glyph, in the letters' own widths."""
    spans = list(text)
    if not all((span.text or " ") in FIGURES for span in spans):
        return
    line = None
    for (height, _), run in groupby(spans, lambda span: (float(span.get("y", 0)), size_of(span))):
        first, *others = run
        first.text = "".join(span.text for span in (first, *others)).replace("×", " × ")
        for span in others:
            text.remove(span)
        if line is not None:
            del first.attrib["x"], first.attrib["y"]
            first.set("dy", f"{height - line:.2f}")
        line = height


def check_size(text, width: float) -> None:
    """Whether one can read a text on a phone. Of a power, the base counts."""
    words = "".join(text.itertext()).strip()
    size = max(size_of(element) for element in text.iter()) * min(COLUMN / width, POINT)
    if words and size < SMALLEST:
        raise sources.FactError(
            f"{words!r} in the chart would be {size:.1f} pixels high on a phone, not {SMALLEST}: "
            f"at {width / 72:.1f} inches, text needs {SMALLEST * width / COLUMN:.1f} points"
        )


def enlarge(text, width: float) -> None:
    """Exponents and indices as large as one can read on a phone."""
    least = SMALLEST / min(COLUMN / width, POINT)
    for element in text.iter():
        if 0 < size_of(element) < least:
            style = declarations(element.get("style")) | {"font-size": f"{least:.2f}px"}
            element.set("style", ";".join(f"{key}:{value}" for key, value in style.items()))


def rename(root, name: str) -> None:
    """Only what is referred to keeps a name, which is there once on a page."""
    text = ElementTree.tostring(root, encoding="unicode")
    wanted = set(re.findall(r'url\(#([^)]+)\)|href="#([^"]+)"', text))
    wanted = {first or second for first, second in wanted}
    names = {}
    for element in root.iter():
        own = element.attrib.pop("id", None)
        if own in wanted:
            names[own] = f"{name}-{len(names) + 1}"
            element.set("id", names[own])
    for element in root.iter():
        for key, value in element.attrib.items():
            if "#" in value and not value.startswith("data:"):
                found = re.sub(r"(url\(|^)#([^)]+)", lambda m: refer(m, names), value)
                element.set(key, found)


def lighten(parent) -> None:
    """Drop the groups that say nothing."""
    for child in list(parent):
        lighten(child)
        if child.tag == "g" and not child.attrib:
            place = list(parent).index(child)
            parent[place : place + 1] = list(child)


def refer(match, names: dict[str, str]) -> str:
    return f"{match.group(1)}#{names.get(match.group(2), match.group(2))}"


def make(env, data: bytes | str, alt: str) -> chart:
    """The node of a chart on the page that is being read. Raises FactError."""
    name = f"chart-{env.new_serialno('chart') + 1}"
    return chart(svg=inline(data, alt, name), alt=alt)


def replace_pictures(app, doctree):
    """On a notebook's own page: the SVGs among its outputs."""
    for image in list(doctree.findall(nodes.image)):
        path = Path(app.srcdir, image["uri"].lstrip("/"))
        if path.suffix != ".svg" or not is_output(image):
            continue
        if len(image.get("alt", "")) < 10:
            continue  # theme.check_alt complains
        try:
            image.replace_self(make(app.env, path.read_bytes(), image["alt"]))
        except sources.FactError as error:
            log.warning("%s", error, location=image, type="recurrent", subtype="chart")


def is_output(node) -> bool:
    while node is not None:
        if isinstance(node, nodes.container) and node.get("nb_element") == "cell_code_output":
            return True
        node = node.parent
    return False


def visit_html(self, node):
    self.body.append(node["svg"] + "\n")
    raise nodes.SkipNode


def visit_text(self, node):
    self.add_text(f"[{node['alt']}]")
    raise nodes.SkipNode


def visit_latex(self, node):
    self.body.append(self.encode(node["alt"]))
    raise nodes.SkipNode


def setup(app):
    app.add_node(chart, html=(visit_html, None), text=(visit_text, None), latex=(visit_latex, None))
    app.connect("doctree-read", replace_pictures, priority=300)
