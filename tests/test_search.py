"""The search: what it knows of a page, and what a reader finds in the built book."""

import json
from urllib.parse import urlsplit

import pytest
from conftest import violations
from docutils import nodes
from docutils.utils import new_document
from sphinx.errors import ExtensionError
from sphinx_exercise.nodes import solution_node

from recurrent_book import glossary, ledger, search
from tools import lint_site

SITE = lint_site.SITE
HELP = "book/troubleshooting.html#"
FIRST = {  # query: the section that comes first
    "clipnorm": "book/04-exploding-gradients.html#clip",
    "teacher forcing": "book/glossary.html#term-teacher-forcing",
    "BPTT": "book/glossary.html#term-backpropagation-through-time",
    "overfitting": "book/glossary.html#term-overfitting",
    "mask": "book/08-lstm-in-keras.html#masks",
    "stateful": "book/08-lstm-in-keras.html#states",
    "LSTM vs GRU": "book/07-lstm-or-gru.html",
    "units": "book/08-lstm-in-keras.html#units-are-not-time-steps",
    # as other readers say it
    "difference between GRU and LSTM": "book/07-lstm-or-gru.html",
    "padding": "book/08-lstm-in-keras.html#masks",
    "loss is nan": HELP + "the-loss-is-nan",
    "how to handle sequences of different length": HELP + "sequences-of-different-length",
    "how many units should I use in an LSTM": HELP + "how-many-units-does-an-lstm-need",
    "how many units should an lstm layer have": HELP + "how-many-units-does-an-lstm-need",
    "loss becomes nan": HELP + "the-loss-is-nan",
    "generated text keeps repeating itself": HELP + "the-text-repeats-the-same-words",
    "lstm training very slow on gpu": HELP + "training-is-slow-on-a-gpu",
    "number of neurons": "book/glossary.html#term-unit",
    "initialization": "book/glossary.html#term-initialisation",
    "bidirectinal": "book/09-bidirectional-lstm.html",
    # a name in code, a phrase, a question: headings have other words
    "return_state": "book/08-lstm-in-keras.html#what-comes-back",
    "TimeDistributed": HELP + "timedistributed-and-repeatvector",
    "how to stack lstm layers": HELP + "how-many-layers-does-an-lstm-need",
    "keras lstm many to many": HELP + "many-to-one-one-to-many-many-to-many",
    "predict next word lstm": "book/02-text-generation.html#guess-draw-append",
    "time series forecasting lstm": "notebooks/07-lstm-or-gru.html",
    "neural machine translation keras": "book/11-translation.html",
    "Why is LSTM better than RNN?": "book/05-vanishing-gradients.html#a-path-that-carries",
    "Why is my model not learning?": HELP + "the-loss-does-not-fall",
    "When should I not use a bidirectional RNN?": HELP + "when-can-i-not-use-a-bidirectional-lstm",
}
NOWHERE = ("odot", "mathbf", "htmlClass", "lag99")  # words of formulas, and of a number's note
QUERY_BYTES, QUERY_REQUESTS = 300_000, 15


# ---- what it knows


def page() -> nodes.document:
    """A page with something of each kind that a reader does not read."""
    section = nodes.section("", nodes.title("", "Masks"), ids=["masks"])
    hidden = [
        ledger.measured_note("", "", nodes.Text("note")),
        glossary.term_note("", "", nodes.Text("definition")),
        nodes.math("", r"\odot"),
        nodes.raw("", "markup", format="html"),
    ]
    section += nodes.paragraph("", "", nodes.Text("A mask "), *hidden)
    section += nodes.math_block("", "display")
    section += solution_node("", nodes.paragraph("", "answer"))
    section += nodes.container(
        "", nodes.literal_block("", "printed"), nb_element="cell_code_output"
    )
    section += nodes.literal_block("", "model.fit(x, 'text')  # note", language="python")
    inner = nodes.section("", nodes.title("", "Padding"), nodes.paragraph("", "$"), ids=["padding"])
    document = new_document("page")
    document += section
    section += inner
    return document


def known(document) -> str:
    return json.dumps(search.sections(document), ensure_ascii=False)


def test_a_section_has_its_text_and_the_names_in_its_code():
    first, second = search.sections(page())
    assert (first["anchor"], first["title"], first["text"]) == ("", "", "A mask …")
    assert first["names"] == "fit model"
    assert (second["anchor"], second["title"]) == ("padding", "Padding")


def test_of_a_long_page_it_knows_how_sections_begin():
    first, _ = search.sections(page(), longest=6, named=False)
    assert (first["text"], first["names"]) == ("A mask", "")


@pytest.mark.parametrize(
    ("kind", "word"),
    [
        (nodes.Invisible, "note"),
        (nodes.Invisible, "definition"),
        (nodes.raw, "markup"),
        (nodes.math_block, "display"),
        (solution_node, "answer"),
    ],
)
def test_what_is_not_read_is_not_found(monkeypatch, kind, word):
    assert word not in known(page())
    monkeypatch.setattr(search, "UNSPOKEN", tuple(k for k in search.UNSPOKEN if k is not kind))
    assert word in known(page())


def test_what_readers_ask_for_has_a_section():
    pages = [{"page": "book/08", "sections": search.sections(page())}]
    search.check({"book/08": ["pad"], "book/08#padding": ["zeros"]}, pages)
    with pytest.raises(ExtensionError, match="no section book/08#gone"):
        search.check({"book/08#gone": ["zeros"]}, pages)


