"""Build the slides into the website: `python -m tools.slides`; with `--pdf`, print each deck.

The sources are `book/slides/`, a deck for each chapter. They are no pages of the website: Sphinx
runs once more, for them alone, and writes to `_build/html/slides`, which takes styles and fonts
from the website. Printed decks lie in `_build/slides`.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.errors import SphinxError
from sphinx.util.docutils import docutils_namespace, patch_docutils

from tools import browser, commands, files, notebooks
from tools import build as the_book

EXTENSIONS = str(notebooks.ROOT / "book" / "_ext")
SHARED = (
    "project",
    "language",
    "html_copy_source",
    "html_math_renderer",
    "html_theme_options",
)


def settings(root: Path) -> dict:
    """What Sphinx is told, as far as possible from the book's one configuration."""
    book = files.read_yaml(root / "_config.yml")
    decks = sorted((root / "book" / "slides").glob("*.md"))
    names = [path.relative_to(root).with_suffix("").as_posix() for path in decks]
    return {
        "extensions": ["recurrent_book.slides"],
        "include_patterns": [f"{name}.md" for name in names],
        "exclude_patterns": book["exclude_patterns"],
        "root_doc": names[0],
        "templates_path": ["book/_templates/slides"],
        "myst_enable_extensions": book["parse"]["myst_enable_extensions"],
        "nb_execution_mode": "off",
        **{name: book["sphinx"]["config"][name] for name in SHARED},
    }


def build(root: Path = notebooks.ROOT) -> int:
    """Build the decks; returns Sphinx' exit code. Warnings are errors.

    What did not end well is never built upon: as in tools/build.py.
    """
    site, memory = root / "_build" / "html" / "slides", root / "_build" / ".doctrees" / "slides"
    begun = root / "_build" / "slides-begun"
    if EXTENSIONS not in sys.path:
        sys.path.insert(0, EXTENSIONS)
    with the_book.alone(root), patch_docutils(), docutils_namespace():
        if begun.exists():
            shutil.rmtree(site, ignore_errors=True)
            shutil.rmtree(memory, ignore_errors=True)
        begun.touch()
        app = Sphinx(
            root, None, site, memory, "revealjs", settings(root),
            status=None, warning=sys.stderr, warningiserror=True, keep_going=True,
        )  # fmt: skip
        app.build()
        if app.statuscode == 0:
            begun.unlink()
    return app.statuscode


def print_decks(chromium, root: Path = notebooks.ROOT) -> list[Path]:
    """A PDF for each deck, a page a slide."""
    target = root / "_build" / "slides"
    target.mkdir(exist_ok=True)
    page, printed = chromium.new_context(java_script_enabled=False).new_page(), []
    for deck in sorted((root / "_build" / "html" / "slides").glob("*.html")):
        page.goto(deck.as_uri())
        printed.append(target / f"{deck.stem}.pdf")
        page.pdf(path=printed[-1], prefer_css_page_size=True, print_background=True, tagged=True)
    return printed


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pdf", action="store_true", help="print the decks that are built")
    if not parser.parse_args().pdf:
        try:
            return build()
        except SphinxError as error:
            if isinstance(error.__cause__, OSError):
                raise error.__cause__ from None
            sys.exit(f"The slides could not be built: {error}")
    with browser.running(browser.get()) as chromium:
        if chromium is None:
            sys.exit(f"The slides are not printed: {browser.NONE}")
        for path in print_decks(chromium):
            print(path.relative_to(notebooks.ROOT))
    return 0


if __name__ == "__main__":
    commands.run(main)
