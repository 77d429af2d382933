"""Rows that a study measured: reading them, summing them up, and telling when they are stale.

A file ``data/results/NNx-name.jsonl`` holds a header line and one row a line. ``summary`` is the
only way a number gets from the rows into a page, a ledger, a figure or a ``study`` cell.
"""

from __future__ import annotations

import ast
import json
import math
import statistics
from pathlib import Path
from typing import NamedTuple

from tools import files, notebooks, provenance


class Summary(NamedTuple):
    """A metric over its seeds: median and range, or for a rate the share and its 95 % interval."""

    median: float
    low: float
    high: float
    n: int


def path_of(study: Path) -> Path:
    """The results file of a study, from the path of its notebook."""
    return study.parents[2] / "data" / "results" / f"{study.stem}.jsonl"


def every(root: Path) -> list[Path]:
    """All results files of a book."""
    return sorted((root / "data" / "results").glob("*.jsonl"))


def load(path: Path) -> tuple[dict, list[dict]]:
    """Header and rows of a results file. Raises ``files.Unreadable``."""
    try:
        header, *rows = [json.loads(s) for s in path.read_text(encoding="utf-8").splitlines()]
    except ValueError as error:
        raise files.Unreadable(path, error) from error
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
        return Summary(_round(sum(values) / len(values)), _round(low), _round(high), len(values))
    middle = _round(statistics.median(values))
    return Summary(middle, _round(min(values)), _round(max(values)), len(values))


def summary(header: dict, rows: list[dict]) -> dict:
    """``{key: {metric: Summary}}``; rates with their Wilson interval.

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


def plain(table: dict) -> dict:
    """A summary as JSON holds it: each ``Summary`` an object with its four names."""
    return {
        key: {m: s._asdict() if isinstance(s, Summary) else s for m, s in found.items()}
        for key, found in table.items()
    }


class MissingRows(Exception):
    """A study reads what its rows do not have."""


def study_cell(study: Path, reads: dict[str, list[str]]) -> str:
    """Source of a study's generated ``study`` cell: the summaries that the notebook reads.

    reads: for each key its metrics. Raises ``MissingRows`` for what no row has.
    """
    header, rows = load(path_of(study))
    table = plain(summary(header, rows))
    names = [(key, metric) for key, metrics in sorted(reads.items()) for metric in metrics]
    if missing := [f"{key}/{metric}" for key, metric in names if metric not in table.get(key, ())]:
        raise MissingRows(f"{study.name}: no row has {', '.join(missing)}, which its cell reads")
    lines = ",\n".join(
        f'"{key}": {json.dumps({m: table[key][m] for m in metrics})}'
        for key, metrics in sorted(reads.items())
    )
    seeds = len({row["seed"] for row in rows})
    return (
        f"# The full study: {len(rows)} rows, {seeds} seeds, from data/results/{study.stem}.jsonl\n"
        "# STUDY[key][metric] has .median (of a rate: the share), .low, .high and .n;\n"
        "# of a curve it is the list of medians.\n"
        "import json\nfrom types import SimpleNamespace\n\n"
        f'STUDY = json.loads(\n    """{{\n{lines}\n}}""",\n'
        '    object_hook=lambda found: SimpleNamespace(**found) if "median" in found else found,\n)'
    )


def renew_labels(study: Path) -> None:
    """Put the labels that the notebook gives its metrics into the header of the rows."""
    path = path_of(study)
    header, *lines = path.read_text(encoding="utf-8").splitlines()
    metrics = notebooks.literal(notebooks.tagged(notebooks.read(study), "metrics"), "METRICS")
    header = json.dumps(json.loads(header) | {"metrics": metrics}, ensure_ascii=False)
    files.write(path, "\n".join([header, *lines]) + "\n")


def reads_of(cell: str) -> dict[str, list[str]]:
    """The keys and metrics in the source of a ``study`` cell."""
    for node in ast.walk(ast.parse(cell)):
        if isinstance(node, ast.Constant) and str(node.value).startswith("{\n"):
            return {key: sorted(found) for key, found in json.loads(node.value).items()}
    return {}


def stale(study: Path) -> list[str]:
    """What no longer fits between a study, its rows and its cell (empty when all is well)."""
    rows_path = path_of(study)
    if not rows_path.exists():
        return [f"{study.name}: no rows in data/results/{rows_path.name}; run `make study`"]
    notebook, problems = notebooks.read(study), []
    header, rows = load(rows_path)
    lines = rows_path.read_text(encoding="utf-8").splitlines()[1:]
    if header["parameters"] != provenance.full_parameters(notebook):
        problems.append(f"{study.name}: FULL or a parameter changed after the study")
    elif header["fingerprint"] != provenance.fingerprint(notebook):
        problems.append(f"{study.name}: its code changed after the study (make study, or replay)")
    if header["seal"] != provenance.seal(lines):
        problems.append(f"{rows_path.name}: the rows are not those that the study wrote")
    if header["metrics"] != notebooks.literal(notebooks.tagged(notebook, "metrics"), "METRICS"):
        problems.append(f"{study.name}: METRICS differ from those of the rows (make execute)")
    failed = [[row["key"], row["seed"]] for row in failures(rows)]
    if header["rows"] != len(rows) or header["failed"] != failed:
        problems.append(f"{rows_path.name}: holds other rows than its header says")
    if len({(r["key"], r["seed"]) for r in rows}) != len(rows):
        problems.append(f"{rows_path.name}: a row is there twice")
    for seeds, key in provenance.lonely_seed_sets(rows):
        problems.append(f"{rows_path.name}: only {key} has the seeds {list(seeds)}")
    cell = notebooks.tagged(notebook, "study")
    try:
        if [c.source for c in cell] != [study_cell(study, reads_of(c.source)) for c in cell]:
            problems.append(f"{study.name}: its study cell is not the summary of the rows")
    except MissingRows as missing:
        problems.append(str(missing))
    return problems
