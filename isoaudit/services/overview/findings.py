"""The nonconformities and visits that a roll-up counts, one by one, as of its day."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from isoaudit.db import Answer, Audit, CriterionRow, Nonconformity, Unit
from isoaudit.domain.figures import Rollup
from isoaudit.domain.nonconformity import deadline_of
from isoaudit.domain.standouts import Open
from isoaudit.domain.vocabulary import AuditState, Grade, Mode, Outcome, Purpose
from isoaudit.services.overview import register
from isoaudit.services.rollup import notices
from isoaudit.services.rollup.deadlines import EVENTS, Deadlines
from isoaudit.services.rollup.notices import Before


@dataclass(frozen=True, slots=True)
class NonconformityLine:
    """A nonconformity as of a day. `due_on` is the deadline in force then, `closed_on` empty when it was still open;
    `unit_id` and `unit` are those under which it was raised."""

    audit: str
    criterion: str
    clause: str
    unit_id: int
    unit: str
    grade: Grade
    description: str
    raised_on: date
    due_on: date | None
    closed_on: date | None
    outcome: Outcome | None
    contested: bool

    def overdue(self, day: date) -> bool:
        """Whether it is open and its deadline has passed."""
        return self.closed_on is None and self.due_on is not None and self.due_on < day


def _counted(rollup: Rollup, before: Before) -> tuple[ColumnElement[bool], ...]:
    """The nonconformities that the roll-up's counts look at: open on the eve of the period, or raised in it."""
    first, day = rollup.period.first, rollup.as_of
    return (
        before.standing(),
        Nonconformity.raised_on <= day,
        or_(
            Nonconformity.closed_on.is_(None),
            Nonconformity.closed_on >= first,
            Nonconformity.raised_on >= first,
        ),
        Audit.mode != Mode.SELF,
        Audit.state != AuditState.CANCELLED,
    )


def _of_audits(*columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .select_from(Nonconformity)
        .join(Audit, (Audit.province_id == Nonconformity.province_id) & (Audit.id == Nonconformity.audit_id))
        .join(Unit, Unit.id == Nonconformity.unit_id)
    )


def nonconformities(session: Session, rollup: Rollup) -> list[NonconformityLine]:
    """Those that the roll-up's counts look at, open ones first, by deadline; seven queries."""
    here, day = register.home(session), rollup.as_of
    chains = register.Chains(session, day)
    before, contested = notices.before(session.connection(), day), notices.contested(session.connection(), day)
    deadlines = Deadlines(session.execute(EVENTS).all())
    found = session.execute(
        _of_audits(
            Nonconformity.province_id,
            Nonconformity.audit_id,
            Nonconformity.criterion_id,
            Unit.province_id.label("own"),
            Audit.reference,
            CriterionRow.code,
            CriterionRow.clause,
            Unit.id,
            Unit.name,
            Nonconformity.grade,
            func.coalesce(Nonconformity.description, Answer.note),
            Nonconformity.raised_on,
            Nonconformity.due_on,
            Nonconformity.closed_on,
            Nonconformity.outcome,
            Nonconformity.contested,
        )
        .join(CriterionRow, CriterionRow.id == Nonconformity.criterion_id)
        .outerjoin(
            Answer,
            (Answer.province_id == Nonconformity.province_id)
            & (Answer.audit_id == Nonconformity.audit_id)
            & (Answer.criterion_id == Nonconformity.criterion_id),
        )
        .where(*_counted(rollup, before))
    )
    lines = []
    for (
        province,
        audit,
        key,
        own,
        reference,
        code,
        clause,
        unit,
        name,
        grade,
        told,
        raised,
        due,
        closed,
        how,
        doubt,
    ) in found:
        then = before.grade((province, audit, key), grade)
        if then is None or chains.province(unit, own) != here:
            continue
        shut = max(closed, raised) if closed is not None and max(closed, raised) <= day else None
        lines.append(
            NonconformityLine(
                reference,
                code,
                clause or "",
                unit,
                name,
                then,
                told or "",
                raised,
                deadline_of(deadlines.of((province, audit, key), raised, due), day),
                shut,
                how if shut else None,
                doubt or (province, audit, key) in contested,
            )
        )
    return sorted(lines, key=_by_urgency)


def open_by_unit(session: Session, rollup: Rollup, lines: Sequence[NonconformityLine]) -> dict[int, Open]:
    """By unit of the roll-up: how many of these that are open are overdue, and major; one query."""
    chains = register.Chains(session, rollup.as_of)
    overdue: Counter[int] = Counter()
    major: Counter[int] = Counter()
    for line in lines:
        if line.closed_on is None:
            unit = chains.unit(line.unit_id)
            overdue[unit] += line.overdue(rollup.as_of)
            major[unit] += line.grade is Grade.MAJOR
    return {unit: Open(overdue[unit], major[unit]) for unit in {*overdue, *major}}


def _by_urgency(line: NonconformityLine) -> tuple[bool, date, str, str]:
    return line.closed_on is not None, line.due_on or date.max, line.audit, line.criterion


@dataclass(frozen=True, slots=True)
class VisitLine:
    """A minuted audit of a unit in force (`unit_id` is that of the roll-up's line)."""

    audit: str
    unit_id: int
    mode: Mode
    purpose: Purpose
    minuted_on: date
    state: AuditState


def visits(session: Session, rollup: Rollup) -> list[VisitLine]:
    """The audits that the roll-up counts as visits (lượt kiểm tra), newest first; two queries."""
    chains = register.Chains(session, rollup.as_of)
    counted = {line.unit.id for line in rollup.units if not line.exempt}
    found = session.execute(
        select(Audit.reference, Audit.unit_id, Audit.mode, Audit.purpose, Audit.minuted_on, Audit.state)
        .where(
            Audit.minuted_on.between(rollup.period.first, rollup.as_of),
            Audit.mode != Mode.SELF,
            Audit.state != AuditState.CANCELLED,
        )
        .order_by(Audit.minuted_on.desc(), Audit.reference.desc())
    )
    return [
        VisitLine(reference, chains.unit(unit), mode, purpose, minuted_on, state)
        for reference, unit, mode, purpose, minuted_on, state in found
        if minuted_on is not None and chains.unit(unit) in counted
    ]
