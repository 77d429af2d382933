"""The licence of everything that others made lies on the site, beside it or in `_static/licences`.

`fonts`, `mathematics`, `search` and `slides` copy the licences of what they copy. This part does it
for what Sphinx, the theme and other extensions put there. `tools/lint_site.py` finds what has none.
"""

from __future__ import annotations

from importlib.metadata import distribution
from pathlib import Path

from . import moved

PACKAGES = (
    "accessible-pygments",
    "furo",
    "myst-nb",
    "pygments",
    "sphinx",
    "sphinx-design",
    "sphinx-exercise",
)


def text(package: str) -> str:
    """What a package says of its licence: the files of that name that its metadata lists."""
    files = [
        path
        for path in distribution(package).files
        if ".dist-info" in path.parts[0] and path.name.startswith(("LICENSE", "COPYING"))
    ]
    return "\n\n".join(path.read_text() for path in files)


def write(app, error):
    if error or app.builder.name != "html":
        return
    for package in PACKAGES:
        moved.write(Path(app.outdir, "_static", "licences", f"{package}.txt"), text(package))


def setup(app):
    app.connect("build-finished", write)
