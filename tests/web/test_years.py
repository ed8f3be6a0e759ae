"""The rooms of the catalogue, objectives, reports owed and money, used without JavaScript."""

import html
import io
import zipfile
from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from isoaudit.db import (
    CatalogueProcedure,
    MoneyLine,
    ProcedureUpdate,
    Publication,
    QualityObjective,
    Reminder,
    ReportDuty,
    Unit,
)
from isoaudit.domain.vocabulary import DeclarationKind, Role, UnitKind
from isoaudit.services import documents
from isoaudit.services.facts import entry
from isoaudit.services.facts.table import KINDS
from isoaudit.services.log import COMMAND_LINE as BY
from tests import factories
from tests.conftest import NOW, SignIn
from tests.web.conftest import Stored

DECISION = "1500/QĐ-UBND"


@pytest.fixture
def units(session: Session) -> list[Unit]:
    made = [
        factories.unit(session, code="SKHCN", name="Sở Khoa học và Công nghệ", kind=UnitKind.AGENCY),
        factories.unit(session, code="19351", name="Xã Vĩnh Lâm"),
    ]
    values: dict[str, Any] = {
        "edition": "iso9001-2015",
        "kind": DeclarationKind.DECLARE,
        "made_on": date(2019, 5, 1),
        "covered": 2,
        "total": 2,
        "document_id": None,
    }
    entry.enter(session, KINDS["declaration"], made[1].id, values, by=BY, now=NOW)
    given = {"number": DECISION, "kind": "QĐ", "issuer": "UBND tỉnh", "subject": "Công bố TTHC"}
    documents.enter(session, given | {"issued_on": date(2020, 5, 20)}, by=BY, now=NOW)
    return made


@pytest.fixture
def office(client: FlaskClient, session: Session, units: list[Unit], sign_in: SignIn) -> FlaskClient:
    user = factories.user(session, role=Role.OFFICE)
    session.commit()
    return sign_in(client, user)


def seen(client: FlaskClient, path: str, status: int = 200) -> str:
    answer = client.get(path, follow_redirects=True)
    assert answer.status_code == status, path
    return answer.text


def sent(client: FlaskClient, path: str, data: dict[str, Any], status: int = 302) -> str:
    answer = client.post(path, data=data, content_type="multipart/form-data")
    assert answer.status_code == status, answer.text[:3000]
    return answer.headers.get("Location", "") if status == 302 else answer.text


TABLE = "Mã TTHC\tTên TTHC\tLĩnh vực\tCấp\n1.000\tĐăng ký khai sinh\tHộ tịch\txã\n1.001\tKhai tử\tHộ tịch\txã\n"


def test_the_catalogue_is_filled_changed_by_a_decision_and_followed_up(
    office: FlaskClient, stored: Stored, units: list[Unit]
) -> None:
    assert "Danh mục còn trống" in seen(office, "/danh-muc-tthc")
    given = {"text": TABLE, "valid_from": "2019-01-01", "document": ""}
    assert "Cấp" in sent(office, "/danh-muc-tthc/nhap", given | {"text": TABLE.replace("xã", "trời")}, 422)
    sent(office, "/danh-muc-tthc/nhap", given)
    file = (io.BytesIO(TABLE.replace("\t", ",").encode("utf-8-sig")), "tthc.csv")
    sent(office, "/danh-muc-tthc/nhap", given | {"text": "", "file": file})
    assert "Khai tử" not in seen(office, "/danh-muc-tthc?tim=khai+sinh")
    row = next(each for each in stored(CatalogueProcedure) if each.code == "1.000")
    page = seen(office, f"/danh-muc-tthc/{row.id}")
    assert "Cấp xã" in page
    act = {
        "document": DECISION,
        "effective_on": "2020-06-01",
        "text": "Thay đổi;Mã;Tên\nsửa đổi;1.000;Đăng ký khai sinh mới\nbãi bỏ;1.001;\n",
        "note": "",
    }
    assert "không có hiệu lực" in sent(
        office, "/danh-muc-tthc/quyet-dinh/them", act | {"text": "Thay đổi;Mã\nbãi bỏ;9.9"}, 422
    )
    where = sent(office, "/danh-muc-tthc/quyet-dinh/them", act)
    page = seen(office, where)
    assert "Cập nhật quy trình: 1.000" in page
    assert "phải công bố lại" not in page
    assert "phải rà soát phạm vi công bố" in page
    shown = [
        office.get(f"{where}?xem={what}").text for what in ("ra-soat", "doi-chieu", "cho-quy-trinh", "cong-bo-lai")
    ]
    assert ['name="viec"' in each for each in shown] == [True, False, False, False]
    boxes = [part.split('"')[0] for part in page.split('name="viec" value="')[1:]]
    assert len(boxes) == 2
    done = {"viec": boxes, "done_on": "2020-07-01", "document": "", "note": ""}
    assert "ít nhất một" in sent(office, f"{where}/ghi", done | {"viec": []}, 422)
    sent(office, f"{where}/ghi", done)
    told = office.get(f"{where}/tai.csv").text
    assert "bỏ quy trình" in told
    assert "phải rà soát phạm vi công bố" in told
    update = stored(ProcedureUpdate)[0]
    sent(office, f"{where}/bo-ghi/{update.id}", {"why": "nhầm"})
    assert "50%" in seen(office, "/danh-muc-tthc/quyet-dinh") or "1/2" in seen(office, "/danh-muc-tthc/quyet-dinh")
    sent(office, f"{where}/huy", {"why": "nhập nhầm"})
    assert stored(Publication)[0].voided_at is not None
    assert "Khai tử" in seen(office, "/danh-muc-tthc")


