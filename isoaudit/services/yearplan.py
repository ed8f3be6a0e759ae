"""The visits of a year, of its programmes and outside of them, with their teams and the days that they were moved to.

A fixed few queries; what they add up to is `domain.yearplan`.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Date, func, or_, select
from sqlalchemy.orm import Session, aliased

from isoaudit.db import Audit, AuditEvent, Programme, TeamMember, Unit, User
from isoaudit.domain.vocabulary import BLOCK_OF, Mode
from isoaudit.domain.yearplan import Member, Move, Visit
from isoaudit.services.moving import MOVED
from isoaudit.services.overview.register import Chains

PLANNED = "planned"


@dataclass(slots=True)
class _Course:
    """The day first planned, as the events tell it, and the moves in order."""

    first: date | None = None
    moves: list[Move] = field(default_factory=list)


def visits(session: Session, province_id: int, year: int, today: date) -> list[Visit]:
    """The audits of the year's programmes, and those planned or minuted in it; no self-assessments, none only imported
    from another body without a day. By programme, group, day."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    district = aliased(Unit)
    in_year = or_(
        Programme.year == year,
        Programme.id.is_(None) & (Audit.planned_on.between(first, last) | Audit.minuted_on.between(first, last)),
    )
    rows = session.execute(
        select(Audit, Unit.name, Unit.kind, district.name, Programme.name)
        .join(Unit, Unit.id == Audit.unit_id)
        .outerjoin(district, district.id == Unit.parent_id)
        .outerjoin(Programme, Programme.id == Audit.programme_id)
        .where(Audit.province_id == province_id, Audit.mode != Mode.SELF, in_year)
        .order_by(
            Programme.id.is_(None),
            Programme.id,
            func.coalesce(Audit.group_name, ""),
            func.coalesce(Audit.minuted_on, Audit.planned_on),
            Unit.sort_key,
            Audit.id,
        )
    ).all()
    ids = [row[0].id for row in rows]
    teams, days = _teams(session, province_id, ids), _days(session, province_id, ids)
    chains = Chains(session, today)
    return [
        Visit(
            reference=audit.reference,
            unit=chains.unit(audit.unit_id),
            unit_id=audit.unit_id,
            name=name,
            block=BLOCK_OF[kind],
            district=place or "",
            programme_id=audit.programme_id,
            programme=programme or "",
            group=audit.group_name or "",
            mode=audit.mode,
            purpose=audit.purpose,
            state=audit.state,
            first_on=days[audit.id].first or audit.planned_on,
            planned_on=audit.planned_on,
            minuted_on=audit.minuted_on,
            moves=tuple(days[audit.id].moves),
            team=tuple(teams[audit.id]),
            reason=audit.cancel_reason or "",
        )
        for audit, name, kind, place, programme in rows
    ]


def years(session: Session, province_id: int) -> list[int]:
    """The years that have programmes or visits, newest first."""
    planned = set(
        session.scalars(
            select(Programme.year).where(Programme.province_id == province_id, Programme.voided_at.is_(None))
        )
    )
    day = func.coalesce(Audit.minuted_on, Audit.planned_on, type_=Date)
    first, last = session.execute(
        select(func.min(day), func.max(day)).where(Audit.province_id == province_id, Audit.mode != Mode.SELF)
    ).one()
    if first and last:
        planned |= set(range(first.year, last.year + 1))
    return sorted(planned, reverse=True)


def _teams(session: Session, province_id: int, ids: list[int]) -> defaultdict[int, list[Member]]:
    found: defaultdict[int, list[Member]] = defaultdict(list)
    rows = session.execute(
        select(TeamMember.audit_id, TeamMember.user_id, User.full_name, TeamMember.role)
        .join(User, User.id == TeamMember.user_id)
        .where(TeamMember.province_id == province_id, TeamMember.audit_id.in_(ids))
        .order_by(TeamMember.role, User.sort_key)
    )
    for audit, user, name, role in rows:
        found[audit].append(Member(user, name, role))
    return found


def _days(session: Session, province_id: int, ids: list[int]) -> defaultdict[int, _Course]:
    found: defaultdict[int, _Course] = defaultdict(_Course)
    rows = session.execute(
        select(AuditEvent.audit_id, AuditEvent.what, AuditEvent.on_day, AuditEvent.reason)
        .where(
            AuditEvent.province_id == province_id,
            AuditEvent.audit_id.in_(ids),
            AuditEvent.what.in_((PLANNED, MOVED)),
        )
        .order_by(AuditEvent.audit_id, AuditEvent.number)
    )
    for audit, what, day, why in rows:
        if what == PLANNED:
            found[audit].first = day
        elif day is not None:
            found[audit].moves.append(Move(day, why or ""))
    return found
