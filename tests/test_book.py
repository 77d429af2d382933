"""The Sphinx extension in book/_ext: what its roles and directives make, and what they refuse.

One small book is built once; each refusal has a page of its own in it.
"""

import base64
import copy
import io
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import matplotlib as mpl
import nbformat
import pytest
import yaml
from bs4 import BeautifulSoup
from conftest import violations
from fontTools.ttLib import TTFont
from gift_reader import read_gift
from matplotlib.figure import Figure
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from recurrent_book import (
    charts,
    explorers,
    fonts,
    formatting,
    mathematics,
    policy,
    quoting,
    search,
    sources,
    theme,
)
from recurrent_book import quiz as gift
from tools import lint_site, notebooks, quiz, results

STEM = "05-vanishing-gradients"
STUDY = "05a-vanishing-gradients"
PAGE = f"notebooks/studies/{STUDY}"
DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJg"
    "gg=="
)
ALT = "A line plot: the gradient of the net falls with the lag, on a logarithmic axis."


def drawn(size=10, inches=4.5, **save) -> str:
    """A chart as matplotlib writes it, with what charts have: clips, markers, powers of ten."""
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": "x", "font.size": size}):
        figure = Figure((inches, 3))
        axes = figure.add_subplot()
        axes.semilogy([0, 1, 2], [1, 0.1, 0.001], "o-", color="#b8480b", label="SimpleRNN & more")
        axes.plot([0, 1, 2], [1, 0.5, 0.2], color="#0B4F9E")
        axes.axhline(0.05, color="black", linestyle="--")
        axes.fill_between([0, 1], [0.1, 0.1], color="#157370", alpha=0.2)
        axes.text(0.5, 0.3, "look: $W^2$", color="#b511ce", rotation=30)
        axes.set(xlabel="steps back", ylabel="of 1,000 sequences")
        axes.legend()
        file = io.BytesIO()
        figure.savefig(file, format="svg", metadata={"Date": None}, **save)
    return file.getvalue().decode()


METRICS = {
    "lag99": {"label": "gradient 99 steps back", "unit": "", "digits": 2},
    "loss": {"label": "loss", "unit": "bits per character", "digits": 3},
    "solved": {"label": "nets that solve it", "unit": "", "digits": 2, "kind": "rate"},
    "curve": {"label": "gradient by lag", "unit": "", "digits": 2},
}
HEADER = {
    "study": STUDY,
    "fingerprint": "0" * 64,
    "parameters": {"UNITS": 8},
    "metrics": METRICS,
    "versions": {"python": "3.11.2", "keras": "3.15.1", "numpy": "2.4.6", "backend": "jax"},
    "seconds": 1,
    "rows": 13,
    "failed": [["keras-lstm", 9]],
}
HEADER["versions"]["jax"] = "0.9.0"
ROWS = [
    {"key": key, "seed": seed, "lag99": base * (seed + 1), "loss": loss, "solved": seed > 0}
    | {"curve": [1.0, base * (seed + 1)]}
    for key, base, loss in [("keras-gru", 1e-6, 2.0), ("keras-lstm", 2.4e-8, 1.25)]
    for seed in (0, 1, 2)
] + [{"key": "keras-lstm", "seed": 9, "error": "ValueError: no"}]
ROWS += [  # the GRU is best at the edge of its grid, the LSTM inside
    {"key": f"tune-{cell}-{rate}", "seed": 100, "loss": loss}
    for cell, losses in (("gru", (0.3, 0.2, 0.1)), ("lstm", (0.3, 0.1, 0.2)))
    for rate, loss in zip(("3e-3", "1e-2", "3e-2"), losses, strict=True)
]
CLAIMS = [
    {
        "id": "D4",
        "quote": "this may completely stop the neural network",
        "words": "completely stop the … network",
        "chapter": 5,
        "verdict": "misleading",
        "evidence": "{measured}`05a/keras-lstm/lag99` is left {cite:p}`bengio1994`.",
        "rows": ["05a/keras-lstm/lag99"],
        "corrected": "Only *long* lags lose {measured}`05a/keras-gru/loss`.",
        "literature": ["bengio1994"],
    },
    {
        "id": "F2",
        "quote": "LSTMs remember longer",
        "chapter": 7,
        "verdict": "contested",
        "rows": [],
    },
]
QUIZ = [
    {
        "id": "5-1",
        "stem": "A loss is {measured}`05a/keras-gru/loss` where $E = 2{,}000$: why?",
        "right": "It is `2 < 3`",
        "why": "It keeps {measured}`05a/keras-gru/solved` = *much*.",
        "wrong": [
            {"option": text, "reveals": "a sign", "feedback": "See $\\nu_1 > 0$, #, ~ and {}."}
            for text in ("The *net* is 1,000", "A \\ = ~", "None")
        ],
    }
]
EVIDENCE = """# Evidence: vanishing gradients

The lesson shows {numref}`fig-one`, this page {numref}`fig-three` and {numref}`fig-four`.

```{study} 05a/by-lag
:name: fig-three
```

```{study} 05a/drawn
:name: fig-four
```

```{rates}
```

```{verdict} D4
```
"""
COVER = f"""# Book

```{{bars}} D4
The *GRU* = 05a/keras-gru/solved
LSTM = 05a/keras-lstm/loss
```

```{{tally}}
```

```{{tiles}}
{STEM} 05-dot Which cell feels it?
```
"""
THOUSANDS = (
    "\nOf 1,115,394 letters `1,000` or 2,000, 3,000. Shapes (2,100,3), 1,5 and 1,2345 stay.\n"
)
BRACKETS = "\nAs in ({measured}`05a/keras-gru/loss`, “{measured}`05a/keras-lstm/loss`”).\n"
REFERENCES = """# References

```{work} bengio1994
For the *reason*.
```

```{bibliography}
```
"""
ABOUT = """# About

```{citation}
```

```{addressed}
Somebody answers.
```
"""
GLOSSARY = """# Glossary

```{glossary}
padding
  What fills the short sequences of a batch, and is no datum.

mask
masking
  Says which steps are {term}`padding`: quetzalcoatl writes $m_t = 0$ there, or `False`.
```
"""
TOC = {
    "format": "jb-book",
    "root": "book/index",
    "parts": [
        {
            "caption": "Part I",
            "numbered": 1,
            "chapters": [
                {
                    "file": f"book/{STEM}",
                    "sections": [{"file": f"book/evidence/{STEM}", "sections": [{"file": PAGE}]}],
                }
            ],
        }
    ],
}
BIB = "@misc{bengio1994, author={Bengio, Yoshua}, title={Long lags are hard}, year={1994}}\n"
STUDY_LINE = f"[Chapter 5](../../book/{STEM}.md) · about 1 minute on two cores"
CHAPTER = """# Vanishing gradients

> The gradient will be vanishingly small.

What a gradient loses on its way back under {term}`masks`, and what is left of it.

The LSTM keeps {measured}`05a/keras-lstm/lag99`, a share of
{measured}`05a/keras-gru/lag99 ÷ 05a/keras-lstm/lag99`, {measured}`05a/keras-gru/loss` and
{measured}`05a/keras-gru/solved`. See
[a cell](../notebooks/studies/05a-vanishing-gradients.ipynb#by-lag),
[a claim](claims.md#d4) and {numref}`fig-one`.

$$ a &= b \\\\ c &= d $$ (eq-one)

By {eq}`eq-one`, $\\htmlClass{gate}{x} \\in \\mathbb{R}$.

```{study} 05a/by-lag
:name: fig-one
```

```{study} 05a/table
:show: output
:paragraph: GRU
```

```{study} 05a/net
:show: code
:part: step
:caption: The **net**
```

````{explorer} gradient
```{study} 05a/by-lag
:caption: Another caption
```
````

## Verdict

```{verdicts} D4
```

```{exercise}
:label: ex-one

Why?
```

```{solution} ex-one
:label: sol-one

Because.
```

```{quiz}
```
"""
REFUSED = {  # page: (what stands on it, what the build says)
    "no-lab": ("{measured}`06a/a/b`", "There is no study '06a'"),
    "no-key": ("{measured}`05a/keras-rnn/lag99`", "has no key 'keras-rnn'; it has keras-gru"),
    "no-metric": ("{measured}`05a/keras-gru/lag98`", "measured no 'lag98'"),
    "no-form": ("{measured}`05a/keras-gru`", "not of the form study/key/metric"),
    "a-curve": ("{measured}`05a/keras-gru/curve`", "is a curve"),
    "half-a-ratio": ("{measured}`05a/keras-gru/lag99 ÷ 05a/x/lag99`", "has no key 'x'"),
    "two-ratios": ("{measured}`05a/a/b ÷ 05a/a/b ÷ 05a/a/b`", "divides more than once"),
    "by-zero": ("{measured}`05a/keras-gru/loss ÷ 05a/keras-gru/solved`", "divides by zero"),
    "in-a-title": ("## {measured}`05a/keras-gru/loss`", "a measured number in a heading"),
    "quote-no-lab": ("```{study} 77a/by-lag\n```", "There is no study '77a'"),
    "quote-no-cell": (
        "```{study} 05a/by-leg\n```",
        "no code cell 'by-leg'; the notebook has setup",
    ),
    "quote-no-form": ("```{study} by-lag\n```", "not of the form number/cell"),
    "quote-markdown": ("```{study} 05a/title\n```", "no code cell 'title'"),
    "quote-no-figure": ("```{study} 05a/table\n```", "shows no figure"),
    "quote-no-alt": ("```{study} 05a/bare\n```", "has no alt text"),
    "quote-small-text": ("```{study} 05a/wide\n```", "in the chart would be 5.5 pixels high"),
    "quote-no-output": ("```{study} 05a/net\n:show: output\n```", "prints nothing"),
    "quote-no-part": ("```{study} 05a/net\n:show: code\n:part: x\n```", "no part 'x' is marked"),
    "quote-no-name": ("```{study} 05a/net\n:show: code\n:function: x\n```", "defines no x"),
    "quote-no-block": (
        "```{study} 05a/table\n:show: output\n:paragraph: x\n```",
        "begins with 'x'",
    ),
    "quote-lines": ("```{study} 05a/net\n:show: code\n:lines: 2-3\n```", "lines"),
    "quote-figure-part": ("```{study} 05a/by-lag\n:part: x\n```", "quotes code, not a figure"),
    "quote-a-study": ("```{lab} 05/by-lag\n```", "There is no lab '05'"),
    "quote-show": ("```{study} 05a/by-lag\n:show: plot\n```", "show"),
    "quote-option": ("```{study} 05a/by-lag\n:wide:\n```", "wide"),
    "no-claim": ("```{verdict} Z1\n```", "no claim 'Z1'"),
    "no-claims": ("```{verdicts} D4 Z1\n```", "no claim 'Z1'"),
    "no-sentence": ("```{verdicts} D4 F2\n```", "F2: it has no sentence to quote"),
    "no-claims-id": ("```{verdicts}\n```", "1 argument"),
    "no-claim-id": ("```{verdict}\n```", "1 argument"),
    "no-quiz": ("```{quiz}\n```", "quiz.yml has no question of this page"),
    "no-figure": ("```{explorer} sea\n![a picture of it](x)\n```", "no figure 'sea'"),
    "no-twin": ("```{explorer} gradient\n```", "the static twin is missing"),
    "no-bars-claim": ("```{bars} Z1\nGRU = 05a/keras-gru/loss\n```", "no claim 'Z1'"),
    "no-bars-row": ("```{bars} D4\nGRU = 05a/keras-gru/gain\n```", "{bars}: "),
    "no-bars": ("```{bars} D4\nGRU\n```", "each line has 2 parts"),
    "no-tile": (f"```{{tiles}}\n{STEM} 05-dot\n```", "each line has 3 parts"),
    "no-tile-drawing": (f"```{{tiles}}\n{STEM} 05-dat Why?\n```", "there is no 05-dat.py"),
    "no-work": ("```{work} nobody1900\nGood.\n```", "could not find bibtex key"),
    "no-work-told": ("```{work} bengio1994\n```", "Content block expected"),
    "no-sum": ("```{timetable} 60\n10 | Vote |\n```", "add up to 10, not to 60"),
    "no-row": ("```{timetable}\n10 | Vote\n```", "not of the form minutes | what | places"),
    "no-kind": ("```{timetable}\n10 | Vote | chapter 05\n```", "'chapter 05' is no place"),
    "no-section": ("```{timetable}\n10 | Vote | lesson 05#x\n```", "5 has no section 'x'"),
    "no-exercise": ("```{timetable}\n10 | Do | exercises 05#1\n```", "5 has no exercises"),
    "no-notes": ("```{materials}\n```", "there is no chapter no"),
    "no-term": ("{term}`maask`", "term not in glossary: 'maask'"),
    "bad-formula": ("$\\nosuchmacro{x}$", "Undefined control sequence"),
    "no-alt": ("![](dot.png)", "has no alt text"),
    "no-anchor": (f"[x](../notebooks/studies/{STUDY}.ipynb#by-leg)", "by-leg"),
}


