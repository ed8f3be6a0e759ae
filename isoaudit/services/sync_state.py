"""What is known before a batch of operations is judged: devices, ledger, audits, targets; a fixed few queries.

Judging is `domain.merge`, writing `sync`. Every tap comes through here, so the statements are built once and go past
the ORM.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, exists, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from isoaudit.db import AnswerRevision, Base
from isoaudit.domain.access import Permission, may
from isoaudit.domain.errors import Forbidden
from isoaudit.domain.merge import AuditFacts, Reply, Revision, State, Target
from isoaudit.domain.operations import AuditField, Value
from isoaudit.domain.operations import Operation as Sent
from isoaudit.domain.vocabulary import AuditState, Grade, Role, TeamRole
from isoaudit.services import ledger, log
from isoaudit.services.audits.reading import AnswerValue, answer_of, pinned
from isoaudit.services.ledger import storable

_IMPORTED = "-"
"""Device and operation of a value that came without one (an import)."""
_DEVICES, _AUDITS, _VERSIONS, _TEAMS, _ROLES, _CRITERIA, _ANSWERS, _ENTRIES = (
    Base.metadata.tables[name]
    for name in (
        *("device", "audit", "checklist_version", "team_member", "user_role"),
        *("criterion", "answer", "entry"),
    )
)
_DEVICE = select(_DEVICES.c.user_id, _DEVICES.c.last_seq).where(_DEVICES.c.id == bindparam("device")).with_for_update()
_AUDIT = (
    select(
        *(_AUDITS.c[name] for name in ("id", "state", "revision", "checklist_version_id")),
        _VERSIONS.c.digest,
        _TEAMS.c.role,
        exists()
        .where(
            _ROLES.c.user_id == bindparam("person"),
            _ROLES.c.role.in_([role for role in Role if may(role, Permission.AUDIT_ANSWER)]),
        )
        .label("inspects"),
    )
    .join(_VERSIONS, _VERSIONS.c.id == _AUDITS.c.checklist_version_id)
    .outerjoin(
        _TEAMS,
        (_TEAMS.c.province_id == _AUDITS.c.province_id)
        & (_TEAMS.c.audit_id == _AUDITS.c.id)
        & (_TEAMS.c.user_id == bindparam("person")),
    )
    .where(_AUDITS.c.province_id == bindparam("province"), _AUDITS.c.reference == bindparam("reference"))
    .with_for_update(of=_AUDITS)
)
"""An audit, locked, and what the sender is in it."""
_STANDING = (
    select(
        *(_CRITERIA.c.code, _CRITERIA.c.id, _ANSWERS.c.grade, _ANSWERS.c.note, _ANSWERS.c.reason, _ANSWERS.c.due_on),
        *(_ANSWERS.c[name] for name in ("request", "evidence", "documents", "dossiers", "revision", "conflict")),
    )
    .outerjoin_from(
        _CRITERIA,
        _ANSWERS,
        (_ANSWERS.c.province_id == bindparam("province"))
        & (_ANSWERS.c.audit_id == bindparam("audit"))
        & (_ANSWERS.c.criterion_id == _CRITERIA.c.id),
    )
    .where(_CRITERIA.c.checklist_version_id == bindparam("version"), _CRITERIA.c.code.in_(bindparam("codes")))
)
_HELD = select(_ENTRIES).where(
    _ENTRIES.c.province_id == bindparam("province"),
    _ENTRIES.c.audit_id == bindparam("audit"),
    _ENTRIES.c.target.in_(bindparam("targets")),
)


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


@dataclass(frozen=True, slots=True)
class Known:
    """The state for `merge.plan_batch`, and the keys of the rows behind it."""

    state: State
    audits: Mapping[str, AuditKnown]


def read(session: Session, province_id: int, operations: Sequence[Sent], *, by: log.Actor, now: datetime) -> Known:
    """Read, and lock, everything that a batch touches. Raises Forbidden for a device of another account."""
    last_seq = {
        device_id: last_number(session, device_id, by, now)
        for device_id in sorted({each.device_id for each in operations})
    }
    connection = session.connection()
    audits: dict[str, AuditKnown] = {}
    facts: dict[str, AuditFacts] = {}
    targets: dict[tuple[str, str], Target] = {}
    for reference in sorted({each.audit for each in operations}):
        names = {each.target for each in operations if each.audit == reference}
        found = _audit(connection, session, province_id, reference, names, by)
        if found is not None:
            audits[reference], facts[reference] = found
            targets |= {(reference, name): target for name, target in _targets(session, found[0]).items()}
    references = {audit.id: reference for reference, audit in audits.items()}
    receipts, refused = ledger.past(connection, province_id, operations, references)
    state = State(
        audits=facts,
        receipts=receipts,
        last_seq=last_seq,
        targets=targets,
        refused=refused,
    )
    return Known(state, audits)


def last_number(session: Session, device_id: str, by: log.Actor, now: datetime) -> int:
    """The `last_seq` of a device, its row locked and made when it is new. Forbidden when it is another account's."""
    connection = session.connection()
    found = connection.execute(_DEVICE, {"device": device_id}).one_or_none()
    if found is None:
        made = {"id": device_id, "user_id": by.user_id, "created_at": now, "last_seen": now, "last_seq": 0}
        try:
            with session.begin_nested():
                connection.execute(insert(_DEVICES), made)
        except IntegrityError:  # another request of the same device was faster
            pass
        found = connection.execute(_DEVICE, {"device": device_id}).one()
    if found.user_id != by.user_id:
        raise Forbidden("operation.device_of_other", record=device_id, field="device_id")
    return int(found.last_seq)


