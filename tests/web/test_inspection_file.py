"""The file of an inspection on its pages: steps, drafts, papers of one audit and of a programme, the working programme,
contested findings until the notice, inspections by others."""

import io
import re
import zipfile
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from isoaudit.config import Config
from isoaudit.db import Answer, AuditPaper, FindingNote, Nonconformity, WorkingProgramme
from isoaudit.db.engine import Sessions
from isoaudit.domain.vocabulary import Grade, Role
from isoaudit.services import documents, programmes, settings
from isoaudit.services.log import Actor
from tests import audit_factories, factories
from tests.conftest import NOW, CountQueries, SignIn
from tests.web.test_audits import Visit


@pytest.fixture
def visit(app: Flask, sessions: Sessions, sign_in: SignIn) -> Visit:
    return Visit(app, sessions, sign_in)


def words(browser: FlaskClient, address: str) -> str:
    """The text of a Word file that is downloaded."""
    with browser.get(address) as answer:
        assert answer.status_code == 200, answer.text
        assert answer.headers["Content-Disposition"].startswith("attachment")
        body = zipfile.ZipFile(io.BytesIO(answer.data)).read("word/document.xml").decode()
    return "\n".join(re.sub("<[^>]+>", "", each) for each in body.split("</w:p>"))


def document(sessions: Sessions, number: str = "120/TB-SKHCN") -> None:
    with sessions.writing.begin() as session:
        values = {"number": number, "kind": "TB", "issuer": "Sở KH&CN", "issued_on": date(2020, 11, 18)}
        documents.enter(session, values | {"subject": "Kết luận"}, by=Actor(None, "t", "t", "t"), now=NOW)


def test_the_page_tells_what_is_late_and_what_a_paper_brings(visit: Visit) -> None:
    page = visit.get("/ho-so")
    assert "Việc tiếp theo: Quyết định thành lập đoàn kiểm tra" in page
    assert page.count("quá hạn</span>") >= 4
    visit.post("/giay-to/them", kind="decision", number="88/QĐ-SKHCN", issued_on="2020-11-02", signer="Trần Ngọc Lân")
    page = visit.get("/ho-so")
    assert "Việc tiếp theo: Thông báo lịch" in page
    assert "88/QĐ-SKHCN" in page
    browser = visit.browsers["office"]
    letter = words(browser, visit.path + "/ho-so/schedule/tai/docx")
    assert "Quyết định số 88/QĐ-SKHCN ngày 02/11/2020" in letter
    assert "UBND xã Vĩnh Giang" in letter
    decision = words(browser, visit.path + "/ho-so/decision/tai/docx")
    assert "Số: 88/QĐ-SKHCN" in decision
    assert "ngày 02 tháng 11 năm 2020" in decision
    assert "Trần Ngọc Lân" in decision
    with browser.get(visit.path + "/ho-so/plan/tai/pdf") as pdf:
        assert pdf.data.startswith(b"%PDF")
    assert "Căn cứ Quyết định số 88/QĐ-SKHCN" in visit.get("/bien-ban")
    assert browser.get(visit.path + "/ho-so/remedy").status_code == 404


def test_a_paper_is_corrected_with_a_reason_and_a_file_is_added_later(visit: Visit, sessions: Sessions) -> None:
    visit.post("/giay-to/them", kind="schedule", number="9/TB-SKHCN", due_on="2020-11-20")
    told = {"kind": "schedule", "number": "09/TB-SKHCN", "due_on": "2020-11-21"}
    assert "Lý do sửa" in visit.post("/giay-to/1/sua", expect=422, **told)
    file = (io.BytesIO(b"%PDF-1.4\n%%EOF\n"), "thong-bao.pdf")
    answer = visit.browsers["office"].post(
        f"{visit.path}/giay-to/1/sua", data=told | {"why": "Gắn bản quét", "file": file}
    )
    assert answer.status_code == 303
    page = visit.get("/ho-so")
    for said in ("09/TB-SKHCN", "thong-bao.pdf", "21/11/2020"):
        assert said in page
    visit.post("/giay-to/1/sua", expect=303, **told | {"number": "10/TB-SKHCN", "why": "Nhầm số"})
    with sessions.reading() as session:
        row = session.scalars(select(AuditPaper)).one()
        assert (row.number, row.file_name) == ("10/TB-SKHCN", "thong-bao.pdf")
    visit.post("/giay-to/1/sua", "stranger", expect=403, **told)


