"""The page that proposes next year's units."""

import re
from collections import Counter
from datetime import date

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from isoaudit.domain.vocabulary import Role, UnitKind
from isoaudit.services import settings
from isoaudit.services.report_content import report_content
from tests import factories
from tests.conftest import SignIn


def test_units_that_are_due_are_proposed_with_their_reason(
    client: FlaskClient, session: Session, sign_in: SignIn
) -> None:
    user = factories.user(session, role=Role.OFFICE)
    settings.home(session)
    factories.unit(session, code="SNV", name="Sở Nội vụ", kind=UnitKind.AGENCY)
    session.commit()
    office = sign_in(client, user)
    page = office.get("/ke-hoach/de-xuat").text
    assert "Đề xuất kế hoạch kiểm tra năm 2021" in page
    assert "chưa được kiểm tra toàn diện tại trụ sở" in page
    assert "Sở Nội vụ" not in office.get("/ke-hoach/de-xuat?ly-do=failing").text
    assert office.get("/ke-hoach/de-xuat?nam=abc").status_code == 200


def test_the_page_and_the_report_of_its_day_propose_the_same_units(
    client: FlaskClient, session: Session, sign_in: SignIn
) -> None:
    user = factories.user(session, role=Role.OFFICE)
    settings.home(session)
    for code, kind in (("SNV", UnitKind.AGENCY), ("SYT", UnitKind.AGENCY), ("461", UnitKind.DISTRICT)):
        factories.unit(session, code=code, name=f"Đơn vị {code}", kind=kind)
    session.commit()
    office = sign_in(client, user)
    plan = report_content(session, None, 2020, date(2020, 11, 18)).next_plan
    page = office.get("/ke-hoach/de-xuat").text
    assert "18/11/2020" in page
    for argument, found in (
        ("khoi", Counter(row.block.value for row in plan)),
        ("ly-do", Counter(reason.value for row in plan for reason in row.reasons)),
    ):
        chips = re.findall(rf'href="[^"]*[?]{argument}=(\w+)".*?class="tally">(\d+)<', page)
        assert {value: int(tally) for value, tally in chips} == found
        for value, number in found.items():
            listed = office.get(f"/ke-hoach/de-xuat?{argument}={value}").text
            assert len(re.findall(r'<tr><th scope="row">', listed)) == number
    both = office.get("/ke-hoach/de-xuat?khoi=district&ly-do=never").text
    assert "Đơn vị 461" in both
    assert "Đơn vị SNV" not in both
    assert re.findall(r'class="tally">(\d+)<', both) == ["3", "2", "1", "1", "1"]
