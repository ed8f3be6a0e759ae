"""The team of one audit: whom to warn about, and what keeps a team from being complete.

Impartiality is a warning, not a refusal: in a small province the office decides, and the warning stays
visible.
"""

from collections import Counter
from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass

from isoaudit.domain.vocabulary import TeamRole, Word


class Partiality(Word):
    """Why a member may not be impartial towards the unit."""

    BELONGS = "belongs", "là người của đơn vị được kiểm tra", "belongs to the unit inspected"
    ADVISED = "advised", "đã tư vấn cho đơn vị được kiểm tra", "has advised the unit inspected"


class TeamGap(Word):
    """What a team lacks, or has too much of."""

    NO_HEAD = "no_head", "chưa có trưởng đoàn", "has no head"
    TWO_HEADS = "two_heads", "có hơn một trưởng đoàn", "has more than one head"
    TWICE = "twice", "có người ghi hai lần", "names a person twice"


@dataclass(frozen=True, slots=True)
class Member:
    """A person in a team. `unit` is where the person works, `advised` the units that the person has
    advised.
    """

    person: Hashable
    role: TeamRole
    unit: Hashable | None = None
    advised: frozenset[Hashable] = frozenset()


@dataclass(frozen=True, slots=True)
class TeamWarning:
    """One member and one reason."""

    person: Hashable
    why: Partiality


def team_warnings(members: Sequence[Member], unit: Collection[Hashable]) -> tuple[TeamWarning, ...]:
    """The members to warn about. `unit` is the unit inspected with its predecessors: advice given to a
    commune before it merged was advice on the system now inspected.
    """
    return tuple(
        TeamWarning(member.person, why)
        for member in members
        for why, there in (
            (Partiality.BELONGS, member.unit is not None and member.unit in unit),
            (Partiality.ADVISED, not member.advised.isdisjoint(unit)),
        )
        if there
    )


def team_gaps(members: Sequence[Member]) -> tuple[TeamGap, ...]:
    """What keeps a team from starting: one head, nobody twice."""
    heads = sum(member.role is TeamRole.HEAD for member in members)
    people = Counter(member.person for member in members)
    found = {
        TeamGap.NO_HEAD: heads == 0,
        TeamGap.TWO_HEADS: heads > 1,
        TeamGap.TWICE: any(times > 1 for times in people.values()),
    }
    return tuple(gap for gap, there in found.items() if there)
