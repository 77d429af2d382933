"""IPython's configuration for every kernel that executes or checks a notebook: how figures look.

They are SVGs in which text stays text, names are the same in every run, and neither date nor
version is written. In Colab none of this applies; there a figure is a PNG.
"""

c = get_config()  # noqa: F821
c.InlineBackend.figure_formats = {"svg"}
c.InlineBackend.rc = {"svg.fonttype": "none", "svg.hashsalt": "book"}
# An SVG names the whole list of fonts at each text.
c.InlineBackend.rc["font.sans-serif"] = ["DejaVu Sans"]
c.InlineBackend.rc["font.monospace"] = ["DejaVu Sans Mono"]
nothing = {"Date": None, "Creator": None}
c.InlineBackend.print_figure_kwargs = {"bbox_inches": "tight", "metadata": nothing}
