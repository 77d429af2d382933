"""Measure the peak memory of notebooks, of the build and of the tests, by hand.

`python -m tests.measure_memory FILE [notebooks/….ipynb …] [build] [tests]` adds a line to FILE for
each that it does not hold yet: the most that one process held at once, and seconds; for all
notebooks, the build and the tests when none is named. The build and the tests have several
processes: theirs is the largest sum over those that ran together, looked at ten times a second.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import psutil

from tools import checks, downloads, notebooks

ALONE = """
import json, resource, sys, time
from pathlib import Path
from nbclient.exceptions import CellTimeoutError
from tools import execute, notebooks
start, found = time.perf_counter(), {}
try:
    execute.run(notebooks.read(Path(sys.argv[1])), timeout=int(sys.argv[2]))
except CellTimeoutError:
    found["stopped"] = True  # what it held until then
held = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss  # of its largest child, the kernel
seconds = round(time.perf_counter() - start)
print(json.dumps({"mb": round(held / 1024), "seconds": seconds, **found}))
"""
TOGETHER = {"build": checks.PAGES["the book, built"], "tests": checks.PAGES["tests"]}


def of_notebook(path: Path) -> dict:
    """The peak of a notebook's kernel, in MB (1024² bytes)."""
    downloads.provide([path])
    patience = os.environ.get("PATIENCE", "1800")  # seconds for a cell
    command = [sys.executable, "-c", ALONE, str(path), patience]
    done = subprocess.run(command, cwd=notebooks.ROOT, capture_output=True, text=True)
    if done.returncode:
        return {"failed": done.stderr.strip().splitlines()[-1]}
    return json.loads(done.stdout.splitlines()[-1])


def held(process: psutil.Process) -> int:
    """Bytes that a process and those that it started hold; shared ones count in each."""
    total = 0
    for one in [process, *process.children(recursive=True)]:
        try:
            total += one.memory_info().rss
        except psutil.NoSuchProcess:
            continue
    return total


def of_command(command: list[str]) -> dict:
    """The peak of a command with all its processes, in MB."""
    start, peak = time.perf_counter(), 0
    with subprocess.Popen(command, cwd=notebooks.ROOT, stdout=subprocess.DEVNULL) as process:
        watched = psutil.Process(process.pid)
        while process.poll() is None:
            try:
                peak = max(peak, held(watched))
            except psutil.NoSuchProcess:
                break
            time.sleep(0.1)
    return {"mb": round(peak / 1024**2), "seconds": round(time.perf_counter() - start)}


def main() -> None:
    log, wanted = Path(sys.argv[1]), sys.argv[2:]
    log.touch()
    there = {json.loads(line)["what"] for line in log.read_text().splitlines()}
    paths = [notebooks.ROOT / word for word in wanted if word not in TOGETHER]
    for path in paths if wanted else notebooks.every():
        if (name := path.relative_to(notebooks.ROOT).as_posix()) not in there:
            note(log, name, of_notebook(path))
    for name, command in TOGETHER.items():
        if name not in there and (name in wanted or not wanted):
            note(log, name, of_command(command))


def note(log: Path, what: str, found: dict) -> None:
    with log.open("a") as file:
        file.write(json.dumps({"what": what, **found}) + "\n")
    print(what, found, flush=True)


if __name__ == "__main__":
    main()
