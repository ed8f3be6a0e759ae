"""Issuing in the room of reports: others write meanwhile, and number and day are asked twice where they look odd."""

from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update
from sqlalchemy.orm import Session

from isoaudit.db import User
from isoaudit.db.engine import Sessions
from isoaudit.domain.vocabulary import Role
from isoaudit.services import freezing, reports
from tests import factories
from tests.conftest import SignIn
from tests.services.test_rollup import bring, sheets
from tests.web.test_reports import approve, draft, issue, words


@pytest.fixture
def office(client: FlaskClient, session: Session, sign_in: SignIn, tmp_path: Path) -> FlaskClient:
    """The standing office, with the small province of the roll-up's tests."""
    person = factories.user(session, role=Role.OFFICE)
    session.commit()
    signed_in = sign_in(client, person)
    bring(session, tmp_path / "so", sheets())
    session.commit()
    return signed_in


def test_while_a_report_is_counted_and_written_others_write(
    office: FlaskClient, sessions: Sessions, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []

    def others_write(name: str, at: ModuleType) -> None:
        made = getattr(at, name)

        def beside(*given: Any, **more: Any) -> Any:
            with sessions.writing.begin() as session:  # waits in vain when the request holds SQLite's one writer
                session.execute(update(User).values(language="vi"))
            heard.append(name)
            return made(*given, **more)

        monkeypatch.setattr(at, name, beside)

    address = draft(office)
    others_write("draft", reports)
    others_write("write", freezing)
    office.post(f"{address}/doan/who.units", data={"text": "Toàn tỉnh có đủ đơn vị.", "revision": "0"})
    approve(office, address)
    assert "Báo cáo số 137/BC-SKHCN" in words(issue(office, address))
    assert (heard.count("write"), heard.count("draft")) == (3, 8)
