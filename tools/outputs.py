"""What a lab may print: three kinds of cells, told by their tag.

compared   (no tag) every output is compared
progress   the cell is one call of ``fit``; what its bar says is not compared, only that it says it
sample     the output depends on trained float32 weights; the cell's metadata ``form`` says what it
           looks like, and the next cell asserts a fact about it

A form has one entry for each output, in order: ``{"text": {"lines": [3, 40]}}``,
``{"table": {"columns": ["word", "tag"], "rows": [5, 40]}}`` or
``{"figure": {"axes": 1, "series": 2, "texts": ["loss"]}}`` or ``{"audio": {"seconds": [1, 8]}}``.
"""

from __future__ import annotations

import base64
import io
import re
import wave

from tools import figures, notebooks

KINDS = ("progress", "sample")


def kind(cell) -> str:
    """The kind of a code cell: compared, progress or sample."""
    return next((k for k in KINDS if k in notebooks.tags(cell)), "compared")


def figure(cell) -> str | None:
    """The MIME type of the first figure that a code cell shows, if any."""
    types = (t for o in cell.outputs for t in figures.TYPES if t in o.get("data", {}))
    return next(types, None)


def as_seen(text: str) -> str:
    """What a terminal shows of a text in the end: carriage returns and backspaces carried out."""
    lines = []
    for line in text.split("\n"):
        shown, at = [], 0
        for letter in line:
            if letter == "\r":
                at = 0
            elif letter == "\b":
                at = max(0, at - 1)
            else:
                shown[at : at + 1] = [letter]
                at += 1
        lines.append("".join(shown).rstrip())
    return "\n".join(lines)


def steady(text: str) -> str:
    """The text of a progress bar as it is committed: in its last state, without colours and times.

    "5s 34ms/step" (verbose=1), "1:20 34ms/step" where it stopped half-way, and "- 5s - 34ms/step"
    (verbose=2) go; counts and losses stay, which are the same in every run on one machine.
    """
    text = as_seen(re.sub(r"\x1b\[[0-9;]*m", "", text))
    return re.sub(r" (?:- )?(?:\d+s|\d+:[\d:]+) (?:- )?\d+[mu]?s/\w+", "", text)


# ---- forms


def form_mistakes(form) -> list[str]:
    """What is wrong with the declaration of a form itself."""
    if not isinstance(form, dict) or not form or not set(form) <= set(CHECKS):
        return [f"its form is none of {', '.join(CHECKS)}"]
    found = []
    for name, wanted in (("text", "lines"), ("table", "rows"), ("audio", "seconds")):
        limits = form.get(name, {wanted: [1, 1]}).get(wanted)
        if not (isinstance(limits, list) and len(limits) == 2 and 1 <= limits[0] <= limits[1]):
            found.append(f"its form needs {wanted}: [at least 1, at most]")
    if "table" in form and not form["table"].get("columns"):
        found.append("its form names no columns")
    figure = form.get("figure", {"axes": 1, "series": 1, "texts": ["x"]})
    if figure.get("axes", 0) < 1 or figure.get("series", 0) < 1 or not figure.get("texts"):
        found.append("the form of its figure needs axes and series of at least 1, and texts")
    return found


def _counted(what: str, found: int, limits: list[int]) -> list[str]:
    low, high = limits
    return [] if low <= found <= high else [f"{found} {what}, not {low} to {high}"]


def _check_text(wanted: dict, text: str) -> list[str]:
    return _counted("lines", sum(bool(s.strip()) for s in text.splitlines()), wanted["lines"])


def _check_table(wanted: dict, text: str) -> list[str]:
    head, *rows = [s.split() for s in text.splitlines() if s.strip()] or [[]]
    rows = [row for row in rows if any(re.search(r"\w", word) for word in row)]  # no rules
    names = " ".join(wanted["columns"]).split()
    found = [] if head == names else [f"its columns are {head}, not {names}"]
    if any(len(row) < len(wanted["columns"]) for row in rows):
        found.append("a row of its table has an empty column")
    return found + _counted("rows", len(rows), wanted["rows"])


def _check_figure(wanted: dict, svg: str) -> list[str]:
    drawn, _, axes = figures.items(svg)
    texts = " ".join(i.text for i in drawn if i.kind == "text")
    found = [f"its figure has no text {t!r}" for t in wanted["texts"] if t not in texts]
    for what, number in (("axes", len(axes)), ("series", sum(map(len, axes)))):
        found += _counted(what, number, [wanted[what]] * 2)
    return found


def _check_audio(wanted: dict, html: str) -> list[str]:
    found = re.search(r'<audio[^>]*>\s*<source src="data:audio/wav;base64,([^"]+)"', html)
    if not found:
        return ["it has no player with a sound"]
    with wave.open(io.BytesIO(base64.b64decode(found[1]))) as sound:
        seconds = sound.getnframes() / sound.getframerate()
        silent = not any(sound.readframes(sound.getnframes()))
    return ["its sound is silent"] * silent + _counted("seconds", seconds, wanted["seconds"])


CHECKS = {
    "text": ("text", _check_text),
    "table": ("text", _check_table),
    "figure": ("image/svg+xml", _check_figure),
    "audio": ("text/html", _check_audio),
}


def form_problems(form: dict, outputs) -> list[str]:
    """Where the outputs of a cell have not the form that it declares."""
    texts = []
    for o in outputs:
        data = o.get("data", {})
        if o.get("name") == "stdout":
            texts.append(("text", o.text))
        elif shown := [t for t in ("image/svg+xml", "text/html") if t in data]:
            texts.append((shown[0], data[shown[0]]))
    kinds = [CHECKS[name][0] for name in form]
    if [k for k, _ in texts] != kinds or len(outputs) != len(kinds):
        return [f"its outputs are {[k for k, _ in texts]}, its form {list(form)}"]
    return [
        m for (n, w), (_, t) in zip(form.items(), texts, strict=True) for m in CHECKS[n][1](w, t)
    ]
