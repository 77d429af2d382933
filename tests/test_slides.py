"""The slides: what a deck shows and says, that nothing on it is cut off, and how it is printed."""

import pytest
import small_book
from bs4 import BeautifulSoup
from conftest import violations
from pypdf import PdfReader

from tools import lint_pages, lint_site, slides

FOLDER = lint_site.SITE / "slides"
DECKS = sorted(path.name for path in FOLDER.glob("*.html"))
REQUESTS = 25
KINDS = {2, 4, 6, 9, 11}  # slides of that deck: a vote, a table, the board, a finding, verdicts
UNFIT = """() => Reveal.getSlides().flatMap(slide => {
  const {h, v} = Reveal.getIndices(slide), wrong = [];
  Reveal.slide(h, v);
  const pixels = slide.getBoundingClientRect().width / slide.offsetWidth;
  if (slide.scrollHeight > 700) wrong.push(`${slide.scrollHeight} high`);
  if (slide.scrollWidth > 960) wrong.push(`${slide.scrollWidth} wide`);
  for (const box of slide.querySelectorAll('figure svg')) {
    const {width, height} = box.getBoundingClientRect();
    const drawn = Math.min(width / box.viewBox.baseVal.width, height / box.viewBox.baseVal.height);
    if (drawn / pixels < 1.1) wrong.push(`a figure of ${(drawn / pixels).toFixed(2)}`);
  }
  return wrong.map(what => `slide ${h + 1}: ${what}`);
})"""


@pytest.fixture(scope="module")
def url(serve):
    return f"{serve(lint_site.SITE)}/slides"


def test_there_is_a_deck_for_each_lesson():
    lessons = {path.name for path in (lint_site.SITE / "book").glob("[0-9]*.html")}
    assert set(DECKS) == lessons and DECKS, "run `make book` first"


def test_no_slide_overflows_and_none_asks_another_host(visit, url):
    page, wrong, asked = visit(f"{url}/{DECKS[0]}"), {}, []
    page.on("request", lambda request: asked.append(request.url))
    for name in DECKS:
        page.goto(f"{url}/{name}")
        page.evaluate("document.fonts.ready.then(() => true)")
        wrong[name] = page.evaluate(UNFIT)
    assert {name: what for name, what in wrong.items() if what} == {}
    assert {address.split("/")[2] for address in asked} == {url.split("/")[2]}
    assert len(asked) <= REQUESTS * len(DECKS)


def test_everybody_can_read_a_deck_and_lead_through_it_with_keys(visit, url, axe):
    page = visit(f"{url}/05-vanishing-gradients.html", reduced_motion="reduce")
    found, titles = [], page.locator("h2").all_inner_texts()
    for number, _ in enumerate(titles, 1):
        page.keyboard.press("Space")
        if number in KINDS:
            found += violations(page, axe)
    assert found == []
    assert page.locator(".slides > .present h2").inner_text() == titles[-1] == "To take home"


def test_the_speaker_s_window_shows_the_notes(visit, url):
    page = visit(f"{url}/{DECKS[0]}")
    with page.expect_popup() as opened:
        page.keyboard.press("s")
    said = opened.value.locator(".speaker-controls-notes .value p").first
    said.wait_for()
    assert "min." in said.inner_text()
    assert opened.value.frame_locator("#current-slide iframe").locator("h1").inner_text()


def test_the_check_sees_a_slide_that_is_too_full(visit, url):
    page = visit(f"{url}/{DECKS[0]}")
    page.evaluate("document.querySelector('.vote').append('too much '.repeat(400))")
    page.evaluate("document.querySelector('figure').style.maxHeight = '100px'")
    assert {text.split()[1] for text in page.evaluate(UNFIT)} == {"2:", "3:"}


# ---- a deck of the small book, built


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    root = small_book.write(tmp_path_factory.mktemp("slides") / "book")
    assert slides.build(root) == 0
    return root


@pytest.fixture(scope="module")
def deck(book):
    path = book / "_build" / "html" / "slides" / f"{small_book.LESSON}.html"
    return path.read_text(encoding="utf-8")


def test_a_slide_shows_little_and_its_note_says_the_rest(deck):
    slide = BeautifulSoup(deck, "html.parser").find("h2", string="Finding: an echo fades").parent
    (note,) = slide.select("aside.notes")
    said = " ".join(note.extract().get_text(" ").split())
    assert slide.find(class_="number").get_text() == "0.60" and not slide.find("button")
    assert "The echo fades." not in slide.get_text() and "The echo fades." in said
    assert "median of 3 seeds" in said and "row lstm" in said
    assert note.find("math") and not note.find(class_="katex")
    (link,) = slide.select("figcaption a")
    assert link["href"] == f"../notebooks/studies/{small_book.STUDY}.html#fading"


def test_the_first_note_says_how_long_all_slides_take(deck):
    note = BeautifulSoup(deck, "html.parser").select_one("aside.notes")
    assert f"All slides: {2 * (len(small_book.DECK) + 1)} min." in note.get_text()


