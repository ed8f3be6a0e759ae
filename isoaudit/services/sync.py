"""Operations from devices (browser or tablet): judged by `domain.merge`, then written to the ledger, the history and
the standing answers (CONTRACT §5).

What is known before is read in `sync_state`. Idempotent: the same batch again changes nothing and gets the first
outcomes. Rows are written past the ORM, a batch a statement; what the session holds of them already is expired.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, update
from sqlalchemy.orm import Session

from isoaudit.db import Audit, Base, Device
from isoaudit.domain import merge
from isoaudit.domain.audit_life import Step
from isoaudit.domain.errors import Refusal
from isoaudit.domain.merge import Reply, Target, Verdict
from isoaudit.domain.operations import Kind
from isoaudit.domain.operations import Operation as Sent
from isoaudit.domain.vocabulary import AuditState
from isoaudit.services import log
from isoaudit.services.audits import events
from isoaudit.services.ledger import json_value, storable, told
from isoaudit.services.sync_state import AuditKnown, Known, answer_columns, kept_value, last_number, read

SETTLED, ACCEPTED, CONFLICT = "settled", "accepted", "conflict"
"""Outcomes of a revision in the history; a grade that the notice changed is `notice`."""
_AUDITS, _DEVICES, _ANSWERS = (Base.metadata.tables[name] for name in ("audit", "device", "answer"))
_ENTER = insert(Base.metadata.tables["operation"])
_RECORD = insert(Base.metadata.tables["answer_revision"])
_FIRST = insert(_ANSWERS)
_AGAIN = update(_ANSWERS).where(
    _ANSWERS.c.province_id == bindparam("of_province"),
    _ANSWERS.c.audit_id == bindparam("of_audit"),
    _ANSWERS.c.criterion_id == bindparam("of_criterion"),
)
_ENTRIES = Base.metadata.tables["entry"]
_KEEP = insert(_ENTRIES)
_KEEP_ON = update(_ENTRIES).where(
    _ENTRIES.c.province_id == bindparam("of_province"),
    _ENTRIES.c.audit_id == bindparam("of_audit"),
    _ENTRIES.c.target == bindparam("of_target"),
)
_MOVE_AUDIT = update(_AUDITS).where(
    _AUDITS.c.province_id == bindparam("of_province"), _AUDITS.c.id == bindparam("of_audit")
)
_MOVE_DEVICE = update(_DEVICES).where(_DEVICES.c.id == bindparam("of_device"))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a device is told of one operation: `revision` is the target's latest, `audit_revision` the audit's new one;
    `standing` and `offered` are the two values of a conflict; `refusal` says why it was refused."""

    op_id: str
    reply: Reply
    first: Reply
    revision: int
    audit_revision: int
    standing: Mapping[str, object] | None = None
    offered: Mapping[str, object] | None = None
    refusal: Refusal | None = None


def take(
    session: Session, province_id: int, operations: Sequence[Sent], *, by: log.Actor, now: datetime
) -> list[Outcome]:
    """Judge a batch and write what it brings; the outcomes in the order given.

    Raises Forbidden when a device belongs to another account. Flushes, never commits.
    """
    session.flush()
    known = read(session, province_id, operations, by=by, now=now)
    verdicts, after = merge.plan_batch(operations, known.state)
    pairs = list(zip(operations, verdicts, strict=True))
    _enter(session, province_id, known, [each for each in pairs if each[1].entered], by, now)
    for device_id, last in after.last_seq.items():
        session.connection().execute(_MOVE_DEVICE, {"of_device": device_id, "last_seq": last, "last_seen": now})
        _expire(session, Device, device_id)
    for reference, audit in known.audits.items():
        its = [each for each in pairs if each[0].audit == reference and each[1].entered]
        if its:
            _write(session, audit, its, after.targets, by, now)
    strangers = [each for each in pairs if each[1].entered and each[0].audit not in known.audits]
    for operation, _verdict in strangers:
        log.append(
            session,
            province_id,
            "operation.refused",
            ascii(operation.audit),
            by=by,
            now=now,
            device=operation.device_id,
        )
    return [_outcome(operation, verdict, known) for operation, verdict in pairs]