def test_a_procedure_is_entered_corrected_voided_and_restored(
    office: FlaskClient, stored: Stored, units: list[Unit]
) -> None:
    given = {
        "code": "2.1",
        "name": "Cấp giấy",
        "field": "Đo lường",
        "level": "province",
        "units": "SKHCN",
        "link": "",
        "online": "full",
        "deadline_days": "15",
        "valid_from": "2020-01-01",
        "document": DECISION,
    }
    assert "Không có đơn vị mang mã" in sent(office, "/danh-muc-tthc/them", given | {"units": "ABC"}, 422)
    where = sent(office, "/danh-muc-tthc/them", given)
    row = stored(CatalogueProcedure)[0]
    assert row.unit_ids == [units[0].id]
    assert "SKHCN" in seen(office, f"{where}/sua")
    change = given | {"last_day": "2020-12-31", "why": "bổ sung", "revision": "1"}
    sent(office, f"{where}/sua", change)
    assert "31/12/2020" in seen(office, where)
    assert "Có người vừa sửa" in sent(office, f"{where}/sua", change | {"name": "Khác"}, 422)
    assert "lý do" in sent(office, f"{where}/huy", {"why": ""}, 422)
    sent(office, f"{where}/huy", {"why": "nhập hai lần"})
    assert "nhập hai lần" in seen(office, where)
    sent(office, f"{where}/khoi-phuc", {})
    assert "Cấp giấy" in office.get("/danh-muc-tthc/tai.csv?ngay=2020-05-01").text


def test_objectives_of_many_units_are_entered_copied_and_judged(
    office: FlaskClient, stored: Stored, units: list[Unit]
) -> None:
    given = {
        "year": "2019",
        "objective": "Giải quyết đúng hạn",
        "measure": "",
        "target": "≥ 98%",
        "result": "",
        "met": "",
        "source": "",
        "document": "",
        "block": "commune",
        "unit": str(units[0].id),
    }
    assert "ít nhất một đơn vị" in sent(office, "/muc-tieu/them", given | {"block": "", "unit": ""}, 422)
    sent(office, "/muc-tieu/them", given)
    assert "1/2" not in seen(office, "/muc-tieu?nam=2019")
    sent(office, "/muc-tieu/sao-chep", {"year": "2020", "block": "", "unit": [str(each.id) for each in units]})
    row = next(each for each in stored(QualityObjective) if each.year == 2020)
    answer = given | {"year": "2020", "result": "97%", "why": "kết quả", "revision": "1"}
    assert "không đạt chỉ tiêu" in sent(office, f"/muc-tieu/{row.id}", answer | {"met": "dat"}, 422)
    day = {"result_on": "2020-06-30"}
    assert "hãy ghi kết quả" in sent(office, f"/muc-tieu/{row.id}", answer | day | {"result": ""}, 422).lower()
    sent(office, f"/muc-tieu/{row.id}", answer | day)
    row_now = next(each for each in stored(QualityObjective) if each.id == row.id)
    assert row_now.result_on == date(2020, 6, 30)
    assert "97%" in seen(office, "/muc-tieu?danh-gia=khong-dat&xep=-don-vi&tim=dung+han")
    assert "Không đạt" in office.get("/muc-tieu/tai.csv").text
    sent(office, f"/muc-tieu/{row.id}/huy", {"why": "nhầm"})
    assert "nhầm" in seen(office, f"/muc-tieu/{row.id}")
    sent(office, f"/muc-tieu/{row.id}/khoi-phuc", {})


