"""The site's own fonts, cut down to the letters in use, with their licences beside them.

Source Serif 4 is the text, Source Sans 3 headings, captions and the interface (package-lock.json
pins both). `book.css` names the files. A letter that neither has comes from the reader's machine.
"""

from __future__ import annotations

import logging
import shutil
import string
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem

logging.getLogger("fontTools").setLevel(logging.ERROR)
UNITS = 500  # to an em: 0.03 pixels of the text, and a tenth less to load than with 1000
PACKAGES = "node_modules/@expo-google-fonts"
WORDS = string.printable.strip() + " \u00a0\u202f‘’“”–…×−→"
MORE = "±²³·¹¼½¾÷⁰⁴⁵⁶⁷⁸⁹⁻₂⅓⅔⅕⅗⅛←↑↓√≈≤≥✓✗ρσ°µ—•áãäçéëíïñóöøüýßÁÄÇÉÖØÜăčłŁšČŠ"
FACES = {  # file on the site: its source, its letters, and whether it keeps its kerning
    "text": ("source-serif-4/400Regular/SourceSerif4_400Regular.ttf", WORDS + MORE, True),
    "text-italic": (
        "source-serif-4/400Regular_Italic/SourceSerif4_400Regular_Italic.ttf",
        WORDS,
        False,
    ),
    "text-bold": ("source-serif-4/600SemiBold/SourceSerif4_600SemiBold.ttf", WORDS, False),
    "ui": ("source-sans-3/400Regular/SourceSans3_400Regular.ttf", WORDS + MORE, False),
    "ui-bold": ("source-sans-3/600SemiBold/SourceSans3_600SemiBold.ttf", WORDS + "·✓✗", False),
}
LICENCES = {
    "OFL-Source-Serif.txt": "source-serif-4/LICENSE_FONT",
    "OFL-Source-Sans.txt": "source-sans-3/LICENSE_FONT",
}


def reduce(source: Path, target: Path, letters: str, kerning: bool = False) -> None:
    """Write a font as WOFF2 with no glyphs but those of some letters."""
    options = subset.Options(
        flavor="woff2",
        layout_features=["kern"] if kerning else [],
        hinting=False,
        glyph_names=False,
        name_IDs=[],
    )
    font = subset.load_font(str(source), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=letters)
    subsetter.subset(font)
    scale_upem(font, UNITS)
    subset.save_font(font, str(target), options)


def licence(source: Path) -> str:
    """What a font says of its licence: the table of names that `reduce` leaves out."""
    return TTFont(source)["name"].getDebugName(13).replace("\r\n", "\n") + "\n"


def write(app, error):
    """Give the site its fonts, once: a build that other code made is never built upon."""
    packages, folder = Path(app.confdir, PACKAGES), Path(app.outdir, "_static", "fonts")
    if error or app.builder.format != "html" or folder.exists():
        return
    folder.mkdir(parents=True)
    for name, (source, letters, kerning) in FACES.items():
        reduce(packages / source, folder / f"{name}.woff2", letters, kerning)
    for name, source in LICENCES.items():
        shutil.copy(packages / source, folder / name)


def setup(app):
    app.connect("build-finished", write)
