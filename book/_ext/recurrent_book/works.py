"""Works that the book cites: {work} says what one is good for, and each says where it is cited."""

from __future__ import annotations

from docutils import nodes
from pybtex.richtext import Text
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from . import links, places

PAGE = "book/references"
KINDS = {
    "lesson": "chapter",
    "evidence": "evidence",
}  # pages that are named: what a line calls them
LEDGER = "book/claims"


class Work(SphinxDirective):
    """``{work} elman1990``: a work of the bibliography and a few sentences on it."""

    required_arguments = 1
    has_content = True

    def run(self):
        self.assert_has_content()
        (key,) = self.arguments
        name, problems = self.parse_inline(f"{{cite:t}}`{key}`")
        told = nodes.definition()
        self.state.nested_parse(self.content, self.content_offset, told)
        item = nodes.definition_list_item("", nodes.term("", "", *name), told, work=key)
        return [nodes.definition_list("", item, classes=["work"]), *problems]


class CitedIn(SphinxPostTransform):
    """Below each work, in the list and above it, the pages that cite it."""

    default_priority = 7  # sphinxcontrib-bibtex makes the list at 5, links are resolved at 10

    def run(self):
        if self.env.docname != PAGE:
            return
        listed = self.env.get_domain("cite").citations
        keys = {one.citation_id: one.key for one in listed}
        titles = {one.key: str(Text.from_latex(one.entry.fields["title"])) for one in listed}
        cited = citing(self.env)
        for node in list(self.document.findall(nodes.citation)):
            node += self.line(cited[keys[node["ids"][0]]])
        for node in list(self.document.findall(nodes.definition_list_item)):
            if node.get("work") in titles:
                node[0] += nodes.Text(" "), nodes.emphasis("", titles[node["work"]])
                node[1] += self.line(cited[node["work"]])

    def line(self, pages) -> nodes.paragraph:
        """ "Cited in chapter 3, evidence 3, claims", each a link."""
        named = [(*places.place(page), page) for page in pages if places.place(page)]
        order = list(KINDS)
        named = sorted((order.index(k), int(n), p) for k, n, p in named if k in KINDS)
        told = [(f"{KINDS[order[kind]]} {number}", page) for kind, number, page in named]
        told += [("claims", LEDGER)] if LEDGER in pages else []
        line = nodes.paragraph("", "Cited in ", classes=["cited-in"])
        for text, page in told:
            line += nodes.Text(", " if len(line) > 1 else "")
            line += links.to(self.env, page, "", nodes.Text(text))
        return line


def citing(env) -> dict[str, set[str]]:
    """For each work, the pages that cite it."""
    found: dict[str, set[str]] = {}
    for ref in env.get_domain("cite").citation_refs:
        for target in ref.targets:
            found.setdefault(target.key, set()).add(ref.docname)
    return found


def changed(app, env) -> list[str]:
    """The page of references, when other pages cite other works."""
    before, env.recurrent_citing = getattr(env, "recurrent_citing", None), citing(env)
    return [PAGE] if env.recurrent_citing != before and PAGE in env.found_docs else []


def setup(app):
    app.add_directive("work", Work)
    app.add_post_transform(CitedIn)
    app.connect("env-updated", changed)
