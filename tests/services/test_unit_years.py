"""Objectives, reports owed, reminders and money of a year: through the services."""

import io
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date
from typing import Any

import docx
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from isoaudit.db import LogEntry, QualityObjective, ReportDuty, Succession, Unit
from isoaudit.db.engine import Sessions
from isoaudit.domain import money as rules
from isoaudit.domain.errors import Conflict, Invalid, NotFound, Refusals
from isoaudit.domain.reporting import ReportPeriod, ReportState, Tally
from isoaudit.domain.vocabulary import Block, Relation, UnitKind
from isoaudit.services import log, money, objectives, reminders, revisions, settings, unit_reports
from tests import factories
from tests.conftest import NOW

BY: dict[str, Any] = {"by": log.COMMAND_LINE, "now": NOW}
TODAY, DUE = date(2020, 11, 18), date(2020, 11, 15)
YEAR = ReportPeriod.YEAR


@pytest.fixture
def units(session: Session) -> list[Unit]:
    """Two communes and an agency, in the order of lists: agency first."""
    return [
        factories.unit(session, code="SKHCN", name="Sở Khoa học và Công nghệ", kind=UnitKind.AGENCY),
        factories.unit(session, code="19351", name="Xã Vĩnh Lâm"),
        factories.unit(session, code="19348", name="Xã Vĩnh Tú"),
    ]


def objective(**more: Any) -> dict[str, Any]:
    return {
        "year": 2020,
        "objective": "Giải quyết TTHC đúng hạn",
        "measure": "Tỷ lệ hồ sơ",
        "target": "≥ 98%",
        "result": None,
        "met": None,
        "source": "Một cửa điện tử",
        "document_id": None,
        **more,
    }


def test_an_objective_is_entered_for_many_units_and_its_result_judges_it(session: Session, units: list[Unit]) -> None:
    ids = [unit.id for unit in units]
    assert objectives.enter(session, ids[:1], objective(), **BY) == 1
    assert objectives.enter(session, ids, objective(objective="giải quyết TTHC ĐÚNG HẠN"), **BY) == 2
    with pytest.raises(Invalid, match="stands_already"):
        objectives.enter(session, ids, objective(), **BY)
    lines = objectives.of_year(session, 2020)
    assert [line.unit.code for line in lines] == ["SKHCN", "19351", "19348"]
    for line, result in zip(lines, ("99%", "97,5%"), strict=False):
        objectives.correct(session, line.row.id, objective(result=result), why="kết quả năm", revision=1, **BY)
    found = objectives.of_year(session, 2020)
    assert objectives.summary(found) == objectives.Summary(units=3, objectives=3, met=1, missed=1, open=1)
    assert objectives.by_block(found)[Block.COMMUNE].missed == 1
    with pytest.raises(Conflict):
        objectives.correct(session, lines[0].row.id, objective(result="98%"), why="x", revision=1, **BY)


def test_objectives_are_copied_from_last_year_with_targets_only(session: Session, units: list[Unit]) -> None:
    before, after = units[1], factories.unit(session, code="19999", name="Phường Vĩnh Lâm", valid_from=date(2020, 7, 1))
    before.valid_to = date(2020, 7, 1)
    day, relation = date(2020, 7, 1), Relation.CONTINUED
    session.add(Succession(predecessor_id=before.id, successor_id=after.id, on_day=day, relation=relation))
    objectives.enter(session, [before.id], objective(year=2019, result="99%"), **BY)
    objectives.enter(session, [before.id], objective(year=2019, objective="Tập huấn", target="02 lớp"), **BY)
    objectives.enter(session, [after.id], objective(objective="Tập huấn", target="03 lớp"), **BY)
    assert objectives.copy(session, [after.id, units[2].id], 2020, **BY) == 1
    assert objectives.copy(session, [after.id], 2020, **BY) == 0
    with pytest.raises(Invalid, match="stands_already"):
        objectives.enter(session, [after.id], objective(), **BY)
    unit_reports.set_deadlines(session, [before.id], 2020, YEAR, DUE, why=None, **BY)
    again = unit_reports.set_deadlines(session, [after.id], 2020, YEAR, DUE, why=None, **BY)
    assert again == unit_reports.DeadlinesSet(0, 0, 1), "a unit that was renamed owes one report"
    copied = session.scalars(select(QualityObjective).where(QualityObjective.target == "≥ 98%")).all()[-1]
    assert (copied.unit_id, copied.year, copied.result, copied.met) == (after.id, 2020, None, None)
    with pytest.raises(Invalid, match="not_in_force"):
        objectives.copy(session, [before.id], 2021, **BY)


