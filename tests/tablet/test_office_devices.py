"""The office's page of devices: what each holds, revoking it and taking it back into use."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from isoaudit.db import LogEntry
from isoaudit.domain.vocabulary import Role
from tests.conftest import SignIn
from tests.factories import user
from tests.tablet.conftest import API, Team


@pytest.fixture
def office(app: Flask, session: Session, sign_in: SignIn) -> FlaskClient:
    made = user(session, role=Role.OFFICE, username="thuongtruc")
    session.commit()
    return sign_in(app.test_client(), made)


def test_the_office_sees_what_a_device_still_holds(team: Team, office: FlaskClient) -> None:
    assert "Chưa có thiết bị nào" in office.get("/thiet-bi").text
    held = [{"audit": team.audit, "operations": 3, "photos": 2, "drafts": 1}]
    team.head.report(audits=held)
    shown = office.get("/thiet-bi").text
    assert "6 mục chưa gửi" in shown
    assert team.audit in shown


def test_each_device_is_named_by_its_number_where_one_is_chosen(team: Team, office: FlaskClient) -> None:
    team.head.report(team.audit, name="Máy <1>")
    team.member.report(team.audit, name="")
    shown = office.get("/thiet-bi").text
    assert f"(Máy &lt;1&gt; {team.head.id[:8]})?</h2>" in shown
    assert f"({team.member.id[:8]})?</h2>" in shown


def test_a_revoked_device_is_told_and_needs_a_reason(team: Team, office: FlaskClient) -> None:
    team.head.report(team.audit)
    path = f"/thiet-bi/{team.head.id}/thu-hoi"
    assert office.post(path, data={"reason": " "}).status_code == 422
    assert office.post(path, data={"reason": "mất máy"}).status_code == 303
    assert team.head.report(team.audit).get_json()["state"] == "revoked"
    assert team.head.send(team.head.operation(team.audit)).status_code == 403
    assert "mất máy" in office.get("/thiet-bi").text


def test_a_revoked_device_comes_back_with_what_it_holds(team: Team, office: FlaskClient) -> None:
    team.head.report(team.audit)
    office.post(f"/thiet-bi/{team.head.id}/thu-hoi", data={"reason": "mất máy"})
    operation = team.head.operation(team.audit)
    held = [{"audit": team.audit, "operations": 1, "photos": 0, "drafts": 0}]
    team.head.report(audits=held)
    team.head.browser.post(f"{API}/devices/{team.head.id}/wiped", json={"audits": 1, "operations": 0, "left": 1})
    path = f"/thiet-bi/{team.head.id}/dung-lai"
    assert path in office.get("/thiet-bi").text
    assert office.post(path, data={"reason": ""}).status_code == 422
    assert office.post(path, data={"reason": "đã tìm thấy"}).status_code == 303
    assert team.head.report(audits=held).get_json()["state"] == "active"
    assert team.head.send(operation).get_json()["operations"][0]["outcome"] == "accepted"
    assert office.post(path, data={"reason": "lần nữa"}).status_code == 409


def test_only_what_is_on_board_is_shown_and_counted(team: Team, office: FlaskClient) -> None:
    """Taking an audit off a device, a wipe, and a device out of use count at once for the office and for the team."""

    def along() -> list[str]:
        (line,) = team.head.browser.get(f"{API}/packages").get_json()["packages"]
        return [each["device"] for each in line["devices"]]

    team.head.report(team.audit)
    team.member.report(team.audit)
    assert (sorted(along()), office.get("/thiet-bi").text.count(f">{team.audit}<")) == (
        sorted([team.head.id, team.member.id]),
        2,
    )
    team.member.report()
    assert (along(), office.get("/thiet-bi").text.count(f">{team.audit}<")) == ([team.head.id], 1)
    team.member.report(audits=[{"audit": team.audit, "operations": 1, "photos": 0, "drafts": 0}])
    office.post(f"/thiet-bi/{team.member.id}/thu-hoi", data={"reason": "mất máy"})
    assert (along(), office.get("/thiet-bi").text.count(f">{team.audit}<")) == ([team.head.id], 2)
    office.post(f"/thiet-bi/{team.head.id}/thu-hoi", data={"reason": "mất máy"})
    told = {"audits": 1, "operations": 0, "left": 1}
    assert team.head.browser.post(f"{API}/devices/{team.head.id}/wiped", json=told).status_code == 200
    assert office.get("/thiet-bi").text.count(f">{team.audit}<") == 1
    office.post(f"/thiet-bi/{team.member.id}/dung-lai", data={"reason": "đã tìm thấy"})
    assert along() == [team.member.id]


def test_a_device_that_cleared_everything_is_set_up_anew_and_told_once(
    team: Team, office: FlaskClient, session: Session
) -> None:
    team.head.report(team.audit)
    office.post(f"/thiet-bi/{team.head.id}/thu-hoi", data={"reason": "mất máy"})
    for audits in (1, 0, 0):
        told = {"audits": audits, "operations": 0, "left": 0}
        assert team.head.browser.post(f"{API}/devices/{team.head.id}/wiped", json=told).status_code == 200
    assert len(session.scalars(select(LogEntry).where(LogEntry.action == "device.wiped")).all()) == 1
    session.rollback()
    shown = office.get("/thiet-bi").text
    assert "thiết lập lại từ đầu" in shown
    assert "/dung-lai" not in shown
    assert office.post(f"/thiet-bi/{team.head.id}/dung-lai", data={"reason": "x"}).status_code == 409


def test_work_of_an_audit_that_is_no_more_is_brought_into_another(team: Team, office: FlaskClient) -> None:
    reply = team.head.send(team.head.operation("2020-KT-999", value={"grade": "conformity", "note": "Có sổ theo dõi"}))
    assert "đã được giữ ở máy chủ" in reply.get_json()["operations"][0]["why"]
    shown = " ".join(office.get("/thiet-bi").text.split())
    assert "1 thao tác của cuộc 2020-KT-999" in shown
    path, data = f"/thiet-bi/{team.head.id}/dua-vao", {"named": "2020-KT-999", "into": team.audit}
    assert office.post(path, data=data | {"into": "khong-co"}).status_code == 302
    told = office.post(path, data=data)
    assert (told.status_code, "Đã ghi</dt><dd>1</dd>" in " ".join(told.text.split())) == (200, True)
    assert "Có sổ theo dõi" in office.get(f"/cuoc-kiem-tra/{team.audit}").text
    assert "2020-KT-999" not in office.get("/thiet-bi").text
    assert team.head.browser.post(path, data=data).status_code == 403
