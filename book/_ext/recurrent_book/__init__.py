"""The book's own Sphinx extension.

mathematics   formulas become HTML and MathML while the book is built
numbering     a chapter has the number of its file
look          what of Furo and Jupyter Book the pages keep, descriptions, native solutions
lab_pages     the block under a lab's title, and an anchor for each of its cells
quoting       {lab}: a figure, an output or a few lines of code from a lab
evidence      {measured}, {verdict} and {claims}: facts from the rows and from the ledger
explorers     {explorer}: an interactive figure with its data and its static twin
drawings      {drawing}: a drawing of the book's own, inlined
facts         reading labs, rows and claims for all of these
formatting    numbers as the book prints them
links         links to places that the extension makes: a cell, a claim
"""

from __future__ import annotations

import zlib
from pathlib import Path

from . import drawings, evidence, explorers, facts, lab_pages, look, mathematics, numbering, quoting

PARTS = (mathematics, numbering, look, lab_pages, quoting, evidence, explorers, drawings)


def fingerprint() -> int:
    """A number that changes with the extension: pages that another version made are made anew."""
    files = [*sorted(Path(__file__).parent.glob("*.py")), Path(facts.results.__file__)]
    return zlib.crc32(b"".join(file.read_bytes() for file in files))


def setup(app):
    for part in PARTS:
        part.setup(app)
    return {
        "version": "1",
        "env_version": fingerprint(),
        "parallel_read_safe": False,  # notes are numbered page by page, Node is one process
        "parallel_write_safe": False,
    }
