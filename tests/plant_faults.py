"""Plant faults at random places of a copy of the book, and say which check sees each.

`python tests/plant_faults.py FOLDER [SEED [KIND …]]` clones the last commit into a folder; the seed
is that commit's hash unless one is given. Each kind of fault plants one, at a place drawn from the
seed, runs the cheap checks that could see it, and takes it away again; a check that sees it must be
green without it. A line of `FOLDER/SEED.jsonl` is a fault: what is there already is not done again.
Those that only a build can see are planted together, before one build; one that would end the build
before it comes to the others has its own, and if that is green, its site is looked through.
"""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import nbformat

ROOT = Path(__file__).parents[1]
LINTS = {
    "style": "-m ruff check --quiet .",
    "spelling": "-m codespell_lib",
    "citation": "-m check_jsonschema --builtin-schema vendor.citation-file-format CITATION.cff",
    "notebooks": "-m tools.lint_notebooks",
    "pages": "-m tools.lint_pages",
    "ledger": "-m tools.lint_claims",
    "bibliography": "-m tools.lint_works",
    "quiz": "-m tools.quiz",
    "drawings": "-m tools.drawings --check",
    "site": "-m tools.lint_site",
}
ONE_NOTEBOOK = """
import sys
from pathlib import Path
from tools import lint_notebooks as lint, notebooks, results
path = Path(sys.argv[1]).resolve()
rules = lint.rule_chapter, lint.rule_address, lint.rule_carried, lint.rule_downloads
found = lint.lint(path) + [m for rule in rules for m in rule(path, notebooks.ROOT)]
found += results.stale(path) if notebooks.is_study(path) else []
found += lint.strange_versions(notebooks.ROOT)
print("\\n".join(found))
sys.exit(bool(found))
"""


class Planted(NamedTuple):
    """A fault: the file, what was done to it, and what a build must say of it."""

    file: str
    what: str
    said: str = ""


class Kind(NamedTuple):
    """A kind of fault: how to plant one, and which checks may see it.

    A check is a name of LINTS, "notebook" (the rules for the one that is changed), "outputs" (of
    that notebook, run again), "build" (with others), "build alone", or what pytest is to run; {} is
    the part of the file's name before the first hyphen.
    """

    plant: Callable
    checks: tuple[str, ...]


KINDS: dict[str, Kind] = {}


def kind(*checks: str):
    def register(plant):
        KINDS[plant.__name__.replace("_", " ")] = Kind(plant, checks)
        return plant

    return register


class Copy:
    """A clone of the book in which faults are planted; `draw` chooses where."""

    def __init__(self, folder: Path, draw: random.Random):
        self.folder, self.draw = folder, draw

    def files(self, *patterns: str) -> list[Path]:
        return sorted(p for pattern in patterns for p in self.folder.glob(pattern) if p.is_file())

    def save(self, path: Path, content, what: str, said: str = "") -> Planted:
        """Write a text or a notebook; returns the fault that it holds now."""
        text = content if isinstance(content, str) else nbformat.writes(content) + "\n"
        path.write_text(text, encoding="utf-8")
        return Planted(path.relative_to(self.folder).as_posix(), what, said)

    def replace(self, patterns, wanted: str, change, within: str = "") -> Planted:
        """Change one match of a pattern, in one of the files that have some.

        within: a pattern of the part of the file in which to look.
        """
        patterns = (patterns,) if isinstance(patterns, str) else patterns
        places = {}
        for path in self.files(*patterns):
            text = path.read_text(encoding="utf-8")
            parts = list(re.finditer(within, text, re.M | re.S)) if within else [None]
            spans = [part.span() if part else (0, len(text)) for part in parts]
            found = [
                match
                for match in re.finditer(wanted, text, re.M)
                if any(a <= match.start() and match.end() <= b for a, b in spans)
            ]
            if found:
                places[path] = text, found
        path = self.draw.choice(sorted(places))
        text, found = places[path]
        match = self.draw.choice(found)
        new = change(match, self.draw) if callable(change) else match.expand(change)
        line = text[: match.start()].count("\n") + 1
        what = f"line {line}: {match[0][:60]!r} -> {new[:60]!r}"
        return self.save(path, text[: match.start()] + new + text[match.end() :], what, new)

    def cell(self, patterns, wanted, change) -> Planted:
        """Change one cell of a notebook, drawn from those for which ``wanted`` is true."""
        patterns = (patterns,) if isinstance(patterns, str) else patterns
        paths = self.files(*patterns)
        self.draw.shuffle(paths)
        for path in paths:
            notebook = nbformat.read(path, as_version=4)
            cells = [cell for cell in notebook.cells if wanted(cell)]
            if cells:
                cell = self.draw.choice(cells)
                what = change(cell, self.draw)
                return self.save(path, notebook, f"{cell.id}: {what}")
        raise LookupError("no such cell")


