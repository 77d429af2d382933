"""Links that open labs and exercises on a JupyterHub: `make hub HUB=https://hub.example.org`.

A link of nbgitpuller fetches the book into the home of whoever follows it and opens a notebook. The
hub needs nbgitpuller; the book needs its address.
"""

from __future__ import annotations

import sys
from pathlib import Path
from urllib.parse import quote, urlencode

from tools import commands, notebooks


def link(hub: str, path: Path, root: Path = notebooks.ROOT) -> str:
    """The address on a hub at which a notebook of the book opens."""
    repository = notebooks.repository(root)
    place = f"{repository.split('/')[-1]}/{path.relative_to(root).as_posix()}"
    asked = {
        "repo": repository,
        "branch": notebooks.setting("branch", root),
        "urlpath": f"lab/tree/{place}",
    }
    return f"{hub.rstrip('/')}/hub/user-redirect/git-pull?{urlencode(asked, quote_via=quote)}"


def links(hub: str, root: Path = notebooks.ROOT) -> list[str]:
    """A line of Markdown for each lab and each exercise notebook. Raises ``SystemExit``."""
    if not hub.startswith(("https://", "http://")):
        raise SystemExit("Name the hub: make hub HUB=https://hub.example.org")
    if not notebooks.adopted(notebooks.repository(root)):
        raise SystemExit("The book has no address yet. Set it first: make address REPO=owner/name")
    handed_out = [p for p in notebooks.exercises(root) if p.parent.name != "solved"]
    return [
        f"- [{notebooks.home(path, root)[0]}, "
        f"{'lab' if path.parent.name == 'notebooks' else 'exercises'}]({link(hub, path, root)})"
        for path in sorted([*notebooks.labs(root), *handed_out], key=lambda p: p.stem[:2])
    ]


if __name__ == "__main__":
    commands.run(lambda: print("\n".join(links(sys.argv[1] if len(sys.argv) > 1 else ""))))
