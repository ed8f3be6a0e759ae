"""What happened to an audit: its steps, and every value its criteria were given, with who, when, from which device."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from isoaudit.db import AnswerRevision, AuditEvent, CriterionRow, Device, Document, User
from isoaudit.domain.targets import waiting


@dataclass(frozen=True, slots=True)
class Event:
    """A step in the life of an audit."""

    number: int
    what: str
    on_day: date | None
    at: datetime
    person: str | None
    reason: str | None
    document: str | None
    content: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Given:
    """A value that a criterion was given; `outcome` is accepted, conflict, settled or notice."""

    criterion: str
    number: int
    outcome: str
    value: Mapping[str, Any]
    at: datetime
    received_at: datetime
    person: str | None
    device: str | None
    why: str | None
    document: str | None


def events(session: Session, province_id: int, audit_id: int) -> list[Event]:
    """The steps, oldest first."""
    rows = session.execute(
        select(AuditEvent, User.full_name, Document.number)
        .outerjoin(User, User.id == AuditEvent.by)
        .outerjoin(Document, Document.id == AuditEvent.document_id)
        .where(AuditEvent.province_id == province_id, AuditEvent.audit_id == audit_id)
        .order_by(AuditEvent.number)
    )
    return [
        Event(row.number, row.what, row.on_day, row.at, person, row.reason, document, row.content)
        for row, person, document in rows
    ]


def revisions(
    session: Session, province_id: int, audit_id: int, *, code: str | None = None, latest: int | None = None
) -> list[Given]:
    """The values given, newest first; of one criterion with `code`, at most `latest` of them."""
    query = (
        select(AnswerRevision, CriterionRow.code, User.full_name, Device.name, Document.number)
        .join(CriterionRow, CriterionRow.id == AnswerRevision.criterion_id)
        .outerjoin(User, User.id == AnswerRevision.by)
        .outerjoin(Device, Device.id == AnswerRevision.device_id)
        .outerjoin(Document, Document.id == AnswerRevision.document_id)
        .where(AnswerRevision.province_id == province_id, AnswerRevision.audit_id == audit_id)
        .order_by(AnswerRevision.received_at.desc(), CriterionRow.position, AnswerRevision.number.desc())
    )
    if code is not None:
        query = query.where(CriterionRow.code == code)
    if latest is not None:
        query = query.limit(latest)
    return [_given(*row) for row in session.execute(query)]


def count(session: Session, province_id: int, audit_id: int) -> int:
    """How many values were given in all."""
    return (
        session.scalar(
            select(func.count()).where(AnswerRevision.province_id == province_id, AnswerRevision.audit_id == audit_id)
        )
        or 0
    )


def conflicts(session: Session, province_id: int, audit_id: int, codes: list[str]) -> dict[str, list[Given]]:
    """Of criteria in conflict: the values that wait against the one that stands, oldest first; one query."""
    if not codes:
        return {}
    rows = session.execute(
        select(AnswerRevision, CriterionRow.code, User.full_name, Device.name, Document.number)
        .join(CriterionRow, CriterionRow.id == AnswerRevision.criterion_id)
        .outerjoin(User, User.id == AnswerRevision.by)
        .outerjoin(Device, Device.id == AnswerRevision.device_id)
        .outerjoin(Document, Document.id == AnswerRevision.document_id)
        .where(
            AnswerRevision.province_id == province_id,
            AnswerRevision.audit_id == audit_id,
            CriterionRow.code.in_(codes),
        )
        .order_by(AnswerRevision.criterion_id, AnswerRevision.number)
    )
    given: dict[str, list[Given]] = {code: [] for code in codes}
    for each in (_given(*row) for row in rows):
        given[each.criterion].append(each)
    return {code: waiting((each.outcome, each) for each in values) for code, values in given.items()}


def _given(row: AnswerRevision, code: str, person: str | None, device: str | None, document: str | None) -> Given:
    return Given(
        criterion=code,
        number=row.number,
        outcome=row.outcome,
        value=row.value,
        at=row.at,
        received_at=row.received_at,
        person=person,
        device=device or (row.device_id[:8] if row.device_id else None),
        why=row.why,
        document=document,
    )
