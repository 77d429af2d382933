"""The exercises: proved in this process, equal to what is committed; a bad source is seen."""

import contextlib
import io
import re

import numpy as np
import pytest
import small_book

from recurrent_book import places, search
from tools import exercises, lint_notebooks, lint_pages, notebooks

SOURCES = exercises.sources()
SMALL = '''# %% [markdown] title
# # Exercises: doubles
#
# about 5 minutes, and seconds on two cores
#
# One function.

# %% [markdown] task-1
# ## 1. Twice
#
# Write `double(x)`. From 2 it makes 4.
#
# <details class="fold"><summary>A first hint</summary>Add.</details>
# <details class="fold"><summary>A second hint</summary>What?</details>

# %% answer-1
def double(x):
    """Twice a number."""
    ### BEGIN SOLUTION
    return 2 * x
    ### END SOLUTION


# %% check-1
properties = {"2 makes 4": lambda f: f(2) == 4, "3 makes 6": lambda f: f(3) == 6}
probes = [lambda f: f(2), lambda f: f(3)]


# %% mistakes-1
def square(x):
    """That is the square."""
    return x**2


def same(x):
    """That is the number itself."""
    return x


def thrice(x):
    """That is three times the number."""
    return 3 * x


# %% [markdown] say-1
# In one sentence: why?

# %% [markdown] sentence-1
# Because.
'''
FAULTS = {  # what is changed in the small source: what is said about it
    "a wrong solution": ("return 2 * x", "return x", "the solution gets '✗"),
    "a mistake that is none": ("return 3 * x", "return x + x", "the mistake thrice gets '✓"),
    "a mistake that only the properties see": (
        "[lambda f: f(2), lambda f: f(3)]",
        "[lambda f: f(2)]",
        "at the probes square looks right",
    ),
    "two mistakes alike": (
        "return 3 * x",
        "return x**2",
        "the mistake thrice gets '✗ That is the s",
    ),
    "an answer without a gap": ("### BEGIN SOLUTION", "# here", "what is untouched gets '✓"),
    "one hint only": ('<details class="fold"><summary>A sec', "<p>A sec", "two stages"),
    "one property only": (', "3 makes 6": lambda f: f(3) == 6', "", "fewer than 2 properties"),
    "no question": ("say-1", "ask-1", "no cell say-1"),
    "a name used twice": ("[markdown] say-1", "check-1", "two cells check-1"),
    "cases that change": (
        "lambda f: f(3)]",
        "lambda f, n=globals().setdefault('drawn', []): f(len(n))]\ndrawn.append(1)",
        "a second time",
    ),
    "a name of the check": ("def same(x)", "def kind_of(x)", "defines kind_of, which the check"),
    "two mistakes only": ('    """That is three times the number."""\n', "", "fewer than 3 mist"),
}


@pytest.fixture
def book(tmp_path):
    """A book with one small source; `write(text)` makes it and returns its path."""
    (tmp_path / "_config.yml").write_text((notebooks.ROOT / "_config.yml").read_text())
    folder = exercises.folder(tmp_path)
    folder.mkdir(parents=True)
    (folder.parent / "solved").mkdir()
    (folder / "check.py").write_text((SOURCES[0].parent / "check.py").read_text())

    def write(text):
        source = folder / "01-doubles.py"
        source.write_text(text)
        for path, made in exercises.build(source, tmp_path).items():
            notebooks.write(path, made)
        return source

    write.root = tmp_path
    return write


@pytest.mark.parametrize("source", SOURCES, ids=lambda s: s.stem[:2])
def test_each_is_proved_and_equal_to_what_is_committed(source):
    """Solutions pass, what is untouched says so, each mistake gets its message: `build` asks."""
    assert exercises.stale(source) == []


@pytest.mark.parametrize("fault", FAULTS)
def test_a_bad_source_is_refused(book, fault):
    old, new, said = FAULTS[fault]
    assert SMALL.count(old) == 1
    with pytest.raises(exercises.Fault, match=re.escape(said)):
        book(SMALL.replace(old, new))


@pytest.mark.parametrize("which", [0, 1])
def test_a_notebook_that_was_changed_by_hand_is_seen(book, which):
    source = book(SMALL)
    assert exercises.stale(source, book.root) == []
    path = notebooks.exercises(book.root)[which]
    notebook = notebooks.read(path)
    notebook.cells[-1].source += " "
    notebooks.write(path, notebook)
    assert [path.name in problem for problem in exercises.stale(source, book.root)] == [True]


