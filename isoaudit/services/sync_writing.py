"""Writing what a batch brings: the ledger, the history of answers, the answers and entries that stand.

What it brings is decided by `domain.merge`; the order of things is in `sync`. Rows are written past the ORM, a batch a
statement; what the session holds of them already is expired.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update
from sqlalchemy.orm import Session

from isoaudit.db import Audit, Base
from isoaudit.domain.audit_life import Step
from isoaudit.domain.merge import Reply, Revision, Target, Verdict
from isoaudit.domain.operations import SIGNATURE, Kind
from isoaudit.domain.operations import Operation as Sent
from isoaudit.domain.targets import SETTLED
from isoaudit.domain.vocabulary import AuditState
from isoaudit.services import log
from isoaudit.services.audits import events
from isoaudit.services.ledger import json_value, storable, told
from isoaudit.services.sync_targets import AuditKnown, answer_columns, kept_value

ACCEPTED, CONFLICT, SIGNED = "accepted", "conflict", "signed"
"""Outcomes of a revision in the history (`signed`: it stands because it was signed); a grade that the notice changed is
`notice`."""
_AUDITS, _ANSWERS, _ENTRIES, _HISTORY = (
    Base.metadata.tables[name] for name in ("audit", "answer", "entry", "answer_revision")
)
_ENTER = insert(Base.metadata.tables["operation"])
_RECORD = insert(_HISTORY)
_FIRST = insert(_ANSWERS)
_AGAIN = update(_ANSWERS).where(
    _ANSWERS.c.province_id == bindparam("of_province"),
    _ANSWERS.c.audit_id == bindparam("of_audit"),
    _ANSWERS.c.criterion_id == bindparam("of_criterion"),
)
_KEEP = insert(_ENTRIES)
_KEEP_ON = update(_ENTRIES).where(
    _ENTRIES.c.province_id == bindparam("of_province"),
    _ENTRIES.c.audit_id == bindparam("of_audit"),
    _ENTRIES.c.target == bindparam("of_target"),
)
_MOVE_AUDIT = update(_AUDITS).where(
    _AUDITS.c.province_id == bindparam("of_province"), _AUDITS.c.id == bindparam("of_audit")
)


@dataclass(frozen=True, slots=True)
class Author:
    """Who typed a value, when by the device's clock, and on what."""

    by: int | None
    at: datetime
    device_id: str | None
    op_id: str | None


@dataclass(frozen=True, slots=True)
class Record:
    """A revision to write, at which target, by whom."""

    target: str
    revision: Revision
    outcome: str
    author: Author


