"""What the code of a notebook may use, judged by its syntax tree: imports, chance, files, asserts.

Names are followed through imports (`import urllib.request as u`, `from numpy import random`), and
what is not on a list is refused, so that a new way to the network or to unseeded numbers is too.
"""

from __future__ import annotations

import ast
import builtins
import re

IMPORTS = set(
    "IPython ast base64 bisect bz2 collections concurrent contextlib copy csv dataclasses "
    "distributed fractions functools gzip hashlib importlib inspect io itertools jax json keras "
    "logging lzma math matplotlib numpy operator os pathlib pydoc_data queue random re sklearn "
    "statistics statsmodels string struct subprocess sys sysconfig tempfile tensorflow textwrap "
    "time torch types typing unicodedata warnings wave zlib".split()
)
FROM = {  # of these modules, only these names
    "sklearn": "datasets",
    "sklearn.datasets": "load_digits",  # comes with it; others download
    "os": "environ path linesep",
    "os.environ": "get setdefault",
    "os.path": "basename exists getsize join splitext",
    "random": "Random",
    "numpy.random": "default_rng Generator SeedSequence",
    "importlib": "util import_module",
    "statsmodels": "datasets",
    "statsmodels.datasets": "co2 elnino sunspots",  # what comes with it; get_rdataset downloads
    "keras.random": "SeedGenerator",
    "tensorflow.random": "Generator set_seed stateless_normal stateless_uniform",
    "time": "perf_counter perf_counter_ns process_time sleep thread_time",
    "sysconfig": "get_paths",
    "sys": "byteorder executable float_info getsizeof maxsize modules version_info",
    "subprocess": "DEVNULL PIPE Popen run",
}
NEVER = {
    "keras.datasets": "a data set of another host",
    "tensorflow.keras": "tensorflow.keras (use keras)",
    "pathlib.Path.home": "the home folder",
    "pathlib.Path.cwd": "a folder of this machine",
    "__import__": "a hidden import",
    "exec": "hidden code",
    "input": "a question to the reader",
}
SEEDED = ("numpy.random.default_rng", "random.Random", "keras.random.SeedGenerator")
SEEDED += ("keras.utils.set_random_seed", "tensorflow.random.set_seed")
CLOCKS = ("time.perf_counter", "time.process_time")
STARTERS = ("subprocess.Popen", "subprocess.run")  # of this Python, for another backend of Keras
FILES = {"open", "pathlib.Path", "os.path.join"}


