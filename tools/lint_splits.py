"""A rule for studies: what chooses looks at the validation split, and at no other.

A function says in its docstring what it looks at: the validation (or development) part, the test
part, or both. One that does not say test reads no name of a test part.
"""

from __future__ import annotations

import ast
import re

from tools import notebooks

SPLITS = {"valid": "validation", "validation": "validation", "dev": "validation"}
SPLITS |= {"development": "validation", "test": "test", "tests": "test"}
MEASURES = {"valid", "validation"}  # metrics that a choice rests on


def splits(node) -> set[str]:
    """The splits that an expression or a function names, in its names and its short strings."""
    found = set()
    for inner in ast.walk(node):
        match inner:
            case ast.Name(id=name) | ast.Attribute(attr=name):
                text = name
            case ast.Constant(value=str() as name) if len(name) < 30:
                text = name
            case _:
                continue
        found |= {SPLITS[w] for w in re.split(r"[^a-z]+", text.lower()) if w in SPLITS}
    return found


def rule_choices(notebook, path):
    for cell in notebooks.tagged(notebook, "experiment"):
        for node in ast.walk(ast.parse(cell.source)):
            if isinstance(node, ast.FunctionDef):
                told = ast.get_docstring(node) or ""
                chooses = re.search(r"(?i)\b(validation|development)\b", told)
                body = ast.Module(node.body[1:], [])
                if chooses and not re.search(r"(?i)\btest\b", told) and "test" in splits(body):
                    yield f"cell {cell.id}: {node.name}, for the validation, reads a test part"
            elif isinstance(node, ast.Dict):
                for key, value in zip(node.keys, node.values, strict=True):
                    if getattr(key, "value", None) in MEASURES and splits(value) == {"test"}:
                        yield f"cell {cell.id}: {key.value} is measured on a test part"


ALL = [rule_choices]
