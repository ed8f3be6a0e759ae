"""The office's own words in a report: two people at one paragraph, figures that moved meanwhile, paragraphs gone."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from isoaudit.db import ReportText
from isoaudit.db.engine import Sessions
from isoaudit.services import importing, log
from tests.conftest import NOW, SignIn
from tests.web.reporting import approve, draft, more, office_of, words
from tests.workbooks import folder as workbook
from tests.workbooks import table


@pytest.fixture
def office(client: FlaskClient, session: Session, sign_in: SignIn, tmp_path: Path) -> FlaskClient:
    return office_of(client, session, sign_in, tmp_path)


def test_a_sentence_whose_figures_moved_after_it_was_edited_is_told(
    office: FlaskClient, session: Session, tmp_path: Path
) -> None:
    address = draft(office)
    office.post(f"{address}/doan/declared.rate", data={"text": "Đã công bố nhiều.", "revision": "0"})
    assert "Cần xem lại lời văn" not in words(office.get(address))
    more(session, tmp_path)
    page = words(office.get(address))
    assert "Câu tự động đã đổi sau khi soạn lại" in page
    # whoever approves is told in the very question
    question = page.partition("Duyệt dự thảo này?")[2].partition("Thôi")[0]
    assert "Câu tự động của 01 đoạn đã đổi sau khi cơ quan soạn lại" in question
    office.post(f"{address}/doan/declared.rate", data={"text": "x", "revision": "1", "back": "1"})
    assert "Đã công bố nhiều." not in office.get(address).text


def test_two_people_who_edit_one_paragraph_lose_nothing(office: FlaskClient, sessions: Sessions) -> None:
    address = draft(office)
    office.post(f"{address}/doan/opening", data={"text": "Câu thứ nhất.", "revision": "0"})
    second = office.post(f"{address}/doan/opening", data={"text": "Câu thứ hai.", "revision": "0"})
    assert second.status_code == 422
    assert "Câu thứ hai." in second.text
    assert "Người khác vừa sửa đoạn này" in second.text
    with sessions.reading() as reading:
        assert [row.text for row in reading.scalars(select(ReportText))] == ["Câu thứ nhất."]


def test_what_is_typed_while_somebody_approves_is_kept(office: FlaskClient) -> None:
    address = draft(office)
    approve(office, address)
    late = office.post(f"{address}/doan/opening", data={"text": "Câu gõ dở.", "revision": "0"})
    assert late.status_code == 422
    assert "Câu gõ dở." in late.text
    assert "đã được duyệt" in words(late)


def test_words_for_a_paragraph_that_is_gone_are_shown_and_not_printed(
    office: FlaskClient, session: Session, tmp_path: Path
) -> None:
    address = draft(office)
    office.post(f"{address}/doan/direction.none", data={"text": "Chưa ban hành văn bản.", "revision": "0"})
    document = table("number | kind | issuer | date | subject", "41/KH-SKHCN | KH | Sở | 2020-09-14 | Kiểm tra")
    importing.import_workbook(session, workbook(tmp_path / "vb", {"documents": document}), by=log.COMMAND_LINE, now=NOW)
    session.commit()
    page = words(office.get(address))
    assert "Lời văn không còn chỗ" in page
    assert "Chưa ban hành văn bản." in page
