"""The built pages in headless Chromium. What needs no browser is in tools/lint_site.py."""

import gzip
import os
import re
from pathlib import Path

import pytest
from conftest import violations
from PIL import Image

from tools import checks, compare, lint_site, notebooks

SITE = lint_site.SITE
EXTENSION = SITE.parents[1] / "book" / "_ext" / "recurrent_book"
PAGE_BYTES, PAGE_REQUESTS = 120_000, 25
FIGURE = re.compile(r'<svg\b[^>]*class="(?:chart|drawing|seeds)\b.*?</svg>', re.DOTALL)
# How a page is looked at: scheme, width, and which rules of axe apply. What a page is made of is
# the same in both schemes, so that the dark one is asked only for what depends on colour. A page of
# each kind is looked at in five ways; three do for the others, which have its parts.
COLOURS = ["color-contrast", "link-in-text-block", "image-alt", "svg-img-alt"]
LAYOUT = ["target-size", "scrollable-region-focusable", "meta-viewport"]
LOOKS = (
    ("light", 1280, None),
    ("light", 390, None),
    ("light", 320, LAYOUT),
    ("dark", 390, COLOURS),
    ("dark", 1280, COLOURS),
)
KINDS = (  # a page of each kind: the cover, a lesson with figure and quiz, its lab, …
    "book/index.html",
    "book/05-vanishing-gradients.html",
    "notebooks/05-vanishing-gradients.html",
    "notebooks/studies/05a-vanishing-gradients.html",
    "book/evidence/05-vanishing-gradients.html",
    "book/claims.html",
    "search.html",
)
ELSEWHERE = {"_static", "slides"}  # no pages; tests/test_slides.py looks at the decks
FEWER_LOOKS = (  # the last at the width alone
    ("light", 1280, None),
    ("dark", 390, COLOURS + LAYOUT),
    ("light", 320, []),
)
ALIKE = re.compile(r"book/teaching/notes/(?!0[58]-)")  # of one form: two of them are looked at
PAGES = sorted(
    p.relative_to(SITE).as_posix()
    for p in SITE.rglob("*.html")
    if not ELSEWHERE & set(p.parts) and 'http-equiv="refresh"' not in p.read_text(encoding="utf-8")
)
PAGES = [name for name in PAGES if not ALIKE.match(name)]


def of_this_run(pages: list[str], whole: bool) -> list[str]:
    """The pages; if not all are asked for, of the notebooks' what changed and some others."""
    paths = {name: (notebooks.ROOT / name).with_suffix(".ipynb") for name in pages}
    found = [path for path in paths.values() if path.exists()]
    kept = found if whole else compare.changed("pages", checks.COMMITS, found)
    out = {path for path in found if path not in kept}
    return [name for name, path in paths.items() if path not in out or name in KINDS]


PAGES = of_this_run(PAGES, whole=bool(os.environ.get("ALL")))
TO_THE_TOP = "scrollTo({top: 0, behavior: 'instant'})"  # where the phone's header covers nothing
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def test_there_is_a_built_book():
    assert "book/index.html" in PAGES, "run `make book` first"


@pytest.fixture(scope="module")
def url(serve):
    return serve(SITE)


