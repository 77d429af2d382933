"""A book of one chapter that passes every check: `write(folder)`. Faults are planted in it.

It is made of the same extension, templates, styles and carried files as the real book; its lesson,
evidence, lab, study, rows, ledger, quiz and drawing stand here.
"""

import base64
import json
import shutil
from pathlib import Path

import nbformat
import yaml

from tools import lint_pages, notebooks, results, study

LESSON = "01-echoes"
STUDY = "01a-echoes"
BORROWED = (
    "book/_ext",
    "book/_static",
    "book/_templates",
    "notebooks/studies/carried",
    "data/generators/tunes.py",
    "tools",
    "pyproject.toml",
    "README.md",
    "CITATION.cff",
    "CONTRIBUTING.md",
)
SVG = """<svg xmlns="http://www.w3.org/2000/svg" width="40pt" height="20pt" viewBox="0 0 40 20">
<g id="axes_1"><g id="line2d_1">
<path d="M 0 0 L 20 10 L 40 15" style="fill: none; stroke: #0b4f9e"/>
</g></g></svg>"""
DOTS = [
    base64.b64encode(base64.b64decode(dot)).decode() + "\n"
    for dot in (
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==",
    )
]
ADDRESS = f"https://raw.githubusercontent.com/someone/plays/{'6f9487a6' * 5}/play.txt"
SHA256 = "86c4e6aa" * 8
ALT = "A line plot: the echo of the small net fades with the lag and is gone after ten of them."
FOLDED = {"jupyter": {"source_hidden": True}, "cellView": "form"}
METRICS = {
    "loss": {"label": "loss", "unit": "nats", "digits": 2},
    "solved": {"label": "nets that repeat it", "unit": "", "digits": 2, "kind": "rate"},
}
ROWS = [
    {"key": key, "seed": seed, "loss": loss + seed / 10, "solved": int(seed > 0)}
    for key, loss in (("gru", 1.5), ("lstm", 0.5))
    for seed in (0, 1, 2)
]
ROWS += [{"key": f"tune-gru-{r}", "seed": 100, "loss": float(r)} for r in ("1e-1", "3e-1")]
VERSIONS = {"python": "3.11.2", "keras": "3.15.1", "numpy": "2.4.6", "backend": "jax"}
VERSIONS["jax"] = "0.9.0"
CLAIMS = [
    {
        "id": "A1",
        "quote": "the network repeats what it hears",
        "chapter": 1,
        "verdict": "misleading",
        "evidence": "The LSTM is left with {measured}`01a/lstm/loss` {cite:p}`echo1994`, the GRU "
        "with {measured}`01a/gru/loss`.",
        "rows": ["01a/lstm/loss", "01a/gru/loss"],
        "holds": {"but": ["01a/lstm/loss < 01a/gru/loss"]},
        "corrected": "A trained network may repeat what it hears.",
        "literature": ["echo1994"],
    }
]
QUIZ = [
    {
        "id": f"1-{n}",
        "stem": f"What does the echo number {n} say?",
        "right": "the same again",
        "why": "The LSTM ends at {measured}`01a/lstm/loss` nats.",
        "wrong": [
            {"option": option, "reveals": "an echo is taken for a voice", "feedback": "Listen."}
            for option in ("something else", "nothing at all", "more than that")
        ],
    }
    for n in (1, 2, 3, 4)
]
BIB = "@misc{echo1994, author={Echo, Ada}, title={Echoes are short}, year={1994}}\n"
TOC = f"""format: jb-book
root: book/index
parts:
  - caption: "Part I · Echoes"
    numbered: 1
    chapters:
      - file: book/{LESSON}
        sections:
          - file: notebooks/{LESSON}
            title: Lab
          - file: book/evidence/{LESSON}
            title: Evidence
            sections:
              - file: notebooks/studies/{STUDY}
                title: "Study: echoes"
  - caption: Back matter
    chapters:
      - file: book/claims
      - file: book/references
"""
TRAINING = """keras.utils.set_random_seed(0)


def echo(seed, units):
    return {"loss": 1 / units, "solved": 1}


rows = [measure(key, s, echo, units=UNITS) for key in ("gru", "lstm") for s in SEEDS]"""
DOWNLOAD = f"""TEXT = keras.utils.get_file(
    "play.txt",
    origin="{ADDRESS}",
    file_hash="{SHA256}",
)"""
FINDINGS = """assert STUDY["lstm"]["loss"].median < STUDY["gru"]["loss"].median
print("the LSTM hears better")"""
TABLE = """for key in ("gru", "lstm"):
    print(key, STUDY[key]["loss"].median)
gap = STUDY["gru"]["loss"].median - STUDY["lstm"]["loss"].median
print("gap", gap)"""
DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 30" role="img"
 aria-label="An echo that fades away">
<title>An echo</title><path d="M5 15h80" fill="none" stroke="currentColor"/></svg>
"""
SAID = "The same again, and each time half as loud: $0.5 \\cdot 0.5 = 0.25$ of it is left."
DRAWN = 'ALT = "A line from left to right."\nCAPTION = "An echo."\n'
PARTS = {
    "What we found": """### Is there an echo?

