"""Runs in a study's kernel, after the setup: a `measure` that keeps each row at once.

`STUDY_ROWS` names the file of rows, `STUDY_PID` the process that runs the study. Rows that are in
the file already are returned, not measured again.
"""

import json as _json
import os as _os
import platform as _platform
import sys as _sys
import time as _time

import psutil as _psutil

_path, _done = _os.environ["STUDY_ROWS"], {}
with open(_path, "a+b") as _file:  # a kill may have left half a line: cut it off
    _file.seek(0)
    _text = _file.read()
    _file.truncate(_text.rfind(b"\n") + 1)
for _line in _text[: _text.rfind(b"\n") + 1].decode().splitlines():
    _row = _json.loads(_line)
    _done[_row.get("key"), _row.get("seed")] = _row


def _append(row):
    if not _psutil.pid_exists(int(_os.environ["STUDY_PID"])):
        _os._exit(1)  # the study was killed: another one may be writing here by now
    with open(_path, "a", encoding="utf-8") as file:
        file.write(_json.dumps(row) + "\n")
        file.flush()
        _os.fsync(file.fileno())


def _plain(value):
    if isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, (list, tuple)) or getattr(value, "ndim", 0):
        return [_plain(v) for v in value]
    return int(value) if "int" in type(value).__name__ else float(f"{float(value):.8g}")


def measure(key, seed, experiment, **settings):
    if (key, seed) not in _done:
        start = _time.perf_counter()
        try:
            found = {m: _plain(v) for m, v in experiment(seed=seed, **settings).items()}
        except (OSError, MemoryError):
            raise  # it is the machine's, and no finding
        except Exception as error:
            found = {"error": f"{type(error).__name__}: {error}"[:300]}
        row = {"key": key, "seed": seed, **found, "_seconds": _time.perf_counter() - start}
        _append(row)
        _done[key, seed] = row
    return _done[key, seed]


def _about():
    """Python and packages, and where and how precisely the study computes."""
    found = {"python": _platform.python_version()}
    for name in ("numpy", "keras", "tensorflow", "jax"):
        if name in _sys.modules:
            found[name] = _sys.modules[name].__version__
    if "keras" in _sys.modules:
        keras = _sys.modules["keras"]
        found |= {"backend": keras.backend.backend(), "precision": keras.config.floatx()}
        found["device"] = "cpu"
        if found["backend"] == "jax":
            found["device"] = _sys.modules["jax"].devices()[0].device_kind
    return found


if (None, None) not in _done:
    _append({"versions": _about()})
