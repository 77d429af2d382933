"""What the comparison of notebooks and their static rules catch, and what they let pass."""

import base64
import contextlib
import io
import subprocess
import wave
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import Mock

import figures_drawn
import nbformat
import nbval.kernel
import nbval.plugin
import numpy as np
import pytest
from figures_drawn import FIGURES, ONLY_SVG, PICTURES, draw

from tools import (
    changes,
    compare,
    execute,
    figures,
    kernels,
    lint_code,
    lint_notebooks,
    notebooks,
    outputs,
    strict_outputs,
)

OTHER_VERSION = Path(__file__).parent / "fixtures" / "matplotlib-3.10"
SPOILT = [(figure, spoil) for figure, ways in FIGURES.items() for spoil in ways]


# ---- figures


@pytest.mark.parametrize("figure", FIGURES)
def test_another_matplotlib_draws_the_same_figure(figure):
    svg, png = draw(figure)
    other = OTHER_VERSION / figure.__name__
    assert figures.svg_difference(other.with_suffix(".svg").read_text("utf-8"), svg, False) is None
    old = base64.b64encode(other.with_suffix(".png").read_bytes()).decode()
    assert figures.png_difference(old, png, False) is None


@pytest.mark.parametrize("figure", FIGURES)
def test_the_palette_of_a_committed_figure_is_no_difference(figure):
    _, png = draw(figure)
    committed = figures.smaller(png)
    assert committed != png and figures.png_difference(committed, png) is None


def test_a_figure_that_a_palette_would_spoil_keeps_its_colours():
    values = np.repeat(np.linspace(0, 255, 512)[None, :, None], 512, 0).repeat(3, 2)
    values[:, :, 2] = values[:, :, 2].T  # more shades than a palette has
    png = figures_drawn.png_of(values)
    assert figures.smaller(png) == png


@pytest.mark.parametrize(("figure", "spoil"), SPOILT)
def test_a_spoilt_figure_is_another(figure, spoil):
    (svg, png), (spoilt_svg, spoilt_png) = draw(figure), draw(figure, spoil)
    for same_version in (True, False):
        seen = figures.svg_difference(svg, spoilt_svg, same_version)
        assert seen or (spoil == "ticks" and not same_version)
        seen = figures.png_difference(png, spoilt_png, same_version)
        assert seen or spoil in ONLY_SVG


@pytest.mark.parametrize("figure", FIGURES)
def test_a_picture_that_is_spoilt_is_another(figure):
    _, png = draw(figure)
    values = figures_drawn.pixels(png)
    for way, change in PICTURES.items():
        spoilt = change(values)
        if spoilt is not None and (spoilt != values).any():
            assert figures.png_difference(png, figures_drawn.png_of(spoilt)), way


@pytest.mark.parametrize(
    ("leg", "older", "moved"),
    [
        ("locked", False, False),
        ("ulp", False, True),
        ("isa", True, False),
        ("elsewhere", True, True),
    ],
)
def test_elsewhere_is_an_older_processor_and_weights_that_are_one_ulp_away(
    leg, older, moved, tmp_path
):
    environment = kernels.environment(leg, tmp_path)
    startup = tmp_path / "ipython" / "profile_default" / "startup"
    assert [p.name for p in startup.iterdir()] == ["00-ulp.py"] * moved
    assert (environment.get("OPENBLAS_CORETYPE") == "Prescott") is older


def test_an_svg_and_its_names_are_the_same_in_every_run():
    code = "import matplotlib.pyplot as plt\nplt.plot([1, 2, 4], 'o-')\nplt.show()"
    found = []
    for _ in range(2):
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code, id="figure")])
        (cell,) = execute.canonical(execute.run(notebook)).cells
        (output,) = cell.outputs
        found.append(output.data["image/svg+xml"])
    assert found[0] == found[1]
    assert "dc:date" not in found[0] and ">Matplotlib" not in found[0] and "<text" in found[0]


# ---- a lab, whole, and faults in it


def stream(text, name="stdout"):
    return nbformat.v4.new_output("stream", name=name, text=text)


def shown(svg):
    data = {"image/svg+xml": svg, "text/plain": "<Figure size 640x360 with 1 Axes>"}
    return nbformat.v4.new_output("display_data", data=data)


def code_cell(name, source, *shows, **metadata):
    return nbformat.v4.new_code_cell(source, id=name, outputs=list(shows), metadata=metadata)


