"""Teams of audits to be: who may be in one, and whom to warn about (`domain.team`).

Warnings about members who may not be impartial are confirmed by the office, not refused.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from isoaudit.db import (
    Succession,
    Unit,
    UnitMembership,
    User,
    UserRole,
)
from isoaudit.domain.access import Permission, may
from isoaudit.domain.account import Tie
from isoaudit.domain.errors import Invalid, Refusal
from isoaudit.domain.team import Member, TeamWarning, team_gaps, team_warnings
from isoaudit.domain.vocabulary import Role, TeamRole


@dataclass(frozen=True, slots=True)
class Post:
    """A person in a team to be: the account, the role, the contents assigned."""

    user_id: int
    role: TeamRole
    contents: str = ""


@dataclass(frozen=True, slots=True)
class Partial:
    """A warning: this member may not be impartial towards this unit."""

    unit: Unit
    person: str
    warning: TeamWarning


def candidates(session: Session) -> list[User]:
    """The accounts that may be in a team, by name."""
    allowed = _may_answer()
    query = select(User).join(UserRole).where(User.active, UserRole.role.in_(allowed)).order_by(User.sort_key)
    return list(session.scalars(query).unique())


def warnings(session: Session, team: Sequence[Post], units: Sequence[Unit]) -> list[Partial]:
    """Whom to warn about, for every unit: a member who belongs to it or its predecessors, or has advised them."""
    people = {
        row.id: row.full_name
        for row in session.execute(select(User.id, User.full_name).where(User.id.in_({post.user_id for post in team})))
    }
    ties: dict[int, list[tuple[int, str]]] = {}
    for row in session.execute(
        select(UnitMembership.user_id, UnitMembership.unit_id, UnitMembership.tie).where(
            UnitMembership.user_id.in_(people)
        )
    ):
        ties.setdefault(row.user_id, []).append((row.unit_id, row.tie))
    if not ties:
        return []
    before = _predecessors(session)
    found = []
    for unit in units:
        kin = _kin(unit.id, before)
        members = [
            Member(
                post.user_id,
                post.role,
                next((at for at, tie in ties.get(post.user_id, ()) if tie != Tie.ADVISED and at in kin), None),
                frozenset(at for at, tie in ties.get(post.user_id, ()) if tie == Tie.ADVISED),
            )
            for post in team
        ]
        found += [Partial(unit, people[int(str(each.person))], each) for each in team_warnings(members, kin)]
    return found


def refusals(session: Session, team: Sequence[Post]) -> list[Refusal]:
    """What keeps a team from starting."""
    gaps = team_gaps([Member(post.user_id, post.role) for post in team])
    wrong: list[Refusal] = [Invalid("plan.team", field="team", vi=gap.vi, en=gap.en) for gap in gaps]
    people = {user.id for user in candidates(session)}
    wrong += [
        Invalid("plan.not_inspector", field="team", record=post.user_id) for post in team if post.user_id not in people
    ]
    return wrong


def _may_answer() -> list[Role]:
    return [role for role in Role if may(role, Permission.AUDIT_ANSWER)]


def _predecessors(session: Session) -> dict[int, list[int]]:
    before: dict[int, list[int]] = {}
    for row in session.execute(select(Succession.predecessor_id, Succession.successor_id)):
        before.setdefault(row.successor_id, []).append(row.predecessor_id)
    return before


def _kin(unit_id: int, before: dict[int, list[int]]) -> Collection[int]:
    """The unit and everything that came before it."""
    found = {unit_id: None}
    waiting = [unit_id]
    for each in waiting:
        fresh = [one for one in before.get(each, ()) if one not in found]
        found.update(dict.fromkeys(fresh))
        waiting += fresh
    return found.keys()
