"""The page of a checklist gives it to other programs."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from isoaudit.domain.vocabulary import Role
from isoaudit.services import settings
from tests import audit_factories, factories
from tests.conftest import SignIn


@pytest.mark.parametrize(
    ("form", "name", "root"),
    [
        ("xlsform", "thu-1.0.0-xlsform.xlsx", b"PK"),
        ("catalog", "thu-1.0.0-oscal-catalog.json", b'{\n  "catalog"'),
        ("plan", "thu-1.0.0-oscal-plan.json", b'{\n  "assessment-plan"'),
    ],
)
def test_a_checklist_is_taken_along(
    client: FlaskClient, session: Session, sign_in: SignIn, form: str, name: str, root: bytes
) -> None:
    audit_factories.checklist(session)
    settings.home(session)
    browser = sign_in(client, factories.user(session, role=Role.INSPECTOR))
    session.commit()
    address = f"/phieu-kiem-tra/thu/1.0.0/{form}"
    assert address in browser.get("/phieu-kiem-tra/thu/1.0.0").text
    taken = browser.get(address)
    assert name in taken.headers["Content-Disposition"]
    assert taken.data.startswith(root)
    assert browser.get(address.replace("1.0.0", "9.9.9")).status_code == 404
