"""A span of days that figures are counted over."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day to the last, both inclusive (RULES §1)."""

    first: date
    last: date

    @classmethod
    def of_year(cls, year: int) -> "Period":
        """The calendar year."""
        return cls(date(year, 1, 1), date(year, 12, 31))

    def nearest(self, day: date) -> date:
        """The day itself when the period holds it, else the end of the period that lies nearer to it."""
        return min(max(day, self.first), self.last)

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last


def same_part(one: date, other: date) -> bool:
    """Whether what adds up over a year may be compared as of two days: they lie in one year, or in the same part of
    theirs."""
    return one.year == other.year or (one.month, one.day) == (other.month, other.day)
