"""Where the book runs: what a run is taken for, and that each exception has its reason."""

import sys
from pathlib import Path

import pytest

from recurrent_book import known as page
from recurrent_book import sources
from tools import colab, compare, known, notebooks

CASE = '<testcase classname="copies.{}.notebooks.05-x.ipynb" name="Cell {}">{}</testcase>'
DIFFERS = (
    '<failure message="m">Cell outputs differ\n#x1B[94m the number is another#x1B[0m</failure>'
)
RAISED = '<failure message="m">caused an exception\n#x1B[31mValueError#x1B[39m: no</failure>'
ROWS = [
    {"place": "oldest-3.11", "notebook": "notebooks/05-x", "outcome": "same", "says": ""},
    {"place": "jax", "notebook": "notebooks/05-x", "outcome": "fails", "says": "Cell 3: no"},
]


def report(*cases: str) -> str:
    return f"<testsuites><testsuite>{''.join(cases)}</testsuite></testsuites>"


def test_a_run_is_the_same_or_runs_or_fails():
    found = known.outcomes(
        report(
            CASE.format(0, 0, ""),
            CASE.format(1, 0, DIFFERS),
            CASE.format(2, 0, DIFFERS),
            CASE.format(2, 1, RAISED),
            CASE.format(2, 2, '<skipped type="pytest.xfail"/>'),
            CASE.format(3, 0, '<skipped message="no data"/>'),
            CASE.format(4, 0, RAISED),
            CASE.format(4, 1, '<skipped message="Previous cell timed out, expected"/>'),
            CASE.format(5, 0, '<error message="m">RuntimeError: Kernel didn\'t respond</error>'),
        )
    )
    assert list(found) == [
        (0, "same", 1, ""),
        (1, "runs", 1, "Cell 0: the number is another"),
        (2, "fails", 3, "Cell 1: ValueError: no"),
        (3, "skipped", 1, ""),
        (4, "slow", 2, "Cell 0: ValueError: no"),
        (5, "slow", 1, "Cell 0: RuntimeError: Kernel didn't respond"),
    ]


def test_the_longest_notebooks_are_named_with_the_seconds_of_all_their_cells():
    timed = CASE.replace("<testcase ", '<testcase time="{}" ')
    cells = report(
        timed.format(1.2, 0, 0, ""), timed.format(9, 1, 0, ""), timed.format(2, 0, 1, "")
    )
    paths = [Path("notebooks/05-x.ipynb"), Path("notebooks/exercises/05-x.ipynb")]
    assert compare.longest(cells, paths) == ["exercises/05-x 9 s", "notebooks/05-x 3 s"]
    assert compare.longest(cells, paths, most=1) == ["exercises/05-x 9 s"]


def test_labs_are_tried_everywhere_and_studies_at_some_places(monkeypatch):
    asked = {}
    monkeypatch.setattr(known, "load", dict)
    monkeypatch.setattr(known, "save", lambda rows: None)
    monkeypatch.setattr(known.downloads, "provide", lambda paths: None)
    monkeypatch.setattr(
        known,
        "try_out",
        lambda name, place, batch, jobs: asked.setdefault(name, []).extend(batch) or [],
    )
    monkeypatch.setattr(sys, "argv", ["known"])
    known.main()
    for name, place in known.places().items():
        there = {notebooks.is_study(path) for path in asked[name]}
        assert set(notebooks.labs()) <= set(asked[name])
        assert there == ({True, False} if place.studies else {False})


def test_an_unknown_place_is_named(monkeypatch):
    monkeypatch.setattr(sys, "argv", ["known", "--where", "mars"])
    with pytest.raises(SystemExit, match="no place 'mars'"):
        known.main()


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([], "no reason is given for 'jax fails notebooks/05-x Cell 3: no'"),
        (["jax | fails | 05 | Why.", "oldest* | runs | * | Never."], "nothing .* by 'Never.'"),
        (["jax | falls | 05 | Why."], "is not places"),
    ],
)
def test_an_exception_has_a_reason_and_a_reason_an_exception(lines, said):
    with pytest.raises(sources.FactError, match=said):
        page.explain(ROWS, [page.Reason(line) for line in lines])


def test_a_reason_gets_the_rows_that_it_explains():
    reason = page.Reason("jax torch | fails | 05 06 | Why.")
    page.explain(ROWS, [reason])
    assert reason.rows == ROWS[1:]


def test_every_row_is_of_a_place_and_a_notebook_of_the_book():
    names = {p.relative_to(notebooks.ROOT).with_suffix("").as_posix() for p in notebooks.every()}
    rows = known.load()
    assert rows
    assert {place for place, _ in rows} <= known.places().keys()
    assert {name for _, name in rows} <= names


def test_colab_s_versions_are_renewed_and_the_check_s_own_stay():
    old = (
        "# Python 3.12, image of 2025-01-01.\nkeras==3.0\njupyter_client==1\n"
        "# for the check alone\nnbval==0.11"
    )
    new = colab.renewed(
        old, "Keras==3.13.2\njupyter-client==7\nnbval==9\n", "Python 3.13.15", "2026-08-19"
    )
    assert new == (
        "# Python 3.13, image of 2026-08-19.\nkeras==3.13.2\njupyter_client==7\n"
        "# for the check alone\nnbval==0.11"
    )


@pytest.mark.parametrize(("freeze", "system"), [("numpy==2", "Python 3.13"), ("keras==3", "?")])
def test_a_list_of_another_form_changes_nothing(freeze, system):
    with pytest.raises((KeyError, ValueError)):
        colab.renewed("keras==3.0\n# for the check alone", freeze, system, "2026-08-19")
