"""Issuing in the room of reports: others write meanwhile, and number and day are asked twice where they look odd."""

from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from isoaudit.db import FrozenReport, User
from isoaudit.db.engine import Sessions
from isoaudit.services import freezing, reports
from tests.conftest import SignIn
from tests.web.reporting import STAMP, approve, draft, issue, office_of, words


@pytest.fixture
def office(client: FlaskClient, session: Session, sign_in: SignIn, tmp_path: Path) -> FlaskClient:
    return office_of(client, session, sign_in, tmp_path)


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


def test_what_looks_odd_is_asked_once_more(office: FlaskClient, sessions: Sessions) -> None:
    address = draft(office)
    approve(office, address)
    typed = {**STAMP, "number": "137", "issued_on": "2020-11-17"}
    asked = office.post(f"{address}/phat-hanh", data=typed)
    assert asked.status_code == 422
    assert 'value="137/BC-SKHCN"' in asked.text
    assert "ở trước ngày chốt số liệu 18/11/2020" in words(asked)
    with sessions.reading() as reading:
        assert reading.scalars(select(FrozenReport)).all() == []
    assert "Báo cáo số 137/BC-SKHCN ngày 17/11/2020" in words(issue(office, address, **typed | {"number": "137"}))


def test_a_report_is_not_issued_before_its_period(office: FlaskClient) -> None:
    address = draft(office)
    approve(office, address)
    refused = issue(office, address, issued_on="1950-01-01")
    assert refused.status_code == 422
    assert "ở trước kỳ báo cáo, bắt đầu từ 01/01/2020" in words(refused)


def test_a_number_is_given_once_a_year(office: FlaskClient) -> None:
    for day in ("2020-11-18", "2020-10-31"):
        address = draft(office, as_of=day)
        approve(office, address)
        answer = issue(office, address)
    assert answer.status_code == 422
    assert "đã dùng cho một báo cáo khác" in words(answer)


def test_reloading_the_page_of_progress_leads_back_to_the_report(office: FlaskClient) -> None:
    address = draft(office)
    approve(office, address)
    begun = office.get(f"{address}/phat-hanh/tiep", follow_redirects=True)
    assert begun.request.path == address
    assert "Chưa có gì được chốt; hãy phát hành lại từ đầu" in words(begun)
    issue(office, address)
    for step in ("phat-hanh/tiep", "phat-hanh"):
        done = office.get(f"{address}/{step}", follow_redirects=True)
        assert (done.status_code, done.request.path) == (200, address)
        assert "Chưa có gì được chốt" not in words(done)
