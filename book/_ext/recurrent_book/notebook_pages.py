"""A notebook as a page: the block under its title, and an anchor for each of its code cells.

In the notebook the line under the title is `[Chapter 5](…) · about 1 minute on two cores`: all that
Colab and JupyterLab can show. On the page it becomes a block that also offers the file.
"""

from __future__ import annotations

import re
from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.util import logging

from tools import notebooks

from . import links, sources

log = logging.getLogger(__name__)
FOLDED = {  # cells that a page folds: what they hold
    "setup": "the setup, the same in every study",
    "metrics": "what the rows' numbers are called",
    "study": "the numbers of the full study",
}
LATER = "Open in Colab: once the book has its address"


class folded(nodes.General, nodes.Element):
    """Content that the reader may open, without a script."""


def visit_folded(self, node):
    self.body.append(f'<details class="fold"><summary>{self.encode(node["summary"])}</summary>\n')


def depart_folded(self, node):
    self.body.append("</details>\n")


def is_notebook(page: str) -> bool:
    return page.startswith("notebooks/")


def fold_title(name: str) -> str | None:
    """What a page says of a cell that it folds; None for the others."""
    if name.startswith("shared-"):
        return "code that several studies share"
    return FOLDED.get(name)


def block(app, page: str, path: Path, time: str) -> nodes.container:
    """Download, time, chapter and Colab, as a list of links and words."""
    env = app.env
    number = int(re.match(r"\d+", path.stem).group())
    save = addnodes.download_reference(
        "", "", nodes.inline("", "Download notebook"), reftarget=f"/{page}.ipynb", refdoc=page
    )
    chapter = sources.chapter(env, number)
    named = nodes.Text(f"Chapter {number}")
    address = notebooks.colab(path, Path(app.srcdir))
    if address:
        colab = nodes.reference("", "Open in Colab", refuri=address, internal=False)
    else:
        colab = nodes.inline("", LATER, classes=["muted"])
    parts = [save, colab, links.to(env, chapter, "", named) if chapter else named]
    evidence = sources.evidence(env, number)
    if evidence and notebooks.is_study(path):
        parts.append(links.to(env, evidence, "", nodes.Text(f"Evidence {number}")))
    items = [nodes.list_item("", nodes.paragraph("", "", part)) for part in parts]
    items.append(nodes.list_item("", nodes.paragraph("", time)))
    return nodes.container("", nodes.bullet_list("", *items), classes=["notebook-block"])


def dress(app, doctree):
    """Put the block in place of the line, and anchors on the cells."""
    env = app.env
    page = env.docname
    if not is_notebook(page):
        return
    path = Path(env.doc2path(page))
    notebook = sources.read(env, path)
    line = next(doctree.findall(nodes.paragraph), None)
    time = notebooks.minutes(notebook)
    if time is None or line is None:
        log.warning("no line with the notebook's minutes under its title", location=page)
    else:
        line.parent.replace(line, block(app, page, path, time))
    slugs = env.metadata[page].setdefault("myst_slugs", {})
    for node in list(doctree.findall(nodes.container)):
        if node.get("nb_element") == "cell_code":
            name = notebook.cells[node["cell_index"]]["id"]
            title = fold_title(name)
            if title:  # in the notebook they may be opened; on the page they would be noise
                code = node.children[0]
                node.replace(code, folded("", code, summary=f"Show {title}"))
            if name not in doctree.ids:  # a heading of that name is as good a place
                node["ids"].append(name)
                doctree.ids[name] = node
            slugs.setdefault(name, (node.line or 0, name, name))


def setup(app):
    links.setup(app)
    nothing = (lambda self, node: None, lambda self, node: None)
    app.add_node(folded, html=(visit_folded, depart_folded), latex=nothing, text=nothing)
    app.connect("doctree-read", dress, priority=400)
