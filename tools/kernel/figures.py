"""IPython's configuration for every kernel that executes or checks a notebook: how figures look.

`BOOK_FIGURES` says svg or png. In an SVG text stays text, names are the same in every run, and
neither date nor version is written. In Colab none of this applies; there a figure is a PNG.
"""

import os

c = get_config()  # noqa: F821
c.InlineBackend.figure_formats = {os.environ.get("BOOK_FIGURES", "png")}
c.InlineBackend.rc = {"svg.fonttype": "none", "svg.hashsalt": "book"}
# An SVG names the whole list of fonts at each text.
c.InlineBackend.rc["font.sans-serif"] = ["DejaVu Sans"]
c.InlineBackend.rc["font.monospace"] = ["DejaVu Sans Mono"]
if os.environ.get("BOOK_FIGURES") == "svg":
    nothing = {"Date": None, "Creator": None}
    c.InlineBackend.print_figure_kwargs = {"bbox_inches": "tight", "metadata": nothing}