BAR = "Epoch 1/2\n4/4 ━━━━ - loss: 2.0000\nEpoch 2/2\n4/4 ━━━━ - loss: 1.0000\n"
DESCRIBED = {
    "image": {"alt": "Three curves of a loss that fall over fifteen epochs, one for each network."},
    "figure": {"caption": "Loss while learning."},
}


@pytest.fixture
def lab(tmp_path):
    """A lab that breaks no rule, not written yet, and where it belongs."""
    title = (
        "# A small lab\n\n[Chapter 8](../book/08-a.md) · about 1 minute on two cores\n\nIt learns."
    )
    form = {"figure": {"axes": 1, "series": 4, "texts": ["epoch", "LSTM"]}}
    table = {"table": {"columns": ["word", "tag"], "rows": [1, 3]}}
    cells = [
        nbformat.v4.new_markdown_cell(title, id="title"),
        code_cell(
            "data",
            "import keras\n\nUNITS = 8\nprint(UNITS)",
            stream("8\n"),
            change={"UNITS": [1, 2, 4]},
        ),
        code_cell("network", "keras.utils.set_random_seed(0)\nmodel = keras.Sequential()"),
        code_cell("training", "history = model.fit(x, y)", stream(BAR), tags=["progress"]),
        code_cell(
            "curve",
            'losses = history.history["loss"]\nplt.plot(losses)\nplt.show()',
            shown(draw(figures_drawn.curves)[0]),
            tags=["sample"],
            form=form,
            mystnb=DESCRIBED,
        ),
        code_cell("falls", 'last = losses[-1]\nassert last < 2, "the loss should fall"'),
        code_cell(
            "tags", "print(tag(text))", stream("word tag\nsaw VERB\n"), tags=["sample"], form=table
        ),
        code_cell("known", 'assert tag("saw") in "VERB NOUN", "a word is a verb or a noun"'),
    ]
    notebook = nbformat.v4.new_notebook(cells=cells)
    path = tmp_path / "notebooks" / "08-a-lab.ipynb"
    path.parent.mkdir()
    return notebook, path


def lint(lab):
    notebook, path = lab
    notebook.metadata = nbformat.from_dict(notebooks.METADATA)
    for count, cell in enumerate((c for c in notebook.cells if c.cell_type == "code"), 1):
        cell.execution_count = count
    notebooks.write(path, notebook)
    return [m.partition(": ")[2] for m in lint_notebooks.lint(path)]


def cell_of(lab, name):
    return next(c for c in lab[0].cells if c.id == name)


def without_a_curve(svg):
    """The SVG with all curves gone, its axes, texts and legend left."""
    return svg.replace('<g id="line2d_', '<g display="none" id="gone_')


FAULTS = {}


def fault(message):
    def register(plant):
        FAULTS[plant.__name__.replace("_", " ")] = (message, plant)
        return plant

    return register


@fault("its outputs are []")
def an_empty_sample(lab):
    cell_of(lab, "tags").outputs = []


@fault("0 rows, not 1 to 3")
def a_sample_of_headings_only(lab):
    cell_of(lab, "tags").outputs[0].text = "word tag\n"


@fault("an empty column")
def a_table_with_a_hole(lab):
    cell_of(lab, "tags").outputs[0].text = "word tag\nsaw\n"


@fault("not ['word', 'tag']")
def a_table_of_other_columns(lab):
    cell_of(lab, "tags").outputs[0].text = "tag word\nVERB saw\n"


@fault("0 series, not 4 to 4")
def a_figure_without_its_curves(lab):
    output = cell_of(lab, "curve").outputs[0]
    output.data["image/svg+xml"] = without_a_curve(output.data["image/svg+xml"])


@fault("3 series, not 4 to 4")
def a_figure_without_one_curve(lab):
    spoilt = draw(figures_drawn.curves, "removed")[0]
    cell_of(lab, "curve").metadata["form"]["figure"]["texts"] = ["epoch"]
    cell_of(lab, "curve").outputs[0].data["image/svg+xml"] = spoilt


@fault("its form is none of")
def a_sample_without_form(lab):
    del cell_of(lab, "tags").metadata["form"]


@fault("at least 1")
def a_form_that_nothing_fits_too(lab):
    cell_of(lab, "tags").metadata["form"]["table"]["rows"] = [0, 9]


