"""Commands that fail: one line, no traceback, nothing half-written."""

import errno
import os
import subprocess
import sys
import threading
import time

import pytest

from tools import commands, exam, exercises, files, locks, notebooks


def ended(error: BaseException, capsys) -> tuple[object, str]:
    """With what a command exits that raises an error, and what it says."""

    def main():
        raise error

    with pytest.raises(SystemExit) as stopped:
        commands.run(main)
    said = stopped.value.code if isinstance(stopped.value.code, str) else capsys.readouterr().err
    return stopped.value.code, said


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_what_the_machine_refuses_is_one_line(capsys, monkeypatch, number):
    monkeypatch.setattr(commands.bootstrap, "hindrance", lambda: "The disk is nearly full.")
    _, said = ended(OSError(number, os.strerror(number), "/book/page"), capsys)
    assert said == f"{os.strerror(number)}: /book/page. The disk is nearly full."


def test_a_bug_keeps_its_traceback(capsys):
    with pytest.raises(FileNotFoundError):
        ended(FileNotFoundError(errno.ENOENT, "No such file", "x"), capsys)
    with pytest.raises(KeyError):
        ended(KeyError("x"), capsys)


def test_ctrl_c_is_one_word(capsys):
    assert ended(KeyboardInterrupt(), capsys) == (130, "Stopped.\n")


def test_a_command_exits_with_what_it_returns():
    for value in (0, 1, True, None):
        with pytest.raises(SystemExit) as stopped:
            commands.run(lambda value=value: value)
        assert stopped.value.code == value


def test_a_file_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    path = tmp_path / "rows.jsonl"
    files.write(path, "old")
    write = type(path).write_text

    def full(path, text, **options):
        write(path, text[:1], **options)
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(type(path), "write_text", full)
    with pytest.raises(OSError, match="No space left"):
        files.write(path, "new")
    assert path.read_text() == "old" and list(tmp_path.iterdir()) == [path]


def test_no_command_waits_for_what_it_never_asks():
    """A grammar of web addresses, which takes seconds, as nbformat is imported."""
    code = "from tools import notebooks; import sys; print(sys.modules['rfc3987_syntax'])"
    done = subprocess.run([sys.executable, "-c", code], cwd=notebooks.ROOT, capture_output=True)
    assert done.stdout.split() == [b"None"], done.stderr


# ---- two at once


def test_the_second_is_refused_or_waits(tmp_path, capsys):
    lock, order = tmp_path / "parts" / "lock", []
    begun = threading.Event()

    def first():
        with locks.alone(lock, ""):
            begun.set()
            time.sleep(0.2)
            order.append("first")

    thread = threading.Thread(target=first)
    thread.start()
    begun.wait(10)
    with pytest.raises(SystemExit, match="is at work"), locks.alone(lock, "one is at work"):
        pytest.fail("two at once")
    with locks.alone(lock, "waiting for it", wait=True):
        order.append("second")
    thread.join()
    assert order == ["first", "second"] and "waiting for it" in capsys.readouterr().out


def test_a_killed_one_keeps_nobody_out(tmp_path):
    lock = tmp_path / "lock"
    code = (
        "import pathlib, sys, time; from tools import locks\n"
        "with locks.alone(pathlib.Path(sys.argv[1]), ''):\n"
        "    print('held', flush=True); time.sleep(60)"
    )
    command = [sys.executable, "-c", code, str(lock)]
    with subprocess.Popen(command, cwd=notebooks.ROOT, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout.readline() == "held\n"
        with pytest.raises(SystemExit), locks.alone(lock, "held"):
            pytest.fail("two at once")
        other.kill()
        other.wait()
        with locks.alone(lock, "held"):
            pass


# ---- names that are none


@pytest.mark.parametrize("number", ["99", "(", ".*", "5z", ""])
def test_no_such_notebook(number):
    with pytest.raises(SystemExit, match=r"There is no notebook .* The notebooks are: 01, 01a, "):
        notebooks.find(number)


@pytest.mark.parametrize("number", ["99", "abc", "-1"])
def test_no_such_chapter(number, monkeypatch):
    with pytest.raises(SystemExit, match=f"CHAPTER={number}: there is none. There are: 01, 02"):
        exercises.chosen(exercises.sources(), ["5", number])
    monkeypatch.setattr(sys, "argv", ["exam", "--seed", "a", "--chapters", number])
    with pytest.raises(SystemExit, match="there are 0 on these"):
        exam.main()


def test_a_chapter_by_its_number():
    assert [p.stem[:2] for p in exercises.chosen(exercises.sources(), ["5", "07"])] == ["05", "07"]
    assert exercises.chosen(exercises.sources(), []) == exercises.sources()


ASKS = {
    "execute": "NOTEBOOK=05a",
    "study": "STUDY=05a",
    "replay": "STUDY=05a",
    "variants": "SEED=word",
    "exam": "SEED=word",
    "hub": "HUB=https://hub.example.org",
    "new": "CHAPTER=11",
    "address": "REPO=owner/name",
}


@pytest.mark.parametrize("task", ASKS)
def test_a_task_that_needs_a_word_says_how_to_give_it(task):
    """And takes no other for it: `make variants CHAPTER=5` has no seed."""
    command = ["make", "--no-print-directory", "-n", task, "PYTHON=true"]
    command += ["CHAPTER=5"] if task == "variants" else []
    done = subprocess.run(command, cwd=notebooks.ROOT, capture_output=True, text=True)
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert f"Say which: make {task} {ASKS[task]}." in line


def test_what_the_tasks_import_is_compiled_once():
    """Also where the machine asks Python not to: without it, Keras takes three times as long."""
    probe = f"include Makefile\nprobe: ; @{sys.executable} -c 'import os; print(*os.environ)'"
    done = subprocess.run(
        ["make", "--no-print-directory", "-f", "-", "probe"],
        cwd=notebooks.ROOT,
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1", "SEEN": "1"},
        input=probe,
        capture_output=True,
        text=True,
    )
    assert "SEEN" in done.stdout.split()
    assert "PYTHONDONTWRITEBYTECODE" not in done.stdout.split()