@pytest.fixture
def renamed(session: Session, units: list[Unit]) -> tuple[int, int]:
    """A commune that became a ward in the middle of 2020: the keys of its two rows."""
    day = date(2020, 7, 1)
    before, after = units[1], factories.unit(session, code="19999", name="Phường Vĩnh Lâm", valid_from=day)
    before.valid_to = day
    session.add(Succession(predecessor_id=before.id, successor_id=after.id, on_day=day, relation=Relation.CONTINUED))
    session.flush()
    return before.id, after.id


@pytest.mark.parametrize("backwards", [False, True])
def test_what_was_voided_is_not_restored_beside_its_like_under_the_other_name(
    session: Session, renamed: tuple[int, int], backwards: bool
) -> None:
    first, then = reversed(renamed) if backwards else renamed
    unit_reports.set_deadlines(session, [first], 2020, YEAR, DUE, why=None, **BY)
    (duty,) = unit_reports.lines(session, 2020, YEAR, TODAY)
    unit_reports.void(session, duty.row.id, why="nhầm", **BY)
    made = [unit_reports.set_deadlines(session, [key], 2020, YEAR, DUE, why=None, **BY) for key in (then, first)]
    assert [each.added for each in made] == [1, 0]
    with pytest.raises(Invalid, match="stands_already"):
        unit_reports.restore(session, duty.row.id, **BY)
    assert len(unit_reports.lines(session, 2020, YEAR, TODAY)) == 1

    assert objectives.enter(session, [first], objective(), **BY) == 1
    (line,) = objectives.of_year(session, 2020)
    objectives.void(session, line.row.id, why="nhầm", **BY)
    assert objectives.enter(session, [then], objective(), **BY) == 1
    with pytest.raises(Invalid, match="stands_already"):
        objectives.restore(session, line.row.id, **BY)
    with pytest.raises(Invalid, match="stands_already"):
        objectives.enter(session, [first], objective(), **BY)


@pytest.mark.parametrize("backwards", [False, True])
def test_money_of_a_unit_that_was_renamed_is_not_entered_again_under_its_other_name(
    session: Session, renamed: tuple[int, int], backwards: bool
) -> None:
    first, then = reversed(renamed) if backwards else renamed
    made = money.enter(session, line(unit_id=first), **BY)
    with pytest.raises(Invalid, match="stands_already"):
        money.enter(session, line(unit_id=then), **BY)
    money.void(session, made.id, why="nhầm", **BY)
    money.enter(session, line(unit_id=then), **BY)
    with pytest.raises(Invalid, match="stands_already"):
        money.restore(session, made.id, **BY)


def test_two_clicks_at_the_same_moment_enter_once(sessions: Sessions) -> None:
    with sessions.writing.begin() as session:
        settings.home(session)
        key = factories.unit(session).id
    both = threading.Barrier(2)
    twice: list[Callable[[Session], Any]] = [
        lambda session: unit_reports.set_deadlines(session, [key], 2020, YEAR, DUE, why=None, **BY),
        lambda session: objectives.enter(session, [key], objective(), **BY),
        lambda session: money.enter(session, line(unit_id=key), **BY),
    ]

    def click(enter: Callable[[Session], Any]) -> None:
        both.wait(10)
        with suppress(Invalid), sessions.writing.begin() as session:
            enter(session)
            time.sleep(0.2)  # the other one looks meanwhile

    for enter in twice:
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(click, [enter, enter]))
    with sessions.reading() as session:
        assert len(unit_reports.lines(session, 2020, YEAR, TODAY)) == 1
        assert len(objectives.of_year(session, 2020)) == 1
        assert len(money.of_year(session, 2020)) == 1


