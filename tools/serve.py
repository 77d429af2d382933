"""Serve the built book on this machine: `make serve`."""

from __future__ import annotations

import errno
import functools
import http.server
import sys
from pathlib import Path

SITE = Path(__file__).resolve().parents[1] / "_build" / "html"


class Handler(http.server.SimpleHTTPRequestHandler):
    extensions_map = {  # noqa: RUF012
        **http.server.SimpleHTTPRequestHandler.extensions_map,
        ".mjs": "text/javascript",
        ".woff2": "font/woff2",
    }

    def log_message(self, *args):
        """Say nothing: a request is no news."""


def open_server(folder: Path, port: int, tries: int = 50) -> http.server.ThreadingHTTPServer:
    """A server on the first free port from ``port`` on. Raises OSError when none is free."""
    handler = functools.partial(Handler, directory=str(folder))
    for candidate in range(port, port + tries):
        try:
            return http.server.ThreadingHTTPServer(("127.0.0.1", candidate), handler)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
            print(f"Port {candidate} is in use; trying {candidate + 1}.")
    raise OSError(f"no free port from {port} to {port + tries - 1}")


def main() -> None:
    if not (SITE / "index.html").exists():
        sys.exit("There is no built book yet: run `make book`.")
    server = open_server(SITE, int(sys.argv[1]) if len(sys.argv) > 1 else 8000)
    print(f"The book is at http://127.0.0.1:{server.server_port}  (stop with Ctrl+C)", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        print()


if __name__ == "__main__":
    main()
