"""What happened to each unit until 2020, made up: cohorts, declarations, steps, yearly activities, TTHC, audits.

Deterministic: a unit's story depends on its code and on its place in the register only. The shape follows what is
known of the province: agencies and districts apply the 2008 edition and convert in 2020, communes began in cohorts
of 2015–2019 (from 2018 on straight with the 2015 edition), sixteen begin in 2020. Writing rows is in `sheets`.
"""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from isoaudit.domain.vocabulary import Block

YEAR = 2020
OLD, NEW = "iso9001-2008", "iso9001-2015"
STEPS = (
    "plan",
    "steering_board",
    "training",
    "documents_issued",
    "policy_objectives",
    "internal_audit",
    "management_review",
)
OFFICE = "SKHCN"
EXEMPT = {"BDT": "Không có thủ tục hành chính tiếp nhận, giải quyết trực tiếp"}
MERGED = {"19378": ("19390", date(2016, 10, 14)), "19384": ("19381", date(2017, 11, 3))}
"""Communes made by merger in 2020, with a predecessor that had declared and the day on which it did."""
NEWCOMERS, COHORT = 16, {2015: 12, 2016: 14, 2017: 13, 2018: 14, 2019: 13}


class Group(StrEnum):
    """The three groups of the year's audit programme, and those outside it."""

    AGENCIES = "Cơ quan chuyên môn cấp tỉnh"
    MAINTAINING = "UBND cấp xã áp dụng giai đoạn 2015 - 2019"
    BUILDING = "UBND cấp xã xây dựng, áp dụng mới năm 2020"
    NONE = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A unit of the register as the story sees it."""

    code: str
    block: Block
    district: str


@dataclass(slots=True)
class Story:
    """What happened to one unit. `quality` (0 to 1) is how well it works, `audited_on` the day of its audit."""

    place: Place
    group: Group = Group.NONE
    declared: list[tuple[str, str, date]] = field(default_factory=list)
    steps: dict[str, date] = field(default_factory=dict)
    activities: list[tuple[int, str, date]] = field(default_factory=list)
    procedures: tuple[int, int] | None = None
    quality: float = 0.0
    audited_on: date | None = None


def tell(places: list[Place]) -> list[Story]:
    """The stories of the units in force at the end of 2020, in the order given."""
    communes = [place for place in places if place.block is Block.COMMUNE and place.code not in MERGED]
    random.Random("isoaudit 2020").shuffle(communes)
    started: dict[str, int] = {}
    for year, size in COHORT.items():
        started |= {communes.pop().code: year for _ in range(size) if communes}
    newcomers = {communes.pop().code for _ in range(NEWCOMERS) if communes}
    return [_tell(place, started.get(place.code), place.code in newcomers) for place in places]


def _tell(place: Place, started: int | None, newcomer: bool) -> Story:
    chance = random.Random(f"isoaudit {place.code}")
    story = Story(place, quality=chance.betavariate(5, 2))
    if place.code in EXEMPT:
        return story
    if place.block is not Block.COMMUNE:
        _old_hand(story, chance, date(2009 + chance.randrange(5), 1, 5))
    elif place.code in MERGED:
        if place.code == min(MERGED):
            _steps(story, chance, len(STEPS))
            story.declared.append((NEW, "declare", date(YEAR, 9, 7)))
    elif newcomer:
        _newcomer(story, chance)
    elif started is not None:
        _old_hand(story, chance, date(started, 1, 5))
    return story


def _old_hand(story: Story, chance: random.Random, begun: date) -> None:
    """A unit that applies an edition since some year."""
    commune = story.place.block is Block.COMMUNE
    declared_on = workday(begun + timedelta(days=chance.randrange(90, 330)))
    first = NEW if declared_on.year >= 2018 else OLD
    story.declared.append((first, "declare", declared_on))
    story.group = Group.MAINTAINING if commune else Group.AGENCIES if story.place.block is Block.AGENCY else Group.NONE
    if first == OLD:
        _convert(story, chance)
    else:
        _steps(story, chance, len(STEPS), year=declared_on.year, last=declared_on)
    _keep_up(story, chance)
    _procedures(story, chance, 1.0 if story.quality > 0.7 else 0.75 + story.quality / 4)
    inspected = chance.random() < (0.36 if commune else 0.55)
    if inspected and story.group is not Group.NONE:
        story.audited_on = workday(date(YEAR, 9, 21) + timedelta(days=chance.randrange(52)))


def _convert(story: Story, chance: random.Random) -> None:
    """The conversion of 2020: most get there, some are on the way, a few have not begun, one has stopped."""
    if story.place.code == OFFICE:
        return  # its steps are real facts, shipped with their documents
    luck = chance.random()
    if luck < 0.76:
        last = _steps(story, chance, len(STEPS))
        story.declared.append((NEW, "redeclare", workday(last + timedelta(days=chance.randrange(4, 20)))))
    elif luck < 0.92:
        _steps(story, chance, chance.randrange(1, len(STEPS)))
    elif luck > 0.97 and story.place.block is Block.COMMUNE:
        story.declared.append((OLD, "withdraw", date(YEAR, 3, 16)))


def _newcomer(story: Story, chance: random.Random) -> None:
    """One of the sixteen communes that build their system in 2020."""
    story.group = Group.BUILDING
    done = chance.random() < 0.65
    last = _steps(story, chance, len(STEPS) if done else chance.randrange(2, 6))
    if done:
        story.declared.append((NEW, "declare", workday(last + timedelta(days=chance.randrange(3, 15)))))
    _procedures(story, chance, 0.55 + story.quality * 0.45)
    story.audited_on = workday(date(YEAR, 10, 5) + timedelta(days=chance.randrange(38)))


def _steps(story: Story, chance: random.Random, number: int, *, year: int = YEAR, last: date | None = None) -> date:
    """The first `number` steps, some weeks apart; the day of the last one."""
    day = date(year, 2, 17) + timedelta(days=chance.randrange(21)) if last is None else last - timedelta(days=75)
    for step in STEPS[:number]:
        story.steps[step] = day = workday(day)
        day += timedelta(days=chance.randrange(18, 36) if last is None else chance.randrange(5, 11))
    return max(story.steps.values(), default=date(year, 2, 17))


def _keep_up(story: Story, chance: random.Random) -> None:
    """The yearly activities of 2020: what is not done by November may still be done in December."""
    year_begin = date(YEAR, 1, 13)
    story.activities.append((YEAR, "objectives", workday(year_begin + timedelta(days=chance.randrange(40)))))
    for kind, earliest, share in (
        ("internal_audit", date(YEAR, 7, 6), 0.86),
        ("management_review", date(YEAR, 8, 10), 0.80),
        ("training", date(YEAR, 5, 11), 0.60),
        ("procedures_updated", date(YEAR, 3, 9), 0.55),
    ):
        if chance.random() < share * (0.6 + story.quality / 2):
            story.activities.append((YEAR, kind, workday(earliest + timedelta(days=chance.randrange(85)))))
        elif kind in ("internal_audit", "management_review") and chance.random() < 0.6:
            story.activities.append((YEAR, kind, workday(date(YEAR, 12, 1) + timedelta(days=chance.randrange(25)))))


def _procedures(story: Story, chance: random.Random, coverage: float) -> None:
    sizes = {Block.AGENCY: (35, 130), Block.DISTRICT: (220, 275), Block.COMMUNE: (118, 152)}
    total = chance.randrange(*sizes[story.place.block])
    story.procedures = (total, min(total, round(total * min(1.0, coverage))))


def workday(day: date) -> date:
    """The day itself, or the Monday after a weekend."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() >= 5 else 0)


def friday(day: date) -> date:
    """The day itself, or the Friday before a weekend."""
    return day - timedelta(days=max(0, day.weekday() - 4))
