"""Runs in a study's kernel after its last cell: findings that cannot fail are no findings.

`FINDINGS`, in front of this text, is the source of that cell. First every number of `STUDY` becomes
nan, which no comparison holds for: the cell must raise. Then also what the notebook measured itself
is spoilt, and each assertion is judged alone, loops and all: each that reads a measured number must
fail once. Which those are, the run decides, not the names.
"""

import ast as _ast
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
print = lambda *words, **more: None  # noqa: E731
try:
    exec(compile(FINDINGS, "findings", "exec"), globals())  # noqa: F821
except Exception:
    _said = "the findings fail, as they must"
else:
    _said = "the findings do not notice that every number of STUDY is spoilt"
del print
print(_said)
