"""A report's life in the room of reports: drafted, put into the office's words, approved, issued, corrected. What was
issued stays as it was, whatever is entered later."""

import hashlib
import io
import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from isoaudit.db import Answer, Audit, FrozenReport, Nonconformity, Report, ReportFile
from isoaudit.db.engine import Sessions
from isoaudit.domain.vocabulary import Grade, Mode, Role
from tests import factories
from tests.conftest import NOW, CountQueries, SignIn
from tests.web.reporting import STAMP, approve, downloaded, draft, issue, more, office_of, words

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture
def office(client: FlaskClient, session: Session, sign_in: SignIn, tmp_path: Path) -> FlaskClient:
    return office_of(client, session, sign_in, tmp_path)


def test_a_report_is_drafted_worded_approved_issued_and_corrected(
    office: FlaskClient, session: Session, sessions: Sessions, tmp_path: Path
) -> None:
    address = draft(office)
    page = office.get(address)
    assert "dự thảo" in words(page)
    assert "Đến ngày 18/11/2020, toàn tỉnh có" in words(page)

    written = office.post(f"{address}/doan/who.units", data={"text": "Toàn tỉnh có đủ đơn vị.", "revision": "0"})
    assert written.location.endswith("#who.units")
    page = office.get(address)
    assert "<ins>" in page.text
    assert "<del>" in page.text
    assert "Phát hành" not in words(page)

    assert "Đã duyệt dự thảo" in words(approve(office, address))
    assert office.get(f"{address}/doan/who.units").status_code == 409
    assert office.post(f"{address}/rut-duyet").status_code == 303
    approve(office, address)

    issued = issue(office, address)
    assert "Báo cáo số 137/BC-SKHCN ngày 19/11/2020" in words(issued)
    with sessions.reading() as reading:
        row = reading.scalars(select(FrozenReport)).one()
        assert "Toàn tỉnh có đủ đơn vị." in row.content.decode()
        kept = {file.kind.value: file for file in reading.scalars(select(ReportFile))}
    assert set(kept) == {"xlsx", "docx", "pdf"}
    for file in kept.values():
        assert hashlib.sha256(downloaded(office, f"{address}/tep/{file.id}")).hexdigest() == file.sha256

    more(session, tmp_path)
    differs = office.get(f"{address}/hom-nay")
    assert "Đã công bố" in words(differs)

    corrected = office.post(f"{address}/dinh-chinh").location
    page = words(office.get(corrected))
    assert "Thay đổi so với báo cáo được thay thế" in page
    assert "Toàn tỉnh có đủ đơn vị." in page
    approve(office, corrected)
    last = words(issue(office, corrected, number="140/BC-SKHCN", issued_on="2020-12-01"))
    assert "Nội dung đính chính" in last
    assert "Báo cáo này đã được thay thế" in words(office.get(address))
    with sessions.reading() as reading:
        first, second = reading.scalars(select(FrozenReport).order_by(FrozenReport.id))
        assert first.content == row.content
        assert second.replaces == first.id
        assert '"corrections":[{' in second.content.decode()


def test_the_screens_of_an_issued_year_show_what_was_frozen(
    office: FlaskClient, session: Session, tmp_path: Path, count_queries: CountQueries
) -> None:
    address = draft(office)
    approve(office, address)
    issue(office, address)
    before = office.get("/tong-hop?nam=2020&ngay=2020-11-18").text
    more(session, tmp_path)
    after = office.get("/tong-hop?nam=2020").text
    assert "Số liệu đã chốt theo Báo cáo số" in after
    assert figures(after) == figures(before)
    live = office.get("/tong-hop?nam=2020&ngay=2020-11-18&so-lieu=hien-co")
    assert "Số liệu hiện có" in words(live)
    assert figures(live.text) != figures(after)
    with count_queries() as queries:
        office.get("/tong-hop?nam=2020&ngay=2020-11-18")
    assert len(queries) <= 14


def test_a_list_of_today_says_by_how_much_it_differs_from_the_frozen_figure_beside_it(
    office: FlaskClient, session: Session
) -> None:
    address = draft(office)
    approve(office, address)
    issue(office, address)
    pages = {
        "/tong-hop/dieu-khoan/8.5": "Không phù hợp nhẹ: đã chốt 1, hồ sơ hiện có 0",
        "/tong-hop/dieu-khoan/8.5?danh-gia=minor": "Không phù hợp nhẹ: đã chốt 1, hồ sơ hiện có 0",
        "/tong-hop/diem-khong-phu-hop": "Đang mở vào ngày chốt: đã chốt 2, hồ sơ hiện có 1",
        "/tong-hop/diem-khong-phu-hop?xem=qua-han": "Quá hạn: đã chốt 1, hồ sơ hiện có 0",
        "/tong-hop/luot-kiem-tra": "Tất cả: đã chốt 3, hồ sơ hiện có 2",
    }
    look = {"nam": "2020", "ngay": "2020-11-18"}

    def shown(page: str, **more: str) -> str:
        path, _, asked = page.partition("?")
        return words(
            office.get(path, query_string=look | dict(pair.split("=") for pair in asked.split("&") if pair) | more)
        )

    for page in pages:
        assert "đã chốt" not in shown(page).partition("Danh sách chi tiết")[2], page
    # What a later decision does: the answer, its finding and the visit are not what was frozen.
    audit = session.scalars(select(Audit).where(Audit.reference == "KT-01")).one()
    mine = {"province_id": audit.province_id, "audit_id": audit.id}
    for answer in session.scalars(select(Answer).filter_by(**mine, grade=Grade.MINOR)):
        answer.grade = Grade.CONFORMITY
    for found in session.scalars(select(Nonconformity).filter_by(**mine)):
        found.voided_at = NOW
    audit.mode = Mode.SELF
    session.commit()
    for page, said in pages.items():
        assert said in shown(page), page
        assert "đã chốt 1" not in shown(page, **{"so-lieu": "hien-co"}), page


