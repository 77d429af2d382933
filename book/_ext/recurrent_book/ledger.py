"""Facts in the pages: {measured} numbers, {rates} at an edge, {verdict} boxes, the {claims} ledger.

A number on a page is a button that opens a note: what it is, how many runs, how far they spread, a
dot for each, which row of which study, which versions. The note is the browser's own popover and
needs no script.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from pathlib import Path

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective, SphinxRole

from tools import grids

from . import formatting, links, sources

NOT_YET = "Not yet measured here."
HINT = """<p class="measured-hint">Underlined numbers open their source.
<span class="keys">Within a paragraph or a table's row, the arrow keys lead from one to the
next.</span></p>
"""


class measured(nodes.Inline, nodes.TextElement):
    """A measured number: the button."""


class measured_note(nodes.Inline, nodes.comment):
    """Its note, a comment to the search. ``unspoken``: not part of the text it stands in."""


class measured_hint(nodes.General, nodes.comment):
    """What a page says above its first measured number, a comment to the search."""


def versions(found: dict) -> str:
    """As in: Keras 3.15.1 on TensorFlow 2.21.0, NumPy 2.4.6, Python 3.11.2."""
    names = {"tensorflow": "TensorFlow", "jax": "JAX"}
    backend = found.get("backend")
    parts = []
    if "keras" in found:
        on = f" on {names.get(backend, backend)} {found.get(backend, '')}" if backend else ""
        parts.append(f"Keras {found['keras']}{on}".rstrip())
    parts += [f"{n} {found[n.lower()]}" for n in ("NumPy", "Python") if n.lower() in found]
    return ", ".join(parts)


def interval(fact, low: str, high: str) -> str:
    """The spread of a fact in words, or "" for a single run."""
    if fact.n < 2:
        return ""
    kind = "95 % interval (Wilson)" if fact.rate else "range"
    return f"{kind} {low} to {high}"


def dots(fact) -> str:
    """A line with a dot for each seed and a stroke at the median; of a rate, full dots are right.

    Where all are positive and the largest is 30 times the smallest, the line is logarithmic.
    """
    if fact.n < 2:
        return ""
    values, line = sorted(fact.values), "M8 16H232"
    if fact.rate:
        at = [16 + 208 * k / (fact.n - 1) for k in range(fact.n)]
        hit = round(fact.value * fact.n)
        parts = [("seed", at[:hit]), ("seed miss", at[hit:])]
    else:
        log = values[0] > 0 and values[-1] > 30 * values[0]
        scale = math.log if log else float
        low, high = scale(values[0]), scale(values[-1])

        def place(value: float) -> float:
            return 16 + 208 * ((scale(value) - low) / (high - low) if high > low else 0.5)

        parts = [("seed", map(place, values))]
        line += f"M{place(fact.value):.0f} 5V27"
    marks = "".join(
        f'<path class="{name}" d="{"".join(f"M{x:.0f} 16h0" for x in places)}"/>'
        for name, places in parts
    )
    svg = f'<svg class="seeds" viewBox="0 0 240 32" aria-hidden="true"><path d="{line}"/>'
    return f"{svg}{marks}</svg>"


def study_name(stem: str) -> str:
    """The study 05a-vanishing-gradients is called "Study 5a: vanishing gradients"."""
    number, *words = stem.split("-")
    names = {"gru": "GRU", "keras": "Keras", "lstm": "LSTM", "nlp": "NLP", "rnn": "RNN"}
    return f"Study {number.lstrip('0')}: {' '.join(names.get(word, word) for word in words)}"


class Measured(SphinxRole):
    """``{measured}`05/keras-lstm/lag99` ``, or the paired ratio of two such rows."""

    def run(self):
        try:
            fact = sources.fact(self.env, self.text)
            value, low, high = formatting.fact(fact)
        except (sources.FactError, ValueError) as error:
            message = self.inliner.reporter.error(f"{{measured}}: {error}", line=self.lineno)
            return [self.inliner.problematic(self.rawtext, self.rawtext, message)], [message]
        name = f"measured-{self.env.new_serialno('measured') + 1}"
        unit = f" ({fact.unit})" if fact.unit else ""
        spread = interval(fact, low, high)
        study = links.to(
            self.env, f"notebooks/studies/{fact.study}", "", nodes.Text(study_name(fact.study))
        )
        lines = [
            nodes.inline("", fact.label[:1].upper() + fact.label[1:] + unit),
            nodes.inline("", f"{value}, {fact.kind}" + (f"; {spread}" if spread else "")),
            nodes.raw("", dots(fact), format="html"),
            nodes.inline("", "", study, nodes.Text(", row "), nodes.literal("", fact.key)),
            nodes.inline("", versions(fact.versions), classes=["measured-versions"]),
        ]
        lines[0]["classes"].append("measured-what")
        note = measured_note("", "", *lines, unspoken=True, name=name)
        return [measured(value, value, name=name), note], []


def visit_measured(self, node):
    self.body.append(f'<button class="measured" type="button" popovertarget="{node["name"]}">')


def depart_measured(self, node):
    self.body.append("</button>")


def visit_note(self, node):
    self.body.append(f'<span class="measured-note" popover id="{node["name"]}">')


def depart_note(self, node):
    self.body.append("</span>")


def visit_hint(self, node):
    self.body.append(HINT)
    raise nodes.SkipNode


def nothing(self, node):
    pass


def skip(self, node):
    raise nodes.SkipNode


class KeepPunctuation(SphinxPostTransform):
    """Numbers and formulas stay on one line with the comma behind and the bracket before them."""

    default_priority = 900

    def run(self, **options):
        kinds = measured_note, nodes.math
        for last in list(self.document.findall(lambda node: isinstance(node, kinds))):
            parent, end = last.parent, last.parent.index(last)
            start = end - isinstance(last, measured_note)  # a number, then its note
            before, after = (
                str(parent[i]) if 0 <= i < len(parent) and isinstance(parent[i], nodes.Text) else ""
                for i in (start - 1, end + 1)
            )
            opens = re.search(r"[(\[“‘]*$", before).group()
            ends = re.match(r"[.,;:!?)\]”’]*", after).group()
            if opens or ends:
                kept = nodes.inline("", "", classes=["unbroken"])
                kept += [nodes.Text(opens), *parent[start : end + 1], nodes.Text(ends)]
                first = start - 1 if before else start
                parent[first : end + (2 if after else 1)] = [
                    nodes.Text(before.removesuffix(opens)), kept, nodes.Text(after[len(ends) :])
                ]  # fmt: skip


class ShowHint(SphinxPostTransform):
    """Above the block with a page's first measured number stands what the numbers do."""

    default_priority = 910
    formats = ("html",)

    def run(self, **options):
        block = next(self.document.findall(measured), None)
        if block is None:
            return
        while not isinstance(block.parent, nodes.section):
            block = block.parent
        block.parent.insert(block.parent.index(block), measured_hint())


