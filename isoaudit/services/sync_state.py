"""What is known before a batch of operations is judged: devices, ledger, audits, targets; a fixed few queries.

Judging is `domain.merge`, writing `sync`.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from isoaudit.db import (
    Answer,
    AnswerRevision,
    Audit,
    ChecklistVersion,
    CriterionRow,
    Device,
    Operation,
    TeamMember,
    UserRole,
)
from isoaudit.domain.access import Permission, may
from isoaudit.domain.errors import Forbidden, Refusal
from isoaudit.domain.merge import AuditFacts, Reply, Revision, State, Target, Verdict
from isoaudit.domain.operations import Operation as Sent
from isoaudit.domain.operations import Value
from isoaudit.domain.vocabulary import Grade, TeamRole
from isoaudit.services import log
from isoaudit.services.audits.reading import AnswerValue, pinned

_IMPORTED = "-"
"""Device and operation of a value that came without one (an import)."""


@dataclass(frozen=True, slots=True)
class AuditKnown:
    """An audit that a batch touches: `criteria` are the keys of the criteria that the batch names, `answers` what
    stands of those that have an answer already."""

    row: Audit
    criteria: Mapping[str, int]
    answers: Mapping[str, AnswerValue]


@dataclass(frozen=True, slots=True)
class Known:
    """The state for `merge.plan_batch`, and the keys of the rows behind it."""

    state: State
    audits: Mapping[str, AuditKnown]
    devices: Mapping[str, Device]


def read(session: Session, province_id: int, operations: Sequence[Sent], *, by: log.Actor, now: datetime) -> Known:
    """Read, and lock, everything that a batch touches. Raises Forbidden for a device of another account."""
    devices = {
        device_id: device(session, device_id, by, now) for device_id in sorted({each.device_id for each in operations})
    }
    audits: dict[str, AuditKnown] = {}
    facts: dict[str, AuditFacts] = {}
    targets: dict[tuple[str, str], Target] = {}
    for reference in sorted({each.audit for each in operations}):
        names = {each.target for each in operations if each.audit == reference}
        found = _audit(session, province_id, reference, names, by)
        if found is not None:
            audits[reference], facts[reference] = found
            targets |= {(reference, name): target for name, target in _targets(session, province_id, found[0]).items()}
    receipts, refused = _ledger(session, province_id, operations, audits)
    state = State(
        audits=facts,
        receipts=receipts,
        last_seq={device_id: each.last_seq for device_id, each in devices.items()},
        targets=targets,
        refused=refused,
    )
    return Known(state, audits, devices)


def device(session: Session, device_id: str, by: log.Actor, now: datetime) -> Device:
    """The device of that id, its row locked; made when it is new. Raises Forbidden when it is another account's."""
    query = select(Device).where(Device.id == device_id).with_for_update().execution_options(populate_existing=True)
    found = session.scalar(query)
    if found is None:
        try:
            with session.begin_nested():
                session.add(Device(id=device_id, user_id=by.user_id, created_at=now, last_seen=now, last_seq=0))
        except IntegrityError:  # another request of the same device was faster
            pass
        found = session.scalars(query).one()
    if found.user_id != by.user_id:
        raise Forbidden("operation.device_of_other", record=device_id, field="device_id")
    return found


def _audit(
    session: Session, province_id: int, reference: str, names: set[str], by: log.Actor
) -> tuple[AuditKnown, AuditFacts] | None:
    found = session.execute(
        select(Audit, ChecklistVersion.digest)
        .join(ChecklistVersion, ChecklistVersion.id == Audit.checklist_version_id)
        .where(Audit.province_id == province_id, Audit.reference == storable(reference))
        .with_for_update(of=Audit)
        .execution_options(populate_existing=True)
    ).one_or_none()
    if found is None:
        return None
    audit, digest = found
    rows = session.execute(
        select(UserRole.role, TeamMember.role)
        .outerjoin(
            TeamMember,
            (TeamMember.user_id == UserRole.user_id)
            & (TeamMember.province_id == province_id)
            & (TeamMember.audit_id == audit.id),
        )
        .where(UserRole.user_id == by.user_id)
    ).all()
    member = rows[0][1] if rows else None
    checklist = pinned(session, audit.checklist_version_id, digest)
    answers = member is not None and any(may(role, Permission.AUDIT_ANSWER) for role, _ in rows)
    codes = [name for name in names if checklist.criterion(name) is not None]
    known = AuditKnown(audit, *_answers(session, audit, codes))
    return known, AuditFacts(audit.state, checklist, answers, answers and member is TeamRole.HEAD)


def _targets(session: Session, province_id: int, audit: AuditKnown) -> dict[str, Target]:
    """The targets of the criteria that the batch names, and of all general texts."""
    found = {f"@{name}": _field_target(kept) for name, kept in (audit.row.field_revisions or {}).items()}
    row = audit.row
    for code, answer in audit.answers.items():
        standing = Revision(answer.revision, answer.value(), _IMPORTED, _IMPORTED, True)
        contenders = open_conflicts(session, province_id, row.id, audit.criteria[code]) if answer.conflict else ()
        found[code] = Target(answer.revision, standing, tuple(contenders))
    return found


