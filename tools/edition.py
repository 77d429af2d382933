"""Gather an edition of the site that is built and printed: `make edition EDITION=v2026.1`.

In `_build/edition` lie the website as an archive, the book and the slides as PDF, how to cite it,
what is new, and the SHA-256 of each file.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import sys
import tarfile
from pathlib import Path

from tools import commands, files, notebooks


def news(root: Path, version: str) -> str:
    """What the changelog says of an edition. Raises ValueError when it has no such section."""
    text = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    found = re.search(rf"^## {re.escape(version)}\b.*\n([\s\S]*?)(?=^## |\Z)", text, re.MULTILINE)
    if not found:
        raise ValueError(f"CHANGELOG.md says nothing of {version}")
    return found.group(1).strip() + "\n"


def gather(root: Path, version: str) -> list[Path]:
    """Write the files of an edition. Raises ValueError when the book calls itself another."""
    cited = files.read_yaml(root / "CITATION.cff")["version"]
    if str(cited) != version:
        raise ValueError(f"CITATION.cff names the edition {cited}, not {version}")
    built, target = root / "_build", root / "_build" / "edition"
    what_is_new = news(root, version)
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    name = f"recurrent-{version}"
    with tarfile.open(target / f"{name}-html.tar.gz", "w:gz") as archive:
        archive.add(built / "html", name)
    with tarfile.open(target / f"{name}-slides.tar.gz", "w:gz") as archive:
        archive.add(built / "slides", f"{name}-slides")
    shutil.copy(built / "recurrent.pdf", target / f"{name}.pdf")
    shutil.copy(root / "CITATION.cff", target)
    (target / "NOTES.md").write_text(what_is_new, encoding="utf-8")
    gathered = sorted(target.iterdir())
    sums = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in gathered]
    (target / "SHA256SUMS").write_text("".join(sums), encoding="utf-8")
    return [*gathered, target / "SHA256SUMS"]


def main() -> None:
    version = sys.argv[1].removeprefix("v") if len(sys.argv) == 2 else ""
    if not version:
        sys.exit("Name the edition: make edition EDITION=v2026.1")
    try:
        for path in gather(notebooks.ROOT, version):
            print(path.relative_to(notebooks.ROOT))
    except (OSError, ValueError) as error:
        sys.exit(f"The edition is not gathered: {error}")


if __name__ == "__main__":
    commands.run(main)
