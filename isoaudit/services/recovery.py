"""Forgotten PINs: a person asks, the office makes sure who asks and approves or refuses (`recovery_key` has the keys).

The server never keeps the data key of a device in the clear: it unwraps it with the installation's key and wraps it
under the device's own at once, when the office approves.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from isoaudit.db import Device, Recovery, User
from isoaudit.domain.errors import Conflict, Forbidden, Invalid, NotFound
from isoaudit.services import log, recovery_key, settings
from isoaudit.services.recovery_key import RecoveryKey
from isoaudit.services.sync_state import device_row

WAITING, APPROVED, REFUSED = "waiting", "approved", "refused"
STATES = (WAITING, APPROVED, REFUSED)


@dataclass(frozen=True, slots=True)
class Asked:
    """A line of the office's list: who asks, on which device, why, and what was decided by whom."""

    id: str
    person: str
    username: str
    device_id: str
    device: str | None
    reason: str
    state: str
    asked_at: datetime
    decided_at: datetime | None
    decided_by: str | None
    why: str | None


def ask(
    session: Session,
    key: RecoveryKey,
    *,
    device_id: str,
    wrapped: str,
    public_key: str,
    reason: str,
    by: log.Actor,
    now: datetime,
) -> Recovery:
    """Ask for the data key of a device. The same again (a reply was lost) gives what was asked before; another asking
    from the same device takes the place of one that waits. A device that the server does not know (it never came
    through, or an older backup was restored) becomes known by asking: it cannot report itself while it is locked.

    Raises NotFound (`device.unknown`) for another's device, Invalid (`recovery.wrapped`, `recovery.public_key`,
    `recovery.reason`).
    """
    person = by.user_id
    device = session.get(Device, device_id)
    if person is None or (device is not None and device.user_id != person):
        raise NotFound("device.unknown", record=device_id)
    if not reason.strip():
        raise Invalid("recovery.reason", field="reason")
    key.unwrap(wrapped, person)
    recovery_key.public(public_key)
    device_row(session, device_id, by, now)
    for earlier in session.scalars(select(Recovery).where(Recovery.device_id == device_id, Recovery.state == WAITING)):
        if (earlier.wrapped, earlier.public_key) == (wrapped, public_key):
            return earlier
        earlier.state, earlier.decided_at = REFUSED, now
    row = Recovery(
        id=str(uuid4()),
        device_id=device_id,
        user_id=person,
        wrapped=wrapped,
        public_key=public_key,
        reason=reason.strip(),
        state=WAITING,
        asked_at=now,
    )
    session.add(row)
    session.flush()
    _log(session, "recovery.ask", row, by, now)
    return row


def of_person(session: Session, recovery_id: str, user_id: int | None) -> Recovery:
    """What a person asked. Raises NotFound, also for what somebody else asked."""
    row = session.get(Recovery, recovery_id)
    if row is None or row.user_id != user_id:
        raise NotFound("recovery.unknown", record=recovery_id)
    return row


def approve(session: Session, key: RecoveryKey, recovery_id: str, *, by: log.Actor, now: datetime) -> Recovery:
    """Give the device its data key, under the device's own key. Raises NotFound, Conflict, Forbidden, Invalid."""
    row = _waiting(session, recovery_id, by)
    row.key = recovery_key.wrap(key.unwrap(row.wrapped, row.user_id), row.public_key)
    return _decide(session, row, APPROVED, None, by, now)


def refuse(session: Session, recovery_id: str, why: str, *, by: log.Actor, now: datetime) -> Recovery:
    """Do not give it, and say why. Raises NotFound, Conflict, Forbidden, Invalid (`recovery.why`)."""
    row = _waiting(session, recovery_id, by)
    if not why.strip():
        raise Invalid("recovery.why", record=recovery_id, field="why")
    return _decide(session, row, REFUSED, why.strip(), by, now)


def listed(session: Session, states: Sequence[str] = STATES) -> list[Asked]:
    """What was asked, the newest first; one query."""
    decider = aliased(User)
    rows = session.execute(
        select(Recovery, User.full_name, User.username, Device.name, decider.full_name)
        .join(User, User.id == Recovery.user_id)
        .join(Device, Device.id == Recovery.device_id)
        .outerjoin(decider, decider.id == Recovery.decided_by)
        .where(Recovery.state.in_(states))
        .order_by(Recovery.asked_at.desc(), Recovery.id)
    )
    return [
        Asked(
            id=row.id,
            person=person,
            username=username,
            device_id=row.device_id,
            device=device,
            reason=row.reason,
            state=row.state,
            asked_at=row.asked_at,
            decided_at=row.decided_at,
            decided_by=decided_by,
            why=row.why,
        )
        for row, person, username, device, decided_by in rows
    ]


def _waiting(session: Session, recovery_id: str, by: log.Actor) -> Recovery:
    """What waits for a decision, locked. Nobody decides on what they asked themselves."""
    row = session.get(Recovery, recovery_id, with_for_update=True)
    if row is None:
        raise NotFound("recovery.unknown", record=recovery_id)
    if row.state != WAITING:
        raise Conflict("recovery.decided", record=recovery_id)
    if row.user_id == by.user_id:
        raise Forbidden("recovery.own", record=recovery_id)
    return row


def _decide(session: Session, row: Recovery, state: str, why: str | None, by: log.Actor, now: datetime) -> Recovery:
    row.state, row.why, row.decided_at, row.decided_by = state, why, now, by.user_id
    session.flush()
    _log(session, f"recovery.{state}", row, by, now)
    return row


def _log(session: Session, action: str, row: Recovery, by: log.Actor, now: datetime) -> None:
    province_id = settings.home_id(session)
    log.append(session, province_id, action, row.id, by=by, now=now, device=row.device_id, of=row.user_id)
