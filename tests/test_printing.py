"""The printed book: what stands on paper, and what does not."""

import io
import re

import pytest
from pypdf import PdfReader

from tools import lint_site, printing

TOC = """format: jb-book
root: book/index
parts:
  - chapters:
      - file: book/01-echoes
        sections:
          - file: notebooks/01-echoes
          - file: book/evidence/01-echoes
"""
PAGE = """<head><link rel="stylesheet" href="{up}_static/book.css"><style></style></head><body>
<a class="skip-to-content" href="#x">Skip to content</a><article>
<section id="same"><h1>{title}</h1>{body}</section></article></body>"""
PAGES = {
    "book/index": ("Cover", "<p>See <a href='01-echoes.html#same'>chapter 1</a>.</p>"),
    "book/01-echoes": (
        "Echoes",
        "<p>See the <a href='../notebooks/01-echoes.html'>lab</a> or "
        "<a href='https://example.org/echo'>elsewhere</a>.<span class='measured-note'>A note</span>"
        "</p><svg><clipPath id='cut'/><g id='dot' clip-path='url(#cut)'/><use xlink:href='#dot'/>"
        "</svg><details><summary>Solution</summary><p>Unfolded.</p></details>",
    ),
    "book/evidence/01-echoes": ("Evidence: echoes", "<p>Long ago.</p>" * 90),
}


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A folder with a book of three pages, as the build leaves it."""
    root = tmp_path_factory.mktemp("house")
    site = root / "_build" / "html"
    for name, (title, body) in PAGES.items():
        path = site / f"{name}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(PAGE.format(title=title, body=body, up="../" * name.count("/")), "utf-8")
    (site / "_static").mkdir()
    css = lint_site.SITE.parents[1] / "book" / "_static" / "book.css"
    (site / "_static" / "book.css").write_text(css.read_text("utf-8"), "utf-8")
    config = "title: Echoes\nauthor: Ada\nrepository: {url: https://github.com/your_name/echo}\n"
    (root / "_config.yml").write_text(config, "utf-8")
    (root / "_toc.yml").write_text(TOC, "utf-8")
    return root


def text_of(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def test_the_book_is_printed_without_what_is_for_the_screen(browser, serve, house):
    pdf = printing.print_pages(browser, serve(house / "_build" / "html"), house)
    pages = text_of(pdf)
    assert len(pages) >= 6  # title, contents, cover, chapter, evidence on two
    assert all(re.search(rf"\b{n}\b", text) for n, text in enumerate(pages[1:], 2))
    assert "Echoes 4" in pages[1] and "Evidence: echoes 5" in pages[1]
    assert "Unfolded." in pages[3] and "https://example.org/echo" in pages[3]
    assert pages[3].startswith("Echoes") and pages[5].startswith("Evidence: echoes")
    assert not re.search("Skip to content|A note", "".join(pages))
    reader = PdfReader(io.BytesIO(pdf))
    assert [mark.title for mark in reader.outline if not isinstance(mark, list)][1:] == [
        title for title, _ in PAGES.values()
    ]
    assert "/book-01-echoes.same" in reader.named_destinations


def test_a_book_with_a_page_missing_is_refused(browser, serve, house, monkeypatch):
    whole = printing.compose
    monkeypatch.setattr(
        printing, "compose", lambda *given: whole(*given).partition('<article id="book-evi')[0]
    )
    with pytest.raises(SystemExit, match="not those that its contents name"):
        printing.print_pages(browser, serve(house / "_build" / "html"), house)


def test_the_parts_of_a_chart_still_name_each_other(house):
    sheet = printing.Sheet(house / "_build" / "html", "book/01-echoes")
    placed = sheet.place({"book/01-echoes"}, "")
    named = set(re.findall(r'(?:url\(|xlink:href=")#([^")]+)', placed))
    assert named == {"book-01-echoes.cut", "book-01-echoes.dot"}
    assert named <= set(re.findall(r' id="([^"]+)"', placed))


@pytest.mark.parametrize("address", ["", "https://ada.github.io/echo"])
def test_a_link_to_a_page_that_is_not_printed_leads_to_the_site_or_nowhere(house, address):
    sheet = printing.Sheet(house / "_build" / "html", "book/01-echoes")
    placed = sheet.place({"book/01-echoes"}, address)
    assert (f'href="{address}/notebooks/01-echoes.html"' in placed) == bool(address)
    assert "<a>lab</a>" in placed or address


def test_a_lesson_is_printed_from_the_site_as_it_is_read(browser, serve):
    page = browser.new_context().new_page()
    page.goto(f"{serve(lint_site.SITE)}/book/04-exploding-gradients.html")
    pages = text_of(page.pdf(prefer_css_page_size=True))
    page.context.close()
    assert all(re.search(rf"\b{n}\b", text) for n, text in enumerate(pages, 1))
    whole = " ".join("\n".join(pages).split())
    assert len(re.findall(r"4\. Exploding gradients", whole)) == 1
    for chrome in ("Skip to content", "On this page", "Back to top", "Part III"):
        assert chrome not in whole
