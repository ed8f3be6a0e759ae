"""The page that proposes next year's units."""

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from isoaudit.domain.vocabulary import Role, UnitKind
from isoaudit.services import settings
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