def test_the_province_s_own_template_takes_its_place_and_is_refused_in_words(visit: Visit, config: Config) -> None:
    folder = Path(config.instance) / "papers"
    folder.mkdir()
    own = folder / "decision.toml"
    own.write_text('kind = "decision"\nname = "Quyết định"\n[[block]]\ntext = "Mẫu của tỉnh: {unit}"\n', "utf-8")
    assert "Mẫu của tỉnh: UBND xã Vĩnh Giang" in visit.get("/ho-so/decision")
    own.write_text('kind = "decision"\nname = "Quyết định"\n[[block]]\ntext = "{don_vi}"\n', "utf-8")
    refused = visit.browsers["office"].get(visit.path + "/ho-so/decision")
    assert refused.status_code == 422
    assert "không có trường “don_vi”" in refused.text
    (folder / "steps.toml").write_text("[[step]]\nkind = 'quyet dinh'\n", "utf-8")
    assert "bước thứ 1" in visit.browsers["office"].get(visit.path + "/ho-so").text


def test_one_decision_covers_a_whole_group(app: Flask, sessions: Sessions, sign_in: SignIn) -> None:
    with sessions.writing.begin() as session:
        office, head = factories.user(session), factories.user(session, role=Role.INSPECTOR, full_name="Lê Thị Bé")
        by, home = Actor.of(office, "t"), settings.home(session).id
        plan = programmes.add_programme(session, home, year=2020, name="KH 41", document_id=None, by=by, now=NOW)
        version = audit_factories.checklist(session)
        for code in ("1", "2", "3"):
            unit = factories.unit(session, code=code, name=f"Xã Số {code}")
            group = "Nhóm 1" if code != "3" else "Nhóm 2"
            audit_factories.audit(session, head=head, of=unit, version=version, programme_id=plan.id, group_name=group)
        address = f"/ke-hoach/{plan.id}/ho-so"
    browser = sign_in(app.test_client(), office)
    assert address in browser.get(f"/ke-hoach/{plan.id}").text
    page = browser.get(address + "?nhom=Nhóm 1").text
    assert "Xã Số 1" in page
    assert "Xã Số 3" not in page
    listed = words(browser, address + "/decision/tai/docx?nhom=Nhóm 1")
    assert "02 đơn vị (danh sách kèm theo)" in listed
    assert "UBND xã Số 2" in listed
    assert "UBND xã Số 3" not in listed
    assert browser.get(address + "/notice").status_code == 422
    kept = address + "/decision/ghi?nhom=Nhóm 1"
    assert "2 cuộc kiểm tra" in browser.get(kept).text
    assert browser.post(kept, data={"kind": "decision"}).status_code == 422
    told = {"kind": "decision", "number": "88/QĐ-SKHCN", "issued_on": "2020-11-02", "signer": "Trần Ngọc Lân"}
    assert browser.post(kept, data=told).status_code == 303
    with sessions.reading() as session:
        rows = session.scalars(select(AuditPaper)).all()
        assert len(rows) == 2
        assert len({row.shared for row in rows}) == 1
    again = words(browser, address + "/decision/tai/docx?nhom=Nhóm 1")
    assert "88/QĐ-SKHCN" in again
    alone = words(browser, "/cuoc-kiem-tra/2020-KT-001/ho-so/decision/tai/docx")
    assert "88/QĐ-SKHCN" not in alone
    assert "88/QĐ-SKHCN" in words(browser, "/cuoc-kiem-tra/2020-KT-001/ho-so/team_report/tai/docx")
    first = "/cuoc-kiem-tra/2020-KT-001/giay-to/1/sua"
    assert browser.post(first, data=told | {"number": "89/QĐ-SKHCN", "why": "Nhầm"}).status_code == 303
    with sessions.reading() as session:
        assert {row.number for row in session.scalars(select(AuditPaper))} == {"89/QĐ-SKHCN"}


