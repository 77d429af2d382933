"""Build the book, run every check, and end in one line with the counts: `make test`.

The notebooks run once in the locked environment. The other legs, and the browser that looks at the
notebooks' pages, take what changed and a sample that goes round, six at most; `make test ALL=1`
takes all. `make test ONLY=lint` runs one part of it, as each job of CI does.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import time

from tools import bootstrap, commands, notebooks

PYTHON = sys.executable
WORKFLOWS = notebooks.ROOT / ".github" / "workflows"
PYTEST = [PYTHON, "-m", "pytest", "-q", "--no-header", "--tb=short", "-rs"]


def schema(name: str, pattern: str) -> list[str]:
    """The command that compares files with a public schema."""
    files = sorted(str(path) for path in notebooks.ROOT.glob(pattern))
    return [PYTHON, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{name}", *files]


LINT = {
    "style": [PYTHON, "-m", "ruff", "check", "--quiet", "."],
    "format": [PYTHON, "-m", "ruff", "format", "--check", "--quiet", "."],
    "spelling": [PYTHON, "-m", "codespell_lib"],
    "citation": schema("citation-file-format", "CITATION.cff"),
    "workflows": schema("github-workflows", ".github/workflows/*.yml"),
    "Dependabot": schema("dependabot", ".github/dependabot.yml"),
    "issue templates": schema("github-issue-forms", ".github/ISSUE_TEMPLATE/[!c]*.yml"),
    "workflows, expressions": [bootstrap.inside(sys.prefix, "node"), "tools/workflows.mjs"],
    "workflows, security": [
        bootstrap.inside(sys.prefix, "zizmor"),
        "--offline",
        "--quiet",
        "--no-progress",
        ".github",
    ],
    "notebooks, static": [PYTHON, "-m", "tools.lint_notebooks"],
    "pages, static": [PYTHON, "-m", "tools.lint_pages"],
    "ledger": [PYTHON, "-m", "tools.lint_claims"],
    "bibliography": [PYTHON, "-m", "tools.lint_works"],
    "quiz": [PYTHON, "-m", "tools.quiz"],
    "drawings": [PYTHON, "-m", "tools.drawings", "--check"],
}
COMMITS = 20  # as far back as something counts as changed
SOME = ["--changed", str(COMMITS)]
PAGES = {
    "the book, built": [PYTHON, "-m", "tools.build"],
    "slides, built": [PYTHON, "-m", "tools.slides"],
    "site": [PYTHON, "-m", "tools.lint_site"],
    "a browser for the pages": [PYTHON, "-m", "tools.browser"],
    "tests": [*PYTEST, "--durations=30", "-n", "2", "--dist", "worksteal"],
}
NOTEBOOKS = {
    "notebooks, run": [PYTHON, "-m", "tools.compare", "locked"],
    "labs, with what a reader changes": [PYTHON, "-m", "tools.changes", *SOME],
}
ELSEWHERE = {
    "notebooks, elsewhere": [PYTHON, "-m", "tools.compare", "elsewhere", *SOME],
}
COLAB = {
    "Colab's environment": [PYTHON, "-m", "tools.bootstrap", "colab"],
    "notebooks, Colab's versions": [PYTHON, "-m", "tools.compare", "colab", *SOME],
}
WEEKLY = {
    "exercises, graded": ["make", "--silent", "grading"],
    "PyTorch's own layers": ["make", "--silent", "torch"],
}
PARTS = {
    "lint": LINT,
    "pages": PAGES,
    "notebooks": NOTEBOOKS,
    "elsewhere": ELSEWHERE,
    "colab": COLAB,
    "weekly": WEEKLY,
}
COUNTS = re.compile(r"(\d+) (passed|failed|error|errors|skipped)\b")
SKIPPED = re.compile(r"SKIPPED \[(\d+)\] .*?: (.*)")


def count(lines: list[str], code: int) -> dict[str, int]:
    """What the last line of counts says, or the check itself as one."""
    found = {"passed": 0, "failed": 0, "skipped": 0}
    last = next(filter(COUNTS.match, reversed(lines)), "")
    for number, what in COUNTS.findall(last):
        found[what if what in found else "failed"] += int(number)
    if not any(found.values()):
        found["failed" if code else "passed"] = 1
    elif code and not found["failed"]:
        found["failed"] = 1
    return found


def run(name: str, command: list[str]) -> tuple[dict[str, int], list[str], float]:
    """Run one check; returns its counts, why it skipped what it skipped, and its seconds."""
    print(f"\n=== {name}", flush=True)
    start, lines = time.perf_counter(), []
    with subprocess.Popen(
        command, cwd=notebooks.ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        for line in process.stdout:
            print(line, end="", flush=True)
            lines.append(line)
    reasons = [f"{number} of {name!r}: {why}" for number, why in SKIPPED.findall("".join(lines))]
    return count(lines, process.returncode), reasons, time.perf_counter() - start


def report(results: dict[str, tuple[dict[str, int], list[str], float]]) -> bool:
    """Print where the time went, what was skipped and why, what failed; whether something did."""
    print()
    for name, (_, _, seconds) in results.items():
        print(f"{seconds:6.0f} s  {name}")
    for _, reasons, _ in results.values():
        for reason in reasons:
            print(f"SKIPPED: {reason}")
    for name, (found, _, _) in results.items():
        if found["failed"]:
            print(f"FAILED: {name}")
    total = {k: sum(r[0][k] for r in results.values()) for k in ("passed", "failed", "skipped")}
    print(f"\n{total['passed']} passed, {total['failed']} failed, {total['skipped']} skipped")
    return bool(total["failed"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("part", nargs="?", choices=PARTS, help="one part only")
    parser.add_argument("--all", action="store_true", help="run every notebook in every leg")
    options = parser.parse_args()
    if options.all:
        os.environ["ALL"] = "1"  # for the tests
    results = {}
    parts = [options.part] if options.part else [p for p in PARTS if p != "weekly" or options.all]
    for name, command in ((n, c) for part in parts for n, c in PARTS[part].items()):
        if options.all and command[-2:] == SOME:
            command = command[:-2]
        results[name] = run(name, command)
    sys.exit(report(results))


if __name__ == "__main__":
    commands.run(main)
