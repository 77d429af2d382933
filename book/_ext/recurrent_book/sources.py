"""Notebooks, rows and claims, as the pages need them: read once, remembered while unchanged."""

from __future__ import annotations

import functools
import re
import sys
from dataclasses import dataclass
from pathlib import Path

import nbformat
import yaml

sys.path.append(str(Path(__file__).resolve().parents[3]))

from tools import notebooks, results

VERDICTS = {  # word in the ledger: (class, symbol)
    "established": ("established", "✓"),
    "established with a caveat": ("caveat", "✓*"),
    "contested": ("contested", "?"),
    "misleading": ("misleading", "≈"),
    "wrong": ("wrong", "✗"),
}


ASKS = "recurrent_asks"  # in a page's metadata: it has asked which chapters are written


class FactError(Exception):
    """A page names something that is not there. The build reports it at the page's line."""


@dataclass(frozen=True)
class Rows:
    """The rows of a study: ``table[key][metric]`` is a ``Summary`` or a curve."""

    study: str
    header: dict
    rows: list[dict]
    table: dict


@dataclass(frozen=True)
class Fact:
    """A measured number: its value and interval, what it is, and what it came from."""

    value: float
    low: float
    high: float
    n: int
    label: str
    key: str  # of the row, or of the two rows of a ratio
    values: tuple[float, ...]  # one a seed
    unit: str
    digits: int
    rate: bool
    whole: bool  # a count, printed without decimals
    kind: str  # "median of 16 seeds", …
    study: str
    versions: dict


@functools.lru_cache(maxsize=64)
def _parse(path: Path, modified: int):
    if path.suffix == ".ipynb":
        return nbformat.read(path, as_version=4)
    if path.suffix in (".yml", ".cff"):
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    header, rows = results.load(path)
    return Rows(path.stem, header, rows, results.summary(header, rows))


def read(env, path: Path):
    """A file's content. The page being read depends on the file from now on."""
    env.note_dependency(path.relative_to(env.srcdir).as_posix())
    if not path.exists():
        raise FactError(f"there is no {path.relative_to(env.srcdir).as_posix()}")
    return parsed(path)


def parsed(path: Path):
    """A file's content: of rows `Rows`, of a notebook its cells, of YAML its values."""
    return _parse(path, path.stat().st_mtime_ns)


@functools.lru_cache(maxsize=4)
def _listed(kind: str, root: Path, modified: int) -> list[Path]:
    """The labs or studies, listed again when one was added or taken away."""
    return notebooks.studies(root) if kind == "study" else notebooks.labs(root)


def one_notebook(env, number: str, kind: str = "study") -> Path:
    """The lab ("08") or the study ("08b") that a number names. Raises FactError."""
    root = Path(env.srcdir)
    folder = root / "notebooks" / ("studies" if kind == "study" else "")
    known = _listed(kind, root, folder.stat().st_mtime_ns)
    found = [path for path in known if path.stem.split("-")[0] == number]
    if not found:
        raise FactError(
            f"There is no {kind} {number!r}. There is {', '.join(p.stem for p in known)}"
        )
    return found[0]


def page_of(env, path: Path) -> str:
    """The page of a notebook, as Sphinx names it."""
    return path.relative_to(env.srcdir).with_suffix("").as_posix()


def rows_of(env, number: str) -> Rows:
    """The rows of the study that a number names."""
    stem = one_notebook(env, number).stem
    return read(env, Path(env.srcdir) / "data" / "results" / f"{stem}.jsonl")


def _entry(rows: Rows, key: str, metric: str) -> tuple[list, dict]:
    if key not in rows.table:
        raise FactError(f"{rows.study} has no key {key!r}; it has {', '.join(rows.table)}")
    if metric not in rows.table[key]:
        known = ", ".join(rows.table[key])
        raise FactError(f"{rows.study} measured no {metric!r} of {key!r}; it measured {known}")
    entry = rows.table[key][metric]
    curves = any(isinstance(row.get(metric), list) for row in rows.rows if row["key"] == key)
    if curves:
        raise FactError(f"{rows.study}/{key}/{metric} is a curve, not a number")
    if metric not in rows.header["metrics"]:
        raise FactError(f"{rows.study} says nothing of {metric!r} in its METRICS")
    return entry, rows.header["metrics"][metric]


def _address(text: str) -> tuple[str, str, str]:
    parts = text.strip().split("/")
    if len(parts) != 3 or not all(parts):
        raise FactError(f"{text.strip()!r} is not of the form study/key/metric")
    return tuple(parts)


def fact(env, text: str) -> Fact:
    """What ``05/keras-lstm/lag99`` or ``05/a/m ÷ 05/b/m`` names. Raises FactError."""
    addresses = [_address(part) for part in text.split("÷")]
    if len(addresses) > 2:
        raise FactError(f"{text!r} divides more than once")
    rows = rows_of(env, addresses[0][0])
    if len(addresses) == 1:
        return _median(rows, *addresses[0][1:])
    if one_notebook(env, addresses[1][0]).stem != rows.study:
        raise FactError(f"{text!r} divides rows of two studies, which share no seeds")
    return _ratio(rows, text, addresses[0][1:], addresses[1][1:])