def another_sign(match, draw):
    """Minus, or plus for a minus."""
    return " - " if match[0] != " - " else " + "


def another_digit(match, draw) -> str:
    """The match with one digit changed by more than one."""
    text = match[0]
    place = draw.choice([i for i, sign in enumerate(text) if sign.isdigit()])
    new = draw.choice([d for d in "0123456789" if abs(int(d) - int(text[place])) > 1])
    return text[:place] + new + text[place + 1 :]


def in_source(pattern, change):
    """A change of a cell: one match of a pattern in its source."""

    def edit(cell, draw):
        match = draw.choice(list(re.finditer(pattern, cell.source, re.M)))
        new = change(match, draw) if callable(change) else match.expand(change)
        cell.source = cell.source[: match.start()] + new + cell.source[match.end() :]
        return f"{match[0][:50]!r} -> {new[:50]!r}"

    return edit


def code_with(pattern):
    return lambda cell: cell.cell_type == "code" and re.search(pattern, cell.source, re.M)


def tagged(tag, pattern="."):
    return lambda c: tag in c.metadata.get("tags", []) and re.search(pattern, c.source, re.M)


def about(cell, part, key):
    return cell.metadata.get("mystnb", {}).get(part, {}).get(key)


LESSONS, EVIDENCE, SLIDES = "book/[0-9]*.md", "book/evidence/*.md", "book/slides/*.md"
NOTES, LABS, STUDIES = "book/teaching/notes/*.md", "notebooks/*.ipynb", "notebooks/studies/*.ipynb"
A_SUM = r"(?<==) ?\d+\.\d+(?=\$)"
MEASURED = r"\{measured\}`(\d\d\w)/([^/`÷]+)/(\w+)`"


# ---- lessons and evidence


@kind("pages")
def a_measured_number_typed_in_what_we_found(copy):
    within = r"^## What we found$.*?^## "
    return copy.replace(
        LESSONS, MEASURED, lambda m, d: f"{d.randint(11, 99)}.{d.randint(1, 9)} %", within
    )


@kind("pages")
def a_measured_number_typed_in_a_formula(copy):
    within = r"^## What we found$.*?^## "
    return copy.replace(LESSONS, MEASURED, lambda m, d: f"$0.{d.randint(11, 89)}$", within)


@kind("pages")
def a_share_in_words(copy):
    said = ("ninety per cent of the runs", "seven of the ten seeds", "three times better")
    return copy.replace((LESSONS, EVIDENCE, SLIDES), MEASURED, lambda m, d: d.choice(said))


@kind("pages")
def a_wrong_sum(copy):
    return copy.replace((LESSONS, EVIDENCE, SLIDES), A_SUM, another_digit)


@kind("pages")
def a_wrong_number_in_a_solution(copy):
    return copy.replace(LESSONS, r"\d+\.\d+", another_digit, r"^```+\{solution\}.*?^```+$")


@kind("tests/test_worked.py -k {}")
def a_wrong_number_in_a_table(copy):
    return copy.replace("book/0[5-8]*.md", r"(?<=\| )\d\.\d\d(?= \|)", another_digit)


