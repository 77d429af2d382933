"""Graded variants of the exercises, whose solutions are not in the book: `make variants SEED=word`.

A source, ``notebooks/exercises/variants/NN-name.py``, belongs to chapter NN and holds one exercise.
Its cells are those of `tools/exercises.py`, except:

answer     the head of the function; its body stands nowhere
check      `cases(rng)`: draws data, and returns `properties` and `probes`
oracle     the same function by a way that nobody would hand in: every path tried, a derivative by
           an imaginary step, a search. Not in a notebook
mistakes   the oracle, asked for something else. Not in a notebook

The learner's check draws from a seed that all know. The hidden tests draw from the lecturer's word:
whoever knows the word knows their data. A source is refused unless, from both seeds, the oracle
passes and each mistake does not; what is untouched says "not written yet", and each mistake gets
its own message.

Two notebooks come of it, in ``_build/variants``: ``learners/NN-name.ipynb``, and the one from which
nbgrader makes the same, ``source/variants/NN-name.ipynb``, with the hidden tests.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import nbformat

from tools import commands, exercises, notebooks
from tools.exercises import Fault

PARTS = ["title", "task-1", "answer-1", "check-1", "oracle-1", "mistakes-1", "say-1"]
GAP = re.compile(r"(?m)^ *### BEGIN SOLUTION\n *### END SOLUTION$")
LEAST_MISTAKES = 2
HOW = (
    "Write the function and run the cell below it: one line says what holds, or which mistake it "
    "knows. It is graded with other data. Your sentence is read. NumPy and what Python brings are "
    "allowed, other libraries are not."
)
OUT = Path("_build") / "variants"


def sources(root: Path = notebooks.ROOT) -> list[Path]:
    """Every source, in the order of the chapters."""
    return sorted((root / "notebooks" / "exercises" / "variants").glob("[0-9][0-9]-*.py"))


def drawn(word: str | None) -> str:
    """The code that draws the cases: from a lecturer's word, or from the seed that all know."""
    seed = 1 if word is None else list(word.encode())
    return f"properties, probes = cases(np.random.default_rng({seed}))"


def proved(where: str, parts: dict[str, str], word: str) -> dict[str, str]:
    """The messages of the mistakes, with the numbers by which the check knows them.

    Raises ``Fault`` if the source is not sound.
    """
    names: dict = {}
    exercises.run(exercises.check_cell(exercises.sources()[0]), names)
    for part in ("given-1", "answer-1", "check-1"):
        exercises.run(exercises.unsolved(parts.get(part, "")), names)
    answer = exercises.answer_of(parts, "1")
    stub = names[answer]
    exercises.run(parts["oracle-1"], names)
    wrong = exercises.mistakes(parts, "1", names)
    if len(wrong) < LEAST_MISTAKES:
        raise Fault(f"{where}: fewer than {LEAST_MISTAKES} mistakes")

    def said(function) -> str:
        return exercises.run(
            "check(tried, properties, probes, known)", {**names, "tried": function}
        )

    names["known"] = {}
    exercises.run(drawn(word), names)
    if not (line := said(names[answer])).startswith("✓"):
        raise Fault(f"{where}, word {word!r}: the oracle gets {line.strip()!r}")
    for function in wrong.values():
        if not (line := said(function)).startswith("✗"):
            raise Fault(f"{where}, word {word!r}: {function.__name__} gets {line.strip()!r}")
    exercises.run(drawn(None), names)
    names["known"] = {t: names["signature"](f, names["probes"]) for t, f in wrong.items()}
    expected = [(answer, names[answer], "✓"), ("what is untouched", stub, "· not written yet")]
    expected += [(f.__name__, f, f"✗ {text}\n") for text, f in wrong.items()]
    for what, function, wanted in expected:
        if not (line := said(function)).startswith(wanted):
            raise Fault(f"{where}: {what} gets {line.strip()!r}")
    return names["known"]


def build(source: Path, word: str) -> dict[str, nbformat.NotebookNode]:
    """The notebooks of a source, by their place. Raises ``Fault`` if the source is not sound."""
    parts = exercises.cells(source)
    for part in PARTS:
        if part not in parts:
            raise Fault(f"{source.name}: no cell {part}")
    if not GAP.search(parts["answer-1"]):
        raise Fault(f"{source.name}: the answer has no empty gap")
    table = "".join(f'    "{t}": "{n}",\n' for t, n in proved(source.name, parts, word).items())
    held = f"check({exercises.answer_of(parts, '1')}, properties, probes, mistakes)"
    shown = {
        "title": parts["title"] + "\n\n" + HOW,
        "check": exercises.check_cell(exercises.sources()[0]),
        **{n: t for n, t in parts.items() if n.startswith(("task", "given", "answer"))},
        "check-1": f"{parts['check-1']}\n\n{drawn(None)}\nmistakes = {{\n{table}}}\nheld = {held}",
        "say-1": parts["say-1"],
        "sentence-1": exercises.YOURS,
    }
    hidden = f"assert held\n{drawn(word)}\nassert {held}"
    return {
        f"{place}/{source.stem}.ipynb": nbformat.v4.new_notebook(
            cells=[exercises.cell(name, text, solved, hidden) for name, text in shown.items()],
            metadata=notebooks.METADATA,
        )
        for place, solved in (("learners", False), ("source/variants", True))
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("word", help="the seed of the hidden tests; keep it to yourself")
    parser.add_argument("chapter", nargs="*", help="numbers; all chapters when none is given")
    options = parser.parse_args()
    for source in exercises.chosen(sources(), options.chapter):
        for place, made in build(source, options.word).items():
            path = notebooks.ROOT / OUT / place
            path.parent.mkdir(parents=True, exist_ok=True)
            notebooks.write(path, made)
            print(path.relative_to(notebooks.ROOT))


if __name__ == "__main__":
    commands.run(main)
