"""Whose text and music a page shows: named at its end, from `data/sources.yml`.

A notebook's page names what it downloads; a lesson, or its evidence, what the notebooks download
that it quotes.
"""

from __future__ import annotations

import re
from pathlib import Path

from docutils import nodes

from tools import downloads

from . import notebook_pages, sources

FILE = "data/sources.yml"
QUOTES = re.compile(r"book/(evidence/)?\d\d-")


def credit(source: dict) -> list[nodes.Node]:
    """Who made it, with its place, and its licence."""
    licence = nodes.Text(source["licence"])
    if "terms" in source:
        licence = nodes.reference("", "", licence, refuri=source["terms"], internal=False)
    made = nodes.reference("", source["what"], refuri=source["where"], internal=False)
    return [made, nodes.Text(", "), licence]


def name_them(app, doctree):
    """Put the credits under a page."""
    env, root = app.env, Path(app.srcdir)
    page = env.docname
    if not (QUOTES.match(page) or notebook_pages.is_notebook(page)):
        return
    read = sorted(name for name in env.dependencies[page] if name.endswith(".ipynb"))
    fetched = [d.name for name in read for d in downloads.needed(sources.parsed(root / name))]
    if not fetched:
        return
    known = sources.read(env, root / FILE)
    parts = [
        part
        for start, source in known.items()
        if any(name.startswith(start) for name in fetched)
        for part in (nodes.Text("; "), *credit(source))
    ]
    begin, end = nodes.Text("Data from elsewhere: "), nodes.Text(".")
    doctree += nodes.paragraph("", "", begin, *parts[1:], end, classes=["credits"])


def setup(app):
    app.connect("doctree-read", name_them)
