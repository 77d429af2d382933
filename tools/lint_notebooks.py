"""Lint the notebooks without running them: `python -m tools.lint_notebooks`.

Each rule is a small function that yields messages. `lint` applies those that need the file alone;
`lint_in_book` adds those that need the book around it.
"""

from __future__ import annotations

import ast
import itertools
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from tools import (
    arithmetic,
    commands,
    downloads,
    files,
    lint_code,
    lint_figures,
    lint_labs,
    lint_splits,
    notebooks,
    outputs,
    provenance,
    results,
)

# of studies, of labs
TAGS = {True: {"parameters", "experiment", "metrics", "study"}, False: set(outputs.KINDS)}
FOLDED = {"jupyter": {"source_hidden": True}, "cellView": "form"}  # JupyterLab's way, Colab's way
METADATA_KEYS = {True: {"tags", "mystnb", *FOLDED}, False: {"tags", "mystnb", "form", "change"}}
EXERCISE_KEYS = {"nbgrader", *FOLDED}
MAX_CELLS = {"study": 40, "lab": 60}  # a lab's cells are short
MAX_BYTES, MAX_SVG = 400_000, 60_000  # the largest are 05a with 375 kB and 07a with 302
BANNED_SOURCE = {
    r"NBVAL_|PYTEST_VALIDATE": "an nbval marker",
    r"clear_output\(|display_id": "clear_output or display_id (a check cannot replay them)",
    r"^\s*[%!]": "a magic or a shell line",
    r"\bpip install\b": "an installation",
    r";\s*\Z": "a trailing semicolon",
    r"\b(In|Out)\[|\b_\d+\b(?!\d)": "IPython's history",
    r"(?<![\w.])/(home|root|tmp|Users|content)/": "an absolute path",
}
BAR = r"verbose\s*=\s*[\"']?(1|2|auto)\b"
BANNED_OUTPUT = {
    r"0x[0-9a-fA-F]{6,}": "a memory address",
    r"/tmp/|/home/|/root/|/Users/|C:\\\\|site-packages": "a path of a machine",
    r"\d\s?m?s/step": "a timing",
    r"\x08": "backspaces",
    r"np\.float64\(|np\.int64\(": "a bare NumPy scalar",
}
SECRETS = {  # in whatever a notebook's file holds: code, text, outputs, metadata
    r"\bAKIA[0-9A-Z]{16}\b": "a key of Amazon's",
    r"\bgh[pousr]_[A-Za-z0-9]{36}|\bgithub_pat_\w{22}": "a token of GitHub's",
    r"\bhf_[A-Za-z]{34}\b": "a token of Hugging Face's",
    r"\bsk-[\w-]{20}": "a key of a language model's",
    r"\bAIza[\w-]{35}": "a key of Google's",
    r"\bxox[abprs]-[\w-]{10}": "a token of Slack's",
    r"-----BEGIN [A-Z ]*PRIVATE KEY": "a private key",
    r"\beyJ[\w-]{10,}\.eyJ[\w-]{10,}": "a signed token",
    r"://[^\s/:@\"\\]+:[^\s/:@\"\\]+@": "a password in an address",
    r"(?i)(passw(or)?d|secret|token|api_?key)\s*=\s*\\?[\"'][^\s\"'\\]{8,}[\"'\\]": "a password",
}
RUNS = r"(?i)<(script|iframe|object|embed)\b|\bjavascript:|<[a-z]\w*\s[^<>]*\bon[a-z]+\s*="
NOT_PORTABLE = {
    r"(?m)^\s*(```|:::)\s*\{": "a MyST directive",
    r"\{[a-z:-]+\}`": "a MyST role",
    r"(?m)^\([\w-]+\)=\s*$": "a MyST label",
}


def _code(notebook):
    return [c for c in notebook.cells if c.cell_type == "code"]


def _text(output) -> str:
    data = output.get("data", {})
    return str(output.get("text", "")) + "".join(
        str(v) for k, v in data.items() if k.startswith("text/")
    )


