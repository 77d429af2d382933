"""Try every "Change it" of the labs: `python -m tools.changes [NOTEBOOK] [--changed N]`.

A cell's metadata ``change`` says which of its literals a reader may change, and to what, say
``{"UNITS": [32, 64, 256]}``. A lab runs once for each place in these lists, all its names set to
the value at that place, from its first cell to its last. Nothing may fail; no output is compared.
With ``--changed`` each lab runs once, at a place drawn with the newest commit as the seed.
"""

from __future__ import annotations

import argparse
import ast
import random
import sys
import time
from concurrent.futures import ProcessPoolExecutor

from nbclient.exceptions import CellExecutionError, DeadKernelError

from tools import commands, compare, downloads, execute, kernels, notebooks


def wanted(notebook) -> list[dict[tuple[str, str], object]]:
    """For each run of a lab, the values by cell and name. Lists that are shorter start again."""
    lists = {
        (cell.id, name): values
        for cell in notebook.cells
        for name, values in cell.metadata.get("change", {}).items()
    }
    runs = max(map(len, lists.values()), default=0)
    return [{at: values[i % len(values)] for at, values in lists.items()} for i in range(runs)]


def drawn(path, commit: str) -> list[dict[tuple[str, str], object]]:
    """One of the runs of a lab, if it has any: each commit draws its own."""
    runs = wanted(notebooks.read(path))
    return random.Random(f"{commit} {path.stem}").sample(runs, min(1, len(runs)))


def assign(source: str, name: str, value) -> str:
    """Source with the literal in ``name = …`` replaced; raises ``KeyError`` when there is none."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Assign) and name in [getattr(t, "id", "") for t in node.targets]:
            ast.literal_eval(node.value)
            lines = source.encode().split(b"\n")  # columns of a syntax tree count bytes
            first, last = node.value.lineno - 1, node.value.end_lineno - 1
            before = lines[first][: node.value.col_offset]
            after = lines[last][node.value.end_col_offset :]
            lines[first : last + 1] = [before + repr(value).encode() + after]
            return b"\n".join(lines).decode()
    raise KeyError(name)


def run(path, values: dict[tuple[str, str], object]) -> str | None:
    """Run a lab with some values changed; says how it went, and returns what failed, or None."""
    start = time.perf_counter()
    notebook = notebooks.read(path)
    for cell in notebook.cells:
        for (where, name), value in values.items():
            if where == cell.id:
                cell.source = assign(cell.source, name, value)
    failure = None
    try:
        with kernels.quiet():
            execute.run(notebook)
    except (CellExecutionError, DeadKernelError) as error:
        failure = str(error).strip()
    said = ", ".join(f"{name} = {value!r}" for (_, name), value in values.items())
    seconds = time.perf_counter() - start
    print(f"{path.stem} with {said}: {failure or f'ran in {seconds:.0f} s'}", flush=True)
    return failure


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("notebook", nargs="*", help="numbers; all labs when none is given")
    parser.add_argument("--changed", type=int, metavar="N", help="as in tools.compare")
    options = parser.parse_args()
    paths = [p for number in options.notebook for p in notebooks.find(number)] or notebooks.every()
    labs = [path for path in paths if path in notebooks.labs()]
    if options.changed is not None:
        labs = compare.changed("change", options.changed, labs)
    downloads.provide(labs)
    here = [path for path in labs if not downloads.missing(notebooks.read(path))]
    for path in set(labs) - set(here):
        print(f"SKIPPED [1] {path.stem}: its data are not here", flush=True)
    runs = {path: wanted(notebooks.read(path)) for path in here}
    if options.changed is not None and (found := compare.touched(options.changed, notebooks.ROOT)):
        runs = {path: drawn(path, found[1]) for path in here}
    tried = [(path, values) for path in here for values in runs[path]]
    with ProcessPoolExecutor(compare.JOBS) as pool:
        failures = [failure for failure in pool.map(run, *zip(*tried, strict=True)) if failure]
    counts = {"passed": len(tried) - len(failures), "failed": len(failures)}
    counts["skipped"] = len(labs) - len(here)
    print(", ".join(f"{n} {what}" for what, n in counts.items()))
    sys.exit(bool(counts["failed"]))


if __name__ == "__main__":
    commands.run(main)