@fault("a form without the tag sample")
def a_form_without_a_sample(lab):
    cell_of(lab, "data").metadata["form"] = {"text": {"lines": [1, 2]}}


@fault("reads no name that is not a literal")
def an_assert_true(lab):
    cell_of(lab, "known").source = 'assert True, "the tags are right"'


@fault("reads no name that is not a literal")
def an_assert_of_constants(lab):
    cell_of(lab, "known").source = 'LIMIT = 3\nassert LIMIT < 5, "the tags are right"'


@fault("its failure does not show")
def an_assert_inside_try(lab):
    cell = cell_of(lab, "known")
    cell.source = f"try:\n    {cell.source}\nexcept AssertionError:\n    pass"


@fault("compares a thing with itself")
def an_assert_of_itself(lab):
    cell_of(lab, "known").source = 'assert tag(text) == tag(text), "the tags are right"'


@fault("holds an 'or'")
def an_assert_with_a_way_out(lab):
    cell_of(lab, "known").source = 'assert tag("saw") == "VERB" or True, "it is a verb"'


@fault("no message")
def an_assert_without_message(lab):
    cell_of(lab, "known").source = 'assert tag("saw") == "VERB"'


@fault("it reads none of")
def an_assert_about_something_else(lab):
    cell_of(lab, "known").source = 'assert model.built, "the network is built"'


@fault("the next cell must assert")
def a_sample_at_the_end(lab):
    lab[0].cells.pop()


@fault("not one call of fit")
def a_progress_cell_that_prints_something_else(lab):
    cell_of(lab, "training").source += "\nprint(1)"


@fault("not the text of a bar")
def a_progress_cell_that_says_nothing(lab):
    cell_of(lab, "training").outputs = []


@fault("not the text of a bar")
def a_progress_cell_that_shows_its_history(lab):
    value = nbformat.v4.new_output("execute_result", {"text/plain": "<History>"}, execution_count=3)
    cell_of(lab, "training").outputs.append(value)


@fault("not as make execute writes it")
def a_bar_with_its_times(lab):
    cell_of(lab, "training").outputs[0].text = "4/4 ━━━━ 5s 34ms/step - loss: 1.0000\n"


@fault("tag 'study' is not allowed")
def a_tag_of_a_study(lab):
    cell_of(lab, "data").metadata["tags"] = ["study"]


@fault("a cell of a study in a lab")
def a_setup_cell(lab):
    cell_of(lab, "data").id = "setup"


@fault("float64")
def float64_in_a_lab(lab):
    cell_of(lab, "network").source += '\nkeras.config.set_floatx("float64")'


@fault("one sentence")
def a_lab_without_its_sentence(lab):
    cell_of(lab, "title").source = cell_of(lab, "title").source.rpartition("\n\n")[0]


@fault("first output comes after 12 lines")
def a_late_first_output(lab):
    cell = cell_of(lab, "data")
    cell.source = "\n".join(f"a{i} = {i}" for i in range(9)) + "\n" + cell.source


@fault("201 lines")
def a_long_lab(lab):
    cell = cell_of(lab, "falls")
    cell.source += "\nx = 1" * (201 - sum(lint_lines(c) for c in lab[0].cells))


def lint_lines(cell):
    from tools.lint_labs import code_lines

    return code_lines(cell.source) if cell.cell_type == "code" else 0


@fault("kB, more than 60")
def a_heavy_figure(lab):
    output = cell_of(lab, "curve").outputs[0]
    output.data["image/svg+xml"] += "<!--" + "x" * 60_000 + "-->"


@fault("an SVG")
def a_png_in_a_lab(lab):
    cell_of(lab, "curve").outputs[0].data = {"image/png": draw(figures_drawn.curves)[1]}


@fault("assigns no literal")
def a_change_of_nothing(lab):
    cell_of(lab, "data").metadata["change"] = {"WINDOW": [1, 2, 3]}


@fault("3 other values")
def a_change_to_the_same(lab):
    cell_of(lab, "data").metadata["change"] = {"UNITS": [8, 16, 32]}


@fault("progress bar")
def a_bar_in_a_cell_that_is_compared(lab):
    cell_of(lab, "network").source += "\nmodel.predict(x, verbose=1)"