@kind("pages")
def a_solution_to_come(copy):
    within = r"^```+\{solution\}.*?^```+$"
    return copy.replace(LESSONS, r"\n\n[^:`](?:.|\n)*?(?=\n```+$)", r"\n\nTo do.", within)


@kind("pages")
def a_section_of_a_lesson_renamed(copy):
    return copy.replace(LESSONS, r"^## (In practice|Verdict|In short)$", r"## More")


@kind("build")
def a_row_that_is_not_there(copy):
    return copy.replace((LESSONS, EVIDENCE), MEASURED, r"{measured}`\1/\2x/\3`")


@kind("build")
def a_citation_of_nothing(copy):
    return copy.replace((LESSONS, EVIDENCE), r"\{cite:[pt]\}`\w+?(?=[`,])", r"\g<0>x")


@kind("build")
def a_cell_that_is_not_there(copy):
    return copy.replace((LESSONS, EVIDENCE), r"(?<=^```\{study\} )(\S+)", r"\1-x")


@kind("build")
def an_anchor_that_is_not_there(copy):
    return copy.replace((LESSONS, NOTES), r"\]\((\d\d-[\w-]+)\.md#([\w-]+)\)", r"](\1.md#\2-x)")


@kind("build")
def a_term_that_is_not_in_the_glossary(copy):
    return copy.replace(LESSONS, r"\{term\}`[\w -]+`", lambda m, d: m[0][:-1] + "ish`")


@kind("build")
def a_plan_that_does_not_add_up(copy):
    pattern = r"(?<=^)\d+(?= \| [A-Z])"
    plans = ("book/teaching/four-weeks.md", "book/teaching/one-day.md")
    return copy.replace(plans, pattern, lambda m, d: str(int(m[0]) + 5))._replace(said="minutes")


@kind("build")
def a_formula_that_cannot_be_set(copy):
    return copy.replace((LESSONS, EVIDENCE), r"\\(?:tfrac|odot|tanh)\b", lambda m, d: m[0] + "x")


@kind("pages")
def a_heading_of_the_notes_lost(copy):
    return copy.replace(NOTES, r"^## (Board plan|Misconceptions|If they ask)$", r"**\1**")


# ---- the ledger, the bibliography, questions


@kind("ledger")
def another_verdict(copy):
    words = ["established", "established with a caveat", "contested", "misleading", "wrong"]

    def change(match, draw):
        return draw.choice([word for word in words if word != match[0]])

    return copy.replace("data/claims.yml", r"(?<=^  verdict: ).*$", change)


@kind("ledger")
def two_numbers_of_a_claim_exchanged(copy):
    pattern = r"(\{measured\}`[^`]+`)([^{`]*)(\{measured\}`[^`]+`)"
    return copy.replace("data/claims.yml", pattern, r"\3\2\1")


@kind("ledger")
def a_comparison_turned_round(copy):
    turn = {"<": ">", ">": "<"}
    return copy.replace(
        "data/claims.yml",
        r"(?<=^      - \d).* [<>] .*",
        lambda m, d: re.sub("[<>]", lambda s: turn[s[0]], m[0]),
    )


@kind("bibliography")
def a_wrong_year(copy):
    return copy.replace(
        "book/references.bib",
        r"(?<=^  year = \{)\d+",
        lambda m, d: str(int(m[0]) - d.choice([1, 2, 7])),
    )


@kind("bibliography")
def a_wrong_preprint(copy):
    return copy.replace(
        "book/references.bib", r"(?<=eprint = \{)\d\d", lambda m, d: f"{int(m[0]) + 2:02}"
    )


@kind("quiz")
def an_answer_there_twice(copy):
    pattern = r"(?m)^  right: (.*)\n((?:.*\n)*?)    - option: .*$"
    return copy.replace("data/quiz.yml", pattern, r"  right: \1\n\2    - option: \1")


@kind("quiz")
def a_number_typed_in_a_quiz(copy):
    return copy.replace(
        "data/quiz.yml",
        r"(?<=^  why: )",
        lambda m, d: f"It is {d.randint(12, 98)} % here. ",
    )


