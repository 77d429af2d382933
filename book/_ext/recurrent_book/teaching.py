"""For whoever teaches: timed plans, what a chapter brings, misconceptions, mistakes, counts.

{timetable}       rows `minutes | what | places`; their minutes must add up to the argument
{materials}       what belongs to the chapter of a page of notes, with the minutes of each
{misconceptions}  the wrong answers of its quiz, what each reveals, what is said to it
{mistakes} 2      the mistakes that exercise 2 of its notebook knows; its body is how to help
{counts}          how much of each kind every chapter has

A place is `lesson 05`, `lesson 05#clip`, `lab 05`, `lab 05#cell`, `exercises 05#2`, `quiz 05`,
`quiz 05#2`, `slides 05`, `evidence 05` or `notes 05`; `#clip` alone is of the lesson of a page of
notes.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from tools import exercises, notebooks, quiz

from . import ledger, links, places, sources

PAGES = {  # kind of a place: its page
    "lesson": "book/{}",
    "quiz": "book/{}",
    "lab": "notebooks/{}",
    "exercises": "notebooks/exercises/{}",
    "evidence": "book/evidence/{}",
    "notes": "book/teaching/notes/{}",
}
SLIDES = "slides/{}.html"  # of the site, beside the pages
DECKS = "book/slides/{}.md"  # of which they are made
PLACE = re.compile(r"(?P<kind>[a-z]+) (?P<number>\d\d)(?:#(?P<anchor>[\w-]+))?$")
KNOWN = "="  # in place of minutes: what the build knows of a row's places
COUNTED = ("by hand", "programs", "bug hunts", "solutions", "mistakes", "questions", "slides")


def chapter(env, number: str) -> str:
    """The name of the chapter with a number. Raises FactError."""
    for name in notebooks.chapters(Path(env.srcdir)):
        if name.startswith(number):
            return name
    raise sources.FactError(f"there is no chapter {number}")


def read(env, page: str) -> str:
    """The text of a source. The page being read depends on it from now on."""
    env.note_dependency(page)
    return Path(env.srcdir, page).read_text(encoding="utf-8")


def headings(text: str) -> dict[str, str]:
    """The titles of a Markdown text by their anchors."""
    found = re.findall(r"(?m)^#+ +(.+?) *$", re.sub(r"(?ms)^```.*?^```", "", text))
    return {anchor_of(title): title for title in found}


def anchor_of(title: str) -> str:
    return nodes.make_id(re.sub(r"[$`*]", "", title))


def taken(env, kind: str, name: str) -> int:
    """The minutes of a lesson to read or of exercises to do, as the build knows them."""
    if kind == "lesson":
        return places.minutes(Path(env.srcdir, f"book/{name}.md"))
    if kind == "exercises":
        about = notebooks.minutes(
            sources.read(env, Path(env.srcdir, f"{PAGES[kind]}.ipynb".format(name)))
        )
        return int(re.search(r"\d+", about).group())
    return 0


class Teaching(SphinxDirective):
    """A directive that names places of chapters."""

    @property
    def number(self) -> str:
        """The number of the chapter that a page of notes is about."""
        return Path(self.env.docname).name[:2]

    def run(self):
        try:
            return self.make()
        except sources.FactError as error:
            raise self.error(f"{{{self.name}}}: {error}") from None

    def words(self, text: str) -> list[nodes.Node]:
        return self.state.inline_text(text.strip(), self.lineno)[0]

    def place(self, text: str) -> tuple[str, str, str]:
        """Kind, chapter and anchor of a place. Raises FactError."""
        text = f"lesson {self.number}{text}" if text.startswith("#") else text
        found = PLACE.match(text)
        if not found or found["kind"] not in {*PAGES, "slides"}:
            raise sources.FactError(f"{text!r} is no place")
        return found["kind"], chapter(self.env, found["number"]), found["anchor"] or ""

    def link(self, text: str, words: str = "") -> nodes.Node:
        """A link to a place, in some words or its own."""
        kind, name, anchor = self.place(text)
        number = int(name[:2])
        if kind == "slides":
            address = "../" * self.env.docname.count("/") + SLIDES.format(name)
            shown = nodes.Text(words or f"slides {number}")
            return nodes.reference("", "", shown, refuri=address, internal=True)
        own: list[nodes.Node] = [nodes.Text(f"{kind} {number}")]
        if kind == "quiz" and anchor:
            own.append(nodes.Text(f", no. {anchor}"))
            anchor = self.asked(number, anchor)
        elif kind == "quiz":
            anchor = "quiz"
        elif kind == "lesson":
            titles = headings(read(self.env, f"book/{name}.md"))
            if anchor and anchor not in titles:
                raise sources.FactError(f"chapter {number} has no section {anchor!r}: {[*titles]}")
            own = self.words(titles[anchor or next(iter(titles))])
        elif kind == "exercises" and anchor:
            own.append(nodes.Text(f", no. {anchor}"))
            anchor = anchor_of(self.task(name, anchor))
        elif kind == "lab" and anchor:
            notebook = sources.read(self.env, Path(self.env.srcdir, f"notebooks/{name}.ipynb"))
            if anchor not in {cell["id"] for cell in notebook.cells}:
                raise sources.FactError(f"lab {number} has no cell {anchor!r}")
            own += [nodes.Text(", "), nodes.literal("", anchor)]
        shown = self.words(words) if words else own
        return links.to(self.env, PAGES[kind].format(name), anchor, *shown)

    def parts(self, name: str) -> dict[str, str]:
        """The cells of a chapter's exercises. Raises FactError if it has none."""
        source = exercises.folder(Path(self.env.srcdir)) / f"{name}.py"
        if not source.exists():
            raise sources.FactError(f"chapter {int(name[:2])} has no exercises")
        self.env.note_dependency(source.relative_to(self.env.srcdir).as_posix())
        return exercises.cells(source)

    def task(self, name: str, number: str) -> str:
        """The title of an exercise. Raises FactError."""
        parts = self.parts(name)
        if number not in exercises.exercises(parts):
            raise sources.FactError(f"chapter {int(name[:2])} has no exercise {number!r}")
        return re.search(r"## (.+)", parts[f"task-{number}"]).group(1)

    def asked(self, chapter: int, number: str) -> str:
        """The anchor of a chapter's question: its place in the quiz. Raises FactError."""
        names = [q.name for q in self.questions() if q.chapter == chapter]
        if number not in map(str, range(1, len(names) + 1)):
            raise sources.FactError(f"the quiz of chapter {chapter} has no question {number!r}")
        return names[int(number) - 1]

    def questions(self) -> list[quiz.Question]:
        entries = sources.read(self.env, Path(self.env.srcdir, quiz.FILE))
        return [quiz.question(entry) for entry in entries]


