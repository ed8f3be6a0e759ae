"""What became of the findings of the example year: answered by the unit, extended, reported as done, closed; or not.

Most units mend in time; some fall behind; some that the floods of October 2020 hit got a later day. What the units say
is in `seen/remedies.toml`. Written as the events that the services would have written one by one: some eight hundred
of them one by one would take longer than all the rest of the example.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from isoaudit.db import Answer, Audit, CriterionRow, Nonconformity, NonconformityEvent, Unit
from isoaudit.domain.documentwords import short_date
from isoaudit.domain.vocabulary import Grade, NonconformityState, Outcome
from isoaudit.services import log, sentences
from isoaudit.services.exampleyear.answering import Reply, letters
from isoaudit.services.exampleyear.seeing import FOLDER
from isoaudit.services.exampleyear.story import Group, Story, friday, workday
from isoaudit.services.library import read_toml

FLOODED = {"465", "467", "468", "469", "470"}
"""Hướng Hóa, Đakrông, Cam Lộ, Triệu Phong, Hải Lăng."""
LATE, EXTENDED = 9, 10
"""How many units fall behind, how many get a later day."""
LATER = timedelta(days=60)
FLOODS = "UBND xã đề nghị gia hạn bằng văn bản: khắc phục hậu quả mưa lũ tháng 10/2020, trụ sở và hồ sơ bị ngập"
_KEY = ("province_id", "audit_id", "criterion_id")


@dataclass(frozen=True, slots=True)
class Step:
    """An event of a nonconformity, and the day of it."""

    what: str
    on_day: date
    said: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Life:
    """The life of a nonconformity after the minutes, and where it stands."""

    steps: Sequence[Step]
    state: NonconformityState = NonconformityState.OPEN
    due_on: date | None = None
    closed_on: date | None = None


def load(
    session: Session,
    stories: Sequence[Story],
    replies: Mapping[str, Sequence[Reply]],
    checklists: Mapping[int, str],
    *,
    by: log.Actor,
    now: datetime,
) -> None:
    """Tell the life of every finding of the example, and give its answer the request that stands in the minutes.
    `replies` are the answers by the unit's code, `checklists` the id of each version by its key."""
    told = {each.place.code: each for each in stories}
    late, extended = _behind(stories, replies), _put_off(stories)
    found = {(code, each.criterion): each for code, some in replies.items() for each in some}
    rows = session.execute(
        select(Nonconformity, Unit.code, CriterionRow.code, CriterionRow.checklist_version_id)
        .join(Audit, (Audit.province_id == Nonconformity.province_id) & (Audit.id == Nonconformity.audit_id))
        .join(Unit, Unit.id == Nonconformity.unit_id)
        .join(CriterionRow, CriterionRow.id == Nonconformity.criterion_id)
        .where(Audit.example)
        .order_by(Nonconformity.audit_id, CriterionRow.position)
    ).all()
    events: list[dict[str, Any]] = []
    standing: list[dict[str, Any]] = []
    requests: list[dict[str, Any]] = []
    for row, unit, code, version in rows:
        story, reply = told[unit], found[unit, code]
        life = _life(story, reply, late=unit in late, extended=unit in extended - late)
        key = {name: getattr(row, name) for name in _KEY}
        blank = dict.fromkeys(("due_on", "outcome", "cause", "correction", "corrective_action", "text"))
        events += [
            key
            | blank
            | {"number": number, "what": each.what, "on_day": each.on_day, "at": now, "by": by.user_id}
            | each.said
            for number, each in enumerate(life.steps, 2)
        ]
        closed = life.closed_on is not None
        values: dict[str, Any] = {"state": life.state, "due_on": life.due_on or row.due_on}
        values |= {"closed_on": life.closed_on, "outcome": Outcome.VERIFIED if closed else None}
        standing.append({f"its_{name}": value for name, value in key.items()} | values)
        ready = sentences.of(checklists[version]).get(code)
        requests.append(
            {f"its_{name}": value for name, value in key.items()}
            | {"request": ready.requests[0] if ready and ready.requests else None}
        )
    session.execute(insert(NonconformityEvent), events)
    _update(session, Nonconformity, ("state", "due_on", "closed_on", "outcome"), standing)
    _update(session, Answer, ("request",), requests)
    session.expire_all()


