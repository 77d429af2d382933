"""The {quiz} directive: a lesson's questions from `data/quiz.yml`, and all of them as GIFT.

An answer is the browser's <details>, of which one a question is open at a time: it needs no script.
On paper the right answers stand behind the questions. GIFT is the plain text that Moodle and other
learning platforms import; the build writes it to `_static/quiz.gift`.
"""

from __future__ import annotations

import html
import re
from pathlib import Path

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from tools import quiz

from . import formatting, ledger, moved, numbering, sources

GIFT = "_static/quiz.gift"
KEPT = "recurrent_gift"  # in a page's metadata: its questions as GIFT
HINT = "Open the answer that you would give; it says whether it holds, and why."
VERDICTS = {True: "Yes.", False: "Not quite."}
TAGS = {nodes.emphasis: "em", nodes.strong: "strong", nodes.literal: "code"}


class Quiz(SphinxDirective):
    """``{quiz}``: a section with the questions of the page's chapter."""

    def run(self):
        number = numbering.number_of(self.env.docname)
        entries = sources.read(self.env, Path(self.env.srcdir, quiz.FILE))
        questions = [q for q in map(quiz.question, entries) if q.chapter == number]
        if not questions:
            raise self.error(f"{{quiz}}: {quiz.FILE} has no question of this page")
        answers = nodes.enumerated_list("", *map(self.answer, questions))
        section = nodes.section("", nodes.title("", "Quiz"), ids=["quiz"], classes=["quiz"])
        section += nodes.paragraph("", HINT, classes=["quiz-hint"])
        section += nodes.enumerated_list("", *map(self.question, questions))
        section += nodes.container(
            "", nodes.paragraph("", "Answers"), answers, classes=["on-paper"]
        )
        self.set_source_info(section)
        self.env.metadata[self.env.docname][KEPT] = "\n".join(map(self.gift, questions))
        return [section]

    def parse(self, text: str) -> list[nodes.Node]:
        return self.state.inline_text(text.strip(), self.lineno)[0]

    def question(self, question: quiz.Question) -> nodes.list_item:
        options = nodes.enumerated_list("", enumtype="upperalpha")
        for option in question.options:
            verdict = nodes.strong("", VERDICTS[option.right])
            said = nodes.paragraph("", "", verdict, nodes.Text(" "), *self.parse(option.feedback))
            answer = ledger.details(
                "", ledger.summary("", "", *self.parse(option.text)), said, name=question.name,
                classes=["right" if option.right else "wrong"],
            )  # fmt: skip
            options += nodes.list_item("", answer)
        stem = nodes.paragraph("", "", *self.parse(question.stem))
        return nodes.list_item("", stem, options, ids=[question.name])

    def answer(self, question: quiz.Question) -> nodes.list_item:
        """A line of the printed answers."""
        letter = nodes.strong("", f"{quiz.LETTERS[question.right]}. ")
        why = self.parse(question.options[question.right].feedback)
        return nodes.list_item("", nodes.paragraph("", "", letter, *why))

    def gift(self, question: quiz.Question) -> str:
        """A question as GIFT, with what is said to each answer."""
        lines = [f"::{question.name}::[html]{self.text(question.stem)} {{"]
        for option in question.options:
            said = f"{VERDICTS[option.right]} {self.text(option.feedback)}"
            lines.append(f"{'=' if option.right else '~'}{self.text(option.text)}#{said}")
        return "\n".join([*lines, "}\n"])

    def text(self, text: str) -> str:
        return escape("".join(map(markup, self.parse(text))))


def markup(node) -> str:
    """Inline content as HTML without links and notes, formulas as TeX."""
    if isinstance(node, nodes.Text):
        return html.escape(formatting.thousands(node), quote=False)
    if isinstance(node, nodes.math):
        return rf"\({html.escape(node.astext(), quote=False)}\)"
    if isinstance(node, nodes.Invisible):
        return ""
    inner = "".join(map(markup, node.children))
    tag = TAGS.get(type(node))
    return f"<{tag}>{inner}</{tag}>" if tag else inner


def escape(text: str) -> str:
    """A text in one line, in which nothing stands for itself that GIFT reads otherwise."""
    return re.sub(r"([\\~=#{}:])", r"\\\1", re.sub(r"\s*\n\s*", " ", text.strip()))


def write(app, error):
    """Write the questions of all chapters, a category each."""
    if error or app.builder.name != "html":
        return
    parts = []
    for page in sorted(app.env.found_docs):
        if questions := app.env.metadata[page].get(KEPT):
            title = app.env.titles[page].astext()
            name = f"{app.config.project}/{numbering.number_of(page):02d} {title}"
            parts.append(f"$CATEGORY: {name}\n\n{questions}")
    if parts:
        moved.write(Path(app.outdir, GIFT), "\n".join(parts))


def setup(app):
    app.add_directive("quiz", Quiz)
    app.connect("build-finished", write)
