"""What the search knows: each section of the book, with its text but no notes, formulas or outputs.

The build writes the sections to `_static/search/sections.json`; `book/_static/search/` finds in
them with MiniSearch and a stemmer, in the reader's browser. `book/synonyms.yml` lists words that
mean the same. Sphinx' own search is off.
"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import yaml
from docutils import nodes
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
    r"book/(glossary|troubleshooting)$": 0.8,
    r"notebooks/\d\d-": 0.7,
    r"notebooks/exercises/": 0.4,
    r"book/evidence/": 0.5,
    r"book/index$": 0.5,
    r"book/references$": 0.15,
    r"notebooks/studies/": 0.12,
    r"book/teaching/": 0.1,
    r"": 0.25,  # claims, notation
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
ELSEWHERE = {"verdict", "verdict-lines", "notebook-block", "quiz"}  # claims: in the ledger
ASIDE = {"Now you", "Try it", "In short", "Verdict", "Protocol", "Sources"}
BEGINNINGS = {  # pages for those who check or teach: how many characters of a section are known
    "notebooks/studies/": 150,
    "notebooks/exercises/": 150,
    "book/evidence/": 500,
    "book/teaching/": 150,
}
AS_A_WHOLE = "book/teaching/"  # pages that are found as pages, not by their sections
PLAIN = re.compile(r"[\w\s+=,.()-]+")  # a formula that reads as it is written
NAME = re.compile(r"[A-Za-z]\w{2,}")


def is_site(app) -> bool:
    return app.builder.name == "html"


def sections(doctree, longest: int | None = None) -> list[dict]:
    """The sections of a page in their order: anchor, title, text, and the names in their code.

    With a longest: that many characters of each text, and no names.
    """
    found = []

    def read(node, section):
        if isinstance(node, nodes.Text):
            section["text"].append(str(node))
        elif isinstance(node, nodes.math):
            section["text"].append(formula(node))
        elif isinstance(node, nodes.literal_block):
            if not longest and "python" in node.get("language", ""):
                section["names"] |= set(NAME.findall(node.astext()))
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
    if page.startswith("notebooks/"):
        return f"Lab {int(name[:2])}: {title}"
    return title


def unknown(app, env, added, changed, removed):
    """The pages of which the last build left no sections."""
    return sorted(env.found_docs - app.recurrent_sections.keys()) if is_site(app) else []


def note(app, doctree, page):
    """Remember what a page says that is being written."""
    if is_site(app):
        cut = (longest for place, longest in BEGINNINGS.items() if page.startswith(place))
        found = sections(doctree, next(cut, None))
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
    words = Path(app.confdir, "book", "synonyms.yml")
    synonyms = yaml.safe_load(words.read_text(encoding="utf-8")) if words.exists() else []
    pages = [
        {
            "page": page,
            "title": heading(page, app.env.titles[page].astext()),
            "weight": next(w for place, w in PLACES.items() if re.match(place, page)),
            "sections": app.recurrent_sections[page],
        }
        for page in sorted(app.env.found_docs)
    ]
    data = {"synonyms": synonyms, "pages": pages}
    moved.write(Path(app.outdir, DATA), json.dumps(data, ensure_ascii=False, separators=(",", ":")))


def page(app):
    yield "search", {}, "search.html"


def setup(app):
    app.connect("builder-inited", start)
    app.connect("env-get-outdated", unknown)
    app.connect("doctree-resolved", note, priority=900)
    app.connect("html-collect-pages", page)
    app.connect("build-finished", write)
