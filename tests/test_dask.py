"""Studies on a Dask cluster: a local run's rows, whatever is killed; what is wrong, in a line."""

import collections
import importlib.metadata
import json
import os
import socket
import subprocess
import sys
import threading
import time

import nbformat
import psutil
import pytest
from test_study import change, rows_so_far, start, study_of, toy_book

from tools import cluster, notebooks, provenance, results, seeds
from tools import study as study_tools

LIMIT = 120  # seconds, on a machine that does much else


def wait_for(what):
    limit = time.time() + LIMIT
    while not (found := what()) and time.time() < limit:
        time.sleep(0.05)
    assert found
    return found


def logging_book(folder):
    """The toy book, whose study writes into a file which row it begins to measure."""
    book, log = toy_book(folder), folder / "begun.log"
    begun = f'print(n, seed, file=open({str(log)!r}, "a"))\n    time.sleep'
    change(study_of(book), "toy", "time.sleep", begun)
    return book, log


def begun(log):
    """How often each row was begun."""
    return collections.Counter(log.read_text().splitlines())


def arrived(book):
    """The rows that are on this disk, named as in the log."""
    parts = (book / "data" / "results" / ".parts").rglob("*.jsonl")
    rows = [json.loads(line) for part in parts for line in part.read_text().splitlines()]
    return {f"{row['key'][4:]} {row['seed']}" for row in rows if "key" in row}


def lines_of(book):
    """The rows as they stand in the file, without its header."""
    return results.path_of(study_of(book)).read_text().splitlines()[1:]


def toy_lines():
    """The rows of the toy study, worked out here."""
    rows = [
        {"key": f"toy-{n}", "seed": seed, "x": float(f"{seed + n / 7:.8g}"), "curve": [seed, n]}
        for n in range(8)
        for seed in range(3)
    ]
    crash = {"key": "toy-2", "seed": 1, "error": "ValueError: this configuration crashes"}
    rows[rows.index(next(r for r in rows if (r["key"], r["seed"]) == ("toy-2", 1)))] = crash
    return [json.dumps(row) for row in rows]


