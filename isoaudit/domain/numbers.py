"""Numbers on paper and in JSON (RULES §9): percentages from exact counts, shares, counts in running text.

Everything is worked out in integers and fractions; a float appears only as the value that JSON prints.
Dates in words are in `documentwords`.
"""

from fractions import Fraction
from functools import lru_cache

NOTHING = "–"
"""What is printed where the denominator is empty; JSON has null there."""


@lru_cache(maxsize=4096)
def percent(part: int | Fraction, whole: int | Fraction, decimals: int = 1) -> Fraction | None:
    """`part` of `whole` in percent, rounded half up to `decimals`; None when `whole` is 0.

    Never 100 unless part = whole and never 0 unless part = 0: such a value gives way by one unit of the
    last decimal (99.96 → 99.9, 0.02 → 0.1).
    """
    if not whole:
        return None
    unit = 10**decimals
    exact = 100 * unit * part.numerator * whole.denominator
    divisor = part.denominator * whole.numerator
    rounded = (2 * exact + divisor) // (2 * divisor)
    if rounded == 100 * unit and part != whole:
        rounded += 1 if part > whole else -1
    elif rounded == 0 and part:
        rounded = 1
    return Fraction(rounded, unit)


def json_number(value: Fraction | None) -> int | float | None:
    """The value as JSON prints it: a whole number without a decimal point, null for nothing."""
    if value is None:
        return None
    return value.numerator if value.denominator == 1 else value.numerator / value.denominator


def percent_text(part: int | Fraction, whole: int | Fraction, decimals: int = 1) -> str:
    """The percentage as printed, with a decimal comma: "61,5%", "100%", "0%", "–"."""
    value = percent(part, whole, decimals)
    return NOTHING if value is None else f"{decimal_text(value, decimals)}%"


def decimal_text(value: Fraction | None, decimals: int = 1) -> str:
    """A rounded value (percentage, score) with a decimal comma; 100 and 0 without decimals, "–" for none."""
    if value is None:
        return NOTHING
    scaled = value * 10**decimals
    rounded = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    whole, rest = divmod(rounded, 10**decimals)
    if not decimals or value in (0, 100):
        return thousands(whole)
    return f"{thousands(whole)},{rest:0{decimals}}"


def share(part: int, whole: int) -> str:
    """A part of a total: "43/45"; "–" when the total is empty."""
    return f"{thousands(part)}/{thousands(whole)}" if whole else NOTHING


def share_text(part: int, whole: int, decimals: int = 1) -> str:
    """A part of a total with its percentage: "43/45 (95,6%)"."""
    return f"{share(part, whole)} ({percent_text(part, whole, decimals)})" if whole else NOTHING


def thousands(number: int) -> str:
    """A count as tables print it, with dots between thousands: 12.345."""
    return f"{number:,}".replace(",", ".")


def count_text(number: int) -> str:
    """A count in running text: "không", "05", "10", "1.234"."""
    if number == 0:
        return "không"
    return f"{number:02}" if 0 < number < 10 else thousands(number)