def test_a_lab_without_a_fault_breaks_no_rule(lab):
    assert lint(lab) == []


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_in_a_lab_is_caught(name, lab):
    message, plant = FAULTS[name]
    plant(lab)
    seen = lint(lab)
    assert any(message in problem for problem in seen), seen


# ---- fresh outputs against committed ones


def verdict(cell, fresh):
    """The plugin's verdict on fresh outputs for a cell, as nbval asks for it."""
    skip = ("metadata", "traceback", "output_type", "name", "execution_count", "image/png")
    item = SimpleNamespace(
        cell=cell,
        parent=SimpleNamespace(skip_compare=skip),
        sanitize=lambda text: text,
        colors=nbval.plugin.nocolors,
        comparison_traceback=[],
        format_output_compare=lambda *about: None,
    )
    return strict_outputs._compare_strictly(item, fresh, cell.outputs)


def test_a_bar_may_say_other_losses_but_not_nothing(lab):
    cell = cell_of(lab, "training")
    assert verdict(cell, [stream("1/4 ━ 9s\r4/4 ━━━━ 9s 1s/step - loss: 7.0\n")])
    assert verdict(cell, [stream(BAR), stream("a warning", "stderr")])
    assert not verdict(cell, [])
    assert not verdict(cell, [stream(" \n")])
    assert not verdict(cell, [stream("a warning", "stderr")])


def test_a_sample_may_be_another_of_its_form(lab):
    cell = cell_of(lab, "tags")
    assert verdict(cell, [stream("word tag\nold ADJ\nsaw NOUN\n")])
    assert not verdict(cell, [stream("word tag\n")])
    assert not verdict(cell, [stream("word tag\nold ADJ\n"), stream("more\n", "stderr")])
    assert not verdict(cell, [])
    curve = cell_of(lab, "curve")
    moved = shown(draw(figures_drawn.curves, "moved")[0])
    assert verdict(curve, [moved])
    assert not verdict(curve, [shown(draw(figures_drawn.curves, "removed")[0])])
    assert not verdict(curve, [shown(draw(figures_drawn.cloud)[0])])


def player(samples: bytes):
    """What `Audio` shows: a player with a sound of 100 samples a second."""
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setparams((1, 2, 100, 0, "NONE", ""))
        sound.writeframes(samples)
    code = base64.b64encode(file.getvalue()).decode()
    html = f'<audio controls>\n<source src="data:audio/wav;base64,{code}" type="audio/wav" />'
    return nbformat.v4.new_output("display_data", {"text/html": html})


@pytest.mark.parametrize(
    ("shown", "fault"),
    [
        ([player(b"\1\0" * 150)], ""),
        ([player(b"\1\0" * 50)], "0.5 seconds, not 1 to 2"),
        ([player(bytes(300))], "its sound is silent"),
        ([nbformat.v4.new_output("display_data", {"text/html": "<b>la</b>"})], "no player"),
        ([stream("la la\n")], "its outputs are"),
    ],
)
def test_a_sound_is_heard(shown, fault):
    found = outputs.form_problems({"audio": {"seconds": [1, 2]}}, shown)
    assert bool(found) == bool(fault) and fault in "".join(found)


def test_a_committed_sample_that_lost_its_form_is_caught(lab):
    cell = cell_of(lab, "tags")
    fresh = [stream("word tag\nsaw NOUN\n")]
    cell.outputs = [stream("word tag\n")]
    assert not verdict(cell, fresh)


def test_other_cells_are_compared_to_the_letter_and_figures_by_what_they_show(lab):
    cell = cell_of(lab, "data")
    assert verdict(cell, [stream("8\n")])
    assert not verdict(cell, [stream("9\n")])
    curve = cell_of(lab, "curve")
    curve.metadata = nbformat.from_dict({})
    same = curve.outputs[0].data["image/svg+xml"].replace('id="line2d_', 'id="other_')
    assert verdict(curve, [shown(curve.outputs[0].data["image/svg+xml"])])
    assert not verdict(curve, [shown(draw(figures_drawn.curves, "moved")[0])])
    assert same != curve.outputs[0].data["image/svg+xml"]


def test_nbval_still_has_what_is_replaced():
    assert nbval.plugin.IPyNbCell.compare_outputs is strict_outputs._compare_strictly
    assert nbval.plugin.IPyNbFile.collect is strict_outputs._collect_strictly
    assert strict_outputs._collect.__name__ == "collect"
    assert strict_outputs._start_kernel.__name__ == "start_new_kernel"
    started = nbval.kernel.RunningKernel.__init__.__code__.co_names
    assert "start_new_kernel" in started, "it starts kernels with another function"


