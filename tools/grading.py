"""Grade exercises with nbgrader, end to end: `make grading CHAPTER=5`.

The solved notebook becomes an assignment; what nbgrader makes of it must be the learner's notebook.
Two learners hand theirs in, one with all answers, one untouched; they are graded and get feedback.
nbgrader is in no lock: this runs in an environment of its own, which has NumPy and no Keras.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook

EXERCISES = Path(__file__).resolve().parents[1] / "notebooks" / "exercises"
NAME = "exercises"


def nbgrader(course: Path, *words: str) -> None:
    command = [sys.executable, "-m", "nbgrader", *words, NAME]
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"  # it calls alembic
    environment = {**os.environ, "PATH": path}
    done = subprocess.run(command, cwd=course, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"nbgrader {words[0]} failed:\n{done.stderr[-3000:]}")


def sources(path: Path) -> list[tuple[str, str]]:
    """The cells of a notebook, but for what nbgrader writes into sentences."""
    cells = nbformat.read(path, as_version=4).cells
    return [(c.id, c.source) for c in cells if not c.id.startswith(("sentence", "title"))]


def hand_in(course: Path, learner: str, notebook: nbformat.NotebookNode, name: str) -> None:
    folder = course / "submitted" / learner / NAME
    folder.mkdir(parents=True)
    nbformat.write(notebook, folder / name)


def answered(learners: Path, solved: Path) -> nbformat.NotebookNode:
    """The learner's notebook with the answers of the solved one."""
    notebook = nbformat.read(learners, as_version=4)
    answers = {c.id: c.source for c in nbformat.read(solved, as_version=4).cells}
    for cell in notebook.cells:
        if cell.id.startswith("answer"):
            cell.source = answers[cell.id].replace("### BEGIN SOLUTION", "# mine")
    return notebook


def trip(learners: Path) -> None:
    """Assign, hand in twice, grade, give feedback. Raises ``SystemExit`` where it does not work."""
    solved = learners.parent / "solved" / learners.name
    with tempfile.TemporaryDirectory() as folder:
        course = Path(folder)
        (course / "source" / NAME).mkdir(parents=True)
        shutil.copy(solved, course / "source" / NAME)
        nbgrader(course, "generate_assignment")
        if sources(course / "release" / NAME / learners.name) != sources(learners):
            raise SystemExit(f"{learners.name} is not what nbgrader makes of the solved one")
        hand_in(course, "ada", answered(learners, solved), learners.name)
        hand_in(course, "bob", nbformat.read(learners, as_version=4), learners.name)
        nbgrader(course, "autograde")
        nbgrader(course, "generate_feedback")
        with Gradebook(f"sqlite:///{course}/gradebook.db") as book:
            scores = {
                name: book.find_submission(NAME, name).notebooks[0] for name in ("ada", "bob")
            }
            most = scores["ada"].max_code_score
            found = {name: one.code_score for name, one in scores.items()}
        if found != {"ada": most, "bob": 0} or not most:
            raise SystemExit(f"{learners.name}: of {most} points they got {found}")
        for name in found:
            if not list((course / "feedback" / name / NAME).glob("*.html")):
                raise SystemExit(f"{learners.name}: {name} got no feedback")
    print(f"{learners.stem}: assigned, handed in twice, graded ({found}), with feedback")


if __name__ == "__main__":
    for number in sys.argv[1:] or ["5"]:
        paths = sorted(EXERCISES.glob(f"{number.zfill(2)}-*.ipynb"))
        if not paths:
            raise SystemExit(f"CHAPTER={number}: there are no exercises of it")
        for path in paths:
            trip(path)
