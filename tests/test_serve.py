"""`make serve` and `make live`."""

import socket
import subprocess
import sys
import threading
import time
import urllib.request

import pytest

from tools import notebooks, serve


def open_somewhere(folder, **options):
    return serve.open_server(folder, 20_000, tries=2_000, **options)


def test_a_port_in_use_makes_room(tmp_path, capsys):
    (tmp_path / "index.html").write_text("<p>the book</p>")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with serve.open_server(tmp_path, port) as server:
            assert server.server_port > port
            assert f"Port {port} is in use; taking {server.server_port}" in capsys.readouterr().out
            threading.Thread(target=server.serve_forever, daemon=True).start()
            with urllib.request.urlopen(f"http://127.0.0.1:{server.server_port}/") as page:
                assert b"the book" in page.read()
            server.shutdown()


def test_no_free_port_is_told_in_one_line(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(
            SystemExit, match=f"No port is free from {port} to {port}; give another"
        ):
            serve.open_server(tmp_path, port, tries=1)


@pytest.mark.parametrize("port", ["abc", "0", "65536", "-1", "8000.5"])
def test_what_is_no_port_is_told_in_one_line(port):
    command = [sys.executable, "-m", "tools.serve", "--", port]
    done = subprocess.run(command, cwd=notebooks.ROOT, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.strip() == f"{port!r} is no port: PORT=8000 is one, up to 65535"


def test_a_live_site_is_never_taken_from_the_browser_s_memory(tmp_path):
    (tmp_path / "index.html").write_text("<p>the book</p>")
    for handler, wanted in ((serve.Handler, None), (serve.FreshHandler, "no-store")):
        with open_somewhere(tmp_path, handler=handler) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            with urllib.request.urlopen(f"http://127.0.0.1:{server.server_port}/") as page:
                assert page.headers["Cache-Control"] == wanted
            server.shutdown()


def test_a_changed_source_is_noticed_and_nothing_else(tmp_path):
    for name in ("book/a.md", "notebooks/studies/b.ipynb", "data/claims.yml", "_toc.yml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    seen = serve.changes(tmp_path, seconds=0.05)

    def soon(act):
        threading.Timer(0.2, act).start()
        return next(seen)

    def write(*names):
        for name in names:
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(str(time.time_ns()))

    assert soon(lambda: write("book/a.md")) == ["book/a.md"]
    assert soon(lambda: write("book/new.md")) == ["book/new.md"]
    assert soon((tmp_path / "book" / "new.md").unlink) == ["book/new.md"]
    noise = ("_build/html/a.html", "data/results/.parts/x/seed-0.jsonl", "book/.a.md.swp")
    assert soon(lambda: write(*noise, "_toc.yml")) == ["_toc.yml"]


def test_a_change_is_built(tmp_path, monkeypatch, capsys):
    from tools import build

    monkeypatch.setattr(serve, "changes", lambda root: iter([["book/a.md"], ["book/b.md"]]))
    ends = iter([0, 1])
    drafts = []
    monkeypatch.setattr(build, "build", lambda root, draft: drafts.append(draft) or next(ends))
    serve.rebuild(tmp_path)
    told = capsys.readouterr().out
    assert drafts == [True, True]
    assert "book/a.md: building" in told and "reload the page" in told and "with errors" in told