class Visit:
    """One page in a context of its own, with everything that it asked for and complained about."""

    def __init__(self, browser, url, name, *, width=1280, scheme="light", **options):
        self.context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, **options
        )
        self.page = self.context.new_page()
        self.complaints, self.hosts, self.requests = [], set(), {}
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self._console)
        self.page.on("requestfailed", lambda r: self.complaints.append(f"failed: {r.url}"))
        self.page.on("response", self._response)
        session = self.context.new_cdp_session(self.page)
        session.send("Network.enable")
        session.on("Network.requestWillBeSent", self._sent)
        session.on("Network.loadingFinished", self._finished)
        self.response = self.page.goto(f"{url}/{name}", wait_until="networkidle")

    def _console(self, message):
        if message.type == "error":
            self.complaints.append(message.text)

    def _response(self, response):
        self.hosts.add(response.url.split("/")[2] if "//" in response.url else "data")
        if response.status >= 400:
            self.complaints.append(f"{response.status}: {response.url}")

    def _sent(self, event):
        address = event["request"]["url"]
        if not address.startswith("data:"):
            self.requests[event["requestId"]] = [address, event.get("type"), 0]

    def _finished(self, event):
        if event["requestId"] in self.requests:
            self.requests[event["requestId"]][2] = event["encodedDataLength"]

    def bytes(self) -> int:
        """Bytes over the wire, without figures: images, drawings and charts, interactive ones."""
        page = self.response.text()
        figures = len(gzip.compress(page.encode(), 6)) - len(
            gzip.compress(FIGURE.sub("", page).encode(), 6)
        )
        return -figures + sum(
            size
            for address, kind, size in self.requests.values()
            if kind != "Image" and "/explorers/" not in address
        )

    def open_everything(self):
        """Scroll to the end and unfold all that folds."""
        self.page.evaluate(
            """async () => {
              document.querySelectorAll('details').forEach(d => d.open = true);
              for (let y = 0; y < document.body.scrollHeight; y += 800) {
                scrollTo(0, y); await new Promise(r => setTimeout(r, 10));
              }
            }"""
        )


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_clean_and_light_and_everyone_can_read_it(browser, url, axe, name):
    visit = Visit(browser, url, name)
    assert visit.complaints == []
    assert visit.hosts <= {url.split("/")[2], "data"}
    assert len(visit.requests) <= PAGE_REQUESTS
    assert visit.bytes() <= PAGE_BYTES
    visit.open_everything()
    found = {}
    for scheme, width, rules in LOOKS if name in KINDS else FEWER_LOOKS:
        visit.page.emulate_media(color_scheme=scheme)
        visit.page.set_viewport_size({"width": width, "height": 900})
        visit.page.evaluate(TO_THE_TOP)
        wide = visit.page.evaluate(TOO_WIDE)
        found[scheme, width] = [f"{wide} pixels too wide"] if wide > 0 else []
        if rules != []:
            found[scheme, width] += violations(visit.page, axe, rules)
    assert {where: what for where, what in found.items() if what} == {}
    visit.context.close()


@pytest.mark.parametrize("name", [n for n in PAGES if re.match(r"book/\d\d-", n)])
def test_a_chapter_is_whole_without_javascript(browser, url, name):
    visit = Visit(browser, url, name, java_script_enabled=False)
    page = visit.page
    assert page.locator(".katex").count() > 0 and page.locator(".katex").first.is_visible()
    assert page.locator(".katex math").count() == page.locator(".katex").count()
    assert page.locator("article :is(img, svg[role=img])").first.is_visible()
    for twin in page.locator(".twin").all():
        assert twin.is_visible()
    visit.context.close()


@pytest.mark.parametrize("name", [n for n in PAGES if re.match(r"book/\d\d-", n)])
def test_a_measured_number_tells_where_it_comes_from(browser, url, axe, name):
    visit = Visit(browser, url, name, width=390)
    button = visit.page.locator("button.measured").first
    within = f"#{button.get_attribute('popovertarget')}"
    note = visit.page.locator(within)
    assert not note.is_visible()
    button.focus()
    visit.page.keyboard.press("Enter")
    assert note.is_visible()
    kinds = r"\b(one run|one pair of runs|of \d+ (paired )?(seeds|rounds))\b"
    assert re.search(kinds, note.inner_text())
    assert note.locator("a").get_attribute("href").startswith("../notebooks/")
    assert violations(visit.page, axe, within=within) == []
    visit.page.keyboard.press("Escape")
    assert not note.is_visible()
    visit.context.close()


def test_a_page_that_is_not_there_helps_from_any_depth(browser, url):
    visit = Visit(browser, url, "book/index.html")
    lost, missing = f"{url}/book/evidence/none.html", (SITE / "404.html").read_text("utf-8")
    visit.page.route(lost, lambda route: route.fulfill(body=missing, content_type="text/html"))
    visit.page.goto(lost, wait_until="networkidle")
    assert visit.complaints == []
    links = visit.page.locator("article nav a")
    assert {link.evaluate("a => a.href") for link in links.all()} > {f"{url}/book/06-gates.html"}
    visit.page.locator("article").get_by_label("Words to find").fill("clipnorm")
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_url("**/search.html?q=clipnorm")
    visit.context.close()


PRESS_ALL = """() => {
  const things = [...document.querySelectorAll('article :is(button, label, summary)')];
  things.forEach(thing => thing.click());
  return things.length;
}"""


def refused(visit) -> list[str]:
    """What the page wanted to do and its policy did not allow."""
    return [told for told in visit.complaints if "Content Security Policy" in told]


