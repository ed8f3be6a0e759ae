"""Audits in lists, with how far each has come: my audits, those of a programme, all of a year; three queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, case, func, null, or_, select
from sqlalchemy.orm import Session, aliased

from isoaudit.db import Answer, Audit, AuditSource, ChecklistVersion, CriterionRow, Programme, TeamMember, Unit, User
from isoaudit.domain.checklist import Checklist
from isoaudit.domain.text import fold
from isoaudit.domain.vocabulary import AuditState, Grade, Mode, Purpose, TeamRole
from isoaudit.services.audits.reading import counted_in, pinned


@dataclass(frozen=True, slots=True)
class Filters:
    """What to list; an empty filter lets all pass. `user_id`: only audits in whose team the account is."""

    user_id: int | None = None
    programme_id: int | None = None
    year: int | None = None
    state: AuditState | None = None
    unit_ids: tuple[int, ...] | None = None
    text: str = ""
    elsewhere: bool | None = None
    """Only inspections made by others, or only the office's own."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of a list. `asked` is how many criteria are counted (`reading.counted_in`). `district` tells apart
    the communes that share a name."""

    reference: str
    unit_id: int
    unit: str
    district: str | None
    unit_code: str
    programme: str | None
    group: str | None
    mode: Mode
    purpose: Purpose
    state: AuditState
    planned_on: date | None
    minuted_on: date | None
    head: str | None
    role: TeamRole | None
    asked: int
    answered: int
    nonconforming: int
    conflicts: int
    source: str | None = None
    """Who inspected, when it was not this office."""


def listed(session: Session, province_id: int, filters: Filters) -> list[Listed]:
    """The audits that pass, the next ones first: under way or waiting for devices, planned by day, then those done,
    newest first."""
    head, mine, district = _member("head"), _member("mine"), aliased(Unit)
    query = (
        select(
            Audit,
            Unit.name,
            Unit.code,
            Unit.kind,
            Unit.fold,
            Programme.name,
            ChecklistVersion.digest,
            User.full_name,
            mine.c.role if filters.user_id is not None else null(),
            district.name,
            AuditSource.body,
        )
        .join(Unit, Unit.id == Audit.unit_id)
        .outerjoin(district, district.id == Unit.parent_id)
        .join(ChecklistVersion, ChecklistVersion.id == Audit.checklist_version_id)
        .outerjoin(Programme, Programme.id == Audit.programme_id)
        .outerjoin(
            head,
            (head.c.province_id == Audit.province_id) & (head.c.audit_id == Audit.id) & (head.c.role == TeamRole.HEAD),
        )
        .outerjoin(User, User.id == head.c.user_id)
        .outerjoin(
            AuditSource,
            (AuditSource.province_id == Audit.province_id)
            & (AuditSource.audit_id == Audit.id)
            & AuditSource.voided_at.is_(None),
        )
        .where(Audit.province_id == province_id)
    )
    if filters.elsewhere is not None:
        query = query.where(AuditSource.id.is_not(None) if filters.elsewhere else AuditSource.id.is_(None))
    if filters.user_id is not None:
        query = query.join(
            mine,
            (mine.c.province_id == Audit.province_id)
            & (mine.c.audit_id == Audit.id)
            & (mine.c.user_id == filters.user_id),
        )
    if filters.programme_id is not None:
        query = query.where(Audit.programme_id == filters.programme_id)
    if filters.year is not None:
        first, last = date(filters.year, 1, 1), date(filters.year, 12, 31)
        query = query.where(or_(Audit.planned_on.between(first, last), Audit.minuted_on.between(first, last)))
    if filters.state is not None:
        query = query.where(Audit.state == filters.state)
    if filters.unit_ids is not None:
        query = query.where(Audit.unit_id.in_(filters.unit_ids))
    wanted = fold(filters.text)
    found = [
        row
        for row in session.execute(query).unique()
        if not wanted or wanted in row[4] or wanted in fold(f"{row[0].reference} {row[2]}")
    ]
    progress = _progress(session, province_id, [row[0].id for row in found])
    checklists = {row[6]: pinned(session, row[0].checklist_version_id, row[6]) for row in found}
    deciding = _deciding(session, province_id, [row[0].id for row in found], checklists.values())
    lines = []
    for audit, unit, code, kind, _fold, programme, digest, head_name, role, district_name, source in found:
        asked = len(counted_in(checklists[digest], kind, deciding.get(audit.id, {}), audit.core_only))
        answered, nonconforming, conflicts = progress.get(audit.id, (0, 0, 0))
        lines.append(
            Listed(
                audit.reference,
                audit.unit_id,
                unit,
                district_name,
                code,
                programme,
                audit.group_name,
                audit.mode,
                audit.purpose,
                audit.state,
                audit.planned_on,
                audit.minuted_on,
                head_name,
                role,
                asked,
                answered,
                nonconforming,
                conflicts,
                source,
            )
        )
    return sorted(lines, key=_order)


def years(session: Session, province_id: int) -> list[int]:
    """The years in which audits are planned or minuted, newest first."""
    day = func.coalesce(Audit.minuted_on, Audit.planned_on)
    found = session.execute(select(func.min(day), func.max(day)).where(Audit.province_id == province_id)).one()
    first, last = found
    return list(range(last.year, first.year - 1, -1)) if first and last else []


def _member(name: str):  # type: ignore[no-untyped-def]
    return TeamMember.__table__.alias(name)


def _progress(session: Session, province_id: int, audits: Sequence[int]) -> dict[int, tuple[int, int, int]]:
    nonconforming = case((Answer.grade.in_([Grade.MINOR, Grade.MAJOR]), 1))
    rows = session.execute(
        select(
            Answer.audit_id,
            func.count(Answer.grade),
            func.count(nonconforming),
            func.count(case((Answer.conflict, 1))),
        )
        .where(Answer.province_id == province_id, Answer.audit_id.in_(audits))
        .group_by(Answer.audit_id)
    )
    return {audit: (answered, bad, open_ones) for audit, answered, bad, open_ones in rows}


def _deciding(
    session: Session, province_id: int, audits: Sequence[int], versions: Iterable[Checklist]
) -> dict[int, dict[str, Grade | None]]:
    """Of each audit, the grades that say what is counted: those on which other criteria hang, and those of criteria
    that may go unasked (of other kinds, on a condition, outside the short set of an audit that asks only this)."""
    codes = {each.when.criterion for version in versions for each in version.criteria if each.when}
    found: dict[int, dict[str, Grade | None]] = {}
    rows = session.execute(
        select(Answer.audit_id, CriterionRow.code, Answer.grade)
        .join(CriterionRow, CriterionRow.id == Answer.criterion_id)
        .join(Audit, (Audit.province_id == Answer.province_id) & (Audit.id == Answer.audit_id))
        .where(
            Answer.province_id == province_id,
            Answer.audit_id.in_(audits),
            or_(
                CriterionRow.code.in_(codes),
                CriterionRow.conditional,
                and_(Audit.core_only, CriterionRow.core.is_(False)),
            ),
        )
    )
    for audit, code, grade in rows:
        found.setdefault(audit, {})[code] = grade
    return found


def _order(each: Listed) -> tuple[int, int, str]:
    stage = {AuditState.UNDER_WAY: 0, AuditState.SIGNED: 0, AuditState.PLANNED: 1}.get(each.state, 2)
    day = each.minuted_on or each.planned_on or date.max
    return stage, day.toordinal() if stage < 2 else -day.toordinal(), each.reference
