"""The office's other rooms: documents with their files, tasks of the year, settings, data from files."""

import html
import io
import re
from datetime import date, datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from isoaudit.db import Document, Task
from isoaudit.domain.vocabulary import Role
from isoaudit.services import documents, settings
from isoaudit.services.log import COMMAND_LINE as BY
from tests import factories
from tests.conftest import CountQueries, SignIn
from tests.web.conftest import Stored

DECISION = {"number": "127/QĐ-UBND", "kind": "QĐ", "issuer": "UBND tỉnh", "issued_on": "2020-01-15"}
DECISION |= {"subject": "Kế hoạch chuyển đổi"}
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
TASK = {"year": "2020", "group_name": "VI. Hiện đại hóa", "task": "Kiểm tra việc áp dụng ISO", "due_on": "2020-12-01"}


@pytest.fixture
def office(client: FlaskClient, session: Session, sign_in: SignIn) -> FlaskClient:
    user = factories.user(session, role=Role.OFFICE)
    settings.home(session)
    session.commit()
    return sign_in(client, user)


def test_a_document_is_entered_once_corrected_voided_and_restored(office: FlaskClient, stored: Stored) -> None:
    assert "Chưa có văn bản nào" in office.get("/van-ban").text
    made = office.post("/van-ban/them", data=DECISION)
    (document,) = stored(Document)
    assert made.headers["Location"] == f"/van-ban/{document.id}"
    again = office.post("/van-ban/them", data=DECISION)
    assert again.status_code == 422
    assert "đã có văn bản 127/QĐ-UBND" in again.text
    path = f"/van-ban/{document.id}"
    assert office.post(f"{path}/sua", data=DECISION | {"subject": "Khác", "revision": "1"}).status_code == 422
    changed = DECISION | {"subject": "Chuyển đổi ISO", "revision": "1", "why": "gõ thiếu"}
    assert office.post(f"{path}/sua", data=changed).status_code == 302
    assert "gõ thiếu" in office.get(path).text
    stale = office.post(f"{path}/sua", data=changed | {"subject": "Muộn"})
    assert stale.status_code == 422
    assert "Giá trị hiện tại" in stale.text
    assert "Chuyển đổi ISO" in office.get("/van-ban?tim=chuyen doi iso&loai=QĐ&nam=2020").text
    assert "Không có văn bản nào khớp" in office.get("/van-ban?nam=2019").text
    assert office.post(f"{path}/huy", data={"why": "nhập trùng"}).status_code == 302
    assert "nhập trùng" in office.get(path).text
    assert "Chuyển đổi ISO" in office.get("/van-ban?da-huy=1").text
    assert office.post(f"{path}/khoi-phuc").status_code == 302
    assert office.get("/van-ban/4711").status_code == 404


def test_the_file_of_a_document_is_checked_kept_and_given_back_as_attachment(
    office: FlaskClient, stored: Stored
) -> None:
    office.post("/van-ban/them", data=DECISION)
    path = f"/van-ban/{stored(Document)[0].id}"
    assert office.get(f"{path}/tep").status_code == 404

    def send(content: bytes, name: str, **rest: str) -> Any:
        return office.post(f"{path}/tep", data={"file": (io.BytesIO(content), name), **rest})

    assert office.post(f"{path}/tep", data={}).status_code == 422
    assert send(b"#!/bin/sh", "qd.pdf").status_code == 422
    assert send(PDF, "Quyết định 127.pdf").status_code == 302
    with office.get(f"{path}/tep") as given:
        assert given.data == PDF
        assert given.headers["Content-Disposition"].startswith("attachment")
    refused = send(PDF + b"\n", "khac.pdf")
    assert refused.status_code == 422
    assert "Cần ghi lý do" in refused.text
    with office.get(f"{path}/tep") as given:
        assert given.data == PDF
    assert send(PDF + b"\n", "khac.pdf", why="bản có dấu").status_code == 302


def test_a_pasted_text_yields_the_documents_it_cites(office: FlaskClient) -> None:
    office.post("/van-ban/them", data=DECISION)
    text = "Thực hiện Quyết định số 127/QĐ-UBND ngày 15/01/2020, Kế hoạch số 15/KH-SKHCCN ngày 27/02/2020"
    page = office.post("/van-ban/doc", data={"text": text}).text
    assert "đã có, ngày 15/01/2020" in page
    assert "cần xem lại" in page
    link = re.search(r'href="(/van-ban/them[^"]*)"', page.split("15/KH-SKHCN", 1)[1])
    assert link is not None
    form = office.get(html.unescape(link[1])).text
    assert 'value="15/KH-SKHCN"' in form
    assert 'value="2020-02-27"' in form


