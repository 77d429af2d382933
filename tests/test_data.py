"""The generators in data/: each follows its specification, and its exact figures are exact."""

import hashlib
import importlib.util
import io
import json
import math
import re
import wave
from collections import Counter
from fractions import Fraction
from itertools import pairwise, product

import numpy as np
import pytest

from tools import notebooks

DATA = notebooks.ROOT / "data"
CARDS = (DATA / "README.md").read_text(encoding="utf-8")
SUMS = dict(re.findall(r"(?m)^sha256 of make_(\w+)\(1000, seed=0\): ([0-9a-f]{64})$", CARDS))


def load(name):
    """A generator as a module, from its file."""
    spec = importlib.util.spec_from_file_location(
        f"data_{name}", DATA / "generators" / f"{name}.py"
    )
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def made(name, n=1000, **settings):
    return getattr(load(name), f"make_{name}")(n, seed=0, **settings)


# The cards


def test_every_file_has_its_card():
    names = {p.name for p in DATA.glob("*.*")} | {
        p.stem for p in (DATA / "generators").glob("*.py")
    }
    cards = set(re.findall(r"(?m)^### (\S+?)/?$", CARDS))
    assert names - {"README.md"} | {"results"} == cards
    assert {p.stem for p in (DATA / "generators").glob("*.py")} == set(SUMS)


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


# sentiment

OPINIONS = load("sentiment").OPINIONS
CLAUSE = re.compile(r"the (food|staff|room|view) was( not)?((?:(?: really)? all)? that)? (\w+)")


def read_clause(part, filler):
    """Polarity, aspect and distance of a clause between its two fillers."""
    words = part.split()
    assert words[:filler] == words[len(words) - filler :]
    inner = " ".join(words[filler : len(words) - filler])
    aspect, negated, degrees, opinion = CLAUSE.fullmatch(inner).groups()
    polarity = next(p for p, found in OPINIONS.items() if opinion in found)
    if negated:
        polarity = {"positive": "negative", "negative": "positive"}.get(polarity, polarity)
    return polarity, aspect, len((degrees or "").split()) if negated else None


@pytest.mark.parametrize("filler", [0, 1, 3, 9])
def test_reviews_follow_their_specification(filler):
    module = load("sentiment")
    reviews = made("sentiment", filler=filler)
    for review in reviews:
        before, after = review["text"].removesuffix(" .").split(" but ")
        first, second = read_clause(before, filler), read_clause(after, filler)
        assert second[0] == review["label"] and second[2] == review["distance"]
        assert {first[0], second[0]} in ({"positive", "negative"}, {"neutral"})
        assert first[1] != second[1]
        assert module.sentiment_of(review["text"]) == review["label"]
    counts = Counter(review["label"] for review in reviews)
    assert all(abs(counts[label] - 1000 / 3) < 60 for label in module.SENTIMENTS)
    assert abs(sum(r["distance"] is not None for r in reviews) - 300) < 60
    for review in made("sentiment", clauses=1, filler=filler):
        part = review["text"].removesuffix(" .")
        assert read_clause(part, filler)[0] == review["label"] == module.sentiment_of(part)


def test_every_review_is_listed_once_with_its_weight():
    module = load("sentiment")
    listed = {text: (label, weight) for text, label, weight in module.every_review(2)}
    assert len(listed) == 20736
    assert set(Counter(label for label, _ in listed.values()).values()) == {6912}
    assert {weight for _, weight in listed.values()} == {9, 21, 49}
    drawn = made("sentiment", 3000, filler=2)
    assert all(listed[review["text"]][0] == review["label"] for review in drawn)
    share = sum(listed[review["text"]][1] == 49 for review in drawn) / 3000
    assert abs(share - 0.49) < 4 * (0.49 * 0.51 / 3000) ** 0.5


def ngrams(text, n):
    """Counts of n-grams of words, with n - 1 marks before the text and behind it."""
    words = ["^"] * (n - 1) + text.split() + ["$"] * (n - 1)
    return Counter(zip(*(words[i:] for i in range(n)), strict=False))


