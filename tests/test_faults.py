"""The checks are checked: faults are planted one at a time in a copy, and every one must be caught.

`python tests/test_faults.py` prints the report: each fault and the check that saw it.
"""

import copy
import json
import re
import shutil
import subprocess
import sys
import types
from pathlib import Path

import nbformat
import nbval.plugin
import pytest

from tools import lint_notebooks, lint_pages, lint_site, notebooks, strict_outputs

FAULTS = {}


def fault(check):
    """Register a function that plants a fault, under the check that must see it."""

    def register(plant):
        FAULTS[plant.__name__.replace("_", " ")] = (check, plant)
        return plant

    return register


# ---- the checks, each from a copy of the book to a list of what it saw


def static(book: Path) -> list[str]:
    return lint_notebooks.lint_in_book(book)


def chapters(book: Path) -> list[str]:
    return lint_pages.check(book)


def build(book: Path) -> list[str]:
    command = [str(Path(sys.executable).with_name("jupyter-book")), "build", str(book)]
    done = subprocess.run(
        [*command, "--quiet", "-W", "-n", "--keep-going"], capture_output=True, text=True, cwd=book
    )
    return (done.stdout + done.stderr).splitlines() if done.returncode else []


def site(book: Path) -> list[str]:
    return lint_site.check(book / "_build" / "html")


def comparison(book: Path) -> list[str]:
    """The committed outputs of a copy against the real ones, as nbval with nbstrict sees them."""
    seen = []
    for path in notebooks.all_labs(book):
        real = notebooks.read(notebooks.ROOT / "notebooks" / path.name)
        for mine, fresh in zip(notebooks.read(path).cells, real.cells, strict=True):
            if mine.cell_type == "code" and not same_outputs(mine, fresh.outputs):
                seen.append(f"{path.name}: outputs of cell {mine.id} differ")
    return seen


def same_outputs(cell, fresh, compare=None) -> bool:
    """nbval's verdict (strict, or plain with its own method) on fresh outputs for a cell."""
    skip = (
        *("metadata", "traceback", "prompt_number", "output_type", "name", "execution_count"),
        *("application/vnd.jupyter.widget-view+json", "image/png", "image/jpeg"),
    )
    item = types.SimpleNamespace(
        cell=cell,
        parent=types.SimpleNamespace(skip_compare=skip, sanitize_patterns={}),
        colors=nbval.plugin.nocolors,
        comparison_traceback=[],
        format_output_compare=lambda *a: None,
    )
    item.sanitize = types.MethodType(nbval.plugin.IPyNbCell.sanitize, item)
    outputs = [nbval.plugin.coalesce_streams(copy.deepcopy(o)) for o in (fresh, cell.outputs)]
    return (compare or strict_outputs._compare_strictly)(item, *outputs)


# ---- tools to plant with


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.search(old, text, re.M), f"{path.name} holds no {old!r}"
    path.write_text(re.sub(old, new, text, count=1, flags=re.M), encoding="utf-8")


def change_cell(book: Path, wanted, change) -> None:
    """Apply `change` to the first code cell of any lab for which `wanted` is true."""
    for path in notebooks.all_labs(book):
        notebook = notebooks.read(path)
        for cell in notebook.cells:
            if cell.cell_type == "code" and wanted(cell):
                change(cell)
                notebooks.write(path, notebook)
                return
    raise AssertionError("no such cell")


def printed(cell):
    return any(o.output_type == "stream" and re.search(r"\d", o.text) for o in cell.outputs)


def has_lines(cell):
    return printed(cell) and len(set(cell.outputs[0].text.strip().splitlines())) > 2


def figure(cell):
    return any("image/png" in o.get("data", {}) for o in cell.outputs)


def figures_of(book):
    return [
        o["data"]["image/png"]
        for path in notebooks.all_labs(book)
        for cell in notebooks.read(path).cells
        for o in cell.get("outputs", [])
        if "image/png" in o.get("data", {})
    ]


def chapter(book):
    return sorted((book / "book").glob("[0-9]*.md"))[0]


def rows(book):
    return sorted((book / "data" / "results").glob("*.jsonl"))[0]


def page(book, pattern):
    return sorted((book / "_build" / "html").glob(pattern))[0]


# ---- faults in outputs


@fault(comparison)
def a_digit_changed_in_an_output(book):
    def change(cell):
        text = cell.outputs[0].text
        digit = re.search(r"\d", text)
        new = str((int(digit.group()) + 5) % 10)
        cell.outputs[0].text = text[: digit.start()] + new + text[digit.end() :]

    change_cell(book, printed, change)


@fault(comparison)
def two_lines_of_a_table_swapped(book):
    def change(cell):
        lines = cell.outputs[0].text.splitlines()
        other = next(i for i, line in enumerate(lines) if line != lines[0])
        lines[0], lines[other] = lines[other], lines[0]
        cell.outputs[0].text = "\n".join(lines) + "\n"

    change_cell(book, has_lines, change)


@fault(comparison)
def a_figure_of_another_cell(book):
    second = figures_of(book)[1]

    def change(cell):
        for output in cell.outputs:
            if "image/png" in output.get("data", {}):
                output["data"]["image/png"] = second

    change_cell(book, figure, change)


