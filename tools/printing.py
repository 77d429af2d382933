"""Print the book to one PDF, _build/recurrent.pdf: `make print`.

Lessons, evidence and back matter of the built site become one page for Chromium: what folds is
open, links lead within the book or show their address. It is printed until the contents have the
pages' numbers: mostly twice. Labs and studies are for running: they stay out.
"""

from __future__ import annotations

import html
import io
import re
import sys
import threading
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup
from playwright.sync_api import Error
from pypdf import PdfReader

from tools import browser, commands, files, notebooks, serve

PDF = notebooks.ROOT / "_build" / "recurrent.pdf"
ADDRESS = "printed.html"  # which Chromium is told; there is no such file
TIMES = 4  # at most
UNPRINTED = ".headerlink, .measured-note, .term-note, .katex-mathml, .notebook-block, script"
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>{styles}
<style>{rules}</style></head><body class="whole" data-theme="light">
<section class="title-page"><p>{title}</p><p>{authors}</p><p>{edition}</p></section>
<nav class="printed-contents"><h2>Contents</h2><ol>{contents}</ol></nav>
{articles}</body></html>
"""
RULE = '@page {name} {{ @top-left {{ content: "{title}" }} }} #{name} {{ page: {name} }}\n'


def printed(root: Path) -> list[str]:
    """The pages that are printed, in the book's order: all but notebooks."""
    contents = files.read_yaml(root / "_toc.yml")

    def names(entries):
        for entry in entries:
            yield entry["file"]
            yield from names(entry.get("sections", ()))

    chapters = [chapter for part in contents["parts"] for chapter in part["chapters"]]
    found = [contents["root"], *names(chapters)]
    return [name for name in found if not name.startswith("notebooks/")]


def label(page: str) -> str:
    """A page's name as an anchor: book/05-… is book-05-…."""
    return re.sub(r"[^\w-]", "-", page)


class Sheet:
    """One page of the site as a part of the printed book."""

    def __init__(self, site: Path, name: str):
        self.name = name
        page = BeautifulSoup((site / f"{name}.html").read_text("utf-8"), "html.parser")
        self.styles = [link["href"] for link in page.select("link[rel=stylesheet]")]
        self.variables = page.head.style
        self.article = page.article
        for tag in self.article.select(UNPRINTED):
            tag.decompose()
        for tag in self.article.select("details"):
            tag["open"] = ""
        self.title = " ".join(self.article.h1.get_text().split())

    def place(self, pages: set[str], address: str) -> str:
        """The article with anchors of its own; links to other pages lead to them or to the site."""
        own = label(self.name)
        for tag in self.article.find_all(id=True):
            tag["id"] = f"{own}.{tag['id']}"
        for tag in self.article.select("svg *"):  # the parts of a chart that name others
            for name, value in tag.attrs.items():
                if isinstance(value, str):
                    named = "#" if name.endswith("href") else "url(#"
                    tag[name] = value.replace(named, f"{named}{own}.")
        for tag in self.article.find_all("a", href=True):
            parts = urlsplit(tag["href"])
            page = urljoin(f"{self.name}.html", parts.path)
            name = page.removesuffix(".html")
            if parts.scheme:
                continue
            if name in pages:
                tag["href"] = f"#{label(name)}" + (f".{parts.fragment}" if parts.fragment else "")
            elif address:
                tag["href"] = f"{address}/{page}" + (f"#{parts.fragment}" if parts.fragment else "")
                tag["class"] = "on-the-site"
            else:
                del tag["href"]
        self.article["id"] = own
        return str(self.article)


def compose(root: Path, numbers: dict[str, int]) -> str:
    """The whole book as one page. ``numbers``: the pages on which its articles begin."""
    site = root / "_build" / "html"
    config = files.read_yaml(root / "_config.yml")
    repository = notebooks.repository(root)
    address = notebooks.site(repository) if notebooks.adopted(repository) else ""
    sheets = [Sheet(site, name) for name in printed(root)]
    styles = dict.fromkeys(
        urljoin(f"{sheet.name}.html", style) for sheet in sheets for style in sheet.styles
    )
    last = sorted(styles, key=lambda style: "book.css" in style)
    links = "".join(f'<link rel="stylesheet" href="{style}">' for style in last)
    contents = "".join(
        f"<li{' class=evidence' if '/evidence/' in sheet.name else ''}>"
        f'<a href="#{label(sheet.name)}">{html.escape(sheet.title)}</a>'
        f"<span>{numbers.get(label(sheet.name), '')}</span></li>"
        for sheet in sheets
    )
    return PAGE.format(
        title=html.escape(config["title"]),
        authors=html.escape(config["author"]),
        edition=address,
        styles=links + str(sheets[0].variables),
        rules="".join(
            RULE.format(name=label(s.name), title=s.title.replace('"', "”")) for s in sheets
        ),
        contents=contents,
        articles="\n".join(s.place({s.name for s in sheets}, address) for s in sheets),
    )


def numbers(pdf: bytes) -> dict[str, int]:
    """The pages of a PDF on which its anchors stand."""
    reader = PdfReader(io.BytesIO(pdf))
    return {
        name.lstrip("/"): reader.get_destination_page_number(place) + 1
        for name, place in reader.named_destinations.items()
    }


def print_pages(chromium, url: str, root: Path) -> bytes:
    """The book as a PDF, with bookmarks. Exits if it has not the pages that its contents name."""
    page = chromium.new_context(java_script_enabled=False).new_page()
    page.set_default_timeout(120_000)
    found = {}
    page.route(
        f"{url}/{ADDRESS}",
        lambda route: route.fulfill(body=compose(root, found), content_type="text/html"),
    )
    for _ in range(TIMES):
        page.goto(f"{url}/{ADDRESS}", wait_until="load")
        page.evaluate("document.fonts.ready.then(() => true)")
        pdf = page.pdf(prefer_css_page_size=True, print_background=True, outline=True, tagged=True)
        before, found = found, numbers(pdf)
        if before == found and found.keys() >= {label(name) for name in printed(root)}:
            return pdf
    sys.exit("The book is not printed: its pages are not those that its contents name")


def main() -> None:
    if not (serve.SITE / "index.html").exists():
        sys.exit("There is no built book yet: run `make book`.")
    server = serve.open_server(serve.SITE, 8100)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        with browser.running(browser.get()) as chromium:
            if chromium is None:
                sys.exit(f"The book is not printed: {browser.NONE}")
            pdf = print_pages(chromium, f"http://127.0.0.1:{server.server_port}", notebooks.ROOT)
    except Error as error:
        sys.exit(f"The book is not printed: {error.message.splitlines()[0]}")
    finally:
        server.shutdown()
    PDF.write_bytes(pdf)
    print(f"{PDF.relative_to(notebooks.ROOT)}: {len(PdfReader(PDF).pages)} pages")


if __name__ == "__main__":
    commands.run(main)
