"""Tasks measured by the data: when an aim is reached, what a person confirms, what needs a reason."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from isoaudit.db import Audit, Task
from isoaudit.domain.errors import Conflict, Invalid, Refusals
from isoaudit.domain.measures import Measure, measured
from isoaudit.domain.vocabulary import Block, ResultLevel
from isoaudit.services import measuring, programmes, revisions, settings, tasks
from isoaudit.services.log import COMMAND_LINE as BY
from isoaudit.services.measuring import Confirmed
from tests.services.test_rollup import bring, sheets
from tests.services.test_tasks import values

DAY = date(2020, 11, 18)
DAYS = st.dates(date(2020, 1, 1), date(2020, 12, 31))


def task(session: Session, now: datetime, measure: Measure, **rest: Any) -> Task:
    given = {"measure": measure.value, "measure_block": None, "measure_share": None, "due_on": date(2020, 12, 15)}
    return tasks.enter(session, values(**({"task": measure.vi} | given | rest)), by=BY, now=now)


@pytest.mark.parametrize(
    ("days", "whole", "aim", "reached"),
    [
        ([], 0, None, None),
        ([1, 5, 9], 3, None, 9),
        ([1, 5], 3, None, None),
        ([9, 1, 5], 4, 75, 9),
        ([1, 5, 9], 15, 20, 9),
        ([1, 5], 15, 20, None),
        ([1, 5, 9], 3, 1, 1),
    ],
)
def test_an_aim_is_reached_on_the_day_of_the_one_that_completes_it(
    days: list[int], whole: int, aim: int | None, reached: int | None
) -> None:
    found = measured([date(2020, 3, day) for day in days], whole, aim, DAY)
    assert found.reached_on == (date(2020, 3, reached) if reached else None)


@given(st.lists(DAYS, max_size=8), st.integers(0, 8), st.integers(1, 100), DAYS, DAYS)
def test_what_was_reached_stays_reached(days: list[date], more: int, aim: int, first: date, second: date) -> None:
    early, late = (measured(days, len(days) + more, aim, day) for day in sorted((first, second)))
    assert early.done <= late.done
    if early.reached_on is not None:
        assert late.reached_on == early.reached_on <= early.as_of


def test_each_measure_counts_what_the_province_did(session: Session, now: datetime, tmp_path: Path) -> None:
    bring(session, tmp_path / "so", sheets())
    home = settings.home(session).id
    programme = programmes.add_programme(session, home, year=2020, name="Kế hoạch", by=BY, now=now)
    for audit in session.query(Audit).filter(Audit.reference.in_(["KT-01", "KT-02"])):
        audit.programme_id = programme.id
    session.flush()
    wanted = {
        Measure.INSPECTED: (2, 2, date(2020, 9, 4)),
        Measure.DECLARED: (4, 5, None),
        Measure.CONVERTED: (2, 4, None),
        Measure.INTERNAL_AUDIT: (2, 5, None),
        Measure.CLOSED: (1, 3, None),
        Measure.REPORT_ISSUED: (0, 1, None),
    }
    rows = {kind: task(session, now, kind) for kind in wanted}
    part = task(session, now, Measure.DECLARED, task="khối sở", measure_block=Block.AGENCY)
    half = task(session, now, Measure.CONVERTED, task="một nửa", measure_share=50)
    found = measuring.of_year(session, 2020, DAY)
    assert {
        kind: (said.done, said.whole, said.reached_on) for kind, row in rows.items() if (said := found[row.id])
    } == wanted
    assert (found[part.id].done, found[part.id].whole, found[part.id].reached_on) == (1, 1, date(2019, 5, 2))
    assert found[half.id].reached_on == date(2020, 2, 2)


def test_a_person_confirms_or_says_otherwise_with_a_reason(session: Session, now: datetime, tmp_path: Path) -> None:
    bring(session, tmp_path / "so", sheets())
    row = task(session, now, Measure.CONVERTED, measure_share=50)
    found = measuring.measure(session, [row], DAY)[row.id]
    assert found.result == "2/4 (50,0%); chỉ tiêu 50%, tính đến ngày 18/11/2020"
    assert measuring.differs(row, found)
    same = measuring.proposed(row, found)
    assert measuring.confirm(session, row.id, same, DAY, revision=1, by=BY, now=now)
    assert tasks.level(row, DAY) is ResultLevel.DONE_WELL
    assert not measuring.differs(row, found)
    other = Confirmed(date(2020, 11, 1), False, "Còn thiếu phụ lục")
    with pytest.raises(Invalid, match=r"task\.override_reason"):
        measuring.confirm(session, row.id, other, DAY, revision=2, by=BY, now=now)
    told = Confirmed(other.completed_on, False, other.result, "chưa đủ hồ sơ")
    with pytest.raises(Conflict, match=r"fact\.stale"):
        measuring.confirm(session, row.id, told, DAY, revision=1, by=BY, now=now)
    measuring.confirm(session, row.id, told, DAY, revision=2, by=BY, now=now)
    assert tasks.level(row, DAY) is ResultLevel.DONE
    assert row.measure == Measure.CONVERTED
    whys = [each.why for each in revisions.history(session, row)]
    assert whys[1] == "theo số liệu đến ngày 18/11/2020"
    assert whys[2].startswith("khác số liệu (2/4 (50,0%)")


def test_a_measure_that_cannot_be_is_refused(session: Session, now: datetime) -> None:
    with pytest.raises(Refusals) as refused:
        task(session, now, Measure.CLOSED, measure_block=Block.AGENCY, measure_share=101)
    assert [each.code for each in refused.value.refusals] == ["task.measure_block", "task.measure_share"]
    plain = tasks.enter(
        session, values("không số liệu", measure=None, measure_block=Block.AGENCY, measure_share=5), by=BY, now=now
    )
    assert (plain.measure_block, plain.measure_share) == (None, None)
    with pytest.raises(Invalid, match=r"task\.not_measured"):
        measuring.confirm(session, plain.id, Confirmed(None, False, "x"), DAY, revision=1, by=BY, now=now)
