"""A code means the unit that has it on the row's own day (CONTRACT §3)."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from isoaudit import db
from isoaudit.domain.errors import Refusals
from isoaudit.domain.messages import say
from isoaudit.services import importing, log, settings
from tests.conftest import NOW
from tests.workbooks import Sheets, folder, table

Bring = Callable[[Sheets], None]


@pytest.fixture
def bring(session: Session, tmp_path: Path) -> Bring:
    """Imports sheets as a folder."""

    def _bring(sheets: Sheets) -> None:
        place = folder(tmp_path / f"so-{len(list(tmp_path.iterdir()))}", sheets)
        importing.import_workbook(session, place, by=log.COMMAND_LINE, now=NOW)

    return _bring


def units(*lines: str) -> list[dict[str, str]]:
    return table("code | name | kind | parent | province | valid_from | valid_to", *lines)


def activities(*lines: str) -> list[dict[str, str]]:
    return table("unit | year | kind | date", *lines)


def names(session: Session) -> list[str]:
    rows = session.scalars(
        select(db.Unit.name).join(db.Activity, db.Activity.unit_id == db.Unit.id).order_by(db.Activity.done_on)
    )
    return list(rows)


def test_a_reused_code_means_another_unit_from_its_day_on(bring: Bring, session: Session) -> None:
    register = units(
        "19333 | Phường 1 | ward | | | 1900-01-01 | 2025-07-01", "19333 | Phường Đông Hà | ward | | | 2025-07-01 |"
    )
    days = ("1900-01-01", "2025-06-30", "2025-07-01")
    bring({"units": register, "activities": activities(*(f"19333 | 2025 | training | {day}" for day in days))})
    assert names(session) == ["Phường 1", "Phường 1", "Phường Đông Hà"]


def test_the_home_province_comes_first_then_the_only_other_one(bring: Bring, session: Session) -> None:
    register = units(
        "SNV | Sở Nội vụ Quảng Bình | agency | | Quảng Bình | 1900-01-01 |",
        "SNV | Sở Nội vụ | agency | | Tỉnh Quảng Trị | 2010-01-01 |",
    )
    bring(
        {
            "units": register,
            "activities": activities("SNV | 2009 | training | 2009-12-31", "SNV | 2010 | training | 2010-01-01"),
        }
    )
    assert names(session) == ["Sở Nội vụ Quảng Bình", "Sở Nội vụ"]


def test_a_code_of_two_other_provinces_is_ambiguous(bring: Bring) -> None:
    register = units("X | Sở X | agency | | Quảng Bình | 1900-01-01 |", "X | Sở X | agency | | Hà Tĩnh | 1900-01-01 |")
    with pytest.raises(Refusals) as caught:
        bring({"units": register, "activities": activities("X | 2009 | training | 2009-12-31")})
    assert [each.code for each in caught.value.refusals] == ["importing.unit_ambiguous"]


def test_a_name_of_two_units_is_refused_with_both_and_their_districts(bring: Bring) -> None:
    register = units(
        "461 | Thành phố Đông Hà | district | | | 1900-01-01 | 2025-07-01",
        "462 | Thị xã Quảng Trị | district | | | 1900-01-01 | 2025-07-01",
        "19333 | Phường 1 | ward | 461 | | 1900-01-01 | 2025-07-01",
        "19354 | Phường 1 | ward | 462 | | 1900-01-01 | 2025-07-01",
        "19360 | Xã Bên | commune | Phường 1 | | 1900-01-01 |",
    )
    both = "19333 Phường 1 (Thành phố Đông Hà); 19354 Phường 1 (Thị xã Quảng Trị)"
    days = activities("Phường 1 | 2020 | training | 2020-12-31", "Phường 1 | 2025 | training | 2025-07-01")
    with pytest.raises(Refusals) as caught:
        bring({"units": register, "activities": days})
    above, first, second = (say(each) for each in caught.value.refusals)
    assert "cột parent: “Phường 1” là tên của 2 đơn vị vào ngày 01/01/1900: 19333 Phường 1" in above
    assert f"cột unit: “Phường 1” là tên của 2 đơn vị vào ngày 31/12/2020: {both}. Hãy ghi mã" in first
    assert "không có đơn vị tên “Phường 1” vào ngày 01/7/2025. Tên này từng dùng: 19333 Phường 1: 01/01/1900" in second


def test_an_empty_province_is_that_of_the_installation(bring: Bring, session: Session) -> None:
    settings.write(session, {"province": "Hà Tĩnh"}, by=log.COMMAND_LINE, now=NOW)
    bring({"units": units("X | Sở X | agency | | | 1900-01-01 |")})
    unit = session.scalars(select(db.Unit)).one()
    assert session.get_one(db.Province, unit.province_id).name == "Hà Tĩnh"


@pytest.mark.parametrize(
    ("above", "expected"),
    [
        ("461 | Huyện Cũ | district | | | 1900-01-01 | 2000-01-01", None),
        ("461 | Huyện Mới | district | | | 2000-01-01 |", "Huyện Mới"),
        ("461 | Huyện Sau | district | | | 2004-05-06 | 2005-01-01", "Huyện Sau"),
    ],
)
def test_a_parent_is_that_of_the_first_day_or_the_first_later_one(
    bring: Bring, session: Session, above: str, expected: str | None
) -> None:
    sheets = {"units": units("19333 | Phường 1 | ward | 461 | | 2000-01-01 |", above)}
    if expected is None:
        with pytest.raises(Refusals) as caught:
            bring(sheets)
        assert [each.code for each in caught.value.refusals] == ["importing.parent_unknown"]
        return
    bring(sheets)
    child = session.scalars(select(db.Unit).where(db.Unit.code == "19333")).one()
    assert session.get_one(db.Unit, child.parent_id).name == expected


def test_a_predecessor_is_that_of_the_eve_and_a_successor_that_of_the_day(bring: Bring, session: Session) -> None:
    bring(
        {
            "units": units(
                "1 | Xã Cũ | commune | | | 1900-01-01 | 2020-01-01",
                "1 | Xã Mới | commune | | | 2020-01-01 |",
                "2 | Xã Hai | commune | | | 1900-01-01 | 2020-01-01",
            ),
            "successions": table(
                "predecessor | successor | on | relation",
                "1 | 1 | 2020-01-01 | consolidated",
                "2 | 1 | 2020-01-01 | consolidated",
            ),
        }
    )
    register = {row.id: row.name for row in session.scalars(select(db.Unit))}
    pairs = {
        (register[row.predecessor_id], register[row.successor_id]) for row in session.scalars(select(db.Succession))
    }
    assert pairs == {("Xã Cũ", "Xã Mới"), ("Xã Hai", "Xã Mới")}


def test_units_may_come_in_any_order_and_in_several_files(bring: Bring, session: Session) -> None:
    bring({"units": units("2 | Xã Hai | commune | 1 | | 1990-01-01 |", "1 | Huyện Một | district | | | 1900-01-01 |")})
    bring({"units": units("3 | Xã Ba | commune | 1 | | 1990-01-01 |")})
    above = session.scalars(select(db.Unit.id).where(db.Unit.code == "1")).one()
    assert list(session.scalars(select(db.Unit.code).where(db.Unit.parent_id == above).order_by(db.Unit.code))) == [
        "2",
        "3",
    ]
    assert session.scalars(select(db.Unit.valid_from).where(db.Unit.code == "3")).one() == date(1990, 1, 1)
