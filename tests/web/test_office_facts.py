"""The office enters, corrects, voids and restores facts of a unit on pages without JavaScript."""

from datetime import date, datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from isoaudit.db import Activity, Declaration, Document, Exemption, Milestone, ObligationEntry, Procedures, Unit
from isoaudit.domain.vocabulary import Role, UnitKind
from isoaudit.services import documents
from isoaudit.services.log import COMMAND_LINE as BY
from tests import factories
from tests.conftest import CountQueries, SignIn
from tests.web.conftest import Stored


@pytest.fixture
def unit(session: Session) -> Unit:
    return factories.unit(session, code="SKHCN", name="Sở Khoa học và Công nghệ", kind=UnitKind.AGENCY)


@pytest.fixture
def office(client: FlaskClient, session: Session, unit: Unit, sign_in: SignIn) -> FlaskClient:
    user = factories.user(session, role=Role.OFFICE)
    session.commit()
    return sign_in(client, user)


@pytest.fixture
def decisions(session: Session, now: datetime) -> list[Document]:
    given = {"number": "127/QĐ-UBND", "kind": "QĐ", "issuer": "UBND tỉnh", "subject": "Kế hoạch chuyển đổi"}
    made = [
        documents.enter(session, given | {"issued_on": day}, by=BY, now=now)
        for day in (date(2020, 1, 15), date(2019, 1, 15))
    ]
    session.commit()
    return made


def declared(**rest: str) -> dict[str, str]:
    given = {"kind": "declare", "edition": "iso9001-2015", "made_on": "2020-06-01", "covered": "40", "total": "54"}
    return given | {"document": ""} | rest


FILLED: list[tuple[str, dict[str, str], type]] = [
    ("cong-bo", declared(), Declaration),
    ("noi-dung", {"step": "2008-2015/plan", "achieved_on": "2020-02-27"}, Milestone),
    ("viec-hang-nam", {"kind": "internal_audit", "year": "2020", "done_on": "2020-09-01"}, Activity),
    ("tthc", {"as_of": "2020-11-18", "total": "54", "covered": "40", "late": "0"}, Procedures),
    ("dien-ap-dung", {"level": "planned", "from_day": "2021-01-01", "to_day": "2021-12-31"}, ObligationEntry),
    ("khong-ap-dung", {"reason": "Không phát sinh TTHC", "from_day": "2020-01-01"}, Exemption),
]


@pytest.mark.parametrize(("slug", "given", "row"), FILLED, ids=[slug for slug, _, _ in FILLED])
def test_every_kind_of_fact_has_its_page(
    office: FlaskClient, stored: Stored, unit: Unit, slug: str, given: dict[str, str], row: Any
) -> None:
    path = f"/don-vi/{unit.id}/{slug}/them"
    assert office.get(path).status_code == 200
    empty = office.post(path, data={})
    assert empty.status_code == 422
    assert "Hãy điền mục này." in empty.text
    answer = office.post(path, data=given)
    (made,) = stored(row)
    assert answer.headers["Location"].startswith(f"/don-vi/{unit.id}/qua-trinh#")
    office.get(answer.headers["Location"])
    assert office.get(f"/don-vi/{unit.id}/{slug}/{made.id}/sua").status_code == 200
    if row is ObligationEntry:
        assert made.to_day == date(2022, 1, 1)


def test_errors_stand_beside_their_fields_and_what_was_typed_stays(
    office: FlaskClient, stored: Stored, unit: Unit
) -> None:
    path = f"/don-vi/{unit.id}/cong-bo/them"
    page = office.post(path, data=declared(covered="60", made_on="2020-12-01", document="1/QĐ-X"))
    assert page.status_code == 422
    assert "Không có văn bản “1/QĐ-X”" in page.text
    assert "lớn hơn tổng số TTHC (54)" in page.text
    assert "chưa đến" in page.text
    assert 'value="60"' in page.text
    assert 'value="2020-12-01"' in page.text
    for wrong in ({"made_on": "hôm qua"}, {"covered": "bốn mươi"}, {"kind": "x"}, {"edition": "iso9001-1994"}):
        assert office.post(path, data=declared(**wrong)).status_code == 422
    assert stored(Declaration) == []
    assert office.get("/don-vi/4711/cong-bo/them").status_code == 404
    assert office.get(f"/don-vi/{unit.id}/khac/them").status_code == 404


def test_a_document_is_found_by_number_and_picked_without_javascript(
    office: FlaskClient, stored: Stored, unit: Unit, decisions: list[Document]
) -> None:
    path = f"/don-vi/{unit.id}/cong-bo/them"
    several = office.post(path, data=declared(document="127/QĐ-UBND"))
    assert several.status_code == 422
    assert "Hãy ghi thêm ngày" in several.text
    assert 'value="127/QĐ-UBND ngày 15/01/2020"' in several.text
    looked = office.post(path, data=declared(document="chuyen doi", tim_van_ban="1"))
    assert looked.status_code == 200
    assert 'value="127/QĐ-UBND ngày 15/01/2019"' in looked.text
    assert 'value="2020-06-01"' in looked.text
    picked = {"van_ban_hoi": "chuyen doi", "van_ban_chon": "127/QĐ-UBND ngày 15/01/2019"}
    assert office.post(path, data=declared(document="chuyen doi", **picked)).status_code == 302
    assert stored(Declaration)[0].document_id == decisions[1].id