def study(bare: bool) -> nbformat.NotebookNode:
    """A study with what the pages quote from, and on request a figure without alt text."""

    def code(name, source, *outputs, **metadata):
        return nbformat.v4.new_code_cell(
            source, id=name, metadata=metadata, outputs=[*outputs], execution_count=1
        )

    def text(name, source):
        return nbformat.v4.new_markdown_cell(source, id=name)

    def chart(text):
        return nbformat.v4.new_output("display_data", {"image/svg+xml": text})

    png = base64.b64encode(DOT).decode()
    picture = nbformat.v4.new_output("display_data", {"image/png": png, "text/plain": "<Figure>"})
    table = nbformat.v4.new_output("stream", name="stdout", text="net loss\n\nGRU 2.00\n")
    about = {"image": {"alt": ALT}, "figure": {"caption": "Gradient *by lag*"}}
    cells = [
        text("title", f"# Vanishing gradients: the study\n\n{STUDY_LINE}\n\nYou will see it fade."),
        code("setup", "import keras"),
        text("question", "## By lag\n\nHow much of $x$ is left?"),
        code("net", "if True:\n    # part: step\n    net = 1\n    net += 1\n    # end part"),
        code("by-lag", "plt.show()", picture, mystnb=about),
        code("table", "print(1)", table),
        code("drawn", "plt.show()", chart(drawn()), mystnb=about),
    ]
    if bare:
        cells.append(code("bare", "plt.show()", picture))
        cells.append(code("wide", "plt.show()", chart(drawn(inches=9)), mystnb=about))
    return nbformat.v4.new_notebook(cells=cells, metadata=notebooks.METADATA)


def write(root: Path, address="https://github.com/your_name/recurrent", refused=None) -> None:
    """A small book: a chapter, its study, its rows, the ledger, and pages that ask for nothing."""
    for folder in ("book/evidence", "book/_static/explorers", "notebooks/studies", "data/results"):
        (root / folder).mkdir(parents=True)
    notebook = study(bare=bool(refused))
    notebooks.write(root / f"{PAGE}.ipynb", notebook)
    lines = [json.dumps(line) for line in [HEADER, *ROWS]]
    (root / "data" / "results" / f"{STUDY}.jsonl").write_text("\n".join(lines) + "\n")
    (root / "data" / "claims.yml").write_text(yaml.safe_dump(CLAIMS, allow_unicode=True))
    (root / "data" / "quiz.yml").write_text(yaml.safe_dump(QUIZ))
    (root / "_config.yml").write_text(f"repository:\n  url: {address}\n  branch: main\n")
    (root / "book" / "references.bib").write_text(BIB)
    (root / "book" / "dot.png").write_bytes(DOT)
    (root / "book" / "_static" / "explorers" / "gradient.mjs").write_text("")
    (root / "book" / "_drawings").mkdir()
    (root / "book" / "_drawings" / "05-dot.py").write_text('ALT = "A dot."\nCAPTION = "Dot."\n')
    (root / "book" / "_drawings" / "05-dot.svg").write_text(
        '<svg role="img"><path d="M0 0"/></svg>'
    )
    (root / "node_modules").symlink_to(notebooks.ROOT / "node_modules")
    pages = {
        STEM: CHAPTER,
        f"evidence/{STEM}": EVIDENCE,
        "claims": "# Claims\n\n```{claims}\n```\n",
    }
    pages["glossary"] = GLOSSARY
    pages["references"] = REFERENCES
    pages["about"] = ABOUT
    shutil.copy(notebooks.ROOT / "CITATION.cff", root)
    pages["plain"] = (
        "# Plain\n\nNo mathematics here, but {numref}`fig-three`.\n" + THOUSANDS + BRACKETS
    )
    pages["index"] = COVER
    pages |= {name: f"# A page\n\n{text}\n" for name, (text, _) in (refused or {}).items()}
    for name, text in pages.items():
        (root / "book" / f"{name}.md").write_text(text)
    toc = copy.deepcopy(TOC)
    others = [name for name in pages if name != "index" and STEM not in name]
    toc["parts"].append({"chapters": [{"file": f"book/{name}"} for name in others]})
    (root / "_toc.yml").write_text(yaml.safe_dump(toc))