def test_the_learner_s_notebook_holds_no_solution_and_the_solved_one_does(book):
    book(SMALL)
    learner, solved = (
        "\n".join(cell.source for cell in notebooks.read(path).cells)
        for path in notebooks.exercises(book.root)
    )
    for text in ("2 * x", "3 * x", "x**2", "Because.", "assert held"):
        assert text not in learner
    assert "2 * x" in solved and "Because." in solved and "assert held" in solved
    assert "3 * x" not in solved


def test_the_grading_metadata(book):
    book(SMALL)
    cells = notebooks.read(notebooks.exercises(book.root)[0]).cells
    found = {c.id: c.metadata["nbgrader"] for c in cells if "nbgrader" in c.metadata}
    kinds = {n: (m["solution"], m["grade"], m["locked"], m.get("points")) for n, m in found.items()}
    assert kinds == {
        "check": (False, False, True, None),
        "answer-1": (True, False, False, None),
        "check-1": (False, True, True, 2),
        "sentence-1": (True, True, False, 1),
    }
    assert all(m["grade_id"] == n and m["schema_version"] == 3 for n, m in found.items())


def broken(x):
    raise ValueError("too small\n or none")


def forgetful(x):
    2 * x


def in_place(x):
    x *= 2
    return x


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (lambda x: x + x, "✓ all 2 properties hold"),
        (lambda x: x + 1e-9 + x, "✗ does not hold yet: 2 makes 4"),
        (broken, "✗ Your code stops at: 2 makes 4 (ValueError: too small or none)"),
        (forgetful, "✗ Your function gives None. Is there a return?"),
        (lambda x: 3 * x * (1 + 1e-9), "✗ That is three times the number."),
        (lambda: 4, "✗ Your code stops at: 2 makes 4 (TypeError"),
        (lambda x: f"{2 * x}", "✗ Your function gives a string, asked is a number, at: 2 makes 4"),
        (lambda x: 2 * x * float("nan"), "✗ Your function gives nan, at: 2 makes 4"),
        (lambda x: -2 * x, "✗ Your result has the other sign."),
        (lambda x: 2 * x * 0.693147, "✗ Your logarithm has another base"),
        (lambda x: 2 * x + 1, "✗ Your result is 1 more than what is asked."),
        (lambda x: 10 * x, "✗ Your result is 5 times what is asked."),
        (lambda x: x + 5, "✗ does not hold yet: 2 makes 4"),
        (lambda x: 2.5 * x, "✗ does not hold yet: 2 makes 4"),
        (lambda x: 2 * x * (1 + 3.6e-4 * x), "✗ does not hold yet: 2 makes 4"),
    ],
)
def test_what_a_check_says(answer, said):
    names = {"answer": answer}
    exercises.run(exercises.check_cell(SOURCES[0]), names)
    properties = {"2 makes 4": lambda f: f(2) == 4, "3 makes 6": lambda f: f(3) == 6}
    names |= {"properties": properties, "probes": [lambda f: f(2), lambda f: f(3)]}
    names["mistakes"] = {"That is three times the number.": "1 6 6 1 9 9"}
    names |= {"gives": "a number", "due": "1 4 4 1 6 6"}
    line = exercises.run("check(answer, properties, probes, mistakes, gives, due)", names)
    assert line.startswith(said) and line.count("\n") == 1


@pytest.mark.parametrize(
    ("gives", "right", "others", "wrong"),
    [
        ("an array of shape (2,)", np.ones(2), [[1, 1], (1, 1)], [1, np.ones((2, 1)), "11"]),
        ("a tuple of strings", ("a", "b"), [["a", "b"], np.array(["a", "b"])], ["ab", (1, 2)]),
        ("a list of numbers", [1, 2], [(1, 2), np.array([1, 2])], [1, "12", {1: 2}]),
        ("a tuple of 2, each a list of numbers", ([1], [2]), [[[1], [2]]], [([1],), 1]),
        (
            "a tuple of 2, each an array of shape (1,)",
            (np.ones(1),) * 2,
            [[[1], [1]]],
            [np.ones(2)],
        ),
    ],
)
def test_a_list_is_as_good_as_a_tuple_and_what_is_no_such_thing_is_named(
    gives, right, others, wrong
):
    names = {}
    exercises.run(exercises.check_cell(SOURCES[0]), names)
    assert exercises.forms(lambda: right, {**names, "properties": {"": lambda f: f()}}) == gives
    properties = {"it fits": lambda f: type(f()) is type(right) and np.array_equal(f(), right)}
    for answer in (right, *others, *wrong):
        names |= {"answer": lambda answer=answer: answer, "properties": properties, "gives": gives}
        line = exercises.run("check(answer, properties, gives=gives)", names)
        accepted = any(answer is one for one in (right, *others))
        assert line.startswith("✓" if accepted else "✗ Your function gives"), (answer, line)
        assert line.startswith("✓") or f"asked is {gives}, at: it fits\n" in line