@kind("tests/test_exam.py -k second_time")
def a_wrong_solution_of_an_exam(copy):
    return copy.replace(
        "tools/exam_solutions.py",
        r"(?<=[\w)]) [+*/-] (?=[\w(])",
        another_sign,
        r"^def .*",
    )


@kind("tests/test_exam.py")
def an_exam_that_asks_otherwise(copy):
    return copy.replace("data/exam.yml", r"(?<=\{\{)\w+(?=\}\})", r"\g<0>s")


# ---- exercises


@kind("tests/test_exercises.py -k proved and {}")
def a_wrong_solution_in_a_source(copy):
    within = r"### BEGIN SOLUTION.*?### END SOLUTION"
    return copy.replace(
        "notebooks/exercises/sources/[01]*.py",
        r" [+*/-] ",
        another_sign,
        within,
    )


@kind("tests/test_exercises.py -k proved and {}")
def an_exercise_edited_in_its_notebook(copy):
    return copy.cell(
        "notebooks/exercises/*.ipynb",
        lambda c: c.cell_type == "markdown" and re.search(r"\b(the|not)\b", c.source),
        in_source(r"\b(the|not)\b", "a"),
    )


@kind("tests/test_variants.py -k {}")
def a_wrong_oracle(copy):
    return copy.replace(
        "notebooks/exercises/variants/*.py",
        r"(?<=[\w)\]]) [+*-] (?=[\w(])",
        another_sign,
        r"# %% oracle.*?(?=^# %%)|^def oracle.*?(?=^\S)",
    )


# ---- labs and studies


@kind("notebook")
def an_assertion_that_cannot_fail(copy):
    return copy.cell(
        STUDIES, lambda c: c.id == "findings", in_source(r"(?<=assert ).*", "True or 0")
    )


@kind("notebook", "outputs")
def another_parameter(copy):
    return copy.cell(
        STUDIES,
        tagged("parameters", r"\d"),
        in_source(r"(?<=[ \[(])\d+(?=[,)\]\n])", another_digit),
    )


@kind("notebook")
def another_experiment(copy):
    wanted = lambda c: tagged("experiment", r" [+*-] ")(c) and c.id != "download"  # noqa: E731
    return copy.cell(STUDIES, wanted, in_source(r" [+*-] ", another_sign))


@kind("notebook")
def another_summary(copy):
    return copy.cell(
        STUDIES, tagged("study", '"median": '), in_source(r'(?<="median": )\d+\.\d+', another_digit)
    )


@kind("notebook")
def a_carried_cell_edited(copy):
    wanted = lambda c: c.id.startswith(("setup", "shared-", "data-"))  # noqa: E731
    return copy.cell(STUDIES, wanted, in_source(r"\b\d+\b", another_digit))


def exchange(part, key):
    """Exchange the words of two figures of a notebook."""

    def plant(copy):
        paths = list(copy.files(LABS, STUDIES))
        copy.draw.shuffle(paths)
        for path in paths:
            notebook = nbformat.read(path, as_version=4)
            cells = [cell for cell in notebook.cells if about(cell, part, key)]
            if len(cells) > 1:
                a, b = copy.draw.sample(cells, 2)
                one, two = a.metadata["mystnb"][part], b.metadata["mystnb"][part]
                one[key], two[key] = two[key], one[key]
                return copy.save(path, notebook, f"{a.id} and {b.id}")

    return plant


KINDS["two alt texts exchanged"] = Kind(exchange("image", "alt"), ("notebook",))
KINDS["two captions exchanged"] = Kind(exchange("figure", "caption"), ("notebook",))


@kind("notebook")
def a_number_typed_in_a_caption(copy):
    def change(cell, draw):
        number = f" It is {draw.randint(11, 89)}.{draw.randint(1, 9)} for the GRU."
        cell.metadata["mystnb"]["figure"]["caption"] += number
        return number

    return copy.cell((LABS, STUDIES), lambda c: about(c, "figure", "caption"), change)


