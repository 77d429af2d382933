"""Run a study in full, `make study STUDY=05a`, or replay a sample of its rows, `make replay …`.

A full study is the notebook: its setup, parameters and experiment cells, executed by papermill
with the parameters of `FULL`, one process a seed (joblib; `tools/cluster.py` on many machines).
`measure` is replaced by one that appends each row to a file the moment it is there. A killed study
goes on where it was; a configuration that crashes becomes a row that says so. At the end the rows
go to data/results/.

Work that does not depend on the seed belongs under `if 0 in SEEDS:`, so that one process does it.
Rows whose seed is not that of the process (tuning seeds, say) may be derived from it.

A replay measures a sample of the rows again, compares them to the digit, and, when they are equal,
ties all rows to the code as it is now. It is for code that was moved or tidied, not for another
experiment. Metrics that METRICS calls `"kind": "timing"` have to be there again, but may differ.
Another machine may give other digits. There, `--before COMMIT` measures the sample twice, with the
code that the rows are tied to and with the code as it is now, and compares these two to the digit.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import joblib
import nbformat
from joblib.externals.loky.process_executor import TerminatedWorkerError
from nbclient.exceptions import DeadKernelError
from papermill.exceptions import PapermillExecutionError
from tqdm import tqdm

from tools import commands, files, kernels, locks, notebooks, provenance, results, seeds

KEEP_ROWS = Path(__file__).parent / "kernel" / "keep_rows.py"
NO_VERSIONS = '{"versions": {}}'  # a first line, so that a kernel does not write its own
SAMPLE = 3, 0.05  # rows that a replay measures: at least so many, and this share
LOCAL_DASK = "here"
MACHINE = ("OSError", "PermissionError", "MemoryError", "ConnectionError")
STOPPED = (PapermillExecutionError, DeadKernelError, TerminatedWorkerError, seeds.Trouble)
GO_ON = "Its rows so far are kept. When that is mended, the same command goes on with them."
ONE_THREAD = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "TF_NUM_INTRAOP_THREADS": "1",
    "TF_NUM_INTEROP_THREADS": "1",
    "XLA_FLAGS": "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1",
    "JAX_ENABLE_X64": "1",
    "JAX_PLATFORMS": "cpu",
}


def study_notebook(study: Path) -> nbformat.NotebookNode:
    """The cells that a study runs, with the row-keeping `measure` after the parameters."""
    notebook = notebooks.read(study)
    keeper = nbformat.v4.new_code_cell(KEEP_ROWS.read_text(encoding="utf-8"), id="keep-rows")
    cells = []
    for cell in notebook.cells:
        if cell.id == "setup" or {"parameters", "experiment"} & set(notebooks.tags(cell)):
            cells.append(cell)
        if "parameters" in notebooks.tags(cell):
            cells.append(keeper)
    notebook.cells = cells
    return notebook


def run_here(notebook: str, settings: dict, parameters: dict, rows: Path, made: Path) -> int:
    """Execute a study's cells for one seed in a kernel of their own; returns the seed.

    made: where files go that the study writes for the figures of the pages.
    """
    kernels.end_with(int(os.environ["STUDY_PID"]))
    settings = settings | {"STUDY_ROWS": str(rows), "STUDY_PID": os.environ["STUDY_PID"]}
    with tempfile.TemporaryDirectory() as folder, kernels.quiet():
        files.write_all(made, seeds.run_seed(notebook, settings, parameters, Path(folder)))
    return parameters["SEEDS"][0]


def collect(parts: list[Path]) -> tuple[dict, list[dict], float]:
    """Versions, rows (sorted, without repeats) and seconds of the seeds' files.

    Raises ``SystemExit`` when two processes measured the same row differently.
    """
    versions, found, seconds = {}, {}, 0.0
    for part in parts:
        for row in map(json.loads, part.read_text(encoding="utf-8").splitlines()):
            if "versions" in row:
                versions = row["versions"]
                continue
            seconds += row.pop("_seconds", 0)
            name = row["key"], row["seed"]
            if found.setdefault(name, row) != row:
                raise SystemExit(f"row {name} was measured twice, with different results")
    return versions, [found[name] for name in sorted(found)], seconds


def stopped(error: Exception) -> str:
    """What stopped a seed: of the machine's, its last line; of the study's own, where it was."""
    if isinstance(error, seeds.Trouble):
        return str(error)
    if isinstance(error, PapermillExecutionError):
        last = f"{error.ename}: {error.evalue}"
        return last if error.ename in MACHINE else str(error)
    if isinstance(error, OSError):
        return f"{error.strerror}: {error.filename}"
    return "a process of it was killed: out of memory? JOBS=1 takes the least."


def seeds_run(
    study: Path, parts: dict[int, Path], jobs: int | str, backend: str, made: Path
) -> Iterator[int]:
    """Run one process a seed, so many at once or those of a cluster; gives each seed when done."""
    full = provenance.full_parameters(notebooks.read(study))
    text = nbformat.writes(study_notebook(study))
    settings = ONE_THREAD | {"KERAS_BACKEND": backend}
    if isinstance(jobs, str):
        from tools import cluster

        return cluster.run_seeds(jobs, text, settings, full, parts, made)
    return joblib.Parallel(n_jobs=jobs, return_as="generator_unordered")(
        joblib.delayed(run_here)(text, settings, full | {"SEEDS": [seed]}, part, made)
        for seed, part in parts.items()
    )


def run_seeds(
    study: Path, parts: dict[int, Path], jobs: int | str, backend: str, made: Path
) -> None:
    """Run a study's seeds, with a progress bar that counts seeds and rows.

    jobs: how many processes here, or the address of a cluster's scheduler. Raises ``SystemExit``
    when a seed is stopped; rows that are there stay.
    """
    try:
        with tqdm(total=len(parts), desc=f"study {study.stem}", unit="seed") as bar:
            for _ in seeds_run(study, parts, jobs, backend, made):
                there = [part for part in parts.values() if part.exists()]
                bar.set_postfix(rows=sum(part.read_text().count("\n") - 1 for part in there))
                bar.update()
    except STOPPED as error:
        raise SystemExit(f"{study.stem}: {stopped(error)}\n{GO_ON}") from None
    except OSError as error:
        if error.errno not in commands.MACHINE:
            raise
        raise SystemExit(f"{study.stem}: {stopped(error)}\n{GO_ON}") from None


def begun_with_others(folder: Path) -> dict[str, int]:
    """How many rows each other backend has measured with the code of a folder of parts."""
    begun = folder.name.rpartition("-")[0]
    others = {
        other.name.removeprefix(f"{begun}-"): [p.read_text() for p in other.glob("*.jsonl")]
        for other in sorted(folder.parent.glob(f"{begun}-*"))
        if other != folder
    }
    return {backend: sum(t.count('"key"') for t in texts) for backend, texts in others.items()}


def run(study: Path, jobs: int | str, backend: str) -> list[dict]:
    """Run or finish a full study and write its rows. Returns the failed rows."""
    root = study.parents[2]
    notebook = notebooks.read(study)
    full, code = provenance.full_parameters(notebook), provenance.fingerprint(notebook)
    folder = root / "data" / "results" / ".parts" / f"{study.stem}-{code[:12]}-{backend}"
    folder.mkdir(parents=True, exist_ok=True)
    for other, count in begun_with_others(folder).items():
        print(f"{study.stem}: {count} rows begun with {other} are left: --backend {other}")
    parts = {seed: folder / f"seed-{seed}.jsonl" for seed in full["SEEDS"]}
    run_seeds(study, parts, jobs, backend, root / "book" / "_static" / "explorers")
    versions, rows, seconds = collect(list(parts.values()))
    header = {"study": study.stem, "versions": versions, "seconds": round(seconds)}
    write_rows(study, header, rows)
    shutil.rmtree(folder)
    return results.failures(rows)


def write_rows(study: Path, header: dict, rows: list[dict]) -> None:
    """Write the rows of a study, tied to its code and parameters as they are now."""
    notebook = notebooks.read(study)
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    full = provenance.full_parameters(notebook)
    if "PRECISION" in full:  # the kernel tells Keras' own, which the study may set later
        header = header | {"versions": header["versions"] | {"precision": full["PRECISION"]}}
    header = header | {
        "fingerprint": provenance.fingerprint(notebook),
        "seal": provenance.seal(lines),
        "parameters": full,
        "metrics": notebooks.literal(notebooks.tagged(notebook, "metrics"), "METRICS"),
        "rows": len(rows),
        "failed": [[row["key"], row["seed"]] for row in results.failures(rows)],
    }
    text = "\n".join([json.dumps(header, ensure_ascii=False), *lines]) + "\n"
    files.write(results.path_of(study), text)


def sample(rows: list[dict], code: str) -> set[tuple[str, int]]:
    """Names of the rows that a replay measures: drawn with the code's fingerprint as the seed."""
    count = max(SAMPLE[0], round(SAMPLE[1] * len(rows) + 0.5))
    names = sorted((row["key"], row["seed"]) for row in rows)
    return set(random.Random(code).sample(names, min(count, len(names))))


