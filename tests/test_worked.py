"""The tables that lessons work out by hand, worked out again to the digits they print."""

import math

import pytest

from tools import arithmetic, notebooks

E = math.e


def sigma(x):
    return 1 / (1 + math.exp(-x))


def softmax(scores):
    total = sum(math.exp(s) for s in scores)
    return [math.exp(s) / total for s in scores]


def bits(*chances):
    """What each word costs, their sum, their mean and the perplexity."""
    each = [-math.log2(p) for p in chances]
    return [*each, sum(each), sum(each) / len(each), 2 ** (sum(each) / len(each))]


def powers(weights, steps):
    return [[w**k for k in steps] for w in weights]


def climb(w, rate, updates):
    """Plain descent on (w^10 - 1)^2 / 2: weight, end, loss, gradient."""
    rows = []
    for _ in range(updates):
        error = w**10 - 1
        gradient = error * 10 * w**9
        rows.append([w, w**10, error**2 / 2, gradient])
        w -= rate * gradient
    return rows


def counted(z, signs):
    """A GRU of one unit that goes towards the sign it reads."""
    h, found = 0.0, []
    for sign in signs:
        h = z * h + (1 - z) * sign
        found.append(h)
    return found


def by_temperature(tau):
    raised = [math.exp(s / tau) for s in (2, 1, 0)]
    return [*raised, *(r / sum(raised) for r in raised)]


def swapped(step, start, swaps):
    """Where a state stands after some numbers of the same step."""
    found, h = [], start
    for n in range(max(swaps) + 1):
        found += [h] * (n in swaps)
        h = step(h)
    return found


# chapter, how the table's head begins: its rows without their names, where they are worked out
TABLES = {
    ("02", "the word that came"): list(
        zip(
            bits(*[1 / 4] * 5),
            bits(2 / 5, 1 / 5, 1 / 5, 2 / 5, 1 / 5),
            bits(1, 1 / 2, 1, 1, 1 / 2),
            strict=True,
        )
    ),
    ("04", "weight $w$"): powers((0.9, 1.1, 1.5, 2), (10, 50)),
    ("04", "update"): climb(1.2, 0.1, 2),
    ("05", "weight $w$"): powers((0.5, 0.9, 0.99, 1, 1.1), (1, 10, 50, 100)),
    ("05", "bias $b$"): [
        [sigma(b), math.log(2) / -math.log(sigma(b)), sigma(b) ** 100] for b in (0, 1, 3, 5)
    ],
    ("06", "half is left after"): [
        [-math.log(2 ** (1 / k) - 1) for k in (1, 2, 5, 10, 20, 50, 100, 500)]
    ],
    ("07", "reads"): [[1, 2, 3, 2, 1, 0], counted(0.8, (1, 1, 1, -1, -1, -1))],
    ("08", "temperature"): [by_temperature(tau) for tau in (0.5, 1, 2)],
    ("10", "`merge_mode`"): [
        [4, 7, 4, 6, 10, 8],
        [4 + 7, 4 + 6, 10 + 8],
        [(4 + 7) / 2, (4 + 6) / 2, (10 + 8) / 2],
        [4 * 7, 4 * 6, 10 * 8],
    ],
    ("11", "row"): [[1, 0, 2], [E, 1, E**2], softmax((1, 0, 2))],
    ("18", "after swaps"): [
        swapped(step, start, (0, 1, 2, 3, 20))
        for step in (lambda h: 0.5 * h + 0.2, lambda h: math.tanh(-2 * h))
        for start in (0.96, -0.96)
    ],
}


def numbers(text, head):
    """The numbers of a table's rows, as they are printed, without the first column."""
    lines = text.partition(f"\n| {head}")[2].partition("\n\n")[0].split("\n")[2:]
    for line in lines:
        cells = [c.strip(" *").removesuffix(" steps") for c in line.strip("| ").split("|")[1:]]
        yield [n.strip("$").replace(",", "") for cell in cells for n in cell.split(", ")]


def wrong(text, head, worked):
    """The numbers of a table that are not the ones worked out."""
    shown = list(numbers(text, head))
    assert len(shown) >= len(worked), f"no table with the head {head!r}"
    return [
        number
        for line, values in zip(shown, worked, strict=False)
        for number, value in zip(line, values, strict=True)
        if not arithmetic.agree(repr(float(value)), arithmetic.python(number), about=False)
    ]


def lesson(chapter):
    (path,) = (notebooks.ROOT / "book").glob(f"{chapter}-*.md")
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize(("chapter", "head"), TABLES)
def test_a_table_by_hand_is_right(chapter, head):
    assert wrong(lesson(chapter), head, TABLES[chapter, head]) == []


def test_a_wrong_number_in_a_table_is_seen():
    text = lesson("05").replace("| 0.99 | 0.99 | 0.90 | 0.61 |", "| 0.99 | 0.99 | 0.90 | 0.63 |")
    assert wrong(text, "weight $w$", TABLES["05", "weight $w$"]) == ["0.63"]
