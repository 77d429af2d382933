"""Rows that a study measured: reading them, summing them up, and telling when they are stale.

A file ``data/results/NN-name.jsonl`` holds a header line and one row a line. ``summary`` is the
only way a number gets from the rows into a page, a ledger, a figure or a lab's ``study`` cell.
"""

from __future__ import annotations

import json
import math
import statistics
from pathlib import Path

import labs


def path_of(lab: str, root: Path = labs.ROOT) -> Path:
    """The results file of a lab, named by its number ("05", "08b") or its whole name."""
    return root / "data" / "results" / f"{labs.find(lab, root)[0].stem}.jsonl"


def load(source: str | Path, root: Path = labs.ROOT) -> tuple[dict, list[dict]]:
    """Header and rows of a results file (a path, or a lab's number)."""
    path = source if isinstance(source, Path) else path_of(source, root)
    header, *rows = [json.loads(s) for s in path.read_text(encoding="utf-8").splitlines()]
    return header, rows


def wilson(successes: int, n: int, z: float = 1.96) -> tuple[float, float]:
    """95 % interval for a success rate (Wilson 1927)."""
    p, q = successes / n, z * z / n
    middle = (p + q / 2) / (1 + q)
    half = z / (1 + q) * math.sqrt(p * (1 - p) / n + q / (4 * n))
    return max(0.0, middle - half), min(1.0, middle + half)


def _round(x: float, digits: int = 6) -> float:
    return float(f"{x:.{digits}g}")


def _sum_up(values: list, kind: str):
    if isinstance(values[0], list):
        length = min(map(len, values))
        return [_round(statistics.median(v[i] for v in values), 4) for i in range(length)]
    values = [float(v) for v in values]
    if kind == "rate":
        low, high = wilson(round(sum(values)), len(values))
        return [_round(sum(values) / len(values)), _round(low), _round(high), len(values)]
    return [
        _round(statistics.median(values)),
        _round(min(values)),
        _round(max(values)),
        len(values),
    ]


def summary(header: dict, rows: list[dict]) -> dict:
    """``{key: {metric: [median, low, high, n]}}``; rates with their Wilson interval.

    A metric whose rows hold lists gives the list of medians, entry by entry. Failed rows count for
    nothing; they are reported by ``failures``.
    """
    table: dict = {}
    for row in rows:
        if "error" not in row:
            for metric in row.keys() - {"key", "seed"}:
                table.setdefault(row["key"], {}).setdefault(metric, []).append(row[metric])
    kinds = {m: d.get("kind", "median") for m, d in header["metrics"].items()}
    return {
        key: {m: _sum_up(v, kinds.get(m, "median")) for m, v in sorted(metrics.items())}
        for key, metrics in sorted(table.items())
    }


def failures(rows: list[dict]) -> list[dict]:
    return [row for row in rows if "error" in row]


def paired_ratio(rows: list[dict], above: tuple[str, str], below: tuple[str, str]) -> list[float]:
    """Ratios of two (key, metric) pairs over the seeds that both have."""
    value = {(r["key"], r["seed"]): r for r in rows if "error" not in r}
    seeds = sorted({s for k, s in value if k == above[0]} & {s for k, s in value if k == below[0]})
    return [value[above[0], s][above[1]] / value[below[0], s][below[1]] for s in seeds]


def study_cell(lab: Path, root: Path = labs.ROOT) -> str:
    """Source of a lab's generated ``study`` cell: the summary of its rows as one dictionary."""
    header, rows = load(root / "data" / "results" / f"{lab.stem}.jsonl")
    table = summary(header, rows)
    lines = ",\n".join(f'"{key}": {json.dumps(values)}' for key, values in table.items())
    seeds = len({row["seed"] for row in rows})
    return (
        f"# The full study: {len(rows)} rows, {seeds} seeds, from data/results/{lab.stem}.jsonl\n"
        "# STUDY[key][metric] = [median, low, high, n], or a list of medians.\n"
        f'import json\n\nSTUDY = json.loads(\n    """{{\n{lines}\n}}"""\n)'
    )


def stale(lab: Path, root: Path = labs.ROOT) -> list[str]:
    """What no longer fits between a lab, its rows and its study cell (empty when all is well)."""
    rows_path = root / "data" / "results" / f"{lab.stem}.jsonl"
    if not rows_path.exists():
        return [f"{lab.name}: no rows in data/results/{lab.stem}.jsonl; run `make study`"]
    notebook, problems = labs.read(lab), []
    header, rows = load(rows_path)
    if header["experiment"] != labs.experiment_hash(notebook):
        problems.append(
            f"{lab.name}: its experiment cells changed after the study; run `make study`"
        )
    if header["metrics"] != labs.literal(labs.tagged(notebook, "experiment"), "METRICS"):
        problems.append(f"{lab.name}: METRICS differ from those of the rows")
    if header["rows"] != len(rows) or header["failed"] != len(failures(rows)):
        problems.append(f"{rows_path.name}: holds other rows than its header says")
    if len({(r["key"], r["seed"]) for r in rows}) != len(rows):
        problems.append(f"{rows_path.name}: a row is there twice")
    cell = labs.tagged(notebook, "study")
    if [c.source for c in cell] != [study_cell(lab, root)]:
        problems.append(f"{lab.name}: its study cell is not the summary of the rows")
    return problems
