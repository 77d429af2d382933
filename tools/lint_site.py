"""Check the built pages without a browser: `python -m tools.lint_site`.

What a browser has to tell (requests, bytes, console, accessibility) is in tests/test_site.py.
"""

from __future__ import annotations

import base64
import gc
import hashlib
import re
import sys
from collections import Counter
from pathlib import Path
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup
from fontTools.ttLib import TTFont

from tools import commands, notebooks

SITE = notebooks.ROOT / "_build" / "html"
NO_CONTENT = {"genindex.html", "search.html", "404.html", "index.html"}
SLIDES = (10, 20)  # of a deck
SENTENCES = ("p", "li", "td", "th", "h1", "h2", "h3", "h4", "dt", "dd", "figcaption", "summary")
LEAKS = (
    "tools/",
    "tests/",
    ".venv",
    "node_modules/",
    "README",
    "CONTRIBUTING",
    "STYLE",
    "CHANGELOG",
)
OURS = ("_static/quiz.gift", "_static/search/sections.json")  # besides what lies in book/_static
LICENCES = {  # of what others made: the files, by their beginnings, and where on the site it lies
    "_static/fonts/text": "_static/fonts/OFL-Source-Serif.txt",
    "_static/fonts/ui": "_static/fonts/OFL-Source-Sans.txt",
    "_static/katex/fonts/": "_static/katex/fonts/OFL.txt",
    "_static/katex/": "_static/katex/LICENSE.txt",
    "_static/search/minisearch": "_static/search/minisearch.txt",
    "_static/search/stemmer": "_static/search/stemmer.txt",
    "_static/pygments.css": "_static/licences/accessible-pygments.txt",
    "_static/mystnb.": "_static/licences/myst-nb.txt",
    "_static/exercise.css": "_static/licences/sphinx-exercise.txt",
    "_static/sphinx-design": "_static/licences/sphinx-design.txt",
    "_static/design-tabs.js": "_static/licences/sphinx-design.txt",
    **dict.fromkeys(
        ("_static/scripts/", "_static/styles/", "_static/skeleton.css", "_static/debug.css"),
        "_static/licences/furo.txt",
    ),
    **dict.fromkeys(
        (
            "_static/basic.css",
            "_static/doctools.js",
            "_static/documentation_options.js",
            "_static/file.png",
            "_static/language_data.js",
            "_static/minus.png",
            "_static/plus.png",
            "_static/searchtools.js",
            "_static/sphinx_highlight.js",
        ),
        "_static/licences/sphinx.txt",
    ),
    "slides/_static/mystnb.": "_static/licences/myst-nb.txt",
    "slides/_static/reveal/": "slides/_static/reveal/LICENSE",
}


class Site:
    """All pages of a built book, parsed once."""

    def __init__(self, folder: Path = SITE):
        self.folder = folder
        self.root = folder.resolve().parents[1]  # of the book, whose site is _build/html
        self.pages = {
            p.relative_to(folder).as_posix(): BeautifulSoup(
                p.read_text(encoding="utf-8"), "html.parser"
            )
            for p in sorted(folder.rglob("*.html"))
            if "_static" not in p.parts
        }
        self.ids = {
            name: Counter(tag["id"] for tag in page.find_all(id=True))
            for name, page in self.pages.items()
        }

    def target(self, page: str, link: str) -> tuple[str, str]:
        """File (relative to the site) and anchor that a relative link of a page points at."""
        parts = urlsplit(link)
        base = (self.folder / page).parent
        path = (base / unquote(parts.path)).resolve() if parts.path else self.folder / page
        if path.is_dir():
            path /= "index.html"
        try:
            return path.relative_to(self.folder.resolve()).as_posix(), unquote(parts.fragment)
        except ValueError:
            return str(path), ""


def content_pages(site: Site) -> dict:
    """Pages that one reads: not the search, nor those that lead on to another address."""
    return {
        name: page
        for name, page in site.pages.items()
        if name not in NO_CONTENT and not page.find("meta", attrs={"http-equiv": "refresh"})
    }


def rule_head(site: Site):
    for name, page in content_pages(site).items():
        if not (page.html and page.html.get("lang")):
            yield name, "has no language"
        if len(page.find_all("h1")) != 1:
            yield name, f"{len(page.find_all('h1'))} headings of the first level"
        if not page.find("meta", attrs={"name": "description"}):
            yield name, "has no description"


