"""How an audit went, made up: a grade for every criterion asked, with a note where one is due.

Deterministic for a unit and a checklist; better units have better answers. What the notes say is in `seeing`, what
became of the findings later in `followed`.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from isoaudit.domain.checklist import Checklist, Criterion
from isoaudit.domain.vocabulary import Block, Grade
from isoaudit.services.exampleyear import seeing
from isoaudit.services.exampleyear.story import YEAR, Story

GRACE = timedelta(days=45)


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer; `due_on` when it raises a nonconformity, `closed_on` when that was mended at once."""

    criterion: str
    grade: Grade
    note: str = ""
    due_on: date | None = None
    closed_on: date | None = None


def answer(checklist: Checklist, kind: str, story: Story) -> Sequence[Reply]:
    """The answers of the audit of a story, in the order of the checklist, every criterion asked of that kind answered;
    none without an audit."""
    if story.audited_on is None:
        return ()
    chance = random.Random(f"isoaudit {story.place.code}")
    visit = seeing.Visit(checklist.id, story.place.code, letters(story), story.audited_on, _begun(story))
    grades: dict[str, str | None] = {}
    replies: dict[str, Reply] = {}
    while lacking := [each for each in checklist.asked(kind, grades) if each.code not in grades]:
        for criterion in lacking:
            reply = _reply(criterion, story.quality, visit, chance)
            replies[criterion.code], grades[criterion.code] = reply, reply.grade
    return [replies[each.code] for each in checklist.criteria if each.code in replies]


def letters(story: Story) -> str:
    """The letters in the numbers of the unit's own documents."""
    return story.place.code if story.place.block is Block.AGENCY else "UBND"


def _begun(story: Story) -> date:
    """The day from which the unit works with the system."""
    days = [*story.steps.values(), *(day for _edition, _kind, day in story.declared)]
    return min(days, default=date(YEAR, 2, 3))


def _reply(criterion: Criterion, quality: float, visit: seeing.Visit, chance: random.Random) -> Reply:
    luck = chance.random()
    reason = criterion.na_reason.vi
    if reason and luck < 0.18:
        return Reply(criterion.code, Grade.NOT_APPLICABLE, reason)
    weak = (1 - quality) * (0.55 if criterion.gate else 1.0)
    if luck > 1 - weak * 0.013:
        grade = Grade.MAJOR
    elif luck > 1 - weak * 0.17:
        grade = Grade.MINOR
    elif luck > 1 - weak * 0.42 - 0.03:
        grade = Grade.OPPORTUNITY
    else:
        grade = Grade.CONFORMITY
    note = seeing.said(criterion.code, grade, visit)
    if grade in (Grade.MAJOR, Grade.MINOR):
        return _raised(criterion, grade, note, visit.minuted_on, chance)
    return Reply(criterion.code, grade, note)


def _raised(criterion: Criterion, grade: Grade, note: str, minuted_on: date, chance: random.Random) -> Reply:
    due_on = minuted_on + (GRACE if grade is Grade.MINOR else GRACE - timedelta(days=15))
    done = chance.random() < (0.35 if grade is Grade.MINOR else 0.5)
    closed_on = minuted_on + timedelta(days=chance.randrange(14, 44)) if done else None
    return Reply(criterion.code, grade, note, due_on, closed_on)
