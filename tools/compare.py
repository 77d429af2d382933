"""Run notebooks and compare every output, strictly: `make compare NOTEBOOK=05a LEG=ulp`.

Each notebook is copied alone into an empty folder and checked by nbval with `strict_outputs`. Legs:

locked   the locked environment
ulp      every initial weight moved by one unit in the last place
isa      another instruction set: older vector units for TensorFlow, NumPy and BLAS
colab    Colab's exact versions (tools/colab.txt), in an environment of their own

A notebook whose data are neither in Keras' cache nor to be had from the network is skipped, and
said so.

`--changed N` runs the notebooks changed in the last N commits or not yet committed, and a sample of
two others, drawn with the newest commit as its seed.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tools import downloads, notebooks

TOOLS = Path(__file__).parent
QUIET = {"TF_CPP_MIN_LOG_LEVEL": "3", "OMP_NUM_THREADS": "1", "TF_NUM_INTRAOP_THREADS": "1"}
LEGS = {
    "locked": {},
    "ulp": {},
    "isa": {
        "ONEDNN_MAX_CPU_ISA": "SSE41",
        "OPENBLAS_CORETYPE": "Prescott",
        "NPY_DISABLE_CPU_FEATURES": "X86_V4 X86_V3",
        "PYTHONHASHSEED": "1",
    },
    "colab": {},
}
COLAB = notebooks.ROOT / ".venv-colab"


def changed(commits: int) -> list[Path]:
    """Notebooks touched by the last commits or the work tree, and two others as a sample."""

    def git(*words: str) -> str:
        done = subprocess.run(["git", *words], cwd=notebooks.ROOT, capture_output=True, text=True)
        return done.stdout

    known = git("rev-list", "--max-count", str(commits + 1), "HEAD").split()
    if len(known) <= commits:
        return notebooks.every()
    touched = git("diff", "--name-only", known[-1]) + git("ls-files", "-o", "--exclude-standard")
    mine = [
        p
        for p in notebooks.every()
        if p.relative_to(notebooks.ROOT).as_posix() in touched.split("\n")
    ]
    others = [p for p in notebooks.every() if p not in mine]
    return mine + random.Random(known[0]).sample(others, min(2, len(others)))


def environment(leg: str, folder: Path) -> dict[str, str]:
    """Environment variables of a leg. ``folder`` takes the start-up file of the ulp leg."""
    if leg == "ulp":
        startup = folder / "ipython" / "profile_default" / "startup"
        startup.mkdir(parents=True)
        shutil.copy(TOOLS / "kernel" / "ulp.py", startup / "00-ulp.py")
    profile = {"IPYTHONDIR": str(folder / "ipython")}
    return {**os.environ, **QUIET, **LEGS[leg], **profile, "PYTHONPATH": str(notebooks.ROOT)}


def python(leg: str) -> str:
    return (
        str(COLAB / ("Scripts" if os.name == "nt" else "bin") / "python")
        if leg == "colab"
        else sys.executable
    )


def versions(leg: str) -> str:
    """One line: the Python and the packages that a leg really uses."""
    code = (
        "import platform, importlib.metadata as m; print('Python', platform.python_version(), "
        "*(f'{p} {m.version(p)}' for p in ('tensorflow', 'keras', 'numpy', 'matplotlib')))"
    )
    return subprocess.run([python(leg), "-c", code], capture_output=True, text=True).stdout.strip()


def run(leg: str, paths: list[Path], jobs: int = 2) -> int:
    """Check notebooks in one leg; returns pytest's exit code."""
    if leg == "isa" and platform.machine() not in ("x86_64", "AMD64"):
        print("isa: this processor has no older instruction set to fall back to; not run")
        return 0
    print(f"{leg}: {len(paths)} notebooks, {versions(leg)}", flush=True)
    downloads.provide(paths)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copies = []
        for path in paths:
            target = folder / path.stem / path.relative_to(notebooks.root_of(path))
            target.parent.mkdir(parents=True)
            copies.append(shutil.copy(path, target))
        command = [
            python(leg),
            "-m",
            "pytest",
            "-p",
            "tools.strict_outputs",
            "-p",
            "no:cacheprovider",
        ]
        command += ["--nbval", "--nbval-current-env", "--nbval-cell-timeout=300"]
        command += ["--nbval-kernel-startup-timeout=180", "-n", str(jobs), "--dist", "loadfile"]
        command += ["-q", "-rs", "--durations=3", "--rootdir", name, *copies]
        return subprocess.run(command, cwd=folder, env=environment(leg, folder)).returncode


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("leg", choices=LEGS)
    parser.add_argument("notebook", nargs="*", help="numbers; all notebooks when none is given")
    parser.add_argument("--changed", type=int, metavar="N")
    options = parser.parse_args()
    paths = [p for number in options.notebook for p in notebooks.find(number)] or notebooks.every()
    if options.changed is not None:
        paths = changed(options.changed)
    sys.exit(run(options.leg, paths))


if __name__ == "__main__":
    main()
