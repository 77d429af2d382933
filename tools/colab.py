"""Write what Colab's image holds today into `tools/colab.in`: `make colab`, and then `make lock`.

Google publishes the packages of the image: github.com/googlecolab/backend-info. Only names that
`tools/colab.in` already has, above what is there for the check alone, get another version.
"""

from __future__ import annotations

import datetime
import re
import sys
import urllib.error
import urllib.request

from tools import commands, files, notebooks

FILE = notebooks.ROOT / "tools" / "colab.in"
PUBLISHED = "https://raw.githubusercontent.com/googlecolab/backend-info/main/"
PINNED = re.compile(r"(?m)^([\w.-]+)==(\S+)$")
OURS = "# for the check alone"


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def renewed(text: str, freeze: str, system: str, date: str) -> str:
    """The file with the versions of a published list.

    Raises ``KeyError`` with a name that the list does not have, ``ValueError`` without a Python.
    """
    found = re.search(r"(?m)^Python (\d+\.\d+)", system)
    if not found:
        raise ValueError("the published list names no Python")
    versions = {canonical(name): version for name, version in PINNED.findall(freeze)}
    theirs, mark, ours = text.partition(OURS)
    theirs = PINNED.sub(lambda m: f"{m[1]}=={versions[canonical(m[1])]}", theirs)
    head = f"Python {found[1]}, image of {date}."
    return re.sub(r"Python [\d.]+, image of [\d-]+\.", head, theirs) + mark + ours


def main() -> None:
    said = []
    for name in ("pip-freeze.txt", "os-info.txt"):
        try:
            with urllib.request.urlopen(PUBLISHED + name, timeout=30) as answer:
                said.append(answer.read().decode())
        except (urllib.error.URLError, TimeoutError) as error:
            sys.exit(f"{PUBLISHED}{name} does not answer ({error}). Is there network?")
    old = FILE.read_text(encoding="utf-8")
    try:
        new = renewed(old, *said, datetime.date.today().isoformat())
    except (KeyError, ValueError) as error:
        sys.exit(f"What Colab publishes has another form: {error}")
    files.write(FILE, new)
    changed = [line for line in new.splitlines() if line not in old.splitlines()]
    print("\n".join(changed))
    print("Now: make lock, and make compare LEG=colab")


if __name__ == "__main__":
    commands.run(main)
