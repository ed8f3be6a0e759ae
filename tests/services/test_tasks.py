"""Tasks of a year: their levels on a day, and what is refused."""

from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from isoaudit.domain.errors import Conflict, Invalid, Refusals
from isoaudit.domain.vocabulary import ResultLevel
from isoaudit.services import revisions, tasks
from isoaudit.services.log import COMMAND_LINE as BY

DAY = date(2020, 11, 18)


def values(task: str = "Kiểm tra việc áp dụng", **rest: Any) -> dict[str, Any]:
    given: dict[str, Any] = {"year": 2020, "group_name": "VI. Hiện đại hóa", "task": task, "due_on": None}
    given |= {"completed_on": None, "content_complete": None, "result": None, "mark": None, "note": None}
    return given | rest


def test_a_year_lists_its_tasks_by_group_with_their_levels(session: Session, now: datetime) -> None:
    for each in (
        values("A", due_on=date(2020, 12, 1)),
        values("C", group_name="VII. Khác", completed_on=date(2020, 6, 1), content_complete=True),
        values("B", due_on=date(2020, 6, 1), completed_on=date(2020, 7, 1), content_complete=True),
        values("năm khác", year=2019),
    ):
        tasks.enter(session, each, by=BY, now=now)
    lines = tasks.of_year(session, 2020, DAY)
    assert [(line.task.task, line.level) for line in lines] == [
        ("A", ResultLevel.IN_PROGRESS),
        ("B", ResultLevel.DONE_LATE),
        ("C", ResultLevel.DONE_WELL),
    ]
    assert [line.level for line in tasks.of_year(session, 2020, date(2020, 5, 1))][1:] == [ResultLevel.IN_PROGRESS] * 2
    assert tasks.years(session) == [2020, 2019]


def test_what_cannot_be_is_refused(session: Session, now: datetime) -> None:
    wrong = values(" ", mark=ResultLevel.DONE, completed_on=date(2020, 11, 19))
    with pytest.raises(Refusals) as refused:
        tasks.enter(session, wrong, by=BY, now=now)
    assert [each.code for each in refused.value.refusals] == [
        "task.text_missing",
        "task.mark_reason",
        "fact.in_future",
    ]
    with pytest.raises(Invalid, match=r"task\.content_without_completion"):
        tasks.enter(session, values(content_complete=True), by=BY, now=now)
    tasks.enter(session, values(), by=BY, now=now)
    with pytest.raises(Invalid, match=r"task\.stands_already"):
        tasks.enter(session, values(), by=BY, now=now)


def test_a_correction_is_kept_with_its_reason_and_a_voided_task_comes_back(session: Session, now: datetime) -> None:
    row = tasks.enter(session, values(), by=BY, now=now)
    done = values(completed_on=date(2020, 11, 1), content_complete=True)
    assert tasks.correct(session, row.id, done, why="đã hoàn thành", revision=1, by=BY, now=now)
    with pytest.raises(Conflict, match=r"fact\.stale"):
        tasks.correct(session, row.id, values(), why="chậm chân", revision=1, by=BY, now=now)
    tasks.void(session, row.id, why="ngoài kế hoạch", by=BY, now=now)
    assert tasks.of_year(session, 2020, DAY)[0].task.voided_at is not None
    tasks.enter(session, values(), by=BY, now=now)
    with pytest.raises(Invalid, match=r"task\.stands_already"):
        tasks.restore(session, row.id, by=BY, now=now)
    assert [each.why for each in revisions.history(session, row)] == [None, "đã hoàn thành", "ngoài kế hoạch"]
