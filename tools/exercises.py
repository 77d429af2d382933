"""The exercise notebooks, made of one source a chapter: `make exercises CHAPTER=5`.

A source, ``notebooks/exercises/sources/NN-name.py``, holds cells that begin with `# %% name-3`:

task       [markdown] what to write, with a number worked by hand and two hints
given      code that the learner is given; in a bug hunt, the lines with the bug
answer     what the learner writes, between nbgrader's marks of a solution
check      `properties`, each with its text; `probes`, at which mistakes are told apart
mistakes   functions with a mistake; their docstring is what the learner reads. Not in a notebook
say        [markdown] a question to answer in one sentence
sentence   [markdown] the sentence

From it come the learner's notebook, which is also a page, and the solved one, from which nbgrader
makes the same assignment. Of a mistake they hold its message and a few numbers, no code. A source
is refused unless its solutions pass, what is untouched says "not written yet", and each mistake
gets its own message.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import re
import types
import warnings
from pathlib import Path

import nbformat

from tools import commands, notebooks

STUB = "# YOUR CODE HERE\nraise NotImplementedError()"  # as nbgrader writes it
SOLUTION = re.compile(r"(?m)^( *)### BEGIN SOLUTION\n(?s:.*?)^ *### END SOLUTION$")
PARTS = {  # of an exercise, of a bug hunt
    False: ["task", "answer", "check", "mistakes", "say", "sentence"],
    True: ["task", "given", "answer", "check"],
}
LEAST_MISTAKES, LEAST_PROPERTIES = 3, 2
FOLDED = {"jupyter": {"source_hidden": True}, "cellView": "form"}
HOW = (
    "Write each function and run the cell below it: one line says what holds, or which mistake it "
    "knows. It looks at properties, so your code may look different from ours. Where a sentence is "
    "asked for, nobody checks it."
)
YOURS = "*Your sentence.*"


class Fault(Exception):
    """A source that must not become a notebook."""


def folder(root: Path = notebooks.ROOT) -> Path:
    return root / "notebooks" / "exercises" / "sources"


def sources(root: Path = notebooks.ROOT) -> list[Path]:
    """Every source, in the order of the chapters."""
    return sorted(folder(root).glob("[0-9][0-9]-*.py"))


def cells(source: Path) -> dict[str, str]:
    """The cells of a source by name, in order; Markdown without its comment signs."""
    text = source.read_text(encoding="utf-8")
    found = {}
    for head, body in re.findall(r"(?m)^# %% (.+)\n((?:(?!# %% ).*\n?)*)", text):
        name = head.removeprefix("[markdown] ")
        if name != head:
            body = re.sub(r"(?m)^# ?", "", body)
        if name in found:
            raise Fault(f"{source.name}: two cells {name}")
        found[name] = body.strip()
    return found


def check_cell(source: Path) -> str:
    """The cell that each notebook carries: how a check works."""
    return (source.parent / "check.py").read_text(encoding="utf-8").strip()


def exercises(parts: dict[str, str]) -> list[str]:
    """The numbers of the exercises of a source."""
    return [name.removeprefix("task-") for name in parts if name.startswith("task-")]


def is_hunt(parts: dict[str, str], number: str) -> bool:
    """Whether an exercise is a bug hunt: the learner writes the test and the repair."""
    return f"mistakes-{number}" not in parts


# ---- what a source does when it runs


def run(code: str, names: dict) -> str:
    """Run code among some names; returns what it printed."""
    with contextlib.redirect_stdout(io.StringIO()) as said:
        exec(compile(code, "exercise", "exec", dont_inherit=True), names)
    return said.getvalue()


def answer_of(parts: dict[str, str], number: str) -> str:
    """The name of the function that an exercise asks for: the first in its answer."""
    return re.search(r"(?m)^def (\w+)", parts[f"answer-{number}"]).group(1)


def mistakes(parts: dict[str, str], number: str, names: dict) -> dict[str, object]:
    """The mistakes of an exercise: message and function. ``names`` is what they build upon."""
    made = dict(names)
    run(parts.get(f"mistakes-{number}", ""), made)
    new = [made[name] for name in made if made[name] is not names.get(name)]
    return {" ".join(f.__doc__.split()): f for f in new if callable(f) and f.__doc__}


def forms(answer, names: dict) -> str | list[str]:
    """What an answer gives at its first call in each property, in words; one, if all are alike."""
    first = []
    for holds in names["properties"].values():
        notes = types.SimpleNamespace(came=[], changed=False, stopped=None)
        with contextlib.suppress(Exception), warnings.catch_warnings(action="ignore"):
            holds(names["watched"](answer, notes=notes))
        first += notes.came[:1] or [""]
    return first[0] if len(set(first)) == 1 else first


def proved(where: str, parts: dict[str, str], number: str, names: dict) -> str:
    """The code that ends a check, once the exercise is proved. Raises ``Fault`` if it is not.

    ``names`` has all that came before, and gets the solution and what the check defines.
    """
    for part in ("given", "answer", "check"):
        run(parts.get(f"{part}-{number}", ""), names)
    if len(names["properties"]) < LEAST_PROPERTIES:
        raise Fault(f"{where}: fewer than {LEAST_PROPERTIES} properties")
    answer, wrong = answer_of(parts, number), mistakes(parts, number, names)
    if is_hunt(parts, number):
        asked = "held = check({}, properties)"
    else:
        asked = "held = check({}, properties, probes, mistakes, gives, due)"
        if len(wrong) < LEAST_MISTAKES:
            raise Fault(f"{where}: fewer than {LEAST_MISTAKES} mistakes")
    signature, names["gives"] = names["signature"], forms(names[answer], names)
    names["due"] = signature(names[answer], names.get("probes", ()))
    names["mistakes"] = {text: signature(f, names["probes"]) for text, f in wrong.items()}
    again = dict(names)
    run(parts[f"check-{number}"], again)
    if any(signature(f, again["probes"]) != names["mistakes"][text] for text, f in wrong.items()):
        raise Fault(f"{where}: run a second time, the check tries other cases")
    untouched = dict(names)
    run(unsolved(parts[f"answer-{number}"]), untouched)
    said = {
        "the solution": (run(asked.format(answer), names), "✓"),
        "what is untouched": (run(asked.format(answer), untouched), "· not written yet"),
    }
    for text, function in wrong.items():
        tried = run(asked.format("wrong"), {**names, "wrong": function})
        said[f"the mistake {function.__name__}"] = (tried, f"✗ {text}\n")
    for what, (line, wanted) in said.items():
        if not line.startswith(wanted):
            raise Fault(f"{where}: {what} gets {line.strip()!r}")
    for text, seen in names["mistakes"].items():
        if names["alike"](seen, names["due"]):
            raise Fault(f"{where}: at the probes {wrong[text].__name__} looks right")
    if not wrong:
        return asked.format(answer)
    table = "".join(f'    "{text}": "{seen}",\n' for text, seen in names["mistakes"].items())
    about = "# what it says, and the numbers by which it knows"
    gives = json.dumps(names["gives"], indent=4).replace('"\n]', '",\n]')
    made = f"gives = {gives}\ndue = {json.dumps(names['due'])}\n"
    return f"mistakes = {{  {about}\n{table}}}\n{made}{asked.format(answer)}"


def checks(source: Path, parts: dict[str, str]) -> dict[str, str]:
    """The whole code of each check. Raises ``Fault`` if the source is not sound."""
    names: dict = {}
    run(check_cell(source), names)
    helpers = "|".join(re.findall(r"(?m)^def (\w+)", check_cell(source)))
    for name, text in parts.items():
        if taken := re.search(rf"(?m)^(?:def )?({helpers})(?:\(| =)", text):
            raise Fault(f"{source.name}: {name} defines {taken[1]}, which the check needs")
    return {
        f"check-{number}": parts[f"check-{number}"]
        + "\n"
        + proved(f"{source.name}, exercise {number}", parts, number, names)
        for number in exercises(parts)
    }


# ---- notebooks


def unsolved(code: str) -> str:
    """An answer with nbgrader's stub in the place of the solution."""

    def stub(match) -> str:
        return "\n".join(match.group(1) + line for line in STUB.split("\n"))

    return SOLUTION.sub(stub, code)