def build(root: Path) -> str:
    """Build the small book in this process; what Sphinx warned of."""
    real = yaml.safe_load((notebooks.ROOT / "_config.yml").read_text())["sphinx"]["config"]
    names = ("html_theme", "html_theme_options", "html_math_renderer", "pygments_style")
    names += ("html_additional_pages",)
    settings = {name: real[name] for name in (*names, "exercise_style", "myst_heading_anchors")}
    settings |= {
        "extensions": ["sphinx_external_toc", "myst_nb", "sphinxcontrib.bibtex", "recurrent_book"],
        "project": "Recurrent",
        "language": "en",
        "numfig": True,
        "use_multitoc_numbering": False,
        "nitpicky": True,
        "nb_execution_mode": "off",
        "myst_enable_extensions": parse_extensions(),
        "bibtex_bibfiles": ["book/references.bib"],
        "templates_path": [str(notebooks.ROOT / "book" / "_templates")],
        "html_static_path": [str(notebooks.ROOT / "book" / "_static")],
        "html_css_files": ["book.css"],
        "exclude_patterns": ["_build", "node_modules"],
    }
    said = io.StringIO()
    with patch_docutils(), docutils_namespace():
        app = Sphinx(
            root, None, root / "_build/html", root / "_build/.doctrees", "html",
            confoverrides=settings, status=None, warning=said,
        )  # fmt: skip
        app.build()
    return re.sub(r"\x1b\[[0-9;]*m", "", said.getvalue())


def parse_extensions() -> list[str]:
    config = yaml.safe_load((notebooks.ROOT / "_config.yml").read_text())
    return config["parse"]["myst_enable_extensions"]


class Book:
    def __init__(self, root: Path, **options):
        write(root, **options)
        self.build(root)

    @classmethod
    def of(cls, root: Path):
        """A book that is already written."""
        book = cls.__new__(cls)
        book.build(root)
        return book

    def build(self, root: Path):
        self.root = root
        self.warnings = build(root)

    def page(self, name: str) -> BeautifulSoup:
        path = self.root / "_build" / "html" / f"{name}.html"
        return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")

    def sections(self) -> dict:
        """What the search has of each section, by its page and anchor."""
        data = json.loads((self.root / "_build" / "html" / search.DATA).read_text("utf-8"))
        return {(p["page"], s["anchor"]): s for p in data["pages"] for s in p["sections"]}


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    return Book(tmp_path_factory.mktemp("good") / "book")


@pytest.fixture(scope="module")
def chapter(book):
    return book.page(f"book/{STEM}")


@pytest.fixture(scope="module")
def refusals(tmp_path_factory):
    return Book(tmp_path_factory.mktemp("bad") / "book", refused=REFUSED).warnings


# ---- what the extension refuses


@pytest.mark.parametrize("name", REFUSED)
def test_a_page_that_asks_for_what_is_not_there_is_refused(refusals, name):
    told = re.findall(rf"(?m)^.*book/{name}\.md.*(?:\n(?!/).*)*", refusals)
    assert any(REFUSED[name][1] in text for text in told), told or refusals


def test_only_those_pages_are_refused(refusals):
    pages = set(re.findall(r"book/([\w-]+)\.md", refusals))
    assert pages == set(REFUSED)


def test_a_notebook_s_page_refuses_a_chart_that_no_phone_can_show(refusals):
    assert re.search(rf"{PAGE}.ipynb:\d+: WARNING: '0.00' in the chart would be", refusals)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"verdict": "true"}, "has the verdict 'true'"),
        ({"id": "F2"}, "an id is there twice"),
        ({"quote": None}, "lacks quote"),
        ({"words": "stop the … brain"}, "the words of D4 are not those of its quote"),
        ({"rows": ["05a/keras-gru/lag7"]}, "measured no 'lag7'"),
        ({"evidence": "{measured}`05a/x/y`"}, "has no key 'x'"),
        ({"literature": ["nobody1900"]}, "nobody1900"),
    ],
)
def test_a_faulty_ledger_is_refused(tmp_path, change, told):
    root = tmp_path / "book"
    write(root)
    claim = {k: v for k, v in (CLAIMS[0] | change).items() if v is not None}
    (root / "data" / "claims.yml").write_text(yaml.safe_dump([claim, CLAIMS[1]]))
    assert told in build(root)


def test_a_notebook_without_its_line_is_refused(tmp_path):
    root = tmp_path / "book"
    write(root)
    path = root / f"{PAGE}.ipynb"
    path.write_text(path.read_text().replace(" · about 1 minute on two cores", ""))
    assert "no line with the notebook's minutes" in build(root)


def test_mathematics_in_a_page_s_title_is_refused(tmp_path):
    root = tmp_path / "book"
    write(root)
    (root / "book" / "plain.md").write_text("# The state $h$\n\nWords.\n")
    assert "mathematics in a page's title" in build(root)


# ---- what it makes


def test_a_good_book_builds_without_a_word(book):
    assert book.warnings == ""


def test_a_measured_number_is_a_button_with_a_note(chapter):
    buttons = chapter.select("p button.measured")
    texts = [b.text for b in buttons[:4]]
    assert texts == ["4.8\u00a0×\u00a010⁻⁸", "42", "2.00", "67\u202f%"]
    notes = [chapter.find(id=b["popovertarget"]) for b in buttons[:4]]
    for button, note in zip(buttons, notes, strict=False):
        assert note.has_attr("popover") and note.find_previous_sibling() == button
    text = notes[0].get_text(" ")
    assert "Gradient 99 steps back" in text and "median of 3 seeds; range" in text
    assert notes[0].code.text == "keras-lstm"
    assert "range 2.4\u00a0×\u00a010⁻⁸ to 7.2\u00a0×\u00a010⁻⁸" in text
    assert "Keras 3.15.1 on JAX 0.9.0, NumPy 2.4.6, Python 3.11.2" in text
    assert notes[0].a["href"] == f"../{PAGE}.html"
    assert notes[0].a.text == "Study 5a: vanishing gradients"
    assert "median ratio of 3 paired seeds" in notes[1].text
    assert "bits per character" in notes[2].text
    assert "share of 3 seeds" in notes[3].text and "(Wilson)" in notes[3].text


@pytest.mark.parametrize(("kind", "told"), [("median", "seeds"), ("timing", "rounds")])
def test_what_a_stopwatch_measured_has_rounds_and_no_seeds(kind, told):
    about = {"ms": {"label": "time of an update", "unit": "ms", "kind": kind}}
    header = {"metrics": about, "versions": {}}
    rows = [{"key": "lstm", "seed": seed, "ms": seed + 1.5} for seed in range(3)]
    found = sources.Rows("17a", header, rows, results.summary(header, rows))
    assert sources._median(found, "lstm", "ms").kind == f"median of 3 {told}"
    ratio = sources._ratio(found, "", ("lstm", "ms"), ("lstm", "ms"))
    assert ratio.kind == f"median ratio of 3 paired {told}"


def test_a_measured_number_keeps_its_bracket_and_its_full_stop(book):
    kept = [k for k in book.page("book/plain").select(".unbroken") if k.button]
    shown = ["".join([str(k.contents[0]), k.button.text, str(k.contents[-1])]) for k in kept]
    assert shown == ["(2.00,", "“1.25”)."]
    assert "As in (2.00," in book.page("book/plain").text.replace(kept[0].span.text, "")


