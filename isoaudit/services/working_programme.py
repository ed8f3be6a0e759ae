"""The working programme of an audit: proposed from its checklist and team, edited, kept in insert-only revisions."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session as Database

from isoaudit.db import WorkingProgramme
from isoaudit.domain.errors import Conflict
from isoaudit.domain.vocabulary import AuditState, Where
from isoaudit.domain.worksessions import Session, checked, proposed, unanswered
from isoaudit.services import log
from isoaudit.services.audits.reading import AuditView


@dataclass(frozen=True, slots=True)
class Programme:
    """The sessions of an audit; `number` is 0 for a programme that is only proposed."""

    number: int
    sessions: tuple[Session, ...]
    open: tuple[Where, ...]
    """The positions for which nobody answers."""


def read(session: Database, audit: AuditView, *, anew: bool = False) -> Programme:
    """The programme as it was last kept, without people who left the team; a proposed one while there is none, or when
    asked `anew`."""
    row = _last(session, audit)
    team = {each.user_id for each in audit.members}
    if row is None or anew:
        criteria = audit.checklist.asked(audit.unit.kind, {}, core=audit.row.core_only)
        members = [(each.user_id, each.role) for each in audit.members]
        sessions = proposed(criteria, members, audit.row.planned_on)
    else:
        kept = map(Session.of, row.lines)
        sessions = tuple(replace(each, members=tuple(user for user in each.members if user in team)) for each in kept)
    return Programme(row.number if row else 0, sessions, unanswered(sessions, audit.asked))


def kept(session: Database, audit: AuditView) -> tuple[Session, ...]:
    """The sessions as they were last kept, whoever is in the team today; none while there is no programme."""
    row = _last(session, audit)
    return tuple(map(Session.of, row.lines)) if row else ()


def write(
    session: Database, audit: AuditView, sessions: Sequence[Session], *, seen: int, by: log.Actor, now: datetime
) -> WorkingProgramme:
    """Keep a programme as its next revision. `seen` is the revision that the person saw.

    Raises Refusals for lines that do not hold, Conflict when the audit has its minutes or somebody was quicker.
    """
    if audit.state not in (AuditState.PLANNED, AuditState.UNDER_WAY):
        raise Conflict("programme.sessions_closed", record=audit.reference, vi=audit.state.vi, en=audit.state.en)
    checked(sessions, frozenset(each.user_id for each in audit.members), audit.reference)
    last = _last(session, audit)
    standing = last.number if last else 0
    if seen != standing:
        raise Conflict("fact.stale", record=audit.reference)
    lines = [each.plain() for each in sessions]
    if last is not None and last.lines == lines:
        return last
    row = WorkingProgramme(
        province_id=audit.row.province_id,
        audit_id=audit.row.id,
        number=standing + 1,
        lines=lines,
        at=now,
        by=by.user_id,
    )
    session.add(row)
    session.flush()
    log.append(
        session,
        audit.row.province_id,
        "audit.sessions",
        audit.reference,
        by=by,
        now=now,
        number=row.number,
        lines=len(lines),
    )
    return row


def _last(session: Database, audit: AuditView) -> WorkingProgramme | None:
    return session.scalar(
        select(WorkingProgramme)
        .where(WorkingProgramme.province_id == audit.row.province_id, WorkingProgramme.audit_id == audit.row.id)
        .order_by(WorkingProgramme.number.desc())
        .limit(1)
    )
