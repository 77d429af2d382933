"""The checks are checked: faults are planted one at a time in a small book, and each must be seen.

`python tests/test_faults.py` prints the report: each fault, the check that saw it, what it said.
Faults in outputs are planted in test_comparison.py, faults in rows in test_study.py.
"""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
import small_book

from tools import lint_claims, lint_notebooks, lint_pages, lint_site, lint_works, notebooks

FAULTS = {}


def fault(check, said=""):
    """Register a function that plants a fault, under the check that must see it and say so."""

    def register(plant):
        FAULTS[plant.__name__.replace("_", " ")] = (check, said, plant)
        return plant

    return register


# ---- the checks, each from a copy of the book to a list of what it saw


def static(book: Path) -> list[str]:
    return lint_notebooks.lint_in_book(book)


def chapters(book: Path) -> list[str]:
    return lint_pages.check(book)


def ledger(book: Path) -> list[str]:
    return lint_claims.check(book)


def bibliography(book: Path) -> list[str]:
    return lint_works.check(book)


def build(book: Path) -> list[str]:
    """What a build says of a book, as `make book` runs it."""
    code = "import sys, pathlib; from tools import build; sys.exit(build.build(pathlib.Path.cwd()))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=book)
    said = re.sub(r"\x1b\[[0-9;]*m", "", done.stdout + done.stderr)
    return said.splitlines() if done.returncode else []


def site(book: Path) -> list[str]:
    return lint_site.check(book / "_build" / "html")


# ---- tools to plant with


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.search(old, text, re.M), f"{path.name} holds no {old!r}"
    path.write_text(re.sub(old, new, text, count=1, flags=re.M), encoding="utf-8")


def change_cell(book: Path, wanted, change) -> None:
    """Apply `change` to the first code cell of any study for which `wanted` is true."""
    for path in notebooks.studies(book):
        notebook = notebooks.read(path)
        for cell in notebook.cells:
            if cell.cell_type == "code" and wanted(cell):
                change(cell)
                notebooks.write(path, notebook)
                return
    raise AssertionError("no such cell")


def change_title(book: Path, change) -> None:
    """Apply `change` to the source of a study's first cell."""
    path = notebooks.studies(book)[0]
    notebook = notebooks.read(path)
    notebook.cells[0].source = change(notebook.cells[0].source)
    notebooks.write(path, notebook)


def named(name):
    return lambda cell: cell.id == name


def printed(cell):
    return any(o.output_type == "stream" and re.search(r"\d", o.text) for o in cell.outputs)


def figure(cell):
    return any("image/png" in o.get("data", {}) for o in cell.outputs)


def chapter(book):
    return book / "book" / f"{small_book.LESSON}.md"


def evidence(book):
    return book / "book" / "evidence" / f"{small_book.LESSON}.md"


def rows(book):
    return small_book.rows_of(book)


def page(book):
    return book / "_build" / "html" / "book" / f"{small_book.LESSON}.html"


def study_page(book):
    return book / "_build" / "html" / "notebooks" / "studies" / f"{small_book.STUDY}.html"


# ---- faults in notebooks as a whole


@fault(static, "does not stand in _toc.yml")
def a_lab_of_no_chapter_that_nothing_leads_to(book):
    path = book / "notebooks" / "bridge.ipynb"
    small_book.notebook(path, book, small_book.lab_cells())


# ---- faults in outputs


@fault(static)
def a_deleted_output(book):
    change_cell(book, printed, lambda c: c.outputs.clear())


@fault(static)
def a_deleted_output_without_count(book):
    def change(cell):
        cell.outputs.clear()
        cell.execution_count = None

    change_cell(book, lambda c: c.outputs, change)


@fault(static)
def a_deleted_figure(book):
    change_cell(book, figure, lambda c: c.outputs.clear())


@fault(static)
def a_committed_traceback(book):
    error = nbformat.v4.new_output("error", ename="ValueError", evalue="no", traceback=[])
    change_cell(book, printed, lambda c: c.outputs.append(error))


@fault(static)
def an_out_of_order_cell(book):
    change_cell(book, printed, lambda c: c.update(execution_count=977))


@fault(static)
def output_on_stderr(book):
    warning = nbformat.v4.new_output("stream", name="stderr", text="UserWarning")
    change_cell(book, printed, lambda c: c.outputs.append(warning))


@fault(static)
def a_machine_s_path_in_an_output(book):
    def change(cell):
        cell.outputs[0].text += "/home/ada/lab.py\n"

    change_cell(book, printed, change)


# ---- faults in a notebook's form


