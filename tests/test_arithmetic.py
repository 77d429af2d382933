"""Numbers in texts: sums worked out again, measured ones told from others, years compared."""

import pytest

from tools import arithmetic, lint_claims, lint_works, typed


@pytest.mark.parametrize(
    "text",
    [
        r"$0.5 \cdot 4 = 2$",
        r"$7^4 = 2{,}401$, $4 \cdot 128 = 512 < 600$",
        r"$\tanh(0.5,\ 0) = (0.46,\ 0)$",
        r"$\tfrac12 \cdot \frac{3}{4} = 0.375$",
        r"$k > \ln 0.01 / \ln 0.8 = 20.6$",
        r"$e^2 / (e^2 + 2 e^{-1}) = 0.91$",
        r"$\sigma(1)^{59} = 9 \times 10^{-9}$, $0.85^{99} = 10^{-7}$",
        r"$0.88 \cdot 0.96 \approx 0.85$",  # what is rounded stands on both sides
        "$$\n\\begin{aligned}\nh &= (0.46 \\cdot 0.4, 1) \\\\\n&= (0.18, 1)\n\\end{aligned}\n$$",
        "$f(x) = 3$, $b_f = 1$, $2 + 2$, 2 + 2 = 5",  # no sums
    ],
)
def test_what_is_right_is_not_complained_of(text):
    assert arithmetic.wrong(text) == []


@pytest.mark.parametrize(
    "text",
    [
        r"$0.5 \cdot 4 = 3$",
        r"$7^4 = 2{,}410$",
        r"$\tanh(0.5,\ 0) = (0.46,\ 0.1)$",
        r"$\tanh(0.5,\ 0) = 0.46$",
        r"$\ln 2 = 0.69 = 0.68$",
        r"$k > \ln 0.01 / \ln 0.8 = 21.6$",
        r"$0.88 \cdot 0.96 = 0.85$",
        r"$0.88 \cdot 0.96 \approx 0.95$",
        r"$0.85^{99} = 10^{-9}$",
        "$$\n\\begin{aligned}\nh &= 2 \\cdot 3 \\\\\n&= 7\n\\end{aligned}\n$$",
    ],
)
def test_a_wrong_sum_is_seen(text):
    assert len(arithmetic.wrong(text)) == 1


@pytest.mark.parametrize(
    "expression", ["__import__('os')", "x + 1", "[1]", "ln(0)", "1 / 0", "1 +"]
)
def test_only_numbers_are_worked_out(expression):
    with pytest.raises(arithmetic.NoSum):
        arithmetic.value(expression)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("in ninety per cent of the runs", ["ninety per cent"]),
        ("right in 9 of the ten LSTMs", ["9 of the ten LSTMs"]),
        ("three times faster, or 3× as fast", ["three times faster", "3×"]),
        ("digits of 8 × 8 pixels, twice the size, seven of ten pairs is no verdict", []),
        ("{measured}`01a/a/b` of `nine of ten seeds`", []),
    ],
)
def test_shares_in_words(text, found):
    assert typed.in_words(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It is $0.87$ of all, $0.1$ at a rate of $0.003$.", ["0.87"]),
        (r"A share of $87\,\%$, with a $95\,\%$ interval.", ["87"]),
        (r"With $2 \cdot 0.21 = 0.42$ on top of $0.42$.", []),
        ("They report $0.964$ {cite:p}`a2000`. We have $12.5$.", ["12.5"]),
    ],
)
def test_numbers_in_formulas(text, found):
    assert typed.in_formulas(text, least=2) == found


def test_numbers_in_captions():
    assert typed.in_caption("At a rate of 0.1, with 95 % intervals, at least 90 % right.") == []
    assert typed.in_caption("The GRU reaches 0.87, the LSTM 91 %.") == ["91 %", "0.87"]


def test_a_claim_with_rows_must_hold_something_of_them():
    claim = {"verdict": "contested", "rows": ["01a/a/b"]}
    sides = {"for": "by definition", "against": "published"}
    told = list(lint_claims.check_holds(claim | {"holds": sides}, {}))
    assert told == [
        "against: published, but it tells of nothing published",
        "has rows, and holds nothing of them",
    ]
    (told,) = lint_claims.check_holds({"verdict": "wrong", "holds": {"against": "so it is"}}, {})
    assert "is no list of comparisons" in told
    assert lint_claims.fails("1 < 2", {}) == "compares no row"
    assert lint_claims.fails("01a/a/b < print", {"01a/a/b": 1.0}) == "is no comparison"


ENTRY = "author = {A{\\'e}ta, Eva}, title = {T}"


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ("@misc{aeta2016, year = {2016}, eprint = {1603.01360}", ""),
        ("@misc{aeta2016, year = {2016}, eprint = {1503.01360}", "preprint is of 2015"),
        ("@inproceedings{aeta2016, year = {2016}, eprint = {1503.01360}", ""),
        ("@inproceedings{aeta2016, year = {2016}, eprint = {1703.01360}", "preprint is of 2017"),
        ("@article{aeta2016, year = {2016}, doi = {10.18653/v1/P18-2116}", "says 2018"),
        ("@article{aeta2016, year = {2016}, url = {https://a.invalid/2014/x}", "says 2014"),
        ("@article{aeta2015, year = {2016}", "its key is not"),
        ("@article{eva2016, year = {2016}", "its key is not"),
        (
            "@article{aeta2016, year = {2016}, journal = {J}, volume = {17}",
            "count from another year",
        ),
    ],
)
def test_years(tmp_path, entry, told):
    (tmp_path / "book").mkdir()
    others = "".join(
        f"@article{{aeta{y}, year={{{y}}}, {ENTRY}, journal={{J}}, volume={{{y - 2000}}}}}\n"
        for y in (2001, 2002)
    )
    text = f"{others}{entry}, {ENTRY}}}\n"
    (tmp_path / "book" / "references.bib").write_text(text, encoding="utf-8")
    found = lint_works.check(tmp_path)
    assert bool(found) == bool(told) and told in "".join(found)
