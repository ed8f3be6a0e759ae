"""Which years have facts, and on which year and day a page opens; which year a report is to be made of."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select, union_all
from sqlalchemy.orm import Session

from isoaudit.db import Activity, Audit, Declaration, Milestone, Procedures, Programme, Report, ReportDuty, Task
from isoaudit.domain.report_life import ReportState
from isoaudit.domain.vocabulary import AuditState
from isoaudit.services.overview.kept import kept

_DATED = (
    (Declaration, Declaration.made_on),
    (Milestone, Milestone.achieved_on),
    (Activity, Activity.done_on),
    (Procedures, Procedures.as_of),
)


@dataclass(frozen=True, slots=True)
class Years:
    """The years that have facts: the first, the last, and the one to open on; None everywhere without facts."""

    first: int | None = None
    last: int | None = None
    opening: int | None = None

    def offered(self, today: date) -> range:
        """The years to choose from, newest first; only this year without facts."""
        first, last = self.first or today.year, self.last or today.year
        return range(max(last, today.year), min(first, today.year) - 1, -1)


def years(session: Session, today: date) -> Years:
    """Which years have facts; the opening one lies ahead of today only when all do. Two queries, one when kept."""
    return kept(session, ("years", today.year), lambda: _years(session, today))


def _years(session: Session, today: date) -> Years:
    ends = []
    end = date(today.year, 12, 31)
    for row, day in _DATED:
        ends.append(_ends(day, end).where(row.voided_at.is_(None)))
    ends.append(_ends(Audit.minuted_on, end).where(Audit.minuted_on.is_not(None), Audit.state != AuditState.CANCELLED))
    found = session.execute(union_all(*ends)).all()
    firsts, lasts, past = ([row[place] for row in found if row[place] is not None] for place in range(3))
    if not firsts:
        return Years()
    return Years(min(firsts).year, max(lasts).year, (max(past) if past else min(firsts)).year)


def _ends(day: Any, end: date) -> Select[Any]:
    return select(func.min(day), func.max(day), func.max(day).filter(day <= end))


def reported(session: Session, today: date) -> int | None:
    """The year of the report that one works on: of the latest draft, else the latest year up to today with a programme,
    tasks, minutes, reports owed by units or a report issued. A single fact makes no such year. Until the middle of a
    year it is the one before, as long as that was worked in and has no issued report. None when nothing tells.
    """
    under_way = (ReportState.DRAFT, ReportState.APPROVED)
    drafted = select(Report.year).where(Report.state.in_(under_way)).order_by(Report.as_of.desc(), Report.id.desc())
    if (year := session.scalar(drafted.limit(1))) is not None:
        return year
    given = (ReportState.ISSUED, ReportState.REPLACED)
    ends = session.scalars(select(Report.period_last).where(Report.state.in_(given)).distinct())
    issued = {day.year for day in ends if day.month == _DECEMBER}
    worked = {*issued, *_worked(session)}
    known = sorted(year for year in worked if year <= today.year)
    if not known:
        return years(session, today).opening
    before = today.year - 1
    if known[-1] == today.year and today.month <= _JUNE and before in known and before not in issued:
        return before
    return known[-1]


_JUNE, _DECEMBER = 6, 12


def _worked(session: Session) -> set[int]:
    minuted = Audit.minuted_on.is_not(None), Audit.state != AuditState.CANCELLED
    found = {
        day.year for day in session.scalars(select(Audit.minuted_on).where(*minuted).distinct()) if day is not None
    }
    for row in (Programme, Task, ReportDuty):
        found |= set(session.scalars(select(row.year).where(row.voided_at.is_(None)).distinct()))
    return found


def opening_day(year: int, today: date) -> date:
    """As of which day a year opens: today within it, else its last day."""
    return today if today.year == year else date(year, 12, 31)