# ---- what a reader finds


@pytest.fixture(scope="module")
def reader(browser, serve):
    """The search page of the built book, open once for all that is asked."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    reader = context.new_page()
    reader.goto(f"{serve(SITE)}/search.html")
    yield reader
    context.close()


def ask(reader, query: str) -> list[str]:
    """The addresses of the first results."""
    reader.locator(".search input").fill(query)
    reader.wait_for_function("q => document.title.startsWith(q + ' ·')", arg=query)
    reader.wait_for_function(
        "() => document.querySelector('.search-status').textContent.match(/first|Nothing/)"
    )
    links = reader.locator(".search-results a").evaluate_all("all => all.map(a => a.href)")
    return [urlsplit(link)._replace(scheme="", netloc="").geturl().lstrip("/") for link in links]


def test_the_empty_page_waits_in_its_field(reader):
    assert reader.evaluate("document.activeElement.name") == "q"
    assert reader.locator(".search-examples a").count() >= 3
    assert not reader.locator(".search-results a").count()


@pytest.mark.parametrize("query", FIRST)
def test_the_right_section_comes_first(reader, query):
    assert ask(reader, query)[0] == FIRST[query]


@pytest.mark.parametrize("query", NOWHERE)
def test_words_of_formulas_and_notes_lead_nowhere(reader, query):
    assert ask(reader, query) == []
    assert "Nothing found" in reader.locator(".search-status").inner_text()


def test_a_note_that_is_no_longer_left_out_is_seen(browser, serve):
    def spoil(route):
        data = route.fetch().json()
        data["pages"][0]["sections"][0]["text"] += r" row lag99, \odot"
        route.fulfill(json=data)

    context = browser.new_context()
    reader = context.new_page()
    reader.route("**/sections.json", spoil)
    reader.goto(f"{serve(SITE)}/search.html")
    assert all(ask(reader, query) for query in ("lag99", "odot"))
    context.close()


def test_teaching_pages_come_after_what_they_repeat(browser, serve):
    def repeat(route):
        data = route.fetch().json()
        lesson = next(page for page in data["pages"] if page["page"] == "book/07-lstm-or-gru")
        for copy, weight in (("teaching", search.weight("book/teaching/07")), ("planted", 2)):
            data["pages"].append(lesson | {"page": copy, "weight": weight})
        route.fulfill(json=data)

    context = browser.new_context()
    reader = context.new_page()
    reader.route("**/sections.json", repeat)
    reader.goto(f"{serve(SITE)}/search.html")
    found = ask(reader, "LSTM vs GRU")
    assert found[:2] == ["planted.html", "book/07-lstm-or-gru.html"]
    assert "teaching.html" not in found[:4]
    context.close()


def test_a_result_says_where_it_is_and_shows_the_words(reader):
    ask(reader, "mask")
    result = reader.locator(".search-results li").first
    assert result.locator("a").inner_text() == "Masks"
    assert result.locator(".search-where").inner_text() == "8. LSTM in Keras"
    marked = result.locator("mark").all_inner_texts()
    assert {"mask", "padded"} <= set(marked)
    before = reader.locator(".search-results li").count()
    reader.locator(".search-more").click()
    assert reader.locator(".search-results li").count() > before


def test_the_keyboard_leads_from_any_page_to_a_result(visit, serve):
    page = visit(f"{serve(SITE)}/book/08-lstm-in-keras.html")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.className") == "sidebar-search"
    page.keyboard.type("teacher/forcing")
    page.keyboard.press("Enter")
    page.wait_for_selector(".search-results a")
    page.keyboard.press("Control+k")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.textContent") == "Glossary: teacher forcing"
    page.keyboard.press("Enter")
    page.wait_for_url("**/glossary.html#term-teacher-forcing")


def test_the_key_without_a_modifier_can_be_switched_off(visit, serve):
    page = visit(f"{serve(SITE)}/search.html")
    page.locator(".search-keys input").uncheck()
    page.reload()
    assert not page.locator(".search-keys input").is_checked()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.tagName") == "BODY"
    page.keyboard.press("Control+k")
    assert page.evaluate("document.activeElement.name") == "q"


def test_on_a_phone_the_key_opens_the_drawer(visit, serve):
    page = visit(f"{serve(SITE)}/book/08-lstm-in-keras.html", width=390)
    page.keyboard.press("Control+k")
    page.wait_for_function(
        "() => document.querySelector('.sidebar-search').getBoundingClientRect().left >= 0"
    )
    assert page.evaluate("document.activeElement.className") == "sidebar-search"


def test_results_are_light_and_everyone_can_read_them(browser, serve, axe):
    context = browser.new_context(viewport={"width": 320, "height": 900})
    page = context.new_page()
    sizes = []
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(f"{serve(SITE)}/search.html?q=return_sequences", wait_until="networkidle")
    page.wait_for_selector(".search-results a")
    assert len(sizes) <= QUERY_REQUESTS and sum(sizes) <= QUERY_BYTES, (len(sizes), sum(sizes))
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert violations(page, axe) == []
    context.close()


def test_without_javascript_the_page_says_so(browser, serve):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{serve(SITE)}/search.html")
    assert page.locator(".search-status a").is_visible()
    context.close()