@pytest.mark.parametrize("filler", [0, 1, 3])
def test_no_bag_of_ngrams_up_to_filler_plus_one_can_be_right_on_more_than_half(filler):
    """The theorem, on all 13,824 positive and negative reviews: no sample, no classifier."""
    module = load("sentiment")
    reviews = module.every_review(filler, labels=("negative", "positive"))
    table = {text: (label, weight) for text, label, weight in reviews}
    longer = 0
    for text, (label, weight) in table.items():
        other = module.swap_clauses(text)
        assert table[other] == (module.OPPOSITE[label], weight) and other != text
        if label == "positive":
            for n in range(1, filler + 2):
                assert ngrams(text, n) == ngrams(other, n)
            longer += ngrams(text, filler + 2) != ngrams(other, filler + 2)
    assert longer == 5760  # the next longer n-grams tell apart all with two different opinions


def test_neutral_reviews_show_by_their_words():
    module = load("sentiment")
    for text, label, _ in module.every_review(0):
        assert (label == "neutral") == bool(set(module.OPINIONS["neutral"]) & set(text.split()))


# strings


def test_tables_of_the_chains():
    tables = load("strings").chain_tables()
    assert tables.shape == (4, 8, 8) and tables.min() > 0
    assert (tables.sum(1) == 40).all() and (tables.sum(2) == 40).all()  # no letter tells anything
    assert (tables[1] == tables[0].T).all() and (tables[3] == tables[2].T).all()
    assert len({tuple(table.ravel()) for table in tables}) == 4


def test_tables_of_the_sums():
    tables = load("strings").sum_tables()
    assert tables.shape == (4, 5, 5, 5)
    assert (tables.sum(3) == 50).all()
    assert (tables.sum(1) == 50).all()  # pairs stay evenly distributed: no pair tells anything
    for (a, b), table in zip(((1, 1), (2, 1), (1, 3), (3, 2)), tables, strict=True):
        for older, last, new in product(range(5), repeat=3):
            follows = (a * last + b * older) % 5 == new
            assert table[older, last, new] == (35 + 3 if follows else 3)


@pytest.mark.parametrize(("source", "order", "total"), [("chains", 1, 40), ("sums", 2, 50)])
def test_string_scores_are_the_exact_likelihoods(source, order, total):
    module, length = load("strings"), 4
    tables = module.chain_tables() if source == "chains" else module.sum_tables()
    strings = module.every_string(source, length)
    scores = module.string_scores(strings, source)
    letters = len(module.STRING_LETTERS[source])
    exact = []
    for codes in strings.tolist():
        ways = [1, 1, 1, 1]
        for t in range(order, length):
            for c in range(4):
                ways[c] *= int(tables[(c, *codes[t - order : t + 1])])
        exact.append(ways)
    columns = list(zip(*exact, strict=True))
    assert [sum(column) for column in columns] == [letters**order * total ** (length - order)] * 4
    for ways, found in zip(exact, scores.tolist(), strict=True):
        for way, score in zip(ways, found, strict=True):
            assert math.isclose(
                math.exp(score), way / letters**order / total ** (length - order), rel_tol=1e-12
            )
    best = Fraction(sum(map(max, exact)), sum(map(sum, exact)))  # of any classifier, exact
    assert round(float(best), 4) == {"chains": 0.8363, "sums": 0.7557}[source]
    # no bag of letters separates a chain from its mirror image: at most half of all are right
    bags = {}
    for codes, ways in zip(strings.tolist(), exact, strict=True):
        bag = bags.setdefault(tuple(sorted(codes)), [0, 0, 0, 0])
        bags[tuple(sorted(codes))] = [x + y for x, y in zip(bag, ways, strict=True)]
    if source == "chains":
        assert all(bag[0] == bag[1] and bag[2] == bag[3] for bag in bags.values())


