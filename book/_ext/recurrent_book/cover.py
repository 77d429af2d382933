"""Parts of the cover: {bars} of measured shares, the {tally} of verdicts, {tiles} of chapters."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from tools import drawings as scripts

from . import drawings, links, places, sources
from .ledger import Ledger


class Lines(SphinxDirective):
    """A directive whose content is one entry a line."""

    has_content = True

    def entries(self, mark: str, parts: int) -> list[list[str]]:
        found = [[part.strip() for part in line.split(mark, parts - 1)] for line in self.content]
        if not found or any(len(entry) != parts for entry in found):
            raise self.error(f"{{{self.name}}}: each line has {parts} parts, split by {mark!r}")
        return found


class Bars(Lines, Ledger):
    """``{bars} F2``: ``label = 07a/recall-lstm/solved`` a line, and the verdict on a claim."""

    required_arguments = 1

    def run(self):
        claim = self.claim(self.arguments[0])
        words = f"“{claim.get('words') or claim['quote']}” "
        said = nodes.paragraph("", words, self.verdict(claim))
        said["classes"].append("bars-claim")
        try:
            facts = [
                (label, row, sources.fact(self.env, row)) for label, row in self.entries("=", 2)
            ]
        except sources.FactError as error:
            raise self.error(f"{{bars}}: {error}") from None
        most = max(1.0 if fact.rate else fact.value for *_, fact in facts)
        bars = nodes.bullet_list("", classes=["bars"])
        for label, row, fact in facts:
            style = f'<span class="bars-share" style="--share: {fact.value / most:.3f}"></span>'
            words = nodes.inline("", "", *self.parse(label))
            number = self.parse(f"{{measured}}`{row}`")
            line = nodes.paragraph("", "", words, nodes.Text(" "), *number)
            bars += nodes.list_item("", line, nodes.raw("", style, format="html"))
        return [said, bars]


class Tally(Ledger):
    """``{tally}``: how many claims have which verdict; each count leads into the ledger."""

    def run(self):
        claims = self.claims()
        count = Counter(claim["verdict"] for claim in claims)
        bar = nodes.bullet_list("", classes=["tally"])
        for verdict, (style, symbol) in sources.VERDICTS.items():
            if not count[verdict]:
                continue
            sign = nodes.inline("", symbol, classes=["verdict-sign"])
            text = nodes.Text(f" {count[verdict]} {verdict}")
            first = next(c["id"] for c in claims if c["verdict"] == verdict)
            link = links.to(self.env, "book/claims", first.lower(), sign, text)
            item = nodes.list_item("", nodes.paragraph("", "", link), classes=[style])
            bar += item
        return [bar]


class Tiles(Lines):
    """``{tiles}``: ``07-lstm-or-gru 07-recall Who learns first?`` a line: a chapter, a picture."""

    def run(self):
        tiles = nodes.bullet_list("", classes=["tiles"])
        for chapter, name, question in self.entries(" ", 3):
            lesson = Path(self.env.srcdir, "book", f"{chapter}.md")
            folder = Path(self.env.srcdir, drawings.FOLDER)
            script, file = folder / f"{name}.py", folder / f"{name}.svg"
            for path in (lesson, script, file):
                if not path.exists():
                    raise self.error(f"{{tiles}}: there is no {path.name}")
                self.env.note_dependency(path.relative_to(self.env.srcdir).as_posix())
            title = lesson.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ")
            serial = self.env.new_serialno("drawing") + 1
            alt = scripts.constants(script)["ALT"]
            picture = drawings.drawing(
                svg=drawings.inline(file.read_text("utf-8"), serial), alt=alt
            )
            link = links.to(
                self.env, f"book/{chapter}", "", nodes.Text(f"{int(chapter[:2])} {title}")
            )
            head = nodes.paragraph("", "", link, classes=["tile-title"])
            asked = nodes.paragraph("", question, classes=["tile-question"])
            time = nodes.paragraph(
                "", f"{places.minutes(lesson)} minutes", classes=["tile-minutes"]
            )
            tiles += nodes.list_item("", picture, head, asked, time)
        return [tiles]


def setup(app):
    app.add_directive("bars", Bars)
    app.add_directive("tally", Tally)
    app.add_directive("tiles", Tiles)
