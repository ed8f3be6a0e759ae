"""The office's pages: planning for many units, notices, nonconformities, blank checklists."""

import html
import re
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from isoaudit.db import Audit, Unit, UnitMembership, User
from isoaudit.db.engine import Sessions
from isoaudit.domain.account import Tie
from isoaudit.domain.vocabulary import Role
from tests import audit_factories, factories
from tests.conftest import SignIn
from tests.web.test_audits import Visit


@pytest.fixture
def office(app: Flask, sessions: Sessions, sign_in: SignIn) -> FlaskClient:
    with sessions.writing.begin() as session:
        user = factories.user(session)
        for code, name in (("1", "Xã Một"), ("2", "Xã Hai")):
            factories.unit(session, code=code, name=name)
        audit_factories.checklist(session)
        inspector = factories.user(session, role=Role.INSPECTOR, full_name="Lê Thị Tư")
        two = session.scalars(select(Unit).where(Unit.code == "2")).one()
        session.add(UnitMembership(user_id=inspector.id, unit_id=two.id, tie=Tie.BELONGS))
    return sign_in(app.test_client(), user)


def plan(sessions: Sessions, **more: object) -> dict[str, object]:
    """The planning form as the office fills it in."""
    with sessions.reading() as session:
        units = session.scalars(select(Unit.id).order_by(Unit.code)).all()
        inspector = session.scalars(select(User).where(User.full_name == "Lê Thị Tư")).one()
    return {
        "step": "review",
        "unit": [str(each) for each in units],
        "planned_on": "2020-11-20",
        "mode": "on_site",
        "purpose": "full",
        "checklist": "1",
        f"role-{inspector.id}": "head",
        f"contents-{inspector.id}": "Phần A",
    } | more


def test_planning_warns_about_partial_members_and_asks_to_confirm(office: FlaskClient, sessions: Sessions) -> None:
    assert "Xã Một" in office.get("/ke-hoach/lap?chon=tat-ca").text
    review = office.post("/ke-hoach/lap", data=plan(sessions))
    assert review.status_code == 200
    assert "Lê Thị Tư là người của đơn vị được kiểm tra: Xã Hai" in review.text
    refused = office.post("/ke-hoach/lap", data=plan(sessions, step="confirm"))
    assert refused.status_code == 409
    units = plan(sessions)["unit"]
    assert isinstance(units, list)
    days = {f"day-{units[1]}": "2020-11-25"}
    made = office.post("/ke-hoach/lap", data=plan(sessions, step="confirm", confirmed="1", **days))
    assert made.status_code == 303
    with sessions.reading() as session:
        planned = {row.reference: str(row.planned_on) for row in session.scalars(select(Audit))}
    assert planned == {"2020-KT-001": "2020-11-20", "2020-KT-002": "2020-11-25"}


def test_a_wrong_plan_keeps_what_was_typed(office: FlaskClient, sessions: Sessions) -> None:
    wrong = {name: value for name, value in plan(sessions).items() if not name.startswith("role-")}
    answer = office.post("/ke-hoach/lap", data=wrong | {"group": "Nhóm 7"})
    assert answer.status_code == 422
    assert "chưa có trưởng đoàn" in answer.text
    assert "Nhóm 7" in answer.text
    assert answer.text.count(" checked") >= 2
    with sessions.reading() as session:
        assert session.scalars(select(Audit)).all() == []


def test_the_units_offered_are_those_of_the_programme_s_year(office: FlaskClient, sessions: Sessions) -> None:
    with sessions.writing.begin() as session:
        factories.unit(session, code="9", name="Xã Mới", valid_from=date(2021, 7, 1))
        factories.unit(session, code="8", name="Xã Cũ", valid_to=date(2021, 7, 1))
    shown = office.post("/ke-hoach/them", data={"year": "2021", "name": "Kế hoạch 2021"}).location
    number = shown.rsplit("/", 1)[1]
    page = office.get(f"/ke-hoach/lap?ke-hoach={number}").text
    assert 'value="2021-11-01"' in page
    assert ("Xã Mới" in page, "Xã Cũ" in page) == (True, False)
    early = office.get(f"/ke-hoach/lap?ke-hoach={number}&ngay=2021-03-01").text
    assert ("Xã Mới" in early, "Xã Cũ" in early) == (False, True)
    ticked = plan(sessions, list="1", planned_on="2021-03-01")
    other = office.post("/ke-hoach/lap", data=ticked)
    assert other.status_code == 200
    assert ("Xã Mới" in other.text, "Xã Cũ" in other.text) == (False, True)
    assert len(re.findall(r'name="unit" value="\d+" checked', other.text)) == 3
    refused = office.post("/ke-hoach/lap", data=plan(sessions, programme=number))
    assert refused.status_code == 422
    assert "không thuộc năm 2021 của kế hoạch: Xã Một, Xã Hai" in html.unescape(refused.text)
    assert 'name="unit" value="1" checked' in refused.text


