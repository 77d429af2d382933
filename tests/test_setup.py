"""From nothing to a book: the interpreter, the environment, the server, the address, the tasks."""

import json
import re
import socket
import subprocess
import sys
import threading
import urllib.request

import pytest
import yaml

from tools import address, bootstrap, notebooks, serve


def test_a_wrong_python_is_told_in_one_line(monkeypatch, capsys):
    monkeypatch.setattr(bootstrap, "answers", lambda command: "3.9")
    monkeypatch.setattr(sys, "argv", ["bootstrap.py"])
    with pytest.raises(SystemExit) as stopped:
        bootstrap.main()
    message = str(stopped.value).strip()
    assert "3.11, 3.12 or 3.13" in message and "\n" not in message


def test_no_network_is_told_in_one_line(tmp_path, monkeypatch):
    lock = bootstrap.ROOT + "/requirements.txt"
    monkeypatch.setattr(bootstrap.subprocess, "call", lambda command, cwd: 1)
    with pytest.raises(SystemExit, match="Is there network"):
        bootstrap.environment(str(tmp_path / "venv"), lock, sys.executable)


def test_a_broken_environment_is_made_anew(tmp_path, monkeypatch, capsys):
    folder = tmp_path / "venv"
    (folder / "bin").mkdir(parents=True)
    (folder / "bin" / "python").symlink_to(tmp_path / "gone")
    (folder / ".ready").write_text(bootstrap.stamp("requirements.txt"))
    calls = []
    monkeypatch.setattr(
        bootstrap, "run", lambda command, what: (calls.append(command), folder.mkdir(exist_ok=True))
    )
    bootstrap.environment(str(folder), "requirements.txt", sys.executable)
    assert "is broken" in capsys.readouterr().out
    assert calls[0][1:3] == ["-m", "venv"] and "--require-hashes" in calls[-1]


def test_nothing_to_do_is_done_at_once(tmp_path, monkeypatch):
    folder = tmp_path / "venv"
    folder.mkdir()
    (folder / ".ready").write_text(bootstrap.stamp("requirements.txt"))
    monkeypatch.setattr(bootstrap, "answers", lambda command: "1")
    monkeypatch.setattr(bootstrap, "run", lambda *a: pytest.fail("ran something"))
    bootstrap.environment(str(folder), "requirements.txt", sys.executable)


def test_a_port_in_use_makes_room(tmp_path, capsys):
    (tmp_path / "index.html").write_text("<p>the book</p>")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with serve.open_server(tmp_path, port) as server:
            assert server.server_port > port
            assert f"Port {port} is in use" in capsys.readouterr().out
            threading.Thread(target=server.serve_forever, daemon=True).start()
            with urllib.request.urlopen(f"http://127.0.0.1:{server.server_port}/") as page:
                assert b"the book" in page.read()
            server.shutdown()


def test_every_task_explains_itself():
    text = (notebooks.ROOT / "Makefile").read_text()
    shown = subprocess.run(
        ["make", "--no-print-directory", "help"], cwd=notebooks.ROOT, capture_output=True, text=True
    ).stdout
    tasks = set(re.search(r"\.PHONY: (.*)", text).group(1).split()) - {"env", "help"}
    assert tasks == {line.split()[0] for line in shown.splitlines()} - {"help"}


def test_the_locks_hold_what_people_asked_for():
    for source, lock in (
        ("requirements.in", "requirements.txt"),
        ("tools/colab.in", "tools/colab.txt"),
    ):
        asked = re.findall(r"(?m)^([A-Za-z0-9_-]+)(==\S+)?", (notebooks.ROOT / source).read_text())
        locked = (notebooks.ROOT / lock).read_text()
        for name, version in asked:
            pattern = (
                rf"(?m)^{re.escape(name.lower().replace('_', '-'))}{re.escape(version) or '=='}"
            )
            assert re.search(pattern, locked), f"{name}{version} is not in {lock}"
        assert not re.search(r"https?://", locked)


def copy_of_the_book(tmp_path):
    names = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"],
        cwd=notebooks.ROOT,
        capture_output=True,
        text=True,
    ).stdout.split("\n")
    for name in filter(None, names):
        source, target = notebooks.ROOT / name, tmp_path / name
        if source.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(source.read_bytes())
    return tmp_path


def test_one_command_gives_the_book_its_address(tmp_path):
    from tools import lint_notebooks

    book = copy_of_the_book(tmp_path)
    assert not notebooks.adopted(notebooks.repository(book))
    address.adopt("ada/loops", book)
    assert notebooks.repository(book) == "https://github.com/ada/loops"
    for name in address.TEXTS:
        assert "your_name" not in (book / name).read_text()
    for lab in notebooks.all_labs(book):
        first = notebooks.read(lab).cells[0].source
        assert f"colab.research.google.com/github/ada/loops/blob/main/notebooks/{lab.name}" in first
        assert "https://ada.github.io/loops/book/" in first
    assert lint_notebooks.lint_in_book(book) == []
    # a lab that was left behind is seen
    notebooks.write(lab, notebooks.read(notebooks.ROOT / "notebooks" / lab.name))
    assert any("do not follow from _config.yml" in p for p in lint_notebooks.lint_in_book(book))
    with pytest.raises(SystemExit):
        address.adopt("not an address", book)


def test_the_address_is_the_same_everywhere():
    address = notebooks.repository()
    for name in address.TEXTS:
        text = (notebooks.ROOT / name).read_text()
        assert set(re.findall(r"https://github\.com/[\w-]+/recurrent", text)) <= {address}
        assert address in text or notebooks.site(address) in text, name


def test_the_repository_names_no_machine_and_no_registry():
    files = subprocess.run(
        ["git", "ls-files"], cwd=notebooks.ROOT, capture_output=True, text=True
    ).stdout
    bad = re.compile(r"(?<![\w.])/(?:work|farm)/\w|files\.pythonhosted|//pypi\.org|registry\.npmjs")
    for name in files.split():
        path = notebooks.ROOT / name
        if path.is_file() and path.suffix not in {".png", ".ico"}:
            found = bad.search(path.read_text(encoding="utf-8", errors="ignore"))
            assert not found or name == "tests/test_setup.py", f"{name}: {found.group()}"


def test_the_node_lock_names_no_host():
    lock = json.loads((notebooks.ROOT / "package-lock.json").read_text())
    assert all("resolved" not in package for package in lock["packages"].values())
    assert all("integrity" in p for name, p in lock["packages"].items() if name)


def test_jupyter_book_stays_below_two():
    assert "jupyter-book==1.0.4.post1" in (notebooks.ROOT / "requirements.in").read_text()
    assert yaml.safe_load((notebooks.ROOT / "_toc.yml").read_text())["format"] == "jb-book"