def rule_titles(site: Site):
    """A tab or a bookmark says which page of which book it is."""
    for name, page in site.pages.items():
        found = page.find("title")  # a drawing's may be the first if the page has none
        title = found.get_text().strip() if found and not found.find_parent("svg") else ""
        if not title or title != title.strip(" ·"):
            yield name, f"its title is {title!r}"


def rule_images(site: Site):
    for name, page in content_pages(site).items():
        for image in (page.find("article") or page).find_all("img"):
            alt = image.get("alt", "")
            if len(alt) < 10 or re.search(r"\.(png|svg|jpe?g)$", alt):
                yield name, f"an image's alt text is {alt!r}"
        for drawing in page.select("article svg[role=img]"):
            if len(drawing.get("aria-label", "")) < 10:
                yield name, f"a drawing's label is {drawing.get('aria-label')!r}"


def rule_tables(site: Site):
    for name, page in content_pages(site).items():
        for paragraph in page.find_all("p"):
            text = paragraph.get_text().strip()
            if text.startswith("|"):
                yield name, f"a table that is none: {text[:40]!r}"


def rule_links(site: Site):
    for name, page in site.pages.items():
        for tag in page.find_all(["a", "link", "script", "img"]):
            link = tag.get("href") or tag.get("src")
            if not link or urlsplit(link).scheme or link.startswith("//"):
                continue
            file, anchor = site.target(name, link)
            if not (site.folder / file).exists():
                yield name, f"{link} points at nothing"
            elif anchor and file in site.ids and anchor not in site.ids[file]:
                yield name, f"{link} points at no anchor"


def rule_ids(site: Site):
    for name, page in site.pages.items():
        for anchor, count in site.ids[name].items():
            if count > 1:
                yield name, f"id {anchor!r} is used {count} times"
        for tag in page.find_all(attrs={"popovertarget": True}):
            if tag["popovertarget"] not in site.ids[name]:
                yield name, f"the note {tag['popovertarget']!r} is missing"


def rule_hosts(site: Site):
    for name, page in site.pages.items():
        for tag in page.find_all(["script", "img", "iframe", "source", "link"]):
            link = tag.get("src") or (tag.get("href") if tag.name == "link" else "") or ""
            loads = tag.name != "link" or set(tag.get("rel", [])) & {
                "stylesheet",
                "icon",
                "preload",
            }
            if loads and re.match(r"(https?:)?//", link):
                yield name, f"loads {link} from another host"


def rule_policy(site: Site):
    """Every page says what it may run before it names a file, and runs nothing else."""
    for name, page in site.pages.items():
        said = page.find("meta", attrs={"http-equiv": "Content-Security-Policy"})
        policy = said["content"] if said else ""
        if not said or said.find_previous(["link", "script", "style"]):
            yield name, "does not begin with a policy of what it may load"
        if "'unsafe-inline'" in policy.partition("script-src")[2].partition(";")[0]:
            yield name, "allows any script that stands in it"
        for script in page.find_all("script", src=False):
            digest = hashlib.sha256((script.string or "").encode()).digest()
            known = base64.b64encode(digest).decode() in policy
            if script.get("type", "module") in ("module", "text/javascript") and not known:
                yield name, f"a script stands in it: {(script.string or '').strip()[:40]!r}"
        for tag in page.find_all(lambda tag: any(key.startswith("on") for key in tag.attrs)):
            yield name, f"a script stands in an attribute: {str(tag)[:60]!r}"


def rule_mathematics(site: Site):
    for name, page in site.pages.items():
        if page.find(class_="katex-error") or page.find("script", src=re.compile("mathjax", re.I)):
            yield name, "mathematics is not rendered in the page"
        if not all(formula.find("math") for formula in page.find_all(class_="katex")):
            yield name, "a formula has no MathML"


def rule_letters(site: Site):
    """The site's fonts have what its sentences say: a letter of another face stands out."""
    fonts = [site.folder / "_static" / "fonts" / f"{name}.woff2" for name in ("text", "ui")]
    known = {chr(code) for font in fonts for code in TTFont(font).getBestCmap()}
    known |= set("\n\t↵␣∗")  # neither family has these signs
    for name, page in content_pages(site).items():
        for text in page.find_all(string=lambda text: bool(set(text) - known)):
            if text.find_parent(SENTENCES) and not text.find_parent(has_another_face):
                missing = " ".join(sorted(set(text) - known))
                yield (
                    name,
                    f"no font of the site has {missing}, see fonts.py: {text.strip()[:40]!r}",
                )


def has_another_face(tag) -> bool:
    """Whether it is code, a formula or a figure."""
    return tag.name in ("code", "math", "pre", "svg", "script") or "katex" in tag.get("class", ())


