"""Check the years of the bibliography against what else tells them.

A key is the first author and the year. An identifier of arXiv begins with the year and month of its
first version, many a DOI or address holds a year, and a journal counts its volumes by years.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

from pybtex.database import parse_file
from pybtex.richtext import Text

from tools import commands, notebooks

FILE = "book/references.bib"
LATER = 3  # years from a preprint to its publication, at most
A_YEAR = re.compile(r"(?<![\d.])((?:19|20)\d\d)(?=[.\-/])|[./][A-Z](\d\d)-\d{4}")


def plain(text: str) -> str:
    """Letters without accents, in lower case."""
    letters = unicodedata.normalize("NFKD", str(Text.from_latex(text)))
    return re.sub("[^a-z]", "", letters.lower())


def told(fields) -> list[int]:
    """The years that the DOI and the address hold."""
    found = A_YEAR.findall(f"{fields.get('doi', '')} {fields.get('url', '')}/")
    return [int(whole or f"20{short}") for whole, short in found]


def check(root: Path = notebooks.ROOT) -> list[str]:
    """Problems of the bibliography, one line each."""
    problems, volumes = [], defaultdict(dict)
    for key, entry in parse_file(str(root / FILE)).entries.items():
        fields, year = entry.fields, int(entry.fields["year"])
        people = entry.persons.get("author") or entry.persons.get("editor") or []
        lasts = people[0].last_names if people else []
        names = plain(" ".join(lasts)), plain(lasts[-1] if lasts else "")
        if key[-4:] != str(year) or not any(name.startswith(key[:-4]) for name in names):
            problems.append(f"{key}: its key is not the first author and the year {year}")
        if re.fullmatch(r"\d{4}\.\d{4,5}", fields.get("eprint", "")):
            first = 2000 + int(fields["eprint"][:2])
            last = first + (0 if entry.type == "misc" else LATER)
            if not first <= year <= last:
                problems.append(f"{key}: {year}, but its preprint is of {first}")
        for other in told(fields):
            if not other <= year <= other + 1:
                problems.append(f"{key}: {year}, but its DOI or address says {other}")
        if fields.get("volume", "").isdigit():
            volumes[fields.get("journal") or fields.get("booktitle")][key] = year - int(
                fields["volume"]
            )
    for journal, found in volumes.items():
        usual, count = Counter(found.values()).most_common(1)[0]
        for key, start in found.items() if count > 1 else ():
            if start != usual:
                problems.append(f"{key}: the volumes of {journal} count from another year")
    return problems


def main() -> int:
    return commands.report(check(), "the years of the bibliography")


if __name__ == "__main__":
    commands.run(main)