@fault(static)
def an_ignore_tag(book):
    change_cell(
        book, printed, lambda c: c.metadata.update(tags=[*notebooks.tags(c), "nbval-ignore-output"])
    )


@fault(static)
def a_skip_comment(book):
    def change(cell):
        cell.source = "# NBVAL_SKIP\n" + cell.source

    change_cell(book, printed, change)


@fault(static)
def a_missing_alt_text(book):
    change_cell(book, figure, lambda c: c.metadata["mystnb"].pop("image"))


@fault(static)
def an_empty_alt_text(book):
    def change(cell):
        cell.metadata["mystnb"]["image"]["alt"] = (
            "Plot of the results of the experiment above, as a figure."
        )

    change_cell(book, figure, change)


@fault(static)
def another_setup_cell(book):
    def change(cell):
        cell.source = cell.source.replace("float64", "float32")

    change_cell(book, named("setup"), change)


@fault(static)
def another_generator_than_the_one_in_data(book):
    def change(cell):
        cell.source += "\n\nEXTRA = 1"

    change_cell(book, lambda c: c.id.startswith("data-"), change)


@fault(static)
def data_from_an_address_that_may_change(book):
    def change(cell):
        cell.source = re.sub(r"/[0-9a-f]{40}/", "/main/", cell.source)

    change_cell(book, named("download"), change)


@fault(static)
def data_without_their_hash(book):
    def change(cell):
        cell.source = re.sub(r"file_hash=.*\n", "", cell.source)

    change_cell(book, named("download"), change)


@fault(static)
def data_whose_card_names_another_hash(book):
    edit(book / "data" / "README.md", r"^- sha256: 86c4", "- sha256: 96c4")


@fault(static, "does not say whose play.txt is")
def data_of_nobody(book):
    edit(book / "data" / "sources.yml", r"^play:", "plays:")


def shows(book: Path, html: str) -> None:
    """Give a cell an output."""
    output = nbformat.v4.new_output("display_data", {"text/plain": "", "text/html": html})
    change_cell(book, named("training"), lambda cell: cell.outputs.append(output))


@fault(static, "holds what looks like a token of GitHub's")
def a_token_in_an_output(book):
    shows(book, "token: ghp_" + "a1B2" * 9)


@fault(static, "holds what looks like a password")
def a_password_in_the_code(book):
    def change(cell):
        cell.source += "\npassword = 'correct-horse'"

    change_cell(book, named("training"), change)


@fault(static, "a script stands in what it shows")
def a_script_in_an_output(book):
    shows(book, '<img src="x" onerror="alert(1)">')


@fault(static)
def data_fetched_in_passing(book):
    def change(cell):
        cell.source += "\nkeras.utils.get_file('a', origin='https://a.invalid/b')"

    change_cell(book, named("training"), change)


@fault(static)
def a_trailing_semicolon(book):
    def change(cell):
        cell.source += ";"

    change_cell(book, figure, change)


@fault(static)
def findings_that_assert_nothing(book):
    def change(cell):
        cell.source = re.sub(r"(?m)^(\s*)assert .*$", r"\1pass", cell.source)

    change_cell(book, named("findings"), change)


@fault(static)
def a_result_that_is_gone_with_its_print(book):
    def change(cell):
        cell.source, cell.outputs = re.sub(r"(?m)^print.*$", "", cell.source).strip(), []

    change_cell(book, named("findings"), change)


@fault(static)
def one_result_of_two_that_is_gone_with_its_print(book):
    def change(cell):
        cell.source = cell.source.replace('\nprint("gap", gap)', "")
        cell.outputs[0].text = cell.outputs[0].text.replace("gap 1.0\n", "")

    change_cell(book, named("table"), change)


@fault(static)
def a_directive_in_a_notebook(book):
    change_title(book, lambda text: text + "\n\n```{note}\nraw in Colab\n```")


@fault(static)
def a_misspelt_word(book):
    change_title(book, lambda text: text + "\n\nThis is what we recieve.")  # codespell:ignore


@fault(static)
def training_without_a_seed(book):
    def change(cell):
        cell.source = cell.source.replace("keras.utils.set_random_seed(0)", "net.fit(x, y)")

    change_cell(book, named("training"), change)


@fault(static)
def a_wrong_colab_link(book):
    wrong = "https://colab.research.google.com/github/a/b/blob/master/notebooks/x.ipynb"

    def change(text):
        lines = text.split("\n")
        lines[2] = f"[Open in Colab]({wrong}) · {lines[2]}"
        return "\n".join(lines)

    change_title(book, change)