def names(tree: ast.AST) -> dict[str, str]:
    """What each imported name stands for: {"np": "numpy", "rng": "numpy.random.default_rng"}."""
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                whole = alias.name if alias.asname else alias.name.partition(".")[0]
                found[alias.asname or whole] = whole
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                found[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    return found


def dotted(node, known: dict[str, str]) -> str:
    """The full name of an expression, "numpy.random.rand"; empty when it is none."""
    if isinstance(node, ast.Name):
        return known.get(node.id, node.id if hasattr(builtins, node.id) else "")
    if isinstance(node, ast.Attribute):
        left = dotted(node.value, known)
        return f"{left}.{node.attr}" if left else ""
    return ""


def problems(source: str) -> list[str]:
    """What the code of a notebook (all its cells, joined) may not use."""
    tree = ast.parse(source)
    known = names(tree)
    found = []
    for node in ast.walk(tree):
        found += _imports(node)
        if isinstance(node, ast.Attribute | ast.Name):
            found += _name(dotted(node, known))
        elif isinstance(node, ast.Call):
            found += _call(node, known)
    return sorted(set(found))


def _imports(node):
    if isinstance(node, ast.Import):
        modules = [alias.name for alias in node.names]
    elif isinstance(node, ast.ImportFrom):
        modules = [f"{node.module}.{alias.name}" for alias in node.names]
    else:
        return
    for module in modules:
        if module.partition(".")[0] not in IMPORTS:
            yield f"imports {module.partition('.')[0]}, which is not on the list of lint_code.py"
        elif isinstance(node, ast.ImportFrom):
            yield from _name(module)


def _name(name: str):
    for banned, what in NEVER.items():
        if name == banned or name.startswith(banned + "."):
            yield f"uses {what}: {name}"
    module, _, last = name.rpartition(".")
    if module in FROM and last not in FROM[module].split() and name not in FROM:
        yield f"uses {name}, which is not on the list of lint_code.py"


def _call(node: ast.Call, known: dict[str, str]):
    name = dotted(node.func, known)
    if name == "importlib.import_module" and not (
        isinstance(node.args[0], ast.Constant) and node.args[0].value.partition(".")[0] in IMPORTS
    ):
        yield "imports a module whose name is not written there"
    if name in STARTERS and not _this_python(node, known):
        yield f"{name} of something else than [sys.executable, …]"
    given = [*node.args, *(k.value for k in node.keywords)]
    if name in SEEDED:
        if not given or any(isinstance(g, ast.Constant) and g.value is None for g in given):
            yield f"{name} without a seed"
        inner = {dotted(n, known) for g in given for n in ast.walk(g)}
        if inner & {*CLOCKS, "id", "hash"}:
            yield f"{name} with a seed that is another each time"
    if name.rpartition(".")[2] in ("expanduser", "home") or _method(node) == "expanduser":
        yield "uses the home folder"
    if name in FILES or _method(node) in ("write_text", "write_bytes", "save", "savefig"):
        text = _text(given[0]) if given else ""
        if text.startswith(("/", "~", "\\")) or re.match(r"[A-Za-z]:[\\/]", text):
            yield f"an absolute path, {text!r}"


def _this_python(node: ast.Call, known: dict[str, str]) -> bool:
    """Whether a call starts the Python that runs the notebook, and no shell."""
    words = node.args[0] if node.args else None
    first = words.elts[0] if isinstance(words, ast.List) and words.elts else None
    named = {k.arg for k in node.keywords}
    return dotted(first, known) == "sys.executable" and not {"shell", "executable", None} & named


def _method(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else ""


def _text(node) -> str:
    """The beginning of a text that an expression makes, as far as it is written there."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return _text(node.values[0]) if node.values else ""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Div):
        left = _text(node.left)
        return left + _text(node.right) if left in ("/", "~", "\\") else left
    if isinstance(node, ast.Call) and node.args and getattr(node.func, "id", "") == "Path":
        return _text(node.args[0])
    return ""


# ---- assertions that can fail


def constants(cells) -> set[str]:
    """Names that hold nothing but literals, wherever a notebook's cells assign them."""
    fixed, other = set(), set()
    for node in (n for cell in cells for n in ast.walk(ast.parse(cell.source))):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                literal = _literal(node.value)
                for name in (n.id for n in ast.walk(target) if isinstance(n, ast.Name)):
                    (fixed if literal else other).add(name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            pass
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            other.add(node.name)
    for node in (n for cell in cells for n in ast.walk(ast.parse(cell.source))):
        if isinstance(node, ast.For | ast.comprehension | ast.AugAssign | ast.NamedExpr):
            other |= {n.id for n in ast.walk(node.target) if isinstance(n, ast.Name)}
    return fixed - other


def _literal(node) -> bool:
    try:
        ast.literal_eval(node)
    except ValueError:
        return False
    return True


def reads(node) -> set[str]:
    """The names that an expression or statement reads, without Python's own."""
    return {
        n.id
        for n in ast.walk(node)
        if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load) and not hasattr(builtins, n.id)
    }


def cannot_fail(test, fixed: set[str]) -> str | None:
    """Why an asserted expression is always true, as far as its text tells; else None."""
    if not reads(test) - fixed:
        return "reads no name that is not a literal"
    if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.Or):
        if any(isinstance(v, ast.Constant) and v.value for v in test.values):
            return "holds an 'or' that is always true"
    if isinstance(test, ast.Tuple) and test.elts:
        return "is a tuple, which is always true"
    if isinstance(test, ast.Compare):
        sides = [ast.dump(n) for n in (test.left, *test.comparators)]
        equal = isinstance(test.ops[0], ast.Eq | ast.LtE | ast.GtE | ast.Is)
        if equal and len(set(sides)) == 1:
            return "compares a thing with itself"
        zero = isinstance(test.comparators[-1], ast.Constant) and test.comparators[-1].value == 0
        length = isinstance(test.left, ast.Call) and getattr(test.left.func, "id", "") == "len"
        if length and zero and isinstance(test.ops[-1], ast.GtE):
            return "says that a length is not negative"
    return None


def assertions(cell, fixed: set[str]):
    """The assert statements of a cell, each with why it cannot fail (None when it can)."""
    tree = ast.parse(cell.source)
    shielded = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.Try | ast.TryStar)
        or (isinstance(node, ast.With) and "suppress" in ast.dump(node.items[0]))
        or (isinstance(node, ast.If) and _literal(node.test))
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Assert):
            why = "stands where its failure does not show" if id(node) in shielded else None
            yield node, why or cannot_fail(node.test, fixed)


def sources(cell) -> dict[str, set[str]]:
    """For each name that a cell assigns, the names that it comes from there, however far."""
    found: dict[str, set[str]] = {}
    for node in ast.walk(ast.parse(cell.source)):
        if isinstance(
            node, ast.Assign | ast.AugAssign | ast.For | ast.comprehension | ast.AnnAssign
        ):
            value = getattr(node, "value", None) or getattr(node, "iter", None)
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            stored = {n.id for t in targets for n in ast.walk(t) if isinstance(n, ast.Name)}
            for name in stored if value is not None else ():
                found.setdefault(name, set()).update(reads(value))
    for _ in found:
        for name, origin in found.items():
            found[name] = origin.union(*(found.get(o, set()) for o in origin))
    return found
