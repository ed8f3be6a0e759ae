"""Devices: what each says that it holds, which audits it took along and delivered, releasing it, revoking it.

Operations come in through `services.sync`; what an audit waits for is read in `audits.waiting`, lists of devices and
their ledger in `device_list`. Who may revoke is said by the pages of the office.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from isoaudit.db import Audit, AuditDevice, Device, Operation, TeamMember
from isoaudit.domain.errors import Conflict, Forbidden, Invalid, NotFound
from isoaudit.domain.vocabulary import AuditState, TeamRole
from isoaudit.services import log, signing
from isoaudit.services.audits import life, waiting
from isoaudit.services.audits.reading import find
from isoaudit.services.sync_state import device_row


@dataclass(frozen=True, slots=True)
class Held:
    """What a device still holds of one audit: operations and photos not confirmed, drafts being typed; `planned_at`
    is when the audit that it has on board was planned, None when it does not say."""

    audit: str
    operations: int = 0
    photos: int = 0
    drafts: int = 0
    planned_at: datetime | None = None

    @property
    def nothing(self) -> bool:
        """Whether it holds nothing that the server has not."""
        return not (self.operations or self.photos or self.drafts)


@dataclass(frozen=True, slots=True)
class Report:
    """What a device says of itself: `last_seq` and `chain` of its own ledger, `usage` and `quota` in bytes, the audits
    that it has on board; `keyed`: it has its key."""

    name: str
    app: str
    last_seq: int
    chain: str
    audits: tuple[Held, ...]
    persisted: bool | None = None
    usage: int | None = None
    quota: int | None = None
    keyed: bool = False


@dataclass(frozen=True, slots=True)
class OfAudit:
    """Where an audit stands, for a device that took it along."""

    audit: str
    state: AuditState
    delivered: bool
    released: bool
    waiting: tuple[waiting.Taken, ...]
    signature: tuple[int, str] | None
    """Number and digest of the last one."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a device is told: whether it was revoked and why, what the server's ledger of it says, and its audits."""

    revoked: bool
    reason: str
    last_seq: int
    chain: str
    audits: tuple[OfAudit, ...]


def report(session: Session, province_id: int, device_id: str, said: Report, *, by: log.Actor, now: datetime) -> Told:
    """Write down what a device says. Audits that it names are taken along from now on (those of whose team the person
    is), which delivers nothing yet; of an audit that it no longer names it holds nothing. Signed audits may become
    final by it.

    Raises Forbidden for a device of another account.
    """
    session.flush()
    device_row(session, device_id, by, now)
    device = session.get_one(Device, device_id, populate_existing=True)
    device.name, device.app = said.name.strip()[:200] or None, said.app[:100] or None
    device.persisted, device.usage, device.quota = said.persisted, said.usage, said.quota
    device.reported_at, device.reported_seq, device.reported_chain = now, said.last_seq, said.chain
    device.last_seen = now
    if said.keyed and device.keyed_at is None:
        device.keyed_at = now
    device.holds = [
        {"audit": each.audit, "operations": each.operations, "photos": each.photos, "drafts": each.drafts}
        for each in said.audits
    ]
    session.flush()
    taken = _taken(session, province_id, device, {each.audit: each for each in said.audits}, by, now)
    for reference, state in taken.items():
        if state is AuditState.SIGNED:
            signing.finalise(session, province_id, reference, by=by, now=now)
    audits = tuple(_of_audit(session, province_id, reference, device_id) for reference in taken)
    return Told(device.revoked_at is not None, device.revoke_reason or "", device.last_seq, device.chain, audits)


def release(
    session: Session, province_id: int, reference: str, device_id: str, *, reason: str, by: log.Actor, now: datetime
) -> None:
    """The head of the team no longer waits for a device, with a reason: what it still brings comes late. Raises
    Forbidden, NotFound (`device.not_taken`), Invalid."""
    audit = find(session, province_id, reference, to_change=True)
    if TeamRole.HEAD not in life.roles_of(session, audit, by):
        raise Forbidden("sign.not_head", record=reference)
    row = session.get(AuditDevice, (province_id, audit.row.id, device_id), populate_existing=True)
    if row is None:
        raise NotFound("device.not_taken", record=reference, device=device_id[:8])
    if not reason.strip():
        raise Invalid("device.reason", record=device_id[:8], field="reason")
    row.released_at, row.released_by, row.reason = now, by.user_id, reason.strip()
    session.flush()
    why = reason.strip()
    log.append(session, province_id, "device.release", reference, by=by, now=now, device=device_id, reason=why)
    signing.finalise(session, province_id, reference, by=by, now=now)


def revoke(session: Session, province_id: int, device_id: str, *, reason: str, by: log.Actor, now: datetime) -> Device:
    """The office takes a device out of use, with a reason: it wipes what the server has confirmed, and exports the rest
    to a file. Raises NotFound, Invalid."""
    device = find_device(session, device_id)
    if not reason.strip():
        raise Invalid("device.reason", record=device_id[:8], field="reason")
    device.revoked_at, device.revoked_by, device.revoke_reason = now, by.user_id, reason.strip()
    device.wiped_at = None
    session.flush()
    log.append(session, province_id, "device.revoke", device_id, by=by, now=now, reason=reason.strip())
    return device


def use_again(
    session: Session, province_id: int, device_id: str, *, reason: str, by: log.Actor, now: datetime
) -> Device:
    """The office takes a revoked device back into use, with a reason: it sends what it still holds, as before. Raises
    NotFound, Invalid, Conflict for one that is in use (`device.in_use`) or that has cleared everything away and begins
    anew as another device (`device.cleared`)."""
    device = find_device(session, device_id)
    if not reason.strip():
        raise Invalid("device.reason", record=device_id[:8], field="reason")
    if device.revoked_at is None:
        raise Conflict("device.in_use", record=device_id[:8])
    if device.wiped_at is not None and not holds(device):
        raise Conflict("device.cleared", record=device_id[:8])
    device.revoked_at = device.revoked_by = device.revoke_reason = device.wiped_at = None
    session.flush()
    log.append(session, province_id, "device.use_again", device_id, by=by, now=now, reason=reason.strip())
    return device