def rule_numbers(site: Site):
    for name, page in content_pages(site).items():
        if number := re.match(r"book/(\d\d)-", name):
            shown = page.select_one("h1 .section-number")
            if not shown or shown.text.strip(" .\xa0") != str(int(number.group(1))):
                yield name, f"does not show its number {int(number.group(1))}"


def rule_notebooks(site: Site):
    for name, page in content_pages(site).items():
        path = (site.root / name).with_suffix(".ipynb")
        if not name.startswith("notebooks/") or not path.exists():
            continue
        saved = page.find(
            "a", href=re.compile(re.escape(path.stem) + r"\.ipynb$"), attrs={"download": True}
        )
        if not saved:
            yield name, "has no 'Download notebook'"
        if "on two cores" not in page.get_text(" "):
            yield name, "does not say how long it takes"
        colab = [a["href"] for a in page.select('a[href*="colab.research.google.com"]')]
        if colab != list(filter(None, [notebooks.colab(path, site.root)])):
            yield name, f"its Colab links are {colab}"


def rule_slides(site: Site):
    """A deck asks, shows, derives, measures and judges; it ends in a vote and a sentence."""
    for name, page in site.pages.items():
        if name.startswith("slides/"):
            slides = page.select(".slides > section > section")
            for what in outline(slides) if slides else ["has no slides"]:
                yield name, what
            for number, slide in enumerate(slides, 1):
                notes = slide.select("aside.notes")
                if len(notes) != 1 or not re.match(r"\d+ min\.", notes[0].get_text().strip()):
                    yield name, f"slide {number} has no notes that begin with its minutes"


def outline(slides: list):
    """What a deck lacks of its form."""
    titles = [slide.find(["h1", "h2"]).get_text().strip() for slide in slides]
    if not SLIDES[0] <= len(slides) <= SLIDES[1]:
        yield f"{len(slides)} slides; {SLIDES[0]} to {SLIDES[1]} are asked for"
    if not titles[1].endswith("?") or not slides[1].select_one("figure, pre"):
        yield "its second slide is no question with a picture"
    if not slides[2].select_one(".vote") or not slides[-2].select_one(".vote"):
        yield "does not vote after the picture and before the end"
    if titles[-1] != "To take home":
        yield "does not end in a sentence 'To take home'"
    if not any(slide.select_one(".board") for slide in slides):
        yield "derives nothing on the board"
    if not any(slide.select_one(".verdict-lines") for slide in slides):
        yield "judges no claim"
    findings = [slide for slide, title in zip(slides, titles, strict=True) if "Finding" in title]
    if not any(slide.select_one(".number") for slide in findings):
        yield "has no finding with a measured number"


def rule_leaks(site: Site):
    for path in site.folder.rglob("*"):
        name = path.relative_to(site.folder).as_posix()
        if name.startswith(LEAKS):
            yield name, "does not belong on the site"


def rule_licences(site: Site):
    """What others made has its licence beside it."""
    for path in site.folder.glob("**/_static/**/*"):
        name = path.relative_to(site.folder).as_posix()
        ours = name in OURS or (site.root / "book" / name).exists()
        if path.is_dir() or ours or path.suffix == ".txt" or path.name == "LICENSE":
            continue
        licence = next((to for start, to in LICENCES.items() if name.startswith(start)), None)
        if not licence or not (site.folder / licence).exists():
            yield name, "is by others, and its licence is not on the site"


RULES = [
    rule_head,
    rule_titles,
    rule_images,
    rule_tables,
    rule_links,
    rule_ids,
    rule_hosts,
    rule_policy,
    rule_mathematics,
    rule_letters,
    rule_numbers,
    rule_notebooks,
    rule_slides,
    rule_leaks,
    rule_licences,
]


def problems(site: Site) -> list[str]:
    """Problems of a parsed site, one line each."""
    found = [] if content_pages(site) else ["there are no pages"]
    return found + [f"{name}: {what}" for rule in RULES for name, what in rule(site)]


def check(folder: Path = SITE) -> list[str]:
    """Problems of a built site, one line each."""
    return problems(Site(folder))


def main() -> int:
    gc.disable()  # all that is parsed stays; to search it for garbage takes a quarter of the time
    site = Site(Path(sys.argv[1]) if len(sys.argv) > 1 else SITE)
    return commands.report(problems(site), f"{len(content_pages(site))} pages")


if __name__ == "__main__":
    commands.run(main)
