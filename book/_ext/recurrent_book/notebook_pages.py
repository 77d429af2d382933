"""A notebook as a page: the block under its title, and an anchor for each of its code cells.

In the notebook the line under the title is `[Chapter 5](…) · about 1 minute on two cores`: all that
Colab and JupyterLab can show. On the page it becomes a block that offers the file. What a cell
prints and draws stands out; a study's long code and what only draws or fetches are folded.
"""

from __future__ import annotations

from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.util import logging

from tools import notebooks

from . import links, numbering, sources

log = logging.getLogger(__name__)
FOLDED = {  # code that a page folds, by its cell's name: what it is
    "download": "how the data are fetched",
    "setup": "the setup, the same in every study",
    "metrics": "what the rows' numbers are called",
    "study": "the numbers of the full study",
    "findings": "the tests behind these findings",
    "shared-": "code that several studies share",
    "data-": "code that makes the data",
    "check": "how the checks work, the same everywhere",
    "check-": "what is checked",
}
LONG = 25  # lines of a study's cell that stay open
WHERE = "in Colab, JupyterLab or VS Code, without a GPU"


class folded(nodes.General, nodes.Element):
    """Content that the reader may open, without a script."""


def visit_folded(self, node):
    self.body.append(f'<details class="fold"><summary>{self.encode(node["summary"])}</summary>\n')


def depart_folded(self, node):
    self.body.append("</details>\n")


def is_notebook(page: str) -> bool:
    return page.startswith("notebooks/")


def fold_title(cell, study: bool) -> str | None:
    """What a page says of a cell whose code it folds; None for the others."""
    name = cell["id"]
    for key, what in FOLDED.items():
        if name == key or (key.endswith("-") and name.startswith(key)):
            return what
    if study and any("image/svg+xml" in output.get("data", {}) for output in cell.outputs):
        return "the code of this figure"
    lines = cell.source.count("\n") + 1
    return f"the code: {name}, {lines} lines" if study and lines > LONG else None


def block(app, page: str, path: Path, time: str) -> nodes.container:
    """Download, Colab once the book has an address, how long it runs, and where."""
    save = addnodes.download_reference(
        "", "", nodes.inline("", "Download notebook"), reftarget=f"/{page}.ipynb", refdoc=page
    )
    parts = [save]
    address = notebooks.colab(path, Path(app.srcdir))
    if address:
        parts.append(nodes.reference("", "Open in Colab", refuri=address, internal=False))
    verb = "Takes" if notebooks.is_exercise(path) else "Runs"
    parts.append(nodes.inline("", f"{verb} {time}, {WHERE}"))
    items = [nodes.list_item("", nodes.paragraph("", "", part)) for part in parts]
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
            cell = notebook.cells[node["cell_index"]]
            name, title = cell["id"], fold_title(cell, notebooks.is_study(path))
            if title:  # in the notebook they may be opened; on the page they would be noise
                code = node.children[0]
                node.replace(code, folded("", code, summary=f"Show {title}"))
            if name not in doctree.ids:  # a heading of that name is as good a place
                node["ids"].append(name)
                doctree.ids[name] = node
            slugs.setdefault(name, (node.line or 0, name, name))


def lead(app, doctree):
    """Where a lesson's own exercises end, lead to those in its exercise notebook."""
    page = app.env.docname
    target = f"notebooks/exercises/{Path(page).name}"
    if not numbering.LESSON.match(page):
        return
    app.env.metadata[page][sources.ASKS] = True
    if target not in app.env.found_docs:
        return
    for section in doctree.findall(nodes.section):
        if "now-you" in section["ids"]:
            link = addnodes.pending_xref(
                "",
                nodes.inline("", "exercises with a check that answers back"),
                refdomain="std",
                reftype="doc",
                reftarget=f"/{target}",
                refdoc=page,
                refexplicit=True,
                refwarn=True,
            )
            words = nodes.Text("And to write in Python: "), link, nodes.Text(".")
            section += nodes.paragraph("", "", *words)


def setup(app):
    links.setup(app)
    nothing = (lambda self, node: None, lambda self, node: None)
    app.add_node(folded, html=(visit_folded, depart_folded), latex=nothing, text=nothing)
    app.connect("doctree-read", dress, priority=400)
    app.connect("doctree-read", lead)
