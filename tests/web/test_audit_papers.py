"""The papers of an audit's file: kept with number and file, given back as attachments, taken out with a reason."""

import io

import pytest
from flask import Flask
from flask.testing import FlaskClient

from isoaudit.db.engine import Sessions
from isoaudit.domain.vocabulary import Role
from tests import audit_factories, factories
from tests.conftest import SignIn

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
PATH = "/cuoc-kiem-tra/{}"


class File:
    """An audit, and browsers of those who may and may not keep its papers."""

    def __init__(self, app: Flask, sessions: Sessions, sign_in: SignIn) -> None:
        with sessions.writing.begin() as session:
            people = {name: factories.user(session, role=Role.INSPECTOR) for name in ("head", "stranger")}
            people["office"] = factories.user(session, role=Role.OFFICE)
            audit = audit_factories.audit(session, head=people["head"])
            self.path = PATH.format(audit.reference)
        self.browsers: dict[str, FlaskClient] = {name: sign_in(app.test_client(), who) for name, who in people.items()}

    def add(self, who: str, expect: int = 303, content: bytes = PDF, **form: str) -> str:
        data = {"kind": "minutes", **form} | (
            {"file": (io.BytesIO(content), "Biên bản Đakrông.pdf")} if content else {}
        )
        answer = self.browsers[who].post(f"{self.path}/giay-to/them", data=data)
        assert answer.status_code == expect, answer.text
        return answer.text


@pytest.fixture
def file(app: Flask, sessions: Sessions, sign_in: SignIn) -> File:
    return File(app, sessions, sign_in)


def test_the_scan_of_the_signed_minutes_is_kept_as_the_original(file: File) -> None:
    file.add("head", number="12/BB-ĐKT", issued_on="2020-11-10", signer="Nguyễn Văn A")
    shown = file.browsers["office"].get(file.path).text
    assert "Biên bản kiểm tra (bản ký)" in shown
    assert "12/BB-ĐKT" in shown
    with file.browsers["office"].get(f"{file.path}/giay-to/1") as given:
        assert given.data == PDF
        assert given.headers["Content-Disposition"].startswith("attachment")


def test_a_paper_is_taken_out_with_a_reason_only(file: File) -> None:
    file.add("office", content=b"", kind="decision", number="88/QĐ-SKHCN")
    assert file.browsers["office"].post(f"{file.path}/giay-to/1/bo", data={"why": " "}).status_code == 422
    assert file.browsers["office"].post(f"{file.path}/giay-to/1/bo", data={"why": "nhầm đơn vị"}).status_code == 303
    assert "88/QĐ-SKHCN" not in file.browsers["office"].get(file.path).text
    assert file.browsers["office"].get(f"{file.path}/giay-to/1").status_code == 404


@pytest.mark.parametrize(
    ("form", "content", "says"),
    [
        ({"number": " "}, b"", "chưa có tệp và chưa có số"),
        ({"number": "1/BB", "issued_on": "2030-01-01"}, b"", "chưa đến"),
        ({"number": "1/BB", "kind": "khac"}, b"", "Loại giấy tờ"),
        ({}, b"#!/bin/sh", "PDF"),
    ],
)
def test_a_bad_paper_is_refused_and_what_was_typed_stays(
    file: File, form: dict[str, str], content: bytes, says: str
) -> None:
    page = file.add("head", 422, content, signer="Lê Thị Bé", **form)
    assert says in page
    assert "Lê Thị Bé" in page


def test_another_inspector_keeps_no_papers_here(file: File) -> None:
    file.add("stranger", 403, number="1/BB")
    assert "Thêm giấy tờ" not in file.browsers["stranger"].get(file.path).text