def _has_figure(cell) -> bool:
    return outputs.figure(cell) is not None


def rule_file(notebook, path):
    if dict(notebook.metadata) != notebooks.METADATA:
        yield "notebook metadata is not the book's"
    if path.stat().st_size > MAX_BYTES:
        yield f"larger than {MAX_BYTES // 1000} kB"
    most = MAX_CELLS["study" if notebooks.is_study(path) else "lab"]
    if len(notebook.cells) > most:
        yield f"{len(notebook.cells)} cells, more than {most}"


def rule_names(notebook, path):
    ids = [cell.get("id", "") for cell in notebook.cells]
    for name in ids:
        if not re.fullmatch(r"[a-z][a-z0-9-]*", name) or re.fullmatch(r"[0-9a-f]{8}", name):
            yield f"cell id {name!r} is not a name"
        if ids.count(name) > 1:
            yield f"cell id {name!r} is used twice"


def rule_frame(notebook, path):
    cells = notebook.cells
    if not cells or not cells[0].source.startswith("# "):
        yield "does not open with its title"
        return
    name, _ = notebooks.home(path)
    if f"{name}](" not in cells[0].source or " on two cores" not in cells[0].source:
        yield f"the first cell lacks its line: link to {name} and time on two cores"
    if not notebooks.is_study(path):
        return
    if [cell.id for cell in cells[1:3]] != ["setup", "shared-style"]:
        yield "its second and third cell are not setup and shared-style"
    for tag in ("parameters", "metrics", "study"):
        if len(notebooks.tagged(notebook, tag)) != 1:
            yield f"needs exactly one cell tagged {tag!r}"
    if not notebooks.tagged(notebook, "experiment"):
        yield "has no cell tagged 'experiment'"
    for tag, name in (("parameters", "FULL"), ("parameters", "SEEDS"), ("metrics", "METRICS")):
        try:
            notebooks.literal(notebooks.tagged(notebook, tag), name)
        except (KeyError, ValueError):
            yield f"its {tag} cells do not assign the literal {name}"
    last = [cell.id for cell in cells[-2:]]
    if last != ["findings", "try-it"]:
        yield f"ends in cells {last}, not in 'findings' and 'try-it'"
        return
    asserted = list(lint_code.assertions(cells[-2], lint_code.constants(_code(notebook))))
    if not asserted:
        yield "cell findings asserts nothing"
    for node, why in asserted:
        if why:
            yield f"cell findings: an assertion {why}: {ast.unparse(node.test)[:60]}"


def rule_cells(notebook, path):
    study = notebooks.is_study(path)
    keys = EXERCISE_KEYS if notebooks.is_exercise(path) else METADATA_KEYS[study]
    for count, cell in enumerate(_code(notebook), 1):
        if cell.execution_count != count:
            yield f"cell {cell.id}: execution count {cell.execution_count}, not {count}"
        for tag in set(notebooks.tags(cell)) - TAGS[study]:
            yield f"cell {cell.id}: tag {tag!r} is not allowed"
        for key in set(cell.metadata) - keys:
            yield f"cell {cell.id}: metadata {key!r} is not allowed"
        folds = notebooks.carried_file(cell.id) or {"metrics", "study"} & set(notebooks.tags(cell))
        if study and folds and not FOLDED.items() <= dict(cell.metadata).items():
            yield f"cell {cell.id} is not folded (jupyter.source_hidden, cellView)"
        for pattern, what in BANNED_SOURCE.items():
            if re.search(pattern, cell.source, re.M):
                yield f"cell {cell.id}: its source holds {what}"
        if re.search(BAR, cell.source) and outputs.kind(cell) != "progress":
            yield f"cell {cell.id}: a progress bar (use verbose=0)"