def grading(name: str, **given) -> dict:
    """nbgrader's metadata of a cell."""
    plain = {"grade": False, "locked": True, "solution": False, "task": False}
    return {"nbgrader": {"grade_id": name, "schema_version": 3, **plain, **given}}


def cell(name: str, text: str, solved: bool, hidden: str = "assert held"):
    """One cell of a notebook; ``hidden`` is what nbgrader takes out of a learner's check."""
    kind = name.split("-")[0]
    if kind in ("title", "task", "say"):
        return nbformat.v4.new_markdown_cell(text, id=name)
    if kind == "sentence":
        made = nbformat.v4.new_markdown_cell(text if solved else YOURS, id=name)
        made.metadata.update(grading(name, grade=True, solution=True, locked=False, points=1))
        return made
    if kind == "answer":
        made = nbformat.v4.new_code_cell(text if solved else unsolved(text), id=name)
        made.metadata.update(grading(name, solution=True, locked=False))
        return made
    if name.startswith("check-"):
        hidden = f"\n### BEGIN HIDDEN TESTS\n{hidden}\n### END HIDDEN TESTS"
        made = nbformat.v4.new_code_cell(text + hidden if solved else text, id=name)
        made.metadata.update(grading(name, grade=True, points=2), **FOLDED)
        return made
    made = nbformat.v4.new_code_cell(text, id=name)
    made.metadata.update(grading(name), **(FOLDED if name == "check" else {}))
    return made