@fault(static)
def a_study_without_its_chapter(book):
    path = notebooks.studies(book)[0]
    path.rename(path.with_name("93" + path.name[2:]))


def describe(book, name, what, text):
    """Give a figure another alt text (`image`, `alt`) or caption (`figure`, `caption`)."""
    part, key = what
    change_cell(book, named(name), lambda c: c.metadata["mystnb"][part].update({key: text}))


@fault(static, "their alt texts would fit better exchanged")
def two_alt_texts_exchanged(book):
    found = {}
    for name in ("fading", "again"):
        change_cell(
            book, named(name), lambda c: found.update({c.id: c.metadata["mystnb"]["image"]})
        )
    describe(book, "fading", ("image", "alt"), found["again"]["alt"])
    describe(book, "again", ("image", "alt"), small_book.ALT)


@fault(static, "two figures have the caption")
def two_figures_with_one_caption(book):
    describe(book, "again", ("figure", "caption"), "The echo fades.")


@fault(static, "'87 %' in its caption is typed by hand")
def a_hand_typed_number_in_a_caption(book):
    describe(book, "again", ("figure", "caption"), "Heard again, from 2: 87 % of it.")


@fault(static, "not so, to the digits it prints: 2 \\cdot 3 = 7")
def a_wrong_sum_in_a_notebook(book):
    change_title(book, lambda text: text + "\n\n$2 \\cdot 3 = 7$.")


@fault(static, "tuning, for the validation, reads a test part")
def a_choice_by_the_test(book):
    def change(cell):
        cell.source += "\n\n\ndef tuning(rate):\n    " + '"""Its loss on the validation."""'
        cell.source += '\n    return {"loss": echo(PARTS["test"], rate)}'

    change_cell(book, named("training"), change)


@fault(static, "validation is measured on a test part")
def a_test_that_is_called_validation(book):
    def change(cell):
        cell.source = cell.source.replace('"solved": 1}', '"validation": loss(TEST)}')

    change_cell(book, named("training"), change)


# ---- faults in rows: that they are seen in the book; all kinds of them are in test_study.py


@fault(static)
def a_stale_experiment(book):
    def change(cell):
        cell.source += "\nEXTRA = 1"

    change_cell(book, lambda c: "experiment" in notebooks.tags(c), change)


@fault(static)
def a_changed_row(book):
    small_book.change_rows(book, lambda rows: [rows[0] | {"loss": 1000.0}, *rows[1:]])


@fault(static)
def rows_without_a_study(book):
    shutil.copy(rows(book), rows(book).with_name("93-nothing.jsonl"))


# ---- faults in chapters and in the ledger


@fault(chapters, "'3.7' in 'What we found' is typed by hand")
def a_hand_typed_number(book):
    edit(chapter(book), r"^### Is there", "It was 3.7 times better.\n\n### Is there")


@fault(chapters, "'93 %' in 'Findings' is typed by hand")
def a_hand_typed_percentage_in_the_evidence(book):
    edit(evidence(book), r"^### Is there", "It was right in 93 %.\n\n### Is there")


@fault(chapters, "4 exercises with 3 solutions")
def an_exercise_without_solution(book):
    edit(chapter(book), r"^`{3,}\{solution\} \S+", "```{note}")


@fault(chapters, "does not end in the sections")
def a_lesson_without_verdict(book):
    edit(chapter(book), r"^## Verdict$", "## Remarks")


@fault(chapters, "quotes the article before it shows a picture")
def a_lesson_that_opens_with_the_article(book):
    edit(chapter(book), r"^Who speaks last\?$", "> Who speaks last?")


@fault(chapters, "fewer than")
def a_lesson_with_few_drawings(book):
    edit(chapter(book), r"^```\{drawing\} 01-echo\n```$", "")


@fault(chapters, "lacks one of the sections Protocol")
def evidence_without_protocol(book):
    edit(evidence(book), r"^## Protocol$", "## Remarks")


@fault(chapters, "best rates at an edge of their grid")
def a_best_rate_at_an_edge_that_no_page_names(book):
    edit(evidence(book), r"(?s)```{rates}.```", "")


@fault(chapters, "has no evidence page")
def a_lesson_without_evidence(book):
    evidence(book).unlink()


@fault(chapters, "does not begin with its lab and its evidence")
def evidence_before_the_lab(book):
    lab = f"          - file: notebooks/{small_book.LESSON}\n            title: Lab\n"
    edit(book / "_toc.yml", lab, "")


