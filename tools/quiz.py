"""The quizzes of the lessons: `python -m tools.quiz` checks data/quiz.yml and counts its questions.

A question has one right answer and three wrong ones. Where the right one stands is drawn by the
question's address: the same on the page, in the file for learning platforms and on slides.
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from tools import commands, files, lint_pages, notebooks, typed

FILE = "data/quiz.yml"
LETTERS = "ABCD"
QUESTIONS = (4, 6)  # in a chapter
ENTRY = {"id", "stem", "right", "why", "wrong"}
WRONG = {"option", "reveals", "feedback"}
PLACE = re.compile(r"(?m)^`{3,}\{quiz\}\s*$")
EVADES = re.compile(r"(?i)\b(?:all|none|both|neither) of (?:the above|these|them)\b")
ROLE = re.compile(r"\{[a-z:]+\}`")


@dataclass(frozen=True)
class Option:
    """An answer: whether it is right, what is said to whoever gives it, what it reveals."""

    text: str
    right: bool
    feedback: str
    reveals: str = ""


@dataclass(frozen=True)
class Question:
    """A question of a chapter, with its answers in their order."""

    chapter: int
    name: str  # its address on the page, as in "quiz-5-1"
    stem: str
    options: tuple[Option, ...]

    @property
    def right(self) -> int:
        """The place of the right answer."""
        return next(place for place, option in enumerate(self.options) if option.right)


def question(entry: dict) -> Question:
    """A question of the file."""
    options = [Option(entry["right"], True, entry["why"])]
    options += [Option(w["option"], False, w["feedback"], w["reveals"]) for w in entry["wrong"]]
    name = f"quiz-{entry['id']}"
    random.Random(name).shuffle(options)
    return Question(int(entry["id"].partition("-")[0]), name, entry["stem"], tuple(options))


def shown(text: str) -> str:
    """What a reader sees of an answer."""
    return re.sub("[`*]", "", text)


def uneven(lengths: list[int]) -> bool:
    """Whether the lengths of answers tell them apart."""
    return max(lengths) > 1.6 * min(lengths) + 12


def check_entry(entry: dict) -> list[str]:
    """What is wrong with a question by itself."""
    wrong = entry.get("wrong") or []
    if set(entry) != ENTRY or any(set(one) != WRONG for one in wrong):
        return [f"its fields are not {', '.join(sorted(ENTRY | WRONG))}"]
    if not re.fullmatch(r"[1-9]\d?-[1-9]", entry["id"]):
        return [f"the id {entry['id']!r} is not of the form 5-1"]
    texts = [entry[name] for name in ("stem", "right", "why")]
    texts += [text for one in wrong for text in one.values()]
    if not all(isinstance(text, str) and text.strip() for text in texts):
        return ["a field is empty, or no text"]
    problems = []
    options = [entry["right"], *(one["option"] for one in wrong)]
    if len(options) != len(LETTERS):
        problems.append(f"{len(options)} answers, not {len(LETTERS)}")
    if len({shown(option).casefold() for option in options}) < len(options):
        problems.append("an answer is there twice")
    if uneven([len(shown(option)) for option in options]):
        problems.append("the answers are of unlike length")
    for option in options:
        if "$" in option or ROLE.search(option):
            problems.append(f"{option!r}: an answer is a button; it has words for a name, no role")
        if EVADES.search(option):
            problems.append(f"{option!r} is no answer")
    for text in texts:
        numbers = typed.numbers(text) if text not in options else []
        problems += [f"{number!r} is typed by hand; name a row, or write $…$" for number in numbers]
    return problems


def check(entries: list[dict], lessons: dict[int, str]) -> list[str]:
    """Problems of the file and of the lessons (their texts by number) that show it."""
    problems = [
        f"{entry.get('id')}: {problem}" for entry in entries for problem in check_entry(entry)
    ]
    for name in ("id", "stem"):
        count = Counter(str(entry.get(name)) for entry in entries)
        problems += [f"the {name} {text!r} is there twice" for text, n in count.items() if n > 1]
    asked = Counter(str(entry.get("id")).partition("-")[0] for entry in entries)
    for number, text in lessons.items():
        least, most = QUESTIONS
        found, places = asked.pop(str(number), 0), len(PLACE.findall(text))
        if lint_pages.OUTLINE in text:
            continue
        if not least <= found <= most:
            problems.append(f"chapter {number}: {found} questions; {least} to {most} are asked for")
        if places != 1:
            problems.append(f"chapter {number}: its lesson shows the quiz {places} times, not once")
    return problems + [f"chapter {number}: there is no such lesson" for number in asked]


def read(root: Path = notebooks.ROOT) -> list[dict]:
    """The entries of the file."""
    return files.read_yaml(root / FILE)


def table(questions: list[Question], lessons: dict[int, str]) -> str:
    """The questions of each chapter, where the right answers stand, and how long they are."""
    asked = Counter(q.chapter for q in questions)
    lines = [
        f"{number:>2}  {text.partition(chr(10))[0].removeprefix('# '):24} {asked[number]}"
        for number, text in lessons.items()
    ]
    places = Counter(q.right for q in questions)
    drawn = ", ".join(f"{letter} {places[n]}" for n, letter in enumerate(LETTERS))
    ends = {word: sum(right_is(end, q) for q in questions) for word, end in ENDS.items()}
    told = ", ".join(f"the {word} in {n}" for word, n in ends.items())
    lines.append(f"{len(questions)} questions; the right answer is {drawn}; {told}")
    return "\n".join(lines)


ENDS = {"longest": max, "shortest": min}


def right_is(end, question: Question) -> bool:
    """Whether the right answer is the one that is longest (or shortest), and no other."""
    lengths = [len(shown(option.text)) for option in question.options]
    return lengths.count(end(lengths)) == 1 and lengths[question.right] == end(lengths)


def main() -> None:
    texts = [notebooks.ROOT / "book" / f"{name}.md" for name in notebooks.chapters(notebooks.ROOT)]
    lessons = {int(path.name[:2]): path.read_text(encoding="utf-8") for path in texts}
    entries = read()
    problems = check(entries, lessons)
    print("\n".join(problems) or table([question(entry) for entry in entries], lessons))
    sys.exit(bool(problems))


if __name__ == "__main__":
    commands.run(main)
