"""The period of a report: a year, a part of one, or several years; what it is called, and which one lies before it.

Of a period (RULES §1) some figures are sums, some are a state on the cut-off day D. Sums, from the period's first day
to D: visits, units that ended, nonconformities opening, raised and closed, declarations made, documents issued, changes
of the register; the audit of a unit is its latest of the period, its TTHC are those of the latest row of the period.
States on D: units, declared and conversion status, baseline, exemptions, nonconformities open. What RULES define for a
year Y (kept up in Y, the year's activities, the tasks of the plan) is taken for the year of D: so a report of
2015–2020 says how many kept up their systems in 2020, and a report of six months how many have by its last day.
"""

from datetime import date, timedelta

from isoaudit.domain.documentwords import short_date
from isoaudit.domain.period import Period

_HALVES = {(1, 6): "06 tháng đầu năm", (7, 12): "06 tháng cuối năm"}
_NINE = (1, 9)
_QUARTERS = {(1, 3): "quý I", (4, 6): "quý II", (7, 9): "quý III", (10, 12): "quý IV"}


def years(first: int, last: int) -> Period:
    """From the first day of one year to the last day of another."""
    return Period(date(first, 1, 1), date(last, 12, 31))


def half(year: int, which: int) -> Period:
    """The first or the second half of a year (`which` 1 or 2)."""
    if which == 1:
        return Period(date(year, 1, 1), date(year, 6, 30))
    return Period(date(year, 7, 1), date(year, 12, 31))


def is_year(period: Period) -> bool:
    """Whether it is one calendar year."""
    return period == Period.of_year(period.first.year)


def name(period: Period) -> str:
    """What it is called in running text: "năm 2020", "06 tháng đầu năm 2020", "giai đoạn 2015–2020"."""
    first, last = period.first, period.last
    if not _whole_months(period):
        return f"từ ngày {short_date(first)} đến ngày {short_date(last)}"
    months = (first.month, last.month)
    if first.year == last.year:
        if months == (1, 12):
            return f"năm {first.year}"
        if months in _HALVES:
            return f"{_HALVES[months]} {first.year}"
        if months == _NINE:
            return f"09 tháng đầu năm {first.year}"
        if months in _QUARTERS:
            return f"{_QUARTERS[months]} năm {first.year}"
    elif months == (1, 12):
        return f"giai đoạn {first.year}–{last.year}"
    return f"từ ngày {short_date(first)} đến ngày {short_date(last)}"


def end(period: Period) -> date:
    """The first day after it, as files hold it."""
    return period.last + timedelta(days=1)


def before(period: Period) -> Period:
    """The one that figures are compared with: the same part of the year before, or as many years before these."""
    by = period.last.year - period.first.year + 1
    return Period(_back(period.first, by), _back(period.last, by))


def following(period: Period) -> str:
    """What comes after it, in words: "năm 2021", "06 tháng cuối năm 2020"; after all else, the next year."""
    if _whole_months(period) and period == half(period.first.year, 1):
        return name(half(period.first.year, 2))
    return f"năm {period.last.year + 1}"


def _back(day: date, by: int) -> date:
    ends_february = (day.month, day.day) in ((2, 28), (2, 29)) and (day + timedelta(days=1)).month == 3
    if ends_february:
        return date(day.year - by, 3, 1) - timedelta(days=1)
    return day.replace(year=day.year - by)


def _whole_months(period: Period) -> bool:
    return period.first.day == 1 and (period.last + timedelta(days=1)).day == 1