@pytest.fixture
def owed(session: Session, units: list[Unit]) -> dict[str, ReportDuty]:
    ids = [unit.id for unit in units]
    made = unit_reports.set_deadlines(session, ids, 2020, YEAR, DUE, why=None, **BY)
    assert made == unit_reports.DeadlinesSet(3, 0, 0)
    return {line.unit.code: line.row for line in unit_reports.lines(session, 2020, YEAR, TODAY)}


def test_who_sent_on_time_late_and_not(session: Session, owed: dict[str, ReportDuty]) -> None:
    receipts = [
        unit_reports.Receipt(owed["SKHCN"].id, DUE, "15/BC-SKHCN"),
        unit_reports.Receipt(owed["19351"].id, TODAY, None),
    ]
    assert unit_reports.receive(session, receipts, **BY) == 2
    assert unit_reports.receive(session, receipts, **BY) == 0
    found = unit_reports.lines(session, 2020, YEAR, TODAY)
    assert [(line.standing.state, line.standing.late_days) for line in found] == [
        (ReportState.ON_TIME, 0),
        (ReportState.LATE, 3),
        (ReportState.NOT_SENT, 3),
    ]
    assert unit_reports.tallies(found)[Block.COMMUNE] == Tally(owed=2, late=1, not_sent=1)
    assert unit_reports.tallies(unit_reports.lines(session, 2020, YEAR, DUE))[Block.COMMUNE] == Tally(owed=2, waiting=2)


def test_all_days_typed_are_recorded_or_none(session: Session, owed: dict[str, ReportDuty]) -> None:
    wrong = [
        unit_reports.Receipt(owed["SKHCN"].id, DUE, None),
        unit_reports.Receipt(owed["19351"].id, date(2020, 11, 19), None),
        unit_reports.Receipt(owed["19348"].id, date(2019, 12, 31), None),
    ]
    with pytest.raises(Refusals) as refused:
        unit_reports.receive(session, wrong, **BY)
    assert ["19351" in str(each) or "19348" in str(each) for each in refused.value.refusals] == [True, True]


def test_a_deadline_is_moved_with_a_reason_and_not_once_the_report_came(
    session: Session, units: list[Unit], owed: dict[str, ReportDuty]
) -> None:
    unit_reports.receive(session, [unit_reports.Receipt(owed["SKHCN"].id, DUE, None)], **BY)
    ids, later = [unit.id for unit in units], date(2020, 11, 30)
    with pytest.raises(Invalid, match="why_required"):
        unit_reports.set_deadlines(session, ids, 2020, YEAR, later, why=None, **BY)
    moved = unit_reports.set_deadlines(session, ids, 2020, YEAR, later, why="Lũ lụt", **BY)
    assert moved == unit_reports.DeadlinesSet(0, 2, 1)
    assert [row.why for row in revisions.history(session, owed["19348"])] == [None, "Lũ lụt"]
    with pytest.raises(Invalid, match="due_far"):
        unit_reports.set_deadlines(session, ids, 2020, YEAR, date(2022, 1, 1), why="x", **BY)