def _audit(
    connection: Connection, session: Session, province_id: int, reference: str, names: set[str], by: log.Actor
) -> tuple[AuditKnown, AuditFacts] | None:
    key = {"province": province_id, "reference": storable(reference), "person": by.user_id}
    row = connection.execute(_AUDIT, key).one_or_none()
    if row is None:
        return None
    checklist = pinned(session, row.checklist_version_id, row.digest)
    answers = row.role is not None and bool(row.inspects)
    codes = [name for name in names if checklist.criterion(name) is not None]
    about = {"province": province_id, "audit": row.id, "version": row.checklist_version_id, "codes": codes}
    keys, standing = {}, {}
    rows: Iterable[Any] = connection.execute(_STANDING, about) if codes else ()
    for code, criterion_id, *columns in rows:
        keys[code] = criterion_id
        if columns[-1] is not None:
            standing[code] = answer_of(*columns)
    texts = [storable(name[1:]) for name in names if name.startswith("@")]
    about = {"province": province_id, "audit": row.id, "targets": texts}
    held: Iterable[Any] = connection.execute(_HELD, about).mappings() if texts else ()
    entries: dict[str, Mapping[str, Any]] = {each["target"]: each for each in held}
    known = AuditKnown(province_id, row.id, reference, row.state, row.revision, keys, standing, entries)
    return known, AuditFacts(row.state, checklist, answers, answers and row.role is TeamRole.HEAD)


def _targets(session: Session, audit: AuditKnown) -> dict[str, Target]:
    """The targets of the criteria, entries and general texts that the batch names."""
    found = {f"@{name}": _entry_target(name, row) for name, row in audit.entries.items()}
    for code, answer in audit.answers.items():
        standing = Revision(answer.revision, answer.value(), _IMPORTED, _IMPORTED, True)
        contenders: Sequence[Revision] = ()
        if answer.conflict:
            contenders = open_conflicts(session, audit.province_id, audit.id, audit.criteria[code])
        found[code] = Target(answer.revision, standing, tuple(contenders))
    return found


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


def _entry_target(name: str, row: Mapping[str, Any]) -> Target:
    def taken(number: int, value: Any, device_id: str | None, op_id: str | None, stands: bool) -> Revision:
        return Revision(number, entry_value(name, value), device_id or _IMPORTED, op_id or _IMPORTED, stands)

    return Target(
        row["revision"],
        taken(row["revision"], row["value"], row["device_id"], row["op_id"], True),
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
