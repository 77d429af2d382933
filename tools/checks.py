"""Run every check, one after the other, and end in one line with the counts: `make test`."""

from __future__ import annotations

import re
import subprocess
import sys
import time

from tools import notebooks

PYTHON = sys.executable
LINT = {
    "style": [PYTHON, "-m", "ruff", "check", "."],
    "format": [PYTHON, "-m", "ruff", "format", "--check", "."],
    "spelling": [PYTHON, "-m", "codespell_lib"],
    "citation": [
        PYTHON,
        "-m",
        "check_jsonschema",
        "--builtin-schema",
        "vendor.citation-file-format",
        "CITATION.cff",
    ],
    "notebooks, static": [PYTHON, "-m", "tools.lint_notebooks"],
    "chapters": [PYTHON, "-m", "tools.lint_pages"],
}
CHECKS = {
    **LINT,
    "site": [PYTHON, "-m", "tools.lint_site"],
    "tests": [PYTHON, "-m", "pytest", "-q", "-n", "2"],
    "notebooks, run": [PYTHON, "-m", "tools.compare", "locked"],
    "notebooks, one ulp away": [PYTHON, "-m", "tools.compare", "ulp", "--changed", "20"],
    "notebooks, another instruction set": [PYTHON, "-m", "tools.compare", "isa", "--changed", "20"],
    "Colab's environment": [PYTHON, "-m", "tools.bootstrap", "colab"],
    "notebooks, Colab's versions": [PYTHON, "-m", "tools.compare", "colab", "--changed", "20"],
}
COUNTS = re.compile(r"(\d+) (passed|failed|error|errors|skipped)\b")


def run(name: str, command: list[str]) -> dict[str, int]:
    """Run one check and count: what pytest counted, or the check itself as one."""
    print(f"\n=== {name}", flush=True)
    start, lines = time.perf_counter(), []
    with subprocess.Popen(
        command, cwd=notebooks.ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        for line in process.stdout:
            print(line, end="", flush=True)
            lines.append(line)
    print(f"--- {name}: {time.perf_counter() - start:.0f} s", flush=True)
    found = {"passed": 0, "failed": 0, "skipped": 0}
    for count, what in COUNTS.findall(lines[-1] if lines else ""):
        found[what if what in found else "failed"] += int(count)
    if not any(found.values()):
        found["failed" if process.returncode else "passed"] = 1
    elif process.returncode and not found["failed"]:
        found["failed"] = 1
    return found


def main() -> None:
    chosen = LINT if sys.argv[1:] == ["lint"] else CHECKS
    results = {name: run(name, command) for name, command in chosen.items()}
    total = {k: sum(r[k] for r in results.values()) for k in ("passed", "failed", "skipped")}
    for name in (name for name, r in results.items() if r["failed"]):
        print(f"\nFAILED: {name}")
    print(f"\n{total['passed']} passed, {total['failed']} failed, {total['skipped']} skipped")
    sys.exit(bool(total["failed"]))


if __name__ == "__main__":
    main()
