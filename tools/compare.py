"""Run notebooks and compare every output, strictly: `make compare NOTEBOOK=05a LEG=ulp`.

Each notebook is copied alone into an empty folder and checked by nbval with `strict_outputs`. Legs:

locked     the locked environment
ulp        every initial weight moved by one unit in the last place
isa        another instruction set: older vector units for TensorFlow, NumPy and BLAS
elsewhere  both at once, as `make test` does: one of them alone tells which it was
colab      Colab's exact versions (tools/colab.txt), in an environment of their own

A notebook whose data are neither in Keras' cache nor to be had from the network is skipped, and
said so.

`--changed N` runs what the last N commits, or the work tree, may have changed: the notebooks
themselves and those that carry a changed file. Some of the others are drawn with the newest commit
as their seed, more of them when a lock or a tool that runs them changed. Of many, `LIMIT` run and
the others are named, so that the time of `make test` has a bound.

The notebooks may write nothing into the home folder, which is an empty one here.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from tools import commands, downloads, kernels, notebooks

JOBS = 3  # notebooks at once, on two cores: each has one thread, and TensorFlow often waits
SAMPLE, LARGE_SAMPLE = 2, 4  # others that run: as a rule, and when a lock or a tool changed
LIMIT = 6  # changed ones and others together
RUNNERS = re.compile(r"tools/(kernel/.*|kernels|compare|strict_outputs|outputs|figures)\.py")
LOCKS = {"requirements.txt": kernels.LEGS.keys() - {"colab"}, "tools/colab.txt": {"colab"}}


def touched(commits: int, root: Path) -> tuple[set[str], str] | None:
    """Files that the last commits or the work tree changed, and the newest commit.

    None when there are not so many commits, or no repository: then anything may have changed.
    """

    def git(*words: str) -> list[str]:
        done = subprocess.run(["git", *words], cwd=root, capture_output=True, text=True)
        return done.stdout.splitlines()

    known = git("rev-list", "--first-parent", "--max-count", str(commits + 1), "HEAD")
    if len(known) <= commits:
        return None
    return {
        *git("-c", "core.quotePath=false", "diff", "--name-only", known[-1]),
        *git("-c", "core.quotePath=false", "ls-files", "-o", "--exclude-standard"),
    }, known[0]


def changed(leg: str, commits: int, paths: list[Path], root: Path = notebooks.ROOT) -> list[Path]:
    """Of some notebooks, those that a leg runs for the last commits and the work tree."""
    found = touched(commits, root)
    if found is None:
        return paths
    names, seed = found
    draw = random.Random(f"{seed} {leg}")
    mine = [p for p in paths if uses(p, root) & names]
    others = [p for p in paths if p not in mine]
    wide = any(leg in LOCKS.get(n, ()) or RUNNERS.fullmatch(n) for n in names)
    mine += draw.sample(others, min(LARGE_SAMPLE if wide else SAMPLE, len(others)))
    if len(mine) <= LIMIT:
        return mine
    chosen = draw.sample(mine, LIMIT)
    print(f"{leg}: {LIMIT} of {len(mine)}; ALL=1 runs the others too:", end=" ")
    print(*(p.stem for p in mine if p not in chosen), sep=", ", flush=True)
    return chosen


def uses(path: Path, root: Path) -> set[str]:
    """The files that decide what a notebook prints: itself, what it carries, a study's rows."""
    files = {path} | {notebooks.carried_file(c.id, root) for c in notebooks.read(path).cells}
    return {f.relative_to(root).as_posix() for f in files if f}


PACKAGES = ("tensorflow", "keras", "numpy", "matplotlib", "jax", "torch")
VERSIONS = f"""
import importlib.metadata as metadata, json, platform
found = {{"python": platform.python_version()}}
for name in {PACKAGES}:
    try:
        found[name] = metadata.version(name)
    except metadata.PackageNotFoundError:
        pass
print(json.dumps(found))
"""


def versions(python: str) -> dict[str, str]:
    """What an interpreter really uses: its own version, and those of the packages it has."""
    return json.loads(subprocess.check_output([python, "-c", VERSIONS], text=True))


def run(leg: str, paths: list[Path], jobs: int = JOBS) -> int:
    """Check notebooks in one leg; returns pytest's exit code."""
    if leg == "isa" and platform.machine() not in ("x86_64", "AMD64"):
        print("SKIPPED [1] isa: this processor has no older instruction set to fall back to")
        print("1 skipped")
        return 0
    used = ", ".join(f"{name} {number}" for name, number in versions(kernels.python(leg)).items())
    print(f"{leg}: {len(paths)} notebooks, {used}", flush=True)
    downloads.provide(paths)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environment = kernels.environment(leg, folder)
        report = folder / "report.xml"
        options = ["--junitxml", str(report)]
        code = check(kernels.python(leg), environment, paths, folder, options, jobs)
        if report.exists():
            print("longest:", ", ".join(longest(report.read_text(encoding="utf-8"), paths)))
        for left in kernels.left_at_home(folder):
            print(f"1 failed: a notebook wrote {left} into the home folder")
            code = code or 1
        return code


def cells(report: str) -> dict[int, list[ElementTree.Element]]:
    """Of pytest's report, the cells of each notebook, by its place among those that ran."""
    found: dict[int, list[ElementTree.Element]] = {}
    for case in ElementTree.fromstring(report).iter("testcase"):
        place = case.get("classname", "").replace("/", ".").split("copies.")[-1].split(".")[0]
        found.setdefault(int(place), []).append(case)
    return found


def longest(report: str, paths: list[Path], most: int = 12) -> list[str]:
    """The notebooks that took the longest and their seconds, start of the kernel included."""
    took = {
        "/".join(paths[place].with_suffix("").parts[-2:]): sum(
            float(case.get("time", 0)) for case in cases
        )
        for place, cases in cells(report).items()
    }
    return [
        f"{name} {took[name]:.0f} s" for name in sorted(took, key=took.get, reverse=True)[:most]
    ]


def check(
    python: str,
    environment: dict[str, str],
    paths: list[Path],
    folder: Path,
    options: list[str],
    jobs: int = JOBS,
) -> int:
    """Check notebooks, each alone in an empty folder, with a Python; returns pytest's exit code."""
    copies = []
    for path in paths:
        place = path.relative_to(notebooks.root_of(path))
        target = folder / "copies" / str(len(copies)) / place
        target.parent.mkdir(parents=True)
        copies.append(shutil.copy(path, target))
    command = [python, "-m", "pytest", "-p", "tools.strict_outputs"]
    command += ["-p", "no:cacheprovider", "--nbval", "--nbval-current-env"]
    command += ["--nbval-cell-timeout=300", "--nbval-kernel-startup-timeout=90"]
    command += ["-n", str(jobs), "--dist", "loadfile", "-q", "-rs", *options]
    command += ["--rootdir", str(folder), *copies]
    environment = environment | {"COMPARE_PID": str(os.getpid())}
    return subprocess.run(command, cwd=folder, env=environment).returncode


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("leg", choices=kernels.LEGS)
    parser.add_argument("notebook", nargs="*", help="numbers; all notebooks when none is given")
    parser.add_argument("--changed", type=int, metavar="N")
    options = parser.parse_args()
    paths = [p for number in options.notebook for p in notebooks.find(number)] or notebooks.every()
    if options.changed is not None:
        paths = changed(options.leg, options.changed, paths)
    sys.exit(run(options.leg, paths))


if __name__ == "__main__":
    commands.run(main)
