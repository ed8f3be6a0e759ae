"""A year's inspections as planned and as made: what became of each visit by a day, and where plans clash.

Plain values in, plain values out. Planning itself is in `services.planning`, moving a visit in `services.moving`.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from isoaudit.domain.vocabulary import AuditState, Block, Mode, Purpose, TeamRole, Word


class Fate(Word):
    """What became of a planned visit by a day."""

    MADE = "made", "đã kiểm tra đúng ngày", "made on the day"
    MADE_OTHER_DAY = "made_other_day", "đã kiểm tra, khác ngày", "made on another day"
    UNDER_WAY = "under_way", "đang kiểm tra", "under way"
    MISSED = "missed", "quá ngày, chưa kiểm tra", "day passed, not made"
    PLANNED = "planned", "chưa đến ngày", "still to come"
    CANCELLED = "cancelled", "đã hủy", "cancelled"


@dataclass(frozen=True, slots=True)
class Member:
    """A person of a team."""

    user_id: int
    name: str
    role: TeamRole


@dataclass(frozen=True, slots=True)
class Move:
    """A visit got another day: which one, why."""

    to: date
    why: str


@dataclass(frozen=True, slots=True)
class Visit:
    """An audit as it was planned. `first_on` is the day first planned, `planned_on` the one that stands; `unit` is the
    key under which the unit goes on today, so that a renamed unit is one unit."""

    reference: str
    unit: int
    unit_id: int
    name: str
    block: Block
    district: str
    programme_id: int | None
    programme: str
    group: str
    mode: Mode
    purpose: Purpose
    state: AuditState
    first_on: date | None
    planned_on: date | None
    minuted_on: date | None
    moves: tuple[Move, ...]
    team: tuple[Member, ...]
    reason: str = ""

    @property
    def day(self) -> date | None:
        """The day of the visit: of its minutes once they are made, else as planned."""
        return self.minuted_on or self.planned_on

    @property
    def moved(self) -> bool:
        """Whether its day is not the first one."""
        return bool(self.moves)

    def fate(self, day: date) -> Fate:
        """What became of it by the end of a day. (reading: what happened after that day has not happened yet; a visit
        cancelled later counts as cancelled, since the day of cancelling tells nothing of the plan.)"""
        if self.state is AuditState.CANCELLED:
            return Fate.CANCELLED
        if self.minuted_on is not None and self.minuted_on <= day:
            on_time = self.minuted_on == self.first_on
            return Fate.MADE if on_time else Fate.MADE_OTHER_DAY
        if self.state in (AuditState.UNDER_WAY, AuditState.SIGNED):
            return Fate.UNDER_WAY
        return Fate.MISSED if self.planned_on is not None and self.planned_on < day else Fate.PLANNED


@dataclass(frozen=True, slots=True)
class PersonClash:
    """One person in several audits on one day."""

    person: str
    day: date
    visits: tuple[Visit, ...]


@dataclass(frozen=True, slots=True)
class UnitClash:
    """One unit visited several times in the year, by different programmes or outside of any."""

    name: str
    visits: tuple[Visit, ...]


def standing(visits: Iterable[Visit]) -> list[Visit]:
    """Those that take somebody to a unit: not cancelled, no self-assessment, a day known."""
    return [
        each
        for each in visits
        if each.state is not AuditState.CANCELLED and each.mode is Mode.ON_SITE and each.day is not None
    ]


def person_clashes(visits: Iterable[Visit]) -> list[PersonClash]:
    """Who is in two audits or more on one day, by day and name."""
    days: defaultdict[tuple[date, int], list[Visit]] = defaultdict(list)
    names: dict[int, str] = {}
    for visit in standing(visits):
        for member in visit.team:
            names[member.user_id] = member.name
            if visit.day is not None:
                days[visit.day, member.user_id].append(visit)
    found = [PersonClash(names[user], day, tuple(those)) for (day, user), those in days.items() if len(those) > 1]
    return sorted(found, key=lambda each: (each.day, each.person))


def unit_clashes(visits: Iterable[Visit]) -> list[UnitClash]:
    """Which units different programmes visit in the year; looking again at what was found is no second inspection."""
    units: defaultdict[int, list[Visit]] = defaultdict(list)
    for visit in standing(visits):
        if visit.purpose is Purpose.FULL:
            units[visit.unit].append(visit)
    return [
        UnitClash(those[-1].name, tuple(those))
        for those in units.values()
        if len(those) > 1 and len({each.programme_id for each in those}) > 1
    ]


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A group of a programme: how many visits were planned, how many were moved, and what became of all of them."""

    programme_id: int | None
    programme: str
    group: str
    planned: int
    moved: int
    fates: dict[Fate, int]

    @property
    def made(self) -> int:
        """Visits made, on the day or another."""
        return self.fates[Fate.MADE] + self.fates[Fate.MADE_OTHER_DAY]


def by_group(visits: Sequence[Visit], day: date) -> list[GroupLine]:
    """Plan against actual by programme and group, in the order of the visits."""
    groups: dict[tuple[int | None, str], list[Visit]] = {}
    for visit in visits:
        groups.setdefault((visit.programme_id, visit.group), []).append(visit)
    lines = []
    for (programme_id, group), those in groups.items():
        fates = [each.fate(day) for each in those]
        counted = {fate: fates.count(fate) for fate in Fate}
        moved = sum(each.moved for each in those)
        lines.append(GroupLine(programme_id, those[0].programme, group, len(those), moved, counted))
    return lines


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person's share of the year: visits, days on which they take place, visits as head, visits made."""

    name: str
    visits: int
    days: int
    as_head: int
    made: int


def by_person(visits: Iterable[Visit], day: date) -> list[PersonLine]:
    """Who has how much to do, those with the most first; visits that take somebody to a unit only."""
    held: defaultdict[int, list[tuple[Visit, Member]]] = defaultdict(list)
    for visit in standing(visits):
        for member in visit.team:
            held[member.user_id].append((visit, member))
    made = (Fate.MADE, Fate.MADE_OTHER_DAY)
    lines = [
        PersonLine(
            those[0][1].name,
            len(those),
            len({visit.day for visit, _member in those}),
            sum(member.role is TeamRole.HEAD for _visit, member in those),
            sum(visit.fate(day) in made for visit, _member in those),
        )
        for those in held.values()
    ]
    return sorted(lines, key=lambda each: (-each.visits, each.name))
