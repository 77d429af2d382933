"""The {drawing} directive: a drawing from `book/_drawings`, inlined so that it follows the page.

Its colours and fonts are the page's (dark mode, print, forced colours). `book/_drawings/grammar.py`
says how drawings are made.
"""

from __future__ import annotations

import re
from pathlib import Path

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from tools import drawings as scripts

FOLDER = "book/_drawings"


class drawing(nodes.General, nodes.Element):
    """An SVG, kept as an attribute: the search finds the caption, not the labels."""


def inline(svg: str, serial: int) -> str:
    """A drawing as part of a page: the page has its style, and ids are there once."""
    svg = re.sub(r"<style>.*?</style>\n?", "", svg, flags=re.DOTALL)
    for name in set(re.findall(r'\bid="([^"]+)"', svg)):
        own = f"drawing-{serial}-{name}"
        svg = re.sub(rf'(\bid="|#){re.escape(name)}(?=["\s)])', rf"\g<1>{own}", svg)
    return svg


class Drawing(SphinxDirective):
    """``{drawing} 08-layers``, with ``caption`` (for the script's own), ``name``, ``class``."""

    required_arguments = 1
    option_spec = {  # noqa: RUF012
        "caption": directives.unchanged_required,
        "name": directives.unchanged_required,
        "class": directives.class_option,
    }

    def run(self):
        name = self.arguments[0]
        folder = Path(self.env.srcdir, FOLDER)
        script, file = folder / f"{name}.py", folder / f"{name}.svg"
        for path in (script, file):
            self.env.note_dependency(path.relative_to(self.env.srcdir).as_posix())
        if not (re.fullmatch(r"\d\d-[a-z0-9-]+", name) and script.exists() and file.exists()):
            known = ", ".join(path.stem for path in sorted(folder.glob("*.svg")))
            raise self.error(f"{{drawing}}: there is no drawing {name!r}; there is {known}")
        texts = scripts.constants(script)
        serial = self.env.new_serialno("drawing") + 1
        picture = drawing(svg=inline(file.read_text("utf-8"), serial), alt=texts["ALT"])
        figure = nodes.figure(
            "", picture, classes=["drawing-figure", *self.options.get("class", [])]
        )
        self.set_source_info(figure)
        caption = self.options.get("caption") or texts["CAPTION"]
        figure += nodes.caption("", "", *self.state.inline_text(caption, self.lineno)[0])
        self.add_name(figure)
        return [figure]


def visit_html(self, node):
    self.body.append(node["svg"])
    raise nodes.SkipNode


def visit_text(self, node):
    self.add_text(f"[{node['alt']}]")
    raise nodes.SkipNode


def visit_latex(self, node):
    self.body.append(self.encode(node["alt"]))
    raise nodes.SkipNode


def setup(app):
    app.add_node(
        drawing, html=(visit_html, None), text=(visit_text, None), latex=(visit_latex, None)
    )
    app.add_directive("drawing", Drawing)
