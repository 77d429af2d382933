"""A lab as a page: the block under its title, and an anchor for each of its code cells.

In the notebook the line under the title is `[Chapter 5](…) · about 1 minute on two cores`: all that
Colab and JupyterLab can show. On the page it becomes a block that also offers the file.
"""

from __future__ import annotations

import re
from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.util import logging

import labs

from . import facts, links, look

log = logging.getLogger(__name__)
FOLDED = {"setup": "the setup, the same in every lab", "study": "the numbers of the full study"}
LATER = "Open in Colab: once the book has its address"


class folded(nodes.General, nodes.Element):
    """Content that the reader may open, without a script."""


def visit_folded(self, node):
    self.body.append(f'<details class="fold"><summary>{self.encode(node["summary"])}</summary>\n')


def depart_folded(self, node):
    self.body.append("</details>\n")


def is_lab(page: str) -> bool:
    return page.startswith("notebooks/")


def minutes(line: str) -> str | None:
    """What the line under a lab's title says about time: its last part, or None."""
    parts = [part.strip() for part in line.split("·")]
    return parts[-1] if len(parts) > 1 and "minute" in parts[-1] else None


def block(app, page: str, time: str) -> nodes.container:
    """Download, time, chapter and Colab, as a list of links and words."""
    env, stem = app.env, Path(page).name
    number = int(re.match(r"\d+", stem).group())
    save = addnodes.download_reference(
        "", "", nodes.inline("", "Download notebook"), reftarget=f"/{page}.ipynb", refdoc=page
    )
    chapter = facts.chapter(env, number)
    named = nodes.Text(f"Chapter {number}")
    repository = look.address(app)
    if repository:
        line = labs.title_line(stem, time, "", repository)
        address = re.search(r"\((https://colab[^)]+)\)", line).group(1)
        colab = nodes.reference("", "Open in Colab", refuri=address, internal=False)
    else:
        colab = nodes.inline("", LATER, classes=["muted"])
    parts = [save, colab, links.to(env, chapter, "", named) if chapter else named]
    items = [nodes.list_item("", nodes.paragraph("", "", part)) for part in parts]
    items.append(nodes.list_item("", nodes.paragraph("", time)))
    return nodes.container("", nodes.bullet_list("", *items), classes=["lab-block"])


def dress(app, doctree):
    """Put the block in place of the line, and anchors on the cells."""
    env = app.env
    page = env.docname
    if not is_lab(page):
        return
    line = next(doctree.findall(nodes.paragraph), None)
    time = minutes(line.astext()) if line is not None else None
    if time is None:
        log.warning("no line with the lab's minutes under its title", location=page)
    else:
        line.parent.replace(line, block(app, page, time))
    cells = facts.read(env, Path(env.doc2path(page))).cells
    slugs = env.metadata[page].setdefault("myst_slugs", {})
    for node in list(doctree.findall(nodes.container)):
        if node.get("nb_element") == "cell_code":
            name = cells[node["cell_index"]]["id"]
            if name in FOLDED:  # in the notebook they are open; on the page they would be noise
                code = node.children[0]
                node.replace(code, folded("", code, summary=f"Show {FOLDED[name]}"))
            if name not in doctree.ids:  # a heading of that name is as good a place
                node["ids"].append(name)
                doctree.ids[name] = node
            slugs.setdefault(name, (node.line or 0, name, name))


def setup(app):
    links.setup(app)
    nothing = (lambda self, node: None, lambda self, node: None)
    app.add_node(folded, html=(visit_folded, depart_folded), latex=nothing, text=nothing)
    app.connect("doctree-read", dress, priority=400)