def test_the_working_programme_is_proposed_edited_and_printed(visit: Visit, sessions: Sessions) -> None:
    page = visit.get("/chuong-trinh")
    assert "lập sẵn từ vị trí trong phiếu" in page
    people = re.findall(r'name="member-0" value="(\d+)"', page)
    line = {"rows": "2", "number": "0", "day-0": "2020-11-16", "began-0": "08:00", "ended-0": "09:30"}
    line |= {"where-0": "one_stop", "member-0": people[0], "content-0": "Lần theo ba hồ sơ", "drop-1": "1"}
    more = visit.post("/chuong-trinh", expect=200, **line | {"add": "1"})
    assert more.count("<summary>") >= 2
    assert 'value="Lần theo ba hồ sơ"' in more
    assert "Lãnh đạo đơn vị" in more.partition("chưa có người phụ trách")[2].partition("<form")[0]
    wrong = visit.post("/chuong-trinh", expect=422, **line | {"ended-0": "07:00"})
    assert "giờ kết thúc 07:00" in wrong
    assert 'value="Lần theo ba hồ sơ"' in wrong
    visit.post("/chuong-trinh", "stranger", expect=403, **line)
    visit.post("/chuong-trinh", **line)
    visit.post("/chuong-trinh", expect=409, **line | {"content-0": "Khác"})
    assert "Lần theo ba hồ sơ" in words(visit.browsers["head"], visit.path + "/ho-so/plan/tai/docx")
    with sessions.reading() as session:
        assert session.scalar(select(func.count()).select_from(WorkingProgramme)) == 1
    visit.complete()
    visit.post("/ket-thuc", minuted_on="2020-11-18")
    visit.post("/chuong-trinh", expect=409, **line | {"number": "1", "content-0": "Muộn"})
    annex = words(visit.browsers["office"], visit.path + "/bien-ban/tai/docx").partition("CHƯƠNG TRÌNH LÀM VIỆC")[2]
    assert "08h00 - 09h30" in annex
    assert "Lần theo ba hồ sơ" in annex


