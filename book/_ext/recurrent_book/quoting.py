"""The {lab} and {study} directives: a figure, an output or code of a notebook, by a cell's name.

Nothing of a notebook is copied by hand, so nothing can differ from what ran. Code is quoted by the
names that it defines, or between two comments, ``# part: name`` and ``# end part``; never by line
numbers, which shift without a word.
"""

from __future__ import annotations

import ast
import base64
import hashlib
import os
import re
import textwrap
from pathlib import Path

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from . import charts, links, sources

PICTURES = {"image/svg+xml": ".svg", "image/png": ".png"}
MARK = re.compile(r"^\s*# (?:part: \S+|end part)\s*$")


def cell_of(notebook, name: str):
    """The code cell of a notebook with that id. Raises FactError."""
    for cell in notebook.cells:
        if cell.cell_type == "code" and cell["id"] == name:
            return cell
    known = ", ".join(c["id"] for c in notebook.cells if c.cell_type == "code")
    raise sources.FactError(f"there is no code cell {name!r}; the notebook has {known}")


def picture(cell) -> tuple[str, bytes]:
    """Suffix and bytes of a cell's picture. Raises FactError."""
    for output in cell.outputs:
        for mime, suffix in PICTURES.items():
            if mime in output.get("data", {}):
                data = output["data"][mime]
                return suffix, base64.b64decode(data) if suffix == ".png" else data.encode()
    raise sources.FactError(f"the cell {cell['id']!r} shows no figure")


def printed(cell) -> str:
    """What a cell printed, or the text of its result. Raises FactError."""
    parts = []
    for output in cell.outputs:
        if output.output_type == "stream" and output.name == "stdout":
            parts.append(output.text)
        elif "text/plain" in output.get("data", {}) and not PICTURES.keys() & output["data"].keys():
            parts.append(output["data"]["text/plain"] + "\n")
    if not "".join(parts).strip():
        raise sources.FactError(f"the cell {cell['id']!r} prints nothing")
    return "".join(parts).rstrip("\n")


def paragraph(text: str, start: str) -> str:
    """The block of lines, up to a blank one, whose first line begins with ``start``."""
    for block in re.split(r"\n\s*\n", text):
        if block.startswith(start):
            return block
    raise sources.FactError(f"no paragraph of the output begins with {start!r}")


def unmarked(text: str) -> str:
    """Code without the comments that mark its parts."""
    return "\n".join(line for line in text.split("\n") if not MARK.match(line))


def part(text: str, name: str) -> str:
    """The lines between ``# part: name`` and ``# end part``, without common indentation."""
    found = re.search(rf"(?ms)^\s*# part: {re.escape(name)}\n(.*?)^\s*# end part\s*$", text)
    if not found:
        known = ", ".join(re.findall(r"# part: (\S+)", text)) or "none"
        raise sources.FactError(f"no part {name!r} is marked in the cell; marked: {known}")
    return textwrap.dedent(unmarked(found.group(1))).rstrip("\n")


def defines(statement: ast.stmt) -> set[str]:
    """The names by which a statement can be quoted: what it defines, or the method it calls."""
    if isinstance(statement, ast.FunctionDef | ast.ClassDef):
        return {statement.name}
    if isinstance(statement, ast.Assign):
        return {n.id for t in statement.targets for n in ast.walk(t) if isinstance(n, ast.Name)}
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
        return {ast.unparse(statement.value.func)}
    return set()


def functions(text: str, names: str) -> str:
    """The statements of a cell that define the names (functions, classes, variables), in order."""
    lines, chosen, missing = text.split("\n"), [], {name.strip() for name in names.split(",")}
    for statement in ast.parse(text).body:
        if defines(statement) & missing:
            missing -= defines(statement)
            first = min([statement.lineno, *(d.lineno for d in decorators(statement))])
            chosen.append((first, statement.end_lineno, statement))
    if missing:
        raise sources.FactError(f"the cell defines no {', '.join(sorted(missing))}")
    pieces, last = [], None
    for first, end, statement in chosen:
        if last is not None:
            wide = {type(last), type(statement)} & {ast.FunctionDef, ast.ClassDef}
            pieces.append("\n\n\n" if wide else "\n")
        pieces.append("\n".join(lines[first - 1 : end]))
        last = statement
    return unmarked("".join(pieces))


