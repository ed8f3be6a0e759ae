"""Signing in and out as people do it: right and wrong passwords, the lock, the second factor, duties, idle sessions."""


import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from isoaudit.db import LogEntry, User
from isoaudit.domain.vocabulary import Role
from tests.factories import PASSWORD, user


def _sign_in(client: FlaskClient, username: str, password: str = PASSWORD, **more: str):
    return client.post("/dang-nhap", data={"username": username, "password": password, **more})


def _log(session: Session) -> list[tuple[str, str]]:
    session.rollback()
    return [(entry.action, entry.account) for entry in session.scalars(select(LogEntry).order_by(LogEntry.seq))]


@pytest.fixture
def office(session: Session) -> User:
    made = user(session, role=Role.OFFICE, username="vanthu")
    session.commit()
    return made


def test_the_right_password_signs_in_and_is_logged(client: FlaskClient, office: User, session: Session) -> None:
    answer = _sign_in(client, " VanThu ", next="/tai-khoan")
    assert (answer.status_code, answer.location) == (302, "/tai-khoan")
    page = client.get("/tai-khoan")
    assert page.status_code == 200
    assert office.full_name in page.text
    assert client.post("/dang-xuat").location == "/dang-nhap"
    assert client.get("/tai-khoan").location == "/dang-nhap?next=/tai-khoan"
    assert _log(session) == [("sign_in", "vanthu"), ("sign_out", "vanthu")]
    entry = session.scalars(select(LogEntry)).first()
    assert entry is not None
    assert (entry.source, entry.destination) == ("127.0.0.1", "web")