def test_one_number_has_no_relation_and_two_have():
    names = {}
    exercises.run(exercises.check_cell(SOURCES[0]), names)
    assert names["relation"]("1 8 8 1 8 8", "1 4 4 1 4 4") == []
    assert names["relation"]("1 8 8 1 6 6", "1 4 4 1 3 3") == [
        "Your result is twice what is asked."
    ]


def test_what_a_learner_imports_does_not_stop_a_check():
    names = {}
    exercises.run(exercises.check_cell(SOURCES[0]), names)
    exercises.run("from copy import copy\n\n\ndef double(x):\n    return 2 * copy(x)\n", names)
    names["properties"] = {"2 makes 4": lambda f: f(2) == 4}
    assert exercises.run("check(double, properties)", names).startswith("✓")


def test_an_answer_that_changes_its_input_spoils_nothing_and_is_told():
    names = {}
    exercises.run(exercises.check_cell(SOURCES[0]), names)
    given = names["np"].ones(3)
    properties = {str(n): lambda f: (f(given) == 2).all() for n in range(2)}
    with contextlib.redirect_stdout(io.StringIO()) as said:
        assert names["check"](in_place, properties)
    assert said.getvalue().startswith("✓ all 2 properties hold. Your function changes what")


def test_the_table_counts_every_chapter_and_all():
    lines = exercises.table().splitlines()
    assert [line.split()[0] for line in lines[1:]] == [*(s.stem for s in SOURCES), "all"]
    rows = [list(map(int, line.split()[1:])) for line in lines[1:]]
    assert rows[-1] == [sum(column) for column in zip(*rows[:-1], strict=True)]
    assert all(row[0] + row[1] == row[2] and row[3] >= 3 * row[0] for row in rows)


def test_in_a_book_they_are_linted_and_stand_behind_the_lab(tmp_path):
    book = small_book.write(tmp_path / "book")
    folder = exercises.folder(book)
    folder.mkdir(parents=True)
    (folder.parent / "solved").mkdir()
    (folder / "check.py").write_text((SOURCES[0].parent / "check.py").read_text())
    source = folder / f"{small_book.LESSON}.py"
    source.write_text(SMALL)
    for path, made in exercises.build(source, book).items():
        notebooks.write(path, exercises.executed(path, made))
    assert [p for p in lint_notebooks.lint_in_book(book) if "does not stand under" not in p] == []
    assert "its lab, its exercises and its evidence" in lint_pages.check(book)[0]
    toc, lab = book / "_toc.yml", f"          - file: notebooks/{small_book.LESSON}\n"
    entry = f"          - file: notebooks/exercises/{small_book.LESSON}\n"
    behind = f"{lab}            title: Lab\n"
    toc.write_text(toc.read_text().replace(behind, behind + entry))
    assert lint_notebooks.lint_in_book(book) == lint_pages.check(book) == []
    notebook = notebooks.read(path)
    notebook.cells[-3].metadata["colour"] = "red"
    notebooks.write(path, notebook)
    assert "metadata 'colour' is not allowed" in lint_notebooks.lint(path)[0]


def test_a_page_of_exercises_has_its_place_and_its_name():
    page = "notebooks/exercises/05-vanishing-gradients"
    assert places.place(page) == ("exercises", "5")
    assert search.heading(page, "Exercises: gradients") == "Exercises 5: gradients"


@pytest.mark.parametrize("source", SOURCES, ids=lambda s: s.stem[:2])
def test_a_lesson_leads_to_its_exercises(source):
    page = notebooks.ROOT / "_build" / "html" / "book" / f"{source.stem}.html"
    assert page.exists(), "run `make book` first"
    assert page.read_text(encoding="utf-8").count(f"/exercises/{source.stem}.html") >= 2