def test_a_kernel_that_never_answers_is_started_once_more(monkeypatch):
    silent = RuntimeError("Kernel didn't respond in 90 seconds")
    start = Mock(side_effect=[silent, "a kernel", silent, silent])
    monkeypatch.setattr(strict_outputs, "_start_kernel", start)
    assert nbval.kernel.start_new_kernel(kernel_name="python") == "a kernel"
    with pytest.raises(RuntimeError, match="respond"):
        nbval.kernel.start_new_kernel(kernel_name="python")


def test_a_bar_is_written_in_its_last_state_without_times():
    raw = "Epoch 1/9\n\r\x1b[1m1/4\x1b[0m \x1b[32m━\x1b[0m 1:20 9s/step - loss: 3"
    raw += "\b" * 31 + "\r\x1b[1m4/4\x1b[0m \x1b[32m━━━━\x1b[0m 20s 350ms/step - loss: 2.5\n"
    assert outputs.steady(raw) == "Epoch 1/9\n4/4 ━━━━ - loss: 2.5\n"
    assert outputs.steady("4/4 - 5s - 34ms/step - loss: 2.5\n") == "4/4 - loss: 2.5\n"
    broken = "1/4 ━━━━ 1:59 835ms/step - loss: 4.2Batch 1: Invalid loss\n"
    assert outputs.steady(broken) == "1/4 ━━━━ - loss: 4.2Batch 1: Invalid loss\n"
    assert outputs.steady(BAR) == BAR


# ---- findings that can fail


def spoilt(findings, study):
    """What the cell says that runs findings again on spoilt rows."""
    findings = nbformat.v4.new_code_cell(findings, id="findings")
    cell = strict_outputs.spoilt_cell(nbformat.v4.new_notebook(cells=[findings]))
    with contextlib.redirect_stdout(io.StringIO()) as said:
        exec(cell.source, {"STUDY": study, "live": 1.0})
    return said.getvalue() == cell.outputs[0].text


@pytest.mark.parametrize(
    ("findings", "fails"),
    [
        ('assert STUDY["a"]["loss"].high < 3', True),
        ('assert abs(STUDY["a"]["loss"].median - live) < 1\nprint("close")', True),
        ('assert STUDY["a"]["curve"][0] > 0', True),
        ("assert live == 1", False),
        ('assert "a" in STUDY', False),
        ('print(STUDY["a"]["loss"].high)', False),
        ('try:\n    assert STUDY["a"]["loss"].high < 3\nexcept AssertionError:\n    pass', False),
    ],
)
def test_findings_must_fail_on_spoilt_rows(findings, fails):
    loss = SimpleNamespace(median=1.0, low=0.5, high=2, n=3)
    assert spoilt(findings, {"a": {"loss": loss, "curve": [1, 2.0]}}) is fails


@pytest.mark.parametrize(
    "source",
    [
        "assert True",
        "assert 1 < 2",
        "assert LIMIT > 1",
        "assert (x > 1, 'always')",
        "assert x == x",
        "assert len(x) >= 0",
        "assert x > 3 or True",
        "try:\n    assert x > 1\nexcept AssertionError:\n    pass",
        "if False:\n    assert x > 1",
        "with contextlib.suppress(AssertionError):\n    assert x > 1",
    ],
)
def test_an_assertion_that_cannot_fail_is_seen(source):
    cell = SimpleNamespace(source=source)
    assert [why for _, why in lint_code.assertions(cell, {"LIMIT"}) if why]


# ---- chance, network, files


