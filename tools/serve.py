"""Serve the built book on this machine: `make serve`, or `make live`, which also rebuilds it."""

from __future__ import annotations

import argparse
import errno
import functools
import http.server
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from tools import commands

ROOT = Path(__file__).resolve().parents[1]
SITE = ROOT / "_build" / "html"
SOURCES = ("book", "notebooks", "data", "_config.yml", "_toc.yml")
TRIES = 50


class Handler(http.server.SimpleHTTPRequestHandler):
    extensions_map = {  # noqa: RUF012
        **http.server.SimpleHTTPRequestHandler.extensions_map,
        ".mjs": "text/javascript",
        ".woff2": "font/woff2",
    }

    def log_message(self, *args):
        """Say nothing: a request is no news."""


class FreshHandler(Handler):
    """A browser asks again for a page that may have been built again."""

    def end_headers(self):
        self.send_header("Cache-Control", "no-store")
        super().end_headers()


def open_server(
    folder: Path, port: int, tries: int = TRIES, handler: type = Handler
) -> http.server.ThreadingHTTPServer:
    """A server on the first free port from ``port`` on. Raises ``SystemExit`` when none is free."""
    handler = functools.partial(handler, directory=str(folder))
    taken = []
    for candidate in range(port, min(port + tries, 65536)):
        try:
            server = http.server.ThreadingHTTPServer(("127.0.0.1", candidate), handler)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
            taken.append(candidate)
            continue
        if taken:
            print(f"Port {port} is in use; taking {candidate}.")
        return server
    raise SystemExit(f"No port is free from {port} to {port + tries - 1}; give another: PORT=9000")


def state(root: Path) -> dict[Path, int]:
    """When each source was written last; files that tools write aside do not count."""
    found = {}
    for name in SOURCES:
        place = root / name
        for path in [place] if place.is_file() else place.rglob("*"):
            hidden = any(part.startswith(".") for part in path.relative_to(root).parts)
            if path.is_file() and not hidden and path.suffix != ".pyc":
                found[path] = path.stat().st_mtime_ns
    return found


def changes(root: Path, seconds: float = 1.0) -> Iterator[list[str]]:
    """Names of the sources that changed, each time that some did and then rested."""
    known = state(root)
    while True:
        time.sleep(seconds)
        try:
            now = state(root)
        except OSError:  # a file went while it was looked at
            continue
        if now == known:
            continue
        time.sleep(seconds / 2)  # an editor that writes several files
        names = {path.relative_to(root).as_posix() for path, _ in now.items() ^ known.items()}
        known = now
        yield sorted(names)


def rebuild(root: Path = ROOT) -> None:
    """Build the book again whenever a source changes, for ever."""
    from tools import build

    for names in changes(root):
        print(f"{', '.join(names[:3])}{' ...' if len(names) > 3 else ''}: building ...", flush=True)
        start = time.perf_counter()
        code = build.build(root, draft=True)
        what = "with errors (see above)" if code else "reload the page"
        print(f"Built in {time.perf_counter() - start:.0f} s: {what}.", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("port", nargs="?", default="8000")
    parser.add_argument("--live", action="store_true")
    options = parser.parse_args()
    if not options.port.isdecimal() or not 0 < int(options.port) < 65536:
        sys.exit(f"{options.port!r} is no port: PORT=8000 is one, up to 65535")
    if options.live and not (SITE / "index.html").exists():
        from tools import build

        build.build(draft=True)
    if not (SITE / "index.html").exists():
        sys.exit("There is no built book yet: run `make book`.")
    handler = FreshHandler if options.live else Handler
    server = open_server(SITE, int(options.port), handler=handler)
    print(f"The book is at http://127.0.0.1:{server.server_port}  (stop with Ctrl+C)", flush=True)
    try:
        if options.live:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            rebuild()
        server.serve_forever()
    except KeyboardInterrupt:
        print()


if __name__ == "__main__":
    commands.run(main)