class Ledger(SphinxDirective):
    """What the verdict box and the ledger share."""

    def parse(self, text: str) -> list[nodes.Node]:
        """Inline MyST: citations and measured numbers work in the ledger's texts."""
        return self.state.inline_text(text, self.lineno)[0]

    def verdict(self, claim: dict) -> nodes.inline:
        """Symbol and word, never colour alone."""
        name, symbol = sources.VERDICTS[claim["verdict"]]
        sign = nodes.inline("", symbol, classes=["verdict-sign"])
        return nodes.inline(
            "", "", sign, nodes.Text(" " + claim["verdict"]), classes=["verdict-word", name]
        )

    def claims(self) -> list[dict]:
        try:
            return sources.claims(self.env)
        except sources.FactError as error:
            raise self.error(f"{{{self.name}}}: {error}") from None

    def evidence(self, claim: dict) -> list[nodes.Node]:
        if claim.get("evidence"):
            return self.parse(claim["evidence"])
        return [nodes.inline("", NOT_YET, classes=["muted"])]

    def rows(self, claim: dict, quote: bool) -> nodes.definition_list:
        """A claim's parts: what is said, the verdict, why, what to say instead, who says so."""
        parts = []
        if quote:
            parts.append(("The article says", [nodes.inline("", f"“{claim['quote']}”")]))
            parts.append(("Verdict", [self.verdict(claim)]))
        parts.append(("Evidence", self.evidence(claim)))
        if claim.get("published"):
            parts.append(("Published", self.parse(claim["published"])))
        if claim.get("corrected"):
            corrected = nodes.inline("", "", *self.parse(claim["corrected"]), classes=["corrected"])
            parts.append(("Better", [corrected]))
        if claim.get("origin"):
            parts.append(("Earlier", self.parse(claim["origin"])))
        if claim.get("literature"):
            cited = "{cite:p}`" + ",".join(claim["literature"]) + "`"
            parts.append(("Sources", self.parse(cited)))
        items = [
            nodes.definition_list_item(
                "", nodes.term("", term), nodes.definition("", nodes.paragraph("", "", *content))
            )
            for term, content in parts
        ]
        return nodes.definition_list("", *items, classes=["claim-parts"])

    def chapter(self, claim: dict, word: str = "") -> list[nodes.Node]:
        """The chapter's number and the word "evidence", linked to the pages that are written."""
        number = claim["chapter"]
        text = nodes.Text(f"{word}{number}")
        if not str(number).isdigit():
            return [text]
        page, evidence = sources.chapter(self.env, number), sources.evidence(self.env, number)
        here = self.env.docname
        parts = [links.to(self.env, page, "", text) if page and page != here else text]
        if evidence and evidence != here:
            link = links.to(self.env, evidence, anchor(claim["id"]), nodes.Text("evidence"))
            parts += [nodes.Text(" · "), link]
        return parts

    def claim(self, name: str) -> dict:
        try:
            return sources.claim(self.env, name)
        except sources.FactError as error:
            raise self.error(f"{{{self.name}}} {name}: {error}") from None


