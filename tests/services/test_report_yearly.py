"""What the report gets to tell of money, reports owed, objectives and publications: of its period, as of its day."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from isoaudit.db import Succession, Unit
from isoaudit.domain.period import Period
from isoaudit.domain.reporting import ReportPeriod
from isoaudit.domain.vocabulary import Relation, UnitKind
from isoaudit.export.yearly import LateReport, MissedObjective, MoneyRow, ObjectiveRow, YearRecords
from isoaudit.services import log, money, objectives, unit_reports
from isoaudit.services.report_yearly import year_records
from isoaudit.services.rollup import count
from tests import factories
from tests.conftest import NOW

BY: dict[str, Any] = {"by": log.COMMAND_LINE, "now": NOW}
DUE = date(2020, 11, 10)


@pytest.fixture
def unit(session: Session) -> Unit:
    made = factories.unit(session, code="19351", name="Xã Vĩnh Lâm")
    for period in ReportPeriod:
        unit_reports.set_deadlines(session, [made.id], 2020, period, DUE, why=None, **BY)
    (line,) = unit_reports.lines(session, 2020, ReportPeriod.YEAR, DUE)
    unit_reports.receive(session, [unit_reports.Receipt(line.row.id, date(2020, 11, 15), None)], **BY)
    values = {"year": 2020, "objective": "Đúng hạn", "target": "≥ 98%", "result": "97%"}
    objectives.enter(session, [made.id], values, **BY)
    spent = {"spent": 8, "spent_on": date(2020, 11, 12), "settled": 7, "settled_on": date(2020, 11, 16)}
    stated = {"year": 2020, "unit_id": made.id, "purpose": "Tập huấn", "source": "Tự chủ", "estimate": 10}
    money.enter(session, dict.fromkeys(money.COLUMNS) | stated | spent, **BY)
    return made


def told(session: Session, day: date, period: Period | None = None) -> YearRecords:
    return year_records(session, count(session, None, day.year, day, period=period))


def test_what_was_spent_and_sent_later_is_not_told_yet(session: Session, unit: Unit) -> None:
    early, late = told(session, date(2020, 11, 12)), told(session, date(2020, 11, 18))
    assert early.money == (MoneyRow("Xã Vĩnh Lâm", "Tự chủ", estimate=10, spent=8),)
    assert late.money == (MoneyRow("Xã Vĩnh Lâm", "Tự chủ", estimate=10, spent=8, settled=7),)
    year = [each for each in (early, late) for each in each.reports if each.period == "năm 2020"]
    assert [each.late for each in year] == [
        (LateReport("Xã Vĩnh Lâm", 2, sent=False, code="19351"),),
        (LateReport("Xã Vĩnh Lâm", 5, code="19351"),),
    ]


def test_a_result_without_a_day_is_the_whole_years_and_counts_from_its_last_day(session: Session, unit: Unit) -> None:
    half = told(session, date(2020, 6, 30), Period(date(2020, 1, 1), date(2020, 6, 30)))
    for early in (half, told(session, date(2020, 11, 18))):
        assert early.objectives == (ObjectiveRow("commune", 1, 1, 0, 0, 1),)
        assert early.missed == ()
    ended = told(session, date(2020, 12, 31))
    assert ended.objectives == (ObjectiveRow("commune", 1, 1, 0, 1, 0),)
    assert ended.missed == (MissedObjective("Xã Vĩnh Lâm", "Đúng hạn", "≥ 98%", "97%", "19351"),)


def test_a_result_counts_from_its_own_day(session: Session, unit: Unit) -> None:
    dated = {"year": 2020, "objective": "Hài lòng", "target": "≥ 90%", "result": "95%", "result_on": date(2020, 6, 30)}
    objectives.enter(session, [unit.id], dated, **BY)
    before, half, autumn, whole = (
        told(session, day).objectives[0]
        for day in (date(2020, 6, 29), date(2020, 6, 30), date(2020, 11, 18), date(2020, 12, 31))
    )
    assert (before.met, before.missed, before.open) == (0, 0, 2)
    assert (half.met, half.missed, half.open) == (autumn.met, autumn.missed, autumn.open) == (1, 0, 1)
    assert (whole.met, whole.missed, whole.open) == (1, 1, 0)


def test_units_of_one_name_are_told_apart_by_their_district(session: Session) -> None:
    for place, name in enumerate(["Lộc", "Hà"]):
        town = factories.unit(session, code=f"46{place}", name=name, kind=UnitKind.DISTRICT)
        named = factories.unit(session, code=f"192{place}", name="Phường 2", parent_id=town.id)
        objectives.enter(session, [named.id], {"year": 2020, "objective": "A", "target": "≥ 9", "result": "8"}, **BY)
    missed = told(session, date(2020, 12, 31)).missed
    assert sorted(each.unit for each in missed) == ["Phường 2 (Hà)", "Phường 2 (Lộc)"]


def test_a_unit_is_called_as_it_is_today_and_one_that_ended_is_told_from_its_namesake(session: Session) -> None:
    day = date(2020, 7, 1)
    for code, relation, name in (("101", Relation.CONTINUED, "Xã Mới"), ("105", Relation.CONSOLIDATED, "Xã Cũ")):
        old = factories.unit(session, code=code, name="Xã Cũ", valid_to=day)
        new = factories.unit(session, code=f"{code}9", name=name, valid_from=day)
        session.add(Succession(predecessor_id=old.id, successor_id=new.id, on_day=day, relation=relation))
        objectives.enter(session, [old.id], {"year": 2020, "objective": "A", "target": "≥ 9", "result": "8"}, **BY)
    called = {(each.unit, each.code) for each in told(session, date(2020, 12, 31)).missed}
    assert called == {("Xã Mới", "1019"), ("Xã Cũ (105)", "")}


def test_a_half_year_tells_of_its_own_report_only(session: Session, unit: Unit) -> None:
    half = Period(date(2020, 1, 1), date(2020, 6, 30))
    assert [each.period for each in told(session, half.last, half).reports] == ["6 tháng đầu năm 2020"]
    assert told(session, date(2019, 12, 31)) == YearRecords()
