"""Audits of a programme taken together, as far as one paper for all of them needs to know: two queries."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from isoaudit.db import Audit, ChecklistVersion, TeamMember, Unit, User
from isoaudit.domain.vocabulary import AuditState, Mode, TeamRole
from isoaudit.services.audits.reading import Member


@dataclass(frozen=True, slots=True)
class Grouped:
    """An audit with its unit, its team (heads first) and the edition of its checklist."""

    row: Audit
    unit: Unit
    edition: str
    members: tuple[Member, ...]

    @property
    def head(self) -> Member | None:
        """The head of its team."""
        return next((each for each in self.members if each.role is TeamRole.HEAD), None)


def groups(session: Session, province_id: int, programme_id: int) -> list[tuple[str, Mode, int]]:
    """The groups of a programme with how many audits each has of a mode; no cancelled ones, no self-assessments."""
    rows = session.execute(
        select(Audit.group_name, Audit.mode).where(*_of(province_id, programme_id), Audit.mode != Mode.SELF)
    )
    counts = Counter((name or "", mode) for name, mode in rows)
    order = list(Mode)
    found = sorted(counts.items(), key=lambda each: (order.index(each[0][1]), each[0][0]))
    return [(name, mode, number) for (name, mode), number in found]


def read(session: Session, province_id: int, programme_id: int, mode: Mode, group: str = "") -> list[Grouped]:
    """The audits of a group, or of all groups, in the order of their days."""
    query = (
        select(Audit, Unit, ChecklistVersion.edition)
        .join(Unit, Unit.id == Audit.unit_id)
        .join(ChecklistVersion, ChecklistVersion.id == Audit.checklist_version_id)
        .where(*_of(province_id, programme_id), Audit.mode == mode)
        .order_by(Audit.planned_on, Audit.reference)
    )
    if group:
        query = query.where(Audit.group_name == group)
    rows = session.execute(query).all()
    teams: defaultdict[int, list[Member]] = defaultdict(list)
    for member, name, position in session.execute(
        select(TeamMember, User.full_name, User.position)
        .join(User, User.id == TeamMember.user_id)
        .where(
            TeamMember.province_id == province_id, TeamMember.audit_id.in_([row.id for row, _unit, _edition in rows])
        )
        .order_by(User.sort_key)
    ):
        teams[member.audit_id].append(Member(member.user_id, name, position, member.role, member.contents))
    order = list(TeamRole)
    return [
        Grouped(row, unit, edition, tuple(sorted(teams[row.id], key=lambda each: order.index(each.role))))
        for row, unit, edition in rows
    ]


def _of(province_id: int, programme_id: int) -> tuple[ColumnElement[bool], ...]:
    return (
        Audit.province_id == province_id,
        Audit.programme_id == programme_id,
        Audit.state != AuditState.CANCELLED,
    )
