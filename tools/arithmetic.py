"""Sums that a page shows, worked out again: `$0.5 \\cdot 4 = 2$` is true, to the digits it prints.

An expression is LaTeX as the book writes it, without letters: numbers, vectors of numbers, and the
functions of ``FUNCTIONS``. What holds a letter is no sum and is passed over.
"""

from __future__ import annotations

import ast
import math
import operator
import re

OPERATORS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
    ast.UAdd: operator.pos,
    ast.USub: operator.neg,
}
COMPARISONS = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Eq: operator.eq,
    ast.GtE: operator.ge,
    ast.Gt: operator.gt,
}
FUNCTIONS = {
    "exp": math.exp,
    "ln": math.log,
    "log2": math.log2,
    "sqrt": math.sqrt,
    "sigma": lambda x: 1 / (1 + math.exp(-x)),
    "tanh": math.tanh,
    "max": max,
    "min": min,
}
LATEX = (  # what LaTeX writes: what Python reads
    (r"\{,\}|(?<=\d)\\,(?=\d{3})", ""),
    (r"\\[,;:! ]|~", " "),
    (r"\\(?:left|right|[Bb]igg?[lr]?)(?![a-zA-Z])", ""),
    (r"\\[td]?frac\s*(\d)\s*(\d)", r"((\1)/(\2))"),
    (r"\\[td]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}", r"((\1)/(\2))"),
    (r"\\sqrt\s*\{([^{}]*)\}", r" sqrt(\1)"),
    (r"\\log_2|\\log_\{2\}", r"\\log2"),
    (r"\\(exp|ln|log2|sigma|tanh|max|min)\s*([\d.]+|\\sigma\([^()]*\))", r" \1(\2)"),
    (r"\\(exp|ln|log2|sigma|tanh|max|min)(?![a-zA-Z])\s*", r" \1"),
    (r"(?<![a-zA-Z])e\^\{([^{}]*)\}", r" exp(\1)"),
    (r"(?<![a-zA-Z])e\^(\d)", r" exp(\1)"),
    (r"\^\{([^{}]*)\}", r"**(\1)"),
    (r"\^\s*(\d)", r"**\1"),
    (r"\\(?:cdot|times|odot)(?![a-zA-Z])", "*"),
    (r"\\pi(?![a-zA-Z])", str(math.pi)),
    (r"[−–]", "-"),
    (r"(?<=[\d)])\s*\\%", "/100"),
    (r"(?<=[\d)])\s+(?=(?:sqrt|ln|log2|exp|sigma|tanh)\b)|(?<=\d)\s+(?=\()", "*"),
)
ORDER = r"[<>]|\\[lg]eq?(?![a-z])"  # k > a = b says that a is b
A_NUMBER = re.compile(r"-?\s*\d+(?:\.(\d+))?(\s*\*\s*10\*\*\(?(-?\d+)\)?)?")


class NoSum(Exception):
    """An expression that is none of numbers alone."""


def evaluate(node):
    """The value of a syntax tree of numbers, vectors, comparisons and FUNCTIONS. Raises NoSum."""
    match node:
        case ast.Expression():
            return evaluate(node.body)
        case ast.Constant(value=int() | float()):
            return node.value
        case ast.Tuple():
            return tuple(map(evaluate, node.elts))
        case ast.BinOp(op=op) if type(op) in OPERATORS:
            return _apply(OPERATORS[type(op)], evaluate(node.left), evaluate(node.right))
        case ast.UnaryOp(op=op) if type(op) in OPERATORS:
            return _apply(OPERATORS[type(op)], evaluate(node.operand))
        case ast.Call(func=ast.Name(id=name), keywords=[]) if name in FUNCTIONS:
            given = tuple(map(evaluate, node.args))
            if name in ("max", "min") or len(given) == 1:
                return _apply(FUNCTIONS[name], *given)
            return _apply(FUNCTIONS[name], given)
        case ast.Compare():
            sides = [evaluate(n) for n in (node.left, *node.comparators)]
            if all(type(op) in COMPARISONS for op in node.ops):
                compare = zip(sides, node.ops, sides[1:], strict=False)
                return all(COMPARISONS[type(op)](left, right) for left, op, right in compare)
    raise NoSum


