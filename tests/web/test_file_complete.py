"""What the page of an inspection's file says on the whole: what is next, what is complete, what nobody recorded."""

import pytest
from flask import Flask
from sqlalchemy import select

from isoaudit.db import Audit
from isoaudit.db.engine import Sessions
from isoaudit.domain.vocabulary import PaperKind
from tests.conftest import SignIn
from tests.web.test_audits import Visit

COMPLETE, NEXT = "Hồ sơ đã đủ các bước", "Việc tiếp theo"


@pytest.fixture
def visit(app: Flask, sessions: Sessions, sign_in: SignIn) -> Visit:
    return Visit(app, sessions, sign_in)


def test_results_brought_from_elsewhere_do_not_make_a_file_complete(visit: Visit, sessions: Sessions) -> None:
    visit.complete()
    visit.post("/ket-thuc", minuted_on="2020-11-18")
    with sessions.writing.begin() as session:
        session.scalars(select(Audit)).one().imported = True
    for page in (visit.get("/ho-so"), visit.get()):
        assert "bước chưa ghi nhận giấy tờ" in page
        assert COMPLETE not in page
        assert NEXT not in page
    steps = visit.get("/ho-so").partition("<tbody>")[2]
    assert steps.count("chưa ghi nhận</span>") > 5
    assert "quá hạn" not in steps


def test_a_cancelled_audit_needs_no_more_papers_and_is_not_called_complete(visit: Visit) -> None:
    visit.post("/huy", "office", reason="Đơn vị sáp nhập")
    for page in (visit.get("/ho-so"), visit.get()):
        assert "hồ sơ không lập tiếp" in page
        assert COMPLETE not in page


def test_a_file_is_complete_when_every_step_has_its_paper(visit: Visit) -> None:
    visit.complete()
    visit.post("/ket-thuc", minuted_on="2020-11-18")
    assert COMPLETE not in visit.get("/ho-so")
    for kind in PaperKind:
        visit.post("/giay-to/them", kind=kind.value, number="1/GT", issued_on="2020-11-17")
    for page in (visit.get("/ho-so"), visit.get()):
        assert COMPLETE in page
