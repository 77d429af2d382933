"""Commands killed half-way, and a disk that fills for real: what is left, and the next command.

A build that is stopped is in test_build.py, a study that is killed in test_study.py.
"""

import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import psutil
import pytest

from tools import commands, files, notebooks

WRITE = (
    "import os, sys\nfrom pathlib import Path\nfrom tools import files\npath = Path(sys.argv[1])\n"
)
EXECUTE = WRITE + (
    "from tools import commands, execute\nexecute.notebooks.find = lambda number: [path]\n"
    "commands.run(execute.main)"
)

COMPARE = WRITE + (
    "from tools import compare, kernels, notebooks\nstudies = notebooks.find_studies('03a')\n"
    "compare.check(sys.executable, kernels.environment('locked', path), studies, path, [])"
)


def lab(folder: Path, *sources: str) -> Path:
    """A notebook of a few cells, in a folder of the name that notebooks have."""
    path = folder / "notebooks" / "01-toy.ipynb"
    path.parent.mkdir(parents=True)
    cells = [nbformat.v4.new_code_cell(s, id=f"cell-{n}") for n, s in enumerate(sources)]
    notebooks.write(path, nbformat.v4.new_notebook(cells=cells, metadata=notebooks.METADATA))
    return path


def start(code: str, path: Path) -> subprocess.Popen:
    command = [sys.executable, "-c", code, str(path)]
    return subprocess.Popen(
        command, cwd=notebooks.ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )


def test_what_is_killed_while_it_executes_leaves_the_notebook_and_no_kernel(tmp_path):
    sign = tmp_path / "it-runs"
    path = lab(tmp_path, "1 + 1", f"open({str(sign)!r}, 'w').close(); import time; time.sleep(90)")
    before = path.read_bytes()
    command = start(EXECUTE, path)
    limit = time.time() + 60
    while not sign.exists() and command.poll() is None and time.time() < limit:
        time.sleep(0.02)
    kernels = psutil.Process(command.pid).children(recursive=True)
    assert kernels, command.communicate()[0]
    command.kill()
    command.communicate()
    assert path.read_bytes() == before and list(path.parent.iterdir()) == [path]
    assert psutil.wait_procs(kernels, timeout=20)[1] == []


def is_kernel(process: psutil.Process) -> bool:
    try:
        return "ipykernel" in " ".join(process.cmdline())
    except psutil.NoSuchProcess:
        return False


def test_what_is_killed_while_it_compares_leaves_no_kernel(tmp_path):
    command = start(COMPARE, tmp_path)
    limit, found = time.time() + 60, []
    while not any(map(is_kernel, found)) and time.time() < limit:
        time.sleep(0.5)
        assert command.poll() is None, command.communicate()[0]
        found = psutil.Process(command.pid).children(recursive=True)
    assert any(map(is_kernel, found))
    command.kill()
    command.wait()
    assert psutil.wait_procs(found, timeout=20)[1] == []


KILLED_AS_IT_WRITES = {  # where in files.write; what the notebook is then
    "half of it written": (
        "Path.write_text = lambda path, text, **o: (open(path, 'w').write(text[:9]), end())",
        "old",
    ),
    "before it takes its place": ("Path.replace = lambda path, to: end()", "old"),
    "after it took its place": ("Path.unlink = lambda path, **o: end()", "new"),
}


@pytest.mark.parametrize("name", KILLED_AS_IT_WRITES)
def test_what_is_killed_while_it_writes_leaves_the_old_or_the_new(tmp_path, name):
    where, wanted = KILLED_AS_IT_WRITES[name]
    path = tmp_path / "a.ipynb"
    files.write(path, "old")
    end = "end = lambda: os.kill(os.getpid(), 9)\n"
    command = start(f"{WRITE}{end}{where}\nfiles.write(path, 'new' * 3)", path)
    assert command.wait() == -signal.SIGKILL
    assert path.read_text() == {"old": "old", "new": "new" * 3}[wanted]
    files.write(path, "the next command's")
    assert path.read_text() == "the next command's" and list(tmp_path.iterdir()) == [path]


# ---- a disk that is full, as the kernel says it: everything that is written to /dev/full


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_disk_that_fills_leaves_what_was_there_and_the_next_command_heals(tmp_path, capsys):
    path = tmp_path / "rows.jsonl"
    files.write(path, "old")
    (tmp_path / ".rows.jsonl.new").symlink_to("/dev/full")
    with pytest.raises(SystemExit) as stopped:
        commands.run(lambda: files.write(path, "new"))
    said = stopped.value.code
    assert said.startswith(f"No space left on device: {path}.") and "\n" not in said
    assert path.read_text() == "old" and list(tmp_path.iterdir()) == [path]
    files.write(path, "new")
    assert path.read_text() == "new"
