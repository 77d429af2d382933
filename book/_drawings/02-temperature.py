"""One distribution at three temperatures, and the nucleus of each."""

from grammar import Drawing

ALT = (
    "Three small bar charts side by side, for the words the, a, his and no after saw. At "
    "temperature 0.5 the bars are 0.72, 0.18, 0.07 and 0.03; at 1 they are 0.50, 0.25, 0.15 and "
    "0.10; at 2 they are 0.37, 0.26, 0.20 and 0.17. The bars that a nucleus of 0.7 keeps are "
    "filled: one, two, three."
)
CAPTION = (
    "One model, three temperatures. Filled: what a nucleus of 0.7 keeps. It drops more where the "
    "model is sure."
)
WORDS, CHANCES, NUCLEUS = ("the", "a", "his", "no"), (0.5, 0.25, 0.15, 0.1), 0.7


def heated(temperature: float) -> list[float]:
    powers = [p ** (1 / temperature) for p in CHANCES]
    return [power / sum(powers) for power in powers]


def draw():
    d, base, scale = Drawing(204), 152, 132
    for panel, temperature in enumerate((0.5, 1, 2)):
        left, mass, kept = 8 + 120 * panel, 0.0, 0
        d.text(left + 52, 14, f"$τ$ = {temperature:g}", 15, "bold")
        for n, (word, p) in enumerate(zip(WORDS, heated(temperature), strict=True)):
            x, keep = left + 13 + 27 * n, mass < NUCLEUS
            look = "new wash" if keep else "muted dash"
            d.box(x, base - scale * p / 2, 20, scale * p, "", look, radius=3)
            d.text(x, base - scale * p - 11, f"{p:.2f}", 12, "" if keep else "muted")
            d.text(x, base + 14, word, 13, "bold" if keep else "muted")
            mass, kept = mass + p, kept + keep
        d.arrow((left, base), (left + 106, base), head=False, look="muted")
        d.text(left + 52, base + 38, f"keeps {kept}", 13, "new")
    return d
