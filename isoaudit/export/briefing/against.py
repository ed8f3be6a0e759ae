"""By how much the figures of a briefing changed since the days that it compares with; "–" where like is not known of
like."""

from collections.abc import Callable
from fractions import Fraction

from isoaudit.domain.comparison import OVER_THE_YEAR, Measure, known
from isoaudit.domain.figures import Counts
from isoaudit.domain.numbers import NOTHING, decimal_text, percent, thousands
from isoaudit.domain.vocabulary import Block
from isoaudit.export.briefing.content import Before

Row = Callable[[Counts], tuple[int, int]]
"""A share of a block: part and whole."""
_SUMS, _INSPECTED, _TASKS = 2, 4, 4
"""So many of the first counts of the page add up over the year, so many come from inspections; tasks stand after."""


def then(before: Before, block: Block, measure: Measure, of: Row) -> tuple[int, int] | None:
    """The earlier share of a block, in today's units where units were arranged; None where it is not known, or is of
    another part of the year."""
    if not known(before.rollup, measure) or (measure in OVER_THE_YEAR and not before.sums):
        return None
    if before.comparison is not None:
        pair = before.comparison.pair(measure, block)
        return pair.before, pair.before_whole or 0
    counts = before.rollup.blocks.get(block)
    return None if counts is None else of(counts)


def today(before: Before, block: Block, measure: Measure, counted: tuple[int, int]) -> tuple[int, int]:
    """The share of a block that the earlier one is compared with: as counted; where units were arranged, of the units
    of both days."""
    if before.comparison is None:
        return counted
    pair = before.comparison.pair(measure, block)
    return pair.now, pair.now_whole or 0


def apart(before: Before) -> bool:
    """Whether some units of today are not compared, since no unit of then lies behind them."""
    return before.comparison is not None and any(each.now and not each.land for each in before.comparison.lines)


def untold(before: Before) -> set[int]:
    """Which counts of the page, by their place, are not compared with that day."""
    found = {*range(0 if before.sums else _SUMS)} if known(before.rollup, Measure.AUDITED) else {*range(_INSPECTED)}
    return found if any(before.rollup.tasks.values()) else found | {_TASKS}


def points(now: tuple[int, int], before: tuple[int, int] | None, decimals: int) -> str:
    """By how many percentage points a rate changed, as the rates are printed."""
    rates = percent(*now, decimals), None if before is None else percent(*before, decimals)
    if rates[0] is None or rates[1] is None:
        return NOTHING
    moved = rates[0] - rates[1]
    return f"{_sign(moved)}{decimal_text(abs(moved), decimals)}"


def change(by: int) -> str:
    """The change of a count, with its sign."""
    return f"{_sign(by)}{thousands(abs(by))}"


def _sign(by: int | Fraction) -> str:
    return "+" if by > 0 else "−" if by < 0 else ""
