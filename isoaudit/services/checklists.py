"""Published checklist versions: putting shipped files into the database, and reading them back as values."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from isoaudit.db import Audit, ChecklistVersion, CriterionRow, Unit
from isoaudit.domain.checklist import Checklist
from isoaudit.domain.checklist_file import parse
from isoaudit.domain.diff import Difference, diff, version_key
from isoaudit.domain.digest import checklist_digest, criterion_digest
from isoaudit.domain.errors import Invalid, NotFound
from isoaudit.domain.vocabulary import AuditState
from isoaudit.services import library, log, settings

_PARSED: dict[str, Checklist] = {}


@dataclass(frozen=True, slots=True)
class Published:
    """What publishing did: versions added, and versions that were there already."""

    added: tuple[str, ...]
    unchanged: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PinnedAudit:
    """An audit that is not minuted yet and pins an older version of a checklist."""

    reference: str
    unit: str
    version: str
    state: AuditState
    difference: Difference


def publish(session: Session, files: list[library.ChecklistFile], *, by: log.Actor, now: datetime) -> Published:
    """Insert the versions whose digest stands in `published.toml`. Insert-only: the same version with other content
    is refused, and so is a file that was never recorded as published."""
    recorded = library.published()
    added, unchanged = [], []
    for file in files:
        digest = checklist_digest(file.data)
        name = f"{file.checklist.id} {file.checklist.version}"
        if recorded.get(file.path) != digest:
            raise Invalid("checklist.not_recorded", record=file.path)
        row = find(session, file.checklist.id, file.checklist.version)
        if row is not None and row.digest != digest:
            raise Invalid("checklist.other_content", record=name)
        if row is not None:
            unchanged.append(name)
            continue
        _insert(session, file, digest, now)
        added.append(name)
    if added:
        home = settings.home(session)
        log.append(session, home.id, "checklist.publish", ", ".join(added), by=by, now=now, counts=True)
    return Published(tuple(added), tuple(unchanged))


def find(session: Session, name: str, version: str) -> ChecklistVersion | None:
    """The published version, or None."""
    return session.scalar(
        select(ChecklistVersion).where(ChecklistVersion.name == name, ChecklistVersion.version == version)
    )


def versions(session: Session) -> list[ChecklistVersion]:
    """Every published version, by name, newest version first."""
    rows = list(session.scalars(select(ChecklistVersion)))
    return sorted(rows, key=lambda row: (row.name, [-part for part in version_key(row.version)]))


def get(session: Session, version_id: int) -> ChecklistVersion:
    """The published version of that key. Raises `NotFound`."""
    row = session.get(ChecklistVersion, version_id)
    if row is None:
        raise NotFound("checklist.unknown", record=version_id)
    return row


def content(row: ChecklistVersion) -> Checklist:
    """The version as values; parsed once a process, since a published version never changes."""
    if row.digest not in _PARSED:
        _PARSED[row.digest] = parse(row.content)
    return _PARSED[row.digest]


def contents(session: Session, version_ids: Collection[int]) -> dict[int, Checklist]:
    """Several versions as values, by key; what the process has parsed before is not read again."""
    wanted = select(ChecklistVersion.id, ChecklistVersion.digest).where(ChecklistVersion.id.in_(version_ids))
    digests = {row.id: row.digest for row in session.execute(wanted)}
    return {
        key: _PARSED[digest] if digest in _PARSED else content(get(session, key)) for key, digest in digests.items()
    }


def criterion_ids(session: Session, version_id: int) -> dict[str, int]:
    """Code → key of the criterion's row."""
    rows = session.execute(
        select(CriterionRow.code, CriterionRow.id).where(CriterionRow.checklist_version_id == version_id)
    )
    return {row.code: row.id for row in rows}


def impact(session: Session, new: Checklist) -> list[PinnedAudit]:
    """The audits under way or planned that pin another version of this checklist, with what differs from `new`."""
    rows = session.execute(
        select(Audit.reference, Unit.name, Audit.state, ChecklistVersion)
        .join(Unit, Unit.id == Audit.unit_id)
        .join(ChecklistVersion, ChecklistVersion.id == Audit.checklist_version_id)
        .where(
            ChecklistVersion.name == new.id,
            ChecklistVersion.version != new.version,
            Audit.state.in_([AuditState.PLANNED, AuditState.UNDER_WAY]),
        )
        .order_by(Audit.reference)
    )
    return [
        PinnedAudit(reference, unit, row.version, state, diff(content(row), new))
        for reference, unit, state, row in rows
    ]


def uses(session: Session) -> dict[int, int]:
    """Key of a published version → how many audits pin it."""
    rows = session.execute(
        select(Audit.checklist_version_id, func.count().label("audits")).group_by(Audit.checklist_version_id)
    )
    return {row.checklist_version_id: row.audits for row in rows}


def _insert(session: Session, file: library.ChecklistFile, digest: str, now: datetime) -> None:
    checklist = file.checklist
    row = ChecklistVersion(
        name=checklist.id,
        version=checklist.version,
        edition=checklist.edition,
        digest=digest,
        content=file.data,
        published_at=now,
    )
    session.add(row)
    session.flush()
    session.execute(
        insert(CriterionRow),
        [
            {
                "checklist_version_id": row.id,
                "position": position,
                "code": each.code,
                "part": each.part.value,
                "clause": each.clause or None,
                "clause2": each.second_level,
                "rule": each.rule or None,
                "weight": each.weight,
                "gate": each.gate,
                "core": each.core,
                "conditional": bool(each.applies_to) or each.when is not None,
                "digest": criterion_digest(each),
            }
            for position, each in enumerate(checklist.criteria, 1)
        ],
    )
