"""Decisions on the pages: the committee records and ends them, the office reports, everybody who may sees them."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from isoaudit.db import Decision
from isoaudit.domain.vocabulary import Role, UnitKind
from tests import factories
from tests.conftest import SignIn
from tests.web.conftest import Stored

GIVEN = {
    "decided_on": "2020-03-02",
    "unit": "19348",
    "text": "Hoàn thành chuyển đổi sang phiên bản 2015",
    "addressed_to": "UBND xã Vĩnh Giang",
    "due_on": "2020-06-30",
}


@pytest.fixture
def committee(client: FlaskClient, session: Session, sign_in: SignIn) -> FlaskClient:
    """A member of the committee, with one unit."""
    factories.unit(session)
    user = factories.user(session, role=Role.COMMITTEE)
    session.commit()
    return sign_in(client, user)


@pytest.fixture
def office(app: object, session: Session, sign_in: SignIn, committee: FlaskClient) -> FlaskClient:
    """The office beside the committee."""
    user = factories.user(session, role=Role.OFFICE)
    session.commit()
    return sign_in(committee.application.test_client(), user)


def test_from_the_decision_to_its_end(committee: FlaskClient, office: FlaskClient, stored: Stored) -> None:
    assert committee.post("/quyet-dinh/them", data=GIVEN).status_code == 303
    (row,) = stored(Decision)
    for place in ("/quyet-dinh?nam=2020", f"/quyet-dinh/{row.id}", f"/don-vi/{row.unit_id}"):
        page = committee.get(place).text
        assert GIVEN["text"] in page
        assert "quá hạn" in page
    assert "Quyết định của Ban Chỉ đạo quá hạn thực hiện" in committee.get("/tong-hop?nam=2020").text
    step = {"kind": "done", "on_day": "2020-11-02", "text": "Đã công bố lại"}
    assert office.post(f"/quyet-dinh/{row.id}/tien-do", data=step).status_code == 303
    page = office.get(f"/quyet-dinh/{row.id}").text
    assert "thực hiện chậm" in page
    assert "chậm 125 ngày" in page
    assert "Quyết định của Ban Chỉ đạo" not in office.get("/tong-hop?nam=2020").text
    again = {"kind": "reopened", "on_day": "2020-11-03", "text": "Chưa đúng phạm vi"}
    assert office.post(f"/quyet-dinh/{row.id}/tien-do", data=again).status_code == 403
    assert committee.post(f"/quyet-dinh/{row.id}/theo-doi", data=again).status_code == 303
    assert len(stored(Decision)) == 1


def test_what_was_refused_keeps_what_was_typed(committee: FlaskClient, stored: Stored) -> None:
    wrong = committee.post("/quyet-dinh/them", data=GIVEN | {"unit": "Xã Không Có", "block": "commune"})
    assert wrong.status_code == 422
    assert "Không có đơn vị “Xã Không Có”" in wrong.text
    assert GIVEN["addressed_to"] in wrong.text
    assert committee.post("/quyet-dinh/them", data=GIVEN).status_code == 303
    (row,) = stored(Decision)
    early = committee.post(
        f"/quyet-dinh/{row.id}/theo-doi", data={"kind": "extended", "on_day": "2020-03-01", "text": "chưa kịp"}
    )
    assert early.status_code == 422
    assert "chưa kịp" in early.text


def test_a_correction_asks_for_its_reason_and_a_mistake_is_voided(committee: FlaskClient, stored: Stored) -> None:
    committee.post("/quyet-dinh/them", data=GIVEN)
    (row,) = stored(Decision)
    form = committee.get(f"/quyet-dinh/{row.id}/sua").text
    assert 'value="19348"' in form
    changed = GIVEN | {"due_on": "2020-12-31", "revision": "1"}
    assert committee.post(f"/quyet-dinh/{row.id}/sua", data=changed).status_code == 422
    assert committee.post(f"/quyet-dinh/{row.id}/sua", data=changed | {"why": "ghi nhầm hạn"}).status_code == 303
    assert "ghi nhầm hạn" in committee.get(f"/quyet-dinh/{row.id}").text
    assert committee.post(f"/quyet-dinh/{row.id}/huy", data={"why": "trùng"}).status_code == 303
    assert "Đã hủy do ghi nhầm" in committee.get("/quyet-dinh?nam=2020").text
    assert committee.post(f"/quyet-dinh/{row.id}/khoi-phuc").status_code == 303
    assert stored(Decision)[0].voided_at is None


def test_a_meeting_gets_its_page(committee: FlaskClient) -> None:
    committee.post("/quyet-dinh/them", data=GIVEN)
    page = committee.get("/tong-hop/cuoc-hop?nam=2020").text
    assert 'value="2020-03-02"' in page
    assert 'Quyết định đang thực hiện (<a href="/quyet-dinh?' in page
    asked = page.split("Xin ý kiến cuộc họp</h3>")[1]
    assert "/quyet-dinh?nam=2020&amp;ngay=2020-11-18&amp;chuyen_doi=2008-2015&amp;muc=overdue" in asked
    for kind, first in (("pdf", b"%PDF"), ("docx", b"PK")):
        file = committee.get(f"/tong-hop/cuoc-hop/tom-tat.{kind}?nam=2020&hop=2020-11-20&truoc=&xin=Kinh+phí")
        assert file.data.startswith(first)
        assert f"tom-tat-hop-2020-11-20.{kind}" in file.headers["Content-Disposition"]
    early = committee.get("/tong-hop/cuoc-hop/tom-tat.pdf?nam=2020&hop=2020-11-01")
    assert early.status_code == 422
    assert "Ngày họp ở trước ngày chốt số liệu" in early.text


def test_units_of_one_name_are_told_apart_in_the_list_and_for_the_meeting(
    committee: FlaskClient, session: Session
) -> None:
    for number in (1, 2):
        town = factories.unit(session, code=f"T{number}", name=f"Thị xã {number}", kind=UnitKind.DISTRICT)
        factories.unit(session, code=f"P{number}", name="Phường 1", kind=UnitKind.WARD, parent_id=town.id)
    session.commit()
    committee.post("/quyet-dinh/them", data=GIVEN | {"unit": "P2"})
    for place in ("/quyet-dinh?nam=2020", "/quyet-dinh/1", "/tong-hop/cuoc-hop?nam=2020"):
        assert "Phường 1 (Thị xã 2)" in committee.get(place).text


@pytest.mark.parametrize(("role", "told"), [(Role.OFFICE, True), (Role.UNIT_OFFICER, False), (Role.INSPECTOR, False)])
def test_the_unit_s_page_tells_decisions_to_those_who_may_read_them(
    committee: FlaskClient, session: Session, sign_in: SignIn, role: Role, told: bool
) -> None:
    assert committee.post("/quyet-dinh/them", data=GIVEN).status_code == 303
    unit_id = session.scalars(select(Decision.unit_id)).one()
    own = unit_id if role is Role.UNIT_OFFICER else None
    reader = factories.user(session, role=role, unit_id=own)
    session.commit()
    page = sign_in(committee.application.test_client(), reader).get(f"/don-vi/{unit_id}?ngay=2020-12-31")
    assert page.status_code == 200
    assert (GIVEN["text"] in page.text) is told
    assert (GIVEN["addressed_to"] in page.text) is told
