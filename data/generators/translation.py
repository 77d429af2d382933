"""Tiny English and French: sentences of a small grammar, each with its one correct translation.

`make_translation` gives pairs of strings, as in

    ("some small cats see the red car", "de petits chats voient la voiture rouge")

A clause is a noun phrase, a verb, a noun phrase; clauses are joined by "and". A noun phrase is a
determiner, perhaps a size, perhaps a colour, and one of twelve nouns, six of them masculine in
French. French differs in three ways. Determiner and adjectives agree with the noun in gender and
number, colours stand behind the noun, and "some" is "de" in front of an adjective, else "des".
Nothing is left to chance once the English is given: `translate` is right on every sentence.
"""

import numpy as np

NOUNS = {
    "cat": ("chat", "m"),
    "car": ("voiture", "f"),
    "dog": ("chien", "m"),
    "house": ("maison", "f"),
    "book": ("livre", "m"),
    "table": ("table", "f"),
    "garden": ("jardin", "m"),
    "flower": ("fleur", "f"),
    "train": ("train", "m"),
    "letter": ("lettre", "f"),
    "knife": ("couteau", "m"),
    "pear": ("poire", "f"),
}
SIZES = {"small": "petit", "big": "grand"}  # before the noun, in both languages
COLOURS = {"red": "rouge", "green": "vert", "black": "noir"}  # in French behind the noun
VERBS = {
    "see": ("voit", "voient"),
    "eat": ("mange", "mangent"),
    "want": ("veut", "veulent"),
    "like": ("aime", "aiment"),
}
PLURALS = {"knives" if noun == "knife" else noun + "s": noun for noun in NOUNS}
VERB_FORMS = {verb + "s": one for verb, (one, _) in VERBS.items()}  # English: French
VERB_FORMS |= {verb: many for verb, (_, many) in VERBS.items()}
# Ten nouns with one adjective each: what a training set may leave out, to be tested on later.
NEW_PAIRS = tuple(zip([*SIZES, *COLOURS] * 2, NOUNS, strict=False))


def french_phrase(words):
    """The French words of an English noun phrase, a list of words that ends in its noun."""
    determiner, *adjectives, last = words
    plural = last in PLURALS
    noun, gender = NOUNS[PLURALS.get(last, last)]
    if plural:
        noun += "x" if noun.endswith("eau") else "s"

    def agree(adjective):
        ending = "e" if gender == "f" and not adjective.endswith("e") else ""
        return adjective + ending + ("s" if plural else "")

    before = [agree(SIZES[a]) for a in adjectives if a in SIZES]
    behind = [agree(COLOURS[a]) for a in adjectives if a in COLOURS]
    if determiner == "the":
        article = "les" if plural else {"m": "le", "f": "la"}[gender]
    elif plural:
        article = "de" if before else "des"
    else:
        article = {"m": "un", "f": "une"}[gender]
    return [article, *before, noun, *behind]


def translate(english):
    """The one correct translation of a sentence, worked out from its English words alone."""
    french, phrase = [], []
    for word in english.split():
        if word == "and" or word in VERB_FORMS:
            french.append(VERB_FORMS.get(word, "et"))
            continue
        phrase.append(word)
        if word in NOUNS or word in PLURALS:
            french += french_phrase(phrase)
            phrase = []
    return " ".join(french)


def noun_phrases():
    """All 576 English noun phrases: (weight, words, plural). The weights add up to 3600.

    Noun, number and kind of determiner are uniform. A phrase has a size in 2 cases of 5 and a
    colour in 2 of 5, independently; each size and each colour is equally frequent.
    """
    sizes = [(3, []), *((1, [size]) for size in SIZES)]
    colours = [(9, []), *((2, [colour]) for colour in COLOURS)]
    return [
        (often * frequent, [determiner, *size, *colour, noun], noun in PLURALS)
        for noun in (*NOUNS, *PLURALS)
        for determiner in ("the", "some" if noun in PLURALS else "a")
        for often, size in sizes
        for frequent, colour in colours
    ]


def is_new(words):
    """Whether a noun phrase holds one of NEW_PAIRS."""
    noun = PLURALS.get(words[-1], words[-1])
    return any((adjective, noun) in NEW_PAIRS for adjective in words[1:-1])


def make_translation(n, seed, clauses=1, pairs="all"):
    """n examples, each (English, French): sentences of `clauses` clauses.

    pairs: "all"; "seen" for sentences without any of NEW_PAIRS; "new" for sentences with at least
    one. The same sentence may come twice.
    """
    rng = np.random.default_rng(seed)
    phrases = [(*phrase, is_new(phrase[0])) for w, *phrase in noun_phrases() for _ in range(w)]
    verbs, examples = list(VERBS), []
    while len(examples) < n:
        drawn = [phrases[p] for p in rng.integers(len(phrases), size=2 * clauses)]
        if pairs != "all" and any(new for *_, new in drawn) != (pairs == "new"):
            continue
        english = []
        for clause, verb in enumerate(rng.integers(len(verbs), size=clauses)):
            (words, plural, _), (others, *_) = drawn[2 * clause : 2 * clause + 2]
            verb = verbs[verb] if plural else verbs[verb] + "s"
            english.append(" ".join([*words, verb, *others]))
        english = " and ".join(english)
        examples.append((english, translate(english)))
    return examples
