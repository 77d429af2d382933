"""Run a lab's full study: `make study LAB=05`.

The study is the lab: its setup, parameters and experiment cells, executed by papermill with the
parameters of `FULL`, one process a seed (joblib). `measure` is replaced by one that appends each
row to a file the moment it is there. A killed study goes on where it was; a configuration that
crashes becomes a row that says so. At the end the rows go to data/results/, and their summary into
the lab.

Work that does not depend on the seed belongs under `if 0 in SEEDS:` in the lab, so that one process
does it. Rows whose seed is not that of the process (tuning seeds, say) may be derived from it.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import tempfile
from pathlib import Path

import joblib
import nbformat
from tqdm import tqdm

import labs
import results

HOOK = """
import json as _json, os as _os, platform as _platform, sys as _sys, time as _time

import psutil as _psutil

_path, _done = _os.environ["STUDY_ROWS"], {}
with open(_path, "a+b") as _file:  # a kill may have left half a line: cut it off
    _file.seek(0)
    _text = _file.read()
    _file.truncate(_text.rfind(b"\\n") + 1)
for _line in _text[: _text.rfind(b"\\n") + 1].decode().splitlines():
    _row = _json.loads(_line)
    _done[_row.get("key"), _row.get("seed")] = _row


def _append(row):
    if not _psutil.pid_exists(int(_os.environ["STUDY_PID"])):
        _os._exit(1)  # the study was killed: another one may be writing here by now
    with open(_path, "a", encoding="utf-8") as file:
        file.write(_json.dumps(row) + "\\n")
        file.flush()
        _os.fsync(file.fileno())


def _plain(value):
    if isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, (list, tuple)) or getattr(value, "ndim", 0):
        return [_plain(v) for v in value]
    return int(value) if "int" in type(value).__name__ else float(f"{float(value):.8g}")


def measure(key, seed, experiment, **settings):
    if (key, seed) not in _done:
        start = _time.perf_counter()
        try:
            found = {m: _plain(v) for m, v in experiment(seed=seed, **settings).items()}
        except Exception as error:
            found = {"error": f"{type(error).__name__}: {error}"[:300]}
        row = {"key": key, "seed": seed, **found, "_seconds": _time.perf_counter() - start}
        _append(row)
        _done[key, seed] = row
    return _done[key, seed]


_versions = {"python": _platform.python_version()}
for _name in ("numpy", "keras", "tensorflow", "jax"):
    if _name in _sys.modules:
        _versions[_name] = _sys.modules[_name].__version__
if "keras" in _sys.modules:
    _versions["backend"] = _sys.modules["keras"].backend.backend()
if (None, None) not in _done:
    _append({"versions": _versions})
"""

ONE_THREAD = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "TF_NUM_INTRAOP_THREADS": "1",
    "TF_NUM_INTEROP_THREADS": "1",
    "XLA_FLAGS": "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1",
    "JAX_ENABLE_X64": "1",
    "JAX_PLATFORMS": "cpu",
}


def study_notebook(lab: Path) -> nbformat.NotebookNode:
    """The cells of a lab that a study runs, with the row-keeping `measure` after the parameters."""
    notebook = labs.read(lab)
    hook = nbformat.v4.new_code_cell(HOOK, id="hook")
    cells = []
    for cell in notebook.cells:
        if cell.id == "setup" or {"parameters", "experiment"} & set(labs.tags(cell)):
            cells.append(cell)
        if "parameters" in labs.tags(cell):
            cells.append(hook)
    notebook.cells = cells
    return notebook


@contextlib.contextmanager
def quiet_kernel():
    """Send stderr, which kernels inherit, nowhere; the rows say what went wrong."""
    kept = os.dup(2)
    with open(os.devnull, "w") as nowhere:
        os.dup2(nowhere.fileno(), 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


def run_seed(lab: Path, seed: int, full: dict, rows: Path, backend: str) -> int:
    """Execute the study's cells for one seed in a kernel of their own; returns the seed."""
    import papermill

    os.environ.update(ONE_THREAD, KERAS_BACKEND=backend, STUDY_ROWS=str(rows))
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "study.ipynb"), Path(folder, "out.ipynb")
        labs.write(source, study_notebook(lab))
        with quiet_kernel():
            papermill.execute_notebook(
                source,
                target,
                {**full, "SEEDS": [seed]},
                cwd=folder,
                progress_bar=False,
                kernel_name="python3",
            )
        for made in Path(folder).glob("*.json"):  # the weights that a figure in the page runs
            shutil.copy(made, lab.parents[1] / "book" / "_static" / "explorers")
    return seed


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
            seconds += row.pop("_seconds")
            name = row["key"], row["seed"]
            if found.setdefault(name, row) != row:
                raise SystemExit(f"row {name} was measured twice, with different results")
    return versions, [found[name] for name in sorted(found)], seconds


def run(lab: Path, root: Path, jobs: int, backend: str) -> list[dict]:
    """Run or finish a lab's study; write its rows and its study cell. Returns the failed rows."""
    notebook = labs.read(lab)
    full = labs.literal(labs.tagged(notebook, "parameters"), "FULL")
    code = labs.experiment_hash(notebook)
    folder = root / "data" / "results" / ".parts" / f"{lab.stem}-{code[:12]}-{backend}"
    folder.mkdir(parents=True, exist_ok=True)
    parts = [folder / f"seed-{seed}.jsonl" for seed in full["SEEDS"]]
    work = joblib.Parallel(n_jobs=jobs, return_as="generator_unordered")(
        joblib.delayed(run_seed)(lab, seed, full, part, backend)
        for seed, part in zip(full["SEEDS"], parts, strict=True)
    )
    with tqdm(total=len(parts), desc=f"study {lab.stem}", unit="seed") as bar:
        for _ in work:
            bar.set_postfix(rows=sum(p.read_text().count("\n") - 1 for p in parts if p.exists()))
            bar.update()
    versions, rows, seconds = collect(parts)
    failed = results.failures(rows)
    header = {
        "lab": lab.stem,
        "experiment": code,
        "parameters": full,
        "metrics": labs.literal(labs.tagged(notebook, "experiment"), "METRICS"),
        "versions": versions,
        "seconds": round(seconds),
        "rows": len(rows),
        "failed": len(failed),
    }
    target = root / "data" / "results" / f"{lab.stem}.jsonl"
    lines = [json.dumps(line, ensure_ascii=False) for line in (header, *rows)]
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")
    write_study_cell(lab, root)
    shutil.rmtree(folder)
    return failed


def write_study_cell(lab: Path, root: Path) -> None:
    """Put the summary of the rows into the lab's `study` cell."""
    notebook = labs.read(lab)
    for cell in labs.tagged(notebook, "study"):
        cell.source = results.study_cell(lab, root)
    labs.write(lab, notebook)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("lab", nargs="+")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--backend", default="jax", choices=["jax", "tensorflow", "torch"])
    parser.add_argument("--root", type=Path, default=labs.ROOT)
    options = parser.parse_args()
    os.environ["STUDY_PID"] = str(os.getpid())  # a kernel whose study is gone writes no more rows
    for number in options.lab:
        for lab in labs.find(number, options.root):
            failed = run(lab, options.root, options.jobs, options.backend)
            for row in failed:
                print(f"FAILED {row['key']} seed {row['seed']}: {row['error']}")
            print(f"{lab.stem}: rows written. Now refresh its outputs: make lab LAB={lab.stem[:2]}")


if __name__ == "__main__":
    main()
