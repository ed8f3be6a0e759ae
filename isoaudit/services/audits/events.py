"""The steps in the life of an audit as rows, insert-only, each with its number."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from isoaudit.db import AuditEvent
from isoaudit.services import log


def add(
    session: Session,
    province_id: int,
    audit_id: int,
    what: str,
    *,
    by: log.Actor,
    now: datetime,
    on_day: date | None = None,
    reason: str | None = None,
    document_id: int | None = None,
    content: dict[str, Any] | None = None,
) -> AuditEvent:
    """Add the next event of an audit. Flushes."""
    last = session.scalar(
        select(func.max(AuditEvent.number)).where(
            AuditEvent.province_id == province_id, AuditEvent.audit_id == audit_id
        )
    )
    event = AuditEvent(
        province_id=province_id,
        audit_id=audit_id,
        number=(last or 0) + 1,
        what=what,
        on_day=on_day,
        at=now,
        by=by.user_id,
        reason=reason,
        document_id=document_id,
        content=content,
    )
    session.add(event)
    session.flush()
    return event


def of(session: Session, province_id: int, audit_id: int) -> list[AuditEvent]:
    """All events of an audit, oldest first."""
    return list(
        session.scalars(
            select(AuditEvent)
            .where(AuditEvent.province_id == province_id, AuditEvent.audit_id == audit_id)
            .order_by(AuditEvent.number)
        )
    )