def timings_of(notebook) -> set[str]:
    """The metrics that are seconds or ratios of them: `"kind": "timing"` in METRICS."""
    metrics = notebooks.literal(notebooks.tagged(notebook, "metrics"), "METRICS")
    return {metric for metric, about in metrics.items() if about.get("kind") == "timing"}


def differences(name: tuple, known: dict, again: dict, timings: set[str]) -> list[str]:
    """What differs between a row and the same row measured again, one line a metric."""
    found = []
    for metric in sorted(known.keys() | again.keys()):
        both = metric in known and metric in again
        if not (both and metric in timings) and known.get(metric) != again.get(metric):
            found.append(f"{name}: {metric} {known.get(metric)!r} -> {again.get(metric)!r}")
    return found


def process_seeds(names: set[tuple[str, int]], full: list[int]) -> tuple[list[int], list[int]]:
    """The processes that likely measure some rows, and the others.

    Likely are the rows' own seeds, 0, and n for a tuning seed of 100 + n.
    """
    wanted = {0} | {seed % 100 for _, seed in names}
    return [s for s in full if s in wanted], [s for s in full if s not in wanted]


def measure_again(study: Path, names: set, header: dict, rows: list[dict], jobs: int | str) -> dict:
    """Measure the rows of these names with a study's code; all others are taken as they are."""
    others = [json.dumps(row) for row in rows if (row["key"], row["seed"]) not in names]
    known = {(row["key"], row["seed"]) for row in rows} - names
    full = provenance.full_parameters(notebooks.read(study))["SEEDS"]
    again: dict = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for seeds in process_seeds(names, full):
            if names <= again.keys():
                break
            parts = {seed: folder / f"seed-{seed}.jsonl" for seed in seeds}
            for part in parts.values():
                part.write_text("\n".join([*others, NO_VERSIONS]) + "\n", encoding="utf-8")
            run_seeds(study, parts, jobs, header["versions"].get("backend", "jax"), folder)
            for row in collect(list(parts.values()))[1]:
                if (row["key"], row["seed"]) not in known:
                    again[row["key"], row["seed"]] = row
    return again