def test_a_note_has_a_dot_for_each_seed(chapter):
    notes = [chapter.find(id=b["popovertarget"]) for b in chapter.select("p button.measured")[:4]]
    first, _, _, rate = ([path["d"] for path in note.svg.find_all("path")] for note in notes)
    assert first[0] == "M8 16H232M120 5V27"  # 1, 2 and 3 times 2.4e-8: the median in the middle
    assert first[1] == "M16 16h0M120 16h0M224 16h0"
    assert rate == ["M8 16H232", "M16 16h0M120 16h0", "M224 16h0"]  # two of three


def test_a_quoted_figure_has_alt_caption_number_and_source(chapter):
    figure = chapter.find(id="fig-one")
    assert figure.img["alt"] == ALT
    assert (figure.img["width"], figure.img["height"]) == ("1", "1")
    assert figure.find(class_="caption-number").text.strip() == "Fig. 5.1"
    assert "Gradient by lag" in figure.figcaption.text
    assert figure.select_one("a.quote-link")["href"] == f"../{PAGE}.html#by-lag"


def test_a_chart_is_part_of_its_page(book):
    page, own = book.page(f"book/evidence/{STEM}"), book.page(PAGE)
    figure = page.find(id="fig-four")
    for svg in (figure.svg, own.select_one("#drawn svg")):
        assert (svg["role"], svg["aria-label"]) == ("img", ALT)
        assert svg["viewbox"] == "0 0 324 216" and not svg.has_attr("width")
        words = [text.text for text in svg.find_all("text")]
        assert {"steps back", "SimpleRNN & more", "10−2"} <= set(words)
    assert figure.figcaption.find(class_="caption-number").text.strip() == "Fig. 5.4"
    assert not own.select("#drawn img") and own.select("#by-lag img")
    assert "SimpleRNN" not in str(book.sections())
    assert not list((book.root / "_build" / "html" / "_images").glob("*.svg"))


def test_quoted_lines_are_the_cell_s(chapter):
    output, code = chapter.select(".quote-output pre")[0], chapter.select(".quote-code pre")[0]
    assert output.text.strip() == "GRU 2.00"
    assert code.text.strip() == "net = 1\nnet += 1"
    assert chapter.select_one(".quote-caption strong").text == "net"


def test_links_to_cells_and_claims_arrive(book, chapter):
    links = [a["href"] for a in chapter.select("article p > a.reference")]
    assert f"../{PAGE}.html#by-lag" in links and "claims.html#d4" in links
    assert book.page(PAGE).find(id="by-lag")
    assert book.page("book/claims").find(id="d4")


def test_an_explorer_holds_its_data_and_its_twin(chapter):
    figure = chapter.find("rnn-gradient")
    data = json.loads(figure.script.text)
    assert data["curves"] == {"keras-gru": [1.0, 2e-6], "keras-lstm": [1.0, 4.8e-8]}
    assert (data["study"], data["seeds"]) == (STUDY, 3)
    assert figure.select_one(".twin figure img")["alt"] == ALT
    module = figure.find_next_sibling("script")
    assert module["src"] == "../_static/explorers/gradient.mjs" and module["type"] == "module"


def test_an_explorer_s_data_cannot_end_its_script(tmp_path):
    root = tmp_path / "book"
    write(root)
    path = root / "data" / "results" / f"{STUDY}.jsonl"
    path.write_text(path.read_text().replace('{"UNITS": 8}', '{"NOTE": "</script><b>"}'))
    assert build(root) == ""
    text = (root / "_build" / "html" / "book" / f"{STEM}.html").read_text()
    assert "</script><b>" not in text
    data = json.loads(BeautifulSoup(text, "html.parser").find("rnn-gradient").script.text)
    assert data["parameters"]["NOTE"] == "</script><b>"


def test_a_verdict_says_everything(book):
    box = book.page(f"book/evidence/{STEM}").find(id="verdict-d4")
    terms = [term.text for term in box.select("dt")]
    assert terms == ["The article says", "Verdict", "Evidence", "Better", "Sources"]
    assert box.select_one(".verdict-word").text == "≈ misleading"
    assert box.select_one("dd button.measured") and box.select_one("dd .bibtex-citation a")
    assert box.select_one("dd em").text == "long"
    head = box.select_one(".verdict-head")
    assert head.text == "Claim D4 · chapter 5"  # it is itself the evidence
    assert [a["href"] for a in head.select("a")] == ["../claims.html#d4", f"../{STEM}.html"]


def test_a_lesson_has_a_line_for_each_claim(chapter):
    line = chapter.select_one("ul.verdict-lines > li")
    assert line["id"] == "verdict-d4" and "misleading" in line["class"]
    words, verdict, better = line.find_all("p", recursive=False)
    assert words.text == "“completely stop the … network”"
    assert verdict.text == "≈ misleading claim D4"
    assert verdict.a["href"] == "claims.html#d4"
    assert better.em.text == "long" and better.select_one("button.measured").text == "2.00"


def test_a_quiz_tells_nothing_before_an_answer_is_opened(book, chapter):
    (question,) = chapter.select("#quiz > ol > li")
    answers = question.select("details")
    assert question["id"] == "quiz-5-1" and {a["name"] for a in answers} == {"quiz-5-1"}
    assert len(answers) == 4 and not any(a.has_attr("open") for a in answers)
    (right,) = question.select("details.right")
    assert right.summary.text == "It is 2 < 3" and right.p.text.startswith("Yes. It keeps 67")
    assert all(a.p.text.startswith("Not quite. ") for a in question.select("details.wrong"))
    assert not question.select("summary button")
    letter = quiz.LETTERS[answers.index(right)]
    assert chapter.select_one(".on-paper li").text.strip().startswith(f"{letter}. It keeps 67")
    ids = [tag["id"] for tag in chapter.select("[id]")]
    assert len(ids) == len(set(ids))
    assert not any("not quite" in s["text"].casefold() for s in book.sections().values())


def test_a_quiz_is_there_for_learning_platforms(book):
    text = (book.root / "_build" / "html" / gift.GIFT).read_text(encoding="utf-8")
    assert text.startswith("$CATEGORY: Recurrent/05 Vanishing gradients\n")
    ((name, stem, answers),) = read_gift(text)
    (asked,) = map(quiz.question, QUIZ)
    assert name == asked.name and [right for right, _, _ in answers] == [
        option.right for option in asked.options
    ]
    assert stem == r"A loss is 2.00 where \(E = 2{,}000\): why?"
    said = r"Not quite. See \(\nu_1 &gt; 0\), #, ~ and {}."
    assert {(text, told) for _, text, told in answers} == {
        ("It is <code>2 &lt; 3</code>", "Yes. It keeps 67\u202f% = <em>much</em>."),
        ("The <em>net</em> is 1\u202f000", said),
        ("A \\ = ~", said),
        ("None", said),
    }


def test_an_excerpt_is_made_of_the_quote_s_words_in_their_order():
    quote = "this may completely stop the neural network"
    assert sources.occur("", quote) and sources.occur(quote, quote)
    assert sources.occur("… may … network", quote)
    assert not sources.occur("network … may", quote) and not sources.occur("may stop", quote)


def test_the_ledger_counts_filters_and_links(book):
    page = book.page("book/claims")
    choices = [label.text.strip() for label in page.select(".ledger-filter label")]
    assert choices[:3] == ["all (2)", "contested (1)", "misleading (1)"]
    choices = [(i["name"], i["value"]) for i in page.select(".ledger-filter input")]
    assert choices == [
        *(("verdict", name) for name in ("all", "contested", "misleading")),
        *(("chapter", name) for name in ("all", "chapter-5", "chapter-7")),
    ]
    first, second = page.select(".claim-card")
    assert {"misleading", "chapter-5"} <= set(first["class"]) and first["id"] == "d4"
    assert first.summary.text.startswith("D4“this may completely stop")
    assert first.find("a", string="Chapter 5")["href"] == f"{STEM}.html"
    assert first.find("a", string="evidence")["href"] == f"evidence/{STEM}.html#verdict-d4"
    assert not second.find_all("a") and "Chapter 7" in second.text
    assert "Not yet measured here." in page.find(id="f2").text


