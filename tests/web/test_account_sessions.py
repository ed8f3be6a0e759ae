"""A session that has rested too long ends, and what was typed meanwhile waits for the person who typed it."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from isoaudit.db import User
from isoaudit.domain.vocabulary import Role
from tests.conftest import SignIn
from tests.factories import user
from tests.web.test_account_signin import entered, passed_on


@pytest.fixture
def office(session: Session) -> User:
    made = user(session, role=Role.OFFICE, username="vanthu")
    session.commit()
    return made


@pytest.mark.parametrize(("role", "minutes"), [(Role.OFFICE, 15), (Role.ADMINISTRATOR, 5)])
def test_a_resting_session_ends_and_leads_back(
    app: Flask, client: FlaskClient, session: Session, sign_in: SignIn, role: Role, minutes: int
) -> None:
    sign_in(client, user(session, role=role))
    session.commit()
    passed_on(app, timedelta(minutes=minutes) - timedelta(seconds=1))
    assert client.get("/tai-khoan").status_code == 200, "in use: the rest begins anew"
    passed_on(app, timedelta(minutes=2 * minutes) - timedelta(seconds=2))
    assert client.get("/tai-khoan").status_code == 200
    passed_on(app, timedelta(minutes=3 * minutes))
    answer = client.get("/tai-khoan?lang=vi")
    assert answer.location == "/dang-nhap?next=/tai-khoan?lang%3Dvi"
    assert "lâu không thao tác" in client.get(answer.location).text
    asked = client.get("/tai-khoan", headers={"Accept": "application/json"})
    assert (asked.status_code, asked.json and asked.json["code"]) == (401, "signin.required")


def test_a_form_that_comes_too_late_is_sent_after_signing_in(
    app: Flask, client: FlaskClient, office: User, session: Session, sign_in: SignIn
) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    sign_in(client, office)
    token = _hidden(client.get("/tai-khoan").text, "csrf_token")
    passed_on(app, timedelta(minutes=16))
    typed = {"csrf_token": token, "full_name": 'Tên "mới" <b>', "position": "Chuyên viên", "language": "vi"}
    late = client.post("/tai-khoan", data=typed)
    assert late.status_code == 401
    assert "vẫn được giữ" in late.text
    fields = {name: _hidden(late.text, name) for name in ("csrf_token", "held")}
    session.refresh(office)
    session.commit()
    assert office.full_name != typed["full_name"]

    user(session, username="nguoikhac")
    session.commit()
    other = entered(client, "nguoikhac", **fields)
    assert other.status_code == 302, "somebody else gets nothing of it"
    fields["csrf_token"] = _hidden(client.get("/tai-khoan").text, "csrf_token")
    resumed = entered(client, "vanthu", **fields)
    assert resumed.status_code == 200
    assert 'action="/tai-khoan"' in resumed.text
    again = {name: _hidden(resumed.text, name) for name in typed}
    assert again["full_name"] == "Tên &#34;mới&#34; &lt;b&gt;"
    sent = client.post("/tai-khoan", data=again | {"full_name": typed["full_name"]})
    assert sent.status_code == 302
    session.refresh(office)
    session.commit()
    assert office.full_name == typed["full_name"]


def test_a_form_without_its_token_is_refused_with_a_page_and_not_held(
    app: Flask, client: FlaskClient, office: User, sign_in: SignIn
) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    sign_in(client, office)
    refused = client.post("/tai-khoan", data={"full_name": "x"})
    assert refused.status_code == 400
    assert "Biểu mẫu đã hết hiệu lực" in refused.text
    passed_on(app, timedelta(minutes=16))
    late = client.post("/tai-khoan", data={"full_name": "x"})
    assert late.status_code == 401
    assert _hidden(late.text, "held") == ""


def _hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', page)
    assert found is not None, f"no field {name}"
    return found[1]