@kind("notebook")
def chance_without_a_seed(copy):
    added = ["np.random.default_rng(None)", "__import__('time').time()", "np.random.uniform()"]
    return copy.cell(
        (LABS, STUDIES),
        code_with(r"^\w+ = "),
        lambda c, d: c.update(source=f"{c.source}\nluck = {d.choice(added)}") or "luck",
    )


@kind("notebook")
def a_file_outside(copy):
    added = ["open('/' + 'data/x', 'w')", "Path.home()", "keras.datasets.imdb.load_data()"]
    return copy.cell(
        (LABS, STUDIES),
        code_with(r"^\w+ = "),
        lambda c, d: (
            c.update(source=f"from pathlib import Path\n{c.source}\nfound = {d.choice(added)}")
            or "file"
        ),
    )


@kind("notebook")
def a_choice_by_the_test_part(copy):
    wanted = lambda c: tagged("experiment", r'"valid"\)')(c)  # noqa: E731
    return copy.cell(STUDIES, wanted, in_source(r'"valid"(?=\))', '"test"'))


@kind("notebook")
def an_output_lost(copy):
    return copy.cell(
        (LABS, STUDIES),
        lambda c: c.cell_type == "code" and c.outputs,
        lambda c, d: c.outputs.clear() or "no output",
    )


@kind("notebook")
def a_sample_that_is_not_checked(copy):
    return copy.cell(
        LABS, code_with(r"^assert "), in_source(r"(?m)^assert .*(?:\n    .*)*", "pass")
    )


@kind("notebook")
def data_with_another_hash(copy):
    return copy.cell(
        (LABS, STUDIES), lambda c: c.id == "download", in_source(r"[0-9a-f]{64}", another_digit)
    )


# ---- rows


def study_of(planted: Planted, copy: Copy) -> Planted:
    """The same fault, told of the study whose rows they are."""
    name = Path(planted.file).stem
    return planted._replace(file=f"notebooks/studies/{name}.ipynb")


@kind("notebook")
def a_row_changed(copy):
    return study_of(
        copy.replace(
            "data/results/*.jsonl", r"(?<=: )\d+\.\d+(?=[,}])", another_digit, r"^\{\"key\".*"
        ),
        copy,
    )


@kind("notebook")
def a_row_lost(copy):
    return study_of(copy.replace("data/results/*.jsonl", r"^\{\"key\".*\n", ""), copy)


@kind("notebook")
def a_version_of_the_rows_changed(copy):
    return study_of(
        copy.replace("data/results/*.jsonl", r'(?<="keras": ")[\d.]+', another_digit), copy
    )


# ---- drawings, styles, scripts, templates


@kind("drawings")
def a_drawing_edited_by_hand(copy):
    return copy.replace("book/_drawings/*.svg", r"(?<= [xy]=\")\d+", another_digit)


@kind("drawings")
def a_drawing_s_script_changed(copy):
    return copy.replace("book/_drawings/[01]*.py", r"(?<=\()\d+(?=, )", another_digit)


@kind("tests/test_book.py -k choice", "tests/test_site.py -k style_sheet")
def a_class_of_the_style_sheet_renamed(copy):
    return copy.replace(
        "book/_static/book.css",
        r"(?<=^\.)(explorer-[\w-]+|established|caveat|contested|misleading|wrong)",
        r"\1x",
    )


@kind("tests/test_explorers.py", "tests/test_livetext.py", "tests/test_figures.py -k numbers")
def a_script_that_reckons_otherwise(copy):
    names = [
        f"book/_static/explorers/{n}.mjs" for n in ("cliff", "lstm", "gradient", "bias", "future")
    ]
    code = r"^(?!\s*(?:/?\*|//))[^\n]*"  # a comment reckons nothing
    return copy.replace(names, r"(?<=[\w)]) [+*] (?=[\w(])", lambda m, d: " - ", code)


@kind("build alone")
def a_template_broken(copy):
    return copy.replace("book/_templates/*.html", r"\{\{ (\w+)", r"{{ \1_x")


