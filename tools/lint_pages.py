"""Check the chapters' sources: `python -m tools.lint_pages`.

A chapter has the form that CONTRIBUTING.md describes, stands at its number in the contents, and
holds no measured number that a person typed.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import yaml

from tools import notebooks
from tools.notebooks import chapters

WORDS = (1_200, 2_500)
MEASURED = "What we measured"
SECTIONS = ("After this chapter you can", MEASURED, "Verdict", "Exercises", "Sources")
# What may hold a number without a row behind it: mathematics, code, citations and the rows' roles.
NOT_TYPED = [
    r"(?s)\$\$.*?\$\$",
    r"\$[^$\n]+\$",
    r"\{[a-z:]+\}`[^`]*`",
    r"`[^`]*`",
    r"\]\([^)]*\)",
    r"(?m)^:[a-z-]+:.*$",
]
A_MEASUREMENT = re.compile(
    r"(?<![\w.])\d+[.,]\d+|\d+\s?%|\d+\s?(?:per ?cent|times|bits|seconds)\b|10[⁻⁰¹²³⁴-⁹]"
)


def typed_numbers(text: str) -> list[str]:
    """Numbers in a MyST text that look measured and come from no row."""
    for pattern in NOT_TYPED:
        text = re.sub(pattern, " ", text)
    return [m.group() for m in A_MEASUREMENT.finditer(text)]


def section(text: str, title: str) -> str:
    """The body of a second-level section, or "" when there is none."""
    found = re.search(rf"(?ms)^## {re.escape(title)}\s*$(.*?)(?=^## |\Z)", text)
    return found.group(1) if found else ""


def words(text: str) -> int:
    """Words that a reader reads: without fences' code and options, mathematics and mark-up."""
    text = re.sub(r"(?ms)^```.*?^```", " ", text)
    for pattern in NOT_TYPED:
        text = re.sub(pattern, " x ", text)
    return len(re.findall(r"[A-Za-z][A-Za-z'’-]*", text))


def check_chapter(path: Path) -> list[str]:
    """Problems of one chapter."""
    text, problems = path.read_text(encoding="utf-8"), []
    for title in SECTIONS:
        if f"\n## {title}\n" not in text:
            problems.append(f"has no section {title!r}")
    if not re.search(r"(?m)^> .+", text.split("\n## ")[0]):
        problems.append("does not open with the article's sentence")
    for number in typed_numbers(section(text, MEASURED)):
        problems.append(f"{number!r} in {MEASURED!r} is typed by hand; name a row")
    if not re.search(r"(?m)^`{3,}\{verdict\}", text):
        problems.append("has no verdict box")
    labels = re.findall(r"(?m)^`{3,}\{exercise\}[^\n]*\n(?:.*\n)*?:label: (\S+)", text)
    solved = re.findall(r"(?m)^`{3,}\{solution\} (\S+)", text)
    if not 3 <= len(labels) <= 5 or sorted(labels) != sorted(solved):
        problems.append(f"{len(labels)} exercises with {len(solved)} solutions; 3 to 5 of each")
    if not WORDS[0] <= words(text) <= WORDS[1]:
        problems.append(f"{words(text)} words, outside {WORDS[0]} to {WORDS[1]}")
    return [f"{path.name}: {p}" for p in problems]


def check_order(root: Path) -> list[str]:
    """Every chapter is in the contents once, in the order of the numbers, and has a notebook."""
    toc = yaml.safe_load((root / "_toc.yml").read_text(encoding="utf-8"))
    listed = [c["file"] for part in toc["parts"] for c in part["chapters"]]
    numbered = [f.removeprefix("book/") for f in listed if re.match(r"book/\d\d-", f)]
    problems = []
    if numbered != chapters(root):
        problems.append(f"_toc.yml lists the chapters {numbered}; the files are {chapters(root)}")
    for chapter in chapters(root):
        if not any(p.stem[:2] == chapter[:2] for p in notebooks.every(root)):
            problems.append(f"{chapter}.md has no notebook")
    return problems


def check_claims(root: Path) -> list[str]:
    """No claim of the ledger holds a measured number that a person typed."""
    claims = yaml.safe_load((root / "data" / "claims.yml").read_text(encoding="utf-8"))
    written = {int(c[:2]) for c in chapters(root)}
    problems = []
    for claim in claims:
        for field in ("evidence", "corrected"):
            if re.search(r"\b(ROWS|TODO)\b", claim.get(field) or ""):
                problems.append(f"claim {claim['id']}: its {field} is unfinished")
            for number in typed_numbers(claim.get(field) or ""):
                problems.append(f"claim {claim['id']}: {number!r} in its {field} is typed by hand")
        if claim["chapter"] in written and not claim.get("evidence"):
            problems.append(f"claim {claim['id']}: its chapter is written, its evidence is not")
    return problems


def check(root: Path = notebooks.ROOT) -> list[str]:
    found = check_order(root) + check_claims(root)
    for chapter in chapters(root):
        found += check_chapter(root / "book" / f"{chapter}.md")
    return found


if __name__ == "__main__":
    problems = check(Path(sys.argv[1]) if len(sys.argv) > 1 else notebooks.ROOT)
    print("\n".join(problems) or f"{len(chapters(notebooks.ROOT))} chapters: no problem found")
    sys.exit(bool(problems))
