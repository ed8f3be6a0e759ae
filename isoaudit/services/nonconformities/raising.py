"""What minutes and notices make of minor and major grades: nonconformities raised, changed, or voided.

Their later life is in `handling`.
"""

from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from isoaudit.db import CriterionRow, Nonconformity, NonconformityEvent
from isoaudit.domain.audit import NONCONFORMING
from isoaudit.services import log
from isoaudit.services.audits.reading import AnswerValue, AuditView


def from_minutes(session: Session, audit: AuditView, *, on_day: date, by: log.Actor, now: datetime) -> int:
    """Raise one for every minor and major grade, with its deadline; those raised by earlier minutes of this audit are
    brought up to date, and voided when their grade is gone. Returns how many stand."""
    return _bring_up(session, audit, on_day, "minutes", None, by, now)


def from_notice(
    session: Session, audit: AuditView, *, on_day: date, document_id: int, by: log.Actor, now: datetime
) -> int:
    """The same after the notice changed grades; what was contested is decided by it."""
    standing = _bring_up(session, audit, on_day, "notice", document_id, by, now)
    for row in _rows(session, audit).values():
        row.contested = False
    session.flush()
    return standing


def add_event(
    session: Session, row: Nonconformity, what: str, *, on_day: date, by: log.Actor, now: datetime, **values: object
) -> NonconformityEvent:
    """Add the next event of a nonconformity. Flushes."""
    last = session.scalar(
        select(func.max(NonconformityEvent.number)).where(
            NonconformityEvent.province_id == row.province_id,
            NonconformityEvent.audit_id == row.audit_id,
            NonconformityEvent.criterion_id == row.criterion_id,
        )
    )
    event = NonconformityEvent(
        province_id=row.province_id,
        audit_id=row.audit_id,
        criterion_id=row.criterion_id,
        number=(last or 0) + 1,
        what=what,
        on_day=on_day,
        at=now,
        by=by.user_id,
        **values,
    )
    session.add(event)
    session.flush()
    return event


def _bring_up(
    session: Session,
    audit: AuditView,
    on_day: date,
    why: str,
    document_id: int | None,
    by: log.Actor,
    now: datetime,
) -> int:
    known, extended = _rows(session, audit), _extended(session, audit)
    ids = {
        row.code: row.id
        for row in session.execute(
            select(CriterionRow.code, CriterionRow.id).where(
                CriterionRow.checklist_version_id == audit.row.checklist_version_id
            )
        )
    }
    standing = 0
    for code, answer in audit.answers.items():
        row = known.get(ids[code])
        if answer.grade in NONCONFORMING:
            standing += 1
            if row is None:
                row = _new(audit, ids[code])
                session.add(row)
                _raise(session, row, audit, answer, on_day, document_id, False, by, now)
            elif row.voided_at is not None or _differs(row, audit, answer, ids[code] in extended):
                _raise(session, row, audit, answer, on_day, document_id, ids[code] in extended, by, now)
        elif row is not None and row.voided_at is None:
            row.voided_at, row.void_reason = now, why
            add_event(session, row, "voided", on_day=on_day, by=by, now=now, document_id=document_id)
    session.flush()
    return standing


def _rows(session: Session, audit: AuditView) -> dict[int, Nonconformity]:
    rows = session.scalars(
        select(Nonconformity).where(
            Nonconformity.province_id == audit.row.province_id, Nonconformity.audit_id == audit.row.id
        )
    )
    return {row.criterion_id: row for row in rows}


def _new(audit: AuditView, criterion_id: int) -> Nonconformity:
    return Nonconformity(
        province_id=audit.row.province_id,
        audit_id=audit.row.id,
        criterion_id=criterion_id,
        unit_id=audit.unit.id,
        example=audit.row.example,
    )


def _differs(row: Nonconformity, audit: AuditView, answer: AnswerValue, extended: bool) -> bool:
    return (
        row.grade is not answer.grade
        or (row.description or "") != answer.note
        or row.raised_on != audit.row.minuted_on
        or row.due_on != _deadline(row, answer, extended)
    )


def _deadline(row: Nonconformity, answer: AnswerValue, extended: bool) -> date | None:
    """The deadline of the minutes; one that was extended since stays when it is later."""
    later = row.due_on is not None and (answer.due_on is None or row.due_on > answer.due_on)
    return row.due_on if extended and later else answer.due_on


def _extended(session: Session, audit: AuditView) -> set[int]:
    """The criteria whose nonconformity was given a later deadline."""
    return set(
        session.scalars(
            select(NonconformityEvent.criterion_id).where(
                NonconformityEvent.province_id == audit.row.province_id,
                NonconformityEvent.audit_id == audit.row.id,
                NonconformityEvent.what == "extended",
            )
        )
    )


def _raise(
    session: Session,
    row: Nonconformity,
    audit: AuditView,
    answer: AnswerValue,
    on_day: date,
    document_id: int | None,
    extended: bool,
    by: log.Actor,
    now: datetime,
) -> None:
    """Make the row what the answer says. A deadline extended since stays."""
    assert answer.grade is not None
    again = row.raised_on is not None
    row.grade, row.description, row.raised_on = answer.grade, answer.note or None, audit.row.minuted_on
    row.voided_at = row.void_reason = None
    row.due_on = _deadline(row, answer, extended)
    session.flush()
    what = "reopened" if again else "raised"
    add_event(session, row, what, on_day=on_day, by=by, now=now, due_on=row.due_on, document_id=document_id)