def compare(before: dict, again: dict, timings: set[str]) -> list[str]:
    """What differs between rows and the same rows measured again."""
    problems = [f"{name}: not measured any more" for name in sorted(before.keys() - again.keys())]
    problems += [f"{name}: not among the rows" for name in sorted(again.keys() - before.keys())]
    for name in sorted(before.keys() & again.keys()):
        problems += differences(name, before[name], again[name], timings)
    return problems


def earlier(study: Path, commit: str, folder: Path, fingerprint: str) -> Path:
    """A study as it was at a commit; raises ``SystemExit`` if its rows are not tied to that."""
    root = study.parents[2]
    command = ["git", "show", f"{commit}:./{study.relative_to(root).as_posix()}"]
    text = subprocess.run(command, cwd=root, capture_output=True, check=True).stdout
    path = folder / study.relative_to(root)
    path.parent.mkdir(parents=True)
    path.write_bytes(text)
    if provenance.fingerprint(notebooks.read(path)) != fingerprint:
        raise SystemExit(f"{study.stem}: its rows are not tied to its code at {commit}")
    return path


def replay(study: Path, jobs: int | str, before: str | None = None) -> list[str]:
    """Measure a sample of the rows again; tie the rows to the code when all are equal.

    before: a commit. Then the sample is measured twice here, with the study as it was and as it
    is, and these two must be equal. Returns what differs, one line each (empty when the rows were
    tied).
    """
    header, rows = results.load(results.path_of(study))
    notebook = notebooks.read(study)
    chosen = sample(rows, provenance.fingerprint(notebook))
    stored = {(r["key"], r["seed"]): r for r in rows if (r["key"], r["seed"]) in chosen}
    timings = timings_of(notebook)
    again = measure_again(study, chosen, header, rows, jobs)
    elsewhere = problems = compare(stored, again, timings)
    if before:
        with tempfile.TemporaryDirectory() as name:
            old = earlier(study, before, Path(name), header["fingerprint"])
            problems = compare(measure_again(old, chosen, header, rows, jobs), again, timings)
        print("\n".join(f"{study.stem}: another machine: {line}" for line in elsewhere))
    if not problems:
        note = {"replayed": sorted(map(list, chosen)), "other_machine": elsewhere}
        header = {k: v for k, v in header.items() if k not in note}
        write_rows(study, header | {k: v for k, v in note.items() if v}, rows)
    return problems


