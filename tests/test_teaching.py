"""The pages for whoever teaches: notes for each chapter, counts, code that runs, links to a hub."""

import contextlib
import io
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup

from recurrent_book import teaching
from tools import exercises, hub, lint_pages, lint_site, notebooks, quiz

FOLDER = notebooks.ROOT / "book" / "teaching"
CHAPTERS = notebooks.chapters()
CODE = re.compile(r"(?s)```python\n(.*?)```\n\n```text\n(.*?)```")
QUOTES = str.maketrans("‘’“”", "''\"\"")
ADDRESS = "https://github.com/ada/recurrent"


def page(name: str) -> BeautifulSoup:
    path = lint_site.SITE / "book" / "teaching" / f"{name}.html"
    assert path.exists(), "run `make book` first"
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def unlike(text: str) -> list[str]:
    """What the code of a page prints, where that is not what stands below it."""
    names, found = {}, []
    for code, printed in CODE.findall(text):
        with contextlib.redirect_stdout(io.StringIO()) as said:
            exec(code, names)
        found += [said.getvalue()] if said.getvalue() != printed else []
    return found


def test_the_refresher_s_code_prints_what_stands_below_it():
    text = (FOLDER / "refresher.md").read_text(encoding="utf-8")
    assert len(CODE.findall(text)) == 4 and unlike(text) == []
    assert unlike(text.replace("0.9\n0.8734", "0.9\n0.8743")) == ["0.9\n0.8734\n"]


def test_each_chapter_has_notes_of_one_form():
    assert [path.stem for path in sorted((FOLDER / "notes").glob("*.md"))] == CHAPTERS
    assert lint_pages.check_notes(FOLDER / "notes" / f"{CHAPTERS[0]}.md") == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("## Board plan", "## Board", "does not have the sections"),
        ("**The sentence to defend.**", "**The sentence.**", "has no sentence to defend"),
        ("```{misconceptions}", "```{counts}", "does not show the misconceptions"),
        (
            "{measured}`01c/exact-last-place-moves16/accuracy`",
            "0.42",
            "'0.42' in 'Two predictions' is typed by hand",
        ),
    ],
)
def test_notes_of_another_form_are_seen(tmp_path, old, new, said):
    text = (FOLDER / "notes" / f"{CHAPTERS[0]}.md").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "01-x.md"
    path.write_text(text.replace(old, new), encoding="utf-8")
    assert any(said in problem for problem in lint_pages.check_notes(path))


def test_the_table_counts_what_there_is():
    rows = [
        [int(cell.get_text()) for cell in row.find_all("td")[1:]]
        for row in page("index").select("table.counts tbody tr")
    ]
    assert len(rows) == len(CHAPTERS) + 1
    assert rows[-1] == [sum(column) for column in zip(*rows[:-1], strict=True)]
    hand, programs, hunts, solutions, mistakes, questions, _ = rows[-1]
    made = list(map(int, exercises.table().splitlines()[-1].split()[1:]))
    assert (programs, hunts, mistakes, questions) == (*made[:2], made[3], len(quiz.read()))
    assert hand + programs + hunts == solutions


@pytest.mark.parametrize("name", CHAPTERS)
def test_notes_hold_each_mistake_and_misconception_and_link_their_deck(name):
    notes = page(f"notes/{name}")
    text = " ".join(notes.article.get_text().translate(QUOTES).split())
    source = exercises.folder() / f"{name}.py"
    parts = exercises.cells(source) if source.exists() else {}
    for number in exercises.exercises(parts):
        messages = teaching.messages(parts, number)
        assert bool(messages) != exercises.is_hunt(parts, number)
        assert all(message in text for message in messages)
    wrong = [w for e in quiz.read() for w in e["wrong"] if e["id"].startswith(f"{int(name[:2])}-")]
    assert len(notes.select(".misconceptions li li")) == len(wrong) >= 12
    assert notes.select(f'a[href$="../../../slides/{name}.html"]')


@pytest.fixture
def adopted(tmp_path):
    """A book with an address, two labs and one exercise notebook, also solved."""
    (tmp_path / "_config.yml").write_text(f"repository:\n  url: {ADDRESS}\n  branch: main\n")
    for folder in ("notebooks", "notebooks/exercises", "notebooks/exercises/solved"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "05-echoes.ipynb").touch()
    (tmp_path / "notebooks" / "bridge.ipynb").touch()
    (tmp_path / "_toc.yml").write_text("parts: []\n")
    return tmp_path


def test_a_link_opens_a_notebook_on_a_hub(adopted):
    lines = hub.links("https://hub.example.org/", adopted)
    assert [line.partition("]")[0] for line in lines] == [
        "- [Chapter 5, lab",
        "- [Chapter 5, exercises",
        "- [Notation, lab",
    ]
    link = urlsplit(re.search(r"\((.*)\)", lines[1]).group(1))
    assert (link.netloc, link.path) == ("hub.example.org", "/hub/user-redirect/git-pull")
    assert parse_qs(link.query) == {
        "repo": [ADDRESS],
        "branch": ["main"],
        "urlpath": ["lab/tree/recurrent/notebooks/exercises/05-echoes.ipynb"],
    }


@pytest.mark.parametrize(
    ("address", "where", "said"),
    [
        (ADDRESS, "", "make hub HUB="),
        ("https://github.com/your_name/recurrent", "https://hub.example.org", "make address REPO="),
    ],
)
def test_without_a_hub_or_an_address_it_says_what_to_set(adopted, address, where, said):
    (adopted / "_config.yml").write_text(f"repository:\n  url: {address}\n  branch: main\n")
    with pytest.raises(SystemExit, match=said):
        hub.links(where, adopted)
