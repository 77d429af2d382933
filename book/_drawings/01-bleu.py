"""BLEU by hand: which groups of the output stand in the reference."""

from grammar import Drawing

REFERENCE = "le petit chat voit un chien noir".split()
OUTPUT = "le petit chat voit un noir chien".split()
ALT = (
    "The output le petit chat voit un noir chien, seven words. Under it bars for its groups of "
    "one, two, three and four neighbouring words; filled where the group stands in the "
    "reference, dashed where it does not. Single words: 7 of 7. Pairs: 4 of 6, those around noir "
    "are missing. Triples: 3 of 5. Groups of four: 2 of 4."
)
CAPTION = (
    "Reference: *le petit chat voit un chien noir*. Each bar is a group of neighbouring words of "
    "the output. Filled: it stands in the reference."
)
NAMES = ("", "words", "pairs", "triples", "fours")


def groups(words, n):
    return [tuple(words[i : i + n]) for i in range(len(words) - n + 1)]


def draw():
    d = Drawing(258)
    words = d.tokens(8, 24, OUTPUT, size=12, gap=2, h=26)
    y = 58
    for n in range(1, 5):
        found = groups(REFERENCE, n)
        hits = 0
        for i, group in enumerate(groups(OUTPUT, n)):
            left, right = words[i].at(-1, 0)[0], words[i + n - 1].at(1, 0)[0]
            hit = group in found
            hits += hit
            row = y + 10 * (i % n)
            look = "new wash" if hit else "muted dash"
            d.box((left + right) / 2, row, right - left - 3, 7, "", look, radius=3)
        total = len(OUTPUT) - n + 1
        middle = y + 10 * (n - 1) / 2
        d.text(352, middle - 7, NAMES[n], 12, "muted", "end")
        d.text(352, middle + 9, f"{hits} of {total}", 13, "new bold", "end")
        y += 10 * n + 26
    return d
