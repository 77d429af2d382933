"""Reviews in which the order of the words decides: data for sentiment analysis.

A review is ``F A F but F B F .``: two clauses, and the same filler F of ``filler`` words in four
places. A clause is ``the ASPECT was [not] [[[really] all] that] OPINION``; ``not`` turns its
polarity round, 0 to 3 words ahead of the opinion. A and B have opposite polarities, and the one
after ``but`` is the review's. In a neutral review neither clause has a polarity.

Exchange A and B: the label turns round, yet up to n = filler + 1 every n-gram occurs as often as
before. So every classifier that sees only counts of such n-grams is right on exactly one review of
each pair, and on exactly half of all positive and negative reviews. Best possible accuracy: 1.
"""

from itertools import permutations, product

import numpy as np

SENTIMENTS = ("negative", "neutral", "positive")
OPPOSITE = {"negative": "positive", "neutral": "neutral", "positive": "negative"}
ASPECTS = ("food", "staff", "room", "view")
DEGREES = ("really", "all", "that")
OPINIONS = {
    "negative": ("bad", "awful", "poor"),
    "neutral": ("usual", "typical", "standard"),
    "positive": ("good", "great", "lovely"),
}
FILLER = ("honestly", "frankly", "truly", "clearly", "surely", "seriously", "certainly")
NEGATED = 3  # clauses of ten that hold a `not`


def review_clause(aspect, polarity, negated, distance, choice):
    """One clause as text; ``distance``: degree words before the opinion, ``choice``: 0 to 2."""
    opinion = OPINIONS[OPPOSITE[polarity] if negated else polarity][choice]
    words = ["the", aspect, "was", *(["not"] if negated else [])]
    return " ".join([*words, *DEGREES[len(DEGREES) - distance :], opinion])


def review_text(clauses, filler):
    """The review that one or two clauses make."""
    words = " ".join(FILLER[i % len(FILLER)] for i in range(filler))
    return " but ".join(f"{words} {clause} {words}".strip() for clause in clauses) + " ."


def swap_clauses(text):
    """The same review with the clauses (and their fillers) before and after ``but`` exchanged."""
    before, after = text.removesuffix(" .").split(" but ")
    return f"{after} but {before} ."


def sentiment_of(text):
    """The label, read off the text: the last opinion, turned round if its clause has a ``not``."""
    words = text.split(" but ")[-1].split()
    for polarity, opinions in OPINIONS.items():
        if set(opinions) & set(words):
            return OPPOSITE[polarity] if "not" in words else polarity


def make_sentiment(n, seed, filler=3, clauses=2, labels=SENTIMENTS):
    """n reviews ``{"text": str, "label": str, "distance": int | None}``.

    The labels are drawn evenly from ``labels``. ``distance`` counts the words between ``not`` and
    the opinion in the clause that decides; it is None where that clause has no ``not``. With
    ``clauses=1`` a review is ``F A F .``.
    """
    rng, reviews = np.random.default_rng(seed), []
    for _ in range(n):
        label = labels[rng.integers(len(labels))]
        aspect, parts = rng.integers(len(ASPECTS)), []
        for polarity in (OPPOSITE[label], label)[2 - clauses :]:
            negated = bool(rng.integers(10) < NEGATED)
            distance, choice = int(rng.integers(len(DEGREES) + 1)), int(rng.integers(3))
            parts.append(review_clause(ASPECTS[aspect], polarity, negated, distance, choice))
            aspect = (aspect + rng.integers(1, len(ASPECTS))) % len(ASPECTS)  # another one
        found = distance if negated else None
        reviews.append({"text": review_text(parts, filler), "label": label, "distance": found})
    return reviews


def every_review(filler, labels=SENTIMENTS):
    """All reviews that ``make_sentiment`` can draw: [(text, label, weight)].

    Weights are whole numbers, in proportion to the probabilities: what is summed over them is
    exact. There are 6,912 reviews a label.
    """
    ways = list(product((False, True), range(len(DEGREES) + 1), range(3)))
    weight = {False: 10 - NEGATED, True: NEGATED}
    return [
        (
            review_text(
                [review_clause(first, OPPOSITE[label], *a), review_clause(second, label, *b)],
                filler,
            ),
            label,
            weight[a[0]] * weight[b[0]],
        )
        for label in labels
        for first, second in permutations(ASPECTS, 2)
        for a, b in product(ways, ways)
    ]
