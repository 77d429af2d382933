"""What ties rows to the code that measured them.

``fingerprint`` covers what determines a study's rows: its code as a syntax tree (without comments
and docstrings), the carried files, and the parameters of the full study. A reworded label or
comment changes nothing; a changed learning rate does. ``seal`` covers the rows themselves.
"""

from __future__ import annotations

import ast
import hashlib
import json

from tools import notebooks

IGNORED_FIELDS = {"kind", "type_comment", "type_params", "ctx"}  # differ between Pythons, or follow


def canonical(node):
    """A syntax tree as nested lists: without positions, docstrings and empty fields.

    The same on every Python from 3.11 on, unlike ``ast.dump``.
    """
    if isinstance(node, list):
        return [canonical(n) for n in node]
    if not isinstance(node, ast.AST):
        return f"{type(node).__name__} {node!r}"
    fields = []
    for name, value in ast.iter_fields(node):
        if name == "body" and isinstance(node, ast.FunctionDef | ast.ClassDef):
            value = value[1:] if ast.get_docstring(node, clean=False) is not None else value
        if isinstance(node, ast.JoinedStr):  # Python 3.12 adds empty pieces to nested formats
            value = [v for v in value if getattr(v, "value", None) != ""]
        if name not in IGNORED_FIELDS and value not in (None, []):
            fields.append([name, canonical(value)])
    return [type(node).__name__, *fields]


def full_parameters(notebook) -> dict:
    """The parameters that a full study runs with: ``FULL`` over the other literals beside it."""
    found: dict = {}
    for cell in notebooks.tagged(notebook, "parameters"):
        for node in ast.parse(cell.source).body:
            value = ast.literal_eval(node.value)
            target = node.targets[0]
            names = target.elts if isinstance(target, ast.Tuple) else [target]
            values = value if isinstance(target, ast.Tuple) else [value]
            found |= {name.id: v for name, v in zip(names, values, strict=True)}
    full = found.pop("FULL")
    return found | full


def code(notebook) -> list:
    """What a full study runs beside its parameters: setup and experiment cells, as trees."""
    return [
        canonical(ast.parse(cell.source).body)
        for cell in notebook.cells
        if cell.cell_type == "code" and (cell.id == "setup" or "experiment" in notebooks.tags(cell))
    ]


def fingerprint(notebook) -> str:
    """SHA-256 over all that determines a study's rows: rows with another one are stale."""
    text = json.dumps([full_parameters(notebook), code(notebook)], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def seal(lines: list[str]) -> str:
    """SHA-256 over the lines of the rows, as they stand in the file."""
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def lonely_seed_sets(rows: list[dict]) -> list[tuple[tuple[int, ...], str]]:
    """Sets of two seeds or more that only one key has: a seed may have been lost.

    Returns pairs of the seeds and the key. Keys of one study share their seeds.
    """
    seeds: dict[str, set[int]] = {}
    for row in rows:
        seeds.setdefault(row["key"], set()).add(row["seed"])
    keys: dict[tuple[int, ...], list[str]] = {}
    for key, found in seeds.items():
        keys.setdefault(tuple(sorted(found)), []).append(key)
    return [(found, k[0]) for found, k in keys.items() if len(found) > 1 and len(k) == 1]


def lonely_versions(found: dict[str, dict[str, str]], lock: str) -> list[tuple[str, str, str]]:
    """Versions that only one study was measured with and that are not the locked ones.

    found: the versions of each study. Returns triples of the study, a package and its version.
    """
    count: dict[tuple[str, str], list[str]] = {}
    for study, versions in found.items():
        for package, version in versions.items():
            count.setdefault((package, version), []).append(study)
    return [
        (studies[0], package, version)
        for (package, version), studies in count.items()
        if len(studies) == 1 < len(found) and f"\n{package}=={version} " not in f"\n{lock}"
    ]
