"""The register as of any day, and the pages of a unit."""

import re
from datetime import date, datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from isoaudit.db import Succession, Unit
from isoaudit.domain.vocabulary import ActivityKind, DeclarationKind, Relation, Role, UnitKind
from isoaudit.services import documents
from isoaudit.services.facts import entry
from isoaudit.services.facts.table import KINDS
from isoaudit.services.log import COMMAND_LINE as BY
from tests import factories
from tests.conftest import CountQueries, SignIn

MERGED = date(2025, 7, 1)


@pytest.fixture
def register(session: Session) -> dict[str, Unit]:
    """Đông Hà in 2020 with two wards, an agency; one of the wards' code goes to the new ward of 2025."""
    town = factories.unit(session, code="461", name="Thành phố Đông Hà", kind=UnitKind.DISTRICT, valid_to=MERGED)
    ward = {"kind": UnitKind.WARD, "parent_id": town.id, "valid_to": MERGED}
    units = {
        "town": town,
        "ward": factories.unit(session, code="19333", name="Phường 1", **ward),
        "other": factories.unit(session, code="19330", name="Phường Đông Giang", **ward),
        "agency": factories.unit(session, code="SKHCN", name="Sở Khoa học và Công nghệ", kind=UnitKind.AGENCY),
        "new": factories.unit(session, code="19333", name="Phường Đông Hà", kind=UnitKind.WARD, valid_from=MERGED),
    }
    for name in ("ward", "other"):
        session.add(
            Succession(
                predecessor_id=units[name].id,
                successor_id=units["new"].id,
                on_day=MERGED,
                relation=Relation.CONSOLIDATED,
                basis="NQ 1680",
            )
        )
    session.commit()
    return units


@pytest.fixture
def office(client: FlaskClient, session: Session, sign_in: SignIn) -> FlaskClient:
    user = factories.user(session, role=Role.OFFICE)
    session.commit()
    return sign_in(client, user)


def test_the_register_of_a_day_shows_the_meaning_that_a_code_had_then(
    office: FlaskClient, register: dict[str, Unit]
) -> None:
    before = office.get("/don-vi?ngay=2020-11-18").text
    assert "Phường 1" in before
    assert "Phường Đông Hà" not in before
    after = office.get("/don-vi?ngay=2025-07-01").text
    assert "Phường Đông Hà" in after
    assert "Phường Đông Giang" not in after
    both = office.get("/don-vi?ngay=2020-11-18&tim=19333").text
    assert "Mã 19333 qua các thời kỳ" in both
    assert "Phường 1" in both
    assert "Phường Đông Hà" in both


@pytest.mark.parametrize("typed", ["dong ha", "ĐÔNG HÀ", "Đong hà"])
def test_search_ignores_case_and_diacritics(office: FlaskClient, register: dict[str, Unit], typed: str) -> None:
    page = office.get("/don-vi", query_string={"ngay": "2025-07-01", "tim": typed}).text
    assert "Phường Đông Hà" in page
    assert "Sở Khoa học" not in page


def test_the_register_is_narrowed_by_block_and_district_and_sorted(
    office: FlaskClient, register: dict[str, Unit]
) -> None:
    page = office.get(f"/don-vi?ngay=2020-11-18&khoi=commune&huyen={register['town'].id}&xep=-ten").text
    assert "Sở Khoa học" not in page
    assert page.index("Phường Đông Giang") < page.index(">Phường 1<")
    assert "Không tìm thấy đơn vị nào" in office.get("/don-vi?tim=khong-co").text
    assert "chưa có đơn vị nào" in office.get("/don-vi?ngay=1850-01-01").text
    wrong = office.get("/don-vi?ngay=hom-qua")
    assert wrong.status_code == 200
    assert "chưa đúng" in wrong.text


def test_a_unit_shows_its_history_through_mergers_both_ways(office: FlaskClient, register: dict[str, Unit]) -> None:
    new = office.get(f"/don-vi/{register['new'].id}").text
    assert "Phường 1" in new
    assert "hợp nhất" in new
    old = office.get(f"/don-vi/{register['ward'].id}").text
    assert "có hiệu lực đến hết 30/6/2025" in old
    assert f'href="/don-vi/{register["new"].id}"' in old
    assert office.get("/don-vi/4711").status_code == 404


