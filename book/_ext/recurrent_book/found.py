"""How the book is found: titles and descriptions for search engines, and the sitemap.

`book/found.yml` has a title and a description for a page whose heading and first sentences are a
puzzle. `page.html` writes them, and what a shared link shows. Addresses are written only once the
book has its own.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import yaml
from sphinx.util import logging

from . import theme

log = logging.getLogger(__name__)
SITEMAP = """<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
{}</urlset>
"""


def read(app):
    """What is said of each page, by its name."""
    path = Path(app.srcdir, "book", "found.yml")
    app.recurrent_found = yaml.safe_load(path.read_text("utf-8")) if path.exists() else {}


def check(app, env):
    """Each entry has a page, and a description that is shown whole."""
    for page, entry in app.recurrent_found.items():
        if page not in env.found_docs:
            log.warning("found.yml: there is no page %s", page)
        elif len(entry.get("description", "")) > theme.DESCRIPTION:
            log.warning(
                "found.yml: the description of %s is longer than %d", page, theme.DESCRIPTION
            )


def outdated(app, env, added, changed, removed) -> list[str]:
    """Pages whose entry changed since they were written."""
    before = getattr(env, "recurrent_found", {})
    env.recurrent_found = now = app.recurrent_found
    return sorted(p for p in env.found_docs if before.get(p) != now.get(p))


def tell(app, page, template, context, doctree):
    """Give the template a page's title and description."""
    entry = app.recurrent_found.get(page, {})
    context["recurrent_title"] = entry.get("title")
    if doctree is not None:
        context["recurrent_about"] = entry.get("description") or theme.description(doctree)
    context["recurrent_site"] = app.config.html_baseurl
    context["recurrent_base"] = urlsplit(app.config.html_baseurl).path or "/"


def sitemap(app, error):
    """List the pages for search engines."""
    base = app.config.html_baseurl
    if error or app.builder.name != "html" or not base:
        return
    pages = [app.builder.get_target_uri(page) for page in sorted(app.env.found_docs)]
    lines = "".join(f"<url><loc>{base}{page}</loc></url>\n" for page in pages)
    Path(app.outdir, "sitemap.xml").write_text(SITEMAP.format(lines), "utf-8")


def setup(app):
    app.connect("builder-inited", read)
    app.connect("env-check-consistency", check)
    app.connect("env-get-outdated", outdated)
    app.connect("html-page-context", tell)
    app.connect("build-finished", sitemap)
