"""Runs in a study's kernel after its last cell: findings that cannot fail are no findings.

`FINDINGS`, in front of this text, is the source of that cell. Every number of `STUDY` becomes nan,
of which no comparison is true: now the cell must raise.
"""

import contextlib as _contextlib
import io as _io
import types as _types


def _spoil(value):
    if isinstance(value, bool) or isinstance(value, (str, bytes)):
        return value
    if isinstance(value, (int, float)):
        return float("nan")
    if isinstance(value, dict):
        return {k: _spoil(v) for k, v in value.items()}
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return type(value)(*map(_spoil, value))
    if isinstance(value, (list, tuple)):
        return type(value)(map(_spoil, value))
    if isinstance(value, _types.SimpleNamespace):
        return _types.SimpleNamespace(**{k: _spoil(v) for k, v in vars(value).items()})
    return value


STUDY = _spoil(STUDY)  # noqa: F821
try:
    with _contextlib.redirect_stdout(_io.StringIO()):
        exec(compile(FINDINGS, "findings", "exec"), globals())  # noqa: F821
except Exception:
    print("the findings fail, as they must")
else:
    print("the findings do not notice that every number of STUDY is spoilt")
