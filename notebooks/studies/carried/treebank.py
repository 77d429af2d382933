# @title What studies 10b and 10c share: the treebank, and five features of a word
import re
from collections import Counter
from pathlib import Path

ADDRESS = "https://raw.githubusercontent.com/UniversalDependencies/UD_English-EWT/15d613d8447b3478787d4c278730a1e48a945efb/"
try:
    DEV = keras.utils.get_file(
        "en_ewt-ud-dev.conllu",
        origin=ADDRESS + "en_ewt-ud-dev.conllu",
        file_hash="531a54ff90d6ab12201c5a50c3e78e6ddac4de69abc4bce5d275d3cd29efe2b6",
    )
    TEST = keras.utils.get_file(
        "en_ewt-ud-test.conllu",
        origin=ADDRESS + "en_ewt-ud-test.conllu",
        file_hash="e266e515a0a7547657ed3d90d9ba46487d6bd251f27ad4269d4e8a427c8555cd",
    )
except Exception as error:  # keras raises a bare Exception when there is no network
    raise ConnectionError(
        "This study reads en_ewt-ud-dev.conllu and en_ewt-ud-test.conllu. Without a network, get them "
        f"from {ADDRESS} elsewhere and put them into the folder .keras/datasets of your home."
    ) from error


def sentences(path):
    """The sentences of a treebank file: for each its document's number, its words, their tags."""
    found, document = [], -1
    for block in Path(path).read_text(encoding="utf-8").strip().split("\n\n"):
        document += block.count("# newdoc")
        rows = [line.split("\t") for line in block.split("\n") if line[0] != "#"]
        rows = [row for row in rows if row[0].isdigit()]  # words, and no ranges such as 3-4
        found.append((document, [row[1] for row in rows], [row[3] for row in rows]))
    return found


TRAIN = [s for s in sentences(DEV) if s[0] % 6 != 5]
VALID = [s for s in sentences(DEV) if s[0] % 6 == 5]  # every sixth document
HELD_OUT = sentences(TEST)
TAGS = sorted({tag for _, _, tags in TRAIN for tag in tags})
GOLD = np.concatenate([[TAGS.index(tag) for tag in tags] for _, _, tags in HELD_OUT])
SEEN = {}  # of each word of TRAIN, in small letters: the tags it has
for _, words, tags in TRAIN:
    for word, tag in zip(words, tags, strict=True):
        SEEN.setdefault(word.lower(), set()).add(tag)
COUNT = np.array([len(SEEN.get(w.lower(), ())) for _, words, _ in HELD_OUT for w in words])
UNKNOWN, AMBIGUOUS = COUNT == 0, COUNT > 1


def shape(word):
    """Capitals X, small letters x, digits d, the rest as it is; each run once: Xx, d-x, X.X."""
    kinds = re.sub(r"[^\W\d_]", lambda m: "X" if m.group().isupper() else "x", word)
    return re.sub(r"(.)\1+", r"\1", re.sub(r"\d", "d", kinds))


def features(word):
    """The word in small letters, its last 3, 2 and 1 letters, its shape."""
    low = word.lower()
    return low, low[-3:], low[-2:], low[-1:], shape(word)


NUMBERS, SIZE = [], 2  # 0 is padding, 1 an empty step behind a sentence
for values in zip(*(features(w) for _, words, _ in TRAIN for w in words), strict=True):
    often = sorted(value for value, count in Counter(values).items() if count > 1)
    NUMBERS.append({None: SIZE} | {value: SIZE + 1 + n for n, value in enumerate(often)})
    SIZE += 1 + len(often)
