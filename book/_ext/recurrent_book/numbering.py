"""A chapter has the number of its file: `book/05-….md` is 5, whether or not 3 and 4 exist.

Sphinx counts the pages of each numbered part from 1. This module runs after Sphinx has counted and
puts the file's number in the place of the count: in titles, in the sidebar, in the
numbers of figures, tables, equations and exercises, which start at 1 in each chapter. Labs have no
numbers of their own: a figure has one where a chapter quotes it.
"""

from __future__ import annotations

import re

CHAPTER = re.compile(r"book/(\d\d)-")


def number_of(page: str) -> int | None:
    """The number in a chapter's file name, or None for other pages."""
    found = CHAPTER.match(page)
    return int(found.group(1)) if found else None


def give_back(app, env, names):
    """Before Sphinx counts: its own numbers of last time, so that it sees what changed."""
    env.toc_secnumbers, env.toc_fignumbers = getattr(
        env, "recurrent_counted", (env.toc_secnumbers, env.toc_fignumbers)
    )


def renumber(app, env):
    """After Sphinx has counted: the numbers of the files."""
    env.recurrent_counted = env.toc_secnumbers, env.toc_fignumbers
    sections, figures = dict(env.toc_secnumbers), dict(env.toc_fignumbers)
    for page in env.found_docs:
        number = number_of(page)
        if number is not None and page in sections:
            sections[page] = {
                anchor: (number, *count[1:]) if count else count
                for anchor, count in sections[page].items()
            }
            figures[page] = {
                kind: {name: (number, i) for i, name in enumerate(counts, 1)}
                for kind, counts in figures.get(page, {}).items()
            }
            for node in (env.titles[page], *env.tocs[page].findall()):
                if getattr(node, "get", None) and node.get("secnumber"):
                    node["secnumber"] = [number, *node["secnumber"][1:]]
        elif page.startswith("notebooks/"):
            figures.pop(page, None)
    env.toc_secnumbers, env.toc_fignumbers = sections, figures
    return []


def setup(app):
    app.connect("env-before-read-docs", give_back)
    app.connect("env-get-updated", renumber, priority=900)
