"""Quality objectives of a unit-year: reading targets and results as people write them, and what contradicts itself.

"≥ 98%", "tối thiểu 95 %", "không quá 2 hồ sơ" can be compared with a result; other targets are judged by people.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from isoaudit.domain.documentwords import short_date
from isoaudit.domain.errors import Invalid
from isoaudit.domain.text import fold

_NUMBER = re.compile(r"(?P<value>\d+(?:[.,]\d+)?)\s*(?P<unit>%?)")
_AT_LEAST = ("≥", ">=", "toi thieu", "it nhat", "tren", "tu", "dat", ">", "khong duoi", "khong it hon")
_AT_MOST = ("≤", "<=", "toi da", "khong qua", "duoi", "<", "khong vuot qua", "nhieu nhat")
_MORE = ("tro len", "tro xuong")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit: "%" or none."""

    value: Fraction
    percent: bool


@dataclass(frozen=True, slots=True)
class Target:
    """What a result is compared with: at least that much, or at most."""

    amount: Amount
    at_most: bool
    strict: bool = False

    def met(self, result: Amount) -> bool:
        """Whether the result reaches it."""
        if self.at_most:
            return result.value < self.amount.value if self.strict else result.value <= self.amount.value
        return result.value > self.amount.value if self.strict else result.value >= self.amount.value


def amount(text: str) -> Amount | None:
    """The one number of a result ("99,2%", "đạt 99,2 %", "3 hồ sơ"); None when there is none or several."""
    found = _NUMBER.findall(text)
    if len(found) != 1:
        return None
    value, unit = found[0]
    return Amount(Fraction(value.replace(",", ".")), unit == "%")


def target(text: str) -> Target | None:
    """The target as a comparison; None when it is not one. "100%" alone asks for all."""
    given = amount(text)
    if given is None:
        return None
    words = fold(text)
    before = re.split(r"\d", words)[0].strip()
    at_most = before.endswith(_AT_MOST) or words.endswith(_MORE[1])
    at_least = not at_most and (before.endswith(_AT_LEAST) or words.endswith(_MORE[0]))
    if at_most or at_least:
        strict = before.endswith(("tren", "duoi", ">", "<")) and not before.endswith(("khong duoi", "khong tren"))
        return Target(given, at_most, strict and not words.endswith(_MORE))
    whole = given.percent and given.value == 100 and not before
    return Target(given, at_most=False) if whole else None


def judged(wanted: str, reached: str | None) -> bool | None:
    """Whether the result reaches the target, where both can be compared."""
    goal, found = target(wanted), amount(reached or "")
    if goal is None or found is None or goal.amount.percent is not found.percent:
        return None
    return goal.met(found)


def wrong(objective: str, wanted: str, reached: str | None, met: bool | None) -> Iterator[Invalid]:
    """What cannot be: missing texts, a judgement without a result, one that the numbers contradict, a percentage that
    is none."""
    if not objective:
        yield Invalid("objective.text_missing", field="objective")
    if not wanted:
        yield Invalid("objective.target_missing", field="target")
    if not reached:
        if met is not None:
            yield Invalid("objective.met_without_result", field="met")
        return
    goal, found = target(wanted), amount(reached)
    if goal is not None and found is not None and goal.amount.percent is not found.percent:
        yield Invalid("objective.unit_differs", field="result", target=wanted, result=reached)
    elif goal is not None and found is not None and found.percent and goal.amount.value <= 100 < found.value:
        yield Invalid("objective.above_hundred", field="result", result=reached)
    else:
        by_numbers = judged(wanted, reached)
        if by_numbers is None and met is None:
            yield Invalid("objective.met_missing", field="met", target=wanted, result=reached)
        elif by_numbers is not None and met is not None and met is not by_numbers:
            code = "objective.not_met" if met else "objective.is_met"
            yield Invalid(code, field="met", target=wanted, result=reached)


def wrong_day(year: int, reached: str | None, reached_on: date | None, today: date) -> Iterator[Invalid]:
    """What cannot be of the day to which a result was reckoned: a day without a result, one outside the objective's
    year, one that has not come."""
    if reached_on is None:
        return
    if not reached:
        yield Invalid("objective.day_without_result", field="result_on", day=short_date(reached_on))
    if reached_on.year != year:
        yield Invalid("objective.day_elsewhere", field="result_on", day=short_date(reached_on), year=year)
    elif reached_on > today:
        yield Invalid("fact.in_future", field="result_on", day=short_date(reached_on))
