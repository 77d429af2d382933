"""Measure one seed of a study, in a process here or on a worker of a Dask cluster.

A worker on another machine has the locked packages, but neither the book nor a disk in common with
it. So these functions travel as they are (``cluster.send_by_value``) and use nothing else of the
book's; the notebook comes as text, and each row goes back as text, soon after it was measured.
"""

from __future__ import annotations

import importlib.metadata
import os
import tempfile
import threading
from pathlib import Path

import nbformat
import papermill
import psutil

PACKAGES = ("numpy", "keras", "tensorflow", "jax", "papermill", "nbclient", "ipykernel")
LOOK_EVERY = 0.05  # seconds between two looks at the file of rows
ANSWER_WITHIN = 60  # seconds that a worker waits for the study before it gives up its seed


class Trouble(Exception):
    """What is wrong with a cluster, in a line for whoever started the study."""


def run_seed(notebook: str, settings: dict, parameters: dict, folder: Path) -> dict[str, bytes]:
    """Execute a study for one seed in a kernel of its own, in an empty folder.

    settings: the kernel's environment variables. Returns the files that the study writes for the
    figures of the pages, by name.
    """
    study = nbformat.reads(notebook, as_version=4)
    first = f"import os\n\nos.environ.update({settings!r})"
    study.cells.insert(0, nbformat.v4.new_code_cell(first, id="settings"))
    source = folder / "study.ipynb"
    nbformat.write(study, source)
    papermill.execute_notebook(
        source,
        folder / "out.ipynb",
        parameters,
        cwd=folder,
        progress_bar=False,
        kernel_name="python3",
    )
    return {file.name: file.read_bytes() for file in folder.glob("*.json")}


def versions() -> dict[str, str]:
    """The versions of what a study computes with, without importing it."""
    found = {}
    for name in PACKAGES:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            found[name] = "none"
    return found


def kill_inside(folder: Path) -> None:
    """End the processes that this one started in a folder: a kernel, and what it started."""
    for process in psutil.Process().children(recursive=True):
        try:
            if os.path.samefile(process.cwd(), folder):
                process.kill()
        except (psutil.Error, OSError):  # it has ended
            continue


def send_rows(file: Path, start: int, tell, wanted, over: threading.Event) -> None:
    """Tell of each whole line that comes after a place of a file, until it is over.

    A kernel whose seed is not wanted any more is ended.
    """
    while True:
        last = over.is_set()
        if file.exists():
            with file.open("rb") as rows:
                rows.seek(start)
                text = rows.read()
            text = text[: text.rfind(b"\n") + 1]
            start += len(text)
            if text:
                tell(text.decode())
        if last:
            return
        if not wanted():
            kill_inside(file.parent / "kernel")
        over.wait(LOOK_EVERY)


def run_on_worker(
    topic: str, seed: int, notebook: str, settings: dict, parameters: dict, known: dict[str, str]
) -> dict:
    """As a task of Dask: ask the study for the rows that it has, measure the rest, send them.

    known: the study's versions. Returns the text of the rows that were measured and the files that
    were made, or why this worker measures nothing (``"refused"``).
    """
    import distributed

    worker = distributed.get_worker()
    key = worker.get_current_task()
    for name, version in versions().items():
        if version != known[name]:
            about = f"has {name} {version}, here it is {known[name]}"
            return {"refused": f"the worker {worker.address} {about}"}
    answer = distributed.Queue(client=distributed.get_client())
    worker.log_event(topic, {"seed": seed, "asks": answer.name})
    given = answer.get(timeout=ANSWER_WITHIN).encode()
    answer.close()

    def tell(text: str) -> None:
        worker.log_event(topic, {"seed": seed, "rows": text})

    def wanted() -> bool:  # the study or the scheduler may be gone
        task = worker.state.tasks.get(key)
        running = worker.status is distributed.Status.running
        return running and task is not None and task.state == "executing"

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        file, folder, over = Path(name, "rows.jsonl"), Path(name, "kernel"), threading.Event()
        folder.mkdir()
        file.write_bytes(given)
        settings = settings | {"STUDY_ROWS": str(file), "STUDY_PID": str(os.getpid())}
        sender = threading.Thread(target=send_rows, args=(file, len(given), tell, wanted, over))
        sender.start()
        try:
            made = run_seed(notebook, settings, parameters, folder)
        finally:
            over.set()
            sender.join()
        return {"rows": file.read_bytes()[len(given) :].decode(), "made": made}
