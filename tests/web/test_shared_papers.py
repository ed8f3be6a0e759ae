"""A paper that one act wrote into the files of several audits: whose it is to correct."""

from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from isoaudit.db import Audit, AuditPaper
from isoaudit.db.engine import Sessions
from isoaudit.domain.vocabulary import PaperKind, Role
from isoaudit.services import papers
from isoaudit.services.log import Actor
from tests import audit_factories, factories
from tests.conftest import NOW, SignIn

TOLD = {"kind": "decision", "number": "99/SAI", "issued_on": "2020-11-03", "why": "Nhầm"}


class Shared:
    """Two teams with an audit each, one decision for both, and one of the first team alone for its two audits."""

    def __init__(self, app: Flask, sessions: Sessions, sign_in: SignIn) -> None:
        self.sessions = sessions
        with sessions.writing.begin() as session:
            people = {name: factories.user(session, role=Role.INSPECTOR) for name in ("first", "second")}
            people["office"] = factories.user(session)
            version = audit_factories.checklist(session)
            heads, audits = ("first", "second", "first"), []
            for code, who in enumerate(heads, 1):
                unit = factories.unit(session, code=str(code), name=f"Xã Số {code}")
                audits.append(audit_factories.audit(session, head=people[who], of=unit, version=version))
            self.office = by = Actor.of(people["office"], "t")
            sheet = papers.Sheet(PaperKind.DECISION, "88/QĐ-SKHCN", date(2020, 11, 2), "Trần Ngọc Lân")
            rows = papers.keep_shared(session, audits[:2], sheet, by=by, now=NOW)
            rows += papers.keep_shared(session, [audits[0], audits[2]], sheet, by=by, now=NOW)
            self.paths = [
                f"/cuoc-kiem-tra/{audit.reference}/giay-to/{row.id}/sua"
                for audit, row in zip((audits[0], audits[1], audits[0], audits[2]), rows, strict=True)
            ]
            self.file = f"/cuoc-kiem-tra/{audits[0].reference}/ho-so"
        self.browsers: dict[str, FlaskClient] = {name: sign_in(app.test_client(), who) for name, who in people.items()}

    def numbers(self) -> list[str]:
        """The numbers of the papers as they stand."""
        with self.sessions.reading() as session:
            return list(session.scalars(select(AuditPaper.number).order_by(AuditPaper.id)))


@pytest.fixture
def shared(app: Flask, sessions: Sessions, sign_in: SignIn) -> Shared:
    return Shared(app, sessions, sign_in)


@pytest.mark.parametrize(("who", "place"), [("first", 0), ("second", 1)])
def test_an_inspector_corrects_no_paper_that_other_teams_have_too(shared: Shared, who: str, place: int) -> None:
    refused = shared.browsers[who].post(shared.paths[place], data=TOLD)
    assert refused.status_code == 403
    assert "có cả trong hồ sơ của đoàn khác" in refused.text
    assert shared.browsers[who].get(shared.paths[place]).status_code == 403
    assert set(shared.numbers()) == {"88/QĐ-SKHCN"}


def test_what_only_the_own_team_shares_is_corrected_and_the_office_corrects_all(shared: Shared) -> None:
    page = shared.browsers["first"].get(shared.file).text
    assert shared.paths[0] not in page
    assert shared.paths[2] in page
    assert shared.paths[0] in shared.browsers["office"].get(shared.file).text
    assert shared.browsers["first"].post(shared.paths[2], data=TOLD | {"number": "89/QĐ"}).status_code == 303
    assert shared.numbers() == ["88/QĐ-SKHCN", "88/QĐ-SKHCN", "89/QĐ", "89/QĐ"]
    assert shared.browsers["office"].post(shared.paths[1], data=TOLD | {"number": "90/QĐ"}).status_code == 303
    assert shared.numbers() == ["90/QĐ", "90/QĐ", "89/QĐ", "89/QĐ"]


def test_one_paper_of_one_inspection_is_not_said_to_be_that_of_many(shared: Shared) -> None:
    """Written for a group that has one audit."""
    with shared.sessions.writing.begin() as session:
        audit = session.scalars(select(Audit).order_by(Audit.id)).all()[2]
        sheet = papers.Sheet(PaperKind.MINUTES, "26/BB-ĐKT", date(2020, 11, 3))
        (row,) = papers.keep_shared(session, [audit], sheet, by=shared.office, now=NOW)
        path, alone = f"/cuoc-kiem-tra/{audit.reference}", row.id
    page = shared.browsers["office"].get(f"{path}/ho-so").text
    assert "26/BB-ĐKT" in page
    assert page.count("chung cho nhiều đơn vị") == 1
    assert "sửa ở mọi hồ sơ" not in shared.browsers["office"].get(f"{path}/giay-to/{alone}/sua").text
    assert "sửa ở mọi hồ sơ" in shared.browsers["office"].get(shared.paths[3]).text
