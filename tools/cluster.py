"""Seeds of a study on the workers of a Dask cluster.

Rows come back over the scheduler's network while they are measured and are written here, so the
workers need no common disk. A worker that is lost loses the row that it was at: its seed is run
again elsewhere, and asks first for the rows that have arrived.

`make study STUDY=05a DASK=1` starts two workers on this machine, each a process; a real cluster is
one scheduler and as many workers as there are, which `DASK_SCHEDULER=tcp://host:8786` names.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import queue
import uuid
from collections.abc import Iterator
from pathlib import Path

import cloudpickle
import distributed

from tools import files, kernels, seeds

ANSWERS_WITHIN = 10  # seconds
JOINS_WITHIN = 30  # seconds until the first worker is there
SAME = ("python", "dask", "distributed", "cloudpickle", "msgpack", "tornado")


class Part:
    """The rows of one seed, in a file; a row that came before is not written again."""

    def __init__(self, path: Path):
        self.path, self.names, text = path, set(), b""
        if path.exists():
            text = path.read_bytes()
            text = text[: text.rfind(b"\n") + 1]  # a kill may have left half a line
        path.write_bytes(text)
        self.names = {self.name(line) for line in text.decode().splitlines()}

    @staticmethod
    def name(line: str) -> tuple:
        row = json.loads(line)
        return row.get("key"), row.get("seed")

    def add(self, text: str) -> None:
        """Write what is new among some lines, onto the disk."""
        new = {self.name(line): line for line in reversed(text.splitlines())}
        new = [line for name, line in reversed(new.items()) if name not in self.names]
        self.names |= {self.name(line) for line in new}
        with self.path.open("a", encoding="utf-8", newline="") as file:
            file.writelines(f"{line}\n" for line in new)
            file.flush()
            os.fsync(file.fileno())


@contextlib.contextmanager
def local(workers: int) -> Iterator[str]:
    """Workers on this machine, each a process of its own; gives the scheduler's address."""
    with kernels.quiet():
        cluster = distributed.LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            memory_limit=0,  # a study may take what there is, as without Dask
            dashboard_address=":0",
            silence_logs=logging.CRITICAL,
        )
    with cluster:
        yield cluster.scheduler_address


def differing(found: dict) -> str:
    """What a worker or the scheduler has in another version than this process, in a line."""
    places = {"the scheduler": found["scheduler"]}
    places |= {f"the worker {name}": about for name, about in found["workers"].items()}
    for place, about in places.items():
        for name in SAME:
            mine, other = (about["packages"][name] for about in (found["client"], about))
            if name == "python":  # functions travel as bytecode, whose form is a minor version's
                mine, other = (".".join(version.split(".")[:2]) for version in (mine, other))
            if mine != other:
                return f"{place} has {name} {other}, here it is {mine}"
    return ""


@contextlib.contextmanager
def connected(address: str) -> Iterator[distributed.Client]:
    """A client of a scheduler that has workers with the versions of this process.

    Raises ``Trouble``.
    """
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what is wrong is told in a line
    try:
        client = distributed.Client(address, timeout=ANSWERS_WITHIN, set_as_default=False)
    except (OSError, ValueError):
        raise seeds.Trouble(f"no Dask scheduler answers at {address}") from None
    with client:
        try:
            client.wait_for_workers(1, timeout=JOINS_WITHIN)
        except TimeoutError:
            start = f"start one with `dask worker {address}`"
            raise seeds.Trouble(f"the scheduler {address} has no workers: {start}") from None
        if told := differing(client.get_versions()):
            raise seeds.Trouble(told)
        yield client


def result(future: distributed.Future, address: str) -> dict:
    """What a worker found. Raises ``Trouble``, and what stopped the seed."""
    try:
        found = future.result()
    except distributed.CancelledError:
        raise seeds.Trouble(f"the scheduler {address} is lost") from None
    except distributed.KilledWorker:
        raise seeds.Trouble("its workers were killed again and again: out of memory?") from None
    except (ImportError, OSError) as error:
        raise seeds.Trouble(f"on a worker: {type(error).__name__}: {error}") from None
    if "refused" in found:
        raise seeds.Trouble(found["refused"])
    return found


def run_seeds(
    address: str, notebook: str, settings: dict, full: dict, parts: dict[int, Path], made: Path
) -> Iterator[int]:
    """Measure seeds on a cluster and write their rows; gives each seed when all of it is there.

    made: where files go that the study writes for the figures of the pages. Raises ``Trouble``,
    and what stopped a seed.
    """
    cloudpickle.register_pickle_by_value(seeds)
    kept = {seed: Part(path) for seed, path in parts.items()}
    topic, known, arrivals = f"study-{uuid.uuid4().hex}", seeds.versions(), queue.SimpleQueue()
    with connected(address) as client:
        client.subscribe_topic(topic, lambda event: arrivals.put(event[1]))
        open_seeds = {}
        for seed in parts:
            task = (topic, seed, notebook, settings, full | {"SEEDS": [seed]}, known)
            future = client.submit(seeds.run_on_worker, *task, key=f"{topic}-{seed}", pure=False)
            open_seeds[future] = seed
            future.add_done_callback(arrivals.put)
        try:
            while open_seeds:
                try:
                    arrived = arrivals.get(timeout=1)
                except queue.Empty:
                    if client.status != "running":
                        raise seeds.Trouble(f"the scheduler {address} is lost") from None
                    continue
                if isinstance(arrived, distributed.Future):
                    seed = open_seeds.pop(arrived)
                    found = result(arrived, address)
                    kept[seed].add(found["rows"])
                    files.write_all(made, found["made"])
                    yield seed
                elif "asks" in arrived:
                    rows = kept[arrived["seed"]].path.read_text(encoding="utf-8")
                    distributed.Queue(arrived["asks"], client=client).put(rows)
                else:
                    kept[arrived["seed"]].add(arrived["rows"])
        finally:
            if client.status == "running":
                client.cancel(list(open_seeds))
