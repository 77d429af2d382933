"""Check the pages' sources: `python -m tools.lint_pages`.

A chapter is a lesson with its evidence; both have the form that CONTRIBUTING.md describes, stand at
their number in the contents, and hold no measured number that a person typed.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from tools import arithmetic, commands, files, grids, notebooks, typed
from tools.notebooks import chapters

OUTLINE = "*This chapter is an outline, not yet written.*"
LESSON_WORDS = (1_300, 2_000)
LESSON_END = ["What we found", "In practice", "Verdict", "Now you", "In short"]
NOTES = ["Minutes", "Board plan", "Two predictions", "Misconceptions", "In the lab", "If they ask"]
EVIDENCE = ["Protocol", "Findings", "Verdict", "Sources"]
TOLD = ("What we found", "Verdict", "In short")  # what was measured, in a lesson
LEAST_SOLUTION = 12  # words and formulas
MOST_FINDINGS, MOST_MEASURED, LEAST_DRAWINGS, EXERCISES = 3, 25, 3, (4, 8)
PICTURE = re.compile(r"(?m)^[`:]{3,}\{(?:drawing|figure|explorer|lab|study)\}")
# whose bodies are not running text
SILENT = (
    "bibliography|claims|code-block|drawing|explorer|figure|image|lab|math|rates|study|verdicts?"
)


def sections(text: str) -> dict[str, str]:
    """The bodies of the second-level sections, by title, in order; "" is what comes before."""
    parts = re.split(r"(?m)^## +(.*?)\s*$", text)
    return {"": parts[0], **dict(zip(parts[1::2], parts[2::2], strict=True))}


def words(text: str) -> int:
    """Words that a reader reads: without fences' code and options, mathematics and mark-up."""
    fence = rf"(?ms)^(`{{3,}}|:{{3,}})(?:\{{(?:{SILENT})\}}[^\n]*|[a-z]*)\n.*?^\1\s*$"
    text = re.sub(fence, " ", text)
    text = re.sub(r"(?m)^(?:`{3,}|:{3,}).*$|^\|.*$|^<!--(?s:.*?)-->", " ", text)
    for pattern in (*typed.FORMULAS, *typed.NO_TEXT, typed.OPTIONS):
        text = re.sub(pattern, " x ", text)
    return len(re.findall(r"[A-Za-z][A-Za-z'’-]*", text))


def exercises(text: str, least: int, most: int):
    """Problems of the exercises: too few, too many, without a solution, or one not written."""
    labels = re.findall(r"(?m)^`{3,}\{exercise\}[^\n]*\n(?:.*\n)*?:label: (\S+)", text)
    solved = re.findall(r"(?m)^`{3,}\{solution\} (\S+)", text)
    if not least <= len(labels) <= most or sorted(labels) != sorted(solved):
        yield f"{len(labels)} exercises with {len(solved)} solutions; {least} to {most} of each"


def solutions(text: str) -> dict[str, str]:
    """The solutions of a lesson, by exercise, without their options."""
    found = re.findall(r"(?ms)^(`{3,})\{solution\} (\S+)\n(.*?)^\1\s*$", text)
    return {name: re.sub(r"(?m)^:[a-z]+:.*$", "", body) for _, name, body in found}


def check_solutions(text: str):
    """Problems of the solutions: what says nothing, and a number that nothing on the page gives."""
    elsewhere, found = text, solutions(text)
    for body in found.values():
        elsewhere = elsewhere.replace(body.strip(), "")
    known = set(typed.DIGITS.findall(elsewhere))
    for name, body in found.items():
        if len(body.split()) < LEAST_SOLUTION:
            yield f"the solution of {name} says next to nothing"
        for pattern in typed.NO_TEXT:
            body = re.sub(pattern, " ", body)
        worked = typed.worked(body)
        for number in typed.DIGITS.findall(body):
            if number not in known and number not in worked:
                yield f"{number} in the solution of {name} stands in no sum; write it as one"


def check_anywhere(text: str):
    """Problems of a page's text wherever it stands: shares in words, numbers in captions."""
    numbers = typed.in_words(text)
    for caption in re.findall(r"(?m)^:caption: (.*)", text):
        numbers += typed.in_caption(caption)
    for number in numbers:
        yield f"{number!r} is typed by hand; name a row"


def check_sums(root: Path) -> list[str]:
    """The sums on all pages, worked out again."""
    return [
        f"{path.relative_to(root / 'book').as_posix()}: not so, to the digits it prints: {equation}"
        for path in sorted((root / "book").rglob("*.md"))
        for equation in arithmetic.wrong(path.read_text(encoding="utf-8"))
    ]


def check_lesson(path: Path) -> list[str]:
    """Problems of a lesson."""
    text, problems = path.read_text(encoding="utf-8"), []
    found = sections(text)
    titles = list(found)
    if titles[-len(LESSON_END) :] != LESSON_END:
        problems.append(f"does not end in the sections {', '.join(LESSON_END)}")
    picture, quotation = PICTURE.search(text), re.search(r"(?m)^> .+", text)
    if not quotation:
        problems.append("does not quote the article")
    elif not picture or picture.start() > quotation.start():
        problems.append("quotes the article before it shows a picture")
    findings = found.get("What we found", "")
    if len(re.findall(r"(?m)^### ", findings)) > MOST_FINDINGS:
        problems.append(f"has more than {MOST_FINDINGS} findings")
    for number in typed.numbers(findings):
        problems.append(f"{number!r} in 'What we found' is typed by hand; name a row")
    for title in TOLD:
        for number in typed.in_formulas(found.get(title, ""), least=2):
            problems.append(f"{number!r} in {title!r} is typed by hand; name a row")
    problems += check_anywhere(text)
    if text.count("{measured}`") > MOST_MEASURED:
        problems.append(f"holds more than {MOST_MEASURED} measured numbers")
    if OUTLINE not in text:
        problems += exercises(found.get("Now you", ""), *EXERCISES)
        problems += check_solutions(text)
        drawings = len(re.findall(r"(?m)^[`:]{3,}\{drawing\}", text))
        if drawings < LEAST_DRAWINGS:
            problems.append(f"{drawings} drawings, fewer than {LEAST_DRAWINGS}")
        if not LESSON_WORDS[0] <= words(text) <= LESSON_WORDS[1]:
            low, high = LESSON_WORDS
            problems.append(f"{words(text)} words, outside {low} to {high}")
    return [f"{path.name}: {p}" for p in problems]