def test_reminders_go_to_those_that_sent_none_and_print_the_same_later(
    session: Session, owed: dict[str, ReportDuty]
) -> None:
    unit_reports.receive(session, [unit_reports.Receipt(owed["SKHCN"].id, DUE, None)], **BY)
    keys = [row.id for row in owed.values()]
    (letter,) = reminders.draft(session, keys, date(2020, 11, 25), separately=False, **BY)
    assert len(reminders.draft(session, keys, date(2020, 11, 25), separately=True, **BY)) == 2
    before = reminders.WRITERS["docx"][1](reminders.paper(letter))
    unit_reports.receive(session, [unit_reports.Receipt(owed["19351"].id, TODAY, None)], **BY)
    assert reminders.WRITERS["docx"][1](reminders.paper(letter)) == before
    text = "\n".join(each.text for each in docx.Document(io.BytesIO(before)).paragraphs)
    assert "UBND xã Vĩnh Lâm" in text
    assert "chậm nhất ngày 25/11/2020" in text
    assert "Sở Khoa học" not in text.split("Kính gửi")[1].split("Báo cáo tình hình")[0]
    with pytest.raises(Invalid, match="number_missing"):
        reminders.issue(session, letter.id, number="", issued_on=TODAY, signer="", **BY)
    with pytest.raises(Invalid, match="before_due"):
        reminders.issue(session, letter.id, number="166/SKHCN-TĐC", issued_on=DUE, signer="", **BY)
    reminders.issue(session, letter.id, number="166 / SKHCN-TĐC", issued_on=TODAY, signer="Trần Ngọc Lân", **BY)
    with pytest.raises(Conflict):
        reminders.issue(session, letter.id, number="167/SKHCN-TĐC", issued_on=TODAY, signer="", **BY)
    listed = next(line for line in reminders.lines(session, 2020, YEAR) if line.row.id == letter.id)
    assert (listed.row.number, listed.answered) == ("166/SKHCN-TĐC", 1)
    assert listed.units == ("UBND xã Vĩnh Lâm", "UBND xã Vĩnh Tú")
    assert list(reminders.reminded(session, keys)) == [owed["19351"].id, owed["19348"].id]


def test_nobody_is_reminded_before_the_report_is_overdue(session: Session, units: list[Unit]) -> None:
    unit_reports.set_deadlines(session, [units[0].id], 2020, YEAR, TODAY, why=None, **BY)
    keys = [line.row.id for line in unit_reports.lines(session, 2020, YEAR, TODAY)]
    with pytest.raises(Invalid, match="nobody"):
        reminders.draft(session, keys, TODAY, separately=False, **BY)
    with pytest.raises(Invalid, match="due_passed"):
        reminders.draft(session, keys, DUE, separately=False, **BY)


def line(**more: Any) -> dict[str, Any]:
    nothing = dict.fromkeys(money.COLUMNS)
    stated = {"year": 2020, "purpose": "Tập huấn", "source": "Sự nghiệp KH&CN", "estimate": 12_000_000}
    return nothing | stated | more


def test_money_is_summed_by_unit_team_and_source(session: Session, units: list[Unit]) -> None:
    team = line(team="Đoàn 1", purpose="Công tác phí", estimate=5_000_000, spent=6_000_000, spent_on=DUE)
    made = money.enter(session, line(unit_id=units[1].id), **BY)
    money.enter(session, team, **BY)
    money.enter(session, line(unit_id=units[0].id, source="Tự chủ", estimate=1), **BY)
    with pytest.raises(Invalid, match="stands_already"):
        money.enter(session, line(unit_id=units[1].id), **BY)
    found = money.of_year(session, 2020)
    assert [each.owner for each in found] == ["Sở Khoa học và Công nghệ", "Xã Vĩnh Lâm", "Đoàn 1"]
    sums = rules.by([each.row for each in found], lambda row: row.source)
    assert sums["Sự nghiệp KH&CN"] == rules.Sums(2, 17_000_000, 6_000_000, 0)
    assert sums["Tự chủ"].left == 1
    spent = line(unit_id=units[1].id, spent=12_000_000, spent_on=DUE, settled=11_000_000, settled_on=TODAY)
    assert money.correct(session, made.id, spent, why="quyết toán", revision=1, **BY)
    money.void(session, made.id, why="nhầm", **BY)
    assert len(money.of_year(session, 2020)) == 2
    money.enter(session, line(unit_id=units[1].id), **BY)
    with pytest.raises(Invalid, match="stands_already"):
        money.restore(session, made.id, **BY)
    assert money.sources(session) == ["Sự nghiệp KH&CN", "Tự chủ"]
    assert money.teams(session, 2020) == ["Đoàn 1"]


def test_what_is_no_business_of_the_rollup_leaves_its_version(session: Session, owed: dict[str, ReportDuty]) -> None:
    version = settings.home(session).data_version
    unit_reports.receive(session, [unit_reports.Receipt(owed["SKHCN"].id, DUE, None)], **BY)
    assert settings.home(session).data_version == version
    assert session.scalars(select(LogEntry.action).order_by(LogEntry.seq.desc())).first() == "report_duty.receive"
    with pytest.raises(NotFound):
        reminders.get(session, 99)