@pytest.mark.parametrize("name", KINDS)
def test_what_a_reader_presses_does_not_offend_the_policy(browser, url, name):
    visit = Visit(browser, url, f"{name}?q=clipnorm")  # which the page of the search answers
    before = visit.page.evaluate("document.body.dataset.theme")
    visit.page.locator(".theme-toggle:visible").first.click()
    assert visit.page.evaluate("document.body.dataset.theme") != before
    assert visit.page.evaluate(PRESS_ALL) > 0
    assert refused(visit) == []
    visit.context.close()


def test_a_moved_page_leads_on_with_its_anchor(browser, url):
    visit = Visit(browser, url, "notebooks/06c-forget-bias.html#findings")
    visit.page.wait_for_url("**/notebooks/studies/06c-forget-bias.html#findings")
    assert visit.complaints == []
    visit.context.close()


PLANTED = (
    "<script>document.title = 'planted'</script>",
    "<img src='{}' onload=\"document.title = 'planted'\">",
    "<script src='https://other.invalid/planted.js'></script>",
    "<iframe src='https://other.invalid/'></iframe>",
)


def test_what_is_planted_in_a_page_does_not_run(browser, serve, tmp_path):
    page = (SITE / "book" / "index.html").read_text("utf-8")
    dot = "data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA="
    planted = "".join(PLANTED).replace("{}", dot)
    (tmp_path / "page.html").write_text(page.replace("</article>", f"{planted}</article>"))
    visit = Visit(browser, serve(tmp_path), "page.html")
    assert len(refused(visit)) == len(PLANTED) and visit.page.title() != "planted"
    visit.context.close()


def test_the_picture_of_a_shared_link_is_small():
    card = SITE / "_static" / "card.png"
    assert Image.open(card).size == (1200, 630) and card.stat().st_size < 40_000


def test_the_checks_of_a_page_see_a_bad_page(browser, serve, axe, tmp_path):
    (tmp_path / "bad.html").write_text(
        "<html><body><img src='http://other.invalid/a.png'><p style='width:2000px'>x</p>"
        "<script>nothing.here()</script></body></html>"
    )
    address = serve(Path(tmp_path))
    visit = Visit(browser, address, "bad.html", width=320)
    assert any("nothing is not defined" in c for c in visit.complaints)
    assert any("failed" in c or "ERR_" in c for c in visit.complaints)
    assert any(v.startswith("image-alt") for v in violations(visit.page, axe))
    assert any(v.startswith("html-has-lang") for v in violations(visit.page, axe))
    visit.context.close()


def test_all_pages_are_looked_at_on_request(monkeypatch):
    monkeypatch.setattr(compare, "touched", lambda commits, root: (set(), "a commit"))
    pages = ["book/index.html", *(f"notebooks/{p.stem}.html" for p in notebooks.labs())]
    assert of_this_run(pages, whole=True) == pages
    some = of_this_run(pages, whole=False)
    assert {"book/index.html", "notebooks/05-vanishing-gradients.html"} < set(some)
    assert len(some) <= 2 + compare.SAMPLE < len(pages)


def unused_classes(css: str, site: Path) -> set[str]:
    """Classes of a style sheet that no page has, no script sets and no code of the book names."""
    css = re.sub(r'(?s)/\*.*?\*/|"[^"]*"|url\([^)]*\)', "", css)
    selectors = " ".join(re.findall(r"([^{}]+)\{", css))
    known = set()
    for page in site.rglob("*.html"):
        for names in re.findall(r'\sclass="([^"]*)"', page.read_text(encoding="utf-8")):
            known |= set(names.split())
    code = [p for p in (site / "_static").rglob("*") if p.suffix in (".js", ".mjs")]
    code += [*Path(lint_site.__file__).parent.glob("*.py"), *EXTENSION.glob("*.py")]
    known |= {w for p in code for w in re.findall(r"[\w-]+", p.read_text(encoding="utf-8"))}
    return set(re.findall(r"\.(-?[a-zA-Z_][\w-]*)", selectors)) - known


def test_each_class_of_the_style_sheet_is_used():
    css = (EXTENSION.parents[1] / "_static" / "book.css").read_text(encoding="utf-8")
    assert unused_classes(css, SITE) == set()
    assert unused_classes(f"{css} .quiz-button {{ color: red }}", SITE) == {"quiz-button"}
