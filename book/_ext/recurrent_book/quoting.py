"""The {lab} directive: a figure, an output or a few lines of code from a lab, by a cell's name.

Nothing of a lab is copied by hand, so nothing can differ from what ran.
"""

from __future__ import annotations

import base64
import hashlib
import os
from pathlib import Path

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from . import facts, links

PICTURES = {"image/png": ".png", "image/svg+xml": ".svg"}


def cell_of(notebook, name: str):
    """The code cell of a notebook with that id. Raises FactError."""
    for cell in notebook.cells:
        if cell.cell_type == "code" and cell["id"] == name:
            return cell
    known = ", ".join(c["id"] for c in notebook.cells if c.cell_type == "code")
    raise facts.FactError(f"there is no code cell {name!r}; the lab has {known}")


def picture(cell) -> tuple[str, bytes]:
    """Suffix and bytes of a cell's picture. Raises FactError."""
    for output in cell.outputs:
        for mime, suffix in PICTURES.items():
            if mime in output.get("data", {}):
                data = output["data"][mime]
                return suffix, base64.b64decode(data) if suffix == ".png" else data.encode()
    raise facts.FactError(f"the cell {cell['id']!r} shows no figure")


def printed(cell) -> str:
    """What a cell printed, or the text of its result. Raises FactError."""
    parts = []
    for output in cell.outputs:
        if output.output_type == "stream" and output.name == "stdout":
            parts.append(output.text)
        elif "text/plain" in output.get("data", {}) and not PICTURES.keys() & output["data"].keys():
            parts.append(output["data"]["text/plain"] + "\n")
    if not "".join(parts).strip():
        raise facts.FactError(f"the cell {cell['id']!r} prints nothing")
    return "".join(parts).rstrip("\n")


def lines(text: str, wanted: str | None) -> str:
    """Lines ``3-9`` (or ``4``) of a text, counted from 1, without their common indentation."""
    if wanted is None:
        return text
    every = text.split("\n")
    first, _, last = wanted.partition("-")
    try:
        first, last = int(first), int(last or first)
    except ValueError:
        raise facts.FactError(f"the lines {wanted!r} are not of the form 3-9") from None
    if not 1 <= first <= last <= len(every):
        raise facts.FactError(f"lines {wanted} of {len(every)}")
    chosen = every[first - 1 : last]
    indent = min((len(s) - len(s.lstrip()) for s in chosen if s.strip()), default=0)
    return "\n".join(s[indent:] for s in chosen)


def save_picture(env, suffix: str, data: bytes) -> str:
    """Put a picture where myst-nb puts those of the lab's own page; its name for Sphinx."""
    folder = Path(env.mystnb_config.output_folder)
    path = folder / (hashlib.sha256(data).hexdigest() + suffix)
    folder.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        path.write_bytes(data)
    return "/" + Path(os.path.relpath(path, env.srcdir)).as_posix()


class Lab(SphinxDirective):
    """``{lab} 05/gradient-by-lag``, with ``show``, ``lines``, ``caption``, ``name``."""

    required_arguments = 1
    option_spec = {  # noqa: RUF012
        "show": lambda text: directives.choice(text, ("figure", "output", "code")),
        "lines": directives.unchanged_required,
        "caption": directives.unchanged_required,
        "name": directives.unchanged_required,
    }

    def run(self):
        try:
            return self.quote()
        except facts.FactError as error:
            raise self.error(f"{{lab}} {self.arguments[0]}: {error}") from None

    def quote(self) -> list[nodes.Node]:
        number, slash, name = self.arguments[0].partition("/")
        if not slash:
            raise facts.FactError("not of the form lab/cell")
        path = facts.one_lab(self.env, number)
        cell = cell_of(facts.read(self.env, path), name)
        source = links.to(
            self.env, f"notebooks/{path.stem}", name,
            nodes.Text("from the lab: "), nodes.literal("", name), classes=["lab-link"],
        )  # fmt: skip
        show = self.options.get("show", "figure")
        if show == "figure":
            return [self.figure(cell, source)]
        text = lines(cell.source if show == "code" else printed(cell), self.options.get("lines"))
        block = nodes.literal_block(text, text, language="python" if show == "code" else "text")
        box = nodes.container("", classes=["lab-quote", f"lab-{show}"])
        if "caption" in self.options:
            caption = self.inline(self.options["caption"])
            box += nodes.paragraph("", "", *caption, classes=["lab-caption"])
        box += [block, nodes.paragraph("", "", source)]
        self.set_source_info(block)
        self.add_name(box)
        return [box]

    def figure(self, cell, source) -> nodes.figure:
        """A cell's picture with its alt text, its caption and the way to the cell."""
        found, about = picture(cell), cell.metadata.get("mystnb", {})
        alt = about.get("image", {}).get("alt", "")
        if not alt:
            raise facts.FactError(f"the figure of {cell['id']!r} has no alt text")
        if "lines" in self.options:
            raise facts.FactError("a figure has no lines")
        image = nodes.image(uri=save_picture(self.env, *found), alt=alt)
        figure = nodes.figure("", image, classes=["lab-figure"])
        self.set_source_info(figure)
        text = self.options.get("caption") or about.get("figure", {}).get("caption", "")
        figure += nodes.caption("", "", *self.inline(text), nodes.Text(" "), source)
        self.add_name(figure)
        return figure

    def inline(self, text: str) -> list[nodes.Node]:
        return self.state.inline_text(text, self.lineno)[0] if text else []


def setup(app):
    app.add_directive("lab", Lab)
