"""The reports that units owe for a year or half-year: deadlines for a block at once, days of receipt typed quickly,
corrections with a reason, and how everybody stands on a day. Letters that remind are in `reminders`.

Nothing here makes or changes the yearly activity `report_sent`, which alone the roll-up counts (RULES §3).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from isoaudit.db import Document, ReportDuty, Unit
from isoaudit.domain.errors import Invalid, Refusal
from isoaudit.domain.localday import local_day
from isoaudit.domain.reporting import ReportPeriod, ReportState, Standing, Tally, name, standing, tally, wrong
from isoaudit.domain.vocabulary import Block
from isoaudit.services import log, revisions, settings, unit_years
from isoaudit.services.records import Records
from isoaudit.services.unit_years import UnitName

COLUMNS = ("due_on", "received_on", "number", "document_id", "note")
DUTIES = Records(
    "report_duty",
    ReportDuty,
    "reporting.unknown",
    lambda row: name(row.year, row.period),
    ("unit_id", "year", "period", *COLUMNS),
    counts=False,
)


@dataclass(frozen=True, slots=True)
class Line:
    """A report owed by a unit, and how it stands on the day asked for."""

    row: ReportDuty
    unit: UnitName
    document: Document | None
    standing: Standing


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was typed for one report: when it came and under which number."""

    duty_id: int
    received_on: date
    number: str | None


@dataclass(frozen=True, slots=True)
class DeadlinesSet:
    """What setting deadlines did: units that got one, units whose deadline moved, units that had it."""

    added: int
    moved: int
    same: int


def set_deadlines(
    session: Session,
    unit_ids: Iterable[int],
    year: int,
    period: ReportPeriod,
    due_on: date,
    *,
    why: str | None,
    by: log.Actor,
    now: datetime,
    example: bool = False,
) -> DeadlinesSet:
    """Ask units for their report by a day. A deadline that stands otherwise is moved, which needs a reason; one whose
    report has come stays. What a unit owed before it was renamed is its own. Raises `Invalid` or `Refusals`."""
    unit_years.raise_all(wrong(year, due_on, None, local_day(now)))
    settings.lock_home(session)
    units = unit_years.in_year(session, year, unit_ids)
    if not units:
        raise Invalid("reporting.no_units", field="units")
    standing_rows = {row.unit_id: row for row in _standing(session, year, period)}
    kin = unit_years.kin(session, [unit.id for unit in units])
    added, moved, same = [], [], 0
    for unit in units:
        row = next((standing_rows[key] for key in kin[unit.id] if key in standing_rows), None)
        if row is None:
            fresh = ReportDuty(unit_id=unit.id, year=year, period=period, due_on=due_on, example=example)
            revisions.enter(session, fresh, by=by, now=now)
            added.append(unit.code)
        elif row.due_on == due_on or row.received_on is not None:
            same += 1
        else:
            revisions.correct(session, row, {"due_on": due_on}, by=by, now=now, why=why)
            moved.append(unit.code)
    if added or moved:
        told = {"added": added, "moved": moved, "due_on": due_on, "why": why}
        _log(session, "set", name(year, period), by=by, now=now, **told)
    return DeadlinesSet(len(added), len(moved), same)


def receive(session: Session, receipts: Sequence[Receipt], *, by: log.Actor, now: datetime) -> int:
    """Record that reports came; what is recorded already with the same day and number changes nothing. All or none."""
    if not receipts:
        raise Invalid("reporting.nothing_typed", field="received_on")
    rows = {row.id: (row, unit) for row, unit in _with_units(session, [each.duty_id for each in receipts])}
    problems: list[Refusal] = []
    changed: list[str] = []
    for each in receipts:
        row, unit = rows.get(each.duty_id, (None, None))
        if row is None or unit is None or row.voided_at is not None:
            problems.append(Invalid("reporting.unknown", field="received_on"))
            continue
        found = list(wrong(row.year, row.due_on, each.received_on, local_day(now)))
        if found:
            label = f"{unit.code} {unit.name}"
            problems += [Invalid("reporting.in_row", field="received_on", unit=label, said=one) for one in found]
        elif _receive(session, row, each, by=by, now=now):
            changed.append(unit.code)
    unit_years.raise_all(problems)
    if changed:
        _log(session, "receive", f"{len(changed)}", by=by, now=now, units=changed)
    return len(changed)


def _receive(session: Session, row: ReportDuty, receipt: Receipt, *, by: log.Actor, now: datetime) -> bool:
    values = {"received_on": receipt.received_on, "number": receipt.number or row.number}
    why = "Ghi nhận báo cáo" if row.received_on is None else "Sửa ngày nhận trong danh sách"
    return revisions.correct(session, row, values, by=by, now=now, why=why)