def holds(device: Device) -> int:
    """How many things a device last said to hold that the server has not."""
    return sum(each["operations"] + each["photos"] + each["drafts"] for each in device.holds or ())


def aboard(told: Collection[Mapping[str, Any]] | None, reference: str) -> bool:
    """Whether a device has an audit on board, by what it last `told` to hold (`Device.holds`); one that never said is
    taken to have what it took along."""
    return told is None or any(each["audit"] == reference for each in told)


def wiped(
    session: Session,
    province_id: int,
    device_id: str,
    *,
    audits: int,
    operations: int,
    left: int | None = None,
    by: log.Actor,
    now: datetime,
) -> None:
    """A device says how much it wiped after it was revoked: audits and operations, all confirmed before; and how many
    things are `left` on it (0: it has cleared everything away). It says so each time that it comes; the log has it
    once, and again when there was more."""
    device_row(session, device_id, by, now)
    device = session.get_one(Device, device_id, populate_existing=True)
    first = device.wiped_at is None
    device.wiped_at = device.last_seen = now
    if left == 0:
        device.holds = []
    else:  # an audit of which nothing is unsent is not on board any more
        device.holds = [each for each in device.holds or () if each["operations"] + each["photos"] + each["drafts"]]
    session.flush()
    if not (first or audits or operations):
        return
    told = {"audits": audits, "operations": operations}
    log.append(session, province_id, "device.wiped", device_id, by=by, now=now, wiped=told)


def find_device(session: Session, device_id: str) -> Device:
    """The device of that id. Raises NotFound."""
    session.flush()
    found = session.get(Device, device_id, populate_existing=True)
    if found is None:
        raise NotFound("device.unknown", record=device_id[:36])
    return found


def _taken(
    session: Session,
    province_id: int,
    device: Device,
    said: Mapping[str, Held],
    by: log.Actor,
    now: datetime,
) -> dict[str, AuditState]:
    """Bring the rows of a device's audits up to date; the audits, locked, with their states."""
    of_device = (AuditDevice.province_id == province_id, AuditDevice.device_id == device.id)
    mine = select(TeamMember.audit_id).where(
        TeamMember.province_id == province_id, TeamMember.user_id == device.user_id
    )
    found = session.execute(
        select(Audit.id, Audit.reference, Audit.created_at)
        .where(
            Audit.province_id == province_id,
            Audit.id.in_(select(AuditDevice.audit_id).where(*of_device))
            | (Audit.reference.in_(said) & Audit.id.in_(mine)),
        )
        .order_by(Audit.id)
    ).all()
    audits = [(key, name) for key, name, planned_at in found if _same(said.get(name), planned_at)]
    states = signing.locked(session, province_id, [reference for _id, reference in audits])
    taken = session.scalars(select(AuditDevice).where(*of_device).execution_options(populate_existing=True))
    rows = {row.audit_id: row for row in taken}
    for audit_id, reference in audits:
        held, row = said.get(reference, Held(reference)), rows.get(audit_id)
        taking = row is None
        if row is None:
            log.append(session, province_id, "device.take", reference, by=by, now=now, device=device.id)
            row = AuditDevice(province_id=province_id, audit_id=audit_id, device_id=device.id, taken_at=now)
            session.add(row)
        row.operations, row.photos, row.drafts = held.operations, held.photos, held.drafts
        row.last_seq, row.reported_at = device.reported_seq or 0, now
        there = not taking and held.nothing and device.last_seq >= row.last_seq  # taking along is no delivery
        if not there or _lacks_photos(session, province_id, audit_id, device.id):
            row.delivered_at = None
        elif row.delivered_at is None:
            row.delivered_at = now
    session.flush()
    return states


def _same(held: Held | None, planned_at: datetime) -> bool:
    """Whether what a device has on board is that audit, and not one to which its number had been given before an older
    backup was restored."""
    return held is None or held.planned_at is None or held.planned_at == planned_at


def _lacks_photos(session: Session, province_id: int, audit_id: int, device_id: str) -> bool:
    """Whether files that this device brought into the audit, and that it still names, have not arrived."""
    absent = waiting.absent(session, province_id, audit_id, waiting.named(session, province_id, audit_id))
    if not absent:
        return False
    values = session.scalars(
        select(Operation.value).where(
            Operation.province_id == province_id,
            Operation.audit_id == audit_id,
            Operation.device_id == device_id,
            Operation.kind.in_(("answer", "settle", "entry")),
        )
    )
    for value in values:
        evidence, entry = value.get("evidence"), value.get("entry")
        named = set(evidence) if isinstance(evidence, list) else set()
        if isinstance(entry, str):
            named.add(entry.removeprefix("photo/"))
        if not absent.isdisjoint(each for each in named if isinstance(each, str)):
            return True
    return False


def _of_audit(session: Session, province_id: int, reference: str, device_id: str) -> OfAudit:
    audit_id, state = session.execute(
        select(Audit.id, Audit.state).where(Audit.province_id == province_id, Audit.reference == reference)
    ).one()
    taken = waiting.devices(session, province_id, audit_id)
    own = next(each for each in taken if each.device_id == device_id)
    made = signing.last(session, province_id, audit_id)
    return OfAudit(
        reference,
        state,
        own.delivered,
        own.released,
        tuple(each for each in taken if each.outstanding),
        (made.number, made.digest) if made else None,
    )