The LSTM ends at {measured}`01a/lstm/loss` nats,
the GRU at {measured}`01a/gru/loss`.

```{study} 01a/fading
:name: fig-fading
```""",
    "In practice": "```{lab} 01/loop\n:show: code\n```",
    "Verdict": "```{verdicts} A1\n```",
    "Now you": "\n".join(
        f"```{{exercise}}\n:label: ex-{n}\n\nWhat does the echo number {n} say?\n```\n\n"
        f"```{{solution}} ex-{n}\n:label: sol-{n}\n:class: dropdown\n\n{SAID}\n```\n"
        for n in ("one", "two", "three", "four")
    )
    + "\n```{quiz}\n```",
    "In short": "- An echo fades. More in the [ledger](claims.md#a1).",
}
EVIDENCE = {
    "Protocol": "Two nets, three seeds.\n\n```{rates}\n```",
    "Findings": "### Is there an echo?\n\n{measured}`01a/lstm/solved` of the LSTMs repeat it.\n\n"
    "```{study} 01a/table\n:show: output\n```",
    "Verdict": "See the [lesson](../01-echoes.md).\n\n```{verdict} A1\n```",
    "Sources": "{cite:p}`echo1994`.",
}
DECK = {  # title of a slide: what it shows
    "Who speaks last?": "```{drawing} 01-echo\n```",
    "Vote": "```{vote} 1-1\n```",
    "On the board": ":::{board}\n$h_t = x_t$\n:::",
    "Finding: an echo fades": "```{study} 01a/fading\n```\n\nIt ends at {measured}`01a/lstm/loss`.",
    "Its loop": "```{lab} 01/loop\n:show: code\n```",
    "Its picture": "```{lab} 01/picture\n```",
    "The claim": "```{verdicts} A1\n```",
    "Vote again": "```{vote} 1-2\n```",
    "To take home": "Nothing is lost.",
}
CARDS = f"""# Data

### claims.yml

- what: the claims

### play.txt (study 1a)

