"""The reports that units owe the standing office: periods, and how a unit stands with one on a day.

When a report is due is data. The yearly activity `report_sent` of RULES §3, which the roll-up counts, is another thing:
neither is made from the other.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from isoaudit.domain.documentwords import short_date
from isoaudit.domain.errors import Invalid
from isoaudit.domain.vocabulary import Word


class ReportPeriod(Word):
    """The period that a unit reports on."""

    HALF = "half", "6 tháng đầu năm", "first half-year"
    YEAR = "year", "cả năm", "whole year"


class ReportState(Word):
    """How a unit stands with a report on a day."""

    ON_TIME = "on_time", "đã gửi đúng hạn", "sent on time"
    LATE = "late", "đã gửi, trễ hạn", "sent late"
    NOT_SENT = "not_sent", "quá hạn, chưa gửi", "overdue, not sent"
    WAITING = "waiting", "chưa đến hạn", "not due yet"


@dataclass(frozen=True, slots=True)
class Standing:
    """How it stands, and by how many days it was, or is, late."""

    state: ReportState
    late_days: int = 0


def standing(due_on: date, received_on: date | None, day: date) -> Standing:
    """How a report stands on a day; one received later has not come yet. The day it is due is on time."""
    if received_on is not None and received_on <= day:
        late = (received_on - due_on).days
        return Standing(ReportState.LATE, late) if late > 0 else Standing(ReportState.ON_TIME)
    late = (day - due_on).days
    return Standing(ReportState.NOT_SENT, late) if late > 0 else Standing(ReportState.WAITING)


def first_day(year: int) -> date:
    """The first day of both periods."""
    return date(year, 1, 1)


def name(year: int, period: ReportPeriod) -> str:
    """The period in running text: "6 tháng đầu năm 2020", "năm 2020"."""
    return f"6 tháng đầu năm {year}" if period is ReportPeriod.HALF else f"năm {year}"


def wrong(year: int, due_on: date, received_on: date | None, today: date) -> Iterator[Invalid]:
    """What cannot be: a deadline outside the year and the one after, a report that came before its period began or
    will come."""
    if not first_day(year) <= due_on <= date(year + 1, 12, 31):
        yield Invalid("reporting.due_far", field="due_on", day=short_date(due_on), year=year)
    if received_on is not None and received_on < first_day(year):
        yield Invalid("reporting.received_early", field="received_on", day=short_date(received_on), year=year)
    if received_on is not None and received_on > today:
        yield Invalid("fact.in_future", field="received_on", day=short_date(received_on))


@dataclass(frozen=True, slots=True)
class Tally:
    """How many reports were owed, and how they stand."""

    owed: int = 0
    on_time: int = 0
    late: int = 0
    not_sent: int = 0
    waiting: int = 0

    @property
    def sent(self) -> int:
        """Those that came."""
        return self.on_time + self.late


def tally(states: Iterable[ReportState]) -> Tally:
    """The states counted; owed is the sum of the four."""
    found = list(states)
    counts = {state.value: found.count(state) for state in ReportState}
    return Tally(len(found), **counts)
