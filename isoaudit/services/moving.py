"""Giving a planned visit another day, with a reason; the first day and later ones stay among the audit's events."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from isoaudit.db import Programme
from isoaudit.domain.documentwords import short_date
from isoaudit.domain.errors import Conflict, Invalid
from isoaudit.domain.vocabulary import AuditState
from isoaudit.services import log
from isoaudit.services.audits import events
from isoaudit.services.audits.reading import AuditView, find

MOVED = "moved"
LONGEST_REASON = 500


def move(
    session: Session, province_id: int, reference: str, day: date, *, why: str, by: log.Actor, now: datetime
) -> AuditView:
    """Move a visit that has not begun to another day of its programme's year.

    Raises Conflict when it has begun or is cancelled; Invalid for a missing reason, the same day, another year, a day
    on which the unit is not in force.
    """
    audit = find(session, province_id, reference, to_change=True)
    if audit.state is not AuditState.PLANNED:
        raise Conflict("plan.move_closed", record=reference, vi=audit.state.vi, en=audit.state.en)
    told, before = why.strip(), audit.row.planned_on
    if not told or len(told) > LONGEST_REASON:
        raise Invalid("plan.move_reason", field="why", longest=LONGEST_REASON)
    if day == before:
        raise Invalid("plan.move_same", field="day", value=short_date(day))
    programme = session.get(Programme, audit.row.programme_id) if audit.row.programme_id else None
    year = programme.year if programme else before.year if before else day.year
    if day.year != year:
        raise Invalid("plan.move_year", field="day", value=short_date(day), year=year)
    unit = audit.unit
    if not (unit.valid_from <= day and (unit.valid_to is None or day < unit.valid_to)):
        raise Invalid("plan.move_unit", field="day", value=short_date(day), record=unit.name)
    audit.row.planned_on = day
    events.add(session, province_id, audit.row.id, MOVED, by=by, now=now, on_day=day, reason=told)
    detail = {"before": before, "day": day, "why": told}
    log.append(session, province_id, "audit.move", reference, by=by, now=now, counts=True, **detail)
    return audit
