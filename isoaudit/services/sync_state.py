"""What is known before a batch of operations is judged: devices, ledger, audits, targets; a fixed few queries.

Judging is `domain.merge`, writing `sync`. Every tap comes through here, so the statements are built once and go past
the ORM.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, bindparam, exists, func, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from isoaudit.db import Base
from isoaudit.domain.access import Permission, may
from isoaudit.domain.errors import Forbidden
from isoaudit.domain.localday import local_day
from isoaudit.domain.merge import AuditFacts, Reply, State, Target
from isoaudit.domain.operations import SIGNATURE, Kind
from isoaudit.domain.operations import Operation as Sent
from isoaudit.domain.vocabulary import Role, TeamRole
from isoaudit.services import ledger, log
from isoaudit.services.audits.reading import answer_of, pinned
from isoaudit.services.ledger import storable
from isoaudit.services.sync_targets import AuditKnown, targets_of

_DEVICES, _AUDITS, _VERSIONS, _TEAMS, _ROLES, _CRITERIA, _ANSWERS, _ENTRIES, _UNITS, _TAKEN, _SIGNED, _LEDGER = (
    Base.metadata.tables[name]
    for name in (
        *("device", "audit", "checklist_version", "team_member", "user_role"),
        *("criterion", "answer", "entry", "unit", "audit_device", "signature", "operation"),
    )
)
_DEVICE = (
    select(*(_DEVICES.c[name] for name in ("user_id", "last_seq", "chain", "revoked_at")))
    .where(_DEVICES.c.id == bindparam("device"))
    .with_for_update(key_share=True)
)
_AUDIT = (
    select(
        *(_AUDITS.c[name] for name in ("id", "state", "revision", "checklist_version_id", "created_at")),
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
    .with_for_update(of=_AUDITS, key_share=True)
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


def _here(table: Table) -> ColumnElement[bool]:
    return (table.c.province_id == bindparam("province")) & (table.c.audit_id == bindparam("audit"))


_of_audit = {
    "taken_at": select(func.min(_TAKEN.c.taken_at)).where(_here(_TAKEN)),
    "signed": select(_SIGNED.c.digest).where(_here(_SIGNED)).order_by(_SIGNED.c.number.desc()).limit(1),
    "signings": select(func.count()).where(
        _here(_LEDGER), _LEDGER.c.target == SIGNATURE, _LEDGER.c.outcome == Reply.ACCEPTED.value
    ),
}
_SIGNING = (
    select(
        *(_AUDITS.c[name] for name in ("planned_on", "started_at", "core_only")),
        _UNITS.c.kind,
        *(made.scalar_subquery().label(name) for name, made in _of_audit.items()),
    )
    .join(_UNITS, _UNITS.c.id == _AUDITS.c.unit_id)
    .where(_AUDITS.c.province_id == bindparam("province"), _AUDITS.c.id == bindparam("audit"))
)
"""What only a signature needs."""
_ALL_HELD = select(_ENTRIES).where(
    _ENTRIES.c.province_id == bindparam("province"), _ENTRIES.c.audit_id == bindparam("audit")
)
_HELD = _ALL_HELD.where(_ENTRIES.c.target.in_(bindparam("targets")))


@dataclass(frozen=True, slots=True)
class Known:
    """The state for `merge.plan_batch`, the keys of the rows behind it, and the chain of each device."""

    state: State
    audits: Mapping[str, AuditKnown]
    chains: Mapping[str, str]


def read(
    session: Session,
    province_id: int,
    operations: Sequence[Sent],
    *,
    by: log.Actor,
    now: datetime,
    revoked_too: bool = False,
    planned: Mapping[str, datetime],
) -> Known:
    """Read, and lock, everything that a batch touches; `planned` as for `sync.take`. Raises Forbidden for a device of
    another account or a revoked one."""
    devices = {
        device_id: device_row(session, device_id, by, now)
        for device_id in sorted({each.device_id for each in operations})
    }
    for device_id, row in devices.items():
        if row.revoked_at is not None and not revoked_too:
            raise Forbidden("device.revoked", record=device_id)
    connection = session.connection()
    audits: dict[str, AuditKnown] = {}
    facts: dict[str, AuditFacts] = {}
    targets: dict[tuple[str, str], Target] = {}
    for reference in sorted({each.audit for each in operations}):
        its = [each for each in operations if each.audit == reference]
        found = _audit(connection, session, province_id, reference, its, by, now, planned.get(reference))
        if found is not None:
            audits[reference], facts[reference] = found
            targets |= {(reference, name): target for name, target in targets_of(session, found[0]).items()}
    references = {audit.id: reference for reference, audit in audits.items()}
    receipts, refused = ledger.past(connection, province_id, operations, references)
    state = State(
        audits=facts,
        receipts=receipts,
        last_seq={device_id: int(row.last_seq) for device_id, row in devices.items()},
        targets=targets,
        refused=refused,
    )
    return Known(state, audits, {device_id: str(row.chain) for device_id, row in devices.items()})


def lock(session: Session, province_id: int, operations: Sequence[Sent], *, by: log.Actor, now: datetime) -> None:
    """Lock the devices and audits of a batch that is read in several parts, in the order in which `read` does."""
    for device_id in sorted({each.device_id for each in operations}):
        device_row(session, device_id, by, now)
    for reference in sorted({each.audit for each in operations}):
        key = {"province": province_id, "reference": storable(reference), "person": by.user_id}
        session.connection().execute(_AUDIT, key)


def device_row(session: Session, device_id: str, by: log.Actor, now: datetime) -> Any:
    """A device's owner, `last_seq`, chain and when it was revoked; locked, and made when it is new. Raises Forbidden
    when it is another account's."""
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
    return found


