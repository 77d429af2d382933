"""The figure in which a network and a bag judge what the reader types: typing, exchanging, moving.

What every figure keeps, and that its numbers are Keras', stands in `test_figures.py`.
"""

import test_figures
from conftest import settled, shown
from test_figures import put, table

figure = test_figures.figure  # the fixture


def scores(page) -> tuple[float, float]:
    """Of the network and of the bag, to four places."""
    page.locator("details").evaluate("e => e.open = true")
    _, *both = table(page, ".numbers")[-1]
    return tuple(round(shown(text), 4) for text in both)


def test_only_the_network_hears_which_clause_is_last(figure):
    page = put(figure("order"), "order", shown=1)
    before, bag = scores(page)
    page.get_by_role("button", name="Exchange the clauses").click()
    after, same = scores(page)
    assert page.locator("textarea").input_value() == "the staff was bad but the food was good"
    assert before < -0.9 and after > 0.9 and same == bag
    page.locator("textarea").fill("the food was good but")
    assert page.get_by_role("button", name="Exchange the clauses").is_disabled()
    page.locator("textarea").fill("the food was good")
    assert page.get_by_role("button", name="Exchange the clauses").is_disabled()


def test_a_word_is_moved_and_the_handle_goes_with_it(figure):
    page = put(figure("order"), "order", text="the food was not good .", at=3)
    page.get_by_role("button", name="Move word right").click()
    assert page.locator("textarea").input_value() == "the food was good not ."
    assert "“not”" in page.locator(".handle").get_attribute("aria-valuetext")
    put(page, "order", at=0)
    assert page.get_by_role("button", name="Move word left").is_disabled()


def test_it_says_which_words_it_does_not_know(figure):
    page = put(figure("order", width=390), "order", shown=1)
    page.locator("textarea").fill("The FOOD, was <b>tasty</b> but " + "o" * 60)
    said = settled(page).locator("[role=status]").inner_text()
    assert f"They do not know “<b>tasty</b>”, “{'o' * 60}”." in said
    assert page.locator("svg .unknown").count() == 4 and page.locator("svg b").count() == 0
    assert test_figures.fits(page) == []
    page.locator("textarea").fill("zxqv brrgl.")
    assert "no verdict" in settled(page).locator("[role=status]").inner_text()
    assert page.locator("svg .score").count() == 0
    page.locator("textarea").fill("The food wasn't good")
    assert "They do not know" not in settled(page).locator("[role=status]").inner_text()
    page.locator("textarea").fill('the food-was "good". ' + "bad " * 40)
    assert "They do not know" not in settled(page).locator("[role=status]").inner_text()
    page.locator("textarea").fill(" ?! ")
    assert settled(page).locator("[role=status]").inner_text() == "Type a review."
    assert page.locator("svg .word").count() == 0
