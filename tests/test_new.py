"""`make new` lays out a chapter that passes the static checks and says that it is an outline."""

import os

import pytest
import small_book
import yaml

from tools import execute, lint_notebooks, lint_pages, new, notebooks, results, study


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """The small book with one chapter more, its study run and its notebooks executed."""
    root = small_book.write(tmp_path_factory.mktemp("new") / "book")
    made = new.lay_out(90, "a-new-thing", root)
    text = made[3].read_text(encoding="utf-8")
    made[3].write_text(text.replace("[0, 1]", "[0]"), encoding="utf-8")  # one kernel less
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STUDY_PID", str(os.getpid()))
        patch.setenv("KERAS_BACKEND", "jax")  # starts sooner
        study.run(made[3], jobs=1, backend="jax")
        for path in (made[3], made[2]):
            notebooks.write(path, execute.execute(path))
    return root, made


def test_it_passes_the_static_checks(book):
    root, made = book
    assert lint_pages.check(root) == []
    for path in made[2:]:
        rules = (lint_notebooks.rule_chapter, lint_notebooks.rule_address)
        assert lint_notebooks.lint(path) == []
        assert [m for rule in rules for m in rule(path, root)] == []
    assert results.stale(made[3]) == []


def test_it_stands_in_the_contents_behind_the_chapter_before_it(book):
    root, _ = book
    toc = yaml.safe_load((root / "_toc.yml").read_text())
    numbered = [c["file"] for part in toc["parts"] for c in part["chapters"]]
    lessons = [name for name in numbered if name[5:7].isdigit()]
    assert lessons[-1] == "book/90-a-new-thing" and lessons == sorted(lessons)


def test_it_refuses_a_number_that_is_taken_and_a_name_that_is_none(tmp_path):
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "05-x.md").write_text("# X\n")
    with pytest.raises(SystemExit, match="There is a chapter 5 already"):
        new.lay_out(5, "y", tmp_path)
    with pytest.raises(SystemExit, match="is not of the form"):
        new.lay_out(6, "Not A Name", tmp_path)