@fault(chapters, "belongs to no lesson")
def evidence_without_a_lesson(book):
    shutil.copy(evidence(book), evidence(book).with_name("02-again.md"))


@fault(chapters)
def a_chapter_that_the_contents_do_not_list(book):
    shutil.copy(chapter(book), chapter(book).with_name("02-again.md"))


@fault(chapters)
def chapters_out_of_order(book):
    shutil.copy(chapter(book), chapter(book).with_name("02-again.md"))
    entry = f"      - file: book/{small_book.LESSON}\n"
    edit(book / "_toc.yml", entry, "      - file: book/02-again\n" + entry)


@fault(chapters, "'nine of ten seeds' is typed by hand")
def a_hand_typed_share_in_words(book):
    edit(chapter(book), r"^## In short$", "It was so in nine of ten seeds.\n\n## In short")


@fault(chapters, "'0.87' in 'In short' is typed by hand")
def a_hand_typed_number_in_a_formula(book):
    edit(chapter(book), r"^- An echo fades", "- An echo fades to $0.87$")


@fault(chapters, "'0.873' in 'Findings' is typed by hand")
def a_hand_typed_number_in_a_formula_of_the_evidence(book):
    edit(evidence(book), r"^### Is there", "It was $0.873$ of them.\n\n### Is there")


@fault(chapters, "not so, to the digits it prints: 0.5 \\cdot 0.5 = 0.35")
def a_wrong_sum_in_a_solution(book):
    edit(chapter(book), r"0\.25\$", "0.35$")


@fault(chapters, "0.75 in the solution of ex-one stands in no sum")
def a_number_from_nowhere_in_a_solution(book):
    edit(chapter(book), r"of it is left", "of it is left, 0.75 is gone")


@fault(chapters, "the solution of ex-one says next to nothing")
def a_solution_to_come(book):
    edit(chapter(book), r"^The same again, .*$", "To do.")


@fault(ledger, "'4.2' in its corrected is typed by hand")
def a_hand_typed_number_in_the_ledger(book):
    edit(book / "data" / "claims.yml", r"(corrected: [\"'>]?-?\s*)", r"\g<1>It is 4.2 times so. ")


@fault(ledger, "'established' asks for ['for']")
def a_verdict_against_its_evidence(book):
    edit(book / "data" / "claims.yml", "verdict: misleading", "verdict: established")


@fault(ledger, "'01a/lstm/loss > 01a/gru/loss' is false")
def a_comparison_that_does_not_hold(book):
    edit(book / "data" / "claims.yml", "loss < 01a", "loss > 01a")


@fault(ledger, "names a row that is not there")
def a_comparison_with_nothing(book):
    edit(book / "data" / "claims.yml", "loss < 01a/gru", "loss < 01a/rnn")


@fault(ledger, "its rows are not those that its evidence names, in that order")
def two_rows_of_a_claim_exchanged(book):
    path = book / "data" / "claims.yml"
    edit(path, r"left with \{measured\}`01a/lstm/loss`", "left with {measured}`01a/gru/loss`")
    edit(
        path, r"the\s+GRU with \{measured\}`01a/gru/loss`", "the GRU with {measured}`01a/lstm/loss`"
    )


@fault(bibliography, "its key is not the first author and the year 1995")
def a_wrong_year_in_the_bibliography(book):
    edit(book / "book" / "references.bib", r"year=\{1994\}", "year={1995}")


# ---- faults that the build sees: planted together, as each has its own message


@fault(build, "has no key 'no-such-net'")
def an_unknown_measured_key(book):
    edit(chapter(book), r"\{measured\}`([^`/]+)/([^`/]+)/", r"{measured}`\1/no-such-net/")


@fault(build, "no code cell 'no-such-cell'")
def an_unknown_cell(book):
    edit(chapter(book), r"\{study\} (\d\w+)/\S+", r"{study} \1/no-such-cell")


@fault(build, "no claim 'Z9'")
def an_unknown_claim(book):
    edit(chapter(book), r"\{verdicts\} \w+", "{verdicts} Z9")


@fault(build, "no-such-claim")
def a_broken_anchor_in_a_chapter(book):
    edit(chapter(book), r"^## In short$", "## In short\n\nSee [there](claims.md#no-such-claim).")


@fault(build, "nobody1900")
def an_unknown_citation(book):
    edit(chapter(book), r"^## In short$", "## In short\n\n{cite:p}`nobody1900`")


@fault(build, "Undefined control sequence")
def a_formula_that_cannot_be_set(book):
    edit(chapter(book), r"^## In short$", "## In short\n\n$\\\\nosuchmacro{x}$")


