"""The rows behind packages: of any number of audits in one query each; making JSON of them is in `content`.

The statements are built once and go past the ORM.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import and_, bindparam, func, or_, select
from sqlalchemy.orm import Session

from isoaudit.db import Base
from isoaudit.domain.vocabulary import AuditState, Mode, NonconformityState
from isoaudit.services import settings
from isoaudit.services.audits.waiting import PHOTO_LOST

RECENT = timedelta(days=30)
"""How long an audit with minutes is still listed."""
OPEN = (AuditState.PLANNED, AuditState.UNDER_WAY, AuditState.SIGNED)
DONE = (AuditState.MINUTED, AuditState.CONCLUDED)
_MOST_PROCEDURES = 500
_audits, _units, _programmes, _documents, _versions, _members, _people = (
    Base.metadata.tables[name]
    for name in ("audit", "unit", "programme", "document", "checklist_version", "team_member", "user_account")
)
_answers, _criteria, _given, _entries, _evidence, _findings, _signatures, _taken, _devices, _events = (
    Base.metadata.tables[name]
    for name in (
        *("answer", "criterion", "answer_revision", "entry", "evidence", "nonconformity", "signature"),
        *("audit_device", "device", "audit_event"),
    )
)
_district, _earlier = _units.alias("district"), _audits.alias("earlier")
_mine = _members.alias("mine")
_previous = (
    select(_earlier.c.id)
    .where(
        _earlier.c.province_id == _audits.c.province_id,
        _earlier.c.unit_id == _audits.c.unit_id,
        _earlier.c.id != _audits.c.id,
        _earlier.c.mode != Mode.SELF,
        _earlier.c.state.in_(DONE),
        or_(_audits.c.minuted_on.is_(None), _earlier.c.minuted_on < _audits.c.minuted_on),
    )
    .order_by(_earlier.c.minuted_on.desc(), _earlier.c.id.desc())
    .limit(1)
    .scalar_subquery()
)
_MINE = (
    select(
        *(_audits.c[name] for name in ("id", "reference", "state", "mode", "purpose", "core_only", "revision")),
        *(_audits.c[name] for name in ("planned_on", "started_at", "minuted_on", "group_name", "created_at")),
        *(_audits.c[name] for name in ("unit_id", "checklist_version_id")),
        _versions.c.digest.label("checklist"),
        *(_units.c[name].label(f"unit_{name}") for name in ("code", "name", "kind")),
        _district.c.name.label("district"),
        *(_programmes.c[name].label(f"programme_{name}") for name in ("year", "name")),
        _documents.c.number.label("programme_document"),
        _documents.c.issued_on.label("programme_document_day"),
        _mine.c.role,
        _previous.label("previous"),
    )
    .join(
        _mine,
        (_mine.c.province_id == _audits.c.province_id)
        & (_mine.c.audit_id == _audits.c.id)
        & (_mine.c.user_id == bindparam("person")),
    )
    .join(_units, _units.c.id == _audits.c.unit_id)
    .join(_versions, _versions.c.id == _audits.c.checklist_version_id)
    .outerjoin(_district, _district.c.id == _units.c.parent_id)
    .outerjoin(_programmes, _programmes.c.id == _audits.c.programme_id)
    .outerjoin(_documents, _documents.c.id == _programmes.c.document_id)
    .where(_audits.c.province_id == bindparam("province"))
    .order_by(_audits.c.planned_on, _audits.c.reference)
)
_LISTED = _MINE.where(
    or_(_audits.c.state.in_(OPEN), and_(_audits.c.state.in_(DONE), _audits.c.minuted_on >= bindparam("since")))
)
_ONE = _MINE.where(_audits.c.reference == bindparam("reference"))
_TEAMS = (
    select(_members.c.audit_id, _people.c.id, _people.c.full_name, _members.c.role, _members.c.contents)
    .join(_people, _people.c.id == _members.c.user_id)
    .where(_members.c.province_id == bindparam("province"), _members.c.audit_id.in_(bindparam("audits")))
    .order_by(_people.c.sort_key, _people.c.id)
)
_STANDING = (
    select(
        *(_answers.c.audit_id, _criteria.c.code),
        *(_answers.c[name] for name in ("grade", "note", "reason", "due_on", "request")),
        *(_answers.c[name] for name in ("evidence", "documents", "dossiers", "revision", "conflict")),
    )
    .join(_criteria, _criteria.c.id == _answers.c.criterion_id)
    .where(_answers.c.province_id == bindparam("province"), _answers.c.audit_id.in_(bindparam("audits")))
    .order_by(_answers.c.audit_id, _criteria.c.position)
)
_HISTORY = (
    select(
        *(_given.c.audit_id, _criteria.c.code),
        *(_given.c[name] for name in ("number", "outcome", "value", "by", "device_id", "at")),
    )
    .join(_criteria, _criteria.c.id == _given.c.criterion_id)
    .where(_given.c.province_id == bindparam("province"), _given.c.audit_id.in_(bindparam("audits")))
    .order_by(_given.c.audit_id, _given.c.criterion_id, _given.c.number)
)
_ENTRIES = (
    select(
        *(_entries.c[name] for name in ("audit_id", "target", "revision", "value", "contenders", "by", "at")),
    )
    .where(_entries.c.province_id == bindparam("province"), _entries.c.audit_id.in_(bindparam("audits")))
    .order_by(_entries.c.audit_id, _entries.c.target)
)
_FILES = select(_evidence.c.sha256, _evidence.c.size).where(
    _evidence.c.province_id == bindparam("province"), _evidence.c.sha256.in_(bindparam("files"))
)
_OPEN_FINDINGS = (
    select(
        _findings.c.unit_id,
        *(_audits.c.reference, _criteria.c.code, _findings.c.grade, _findings.c.state),
        func.coalesce(_findings.c.description, _answers.c.note).label("description"),
        *(_findings.c.raised_on, _findings.c.due_on, _audits.c.checklist_version_id),
        _versions.c.digest.label("checklist"),
    )
    .join(_audits, (_audits.c.province_id == _findings.c.province_id) & (_audits.c.id == _findings.c.audit_id))
    .join(_criteria, _criteria.c.id == _findings.c.criterion_id)
    .join(_versions, _versions.c.id == _audits.c.checklist_version_id)
    .outerjoin(
        _answers,
        (_answers.c.province_id == _findings.c.province_id)
        & (_answers.c.audit_id == _findings.c.audit_id)
        & (_answers.c.criterion_id == _findings.c.criterion_id),
    )
    .where(
        _findings.c.province_id == bindparam("province"),
        _findings.c.unit_id.in_(bindparam("units")),
        _findings.c.voided_at.is_(None),
        _findings.c.state != NonconformityState.CLOSED,
        _audits.c.state.in_(DONE),
        _audits.c.mode != Mode.SELF,
    )
    .order_by(_findings.c.due_on, _audits.c.reference, _criteria.c.position)
)
_PREVIOUS = (
    select(
        *(_answers.c.audit_id, _criteria.c.code, _answers.c.grade, _answers.c.note, _answers.c.request),
        _audits.c.minuted_on,
    )
    .join(_criteria, _criteria.c.id == _answers.c.criterion_id)
    .join(_audits, (_audits.c.province_id == _answers.c.province_id) & (_audits.c.id == _answers.c.audit_id))
    .where(_answers.c.province_id == bindparam("province"), _answers.c.audit_id.in_(bindparam("earlier")))
)
_SIGNED = (
    select(
        *(_signatures.c[name] for name in ("audit_id", "number", "digest", "minuted_on", "signed_at", "by")),
        *(_signatures.c[name] for name in ("signatures", "amends")),
    )
    .where(_signatures.c.province_id == bindparam("province"), _signatures.c.audit_id.in_(bindparam("audits")))
    .order_by(_signatures.c.audit_id, _signatures.c.number)
)
_ALONG = (
    select(
        *(_taken.c[name] for name in ("audit_id", "device_id", "delivered_at", "released_at")),
        *(_devices.c.name, _devices.c.holds, _devices.c.revoked_at, _people.c.full_name),
    )
    .join(_devices, _devices.c.id == _taken.c.device_id)
    .join(_people, _people.c.id == _devices.c.user_id)
    .where(_taken.c.province_id == bindparam("province"), _taken.c.audit_id.in_(bindparam("audits")))
    .order_by(_taken.c.audit_id, _taken.c.taken_at, _taken.c.device_id)
)
_LOST = (
    select(*(_events.c[name] for name in ("audit_id", "content", "reason")))
    .where(
        _events.c.province_id == bindparam("province"),
        _events.c.audit_id.in_(bindparam("audits")),
        _events.c.what == PHOTO_LOST,
    )
    .order_by(_events.c.audit_id, _events.c.number)
)
_DOSSIERS = (
    select(_entries.c.value)
    .where(_entries.c.province_id == bindparam("province"), _entries.c.target.like("dossier/%"))
    .order_by(_entries.c.at.desc())
    .limit(_MOST_PROCEDURES)
)


@dataclass(frozen=True)
class Rows:
    """Everything of the audits asked for; the mappings are by key of the audit, `findings` by key of the unit."""

    audits: Sequence[Any]
    settings: Mapping[str, Any]
    teams: Mapping[int, Sequence[Any]] = field(default_factory=dict)
    answers: Mapping[int, Sequence[Any]] = field(default_factory=dict)
    history: Mapping[int, Sequence[Any]] = field(default_factory=dict)
    entries: Mapping[int, Sequence[Any]] = field(default_factory=dict)
    files: Mapping[str, int] = field(default_factory=dict)
    findings: Mapping[int, Sequence[Any]] = field(default_factory=dict)
    previous: Mapping[int, Sequence[Any]] = field(default_factory=dict)
    signatures: Mapping[int, Sequence[Any]] = field(default_factory=dict)
    devices: Mapping[int, Sequence[Any]] = field(default_factory=dict)
    lost: Mapping[int, Sequence[Any]] = field(default_factory=dict)
    procedures: Sequence[str] = ()


def of_person(session: Session, province_id: int, user_id: int, today: date) -> Rows:
    """The audits in whose team a person is and that are open, or have had minutes for less than `RECENT`."""
    key = {"province": province_id, "person": user_id, "since": today - RECENT}
    return _rows(session, province_id, session.connection().execute(_LISTED, key).all())


def of_audit(session: Session, province_id: int, user_id: int, reference: str) -> Rows:
    """One audit, in any state; no rows when the person is not in its team."""
    key = {"province": province_id, "person": user_id, "reference": reference}
    return _rows(session, province_id, session.connection().execute(_ONE, key).all())


def _rows(session: Session, province_id: int, audits: Sequence[Any]) -> Rows:
    told = settings.read(session)
    if not audits:
        return Rows(audits, told)
    connection = session.connection()
    key: dict[str, Any] = {
        "province": province_id,
        "audits": [each.id for each in audits],
        "units": [each.unit_id for each in audits],
        "earlier": [each.previous for each in audits if each.previous is not None],
    }
    answers = connection.execute(_STANDING, key).all()
    history = connection.execute(_HISTORY, key).all()
    entries = connection.execute(_ENTRIES, key).all()
    files = connection.execute(_FILES, key | {"files": sorted(files_of(answers, history, entries))}).all()
    return Rows(
        audits,
        told,
        teams=_by(connection.execute(_TEAMS, key)),
        answers=_by(answers),
        history=_by(history),
        entries=_by(entries),
        files={each.sha256: each.size for each in files},
        findings=_by(connection.execute(_OPEN_FINDINGS, key)),
        previous=_by(connection.execute(_PREVIOUS, key)),
        signatures=_by(connection.execute(_SIGNED, key)),
        devices=_by(connection.execute(_ALONG, key)),
        lost=_by(connection.execute(_LOST, key)),
        procedures=_procedures(connection.execute(_DOSSIERS, key)),
    )


def files_of(answers: Iterable[Any], history: Iterable[Any], entries: Iterable[Any]) -> set[str]:
    """The digests of the files that answers (those that wait too) and photos name."""
    found = {sha256 for row in answers for sha256 in row.evidence or ()}
    found |= {sha256 for row in history if row.outcome == "conflict" for sha256 in row.value.get("evidence") or ()}
    named = (row.target.partition("/") for row in entries if row.value is not None)
    return found | {name for kind, _slash, name in named if kind == "photo"}


def _by(rows: Iterable[Any]) -> dict[int, list[Any]]:
    """Rows by their first column."""
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(row)
    return found


def _procedures(rows: Iterable[Any]) -> list[str]:
    names = {str(row.value.get("procedure") or "").strip() for row in rows if row.value}
    return sorted(names - {""})
