"""The meetings of the example's audits: who was there, which dossiers were drawn, what the team and the unit said; the
decision, the notice and the minutes with their numbers.

Names are made up, sentences stand in `seen/meetings.toml`. Entries are written as a device would have sent them, for
all audits at once.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm import Session

from isoaudit.db import Audit, Entry
from isoaudit.domain.audit import NONCONFORMING
from isoaudit.domain.checklist import Checklist
from isoaudit.domain.entries import Stance, data_of
from isoaudit.domain.vocabulary import Block, Grade, PaperKind
from isoaudit.services import log, papers
from isoaudit.services.exampleyear.answering import Reply
from isoaudit.services.exampleyear.seeing import FOLDER
from isoaudit.services.exampleyear.story import YEAR, Group, Story, workday
from isoaudit.services.library import read_toml
from isoaudit.services.papers import Sheet

MOUNTAINS = {"465", "467"}
"""Hướng Hóa and Đakrông, where many bear the surname Hồ."""
DECIDED_ON, ANNOUNCED_ON = date(YEAR, 9, 15), date(YEAR, 9, 16)
NUMBERS = {Group.AGENCIES: 211, Group.MAINTAINING: 212, Group.BUILDING: 213}
"""The made-up number of the decision on each group's team; the notice has the same, less a hundred."""
STRONG, WEAK = 0.8, 0.6


@dataclass(frozen=True, slots=True)
class Held:
    """An audit that was made, with what is told of it."""

    row: Audit
    story: Story
    checklist: Checklist
    replies: Sequence[Reply]


def load(session: Session, audits: Sequence[Held], *, by: log.Actor, now: datetime) -> None:
    """Tell of every meeting, and keep the minutes in the files."""
    words = read_toml(FOLDER / "meetings.toml")
    rows: list[dict[str, Any]] = []
    for number, each in enumerate(audits, 1):
        chance = random.Random(f"isoaudit {each.story.place.code} họp")
        each.row.remarks = chance.choice(words["remarks"][_how(each.story)])
        each.row.unit_opinion = chance.choice(words["opinion"]["all"])
        told = _entries(each, words, chance)
        rows += [
            {
                "province_id": each.row.province_id,
                "audit_id": each.row.id,
                "target": target,
                "revision": 1,
                "value": data_of(target, value, each.checklist),
                "contenders": [],
                "by": by.user_id,
                "at": now,
            }
            for target, value in told.items()
        ]
        minutes = Sheet(PaperKind.MINUTES, f"{number:02}/BB-ĐKT", each.row.minuted_on)
        papers.keep_shared(session, [each.row], minutes, by=by, now=now)
    session.execute(insert(Entry), rows)


def announce(session: Session, audits: Sequence[Audit], *, by: log.Actor, now: datetime) -> None:
    """Keep the decision on each group's team and the notice of its schedule, in the files of all its audits."""
    for group, number in NUMBERS.items():
        some = [each for each in audits if each.group_name == group.value]
        if some:
            for sheet in (
                Sheet(PaperKind.DECISION, f"{number}/QĐ-SKHCN", DECIDED_ON),
                Sheet(PaperKind.SCHEDULE, f"{number - 100}/TB-SKHCN", ANNOUNCED_ON),
            ):
                papers.keep_shared(session, some, sheet, by=by, now=now)


def _how(story: Story) -> str:
    if story.group is Group.BUILDING:
        return "building"
    return "strong" if story.quality >= STRONG else "fair" if story.quality >= WEAK else "weak"


def _entries(held: Held, words: Mapping[str, Any], chance: random.Random) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {
        "meeting": {
            "began": "08:00",
            "ended": "16:30",
            "opening": words["opening"],
            "closing": words["closing"],
            "strengths": chance.choice(words["strengths"]["any"]),
            "copies": 2,
            "read_back": True,
        }
    }
    people, kind = words["people"], _kind(held.story)
    for position in people[kind]:
        surnames = people["highland"] if held.story.place.district in MOUNTAINS else people["surnames"]
        name = " ".join((chance.choice(surnames), chance.choice(people["middle"]), chance.choice(people["given"])))
        found[f"attendance/{_key(chance)}"] = {"meeting": "both", "name": name, "position": position, "side": "unit"}
    for procedure, field, days in words["dossiers"][kind]:
        found[f"dossier/{_key(chance)}"] = _dossier(held, procedure, field, days, words["dossiers"], chance)
    findings = [each for each in held.replies if each.grade in NONCONFORMING or each.grade is Grade.OPPORTUNITY]
    for each in findings:
        found[f"word/{each.criterion}"] = {"stance": Stance.AGREED.value, "text": ""}
    disputed = [each for each in findings if each.grade is Grade.MINOR]
    if disputed and chance.random() < 0.4:
        text = chance.choice(words["opinion"]["words"])
        found[f"word/{chance.choice(disputed).criterion}"] = {"stance": Stance.OPINION.value, "text": text}
    reserved = words["disputed"]
    if held.story.place.code == reserved["unit"]:
        found[f"word/{reserved['criterion']}"] = {"stance": Stance.RESERVED.value, "text": reserved["said"]}
    return found


def _kind(story: Story) -> str:
    return "agency" if story.place.block is Block.AGENCY else "commune"


def _dossier(
    held: Held, procedure: str, field: str, days: int, words: Mapping[str, Any], chance: random.Random
) -> dict[str, Any]:
    minuted_on = held.row.minuted_on or DECIDED_ON
    received = workday(minuted_on - timedelta(days=chance.randrange(days + 15, days + 120)))
    due = workday(received + timedelta(days=days))
    late = chance.random() > 0.62 + held.story.quality / 3
    returned = workday(due + timedelta(days=chance.randrange(2, 7))) if late else due
    return {
        "number": f"{received:%y%m%d}-{chance.randrange(1, 60):04}",
        "procedure": procedure,
        "field": field,
        "received": received.isoformat(),
        "due": due.isoformat(),
        "returned": returned.isoformat(),
        "slow_step": chance.choice(words["slow"]) if late else "",
        "apology": late and chance.random() < 0.5,
        "finding": "" if late else chance.choice(words["found"]),
    }


def _key(chance: random.Random) -> str:
    return str(UUID(int=chance.getrandbits(128), version=4))
