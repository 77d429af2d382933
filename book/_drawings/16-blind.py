"""Four bars of a jig: of the collection, or of the network?"""

import json
from pathlib import Path

from grammar import Drawing
from parts import head, staff

ROWS = Path(__file__).parents[2] / "data" / "results" / "16b-folk-tunes.jsonl"
ALT = (
    "Two staves with two bars of a jig each, drawn as note heads, and a question mark in the "
    "highlight's colour at the end."
)
CAPTION = "Four bars of a jig. Does it stand in the collection, or did the network write it?"
STEPS = (0, 0, 1, 1, 2, 3, 3, 4, 4, 5, 5, 6)  # of the twelve semitones


def draw():
    rows = [json.loads(line) for line in ROWS.read_text("utf-8").splitlines()]
    piece = next(r for r in rows if r.get("key") == "excerpt-network-0")
    d, time = Drawing(182), 0
    for y in (56, 132):
        staff(d, 10, y, 316)
        for x in (164, 326):
            d.path(f"M{x} {y - 18}v36", "muted thin")
    for pitch, length in zip(piece["pitches"], piece["lengths"], strict=True):
        line, inside = divmod(time, 144)
        step = STEPS[pitch % 12] + 7 * (pitch // 12 - 5)
        head(d, 26 + 150 * inside / 144 * 2, 56 + 76 * line, step)
        time += length
    d.text(342, 132, "?", 20, "new bold")
    return d