def rule_outputs(notebook, path):
    for cell in _code(notebook):
        for output in cell.outputs:
            if output.output_type == "error":
                yield f"cell {cell.id}: a traceback is committed"
            if output.get("name") == "stderr":
                yield f"cell {cell.id}: output on stderr"
            if output.get("metadata"):
                yield f"cell {cell.id}: an output carries metadata"
            for pattern, what in BANNED_OUTPUT.items():
                if re.search(pattern, _text(output)):
                    yield f"cell {cell.id}: an output holds {what}"
        if "plt.show()" in cell.source and not _has_figure(cell):
            yield f"cell {cell.id}: its figure is missing"
        elif not cell.outputs and _prints(cell.source):
            yield f"cell {cell.id}: its printed output is missing"
        elif not cell.outputs and _ends_in_a_value(cell.source):
            yield f"cell {cell.id}: ends in an expression but has no output"
        elif not cell.outputs and notebooks.is_study(path) and _has_a_result(cell):
            yield f"cell {cell.id}: shows nothing; was a result removed with its print?"


def _prints(source: str) -> bool:
    """Whether a cell calls print outside of a definition."""
    left = [n for n in ast.parse(source).body if not isinstance(n, ast.FunctionDef | ast.ClassDef)]
    return any(
        isinstance(n, ast.Call) and isinstance(n.func, ast.Name) and n.func.id == "print"
        for statement in left
        for n in ast.walk(statement)
    )


def _has_a_result(cell) -> bool:
    """Whether a cell of a study is there to show something: no part of the experiment, no tools."""
    tools = ast.FunctionDef | ast.ClassDef | ast.Import | ast.ImportFrom
    scaffold = notebooks.tags(cell) or notebooks.carried_file(cell.id)
    return not scaffold and any(not isinstance(n, tools) for n in ast.parse(cell.source).body)


def rule_results(notebook, path):
    """What a study computes to show it is read somewhere; else it went with its print."""
    cells = _code(notebook)
    names = [n for c in cells for n in ast.walk(ast.parse(c.source)) if isinstance(n, ast.Name)]
    read = {n.id for n in names if isinstance(n.ctx, ast.Load)}
    for cell in cells if notebooks.is_study(path) else ():
        for statement in ast.parse(cell.source).body if _has_a_result(cell) else ():
            for target in statement.targets if isinstance(statement, ast.Assign) else ():
                if isinstance(target, ast.Name) and target.id not in read:
                    yield f"cell {cell.id}: {target.id} is shown nowhere; was its print removed?"


def _ends_in_a_value(source: str) -> bool:
    body = ast.parse(source).body
    return (
        bool(body) and isinstance(body[-1], ast.Expr) and not isinstance(body[-1].value, ast.Call)
    )


def rule_figures(notebook, path):
    for cell in _code(notebook):
        if not _has_figure(cell):
            continue
        described = cell.metadata.get("mystnb", {})
        alt = described.get("image", {}).get("alt", "")
        if len(alt) < 60 or re.match(r"(?i)(a )?(plot|figure|image|chart) of\b", alt):
            yield f"cell {cell.id}: its alt text does not say what the figure shows"
        if not described.get("figure", {}).get("caption"):
            yield f"cell {cell.id}: its figure has no caption"
        shown = [o.data[outputs.figure(cell)] for o in cell.outputs if "data" in o]
        if len(shown) > 1:
            yield f"cell {cell.id}: more than one figure"
        if outputs.figure(cell) == "image/svg+xml" and len(shown[0]) > MAX_SVG:
            kilobytes, most = len(shown[0]) // 1000, MAX_SVG // 1000
            yield f"cell {cell.id}: its figure has {kilobytes} kB, more than {most} (fewer points?)"


