"""How commands end: what their user can mend is told in one line, without a traceback."""

from __future__ import annotations

import errno
import sys
from collections.abc import Callable

from tools import bootstrap, files

MACHINE = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.ENOMEM}


def report(problems: list[str], fine: str) -> int:
    """Print what a check found, or that all is well; returns the exit status."""
    print("\n".join(problems) or f"{fine}: no problem found")
    return bool(problems)


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
