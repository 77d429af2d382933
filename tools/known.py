"""Find out where the book runs: `make known WHERE=oldest-3.12 NOTEBOOK=05` (both may be left out).

Each place is a Python with some versions, in an environment of its own under `.venv-known`. Each
notebook runs there alone in an empty folder, and its outcome becomes a row of `data/known.jsonl`:
*same*, every output is as committed; *runs*, nothing fails, and some outputs differ; *fails*, with
the cell and what it says. A row of the notebook as it is now is not made again. The page
`book/known.md` shows the rows.
"""

from __future__ import annotations

import argparse
import datetime
import hashlib
import json
import platform
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tqdm import tqdm

from tools import bootstrap, commands, compare, downloads, files, kernels, notebooks

FILE = Path("data") / "known.jsonl"
ENVIRONMENTS = notebooks.ROOT / ".venv-known"
NEEDED = (
    "matplotlib",
    "scikit-learn",
    "statsmodels",
    "jax",
    "ipykernel",
    "psutil",
    "pillow",
    "distributed",
)
CHECKED_BY = ("nbval==0.11.0", "pytest<9", "pytest-xdist", "pyyaml", "tqdm")
DIFFERS = "Cell outputs differ"  # nbval's words
TOO_SLOW = re.compile("Timeout of|cell timed out|didn't respond")  # nbval's: the machine's fault
COLOUR = re.compile(r"(?:\x1b|#x1B)\[\d+m")
TOGETHER = 6  # notebooks that run before their rows are written


@dataclass(frozen=True)
class Place:
    """A Python, what is installed there, and Keras' backend."""

    title: str
    python: str
    packages: tuple[str, ...]
    backend: str = "tensorflow"
    studies: bool = False  # whether they run here when no notebook is named; labs always do


def places() -> dict[str, Place]:
    """Every place by its name, in the order of the page."""
    locked = ("--require-hashes", "-r", "requirements.txt")
    colab = ("--require-hashes", "-r", "tools/colab.txt")
    oldest = ("tensorflow==2.16.2", "keras==3.3.3", "numpy==1.26.4", *NEEDED, *CHECKED_BY)
    newest = ("tensorflow", "keras", "numpy", *NEEDED, *CHECKED_BY)
    torch = ("torch", "keras", "numpy", "tensorflow", *NEEDED, *CHECKED_BY)
    found = {"colab": Place("Colab's versions", "3.13", colab, studies=True)}
    for python in ("3.11", "3.12"):
        found[f"oldest-{python}"] = Place("oldest", python, oldest)
    for python in ("3.11", "3.12", "3.13"):
        found[f"locked-{python}"] = Place("locked", python, locked)
    for python in ("3.11", "3.12", "3.13"):
        found[f"newest-{python}"] = Place("newest", python, newest, studies=python == "3.13")
    found["jax"] = Place("JAX", "3.12", locked, "jax")
    found["torch"] = Place("PyTorch", "3.12", torch, "torch")
    return found


def environment(name: str, place: Place) -> str:
    """The Python of a place, its environment made when it is not there yet.

    Raises ``SystemExit`` when this machine has no such Python, or the packages cannot be had.
    """
    folder = ENVIRONMENTS / name
    mine = bootstrap.inside(str(folder), "python")
    ready = folder / ".ready"
    wanted = json.dumps([place.python, place.packages, bootstrap.stamp("requirements.txt")])
    if ready.exists() and ready.read_text() == wanted:
        return mine
    uv = bootstrap.inside(str(notebooks.ROOT / ".venv"), "uv")
    python = bootstrap.find_python((place.python,))
    if python is None:
        raise SystemExit(f"{name}: there is no Python {place.python} on this machine.")
    for words in (
        ["venv", "--clear", "--python", python, str(folder)],
        ["pip", "install", "--python", mine, *place.packages],
    ):
        done = subprocess.run([uv, "--quiet", *words], cwd=notebooks.ROOT)
        if done.returncode:
            raise SystemExit(f"{name}: its packages could not be installed (see above).")
    ready.write_text(wanted)
    return mine