def test_reports_are_owed_received_and_reminded(office: FlaskClient, stored: Stored, units: list[Unit]) -> None:
    given = {"year": "2020", "period": "year", "due_on": "2020-11-10", "block": "", "why": ""}
    assert "khối hoặc đơn vị" in sent(office, "/bao-cao-don-vi/han", given, 422)
    sent(office, "/bao-cao-don-vi/han", given | {"unit": [str(each.id) for each in units]})
    rows = {row.unit_id: row for row in stored(ReportDuty)}
    agency, commune = rows[units[0].id].id, rows[units[1].id].id
    typed = {
        "dong": [str(agency), str(commune)],
        f"ngay-{agency}": "2020-11-12",
        f"so-{agency}": "15/BC-SKHCN",
        "day": "",
    }
    assert "không phải là ngày" in sent(office, "/bao-cao-don-vi/nhan", typed | {f"ngay-{agency}": "hôm qua"}, 422)
    sent(office, "/bao-cao-don-vi/nhan", typed)
    page = seen(office, "/bao-cao-don-vi?nam=2020&ky=year&tinh-trang=late")
    assert "15/BC-SKHCN" in page
    assert "2 ngày" in page
    ask = {"bao-cao": [str(commune)], "due_on": "2020-11-25", "how": "chung"}
    assert "đã qua" in sent(office, "/bao-cao-don-vi/don-doc", ask | {"due_on": "2020-11-01"}, 422)
    where = sent(office, "/bao-cao-don-vi/don-doc", ask)
    assert "Dự thảo" in seen(office, where)
    assert office.get(f"{where}/tep.docx").data.startswith(b"PK")
    sent(office, "/bao-cao-don-vi/don-doc", ask | {"how": "rieng"})
    packed = zipfile.ZipFile(io.BytesIO(office.get("/bao-cao-don-vi/cong-van/du-thao-2020-year.zip").data))
    assert [name.partition("-ubnd")[2] for name in packed.namelist()] == ["-xa-vinh-lam.docx"] * 2
    assert "Tải các dự thảo" in seen(office, "/bao-cao-don-vi")
    sent(office, f"{where}/phat-hanh", {"number": "166/SKHCN-TĐC", "issued_on": "2020-11-18", "signer": ""})
    assert "166/SKHCN-TĐC" in seen(office, "/bao-cao-don-vi")
    assert "166/SKHCN-TĐC" in seen(office, f"/bao-cao-don-vi/{commune}")
    change = {"due_on": "2020-11-10", "received_on": "2020-11-18", "number": "", "document": "", "note": ""}
    sent(office, f"/bao-cao-don-vi/{commune}", change | {"why": "nhận qua thư", "revision": "1"})
    assert "Đã gửi báo cáo" in seen(office, "/bao-cao-don-vi")
    sent(office, f"/bao-cao-don-vi/{commune}/huy", {"why": "miễn"})
    assert "Xã Vĩnh Lâm" in seen(office, "/bao-cao-don-vi?nam=2020&ky=year&da-huy=1")
    sent(office, f"/bao-cao-don-vi/{commune}/khoi-phuc", {})
    sent(office, f"{where}/huy", {"why": "gửi nhầm"})
    assert stored(Reminder)[0].void_reason == "gửi nhầm"
    assert "quá hạn" in office.get("/bao-cao-don-vi/tai.csv?ngay=2020-11-11").text


