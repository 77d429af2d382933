"""How commands end: what their user can mend is told in one line, without a traceback."""

from __future__ import annotations

import contextlib
import errno
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import filelock

from tools import bootstrap, files

MACHINE = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.ENOMEM}


def run(main: Callable[[], int | None]) -> None:
    """Run a command and exit with what it returns. Other errors are the program's: a traceback."""
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        sys.exit(130)
    except files.Unreadable as error:
        sys.exit(str(error))
    except OSError as error:
        if error.errno not in MACHINE:
            raise
        sys.exit(f"{error.strerror}: {error.filename or 'a file'}. {bootstrap.hindrance()}".strip())


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
