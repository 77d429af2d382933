"""What the browser tests share: one headless Chromium, and a static server like the real host."""

import functools
import gzip
import http.server
import io
import re
import threading
from pathlib import Path

import pytest

from tools import browser as browsers
from tools import notebooks
from tools import serve as site_server

AXE = notebooks.ROOT / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
STATUS_WAIT = 700  # ms: a figure's sentence and URL follow the last change after 400 ms
TEXT = (".html", ".css", ".js", ".mjs", ".json", ".svg", ".txt", ".xml", ".ipynb")


@pytest.fixture(scope="session")
def browser():
    """A Chromium; without one every test that needs it is skipped, in one line."""
    with browsers.running() as chromium:
        if chromium is None:
            pytest.skip(browsers.NONE)
        yield chromium


class GzipHandler(site_server.Handler):
    """Text is sent compressed, as GitHub Pages does, so that bytes can be counted honestly."""

    protocol_version = "HTTP/1.1"

    def send_head(self):
        path = Path(self.translate_path(self.path))
        if path.is_dir():
            path = path / "index.html"
        if path.suffix not in TEXT or not path.is_file():
            return super().send_head()
        body = gzip.compress(path.read_bytes(), 6, mtime=0)
        self.send_response(200)
        self.send_header("Content-Type", f"{self.guess_type(str(path))}; charset=utf-8")
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return io.BytesIO(body)


@pytest.fixture(scope="session")
def serve():
    """``serve(folder) -> url``: a server for each folder that is asked for, closed at the end."""
    servers = {}

    def start(folder) -> str:
        folder = Path(folder).resolve()
        if folder not in servers:
            handler = functools.partial(GzipHandler, directory=str(folder))
            servers[folder] = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
            threading.Thread(
                target=servers[folder].serve_forever, args=(0.05,), daemon=True
            ).start()
        return f"http://127.0.0.1:{servers[folder].server_port}"

    yield start
    for server in servers.values():
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe, the accessibility checker."""
    assert AXE.exists(), "run `npm ci` first"
    return AXE.read_text(encoding="utf-8")


def violations(page, axe, rules=None, within="html") -> list[str]:
    """What axe finds wrong in a part of a page, by our rules or by a few that are named."""
    # Once its observers have seen the window's size: they run after the layout, before the paint.
    page.evaluate("() => new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)))")
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe)
    only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": RULES}
    found = page.evaluate(  # only what is asked for here: axe can tell more, which takes its time
        "([within, runOnly]) => axe.run(within, "
        "{resultTypes: ['violations'], selectors: false, preload: false, runOnly})",
        [within, only],
    )
    return [f"{v['id']}: {n['html'][:150]}" for v in found["violations"] for n in v["nodes"]]


@pytest.fixture
def visit(browser):
    """``visit(url, **context options) -> page``; at the end nothing may have been complained of."""
    contexts, complaints = [], []

    def go(url, width=1280, expected=(), **options):
        context = browser.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)  # a busy machine is slow

        def complain(text):
            if not any(part in text for part in expected):
                complaints.append(text)

        page.on("pageerror", lambda error: complain(str(error)))
        page.on("console", lambda m: m.type in ("error", "warning") and complain(m.text))
        page.goto(url)
        return page

    yield go
    for context in contexts:
        context.close()
    assert complaints == []


def settled(page):
    page.wait_for_timeout(STATUS_WAIT)
    return page


def shown(text: str) -> float:
    """A number as a reader reads it: "2.4 × 10⁻⁸" is 2.4e-08."""
    text = text.translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹−", "-0123456789-"))
    return float(re.sub(r"\s", "", text).replace("×10", "e"))


def fits(page) -> list[str]:
    """What is too small, too wide or outside its picture."""
    return page.evaluate(
        """() => {
        const wrong = [], root = document.documentElement;
        const seen = s => [...document.querySelectorAll(`.explorer ${s}`)]
          .filter(e => e.checkVisibility());
        if (root.scrollWidth > root.clientWidth) wrong.push('the page is too wide');
        for (const t of seen('svg text')) {
          const box = t.getBoundingClientRect(), picture = t.closest('svg[role=img]');
          const frame = picture.getBoundingClientRect(), words = t.textContent;
          const size = parseFloat(getComputedStyle(t).fontSize);
          const scale = frame.width / picture.viewBox.baseVal.width;
          const inside = box.left > frame.left - 1 && box.right < frame.right + 1;
          if (size * scale < 12) wrong.push(`small: ${words}`);
          if (!inside) wrong.push(`cut: ${words}`);
        }
        const labels = seen('.labels text').map(t => t.getBoundingClientRect());
        labels.forEach((a, i) => labels.slice(i + 1).forEach(b => {
          const near = Math.abs(a.left - b.left) < 5 && Math.abs(a.top - b.top) < 12;
          if (near) wrong.push('labels overlap');
        }));
        const targets = 'button, input[type=range], fieldset label, .toggle, summary, .handle';
        for (const e of seen(targets)) {
          const box = e.getBoundingClientRect();
          if (box.height < 24 || box.width < 24) wrong.push(`target: ${e.outerHTML.slice(0, 80)}`);
        }
        return wrong;
      }"""
    )
