"""Strings from four sources: data for text classification.

``chains``: four Markov chains over eight letters. Every letter is equally likely at every place in
every class (rows and columns of each table of transitions have the same sum), so one letter tells
nothing. Chains 1 and 3 are chains 0 and 2 read backwards. The next letter depends on one letter:
pairs tell all, and adding up the evidence of the pairs is the best possible classifier.

``sums``: four sources over the digits 0 to 4. With probability 0.7 the next digit is a x + b y
modulo 5, of the last digit x and the one before it y; otherwise it is drawn evenly. Every pair of
neighbours is equally likely at every place in every class: one pair tells nothing, triples tell
all.

Classes and first letters are drawn evenly. Chance is 1/4; ``string_scores`` is the exact
likelihood, and its largest entry the best possible answer.
"""

import numpy as np

STRING_LETTERS = {"chains": "abcdefgh", "sums": "01234"}
SUM_RULES = ((1, 1), (2, 1), (1, 3), (3, 2))  # (a, b) of each class


def chain_tables():
    """Whole numbers (4, 8, 8): P(next | last) of each class in fortieths.

    A table is one fortieth everywhere and random permutations with weights 14, 9, 6 and 3: rows and
    columns sum to 40.
    """
    rng, tables = np.random.default_rng(1906), []  # the year of Markov's first paper on chains
    for _ in range(2):
        table = np.ones((8, 8), int)
        for weight in (14, 9, 6, 3):
            table[np.arange(8), rng.permutation(8)] += weight
        tables += [table, table.T]
    return np.stack(tables)


def sum_tables():
    """Whole numbers (4, 5, 5, 5): in fiftieths, P(next | second last, last) of each class."""
    older, last, new = np.ogrid[:5, :5, :5]
    follows = [(a * last + b * older) % 5 == new for a, b in SUM_RULES]
    return np.where(follows, 38, 3)  # 0.7 + 0.3 / 5 and 0.3 / 5


def string_tables(source):
    """Conditional probabilities (4, letters, ..., letters) of a source; the last axis sums to 1."""
    tables = chain_tables() if source == "chains" else sum_tables()
    return tables / tables.sum(-1, keepdims=True)


def draw_strings(n, seed, source, length):
    """Codes (n, length) of letters and classes (n,), drawn evenly."""
    rng, tables = np.random.default_rng(seed), string_tables(source)
    order, letters = tables.ndim - 2, tables.shape[-1]
    classes, codes = rng.integers(4, size=n), np.zeros((n, length), int)
    codes[:, :order] = rng.integers(letters, size=(n, order))
    below = tables.cumsum(-1)
    for t in range(order, length):
        past = tuple(codes[:, t - order : t].T)
        new = (rng.random((n, 1)) > below[(classes, *past)]).sum(1)
        codes[:, t] = np.minimum(new, letters - 1)  # in case a sum falls short of 1
    return codes, classes


def make_strings(n, seed, source="chains", length=12):
    """n strings ``[str, class]``; source "chains" or "sums", classes 0 to 3."""
    codes, classes = draw_strings(n, seed, source, length)
    names = np.array(list(STRING_LETTERS[source]))[codes]
    return [["".join(row), int(c)] for row, c in zip(names, classes, strict=True)]


def string_scores(codes, source):
    """Exact log-likelihoods (n, 4), in nats, of strings given as codes (n, length)."""
    tables = np.log(string_tables(source))
    order, length = tables.ndim - 2, codes.shape[1]
    scores = np.zeros((len(codes), 4)) - order * np.log(tables.shape[-1])
    for t in range(order, length):
        scores += tables[(slice(None), *codes[:, t - order : t + 1].T)].T
    return scores


def every_string(source, length):
    """Codes (letters ** length, length) of all strings of a length."""
    letters = len(STRING_LETTERS[source])
    return np.indices((letters,) * length).reshape(length, -1).T