# ---- what the book is made with


@kind(
    "style",
    "tests/test_study.py tests/test_book.py -k 'sums or numbers or counts or grid or seeds'",
)
def a_comparison_in_the_tools(copy):
    names = (
        "tools/results.py",
        "tools/provenance.py",
        "tools/grids.py",
        "book/_ext/recurrent_book/formatting.py",
    )
    return copy.replace(
        names,
        r" (==|<|>|<=) (?=[\w(])",
        lambda m, d: {"==": " != ", "<": " >= ", ">": " <= ", "<=": " > "}[m[1]],
    )


@kind("tests/test_arithmetic.py", "tests/test_faults.py -k 'ledger or claim or verdict or choice'")
def a_comparison_in_the_checks(copy):
    names = ("tools/arithmetic.py", "tools/lint_claims.py", "tools/lint_works.py", "tools/typed.py")
    return copy.replace(
        names,
        r" (not in|in|==|<=|>) (?=[\w(\"])",
        lambda m, d: {"not in": " in ", "in": " not in ", "==": " != ", "<=": " > ", ">": " <= "}[
            m[1]
        ],
        r"^    (?:if|return|yield|for .* if) .*$",
    )


@kind("pages")
def a_lab_lost_from_the_contents(copy):
    return copy.replace(
        "_toc.yml", r"^          - file: notebooks/\d\d-.*\n            title: Lab\n", ""
    )


@kind("build alone")
def an_option_misspelt(copy):
    return copy.replace(
        "_config.yml",
        r"^    (html_math_renderer|exercise_style|templates_path|html_static_path)",
        r"    \1x",
    )


@kind("tests/test_setup.py -k locks")
def another_version_in_a_lock(copy):
    names = re.findall(r"(?m)^([\w-]+)==", (copy.folder / "requirements.in").read_text())
    return copy.replace("requirements.txt", rf"^(?:{'|'.join(names)})==[\d.]+", another_digit)


@kind("tests/test_setup.py", "tests/test_book.py -k lock")
def a_host_in_the_node_lock(copy):
    return copy.replace(
        "package-lock.json",
        r'(?<="version": ")(?=\d)',
        '","resolved": "https://registry.invalid/a.tgz", "v": "',
    )


@kind("citation")
def a_field_of_the_citation_misspelt(copy):
    return copy.replace("CITATION.cff", r"^(title|authors|license|version)(?=:)", r"\1s")


@kind("tests/test_setup.py -k task")
def a_task_that_explains_nothing(copy):
    return copy.replace("Makefile", r"^(\w+:[^#\n]*)## .*$", r"\1")


@kind("notebooks")
def a_generator_changed(copy):
    return copy.replace("data/generators/*.py", r"\b[2-9]\b", another_digit, r"^def .*?(?=^\S)")


@kind("spelling")
def a_word_misspelt(copy):
    pages = (LESSONS, EVIDENCE, NOTES, "README.md")
    return copy.replace(
        pages, r"\b(?:the|which)\b", lambda m, d: m[0][0] + m[0][2] + m[0][1] + m[0][3:]
    )


@kind("build alone")
def a_section_asked_for_that_is_not_there(copy):
    return copy.replace("book/asked.yml", r"#[\w-]+(?=:)", r"\g<0>-x")


@kind("build")
def a_page_found_that_is_not_there(copy):
    return copy.replace("book/found.yml", r"^book/\d\d-[\w-]+(?=:)", r"\g<0>-x")


# ---- planting


def clone(folder: Path) -> Path:
    """A clone of the last commit, built, with the environment and the browser of this one."""
    book = folder / "book"
    if not book.exists():
        subprocess.run(["git", "clone", "-q", "--local", ROOT, book], check=True)
        for name in ("node_modules", ".browser"):
            (book / name).symlink_to(ROOT / name)
    if not (book / "_build" / "html").exists() and not run(book, "build", "")[0]:
        raise LookupError("the book does not build without a fault")
    return book


