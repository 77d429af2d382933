"""The script that plants faults finds a place for each kind, and the same one again."""

import random
import subprocess

import plant_faults
import pytest


class OnPaper(plant_faults.Copy):
    """The book itself, in which nothing is written."""

    def save(self, path, content, what, said=""):
        return plant_faults.Planted(path.relative_to(self.folder).as_posix(), what, said)


def drawn(name, seed):
    copy = OnPaper(plant_faults.ROOT, random.Random(f"{seed} {name}"))
    return plant_faults.KINDS[name].plant(copy)


def test_each_kind_of_fault_has_a_place():
    for name, kind in plant_faults.KINDS.items():
        planted = drawn(name, "oak")
        assert planted.what and (plant_faults.ROOT / planted.file).exists(), name
        if "notebook" in kind.checks:
            assert planted.file.endswith(".ipynb"), name


def test_a_seed_draws_one_place_and_another_seed_another():
    places = [drawn("a wrong sum", seed) for seed in ("oak", "oak", "elm", "ash")]
    assert places[0] == places[1] and len(set(places)) == 3


def test_a_fault_is_seen_and_taken_away(tmp_path):
    copy = plant_faults.Copy(tmp_path, random.Random(1))
    (tmp_path / "a.md").write_text("one $1 + 1 = 2.25$ two")
    planted = copy.replace("*.md", plant_faults.A_SUM, plant_faults.another_digit)
    text = (tmp_path / "a.md").read_text()
    assert planted.file == "a.md" and planted.said in text and "2.25" not in text


def test_what_skips_all_or_chooses_nothing_judges_nothing(tmp_path):
    (tmp_path / "test_a.py").write_text(
        "import pytest\ndef test_one():\n    pytest.skip()\ndef test_two():\n    pass\n"
    )
    assert plant_faults.run(tmp_path, "test_a.py", "")[0]
    with pytest.raises(LookupError, match="skipped"):
        plant_faults.run(tmp_path, "test_a.py -k one", "")
    with pytest.raises(LookupError, match="no test"):
        plant_faults.run(tmp_path, "test_a.py -k three", "")


def test_what_is_red_without_the_fault_judges_nothing(tmp_path):
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    (tmp_path / "a.txt").write_text("right")
    (tmp_path / "test_a.py").write_text(
        "def test_red():\n    assert False\n"
        "def test_text():\n    assert open('a.txt').read() == 'right'\n"
    )
    subprocess.run(["git", "add", "."], cwd=tmp_path, check=True)
    (tmp_path / "a.txt").write_text("wrong")
    check, said = plant_faults.judged(tmp_path, ("test_a.py -k text",), "a.txt")
    assert check == "test_a.py -k text" and "1 failed" in said
    assert (tmp_path / "a.txt").read_text() == "right"
    assert plant_faults.judged(tmp_path, (check,), "a.txt") == ("", "")
    with pytest.raises(LookupError, match="red without the fault"):
        plant_faults.judged(tmp_path, (check, "test_a.py -k red"), "a.txt")


def test_a_line_of_a_build_is_about_a_fault_or_not():
    planted = plant_faults.Planted("book/a.md", "what", "{term}`elmish`")
    assert plant_faults.tells("/copy/book/a.md:3: WARNING: something", planted)
    assert not plant_faults.tells("WARNING: something", planted._replace(said=""))
    assert not plant_faults.tells("/copy/book/b.md:3: WARNING: something", planted)
    said = planted._replace(said="'](b.md#c-x)")
    assert plant_faults.tells("WARNING: no target '](b.md#c-x'", said._replace(file="c.md"))