def next_number(session: Session, device_id: str, *, by: log.Actor, now: datetime) -> int:
    """The number of the next operation of a device whose operations this server makes itself (plain forms)."""
    return last_number(session, device_id, by, now) + 1


def _enter(
    session: Session,
    province_id: int,
    known: Known,
    pairs: Sequence[tuple[Sent, Verdict]],
    by: log.Actor,
    now: datetime,
) -> None:
    """Write the ledger."""
    rows = [
        {
            "province_id": province_id,
            "op_id": operation.op_id,
            "device_id": operation.device_id,
            "seq": operation.seq,
            "audit_id": known.audits[operation.audit].id if operation.audit in known.audits else None,
            "kind": ascii(operation.kind)[1:-1][:32],
            "target": ascii(operation.target)[1:-1][:80],
            "base_revision": operation.base_revision,
            "value": json_value(operation.value),
            "at": moment(operation.at, now),
            "digest": operation.fingerprint,
            "outcome": verdict.reply.value,
            "code": verdict.refusal.code if verdict.refusal else None,
            "told": told(verdict),
            "revision": verdict.revision or None,
            "received_at": now,
            "by": by.user_id,
        }
        for operation, verdict in pairs
    ]
    if rows:
        session.connection().execute(_ENTER, rows)


def _write(
    session: Session,
    audit: AuditKnown,
    pairs: Sequence[tuple[Sent, Verdict]],
    targets: Mapping[tuple[str, str], Target],
    by: log.Actor,
    now: datetime,
) -> None:
    """Write what a batch brings to one audit."""
    connection = session.connection()
    recorded = [each for each in pairs if each[1].record is not None]
    history = [
        _revision(audit, operation, verdict, by, now)
        for operation, verdict in recorded
        if operation.target in audit.criteria
    ]
    if history:
        connection.execute(_RECORD, sorted(history, key=lambda each: (each["criterion_id"], each["number"])))
    changes: dict[str, Any] = {}
    for name in dict.fromkeys(operation.target for operation, _ in recorded):
        target = targets[(audit.reference, name)]
        if name in audit.criteria:
            _stand(connection, audit, name, target)
            continue
        _keep(connection, audit, name, target, {each[0].op_id: each[0] for each in recorded}, by, now)
        if target.value and "field" in target.value:
            changes[name[1:]] = target.value["text"]
    accepted = sum(verdict.reply is Reply.ACCEPTED for _, verdict in recorded)
    starts = bool(accepted) and audit.state is AuditState.PLANNED
    if accepted:
        audit.revision += accepted
        changes["revision"] = audit.revision
    if starts:
        audit.state = AuditState.UNDER_WAY
        changes |= {"state": audit.state, "started_at": now}
    if changes:
        connection.execute(_MOVE_AUDIT, {"of_province": audit.province_id, "of_audit": audit.id, **changes})
        _expire(session, Audit, (audit.province_id, audit.id))
    if starts:
        events.add(session, audit.province_id, audit.id, "started", by=by, now=now)
        log.append(session, audit.province_id, f"audit.{Step.START}", audit.reference, by=by, now=now)
    told = {
        reply.value: [storable(operation.target) for operation, verdict in pairs if verdict.reply is reply]
        for reply in (Reply.ACCEPTED, Reply.CONFLICT, Reply.REFUSED)
    }
    log.append(
        session,
        audit.province_id,
        "audit.answer",
        audit.reference,
        by=by,
        now=now,
        device=sorted({operation.device_id for operation, _ in pairs}),
        outcome={word: names for word, names in told.items() if names},
    )


