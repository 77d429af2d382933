"""Three texts, by two tables of counts and a network: the row `specimens` of study 2a."""

import json
from pathlib import Path
from textwrap import wrap

from grammar import Drawing

ROWS = Path(__file__).parents[2] / "data" / "results" / "02a-text-generation.jsonl"
ROW = next(line for line in ROWS.read_text("utf-8").splitlines() if '"specimens"' in line[:30])
CODES, ACROSS, LINES = json.loads(ROW), 40, 4


def passage(name: str) -> list[str]:
    """The first lines of a writer's text; runs of blanks and line breaks become one blank."""
    text = " ".join("".join(chr(int(code)) for code in CODES[name]).split())
    lines = wrap(text, ACROSS)
    if len(lines) > LINES:
        lines[LINES - 1] = wrap(lines[LINES - 1], ACROSS - 2)[0] + " …"
    return lines[:LINES]


TEXTS = {"A": passage("ngram8"), "B": passage("lstm"), "C": passage("ngram4")}
ALT = (
    "Three short texts, each like a torn page of a manual, with code and with words that do not "
    "exist. A: : 1 >>> d = data descriptors. Should return the arithmetic or object is called "
    'function object.__call__(self, other) object.__imatmul__(self, but … B: ") length as the '
    'sament statement to "asclass which as a fables to represently the "aslloou an and '
    '"__getattr__": 3.0) | C: " with "inter of x is ginteger syntax == dict__()" is can be above '
    'two support list for the of that in the call key: | the contaxError".'
)
CAPTION = (
    "A, B, C: a network, a table that looks three characters back, one that looks seven back. In "
    "which order? Code, names and broken lines belong to such a manual; words that do not exist "
    "do not."
)


def draw():
    top, pitch = 14, 18
    assert all(" ".join(lines) in ALT for lines in TEXTS.values()), "the ALT tells other texts"
    d = Drawing(top + sum(pitch * len(lines) + 34 for lines in TEXTS.values()) - 10)
    for name, lines in TEXTS.items():
        high = pitch * len(lines) + 16
        d.box(185, top + high / 2 - 6, 334, high, "", "muted paper")
        d.box(18, top + 5, 26, 26, name, "new wash", 15, 13, "bold")
        for i, line in enumerate(lines):
            d.text(38, top + 9 + pitch * i, line, 12.5, "mono", "start")
        top += high + 18
    return d
