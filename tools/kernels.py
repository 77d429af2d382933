"""The conditions under which notebooks run, the same for executing them and for comparing.

A kernel gets the book's own IPython profile, one thread, TensorFlow on the CPU without oneDNN, and
a home folder that is empty and has to stay so. Data come from Keras' cache, wherever that is.
"""

from __future__ import annotations

import contextlib
import functools
import os
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

from tools import notebooks

TOOLS = Path(__file__).parent
SAME = {
    "KERAS_BACKEND": "tensorflow",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "TF_ENABLE_ONEDNN_OPTS": "0",
    "OMP_NUM_THREADS": "1",
    "TF_NUM_INTRAOP_THREADS": "1",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",  # else each kernel warns that nobody can debug it
    "PYTEST_CURRENT_TEST": "a notebook",  # ipykernel then captures output as under nbval
}
OLDER = {
    "ONEDNN_MAX_CPU_ISA": "SSE41",
    "OPENBLAS_CORETYPE": "Prescott",
    "NPY_DISABLE_CPU_FEATURES": "X86_V4 X86_V3",
    "PYTHONHASHSEED": "1",
}
LEGS = {"locked": {}, "ulp": {}, "isa": OLDER, "elsewhere": OLDER, "colab": {}}
COLAB = notebooks.ROOT / ".venv-colab"
CACHES = (".cache", ".config", ".ipython", ".jupyter", ".local", "AppData", "Library")


def python(leg: str) -> str:
    """The Python of a leg: Colab's versions are in an environment of their own."""
    if leg != "colab":
        return sys.executable
    return str(COLAB / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))


def fonts(interpreter: str) -> Path:
    """The folder of a Python's list of matplotlib's fonts, made when it is not there yet.

    Matplotlib would make it while the first notebook runs, and say so there on stderr.
    """
    folder = Path(interpreter).parents[1] / ".matplotlib"
    if not any(folder.glob("fontlist*.json")):
        command = [interpreter, "-c", "import matplotlib.font_manager"]
        named = os.environ | {"MPLCONFIGDIR": str(folder)}
        subprocess.run(command, env=named, stderr=subprocess.DEVNULL, check=False)
    return folder


def environment(leg: str, folder: Path, interpreter: str | None = None) -> dict[str, str]:
    """Environment variables of a leg, or of "known" with a Python of its own.

    ``folder`` is an empty one; it takes the IPython profile and the home folder.
    """
    profile, home = folder / "ipython" / "profile_default", folder / "home"
    (profile / "startup").mkdir(parents=True)
    home.mkdir()
    shutil.copy(TOOLS / "kernel" / "figures.py", profile / "ipython_kernel_config.py")
    if leg in ("ulp", "elsewhere"):
        shutil.copy(TOOLS / "kernel" / "ulp.py", profile / "startup" / "00-ulp.py")
    data = os.environ.get("KERAS_HOME") or str(Path.home() / ".keras")
    mine = {
        "BOOK_LEG": leg,
        "IPYTHONDIR": str(folder / "ipython"),
        "HOME": str(home),
        "USERPROFILE": str(home),
        "KERAS_HOME": data,
        "MPLCONFIGDIR": str(fonts(interpreter or python(leg))),
        "PYTHONPATH": str(notebooks.ROOT),
    }
    return {**os.environ, **SAME, **LEGS.get(leg, {}), **mine}


def left_at_home(folder: Path) -> list[str]:
    """What the notebooks that ran with an ``environment`` of a folder wrote into its home.

    Caches that Python's and Jupyter's own parts keep there count for nothing.
    """
    return sorted(p.name for p in (folder / "home").iterdir() if p.name not in CACHES)


@functools.cache
def end_with(pid: int) -> None:
    """From now on, this process and its kernels end within a second of another process."""
    import psutil

    def watch():
        while psutil.pid_exists(pid):
            time.sleep(1)
        for process in psutil.Process().children(recursive=True):
            process.kill()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


@contextlib.contextmanager
def quiet():
    """Send stderr, which kernels inherit, nowhere: what fails is told by an exception or a row."""
    kept = os.dup(2)
    with open(os.devnull, "w") as nowhere:
        os.dup2(nowhere.fileno(), 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