def decorators(statement) -> list:
    return getattr(statement, "decorator_list", [])


def save_picture(env, suffix: str, data: bytes) -> str:
    """Put a picture where myst-nb puts those of the notebook's own page; its name for Sphinx."""
    folder = Path(env.mystnb_config.output_folder)
    path = folder / (hashlib.sha256(data).hexdigest() + suffix)
    folder.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        path.write_bytes(data)
    return "/" + Path(os.path.relpath(path, env.srcdir)).as_posix()


class Quote(SphinxDirective):
    """``{study} 05a/gradient-by-lag`` or ``{lab} 08/network``.

    Options: ``show`` (figure, output, code), ``function``, ``part``, ``paragraph``, ``caption``,
    ``name``.
    """

    required_arguments = 1
    option_spec = {  # noqa: RUF012
        "show": lambda text: directives.choice(text, ("figure", "output", "code")),
        "function": directives.unchanged_required,
        "part": directives.unchanged_required,
        "paragraph": directives.unchanged_required,
        "caption": directives.unchanged_required,
        "name": directives.unchanged_required,
    }
    needs = {"function": "code", "part": "code", "paragraph": "output"}  # noqa: RUF012

    def run(self):
        try:
            return self.quote()
        except sources.FactError as error:
            raise self.error(f"{{{self.name}}} {self.arguments[0]}: {error}") from None

    def quote(self) -> list[nodes.Node]:
        number, slash, name = self.arguments[0].partition("/")
        if not slash:
            raise sources.FactError("not of the form number/cell")
        path = sources.one_notebook(self.env, number, self.name)
        cell = cell_of(sources.read(self.env, path), name)
        source = links.to(
            self.env, sources.page_of(self.env, path), name,
            nodes.Text(f"from the {self.name}: "), nodes.literal("", name), classes=["quote-link"],
        )  # fmt: skip
        show = self.options.get("show", "figure")
        for option, wanted in self.needs.items():
            if option in self.options and show != wanted:
                raise sources.FactError(f"{option!r} quotes {wanted}, not a {show}")
        if show == "figure":
            return [self.figure(cell, source)]
        text = self.code(cell.source) if show == "code" else self.output(printed(cell))
        block = nodes.literal_block(text, text, language="python" if show == "code" else "text")
        box = nodes.container("", classes=["quote", f"quote-{show}"])
        if "caption" in self.options:
            caption = self.inline(self.options["caption"])
            box += nodes.paragraph("", "", *caption, classes=["quote-caption"])
        box += [block, nodes.paragraph("", "", source)]
        self.set_source_info(block)
        self.add_name(box)
        return [box]

    def code(self, text: str) -> str:
        if "function" in self.options:
            return functions(text, self.options["function"])
        if "part" in self.options:
            return part(text, self.options["part"])
        return unmarked(text)

    def output(self, text: str) -> str:
        return paragraph(text, self.options["paragraph"]) if "paragraph" in self.options else text

    def figure(self, cell, source) -> nodes.figure:
        """A cell's picture with its alt text, its caption and the way to the cell."""
        (suffix, data), about = picture(cell), cell.metadata.get("mystnb", {})
        alt = about.get("image", {}).get("alt", "")
        if not alt:
            raise sources.FactError(f"the figure of {cell['id']!r} has no alt text")
        if suffix == ".svg":
            image = charts.make(self.env, data, alt)
        else:
            image = nodes.image(uri=save_picture(self.env, suffix, data), alt=alt)
        figure = nodes.figure("", image, classes=["quote-figure"])
        self.set_source_info(figure)
        text = self.options.get("caption") or about.get("figure", {}).get("caption", "")
        figure += nodes.caption("", "", *self.inline(text), nodes.Text(" "), source)
        self.add_name(figure)
        return figure

    def inline(self, text: str) -> list[nodes.Node]:
        return self.state.inline_text(text, self.lineno)[0] if text else []


def setup(app):
    app.add_directive("lab", Quote)
    app.add_directive("study", Quote)