def _answers(session: Session, audit: Audit, codes: Sequence[str]) -> tuple[dict[str, int], dict[str, AnswerValue]]:
    """The keys of these criteria, and the answers that stand, by code; one query."""
    columns = (Answer.grade, Answer.note, Answer.reason, Answer.due_on, Answer.request, Answer.evidence)
    rows = session.execute(
        select(CriterionRow.code, CriterionRow.id, Answer.revision, Answer.conflict, *columns)
        .outerjoin(
            Answer,
            (Answer.province_id == audit.province_id)
            & (Answer.audit_id == audit.id)
            & (Answer.criterion_id == CriterionRow.id),
        )
        .where(CriterionRow.checklist_version_id == audit.checklist_version_id, CriterionRow.code.in_(codes))
    )
    keys, answers = {}, {}
    for code, key, revision, conflict, grade, note, reason, due_on, asks, evidence in rows:
        keys[code] = key
        if revision is not None:
            given = (grade, note or "", reason or "", due_on, asks or "", tuple(evidence or ()))
            answers[code] = AnswerValue(*given, revision, conflict)
    return keys, answers


def open_conflicts(session: Session, province_id: int, audit_id: int, criterion_id: int) -> list[Revision]:
    """The values of a criterion that wait against the one that stands, oldest first."""
    rows = session.scalars(
        select(AnswerRevision)
        .where(
            AnswerRevision.province_id == province_id,
            AnswerRevision.audit_id == audit_id,
            AnswerRevision.criterion_id == criterion_id,
        )
        .order_by(AnswerRevision.number)
    )
    waiting: list[Revision] = []
    for row in rows:
        if row.outcome == Reply.CONFLICT:
            waiting.append(Revision(row.number, row.value, row.device_id or "", row.op_id or "", False))
        elif row.outcome == "settled":
            waiting = []
    return waiting


def _field_target(kept: Mapping[str, Any]) -> Target:
    standing = kept.get("standing")
    return Target(
        kept["latest"],
        None if standing is None else Revision(stands=True, **standing),
        tuple(Revision(stands=False, **each) for each in kept.get("contenders", ())),
    )


def _receipt(row: Any) -> Verdict:
    outcome, said = Reply(row.outcome), row.told or {}
    refusal = None
    if row.code:
        refusal = Refusal(row.code, **said.get("refusal", {}))
        refusal.status = said.get("status", refusal.status)
    return Verdict(
        op_id=row.op_id,
        fingerprint=row.digest,
        reply=outcome,
        first=outcome,
        revision=row.revision or 0,
        standing=said.get("standing"),
        offered=said.get("offered"),
        refusal=refusal,
    )


def _ledger(
    session: Session, province_id: int, operations: Sequence[Sent], audits: Mapping[str, AuditKnown]
) -> tuple[dict[str, Verdict], dict[tuple[str, str, str], int]]:
    """The receipts of operations in the batch that came before; and of each device and target in it: the base of the
    device's last operation there, when that was refused. One query."""
    references = {audit.row.id: reference for reference, audit in audits.items()}
    wanted = {each.op_id for each in operations}
    rows = session.execute(
        select(
            Operation.op_id,
            Operation.device_id,
            Operation.audit_id,
            Operation.target,
            Operation.base_revision,
            Operation.outcome,
            Operation.digest,
            Operation.revision,
            Operation.code,
            Operation.told,
        )
        .where(
            Operation.province_id == province_id,
            or_(
                Operation.op_id.in_(wanted),
                and_(
                    Operation.audit_id.in_(references),
                    Operation.device_id.in_({each.device_id for each in operations}),
                    Operation.target.in_({ascii(each.target)[1:-1][:80] for each in operations}),
                ),
            ),
        )
        .order_by(Operation.seq)
    )
    receipts: dict[str, Verdict] = {}
    last: dict[tuple[str, str, str], int] = {}
    for row in rows:
        if row.op_id in wanted:
            receipts[row.op_id] = _receipt(row)
        here = (row.device_id, references.get(row.audit_id or 0, ""), row.target)
        last.pop(here, None)
        if row.outcome == Reply.REFUSED:
            last[here] = row.base_revision
    return receipts, last


def told(verdict: Verdict) -> dict[str, Any] | None:
    """What the reply said besides its word, as the ledger keeps it."""
    said: dict[str, Any] = {}
    if verdict.refusal is not None:
        details = verdict.refusal.details
        said = {"status": verdict.refusal.status, "refusal": {name: str(value) for name, value in details.items()}}
    if verdict.reply is Reply.CONFLICT:
        said = {"standing": dict(verdict.standing or {}), "offered": dict(verdict.offered or {})}
    return json_value(said) if said else None


def answer_columns(value: Value) -> dict[str, Any]:
    """A stored answer value as columns of `Answer`."""
    grade, due_on = value.get("grade"), value.get("due_on")
    return {
        "grade": Grade(str(grade)) if grade else None,
        "note": value.get("note") or None,
        "reason": value.get("reason") or None,
        "due_on": date.fromisoformat(str(due_on)) if due_on else None,
        "request": value.get("request") or None,
        "evidence": value.get("evidence") or None,
    }


def storable(text: str) -> str:
    """A text that a database takes; what it does not take is written as Python escapes it."""
    unfit = any(each == "\0" or "\ud800" <= each <= "\udfff" for each in text)
    return ascii(text)[1:-1] if unfit else text


def json_value(value: Any) -> Any:
    """A JSON value that every database takes; one with unfit characters is kept as Python writes it."""
    text = json.dumps(value, default=str, ensure_ascii=False)
    if "\\u0000" in text or any("\ud800" <= each <= "\udfff" for each in text):
        return {"unreadable": ascii(value)[:10_000]}
    return json.loads(text)