class Timetable(Teaching):
    """``{timetable} 90``: a row a line; without an argument its minutes may have any sum."""

    has_content = True
    optional_arguments = 1

    def make(self):
        rows, clock = [], 0
        for line in self.content:
            if line.count("|") != 2:
                raise sources.FactError(f"{line!r} is not of the form minutes | what | places")
            time, what, where = (part.strip() for part in line.split("|"))
            named = [part.strip() for part in where.split(",") if part.strip()]
            if time == KNOWN:
                minutes = sum(taken(self.env, *self.place(place)[:2]) for place in named)
            else:
                minutes = directives.positive_int(time)
            cell = nodes.inline()
            for place in named:
                cell += [nodes.Text(" · "), self.link(place)] if cell.children else self.link(place)
            said = nodes.inline("", "", *self.words(what))
            rows.append(ledger.row(f"{clock}–{clock + minutes}", said, cell))
            clock += minutes
        if self.arguments and clock != int(self.arguments[0]):
            raise sources.FactError(f"its minutes add up to {clock}, not to {self.arguments[0]}")
        return [table(["minutes", "what", "with what"], rows, "timetable")]


class Materials(Teaching):
    """``{materials}``: the chapter's pages in a line, with the minutes that the build knows."""

    def make(self):
        name, root = chapter(self.env, self.number), Path(self.env.srcdir)
        asked = sum(q.chapter == int(self.number) for q in self.questions())
        told = {
            "lesson": f", {taken(self.env, 'lesson', name)} minutes to read",
            "slides": "",
            "lab": f", runs {notebooks.minutes(notebooks.read(root / f'notebooks/{name}.ipynb'))}",
            "exercises": f", about {taken(self.env, 'exercises', name)} minutes",
            "quiz": f", {asked} questions",
            "evidence": "",
        }
        items = [
            nodes.list_item(
                "",
                nodes.paragraph("", "", self.link(f"{kind} {self.number}", kind), nodes.Text(text)),
            )
            for kind, text in told.items()
        ]
        return [nodes.bullet_list("", *items, classes=["materials"])]