def test_the_ledger_leads_to_evidence_that_comes_later(tmp_path):
    root = tmp_path / "book"
    write(root)
    path, toc = root / "book" / "evidence" / f"{STEM}.md", root / "_toc.yml"
    text, whole = path.read_text(), toc.read_text()
    path.unlink()
    chapters = yaml.safe_load(whole)
    chapters["parts"][0]["chapters"][0]["sections"] = [{"file": PAGE}]
    toc.write_text(yaml.safe_dump(chapters))
    (root / "book" / "plain.md").write_text("# Plain\n\nWords.\n")
    book = Book.of(root)
    assert book.warnings == ""
    assert not book.page("book/claims").find_all("a", string="evidence")
    path.write_text(text)
    toc.write_text(whole)
    assert build(root) == ""
    assert len(book.page("book/claims").find_all("a", string="evidence")) == 1


def test_a_term_shows_its_definition_and_leads_to_it(book, chapter):
    term = chapter.select_one("p > .term")
    assert (term.a.text, term.a["href"]) == ("masks", "glossary.html#term-mask")
    note = chapter.find(id=term.a["aria-describedby"])
    assert note["role"] == "tooltip" and note.parent == term
    assert note.text.startswith("Says which steps are padding: quetzalcoatl writes")
    assert note.select_one(".katex math") and note.code.text == "False" and not note.a
    page = book.page("book/glossary")
    assert [dt["id"] for dt in page.select("dt")] == ["term-padding", "term-mask", "term-masking"]
    assert not page.select(".term-note")


def test_thousands_are_set_apart_in_one_way(book):
    text = book.page("book/plain").select("article p")[1].text
    first = "Of 1\u202f115\u202f394 letters 1,000 or 2\u202f000, 3\u202f000."
    assert text == f"{first} Shapes (2,100,3), 1,5 and 1,2345 stay."


def test_notes_are_no_part_of_the_text(book, chapter):
    about = chapter.find("meta", attrs={"name": "description"})["content"]
    assert about.startswith("What a gradient loses on its way back under masks, and")
    told = [where for where, section in book.sections().items() if "quetzalcoatl" in str(section)]
    assert told == [("book/glossary", "term-mask")]
    assert "Wilson" not in str(book.sections())


def test_a_changed_definition_renews_the_pages_that_use_it(tmp_path):
    book = Book(tmp_path / "book")
    path = book.root / "book" / "glossary.md"
    path.write_text(path.read_text().replace("quetzalcoatl", "xolotl"))
    assert build(book.root) == ""
    assert "xolotl" in book.page(f"book/{STEM}").select_one(".term-note").text
    known = book.sections()
    assert "xolotl" in known["book/glossary", "term-mask"]["text"]
    (book.root / "_build" / "html" / search.DATA).unlink()
    assert build(book.root) == "" and book.sections() == known


def test_each_choice_of_a_filter_hides_the_other_claims(book):
    style = "".join(style.text for style in book.page("book/claims").select(".ledger style"))
    for group, name in (("verdict", "contested"), ("chapter", "chapter-5")):
        rule = f'.ledger:has([name="{group}"][value="{name}"]:checked) .claim-card:not(.{name})'
        assert rule + "{display:none}" in style
    css = (notebooks.ROOT / "book" / "_static" / "book.css").read_text()
    coloured = re.findall(r"(?m)^\.(\w+) \{ --verdict", css)
    assert sorted(coloured) == sorted(name for name, _ in sources.VERDICTS.values())


def test_a_chapter_has_the_number_of_its_file(book, chapter):
    assert chapter.h1.find(class_="section-number").text.strip() == "5."
    assert "(5.1)" in chapter.find(class_="eqno").text
    assert "Exercise 5.1" in chapter.find(class_="exercise").text
    assert chapter.find("details", class_="solution").summary.text == "Solution to exercise 5.1"
    sidebar = book.page("book/plain").select_one(".sidebar-tree")
    assert sidebar.find("a", href=f"{STEM}.html").text == "5. Vanishing gradients 0 min"
    assert not book.page(PAGE).select(".caption-number")


def test_each_page_of_a_chapter_leads_to_the_others(book, chapter):
    assert chapter.select_one("nav.way p").text == "Part I · chapter 5 of 5 · 0 minutes"
    for way in chapter.select(".way"):
        assert way.select_one("[aria-current]").text == "Lesson"
        assert [(a.text, a["href"]) for a in way.find_all("a")] == [
            ("Evidence", f"evidence/{STEM}.html"),
            ("Study 5a", f"../{PAGE}.html"),
        ]
    assert book.page(PAGE).select_one(".way [aria-current]").text == "Study 5a"
    assert not book.page("book/plain").select(".way")
    foot = [book.page(name).select_one(".next-page") for name in ("book/index", f"book/{STEM}")]
    assert [link.select_one(".context").text for link in foot] == [
        "Next: lesson 5", "Next: evidence 5"
    ]  # fmt: skip
    assert book.page("book/claims").select_one(".sidebar-tree .progress").text == "1 chapters"


def test_rates_at_an_edge_are_told(book):
    table = book.page(f"book/evidence/{STEM}").find("table")
    assert table.find_previous("p").text.startswith("Of the 2 grids of learning rates in these")
    assert "1 has its best rate at an edge" in table.find_previous("p").text
    cells = [[c.text.strip() for c in line.find_all("td")] for line in table.select("tbody tr")]
    assert cells == [["5a", "gru", "0.003, 0.01, 0.03", "0.03"]]


def test_an_evidence_page_goes_on_with_the_lesson_s_numbers(book, chapter):
    page = book.page(f"book/evidence/{STEM}")
    assert not page.h1.find(class_="section-number")
    numbers = [n.text.strip() for n in chapter.select("figure > figcaption .caption-number")]
    assert numbers == ["Fig. 5.1", "Fig. 5.2"]
    numbers = [n.text.strip() for n in page.select("figure > figcaption .caption-number")]
    assert numbers == ["Fig. 5.3", "Fig. 5.4"]
    told = [a.text for a in page.select("p > a.reference") if a.text.startswith("Fig")]
    assert told == ["Fig. 5.1", "Fig. 5.3", "Fig. 5.4"]
    links = book.page("book/plain").select("p > a.reference")
    assert [a.text for a in links] == ["Fig. 5.3"]
    assert links[0]["href"] == f"evidence/{STEM}.html#fig-three"


def stamps(root: Path) -> dict[str, int]:
    site = root / "_build" / "html"
    return {p.relative_to(site).as_posix(): p.stat().st_mtime_ns for p in site.rglob("*.html")}


def test_the_cover_shows_shares_verdicts_and_chapters(book):
    page = book.page("book/index")
    bars = page.select("ul.bars > li")
    assert [bar.button.text for bar in bars] == ["67\u202f%", "1.25"]
    shares = [bar.select_one(".bars-share")["style"] for bar in bars]
    assert shares == ["--share: 0.533", "--share: 1.000"]  # of the largest, 1.25
    assert page.select_one(".bars-claim").text.startswith("“completely stop")
    assert [(a.text, a["href"]) for a in page.select("ul.tally a")] == [
        ("? 1 contested", "claims.html#f2"),
        ("≈ 1 misleading", "claims.html#d4"),
    ]
    (tile,) = page.select("ul.tiles > li")
    assert tile.a["href"] == f"{STEM}.html" and tile.svg
    assert "Which cell feels it?" in tile.text and "minutes" in tile.text


def test_a_work_says_what_it_is_good_for_and_where_it_is_cited(book):
    page = book.page("book/references")
    told, listed = page.select(".cited-in")
    assert page.select_one("dl.work dt").text == "Bengio [Ben94] Long lags are hard"
    assert page.select_one("dl.work dd").text.split("\n")[0] == "For the reason."
    for line in (told, listed):
        assert line.text == "Cited in evidence 5, claims"
        assert [a["href"] for a in line.select("a")] == [f"evidence/{STEM}.html", "claims.html"]


def test_the_book_says_how_to_cite_it(book):
    page = book.page("book/about")
    assert page.blockquote.em.text.startswith("Recurrent: an overview")
    assert "Version 20" in page.blockquote.text and "http" not in page.blockquote.text
    assert "Somebody answers" not in page.text


