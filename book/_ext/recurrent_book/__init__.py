"""The book's own Sphinx extension.

fonts          the faces of text and interface, cut down to the letters in use
mathematics    formulas become HTML and MathML while the book is built
numbering      a chapter has the number of its file
places         where a page stands, what belongs to its chapter, how long it takes
theme          what of Furo and Jupyter Book the pages keep, descriptions, native solutions
notebook_pages the block under a notebook's title, and an anchor for each of its cells
charts         figures as SVG become part of the page
quoting        {lab} and {study}: a figure, an output or code from a notebook
ledger         {measured}, {verdict}, {verdicts} and {claims}: facts from rows and from the ledger
quiz           {quiz}: a lesson's questions, and all of them for learning platforms
teaching       {timetable}, {materials}, {misconceptions}, {mistakes}, {counts}: for whoever teaches
glossary       {term}: the definition of a term beside it
explorers      {explorer}: an interactive figure with its data and its static twin
drawings       {drawing}: a drawing of the book's own, inlined
cover          {bars}, {tally}, {tiles}: measured shares, verdicts and chapters on the cover
found          what search engines and shared links show, and the sitemap
search         what each section says, for the search in the reader's browser
policy         what a page may load and run
licences       the licences of what others made, beside it on the site
credits        whose data a page shows
works          {work}: what a cited work is good for, and where it is cited
about          {citation}, {addressed}: how to cite the book; what needs its address
known          {known}: where the book is known to run
moved          the addresses of pages that have moved lead on
sources        reading notebooks, rows and claims for all of these
formatting     numbers as the book prints them
links          links to places that the extension makes: a cell, a claim

slides         the decks, an extension of its own
"""

from __future__ import annotations

import functools
import zlib
from pathlib import Path

import pybtex.plugin

from . import (
    about,
    charts,
    cover,
    credits,
    drawings,
    explorers,
    fonts,
    found,
    glossary,
    known,
    ledger,
    licences,
    mathematics,
    moved,
    notebook_pages,
    numbering,
    places,
    policy,
    quiz,
    quoting,
    search,
    sources,
    teaching,
    theme,
    works,
)

PARTS = (
    sources,
    fonts,
    mathematics,
    numbering,
    places,
    theme,
    notebook_pages,
    charts,
    quoting,
    ledger,
    quiz,
    teaching,
    glossary,
    explorers,
    drawings,
    cover,
    found,
    search,
    works,
    about,
    known,
    moved,
    policy,
    credits,
    licences,
)


def fingerprint() -> int:
    """A number that changes with the extension: pages that another version made are made anew."""
    tools = (
        credits.downloads,
        drawings.scripts,
        known.known,
        ledger.grids,
        places.lint_pages,
        quiz.quiz,
        sources.notebooks,
        sources.results,
        teaching.exercises,
    )
    files = [*sorted(Path(__file__).parent.glob("*.py")), *(Path(t.__file__) for t in tools)]
    return zlib.crc32(b"".join(file.read_bytes() for file in files))


def setup(app):
    # sphinxcontrib-bibtex asks for the same plugins at each citation, a scan of all packages
    pybtex.plugin.find_plugin = functools.cache(pybtex.plugin.find_plugin)
    for part in PARTS:
        part.setup(app)
    return {
        "version": "1",
        "env_version": fingerprint(),
        "parallel_read_safe": False,  # notes are numbered page by page, Node is one process
        "parallel_write_safe": False,
    }
