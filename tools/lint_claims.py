"""Check the ledger, `data/claims.yml`: its verdicts follow from rows that hold what it says.

What a claim ``holds`` are comparisons of rows (`05a/a/lag99 > 2 * 05a/b/lag99`), true now, that
speak for it, limit it or speak against it; which of these it has is what its verdict says. Where no
comparison decides, what does stands instead: "by definition", or "published", which it then tells.
"""

from __future__ import annotations

import re
from pathlib import Path

from tools import arithmetic, commands, files, notebooks, results, typed

SIDES = {
    "established": ["for"],
    "established with a caveat": ["for", "but"],
    "contested": ["for", "against"],
    "misleading": ["but"],
    "wrong": ["against"],
}
NO_ROWS = ("by definition", "published")
A_ROW = re.compile(r"\b\d\d[a-z]/[^\s/]+/\w+")
NAMED = re.compile(r"\{measured\}`([^`]*)`")


def named(evidence: str) -> list[str]:
    """The rows that a text names, in its order, each once."""
    texts = NAMED.findall(evidence)
    return list(dict.fromkeys(row for text in texts for row in A_ROW.findall(text)))


class Rows:
    """The medians of all studies, read when they are asked for."""

    def __init__(self, root: Path):
        self.folder = root / "data" / "results"
        self.known: dict = {}

    def __getitem__(self, row: str) -> float:
        study, key, metric = row.split("/")
        if study not in self.known:
            found = sorted(self.folder.glob(f"{study}-*.jsonl"))
            self.known[study] = results.summary(*results.load(found[0])) if found else {}
        return self.known[study][key][metric].median


def fails(holds: str, rows: Rows) -> str | None:
    """Why a comparison of rows does not hold, or None."""
    names = A_ROW.findall(holds)
    if not names or not re.search("[<>=]", holds):
        return "compares no row"
    try:
        return (
            None if arithmetic.value(A_ROW.sub(lambda m: repr(rows[m[0]]), holds)) else "is false"
        )
    except (KeyError, AttributeError):
        return "names a row that is not there"
    except arithmetic.NoSum:
        return "is no comparison"


def check_holds(claim: dict, rows: Rows):
    """What is wrong with what a claim holds."""
    holds, wanted = claim.get("holds") or {}, SIDES.get(claim["verdict"], [])
    if list(holds) != wanted:
        yield f"holds {', '.join(holds) or 'nothing'}; {claim['verdict']!r} asks for {wanted}"
    for side, said in holds.items():
        if said == "published" and not claim.get("published"):
            yield f"{side}: published, but it tells of nothing published"
        for one in said if isinstance(said, list) else ():
            if why := fails(one, rows):
                yield f"{side}: {one!r} {why}"
        if not isinstance(said, list) and said not in NO_ROWS:
            yield f"{side}: {said!r} is no list of comparisons, nor one of {NO_ROWS}"
    if claim.get("rows") and not any(isinstance(said, list) for said in holds.values()):
        yield "has rows, and holds nothing of them"


def check(root: Path = notebooks.ROOT) -> list[str]:
    """Problems of the ledger, one line each."""
    claims = files.read_yaml(root / "data" / "claims.yml")
    written, rows = {int(c[:2]) for c in notebooks.chapters(root)}, Rows(root)
    problems = []
    for claim in claims:
        evidence, found = claim.get("evidence") or "", []
        for field in ("evidence", "corrected"):
            text = claim.get(field) or ""
            if re.search(r"\b(ROWS|TODO)\b", text):
                found.append(f"its {field} is unfinished")
            found += [f"{n!r} in its {field} is typed by hand" for n in typed.numbers(text)]
        if claim["chapter"] in written and not evidence:
            found.append("its chapter is written, its evidence is not")
        if named(evidence) != (claim.get("rows") or []):
            found.append("its rows are not those that its evidence names, in that order")
        if evidence:
            found += check_holds(claim, rows)
        problems += [f"claim {claim['id']}: {problem}" for problem in found]
    return problems


def main() -> int:
    return commands.report(check(), "the ledger")


if __name__ == "__main__":
    commands.run(main)