@fault(comparison)
def an_output_twice(book):
    change_cell(book, printed, lambda c: c.outputs.append(copy.deepcopy(c.outputs[0])))


@fault(comparison)
def an_output_of_another_kind(book):
    def change(cell):
        text = cell.outputs[0].text
        cell.outputs = [nbformat.v4.new_output("display_data", data={"text/plain": text})]

    change_cell(book, printed, change)


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


# ---- faults in a lab's form


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

    change_cell(book, lambda c: c.id == "setup", change)


@fault(static)
def another_generator_than_the_one_in_data(book):
    def change(cell):
        cell.source += "\n\nEXTRA = 1"

    change_cell(book, lambda c: c.id.startswith("data-"), change)


@fault(static)
def data_from_an_address_that_may_change(book):
    def change(cell):
        cell.source = re.sub(r"/[0-9a-f]{40}/", "/main/", cell.source)

    change_cell(book, lambda c: c.id == "download", change)


@fault(static)
def data_without_their_hash(book):
    def change(cell):
        cell.source = re.sub(r"file_hash=.*\n", "", cell.source)

    change_cell(book, lambda c: c.id == "download", change)


@fault(static)
def data_whose_card_names_another_hash(book):
    edit(book / "data" / "README.md", r"^- sha256: 86c4", "- sha256: 96c4")


@fault(static)
def data_fetched_in_passing(book):
    def change(cell):
        cell.source += "\nkeras.utils.get_file('a', origin='https://a.invalid/b')"

    change_cell(book, lambda c: c.id == "training", change)


@fault(static)
def a_trailing_semicolon(book):
    def change(cell):
        cell.source += ";"

    change_cell(book, figure, change)


@fault(static)
def findings_that_assert_nothing(book):
    def change(cell):
        cell.source = re.sub(r"(?m)^(\s*)assert .*$", r"\1pass", cell.source)

    change_cell(book, lambda c: c.id == "findings", change)


@fault(static)
def a_directive_in_a_lab(book):
    path = notebooks.all_labs(book)[0]
    notebook = notebooks.read(path)
    notebook.cells[0].source += "\n\n```{note}\nraw in Colab\n```"
    notebooks.write(path, notebook)


@fault(static)
def a_misspelt_word(book):
    path = notebooks.all_labs(book)[0]
    notebook = notebooks.read(path)
    notebook.cells[0].source += "\n\nThis is what we recieve."  # codespell:ignore
    notebooks.write(path, notebook)


@fault(static)
def training_without_a_seed(book):
    for path in notebooks.all_labs(book):
        path.write_text(path.read_text().replace("set_random_seed", "clear_session"))


@fault(static)
def a_wrong_colab_link(book):
    path = notebooks.all_labs(book)[0]
    notebook = notebooks.read(path)
    lines = notebook.cells[0].source.split("\n")
    wrong = "https://colab.research.google.com/github/a/b/blob/master/notebooks/x.ipynb"
    lines[2] = f"[Open in Colab]({wrong}) · {lines[2]}"
    notebook.cells[0].source = "\n".join(lines)
    notebooks.write(path, notebook)


@fault(static)
def a_lab_without_its_chapter(book):
    path = notebooks.all_labs(book)[0]
    path.rename(path.with_name("93" + path.name[2:]))


# ---- faults in rows


@fault(static)
def a_stale_experiment(book):
    def change(cell):
        cell.source += "\nEXTRA = 1"

    change_cell(book, lambda c: "experiment" in notebooks.tags(c), change)


@fault(static)
def a_changed_row(book):
    header, first, *others = rows(book).read_text().splitlines()
    row = json.loads(first)
    row |= {m: x + 1000 for m, x in row.items() if isinstance(x, float)}
    rows(book).write_text("\n".join([header, json.dumps(row), *others]) + "\n")


@fault(static)
def a_lost_row(book):
    path = rows(book)
    path.write_text("\n".join(path.read_text().splitlines()[:-1]) + "\n")


@fault(static)
def rows_without_a_lab(book):
    shutil.copy(rows(book), rows(book).with_name("93-nothing.jsonl"))


# ---- faults in chapters and in the ledger


@fault(chapters)
def a_hand_typed_number(book):
    edit(chapter(book), r"^## What we measured$", "## What we measured\n\nIt was 3.7 times better.")


@fault(chapters)
def a_hand_typed_percentage(book):
    edit(chapter(book), r"^## What we measured$", "## What we measured\n\nIt was right in 93 %.")


@fault(chapters)
def an_exercise_without_solution(book):
    edit(chapter(book), r"^`{3,}\{solution\} \S+", "```{note}")


@fault(chapters)
def a_chapter_without_verdict(book):
    text = chapter(book).read_text()
    chapter(book).write_text(text.replace("{verdict}", "{note}"))