def test_a_build_without_changes_writes_no_page(tmp_path):
    book = Book(tmp_path / "book")
    (book.root / "book" / "moved.yml").write_text("book/old: book/plain\n")
    assert build(book.root) == ""
    before = stamps(book.root)
    assert "book/old.html" in before and build(book.root) == ""
    assert stamps(book.root) == before


def test_a_changed_style_sheet_reaches_the_site(tmp_path):
    book = Book(tmp_path / "book")
    copy = book.root / "_build" / "html" / "_static" / "book.css"
    whole = copy.read_text()
    copy.write_text("p { color: red }")
    assert build(book.root) == "" and copy.read_text() == whole


def test_a_new_figure_in_the_lesson_renews_the_numbers_elsewhere(tmp_path):
    book = Book(tmp_path / "book")
    path = book.root / "book" / f"{STEM}.md"
    path.write_text(path.read_text() + "\n```{study} 05a/by-lag\n```\n\n{cite:p}`bengio1994`\n")
    assert build(book.root) == ""
    assert "chapter 5" in book.page("book/references").select_one("ul.works .cited-in").text
    assert "Fig. 5.4" in book.page("book/plain").find("article").text
    assert "Fig. 5.5" in book.page(f"book/evidence/{STEM}").find("article").text


def test_a_notebook_s_page_has_its_block_its_anchors_and_its_folds(book):
    page = book.page(PAGE)
    items = [li.text.strip() for li in page.select(".notebook-block li")]
    assert items == [
        "Download notebook",
        "Runs about 1 minute on two cores, in Colab, JupyterLab or VS Code, without a GPU",
    ]
    saved = page.select_one(".notebook-block a.download")
    path = (book.root / "_build/html/notebooks/studies" / saved["href"]).resolve()
    assert path.read_bytes() == (book.root / f"{PAGE}.ipynb").read_bytes()
    assert page.find(id="setup").details.summary.text.startswith("Show the setup")
    assert page.find(id="drawn").details.pre and not page.select("#drawn details svg")
    assert not page.select("#net details")
    assert page.find("meta", attrs={"name": "description"})["content"] == "You will see it fade."


def test_mathematics_needs_no_script_and_its_style_only_where_it_is(book, chapter):
    assert len(chapter.select(".katex math")) == len(chapter.select(".katex")) == 7
    assert chapter.select_one(".katex .gate")

    def styles(page):
        return [link["href"] for link in page.select("link[rel=stylesheet]")]

    assert any("katex" in s for s in styles(chapter))
    assert not any("katex" in s for s in styles(book.page("book/plain")))
    folder = book.root / "_build" / "html" / "_static" / "katex"
    files = re.findall(r"url\(([^)]+)\)", (folder / "katex.min.css").read_text())
    assert files and all((folder / font).exists() for font in files)
    assert max((folder / font).stat().st_size for font in files) < 16_000
    assert "KaTeX" in (folder / "katex.min.css").read_text() and (folder / "LICENSE.txt").exists()


def test_a_formula_keeps_its_full_stop_and_may_break_after_its_relation(chapter):
    [kept] = chapter.select(".unbroken:has(.gate)")
    assert kept.contents[-1] == "." and len(kept.select(".katex-base")) == 2
    assert kept.wbr.find_next_sibling()["class"] == ["katex-base"]


def test_the_site_brings_its_fonts_and_their_licences(book, chapter):
    static = book.root / "_build" / "html" / "_static"
    faces = re.findall(r"url\((fonts/[^)]+)\)", (static / "book.css").read_text())
    assert sorted(faces) == sorted(f"fonts/{name}.woff2" for name in fonts.FACES)
    for name, (_, letters, _) in fonts.FACES.items():
        font = TTFont(static / "fonts" / f"{name}.woff2")
        assert {ord("a"), ord("−")} <= set(font.getBestCmap()) <= set(map(ord, letters))
    for name in fonts.LICENCES:
        assert "SIL Open Font License" in (static / "fonts" / name).read_text("utf-8")
    preload = chapter.select_one("link[rel=preload]")
    assert preload["href"] == "../_static/fonts/text.woff2" and preload["as"] == "font"


def test_a_formula_has_its_letters_in_the_font_that_shows_them():
    formula = '<span class="mord mathnormal">x</span><span class="mop">ln</span>'
    drawing = (
        '<text class="math">5<tspan class="var">h</tspan></text><text class="muted">word</text>'
    )
    assert mathematics.letters([formula], [drawing]) == ("hx", "5ln")


def test_pages_hold_nothing_that_the_book_does_not_use(book, chapter):
    assert chapter.find("meta", attrs={"name": "description"})["content"].startswith("What a gradi")
    scripts = [tag["src"].split("?")[0] for tag in chapter.find_all("script", src=True)]
    ours = ["../_static/scripts/furo.js", "../_static/book.mjs"]
    assert scripts == ["../_static/explorers/gradient.mjs", *ours]
    ids = [tag["id"] for tag in chapter.find_all(id=True)]
    assert len(ids) == len(set(ids))
    front = book.page("index")
    assert front.html["lang"] == "en" and front.h1.a["href"] == "book/index.html"


def test_until_it_is_adopted_the_book_has_no_dead_links(book):
    for path in (book.root / "_build" / "html").rglob("*.html"):
        text = path.read_text()
        assert not any(part in text for part in ("your_name", "colab.research", "Report or ask"))
        assert not re.search('rel="canonical" href="http|og:(url|image)', text)
    assert not (book.root / "_build" / "html" / "sitemap.xml").exists()
    assert book.page("404").base["href"] == "/"


def test_an_adopted_book_links_to_its_sources_and_to_colab(tmp_path):
    book = Book(tmp_path / "book", address="https://github.com/ada/recurrent")
    assert book.warnings == ""
    page = book.page(PAGE)
    base = "https://github.com/ada/recurrent"
    assert page.find("a", rel="edit")["href"] == f"{base}/edit/main/{PAGE}.ipynb"
    assert page.select_one(".colophon a")["href"] == base
    ask = f"{base}/issues/new?title=Vanishing%20gradients%3A%20the%20study&body=About%20{PAGE}.html"
    assert page.find("a", string="Report or ask")["href"].startswith(ask)
    assert page.find("link", rel="canonical")["href"].startswith("https://ada.github.io/recurrent/")
    about = book.page("book/about")
    assert "Somebody answers" in about.text and about.select_one("blockquote a[href^=https]")
    site = book.root / "_build" / "html"
    image = page.find("meta", property="og:image")["content"]
    assert (site / image.removeprefix("https://ada.github.io/recurrent/")).exists()
    sitemap = (site / "sitemap.xml").read_text()
    pages = re.findall("<loc>https://ada.github.io/recurrent/(.*)</loc>", sitemap)
    assert f"{PAGE}.html" in pages and all((site / name).exists() for name in pages)
    assert book.page("404").base["href"] == "/recurrent/"
    colab = page.find("a", string="Open in Colab")["href"]
    assert colab.endswith(f"colab.research.google.com/github/ada/recurrent/blob/main/{PAGE}.ipynb")


def test_a_searcher_sees_another_title_and_the_heading_stays(tmp_path):
    write(tmp_path / "book")
    told = tmp_path / "book" / "book" / "found.yml"
    told.write_text(f"book/{STEM}: {{title: Gradients of LSTMs, description: How they vanish.}}\n")
    book = Book.of(tmp_path / "book")
    page = book.page(f"book/{STEM}")
    assert page.title.text.startswith("Gradients of LSTMs · Recurrent")
    assert "LSTMs" not in page.h1.text
    for name in ({"name": "description"}, {"property": "og:description"}):
        assert page.find("meta", attrs=name)["content"] == "How they vanish."
    told.write_text(f"book/{STEM}: {{description: {'long ' * 40}}}\nbook/none: {{title: None}}\n")
    warnings = build(book.root)
    assert "there is no page book/none" in warnings and "longer than 160" in warnings
    assert "LSTMs" not in book.page(f"book/{STEM}").title.text


def test_a_changed_row_and_a_changed_cell_renew_the_pages(tmp_path):
    book = Book(tmp_path / "book")
    path = book.root / "data" / "results" / f"{STUDY}.jsonl"
    path.write_text(path.read_text().replace('"loss": 2.0', '"loss": 3.0'))
    path = book.root / f"{PAGE}.ipynb"
    path.write_text(path.read_text().replace("net += 1", "net += 77"))
    assert build(book.root) == ""
    page = book.page(f"book/{STEM}")
    assert "3.00" in [b.text for b in page.select("button.measured")]
    assert "net += 77" in page.select_one(".quote-code pre").text


