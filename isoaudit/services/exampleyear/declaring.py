"""The decisions that the units of the example issued: by which they declare, declare again or end a declaration, and
some by which they brought their documents into force. Made up, deterministic; `sheets` writes them as rows.

Decision of 22/11/2026: what was declared before 2010 has none, as paper of that age is often not found when a register
is filled; nor have the communes that a merger ended. A unit numbers its decisions anew each year, in order of their
days.
"""

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from isoaudit.domain.documentwords import short_date
from isoaudit.domain.vocabulary import Block, DocumentKind
from isoaudit.services.exampleyear.story import OFFICE, OLD, Place, Story, friday

LOST = date(2010, 1, 1)
"""Declarations before it have no document."""
SUBJECTS = {
    "declare": "Công bố hệ thống quản lý chất lượng phù hợp",
    "redeclare": "Công bố lại hệ thống quản lý chất lượng phù hợp",
    "withdraw": "Chấm dứt hiệu lực bản công bố hệ thống quản lý chất lượng theo",
    "documents_issued": "Ban hành hệ thống tài liệu nội bộ theo",
}
_SIGNS = {"VPUBND": "VP"}
_A_DAY = {Block.AGENCY: (50, 110), Block.DISTRICT: (300, 700), Block.COMMUNE: (15, 45)}
"""How many decisions a unit of the block issues in a hundred days, from and to."""
_ISSUING = 0.35
"""Of so many of the agencies the decision on their documents is known too."""

Key = tuple[str, str, date]
"""What a decision is for: unit, what was done (a kind of declaration, a step), day."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision of a unit."""

    number: str
    issuer: str
    issued_on: date
    subject: str

    @property
    def cited(self) -> str:
        """How another row of the workbook names it."""
        return f"{self.number} ngày {short_date(self.issued_on)}"


def decisions(stories: Sequence[Story], issuers: Mapping[str, Sequence[tuple[date, str]]]) -> dict[Key, Decision]:
    """The decisions by what they are for; `issuers` are the names of the units by code, each with the day from which
    it was called so, oldest first."""
    taken: set[tuple[str, date]] = set()
    found: dict[Key, Decision] = {}
    for story in stories:
        code = story.place.code
        chance = random.Random(f"isoaudit {code} quyết định")
        low, high = _A_DAY[story.place.block]
        pace, last = chance.randrange(low, high), dict[int, int]()
        for what, edition, day in sorted(_done(story, chance), key=lambda each: each[2]):
            issued_on = friday(day - timedelta(days=chance.randrange(4)))
            number = max(pace * issued_on.timetuple().tm_yday // 100 + 1, last.get(issued_on.year, 0) + 1)
            while (f"{number:02}/QĐ-{_sign(story.place)}", issued_on) in taken:
                number += 1
            written = f"{number:02}/QĐ-{_sign(story.place)}"
            taken.add((written, issued_on))
            last[issued_on.year] = number
            subject = f"{SUBJECTS[what]} TCVN ISO 9001:{2008 if edition == OLD else 2015} (minh hoạ)"
            issuer = next(name for since, name in reversed(issuers[code]) if since <= day)
            found[code, what, day] = Decision(written, issuer, issued_on, subject)
    return found


def rows(found: Mapping[Key, Decision]) -> list[dict[str, object]]:
    """The rows of the sheet `documents`, in the order of their days."""
    return [
        {
            "number": each.number,
            "kind": DocumentKind.DECISION.value,
            "issuer": each.issuer,
            "date": each.issued_on,
            "subject": each.subject,
        }
        for each in sorted(found.values(), key=lambda each: (each.issued_on, each.number))
    ]


def _done(story: Story, chance: random.Random) -> Iterable[tuple[str, str, date]]:
    """What a unit decided on, with the edition: kind of declaration or step, edition, day."""
    for edition, kind, day in story.declared:
        if day >= LOST:
            yield kind, edition, day
    known = story.place.block is Block.AGENCY and story.place.code != OFFICE and chance.random() < _ISSUING
    if known and "documents_issued" in story.steps:
        yield "documents_issued", "", story.steps["documents_issued"]


def _sign(place: Place) -> str:
    """The letters in the numbers of the unit's decisions."""
    return _SIGNS.get(place.code, place.code) if place.block is Block.AGENCY else "UBND"