def _audit(
    connection: Connection,
    session: Session,
    province_id: int,
    reference: str,
    operations: Sequence[Sent],
    by: log.Actor,
    now: datetime,
    planned: datetime | None,
) -> tuple[AuditKnown, AuditFacts] | None:
    key = {"province": province_id, "reference": storable(reference), "person": by.user_id}
    row = connection.execute(_AUDIT, key).one_or_none()
    if row is None or (planned is not None and planned != row.created_at):
        return None
    checklist = pinned(session, row.checklist_version_id, row.digest)
    answers = row.role is not None and bool(row.inspects)
    names = {each.target for each in operations}
    signs = any(each.kind == Kind.SIGN for each in operations)
    codes = [each.code for each in checklist.criteria if signs or each.code in names]
    about = {"province": province_id, "audit": row.id, "version": row.checklist_version_id, "codes": codes}
    keys, standing = {}, {}
    rows: Iterable[Any] = connection.execute(_STANDING, about) if codes else ()
    for code, criterion_id, *columns in rows:
        keys[code] = criterion_id
        if columns[-1] is not None:
            standing[code] = answer_of(*columns)
    texts = [storable(name[1:]) for name in names if name.startswith("@")]
    about = {"province": province_id, "audit": row.id}
    held: Iterable[Any] = ()
    if texts:
        found = connection.execute(_ALL_HELD, about) if signs else connection.execute(_HELD, about | {"targets": texts})
        held = found.mappings()
    entries: dict[str, Mapping[str, Any]] = {each["target"]: each for each in held}
    facts = AuditFacts(row.state, checklist, answers, answers and row.role is TeamRole.HEAD)
    known = AuditKnown(province_id, row.id, reference, row.state, row.revision, keys, standing, entries)
    if SIGNATURE in names:
        facts, known.signings = _for_signing(connection, facts, about, now)
    return known, facts


def _for_signing(
    connection: Connection, facts: AuditFacts, about: Mapping[str, int], now: datetime
) -> tuple[AuditFacts, int]:
    """The facts with what only a signature needs, and how often the audit was signed or amended."""
    row = connection.execute(_SIGNING, about).one()
    moments = [local_day(each) for each in (row.started_at, row.taken_at) if each is not None]
    days = [*moments, *([row.planned_on] if row.planned_on else [])]
    whole = replace(
        facts,
        kind=row.kind.value,
        core=row.core_only,
        first_day=min(days, default=None),
        last_day=local_day(now),
        signed=row.signed,
    )
    return whole, row.signings
