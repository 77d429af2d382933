"""What the pages keep of Furo and of Jupyter Book, and what they lack.

Jupyter Book adds scripts and style sheets for another theme to every page. This part lets through
what a page uses. It also tells a page's description, gives pictures their size (so that text does
not jump while they load), folds solutions with the browser's own <details>, and links the pages to
their sources once the book has an address.
"""

from __future__ import annotations

import html
import re
from pathlib import Path
from urllib.parse import quote

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.images import get_image_size
from sphinx_exercise.nodes import solution_node

from tools import notebooks

from . import formatting, moved, policy

log = logging.getLogger(__name__)
STYLES = {  # style sheet: what a page must contain to load it
    "styles/furo.css": "",
    "pygments.css": 'class="highlight',
    "katex.min.css": "",  # only there when the page has mathematics
    "styles/furo-extensions.css": "sd-",
    "sphinx-design.min.css": "sd-",
    "book.css": "",
}
SCRIPTS = ("scripts/furo.js", "book.mjs")
UNUSED = (  # extensions that Jupyter Book loads and this book has no use for
    "sphinx_thebe",
    "sphinx_togglebutton",
    "sphinx_copybutton",
    "sphinx_comments",
    "sphinx_book_theme",
    "pydata_sphinx_theme",
)
VERBATIM = (nodes.literal, nodes.literal_block, nodes.math, nodes.math_block, nodes.raw)
DESCRIPTION = 160  # characters, what search engines show


def address(app) -> str | None:
    """The repository's address, or None while the book has none of its own."""
    try:
        found = notebooks.repository(Path(app.srcdir))
    except (OSError, KeyError, TypeError):
        return None
    return found if notebooks.adopted(found) else None


def configure(app, config):
    # The theme registers this value when it is loaded, too late for _config.yml.
    config._raw_config.setdefault("pygments_dark_style", "github-dark")
    repository = address(app)
    options = config.html_theme_options
    options["top_of_page_buttons"] = ["view", "edit"] if repository else []
    if repository:
        options |= {
            "source_repository": repository + "/",
            "source_branch": notebooks.setting("branch", Path(app.srcdir)),
        }
        options["source_directory"] = ""
        config.html_baseurl = notebooks.site(repository) + "/"


def quiet(app, config):
    """Unused extensions no longer hear of the build, so that they add nothing to the pages."""
    for listener in [one for event in app.events.listeners.values() for one in event]:
        if listener.handler.__module__.startswith(UNUSED):
            app.disconnect(listener.id)


class OneIdEach(SphinxPostTransform):
    """Furo's wrappers repeat the ids of what they wrap; exercises share one id for their bodies."""

    default_priority = 510  # Furo wraps at 500
    formats = ("html",)

    def run(self):
        for node in self.document.findall(nodes.Element):
            wraps = {"table-wrapper", "math-wrapper"} & set(node.get("classes", ()))
            if wraps or node.get("ids") in (["exercise-content"], ["solution-content"]):
                node["ids"] = []


class OneSeparator(SphinxPostTransform):
    """Thousands in running text are set apart by a thin space, as in measured numbers."""

    default_priority = 520
    formats = ("html",)

    def run(self, **options):
        for text in list(self.document.findall(nodes.Text)):
            if not isinstance(text.parent, VERBATIM):
                shown = formatting.thousands(text)
                if shown != text:
                    text.parent.replace(text, nodes.Text(shown))


def keep(files, wanted, body):
    """The files of a page that it uses."""
    kept = []
    for file in files:
        name = str(getattr(file, "filename", file) or "")
        if any(part in name and needed in body for part, needed in wanted.items()):
            kept.append(file)
    return kept


def close_others(app, page, template, context, doctree):
    """Let the contents open the chapter that is read; Furo asks for the pages of all chapters.

    Their captions claim to be headings, but of no level.
    """
    if contents := context.get("toctree"):
        context["toctree"] = lambda **how: contents(**how | {"collapse": True}).replace(
            ' role="heading"', ""
        )


def trim(app, page, template, context, doctree):
    body = context.get("body") or ""
    context["script_files"] = keep(context["script_files"], dict.fromkeys(SCRIPTS, ""), body)
    context["css_files"] = keep(context["css_files"], STYLES, body)
    context["recurrent_repository"] = repository = address(app)
    if repository:
        asked = ask(repository, context.get("title") or "", app.builder.get_target_uri(page))
        context["recurrent_ask"] = asked


def ask(repository: str, title: str, page: str) -> str:
    """The address of a new issue in the repository that names a page."""
    words = html.unescape(re.sub("<[^>]+>", "", title))
    return f"{repository}/issues/new?title={quote(words)}&body={quote(f'About {page}:')}"


def description(doctree) -> str:
    """The first paragraph of a page that is neither a quotation nor a lab's block, in short."""
    for paragraph in doctree.findall(nodes.paragraph):
        if isinstance(paragraph.parent, nodes.section):
            paragraph = paragraph.deepcopy()
            for node in list(paragraph.findall(unspoken)):
                node.parent.remove(node)
            return shorten(re.sub(r"\s+", " ", paragraph.astext()).strip())
    return ""


def unspoken(node) -> bool:
    """Whether a node is a note that stays closed until asked for."""
    return isinstance(node, nodes.Element) and node.get("unspoken", False)


def shorten(text: str, length: int = DESCRIPTION) -> str:
    """A text cut at a word's end, with an ellipsis."""
    return text if len(text) <= length else text[: length - 1].rsplit(" ", 1)[0] + "…"