@fault(chapters)
def chapters_out_of_order(book):
    path = book / "_toc.yml"
    first, last = lint_notebooks.chapters(book)[0], lint_notebooks.chapters(book)[-1]
    text = (
        path.read_text()
        .replace(f"book/{first}\n", "@\n")
        .replace(f"book/{last}\n", f"book/{first}\n")
    )
    path.write_text(text.replace("@", f"book/{last}"))


@fault(chapters)
def a_hand_typed_number_in_the_ledger(book):
    edit(book / "data" / "claims.yml", r"(corrected: [\"'>]?-?\s*)", r"\g<1>It is 4.2 times so. ")


@fault(build)
def an_unknown_measured_key(book):
    edit(chapter(book), r"\{measured\}`([^`/]+)/([^`/]+)/", r"{measured}`\1/no-such-net/")


@fault(build)
def an_unknown_lab_cell(book):
    edit(chapter(book), r"\{lab\} (\d\w+)/\S+", r"{lab} \1/no-such-cell")


@fault(build)
def an_unknown_claim(book):
    edit(chapter(book), r"\{verdict\} \w+", "{verdict} Z9")


@fault(build)
def a_broken_anchor_in_a_chapter(book):
    edit(chapter(book), r"^## Sources$", "## Sources\n\nSee [there](claims.md#no-such-claim).")


@fault(build)
def an_unknown_citation(book):
    edit(chapter(book), r"^## Sources$", "## Sources\n\n{cite:p}`nobody1900`")


@fault(build)
def a_formula_that_cannot_be_set(book):
    edit(chapter(book), r"^## Sources$", "## Sources\n\n$\\\\nosuchmacro{x}$")


# ---- faults in the pages


@fault(site)
def a_broken_link_in_a_page(book):
    edit(page(book, "book/0*.html"), r"</article>", '<a href="nowhere.html">x</a></article>')


@fault(site)
def a_broken_anchor_in_a_page(book):
    edit(page(book, "book/0*.html"), r"</article>", '<a href="#nowhere">x</a></article>')


@fault(site)
def an_image_without_alt(book):
    edit(page(book, "book/0*.html"), r'(<img[^>]*?) alt="[^"]*"', r"\1")


@fault(site)
def a_script_from_another_host(book):
    edit(
        page(book, "book/0*.html"),
        r"</body>",
        '<script src="https://cdn.invalid/x.js"></script></body>',
    )


@fault(site)
def an_id_used_twice(book):
    edit(
        page(book, "book/0*.html"),
        r"</article>",
        '<p id="verdict"></p><p id="verdict"></p></article>',
    )


@fault(site)
def a_dead_colab_badge(book):
    link = '<a href="https://colab.research.google.com/github/your_name/x.ipynb">Open in Colab</a>'
    edit(page(book, "notebooks/0*.html"), r"</article>", link + "</article>")


@fault(site)
def another_chapter_s_number(book):
    edit(page(book, "book/0*.html"), r'(<h1>.*?section-number">)\d+', r"\g<1>8")


# ---- the test


def copy_of_the_book(target: Path) -> None:
    """The whole book, built pages included; node_modules by a link."""
    leave = shutil.ignore_patterns(
        ".git", ".venv*", "node_modules", "__pycache__", ".parts", ".*_cache"
    )
    shutil.copytree(notebooks.ROOT, target, ignore=leave, dirs_exist_ok=True, symlinks=True)
    (target / "node_modules").symlink_to(notebooks.ROOT / "node_modules")


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    """A whole copy of the book, built pages included."""
    target = tmp_path_factory.mktemp("book")
    copy_of_the_book(target)
    assert build(target) == []  # so that later builds of this copy are incremental
    return target


@pytest.fixture
def book(original):
    """The copy, put right again after the test."""
    keep = original.parent / "kept"
    shutil.copytree(original, keep, symlinks=True, copy_function=shutil.copy2)
    yield original
    shutil.rmtree(original)
    keep.rename(original)


@pytest.mark.parametrize("check", [static, chapters, build, site, comparison])
def test_without_a_fault_each_check_is_green(check, book):
    assert check(book) == []


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_caught(name, book):
    check, plant = FAULTS[name]
    plant(book)
    seen = check(book)
    assert seen, f"{name}: not caught by {check.__name__}"


def test_enough_faults_are_planted():
    assert len(FAULTS) >= 20


def test_nbval_is_still_the_one_that_the_strict_layer_changes():
    assert nbval.plugin.IPyNbCell.compare_outputs is strict_outputs._compare_strictly
    assert nbval.plugin.IPyNbFile.collect is strict_outputs._collect_strictly
    assert strict_outputs._compare.__name__ == "compare_outputs"
    assert strict_outputs._collect.__name__ == "collect"


def main():
    import tempfile

    caught = 0
    for name, (check, plant) in FAULTS.items():
        with tempfile.TemporaryDirectory() as folder:
            target = Path(folder, "book")
            copy_of_the_book(target)
            plant(target)
            seen = check(target)
        caught += bool(seen)
        print(f"{'caught' if seen else 'MISSED':7} {check.__name__:11} {name}")
        print(json.dumps(seen[:1])[:160])
    print(f"{caught} of {len(FAULTS)} faults caught")


if __name__ == "__main__":
    main()