def _update(session: Session, entity: Any, columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> None:
    table = entity.__table__
    where = [table.c[name] == bindparam(f"its_{name}") for name in _KEY]
    session.connection().execute(
        update(table).where(*where).values({name: bindparam(name) for name in columns}), list(rows)
    )


def _behind(stories: Sequence[Story], replies: Mapping[str, Sequence[Reply]]) -> set[str]:
    """The units that fall behind: those that left something grave, then the weakest."""
    grave = {
        code
        for code, some in replies.items()
        if any(each.grade is Grade.MAJOR and each.closed_on is None for each in some)
    }
    weakest = sorted((each for each in stories if each.audited_on), key=lambda each: each.quality)
    found = [each.place.code for each in weakest if each.place.code in grave]
    found += [each.place.code for each in weakest if each.place.code not in grave]
    return set(found[: max(LATE, len(grave))])


def _put_off(stories: Sequence[Story]) -> set[str]:
    found = [
        each.place.code
        for each in stories
        if each.audited_on and each.group is not Group.AGENCIES and each.place.district in FLOODED
    ]
    return set(sorted(found)[:EXTENDED])


def _life(story: Story, reply: Reply, *, late: bool, extended: bool) -> Life:
    minuted_on, due_on = story.audited_on, reply.due_on
    assert minuted_on is not None
    assert due_on is not None
    chance = random.Random(f"isoaudit {story.place.code} {reply.criterion} khắc phục")
    luck, answered_on = chance.random(), workday(minuted_on + timedelta(days=chance.randrange(4, 11)))
    remedy = chance.choice(_answers(reply.criterion))
    answered = Step(
        "answered",
        answered_on,
        {"cause": remedy["cause"], "correction": remedy["correction"], "corrective_action": remedy["action"]},
    )
    closed_on = reply.closed_on
    if closed_on is None and reply.grade is Grade.MINOR:
        if extended:
            return _extended(story, remedy, answered, due_on, luck)
        if not (late and luck < 0.4):
            slow = timedelta(days=chance.randrange(3, 9)) if luck > 0.96 else timedelta()
            closed_on = (due_on if slow else minuted_on + timedelta(days=chance.randrange(20, 44))) + slow
    if closed_on is None:
        if luck < 0.3:
            return Life(())
        return Life((answered,), NonconformityState.ANSWERED)
    closed_on = friday(closed_on)
    done_on = friday(closed_on - timedelta(days=chance.randrange(1, 4)))
    proof = _proof(story, remedy, done_on)
    steps = (
        answered,
        Step("implemented", done_on, {"text": proof}),
        Step("closed", closed_on, {"outcome": Outcome.VERIFIED, "text": proof}),
    )
    return Life(steps, NonconformityState.CLOSED, closed_on=closed_on)


def _extended(story: Story, remedy: Mapping[str, str], answered: Step, due_on: date, luck: float) -> Life:
    later = due_on + LATER
    steps = [answered, Step("extended", friday(due_on - timedelta(days=7)), {"due_on": later, "text": FLOODS})]
    if luck >= 0.25:
        return Life(steps, NonconformityState.ANSWERED, later)
    done_on = friday(due_on - timedelta(days=1))
    steps.append(Step("implemented", done_on, {"text": _proof(story, remedy, done_on)}))
    return Life(steps, NonconformityState.IMPLEMENTED, later)


def _proof(story: Story, remedy: Mapping[str, str], day: date) -> str:
    """The evidence of a remedy: the unit's report with its number and day, and what came with it."""
    first = random.Random(f"isoaudit {story.place.code} báo cáo").randrange(60, 110)
    number = first + (day - date(day.year, 9, 1)).days // 3
    return f"Báo cáo số {number}/BC-{letters(story)} ngày {short_date(day)}; {remedy['proof']}"


def _answers(criterion: str) -> Sequence[Mapping[str, str]]:
    """What units answer to a finding on that criterion: of the theme with the longest beginning of its code."""
    themes = _themes()
    beginning = max((each for each in themes if criterion.startswith(each)), key=len)
    return themes[beginning]


@cache
def _themes() -> dict[str, Sequence[Mapping[str, str]]]:
    return {each: theme["answers"] for theme in read_toml(FOLDER / "remedies.toml")["theme"] for each in theme["under"]}
