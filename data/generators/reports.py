"""Match reports, each with its one correct summary: who won, and by how much.

`make_reports` gives pairs of a list of sentences and a sentence, as in

    (["the reds played the blues .", "anna scored for the reds .", "emil of the blues saw a
      yellow card .", "anna scored for the reds ."], "the reds beat the blues 2 to 0 .")

Two of four teams meet, with two players each; who plays for whom changes from report to report. An
event has one of the four players, each equally likely; whatever the player, it is a goal in 6 cases
of 10, a shot at the post in 2, a yellow card in 2. A draw reads "the reds and the blues drew 1 all
.", the team that was named first in front. No sentence of a report says who won. All that counts is
there, though: `summarize` is right on every report.
"""

import math
from fractions import Fraction

import numpy as np

TEAMS = ("reds", "blues", "greens", "whites")
PLAYERS = ("anna", "boris", "chen", "dora", "emil", "fatou")


def result(first, second, goals, against):
    """The summary of a match that `first` and `second` ended with these goals."""
    if goals == against:
        return f"the {first} and the {second} drew {goals} all ."
    if goals < against:
        first, second, goals, against = second, first, against, goals
    return f"the {first} beat the {second} {goals} to {against} ."


def summarize(sentences):
    """The one correct summary, worked out from the sentences: count one phrase for each team."""
    _, first, _, _, second, _ = sentences[0].split()
    goals = [sum(f"scored for the {t} ." in s for s in sentences) for t in (first, second)]
    return result(first, second, *goals)


def make_reports(n, seed, events=(3, 7)):
    """n examples, each (sentences, summary). The number of events is uniform on a range."""
    rng = np.random.default_rng(seed)
    examples = []
    for _ in range(n):
        teams = [TEAMS[t] for t in np.argsort(rng.random(len(TEAMS)))[:2]]
        players = [PLAYERS[p] for p in np.argsort(rng.random(len(PLAYERS)))[:4]]
        goals = dict.fromkeys(teams, 0)
        sentences = [f"the {teams[0]} played the {teams[1]} ."]
        count = rng.integers(events[0], events[1] + 1)
        for who, kind in zip(
            rng.integers(4, size=count), rng.integers(10, size=count), strict=True
        ):
            player, team = players[who], teams[who // 2]
            if kind < 6:
                goals[team] += 1
                sentences.append(f"{player} scored for the {team} .")
            elif kind < 8:
                sentences.append(f"{player} hit the post for the {team} .")
            else:
                sentences.append(f"{player} of the {team} saw a yellow card .")
        examples.append((sentences, result(*teams, *goals.values())))
    return examples


def score_distribution(events=(3, 7)):
    """Exact probability of each pair (goals of the team named first, goals of the other)."""
    chances, counts = {}, range(events[0], events[1] + 1)
    for n in counts:
        for a in range(n + 1):
            for b in range(n + 1 - a):
                ways = math.comb(n, a) * math.comb(n - a, b) * 3**a * 3**b * 4 ** (n - a - b)
                chances[a, b] = chances.get((a, b), 0) + Fraction(ways, 10**n * len(counts))
    return chances


def goals_from_bag(n, mine, goals):
    """Exact P(k of the goals are mine), k = 0 ... goals, from the words of the events in any order.

    n events name my team `mine` times and hold the word "scored" `goals` times. Which of the events
    are goals is independent of the team, so k is hypergeometric: every choice is equally likely.
    """
    ways = [math.comb(mine, k) * math.comb(n - mine, goals - k) for k in range(goals + 1)]
    return [Fraction(w, math.comb(n, goals)) for w in ways]


def bag_optimum(events=(3, 7)):
    """Exact share of right summaries of the best method that sees the events as a bag of words."""
    total, counts = Fraction(0), range(events[0], events[1] + 1)
    for n in counts:
        for mine in range(n + 1):
            for goals in range(n + 1):
                often = math.comb(n, mine) * math.comb(n, goals) * 3**goals * 2 ** (n - goals)
                best = max(goals_from_bag(n, mine, goals))
                total += best * Fraction(often, 2**n * 5**n * len(counts))
    return total
