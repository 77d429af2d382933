"""Figures of the kinds that the book has, drawn in a second, and ways to spoil them.

``python tests/figures_drawn.py FOLDER`` writes them as SVG and PNG; run with Colab's matplotlib it
made `tests/fixtures/matplotlib-3.10`.
"""

import base64
import functools
import io
import sys
from pathlib import Path

import matplotlib

matplotlib.use("agg")
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import to_rgb
from PIL import Image

RUST, BLUE, GREEN, GREY = "#b8480b", "#0b4f9e", "#157370", "#595959"
LOOK = {
    "figure.figsize": (6.4, 3.6),
    "figure.dpi": 120,
    "axes.grid": True,
    "grid.alpha": 0.3,
    "legend.frameon": False,
    "lines.markersize": 5,
    "svg.fonttype": "none",
    "svg.hashsalt": "book",
}


def curves(spoil=""):
    """Three curves with markers, a bound, a legend."""
    fig, ax = plt.subplots()
    x = np.arange(1, 16)
    kinds = {"SimpleRNN": (RUST, "o"), "LSTM": (BLUE, "s"), "GRU": (GREEN, "^")}
    if spoil == "colours":
        kinds |= {"SimpleRNN": (BLUE, "o"), "LSTM": (RUST, "s")}
    if spoil == "white":
        kinds = {name: ("#ffffff", marker) for name, (_, marker) in kinds.items()}
    for i, (name, (colour, marker)) in enumerate(kinds.items()):
        if spoil == "removed" and name == "LSTM":
            continue
        y = np.exp(-x / (5 + 4 * i)) + 0.02 * np.cos(x * (i + 2))
        y = y - 0.08 * (spoil == "moved" and name == "GRU")
        ax.plot(x, y, color=colour, marker=marker, label=name if spoil != "label" else name.lower())
    ax.axhline(0.2, color="black", linestyle="-" if spoil == "dashes" else "--")
    ax.set_xlabel("epoch")
    ax.set_ylabel("loss")
    ax.set_xticks(np.arange(0, 16, 3 if spoil == "ticks" else 5))
    ax.legend()
    fig.tight_layout()
    return fig


def cloud(spoil=""):
    """Two clouds of points side by side."""
    rng = np.random.default_rng(2)
    fig, axes = plt.subplots(1, 2, sharey=True, layout="constrained")
    colours = [GREEN, BLUE] if spoil == "colours" else [BLUE, GREEN]
    for i, ax in enumerate(axes):
        x, y = rng.normal(size=(2, 30)).clip(-2, 2)
        if spoil == "moved" and i:
            y = y + 0.5
        if spoil == "removed" and i:
            x, y = x[:15], y[:15]
        ax.scatter(x, y, s=14, color="#ffffff" if spoil == "white" else colours[i])
        ax.set(xlim=(-3, 3), ylim=(-3, 3), xticks=(-2, 0, 2), yticks=(-2, 0, 2), title=f"net {i}")
    return fig


def bars(spoil=""):
    """Bars in two colours."""
    fig, ax = plt.subplots()
    tags, colours = ["noun", "verb", "name"], [BLUE, RUST]
    colours = colours[::-1] if spoil == "colours" else colours
    colours = ["#ffffff"] * 2 if spoil == "white" else colours
    ax.barh(tags, [0.9, 0.6 if spoil == "moved" else 0.7, 0.4], color=colours[0])
    if spoil != "removed":
        ax.barh(tags, [0.2, 0.3, 0.1], color=colours[1])
    ax.set_xlabel("share right")
    fig.tight_layout()
    return fig


def heat(spoil=""):
    """A map of numbers with its scale of colours."""
    values = np.sin(np.arange(12)[:, None] / 2 + np.arange(20) / 3)
    if spoil == "moved":
        values = np.roll(values, 2, 1)
    fig, ax = plt.subplots()
    fig.colorbar(ax.imshow(values, cmap="viridis_r" if spoil == "colours" else "viridis"))
    ax.grid(False)
    return fig