@pytest.mark.parametrize("source", ["chains", "sums"])
def test_strings_are_drawn_from_their_tables(source):
    module = load("strings")
    names, order = module.STRING_LETTERS[source], {"chains": 1, "sums": 2}[source]
    counts = Counter()
    for string, label in made("strings", 4000, source=source, length=9):
        assert len(string) == 9 and set(string) <= set(names) and label in range(4)
        codes = [names.index(letter) for letter in string]
        counts.update((label, *codes[t - order : t + 1]) for t in range(order, 9))
    tables = module.string_tables(source)
    square = 0
    for place in product(range(4), *[range(len(names))] * order):
        row = [counts[(*place, new)] for new in range(len(names))]
        square += sum(
            (n - sum(row) * p) ** 2 / (sum(row) * p)
            for n, p in zip(row, tables[place].tolist(), strict=True)
        )
    freedom = 4 * len(names) ** order * (len(names) - 1)
    assert abs(square - freedom) < 5 * (2 * freedom) ** 0.5
    codes, classes = module.draw_strings(4000, 1, source, 20)
    assert (module.string_scores(codes, source).argmax(1) == classes).mean() > 0.9


# stories


def place_of(name, story):
    """Where a person or a thing is: searched backwards, unlike the generator."""
    for t in range(len(story) - 1, -1, -1):
        words = story[t].split()
        if words[-2] == name and words[1] == "dropped":
            return place_of(words[0], story[:t])
        if words[-2] == name and words[1] == "picked":
            return place_of(words[0], story)
        if words[0] == name and words[1] == "went":
            return words[-2]


@pytest.mark.parametrize("moves", [1, 4, 16])
def test_answers_follow_from_the_stories(moves):
    module = load("stories")
    for example in made("stories", moves=moves):
        story, name = example["story"], example["question"].split()[2]
        assert len(story) == moves and any(s.startswith(name + " went to the ") for s in story)
        assert example["question"] == f"where is {name} ?"
        assert example["answer"] == place_of(name, story)
    yes = 0
    for example in made("stories", task="yes-no", moves=moves):
        found = re.fullmatch(r"is (\w+) in the (\w+) \?", example["question"])
        right = place_of(found[1], example["story"]) == found[2]
        assert example["answer"] == ("yes" if right else "no") and found[2] in module.PLACES
        yes += right
    assert abs(yes - 500) < 64


def test_things_are_where_they_were_carried():
    for example in made("stories", task="object", moves=12):
        held, where, seen = {}, {}, {}
        for sentence in example["story"]:
            person, verb, *_, name, _ = sentence.split()
            if verb == "went":
                where[person] = name
            elif verb == "picked":  # it lies where the person is, who has nothing else
                assert name not in held and person not in held.values()
                assert seen.get(name, where[person]) == where[person]
                held[name] = person
            else:
                assert held.pop(name) == person
            seen.update({thing: where[who] for thing, who in held.items()})
        thing = re.fullmatch(r"where is the (\w+) \?", example["question"])[1]
        assert example["answer"] == seen[thing] == place_of(thing, example["story"])


def test_baselines_of_stories_by_counting_all_stories_of_three_moves():
    module, moves = load("stories"), 3
    people, places = range(4), range(6)
    exact, bags = Counter(), {}
    for story in product(product(people, places), repeat=moves):
        went = [place for _, place in story]
        mentioned = {person for person, _ in story}
        for asked in mentioned:
            weight = Fraction(1, 24**moves * len(mentioned))
            mine = [place for person, place in story if person == asked]
            answer, most = mine[-1], Counter(went).most_common()
            modes = [place for place, n in most if n == most[0][1]]
            exact["last place"] += weight * (went[-1] == answer)
            exact["most frequent place"] += weight * (answer in modes) / len(modes)
            exact["own place at random"] += weight * Fraction(mine.count(answer), len(mine))
            never = sum(place not in mine for place in places)
            exact["yes if ever there"] += weight * (1 + Fraction(never, 5)) / 2
            for window in range(moves + 1):
                late = [person for person, _ in story[moves - window :]]
                exact[window] += weight * (1 if asked in late else Fraction(1, 6))
            bags.setdefault((tuple(sorted(story)), asked), Counter())[answer] += weight
    exact["bag of sentences"] = sum(max(bag.values()) for bag in bags.values())
    assert module.story_baselines(moves) == {k: p for k, p in exact.items() if isinstance(k, str)}
    assert [module.window_accuracy(moves, w) for w in range(4)] == [exact[w] for w in range(4)]


