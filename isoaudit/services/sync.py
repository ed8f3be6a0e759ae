"""Operations from devices (browser or tablet): judged by `domain.merge`, then written to the ledger, the history and
the standing answers (CONTRACT §5).

What is known before is read in `sync_state`, what a batch brings is written by `sync_writing`; what signing does
besides is in `signing`. Idempotent: the same batch again changes nothing and gets the first outcomes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import bindparam, update
from sqlalchemy.orm import Session

from isoaudit.db import Base, Device
from isoaudit.domain import merge
from isoaudit.domain.errors import Refusal
from isoaudit.domain.merge import Reply, State, Verdict
from isoaudit.domain.operations import Kind
from isoaudit.domain.operations import Operation as Sent
from isoaudit.services import log, signing, sync_writing
from isoaudit.services.audits import life
from isoaudit.services.sync_state import Known, device_row, lock, read

_DEVICES = Base.metadata.tables["device"]
_MOVE_DEVICE = update(_DEVICES).where(_DEVICES.c.id == bindparam("of_device"))
_OF_THE_WHOLE = (Kind.SIGN, Kind.AMEND)
"""Kinds that change an audit as a whole: what is sent after them is judged when they are written."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a device is told of one operation: `revision` is the target's latest, `audit_revision` the audit's new one;
    `digest` the fingerprint of what the ledger holds under this id, "" when it holds nothing; `standing` and `offered`
    are the two values of a conflict, `late` says that it came after the signing and needs an amendment; `refusal` says
    why it was refused."""

    op_id: str
    reply: Reply
    first: Reply
    revision: int
    audit_revision: int
    standing: Mapping[str, object] | None = None
    offered: Mapping[str, object] | None = None
    refusal: Refusal | None = None
    digest: str = ""
    late: bool = False


def take(
    session: Session,
    province_id: int,
    operations: Sequence[Sent],
    *,
    by: log.Actor,
    now: datetime,
    from_file: bool = False,
    unproven: log.Actor | None = None,
    planned: Mapping[str, datetime] | None = None,
) -> list[Outcome]:
    """Judge a batch and write what it brings; the outcomes in the order given.

    `from_file`: the office brings what a device exported, revoked or not. `unproven`: who brings it, when nothing
    proves that it comes from `by`; it is judged as theirs, and nothing of it stands or bears their name. `planned`:
    when the audits of that reference were planned that the device has on board; one that was planned at another moment
    is another audit (an older backup was restored, and the number given again) and unknown to it.

    Raises Forbidden when a device belongs to another account, or was revoked. Flushes, never commits.
    """
    session.flush()
    outcomes: dict[int, Outcome] = {}
    parts = _parts(operations)
    if len(parts) > 1:
        lock(session, province_id, operations, by=by, now=now)
    for places in parts:
        part = [operations[place] for place in places]
        known = read(session, province_id, part, by=by, now=now, revoked_too=from_file, planned=planned or {})
        told = _take(session, province_id, part, known, by, now, unproven)
        outcomes |= dict(zip(places, told, strict=True))
    return [outcomes[place] for place in range(len(operations))]


def next_number(session: Session, device_id: str, *, by: log.Actor, now: datetime) -> int:
    """The number of the next operation of a device whose operations this server makes itself (plain forms)."""
    return int(device_row(session, device_id, by, now).last_seq) + 1


def _parts(operations: Sequence[Sent]) -> list[list[int]]:
    """The places of a batch, cut after each operation that changes an audit as a whole."""
    places = list(range(len(operations)))
    if not any(each.kind in _OF_THE_WHOLE for each in operations):
        return [places] if places else []
    parts: list[list[int]] = [[]]
    for place in sorted(places, key=lambda each: (operations[each].device_id, operations[each].seq)):
        parts[-1].append(place)
        if operations[place].kind in _OF_THE_WHOLE:
            parts.append([])
    return [part for part in parts if part]


def _take(
    session: Session,
    province_id: int,
    operations: Sequence[Sent],
    known: Known,
    by: log.Actor,
    now: datetime,
    unproven: log.Actor | None,
) -> list[Outcome]:
    proven, writer = unproven is None, unproven or by
    verdicts, after = merge.plan_batch(operations, replace(known.state, proven=proven))
    pairs = list(zip(operations, verdicts, strict=True))
    entered = [each for each in pairs if each[1].entered]
    sync_writing.enter(session, province_id, known.audits, entered, writer, now)
    _move_devices(session, known, after.last_seq, entered, now)
    for reference, audit in known.audits.items():
        its = [each for each in entered if each[0].audit == reference]
        if its:
            sync_writing.write(session, audit, its, after.targets, writer, now, proven=proven)
    for operation, verdict in entered:
        if verdict.reply is Reply.ACCEPTED and operation.kind in _OF_THE_WHOLE:
            _of_the_whole(session, province_id, operation, verdict, by, now)
    return [_outcome(operation, verdict, known, after) for operation, verdict in pairs]


def _move_devices(
    session: Session,
    known: Known,
    last_seq: Mapping[str, int],
    entered: Sequence[tuple[Sent, Verdict]],
    now: datetime,
) -> None:
    """Each device's number, and its chain over what was entered, in order."""
    chains = dict(known.chains)
    for operation, verdict in sorted(entered, key=lambda each: each[0].seq):
        chains[operation.device_id] = merge.linked(chains[operation.device_id], verdict.fingerprint)
    for device_id, last in last_seq.items():
        moved = {"of_device": device_id, "last_seq": last, "chain": chains[device_id], "last_seen": now}
        session.connection().execute(_MOVE_DEVICE, moved)
        sync_writing.expire(session, Device, device_id)


def _of_the_whole(
    session: Session, province_id: int, operation: Sent, verdict: Verdict, by: log.Actor, now: datetime
) -> None:
    if verdict.signed is not None:
        signing.enter(session, province_id, operation, verdict.signed, by=by, now=now)
        return
    reason = str(operation.value["reason"])
    life.reopen(session, province_id, operation.audit, reason=reason, by=by, now=now)


def _outcome(operation: Sent, verdict: Verdict, known: Known, after: State) -> Outcome:
    audit, receipt = known.audits.get(operation.audit), after.receipts.get(verdict.line)
    return Outcome(
        op_id=verdict.op_id,
        reply=verdict.reply,
        first=verdict.first,
        revision=verdict.revision,
        audit_revision=audit.revision if audit else 0,
        standing=verdict.standing,
        offered=verdict.offered,
        refusal=verdict.refusal,
        digest=receipt.fingerprint if receipt else "",
        late=verdict.late,
    )