def repeated(about: dict) -> str:
    """What was done several times: networks of several seeds, or rounds with a stopwatch."""
    return "rounds" if about.get("kind") == "timing" else "seeds"


def _median(rows: Rows, key: str, metric: str) -> Fact:
    entry, about = _entry(rows, key, metric)
    rate, n = about.get("kind") == "rate", entry.n
    values = [row[metric] for row in rows.rows if row["key"] == key and metric in row]
    counts = [type(value) is int for value in values]
    return Fact(
        *entry,
        label=about["label"],
        key=key,
        values=tuple(map(float, values)),
        unit=about.get("unit", ""),
        digits=about.get("digits", 3),
        rate=rate,
        whole=all(counts) and all(float(v).is_integer() for v in entry[:3]),
        kind=f"{'share' if rate else 'median'} of {n} {repeated(about)}"
        if rate or n > 1
        else "one run",
        study=rows.study,
        versions=rows.header["versions"],
    )


def _ratio(rows: Rows, text: str, above: tuple[str, str], below: tuple[str, str]) -> Fact:
    labels = [_entry(rows, *place)[1] for place in (above, below)]
    try:
        ratios = results.paired_ratio(rows.rows, above, below)
    except ZeroDivisionError:
        raise FactError(f"{text!r} divides by zero") from None
    if not ratios:
        raise FactError(f"{text!r}: the two have no seed in common")
    pairs = [{"key": "", "seed": i, "ratio": ratio} for i, ratio in enumerate(ratios)]
    n = len(ratios)
    return Fact(
        *results.summary({"metrics": {}}, pairs)[""]["ratio"],
        label=f"{labels[0]['label']}, divided by {labels[1]['label']}",
        key=f"{above[0]} ÷ {below[0]}",
        values=tuple(ratios),
        unit="",
        digits=min(about.get("digits", 3) for about in labels),
        rate=False,
        whole=False,
        kind=f"median ratio of {n} paired {repeated(labels[0])}"
        if n > 1
        else "ratio of one pair of runs",
        study=rows.study,
        versions=rows.header["versions"],
    )


def claims(env) -> list[dict]:
    """The ledger, in the article's order. Raises FactError when an entry is malformed."""
    found = read(env, Path(env.srcdir) / "data" / "claims.yml")
    for claim in found:
        missing = {"id", "quote", "chapter", "verdict"} - claim.keys()
        if missing:
            raise FactError(f"claims.yml: {claim.get('id', claim)} lacks {', '.join(missing)}")
        if claim["verdict"] not in VERDICTS:
            raise FactError(f"claims.yml: {claim['id']} has the verdict {claim['verdict']!r}")
        if not occur(claim.get("words", ""), claim["quote"]):
            raise FactError(f"claims.yml: the words of {claim['id']} are not those of its quote")
        for row in claim.get("rows") or []:
            fact(env, row)
    ids = [claim["id"] for claim in found]
    if len(ids) != len(set(ids)):
        raise FactError("claims.yml: an id is there twice")
    return found


def occur(words: str, quote: str) -> bool:
    """Whether the pieces of an excerpt (between "…") occur in a quotation, in their order."""
    place = 0
    for piece in filter(None, (piece.strip() for piece in words.split("…"))):
        place = quote.find(piece, place)
        if place < 0:
            return False
        place += len(piece)
    return True


def claim(env, wanted: str) -> dict:
    """The claim of that id. Raises FactError."""
    found = next((claim for claim in claims(env) if claim["id"] == wanted), None)
    if found is None:
        raise FactError(f"the ledger has no claim {wanted!r}")
    return found


def _page(env, folder: str, number: int | str) -> str | None:
    env.metadata[env.docname][ASKS] = True
    pattern = re.compile(rf"{folder}/{int(number):02d}-")
    return next((name for name in sorted(env.found_docs) if pattern.match(name)), None)


def chapter(env, number: int | str) -> str | None:
    """The page of a lesson by its chapter's number, or None while it is not written."""
    return _page(env, "book", number)


def evidence(env, number: int | str) -> str | None:
    """The page with the evidence of a chapter, or None while it is not written."""
    return _page(env, "book/evidence", number)


def ask_again(app, env, added, changed, removed) -> list[str]:
    """The pages that asked for a chapter's pages, when one has come or gone."""
    asked = ("book/", "notebooks/exercises/")
    if not any(name.startswith(asked) for name in added | removed):
        return []
    return [name for name in env.found_docs if env.metadata[name].get(ASKS)]


def setup(app):
    app.connect("env-get-outdated", ask_again)