def _revision(audit: AuditKnown, operation: Sent, verdict: Verdict, by: log.Actor, now: datetime) -> dict[str, Any]:
    record = verdict.record
    assert record is not None
    settled = operation.kind == Kind.SETTLE
    return {
        "province_id": audit.province_id,
        "audit_id": audit.id,
        "criterion_id": audit.criteria[operation.target],
        "number": record.number,
        "revision": record.number if record.stands else None,
        "value": dict(record.value),
        "outcome": CONFLICT if not record.stands else SETTLED if settled else ACCEPTED,
        "at": moment(operation.at, now),
        "received_at": now,
        "by": by.user_id,
        "device_id": operation.device_id,
        "op_id": operation.op_id,
    }


def _stand(connection: Connection, audit: AuditKnown, code: str, target: Target) -> None:
    """Make a criterion's standing answer what its target says."""
    province, criterion = audit.province_id, audit.criteria[code]
    values = answer_columns(target.value or {}) | {"revision": target.latest, "conflict": target.in_conflict}
    if code in audit.answers:
        key = {"of_province": province, "of_audit": audit.id, "of_criterion": criterion}
        connection.execute(_AGAIN, key | values)
    else:
        key = {"province_id": province, "audit_id": audit.id, "criterion_id": criterion}
        connection.execute(_FIRST, key | values)


def _expire(session: Session, row: type[Audit] | type[Device], key: object) -> None:
    """Let the session read a row anew that was changed behind it, when it holds it."""
    held = session.identity_map.get(session.identity_key(row, key))
    if held is not None:
        session.expire(held)


def _keep(
    connection: Connection,
    audit: AuditKnown,
    target_name: str,
    target: Target,
    sent: Mapping[str, Sent],
    by: log.Actor,
    now: datetime,
) -> None:
    """Make the row of an entry or a general text what its target says. `sent` are the operations of the batch."""
    name, standing = target_name[1:], target.standing
    row = audit.entries.get(target_name[1:])
    waiting = {each["op_id"]: each for each in (row["contenders"] if row else ())}

    def said(each: merge.Revision) -> dict[str, Any]:
        new = sent.get(each.op_id)
        at = moment(new.at, now).isoformat() if new else waiting[each.op_id]["at"]
        author = {"by": by.user_id if new else waiting[each.op_id]["by"], "at": at}
        told = {"number": each.number, "value": kept_value(each.value)}
        return told | {"device_id": each.device_id, "op_id": each.op_id} | author

    values: dict[str, Any] = {
        "revision": target.latest,
        "value": None if standing is None else kept_value(standing.value),
        "contenders": [said(each) for each in target.contenders],
    }
    written = None if standing is None else sent.get(standing.op_id)
    if standing is not None and written is not None:
        values |= {"by": by.user_id, "at": moment(written.at, now)}
        values |= {"device_id": standing.device_id, "op_id": standing.op_id}
    if row is not None:
        key = {"of_province": audit.province_id, "of_audit": audit.id, "of_target": name}
        connection.execute(_KEEP_ON, key | values)
        return
    key = {"province_id": audit.province_id, "audit_id": audit.id, "target": name}
    connection.execute(_KEEP, {"by": None, "at": now, "device_id": None, "op_id": None} | key | values)


def _outcome(operation: Sent, verdict: Verdict, known: Known) -> Outcome:
    audit = known.audits.get(operation.audit)
    return Outcome(
        op_id=verdict.op_id,
        reply=verdict.reply,
        first=verdict.first,
        revision=verdict.revision,
        audit_revision=audit.revision if audit else 0,
        standing=verdict.standing,
        offered=verdict.offered,
        refusal=verdict.refusal,
    )


def moment(text: str, otherwise: datetime) -> datetime:
    """A device's clock as a moment; `otherwise` when it cannot be read (it is evidence, never used to decide)."""
    try:
        read_as = datetime.fromisoformat(text)
        return (read_as if read_as.tzinfo else read_as.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return otherwise
