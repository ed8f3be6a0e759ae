"""A notice of conclusion counts from its own day: as of an earlier one everything is as the minutes left it."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from isoaudit.domain.rollup_json import to_json
from isoaudit.domain.vocabulary import Grade
from isoaudit.services import report_lists
from isoaudit.services.audits import life
from isoaudit.services.nonconformities import handling
from isoaudit.services.overview import answered, findings
from isoaudit.services.rollup import count, roll_up
from tests.services.test_audits import ANSWERS, TODAY, Case

EVE = TODAY - timedelta(days=1)
MINOR, MAJOR, NEW = "B-7.2-01", "B-8.5-01", "A-01"
DUE = date(2020, 12, 20)


def change(code: str, grade: Grade) -> life.GradeChange:
    due_on = DUE if grade in (Grade.MINOR, Grade.MAJOR) else None
    note = "Quyết định ban hành sai thẩm quyền" if code == NEW else ""
    return life.GradeChange(code, grade, "Theo giải trình của đơn vị", note, due_on)


@pytest.fixture
def case(session: Session, now: datetime) -> Case:
    """Minuted on the eve of today, with a minor and a major nonconformity."""
    made = Case(session, now)
    made.answer()
    made.minute(EVE)
    return made


def told(session: Session, day: date) -> dict[str, Any]:
    """Everything that is counted and listed as of a day."""
    rollup = roll_up(session, None, day.year, day)
    each = count(session, None, day.year, day)
    clauses = {
        clause: answered.behind(session, rollup, clause, set(Grade))
        for clause in (answered.PART_A, *(line.clause for line in rollup.clauses))
    }
    return {
        "rollup": to_json(rollup),
        "one by one": to_json(each.rollup),
        "findings": findings.nonconformities(session, rollup),
        "report": report_lists.nonconformities(session, each),
        "questions": [
            (question.code, {grade: number for grade, number in question.counts.items() if number})
            for behind in clauses.values()
            for question in behind.questions
        ],
        "answers": [(each.question.code, each.grade) for behind in clauses.values() for each in behind.answers],
    }


def again(case: Case) -> None:
    """Reopened after a first notice, with the same minutes and another notice."""
    case.notice(grade_changes=[change(MINOR, Grade.MAJOR)])
    by = case.by(case.head)
    life.reopen(case.session, case.province, case.reference, reason="Nhập nhầm", by=by, now=case.now)
    case.answer(**{MINOR: ANSWERS[MINOR]})
    case.minute(EVE)


def contest(case: Case) -> None:
    said = {"text": "Chờ cấp chứng chỉ", "by": case.by(case.office), "now": case.now - timedelta(days=1)}
    handling.contest(case.session, case.province, case.reference, MINOR, **said)


@pytest.mark.parametrize("first", [None, contest, again])
@pytest.mark.parametrize(
    ("code", "grade", "raised"),
    [
        (MINOR, Grade.OPPORTUNITY, {"raised": 1, "closing": 1, "minor": 0, "major": 1}),
        (MINOR, Grade.MAJOR, {"raised": 2, "closing": 2, "minor": 0, "major": 2}),
        (MAJOR, Grade.MINOR, {"raised": 2, "closing": 2, "minor": 2, "major": 0}),
        (NEW, Grade.MINOR, {"raised": 3, "closing": 3, "minor": 2, "major": 1}),
    ],
)
def test_as_of_a_day_before_the_notice_the_minutes_stand(
    case: Case,
    session: Session,
    first: Callable[[Case], None] | None,
    code: str,
    grade: Grade,
    raised: dict[str, int],
) -> None:
    if first is not None:
        first(case)
    eve = told(session, EVE)
    decided = [change(code, grade)]
    if first is contest and code != MINOR:
        decided.append(life.GradeChange(MINOR, Grade.MINOR, "Đoàn giữ nguyên"))
    case.notice(grade_changes=decided)
    assert told(session, EVE) == eve
    found = told(session, TODAY)["rollup"]
    (unit,) = found["units"]
    counts = {name: found["nonconformities"][name] for name in ("raised", "closing")}
    assert counts | {name: unit["audit"][name] for name in ("minor", "major")} == raised
    assert eve["rollup"]["nonconformities"] != found["nonconformities"] or eve["rollup"]["units"] != found["units"]
