"""Operations whose audit the server did not have when they came: an older backup was restored, and the audit had been
planned after it. They were refused and kept (the ledger has every value); the audit is planned again, and the office
brings them in there. They count as those of the person whose device sent them, by the same rules as any sync, under a
device that stands in for theirs. Signatures are left out: what was signed named an audit that is no more.

Into which audit is the office's word: the operations name a number only. Whoever has that role could bring them into a
wrong one, but only there where their author is in the team; each value says by its device that it was brought so, the
log says by whom, its author sees it with the next synchronisation, and nothing of it is signed.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from isoaudit.db import Device, Operation, User
from isoaudit.domain.errors import Conflict, NotFound
from isoaudit.domain.merge import Reply
from isoaudit.domain.operations import Kind
from isoaudit.domain.operations import Operation as Sent
from isoaudit.domain.vocabulary import AuditState, TeamRole
from isoaudit.schemas.operations import MOST_OPERATIONS
from isoaudit.services import log, stand_in, sync
from isoaudit.services.audits import life
from isoaudit.services.audits.reading import find
from isoaudit.services.unsent import MOST_TOLD, Brought

_PURPOSE = "orphans"
_MOST = 5000
_KINDS = (Kind.ANSWER.value, Kind.FIELD.value, Kind.ENTRY.value, Kind.SETTLE.value)


@dataclass(frozen=True, slots=True)
class Orphans:
    """What one device sent for an audit that the server did not have, and that was brought nowhere yet."""

    device_id: str
    device: str
    person: str
    reference: str
    operations: int
    last_at: datetime


def listed(session: Session, province_id: int) -> list[Orphans]:
    """All of them, the latest first; those of the last five thousand operations."""
    session.flush()
    rows = session.execute(_kept(province_id).order_by(Operation.received_at.desc()).limit(_MOST)).all()
    found: dict[tuple[str, str], list[Any]] = {}
    for row in _not_brought(session, province_id, rows):
        found.setdefault((row.device_id, _named(row)), []).append(row)
    ids = {device_id for device_id, _reference in found}
    devices = {
        device_id: (name or device_id[:8], person)
        for device_id, name, person in session.execute(
            select(Device.id, Device.name, User.full_name)
            .join(User, User.id == Device.user_id)
            .where(Device.id.in_(ids))
        )
    }
    return [
        Orphans(device_id, *devices[device_id], reference, len(of_device), of_device[0].received_at)
        for (device_id, reference), of_device in found.items()
    ]


def bring(
    session: Session,
    province_id: int,
    device_id: str,
    reference: str,
    *,
    into: str,
    stand_in_name: str,
    by: log.Actor,
    now: datetime,
) -> Brought:
    """Bring what a device sent for the audit of that `reference` into the audit `into`. `stand_in_name`: what the
    device is called that stands in for it.

    Raises NotFound (`orphans.none`, `audit.unknown`), Conflict (`orphans.team`: the person is not in that team,
    `orphans.state`: it takes nothing any more).
    """
    session.flush()
    rows = session.execute(_kept(province_id).where(Operation.device_id == device_id).order_by(Operation.seq)).all()
    mine = [row for row in _not_brought(session, province_id, rows) if _named(row) == reference]
    if not mine:
        raise NotFound("orphans.none", record=reference[:64])
    audit = find(session, province_id, into, to_change=True)
    person = session.get_one(User, session.get_one(Device, device_id).user_id)
    actor = log.Actor(person.id, person.username, by.source, "file")
    if life.roles_of(session, audit, actor).isdisjoint(TeamRole):
        raise Conflict("orphans.team", record=into, person=person.full_name)
    if audit.state is AuditState.CANCELLED:
        raise Conflict("orphans.state", record=into, vi=audit.state.vi, en=audit.state.en)
    outcomes: list[sync.Outcome] = []
    for start in range(0, len(mine), MOST_OPERATIONS):
        batch = [_sent(row, into) for row in mine[start : start + MOST_OPERATIONS]]
        how: dict[str, Any] = {"purpose": _PURPOSE, "name": stand_in_name, "by": actor, "now": now}
        renamed = stand_in.renamed(session, province_id, batch, **how)
        outcomes += sync.take(session, province_id, renamed, by=actor, now=now, from_file=True)
    replies = Counter(each.reply for each in outcomes)
    told = {reply.value: number for reply, number in replies.items()}
    log.append(
        session,
        province_id,
        "device.orphans",
        into,
        by=by,
        now=now,
        device=device_id,
        person=person.username,
        named=reference,
        operations=told,
    )
    return Brought(
        person=person.full_name,
        device_id=device_id,
        made_at="",
        proven=True,
        replies=replies,
        photos=0,
        told=tuple(each for each in outcomes if each.reply in (Reply.REFUSED, Reply.CONFLICT))[:MOST_TOLD],
        audits=(into,),
    )


def _kept(province_id: int) -> Select[Any]:
    columns = (Operation.op_id, Operation.device_id, Operation.seq, Operation.base_revision, Operation.kind)
    more = (Operation.target, Operation.value, Operation.at, Operation.told, Operation.received_at)
    return select(*columns, *more).where(
        Operation.province_id == province_id,
        Operation.audit_id.is_(None),
        Operation.code == "operation.audit_unknown",
        Operation.kind.in_(_KINDS),
    )


def _not_brought(session: Session, province_id: int, rows: Sequence[Any]) -> Iterable[Any]:
    there = stand_in.known(session, province_id, [stand_in.id_for(row.op_id, _PURPOSE) for row in rows])
    return (row for row in rows if stand_in.id_for(row.op_id, _PURPOSE) not in there)


def _named(row: Any) -> str:
    """The reference that an operation gave, which its refusal repeats."""
    return str((row.told or {}).get("refusal", {}).get("record", ""))


def _sent(row: Any, into: str) -> Sent:
    criterion = None if row.target.startswith("@") else row.target
    return Sent(
        op_id=row.op_id,
        device_id=row.device_id,
        seq=row.seq,
        audit=into,
        base_revision=row.base_revision,
        kind=row.kind,
        value=row.value,
        criterion=criterion,
        at=row.at.isoformat(),
    )