def test_money_is_entered_spent_and_summed(office: FlaskClient, stored: Stored, units: list[Unit]) -> None:
    given = {
        "year": "2020",
        "unit": "19351 – Xã Vĩnh Lâm",
        "team": "",
        "purpose": "Tập huấn",
        "source": "Sự nghiệp",
        "estimate": "12.000.000",
        "spent": "",
        "spent_on": "",
        "settled": "",
        "settled_on": "",
        "note": "",
        "document": DECISION,
        "settled_document": "",
    }
    assert "Không có đơn vị" in sent(office, "/kinh-phi/them", given | {"unit": "không có"}, 422)
    assert "12.500.000" in sent(office, "/kinh-phi/them", given | {"estimate": "mười triệu"}, 422)
    sent(office, "/kinh-phi/them", given)
    sent(office, "/kinh-phi/them", given | {"unit": "", "team": "Đoàn 1", "estimate": "3000000"})
    row = next(each for each in stored(MoneyLine) if each.team is None)
    shown = seen(office, f"/kinh-phi/{row.id}").split('name="estimate"')[0].rpartition("<input")[2]
    shown += seen(office, f"/kinh-phi/{row.id}").split('name="estimate"')[1].partition(">")[0]
    assert 'type="text"' in shown, "a browser's number field takes no dots"
    assert 'value="12.000.000"' in shown
    spent = given | {"spent": "12.600.000", "spent_on": "2020-10-01", "why": "chi", "revision": "1"}
    assert "Đã quyết toán" in sent(office, f"/kinh-phi/{row.id}", spent | {"settled": "13.000.000"}, 422)
    sent(office, f"/kinh-phi/{row.id}", spent)
    page = seen(office, "/kinh-phi?xep=-du-toan")
    assert "15.000.000" in page
    assert "vượt dự toán" in page
    assert "12600000" in office.get("/kinh-phi/tai.csv?tim=tap+huan").text
    sent(office, f"/kinh-phi/{row.id}/huy", {"why": "nhầm"})
    sent(office, f"/kinh-phi/{row.id}/khoi-phuc", {})


def test_those_who_only_read_see_no_forms(client: FlaskClient, session: Session, sign_in: SignIn) -> None:
    reader = factories.user(session, role=Role.COMMITTEE)
    session.commit()
    browser = sign_in(client, reader)
    for path in ("/danh-muc-tthc", "/danh-muc-tthc/quyet-dinh", "/muc-tieu", "/bao-cao-don-vi", "/kinh-phi"):
        page = seen(browser, path)
        assert "/them" not in page
        assert 'method="post"' not in page.split("<main")[1].split("</main>")[0]


def test_a_list_shown_again_after_a_refusal_keeps_its_address(
    office: FlaskClient, stored: Stored, units: list[Unit]
) -> None:
    given = {"year": "2020", "period": "year", "due_on": "2020-11-10", "block": "", "why": ""}
    sent(office, "/bao-cao-don-vi/han", given | {"unit": [str(each.id) for each in units]})
    asked = "?nam=2020&ky=year&tinh-trang=not_sent&ngay=2020-11-20"
    page = html.unescape(seen(office, f"/bao-cao-don-vi{asked}"))
    assert f'action="/bao-cao-don-vi/nhan{asked}"' in page
    assert f'formaction="/bao-cao-don-vi/don-doc{asked}"' in page
    for path, typed in (("don-doc", {"due_on": "2020-11-01", "how": "chung"}), ("nhan", {"day": "hôm qua"})):
        again = html.unescape(sent(office, f"/bao-cao-don-vi/{path}{asked}", typed, 422)).partition("<main")[2]
        assert 'href="/bao-cao-don-vi?nam=2020&ky=year&ngay=2020-11-20&tinh-trang=on_time"' in again
        assert f'href="/bao-cao-don-vi{asked}&xep=han"' in again
        assert "Tính đến ngày 20/11/2020" in again
        assert '<form class="filters" method="get" role="search" action="/bao-cao-don-vi">' in again
        assert 'href="/?' not in again
    key = str(stored(ReportDuty)[0].id)
    came = {"dong": [key], "bao-cao": [key], "day": "2020-11-18"}
    assert sent(office, f"/bao-cao-don-vi/nhan{asked}", came) == f"/bao-cao-don-vi{asked}"
    assert "javascript:" not in seen(office, "/bao-cao-don-vi?endpoint=x&_external=1&_scheme=javascript")
