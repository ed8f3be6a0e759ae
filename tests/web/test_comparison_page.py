"""The page "So sánh hai năm": totals on a named basis, and behind every number its lines."""

import re
from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from isoaudit.db import Activity, Declaration, Succession, Unit
from isoaudit.domain.vocabulary import ActivityKind, DeclarationKind, Relation, Role, UnitKind
from tests import factories
from tests.conftest import NOW, SignIn

MERGED = date(2020, 3, 1)
PAGE = "/tong-hop/so-sanh?nam=2020&ngay=2020-11-18"


@pytest.fixture
def committee(client: FlaskClient, session: Session, sign_in: SignIn) -> FlaskClient:
    """Two communes become a new ward in March; one of them had declared. A third one declares in May."""
    old = [
        factories.unit(session, code=f"1934{number}", name=f"Xã Vĩnh {name}", valid_to=MERGED)
        for number, name in enumerate(("Giang", "Thành"))
    ]
    third = factories.unit(session, code="19342", name="Xã Vĩnh Tân")
    ward = factories.unit(session, code="19340", name="Phường Vĩnh Mới", kind=UnitKind.WARD, valid_from=MERGED)
    for each in old:
        session.add(
            Succession(
                predecessor_id=each.id, successor_id=ward.id, on_day=MERGED, relation=Relation.CONSOLIDATED, basis=""
            )
        )
    _declare(session, old[0], date(2019, 5, 1))
    _declare(session, third, date(2020, 5, 1))
    user = factories.user(session, role=Role.COMMITTEE)
    session.commit()
    return sign_in(client, user)


def _declare(session: Session, unit: Unit, day: date) -> None:
    made: Any = {"edition": "iso9001-2015", "kind": DeclarationKind.DECLARE, "made_on": day, "recorded_at": NOW}
    session.add(Declaration(unit_id=unit.id, **made))


def _row(page: str, name: str) -> list[str]:
    """The cells of a line of the table of totals, as text."""
    found = re.search(rf'<tr><th scope="row">{name}</th>(.*?)</tr>', page, re.S)
    assert found is not None
    return [" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in re.findall(r"<td.*?</td>", found[1], re.S)]


def test_rebased_both_years_count_the_units_of_today(committee: FlaskClient) -> None:
    page = committee.get(PAGE).text
    assert "Ngày 31/12/2019 và ngày 18/11/2020, quy đổi về đơn vị hiện nay." in page
    assert "Năm 2019: tính lại từ dữ liệu hiện có, đến hết ngày 31/12/2019." in page
    assert _row(page, "Tổng số đơn vị") == ["2", "2", "2", "2"]
    # Of the two communes in the ward one had declared: the ward's land had not.
    assert _row(page, "Đã công bố") == ["0 / 2 0%", "1 / 2 50,0% (+50,0)", "0 / 2", "1 / 2"]


def test_rebased_a_unit_of_no_land_of_then_is_listed_and_counted_in_neither_year(
    committee: FlaskClient, session: Session
) -> None:
    _declare(session, factories.unit(session, code="20001", name="Xã Phong Nha", valid_from=MERGED), MERGED)
    session.commit()
    page = committee.get(PAGE).text
    assert _row(page, "Tổng số đơn vị") == ["2", "2", "2", "2"]
    assert _row(page, "Đã công bố") == ["0 / 2 0%", "1 / 2 50,0% (+50,0)", "0 / 2", "1 / 2"]
    assert _lines(committee.get(f"{PAGE}&chi=declared-nay").text) == ["Xã Vĩnh Tân"]
    assert _lines(committee.get(f"{PAGE}&doi=moi").text) == ["Xã Phong Nha"]
    assert _row(committee.get(f"{PAGE}&cach=own").text, "Đã công bố")[1] == "2 / 3 66,7%"


def test_in_their_own_units_both_years_are_as_their_reports_say(committee: FlaskClient) -> None:
    page = committee.get(f"{PAGE}&cach=own").text
    assert "mỗi năm theo đơn vị khi đó" in page
    assert _row(page, "Tổng số đơn vị") == ["3", "2", "3", "2"]
    assert _row(page, "Đã công bố") == ["1 / 3 33,3%", "1 / 2 50,0%", "1 / 3", "1 / 2"]


def test_per_former_territory_both_years_count_the_former_units(committee: FlaskClient) -> None:
    page = committee.get(f"{PAGE}&cach=former").text
    assert "theo địa bàn cũ" in page
    assert _row(page, "Tổng số đơn vị") == ["3", "3", "3", "3"]
    assert _row(page, "Đã công bố") == ["1 / 3 33,3%", "1 / 3 33,3% (0)", "1 / 3", "1 / 3"]


def test_a_year_of_which_nothing_was_entered_has_no_rate_and_makes_no_rise(
    committee: FlaskClient, session: Session
) -> None:
    unit = session.scalars(select(Unit).where(Unit.code == "19342")).one()
    _declare(session, unit, date(2018, 5, 1))
    for kind in (ActivityKind.INTERNAL_AUDIT, ActivityKind.MANAGEMENT_REVIEW):
        session.add(Activity(unit_id=unit.id, kind=kind, year=2020, done_on=date(2020, 6, 1), recorded_at=NOW))
    session.commit()
    page = committee.get(PAGE).text
    assert _row(page, "Được kiểm tra toàn diện tại trụ sở") == ["chưa có số liệu"] * 4
    assert _row(page, "Duy trì, cải tiến đúng") == ["chưa có số liệu", "1 / 1 100%", "chưa có số liệu", "1 / 1"]


def _lines(page: str) -> list[str]:
    body = page.split('id="cac-dong"')[1]
    return re.findall(r'<tr><th scope="row">([^<]+) <span', body)


def test_every_number_leads_to_its_lines(committee: FlaskClient) -> None:
    page = committee.get(PAGE).text
    link = re.search(r'href="([^"]*chi=declared-nay&amp;khoi=commune[^"]*)#cac-dong"', page)
    assert link is not None
    assert _lines(committee.get(link[1].replace("&amp;", "&")).text) == ["Xã Vĩnh Tân"]
    assert _lines(committee.get(f"{PAGE}&chi=declared-truoc").text) == []
    assert _lines(committee.get(f"{PAGE}&cach=own&chi=declared-truoc").text) == ["Phường Vĩnh Mới"]
    assert _lines(committee.get(f"{PAGE}&cach=former&chi=declared-truoc").text) == ["Xã Vĩnh Giang"]
    assert _lines(committee.get(f"{PAGE}&doi=sap-xep").text) == ["Phường Vĩnh Mới"]
    assert _lines(committee.get(f"{PAGE}&tim=vinh+giang").text) == ["Phường Vĩnh Mới"]
    assert _lines(committee.get(f"{PAGE}&xep=-ten").text) == ["Xã Vĩnh Tân", "Phường Vĩnh Mới"]


@pytest.mark.parametrize("day", ["hom-qua", "2021-01-01"])
def test_a_day_that_cannot_be_compared_with_is_said(committee: FlaskClient, day: str) -> None:
    page = committee.get(f"{PAGE}&so-voi={day}")
    assert page.status_code == 200
    assert "đang so với năm trước" in page.text