def test_a_unit_planned_twice_in_a_programme_is_confirmed(office: FlaskClient, sessions: Sessions) -> None:
    shown = office.post("/ke-hoach/them", data={"year": "2020", "name": "Kế hoạch 41"}).location
    given = plan(sessions, programme=shown.rsplit("/", 1)[1], unit=plan(sessions)["unit"][:1])  # type: ignore[index]
    assert office.post("/ke-hoach/lap", data=given | {"step": "confirm"}).status_code == 303
    assert "Xã Một: 2020-KT-001" in office.post("/ke-hoach/lap", data=given).text
    refused = office.post("/ke-hoach/lap", data=given | {"step": "confirm"})
    assert refused.status_code == 409
    assert "Xã Một đã có cuộc kiểm tra toàn diện tại trụ sở 2020-KT-001" in refused.text
    day = {f"day-{given['unit'][0]}": "2021-01-04"}  # type: ignore[index]
    strayed = office.post("/ke-hoach/lap", data=given | day | {"step": "confirm", "confirmed": "1"})
    assert strayed.status_code == 422
    assert 'value="2021-01-04"' in strayed.text
    assert office.post("/ke-hoach/lap", data=given | {"step": "confirm", "confirmed": "1"}).status_code == 303


@pytest.mark.parametrize("typed", ["25/11/2020", ""])
def test_an_unreadable_day_of_one_unit_is_refused_by_its_name(
    office: FlaskClient, sessions: Sessions, typed: str
) -> None:
    units = plan(sessions)["unit"]
    assert isinstance(units, list)
    days = {f"day-{units[0]}": "2020-11-24", f"day-{units[1]}": typed}
    refused = office.post("/ke-hoach/lap", data=plan(sessions, step="confirm", confirmed="1", **days))
    assert refused.status_code == 422
    assert f"Xã Hai: “{typed or '–'}” không phải một ngày" in refused.text
    assert 'value="2020-11-24"' in refused.text
    with sessions.reading() as session:
        assert session.scalars(select(Audit)).all() == []


def test_a_programme_that_somebody_else_corrected_is_not_overwritten(office: FlaskClient) -> None:
    shown = office.post("/ke-hoach/them", data={"year": "2020", "name": "Kế hoạch 41"}).location
    seen = re.search(r'name="revision"[^>]* value="(\d+)"', office.get(f"{shown}/sua").text)
    assert seen is not None
    sent = {"why": "Đổi tên", "revision": seen[1]}
    assert office.post(f"{shown}/sua", data=sent | {"name": "Kế hoạch 42"}).status_code == 303
    late = office.post(f"{shown}/sua", data=sent | {"name": "Kế hoạch 43"})
    assert late.status_code == 409
    for said in ("Có người vừa sửa", "Kế hoạch 42", 'value="Kế hoạch 43"'):
        assert said in late.text


def test_programmes_of_a_year(office: FlaskClient) -> None:
    made = office.post("/ke-hoach/them", data={"year": "2020", "name": "Kế hoạch 41"}, follow_redirects=True)
    assert "Kế hoạch 41" in made.text
    again = office.post("/ke-hoach/them", data={"year": "2020", "name": "Kế hoạch 41"})
    assert again.status_code == 409
    unknown = office.post("/ke-hoach/them", data={"year": "2021", "name": "Khác", "document": "9/KH-X"})
    assert unknown.status_code == 422
    assert "9/KH-X" in unknown.text


def test_a_blank_checklist_to_print(office: FlaskClient) -> None:
    assert "Phiếu thử" in office.get("/phieu-kiem-tra").text
    assert "<dd>TCVN ISO 9001:2015</dd>" in office.get("/phieu-kiem-tra/thu/1.0.0").text
    full = office.get("/phieu-kiem-tra/thu/1.0.0/in").text
    core = office.get("/phieu-kiem-tra/thu/1.0.0/in?bo=rut-gon&xep=vi-tri").text
    assert "B-8.5-01" in full
    assert "B-8.5-01" not in core
    assert office.get("/phieu-kiem-tra/thu/9.9.9/in").status_code == 404


def test_a_nonconformity_from_the_minutes_to_closing(app: Flask, sessions: Sessions, sign_in: SignIn) -> None:
    visit = Visit(app, sessions, sign_in)
    visit.complete()
    visit.post("/ket-thuc", minuted_on="2020-11-18")
    browser = visit.browsers["office"]
    address = f"/diem-khong-phu-hop/{visit.reference}/B-7.2-01"
    assert "Thiếu chứng chỉ" in browser.get("/diem-khong-phu-hop").text

    def step(name: str, expect: int = 303, **fields: str) -> str:
        form = {f"{name}-{field}": value for field, value in fields.items()}
        answer = browser.post(f"{address}/{name}", data=form)
        assert answer.status_code == expect, answer.text
        return answer.text

    refused = step("gia-han", 422, due_on="2020-12-01", on_day="2020-11-18", reason="Bão lũ")
    assert "Bão lũ" in refused
    assert 'id="bao-luu-reason-error"' in step("bao-luu", 422, reason=" ")
    step("gia-han", due_on="2021-01-31", on_day="2020-11-18", reason="Bão lũ")
    step("giai-trinh", cause="Quên", correction="Bổ sung", corrective_action="Tập huấn")
    step("dong", 409, on_day="2020-11-18", outcome="verified", evidence="Đã xem")
    step("khac-phuc", on_day="2020-11-18", evidence="Ảnh chụp")
    step("dong", on_day="2020-11-18", outcome="verified", evidence="Đã xem")
    assert "đã đóng" in browser.get(address).text
    assert browser.get(f"{address}x").status_code == 404
