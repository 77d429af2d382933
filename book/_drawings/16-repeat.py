"""Two strains that an LSTM wrote: is the second the first?"""

import json
from pathlib import Path

from grammar import Drawing
from parts import head, staff

ROWS = Path(__file__).parents[2] / "data" / "results" / "16a-a-repeat-that-is-known.jsonl"
ALT = (
    "Four staves with sixteen notes each. The first two are a strain that an LSTM wrote, the "
    "last two its second strain. The notes of the second strain that are not those of the "
    "first, most of them, are in the highlight's colour."
)
CAPTION = (
    "Two strains by an LSTM that has read thousands of tunes in which the second is the first. "
    "In colour: notes that differ."
)


def draw():
    rows = map(json.loads, ROWS.read_text("utf-8").splitlines())
    tune = next(r for r in rows if (r.get("key"), r.get("seed")) == ("lstm-write-cool", 0))["notes"]
    d = Drawing(330)
    for line in range(4):
        y = 52 + 72 * line + 12 * (line > 1)
        staff(d, 10, y, 340)
        for n in range(16):
            at = 16 * line + n
            look = "new" if at >= 32 and tune[at] != tune[at - 32] else ""
            head(d, 26 + 20.6 * n, y, tune[at], look)
        for bar in (8, 16):
            d.path(f"M{16 + 20.6 * bar} {y - 18}v36", "muted thin")
    d.text(10, 16, "first strain", 12, "muted", "start")
    d.text(10, 172, "second strain", 12, "muted", "start")
    return d