def run(book: Path, check: str, file: str) -> tuple[bool, str]:
    """Whether a check is green, and what it says."""
    part = Path(file).stem.split("-")[0]
    if check == "notebook":
        command = [sys.executable, "-c", ONE_NOTEBOOK, file]
    elif check in LINTS:
        command = [sys.executable, *LINTS[check].split()]
    elif check == "outputs":
        command = [sys.executable, "-m", "tools.compare", "locked", part]
    elif check == "build":
        command = [sys.executable, "-m", "tools.build"]
    else:
        name, _, chosen = check.partition(" -k ")
        chosen = chosen.strip("'").format(part)
        command = [sys.executable, "-m", "pytest", "-q", "-x", "--tb=line", *name.split()]
        command += ["-k", chosen] if chosen else []
    done = subprocess.run(
        command,
        cwd=book,
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
    )
    if "pytest" in command and done.returncode == 5:
        raise LookupError(f"{check}: no test has such a name")
    if "pytest" in command and re.match(r"\d+ skipped", done.stdout.strip().splitlines()[-1]):
        raise LookupError(f"{check}: all its tests were skipped")
    return done.returncode == 0, re.sub(r"\x1b\[[\d;]*m", "", done.stdout + done.stderr)


def tells(line: str, planted: Planted) -> bool:
    """Whether a line of a build is about a fault: it repeats it, or names the file."""
    said = planted.said.strip("`{}()] ")
    return f"{planted.file}:" in line or (bool(said) and said in line)


def clean(book: Path) -> None:
    subprocess.run(["git", "checkout", "-q", "--", "."], cwd=book, check=True)


def judged(book: Path, checks: tuple[str, ...], file: str) -> tuple[str, str]:
    """The check that sees what is planted, and the end of what it says; two empty ones if none."""
    for check in checks:
        green, said = run(book, check, file)
        if not green:
            clean(book)
            if not run(book, check, file)[0]:
                raise LookupError(f"{check}: red without the fault")
            return check, said.strip()[-200:]
    return "", ""


def main() -> None:
    folder = Path(sys.argv[1]).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    book = clone(folder)
    head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=book, capture_output=True, text=True)
    seed = sys.argv[2] if len(sys.argv) > 2 else head.stdout.strip()[:8]
    log = folder / f"{seed}.jsonl"
    log.touch()
    done = {json.loads(line)["fault"] for line in log.read_text().splitlines()}

    def record(name, planted, check, said):
        line = planted._asdict() | {"fault": name, "by": check, "said": said}
        with log.open("a") as file:
            file.write(json.dumps(line) + "\n")
        print(f"{check or 'PASSED':12.12} {name}: {planted.file} {planted.what}", flush=True)

    wanted = sys.argv[3:] or KINDS
    chosen = {name: KINDS[name] for name in wanted if name not in done}
    apart = [[name] for name, (_, checks) in chosen.items() if checks == ("build alone",)]
    together = [name for name, (_, checks) in chosen.items() if checks == ("build",)]
    built = {name for names in (*apart, together) for name in names}
    for name, (plant, checks) in chosen.items():
        if name in built:
            continue
        clean(book)
        planted = plant(Copy(book, random.Random(f"{seed} {name}")))
        record(name, planted, *judged(book, checks, planted.file))
    for names in filter(None, [together, *apart]):
        clean(book)
        planted = {
            name: KINDS[name].plant(Copy(book, random.Random(f"{seed} {name}"))) for name in names
        }
        check, (green, said) = "build", run(book, "build", "")
        if green and names in apart:
            check, (green, said) = "site", run(book, "site", "")
        for name, one in planted.items():
            lines = [line for line in said.splitlines() if tells(line, one) or check == "site"]
            record(name, one, check if lines and not green else "", (lines or [""])[0][:200])
        with (folder / f"{seed}-build.txt").open("a") as file:
            file.write(said)
    clean(book)
    found = [json.loads(line) for line in log.read_text().splitlines()]
    print(f"{sum(bool(one['by']) for one in found)} of {len(found)} seen")


if __name__ == "__main__":
    main()
