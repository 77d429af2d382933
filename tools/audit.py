"""Ask whether weaknesses are known of what is locked: `make audit`.

`pip-audit` asks PyPI about requirements.txt and tools/colab.txt, `npm audit` asks npm's registry.
A package that could not be asked about counts as not audited, not as sound.
"""

from __future__ import annotations

import json
import subprocess
import sys

from tools import bootstrap, commands, notebooks

LOCKS = ("requirements.txt", "tools/colab.txt")
PIP_AUDIT = (
    *(bootstrap.inside(sys.prefix, "uv"), "tool", "run", "--quiet", "--isolated"),
    *("pip-audit==2.10.1", "--disable-pip", "--require-hashes", "--progress-spinner=off"),
    "--format=json",
)
NPM = bootstrap.inside(sys.prefix, "npm")


def answer(*command: str) -> dict:
    """What a program answers in JSON; nothing when it cannot."""
    done = subprocess.run(command, cwd=notebooks.ROOT, capture_output=True, text=True)
    try:
        return json.loads(done.stdout)
    except ValueError:
        return {}


def pips(told: dict) -> tuple[list[str], str]:
    """Weaknesses, one a line, and what was not audited, of pip-audit's answer."""
    packages = told.get("dependencies", [])
    missed = [package for package in packages if "skip_reason" in package]
    found = [
        f"{package['name']} {package['version']}: {weakness['id']}, mended in "
        f"{', '.join(weakness['fix_versions']) or 'no version'}"
        for package in packages
        for weakness in package.get("vulns", [])
    ]
    if not packages:
        return found, "every package"
    return found, f"{len(missed)} of {len(packages)} packages" if missed else ""


def npms(told: dict) -> tuple[list[str], str]:
    """The same of npm's answer."""
    if "vulnerabilities" not in told:
        return [], "every package"
    return [f"{name}: {what['severity']}" for name, what in told["vulnerabilities"].items()], ""


def main() -> None:
    answers = {lock: pips(answer(*PIP_AUDIT, "-r", lock)) for lock in LOCKS}
    answers["package-lock.json"] = npms(answer(NPM, "audit", "--json"))
    for lock, (found, missed) in answers.items():
        told = [*found, f"not audited: {missed}. Is there network?"] if missed else found
        print("\n".join(f"{lock}: {line}" for line in told or ["no weakness is known"]))
    sys.exit(any(found or missed for found, missed in answers.values()))


if __name__ == "__main__":
    commands.run(main)
