"""Where a page stands: its kind and number, its chapter's other pages, its part, its minutes.

The template `page.html` says it above and below each page of a chapter, and names what comes next.
The sidebar gets the minutes of each lesson; which ones were opened, `book.mjs` adds.
"""

from __future__ import annotations

import functools
import re
from pathlib import Path

from tools import lint_pages

from . import numbering

MINUTE = 95  # words of a lesson that a reader reads in a minute, drawings and formulas included
PLACES = {  # kind of a page: its address, with the number
    "lesson": numbering.LESSON,
    "lab": re.compile(r"notebooks/(\d\d)-"),
    "exercises": re.compile(r"notebooks/exercises/(\d\d)-"),
    "evidence": numbering.EVIDENCE,
    "study": re.compile(r"notebooks/studies/(\d\d[a-z])-"),
}
IN_SIDEBAR = re.compile(
    r'(<a class="(?:current )?reference internal" href="[^"]*">)(\d+)\. ([^<]*)'
)


def place(page: str) -> tuple[str, str] | None:
    """Kind and number of a chapter's page, as in ("study", "3a"); None for other pages."""
    for kind, pattern in PLACES.items():
        if found := pattern.match(page):
            return kind, found.group(1).lstrip("0")
    return None


def chapter(number: str) -> int:
    """The chapter of a place: that of "3a" is 3."""
    return int(re.match(r"\d+", number).group())


def minutes(lesson: Path) -> int:
    """How long a lesson takes, to five minutes."""
    return _minutes(lesson, lesson.stat().st_mtime_ns)


@functools.lru_cache(maxsize=64)
def _minutes(lesson: Path, modified: int) -> int:
    return 5 * round(lint_pages.words(lesson.read_text(encoding="utf-8")) / MINUTE / 5)


def lessons(env) -> dict[int, str]:
    """The page of each chapter's lesson, in order."""
    found = sorted(page for page in env.found_docs if numbering.LESSON.match(page))
    return {numbering.number_of(page): page for page in found}


def part(env, lesson: str) -> str:
    """The part of the book that a lesson belongs to, as the contents call it."""
    parts = env.external_site_map.root.subtrees
    return next(one.caption or "" for one in parts if lesson in map(str, one.items))


def way(app, page: str, link) -> dict | None:
    """The chapter of a page: number, part, pages. ``link`` makes an address of a page's name."""
    here, written = place(page), lessons(app.env)
    if here is None or chapter(here[1]) not in written:
        return None
    number = chapter(here[1])
    kinds = list(PLACES)
    found = [(kinds.index(kind), name, other) for kind, name, other in pages(app.env)]
    return {
        "chapter": number,
        "part": part(app.env, written[number]),
        "minutes": minutes(Path(app.env.doc2path(page))) if here[0] == "lesson" else None,
        "pages": [
            {"kind": kinds[kind], "number": name, "link": link(other), "here": other == page}
            for kind, name, other in sorted(found)
            if chapter(name) == number
        ],
    }


def pages(env):
    """Kind, number and page of all that belongs to a chapter."""
    for page in env.found_docs:
        if found := place(page):
            yield *found, page


def sidebar(app, tree: str) -> str:
    """The tree of the contents with the minutes of each lesson."""
    written = lessons(app.env)

    def told(match) -> str:
        number = int(match.group(2))
        if number not in written:
            return match.group()
        time = minutes(Path(app.env.doc2path(written[number])))
        return f'{match.group()} <span class="minutes" data-chapter="{number}">{time} min</span>'

    return IN_SIDEBAR.sub(told, tree)


def tell(app, page, template, context, doctree):
    """What the templates need to know."""
    context["way"] = way(app, page, context["pathto"])
    found = lessons(app.env)
    context["chapters"], context["last_chapter"] = len(found), max(found, default=0)
    context["furo_navigation_tree"] = sidebar(app, context.get("furo_navigation_tree") or "")
    _, before, after = app.builder.relations.get(page, (None, None, None))
    context["next_place"], context["prev_place"] = (place(p or "") for p in (after, before))


def setup(app):
    app.connect("html-page-context", tell, priority=950)  # once Furo has made its tree
