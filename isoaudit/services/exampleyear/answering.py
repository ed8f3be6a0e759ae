"""How an audit went, made up: a grade for every criterion asked, with a note where one is due.

Deterministic for a unit and a checklist; better units have better answers. Notes are built from the criterion's own
evidence, so that they read as an inspector would write them.
"""

import random
from dataclasses import dataclass
from datetime import date, timedelta

from isoaudit.domain.checklist import Checklist, Criterion
from isoaudit.domain.vocabulary import Grade

GRACE = timedelta(days=45)


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer; `due_on` and `closed_on` when it raises a nonconformity."""

    criterion: str
    grade: Grade
    note: str = ""
    due_on: date | None = None
    closed_on: date | None = None


def answer(checklist: Checklist, kind: str, quality: float, minuted_on: date, seed: str) -> list[Reply]:
    """The answers of one audit, in the order of the checklist, every criterion asked of that kind answered."""
    chance = random.Random(f"isoaudit {seed}")
    grades: dict[str, str | None] = {}
    replies: dict[str, Reply] = {}
    while lacking := [each for each in checklist.asked(kind, grades) if each.code not in grades]:
        for criterion in lacking:
            reply = _reply(criterion, quality, minuted_on, chance)
            replies[criterion.code], grades[criterion.code] = reply, reply.grade
    return [replies[each.code] for each in checklist.criteria if each.code in replies]


def _reply(criterion: Criterion, quality: float, minuted_on: date, chance: random.Random) -> Reply:
    luck = chance.random()
    reason = criterion.na_reason.vi
    if reason and luck < 0.18:
        return Reply(criterion.code, Grade.NOT_APPLICABLE, reason)
    weak = (1 - quality) * (0.55 if criterion.gate else 1.0)
    seen = criterion.evidence.vi[0] if criterion.evidence.vi else criterion.text.vi
    if luck > 1 - weak * 0.013:
        return _raised(criterion, Grade.MAJOR, f"Không có: {_lower(seen)}.", minuted_on, chance)
    if luck > 1 - weak * 0.17:
        return _raised(criterion, Grade.MINOR, f"Chưa đầy đủ: {_lower(seen)}.", minuted_on, chance)
    if luck > 1 - weak * 0.42 - 0.03:
        return Reply(criterion.code, Grade.OPPORTUNITY, f"Nên rà soát thêm: {_lower(seen)}.")
    return Reply(criterion.code, Grade.CONFORMITY)


def _raised(criterion: Criterion, grade: Grade, note: str, minuted_on: date, chance: random.Random) -> Reply:
    due_on = minuted_on + (GRACE if grade is Grade.MINOR else GRACE - timedelta(days=15))
    done = chance.random() < (0.35 if grade is Grade.MINOR else 0.5)
    closed_on = minuted_on + timedelta(days=chance.randrange(14, 44)) if done else None
    return Reply(criterion.code, grade, note, due_on, closed_on)


def _lower(text: str) -> str:
    """The text as the middle of a sentence; abbreviations keep their capitals."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]
