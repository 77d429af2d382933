"""The figures that play: what sounds, when, and that nothing does before its button is pressed."""

import math

import pytest
import test_figures
from test_figures import data_of, put

figure = test_figures.figure

EAR = """() => {
    window.heard = [];
    window.OscillatorNode = class extends OscillatorNode {
      constructor(sound, { frequency }) { super(sound, { frequency }); heard.push(frequency); }
    };
}"""


def heard(page, name: str, pitches: list[int]) -> list[str]:
    """What is wrong with the notes that sound, from a place on, after the button is pressed."""
    page.evaluate(EAR)
    put(page, name, shown=1, at=2)
    silent = page.evaluate("heard.length")
    page.get_by_role("button", name="Play").press("Enter")
    wrong = [f"{silent} notes before the button"] if silent else []
    frequencies = page.evaluate("heard")
    expected = [440 * 2 ** ((p - 69) / 12) for p in pitches[2:]]
    if len(frequencies) != len(expected):
        return [*wrong, f"{len(frequencies)} notes, not {len(expected)}"]
    pairs = zip(frequencies, expected, strict=True)
    return wrong + [f"{a} is not {b}" for a, b in pairs if not math.isclose(a, b, rel_tol=1e-3)]


def test_what_is_drawn_is_heard_and_stops(figure):
    page = figure("blind")
    assert heard(page, "blind", data_of("blind")["pieces"][0]["pitches"]) == []
    where = "document.querySelector('.handle').getAttribute('aria-valuenow')"
    page.wait_for_function(f"() => Number({where}) > 2")  # the mark goes along
    page.get_by_role("button", name="Stop").click()
    assert page.get_by_role("button", name="Play").is_visible()
    assert page.evaluate(where) == "2"


def test_no_motion_where_none_is_wanted(figure):
    page = figure("repeat", reduced_motion="reduce")
    put(page, "repeat", shown=1, at=0)
    page.get_by_role("button", name="Play").click()
    page.wait_for_timeout(700)
    assert page.locator(".handle").get_attribute("aria-valuenow") == "0"


@pytest.mark.parametrize(
    ("old", "new"),
    [("(pitch - 69) / 12", "(pitch - 60) / 12"), ("if (n < begin) continue;", "")],
)
def test_a_wrong_sound_is_heard(figure, old, new):
    page = figure("blind", edit=(old, new), edited="player")
    assert heard(page, "blind", data_of("blind")["pieces"][0]["pitches"]) != []