def test_the_notice_decides_what_is_contested_and_the_minutes_stay(visit: Visit, sessions: Sessions) -> None:
    visit.complete()
    visit.post("/tra-loi/B-8.5-01", grade="major", note="Không có phiếu", due_on="2020-12-31", base="1")
    visit.post("/ket-thuc", minuted_on="2020-11-18")
    before = visit.get("/bien-ban")
    before = before[before.index("<article") : before.index("</article")]
    found = f"/diem-khong-phu-hop/{visit.reference}"
    for code, text in (("B-7.2-01", "Chứng chỉ chờ cấp"), ("B-8.5-01", "Phiếu lưu nơi khác")):
        answer = visit.browsers["office"].post(f"{found}/{code}/bao-luu", data={"bao-luu-reason": text})
        assert answer.status_code == 303
    page = visit.get("/bao-luu")
    for said in ("Thiếu chứng chỉ", "Chứng chỉ chờ cấp", "Không có phiếu", "Phiếu lưu nơi khác"):
        assert said in page
    visit.post("/bao-luu/B-7.2-01/y-kien", view="Đoàn giữ ý kiến")
    visit.post("/bao-luu/B-7.2-01/y-kien", "office", expect=403, view="Không thuộc đoàn")
    visit.post("/bao-luu/B-7.2-01/y-kien", expect=422, view=" ")
    told = {"grade": "opportunity", "reason": "Đã có giấy hẹn cấp"}
    assert "chưa chọn kết luận" in visit.post("/bao-luu/B-7.2-01/du-kien", "office", 422, reason="Có giấy hẹn")
    visit.post("/bao-luu/B-7.2-01/du-kien", "office", **told)
    letter = words(visit.browsers["office"], visit.path + "/ho-so/notice/tai/docx")
    for said in ("Chứng chỉ chờ cấp", "chuyển thành khuyến nghị", "Đã có giấy hẹn cấp"):
        assert said in letter
    assert "không phù hợp" not in letter.lower()
    document(sessions)
    notice = {"document": "120/TB-SKHCN", "concluded_on": "2020-11-18"}
    asked = visit.browsers["office"].get(visit.path + "/ket-luan").text
    assert "Đoàn giữ ý kiến" in asked
    assert re.search(r'<option value="opportunity" selected>', asked)
    first = {f"decided-{name}-B-7.2-01": value for name, value in told.items()}
    assert "chưa có kết luận" in visit.post("/ket-luan", "office", 422, **notice, **first)
    kept = {"decided-grade-B-8.5-01": "major", "decided-reason-B-8.5-01": "Nơi khác không phải là nơi lưu"}
    visit.post("/ket-luan", "office", 303, **notice, **first, **kept)
    with sessions.reading() as session:
        notes = session.scalars(select(FindingNote).where(FindingNote.what == "decision")).all()
        assert {(each.before, each.after) for each in notes} == {
            (Grade.MINOR, Grade.OPPORTUNITY),
            (Grade.MAJOR, Grade.MAJOR),
        }
        standing = session.scalars(select(Nonconformity).where(Nonconformity.voided_at.is_(None))).all()
        assert [(each.grade, each.contested) for each in standing] == [(Grade.MAJOR, False)]
        assert Grade.OPPORTUNITY in set(session.scalars(select(Answer.grade)))
    after = visit.get("/bien-ban")
    assert after[after.index("<article") : after.index("</article")] == before
    assert "biên bản giữ nguyên như đã lập" in after
    assert "120/TB-SKHCN" in visit.get("/bao-luu")
    assert "theo biên bản: không phù hợp nhẹ" in visit.get()
    letter = words(visit.browsers["office"], visit.path + "/ho-so/notice/tai/docx")
    assert "Số: 120/TB-SKHCN" in letter
    assert "Nơi khác không phải là nơi lưu" in letter
    visit.post("/bao-luu/B-7.2-01/y-kien", expect=409, view="Muộn")
    visit.post("/mo-lai", reason="Bổ sung bằng chứng")
    visit.post("/ket-thuc", minuted_on="2020-11-18")
    assert "Không có nội dung bảo lưu" in visit.get("/bao-luu")


def test_the_files_of_a_programme_take_the_same_queries_for_many(
    app: Flask, sessions: Sessions, sign_in: SignIn, count_queries: CountQueries
) -> None:
    with sessions.writing.begin() as session:
        office, head = factories.user(session), factories.user(session, role=Role.INSPECTOR)
        by, home = Actor.of(office, "t"), settings.home(session).id
        plan = programmes.add_programme(session, home, year=2020, name="KH", document_id=None, by=by, now=NOW)
        version = audit_factories.checklist(session)
    browser, counted = sign_in(app.test_client(), office), []
    for code in ("1", "2", "3", "4"):
        with sessions.writing.begin() as session:
            unit = factories.unit(session, code=code, name=f"Xã {code}")
            audit_factories.audit(session, head=head, of=unit, version=version, programme_id=plan.id)
        browser.get(f"/ke-hoach/{plan.id}/ho-so")
        with count_queries() as queries:
            assert browser.get(f"/ke-hoach/{plan.id}/ho-so").status_code == 200
        counted.append(len(queries))
    assert counted[-1] <= counted[0]
