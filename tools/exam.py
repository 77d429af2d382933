"""Exams whose numbers are drawn from a seed: `make exam SEED=word CHAPTERS=3,4,5 QUESTIONS=8`.

`data/exam.yml` has the questions and what may be drawn; `tools/exam_solutions.py` solves them.
The same seed makes the same exam, `_build/exam/exam.md`, with `solutions.md` beside it. Whoever
knows the seed has the solutions, so the exam does not name it.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from tools import commands, exam_solutions, files, notebooks

FILE = "data/exam.yml"
FOLDER = notebooks.ROOT / "_build" / "exam"


@dataclass(frozen=True)
class Question:
    """A question with what was drawn for it."""

    name: str
    chapter: int
    given: dict
    text: str
    way: str

    @property
    def answer(self) -> list[float]:
        return list(getattr(exam_solutions, self.name)(**self.given))


def shown(value) -> str:
    """A value as it is printed: numbers to four digits, rows in brackets."""
    if isinstance(value, str):
        return value
    if isinstance(value, list | tuple):
        inner = ", ".join(map(shown, value))
        return inner if isinstance(value[0], list) else f"({inner})"
    whole = float(value).is_integer()
    return (f"{value:,.0f}" if whole else f"{value:.4g}").replace("-", "−")


def made(entry: dict, seed: str) -> Question:
    """A question of the file with the values that a seed draws."""
    draw = random.Random(f"{seed} {entry['name']}")
    given = {
        name: draw.sample(values["of"], values["times"])
        if isinstance(values, dict)
        else draw.choice(values)
        for name, values in entry["draw"].items()
    }
    text = re.sub(r"\{\{(\w+)\}\}", lambda match: shown(given[match.group(1)]), entry["text"])
    return Question(entry["name"], entry["chapter"], given, text, entry["way"])


def read(root: Path = notebooks.ROOT) -> list[dict]:
    return files.read_yaml(root / FILE)


def exam(seed: str, chapters: set[str], count: int) -> list[Question]:
    """Questions of some chapters, as many of each as may be. Raises ``SystemExit`` if too few."""
    entries = [entry for entry in read() if str(entry["chapter"]) in chapters]
    if not 1 <= count <= len(entries):
        raise SystemExit(f"CHAPTERS, QUESTIONS: there are {len(entries)} on these, not {count}")
    random.Random(seed).shuffle(entries)
    before, rounds = Counter(), []
    for entry in entries:
        rounds.append((before[entry["chapter"]], len(rounds), entry))
        before[entry["chapter"]] += 1
    chosen = [entry for *_, entry in sorted(rounds, key=lambda r: r[:2])[:count]]
    return [made(entry, seed) for entry in sorted(chosen, key=lambda e: e["chapter"])]


def texts(seed: str, questions: list[Question]) -> dict[str, str]:
    """The exam and its solutions, in Markdown."""
    asked = [f"**{n}.** (chapter {q.chapter}) {q.text}" for n, q in enumerate(questions, 1)]
    solved = [
        f"**{n}.** {q.way}: **{', '.join(map(shown, q.answer))}**"
        for n, q in enumerate(questions, 1)
    ]
    return {
        "exam.md": "\n\n".join(
            ["# Exam", "Name:", "A result without its way counts half.", *asked]
        ),
        "solutions.md": "\n\n".join(["# Solutions", f"Seed: `{seed}`", *solved]),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", required=True, help="a word that nobody can guess")
    every = ",".join(sorted({str(entry["chapter"]) for entry in read()}, key=int))
    parser.add_argument("--chapters", default=every)
    parser.add_argument("--questions", type=int, default=8)
    options = parser.parse_args()
    if not options.seed.strip():
        parser.error("the numbers are drawn from a word that nobody can guess: SEED=word")
    chapters = {number.strip().lstrip("0") for number in options.chapters.split(",")}
    FOLDER.mkdir(parents=True, exist_ok=True)
    found = texts(options.seed, exam(options.seed, chapters, options.questions))
    for name, text in found.items():
        (FOLDER / name).write_text(f"{text}\n", encoding="utf-8")
        print((FOLDER / name).relative_to(notebooks.ROOT))


if __name__ == "__main__":
    commands.run(main)