def rule_markdown(notebook, path):
    text = [c.source for c in notebook.cells if c.cell_type == "markdown"]
    prose = re.sub(r"(?s)```.*?```", "", "\n\n".join(text))
    for pattern, what in NOT_PORTABLE.items():
        if re.search(pattern, "\n".join(text)):
            yield f"Markdown holds {what}, which Colab shows raw"
    levels = [len(m) for m in re.findall(r"(?m)^(#+) ", prose)]
    if levels.count(1) != 1:
        yield f"{levels.count(1)} headings of the first level"
    if any(b > a + 1 for a, b in itertools.pairwise(levels)):
        yield "a heading level is skipped"
    for alt in re.findall(r"!\[(.*?)\]\(", prose):
        if len(alt) < 20:
            yield f"an image's alt text is {alt!r}"
    for equation in arithmetic.wrong(prose):
        yield f"not so, to the digits it prints: {equation}"


def rule_secrets(notebook, path):
    text = path.read_text(encoding="utf-8")
    for pattern, what in SECRETS.items():
        if re.search(pattern, text):
            yield f"holds what looks like {what}"


def rule_nothing_runs_by_itself(notebook, path):
    """What is shown may be opened anywhere, so that neither text nor output holds a script."""
    for cell in notebook.cells:
        shown = [_text(output) for output in cell.get("outputs", ())]
        shown += [str(o.get("data", {}).get("image/svg+xml", "")) for o in cell.get("outputs", ())]
        shown += [cell.source] if cell.cell_type != "code" else []
        if any(re.search(RUNS, text) for text in shown):
            yield f"cell {cell.id}: a script stands in what it shows"


def rule_code(notebook, path):
    source = "\n".join(c.source for c in _code(notebook))
    if re.search(r"\.fit\(|train_on_batch\(", source) and "set_random_seed(" not in source:
        yield "trains without keras.utils.set_random_seed"
    yield from lint_code.problems(source)


ALONE = [
    rule_file,
    rule_names,
    rule_frame,
    rule_cells,
    rule_outputs,
    rule_results,
    rule_figures,
    rule_markdown,
    rule_secrets,
    rule_nothing_runs_by_itself,
    rule_code,
]


def lint(path: Path) -> list[str]:
    """Problems of one notebook, seen from its file alone."""
    notebook = notebooks.read(path)
    rules = [*ALONE, *lint_figures.ALL]
    if notebooks.is_study(path):
        rules += lint_splits.ALL
    elif not notebooks.is_exercise(path):
        rules += lint_labs.ALL
    return [f"{path.name}: {m}" for rule in rules for m in rule(notebook, path)]


def rule_chapter(path, root):
    """A notebook belongs to the chapter of its number, and stands under it in the contents."""
    toc = files.read_yaml(root / "_toc.yml")
    entries = {c["file"]: c for part in toc["parts"] for c in part["chapters"]}
    page = path.relative_to(root).with_suffix("").as_posix()
    if path.stem in notebooks.APART:
        if page not in entries:
            yield "does not stand in _toc.yml"
        return
    mine = [c for c in notebooks.chapters(root) if c[:2] == path.stem[:2]]
    if len(mine) != 1:
        yield f"{len(mine)} chapters have its number"
        return
    if path.parent.name != "solved" and page not in beneath(entries.get(f"book/{mine[0]}", {})):
        yield f"does not stand under book/{mine[0]} in _toc.yml"


def beneath(entry: dict) -> list[str]:
    """The pages under an entry of the contents, at any depth."""
    return [f for s in entry.get("sections", []) for f in (s["file"], *beneath(s))]


def rule_address(path, root):
    """The title's line follows from the one address in _config.yml."""
    notebook = notebooks.read(path)
    lines = notebook.cells[0].source.split("\n")
    wanted = notebooks.title_line(path, notebooks.minutes(notebook) or "", root)
    if len(lines) < 3 or lines[2] != wanted:
        yield f"its links do not follow from _config.yml; expected {wanted!r}"


