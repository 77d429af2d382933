"""The quizzes: what the checks see in a bad question, and what a reader and a platform get."""

import copy
import re

import pytest
import small_book
from gift_reader import read_gift

from recurrent_book import quiz as gift
from tools import lint_pages, lint_site, notebooks, quiz

LESSONS = {1: f"# Echoes\n\n{small_book.PARTS['Now you']}"}


# ---- the file


def test_a_good_quiz_has_no_problem():
    assert quiz.check(small_book.QUIZ, LESSONS) == []


def wrong(name, text):
    return lambda q: q["wrong"][0].update({name: text})


BAD = {  # what a question is made, and what is said of it
    "its fields are not": lambda q: q.pop("why"),
    "fields are not": lambda q: q["wrong"][2].pop("reveals"),
    "a field is empty": wrong("feedback", " "),
    "no text": lambda q: q.update(right=4),
    "5 answers, not 4": lambda q: q["wrong"].append(q["wrong"][0] | {"option": "a fifth one"}),
    "an answer is there twice": wrong("option", "The same *again*"),
    "of unlike length": lambda q: q.update(right="the same again, as it was said, word for word"),
    "has words for a name": wrong("option", "it is $h_2$ again"),
    "no role": wrong("option", "{measured}`01a/lstm/loss`"),
    "is no answer": wrong("option", "none of the above"),
    "'0.53' is typed by hand": lambda q: q.update(stem="A loss of 0.53 nats is"),
    "'97 %' is typed by hand": wrong("feedback", "It is right in 97 %."),
    "is not of the form 5-1": lambda q: q.update(id="1.1"),
    "the id '1-2' is there twice": lambda q: q.update(id="1-2"),
    "number 3 say?' is there twice": lambda q: q.update(stem=small_book.QUIZ[2]["stem"]),
    "chapter 1: 3 questions": lambda q: q.update(id="2-1"),
    "chapter 2: there is no such lesson": lambda q: q.update(id="2-1"),
}


@pytest.mark.parametrize("said", BAD)
def test_a_bad_question_is_seen(said):
    questions = copy.deepcopy(small_book.QUIZ)
    BAD[said](questions[0])
    assert any(said in problem for problem in quiz.check(questions, LESSONS))


@pytest.mark.parametrize("count", [0, 2])
def test_a_lesson_shows_its_quiz_once(count):
    lessons = {1: LESSONS[1].replace("```{quiz}\n```", "```{quiz}\n```\n\n" * count)}
    assert quiz.check(small_book.QUIZ, lessons) == [
        f"chapter 1: its lesson shows the quiz {count} times, not once"
    ]


def test_a_chapter_needs_its_quiz_once_it_is_written():
    lessons = LESSONS | {2: f"# Rooms\n\n{lint_pages.OUTLINE}"}
    assert quiz.check(small_book.QUIZ, lessons) == []
    lessons[2] = "# Rooms\n\n```{quiz}\n```"
    assert quiz.check(small_book.QUIZ, lessons) == ["chapter 2: 0 questions; 4 to 6 are asked for"]


def test_an_answer_keeps_its_place_when_words_change():
    changed = copy.deepcopy(small_book.QUIZ)
    for entry in changed:
        entry |= {"right": "what was said", "stem": entry["stem"] + " Say."}
    places = [quiz.question(entry).right for entry in small_book.QUIZ]
    assert [quiz.question(entry).right for entry in changed] == places
    assert len(set(places)) > 1


def test_the_form_does_not_tell_the_right_answers():
    """Who always takes one letter, the longest answer or the shortest, does no better than chance.

    Three standard errors are allowed.
    """
    questions = [quiz.question(entry) for entry in quiz.read()]
    most = len(questions) / 4 + 3 * (len(questions) * 3 / 16) ** 0.5
    hits = [sum(q.right == n for q in questions) for n in range(4)]
    hits += [sum(quiz.right_is(end, q) for q in questions) for end in quiz.ENDS.values()]
    assert max(hits) <= most


# ---- GIFT


def one(text: str) -> str:
    """A question in GIFT whose texts are all the same."""
    return f"::x::[html]{text} {{\n" + "".join(f"{s}{text}#{text}\n" for s in "=~~~") + "}"


@pytest.mark.parametrize("text", [r"\(x_1 = \{a: b\}\)", "50 % ~ #1", r"\ne \\", "a {b} = c"])
def test_each_sign_of_gift_is_escaped(text):
    ((_, stem, answers),) = read_gift(one(gift.escape(text)))
    assert {stem, *(part for _, *parts in answers for part in parts)} == {text}
    if gift.escape(text) != text:
        with pytest.raises(ValueError, match=r"question|answers"):
            read_gift(one(text))


def test_the_platform_gets_what_the_pages_have():
    found = read_gift((lint_site.SITE / gift.GIFT).read_text(encoding="utf-8"))
    asked = [quiz.question(entry) for entry in quiz.read()]
    assert [name for name, _, _ in found] == [q.name for q in asked]
    for (_, stem, answers), question in zip(found, asked, strict=True):
        assert [right for right, _, _ in answers] == [o.right for o in question.options]
        assert not re.search(r"\{[a-z:]+\}`|\$", stem + str(answers))


# ---- in the browser


@pytest.fixture
def page(visit, serve):
    lesson = next(iter(notebooks.chapters(notebooks.ROOT)))
    page = visit(f"{serve(lint_site.SITE)}/book/{lesson}.html", java_script_enabled=False)
    return page.locator("#quiz-1-1"), page


def test_the_keyboard_opens_one_answer_at_a_time(page):
    question, page = page
    said = question.locator("details > p")
    assert not any(p.is_visible() for p in said.all())
    question.locator("summary").nth(0).focus()
    for n in range(4):
        page.keyboard.press("Enter")
        assert [p.is_visible() for p in said.all()] == [m == n for m in range(4)]
        page.keyboard.press("Tab")
        if page.locator("#quiz-1-1 details[open] :focus").count():  # a number in what is said
            page.keyboard.press("Tab")


def test_on_paper_the_answers_stand_behind_the_questions(page):
    question, page = page
    key = page.locator("#quiz .on-paper")
    assert not key.is_visible()
    page.emulate_media(media="print")
    assert key.is_visible() and question.locator("summary").nth(3).is_visible()
    assert not any(p.is_visible() for p in question.locator("details > p").all())
