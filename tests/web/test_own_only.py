"""Rights that reach only one's own: the unit of a unit officer, the audits whose team an inspector is in."""

from datetime import date
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from isoaudit.db import AnswerRevision, Audit, AuditEvent, Succession
from isoaudit.db.engine import Sessions
from isoaudit.domain.operations import Operation
from isoaudit.domain.vocabulary import Relation, Role, UnitKind
from isoaudit.services import sync
from isoaudit.services.audits import life
from isoaudit.services.log import Actor
from tests import audit_factories, factories
from tests.conftest import NOW, SignIn

GOOD: dict[str, object] = {"grade": "conformity"}
MINOR: dict[str, object] = {"grade": "minor", "note": "Thiếu chứng chỉ", "due_on": "2020-12-31"}


class Two:
    """Two communes with a minuted audit each; the first was recoded after its audit and has an officer."""

    def __init__(self, app: Flask, session: Session, sign_in: SignIn) -> None:
        self.app, self.sign_in = app, sign_in
        before = factories.unit(session, code="1", name="Xã Cũ", valid_to=date(2020, 11, 17))
        after = factories.unit(session, code="2", name="Xã Mới", valid_from=date(2020, 11, 17))
        changed = {"on_day": date(2020, 11, 17), "relation": Relation.CONTINUED}
        session.add(Succession(predecessor_id=before.id, successor_id=after.id, **changed))
        other = factories.unit(session, code="3", name="Xã Khác", kind=UnitKind.COMMUNE)
        self.before, self.after, self.other = before.id, after.id, other.id
        head, version = factories.user(session, role=Role.INSPECTOR), audit_factories.checklist(session)
        self.audits = [
            audit_factories.audit(session, head=head, of=unit, version=version).reference for unit in (before, other)
        ]
        by, device, number = Actor.of(head, "test"), str(uuid4()), 0
        for reference in self.audits:
            sent = []
            for code, value in (("A-01", GOOD), ("B-7.2-01", MINOR), ("B-8.5-01", GOOD)):
                number += 1
                sent.append(Operation(str(uuid4()), device, number, reference, 0, "answer", value, code))
            sync.take(session, before.province_id, sent, by=by, now=NOW)
            life.minute(session, before.province_id, reference, minuted_on=NOW.date(), by=by, now=NOW)
        self.open = audit_factories.audit(session, head=head, of=other, version=version).reference
        people = {
            "officer": factories.user(session, role=Role.UNIT_OFFICER, unit_id=after.id),
            "stranger": factories.user(session, role=Role.INSPECTOR),
            "office": factories.user(session, role=Role.OFFICE),
            "committee": factories.user(session, role=Role.COMMITTEE),
        }
        session.commit()
        self.browsers: dict[str, FlaskClient] = {
            name: sign_in(app.test_client(), person) for name, person in people.items()
        }


@pytest.fixture
def two(app: Flask, session: Session, sign_in: SignIn) -> Two:
    return Two(app, session, sign_in)


def test_a_unit_officer_sees_the_own_unit_by_all_its_codes_and_no_other(two: Two) -> None:
    officer = two.browsers["officer"]
    own, other = two.audits
    good = [f"/don-vi/{two.after}", f"/don-vi/{two.before}", f"/don-vi/{two.after}/qua-trinh"]
    for path in [*good, f"/diem-khong-phu-hop/{own}/B-7.2-01"]:
        assert officer.get(path).status_code == 200, path
    listed = officer.get("/diem-khong-phu-hop?tim=").text
    assert (own in listed, other in listed) == (True, False)
    for path, status in (
        (f"/don-vi/{two.other}", 403),
        (f"/don-vi/{two.other}/qua-trinh", 403),
        (f"/diem-khong-phu-hop/{other}/B-7.2-01", 404),
        (f"/cuoc-kiem-tra/{own}", 403),
        (f"/cuoc-kiem-tra/{own}/bien-ban", 403),
        ("/van-ban", 403),
        ("/tong-hop", 403),
        ("/bao-cao/bao-cao-iso.xlsx", 403),
    ):
        assert officer.get(path).status_code == status, path
    handled = officer.post(f"/diem-khong-phu-hop/{own}/B-7.2-01/dong", data={})
    assert handled.status_code == 403


@pytest.mark.parametrize("who", ["stranger", "office", "committee", "officer"])
def test_only_the_team_writes_in_an_audit(two: Two, sessions: Sessions, who: str) -> None:
    browser, path = two.browsers[who], f"/cuoc-kiem-tra/{two.open}"
    before = _written(sessions)
    answers = [
        browser.post(f"{path}/tra-loi/A-01", data={"grade": "conformity", "base": "0"}),
        browser.post(f"{path}/tra-loi/@remarks", data={"text": "x", "base": "0"}),
        browser.post(f"{path}/tra-loi/A-01/chon", data={"number": "0"}),
        browser.post(f"{path}/bat-dau"),
        browser.post(f"{path}/ket-thuc", data={"minuted_on": "2020-11-18"}),
        browser.post(f"/cuoc-kiem-tra/{two.audits[1]}/mo-lai", data={"reason": "x"}),
    ]
    assert {answer.status_code for answer in answers} <= {403, 409}
    sent = {"op_id": str(uuid4()), "device_id": str(uuid4()), "seq": 1, "audit": two.open, "base_revision": 0}
    sent |= {"kind": "answer", "criterion": "A-01", "value": GOOD, "at": ""}
    told = browser.post(f"{path}/thao-tac", json={"operations": [sent]})
    assert told.status_code == 403 or told.json["operations"][0]["outcome"] == "refused"  # type: ignore[index]
    assert _written(sessions) == before


def _written(sessions: Sessions) -> list[object]:
    with sessions.reading() as session:
        counts = [session.scalar(select(func.count()).select_from(row)) for row in (AnswerRevision, AuditEvent)]
        return [*counts, *session.scalars(select(Audit.state).order_by(Audit.id))]
