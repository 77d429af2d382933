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

from tools import commands, notebooks, results

NAME = re.compile(r"(?:tune|rate)-(?:(?P<what>.+)-)?(?P<rate>\d+e-\d+|0\.\d+)")
# the metrics that a tuning is judged by, the first that its rows have
METRICS = ["validation", "loss", "trained_loss", "answer_loss", "both_losses", "valid", "bits"]
METRICS += ["share", "accuracy"]


class Grid(NamedTuple):
    """What was tuned, by which metric, in which studies: the median over the seeds of each rate.

    Where the metric is the runs that learn, a tuple to be compared in its place. ``higher``: an
    accuracy, by its label; the others are losses.
    """

    what: str
    metric: str
    studies: list[str]
    medians: dict[float, float | tuple[float, ...]]
    higher: bool

    @property
    def rates(self) -> list[float]:
        return sorted(self.medians)

    @property
    def best(self) -> float:
        return (max if self.higher else min)(self.rates, key=self.medians.get)

    @property
    def edge(self) -> str:
        """The word smallest or largest where the best rate is the last on that side, or nothing."""
        return {self.rates[0]: "smallest", self.rates[-1]: "largest"}.get(self.best, "")

    def widened_by(self, other: Grid) -> bool:
        """Whether another study tried further rates, and no others, for the same thing."""
        same = (self.what, self.metric) == (other.what, other.metric)
        return same and not self.medians.keys() & other.medians.keys()


def of_chapter(number: str, root: Path = notebooks.ROOT) -> list[Grid]:
    """The grids of a chapter ("08")."""
    found: list[Grid] = []
    for study in notebooks.studies(root):
        path = results.path_of(study)
        if study.stem[:2] == number and path.exists():
            for new in _of_study(study.stem, *results.load(path)):
                grid = next((grid for grid in found if grid.widened_by(new)), None)
                if grid:
                    grid.studies.append(study.stem)
                    grid.medians.update(new.medians)
                else:
                    found.append(new)
    return found


def _of_study(study: str, header: dict, rows: list[dict]):
    tried: dict[str, dict[float, list[dict]]] = {}
    for row in rows:
        match = NAME.fullmatch(row["key"])
        if match and "error" not in row:
            rates = tried.setdefault(match["what"] or study[4:], {})
            rates.setdefault(float(match["rate"]), []).append(row)
    for what, rates in sorted(tried.items()):
        shared = set.intersection(*(set(row) for found in rates.values() for row in found))
        metric = next(m for m in METRICS if m in shared)
        medians = {r: statistics.median(x[metric] for x in f) for r, f in rates.items()}
        label = header["metrics"][metric]["label"]
        higher = metric == "accuracy" or label.startswith("accuracy")
        if "solved" in shared and metric in ("loss", "accuracy"):
            metrics = {"solved": -1, "updates": 1, metric: -1 if higher else 1}
            medians = {
                r: tuple(s * sum(x[m] for x in f) for m, s in metrics.items() if m in shared)
                for r, f in rates.items()
            }
            metric, higher = "runs that learn", False
        yield Grid(what, metric, [study], medians, higher)


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
    commands.run(lambda: print("\n".join(report()) or "no best rate lies at an edge of its grid"))
