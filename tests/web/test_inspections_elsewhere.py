"""Inspections of another kind on their pages: by files, without a score; by another body, entered with its source."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import func, select

from isoaudit.db import Answer, Audit, AuditSource, Document, Nonconformity
from isoaudit.db.engine import Sessions
from isoaudit.domain.vocabulary import Mode, UnitKind
from tests import factories
from tests.conftest import SignIn
from tests.web.test_audits import Visit
from tests.web.test_inspection_file import document, words


@pytest.fixture
def visit(app: Flask, sessions: Sessions, sign_in: SignIn) -> Visit:
    return Visit(app, sessions, sign_in)


def test_an_audit_by_files_has_no_score_asks_for_what_is_missing_and_is_proposed(
    app: Flask, sessions: Sessions, sign_in: SignIn
) -> None:
    visit = Visit(app, sessions, sign_in)
    with sessions.writing.begin() as session:
        session.scalars(select(Audit)).one().mode = Mode.FILES
    visit.complete()
    visit.post("/ket-thuc", minuted_on="2020-11-18")
    page = visit.get()
    assert "Điểm (nội bộ)" not in page
    steps = visit.get("/ho-so")
    assert "Quyết định thành lập" not in steps
    assert "Đề xuất kiểm tra năm sau" in steps
    letter = words(visit.browsers["office"], visit.path + "/ho-so/request/tai/docx")
    for said in ("còn 01 nội dung", "Thiếu chứng chỉ", "31/12/2020", "không chấm điểm"):
        assert said in letter
    proposal = words(visit.browsers["office"], visit.path + "/ho-so/proposal/tai/docx")
    assert "kế hoạch kiểm tra năm 2021" in proposal
    assert "còn 01 nội dung" in proposal


def test_a_letter_asks_for_nothing_where_nothing_is_missing(app: Flask, sessions: Sessions, sign_in: SignIn) -> None:
    visit = Visit(app, sessions, sign_in)
    with sessions.writing.begin() as session:
        session.scalars(select(Audit)).one().mode = Mode.FILES
    office, path = visit.browsers["office"], visit.path + "/ho-so/request"
    early = words(office, path + "/tai/docx")
    assert "chưa ghi nhận nội dung nào chưa có hoặc chưa đúng" in early
    assert "còn không" not in early
    visit.post("/tra-loi/A-01", grade="conformity", base="0")
    visit.post("/tra-loi/B-7.2-01", grade="conformity", base="0")
    visit.post("/tra-loi/B-8.5-01", grade="not_applicable", reason="Chưa có hồ sơ", base="0")
    visit.post("/ket-thuc", minuted_on="2020-11-18")
    for address in (path, path + "/tai/docx", visit.path + "/ho-so/proposal"):
        refused = office.get(address)
        assert refused.status_code == 422
        assert "không nêu nội dung nào phải bổ sung, khắc phục" in refused.text
    assert path not in visit.get("/ho-so")


def test_an_inspection_by_a_district_is_entered_with_its_source_and_says_so(visit: Visit, sessions: Sessions) -> None:
    with sessions.writing.begin() as session:
        district = factories.unit(
            session, code="464", name="Huyện Vĩnh Linh", kind=UnitKind.DISTRICT, valid_to=date(2025, 7, 1)
        )
        unit = session.scalars(select(Audit.unit_id)).one()
        district_id = district.id
    document(sessions, "30/BB-UBND")
    office, address = visit.browsers["office"], "/cuoc-kiem-tra/nhap-nguon-khac"
    page = office.get(address + "?ngay=2019-10-01").text
    assert "Xã Vĩnh Giang" in page
    assert "Huyện Vĩnh Linh (đến hết 30/6/2025)" in page
    told = {"unit": str(unit), "minuted_on": "2019-10-10", "body": "UBND huyện Vĩnh Linh", "document": "30/BB-UBND"}
    told |= {"mode": "on_site", "purpose": "full", "rest": "y", "ngay": "2019-10-01"}
    lacking = {"criterion-0": "B-7.2-01", "grade-0": "minor", "note-0": "Thiếu sổ"}
    refused = office.post(address, data=told | lacking)
    assert refused.status_code == 422
    assert "chưa đặt thời hạn" in refused.text
    assert "Thiếu sổ" in refused.text
    assert office.post(address, data=told | {"document": "9/X"}).status_code == 422
    made = office.post(address, data=told | lacking | {"due_on-0": "2019-12-31"})
    assert made.status_code == 303, made.text
    page = office.get(made.location).text
    assert "Do UBND huyện Vĩnh Linh kiểm tra" in page
    assert "30/BB-UBND" in page
    assert "2019-KTH-001" in made.location
    assert "do UBND huyện Vĩnh Linh kiểm tra" in office.get("/cuoc-kiem-tra?nguon=khac").text
    assert "2019-KTH-001" not in office.get("/cuoc-kiem-tra?nguon=co-quan").text
    with sessions.reading() as session:
        assert session.scalars(select(AuditSource.unit_id)).one() == district_id
        assert session.scalar(select(func.count()).select_from(Answer)) == 3
        assert session.scalars(select(Nonconformity.raised_on)).one() == date(2019, 10, 10)
        assert session.scalars(select(Document)).one().number == "30/BB-UBND"
    assert "do UBND huyện Vĩnh Linh kiểm tra" in office.get(f"/don-vi/{unit}").text
    visits = office.get("/tong-hop/luot-kiem-tra?nam=2019").text
    assert "Trong đó 1 lượt do cơ quan khác kiểm tra" in visits
    minutes = office.get(made.location + "/bien-ban").text.partition("<article")[2].partition("</article")[0]
    assert "Thiếu sổ" in minutes
    assert "Ghi lại theo văn bản số 30/BB-UBND ngày 18/11/2020 của UBND huyện Vĩnh Linh" in minutes
    assert "TRƯỞNG ĐOÀN" not in minutes
    change = {"criterion-0": "B-7.2-01", "grade-0": "conformity", "reason-0": "Đã xuất trình sổ"}
    notice = {"document": "30/BB-UBND", "concluded_on": "2020-11-18", **change}
    assert office.post(made.location + "/ket-luan", data=notice).status_code == 303
    after = office.get(made.location + "/bien-ban").text.partition("<article")[2].partition("</article")[0]
    assert after == minutes
    corrected = {"body": "Phòng Nội vụ huyện Vĩnh Linh", "document": "30/BB-UBND", "why": "Ghi nhầm"}
    assert office.post(made.location + "/nguon", data=corrected).status_code == 303
    assert "Phòng Nội vụ huyện Vĩnh Linh" in office.get(made.location).text
    assert visit.browsers["office"].get(visit.path + "/nguon").status_code == 404