class Misconceptions(Teaching):
    """``{misconceptions}``: each question, answered; its wrong answers and what each reveals."""

    def make(self):
        asked = nodes.enumerated_list(classes=["misconceptions"])
        for question in self.questions():
            if question.chapter != int(self.number):
                continue
            stem, right = self.words(question.stem), question.options[question.right]
            answer = nodes.strong("", "", *self.words(right.text))
            asks = nodes.paragraph("", "", *stem, nodes.Text(" "), answer)
            wrong = [self.wrong(option) for option in question.options if not option.right]
            asked += nodes.list_item("", asks, nodes.bullet_list("", *wrong))
        if not asked.children:
            raise sources.FactError(f"chapter {int(self.number)} has no quiz")
        return [asked]

    def wrong(self, option: quiz.Option) -> nodes.list_item:
        reveals = nodes.emphasis("", "", *self.words(option.reveals))
        said = [*self.words(option.text), nodes.Text(": "), reveals, nodes.Text(". ")]
        return nodes.list_item("", nodes.paragraph("", "", *said, *self.words(option.feedback)))


class Mistakes(Teaching):
    """``{mistakes} 2``: what the check of an exercise says to whom; the body is how to help."""

    required_arguments = 1
    has_content = True

    def make(self):
        name, number = chapter(self.env, self.number), self.arguments[0]
        link = self.link(f"exercises {self.number}#{number}", self.task(name, number))
        found = messages(self.parts(name), number)
        said = nodes.bullet_list("", *(nodes.list_item("", nodes.paragraph("", m)) for m in found))
        help_ = nodes.container()
        self.state.nested_parse(self.content, self.content_offset, help_)
        if not help_.children:
            raise sources.FactError(f"exercise {number} has no word on how to help")
        return [
            nodes.paragraph("", "", nodes.strong("", "", link)),
            *([said] if found else []),
            *help_.children,
        ]


class Counts(Teaching):
    """``{counts}``: a row a chapter, and the sums."""

    def make(self):
        root, rows, all_ = Path(self.env.srcdir), [], []
        asked = [q.chapter for q in self.questions()]
        for name in notebooks.chapters(root):
            lesson = read(self.env, f"book/{name}.md")
            source, deck = exercises.folder(root) / f"{name}.py", DECKS.format(name)
            made = exercises.count(self.parts(name)) if source.exists() else (0, 0, 0, 0)
            hand = lesson.count("```{exercise}")
            solved = lesson.count("```{solution}") + made[2]
            slides = read(self.env, deck) if (root / deck).exists() else ""
            counted = (hand, *made[:2], solved, made[3], asked.count(int(name[:2])))
            counted += (len(re.findall(r"(?m)^##? ", slides)),)
            all_.append(counted)
            link = nodes.inline("", f"{int(name[:2])} ", self.link(f"lesson {name[:2]}"))
            rows.append(ledger.row(link, *map(str, counted)))
        sums = [sum(column) for column in zip(*all_, strict=True)]
        rows.append(ledger.row("all", *map(str, sums)))
        return [table(["chapter", *COUNTED], rows, "counts")]


def messages(parts: dict[str, str], number: str) -> list[str]:
    """What an exercise says to each mistake that it knows; none for a bug hunt."""
    body = ast.parse(parts.get(f"mistakes-{number}", "")).body
    texts = (ast.get_docstring(one) for one in body if isinstance(one, ast.FunctionDef))
    return [" ".join(text.split()) for text in texts if text]


def table(titles: list[str], rows: list[nodes.row], name: str) -> nodes.table:
    group = nodes.tgroup("", cols=len(titles))
    group += [nodes.colspec(colwidth=1) for _ in titles]
    group += [nodes.thead("", ledger.row(*titles)), nodes.tbody("", *rows)]
    return nodes.table("", group, classes=["colwidths-auto", name])


def setup(app):
    for name, directive in {
        "timetable": Timetable,
        "materials": Materials,
        "misconceptions": Misconceptions,
        "mistakes": Mistakes,
        "counts": Counts,
    }.items():
        app.add_directive(name, directive)
