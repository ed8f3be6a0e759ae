"""What the data say of tasks: days and counts gathered for each measure, the sentence proposed, and confirming it.

A task's completion changes only when a person confirms the figure, or says otherwise with a reason; both are kept as
revisions of the task.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from isoaudit.db import Activity, Task
from isoaudit.domain.declaration import declares
from isoaudit.domain.documentwords import short_date
from isoaudit.domain.errors import Invalid
from isoaudit.domain.figures import UnitLine
from isoaudit.domain.measures import Measure, Measured, measured
from isoaudit.domain.vocabulary import ActivityKind, AuditState, Block, Status
from isoaudit.services import frozen_reports, log, tasks, yearplan
from isoaudit.services.overview import findings
from isoaudit.services.rollup import DEFAULT_CONVERSION, Counted, count

_ACTIVITIES = {
    Measure.INTERNAL_AUDIT: ActivityKind.INTERNAL_AUDIT,
    Measure.MANAGEMENT_REVIEW: ActivityKind.MANAGEMENT_REVIEW,
    Measure.TRAINING: ActivityKind.TRAINING,
    Measure.REPORT_SENT: ActivityKind.REPORT_SENT,
}


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What a person says of a task: as the data propose, or otherwise with a reason."""

    completed_on: date | None
    content_complete: bool
    result: str
    why: str = ""


def of_year(session: Session, year: int, day: date) -> dict[int, Measured]:
    """Key of a standing task of the year that has a measure → what the data say by a day of the year."""
    rows = [line.task for line in tasks.of_year(session, year, day)]
    return measure(session, [row for row in rows if row.voided_at is None and row.measure], day)


def measure(session: Session, rows: Sequence[Task], day: date) -> dict[int, Measured]:
    """What the data say of these tasks of one year; a fixed few queries however many they are."""
    known = [(row, Measure(row.measure)) for row in rows if row.measure]
    if not known:
        return {}
    source = _Source(session, known[0][0].province_id, known[0][0].year, day)
    return {row.id: source.of(kind, row.measure_block, row.measure_share) for row, kind in known}


def proposed(row: Task, found: Measured) -> Confirmed:
    """What the data propose to write into the task."""
    return Confirmed(found.reached_on, found.reached_on is not None, found.result)


def confirm(
    session: Session, task_id: int, told: Confirmed, day: date, *, revision: int | None, by: log.Actor, now: datetime
) -> bool:
    """Write down what a person says of a task that has a measure; False when nothing differs.

    Raises Invalid when it differs from the data without a reason, and when the task has no measure.
    """
    row = tasks.get(session, task_id)
    found = measure(session, [row], day).get(row.id)
    if found is None:
        raise Invalid("task.not_measured")
    same = proposed(row, found)
    why = told.why.strip()
    by_data = (told.completed_on, told.content_complete) == (same.completed_on, same.content_complete)
    if not by_data and not why:
        raise Invalid("task.override_reason", field="why", value=same.result)
    reason = f"theo số liệu đến ngày {short_date(day)}" if by_data else f"khác số liệu ({same.result}): {why}"
    values = {name: getattr(row, name) for name in ("year", "group_name", "task", "due_on", "note", "mark")}
    values |= {name: getattr(row, name) for name in ("measure", "measure_block", "measure_share")}
    complete = told.content_complete if told.completed_on is not None or told.content_complete else None
    values |= {"completed_on": told.completed_on, "content_complete": complete, "result": told.result}
    return tasks.correct(session, task_id, values, why=reason[:500], revision=revision, by=by, now=now)


class _Source:
    """The data of a province-year by a day; each kind is read once, when it is asked for first."""

    def __init__(self, session: Session, province_id: int, year: int, day: date) -> None:
        self._session, self._province, self._year = session, province_id, year
        self._day = min(day, date(year, 12, 31))
        self._counted: Counted | None = None
        self._done: Mapping[ActivityKind, Mapping[int, date]] | None = None

    def of(self, kind: Measure, block: Block | None, aim: int | None) -> Measured:
        """What a measure says."""
        if kind is Measure.INSPECTED:
            visits = yearplan.visits(self._session, self._province, self._year, self._day)
            planned = [
                each
                for each in visits
                if each.programme_id is not None
                and each.state is not AuditState.CANCELLED
                and block in (None, each.block)
            ]
            days = [each.minuted_on for each in planned if each.minuted_on is not None]
            return measured(days, len(planned), aim, self._day)
        if kind is Measure.REPORT_ISSUED:
            issued = frozen_reports.first_issued(self._session, self._year, DEFAULT_CONVERSION)
            return measured([issued] if issued else [], 1, aim, self._day)
        if kind is Measure.CLOSED:
            lines = findings.nonconformities(self._session, self._figures().rollup)
            return measured([each.closed_on for each in lines if each.closed_on], len(lines), aim, self._day)
        lines_of = [each for each in self._figures().rollup.units if not each.exempt and block in (None, each.block)]
        if kind is Measure.CONVERTED:
            lines_of = [each for each in lines_of if each.in_baseline]
        return measured(self._days(kind, lines_of), len(lines_of), aim, self._day)

    def _figures(self) -> Counted:
        if self._counted is None:
            self._counted = count(self._session, None, self._year, self._day)
        return self._counted

    def _days(self, kind: Measure, lines: Iterable[UnitLine]) -> list[date]:
        """The days on which the units that have done it did it."""
        if kind in _ACTIVITIES:
            done = self._activities()[_ACTIVITIES[kind]]
            scope = self._figures().scope
            found = ([done[row] for row in scope.rows(each.unit.id) if row in done] for each in lines)
            return [min(days) for days in found if days]
        has = (each for each in lines if each.accepted) if kind is Measure.DECLARED else lines
        if kind is Measure.CONVERTED:
            has = (each for each in lines if each.status is Status.CONVERTED)
        return [self._held_since(each) for each in has]

    def _held_since(self, line: UnitLine) -> date:
        """Since when a unit has declared its current edition without a break."""
        scope, day = self._figures().scope, date.min
        for each in reversed(scope.ledger.declarations(scope.rows(line.unit.id), scope.as_of)):
            if not declares(each) or each.edition != line.edition:
                break
            day = each.on
        return day

    def _activities(self) -> Mapping[ActivityKind, Mapping[int, date]]:
        if self._done is None:
            done: dict[ActivityKind, dict[int, date]] = {kind: {} for kind in ActivityKind}
            rows = self._session.execute(
                select(Activity.kind, Activity.unit_id, Activity.done_on)
                .where(Activity.year == self._year, Activity.done_on <= self._day, Activity.voided_at.is_(None))
                .order_by(Activity.done_on.desc())
            )
            for kind, unit, day in rows:
                done[kind][unit] = day
            self._done = done
        return self._done


def differs(row: Task, found: Measured) -> bool:
    """Whether the task as it stands says something else than the data."""
    same = proposed(row, found)
    told: tuple[Any, ...] = (row.completed_on, bool(row.content_complete))
    return told != (same.completed_on, same.content_complete) or (row.result or "") != same.result
