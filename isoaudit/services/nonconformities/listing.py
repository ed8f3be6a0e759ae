"""Nonconformities in lists: by state, deadline, unit, year, grade; one query."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import extract, func, select
from sqlalchemy.orm import Session, aliased

from isoaudit.db import Answer, Audit, CriterionRow, Nonconformity, Unit
from isoaudit.domain.text import fold
from isoaudit.domain.vocabulary import AuditState, Grade, Mode, NonconformityState, Outcome


@dataclass(frozen=True, slots=True)
class Filters:
    """What to list; an empty filter lets all pass. `overdue` asks for open ones past their deadline."""

    state: NonconformityState | None = None
    overdue: bool = False
    year: int | None = None
    grade: Grade | None = None
    unit_ids: tuple[int, ...] | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the list. `district` tells apart the communes that share a name; `description` is the nonconformity's
    own, else what the answer noted."""

    reference: str
    criterion: str
    clause: str
    unit_id: int
    unit: str
    district: str | None
    mode: Mode
    grade: Grade
    description: str | None
    raised_on: date | None
    due_on: date | None
    state: NonconformityState
    closed_on: date | None
    outcome: Outcome | None
    contested: bool

    def overdue(self, today: date) -> bool:
        """Whether it is open and its deadline has passed."""
        return self.closed_on is None and self.due_on is not None and self.due_on < today


def listed(session: Session, province_id: int, filters: Filters, *, today: date) -> list[Listed]:
    """Those of audits with minutes: open first by deadline, then the closed, newest first."""
    district = aliased(Unit)
    query = (
        select(
            Audit.reference,
            CriterionRow.code,
            CriterionRow.clause,
            Unit.id,
            Unit.name,
            district.name,
            Audit.mode,
            Nonconformity.grade,
            func.coalesce(Nonconformity.description, Answer.note),
            Nonconformity.raised_on,
            Nonconformity.due_on,
            Nonconformity.state,
            Nonconformity.closed_on,
            Nonconformity.outcome,
            Nonconformity.contested,
            Unit.fold,
        )
        .join(Audit, (Audit.province_id == Nonconformity.province_id) & (Audit.id == Nonconformity.audit_id))
        .join(Unit, Unit.id == Nonconformity.unit_id)
        .outerjoin(district, district.id == Unit.parent_id)
        .outerjoin(
            Answer,
            (Answer.province_id == Nonconformity.province_id)
            & (Answer.audit_id == Nonconformity.audit_id)
            & (Answer.criterion_id == Nonconformity.criterion_id),
        )
        .join(CriterionRow, CriterionRow.id == Nonconformity.criterion_id)
        .where(
            Nonconformity.province_id == province_id,
            Nonconformity.voided_at.is_(None),
            Audit.state.in_([AuditState.MINUTED, AuditState.CONCLUDED]),
        )
    )
    if filters.state is not None:
        query = query.where(Nonconformity.state == filters.state)
    if filters.overdue:
        query = query.where(Nonconformity.state != NonconformityState.CLOSED, Nonconformity.due_on < today)
    if filters.year is not None:
        query = query.where(extract("year", Nonconformity.raised_on) == filters.year)
    if filters.grade is not None:
        query = query.where(Nonconformity.grade == filters.grade)
    if filters.unit_ids is not None:
        query = query.where(Nonconformity.unit_id.in_(filters.unit_ids))
    wanted = fold(filters.text)
    rows = [
        Listed(reference, code, clause or "", *rest)
        for reference, code, clause, *rest, folded in session.execute(query)
        if not wanted or wanted in folded or wanted in fold(f"{reference} {code}")
    ]
    return sorted(rows, key=_order)


def of_audit(session: Session, province_id: int, audit_id: int) -> Sequence[Nonconformity]:
    """Those that an audit has raised, in the order of the checklist, voided ones left out."""
    return session.scalars(
        select(Nonconformity)
        .join(CriterionRow, CriterionRow.id == Nonconformity.criterion_id)
        .where(
            Nonconformity.province_id == province_id,
            Nonconformity.audit_id == audit_id,
            Nonconformity.voided_at.is_(None),
        )
        .order_by(CriterionRow.position)
    ).all()


def _order(each: Listed) -> tuple[bool, date, str, str]:
    closed = each.closed_on is not None
    day = date.fromordinal(date.max.toordinal() - (each.closed_on or date.max).toordinal() + 1) if closed else None
    return closed, day or each.due_on or date.max, each.reference, each.criterion
