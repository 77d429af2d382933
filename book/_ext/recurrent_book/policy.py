"""What a page may load and run: its own site's files, and no script that stands in it.

The policy is the first thing that a page says, so that it holds on every host. Styles may stand in
a page: each letter of a formula and each line of a chart has one. Of scripts there are two, known
by their hashes: Furo's, which sets the colours before anything is painted, and in a deck the one
of the window with the speaker's notes.
"""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import furo

POLICY = (
    "default-src 'self'; script-src 'self' {}; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'"
)
SCRIPT = re.compile(r"<script>(.*?)<\\?/script>", re.DOTALL)


def of(script: str) -> str:
    """The policy of a page that holds a script; of one that holds none with an empty string."""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return POLICY.format(f"'sha256-{digest}'" if script else "").replace(" ;", ";")


def in_theme() -> str:
    """The script that Furo writes into each page."""
    template = Path(furo.__file__).with_name("theme") / "furo" / "base.html"
    return SCRIPT.search(template.read_text("utf-8")).group(1)


def in_notes(plugin: Path) -> str:
    """The script of the speaker's window, which reveal.js' plugin holds as a string."""
    literal = SCRIPT.search(plugin.read_text("utf-8")).group(1)
    return literal.encode("latin-1", "backslashreplace").decode("unicode_escape")


def tell(app, page, template, context, doctree):
    context["recurrent_policy"] = of(in_theme())


def setup(app):
    app.connect("html-page-context", tell)