def rule_carried(path, root):
    """What a study carries is the file of that name, byte for byte; generators count as code."""
    for cell in notebooks.read(path).cells:
        file = notebooks.carried_file(cell.id, root)
        if not file:
            continue
        name = file.relative_to(root).as_posix()
        if not file.exists():
            yield f"cell {cell.id}: there is no {name}"
        elif cell.source != notebooks.carried(cell.id, root):
            yield f"cell {cell.id} is not {name} (make execute renews it)"
        if cell.id.startswith("data-") and "experiment" not in notebooks.tags(cell):
            yield f"cell {cell.id} is not tagged 'experiment'"


def rule_downloads(path, root):
    """Data come from a pinned address with their hash, and have a card in data/README.md."""
    notebook = notebooks.read(path)
    for cell in _code(notebook):
        if cell.id != "download" and re.search(r"\b(get_file|urlopen|urlretrieve)\(", cell.source):
            yield f"cell {cell.id}: only a cell called 'download' gets files"
        if cell.id == "download" and notebooks.is_study(path):
            if "experiment" not in notebooks.tags(cell):
                yield "cell download is not tagged 'experiment'"
    try:
        datasets = downloads.needed(notebook)
    except ValueError as problem:
        yield f"cell download: {problem}"
        return
    cards = (root / "data" / "README.md").read_text(encoding="utf-8")
    known = files.read_yaml(root / "data" / "sources.yml")
    for dataset in datasets:
        if not dataset.name.startswith(tuple(known)):
            yield f"data/sources.yml does not say whose {dataset.name} is"
        if not downloads.PINNED.fullmatch(dataset.origin):
            yield f"cell download: the address of {dataset.name} names no commit"
        card = cards.partition(f"\n### {dataset.name} (")[2].partition("\n### ")[0]
        if dataset.origin not in card or dataset.sha256 not in card:
            yield f"data/README.md has no card for {dataset.name} with its address and SHA-256"


def spelling(paths: list[Path], root: Path) -> list[str]:
    """The Markdown and the code of notebooks are spelt right; outputs may hold generated text."""
    with tempfile.TemporaryDirectory() as folder:
        for path in paths:
            source = "\n".join(c.source for c in notebooks.read(path).cells if c.id != "study")
            text = Path(folder, path.parent.name, f"{path.name}.txt")
            text.parent.mkdir(exist_ok=True)
            text.write_text(source, encoding="utf-8")
        command = [sys.executable, "-m", "codespell_lib", folder]
        found = subprocess.run(command, capture_output=True, text=True, cwd=root).stdout
    seen = re.findall(r"([^/\\\n]+\.ipynb)\.txt:\d+: (.* ==> .*)", found)
    return [f"{name}: spelling: {word}" for name, word in seen]


def strange_versions(root: Path) -> list[str]:
    """Rows said to be measured with a version that is neither locked nor another study's."""
    found = {p.name: results.load(p)[0]["versions"] for p in results.every(root)}
    lock = root / "requirements.txt"
    locked = lock.read_text(encoding="utf-8") if lock.exists() else ""
    return [
        f"{rows}: no other study has {package} {version}, nor is it locked"
        for rows, package, version in provenance.lonely_versions(found, locked)
    ]


def lint_in_book(root: Path = notebooks.ROOT) -> list[str]:
    """Problems of every notebook, in its place in the book."""
    paths = notebooks.every(root)
    problems = [] if paths else ["there are no notebooks"]
    for path in paths:
        problems += lint(path)
        for rule in (rule_chapter, rule_address, rule_carried, rule_downloads):
            problems += [f"{path.name}: {m}" for m in rule(path, root)]
        if notebooks.is_study(path):
            problems += results.stale(path)
    problems += spelling(paths, root) + strange_versions(root)
    measured = {path.stem for path in notebooks.studies(root)}
    for rows in results.every(root):
        if rows.stem not in measured:
            problems.append(f"{rows.name}: rows without a study")
    return problems


def main() -> int:
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else notebooks.ROOT
    return commands.report(lint_in_book(root), f"{len(notebooks.every(root))} notebooks")


if __name__ == "__main__":
    commands.run(main)
