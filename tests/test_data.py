"""The generators in data/: each follows its specification, and its exact figures are exact."""

import hashlib
import importlib.util
import json
import re
from collections import Counter
from fractions import Fraction
from itertools import product

import pytest

import labs

DATA = labs.ROOT / "data"
CARDS = (DATA / "README.md").read_text(encoding="utf-8")
SUMS = dict(re.findall(r"(?m)^sha256 of make_(\w+)\(1000, seed=0\): ([0-9a-f]{64})$", CARDS))


def load(name):
    """A generator as a module, from its file."""
    spec = importlib.util.spec_from_file_location(f"data_{name}", DATA / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def made(name, n=1000, **settings):
    return getattr(load(name), f"make_{name}")(n, seed=0, **settings)


# The cards


def test_every_file_has_its_card():
    names = {p.stem if p.suffix == ".py" else p.name for p in DATA.iterdir() if p.is_file()}
    cards = set(re.findall(r"(?m)^### (\S+?)/?$", CARDS))
    assert names - {"README.md"} | {"results"} == cards
    assert {p.stem for p in DATA.glob("*.py")} == set(SUMS)


@pytest.mark.parametrize("name", sorted(SUMS))
def test_the_same_seed_gives_the_same_examples_everywhere(name):
    text = json.dumps(made(name), ensure_ascii=False, separators=(",", ":"))
    assert hashlib.sha256(text.encode()).hexdigest() == SUMS[name]


@pytest.mark.parametrize("name", sorted(SUMS))
def test_another_seed_gives_other_examples_and_no_global_state_is_used(name):
    module = load(name)
    make = getattr(module, f"make_{name}")
    assert make(20, seed=1) == make(20, seed=1) != make(20, seed=2)
    assert len(make(7, seed=0)) == 7


# translation

FORMS = {  # French word: gender, number; "" where the form tells nothing
    **{w: ("m", "one") for w in "le un chat chien livre jardin train couteau".split()},
    **{w: ("f", "one") for w in "la une voiture maison table fleur lettre poire".split()},
    **{w: ("", "many") for w in "les des de".split()},
    **{w: ("m", "many") for w in "chats chiens livres jardins trains couteaux".split()},
    **{w: ("f", "many") for w in "voitures maisons tables fleurs lettres poires".split()},
    **{w: ("m", "one") for w in "petit grand vert noir".split()},
    **{w: ("f", "one") for w in "petite grande verte noire".split()},
    **{w: ("m", "many") for w in "petits grands verts noirs".split()},
    **{w: ("f", "many") for w in "petites grandes vertes noires".split()},
    **{w: ("", "one") for w in "rouge voit mange veut aime".split()},
    **{w: ("", "many") for w in "rouges voient mangent veulent aiment".split()},
}
FRENCH_PHRASE = re.compile(
    "(les?|la|une?|des?)( (?:petit|grand)e?s?)? "
    "(chats?|chiens?|livres?|jardins?|trains?|couteaux?|"
    "voitures?|maisons?|tables?|fleurs?|lettres?|poires?)( (?:rouge|vert|noir)e?s?)?"
)
FRENCH_VERB = re.compile(" (voit|voient|mange|mangent|veut|veulent|aime|aiment) ")
ENGLISH_PHRASE = re.compile("(the|a|some)( small| big)?( red| green| black)? ([a-z]+)")
STEMS = {  # English word: how its French forms begin
    **{"cat": "chat", "dog": "chien", "book": "livre", "garden": "jardin", "train": "train"},
    **{"knife": "couteau", "knives": "couteau", "car": "voiture", "house": "maison"},
    **{"table": "table", "flower": "fleur", "letter": "lettre", "pear": "poire"},
    **{"small": "petit", "big": "grand", "red": "rouge", "green": "vert", "black": "noir"},
    **{"see": "voi", "eat": "mange", "want": "ve", "like": "aime"},
}


def agree(words):
    """Whether the forms of these words do not contradict each other in gender or in number."""
    return all(len({FORMS[w][k] for w in words} - {""}) <= 1 for k in (0, 1))


@pytest.mark.parametrize("clauses", [1, 2, 4])
def test_french_agrees_in_gender_and_number(clauses):
    for _, french in made("translation", clauses=clauses):
        parts = french.split(" et ")
        assert len(parts) == clauses
        for clause in parts:
            subject, verb, other = FRENCH_VERB.split(clause)
            for phrase in (subject, other):
                determiner, size, _, _ = FRENCH_PHRASE.fullmatch(phrase).groups()
                assert agree(phrase.split())
                if determiner in ("des", "de"):
                    assert (determiner == "de") == bool(size)
            assert FORMS[verb][1] == FORMS[FRENCH_PHRASE.fullmatch(subject)[3]][1]


def test_french_says_what_the_english_says():
    for english, french in made("translation"):
        subject, verb, other = re.split(r" ((?:see|eat|want|like)s?) ", english)
        found = FRENCH_VERB.split(french)
        assert found[1].startswith(STEMS[verb.removesuffix("s")])
        for source, target in ((subject, found[0]), (other, found[2])):
            determiner, size, colour, noun = ENGLISH_PHRASE.fullmatch(source).groups()
            article, before, french_noun, behind = FRENCH_PHRASE.fullmatch(target).groups()
            many = noun == "knives" or (noun not in STEMS)
            assert FORMS[french_noun][1] == ("many" if many else "one")
            assert french_noun.startswith(STEMS.get(noun) or STEMS[noun.removesuffix("s")])
            assert (article in ("le", "la", "les")) == (determiner == "the")
            for word, translated in ((size, before), (colour, behind)):
                assert bool(word) == bool(translated)
                assert not word or translated.strip().startswith(STEMS[word.strip()])


def test_each_english_sentence_has_one_translation_of_the_same_length():
    module = load("translation")
    for clauses in (1, 3):
        for english, french in made("translation", clauses=clauses):
            assert module.translate(english) == french
            assert len(english.split()) == len(french.split())
    assert module.translate("a cat wants some small black knives") == (
        "un chat veut de petits couteaux noirs"
    )


def test_noun_phrases_and_their_weights():
    module = load("translation")
    phrases = module.noun_phrases()
    assert len(phrases) == len({tuple(words) for _, words, _ in phrases}) == 576
    assert sum(weight for weight, *_ in phrases) == 3600
    drawn = Counter()
    for english, _ in made("translation", 4000):
        drawn.update(ENGLISH_PHRASE.findall(english))
    expected = {tuple(" ".join(w).split()): Fraction(n, 3600) for n, w, _ in phrases}
    seen = {tuple("".join(k[:1] + k[1:3] + (" " + k[3],)).split()): n for k, n in drawn.items()}
    assert set(seen) <= set(expected)
    total = sum(seen.values())
    square = sum((seen.get(k, 0) - total * p) ** 2 / (total * p) for k, p in expected.items())
    assert square < 575 + 5 * (2 * 575) ** 0.5


def test_new_pairs_are_kept_apart():
    module = load("translation")
    assert len(set(module.NEW_PAIRS)) == 10
    together = {(a, noun) for a, noun in module.NEW_PAIRS}
    for pairs in ("seen", "new"):
        for english, _ in made("translation", pairs=pairs, clauses=2):
            found = set()
            for _, size, colour, noun in ENGLISH_PHRASE.findall(english):
                single = {"knives": "knife"}.get(noun, noun.removesuffix("s"))
                found |= {(a.strip(), single) for a in (size, colour)} & together
            assert bool(found) == (pairs == "new")


def test_no_word_for_word_dictionary_is_right_on_more_than_51_of_200_phrases():
    """The bound that lab 1a draws: (51/200)² = 6.5 % of the sentences of one clause."""
    module = load("translation")
    forms = {
        **{"the": ("le", "la", "les"), "a": ("un", "une"), "some": ("des", "de")},
        **{a: (f, f + "e", f + "s", f + "es") for a, f in module.SIZES.items()},
    }
    shares = []
    for choice in product(*forms.values()):
        words_to = dict(zip(forms, choice, strict=True))
        right = 0
        for weight, words, _ in module.noun_phrases():
            french = module.french_phrase(words)
            if not set(words) & set(module.COLOURS):  # else the order is wrong in any case
                right += weight * (
                    [words_to.get(w, f) for w, f in zip(words, french, strict=True)] == french
                )
        shares.append(Fraction(right, 3600))
    assert max(shares) == Fraction(51, 200)


# reports


def test_summaries_are_counted_from_the_events():
    for sentences, summary in made("reports"):
        first, second = re.fullmatch(r"the (\w+) played the (\w+) \.", sentences[0]).groups()
        assert 4 <= len(sentences) <= 8 and first != second
        goals, team_of = Counter(), {}
        for sentence in sentences[1:]:
            player, said, team, _ = re.fullmatch(
                r"(\w+) (scored for the|hit the post for the|of the) (\w+)( saw a yellow card)? \.",
                sentence,
            ).groups()
            assert team in (first, second) and team_of.setdefault(player, team) == team
            goals[team] += said == "scored for the"
        assert max(Counter(team_of.values()).values()) <= 2
        mine, theirs = goals[first], goals[second]
        if mine == theirs:
            assert summary == f"the {first} and the {second} drew {mine} all ."
        elif mine > theirs:
            assert summary == f"the {first} beat the {second} {mine} to {theirs} ."
        else:
            assert summary == f"the {second} beat the {first} {theirs} to {mine} ."
        assert summary not in sentences
        assert load("reports").summarize(sentences) == summary


def rouge1(hypothesis, reference):
    a, b = Counter(hypothesis.split()), Counter(reference.split())
    return Fraction(2 * (a & b).total(), a.total() + b.total())


def test_the_first_sentence_is_the_best_extract_with_a_rouge_of_two_thirds():
    for sentences, summary in made("reports", events=(0, 12)):
        scores = [rouge1(sentence, summary) for sentence in sentences]
        assert scores[0] == Fraction(2, 3) == max(scores) and scores.count(max(scores)) == 1


def test_a_summary_with_the_wrong_winner_has_a_rouge_of_one():
    module = load("reports")
    assert (
        rouge1(*(module.result(*pair, 2, 1) for pair in (("reds", "blues"), ("blues", "reds"))))
        == 1
    )


def test_score_distribution_is_exact():
    module = load("reports")
    chances = module.score_distribution()
    assert sum(chances.values()) == 1
    assert max(chances, key=chances.get) == (1, 1) and round(float(chances[1, 1]), 4) == 0.1224
    assert round(float(chances[2, 1]), 4) == round(float(chances[1, 2]), 4) == 0.1033
    reports, n = made("reports", 4000), 4000
    draws = sum(" drew 1 all" in summary for _, summary in reports) / n
    assert abs(draws - 0.1224) < 4 * (0.1224 * 0.8776 / n) ** 0.5


def test_best_bag_of_words():
    """By counting all the ways in which three events can turn out: 4 to the power of 3."""
    module = load("reports")
    weight = {("a", 1): 3, ("b", 1): 3, ("a", 0): 2, ("b", 0): 2}
    table = {}
    for events in product(weight, repeat=3):
        bag = sum(team == "a" for team, _ in events), sum(goal for _, goal in events)
        score = sum(goal for team, goal in events if team == "a")
        chance = Fraction(1)
        for event in events:
            chance *= Fraction(weight[event], 10)
        table.setdefault(bag, Counter())[score] += chance
    assert module.bag_optimum((3, 3)) == sum(max(scores.values()) for scores in table.values())
    assert module.bag_optimum() == Fraction(682108, 10**6)
    assert sum(module.goals_from_bag(5, 3, 2)) == 1


def test_longer_reports():
    assert {len(s) for s, _ in made("reports", 300, events=(10, 12))} == {11, 12, 13}
