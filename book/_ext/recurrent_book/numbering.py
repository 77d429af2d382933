"""A chapter has the number of its file: `book/05-….md` is 5, whether or not 3 and 4 exist.

Sphinx counts the pages of each numbered part from 1. This module runs after Sphinx has counted and
puts the file's number in the place of the count: in titles, in the sidebar, in the numbers of
figures, tables, equations and exercises. Those start at 1 in each lesson and go on in the chapter's
evidence page. Other pages number nothing: a notebook's figure has a number where it is quoted.
"""

from __future__ import annotations

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


class Unchanged:
    """Equal to whatever it is compared with."""

    __hash__ = None

    def __eq__(self, other):
        return True


class Hidden(dict):
    """Numbers of last time that seem to be those of this time."""

    def get(self, page, default=None):
        return Unchanged()


def hide(app, env, names):
    """Before Sphinx counts: it would find its own numbers changed, as it never sees the final ones.

    (It compares them at a time when sphinx-multitoc-numbering has counted through all parts and
    sphinx-external-toc has not yet begun each of them at 1.) ``renumber`` compares the final ones.
    """
    env.toc_secnumbers, env.toc_fignumbers = Hidden(), Hidden()


def renumber(app, env):
    """After Sphinx has counted: the numbers of the files. Returns the pages that change by it."""
    sections, figures = dict(env.toc_secnumbers), dict(env.toc_fignumbers)
    counts: dict[tuple[int, str], int] = {}
    for page in sorted(env.found_docs, key=lambda name: (bool(EVIDENCE.match(name)), name)):
        number = number_of(page)
        if number is not None and page in figures:
            figures[page] = {
                kind: {name: (number, counted(counts, number, kind)) for name in names}
                for kind, names in figures[page].items()
            }
        elif number is None:
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
    before = getattr(env, "recurrent_numbers", ({}, {}))
    env.recurrent_numbers = sections, figures
    changed = {
        page
        for old, new in zip(before, env.recurrent_numbers, strict=True)
        for page in old.keys() | new.keys()
        if old.get(page) != new.get(page)
    }
    if changed:
        changed |= {page for page in env.found_docs if env.metadata[page].get(REFERS)}
    return sorted(changed & env.found_docs)


def counted(counts: dict, number: int, kind: str) -> int:
    """The next number of a kind of thing in a chapter."""
    counts[number, kind] = counts.get((number, kind), 0) + 1
    return counts[number, kind]


def setup(app):
    app.connect("doctree-read", note_links)
    app.connect("env-before-read-docs", hide)
    app.connect("env-get-updated", renumber, priority=900)
