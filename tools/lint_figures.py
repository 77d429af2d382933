"""Rules for the words of a notebook's figures: alt texts and captions."""

from __future__ import annotations

import itertools
import re

from tools import typed


def words(text: str) -> set[str]:
    """The beginnings of the words, and the numbers, of a text or a code."""
    return {
        w.lower()[:6] for w in re.findall(r"[A-Za-z]{2,}|\d+(?:\.\d+)?", text.replace("_", " "))
    }


def described(notebook):
    """Each figure's cell with its alt text, its caption, and the Markdown that stands before it."""
    from tools import outputs  # it needs NumPy, which the drawings do without

    before = ""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            before = cell.source
        elif outputs.figure(cell):
            about = cell.metadata.get("mystnb", {})
            alt, caption = (
                about.get(part, {}).get(what) or ""
                for part, what in (("image", "alt"), ("figure", "caption"))
            )
            yield cell, alt, caption, before


def exchanged(figures: list[tuple[str, str, str, str]]):
    """Pairs of figures whose alt texts, or captions, would fit better exchanged.

    figures: name, alt text, caption, and what else tells what it shows. A text fits where it
    shares words with that and with the other of the two.
    """
    known = [(n, (words(alt), words(cap)), words(rest)) for n, alt, cap, rest in figures]
    for (a, said_a, rest_a), (b, said_b, rest_b) in itertools.combinations(known, 2):
        for which, what in enumerate(("alt texts", "captions")):
            here, there = rest_a | said_a[1 - which], rest_b | said_b[1 - which]
            mine, other = said_a[which], said_b[which]
            gain = len(mine & (there - here)) - len(mine & (here - there))
            gain += len(other & (here - there)) - len(other & (there - here))
            if gain > 0:
                yield f"{a} and {b}: their {what} would fit better exchanged"


def rule_exchanged(notebook, path):
    """An alt text and a caption fit the code of their figure and the Markdown before it."""
    yield from exchanged(
        [
            (f"cell {cell.id}", alt, caption, f"{cell.source} {cell.id} {before}")
            for cell, alt, caption, before in described(notebook)
        ]
    )


def rule_alone(notebook, path):
    """No two figures have the same alt text or the same caption."""
    found = list(described(notebook))
    for what, texts in (("alt text", [f[1] for f in found]), ("caption", [f[2] for f in found])):
        for text in sorted({t for t in texts if t and texts.count(t) > 1}):
            yield f"two figures have the {what} {text[:40]!r}"


def rule_typed(notebook, path):
    for cell, _, caption, _ in described(notebook):
        for number in typed.in_caption(caption):
            yield f"cell {cell.id}: {number!r} in its caption is typed by hand"


ALL = [rule_exchanged, rule_alone, rule_typed]
