"""What the search knows: each section of the book, with its text but no notes, formulas or outputs.

The build writes the sections to `_static/search/sections.json`; `book/_static/search/` finds in
them with MiniSearch and a stemmer, in the reader's browser. `book/synonyms.yml` lists words that
mean the same, `book/asked.yml` what readers ask for whose answer has another heading. Sphinx' own
search is off.
"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import yaml
from docutils import nodes
from pygments.lexers import PythonLexer
from pygments.token import Token
from sphinx import addnodes
from sphinx.errors import ExtensionError
from sphinx_exercise.nodes import solution_node

from . import moved, numbering

DATA = "_static/search/sections.json"
LIBRARIES = {  # what the pages load, and its licence
    "minisearch.mjs": "minisearch/dist/es/index.js",
    "minisearch.txt": "minisearch/LICENSE.txt",
    "stemmer.mjs": "stemmer/index.js",
    "stemmer.txt": "stemmer/license",
}
PLACES = {  # pages: how much a section there counts
    r"book/\d\d-": 1.0,
    r"book/troubleshooting$": 0.8,
    r"book/glossary$": 0.7,
    r"notebooks/\d\d-": 0.7,
    r"notebooks/exercises/": 0.4,
    r"book/evidence/": 0.5,
    r"book/index$": 0.5,
    r"book/references$": 0.15,
    r"book/teaching/": 0.12,  # says all again
    r"notebooks/studies/": 0.12,
    r"": 0.25,  # claims, notation and the other back matter
}
UNSPOKEN = (  # what a reader does not see, or cannot read as words
    nodes.Invisible,
    nodes.raw,
    nodes.image,
    nodes.title,  # each stands above its text
    nodes.label,
    nodes.math_block,
    solution_node,
    addnodes.compact_paragraph,  # a table of contents
)
# what stands elsewhere, too, or is no news
ELSEWHERE = {"verdict", "verdict-lines", "notebook-block", "quiz", "cited-in", "credits"}
ASIDE = {"Now you", "Try it", "In short", "Verdict", "Protocol", "Sources"}
BEGINNINGS = {  # of pages beside the lessons: how many characters of a section are known
    "notebooks/studies/": 60,
    "notebooks/exercises/": 80,
    "notebooks/": 400,
    "book/evidence/": 300,
    "book/teaching/": 80,
}
NAMED = 0.7  # a page that counts so much is found by the names in its code, too
AS_A_WHOLE = "book/teaching/"  # pages that are found as pages, not by their sections
PLAIN = re.compile(r"[\w\s+=,.()-]+")  # a formula that reads as it is written


def is_site(app) -> bool:
    return app.builder.name == "html"


def sections(doctree, longest: int | None = None, named: bool = True) -> list[dict]:
    """The sections of a page in their order: anchor, title, text, and the names in their code.

    longest: so many characters of each text; named: whether the names are kept.
    """
    found = []

    def read(node, section):
        if isinstance(node, nodes.Text):
            section["text"].append(str(node))
        elif isinstance(node, nodes.math):
            section["text"].append(formula(node))
        elif isinstance(node, nodes.literal_block):
            if named and "python" in node.get("language", ""):
                section["names"] |= names(node.astext())
        elif not silent(node):
            if begins := beginning(node):
                section = {"anchor": begins[0], "title": begins[1], "text": [], "names": set()}
                found.append(section)
            for child in node.children:
                read(child, section)
            if not isinstance(node, nodes.Inline):
                section["text"].append("\n")

    read(doctree, {"text": [], "names": set()})
    for section in found:
        section["text"] = " ".join("".join(section["text"]).split())[:longest]
        section["names"] = " ".join(sorted(section["names"]))
        section["aside"] = section["title"] in ASIDE
    for page in found[:1]:  # what stands before the second heading is found as the page itself
        page |= {"anchor": "", "title": ""}
    return found


def names(code: str) -> set[str]:
    """The names in a piece of Python, without its comments and strings."""
    found = PythonLexer().get_tokens(code)
    return {name for kind, name in found if kind in Token.Name and len(name) > 2}


def told(app, name: str, otherwise):
    """What a file beside the pages says, if there is one."""
    path = Path(app.confdir, "book", name)
    return yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else otherwise


def check(asked: dict[str, list[str]], pages: list[dict]):
    """What readers ask for leads to sections that are there."""
    places = {
        f"{page['page']}#{section['anchor']}".removesuffix("#")
        for page in pages
        for section in page["sections"]
    }
    if lost := asked.keys() - places:
        raise ExtensionError(f"asked.yml: there is no section {', '.join(sorted(lost))}")


def beginning(node) -> tuple[str, str] | None:
    """Anchor and title of what is found by itself: a section, a term, a claim, a work."""
    if isinstance(node, nodes.section) and isinstance(node[0], nodes.title):
        words = (formula(n) if isinstance(n, nodes.math) else n.astext() for n in node[0])
        return node["ids"][0], "".join(words)
    if isinstance(node, nodes.definition_list_item) and node[0]["ids"]:
        names = (child.astext() for child in node if isinstance(child, nodes.term))
        return node[0]["ids"][0], f"Glossary: {', '.join(names)}"
    if "claim-card" in classes(node):
        return node["ids"][0], f"Claim {node['ids'][0].upper()}"
    if isinstance(node, nodes.citation):
        return node["ids"][0], ""
    return None


def silent(node) -> bool:
    """Whether a node is no part of what the page says, or is said elsewhere."""
    return (
        isinstance(node, UNSPOKEN)
        or bool(classes(node) & ELSEWHERE)
        or (isinstance(node, nodes.term) and bool(node["ids"]))
        or node.get("nb_element") == "cell_code_output"
    )


def classes(node) -> set[str]:
    return set(node.get("classes", ()))


def formula(node) -> str:
    """A formula as it is written, where that can be read."""
    return node.astext() if PLAIN.fullmatch(node.astext()) else "…"


def weight(page: str) -> float:
    """How much a section of a page counts."""
    return next(much for place, much in PLACES.items() if re.match(place, page))


def heading(page: str, title: str) -> str:
    """A page's title with its number and what it is."""
    number, name = numbering.number_of(page), Path(page).name
    if numbering.LESSON.match(page):
        return f"{number}. {title}"
    if number:
        return title.replace("Evidence", f"Evidence {number}")
    if page.startswith("notebooks/exercises/"):
        return title.replace("Exercises", f"Exercises {int(name[:2])}")
    if page.startswith("notebooks/studies/"):
        return f"Study {name.split('-')[0].lstrip('0')}: {title.removesuffix(': the study')}"
    if re.match(r"notebooks/\d", page):
        return f"Lab {int(name[:2])}: {title}"
    return title


