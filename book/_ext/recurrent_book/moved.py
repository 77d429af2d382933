"""The addresses of pages that have moved lead on: `book/moved.yml`, old page: new page.

A page for each old address sends its reader to the new one, with the anchor that was asked for.
Once a page of that name exists again, the entry does nothing. Links to a page that is nowhere fail
the build.
"""

from __future__ import annotations

import html
from pathlib import Path

import yaml
from sphinx.util import logging
from sphinx.util.osutil import relative_uri

from . import policy

log = logging.getLogger(__name__)
PAGE = """<!doctype html>
<html lang="{language}">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<title>{title}</title>
<link rel="canonical" href="{target}">
<meta http-equiv="refresh" content="1; url={target}">
<h1><a href="{target}">{title}</a></h1>
<script src="{script}"></script>
</html>
"""


def entries(app) -> dict[str, str]:
    """Old and new pages, as Sphinx names them."""
    path = Path(app.srcdir, "book", "moved.yml")
    return yaml.safe_load(path.read_text(encoding="utf-8")) or {} if path.exists() else {}


def check(app, env):
    """Every old address leads to a page."""
    for old, new in entries(app).items():
        if new not in env.found_docs:
            log.warning("moved.yml: %s leads to %s, which is not there", old, new)


def lead_on(app, error):
    """Write a page for each old address."""
    if error or app.builder.name != "html":
        return
    for old, new in entries(app).items():
        if old in app.env.found_docs:
            continue
        place = app.builder.get_target_uri(old)
        target = relative_uri(place, app.builder.get_target_uri(new))
        path = Path(app.outdir, place)
        text = PAGE.format(
            language=app.config.language,
            title=html.escape(app.env.titles[new].astext()),
            target=html.escape(target),
            policy=policy.of(""),
            script=relative_uri(place, "_static/moved.js"),
        )
        write(path, text)


def write(path: Path, text: str) -> None:
    """Write a file that is not there yet or says something else."""
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def setup(app):
    app.connect("env-check-consistency", check)
    app.connect("build-finished", lead_on)