def one(study: Path, jobs: int | str, options: argparse.Namespace) -> bool:
    """Run or replay one study, and say how that went; whether a replay differs."""
    if options.replay:
        problems = replay(study, jobs, options.before)
        print("\n".join(problems) or f"{study.stem}: replayed, equal to the digit")
        return bool(problems)
    for row in run(study, jobs, options.backend):
        print(f"FAILED {row['key']} seed {row['seed']}: {row['error']}")
    number = study.stem.split("-")[0]
    print(f"{study.stem}: rows written. Now its outputs: make execute NOTEBOOK={number}")
    return False


def workplace(options: argparse.Namespace) -> contextlib.AbstractContextManager[int | str]:
    """Where seeds are measured: how many processes here, or the address of a scheduler."""
    if options.dask != LOCAL_DASK:
        return contextlib.nullcontext(options.dask or options.jobs or os.cpu_count())
    from tools import cluster

    return cluster.local(options.jobs or 2)


def main() -> bool:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("study", nargs="+")
    parser.add_argument("--replay", action="store_true")
    parser.add_argument("--before", metavar="COMMIT", help="replay beside the code of a commit")
    parser.add_argument("--jobs", type=int, help="processes here (without Dask one a core)")
    about = "on a Dask cluster: the address of its scheduler, or without one two workers here"
    parser.add_argument("--dask", nargs="?", const=LOCAL_DASK, metavar="ADDRESS", help=about)
    parser.add_argument("--backend", default="jax", choices=["jax", "tensorflow", "torch"])
    parser.add_argument("--root", type=Path, default=notebooks.ROOT)
    options = parser.parse_args()
    if options.jobs is not None and options.jobs < 1:
        parser.error("JOBS counts processes: 1 or more")
    os.environ["STUDY_PID"] = str(os.getpid())  # a kernel whose study is gone writes no more rows
    differ = False
    studies = [s for number in options.study for s in notebooks.find_studies(number, options.root)]
    with workplace(options) as jobs:
        for study in studies:
            lock = options.root / "data" / "results" / ".parts" / f"{study.stem}.lock"
            with locks.alone(lock, f"{study.stem} is being measured already: wait for its end"):
                differ |= one(study, jobs, options)
    return differ


if __name__ == "__main__":
    commands.run(main)