# tunes


def test_tunes_follow_their_specification():
    for tune in made("tunes"):
        assert len(tune) == 128 and set(tune) <= set(range(10))
        a, again, b, once_more = (tune[i : i + 32] for i in range(0, 128, 32))
        assert a == again and b == once_more
        for strain in (a, b):
            assert strain[0] in (0, 2, 4) and strain[-1] == 0
            assert all(abs(x - y) <= 2 for x, y in pairwise(strain))


def test_law_and_entropy_of_a_strain_by_listing_all_walks():
    """Strains of six notes: each walk's probability, given its first note and its end."""
    module, length = load("tunes"), 6
    walk = module.walk_table().tolist()
    chances = {}
    for first in (0, 2, 4):
        walks = {}
        for rest in product(range(10), repeat=length - 2):
            notes = (first, *rest, 0)
            walks[notes] = math.prod(walk[x][y] for x, y in pairwise(notes))
        total = sum(walks.values())
        chances.update({notes: p / total / 3 for notes, p in walks.items() if p})
    assert math.isclose(sum(chances.values()), 1)
    bits = module.strain_bits(np.array(list(chances)))
    for p, found in zip(chances.values(), bits.sum(1).tolist(), strict=True):
        assert math.isclose(-math.log2(p), found, rel_tol=1e-9)
    entropy = -sum(p * math.log2(p) for p in chances.values())
    assert math.isclose(module.strain_entropies(length).sum(), entropy, rel_tol=1e-12)


def test_drawn_strains_have_that_law():
    module = load("tunes")
    assert round(module.strain_entropies().sum(), 3) == 60.117
    strains = np.array(made("tunes", 3000))[:, :32]
    bits = module.strain_bits(strains)
    wrong = bits.sum(1).mean() - module.strain_entropies().sum()
    assert abs(wrong) < 4 * bits.sum(1).std() / 3000**0.5
    degree, steps = module.strain_law()
    for t in range(32):
        share = np.bincount(strains[:, t], minlength=10) / 3000
        assert (abs(share - degree) < 5 * np.sqrt(degree * (1 - degree) / 3000) + 1e-9).all()
        if t < 31:
            degree = degree @ steps[t]


def test_a_tune_can_be_written_down_and_played():
    module, (tune, *_) = load("tunes"), made("tunes", 1)
    staves = module.tune_abc(tune).splitlines()[4:]
    names = [letter for line in staves for letter in line if letter.isalpha()]
    assert [module.ABC_NAMES.index(name) for name in names] == tune[:32] + tune[64:96]
    assert [line.count("|") for line in staves] == [5, 5]
    file = io.BytesIO()
    module.write_wav(tune, file)
    file.seek(0)
    with wave.open(file) as sound:
        assert (sound.getnchannels(), sound.getframerate()) == (1, 8000)
        assert sound.getnframes() == 128 * 1600
        samples = np.frombuffer(sound.readframes(128 * 1600), "<i2")
    assert 9000 < abs(samples.astype(int)).max() <= 12000
    for i in (0, 5, 127):
        loudest = abs(np.fft.rfft(samples[1600 * i : 1600 * (i + 1)])).argmax() * 5  # hertz
        assert abs(loudest - 261.63 * 2 ** (module.MAJOR[tune[i]] / 12)) < 6