# ---- what a reader's hands find (Chromium)


@pytest.mark.parametrize("width", [390, 1280])
def test_a_definition_opens_and_closes_without_covering_its_term(book, browser, serve, axe, width):
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(f"{serve(book.root / '_build' / 'html')}/book/{STEM}.html")
    link, note = page.locator(".term a").first, page.locator(".term-note").first
    assert not note.is_visible()
    link.hover()
    assert note.is_visible()
    term, opened = link.bounding_box(), note.bounding_box()
    assert opened["y"] >= term["y"] + term["height"] - 3  # under the letters' descenders
    assert opened["x"] >= 0 and opened["x"] + opened["width"] <= width
    middle = term["x"] + term["width"] / 2
    page.mouse.move(middle, term["y"] + 5)
    page.mouse.move(middle, opened["y"] + 20, steps=20)  # on the way it stays
    assert note.is_visible()
    assert violations(page, axe) == []
    page.keyboard.press("Escape")
    assert not note.is_visible()
    page.mouse.move(0, 0)
    link.focus()
    assert note.is_visible()
    page.keyboard.press("Escape")
    assert not note.is_visible()
    page.close()


def test_a_touch_opens_a_definition_and_the_next_one_leads_to_it(book, browser, serve):
    page = browser.new_page(has_touch=True, is_mobile=True, viewport={"width": 390, "height": 800})
    page.goto(f"{serve(book.root / '_build' / 'html')}/book/{STEM}.html")
    link, note = page.locator(".term a").first, page.locator(".term-note").first
    link.tap()
    assert note.is_visible() and page.url.endswith(f"{STEM}.html")
    link.tap()
    page.wait_for_url("**/glossary.html#term-mask")
    page.close()


def test_the_sidebar_marks_the_lessons_that_were_opened_until_told_to_forget(book, browser, serve):
    context = browser.new_context()
    page = context.new_page()
    site, mark = f"{serve(book.root / '_build' / 'html')}/book", page.locator(".minutes.opened")
    page.goto(f"{site}/claims.html")
    assert mark.count() == 0 and "opened" not in page.locator(".progress").inner_text()
    page.goto(f"{site}/{STEM}.html")
    page.goto(f"{site}/claims.html")
    assert mark.count() == 1 and "1 opened" in page.locator(".progress").inner_text()
    page.get_by_role("button", name="Forget which chapters were opened").click()
    assert mark.count() == 0 and not context.cookies()
    page.reload()
    assert mark.count() == 0
    context.close()


def test_one_hint_says_that_numbers_open_their_source(book, chapter):
    hint = chapter.select_one(".measured-hint")
    assert hint.text.startswith("Underlined numbers open their source.")
    assert (
        hint.find_next_sibling("p").select_one("button.measured")["popovertarget"] == "measured-1"
    )
    assert len(chapter.select(".measured-hint")) == 1
    assert book.page("book/index").select_one(".measured-hint")
    assert not book.page("book/glossary").select(".measured-hint")


def test_the_tab_key_stops_once_in_a_paragraph_s_numbers(book, browser, serve):
    page = browser.new_page()
    page.goto(f"{serve(book.root / '_build' / 'html')}/book/{STEM}.html")
    numbers = page.locator("p:has(.measured):not(.line-better)").first.locator("button.measured")
    tabs = "all => all.map(one => one.tabIndex)"
    assert numbers.evaluate_all(tabs) == [0, -1, -1, -1]
    numbers.first.focus()
    for _ in range(5):  # it stops at the last
        page.keyboard.press("ArrowRight")
    assert numbers.evaluate_all(tabs) == [-1, -1, -1, 0]
    assert numbers.last.evaluate("one => one === document.activeElement")
    page.keyboard.press("ArrowLeft")
    assert numbers.evaluate_all(tabs) == [-1, -1, 0, -1]
    page.close()


def test_what_is_too_wide_fades_at_the_cut_and_the_keyboard_can_scroll_it(book, browser, serve):
    page = browser.new_page(viewport={"width": 390, "height": 800}, reduced_motion="reduce")
    page.goto(f"{serve(book.root / '_build' / 'html')}/book/{STEM}.html")
    box, cut = page.locator(".quote-code pre"), "e => getComputedStyle(e)"
    assert box.get_attribute("tabindex") is None and box.get_attribute("role") is None
    assert box.evaluate(f"{cut}.getPropertyValue('--cut-right')") == "0px"
    box.evaluate("e => { e.firstChild.textContent = 'wide '.repeat(60); }")
    page.set_viewport_size({"width": 380, "height": 800})
    page.wait_for_selector(".quote-code pre[tabindex='0'][role=group][aria-label*=scrolls]")
    assert box.evaluate(f"{cut}.getPropertyValue('--cut-right')") == "48px"
    box.evaluate("e => { e.scrollLeft = 9999; }")
    page.wait_for_function(
        "e => getComputedStyle(e).getPropertyValue('--cut-right') == '0px'",
        arg=box.element_handle(),
    )
    page.close()


def test_a_chart_follows_dark_mode_and_is_readable_on_a_phone(book, browser, serve):
    page = browser.new_page(viewport={"width": 390, "height": 800}, color_scheme="dark")
    page.goto(f"{serve(book.root / '_build' / 'html')}/book/evidence/{STEM}.html")
    found = page.evaluate(
        """() => {
          const svg = document.querySelector("svg.chart");
          const scale = svg.clientWidth / svg.viewBox.baseVal.width;
          const text = [...svg.querySelectorAll("text")].find(t => t.textContent === "steps back");
          const style = getComputedStyle(text);
          return { width: svg.clientWidth, size: parseFloat(style.fontSize) * scale,
            fill: style.fill,
            line: getComputedStyle(svg.querySelector("[style*='rnn-simplernn']")).stroke };
        }"""
    )
    assert found["width"] == charts.COLUMN and found["size"] >= charts.SMALLEST
    assert found["fill"] == "rgb(216, 219, 223)" and found["line"] == "rgb(249, 163, 66)"
    page.close()


# ---- its parts


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (2.4e-8, 2, "2.4 × 10⁻⁸"),
        (0.00123, 2, "0.0012"),
        (0.000999, 2, "0.0010"),
        (0.5, 2, "0.50"),
        (-0.5, 2, "−0.50"),
        (9.96, 2, "10"),
        (1.2345, 3, "1.23"),
        (12345, 3, "12 300"),
        (999999, 3, "1.00 × 10⁶"),
        (1e6, 2, "1.0 × 10⁶"),
        (-3e-12, 1, "−3 × 10⁻¹²"),
        (0, 3, "0"),
    ],
)
def test_numbers_are_written_as_the_book_writes_them(value, digits, text):
    written = formatting.number(value, digits)
    assert written.replace("\u00a0", " ").replace("\u202f", " ") == text


def test_counts_and_rates():
    assert formatting.number(7.0, 3, whole=True) == "7"
    assert formatting.percent(0.875, 3) == "87.5\u202f%"
    assert formatting.percent(1, 2) == "100\u202f%" and formatting.percent(0.0, 2) == "0\u202f%"
    for value in (float("nan"), float("inf")):
        with pytest.raises(ValueError):
            formatting.number(value)


CELL = """import os

total = 0


@cached
def double(x):
    # part: body
    return 2 * x
    # end part


class Net:
    pass


a, b = 1, 2
net.fit(a)"""


def test_code_is_quoted_by_the_names_that_it_defines():
    assert quoting.functions(CELL, "double") == "@cached\ndef double(x):\n    return 2 * x"
    assert quoting.functions(CELL, "net.fit, b") == "a, b = 1, 2\nnet.fit(a)"
    assert quoting.functions(CELL, "total, Net") == "total = 0\n\n\nclass Net:\n    pass"
    with pytest.raises(sources.FactError, match="defines no nothing"):
        quoting.functions(CELL, "a, nothing")


