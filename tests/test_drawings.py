"""The drawings: as committed they are what their scripts draw, and planted faults are seen."""

import re
import shutil
import textwrap
from types import SimpleNamespace

import pytest
from docutils.parsers.rst import DirectiveError

from recurrent_book import drawings as directive
from tools import drawings

RULES = drawings.grammar()
ALT = "A drawing for the tests, described in a sentence that is long enough to pass."
NAME = "08-mask"


def faults_of(plant) -> str:
    """What is seen in a drawing into which `plant` draws."""
    drawing = RULES["Drawing"](100)
    plant(drawing)
    return "\n".join(drawings.look_at(drawing.svg(ALT), RULES))


def test_the_committed_drawings():
    assert drawings.check() == []


def test_a_script_draws_the_same_bytes_every_time():
    script = drawings.scripts(names=[NAME])[0]
    assert drawings.drawn(script) == drawings.drawn(script)


def test_every_word_of_the_grammar_draws_without_a_fault():
    d = RULES["Drawing"](560)
    words = d.tokens(16, 30, ["a", "sea", " "])
    d.window(words[0], words[1])
    d.hatch(words[2])
    d.bracket(16, 60, 60, "words", "below")
    d.bracket(14, 46, 120, "side", "right")
    cells = d.chain(60, 160, 3, 90, "GRU", "gru", back=True)
    d.loop(d.cell(300, 260, "RNN", "rnn"), "new")
    d.state(40, 260, ["0.5", "−1"], across=True)
    d.state(120, 260, 3)
    d.gate(180, 260)
    for x, sign in ((40, "×"), (80, "+"), (120, "−"), (180, "tanh")):
        d.node(x, 330, sign)
    with d.look("ghost"):
        d.stack(180, 400, [("Dense", "", "(B, V)", "logits"), ("LSTM", "lstm", "(B, H)", "")])
    assert len(cells) == 3 and drawings.look_at(d.svg(ALT), RULES) == []
    assert d.svg(ALT).count('class="ghost"') == 1


def test_the_example_in_the_grammar_is_a_drawing(folder):
    example = textwrap.dedent(RULES["__doc__"].split("three names:")[1].split("`python -m")[0])
    script = folder / "99-example.py"
    script.write_text(example, "utf-8")
    svg = drawings.drawn(script)
    assert drawings.look_at(svg, RULES) == [] and svg.count("<tspan") == 2


FAULTS = {
    "small text": (lambda d: d.text(50, 50, "tiny", 9), "the size 9"),
    "small index": (
        lambda d: d.element("text", "", '<tspan font-size="8">t</tspan>', font_size=14, y=50),
        "the size 8",
    ),
    "text beyond the right edge": (lambda d: d.text(350, 50, "too far"), "leaves the frame"),
    "text beyond the left edge": (
        lambda d: d.text(4, 50, "$h_{t-1}$", 16, "", "end"),
        "leaves the frame",
    ),
    "text below the frame": (lambda d: d.text(50, 99, "low"), "leaves the frame"),
    "a box beyond the edge": (lambda d: d.box(350, 50, 40, 20), "leaves the frame"),
    "text on text": (lambda d: (d.text(50, 50, "one"), d.text(55, 52, "two")), "overlap"),
    "two ids the same": (
        lambda d: (d.element("path", "", id="a"), d.element("path", "", id="a")),
        "the id 'a' is there twice",
    ),
    "a colour of its own": (lambda d: d.element("path", "", fill="#f00"), "a colour"),
    "a style of its own": (lambda d: d.element("path", "", style="fill:red"), "a colour"),
    "a transform": (lambda d: d.element("path", "", transform="scale(2)"), "a transform"),
}


@pytest.mark.parametrize("plant, told", FAULTS.values(), ids=FAULTS)
def test_a_fault_in_a_drawing_is_seen(plant, told):
    assert told in faults_of(plant)


def test_a_drawing_without_a_fault_is_not_complained_of():
    assert faults_of(lambda d: d.text(50, 50, "$h_t$ and $~c_{t-1}$", 16)) == ""


@pytest.fixture
def folder(tmp_path):
    """A copy of one drawing, with what it needs."""
    place = tmp_path / "book" / "_drawings"
    place.mkdir(parents=True)
    for name in ("grammar.py", f"{NAME}.py", f"{NAME}.svg"):
        shutil.copy(drawings.FOLDER / name, place)
    (tmp_path / "book" / "_static").mkdir()
    shutil.copy(drawings.FOLDER.parent / "_static" / "book.css", tmp_path / "book" / "_static")
    assert drawings.check(place) == []
    return place


def change(file, old, new):
    text = file.read_text("utf-8")
    assert re.search(old, text)
    file.write_text(re.sub(old, new, text, count=1), "utf-8")