def test_a_successor_tells_what_its_predecessors_had_declared_over_generations(
    office: FlaskClient, register: dict[str, Unit], session: Session, now: datetime
) -> None:
    first = factories.unit(session, code="19331", name="Phường Cũ", kind=UnitKind.WARD, valid_to=date(2015, 1, 1))
    passed = {"on_day": date(2015, 1, 1), "relation": Relation.CONSOLIDATED}
    session.add(Succession(predecessor_id=first.id, successor_id=register["ward"].id, **passed))
    for unit, edition, day in (
        (first, "iso9001-2008", date(2012, 3, 1)),
        (register["ward"], "iso9001-2015", date(2020, 3, 1)),
        (register["other"], "iso9001-2015", date(2019, 3, 1)),
    ):
        values = {"edition": edition, "kind": DeclarationKind.DECLARE, "made_on": day, "covered": None, "total": None}
        entry.enter(session, KINDS["declaration"], unit.id, values, by=BY, now=now)
    values = {"edition": "iso9001-2015", "kind": DeclarationKind.WITHDRAW, "made_on": date(2020, 9, 1)}
    entry.enter(
        session, KINDS["declaration"], register["other"].id, values | {"covered": None, "total": None}, by=BY, now=now
    )
    session.commit()
    tree = office.get(f"/don-vi/{register['new'].id}").text.split('id="s-tree"')[1]
    told = [each.strip() for each in re.findall(r'<span class="badge \w+">.*?</svg>([^<]+)</span>', tree, re.S)]
    named = re.findall(r'<li><a href="/don-vi/\d+">([^<]+)</a>', tree)
    assert dict(zip(named, told, strict=True)) == {
        "Phường 1": "TCVN ISO 9001:2015",
        "Phường Cũ": "TCVN ISO 9001:2008",
        "Phường Đông Giang": "chưa hoặc không còn công bố",
    }
    assert 'href="/don-vi/' in office.get(f"/don-vi/{first.id}").text.split('id="s-tree"')[1]


def enter_everything(session: Session, unit: Unit, now: datetime) -> None:
    given = {"number": "127/QĐ-UBND", "kind": "QĐ", "issuer": "UBND tỉnh", "issued_on": date(2020, 1, 15)}
    document = documents.enter(session, given | {"subject": "Kế hoạch"}, by=BY, now=now)

    def enter(name: str, **values: Any) -> None:
        entry.enter(session, KINDS[name], unit.id, values | {"document_id": document.id}, by=BY, now=now)

    for year in (2018, 2019, 2020):
        for kind in (ActivityKind.INTERNAL_AUDIT, ActivityKind.TRAINING):
            enter("activity", year=year, kind=kind, done_on=date(year, 9, 1))
        enter("procedures", as_of=date(year, 10, 1), total=54, covered=40)
    declared = {"edition": "iso9001-2008", "kind": DeclarationKind.DECLARE, "covered": 40, "total": 54}
    enter("declaration", made_on=date(2016, 5, 1), **declared)
    for step in ("plan", "training"):
        enter("milestone", conversion="2008-2015", step=step, achieved_on=date(2020, 3, 1))
    session.commit()


def test_a_page_asks_as_much_for_many_facts_as_for_none(
    office: FlaskClient, session: Session, register: dict[str, Unit], now: datetime, count_queries: CountQueries
) -> None:
    unit = register["agency"]
    for path in (f"/don-vi/{unit.id}", f"/don-vi/{unit.id}/qua-trinh"):
        office.get(path)
    counted = {}
    for path in (f"/don-vi/{unit.id}", f"/don-vi/{unit.id}/qua-trinh", "/don-vi"):
        with count_queries() as queries:
            office.get(path)
        counted[path] = len(queries)
    enter_everything(session, unit, now)
    for path, before in counted.items():
        office.get(path)
        with count_queries() as queries:
            page = office.get(path).text
        assert len(queries) <= before + 1, queries  # one more: the revisions of the facts
        assert len(queries) <= 25
        assert "đang chuyển đổi" in page or path != f"/don-vi/{unit.id}"


def test_a_unit_page_tells_status_steps_and_years(
    office: FlaskClient, session: Session, register: dict[str, Unit], now: datetime
) -> None:
    enter_everything(session, register["agency"], now)
    page = office.get(f"/don-vi/{register['agency'].id}").text
    assert "đang chuyển đổi" in page
    assert "40/54" in page
    assert "còn thiếu" in page
    assert "step=2008-2015/documents_issued" in page.replace("%2F", "/")
    early = office.get(f"/don-vi/{register['agency'].id}?ngay=2016-01-01").text
    assert "chưa triển khai" in early


def test_a_unit_officer_sees_only_the_own_unit_through_a_change_of_name(
    client: FlaskClient, session: Session, register: dict[str, Unit], sign_in: SignIn
) -> None:
    later = factories.unit(session, code="19330", name="Phường Đông Giang mới", valid_from=MERGED)
    other = register["other"]
    session.add(Succession(predecessor_id=other.id, successor_id=later.id, on_day=MERGED, relation=Relation.CONTINUED))
    officer = factories.user(session, role=Role.UNIT_OFFICER, unit_id=other.id)
    session.commit()
    browser = sign_in(client, officer)
    assert browser.get("/don-vi").status_code == 403
    assert browser.get("/don-vi/cua-toi").headers["Location"] == f"/don-vi/{other.id}"
    own = browser.get(f"/don-vi/{other.id}")
    assert own.status_code == 200
    assert "Nhập công bố" not in own.text
    assert f'href="/don-vi/{register["new"].id}"' not in own.text
    assert browser.get(f"/don-vi/{later.id}").status_code == 200
    for path in (f"/don-vi/{register['ward'].id}", f"/don-vi/{register['new'].id}/qua-trinh"):
        assert browser.get(path).status_code == 403
    assert browser.post(f"/don-vi/{other.id}/cong-bo/them").status_code == 403