def test_a_vote_tells_the_answer_to_its_speaker_alone(deck):
    slide = BeautifulSoup(deck, "html.parser").find("h2", string="Vote").parent
    (note,) = slide.select("aside.notes")
    said = note.extract().get_text()
    assert len(slide.select("li")) == 4 and "is right" not in slide.get_text()
    assert said.count("is right") == 1 and said.count("an echo is taken for a voice") == 3


def test_decks_are_printed_a_page_a_slide(browser, tmp_path):
    (tmp_path / "_build").mkdir()
    (tmp_path / "_build" / "html").symlink_to(lint_site.SITE)
    for path in slides.print_decks(browser, tmp_path):
        shown = BeautifulSoup((FOLDER / f"{path.stem}.html").read_text("utf-8"), "html.parser")
        assert len(PdfReader(path).pages) == len(shown.select(".slides > section")), path.stem


def test_a_question_or_a_row_that_is_not_there_fails_the_build(tmp_path, capfd):
    root = small_book.write(tmp_path / "book")
    path = root / "book" / "slides" / f"{small_book.LESSON}.md"
    text = path.read_text(encoding="utf-8").replace("{vote} 1-1", "{vote} 1-9")
    path.write_text(text.replace("lstm/loss", "lstm/los"), encoding="utf-8")
    assert slides.build(root) == 1
    told = capfd.readouterr().err
    assert "no question '1-9'" in told and "measured no 'los'" in told


# ---- what is asked of each deck

ELSEWHERE = '<img src="https://other.invalid/a.png">'
FAULTS = {
    "4 slides; 10 to 20": lambda slides: [s.decompose() for s in slides[2:-2]],
    "no question with a picture": lambda slides: slides[1].figure.decompose(),
    "is no question": lambda slides: slides[1].h2.string.replace_with("An echo"),
    "does not vote": lambda slides: slides[-2].select_one(".vote").decompose(),
    "'To take home'": lambda slides: slides[-1].h2.string.replace_with("The end"),
    "derives nothing": lambda slides: slides[3].select_one(".board").decompose(),
    "judges no claim": lambda slides: slides[7].ul.decompose(),
    "no finding": lambda slides: slides[4].select_one(".number").decompose(),
    "slide 6 has no notes": lambda slides: slides[5].aside.decompose(),
    "slide 7 has no notes": lambda slides: slides[6].aside.p.insert(0, "About "),
    "from another host": lambda slides: slides[1].append(BeautifulSoup(ELSEWHERE, "html.parser")),
    "points at nothing": lambda slides: slides[0].a.__setitem__("href", "../book/none.html"),
}


@pytest.fixture
def check(deck, tmp_path):
    """``check(change) -> problems`` of a site with nothing but the deck, changed."""

    def problems(change=lambda slides: None):
        page = BeautifulSoup(deck, "html.parser")
        change(page.select(".slides > section > section"))
        path = tmp_path / "_build" / "html" / "slides" / "01-echoes.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(str(page), encoding="utf-8")
        site = lint_site.Site(path.parents[1])
        rules = lint_site.rule_slides, lint_site.rule_links, lint_site.rule_hosts
        return [what for rule in rules for _, what in rule(site)]

    return problems


def test_a_deck_in_order_is_left_alone(check):
    assert [what for what in check() if not what.startswith("../") and "/" not in what] == []


@pytest.mark.parametrize("fault", FAULTS)
def test_a_deck_out_of_order_is_told(check, fault):
    before = check()
    assert any(fault in what for what in set(check(FAULTS[fault])) - set(before))


def test_a_lesson_without_slides_and_a_number_typed_by_hand_are_told(tmp_path):
    path = tmp_path / "01-echoes.md"
    assert lint_pages.check_slides(path) == [
        "slides/01-echoes.md: there are no slides of this lesson"
    ]
    path.write_text("The net ends at 0.6; $0.5$ is a choice.", encoding="utf-8")
    (problem,) = lint_pages.check_slides(path)
    assert "'0.6' is typed by hand" in problem


def test_slides_that_did_not_end_well_are_not_built_upon(tmp_path, monkeypatch):
    half = tmp_path / "_build" / "html" / "slides" / "half.html"
    upon = []

    class Sphinx:
        statuscode = 0

        def __init__(self, *args, **options):
            upon.append(half.exists())

        def build(self):
            half.parent.mkdir(parents=True, exist_ok=True)
            half.touch()
            if len(upon) == 1:
                raise KeyboardInterrupt

    monkeypatch.setattr(slides, "Sphinx", Sphinx)
    monkeypatch.setattr(slides, "settings", lambda root: {})
    with pytest.raises(KeyboardInterrupt):
        slides.build(tmp_path)
    assert slides.build(tmp_path) == slides.build(tmp_path) == 0
    assert upon == [False, False, True]