def test_code_is_quoted_by_its_marked_parts():
    assert quoting.part(CELL, "body") == "return 2 * x"
    assert "part" not in quoting.unmarked(CELL)
    with pytest.raises(sources.FactError, match="marked: body"):
        quoting.part(CELL, "head")


def test_a_chart_follows_the_page_s_colours_and_letters():
    text = charts.inline(drawn(), 'A & "B"', "chart-1")
    assert text == charts.inline(drawn(), 'A & "B"', "chart-1")
    svg = BeautifulSoup(text, "html.parser").svg
    assert svg["aria-label"] == 'A & "B"'
    for name in ("simplernn", "lstm", "gru", "highlight", "fg", "bg"):
        assert f"var(--rnn-{name})" in text
    assert not re.search("#(b8480b|0b4f9e|157370|b511ce|000000|ffffff)", text, re.I)
    assert not re.search("metadata|<style|xml|DOCTYPE|DejaVu|ns0", text)
    assert "of 1\u202f000 sequences" in text
    assert "stroke-linejoin:round" in svg["style"] and "max-width:432px" in svg["style"]
    assert not re.search(r"\d\.\d{3}", text)
    power = next(t for t in svg.find_all("text") if t.text == "10−2")
    assert [span.text for span in power.find_all("tspan")] == ["10", "−2"]
    assert len(text) < 0.7 * len(drawn())


def test_a_chart_s_names_are_there_once_and_all_are_used():
    texts = [charts.inline(drawn(), "", f"chart-{i}") for i in (1, 2)]
    names = [re.findall(r' id="([^"]+)"', text) for text in texts]
    assert names[0] and not set(names[0]) & set(names[1])
    for text, own in zip(texts, names, strict=True):
        used = re.findall(r'url\(#([^)]+)\)|href="#([^"]+)"', text)
        assert {a or b for a, b in used} == set(own)


def test_a_chart_s_text_is_readable_on_a_phone():
    charts.inline(drawn(size=8, inches=3), "", "c")  # 8 points, and shown larger
    svg = BeautifulSoup(charts.inline(drawn(size=13, inches=6.4), "", "c"), "html.parser")
    sizes = re.findall(r"font-size:([\d.]+)px", str(svg))  # exponents and indices included
    assert min(map(float, sizes)) * charts.COLUMN / (72 * 6.4) >= charts.SMALLEST - 0.01
    with pytest.raises(sources.FactError, match=r"at 6\.4 inches, text needs 12\.9 points"):
        charts.inline(drawn(size=10, inches=6.4), "", "c")


def test_what_a_chart_cannot_bring_is_refused():
    for broken, told in [
        (drawn().replace("*{", "text{"), "style sheet"),
        (drawn().replace("viewBox", "view"), "viewBox"),
    ]:
        with pytest.raises(sources.FactError, match=told):
            charts.inline(broken, "", "c")


def test_text_on_an_image_keeps_its_colour():
    figure = Figure((4, 3))
    axes = figure.add_subplot()
    axes.imshow([[1, 2], [3, 4]])
    axes.text(0, 0, "inside")
    axes.text(1, 1, "bright", color="white")
    axes.set_title("outside")
    file = io.BytesIO()
    with mpl.rc_context({"svg.fonttype": "none"}):
        figure.savefig(file, format="svg")
    svg = BeautifulSoup(charts.inline(file.getvalue(), "", "c"), "html.parser")
    style = {text.text: text.get("style", "") for text in svg.find_all("text")}
    assert "fill:#000000" in style["inside"] and "fill:#ffffff" in style["bright"]
    assert "fill" not in style["outside"] and svg.image["href"].startswith("data:image/png")


@pytest.mark.parametrize(
    ("html", "told"),
    [
        ("<p>| a | b |\n|---|---|</p>", "a table that is none"),
        ('<svg role="img" aria-label="short"></svg>', "a drawing's label is 'short'"),
    ],
)
def test_the_site_s_checks_see(book, tmp_path, html, told):
    fonts = Path("_static", "fonts")
    shutil.copytree(book.root / "_build" / "html" / fonts, tmp_path / fonts)
    allowed = f'<meta http-equiv="Content-Security-Policy" content="{policy.of("")}">'
    head = f'{allowed}<meta name="description" content="x"><title>A · Book</title>'
    begun = f'<html lang="en">{head}<h1>A</h1>'
    (tmp_path / "a.html").write_text(f"{begun}<article>{html}</article></html>")
    assert any(told in problem for problem in lint_site.check(tmp_path))
    (tmp_path / "a.html").write_text(f"{begun}<article><p>fine | a</p></article></html>")
    assert lint_site.check(tmp_path) == []


def glossary_entries() -> dict[str, tuple[str, str]]:
    """Each term of the glossary, in small letters: its entry's first term, its definition."""
    text = (notebooks.ROOT / "book" / "glossary.md").read_text()
    found = {}
    for block in re.findall(r"(?ms)^```\{glossary\}\n(.*?)^```$", text):
        for entry in re.split(r"\n\n(?=\S)", block.strip("\n")):
            names = re.findall(r"(?m)^\S.*$", entry)
            for name in names:
                assert name.lower() not in found, f"{name} is there twice"
                found[name.lower()] = names[0], entry.partition("\n  ")[2]
    return found


def test_no_term_is_explained_by_an_unexplained_one():
    entries = glossary_entries()
    needs = {}
    for first, text in entries.values():
        links = re.findall(r"\{term\}`(?:[^`<]*<)?([^`>]+)>?`", text.lower())
        needs[first] = {entries[n if n in entries else n.removesuffix("s")][0] for n in links}
        plain = re.sub(r"\{term\}`[^`]+`|`[^`]+`|\$[^$]+\$", "", text).lower()
        for name, (other, _) in entries.items():
            if other != first and re.search(rf"\b{re.escape(name)}(s|es)?\b", plain):
                assert other in needs[first], f"{first} uses {name} and does not link to it"
    explained = set()
    while ready := {name for name in needs.keys() - explained if needs[name] <= explained}:
        explained |= ready
    assert explained == needs.keys(), "these explain each other"
    assert len(explained) >= 45


def test_a_definition_is_short():
    for name, (_, text) in glossary_entries().items():
        words = re.sub(r"\{term\}`([^`<]+)[^`]*`", r"\1", text).split()
        assert 4 <= len(words) <= 48, f"{name}: {len(words)} words"


def test_the_exporter_of_the_gradient_figure_wants_curves():
    plain = [{k: v for k, v in row.items() if k != "curve"} for row in ROWS]
    rows = sources.Rows(STUDY, HEADER, plain, results.summary(HEADER, plain))
    with pytest.raises(sources.FactError):
        explorers.gradient(rows)


def test_a_description_ends_at_a_word():
    assert theme.shorten("short") == "short"
    long = theme.shorten("word " * 100)
    assert len(long) <= theme.DESCRIPTION and long.endswith("word…")


def test_katex_refuses_and_recovers(tmp_path):
    library = notebooks.ROOT / mathematics.KATEX / "katex.min.js"
    render = mathematics.Renderer(library, tmp_path / "memory.json", {})
    with pytest.raises(mathematics.MathematicsError, match="nosuch"):
        render(r"\nosuch", False)
    first = render("x^2", False)
    render.close()
    again = mathematics.Renderer(library, tmp_path / "memory.json", {})
    assert again("x^2", False) == first and again.process is None
    again.close()


def test_the_extension_needs_no_tensorflow():
    code = "import recurrent_book, sys; sys.exit(any(m in sys.modules for m in ['keras', 'numpy']))"
    folder = notebooks.ROOT / "book" / "_ext"
    assert subprocess.run([sys.executable, "-c", code], cwd=folder, check=False).returncode == 0


def test_the_npm_lock_names_no_registry():
    lock = json.loads((notebooks.ROOT / "package-lock.json").read_text())
    wanted = json.loads((notebooks.ROOT / "package.json").read_text())
    packages = {name: p for name, p in lock["packages"].items() if name}
    assert all("resolved" not in p and p["integrity"] for p in packages.values())
    for name, version in (wanted["dependencies"] | wanted["devDependencies"]).items():
        assert packages[f"node_modules/{name}"]["version"] == version


def test_what_the_site_serves_is_made_here():
    assert shutil.which("node") or Path(mathematics.node_program()).exists()