def check_evidence(path: Path) -> list[str]:
    """Problems of an evidence page."""
    text = path.read_text(encoding="utf-8")
    found, problems = sections(text), []
    if not text.startswith("# Evidence: "):
        problems.append("its title does not begin with 'Evidence: '")
    if [title for title in found if title in EVIDENCE] != EVIDENCE:
        problems.append(f"lacks one of the sections {', '.join(EVIDENCE)}, or has another order")
    findings = found.get("Findings", "")
    for number in typed.numbers(findings) + typed.in_formulas(findings, least=3):
        problems.append(f"{number!r} in 'Findings' is typed by hand; name a row")
    problems += check_anywhere(text)
    edges = [grid for grid in grids.of_chapter(path.name[:2], path.parents[2]) if grid.edge]
    if edges and "```{rates}" not in text:
        problems.append(
            f"best rates at an edge of their grid ({len(edges)}); say so with {{rates}}"
        )
    return [f"evidence/{path.name}: {p}" for p in problems]


def check_slides(path: Path) -> list[str]:
    """Problems of the slides of a lesson that is written."""
    if not path.exists():
        return [f"slides/{path.name}: there are no slides of this lesson"]
    text = path.read_text(encoding="utf-8")
    numbers = typed.numbers(text)
    for title, body in sections(text).items():
        if title.startswith("Finding"):
            numbers += typed.in_formulas(body, least=2)
    return [f"slides/{path.name}: {number!r} is typed by hand; name a row" for number in numbers]


def check_notes(path: Path) -> list[str]:
    """Problems of a chapter's page of notes for whoever teaches."""
    text = path.read_text(encoding="utf-8")
    found, problems = sections(text), []
    if [title for title in found if title in NOTES] != NOTES:
        problems.append(f"does not have the sections {', '.join(NOTES)}")
    if "**The sentence to defend.**" not in found[""]:
        problems.append("has no sentence to defend")
    if "```{misconceptions}" not in text:
        problems.append("does not show the misconceptions of its quiz")
    for number in typed.numbers(found.get("Two predictions", "")):
        problems.append(f"{number!r} in 'Two predictions' is typed by hand; name a row")
    return [f"teaching/notes/{path.name}: {p}" for p in problems]


def evidence_of(chapter: str, root: Path) -> Path:
    return root / "book" / "evidence" / f"{chapter}.md"


def check_order(root: Path) -> list[str]:
    """Every chapter is in the contents once, in the order of the numbers, and has a notebook."""
    toc = files.read_yaml(root / "_toc.yml")
    listed = {c["file"]: c for part in toc["parts"] for c in part["chapters"]}
    numbered = [f.removeprefix("book/") for f in listed if re.match(r"book/\d\d-", f)]
    problems = []
    if numbered != chapters(root):
        problems.append(f"_toc.yml lists the chapters {numbered}; the files are {chapters(root)}")
    for chapter in chapters(root):
        if not any(p.stem[:2] == chapter[:2] for p in notebooks.every(root)):
            problems.append(f"{chapter}.md has no notebook")
        beneath = [s["file"] for s in listed.get(f"book/{chapter}", {}).get("sections", [])]
        practice = [f"notebooks/exercises/{chapter}"]
        if not (root / f"{practice[0]}.ipynb").exists():
            practice = []
        mine = [f"notebooks/{chapter}", *practice, f"book/evidence/{chapter}"]
        if not evidence_of(chapter, root).exists():
            problems.append(f"{chapter}.md has no evidence page")
        elif beneath[: len(mine)] != mine:
            what = "its lab, its exercises and" if practice else "its lab and"
            problems.append(f"_toc.yml: {chapter} does not begin with {what} its evidence")
    for path in sorted((root / "book" / "evidence").glob("*.md")):
        if path.stem not in chapters(root):
            problems.append(f"evidence/{path.name} belongs to no lesson")
    return problems


def check(root: Path = notebooks.ROOT) -> list[str]:
    found = check_order(root) + check_sums(root)
    for chapter in chapters(root):
        lesson, evidence = root / "book" / f"{chapter}.md", evidence_of(chapter, root)
        found += check_lesson(lesson) + (check_evidence(evidence) if evidence.exists() else [])
        if OUTLINE not in lesson.read_text(encoding="utf-8"):
            found += check_slides(root / "book" / "slides" / f"{chapter}.md")
    for path in sorted((root / "book" / "teaching" / "notes").glob("*.md")):
        found += check_notes(path)
    return found


def main() -> int:
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else notebooks.ROOT
    return commands.report(check(root), f"{len(chapters(root))} chapters")


if __name__ == "__main__":
    commands.run(main)
