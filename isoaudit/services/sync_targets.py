"""Rows as the merge sees them: the targets of an audit, and values between their stored form and their columns.

Reading a whole batch's state is the business of `sync_state`, writing that of `sync_writing`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from isoaudit.db import AnswerRevision
from isoaudit.domain.merge import Revision, Target
from isoaudit.domain.operations import SIGNATURE, AuditField, Value
from isoaudit.domain.targets import waiting
from isoaudit.domain.vocabulary import AuditState, Grade
from isoaudit.services.audits.reading import AnswerValue

UNKNOWN = "-"
"""Device and operation of a value of which they are not known here (an import, a standing answer)."""


@dataclass(slots=True)
class AuditKnown:
    """An audit that a batch touches: `criteria` are the keys of the criteria that the batch names, `answers` what
    stands of those that have an answer already, `entries` the rows of the entries and general texts that it names.
    `sync` keeps `revision` and `state` up as it writes."""

    province_id: int
    id: int
    reference: str
    state: AuditState
    revision: int
    criteria: Mapping[str, int]
    answers: Mapping[str, AnswerValue]
    entries: Mapping[str, Mapping[str, Any]]
    signings: int = 0


def targets_of(session: Session, audit: AuditKnown) -> dict[str, Target]:
    """The targets of the criteria, entries and general texts that the batch names."""
    found = {f"@{name}": _entry_target(name, row) for name, row in audit.entries.items()}
    if audit.signings:
        found[SIGNATURE] = Target(audit.signings, Revision(audit.signings, {}, UNKNOWN, UNKNOWN, True))
    disputed = [audit.criteria[code] for code, answer in audit.answers.items() if answer.conflict]
    contenders = open_conflicts(session, audit.province_id, audit.id, disputed)
    for code, answer in audit.answers.items():
        standing = Revision(answer.revision, answer.value(), UNKNOWN, UNKNOWN, True)
        found[code] = Target(answer.revision, standing, tuple(contenders.get(audit.criteria[code], ())))
    return found


def open_conflicts(
    session: Session, province_id: int, audit_id: int, criterion_ids: Sequence[int]
) -> dict[int, list[Revision]]:
    """By criterion: the values that wait against the one that stands, oldest first. One query at most."""
    if not criterion_ids:
        return {}
    rows = session.scalars(
        select(AnswerRevision)
        .where(
            AnswerRevision.province_id == province_id,
            AnswerRevision.audit_id == audit_id,
            AnswerRevision.criterion_id.in_(criterion_ids),
        )
        .order_by(AnswerRevision.criterion_id, AnswerRevision.number)
    )
    given: dict[int, list[tuple[str, Revision]]] = {}
    for row in rows:
        value = Revision(row.number, row.value, row.device_id or "", row.op_id or "", False)
        given.setdefault(row.criterion_id, []).append((row.outcome, value))
    return {criterion: waiting(values) for criterion, values in given.items()}


def _entry_target(name: str, row: Mapping[str, Any]) -> Target:
    def taken(number: int, value: Any, device_id: str | None, op_id: str | None, stands: bool) -> Revision:
        return Revision(number, entry_value(name, value), device_id or UNKNOWN, op_id or UNKNOWN, stands)

    standing = taken(row["revision"], row["value"], row["device_id"], row["op_id"], True)
    return Target(
        row["revision"],
        None if row["value"] is row["op_id"] is None else standing,
        tuple(
            taken(each["number"], each["value"], each["device_id"], each["op_id"], False) for each in row["contenders"]
        ),
    )


def entry_value(name: str, kept: Mapping[str, Any] | None) -> Value:
    """A value that `Entry` keeps as operations carry it; the general texts have a shape of their own."""
    if name in {each.value for each in AuditField}:
        return {"field": name, "text": (kept or {}).get("text", "")}
    return {"entry": name, "data": kept}


def kept_value(value: Value) -> Any:
    """The value of an operation as `Entry` keeps it."""
    return {"text": value["text"]} if "field" in value else value["data"]


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
        "documents": value.get("documents") or None,
        "dossiers": value.get("dossiers") or None,
    }