- what: a play
- address: {ADDRESS}
- sha256: {SHA256}
"""
SOURCES = {
    "play": {
        "what": "a play by Somebody",
        "where": "https://github.com/someone/plays",
        "licence": "under CC BY-SA 4.0",
        "terms": "https://creativecommons.org/licenses/by-sa/4.0/",
    }
}


def prose(words: int) -> str:
    """Plain sentences with a formula now and then, about so many words of them."""
    told = "The net hears a note and keeps it for a while. Then it says the note again. "
    paragraphs = [told * 4 + "Its state is $h_t$. " for _ in range(words // 65 + 1)]
    return "\n\n".join(paragraphs)


def body(parts: dict[str, str], titles: list[str]) -> str:
    """Sections with the titles that the checks ask for."""
    missing = [title for title in titles if title not in parts]
    assert not missing, f"the small book needs the sections {missing}"
    return "\n\n".join(f"## {title}\n\n{parts[title]}" for title in titles) + "\n"


def lesson() -> str:
    drawings = "\n\n".join(["```{drawing} 01-echo\n```"] * lint_pages.LEAST_DRAWINGS)
    return (
        f"# Echoes\n\nWho speaks last?\n\n{drawings}\n\n> The network repeats what it hears.\n\n"
        f"The [lab](../notebooks/{LESSON}.ipynb) takes a minute.\n\n"
        "$$ h_t = x_t $$ (eq-echo)\n\nBy {eq}`eq-echo` nothing is lost.\n\n"
        f"{prose(lint_pages.LESSON_WORDS[0] + 50)}\n\n{body(PARTS, lint_pages.LESSON_END)}"
    )


def evidence() -> str:
    return (
        f"# Evidence: echoes\n\nBehind the [lesson](../{LESSON}.md).\n\n"
        f"{body(EVIDENCE, lint_pages.EVIDENCE)}"
    )


def deck() -> str:
    note = "\n\n:::{notes}\n2 min. The net ends at $x_1$.\n:::\n\n"
    slides = "".join(f"## {title}\n\n{body}{note}" for title, body in DECK.items())
    return f"# Echoes\n\nWhat is left?{note}{slides}"


def cell(name, source, *outputs, tags=(), folded=False, **metadata):
    about = {"tags": list(tags)} if tags else {}
    if folded:
        about |= FOLDED
    return nbformat.v4.new_code_cell(
        source, id=name, metadata=about | metadata, outputs=list(outputs)
    )


def printed(text: str):
    return nbformat.v4.new_output("stream", name="stdout", text=text)


def drawn(dot: str, kind: str = "image/png"):
    return nbformat.v4.new_output("display_data", {kind: dot, "text/plain": "<Figure>"})


def notebook(path: Path, root: Path, cells: list) -> None:
    """Write a notebook with its title in front and its code cells counted."""
    line = notebooks.title_line(path, "about 1 minute on two cores", root)
    title = nbformat.v4.new_markdown_cell(f"# Echoes\n\n{line}\n\nYou hear it twice.", id="title")
    for count, code in enumerate((c for c in cells if c.cell_type == "code"), 1):
        code.execution_count = count
    notebooks.write(
        path, nbformat.v4.new_notebook(cells=[title, *cells], metadata=notebooks.METADATA)
    )


def lab_cells() -> list:
    figure = {"image": {"alt": ALT}, "figure": {"caption": "The echo of the lab."}}
    plot = "import matplotlib.pyplot as plt\n\nplt.plot(heard)\nplt.show()"
    return [
        cell("loop", "heard = [0.5**n for n in range(4)]\nprint(heard[-1])", printed("0.125\n")),
        cell("picture", plot, drawn(SVG, "image/svg+xml"), mystnb=figure),
    ]


def study_cells(root: Path) -> list:
    figure = {"image": {"alt": ALT}, "figure": {"caption": "The echo fades."}}
    louder = {
        "image": {
            "alt": "A line plot of what is heard again: 2 at first, louder, and 0 at the end."
        },
        "figure": {"caption": "Heard again, from 2."},
    }
    metrics = f"METRICS = {METRICS!r}"
    return [
        cell("setup", notebooks.carried("setup", root), folded=True),
        cell("shared-style", notebooks.carried("shared-style", root), folded=True),
        cell(
            "parameters",
            'SEEDS = [0]\nUNITS = 2\nFULL = {"SEEDS": [0, 1, 2]}',
            tags=["parameters"],
        ),
        cell("metrics", metrics, tags=["metrics"], folded=True),
        cell(
            "data-tunes",
            notebooks.carried("data-tunes", root),
            tags=["experiment"],
            folded=True,
        ),
        cell("download", DOWNLOAD, tags=["experiment"]),
        cell("training", TRAINING, tags=["experiment"]),
        cell("study", "STUDY = {}", tags=["study"], folded=True),
        cell("fading", "plt.plot([1, 0])\nplt.show()", drawn(DOTS[0]), mystnb=figure),
        cell("again", "plt.plot([2, 0])\nplt.show()", drawn(DOTS[1]), mystnb=louder),
        cell("table", TABLE, printed("gru 1.6\nlstm 0.6\ngap 1.0\n")),
        cell("findings", FINDINGS, printed("the LSTM hears better\n")),
        nbformat.v4.new_markdown_cell("## Try it\n\n- Set `UNITS` to 3.", id="try-it"),
    ]


def write(root: Path, address: str | None = None) -> Path:
    """Write the book into a folder; returns the folder."""
    for name in BORROWED:
        source, target = notebooks.ROOT / name, root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)
    (root / "node_modules").symlink_to(notebooks.ROOT / "node_modules")
    (root / "data" / "results").mkdir()
    config = (notebooks.ROOT / "_config.yml").read_text(encoding="utf-8")
    if address:
        config = config.replace(notebooks.repository(), address)
    pages = {
        "index": "# A small book\n\nIt has one chapter.",
        LESSON: lesson(),
        f"evidence/{LESSON}": evidence(),
        f"slides/{LESSON}": deck(),
        "claims": "# Claims\n\nWhat is said of echoes.\n\n```{claims}\n```",
        "references": "# References\n\nWho heard them.\n\n```{bibliography}\n```",
    }
    texts = {f"book/{name}.md": f"{text}\n" for name, text in pages.items()}
    texts |= {"_config.yml": config, "_toc.yml": TOC, "book/references.bib": BIB}
    texts |= {"book/_drawings/01-echo.py": DRAWN, "book/_drawings/01-echo.svg": DRAWING}
    texts |= {"data/README.md": CARDS, "data/claims.yml": yaml.safe_dump(CLAIMS)}
    texts |= {"data/sources.yml": yaml.safe_dump(SOURCES)}
    texts["data/quiz.yml"] = yaml.safe_dump(QUIZ)
    for folder in ("evidence", "slides", "_drawings"):
        (root / "book" / folder).mkdir()
    for name, text in texts.items():
        (root / name).write_text(text, encoding="utf-8")
    notebook(root / "notebooks" / f"{LESSON}.ipynb", root, lab_cells())
    path = root / "notebooks" / "studies" / f"{STUDY}.ipynb"
    notebook(path, root, study_cells(root))
    study.write_rows(path, {"study": STUDY, "versions": VERSIONS, "seconds": 1}, ROWS)
    found = notebooks.read(path)
    reads = {"gru": ["loss"], "lstm": ["loss"]}
    notebooks.tagged(found, "study")[0].source = results.study_cell(path, reads)
    notebooks.write(path, found)
    return root


def rows_of(root: Path) -> Path:
    return root / "data" / "results" / f"{STUDY}.jsonl"


def change_rows(root: Path, change) -> None:
    """Apply ``change`` to the list of rows, the header as it was."""
    header, *rows = rows_of(root).read_text(encoding="utf-8").splitlines()
    rows = [json.dumps(row) for row in change([json.loads(row) for row in rows])]
    rows_of(root).write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