def test_a_correction_needs_a_reason_and_a_page_that_is_not_stale(
    office: FlaskClient, stored: Stored, unit: Unit
) -> None:
    office.post(f"/don-vi/{unit.id}/cong-bo/them", data=declared())
    (fact,) = stored(Declaration)
    path = f"/don-vi/{unit.id}/cong-bo/{fact.id}/sua"
    assert "Lý do sửa" in office.get(path).text
    assert office.post(path, data=declared(covered="41", revision="1", why=" ")).status_code == 422
    assert office.post(path, data=declared(covered="41", revision="1", why="đếm lại")).status_code == 302
    stale = office.post(path, data=declared(covered="42", revision="1", why="đếm lại lần nữa"))
    assert stale.status_code == 422
    assert "Giá trị hiện tại" in stale.text
    assert 'value="42"' in stale.text
    assert 'name="revision" type="hidden" value="2"' in stale.text
    assert office.post(path, data=declared(covered="42", revision="2", why="đếm lại lần nữa")).status_code == 302
    story = office.get(f"/don-vi/{unit.id}/qua-trinh").text
    assert "đếm lại lần nữa" in story
    assert "41 → 42" in story


def test_what_was_voided_is_shown_and_can_be_restored(office: FlaskClient, stored: Stored, unit: Unit) -> None:
    office.post(f"/don-vi/{unit.id}/noi-dung/them", data=FILLED[1][1])
    (fact,) = stored(Milestone)
    path = f"/don-vi/{unit.id}/noi-dung/{fact.id}"
    assert office.post(f"{path}/huy", data={"why": " "}).status_code == 422
    assert office.post(f"{path}/huy", data={"why": "nhầm đơn vị"}).status_code == 302
    story = office.get(f"/don-vi/{unit.id}/qua-trinh").text
    assert "nhầm đơn vị" in story
    assert f"{path}/khoi-phuc" in story
    assert office.get(f"{path}/sua").status_code == 409
    assert office.post(f"{path}/huy", data={"why": "lần nữa"}).status_code == 409
    office.post(f"/don-vi/{unit.id}/noi-dung/them", data=FILLED[1][1])
    refused = office.post(f"{path}/khoi-phuc", follow_redirects=True)
    assert refused.request.path == f"/don-vi/{unit.id}/qua-trinh"
    assert 'class="alert bad' in refused.text
    twin = next(each for each in stored(Milestone) if each.id != fact.id)
    office.post(f"/don-vi/{unit.id}/noi-dung/{twin.id}/huy", data={"why": "nhập trùng"})
    assert "Đã khôi phục" in office.post(f"{path}/khoi-phuc", follow_redirects=True).text
    assert {each.id: each.voided_at is None for each in stored(Milestone)} == {fact.id: True, twin.id: False}


def test_the_list_of_declarations_is_searched_filtered_and_sorted(
    office: FlaskClient, unit: Unit, count_queries: CountQueries
) -> None:
    assert "Chưa có công bố nào" in office.get("/cong-bo").text
    office.post(f"/don-vi/{unit.id}/cong-bo/them", data=declared(made_on="2014-06-01", edition="iso9001-2008"))
    office.get("/cong-bo")
    with count_queries() as one:
        office.get("/cong-bo")
    office.post(f"/don-vi/{unit.id}/cong-bo/them", data=declared())
    office.get("/cong-bo")
    with count_queries() as two:
        page = office.get("/cong-bo?tim=so khoa hoc&xep=don-vi").text
    assert len(two) == len(one)
    assert page.count("Sở Khoa học và Công nghệ</a>") == 2
    assert office.get("/cong-bo?nam=2014").text.count("Sở Khoa học và Công nghệ</a>") == 1
    assert "Không có công bố nào khớp" in office.get("/cong-bo?tim=khong-co").text


def test_the_list_of_declarations_names_the_district(office: FlaskClient, session: Session, unit: Unit) -> None:
    district = factories.unit(session, code="461", name="Thành phố Đông Hà", kind=UnitKind.DISTRICT)
    ward = factories.unit(session, code="19336", name="Phường 2", kind=UnitKind.WARD, parent_id=district.id)
    session.commit()
    office.post(f"/don-vi/{unit.id}/cong-bo/them", data=declared())
    assert "Địa bàn" not in office.get("/cong-bo").text
    office.post(f"/don-vi/{ward.id}/cong-bo/them", data=declared())
    assert '<td data-label="Địa bàn">Thành phố Đông Hà</td>' in office.get("/cong-bo").text


@pytest.mark.parametrize("role", [Role.COMMITTEE, Role.INSPECTOR, Role.ADMINISTRATOR, Role.UNIT_OFFICER])
def test_nobody_else_enters_facts(
    client: FlaskClient, session: Session, unit: Unit, sign_in: SignIn, role: Role
) -> None:
    user = factories.user(session, role=role, unit_id=unit.id if role is Role.UNIT_OFFICER else None)
    session.commit()
    browser = sign_in(client, user)
    assert browser.post(f"/don-vi/{unit.id}/cong-bo/them", data=declared()).status_code == 403
    assert browser.get("/cong-bo").status_code == 403