def anchor(name: str) -> str:
    """Where a page shows a claim."""
    return f"verdict-{name.lower()}"


class Verdict(Ledger):
    """``{verdict} D4``: the box on the page with the evidence."""

    required_arguments = 1

    def run(self):
        claim = self.claim(self.arguments[0])
        style = sources.VERDICTS[claim["verdict"]][0]
        box = nodes.container("", classes=["verdict", style], ids=[anchor(claim["id"])])
        name = nodes.Text(f"Claim {claim['id']}")
        head = nodes.paragraph("", "", classes=["verdict-head"])
        head += links.to(self.env, "book/claims", claim["id"].lower(), name)
        head += [nodes.Text(" · "), *self.chapter(claim, "chapter ")]
        box += head
        box += self.rows(claim, quote=True)
        return [box]


class Verdicts(Ledger):
    """``{verdicts} G D4``: a line for each claim, at the end of a lesson."""

    required_arguments = 1
    optional_arguments = 99

    def run(self):
        lines = nodes.bullet_list("", classes=["verdict-lines"])
        for name in self.arguments:
            claim = self.claim(name)
            if not claim.get("corrected"):
                raise self.error(f"{{verdicts}} {name}: it has no sentence to quote (`corrected`)")
            lines += self.line(claim)
        return [lines]

    def line(self, claim: dict) -> nodes.list_item:
        """The article's words, the verdict with the way to the card, the sentence to quote."""
        words = nodes.paragraph("", f"“{claim.get('words') or claim['quote']}”")
        words["classes"].append("line-quote")
        name = nodes.Text(f"claim {claim['id']}")
        card = links.to(self.env, "book/claims", claim["id"].lower(), name)
        verdict = nodes.paragraph("", "", self.verdict(claim), nodes.Text(" "), card)
        verdict["classes"].append("line-verdict")
        better = nodes.paragraph("", "", *self.parse(claim["corrected"]), classes=["line-better"])
        style = sources.VERDICTS[claim["verdict"]][0]
        return nodes.list_item(
            "", words, verdict, better, classes=[style], ids=[anchor(claim["id"])]
        )


class details(nodes.General, nodes.Element):
    """The browser's <details>. Of those with one ``name`` one is open at a time."""


class summary(nodes.General, nodes.TextElement):
    """What it shows while it is closed."""


class Claims(Ledger):
    """``{claims}``: filters by verdict and by chapter, with counts, and a card for each claim."""

    def run(self):
        claims = self.claims()
        ledger = nodes.container("", classes=["ledger"])
        ledger += [self.filters(claims)]
        ledger += [self.card(claim) for claim in claims]
        return [ledger]

    def filters(self, claims) -> nodes.raw:
        """Radio buttons; a style rule for each hides what was not chosen."""
        verdicts = Counter(sources.VERDICTS[claim["verdict"]][0] for claim in claims)
        words = {name: word for word, (name, _) in sources.VERDICTS.items()}
        groups = {
            "verdict": {"all": f"all ({len(claims)})"}
            | {n: f"{words[n]} ({verdicts[n]})" for n in words if verdicts[n]},
            "chapter": {"all": "all"}
            | {f"chapter-{c['chapter']}": str(c["chapter"]) for c in claims},
        }
        text = ""
        for group, choices in groups.items():
            buttons = "".join(
                f'<label><input type="radio" name="{group}" value="{name}"'
                f"{' checked' if name == 'all' else ''}> {word}</label>"
                for name, word in choices.items()
            )
            legend = group.capitalize()
            text += f'<fieldset class="ledger-filter"><legend>{legend}</legend>{buttons}</fieldset>'
            text += "<style>" + "".join(
                f'.ledger:has([name="{group}"][value="{name}"]:checked) '
                f".claim-card:not(.{name}){{display:none}}"
                for name in choices
                if name != "all"
            )
            text += "</style>"
        return nodes.raw("", text, format="html")

    def card(self, claim) -> nodes.container:
        style = sources.VERDICTS[claim["verdict"]][0]
        head = summary()
        head += nodes.strong("", claim["id"])
        head += nodes.inline("", f"“{claim['quote']}”", classes=["card-quote"])
        head += self.verdict(claim)
        where = nodes.paragraph("", "", *self.chapter(claim, "Chapter "), classes=["card-head"])
        card = details("", head, where, self.rows(claim, quote=False))
        classes = ["claim-card", style, f"chapter-{claim['chapter']}"]
        return nodes.container("", card, classes=classes, ids=[claim["id"].lower()])