def areas(spoil=""):
    """Two panels, one above the other, with areas between curves."""
    x, (fig, axes) = np.arange(20), plt.subplots(2, 1, figsize=(4.4, 5.6), sharex=True)
    colours = [GREEN, BLUE] if spoil == "colours" else [BLUE, GREEN]
    colours = ["#ffffff"] * 2 if spoil == "white" else colours
    for i, (ax, colour) in enumerate(zip(axes, colours, strict=True)):
        low, high = np.exp(-x / (3 + i)), np.exp(-x / (5 + 4 * i))
        if spoil == "moved" and i:
            high = np.exp(-x / 20)
        if spoil != "removed" or not i:
            ax.fill_between(x, low, high, color=colour, alpha=0.4, linewidth=0)
        ax.plot(x, (low + high) / 2, color=colour)
        ax.set(title=f"net {i}", ylabel="gradient", ylim=(0, 1.1))
    fig.tight_layout()
    return fig


def schematic(spoil=""):
    """Wires, boxes and a circle without axes; the first thing drawn is a level line."""
    fig, ax = plt.subplots()
    ax.set(xlim=(0, 10), ylim=(0, 6), aspect="equal")
    ax.axis("off")
    colour = RUST if spoil == "colours" else BLUE
    ax.plot([0, 10], [5, 5], color=colour, linewidth=2.4)
    if spoil != "removed":
        ax.plot([2, 2, 7], [5, 1, 1], color=colour, linewidth=2.4)
    look = {"facecolor": "white", "edgecolor": colour, "linewidth": 2.4, "zorder": 3}
    ax.add_patch(plt.Circle((5, 5), 0.5, **look))
    ax.add_patch(plt.Rectangle((6, 2.5 if spoil == "moved" else 1), 2, 1.5, **look))
    ax.text(9.5, 5.4, "$h_t$", fontsize=15)
    ax.set_title("a cell")
    return fig


FIGURES = {
    curves: ("colours", "white", "removed", "moved", "dashes", "label", "ticks"),
    cloud: ("colours", "white", "removed", "moved"),
    bars: ("colours", "white", "removed", "moved"),
    heat: ("colours", "moved"),
    areas: ("colours", "white", "removed", "moved"),
    schematic: ("colours", "removed", "moved"),
}
ONLY_SVG = {"dashes", "label", "ticks"}  # what the PNGs of studies may hide


@functools.cache
def draw(figure, spoil=""):
    """A figure as SVG and as base64 PNG."""
    with plt.rc_context(LOOK):
        drawn, svg, png = figure(spoil), io.StringIO(), io.BytesIO()
        nothing = {"Date": None, "Creator": None}
        drawn.savefig(svg, format="svg", bbox_inches="tight", metadata=nothing)
        drawn.savefig(png, format="png", bbox_inches="tight")
        plt.close(drawn)
    return svg.getvalue(), base64.b64encode(png.getvalue()).decode()


# ---- PNGs spoilt as pictures


def pixels(png):
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(png))).convert("RGB")).copy()


def png_of(values):
    target = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(values.astype("uint8"))).save(target, "png")
    return base64.b64encode(target.getvalue()).decode()


def erased(values):
    """All coloured ink becomes white."""
    values = values.copy()
    values[np.ptp(values, -1) > 25] = 255
    return values


def _direction(colour):
    colour = np.asarray(colour, float)
    colour = colour - colour.mean(-1, keepdims=True)
    return colour / (np.linalg.norm(colour, axis=-1, keepdims=True) + 1e-9)


def exchanged(values, one=RUST, two=BLUE):
    """Ink of one colour gets the other, and the other way round; None without both."""
    inks = [255 * np.array(to_rgb(c)) for c in (one, two)]
    directions, new = _direction(values), values.astype(float)
    for ink, other in (inks, inks[::-1]):
        mine = (np.ptp(values, -1) > 25) & (directions @ _direction(ink) > 0.9)
        if mine.sum() < 100:
            return None
        much = (255.0 - values[mine]).sum(-1, keepdims=True) / (255 - ink).sum()
        new[mine] = 255 - np.clip(much, 0, 1.2) * (255 - other)
    return new.clip(0, 255)


PICTURES = {
    "erased": erased,
    "upside down": lambda v: v[::-1],
    "mirrored": lambda v: v[:, ::-1],
    "exchanged": exchanged,
}


if __name__ == "__main__":
    for figure in FIGURES:
        svg, png = draw(figure)
        Path(sys.argv[1], f"{figure.__name__}.svg").write_text(svg, encoding="utf-8")
        small = Image.open(io.BytesIO(base64.b64decode(png))).convert("RGB").quantize(64)
        small.save(Path(sys.argv[1], f"{figure.__name__}.png"), optimize=True)