@pytest.mark.parametrize(
    "source",
    [
        "import numpy as np\nnp.random.default_rng()",
        "import numpy as np\nnp.random.default_rng(None)",
        "import numpy as np\nnp.random.default_rng(seed=None)",
        "import numpy as np\nnp.random.uniform()",
        "from numpy.random import rand",
        "from numpy import random as r\nr.shuffle(x)",
        "import random\nrandom.random()",
        "from random import shuffle",
        "import random\nrandom.Random()",
        "import numpy as np\nimport time\nnp.random.default_rng(int(time.perf_counter()))",
        "import time\ntime.time()",
        "import keras\nkeras.utils.set_random_seed(None)",
        "import tensorflow as tf\ntf.random.normal((2, 3))",
        "import os\nos.urandom(3)",
        "import requests",
        "import urllib.request as u\nu.urlopen(x)",
        "from urllib import request",
        "import socket, json",
        "import subprocess\nsubprocess.run(['curl', 'https://a.invalid'])",
        "import subprocess\nsubprocess.Popen('curl https://a.invalid', shell=True)",
        "import subprocess, sys\nsubprocess.run([sys.executable, '-c', 'x'], executable='/bin/sh')",
        "import subprocess, sys\nsubprocess.run([sys.executable, '-c', 'x'], **more)",
        "import subprocess\nsubprocess.check_output(['ls'])",
        "from subprocess import getoutput",
        "import keras\nkeras.datasets.imdb.load_data()",
        "from keras.datasets import imdb",
        "from keras import datasets",
        "import tensorflow as tf\ntf.keras.layers.LSTM(3)",
        "import importlib\nimportlib.import_module('requests')",
        "__import__('requests')",
        "exec('import requests')",
        "open('/' + 'home' + '/x', 'w')",
        "open('/data/x')",
        "from pathlib import Path\nPath('/') / 'x'",
        "from pathlib import Path\nPath.home()",
        "from pathlib import Path\nPath('~/x').expanduser()",
        "import os\nopen(os.path.expanduser('~/x'))",
        "from pathlib import Path\nPath(f'/{x}').read_text()",
        "model.save('/x.keras')",
        "open('C:\\\\x')",
    ],
)
def test_chance_network_and_foreign_files_are_seen(source):
    assert lint_code.problems(source)


@pytest.mark.parametrize(
    "source",
    [
        "import numpy as np\nrng = np.random.default_rng(3)\nrng.random(2)\nrng.shuffle(x)",
        "import numpy as np\nnp.random.default_rng([3, seed]).permutation(5)",
        "import random\nrandom.Random(3).random()",
        "import keras\nkeras.utils.set_random_seed(0)\nkeras.random.SeedGenerator(1)",
        "import time\nstart = time.perf_counter()",
        "import os\nos.environ.setdefault('A', '1')\nos.path.join('a', 'b')",
        "open('mine.txt', 'w')\nmodel.save('mine.keras')",
        "import subprocess, sys\nsubprocess.run([sys.executable, '-c', 'x'], env={'A': 'b'})",
        "print('a / b', '/', 1 / 2)",
        "import keras\nkeras.utils.get_file('a', origin='https://a.invalid/b')",
    ],
)
def test_seeded_numbers_and_own_files_pass(source):
    assert lint_code.problems(source) == []


def test_a_file_in_the_home_folder_is_seen(tmp_path):
    environment = kernels.environment("locked", tmp_path)
    home = Path(environment["HOME"])
    (home / ".cache").mkdir()
    assert kernels.left_at_home(tmp_path) == []
    (home / "weights.h5").touch()
    assert kernels.left_at_home(tmp_path) == ["weights.h5"]


# ---- which notebooks run


def git(folder, *words):
    who = ["-c", "user.name=a", "-c", "user.email=a@b.invalid", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *who, *words], cwd=folder, check=True, capture_output=True)


def commit(folder, name):
    """A commit with one new file."""
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).touch()
    git(folder, "add", ".")
    git(folder, "commit", "-qm", name)


@pytest.fixture
def repository(tmp_path):
    """A book of thirteen notebooks, two commits old."""
    for number in range(1, 13):
        path = tmp_path / "notebooks" / "studies" / f"{number:02}a-a.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        carries = [nbformat.v4.new_code_cell("", id="data-cue")] if number == 3 else []
        notebooks.write(path, nbformat.v4.new_notebook(cells=carries))
    notebooks.write(tmp_path / "notebooks" / "08-a.ipynb", nbformat.v4.new_notebook())
    git(tmp_path, "init", "-q", "-b", "main")
    for message in ("one", "two"):
        commit(tmp_path, message)
    return tmp_path


def ran(repository, leg="ulp", commits=1):
    paths = compare.changed(leg, commits, notebooks.every(repository), repository)
    return [p.stem for p in paths]


def touch(repository, *names):
    for name in names:
        path = repository / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(path.read_text() + " " if path.exists() else "x")