def outcomes(report: str) -> Iterator[tuple[int, str, int, str]]:
    """Of pytest's report: the place of a notebook among those run, outcome, cells, what it says."""
    for place, found in compare.cells(report).items():
        failed = [(c.get("name"), f.text or f.get("message", "")) for c in found for f in c
                  if f.tag in ("failure", "error")]  # fmt: skip
        raised = [(name, text) for name, text in failed if DIFFERS not in text]
        outcome = "fails" if raised else "runs" if failed else "same"
        skips = [s.get("message", "") for c in found for s in c if s.tag == "skipped"]
        if skips and not failed:
            outcome = "skipped"
        if any(TOO_SLOW.search(text) for text in [*skips, *(text for _, text in raised)]):
            outcome = "slow"
        name, text = (raised or failed or [("", "")])[0]
        lines = [line.strip() for line in COLOUR.sub("", text).splitlines() if line.strip()]
        yield place, outcome, len(found), f"{name}: {lines[-1]}"[:300] if name else ""


def digest(path: Path) -> str:
    """What tells one state of a notebook from another."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def load(root: Path = notebooks.ROOT) -> dict[tuple[str, str], dict]:
    """The newest row of each place and notebook."""
    path = root / FILE
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    rows = [json.loads(line) for line in lines]
    return {(row["place"], row["notebook"]): row for row in rows}


def save(rows: dict[tuple[str, str], dict], root: Path = notebooks.ROOT) -> None:
    order = list(places())
    sort = sorted(rows.values(), key=lambda row: (order.index(row["place"]), row["notebook"]))
    text = "".join(json.dumps(row) + "\n" for row in sort)
    files.write(root / FILE, text)


def try_out(name: str, place: Place, paths: list[Path], jobs: int) -> Iterator[dict]:
    """Run notebooks at a place; yields a row for each."""
    python = environment(name, place)
    versions = compare.versions(python)
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.xml")
        mine = kernels.environment("known", Path(folder), python) | {"KERAS_BACKEND": place.backend}
        options = ["--junitxml", str(report), "--tb=short"]
        compare.check(python, mine, paths, Path(folder), options, jobs)
        if not report.exists():
            raise SystemExit(f"{name}: nothing could be run (see above).")
        for at, outcome, cells, says in outcomes(report.read_text(encoding="utf-8")):
            yield {
                "place": name,
                "notebook": paths[at].relative_to(notebooks.ROOT).with_suffix("").as_posix(),
                "file": digest(paths[at]),
                "date": datetime.date.today().isoformat(),
                "machine": f"{platform.system()} {platform.machine()}, CPU",
                "versions": versions,
                "outcome": outcome,
                "cells": cells,
                "says": says,
            }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("notebook", nargs="*", help="numbers; or all labs, at two places studies")
    parser.add_argument("--where", nargs="*", metavar="PLACE", help=", ".join(places()))
    parser.add_argument("--jobs", type=int, default=compare.JOBS)
    options = parser.parse_args()
    unknown = set(options.where or ()) - set(places())
    if unknown:
        sys.exit(f"There is no place {min(unknown)!r}. The places are: {', '.join(places())}")
    named = [p for number in options.notebook for p in notebooks.find(number)]
    named = [p for p in named if not notebooks.is_exercise(p)]
    for name in options.where or places():
        paths = named or notebooks.labs() + notebooks.studies() * places()[name].studies
        downloads.provide(paths)
        rows = load()
        old = {p: rows.get((name, p.relative_to(notebooks.ROOT).with_suffix("").as_posix()))
               for p in paths}  # fmt: skip
        left = [p for p in paths if not old[p] or old[p]["file"] != digest(p)]
        for start in tqdm(range(0, len(left), TOGETHER), desc=name, unit="batch"):
            batch = left[start : start + TOGETHER]
            for row in try_out(name, places()[name], batch, options.jobs):
                if row["outcome"] == "slow":
                    print(f"{row['notebook']} was too slow here: {row['says']}")
                else:
                    rows[row["place"], row["notebook"]] = row
            save(rows)


if __name__ == "__main__":
    commands.run(main)