def figures(page: str) -> list[str]:
    """The key figures of the dashboard."""
    return re.findall(r'class="rate">([^<]*)<', page)


def test_what_changed_after_the_approval_is_not_issued(
    office: FlaskClient, session: Session, sessions: Sessions, tmp_path: Path
) -> None:
    address = draft(office)
    approve(office, address)
    more(session, tmp_path)
    assert "đã thay đổi sau khi duyệt" in words(office.get(address))
    refused = issue(office, address)
    assert refused.status_code == 422
    assert 'value="137/BC-SKHCN"' in refused.text
    with sessions.reading() as reading:
        assert reading.scalars(select(FrozenReport)).all() == []


def test_approving_what_one_has_not_seen_is_refused(office: FlaskClient, session: Session, tmp_path: Path) -> None:
    address = draft(office)
    seen = re.search(r'name="seen" value="(\w+)"', office.get(address).text).group(1)
    more(session, tmp_path)
    answer = office.post(f"{address}/duyet", data={"seen": seen}, follow_redirects=True)
    assert "vừa thay đổi so với trang bạn đang xem" in words(answer)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"number": "…/BC-SKHCN"}, "Số văn bản còn để trống"),
        ({"signer": " "}, "Hãy điền mục này"),
        ({"sure": ""}, "Hãy đánh dấu để xác nhận"),
        ({"issued_on": "2020-13-01"}, "Ngày chưa đúng"),
    ],
)
def test_what_is_typed_wrong_is_kept_beside_what_is_wrong(
    office: FlaskClient, typed: dict[str, str], said: str
) -> None:
    address = draft(office)
    approve(office, address)
    form = {name: value for name, value in {**STAMP, **typed}.items() if value}
    answer = office.post(f"{address}/phat-hanh", data=form)
    assert answer.status_code == 422
    assert said in words(answer)
    assert "Trần Ngọc Lân" in answer.text or "signer" in typed


def test_what_was_signed_is_kept_with_its_digest(office: FlaskClient, sessions: Sessions) -> None:
    address = draft(office)
    assert office.get(f"{address}/ban-ky").status_code == 409
    approve(office, address)
    issue(office, address)
    sent = office.post(f"{address}/ban-ky", data={"file": (io.BytesIO(PDF), "ban-ky.pdf")})
    assert sent.status_code == 303
    with sessions.reading() as reading:
        kept = reading.scalars(select(ReportFile).where(ReportFile.kind == "signed")).one()
    assert kept.sha256 == hashlib.sha256(PDF).hexdigest()
    assert downloaded(office, f"{address}/tep/{kept.id}") == PDF
    bad = office.post(f"{address}/ban-ky", data={"file": (io.BytesIO(b"<html>"), "x.pdf")})
    assert bad.status_code == 422


def test_halves_and_several_years_have_their_own_words(office: FlaskClient) -> None:
    half = draft(office, kind="6-thang-dau", as_of="2020-06-30")
    assert "06 tháng đầu năm 2020" in words(office.get(half))
    years = draft(office, kind="nhieu-nam", year="2015", until="2020")
    page = words(office.get(years))
    assert "giai đoạn 2015–2020" in page
    wrong = office.post(
        "/bao-cao/lap",
        data={"kind": "6-thang-dau", "year": "2020", "as_of": "2020-11-18", "conversion": "2008-2015", "issuer": "so"},
    )
    assert wrong.status_code == 422
    assert "nằm ngoài kỳ" in words(wrong)


def test_a_draft_is_compared_with_another_day_only(office: FlaskClient) -> None:
    offered = [
        f"{place}/hom-nay" in office.get(place).text
        for place in [draft(office, as_of="2020-11-18"), draft(office, as_of="2020-10-01")]
    ]
    assert offered == [False, True]


def test_an_issuer_is_data(office: FlaskClient) -> None:
    form = re.findall(r'name="(\w+)"', office.get("/bao-cao/co-quan/ubnd").text)
    assert {"parent", "to", "recipients", "authority"} <= set(form)
    typed = {
        "name": "UBND tỉnh", "issuer": "ỦY BAN NHÂN DÂN TỈNH {PROVINCE}", "place": "{place}", "about": "Tình hình ISO",
        "basis": "Thực hiện kế hoạch", "to": "Bộ A\nBộ B", "recipients": "Như trên", "filed": "VT", "revision": "0",
    }  # fmt: skip
    assert office.post("/bao-cao/co-quan/ubnd", data=typed).status_code == 303
    address = draft(office, issuer="ubnd")
    assert "Thực hiện kế hoạch, " in words(office.get(address))
    stale = office.post("/bao-cao/co-quan/ubnd", data=typed | {"to": "Bộ C"})
    assert stale.status_code == 422


def test_the_committee_reads_and_only_the_office_decides(
    app: Flask, office: FlaskClient, session: Session, sign_in: SignIn
) -> None:
    address = draft(office)
    member = factories.user(session, role=Role.COMMITTEE)
    session.commit()
    other = sign_in(app.test_client(), member)
    assert other.get(address).status_code == 200
    assert "Duyệt dự thảo" not in other.get(address).text
    for step in ("duyet", "rut-duyet", "bo", "phat-hanh", "dinh-chinh"):
        assert other.post(f"{address}/{step}").status_code == 403
    assert session.scalars(select(Report.state)).one() == "draft"
