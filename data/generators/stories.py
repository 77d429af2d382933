"""Short stories with a question: data for question answering, after the bAbI tasks.

Four people, six places. ``where``: each sentence moves a person drawn evenly to a place drawn
evenly (it may be the place where the person is). The question asks where one of the people
mentioned is. ``yes-no``: the same story; half of the questions name the right place, half one of
the five others. ``object``: people also pick up and drop three objects; the question asks where an
object is that was picked up, which takes two facts: who has it, and where that person is.

The answer always follows from the story: best possible accuracy 1. ``story_baselines`` has the
exact accuracies of readers that do not follow it, with ties broken at random.
"""

from fractions import Fraction
from math import comb, factorial

import numpy as np

PEOPLE = ("mary", "john", "sandra", "daniel")
PLACES = ("kitchen", "garden", "office", "hallway", "bathroom", "bedroom")
THINGS = ("football", "apple", "milk")


def answer_question(story, question):
    """The right answer, read off the text: story is a list of sentences."""
    where, held = {}, {}
    for person, verb, *_, name, _ in map(str.split, story):
        if verb == "went":
            where[person] = name
        elif verb == "picked":
            held[name] = person
        else:
            del held[name]  # it stays where it was carried to
        where.update({thing: where[who] for thing, who in held.items()})
    words = question.split()
    if words[0] == "where":
        return where[words[-2]]
    return "yes" if where[words[1]] == words[-2] else "no"


def tell_story(rng, task, moves):
    """A story of ``moves`` sentences, and the place of everybody and of all that was picked up."""
    lying = {thing: PLACES[rng.integers(len(PLACES))] for thing in THINGS}
    where, held, story = {}, {}, []
    for _ in range(moves):
        person = PEOPLE[rng.integers(len(PEOPLE))]
        luck, place = rng.random(), PLACES[rng.integers(len(PLACES))]
        mine = [x for x in THINGS if held.get(x) == person]
        here = [x for x in THINGS if x not in held and lying[x] == where.get(person)]
        if task == "object" and mine and luck < 0.2:
            del held[mine[0]]
            story.append(f"{person} dropped the {mine[0]} .")
        elif task == "object" and here and not mine and luck < 0.6:
            held[here[0]], where[here[0]] = person, where[person]
            story.append(f"{person} picked up the {here[0]} .")
        else:
            where[person] = place
            story.append(f"{person} went to the {place} .")
        for x in held:
            where[x] = lying[x] = where[held[x]]
    return story, where


def make_stories(n, seed, task="where", moves=8):
    """n stories ``{"story": [sentence, ...], "question": str, "answer": str}``.

    task: "where", "yes-no" or "object". A story has ``moves`` sentences.
    """
    rng, stories = np.random.default_rng(seed), []
    while len(stories) < n:
        story, where = tell_story(rng, task, moves)
        asked = [x for x in (THINGS if task == "object" else PEOPLE) if x in where]
        if not asked:
            continue  # nothing was picked up: another story
        name = asked[rng.integers(len(asked))]
        question = f"where is {'the ' * (task == 'object')}{name} ?"
        if task == "yes-no":
            wrong = (PLACES.index(where[name]) + rng.integers(1, len(PLACES))) % len(PLACES)
            place = where[name] if rng.random() < 0.5 else PLACES[wrong]
            question = f"is {name} in the {place} ?"
        answer = answer_question(story, question)
        stories.append({"story": story, "question": question, "answer": answer})
    return stories


def distinct_people(moves, seen=0, people=4):
    """{k: probability that k people are mentioned} after that many moves, ``seen`` at the start."""
    law = {seen: Fraction(1)}
    for _ in range(moves):
        hit = {k: p * Fraction(k, people) for k, p in law.items()}
        law = {k: hit.get(k, 0) + law.get(k - 1, 0) - hit.get(k - 1, 0) for k in range(people + 1)}
    return law


def largest_share(m):
    """Expected share of the most frequent of six places among m places drawn evenly."""
    total = Fraction(0)
    for top in range(m):  # the mean of the largest count is the sum of P(count > top)
        ways = [Fraction(1)] + [Fraction(0)] * m
        for _ in PLACES:
            part = [ways[: i + 1][::-1][: top + 1] for i in range(m + 1)]
            ways = [sum(x / factorial(j) for j, x in enumerate(terms)) for terms in part]
        total += 1 - ways[m] * factorial(m) / len(PLACES) ** m
    return total / m


def window_accuracy(moves, window):
    """Accuracy on "where" of the best reader of the last ``window`` moves and nothing else."""
    seen = Fraction(0)  # probability that the person asked about moves among them
    for late, p in distinct_people(window).items():
        for both, q in distinct_people(moves - window, late).items():
            seen += p * q * Fraction(late, max(both, 1))
    return seen + (1 - seen) / len(PLACES)


def story_baselines(moves):
    """Exact accuracies, as fractions: the first four on "where", the last on "yes-no"."""
    n, k, asked = len(PLACES), len(PEOPLE), {}  # asked[m]: P(the person asked about moves m times)
    for m in range(1, moves + 1):
        others = distinct_people(moves - m, people=k - 1)
        share = k * sum(Fraction(p, x + 1) for x, p in others.items())
        asked[m] = share * comb(moves, m) * Fraction((k - 1) ** (moves - m), k**moves)
    other = 1 - Fraction(1, n)
    return {
        "last place": window_accuracy(moves, 1),
        "most frequent place": largest_share(moves),
        "own place at random": sum(p * Fraction(n - 1 + m, n * m) for m, p in asked.items()),
        "bag of sentences": sum(p * largest_share(m) for m, p in asked.items()),
        "yes if ever there": sum(p * (1 + other ** (m - 1)) / 2 for m, p in asked.items()),
    }