def correct(
    session: Session,
    key: int,
    values: Mapping[str, Any],
    *,
    why: str | None,
    revision: int | None,
    by: log.Actor,
    now: datetime,
) -> bool:
    """Correct deadline, receipt or note of one report; False when nothing differs."""
    row = DUTIES.to_change(session, key, revision)
    clean = {each: values.get(each) for each in COLUMNS}
    problems: list[Refusal] = list(wrong(row.year, values["due_on"], clean["received_on"], local_day(now)))
    unit_years.raise_all([*problems, *unit_years.document_problems(session, clean["document_id"])])
    return DUTIES.correct(session, row, clean, why=why, by=by, now=now)


def void(session: Session, key: int, *, why: str, by: log.Actor, now: datetime) -> ReportDuty:
    """A unit does not owe this report after all."""
    return DUTIES.void(session, DUTIES.to_change(session, key), why=why, by=by, now=now)


def restore(session: Session, key: int, *, by: log.Actor, now: datetime) -> ReportDuty:
    """Undo a voiding, when the unit, under whatever name, got no other deadline for the period."""
    settings.lock_home(session)
    row = DUTIES.to_restore(session, key)
    kin = unit_years.kin(session, [row.unit_id])[row.unit_id]
    if any(each.unit_id in kin for each in _standing(session, row.year, row.period)):
        unit = session.get_one(Unit, row.unit_id)
        raise Invalid("reporting.stands_already", field="why", unit=f"{unit.code} {unit.name}")
    return DUTIES.restore(session, row, by=by, now=now)


def lines(session: Session, year: int, period: ReportPeriod, day: date, *, voided: bool = False) -> list[Line]:
    """Everybody who owes the report, in the order of lists, as of a day."""
    query = (
        select(ReportDuty, Unit, Document)
        .join(Unit, Unit.id == ReportDuty.unit_id)
        .outerjoin(Document, Document.id == ReportDuty.document_id)
        .where(Unit.province_id == settings.home_id(session), ReportDuty.year == year, ReportDuty.period == period)
    )
    query = query.where(ReportDuty.voided_at.is_not(None) if voided else ReportDuty.voided_at.is_(None))
    found = [
        Line(row, UnitName.of(unit), document, standing(row.due_on, row.received_on, day))
        for row, unit, document in session.execute(query)
    ]
    return sorted(found, key=lambda each: each.unit.order)


def of_unit(session: Session, unit_id: int, day: date) -> list[Line]:
    """The reports that a unit, with what it continues, has owed; newest first."""
    rows = unit_years.chains(session, [unit_id])[unit_id]
    query = select(ReportDuty, Unit, Document).join(Unit, Unit.id == ReportDuty.unit_id)
    query = query.outerjoin(Document, Document.id == ReportDuty.document_id)
    query = query.where(ReportDuty.unit_id.in_(rows), ReportDuty.voided_at.is_(None))
    return [
        Line(row, UnitName.of(unit), document, standing(row.due_on, row.received_on, day))
        for row, unit, document in session.execute(query.order_by(ReportDuty.due_on.desc()))
    ]


def tallies(found: Iterable[Line]) -> dict[Block, Tally]:
    """How each block stands; blocks that owe nothing are left out."""
    states: dict[Block, list[ReportState]] = {}
    for each in found:
        states.setdefault(each.unit.block, []).append(each.standing.state)
    return {block: tally(states[block]) for block in Block if block in states}


def periods(session: Session) -> list[tuple[int, ReportPeriod]]:
    """The periods for which reports are owed, newest first."""
    query = select(ReportDuty.year, ReportDuty.period).where(ReportDuty.voided_at.is_(None)).distinct()
    found = [(row.year, row.period) for row in session.execute(query)]
    return sorted(found, key=lambda each: (-each[0], each[1] is ReportPeriod.HALF))


def _standing(session: Session, year: int, period: ReportPeriod) -> Sequence[ReportDuty]:
    query = select(ReportDuty).where(ReportDuty.year == year, ReportDuty.period == period)
    return session.scalars(query.where(ReportDuty.voided_at.is_(None)).with_for_update(key_share=True)).all()


def _with_units(session: Session, keys: Sequence[int]) -> Iterable[tuple[ReportDuty, Unit]]:
    query = select(ReportDuty, Unit).join(Unit, Unit.id == ReportDuty.unit_id).where(ReportDuty.id.in_(keys))
    return [(row, unit) for row, unit in session.execute(query.with_for_update(of=ReportDuty, key_share=True))]


def _log(session: Session, done: str, subject: str, *, by: log.Actor, now: datetime, **detail: Any) -> None:
    log.append(session, settings.home(session).id, f"report_duty.{done}", subject, by=by, now=now, **detail)
