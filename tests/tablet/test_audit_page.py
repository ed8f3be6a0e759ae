"""What tablets bring, on the audit's page: late values, dossiers, photos, unlisted things, devices released."""

import hashlib
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from isoaudit.domain.vocabulary import Role
from tests.conftest import SignIn
from tests.factories import user
from tests.tablet.conftest import API, Team

JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + bytes(200)


@pytest.fixture
def office(app: Flask, session: Session, sign_in: SignIn) -> FlaskClient:
    made = user(session, role=Role.OFFICE, username="thuongtruc")
    session.commit()
    return sign_in(app.test_client(), made)


def page(browser: FlaskClient, team: Team) -> str:
    answer = browser.get(f"/cuoc-kiem-tra/{team.audit}")
    assert answer.status_code == 200, answer.text
    return answer.text


def entry(team: Team, name: str, data: dict[str, Any]) -> None:
    made = team.head.operation(team.audit, None, kind="entry", value={"entry": name, "data": data})
    assert team.head.send(made).get_json()["operations"][0]["outcome"] == "accepted"


def test_a_photo_opens_once_it_has_arrived(team: Team, office: FlaskClient) -> None:
    sha256 = hashlib.sha256(JPEG).hexdigest()
    path = f"/cuoc-kiem-tra/{team.audit}/tep/{sha256}"
    value = {"grade": "opportunity", "note": "Nên treo bảng", "evidence": [sha256]}
    team.head.send(team.head.operation(team.audit, value=value))
    assert "ảnh 1 chưa về" in page(office, team)
    assert team.head.browser.put(f"{API}/evidence/{sha256}", data=JPEG, content_type="image/jpeg").status_code < 300
    assert path in page(office, team)
    with office.get(path) as given:
        assert given.data == JPEG
    assert office.get(f"/cuoc-kiem-tra/{team.audit}/tep/{'0' * 64}").status_code == 404


def test_dossiers_are_listed_with_the_days_they_were_late(team: Team, office: FlaskClient) -> None:
    data = {"number": "H1.20-0042", "procedure": "Đăng ký khai sinh", "field": "Hộ tịch", "received": "2020-11-02"}
    entry(team, f"dossier/{uuid4()}", data | {"due": "2020-11-05", "returned": "2020-11-09"})
    shown = page(office, team)
    assert "H1.20-0042" in shown
    assert 'class="num">4</td>' in shown


def test_the_meeting_and_the_place_are_on_the_page(team: Team, office: FlaskClient) -> None:
    meeting = {"place": "Trụ sở UBND xã A Dơi", "began": "08:00", "ended": "16:30", "strengths": "Hồ sơ gọn gàng"}
    entry(team, "meeting", meeting)
    entry(
        team, f"attendance/{uuid4()}", {"meeting": "both", "name": "Hồ Văn Pả", "position": "Chủ tịch", "side": "unit"}
    )
    place = {"latitude": "16.725000", "longitude": "106.588000", "accuracy": "8", "at": "2020-11-18T01:00:00Z"}
    entry(team, f"gps/{uuid4()}", place)
    shown = page(office, team)
    assert "Hồ sơ gọn gàng" in shown
    assert "Hồ Văn Pả, Chủ tịch" in shown
    assert "16.725000, 106.588000" in shown


def test_the_office_settles_what_no_list_has(team: Team, office: FlaskClient) -> None:
    key = str(uuid4())
    entry(team, f"unlisted/{key}", {"what": "unit", "text": "Trạm y tế lưu động A Dơi", "settled": ""})
    path = f"/cuoc-kiem-tra/{team.audit}/chua-co-trong-danh-muc/{key}"
    assert office.post(path, data={"settled": " "}).status_code == 422
    assert office.post(path, data={"settled": "Thuộc xã A Dơi"}).status_code == 303
    assert "Thuộc xã A Dơi" in page(office, team)
    assert office.post(path, data={"settled": "Không phải đơn vị"}).status_code == 303
    shown = page(office, team)
    assert "Đã xử lý: Không phải đơn vị" in shown
    assert "Trước đó ghi: Thuộc xã A Dơi" in shown
    assert team.head.browser.post(path, data={"settled": "khác"}).status_code == 403


def test_a_photo_that_will_not_come_is_said_to_be_lost(team: Team, office: FlaskClient) -> None:
    sha256 = "ab" * 32
    team.head.send(team.head.operation(team.audit, value={"grade": "conformity", "evidence": [sha256]}))
    path = f"/cuoc-kiem-tra/{team.audit}/tep/{sha256}/khong-con"
    assert path in page(office, team)
    assert path not in team.member.browser.get(f"/cuoc-kiem-tra/{team.audit}").text
    assert team.member.browser.post(path, data={"reason": "mất"}).status_code == 403
    assert office.post(path, data={"reason": ""}).status_code == 422
    assert office.post(path, data={"reason": "máy rơi xuống suối"}).status_code == 303
    shown = page(office, team)
    assert "ảnh 1 không còn" in shown
    assert "máy rơi xuống suối" in shown
    assert office.post(path, data={"reason": "lần nữa"}).status_code == 404


def test_only_the_head_releases_a_device_and_says_why(team: Team, office: FlaskClient) -> None:
    team.member.report(audits=[{"audit": team.audit, "operations": 2, "photos": 0, "drafts": 0}])
    path = f"/cuoc-kiem-tra/{team.audit}/thiet-bi/{team.member.id}/khong-cho"
    assert "còn giữ 2 mục" in page(office, team)
    assert office.post(path, data={"reason": "mất"}).status_code == 403
    assert team.member.browser.post(path, data={"reason": "mất"}).status_code == 403
    assert team.head.browser.post(path, data={"reason": ""}).status_code == 422
    assert team.head.browser.post(path, data={"reason": "máy rơi xuống suối"}).status_code == 303
    assert "máy rơi xuống suối" in page(office, team)


def test_two_values_of_one_criterion_are_shown_side_by_side(team: Team, office: FlaskClient) -> None:
    team.head.send(team.head.operation(team.audit, value={"grade": "conformity", "note": "đủ hồ sơ"}))
    team.member.send(team.member.operation(team.audit, value={"grade": "opportunity", "note": "thiếu mục lục"}))
    shown = page(office, team)
    assert "Nội dung chưa thống nhất" in shown
    assert "thiếu mục lục" in shown
