"""What pages say around signing: early deadlines, reopened audits and their old minutes, notices that come too soon."""

import re

import pytest
from flask import Flask

from isoaudit.db.engine import Sessions
from tests.conftest import SignIn
from tests.web.test_audits import Visit


@pytest.fixture
def visit(app: Flask, sessions: Sessions, sign_in: SignIn) -> Visit:
    return Visit(app, sessions, sign_in)


def test_a_deadline_before_the_audit_is_told_before_signing(visit: Visit) -> None:
    visit.complete()
    assert "Đã đủ" in visit.get("/ket-thuc")
    visit.post("/tra-loi/B-7.2-01", grade="minor", note="Thiếu chứng chỉ", due_on="2020-10-01", base="1")
    assert re.search(r'id="B-7.2-01"[^>]*data-lacks="early"', visit.get("/tra-loi"))
    page = visit.get("/ket-thuc")
    assert "Đã đủ" not in page
    assert "Thời hạn đặt quá sớm" in page
    assert "01/10/2020" in page


def test_what_is_reopened_says_so_and_is_handled_no_further(visit: Visit) -> None:
    visit.complete()
    visit.post("/ket-thuc", minuted_on="2020-11-18")
    found = f"/diem-khong-phu-hop/{visit.reference}/B-7.2-01"
    office = visit.browsers["office"]
    steps = office.get(found).text
    assert 'value="transferred"' in steps
    assert 'value="verified"' not in steps
    assert "Ghi giải trình của đơn vị</a>" in steps
    visit.post("/mo-lai", reason="Nhầm mức")
    reopened = office.get(found).text
    assert "đang được mở lại" in reopened
    assert '<form method="post" action="/diem' not in reopened
    visit.post("/tra-loi/B-7.2-01", grade="conformity", base="1")
    visit.post("/ket-thuc", minuted_on="2020-11-18")
    assert "không còn hiệu lực" in office.get(found).text
    assert visit.browsers["office"].get(visit.path + "/ket-luan").status_code == 200


def test_a_notice_without_minutes_is_refused_at_once(visit: Visit) -> None:
    page = visit.browsers["office"].get(visit.path + "/ket-luan")
    assert page.status_code == 409
    assert "đã lập biên bản và chưa có thông báo" in page.text
    assert 'name="concluded_on"' not in page.text


def test_old_minutes_can_be_read_after_reopening(visit: Visit) -> None:
    visit.complete()
    visit.post("/ket-thuc", minuted_on="2020-11-18")
    visit.post("/mo-lai", reason="Nhầm mức")
    visit.post("/tra-loi/B-7.2-01", grade="conformity", base="1")
    link = re.search(r'href="([^"]+/bien-ban/[0-9]+)"', visit.get())
    assert link is not None
    old = visit.browsers["head"].get(link[1]).text
    assert "đã được mở lại ngày 18/11/2020" in old
    assert "Thiếu chứng chỉ" in old
    assert "tồn tại, hạn chế cần khắc phục: 01" in old
    assert visit.browsers["head"].get(visit.path + "/bien-ban/99").status_code == 404
