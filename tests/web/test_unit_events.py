"""The page "Sắp xếp đơn vị": units are found without diacritics, consequences are shown before anything is saved, and
what was entered can be corrected and withdrawn."""

import re
from datetime import date, datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from isoaudit.db import Succession, Unit, UnitEvent
from isoaudit.domain.vocabulary import Relation, Role, UnitKind
from isoaudit.services import documents
from isoaudit.services.log import COMMAND_LINE as BY
from tests import factories
from tests.conftest import SignIn
from tests.web.conftest import Stored

DECISION = {
    "number": "832/NQ-UBTVQH14",
    "kind": "NQ",
    "issuer": "UBTVQH",
    "subject": "Sắp xếp đơn vị cấp xã",
    "issued_on": date(2020, 1, 10),
}
MERGE = "/don-vi/sap-xep/them/sap-nhap"


@pytest.fixture
def units(session: Session, now: datetime) -> list[Unit]:
    """A district with three communes, and the decision."""
    district = factories.unit(session, code="464", name="Huyện Vĩnh Linh", kind=UnitKind.DISTRICT)
    made = [
        factories.unit(session, code=f"1934{number}", name=f"Xã Vĩnh {name}", parent_id=district.id)
        for number, name in enumerate(("Giang", "Thành", "Tân"))
    ]
    documents.enter(session, DECISION, by=BY, now=now)
    session.commit()
    return [district, *made]


@pytest.fixture
def office(client: FlaskClient, session: Session, sign_in: SignIn) -> FlaskClient:
    user = factories.user(session, role=Role.OFFICE)
    session.commit()
    return sign_in(client, user)


def merger(units: list[Unit], **more: Any) -> dict[str, Any]:
    return {
        "on_day": "2020-03-01",
        "document": "832/NQ-UBTVQH14",
        "don_vi": [units[1].id, units[2].id],
        "into": "moi",
        "parts-0-name": "Xã Vĩnh Mới",
        "parts-0-code": "19340",
        "parts-0-kind": "commune",
        "parts-0-parent": str(units[0].id),
        "audits": "keep",
        "findings": "keep",
    } | more


def seen(page: str) -> dict[str, str]:
    """The stamp of the consequences shown."""
    return {"da_xem": hidden(page, "da_xem"), "ghi": "1"}


def hidden(page: str, name: str) -> str:
    """The value of a hidden field."""
    field = next(each for each in re.findall(r"<input[^>]*>", page) if f'name="{name}"' in each)
    found = re.search(r'value="([^"]*)"', field)
    assert found is not None
    return found[1]


def test_a_merger_is_looked_at_and_then_entered(office: FlaskClient, units: list[Unit], stored: Stored) -> None:
    found = office.post(MERGE, data={"on_day": "2020-03-01", "tim": "don_vi", "tim_don_vi": "vinh thanh"})
    assert found.status_code == 200
    assert "Xã Vĩnh Thành" in found.text
    assert "Xã Vĩnh Giang" not in found.text
    preview = office.post(MERGE, data=merger(units, xem="1"))
    assert "Nếu ghi, sẽ như sau" in preview.text
    assert "hợp nhất thành Xã Vĩnh Mới" in preview.text
    assert stored(UnitEvent) == []
    unseen = office.post(MERGE, data=merger(units, ghi="1", da_xem="khac"))
    assert (unseen.status_code, stored(UnitEvent)) == (200, [])
    saved = office.post(MERGE, data=merger(units) | seen(preview.text))
    assert saved.status_code == 302
    assert [each.relation.value for each in stored(Succession)] == ["consolidated", "consolidated"]
    page = office.get(saved.location).text
    assert "832/NQ-UBTVQH14" in page
    new = next(each for each in stored(Unit) if each.name == "Xã Vĩnh Mới")
    assert (new.parent_id, new.code) == (units[0].id, "19340")
    assert "Sắp xếp từ ngày 01/3/2020" in office.get(f"/don-vi/{new.id}").text
    assert "Xã Vĩnh Mới (19340)" in office.get("/don-vi/sap-xep").text