def unknown(app, env, added, changed, removed):
    """The pages of which the last build left no sections."""
    return sorted(env.found_docs - app.recurrent_sections.keys()) if is_site(app) else []


def note(app, doctree, page):
    """Remember what a page says that is being written."""
    if is_site(app):
        cut = (longest for place, longest in BEGINNINGS.items() if page.startswith(place))
        found = sections(doctree, next(cut, None), weight(page) >= NAMED)
        app.recurrent_sections[page] = found[:1] if page.startswith(AS_A_WHOLE) else found


def start(app):
    """Begin with what the last build found in the pages that are not made anew."""
    app.builder.search = False
    try:
        known = json.loads(Path(app.outdir, DATA).read_text(encoding="utf-8"))["pages"]
    except (OSError, ValueError):
        known = []
    app.recurrent_sections = {page["page"]: page["sections"] for page in known}


def write(app, error):
    """Write the data of the search, and put what it runs on beside it."""
    if error or not is_site(app):
        return
    folder = Path(app.outdir, DATA).parent
    folder.mkdir(parents=True, exist_ok=True)
    for name, source in LIBRARIES.items():
        file = Path(app.confdir, "node_modules", source)
        if not file.exists():
            raise ExtensionError(
                f"{source.split('/')[0]} is not installed: run `make`, or `npm ci`"
            )
        shutil.copyfile(file, folder / name)
    pages = [
        {
            "page": page,
            "title": heading(page, app.env.titles[page].astext()),
            "weight": weight(page),
            "sections": app.recurrent_sections[page],
        }
        for page in sorted(app.env.found_docs)
    ]
    asked = told(app, "asked.yml", {})
    data = {"synonyms": told(app, "synonyms.yml", []), "asked": asked, "pages": pages}
    moved.write(Path(app.outdir, DATA), json.dumps(data, ensure_ascii=False, separators=(",", ":")))
    check(asked, pages)


def page(app):
    yield "search", {}, "search.html"


def setup(app):
    app.connect("builder-inited", start)
    app.connect("env-get-outdated", unknown)
    app.connect("doctree-resolved", note, priority=900)
    app.connect("html-collect-pages", page)
    app.connect("build-finished", write)
