"""The {explorer} directive: an interactive figure, its data, and a static twin without scripts.

The figure is a custom element in `book/_static/explorers/NAME.mjs`. Its data come from the rows,
never from a file that somebody wrote.
"""

from __future__ import annotations

import json
from pathlib import Path

from docutils import nodes
from sphinx.util.docutils import SphinxDirective
from sphinx.util.osutil import relative_uri

from . import sources

FOLDER = "book/_static/explorers"


class explorer(nodes.General, nodes.Element):
    """An interactive figure around its twin."""


def gates(rows: sources.Rows) -> dict:
    """Study 6f: the weights of the unit of each kind that has the lowest loss."""
    units = {}
    for kind in ("lstm", "gru"):
        found = [row for row in rows.rows if row["key"] == kind]
        units[kind] = min(found, key=lambda row: row["loss"])["weights"]
    return {"study": rows.study, "units": units}


def gradient(rows: sources.Rows) -> dict:
    """Median gradient by lag for every net of study 5a, with what it was measured with."""
    curves = {key: metrics["curve"] for key, metrics in rows.table.items() if "curve" in metrics}
    if not curves:
        raise sources.FactError(f"{rows.study} has no curves")
    seeds = {row["seed"] for row in rows.rows if "curve" in row}
    return {
        "study": rows.study,
        "seeds": len(seeds),
        "parameters": rows.header["parameters"],
        "versions": rows.header["versions"],
        "curves": curves,
    }


def duel(rows: sources.Rows) -> dict:
    """Study 7a, equal parameters: for every run that learned, after how many updates."""
    cells = {"lstm": "lstm", "gru": "gru-parameters"}
    parameters = rows.header["parameters"]
    length, rates = parameters["UPDATES"], parameters["RATES"]
    runs, best = {}, {}
    for task in parameters["DUELS"]:
        for start in ("keras", "long"):
            tuned = rows.table[f"duel-{task}-parameters-{start}"]
            names = {value: name for name, value in rates.items()}
            best[f"{task}-{start}"] = [names[tuned[f"{cell}_rate"][0]] for cell in cells]
            for cell, net in cells.items():
                for rate in rates:
                    found = [r for r in rows.rows if r["key"] == f"{task}-{net}-{start}-{rate}"]
                    found = sorted(found, key=lambda row: row["seed"])
                    times = [int(r["updates"]) if r["solved"] else None for r in found]
                    runs[f"{task}-{cell}-{start}-{rate}"] = times
    return {"study": rows.study, "updates": length, "rates": rates, "best": best, "runs": runs}


def future(rows: sources.Rows) -> dict:
    """Study 9a: exact bounds and networks by how far they read ahead."""

    def losses(name: str) -> list[float]:
        measured = rows.table[f"tag-{name}"]["loss"]
        return [rows.table[f"exact-{name}"]["loss"][0], measured[0]]

    ahead = {0: "forward", 1: "delay-1", 2: "delay-2", 5: "delay-5", 59: "bi"}
    ladder = {steps: losses(name) for steps, name in ahead.items()}
    return {"study": rows.study, "ladder": ladder}


def livetext(rows: sources.Rows) -> dict:
    """Study 8d: what the exported weights lose, where in a word, and what the shown unit tells."""
    if "exported" not in rows.table:
        raise sources.FactError(f"{rows.study} has exported no weights")

    def median(key: str, metric: str) -> float:
        return rows.table[key][metric][0]

    tells = ["name", "line", "word", "speech"][int(median("shown", "which"))]
    return {
        "study": rows.study,
        "bits": median("exported", "bits"),
        **{place: median("places", place) for place in ("first", "middle", "last")},
        "tells": tells,
        "unit": int(median("shown", "unit")),
        **{metric: median(f"trained-{tells}", metric) for metric in ("kept", "letter")},
        "fresh": median(f"fresh-{tells}", "kept"),
    }


def bias(rows: sources.Rows) -> dict:
    """Study 5c: median gradient at some lags for every bias of the two cells."""
    lags = [0, 1, 2, 3, *range(5, 99, 5), 99]
    curves = {key: [metrics["curve"][k] for k in lags] for key, metrics in rows.table.items()}
    seeds = {row["seed"] for row in rows.rows}
    return {"study": rows.study, "seeds": len(seeds), "lags": lags, "curves": curves}


def changed(rows: sources.Rows) -> dict:
    """Study 3d: a story, changes of a word, and how much guesses change, network by network."""
    parameters = rows.header["parameters"]

    def lists(key: str) -> list[list[float]]:
        found = sorted((r for r in rows.rows if r["key"] == key), key=lambda row: row["seed"])
        return [[float(f"{v:.3g}") for v in row["story"]] for row in found]

    return {
        "study": rows.study,
        "story": parameters["STORY"].split(),
        "changes": parameters["CHANGES"],
        "exact": lists("exact")[0],
        "nets": {key: lists(key) for key in ("window", "simplernn", "lstm")},
    }


def cliff(rows: sources.Rows) -> dict:
    """What became of the 441 starts of study 4a, without and with clipping."""

    def shares(metric: str) -> dict:
        return {name: rows.table[f"cliff-{name}"][metric][0] for name in ("plain", "clipped")}

    return {"study": rows.study, "thrown": shares("thrown"), "reached": shares("reached")}


