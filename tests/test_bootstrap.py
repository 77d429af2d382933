"""`make env`: an environment that is whole is left alone; one that is not is made anew.

The environments are real virtual environments; only what asks the network (pip, uv, npm) is
replaced by scripts that do as little as the test needs.
"""

import ast
import json
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tools import bootstrap

UV = """#!{python}
import pathlib, sys
if "--version" not in sys.argv:
    site = next(pathlib.Path(sys.argv[0]).parents[1].glob("lib/python*/site-packages"))
    for name in ("keras", "numpy"):
        (site / name).mkdir(exist_ok=True)
    pathlib.Path(sys.argv[0]).with_name("asked").write_text(" ".join(sys.argv[1:]))
print("uv 1.0")
"""
pytestmark = pytest.mark.skipif(os.name == "nt", reason="the stand-ins are Unix scripts")


def script(path: Path, text: str) -> None:
    path.write_text(text.format(python=sys.executable))
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


class House:
    """A root with a lock, and what was run in it: "venv", "pip", "uv"."""

    def __init__(self, root: Path, monkeypatch):
        self.root, self.venv, self.ran = root, root / ".venv", []
        for name in ("requirements.txt", "package-lock.json"):
            shutil.copy(Path(bootstrap.ROOT, name), root / name)
        monkeypatch.setattr(bootstrap, "ROOT", str(root))
        monkeypatch.setattr(bootstrap, "run", self.run)

    def run(self, command, what):
        if "venv" in command:
            self.ran.append("venv")
            subprocess.run([*command, "--without-pip"], check=True)
        elif "pip" in command[:3] and "install" in command:
            self.ran.append("pip")
            script(self.venv / "bin" / "uv", UV)
        else:
            self.ran.append("uv --reinstall" if "--reinstall" in command else "uv")
            subprocess.run(command, check=True, capture_output=True)

    def make(self) -> list[str]:
        """Run `make env` for the environment; what it ran."""
        self.ran = []
        bootstrap.environment(str(self.venv), "requirements.txt", sys.executable)
        assert (self.venv / "lib").exists() and self.site("keras").exists()
        return self.ran

    def site(self, name) -> Path:
        return next(self.venv.glob("lib/python*/site-packages")) / name


@pytest.fixture
def house(tmp_path, monkeypatch):
    made = House(tmp_path, monkeypatch)
    assert made.make() == ["venv", "pip", "uv"]
    return made


def test_nothing_to_do_is_done_at_once(house):
    assert house.make() == []


def test_another_lock_is_installed_into_what_is_there(house):
    with (house.root / "requirements.txt").open("a") as file:
        file.write("# one more line\n")
    assert house.make() == ["uv"]
    assert house.make() == []


def test_a_python_that_is_gone(house, capsys):
    python = house.venv / "bin" / "python"
    python.unlink()
    python.symlink_to(house.root / "gone")
    assert house.make() == ["venv", "pip", "uv"]
    assert "is broken" in capsys.readouterr().out


def test_one_killed_in_its_first_seconds_without_pip(tmp_path, monkeypatch, capsys):
    house = House(tmp_path, monkeypatch)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", house.venv], check=True)
    assert house.make() == ["venv", "pip", "uv"]
    assert "is broken" in capsys.readouterr().out
    assert house.make() == []


def test_one_killed_while_packages_were_installed(house):
    (house.venv / ".ready").unlink()
    assert house.make() == ["uv --reinstall"]
    assert house.make() == []


@pytest.mark.parametrize("left", ["", "{", "[]", "null", '{"lock": "', "no JSON at all"])
def test_half_a_mark_is_no_mark(house, left):
    (house.venv / ".ready").write_text(left)
    assert house.make() == ["uv --reinstall"]


def test_the_mark_of_an_earlier_edition_is_believed(house):
    (house.venv / ".ready").write_text(bootstrap.stamp("requirements.txt"))
    assert house.make() == []


def test_a_missing_package(house):
    house.site("numpy").rmdir()
    assert house.make() == ["uv --reinstall"]
    assert house.site("numpy").exists()
    assert house.make() == []


def test_what_a_reader_added_stays(house):
    house.site("my_package").mkdir()
    assert house.make() == []


def test_a_uv_cut_short_and_a_missing_one(house):
    for spoil in (lambda uv: uv.write_text(""), lambda uv: uv.unlink()):
        with (house.root / "requirements.txt").open("a") as file:
            file.write("# one more line\n")
        spoil(house.venv / "bin" / "uv")
        ran = house.make()
        # this environment has no pip either: anew
        assert ran == ["venv", "pip", "uv"]
        assert house.make() == []


