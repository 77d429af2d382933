"""Rules for labs: programs that a reader opens, runs and changes (`CONTRIBUTING.md`).

Lines of code are those that are neither blank nor only a comment.
"""

from __future__ import annotations

import ast

from tools import lint_code, notebooks, outputs

FIRST_OUTPUT, FIRST_SIGHT, MAX_LINES = 10, 60, 200  # lines of code
MAX_CODE, MAX_BYTES = 12_000, 150_000  # bytes of code and of the file
SCAFFOLD = {"setup", "study", "parameters", "metrics", "findings"}
CHANGES = 3  # values that a "Change it" offers for a name


def code_lines(source: str) -> int:
    return sum(bool(s.strip()) and not s.lstrip().startswith("#") for s in source.split("\n"))


def rule_lab_frame(notebook, path):
    lines = notebook.cells[0].source.split("\n") if notebook.cells else []
    if len(lines) != 5 or lines[1] or lines[3] or not lines[4].endswith((".", "!", "?")):
        yield "its first cell is not a title, the line with links and minutes, and one sentence"
    for cell in notebook.cells:
        if cell.id in SCAFFOLD or notebooks.carried_file(cell.id):
            yield f"cell {cell.id}: a cell of a study in a lab"
        if cell.cell_type == "code" and "float64" in cell.source:
            yield f"cell {cell.id}: float64; a lab computes as its reader would"


def rule_lab_size(notebook, path):
    code = [c for c in notebook.cells if c.cell_type == "code"]
    lines = sum(code_lines(c.source) for c in code)
    size = sum(len(c.source.encode()) for c in code)
    if lines > MAX_LINES or size > MAX_CODE:
        yield f"{lines} lines and {size} bytes of code, more than {MAX_LINES} or {MAX_CODE}"
    if path.stat().st_size > MAX_BYTES:
        yield f"larger than {MAX_BYTES // 1000} kB"
    count, seen = 0, {}
    for cell in code:
        count += code_lines(cell.source)
        kinds = {"output"} if cell.outputs else set()
        if outputs.kind(cell) == "sample" or outputs.figure(cell):
            kinds.add("figure or sample")
        seen = dict.fromkeys(kinds, count) | seen
    for what, most in (("output", FIRST_OUTPUT), ("figure or sample", FIRST_SIGHT)):
        if what not in seen:
            yield f"shows no {what}"
        elif seen[what] > most:
            yield f"its first {what} comes after {seen[what]} lines of code, more than {most}"


def rule_progress(notebook, path):
    for cell in notebooks.tagged(notebook, "progress"):
        body = ast.parse(cell.source).body
        value = getattr(body[0], "value", None) if len(body) == 1 else None
        if not (isinstance(value, ast.Call) and getattr(value.func, "attr", "") == "fit"):
            yield f"cell {cell.id}: tagged progress, but it is not one call of fit"
        shown = [(o.output_type, o.get("name")) for o in cell.outputs]
        if shown != [("stream", "stdout")] or not cell.outputs[0].text.strip():
            yield f"cell {cell.id}: tagged progress, but shows {shown}, not the text of a bar"
        elif cell.outputs[0].text != outputs.steady(cell.outputs[0].text):
            yield f"cell {cell.id}: its bar is not as make execute writes it"


def rule_sample(notebook, path):
    code = [c for c in notebook.cells if c.cell_type == "code"]
    fixed = lint_code.constants(code)
    for cell, after in zip(code, [*code[1:], None], strict=True):
        if "form" in cell.metadata and outputs.kind(cell) != "sample":
            yield f"cell {cell.id}: a form without the tag sample"
        if outputs.kind(cell) != "sample":
            continue
        form = cell.metadata.get("form")
        mistakes = outputs.form_mistakes(form) or outputs.form_problems(form, cell.outputs)
        for mistake in mistakes:
            yield f"cell {cell.id}: {mistake}"
        why = checked(cell, after, fixed) if after else "there is none"
        if why:
            yield f"cell {cell.id}: the next cell must assert a fact about it: {why}"


def checked(cell, after, fixed: set[str]) -> str | None:
    """What keeps the cell after a sample from asserting, with a message, a fact about it."""
    why = "it asserts nothing"
    tree = ast.parse(cell.source)
    modules = set(lint_code.names(tree)) | {"np", "keras", "plt", "tf"}
    about = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)} - modules - fixed
    origins = lint_code.sources(after)
    for node, reason in lint_code.assertions(after, fixed):
        read = lint_code.reads(node.test)
        read = read.union(*(origins.get(name, set()) for name in read))
        message = node.msg is not None and not (
            isinstance(node.msg, ast.Constant) and len(str(node.msg.value)) < 10
        )
        if reason is None and message and read & about:
            return None
        why = reason or ("no message" if not message else f"it reads none of {sorted(about)}")
    return why


def rule_change(notebook, path):
    """A "Change it" names what to change: literals that its cell assigns, and other values."""
    for cell in notebook.cells:
        for name, values in cell.metadata.get("change", {}).items():
            try:
                now = notebooks.literal([cell], name)
            except (KeyError, ValueError, SyntaxError):
                yield f"cell {cell.id}: change names {name}, to which it assigns no literal"
                continue
            if (
                len(values) < CHANGES
                or now in values
                or len({str(v) for v in values}) < len(values)
            ):
                yield f"cell {cell.id}: change needs {CHANGES} other values for {name}"


def rule_lab_figures(notebook, path):
    for cell in notebook.cells:
        if any("image/png" in o.get("data", {}) for o in cell.get("outputs", [])):
            yield f"cell {cell.id}: a figure of a lab is an SVG (make execute)"


ALL = [rule_lab_frame, rule_lab_size, rule_progress, rule_sample, rule_change, rule_lab_figures]