def enter(
    session: Session,
    province_id: int,
    audits: Mapping[str, AuditKnown],
    pairs: Sequence[tuple[Sent, Verdict]],
    by: log.Actor,
    now: datetime,
) -> None:
    """Write the ledger; an audit that nobody knows is told to the log. `by`: whoever brought it."""
    rows = [
        {
            "province_id": province_id,
            "op_id": verdict.line,
            "device_id": operation.device_id,
            "seq": operation.seq,
            "audit_id": audits[operation.audit].id if operation.audit in audits else None,
            "kind": ascii(operation.kind)[1:-1][:32],
            "target": ascii(operation.target)[1:-1][:80],
            "base_revision": operation.base_revision,
            "value": json_value(operation.value),
            "at": moment(operation.at, now),
            "digest": verdict.fingerprint,
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
    for operation, _verdict in pairs:
        if operation.audit not in audits:
            subject, device = ascii(operation.audit), operation.device_id
            log.append(session, province_id, "operation.refused", subject, by=by, now=now, device=device)


def write(
    session: Session,
    audit: AuditKnown,
    pairs: Sequence[tuple[Sent, Verdict]],
    targets: Mapping[tuple[str, str], Target],
    by: log.Actor,
    now: datetime,
    *,
    proven: bool = True,
) -> None:
    """Write what a batch brings to one audit. Values bear the name of whoever typed them, which is `by` when it is
    proven that they come from there, and nobody's otherwise."""
    connection = session.connection()
    records = _records(connection, audit, pairs, by.user_id if proven else None, now)
    history = [_history(audit, each, now) for each in records if each.target in audit.criteria]
    if history:
        connection.execute(_RECORD, sorted(history, key=lambda each: (each["criterion_id"], each["number"])))
    authors = {(each.target, each.revision.number): each.author for each in records}
    changes: dict[str, Any] = {}
    moved = {name: targets[(audit.reference, name)] for name in dict.fromkeys(each.target for each in records)}
    _stand(connection, audit, {name: target for name, target in moved.items() if name in audit.criteria})
    for name, target in moved.items():
        if name in audit.criteria:
            continue
        _keep(connection, audit, name[1:], target, authors, now)
        if target.value and "field" in target.value:
            changes[name[1:]] = target.value["text"]
    accepted = sum(verdict.reply is Reply.ACCEPTED and verdict.record is not None for _, verdict in pairs)
    starts = bool(accepted) and audit.state is AuditState.PLANNED
    if accepted:
        audit.revision += accepted
        changes["revision"] = audit.revision
    if starts:
        audit.state = AuditState.UNDER_WAY
        changes |= {"state": audit.state, "started_at": now}
    if changes:
        connection.execute(_MOVE_AUDIT, {"of_province": audit.province_id, "of_audit": audit.id, **changes})
        expire(session, Audit, (audit.province_id, audit.id))
    if starts:
        events.add(session, audit.province_id, audit.id, "started", by=by, now=now)
        log.append(session, audit.province_id, f"audit.{Step.START}", audit.reference, by=by, now=now)
    said = {
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
        outcome={word: names for word, names in said.items() if names},
    )


def expire(session: Session, row: type[Base], key: object) -> None:
    """Let the session read a row anew that was changed behind it, when it holds it."""
    held = session.identity_map.get(session.identity_key(row, key))
    if held is not None:
        session.expire(held)


def moment(text: str, otherwise: datetime) -> datetime:
    """A device's clock as a moment; `otherwise` when it cannot be read (it is evidence, never used to decide)."""
    try:
        read_as = datetime.fromisoformat(text)
        return (read_as if read_as.tzinfo else read_as.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return otherwise


def _records(
    connection: Connection,
    audit: AuditKnown,
    pairs: Sequence[tuple[Sent, Verdict]],
    by: int | None,
    now: datetime,
) -> list[Record]:
    """The revisions to write, in the order in which they came; a value that a signature took the place of keeps its
    author."""
    found: list[Record] = []
    for operation, verdict in pairs:
        author = Author(by, moment(operation.at, now), operation.device_id, operation.op_id)
        if verdict.record is not None and operation.target != SIGNATURE:
            standing = SETTLED if operation.kind == Kind.SETTLE else ACCEPTED
            outcome = standing if verdict.record.stands else CONFLICT
            found.append(Record(operation.target, verdict.record, outcome, author))
        if not verdict.effects:
            continue
        before = _authors(connection, audit, [each.target for each in verdict.effects])
        before |= {each.target: each.author for each in found if each.revision.stands}
        for effect in verdict.effects:
            for revision in effect.written:
                whose = author if revision.stands else before.get(effect.target, Author(None, now, None, None))
                found.append(Record(effect.target, revision, SIGNED if revision.stands else CONFLICT, whose))
    return found


def _authors(connection: Connection, audit: AuditKnown, names: Sequence[str]) -> dict[str, Author]:
    """Who gave the values that stand at these targets."""
    codes = {audit.criteria[name]: name for name in names if name in audit.criteria}
    rows = connection.execute(
        select(*(_HISTORY.c[name] for name in ("criterion_id", "by", "at", "device_id", "op_id")))
        .where(
            _HISTORY.c.province_id == audit.province_id,
            _HISTORY.c.audit_id == audit.id,
            _HISTORY.c.criterion_id.in_(codes),
            _HISTORY.c.revision.is_not(None),
        )
        .order_by(_HISTORY.c.number)
    )
    found = {codes[row.criterion_id]: Author(row.by, row.at, row.device_id, row.op_id) for row in rows}
    entries = (
        (f"@{name}", Author(row["by"], row["at"], row["device_id"], row["op_id"]))
        for name, row in audit.entries.items()
    )
    return found | dict(entries)


def _history(audit: AuditKnown, record: Record, now: datetime) -> dict[str, Any]:
    revision, author = record.revision, record.author
    return {
        "province_id": audit.province_id,
        "audit_id": audit.id,
        "criterion_id": audit.criteria[record.target],
        "number": revision.number,
        "revision": revision.number if revision.stands else None,
        "value": dict(revision.value),
        "outcome": record.outcome,
        "at": author.at,
        "received_at": now,
        "by": author.by,
        "device_id": author.device_id,
        "op_id": author.op_id,
    }


def _stand(connection: Connection, audit: AuditKnown, targets: Mapping[str, Target]) -> None:
    """Make the standing answers what their targets say."""
    first, again = [], []
    for code, target in targets.items():
        criterion = audit.criteria[code]
        values = answer_columns(target.value or {}) | {"revision": target.latest, "conflict": target.in_conflict}
        if code in audit.answers:
            key = {"of_province": audit.province_id, "of_audit": audit.id, "of_criterion": criterion}
            again.append(key | values)
        else:
            first.append(values | {"province_id": audit.province_id, "audit_id": audit.id, "criterion_id": criterion})
    if first:
        connection.execute(_FIRST, first)
    if again:
        connection.execute(_AGAIN, again)


def _keep(
    connection: Connection,
    audit: AuditKnown,
    name: str,
    target: Target,
    authors: Mapping[tuple[str, int], Author],
    now: datetime,
) -> None:
    """Make the row of an entry or a general text what its target says. `authors` are those of the values that came now,
    by target and number; what waited before stays as the row has it."""
    standing, row = target.standing, audit.entries.get(name)
    before = {each["number"]: each for each in (row["contenders"] if row else ())}

    def told_of(each: Revision) -> dict[str, Any]:
        author = authors.get((f"@{name}", each.number))
        if author is None:
            return dict(before[each.number])
        said = {"device_id": author.device_id, "op_id": author.op_id, "by": author.by, "at": author.at.isoformat()}
        return {"number": each.number, "value": kept_value(each.value)} | said

    values: dict[str, Any] = {
        "revision": target.latest,
        "value": None if standing is None else kept_value(standing.value),
        "contenders": [told_of(each) for each in target.contenders],
    }
    author = None if standing is None else authors.get((f"@{name}", standing.number))
    if author is not None:
        values |= {"by": author.by, "at": author.at, "device_id": author.device_id, "op_id": author.op_id}
    if row is not None:
        key = {"of_province": audit.province_id, "of_audit": audit.id, "of_target": name}
        connection.execute(_KEEP_ON, key | values)
        return
    key = {"province_id": audit.province_id, "audit_id": audit.id, "target": name}
    connection.execute(_KEEP, {"by": None, "at": now, "device_id": None, "op_id": None} | key | values)