def _apply(function, *given):
    """A function of numbers; of vectors entry by entry."""
    lengths = {len(g) for g in given if isinstance(g, tuple)}
    if not lengths:
        return function(*given)
    if len(lengths) > 1:
        raise NoSum
    columns = zip(*[g if isinstance(g, tuple) else (g,) * max(lengths) for g in given], strict=True)
    return tuple(_apply(function, *column) for column in columns)


def value(expression: str):
    """The value of a Python expression of numbers. Raises NoSum."""
    try:
        return evaluate(ast.parse(expression.strip(), mode="eval"))
    except (ArithmeticError, SyntaxError, TypeError, ValueError):
        raise NoSum from None


def python(latex: str) -> str:
    """A LaTeX expression as Python writes it."""
    for old, new in LATEX:
        latex = re.sub(old, new, latex)
    return latex.strip().rstrip(".,;")


def printed(text: str) -> float | None:
    """Half a unit in the last digit of a printed number; None when a text is no single number."""
    found = A_NUMBER.fullmatch(text.strip())
    if not found:
        return None
    return 0.5 * 10.0 ** (int(found[3] or 0) - len(found[1] or ""))


def rounded(expression: str) -> float:
    """How far an expression may be off because its decimals are rounded."""
    exact, off = value(expression), 0.0
    for found in re.finditer(r"\d+\.(\d+)", expression):
        moved = f"({found[0]} + 0.5 / 10**{len(found[1])})"
        near = value(expression[: found.start()] + moved + expression[found.end() :])
        off += abs(near - exact)
    return off


def entries(expression: str) -> list[str]:
    """The entries of a vector, as they are written where it is written out."""
    tree = ast.parse(expression.strip(), mode="eval").body
    if isinstance(tree, ast.Tuple):
        return [ast.get_source_segment(expression.strip(), entry) for entry in tree.elts]
    return [repr(number) for number in value(expression)]


def agree(left: str, right: str, about: bool) -> bool:
    """Whether two expressions are equal, to the digits that a printed number among them has.

    about: they are only said to be (≈), so that what is rounded may stand on both sides.
    """
    values = value(left), value(right)
    if any(isinstance(v, tuple) for v in values):
        if not all(isinstance(v, tuple) and len(v) == len(values[0]) for v in values):
            return False
        return all(agree(*pair, about) for pair in zip(entries(left), entries(right), strict=True))
    digits = [half for half in map(printed, (left, right)) if half is not None]
    allowed = max(digits, default=0.0)
    if about or not digits:
        allowed += rounded(left) + rounded(right)
    if any(re.fullmatch(r"10\*\*\(-?\d+\)", side.strip()) for side in (left, right)):
        return max(values) < 10**0.5 * min(values)  # an order of magnitude
    return abs(values[0] - values[1]) <= allowed * 1.001 + 1e-9 * abs(values[1])


def sums(text: str):
    """The equations of numbers between dollars in a text: left, right, whether only about equal."""
    for formula in re.findall(r"\$\$.+?\$\$|\$[^$\n]+\$", text, re.S):
        plain = re.sub(r"\\(begin|end)\{\w+\}|[&$]", "", formula)
        plain = re.sub(r"\\\\\s*(?==|\\approx)", " ", plain)  # goes on in the next line
        for line in re.split(r"\\\\(?:\[\w+\])?|\\q?quad", plain):
            sides = re.split(r"(=|\\approx)", line)
            for left, sign, right in zip(sides[::2], sides[1::2], sides[2::2], strict=False):
                left, right = re.split(ORDER, left)[-1], re.split(ORDER, right)[0]
                try:
                    value(python(left)), value(python(right))
                except NoSum:
                    continue
                yield left.strip(), right.strip(), sign != "="


def wrong(text: str) -> list[str]:
    """The equations of a text whose sides differ by more than the digits they print."""
    return [
        f"{left} {'≈' if about else '='} {right}"
        for left, right, about in sums(text)
        if not agree(python(left), python(right), about)
    ]
