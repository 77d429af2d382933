"""{known}: where the book is known to run, from data/known.jsonl, and why not where it does not.

Each line of its body is `places | outcome | notebooks | reason`: names of places or `*`, *runs* or
*fails*, numbers of notebooks or `*`. What is not the same everywhere needs a reason, and a reason
something that it explains.
"""

from __future__ import annotations

from fnmatch import fnmatch
from pathlib import Path

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from tools import known, notebooks

from . import ledger, links, sources, teaching

HEAD = ["where", "with", "labs", "studies", "tried"]
PACKAGES = {"tensorflow": "TensorFlow", "keras": "Keras", "numpy": "NumPy", "torch": "PyTorch"}
OUTCOMES = {  # of one notebook, of several
    "runs": ("runs, with other outputs", "run, with other outputs"),
    "fails": ("does not run", "do not run"),
    "skipped": ("was not run", "were not run"),
}


class Reason:
    """A line of the directive's body. Raises FactError when it has another form."""

    def __init__(self, line: str):
        parts = [part.strip() for part in line.split("|")]
        if len(parts) != 4 or parts[1] not in OUTCOMES:
            raise sources.FactError(f"{line!r} is not places | outcome | notebooks | reason")
        self.places, self.outcome, self.numbers, self.text = parts
        self.rows: list[dict] = []

    def explains(self, row: dict) -> bool:
        name = Path(row["notebook"]).name
        return (
            row["outcome"] == self.outcome
            and any(fnmatch(row["place"], place) for place in self.places.split())
            and any(fnmatch(name, f"{number}*") for number in self.numbers.split())
        )


def counted(rows: list[dict]) -> str:
    """How many of some rows are the same, how many run: "14 of 17 the same, 2 run"."""
    said = [("same", " the same"), ("runs", " run")]
    shares = [(sum(row["outcome"] == kind for row in rows), text) for kind, text in said]
    told = [f"{n} of {len(rows)}{text}" for n, text in shares if n]
    return ", ".join(told) or ("none" if rows else "–")


class Known(SphinxDirective):
    """The table of places, then the exceptions with their reasons."""

    has_content = True

    def run(self):
        self.env.note_dependency(known.FILE.as_posix())
        rows = [*known.load(Path(self.env.srcdir)).values()]
        try:
            reasons = [Reason(line) for line in self.content if line.strip()]
            explain(rows, reasons)
        except sources.FactError as error:
            raise self.error(f"{{known}}: {error}") from None
        lines = [self.line(name, place, rows) for name, place in known.places().items()]
        return [
            teaching.table(HEAD, [line for line in lines if line], "known"),
            nodes.bullet_list("", *map(self.exception, reasons)),
        ]

    def line(self, name: str, place: known.Place, rows: list[dict]):
        mine = [row for row in rows if row["place"] == name]
        if not mine:
            return None
        versions = max(mine, key=lambda row: row["date"])["versions"]
        studies = [row for row in mine if notebooks.is_study(Path(row["notebook"]))]
        labs = [row for row in mine if row not in studies]
        dates = sorted({row["date"] for row in mine})
        packages = [f"{PACKAGES[p]} {versions[p]}" for p in PACKAGES if p in versions]
        cells = [
            f"{place.title}, Python {versions['python']}",
            ", ".join(packages),
            counted(labs),
            counted(studies),
            dates[0] if len(dates) == 1 else f"{dates[0]} to {dates[-1]}",
        ]
        return ledger.row(*cells)

    def exception(self, reason: Reason) -> nodes.list_item:
        titles = known.places()
        where = sorted({titles[row["place"]].title for row in reason.rows})
        names = sorted({row["notebook"] for row in reason.rows})
        outcome = OUTCOMES[reason.outcome][len(names) > 1]
        shown = nodes.paragraph("", "", nodes.strong("", ", ".join(where)), nodes.Text(": "))
        for name in names:
            number = Path(name).name.split("-")[0]
            shown += links.to(self.env, name, "", nodes.Text(number))
            shown += nodes.Text(", " if name != names[-1] else f" {outcome}. ")
        shown += self.state.inline_text(reason.text, self.lineno)[0]
        return nodes.list_item("", shown)


def explain(rows: list[dict], reasons: list[Reason]) -> None:
    """Hand each row that is not the same to its reason. Raises FactError where one is missing."""
    for row in rows:
        if row["outcome"] == "same":
            continue
        found = next((reason for reason in reasons if reason.explains(row)), None)
        if found is None:
            said = " ".join(row[part] for part in ("place", "outcome", "notebook", "says"))
            raise sources.FactError(f"no reason is given for {said!r}")
        found.rows.append(row)
    for reason in reasons:
        if not reason.rows:
            raise sources.FactError(f"nothing is explained by {reason.text!r}")


def setup(app):
    app.add_directive("known", Known)