def test_a_renamed_folder(house, tmp_path, monkeypatch, capsys):
    """Its scripts name the old folder, which may still be there."""
    for old_stays in (True, False):
        new = tmp_path / f"renamed-{old_stays}" / ".venv"
        new.parent.mkdir()
        if old_stays:
            shutil.copytree(house.venv, new, symlinks=True)
        else:
            house.venv.rename(new)
        house.venv = new
        assert house.make() == ["venv", "pip", "uv"]
        assert "moved" in capsys.readouterr().out
        assert house.make() == []


def npm_house(house, monkeypatch):
    def run(command, what):
        house.ran.append("npm")
        katex = house.root / "node_modules" / "katex"
        katex.mkdir(parents=True, exist_ok=True)
        (katex / "katex.js").write_text("katex")

    monkeypatch.setattr(bootstrap, "run", run)

    def make():
        house.ran = []
        bootstrap.node_packages(str(house.venv))
        return house.ran

    return make


def test_katex_missing_or_cut_short(house, monkeypatch):
    make = npm_house(house, monkeypatch)
    katex = house.root / "node_modules" / "katex" / "katex.js"
    assert make() == ["npm"] and make() == []
    katex.write_text("kat")
    assert make() == ["npm"] and make() == []
    katex.unlink()
    assert make() == ["npm"] and make() == []
    (house.root / "node_modules" / ".ready").write_text("{")
    assert make() == ["npm"] and make() == []
    lock = house.root / "package-lock.json"
    lock.write_text(lock.read_text() + "\n")
    assert make() == ["npm"] and make() == []


# ---- what is said


def test_a_wrong_python_is_told_in_one_line(monkeypatch):
    monkeypatch.setattr(bootstrap, "answers", lambda command: "3.9")
    monkeypatch.setattr(sys, "argv", ["bootstrap.py"])
    with pytest.raises(SystemExit) as stopped:
        bootstrap.main()
    message = str(stopped.value).strip()
    assert "3.11, 3.12 or 3.13" in message and "\n" not in message


def test_another_python_hands_over_to_a_fitting_one(monkeypatch):
    handed = []
    monkeypatch.setattr(sys, "version_info", (2, 7, 18))
    monkeypatch.setattr(sys, "argv", ["bootstrap.py", "colab"])
    monkeypatch.setattr(bootstrap, "find_python", lambda: "/opt/python3.12")
    monkeypatch.setattr(bootstrap.subprocess, "call", lambda command: handed.append(command) or 3)
    with pytest.raises(SystemExit) as stopped:
        bootstrap.main()
    assert stopped.value.code == 3
    assert handed == [["/opt/python3.12", os.path.abspath(bootstrap.__file__), "colab"]]


def test_old_pythons_can_read_it():
    """Python 2.7 where there is one; else what later versions of Python 3 brought is not in it."""
    source = Path(bootstrap.__file__).read_text()
    ast.parse(source, feature_version=(3, 4))
    python = shutil.which("python2.7") or ""
    if bootstrap.answers([python, "-c", "print(1)"]) == "1":
        command = [python, "-c", "import ast, sys; ast.parse(sys.stdin.read())"]
        assert subprocess.run(command, input=source, text=True).returncode == 0


def said(monkeypatch, *command) -> str:
    with pytest.raises(SystemExit) as stopped:
        bootstrap.run(list(command), "Installing")
    return str(stopped.value)


def test_what_does_not_work_is_told_with_its_reason(tmp_path, monkeypatch):
    monkeypatch.setattr(bootstrap, "ROOT", str(tmp_path))
    assert "Is there network?" in said(monkeypatch, sys.executable, "-c", "exit(1)")
    assert "Installing did not work" in said(monkeypatch, tmp_path / "no-such-program")
    usage = shutil.disk_usage(tmp_path)._replace(free=10)
    monkeypatch.setattr(bootstrap.shutil, "disk_usage", lambda folder: usage)
    assert "The disk is nearly full" in said(monkeypatch, sys.executable, "-c", "exit(1)")
    monkeypatch.setattr(bootstrap, "ROOT", "/proc")
    assert "Nothing can be written to /proc" in bootstrap.why()


def test_a_python_without_venv_is_told(tmp_path, monkeypatch):
    house = House(tmp_path, monkeypatch)
    script(tmp_path / "python", "#!/bin/sh\nexit 1\n")
    with pytest.raises(SystemExit, match=r"has no venv\. On Debian: apt-get install"):
        bootstrap.environment(str(house.venv), "requirements.txt", str(tmp_path / "python"))


def test_a_mark_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    mark = tmp_path / ".ready"
    bootstrap.write(str(mark), {"lock": "old"})

    def full(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(bootstrap.json, "dump", full)
    with pytest.raises(OSError, match="No space left"):
        bootstrap.write(str(mark), {"lock": "new"})
    assert json.loads(mark.read_text()) == {"lock": "old"}
