"""Slides: of each chapter a deck, of the figures, drawings, rows and questions of its lesson.

An extension of its own, for sphinx-revealjs; `tools/slides.py` runs it beside the website. A slide
shows little. Captions, and what a number is and comes from, stand in the notes of who speaks.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective
from sphinx_revealjs._ext.notes import RevealjsNotes, revealjs_notes
from sphinx_revealjs.builders import RevealjsHTMLBuilder
from sphinx_revealjs.nodes import revealjs_section
from sphinx_revealjs.utils import get_revealjs_path

from tools import quiz

from . import charts, drawings, ledger, links, mathematics, policy, quoting, sources

FOLDER = "book/slides/"
NOTES = "plugin/notes/notes.js"
REVEAL = ("dist/reveal.css", "dist/reveal.js", NOTES, "LICENSE")
TALL = 0.87  # width by height: beside what is narrower stand the words
VIEW_BOX = re.compile(r'viewBox="\S+ \S+ (\S+) (\S+)"')
MINUTES = re.compile(r"(\d+) min\.")
MATHML = re.compile(r"<math.*</math>", re.S)


class Decks(RevealjsHTMLBuilder):
    """Writes the decks, and of reveal.js what they load; the rest they take from the website."""

    def init(self):
        super().init()  # adds to this setting, as if the book's configuration had changed
        self.config.revealjs_static_path.clear()
        self.notes_script = policy.in_notes(get_revealjs_path() / NOTES)

    def get_target_uri(self, docname, typ=None):
        return super().get_target_uri(docname.removeprefix(FOLDER), typ)

    def get_outfilename(self, pagename):
        return super().get_outfilename(pagename.removeprefix(FOLDER))

    def get_doc_context(self, docname, body, metatags):
        options = self.config.html_theme_options
        return super().get_doc_context(docname, body, metatags) | {
            "light": options["light_css_variables"],
            "dark": options["dark_css_variables"],
            "policy": policy.of(self.notes_script),
        }

    def copy_assets(self):
        target = Path(self.outdir, "_static", "reveal")
        target.mkdir(parents=True, exist_ok=True)
        for name in REVEAL:
            shutil.copy(get_revealjs_path() / name, target)

    def finish(self):
        self.copy_image_files()
        self.write_buildinfo()


class Vote(SphinxDirective):
    """``{vote} 5-1``: a question of the quiz; which answer is right the notes say, and why."""

    required_arguments = 1

    def run(self):
        entries = sources.read(self.env, Path(self.env.srcdir, quiz.FILE))
        name = f"quiz-{self.arguments[0]}"
        question = next((q for q in map(quiz.question, entries) if q.name == name), None)
        if question is None:
            raise self.error(f"{{vote}}: {quiz.FILE} has no question {self.arguments[0]!r}")
        vote = nodes.container("", self.paragraph(question.stem), classes=["vote"])
        options = nodes.enumerated_list("", enumtype="upperalpha")
        note = revealjs_notes("", classes=["answers"])
        for letter, option in zip(quiz.LETTERS, question.options, strict=True):
            options += nodes.list_item("", self.paragraph(option.text))
            said = f"is right. {option.feedback}" if option.right else f"reveals: {option.reveals}."
            note += self.paragraph(f"**{letter}** {said}")
        vote += options
        return [vote, note]

    def paragraph(self, text: str) -> nodes.paragraph:
        return nodes.paragraph("", "", *self.state.inline_text(text.strip(), self.lineno)[0])


class Board(SphinxDirective):
    """``{board}``: one line of what is derived; the slide is dark, for eyes belong on the board."""

    has_content = True

    def run(self):
        dark = revealjs_section()
        colours = self.config.html_theme_options["dark_css_variables"]
        dark["data-background-color"] = colours["rnn-bg"]
        line = nodes.container("", classes=["board"])
        self.state.nested_parse(self.content, self.content_offset, line)
        return [dark, line]


class ForWhoSpeaks(SphinxPostTransform):
    """A slide has one note: what its author says, its figures' captions, its numbers' sources."""

    default_priority = 890  # before numbers are kept together with what stands beside them

    def run(self, **options):
        for slide in list(self.document.findall(nodes.section)):
            figures, numbers = within(slide, nodes.figure), within(slide, ledger.measured)
            note = revealjs_notes()
            for own in sorted(filter(is_note, slide), key=lambda own: "answers" in own["classes"]):
                note += own.children
                slide.remove(own)
            for figure in figures:
                note += caption(figure)
            for number in numbers:
                note += source(number)
            for formula in list(note.findall(nodes.math)):
                shown = self.app.recurrent_katex(formula.astext(), False)
                formula.replace_self(nodes.raw("", MATHML.search(shown).group(), format="html"))
            slide.insert(next(child_sections(slide), len(slide)), note)
        first, *_ = notes = list(self.document.findall(revealjs_notes))
        minutes = sum(
            int(found.group(1)) for note in notes if (found := MINUTES.match(note.astext()))
        )
        first += nodes.paragraph("", f"All slides: {minutes} min.")


def child_sections(slide):
    """Where the slides begin that a section holds: the first holds all others."""
    return (place for place, child in enumerate(slide) if isinstance(child, nodes.section))


def within(slide, kind) -> list:
    """What a slide has of a kind of node."""
    own = [child for child in slide if not isinstance(child, nodes.section)]
    return [node for child in own for node in child.findall(kind)]


def is_note(node) -> bool:
    return isinstance(node, revealjs_notes)


def caption(figure) -> list[nodes.Node]:
    """What a figure's caption says, taken out of it: only where it comes from stays."""
    narrow = next((shape(node["svg"]) < TALL for node in figure.findall(is_drawn)), False)
    if narrow:
        figure["classes"].append("tall")
    found = next(figure.findall(nodes.caption))
    kept = list(found.findall(is_source))
    said = [child for child in found if child not in kept]
    found.children = kept
    if not kept:
        figure.remove(found)
    return [nodes.paragraph("", "", nodes.strong("", "Figure: "), *said)]


