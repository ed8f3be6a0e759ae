"""The calendar and the page of plan against actual: what is planned is found on its day, and can be moved."""

from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from isoaudit.db import Audit
from isoaudit.domain.vocabulary import Role
from tests import audit_factories, factories
from tests.conftest import SignIn
from tests.web.conftest import Stored


@pytest.fixture
def office(client: FlaskClient, session: Session, sign_in: SignIn) -> FlaskClient:
    """The office, with one visit planned for 25 November 2020."""
    head = factories.user(session, role=Role.INSPECTOR, full_name="Nguyễn Văn Trưởng")
    user = factories.user(session, role=Role.OFFICE)
    audit_factories.audit(session, head=head, planned_on=date(2020, 11, 25))
    session.commit()
    return sign_in(client, user)


def test_a_visit_stands_on_its_day_until_it_is_moved(office: FlaskClient, stored: Stored) -> None:
    reference = stored(Audit)[0].reference
    month = office.get("/ke-hoach/lich?nam=2020&thang=11").text
    assert "Lịch kiểm tra tháng 11 năm 2020" in month
    assert 'data-label="Thứ tư 25/11/2020"' in month
    week = office.get("/ke-hoach/lich?tuan=2020-11-28").text
    assert "tuần từ 23/11/2020 đến 29/11/2020" in week
    assert "Nguyễn Văn Trưởng" in week
    form = office.get(f"/ke-hoach/doi-ngay/{reference}").text
    assert 'value="2020-11-25"' in form
    wrong = office.post(f"/ke-hoach/doi-ngay/{reference}", data={"day": "2021-01-05", "why": "mưa"})
    assert wrong.status_code == 422
    assert "nằm ngoài năm 2020" in wrong.text
    moved = office.post(f"/ke-hoach/doi-ngay/{reference}", data={"day": "2020-12-02", "why": "mưa lũ"})
    assert moved.status_code == 303
    assert 'data-label="Thứ tư 02/12/2020"' in office.get("/ke-hoach/lich?nam=2020&thang=12").text
    page = office.get("/ke-hoach/thuc-hien?nam=2020").text
    assert "mưa lũ" in page
    assert "chưa đến ngày" in page
    assert office.get("/ke-hoach/thuc-hien?nam=2020&muc=doi-ngay").text.count(reference) > 0


@pytest.mark.parametrize("address", ["lich?nam=x", "lich?tuan=2020-13-01", "lich?nam=2020&thang=77", "thuc-hien?muc=?"])
def test_odd_addresses_show_the_plan(office: FlaskClient, address: str) -> None:
    assert office.get(f"/ke-hoach/{address}").status_code == 200
