"""The graded variants: proved from a lecturer's word, without a solution; a bad source is seen."""

import re

import numpy as np
import pytest

from tools import exercises, variants
from tools.exercises import Fault

SOURCES = variants.sources()
WORD = "lantern"
SMALL = '''# %% [markdown] title
# # Graded exercise: doubles

# %% [markdown] task-1
# Write `double(x)`. From 2 it makes 4.

# %% answer-1
def double(x):
    """Twice a number."""
    ### BEGIN SOLUTION
    ### END SOLUTION


# %% check-1
def cases(rng):
    n = int(rng.integers(2, 9))
    properties = {"2 makes 4": lambda f: f(2) == 4, "n makes 2n": lambda f: f(n) == 2 * n}
    return properties, [lambda f: f(n)]


# %% oracle-1
def double(x):
    return x + x


# %% mistakes-1
def square(x):
    """That is the square."""
    return x**2


def same(x):
    """That is the number itself."""
    return x


# %% [markdown] say-1
# In one sentence: why?
'''
FAULTS = {  # what is changed in the small source: what is said about it
    "a wrong oracle": ("return x + x", "return x", "the oracle gets '✗"),
    "a mistake that is none": ("return x**2", "return 2 * x", "square gets '✓"),
    "two mistakes alike": ("return x\n", "return x**2\n", "same gets '✗ That is the square"),
    "a body": ("### END SOLUTION", "return 2 * x\n    ### END SOLUTION", "no empty gap"),
    "one mistake only": ('    """That is the square."""\n', "", "fewer than 2 mistakes"),
    "no oracle": ("# %% oracle-1", "# %% given-1", "no cell oracle-1"),
    "no question": ("[markdown] say-1", "[markdown] ask-1", "no cell say-1"),
}


def drawn(word):
    return int(np.random.default_rng(list(word.encode())).integers(2, 9))


def word_with(wanted):
    """A word from which a wanted number is drawn."""
    return next(word for word in map(str, range(99)) if wanted(drawn(word)))


@pytest.fixture
def small(tmp_path):
    """Writes a changed small source and builds it from a word in which no mistake hides."""

    def make(old="", new="", word=None):
        source = tmp_path / "01-doubles.py"
        source.write_text(SMALL.replace(old, new, 1) if old else SMALL)
        return variants.build(source, word or word_with(lambda n: n > 2))

    return make


def ran(notebook, answer: str) -> str:
    """What a notebook prints whose answer is some code."""
    names = {}
    code = [c for c in notebook.cells if c.cell_type == "code"]
    return "".join(exercises.run(answer if c.id == "answer-1" else c.source, names) for c in code)


@pytest.mark.parametrize("source", SOURCES, ids=lambda s: s.stem[:2])
def test_each_is_proved_and_tells_nothing(source):
    """The oracle passes both seeds, the rest gets its messages: `build` asks."""
    parts = exercises.cells(source)
    learners, lecturers = variants.build(source, WORD).values()
    for notebook in (learners, lecturers):
        text = "\n".join(c.source for c in notebook.cells)
        assert parts["oracle-1"] not in text
        assert all(
            f"def {name}(" not in text for name in re.findall(r"def (\w+)", parts["mistakes-1"])
        )
    hidden = str(list(WORD.encode()))
    assert hidden not in "\n".join(c.source for c in learners.cells)
    assert hidden in "\n".join(c.source for c in lecturers.cells)
    assert ran(learners, exercises.unsolved(parts["answer-1"])).startswith("· not written yet")


@pytest.mark.parametrize("fault", FAULTS)
def test_a_bad_source_is_refused(small, fault):
    old, new, said = FAULTS[fault]
    assert old in SMALL
    with pytest.raises(Fault, match=re.escape(said)):
        small(old, new)


def test_a_word_in_whose_data_a_mistake_hides_is_refused(small):
    word = word_with(lambda n: n == 2)
    with pytest.raises(Fault, match=f"word '{word}': square gets '✓"):
        small(word=word)


def test_hidden_data_are_others_and_catch_who_knows_the_learner_s(small):
    known = int(np.random.default_rng(1).integers(2, 9))
    learners, lecturers = small(word=word_with(lambda n: n not in (2, known))).values()
    by_heart = f"double = {{2: 4, {known}: {2 * known}}}.get"
    assert ran(learners, by_heart).startswith("✓")
    assert ran(lecturers, "def double(x):\n    return 2 * x").count("✓") == 2
    with pytest.raises(AssertionError):
        ran(lecturers, by_heart)


def test_both_notebooks_are_what_nbgrader_makes_of_one_another(small):
    learners, lecturers = small().values()
    marks = r"\n?### BEGIN HIDDEN TESTS\n(?s:.*?)### END HIDDEN TESTS"
    assert [c.source for c in learners.cells] == [
        exercises.unsolved(re.sub(marks, "", c.source)) for c in lecturers.cells
    ]
    assert [c.metadata for c in learners.cells] == [c.metadata for c in lecturers.cells]