@pytest.mark.parametrize(
    "end, old, new, told",
    [
        (".svg", 'rx="5"', 'rx="6"', "not what its script draws"),
        (".svg", "train", "plane", "not what its script draws"),
        (".py", "we went", "we ran", "not what its script draws"),
        (".py", r"(?s)ALT = \(.*?\n\)", 'ALT = "Three texts."', "not what its script draws"),
        (".py", r"(?s)ALT = \(.*?\n\)", 'ALT = ""', "lacks ALT"),
        (".py", r"(?s)CAPTION = \(.*?\n\)", "", "lacks CAPTION"),
        (".py", r"(?s)CAPTION = \(.*?\n\)", 'CAPTION = " ".join(["A", "batch."])', "is computed"),
    ],
)
def test_a_changed_file_is_seen(folder, end, old, new, told):
    change(folder / (NAME + end), old, new)
    assert told in "\n".join(drawings.check(folder))


def test_a_short_alt_text_is_seen_although_it_is_drawn(folder):
    change(folder / f"{NAME}.py", r"(?s)ALT = \(.*?\n\)", 'ALT = "Three texts."')
    script = folder / f"{NAME}.py"
    script.with_suffix(".svg").write_text(drawings.drawn(script), "utf-8")
    assert drawings.check(folder) == [f"{NAME}: the alt text has less than 60 characters"]


def test_two_alt_texts_exchanged_are_seen_although_they_are_drawn(folder):
    other = "08-layers"
    for end in (".py", ".svg"):
        shutil.copy(drawings.FOLDER / f"{other}{end}", folder)
    assert drawings.check(folder) == []
    alts = [drawings.constants(folder / f"{name}.py")["ALT"] for name in (other, NAME)]
    for name, alt in zip((NAME, other), alts, strict=True):
        change(folder / f"{name}.py", r"(?s)ALT = \(.*?\n\)", f"ALT = {alt!r}")
        (folder / f"{name}.svg").write_text(drawings.drawn(folder / f"{name}.py"), "utf-8")
    (told,) = drawings.check(folder)
    assert told == f"{other} and {NAME}: their alt texts would fit better exchanged"


def test_a_missing_or_an_orphaned_drawing_is_seen(folder):
    (folder / f"{NAME}.svg").rename(folder / "08-other.svg")
    faults = "\n".join(drawings.check(folder))
    assert f"{NAME}: not what" in faults and "08-other: a drawing without a script" in faults


def test_an_unknown_name_stops_the_command():
    with pytest.raises(SystemExit, match="there is no drawing 08-nothing"):
        drawings.scripts(names=["08-nothing"])


def test_ids_are_unique_on_a_page():
    svg = '<svg><style>a{}</style><g id="a"/><use href="#a"/><g id="ab" clip-path="url(#a)"/></svg>'
    assert directive.inline(svg, 7) == (
        '<svg><g id="drawing-7-a"/><use href="#drawing-7-a"/>'
        '<g id="drawing-7-ab" clip-path="url(#drawing-7-a)"/></svg>'
    )


def figure_of(name, folder, **options):
    """The figure that the directive makes of a drawing, without a whole build."""
    seen, numbers = [], iter(range(9))
    env = SimpleNamespace(
        srcdir=folder.parents[1],
        note_dependency=seen.append,
        new_serialno=lambda kind: next(numbers),
    )
    document = SimpleNamespace(settings=SimpleNamespace(env=env))
    state = SimpleNamespace(
        document=document,
        inline_text=lambda text, line: ([directive.nodes.Text(text)], []),
    )
    machine = SimpleNamespace(
        get_source_and_line=lambda line: ("page", line),
        reporter=SimpleNamespace(),
    )
    made = directive.Drawing("drawing", [name], options, [], 1, 0, "", state, machine)
    return made.run()[0], seen


def test_the_directive_makes_a_figure_that_depends_on_script_and_drawing(folder):
    figure, seen = figure_of(NAME, folder)
    picture, caption = figure.children
    assert "<style>" not in picture["svg"] and 'role="img"' in picture["svg"]
    assert caption.astext().startswith("Padding at the end")
    assert figure.astext().strip() == caption.astext()  # what the search sees
    assert seen == [f"book/_drawings/{NAME}.py", f"book/_drawings/{NAME}.svg"]
    assert figure_of(NAME, folder, caption="Another.")[0].children[1].astext() == "Another."


@pytest.mark.parametrize("name", ["08-nothing", "grammar", "../secret"])
def test_the_directive_refuses_an_unknown_name(folder, name):
    with pytest.raises(DirectiveError) as refused:
        figure_of(name, folder)
    assert refused.value.msg == f"{{drawing}}: there is no drawing {name!r}; there is {NAME}"
