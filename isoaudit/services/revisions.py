"""Facts gain revisions: entering, correcting and voiding any row that is a `Fact` (RULES §1).

The row is the standing revision; `fact_revision` keeps every one, with who, when and why.
"""

from datetime import date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import func, inspect, select
from sqlalchemy.orm import Session

from isoaudit.db import Fact, FactRevision, Succession, Unit
from isoaudit.domain.errors import Conflict, Invalid
from isoaudit.services import log

Kept = Fact | Unit | Succession
"""What gains revisions: facts, and the rows of the register."""
LONGEST_REASON = 500
_NOT_CONTENT = {"id", "recorded_at", "recorded_by"}


def enter(session: Session, fact: Fact, *, by: log.Actor, now: datetime, why: str | None = None) -> None:
    """Add a new fact and its first revision. Flushes."""
    fact.recorded_at, fact.recorded_by = now, by.user_id
    session.add(fact)
    session.flush()
    _keep(session, fact, by=by, now=now, why=why)


def correct(
    session: Session, fact: Kept, values: dict[str, Any], *, by: log.Actor, now: datetime, why: str | None
) -> bool:
    """Give a fact new values; False when nothing differs. A correction of what stands needs a reason."""
    changed = {name: value for name, value in values.items() if getattr(fact, name) != value}
    if not changed:
        return False
    _require_reason(why)
    for name, value in changed.items():
        setattr(fact, name, value)
    session.flush()
    _keep(session, fact, by=by, now=now, why=why)
    return True


def void(session: Session, fact: Fact, *, by: log.Actor, now: datetime, why: str) -> None:
    """Take a fact out of every count; it stays as history. A reason is required."""
    _require_reason(why)
    fact.voided_at, fact.voided_by, fact.void_reason = now, by.user_id, why.strip()
    session.flush()
    _keep(session, fact, by=by, now=now, why=why)


def restore(session: Session, fact: Fact, *, by: log.Actor, now: datetime) -> None:
    """Undo a voiding."""
    fact.voided_at = fact.voided_by = fact.void_reason = None
    session.flush()
    _keep(session, fact, by=by, now=now, why=None)


def history(session: Session, fact: Kept) -> list[FactRevision]:
    """All revisions of a fact, oldest first."""
    entity = str(inspect(type(fact)).local_table)
    return list(
        session.scalars(
            select(FactRevision)
            .where(FactRevision.entity == entity, FactRevision.entity_id == fact.id)
            .order_by(FactRevision.revision)
        )
    )


def last_revision(session: Session, fact: Kept) -> int:
    """The number of a fact's standing revision; 0 when none was kept."""
    entity = str(inspect(type(fact)).local_table)
    found = session.scalar(
        select(func.max(FactRevision.revision)).where(FactRevision.entity == entity, FactRevision.entity_id == fact.id)
    )
    return found or 0


def refuse_changing(session: Session, fact: Fact, seen: int | None = None) -> None:
    """Refuse to change what was voided, and what somebody changed since the person saw revision `seen` (`Conflict`)."""
    if fact.voided_at is not None:
        raise Conflict("fact.voided")
    if seen is not None and seen != last_revision(session, fact):
        raise Conflict("fact.stale")


def refuse_restoring(fact: Fact) -> None:
    """Refuse to restore what was not voided (`Conflict`)."""
    if fact.voided_at is None:
        raise Conflict("fact.stands")


def content(fact: Kept) -> dict[str, Any]:
    """A fact's values as plain JSON."""
    return {
        attribute.key: _plain(getattr(fact, attribute.key))
        for attribute in inspect(type(fact)).column_attrs
        if attribute.key not in _NOT_CONTENT
    }


def _require_reason(why: str | None) -> None:
    if not (why or "").strip():
        raise Invalid("fact.why_required", field="why")
    if len(why or "") > LONGEST_REASON:
        raise Invalid("fact.why_long", field="why", value=len(why or ""), longest=LONGEST_REASON)


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date | datetime) else value


def _keep(session: Session, fact: Kept, *, by: log.Actor, now: datetime, why: str | None) -> None:
    entity = str(inspect(type(fact)).local_table)
    session.add(
        FactRevision(
            entity=entity,
            entity_id=fact.id,
            revision=last_revision(session, fact) + 1,
            content=content(fact),
            at=now,
            by=by.user_id,
            why=why,
            example=getattr(fact, "example", False),
        )
    )
    session.flush()
