"""One process at a time."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import filelock


@contextlib.contextmanager
def alone(path: Path, told: str, *, wait: bool = False) -> Iterator[None]:
    """Hold the lock that a file stands for; it ends with the process, however that ends.

    told: what is said when another process holds it. Then wait, or raise ``SystemExit``.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = filelock.FileLock(path)
    try:
        held = lock.acquire(blocking=False)
    except filelock.Timeout:
        if not wait:
            raise SystemExit(told) from None
        print(told, flush=True)
        held = lock.acquire()
    with held:
        yield