def test_changed_runs_what_changed_and_a_sample(repository):
    assert len(ran(repository)) == compare.SAMPLE
    assert ran(repository) == ran(repository) and len(ran(repository, commits=5)) == 13
    touch(repository, "notebooks/studies/05a-a.ipynb")
    assert ran(repository)[0] == "05a-a" and len(ran(repository)) == 1 + compare.SAMPLE
    touch(repository, "data/generators/cue.py")
    assert ran(repository)[:2] == ["03a-a", "05a-a"]
    touch(repository, "requirements.txt")
    assert len(ran(repository)) == 2 + compare.LARGE_SAMPLE
    assert len(ran(repository, "colab")) == 2 + compare.SAMPLE
    touch(repository, "tools/colab.txt")
    assert len(ran(repository, "colab")) == 2 + compare.LARGE_SAMPLE


def test_of_many_that_changed_some_run_and_the_others_are_named(repository, capsys):
    names = {f"{number:02}a-a" for number in range(1, 12)}
    touch(repository, *(f"notebooks/studies/{name}.ipynb" for name in names))
    chosen = ran(repository)
    assert len(set(chosen)) == compare.LIMIT and chosen == ran(repository)
    told = capsys.readouterr().out.splitlines()[0]
    assert told.startswith("ulp: 6 of 13; ALL=1 runs the others too: ")
    assert set(told.partition("too: ")[2].split(", ")).isdisjoint(chosen)
    assert ran(repository, "isa") != chosen, "each leg draws its own"


def test_commits_of_a_branch_that_was_merged_count_as_one(repository):
    commit(repository, "tools/figures.py")
    git(repository, "checkout", "-q", "-b", "side")
    for message in ("three", "four", "five"):
        commit(repository, message)
    git(repository, "checkout", "-q", "main")
    git(repository, "merge", "-q", "-s", "ours", "--no-ff", "-m", "merged", "side")
    assert len(ran(repository, "isa", 2)) == compare.LARGE_SAMPLE


def test_a_tool_that_runs_notebooks_counts_as_a_change(repository):
    (repository / "tools").mkdir()
    (repository / "tools" / "figures.py").touch()
    assert len(ran(repository, "isa")) == compare.LARGE_SAMPLE


# ---- "Change it"


def test_a_change_replaces_the_literal_and_nothing_else():
    source = "# ü\nUNITS = 8  # nodes\nNAMES = [\n    'a',\n]\nprint(UNITS)"
    assert changes.assign(source, "UNITS", 16) == source.replace("= 8", "= 16")
    assert "NAMES = ['b']\n" in changes.assign(source, "NAMES", ["b"])
    with pytest.raises(KeyError):
        changes.assign(source, "WINDOW", 3)


def test_changes_of_several_names_share_their_runs(lab):
    lab[0].cells[2].metadata["change"] = {"RATE": [0.1, 0.2]}
    assert changes.wanted(lab[0]) == [
        {("data", "UNITS"): 1, ("network", "RATE"): 0.1},
        {("data", "UNITS"): 2, ("network", "RATE"): 0.2},
        {("data", "UNITS"): 4, ("network", "RATE"): 0.1},
    ]


def test_each_commit_draws_one_change_of_a_lab(lab, tmp_path):
    path = tmp_path / "08-a.ipynb"
    notebooks.write(path, lab[0])
    once = [changes.drawn(path, str(commit)) for commit in range(20)]
    assert all(len(runs) == 1 and runs[0] in changes.wanted(lab[0]) for runs in once)
    assert once[0] == changes.drawn(path, "0") and any(runs != once[0] for runs in once)
    notebooks.write(path, nbformat.v4.new_notebook())
    assert changes.drawn(path, "0") == []


def test_a_change_that_breaks_a_lab_is_seen(tmp_path, capfd):
    path = tmp_path / "notebooks" / "01-echoes.ipynb"
    path.parent.mkdir()
    cells = [
        nbformat.v4.new_code_cell("UNITS = 2", id="data"),
        nbformat.v4.new_code_cell("assert UNITS < 3, 'too many units'", id="facts"),
    ]
    notebooks.write(path, nbformat.v4.new_notebook(cells=cells, metadata=notebooks.METADATA))
    assert changes.run(path, {("data", "UNITS"): 1}) is None
    assert "too many units" in changes.run(path, {("data", "UNITS"): 4})
    assert "01-echoes with UNITS = 1: ran in" in capfd.readouterr().out