def is_source(node) -> bool:
    """Whether a node is the way to the cell that a figure comes from."""
    return isinstance(node, nodes.reference) and "quote-link" in node["classes"]


def is_drawn(node) -> bool:
    return isinstance(node, charts.chart | drawings.drawing)


def shape(svg: str) -> float:
    """Width by height."""
    width, height = map(float, VIEW_BOX.search(svg).groups())
    return width / height


def source(number) -> list[nodes.Node]:
    """What a number is and comes from; on the slide it is plain."""
    parent, place = number.parent, number.parent.index(number)
    what, value, _, study, _ = parent[place + 1].children
    parent[place : place + 2] = [nodes.inline("", number.astext(), classes=["number"])]
    return [nodes.paragraph("", f"{value.astext()}: {what.astext()}. {study.astext()}.")]


def on_the_site(app, env, node, content):
    """A link to a page of the website, beside which the decks lie."""
    if node["reftype"] != links.KIND:
        return None
    anchor = f"#{node['recurrent_anchor']}" if node["recurrent_anchor"] else ""
    address = f"../{node['reftarget']}.html{anchor}"
    return nodes.reference("", "", content, refuri=address, classes=node["classes"])


def begin(app, doctree):
    """The first slide names the chapter and leads to its lesson."""
    name = app.env.docname.removeprefix(FOLDER)
    app.env.metadata[app.env.docname]["orphan"] = True
    lesson = nodes.reference("", f"Chapter {int(name[:2])}", refuri=f"../book/{name}.html")
    line = nodes.paragraph("", f"{app.config.project} · ", lesson, classes=["lesson"])
    doctree.next_node(nodes.title).parent.insert(1, line)


def start(app):
    """Formulas are rendered as for the website, and remembered with its own."""
    library = Path(app.confdir, mathematics.KATEX, "katex.min.js")
    memory = Path(app.doctreedir).with_name("katex.json")
    app.recurrent_katex = mathematics.Renderer(library, memory, app.config.katex_macros)


def finish(app, error):
    """The website's fonts, if it is built, get the letters of the decks' formulas."""
    app.recurrent_katex.close()
    site, memory = Path(app.outdir).parent, Path(app.doctreedir).parent
    if not error and (site / "_static").exists():
        mathematics.give_letters(app, site, memory)


def visit_notes(self, node):
    self.body.append('<aside class="notes">')


def depart_notes(self, node):
    self.body.append("</aside>\n")


def setup(app):
    for name in ("myst_nb", "sphinx_revealjs"):
        app.setup_extension(name)
    for part in (sources, charts, quoting, ledger, drawings):
        part.setup(app)
    app.add_builder(Decks, override=True)
    app.add_config_value("katex_macros", {}, "env")
    app.add_html_math_renderer(
        "katex", (mathematics.visit_inline, None), (mathematics.visit_display, None)
    )
    app.add_node(revealjs_notes, override=True, revealjs=(visit_notes, depart_notes))
    app.add_directive("notes", RevealjsNotes)
    app.add_directive("vote", Vote)
    app.add_directive("board", Board)
    app.add_post_transform(ForWhoSpeaks)
    app.connect("builder-inited", start)
    app.connect("build-finished", finish)
    app.connect("doctree-read", begin)
    app.connect("missing-reference", on_the_site, priority=90)
