"""What a briefing gathers of a small province."""

from datetime import date, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from isoaudit.domain.vocabulary import UnitKind
from isoaudit.services import decisions
from isoaudit.services.briefing import briefing
from isoaudit.services.log import COMMAND_LINE as BY
from isoaudit.services.rollup import roll_up
from tests import factories
from tests.services.test_decisions import values
from tests.services.test_rollup import bring, sheets


def test_it_gathers_what_is_late_and_what_to_compare_with(session: Session, now: datetime, tmp_path: Path) -> None:
    bring(session, tmp_path / "so", sheets())
    decisions.enter(session, values(), by=BY, now=now)
    rollup = roll_up(session, None, 2020, date(2020, 11, 18))
    told = briefing(session, rollup, date(2020, 11, 20), date(2020, 3, 2), ("kinh phí",))
    assert [each.name for each in told.before] == ["31/12/2019, tính lại", "lần họp 02/3/2020, tính lại"]
    assert [(each.unit, each.number, each.about, each.days) for each in told.late] == [
        ("Sở Khoa học và Công nghệ", 1, ("8.5.1",), 46)
    ]
    assert [(each.addressed_to, each.days) for each in told.pending] == [("Sở Nội vụ", 141)]
    assert told.worst[0].line.unit.code == "SKHCN"
    assert told.worst[0].open.overdue == 1


def test_units_of_one_name_are_told_apart_by_their_district(session: Session) -> None:
    towns = [factories.unit(session, code=f"T{n}", name=f"Thị xã {n}", kind=UnitKind.DISTRICT) for n in range(2)]
    for town in towns:
        factories.unit(session, code=f"P{town.code}", name="Phường 1", kind=UnitKind.WARD, parent_id=town.id)
    factories.unit(session, code="X", name="Xã X", kind=UnitKind.COMMUNE)
    told = briefing(session, roll_up(session, None, 2020, date(2020, 11, 18)), date(2020, 11, 20))
    assert sorted(told.names.values()) == [
        "Phường 1 (Thị xã 0)",
        "Phường 1 (Thị xã 1)",
        "Thị xã 0",
        "Thị xã 1",
        "Xã X",
    ]
    assert {told.called(line.unit) for line in told.rollup.units} == set(told.names.values())
