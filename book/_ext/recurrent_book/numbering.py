"""A chapter has the number of its file: `book/05-….md` is 5, whether or not 3 and 4 exist.

Sphinx counts the pages of each numbered part from 1. This module runs after Sphinx has counted and
puts the file's number in the place of the count: in titles, in the sidebar, in the numbers of
figures, tables, equations and exercises. Those start at 1 in each lesson and go on in the chapter's
evidence page. Notebooks have no numbers of their own: a figure has one where a page quotes it.
"""

from __future__ import annotations

import copy
import re

from sphinx import addnodes

LESSON, EVIDENCE = re.compile(r"book/(\d\d)-"), re.compile(r"book/evidence/(\d\d)-")
COUNTED = {"numref", "eq", "ref"}  # links that show a number of what they lead to
REFERS = "recurrent_refers"  # in a page's metadata: it has such links


def number_of(page: str) -> int | None:
    """The number in the file name of a lesson or an evidence page, or None for other pages."""
    found = LESSON.match(page) or EVIDENCE.match(page)
    return int(found.group(1)) if found else None


def note_links(app, doctree):
    """Remember the pages that show numbers of other pages."""
    if any(node.get("reftype") in COUNTED for node in doctree.findall(addnodes.pending_xref)):
        app.env.metadata[app.env.docname][REFERS] = True


def give_back(app, env, names):
    """Before Sphinx counts: its own numbers of last time, so that it sees what changed.

    Where Sphinx leaves a section without a number, (), sphinx-external-toc leaves None. Compared
    with that, every numbered page would seem changed.
    """
    counted = getattr(env, "recurrent_counted", None)
    if counted:
        sections, figures = counted
        env.toc_fignumbers = figures
        env.toc_secnumbers = {
            page: {anchor: number or () for anchor, number in numbers.items()}
            for page, numbers in sections.items()
        }


def renumber(app, env):
    """After Sphinx has counted: the numbers of the files. Returns the pages that show other ones."""
    env.recurrent_counted = copy.deepcopy((env.toc_secnumbers, env.toc_fignumbers))
    sections, figures = dict(env.toc_secnumbers), dict(env.toc_fignumbers)
    counts: dict[tuple[int, str], int] = {}
    for page in sorted(env.found_docs, key=lambda name: (bool(EVIDENCE.match(name)), name)):
        number = number_of(page)
        if number is not None and page in figures:
            figures[page] = {
                kind: {name: (number, counted(counts, number, kind)) for name in names}
                for kind, names in figures[page].items()
            }
        elif page.startswith("notebooks/"):
            figures.pop(page, None)
        if LESSON.match(page) and page in sections:
            sections[page] = {
                anchor: (number, *count[1:]) if count else count
                for anchor, count in sections[page].items()
            }
            for node in (env.titles[page], *env.tocs[page].findall()):
                if getattr(node, "get", None) and node.get("secnumber"):
                    node["secnumber"] = [number, *node["secnumber"][1:]]
    env.toc_secnumbers, env.toc_fignumbers = sections, figures
    before = getattr(env, "recurrent_figures", figures)
    env.recurrent_figures = figures
    if before == figures:
        return []
    changed = [page for page in figures if figures[page] != before.get(page)]
    return changed + [page for page in env.found_docs if env.metadata[page].get(REFERS)]


def counted(counts: dict, number: int, kind: str) -> int:
    """The next number of a kind of thing in a chapter."""
    counts[number, kind] = counts.get((number, kind), 0) + 1
    return counts[number, kind]


def setup(app):
    app.connect("doctree-read", note_links)
    app.connect("env-before-read-docs", give_back)
    app.connect("env-get-updated", renumber, priority=900)
