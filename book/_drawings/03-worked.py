"""The worked example: two units read three words, with the numbers of every stage."""

from itertools import pairwise
from math import exp, log, tanh

from grammar import Drawing

ALT = (
    "The loop unrolled over dog, bites, man, with numbers. Above each word its row of W x. Then "
    "the state, two numbers: 0.46 and 0.00, then 0.18 and 0.70, then minus 0.69 and 0.73; an arrow "
    "leads from each state to the next. Above it the probability of the word that follows: bites "
    "0.376, man 0.454, full stop 0.188. At the top what each costs: 0.98, 0.79 and 1.67."
)
CAPTION = (
    "Two units, three words, all the numbers. Read upwards: the word's row, the state, the "
    "probability of the right next word, its cost."
)
WORDS = ("dog", "bites", "man", ".")
W_X = ((0.5, 0.0), (0.0, 0.5), (-0.5, 0.5))
W_H = ((0.4, 0.8), (-0.6, 0.4))
W_Y = ((-1, 1, 0, 0), (0, -1, 1, 0))


def told(value: float) -> str:
    return f"{value:.2f}".replace("-", "−").replace("−0.00", "0.00")


def steps():
    """For each word: its row, the state after it, the probability of the next word."""
    h = (0.0, 0.0)
    for t, row in enumerate(W_X):
        h = tuple(tanh(row[j] + sum(h[i] * W_H[i][j] for i in range(2))) for j in range(2))
        e = [exp(sum(h[i] * W_Y[i][v] for i in range(2))) for v in range(4)]
        yield row, h, e[t + 1] / sum(e)


def draw():
    d = Drawing(366)
    places = (118, 216, 314)
    states = []
    for x, word, target, (row, h, p) in zip(places, WORDS, WORDS[1:], steps(), strict=False):
        (token,) = d.tokens(x - 32, 346, [word], w=64)
        given = d.state(x, 284, map(told, row), 52, look="muted paper")
        d.arrow(token.north, given.south)
        states.append(d.state(x, 200, map(told, h), 60, look="rnn wash", size=14))
        d.arrow(given.north, states[-1].south)
        with d.look("new"):
            guess = d.box(x, 118, 76, 42, "", "new wash", radius=8)
            d.text(x, 108, f"{target if target != '.' else 'full stop'}:", 13)
            d.text(x, 127, f"{p:.3f}", 14, "bold")
        d.arrow(states[-1].north, guess.south)
        d.arrow(guess.north, (x, 64))
        d.text(x, 50, told(-log(p)), 15, "bold")
    for a, b in pairwise(states):
        d.arrow(a.east, b.west, look="rnn", width=2.5)
    start = d.state(46, 200, ("0", "0"), 30, look="muted paper")
    d.arrow(start.east, states[0].west, look="muted")
    for y, text in ((50, "cost"), (109, "chance of"), (127, "the next"), (284, "row of $W_x$")):
        d.text(8, y, text, 12, "muted", "start")
    d.text(8, 168, "state", 12, "rnn", "start")
    d.text(167, 236, "$W_h$", 14, "rnn")
    d.text(265, 236, "$W_h$", 14, "rnn")
    d.text(206, 18, f"the costs add up to {told(sum(-log(p) for _, _, p in steps()))}", 14, "new")
    return d
