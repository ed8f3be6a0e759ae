"""While somebody else holds the database (a large import on SQLite), whoever writes is told so at once and in words."""

import sqlite3

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session, sessionmaker

from isoaudit.db.engine import Sessions
from isoaudit.domain.vocabulary import Role
from isoaudit.http import database
from tests import factories
from tests.conftest import SignIn


def _held() -> sqlite3.Connection:
    _TRIED.append(1)
    raise sqlite3.OperationalError("database is locked")


_TRIED: list[int] = []


def test_who_writes_meanwhile_waits_once_and_is_told_on_a_page(
    client: FlaskClient, session: Session, engine: Engine, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = factories.user(session, role=Role.OFFICE)
    session.commit()
    browser = sign_in(client, user)
    sessions = Sessions(engine)
    sessions.writing = sessionmaker(create_engine("sqlite://", creator=_held))
    with monkeypatch.context() as patched:
        patched.setattr(database, "_sessions", lambda: sessions)
        _TRIED.clear()
        assert browser.get("/kinh-phi").status_code == 200
        told = browser.post("/kinh-phi/them", data={"year": "2020"})
    assert (told.status_code, told.headers["Retry-After"], len(_TRIED)) == (503, "2", 1)
    assert "Máy chủ đang bận" in told.text
    assert "chưa có gì thay đổi" in told.text
    assert user.full_name in told.text
    assert browser.post("/kinh-phi/them", data={"year": "2020"}).status_code == 422
