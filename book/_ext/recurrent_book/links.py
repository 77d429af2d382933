"""Links to places that the extension itself makes: a lab's cell, a claim's card."""

from __future__ import annotations

from docutils import nodes
from sphinx import addnodes
from sphinx.util.nodes import make_refnode

KIND = "recurrent-place"


def to(env, page: str, anchor: str, *content, **attributes) -> addnodes.pending_xref:
    """A link to an anchor of a page (both as Sphinx names them). Unknown pages fail the build."""
    inner = nodes.inline("", "", *content)
    return addnodes.pending_xref(
        "", inner, refdoc=env.docname, reftype=KIND, refdomain="", reftarget=page,
        recurrent_anchor=anchor, refexplicit=True, refwarn=True, **attributes,
    )  # fmt: skip


def resolve(app, env, node, content):
    if node["reftype"] == KIND and node["reftarget"] in env.found_docs:
        link = make_refnode(
            app.builder, node["refdoc"], node["reftarget"], node["recurrent_anchor"], content
        )
        link["classes"] += node["classes"]
        return link
    return None


def setup(app):
    app.connect("missing-reference", resolve, priority=100)
