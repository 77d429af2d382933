"""Learning rates that were tuned, and those whose best lies at an edge: `python -m tools.grids`.

The rows of a tuning are called ``tune-<what>-<rate>`` or ``rate-<what>-<rate>``. Studies of one
chapter that try further rates for the same thing widen its grid. A best at the edge is no error;
the chapter's evidence page says so with the directive ``{rates}``.
"""

from __future__ import annotations

import re
import statistics
from pathlib import Path
from typing import NamedTuple

from tools import notebooks, results

NAME = re.compile(r"(?:tune|rate)-(?:(?P<what>.+)-)?(?P<rate>\d+e-\d+|0\.\d+)")
# the metrics that a tuning is judged by, the first that its rows have: losses, then shares of right
LOWER = ["loss", "trained_loss", "answer_loss", "both_losses", "valid", "bits", "share"]
HIGHER = ["validation", "accuracy"]


class Grid(NamedTuple):
    """What was tuned, in which studies, the rates tried in order, the best of them, judged by."""

    what: str
    studies: tuple[str, ...]
    rates: tuple[float, ...]
    best: float
    metric: str

    @property
    def edge(self) -> str:
        """ "smallest" or "largest" where the best rate is the last of the grid on that side."""
        return {self.rates[0]: "smallest", self.rates[-1]: "largest"}.get(self.best, "")


def of_chapter(number: str, root: Path = notebooks.ROOT) -> list[Grid]:
    """The grids of a chapter ("08"), by the median over the tuning's seeds."""
    found: list[Grid] = []
    tables: list[dict[float, float]] = []
    for study in notebooks.studies(root):
        path = results.path_of(study)
        if study.stem[:2] != number or not path.exists():
            continue
        for what, metric, table in _tables(study.stem, results.load(path)[1]):
            for i, grid in enumerate(found):
                if grid[0] == what and grid[4] == metric and not table.keys() & tables[i].keys():
                    tables[i] |= table
                    found[i] = _grid(what, (*grid.studies, study.stem), tables[i], metric)
                    break
            else:
                tables.append(table)
                found.append(_grid(what, (study.stem,), table, metric))
    return found


def _tables(study: str, rows: list[dict]):
    """What a study tuned, by which metric, and ``{rate: median}``."""
    tried: dict[str, dict[float, list[dict]]] = {}
    for row in rows:
        match = NAME.fullmatch(row["key"])
        if match and "error" not in row:
            rates = tried.setdefault(match["what"] or study[4:], {})
            rates.setdefault(float(match["rate"]), []).append(row)
    for what, rates in sorted(tried.items()):
        shared = set.intersection(*(set(row) for found in rates.values() for row in found))
        metric = next(m for m in LOWER + HIGHER if m in shared)
        yield what, metric, {r: statistics.median(x[metric] for x in f) for r, f in rates.items()}


def _grid(what: str, studies: tuple[str, ...], table: dict[float, float], metric: str) -> Grid:
    best = (min if metric in LOWER else max)(sorted(table), key=table.get)
    return Grid(what, studies, tuple(sorted(table)), best, metric)


def report(root: Path = notebooks.ROOT) -> list[str]:
    """A line for each grid whose best lies at an edge."""
    return [
        f"{' and '.join(s[:3] for s in grid.studies)}: {grid.what}: {grid.best:g} is the "
        f"{grid.edge} of {', '.join(f'{rate:g}' for rate in grid.rates)} (by {grid.metric})"
        for chapter in notebooks.chapters(root)
        for grid in of_chapter(chapter[:2], root)
        if grid.edge
    ]


if __name__ == "__main__":
    print("\n".join(report()) or "no best rate lies at an edge of its grid")