def test_changes_that_came_with_the_register_are_listed_too(
    office: FlaskClient, units: list[Unit], session: Session
) -> None:
    day, relation = date(2018, 5, 1), Relation.ABSORBED
    session.add(Succession(predecessor_id=units[1].id, successor_id=units[2].id, on_day=day, relation=relation))
    session.commit()
    assert "01/5/2018</a>: 1 đơn vị sáp nhập vào đơn vị khác" in office.get("/don-vi/sap-xep").text


def test_what_is_wrong_is_said_and_what_was_typed_stays(office: FlaskClient, units: list[Unit]) -> None:
    taken = office.post(MERGE, data=merger(units, **{"parts-0-code": "19342", "xem": "1"}))
    assert taken.status_code == 422
    assert "mã 19342 đang là của Xã Vĩnh Tân" in taken.text
    assert 'value="Xã Vĩnh Mới"' in taken.text
    nothing = office.post(MERGE, data={"xem": "1"})
    assert nothing.status_code == 422
    assert "Hãy điền mục này." in nothing.text
    unknown = office.post(MERGE, data=merger(units, document="1/XX", xem="1"))
    assert (unknown.status_code, "Nhập văn bản mới" in unknown.text) == (422, True)


def test_it_is_corrected_and_withdrawn_with_a_reason(office: FlaskClient, units: list[Unit], stored: Stored) -> None:
    preview = office.post(MERGE, data=merger(units, xem="1"))
    page = office.post(MERGE, data=merger(units) | seen(preview.text)).location
    form = office.get(f"{page}/sua").text
    assert 'value="Xã Vĩnh Mới"' in form
    revision = hidden(form, "revision")
    change = merger(units, **{"parts-0-name": "Xã Vĩnh Hợp", "revision": revision, "why": "Sai tên"})
    preview = office.post(f"{page}/sua", data=change | {"xem": "1"})
    assert "hợp nhất thành Xã Vĩnh Hợp" in preview.text
    assert office.post(f"{page}/sua", data=change | seen(preview.text)).status_code == 302
    assert {each.name for each in stored(Unit)} >= {"Xã Vĩnh Hợp"}
    assert "Xã Vĩnh Mới (19340)" in office.get(page).text
    assert office.post(f"{page}/huy", data={"why": " "}).status_code == 422
    assert office.post(f"{page}/huy", data={"why": "Ghi nhầm"}).status_code == 302
    assert stored(Succession) == []
    assert {each.name for each in stored(Unit)} == {unit.name for unit in units}
    assert "Ghi nhầm" in office.get(page).text


@pytest.mark.parametrize(
    ("slug", "given", "told"),
    [
        ("doi-ten", {"parts-0-name": "Thị trấn Vĩnh Giang", "parts-0-kind": "township"}, "tiếp tục là Thị trấn"),
        ("giai-the", {}, "không có đơn vị tiếp nhận"),
        (
            "chia-tach",
            {"parts-0-name": "Xã A", "parts-0-code": "1", "parts-0-kind": "commune", "goes_on": "y"},
            "tách sang Xã A",
        ),
    ],
)
def test_other_kinds_have_their_own_forms(
    office: FlaskClient, units: list[Unit], slug: str, given: dict[str, str], told: str
) -> None:
    address = f"/don-vi/sap-xep/them/{slug}"
    assert office.get(address).status_code == 200
    given = {"audits": "keep", "findings": "keep", "xem": "1"} | given
    page = office.post(
        address, data={"on_day": "2020-03-01", "document": "832/NQ-UBTVQH14", "don_vi": units[1].id} | given
    )
    assert told in page.text
    more = office.post(address, data={"don_vi": units[1].id, "them": "1", "tim_nhan": "", **given})
    assert more.status_code == 200 or slug != "chia-tach"
    if slug == "chia-tach":
        assert "Đơn vị mới thứ 2" in more.text