def check_titles(app, doctree):
    """A title is repeated in the sidebar and on other pages: nothing in it may open a note."""
    for title in doctree.findall(nodes.title):
        if next(title.findall(unspoken), None):
            log.warning("a measured number in a heading", location=title, type="recurrent")


def check_alt(app, doctree):
    """Every picture says what it shows."""
    for image in doctree.findall(nodes.image):
        if len(image.get("alt", "")) < 10:
            log.warning(
                "the picture %s has no alt text", image["uri"], location=image, type="recurrent"
            )


def visit_image(self, node):
    """An image with its natural size. The first of a page loads at once, the others when near."""
    path = Path(self.builder.srcdir, node["uri"].lstrip("/"))
    size = get_image_size(path) if path.suffix in (".png", ".jpg", ".jpeg") else None
    seen = getattr(self, "recurrent_images", 0)
    self.recurrent_images = seen + 1
    if seen:
        node["loading"] = "lazy"
    type(self).visit_image(self, node)
    if size and not {"width", "height", "scale"} & set(node.attributes):
        attributes = f'<img width="{size[0]}" height="{size[1]}"'
        self.body[-1] = self.body[-1].replace("<img", attributes, 1)


def depart_image(self, node):
    type(self).depart_image(self, node)


def visit_solution(self, node):
    """A solution stays folded until the reader opens it, without a script."""
    number = ""
    target = getattr(self.builder.env, "sphinx_exercise_registry", {}).get(node["target_label"])
    if target:
        numbers = self.builder.env.toc_fignumbers.get(target["docname"], {}).get("exercise", {})
        number = ".".join(map(str, numbers.get(target["node"]["ids"][0], ())))
    self.body.append(self.starttag(node, "details", CLASS="admonition"))
    self.body.append(f"<summary>Solution to exercise {number}".rstrip() + "</summary>\n")
    for title in [child for child in node.children if isinstance(child, nodes.title)]:
        node.remove(title)


def depart_solution(self, node):
    self.body.append("</details>\n")


def visit_citation(self, node):
    """A work in the bibliography, as an item of a list. They are sorted by author: no labels."""
    siblings = node.parent.children
    before = siblings[siblings.index(node) - 1] if siblings.index(node) else None
    if not isinstance(before, nodes.citation):
        self.body.append('<ul class="works">\n')
    self.body.append(self.starttag(node, "li"))
    for label in [child for child in node.children if isinstance(child, nodes.label)]:
        node.remove(label)


def depart_citation(self, node):
    self.body.append("</li>\n")
    after = node.parent.children[node.parent.children.index(node) + 1 :]
    if not after or not isinstance(after[0], nodes.citation):
        self.body.append("</ul>\n")


def front_page(app, error):
    """The site's own address leads to the book's first page (which lies in a folder)."""
    if error or app.builder.name != "html" or app.config.root_doc == "index":
        return
    page = app.builder.get_target_uri(app.config.root_doc)
    title = html.escape(app.config.html_title)
    moved.write(
        Path(app.outdir, "index.html"),
        f'<!doctype html>\n<html lang="{app.config.language}">\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy.of("")}">\n'
        f'<title>{title}</title>\n<meta http-equiv="refresh" content="0; url={page}">\n'
        f'<link rel="canonical" href="{app.config.html_baseurl}{page}">\n'
        f'<h1><a href="{page}">{title}</a></h1>\n</html>\n',
    )


def copies(app):
    """Each file of the book's own static folders, and where the site has it."""
    for folder in app.config.html_static_path:
        for path in Path(app.confdir, folder).rglob("*"):
            if path.is_file():
                place = path.relative_to(Path(app.confdir, folder))
                yield path, Path(app.outdir, "_static", place)


def light(path: Path) -> bytes:
    """A file as the site has it: a style sheet has no comments and no indentation there."""
    if path.suffix != ".css":
        return path.read_bytes()
    text = re.sub(r"(?s)/\*.*?\*/", "", path.read_text(encoding="utf-8"))
    return re.sub(r"\s*\n\s*", "\n", text).lstrip().encode()


def outdated(app, env, added, changed, removed) -> list[str]:
    """The cover, when a style sheet or a script changed: without a page Sphinx copies none."""
    for path, copy in copies(app):
        if not copy.exists() or copy.read_bytes() != light(path):
            return [app.config.root_doc]
    return []


def lighten(app, error):
    """Write the style sheets as light as they may be."""
    for path, copy in copies(app):
        if error is None and path.suffix == ".css" and copy.exists():
            copy.write_bytes(light(path))


def setup(app):
    app.setup_extension("sphinx_exercise")
    app.connect("env-get-outdated", outdated)
    app.connect("config-inited", configure)
    app.connect("config-inited", quiet)
    app.add_post_transform(OneIdEach)
    app.add_post_transform(OneSeparator)
    app.add_js_file("book.mjs", type="module", priority=900)
    app.connect("doctree-read", check_titles, priority=600)
    app.connect("doctree-read", check_alt, priority=600)
    app.connect("html-page-context", close_others, priority=400)  # before Furo
    app.connect("html-page-context", trim, priority=900)
    app.connect("build-finished", front_page)
    app.connect("build-finished", lighten)
    app.add_node(nodes.image, override=True, html=(visit_image, depart_image))
    app.add_node(nodes.citation, override=True, html=(visit_citation, depart_citation))
    app.add_node(solution_node, override=True, html=(visit_solution, depart_solution))
