"""The office's page of devices: what each holds, revoking, forgotten PINs, and files of unsent work."""

import base64
import hashlib
import io
import json
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from isoaudit.db import Answer, Evidence
from isoaudit.domain.digest import digest_of
from isoaudit.domain.vocabulary import Grade, Role
from tests.conftest import SignIn
from tests.factories import user
from tests.tablet.conftest import Tablet, Team

JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + bytes(200)


@pytest.fixture
def office(app: Flask, session: Session, sign_in: SignIn) -> FlaskClient:
    made = user(session, role=Role.OFFICE, username="thuongtruc")
    session.commit()
    return sign_in(app.test_client(), made)


def unsent(team: Team, tablet: Tablet, *operations: dict[str, Any], photos: tuple[bytes, ...] = ()) -> dict[str, Any]:
    """The file that the head's tablet writes."""
    head = team.people["head"]
    content: dict[str, Any] = {
        "format": "isoaudit-unsent",
        "version": 1,
        "device_id": tablet.id,
        "user": {"id": head.id, "username": head.username, "name": head.full_name},
        "made_at": "2020-11-18T09:00:00.000Z",
        "operations": list(operations),
        "photos": [
            {"sha256": hashlib.sha256(each).hexdigest(), "base64": base64.b64encode(each).decode()} for each in photos
        ],
    }
    return content | {"digest": digest_of(content)}


def bring(office: FlaskClient, content: object) -> tuple[int, str]:
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    answer = office.post("/thiet-bi/chua-gui", data={"file": (io.BytesIO(data), "chua-gui.json")})
    return answer.status_code, answer.text


def test_the_office_sees_what_a_device_still_holds(team: Team, office: FlaskClient) -> None:
    assert "Chưa có thiết bị nào" in office.get("/thiet-bi").text
    held = [{"audit": team.audit, "operations": 3, "photos": 2, "drafts": 1}]
    team.head.report(audits=held)
    shown = office.get("/thiet-bi").text
    assert "6 mục chưa gửi" in shown
    assert team.audit in shown


def test_a_revoked_device_is_told_and_needs_a_reason(team: Team, office: FlaskClient) -> None:
    team.head.report(team.audit)
    path = f"/thiet-bi/{team.head.id}/thu-hoi"
    assert office.post(path, data={"reason": " "}).status_code == 422
    assert office.post(path, data={"reason": "mất máy"}).status_code == 303
    assert team.head.report(team.audit).get_json()["state"] == "revoked"
    assert team.head.send(team.head.operation(team.audit)).status_code == 403
    assert "mất máy" in office.get("/thiet-bi").text


def test_unsent_work_of_a_revoked_device_comes_in_by_file_once(
    team: Team, office: FlaskClient, session: Session
) -> None:
    team.head.report(audits=[{"audit": team.audit, "operations": 1, "photos": 1, "drafts": 0}], last_seq=1)
    office.post(f"/thiet-bi/{team.head.id}/thu-hoi", data={"reason": "hỏng mạng"})
    sha256 = hashlib.sha256(JPEG).hexdigest()
    value = {"grade": "opportunity", "note": "Nên treo bảng", "evidence": [sha256]}
    file = unsent(team, team.head, team.head.operation(team.audit, value=value), photos=(JPEG,))
    status, told = bring(office, file)
    assert status == 200, told
    assert "<dd>1</dd>" in told
    assert session.scalars(select(Answer.grade)).all() == [Grade.OPPORTUNITY]
    assert session.scalars(select(Evidence.sha256)).all() == [sha256]
    assert "không còn gì chưa gửi" in office.get("/thiet-bi").text
    session.rollback()  # SQLite has one writer
    again = bring(office, file)[1]
    assert "Máy chủ đã có từ trước</dt><dd>1</dd>" in again.replace("\n", "")
    assert len(session.scalars(select(Answer)).all()) == 1


def test_what_was_refused_is_told_in_words(team: Team, office: FlaskClient) -> None:
    status, told = bring(office, unsent(team, team.head, team.head.operation("khong-co")))
    assert status == 200
    assert "khong-co" in told


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda file: file | {"operations": []}, "bị đứt hoặc đã bị sửa"),
        (lambda file: json.dumps(file).encode()[:-20], "bị đứt hoặc đã bị sửa"),
        (lambda file: {"format": "khac"}, "không phải tệp"),
        (lambda file: b"\x00\xff", "bị đứt hoặc đã bị sửa"),
    ],
)
def test_a_damaged_file_brings_nothing(team: Team, office: FlaskClient, change: Any, says: str) -> None:
    status, told = bring(office, change(unsent(team, team.head, team.head.operation(team.audit))))
    assert status == 422
    assert says in told


def test_a_file_of_another_account_brings_nothing(team: Team, office: FlaskClient) -> None:
    team.member.report(team.audit)
    status, told = bring(office, unsent(team, team.member, team.member.operation(team.audit)))
    assert status == 422
    assert "không thuộc hệ thống này" in told
