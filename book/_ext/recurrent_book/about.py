"""What the page about the book knows: {citation}, and {addressed} for what needs an address."""

from __future__ import annotations

from pathlib import Path

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from . import sources, theme

FILE = "CITATION.cff"


class Citation(SphinxDirective):
    """``{citation}``: how to cite the book, as CITATION.cff says it."""

    def run(self):
        cff = sources.read(self.env, Path(self.env.srcdir, FILE))
        names = ", ".join(author["name"] for author in cff["authors"])
        year = cff["date-released"][:4]
        line = nodes.paragraph("", f"{names} ({year}). ")
        line += nodes.emphasis("", cff["title"])
        line += nodes.Text(f". Version {cff['version']}.")
        if theme.address(self.env.app):
            line += nodes.Text(" ")
            line += nodes.reference("", cff["url"], refuri=cff["url"])
        return [nodes.block_quote("", line)]


class Addressed(SphinxDirective):
    """``{addressed}``: content that is there once the book has an address."""

    has_content = True

    def run(self):
        return self.parse_content_to_nodes() if theme.address(self.env.app) else []


def setup(app):
    app.add_directive("citation", Citation)
    app.add_directive("addressed", Addressed)