class Rates(SphinxDirective):
    """``{rates}``: the tuned rates of the page's chapter that lie at an edge of their grid."""

    def run(self):
        number = Path(self.env.docname).name[:2]
        found = grids.of_chapter(number, Path(self.env.srcdir))
        for study in {s for grid in found for s in grid.studies}:
            sources.rows_of(self.env, study[:3])  # a page with other rows is made anew
        edges = [grid for grid in found if grid.edge]
        said = f"Of the {len(found)} grids of learning rates in these studies "
        if not edges:
            return [nodes.paragraph("", said + "none has its best rate at an edge.")]
        have = "has its" if len(edges) == 1 else "have their"
        said += f"{len(edges)} {have} best rate at an edge, by the runs that learn where a study "
        said += "counts them in its tuning, by the median over the seeds where not: a rate beyond "
        said += "it may do better."
        group = nodes.tgroup("", cols=4)
        group += [nodes.colspec(colwidth=w) for w in (10, 40, 35, 15)]
        group += nodes.thead("", row("study", "tuned", "tried", "best"))
        body = nodes.tbody()
        for grid in edges:
            names = " ".join(name[:3].lstrip("0") for name in grid.studies)
            tried = ", ".join(f"{rate:g}" for rate in grid.rates)
            body += row(names, nodes.literal("", grid.what), tried, f"{grid.best:g}")
        group += body
        table = nodes.table("", group, classes=["colwidths-auto"])
        return [nodes.paragraph("", said), table]


def row(*cells) -> nodes.row:
    entries = [c if isinstance(c, nodes.Node) else nodes.Text(c) for c in cells]
    return nodes.row("", *[nodes.entry("", nodes.paragraph("", "", e)) for e in entries])


def visit_details(self, node):
    name = {"name": node["name"]} if "name" in node else {}
    self.body.append(self.starttag(node, "details", "", **name))


def depart_details(self, node):
    self.body.append("</details>\n")


def visit_summary(self, node):
    self.body.append("<summary>")


def depart_summary(self, node):
    self.body.append("</summary>\n")


def name_cards(app, doctree):
    """Chapters may link to a claim by its id: `[D4](claims.md#d4)`."""
    slugs = app.env.metadata[app.env.docname].setdefault("myst_slugs", {})
    for node in doctree.findall(nodes.container):
        if "claim-card" in node["classes"]:
            name = node["ids"][0]
            slugs.setdefault(name, (node.line or 0, name, name.upper()))


def setup(app):
    app.add_role("measured", Measured())
    button, note, plain = (visit_measured, depart_measured), (visit_note, depart_note), nothing
    app.add_node(measured, html=button, latex=(plain, plain), text=(plain, plain))
    app.add_node(measured_hint, html=(visit_hint, None), latex=(skip, None), text=(skip, None))
    app.add_node(measured_note, html=note, latex=(skip, plain), text=(skip, plain))
    app.add_node(
        details,
        html=(visit_details, depart_details),
        latex=(plain, plain),
        text=(plain, plain),
    )
    app.add_node(
        summary, html=(visit_summary, depart_summary), latex=(plain, plain), text=(plain, plain)
    )
    app.add_post_transform(KeepPunctuation)
    app.add_post_transform(ShowHint)
    app.add_directive("rates", Rates)
    app.add_directive("verdict", Verdict)
    app.add_directive("verdicts", Verdicts)
    app.add_directive("claims", Claims)
    app.connect("doctree-read", name_cards)
