"""Numbers in a text that look measured, come from no row, and so were typed by hand."""

from __future__ import annotations

import re

from tools import arithmetic

# What may hold a number without a row behind it: code, citations and the rows' roles.
NO_TEXT = [
    r"\{[a-z:]+\}`[^`]*`",
    r"`[^`]*`",
    r"\]\([^)]*\)",
]
FORMULAS = [r"(?s)\$\$.*?\$\$", r"\$[^$\n]+\$"]
OPTIONS = r"(?m)^:[a-z-]+:.*$"
A_MEASUREMENT = re.compile(
    r"(?<![\w.])\d+[.,]\d+|\d+\s?%|\d+\s?(?:per ?cent|times|bits|seconds)\b|10[⁻⁰¹²³⁴-⁹]"
)
ONES = "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
WORD = rf"(?:{ONES}|(?:{TENS})(?:-\w+)?)"
NUMBER = rf"(?:\d+|{WORD})"
RUNS = "seeds|runs|nets|networks|RNNs|LSTMs|GRUs|SimpleRNNs|trainings|models"
BETTER = "better|worse|faster|slower|lower|higher|larger|fewer|more|as (?:good|fast|often|well)"
IN_WORDS = re.compile(
    rf"(?i)\b{WORD} per ?cent|\b{NUMBER} times (?:{BETTER})\b|\d\s?×(?!\s?[\d(e])"
    rf"|\b{NUMBER} of (?:the |its |our )?{NUMBER} (?:{RUNS})\b"
)
# in a formula: a decimal or a share that is more than a round rate, of no vector
DIGITS = re.compile(r"(?<![\d.])(?:0\.0*[1-9]\d+|[1-9]\d*\.\d+|\d+(?:\.\d+)?(?=\\,\\%))(?![\d.])")
LEVELS = {"95", "99", "99.9"}  # per cent, of intervals and tests
A_THRESHOLD = r"(?:at least|more than|less than|until) \d+ %"


def numbers(text: str) -> list[str]:
    """Numbers outside of formulas that look measured."""
    for pattern in (*FORMULAS, *NO_TEXT, OPTIONS):
        text = re.sub(pattern, " ", text)
    return [m.group() for m in A_MEASUREMENT.finditer(text)] + in_words(text)


def in_words(text: str) -> list[str]:
    """Shares and factors in words: "ninety per cent", "nine of ten seeds", "3×"."""
    for pattern in (FORMULAS[0], *NO_TEXT, OPTIONS):
        text = re.sub(pattern, " ", text)
    return [m.group() for m in IN_WORDS.finditer(text)]


def worked(text: str) -> set[str]:
    """The terms and the results of the sums in a text."""
    sides = (side for left, right, _ in arithmetic.sums(text) for side in (left, right))
    return {number for side in sides for number in DIGITS.findall(side)}


def in_formulas(text: str, least: int) -> list[str]:
    """Numbers of ``least`` digits or more that stand alone between dollars.

    What the text works out in a sum is not measured; nor is what a sentence with a citation says.
    """
    done = worked(text)
    text = re.sub(r"(?ms)\$\$.*?\$\$|^`{3,}\{(?:exercise|solution)\}.*?^`{3,}", "", text)
    found = []
    for sentence in re.split(r"(?<=[.:;])\s+(?=[A-Z*])|\n\n", text):
        formulas = re.findall(FORMULAS[1], sentence) if "{cite" not in sentence else ()
        for number in (n for f in formulas if "," not in f[:-4] for n in DIGITS.findall(f)):
            long_enough = len(number.replace(".", "").lstrip("0")) >= least
            if long_enough and number not in done and number not in LEVELS:
                found.append(number)
    return found


def in_caption(text: str) -> list[str]:
    """Numbers in a caption that look measured: no rate, no level, no threshold."""
    text = re.sub(A_THRESHOLD, " ", text)
    plain = [
        m.group() for m in re.finditer(r"(?<![\w.,-])\d+(?:\.\d+)?(?: ?%)?(?!\w|[.,]\d)", text)
    ]
    shares = [n for n in plain if n.endswith("%") and n.rstrip(" %") not in LEVELS]
    decimals = [n for n in plain if re.fullmatch(r"0\.0*[1-9]\d+|[1-9]\d*\.\d+", n)]
    return shares + decimals + in_words(text)
