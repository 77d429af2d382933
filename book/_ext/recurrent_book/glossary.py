"""Terms with their definitions: {term}`mask` leads to `book/glossary.md` and shows its entry.

The definition opens on hover and on focus, without a script. It is not part of the text that the
term stands in: neither the search nor a page's description has it.
"""

from __future__ import annotations

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

PAGE = "book/glossary"


class explained(nodes.Inline, nodes.TextElement):
    """A term and its note."""


class term_link(nodes.Inline, nodes.TextElement):
    """The link to the glossary."""


class term_note(nodes.comment):
    """The definition. A comment to all that collects a page's words."""


def is_term(node) -> bool:
    """Whether a node is a resolved link to a term of another page."""
    return (
        isinstance(node, nodes.reference)
        and bool(node.get("refuri"))
        and isinstance(node[0], nodes.Element)
        and "std-term" in node[0]["classes"]
    )


def definitions(doctree) -> dict[str, list[nodes.Node]]:
    """Anchor of a term: the inline content of its definition, without its links."""
    found = {}
    for item in doctree.findall(nodes.definition_list_item):
        *names, definition = item.children
        content = []
        for paragraph in definition.findall(nodes.paragraph):
            paragraph = paragraph.deepcopy()
            for link in list(paragraph.findall(is_link)):
                link.parent.replace(link, nodes.Text(link.astext()))
            content += [nodes.Text(" "), *paragraph.children] if content else paragraph.children
        for name in names:
            found |= dict.fromkeys(name["ids"], content)
    return found


def is_link(node) -> bool:
    return isinstance(node, nodes.reference | addnodes.pending_xref)


class ShowDefinitions(SphinxPostTransform):
    """Puts a term's definition beside it."""

    default_priority = 20  # links are resolved at 10
    formats = ("html",)

    def run(self, **options):
        links = [node for node in self.document.findall(is_term)]
        known = definitions(self.env.get_doctree(PAGE)) if links else {}
        for count, link in enumerate(links, 1):
            anchor, name = link["refuri"].partition("#")[2], f"term-note-{count}"
            if anchor in known:
                shown = term_link("", "", *link.children, refuri=link["refuri"], name=name)
                note = term_note("", "", *[n.deepcopy() for n in known[anchor]], unspoken=True)
                note["name"] = name
                link.replace_self(explained("", "", shown, note))


def note_glossary(app, doctree):
    """A page that uses terms is made anew when the glossary changes."""
    kinds = (node["reftype"] for node in doctree.findall(addnodes.pending_xref))
    if "term" in kinds and app.env.docname != PAGE:
        app.env.note_dependency(f"{PAGE}.md")


def resolve_plural(app, env, node, content):
    """Terms stand in the glossary once: {term}`masks` and {term}`losses` find their singular."""
    target = node["reftarget"]
    if node["reftype"] == "term" and target.endswith("s"):
        for singular in (target[:-1], target[:-2]):
            found = env.domains["std"].resolve_xref(
                env, node["refdoc"], app.builder, "term", singular, node, content
            )
            if found:
                return found
    return None


def visit_explained(self, node):
    self.body.append('<span class="term">')


def visit_link(self, node):
    address = self.attval(node["refuri"])
    self.body.append(f'<a class="reference" href="{address}" aria-describedby="{node["name"]}">')


def depart_link(self, node):
    self.body.append("</a>")


def visit_note(self, node):
    self.body.append(f'<span class="term-note" role="tooltip" id="{node["name"]}">')


def depart_span(self, node):
    self.body.append("</span>")


def setup(app):
    app.add_node(explained, html=(visit_explained, depart_span))
    app.add_node(term_link, html=(visit_link, depart_link))
    app.add_node(term_note, html=(visit_note, depart_span))
    app.add_post_transform(ShowDefinitions)
    app.connect("missing-reference", resolve_plural)
    app.connect("doctree-read", note_glossary)