def test_the_list_of_documents_is_paged_with_a_fixed_number_of_queries(
    office: FlaskClient, session: Session, now: datetime, count_queries: CountQueries
) -> None:
    given = {"kind": "QĐ", "issuer": "UBND tỉnh", "issued_on": date(2020, 1, 15), "subject": "Kế hoạch"}
    documents.enter(session, given | {"number": "0/QĐ-UBND"}, by=BY, now=now)
    session.commit()
    office.get("/van-ban")
    with count_queries() as one:
        office.get("/van-ban")
    for number in range(1, 60):
        documents.enter(session, given | {"number": f"{number}/QĐ-UBND"}, by=BY, now=now)
    session.commit()
    office.get("/van-ban")
    with count_queries() as many:
        page = office.get("/van-ban?trang=2&xep=so").text
    assert len(many) == len(one) <= 12
    assert "Dòng 51–60 trong tổng số 60" in page


def test_tasks_stand_at_their_level_and_keep_their_history(office: FlaskClient, stored: Stored) -> None:
    assert "chưa có nhiệm vụ nào" in office.get("/nhiem-vu").text
    wrong = office.post("/nhiem-vu/them", data=TASK | {"mark": "done_well"})
    assert wrong.status_code == 422
    assert "cần nêu lý do ở ô “Ghi chú”" in wrong.text
    assert office.post("/nhiem-vu/them", data=TASK).status_code == 302
    (task,) = stored(Task)
    assert "Đang thực hiện</span>" in office.get("/nhiem-vu?nam=2020&ngay=2020-11-18").text
    assert "Chưa hoàn thành</span>" in office.get("/nhiem-vu?nam=2020&ngay=2020-12-31").text
    done = TASK | {"completed_on": "2020-11-10", "content_complete": "y", "revision": "1"}
    assert office.post(f"/nhiem-vu/{task.id}", data=done).status_code == 422
    assert office.post(f"/nhiem-vu/{task.id}", data=done | {"why": "đã xong"}).status_code == 302
    assert "Hoàn thành tốt</span>" in office.get("/nhiem-vu?nam=2020&xep=-han&tim=kiem tra&muc=done_well").text
    assert "đã xong" in office.get(f"/nhiem-vu/{task.id}").text
    assert office.post(f"/nhiem-vu/{task.id}/huy", data={"why": "ngoài kế hoạch"}).status_code == 302
    assert "Khôi phục" in office.get("/nhiem-vu?nam=2020").text
    office.post("/nhiem-vu/them", data=TASK)
    refused = office.post(f"/nhiem-vu/{task.id}/khoi-phuc", follow_redirects=True)
    assert refused.request.path == "/nhiem-vu"
    assert "đã có nhiệm vụ này trong nhóm" in refused.text
    twin = next(each for each in stored(Task) if each.id != task.id)
    office.post(f"/nhiem-vu/{twin.id}/huy", data={"why": "nhập trùng"})
    assert "Đã khôi phục" in office.post(f"/nhiem-vu/{task.id}/khoi-phuc", follow_redirects=True).text


def test_settings_are_kept_and_no_needed_one_is_empty(office: FlaskClient, session: Session) -> None:
    standing = {name: str(value) for name, value in settings.read(session).items() if isinstance(value, str | int)}
    session.commit()
    empty = office.post("/thiet-lap", data=standing | {"issuer": " "})
    assert empty.status_code == 422
    assert "Hãy điền mục này." in empty.text
    changed = standing | {"signer": "Trần Ngọc Lân", "province": "Tỉnh Quảng Trị"}
    assert office.post("/thiet-lap", data=changed).status_code == 302
    session.expire_all()
    standing = settings.read(session)
    session.commit()
    assert (standing["signer"], standing["province"]) == ("Trần Ngọc Lân", "Quảng Trị")
    assert "Trần Ngọc Lân" in office.get("/thiet-lap").text


def test_the_committee_reads_but_does_not_change(client: FlaskClient, session: Session, sign_in: SignIn) -> None:
    user = factories.user(session, role=Role.COMMITTEE)
    settings.home(session)
    session.commit()
    browser = sign_in(client, user)
    assert "Nhập văn bản" not in browser.get("/van-ban").text
    assert "Thêm nhiệm vụ" not in browser.get("/nhiem-vu").text
    for path in ("/van-ban/them", "/nhiem-vu/them", "/thiet-lap", "/nhap-du-lieu"):
        assert browser.post(path, data={}).status_code == 403


def test_a_task_cites_the_document_that_it_rests_on(office: FlaskClient, stored: Stored) -> None:
    office.post("/van-ban/them", data=DECISION)
    wrong = office.post("/nhiem-vu/them", data=TASK | {"document": "128/QĐ-UBND"})
    assert wrong.status_code == 422
    assert 'value="128/QĐ-UBND"' in wrong.text
    assert office.post("/nhiem-vu/them", data=TASK | {"document": "127/QĐ-UBND"}).status_code == 302
    (document,), (task,) = stored(Document), stored(Task)
    assert task.document_id == document.id
    assert "127/QĐ-UBND" in office.get(f"/nhiem-vu/{task.id}").text
    assert "Nhiệm vụ" in office.get(f"/van-ban/{document.id}").text