def places(source: Path, root: Path = notebooks.ROOT) -> dict[bool, Path]:
    """Where the notebooks of a source are: the learner's, and the solved one."""
    name = f"{source.stem}.ipynb"
    return {False: folder(root).parent / name, True: folder(root).parent / "solved" / name}


def build(source: Path, root: Path = notebooks.ROOT) -> dict[Path, nbformat.NotebookNode]:
    """The notebooks of a source, not executed. Raises ``Fault`` if the source is not sound."""
    parts = cells(source)
    for number in exercises(parts):
        for part in PARTS[is_hunt(parts, number)]:
            if f"{part}-{number}" not in parts:
                raise Fault(f"{source.name}, exercise {number}: no cell {part}-{number}")
        if parts[f"task-{number}"].count("<details ") != 2:
            raise Fault(f"{source.name}, exercise {number}: hints come in two stages")
    whole = parts | checks(source, parts)
    made = {}
    for solved, path in places(source, root).items():
        title = whole["title"].split("\n")
        title[2] = notebooks.title_line(path, title[2], root)
        title[2:] = [*title[2:], "", HOW]
        first = {"title": "\n".join(title)}
        first["check"] = check_cell(source)
        shown = first | {n: t for n, t in whole.items() if n not in first and "mistakes" not in n}
        made[path] = nbformat.v4.new_notebook(
            cells=[cell(name, text, solved) for name, text in shown.items()],
            metadata=notebooks.METADATA,
        )
    return made


def content(notebook) -> list:
    """What a source decides of a notebook: all but outputs and counts."""
    return [(c.cell_type, c.id, c.source, dict(c.metadata)) for c in notebook.cells]


def stale(source: Path, root: Path = notebooks.ROOT) -> list[str]:
    """The notebooks that are not what their source makes."""
    return [
        f"{path.relative_to(root).as_posix()} is not what {source.name} makes (make exercises)"
        for path, made in build(source, root).items()
        if not path.exists() or content(notebooks.read(path)) != content(made)
    ]


def count(parts: dict[str, str]) -> tuple[int, int, int, int]:
    """How many exercises, bug hunts, solutions and mistakes a source has."""
    hunts = sum(is_hunt(parts, number) for number in exercises(parts))
    solved = sum(bool(SOLUTION.search(parts[f"answer-{n}"])) for n in exercises(parts))
    wrong = sum(text.count('"""') // 2 for n, text in parts.items() if "mistakes" in n)
    return len(exercises(parts)) - hunts, hunts, solved, wrong


def table(root: Path = notebooks.ROOT) -> str:
    """The counts of each chapter, and their sums."""
    rows = {source.stem: count(cells(source)) for source in sources(root)}
    rows["all"] = tuple(map(sum, zip(*rows.values(), strict=True)))
    lines = [f"{'chapter':<26}{'exercises':>10}{'bug hunts':>11}{'solutions':>11}{'mistakes':>10}"]
    lines += [f"{n:<26}{a:>10}{b:>11}{c:>11}{d:>10}" for n, (a, b, c, d) in rows.items()]
    return "\n".join(lines)


def executed(path: Path, made: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """A notebook with its outputs: those that are there, while its code is the same."""
    from tools import execute  # it needs Jupyter's client, which the checks do without

    def code(notebook) -> dict:
        return {c.id: c for c in notebook.cells if c.cell_type == "code"}

    there = code(notebooks.read(path)) if path.exists() else {}
    if [(n, c.source) for n, c in there.items()] != [(n, c.source) for n, c in code(made).items()]:
        execute.run(made)
    else:
        for name, cell in code(made).items():
            cell.outputs = there[name].outputs
    return execute.canonical(made)


def chosen(paths: list[Path], numbers: list[str]) -> list[Path]:
    """The sources of some chapters, all when none is named. Raises ``SystemExit``."""
    known = {path.stem[:2]: path for path in paths}
    for number in numbers:
        if number.zfill(2) not in known:
            raise SystemExit(f"CHAPTER={number}: there is none. There are: {', '.join(known)}")
    return [known[number.zfill(2)] for number in numbers] or paths


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("chapter", nargs="*", help="numbers; all chapters when none is given")
    for source in chosen(sources(), parser.parse_args().chapter):
        for path, made in build(source).items():
            notebooks.write(path, executed(path, made))
    print(table())


if __name__ == "__main__":
    commands.run(main)