LOOKED = (  # the sentence whose weights study 11a keeps, and its translation
    "the red cars see a small black knife",
    "les voitures rouges voient un petit couteau noir",
)


def attention(rows: sources.Rows) -> dict:
    """Study 11a: for each French word of one sentence, the weights of the English words."""
    english, french = (sentence.split() for sentence in LOOKED)
    flat = next(row["look"] for row in rows.rows if row["key"] == "look")
    weights = [flat[n : n + len(english)] for n in range(0, len(flat), len(english))]
    if len(weights) != len(french):
        raise sources.FactError(f"{rows.study} looked at another sentence")
    return {"study": rows.study, "english": english, "french": french, "weights": weights}


def switches(rows: sources.Rows) -> dict:
    """Nothing but the study to go on to: the figure's numbers follow from its equations."""
    return {"study": rows.study}


def repeat(rows: sources.Rows) -> dict:
    """Study 16a: two strains of the first tune of each writer, and how often its notes repeat."""
    keys = {
        f"{writer}-{heat}": f"{writer}-write{'-cool' * (heat == 'cool')}"
        for writer in ("counts", "lstm", "both")
        for heat in ("cool", "warm")
    }
    first = {row["key"]: row for row in rows.rows if row["seed"] == 0}
    parameters = rows.header["parameters"]
    return {
        "study": rows.study,
        "read": parameters["BATCH"] * parameters["UPDATES"],
        "tunes": {name: first[key]["notes"][:64] for name, key in keys.items()},
        "match": {name: rows.table[key]["match"][0] for name, key in keys.items()},
    }


def blind(rows: sources.Rows) -> dict:
    """Study 16b: four bars of eight tunes, half of them the network's, from low to high."""
    kept = ("real", "pitches", "lengths", "copied")
    pieces = []
    for row in rows.rows:
        if row["key"].startswith("excerpt-"):
            title = "".join(map(chr, row.get("title", [])))
            pieces.append({name: row[name] for name in kept} | {"title": title})
    pieces.sort(key=lambda piece: sum(piece["pitches"]) / len(piece["pitches"]))
    return {"study": rows.study, "pieces": pieces}


def order(rows: sources.Rows) -> dict:
    """Study 13a: the words and the weights of the two small networks of the page."""

    def short(weights: list[float]) -> list[float]:
        return [round(weight, 3) for weight in weights]  # float32 has a tail behind three places

    found = {row["key"]: row for row in rows.rows if row["key"].startswith("page-")}
    if not found:
        raise sources.FactError(f"{rows.study} has made no networks for the page")
    return {
        "study": rows.study,
        "words": "".join(map(chr, found["page-words"]["codes"])).split(),
        "size": rows.header["parameters"]["SIZE"],
        "weights": {kind: short(found[f"page-{kind}"]["weights"]) for kind in ("bi", "bag")},
    }


EXPORTERS = {  # name: (study, its rows -> the figure's data)
    "attention": ("11a", attention),
    "bias": ("05c", bias),
    "blind": ("16b", blind),
    "changed": ("03d", changed),
    "cliff": ("04a", cliff),
    "duel": ("07a", duel),
    "future": ("09a", future),
    "gates": ("06f", gates),
    "gradient": ("05a", gradient),
    "livetext": ("08d", livetext),
    "order": ("13a", order),
    "repeat": ("16a", repeat),
    "switches": ("08a", switches),
}


class Explorer(SphinxDirective):
    """``{explorer} gradient`` around the figure that stands there without JavaScript."""

    required_arguments = 1
    has_content = True

    def run(self):
        name = self.arguments[0]
        module = Path(self.env.srcdir, FOLDER, f"{name}.mjs")
        self.env.note_dependency(module.relative_to(self.env.srcdir).as_posix())
        if name not in EXPORTERS or not module.exists():
            known = ", ".join(EXPORTERS)
            raise self.error(f"{{explorer}}: there is no figure {name!r}; there is {known}")
        if not self.content:
            raise self.error(f"{{explorer}} {name}: the static twin is missing")
        study, export = EXPORTERS[name]
        try:
            data = export(sources.rows_of(self.env, study))
        except sources.FactError as error:
            raise self.error(f"{{explorer}} {name}: {error}") from None
        twin = nodes.container("", classes=["twin"])
        self.state.nested_parse(self.content, self.content_offset, twin)
        text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
        return [explorer("", twin, name=name, data=text)]


def visit_explorer(self, node):
    self.body.append(
        f'<rnn-{node["name"]} id="explorer-{node["name"]}"><script type="application/json">'
        f"{node['data']}</script>\n"
    )


def depart_explorer(self, node):
    page = self.builder.get_target_uri(self.builder.current_docname)
    source = relative_uri(page, f"_static/explorers/{node['name']}.mjs")
    self.body.append(f'</rnn-{node["name"]}>\n<script type="module" src="{source}"></script>\n')


def setup(app):
    nothing = (lambda self, node: None, lambda self, node: None)
    app.add_node(explorer, html=(visit_explorer, depart_explorer), latex=nothing, text=nothing)
    app.add_directive("explorer", Explorer)
