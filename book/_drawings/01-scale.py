"""Three rulers: the same 62 of 100 between chance, baseline and optimum."""

from grammar import Drawing

ALT = (
    "Three rulers from 0 to 100 right answers, with the same mark at 62, the network. Task one: "
    "chance at 25, counting at 60, optimum at 100: hardly more than counting. Task two: chance "
    "at 25, counting at 40, optimum at 64: nearly all that is possible. Task three: chance at "
    "50, counting at 75, optimum at 100: counting was better."
)
CAPTION = (
    "Three invented tasks, one score of 62 (the circle). Diamond: what counting gets. Bar: the "
    "optimum. The score alone does not tell the three apart."
)
SCORE = 62
TASKS = (
    ("hardly more than counting", 25, 60, 100),
    ("nearly all that is possible", 25, 40, 64),
    ("counting was better", 50, 75, 100),
)


def at(score: float) -> float:
    return 22 + 3.16 * score


def draw():
    d = Drawing(318)
    for i, (verdict, chance, baseline, best) in enumerate(TASKS):
        y = 70 + 104 * i
        d.text(8, y - 50, f"task {i + 1}: {verdict}", 14, "bold", "start")
        d.path(f"M{at(0)} {y}H{at(100):g}", "muted")
        for score in (0, 25, 50, 75, 100):
            d.path(f"M{at(score):g} {y - 3}v6", "muted")
        d.path(f"M{at(chance):g} {y}H{at(best):g}", "thick")
        d.path(f"M{at(chance):g} {y - 8}v16", "")
        d.path(f"M{at(best):g} {y - 10}v20", "thick")
        d.path(f"M{at(baseline):g} {y - 7}l7 7l-7 7l-7 -7Z", "paper")
        d.element("circle", "solid new", cx=at(SCORE), cy=y, r=6)
        d.text(at(SCORE), y - 20, "62", 14, "new bold")
        d.text(at(chance) + 14, y + 20, "chance", 12, "muted", "end")
        d.text(at(baseline) + (8 if baseline < 50 else 0), y + 20, "counting", 12, "muted")
        end = best == 100
        d.text(
            at(best) + 8 if end else at(best),
            y + 20,
            "optimum",
            12,
            "muted",
            "end" if end else "start",
        )
        d.text(at(0), y + 20, "0", 12, "muted")
    return d