# ---- faults in the pages


@fault(site)
def a_broken_link_in_a_page(book):
    edit(page(book), r"</article>", '<a href="nowhere.html">x</a></article>')


@fault(site)
def a_broken_anchor_in_a_page(book):
    edit(page(book), r"</article>", '<a href="#nowhere">x</a></article>')


@fault(site)
def an_image_without_alt(book):
    edit(page(book), r'(<img[^>]*?) alt="[^"]*"', r"\1")


@fault(site, "its title is 'Search ·'")
def a_title_without_the_book_s_name(book):
    search = book / "_build" / "html" / "search.html"
    edit(search, r"<title>.*?</title>", "<title>Search · </title>")


@fault(site)
def a_script_from_another_host(book):
    edit(page(book), r"</body>", '<script src="https://cdn.invalid/x.js"></script></body>')


@fault(site, "_static/styles/furo.css: is by others")
def a_style_sheet_without_its_licence(book):
    (book / "_build" / "html" / "_static" / "licences" / "furo.txt").unlink()


@fault(site, "_static/katex/fonts/KaTeX_Main-Regular.woff2: is by others")
def a_font_without_its_licence(book):
    (book / "_build" / "html" / "_static" / "katex" / "fonts" / "OFL.txt").unlink()


@fault(site, "a script stands in it")
def a_script_in_a_page(book):
    edit(page(book), r"</article>", "<script>fetch('x')</script></article>")


@fault(site, "a script stands in an attribute")
def a_script_in_an_attribute(book):
    edit(page(book), r"</article>", '<button onclick="alert(1)">x</button></article>')


@fault(site, "does not begin with a policy")
def a_page_without_its_policy(book):
    edit(page(book), r'<meta http-equiv="Content-Security-Policy".*\n', "")


@fault(site, "allows any script")
def a_policy_that_allows_everything(book):
    edit(page(book), r"script-src 'self'", "script-src 'self' 'unsafe-inline'")


@fault(site, "no font of the site has ♞")
def a_letter_that_no_font_has(book):
    edit(page(book), r"</article>", "<p>The ♞ jumps.</p></article>")


@fault(site)
def an_id_used_twice(book):
    edit(page(book), r"</article>", '<p id="verdict"></p><p id="verdict"></p></article>')


@fault(site)
def a_dead_colab_badge(book):
    link = '<a href="https://colab.research.google.com/github/your_name/x.ipynb">Open in Colab</a>'
    edit(study_page(book), r"</article>", link + "</article>")


@fault(site)
def another_chapter_s_number(book):
    edit(page(book), r'(<h1>.*?section-number">)\d+', r"\g<1>8")


# ---- the tests


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    """The small book, built."""
    book = small_book.write(tmp_path_factory.mktemp("original") / "book")
    assert build(book) == []
    return book


@pytest.fixture
def book(original, tmp_path):
    """A copy of it for one fault."""
    return shutil.copytree(original, tmp_path / "book", symlinks=True)


@pytest.mark.parametrize("check", [static, chapters, ledger, bibliography, site])
def test_without_a_fault_each_check_is_green(check, original):
    assert check(original) == []


@pytest.mark.parametrize("name", [name for name in FAULTS if FAULTS[name][0] is not build])
def test_a_planted_fault_is_caught(name, book):
    check, said, plant = FAULTS[name]
    plant(book)
    seen = check(book)
    assert any(said in line for line in seen), f"{name}: not caught by {check.__name__}"


def test_a_fault_that_the_build_sees_is_caught(book):
    planted = {name: f for name, f in FAULTS.items() if f[0] is build}
    for _, _, plant in planted.values():
        plant(book)
    seen = build(book)
    missed = [n for n, (_, said, _) in planted.items() if not any(said in s for s in seen)]
    assert missed == []
    # and what was built upon it would be green: it is not built upon
    assert not (book / "_build" / "whole").exists()


def main():
    import tempfile

    caught = 0
    with tempfile.TemporaryDirectory() as folder:
        original = small_book.write(Path(folder, "original"))
        assert build(original) == []
        for name, (check, said, plant) in FAULTS.items():
            target = shutil.copytree(original, Path(folder, "book"), symlinks=True)
            plant(target)
            seen = [line for line in check(target) if said in line]
            shutil.rmtree(target)
            caught += bool(seen)
            print(f"{'caught' if seen else 'MISSED':7} {check.__name__:11} {name}")
            print(json.dumps(seen[:1])[:160])
    print(f"{caught} of {len(FAULTS)} faults caught")


if __name__ == "__main__":
    main()
