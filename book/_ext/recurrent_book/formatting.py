"""Numbers as the book prints them."""

from __future__ import annotations

import math
import re

THIN, SPACE, MINUS = "\u202f", "\u00a0", "\u2212"  # narrow and wide no-break spaces
SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")

THOUSANDS = re.compile(r"(?<![\w,.])\d{1,3}(?:,\d{3})+(?![,.]?\w)")


def thousands(text: str) -> str:
    """A text whose thousands are set apart by thin spaces instead of commas."""
    return THOUSANDS.sub(lambda found: found.group().replace(",", THIN), text)


def number(value: float, digits: int = 3, whole: bool = False) -> str:
    """A number with ``digits`` significant digits.

    2.4e-08 is "2.4 × 10⁻⁸", 12345 is "12 300" (thin spaces), -0.5 is "−0.50". With ``whole`` the
    number is a count and keeps no decimals. Raises ValueError for what is not finite.
    """
    if not math.isfinite(value):
        raise ValueError(f"{value} is not a number to print")
    if value == 0:
        return "0"
    mantissa, exponent = f"{value:.{digits - 1}e}".split("e")
    power = int(exponent)
    if power < -3 or power >= 6:
        text = f"{mantissa}{SPACE}×{SPACE}10{str(power).translate(SUPERSCRIPT)}"
    else:
        places = 0 if whole else max(0, digits - 1 - power)
        text = f"{round(float(f'{value:.{digits - 1}e}'), places):,.{places}f}".replace(",", THIN)
    return text.replace("-", MINUS)


def percent(value: float, digits: int = 3) -> str:
    """A rate between 0 and 1 as per cent: 0.875 is "87.5 %", 1 is "100 %", 0 is "0 %"."""
    whole = float(value) in (0.0, 1.0)
    return f"{number(100 * value, max(digits, 3) if whole else digits, whole)}{THIN}%"


def fact(found) -> tuple[str, str, str]:
    """Value, low and high end of a Fact, all with its digits."""
    if found.rate:
        return tuple(percent(v, found.digits) for v in (found.value, found.low, found.high))
    ends = (found.value, found.low, found.high)
    return tuple(number(v, found.digits, found.whole) for v in ends)