def dask(*command):
    return subprocess.Popen(
        [sys.executable, "-m", "dask", *map(str, command)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def scheduler_and_worker(folder):
    """Processes of a cluster of one worker that is started as on another machine; its address."""
    file = folder / "scheduler.json"
    scheduler = dask("scheduler", "--port", 0, "--no-dashboard", "--scheduler-file", file)
    wait_for(lambda: file.exists() and file.read_text().endswith("}"))
    address = json.loads(file.read_text())["address"]
    options = ("--nthreads", 1, "--no-nanny", "--no-dashboard", "--local-directory", folder)
    return scheduler, dask("worker", address, *options), address


@pytest.fixture(scope="module")
def far(tmp_path_factory):
    *processes, address = scheduler_and_worker(tmp_path_factory.mktemp("far"))
    yield address
    for process in processes:
        process.kill()
        process.wait()


def run_here(book, *options):
    """Run the study in this process, which saves its start."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STUDY_PID", str(os.getpid()))
        patch.setattr(sys, "argv", ["study", "01a", "--root", str(book), *options])
        study_tools.main()


def after(what, act):
    """Act once something is so, while this thread does something else; gives what it did."""
    found = []

    def watch():
        wait_for(what)
        found.extend(act())

    threading.Thread(target=watch, daemon=True).start()
    return found


def test_a_killed_worker_loses_no_row_and_repeats_what_was_in_flight(tmp_path):
    book, log = logging_book(tmp_path)

    def kill_one():
        workers = [
            process
            for process in psutil.Process().children()
            if any("ipykernel" in " ".join(child.cmdline()) for child in process.children())
        ]
        workers[0].kill()
        return [len(workers), arrived(book)]

    killed = after(lambda: rows_so_far(book) >= 4, kill_one)
    run_here(book, "--dask")
    count, there = killed
    assert count == 2 and 4 <= len(there) < 24
    assert lines_of(book) == toy_lines()
    assert (book / "book" / "_static" / "explorers" / "weights.json").exists()
    # the row that the worker was at, and one that had ended as it was killed, were begun twice
    counts = begun(log)
    assert len(counts) == 24 and max(counts.values()) <= 2 and counts.total() <= 26
    assert all(counts[row] == 1 for row in there)


def test_a_stopped_study_frees_its_workers_and_goes_on_when_a_scheduler_is_lost(tmp_path):
    book, log = logging_book(tmp_path)
    scheduler, worker, address = scheduler_and_worker(tmp_path)
    first = start(book, "--dask", address)
    wait_for(lambda: rows_so_far(book) >= 2)
    first.kill()
    there, before = arrived(book), begun(log)
    wait_for(lambda: not psutil.Process(worker.pid).children())

    def kill():
        scheduler.kill()
        return [arrived(book), begun(log)]

    killed = after(lambda: rows_so_far(book) >= 10, kill)
    with pytest.raises(SystemExit) as told:
        run_here(book, "--dask", address)
    assert str(told.value) == f"01a-toy: the scheduler {address} is lost\n{study_tools.GO_ON}"
    worker.kill()
    more, later = killed
    run_here(book, "--jobs", "1")  # on this machine alone
    assert lines_of(book) == toy_lines()
    counts = begun(log)  # what has arrived is not measured again
    assert len(there) >= 2 and all(counts[row] == before[row] == 1 for row in there)
    assert len(more) >= 10 and all(counts[row] == later[row] for row in more)
    for process in (scheduler, worker):
        process.wait()


def test_ten_thousand_short_rows_arrive(far, tmp_path):
    book = toy_book(tmp_path)
    change(study_of(book), "parameters", '"WAIT": 0.25', '"WAIT": 0.0')
    change(study_of(book), "parameters", "[0, 1, 2]", "[0, 1]")
    change(study_of(book), "toy", "range(8)", "range(5000)")
    change(study_of(book), "toy", "    time.sleep(WAIT)  # as long as a training\n", "")
    run_here(book, "--dask", far)
    header, rows = results.load(results.path_of(study_of(book)))
    assert header["rows"] == len(rows) == 10_000
    names = {(f"toy-{n}", seed) for n in range(5000) for seed in range(2)}
    assert {(row["key"], row["seed"]) for row in rows} == names
    assert all(row["curve"] == [row["seed"], int(row["key"][4:])] for row in rows if "x" in row)


def measured(book, address):
    notebook = study_tools.study_notebook(study_of(book))
    full = provenance.full_parameters(notebook)
    parts = {0: book / "seed-0.jsonl"}
    return list(cluster.run_seeds(address, nbformat.writes(notebook), {}, full, parts, book))


def test_what_is_wrong_is_told_in_a_line(far, tmp_path, monkeypatch):
    book = toy_book(tmp_path)
    with monkeypatch.context() as patch, pytest.raises(seeds.Trouble) as told:
        patch.setattr(importlib.metadata, "version", lambda name: "0.1")
        measured(book, far)
    assert "has numpy" in str(told.value) and "here it is 0.1" in str(told.value)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        nobody = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    monkeypatch.setattr(cluster, "ANSWERS_WITHIN", 1)
    for address in (nobody, "nonsense"):
        with pytest.raises(seeds.Trouble, match=f"no Dask scheduler answers at {address}"):
            measured(book, address)


def test_a_scheduler_without_workers_is_spoken_of(tmp_path, monkeypatch):
    import distributed

    monkeypatch.setattr(cluster, "JOINS_WITHIN", 0.5)
    with distributed.LocalCluster(n_workers=0, dashboard_address=":0") as empty:
        with pytest.raises(seeds.Trouble, match="has no workers: start one with `dask worker tcp:"):
            measured(toy_book(tmp_path), empty.scheduler_address)


def about(**packages):
    return {"packages": {name: "1.2.3" for name in cluster.SAME} | packages}


def test_versions_that_differ_are_named():
    found = {"client": about(), "scheduler": about(python="1.2.9"), "workers": {"a": about()}}
    assert cluster.differing(found) == ""
    found["workers"]["b"] = about(python="1.3.0")
    assert cluster.differing(found) == "the worker b has python 1.3, here it is 1.2"
    found["scheduler"] = about(distributed="2")
    assert cluster.differing(found) == "the scheduler has distributed 2, here it is 1.2.3"


def test_rows_are_written_once_and_half_a_line_is_cut_off(tmp_path):
    row, other = '{"key": "a", "seed": 0, "x": 1.0}', '{"key": "a", "seed": 1, "x": 2.0}'
    path = tmp_path / "seed-0.jsonl"
    path.write_text(f'{{"versions": {{}}}}\n{row}\n{{"key": "b", "s')
    part = cluster.Part(path)
    part.add(f'{{"versions": {{}}}}\n{row}\n{other}\n{other}\n')
    part.add(f"{other}\n")
    assert path.read_text().splitlines() == ['{"versions": {}}', row, other]


def test_the_worker_part_needs_nothing_of_the_book():
    source = (notebooks.ROOT / "tools" / "seeds.py").read_text(encoding="utf-8")
    assert "from tools" not in source and "import tools" not in source
