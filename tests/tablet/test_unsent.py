"""Files of unsent work that the office imports: who made them is proven, or nothing of them stands."""

import hashlib
import json
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from isoaudit.db import Answer, AnswerRevision, Audit, Device, Evidence, Operation, Signature
from isoaudit.domain.digest import digest_of
from isoaudit.domain.vocabulary import AuditState, Grade, Role
from isoaudit.schemas import unsent as reading
from isoaudit.services import packages
from tests.conftest import NOW, SignIn
from tests.factories import user
from tests.tablet.conftest import CODES, Team
from tests.tablet.unsent_files import bring, keyed, written, written_before
from tests.tablet_factories import signature

JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + bytes(200)
SHA256 = hashlib.sha256(JPEG).hexdigest()
SAID = {"grade": "opportunity", "note": "Nên treo bảng", "evidence": [SHA256]}


@pytest.fixture
def office(app: Flask, session: Session, sign_in: SignIn) -> FlaskClient:
    made = user(session, role=Role.OFFICE, username="thuongtruc")
    session.commit()
    return sign_in(app.test_client(), made)


def test_unsent_work_of_a_revoked_device_comes_in_by_file_once(
    team: Team, office: FlaskClient, session: Session
) -> None:
    key = keyed(team.head, team.audit)
    team.head.report(audits=[{"audit": team.audit, "operations": 1, "photos": 1, "drafts": 0}], last_seq=1)
    office.post(f"/thiet-bi/{team.head.id}/thu-hoi", data={"reason": "hỏng mạng"})
    file = written(
        team.people["head"], team.head, [team.head.operation(team.audit, value=SAID)], (JPEG, JPEG + b"2"), key=key
    )
    status, told = bring(office, file)
    assert status == 200, told
    assert "<dd>1</dd>" in told
    assert "Không xác thực được nguồn" not in told
    assert session.scalars(select(Answer.grade)).all() == [Grade.OPPORTUNITY]
    assert set(session.scalars(select(Evidence.sha256))) == {SHA256, hashlib.sha256(JPEG + b"2").hexdigest()}
    assert "không còn gì chưa gửi" in office.get("/thiet-bi").text
    session.rollback()  # SQLite has one writer
    assert "Máy chủ đã có từ trước</dt><dd>1</dd>" in bring(office, file)[1]
    assert len(session.scalars(select(Answer)).all()) == 1


def test_unsent_work_in_several_files_comes_in_whatever_their_order(
    team: Team, office: FlaskClient, session: Session
) -> None:
    """A file that would be too large is cut by the app: its later parts hold photos alone."""
    key, person, other = keyed(team.head, team.audit), team.people["head"], JPEG + b"2"
    team.head.report(audits=[{"audit": team.audit, "operations": 1, "photos": 2, "drafts": 0}], last_seq=1)
    first = written(person, team.head, [team.head.operation(team.audit, value=SAID)], (JPEG,), key=key)
    assert bring(office, written(person, team.head, (), (other,), key=key))[0] == 200
    assert "2 mục chưa gửi" in office.get("/thiet-bi").text
    session.rollback()  # SQLite has one writer
    assert bring(office, first)[0] == 200
    assert set(session.scalars(select(Evidence.sha256))) == {SHA256, hashlib.sha256(other).hexdigest()}
    assert "không còn gì chưa gửi" in office.get("/thiet-bi").text


def _as_if_signed(team: Team) -> list[dict[str, Any]]:
    """Every answer and the signature of both sides, as somebody makes them up who has the checklist."""
    head = team.head
    answers = [head.operation(team.audit, code) for code in CODES]
    pack = head.browser.get(f"/tablet/api/v1/packages/{team.audit}").get_json()
    shape = {"reason": "", "due_on": None, "request": "", "evidence": [], "documents": [], "dossiers": []}
    content = {
        "audit": team.audit,
        "checklist": {name: pack["checklist"][name] for name in ("id", "version", "digest")},
        "minuted_on": NOW.date().isoformat(),
        "answers": [{"criterion": each["criterion"], "value": each["value"] | shape} for each in answers],
        "entries": {},
        "fields": {},
    }
    value = {"content": content, "digest": digest_of(content), "minuted_on": content["minuted_on"], "amends": None}
    value["signatures"] = [signature("team"), signature("unit")]
    return [*answers, head.operation(team.audit, None, kind="sign", value=value)]


def test_a_file_without_a_proof_never_signs_and_nothing_of_it_stands(
    team: Team, office: FlaskClient, session: Session
) -> None:
    file = written_before(team.people["head"], team.head, *_as_if_signed(team), photos=(JPEG,))
    status, told = bring(office, file)
    assert status == 200, told
    assert "Không xác thực được nguồn của tệp" in told
    assert "Trưởng đoàn phải ký lại" in told
    assert session.scalars(select(Signature)).all() == []
    assert session.scalars(select(Audit.state)).all() == [AuditState.PLANNED]
    assert [(each.grade, each.conflict) for each in session.scalars(select(Answer))] == [(None, True)] * 3
    assert set(session.scalars(select(AnswerRevision.by))) == {None}
    assert set(session.scalars(select(Operation.by))) == {user.id for user in [_office(session)]}
    assert session.get(Device, team.head.id) is None, "the device's own ledger is not touched"
    session.rollback()
    assert "tệp không xác thực được nguồn" in team.head.browser.get(f"/cuoc-kiem-tra/{team.audit}").text
    assert "Máy chủ đã có từ trước</dt><dd>4</dd>" in bring(office, file)[1]
    mine = team.head.operation(
        team.audit, seq=1, value={"grade": "minor", "note": "Thiếu"}, base_revision=1, kind="settle"
    )
    assert team.head.send(mine).get_json()["operations"][0]["outcome"] == "accepted", "its numbers begin at 1"
    pack = packages.one(
        session, session.scalars(select(Audit.province_id)).one(), team.people["head"].id, team.audit, today=NOW.date()
    )
    assert (pack["answers"]["A-01"]["value"]["grade"], pack["answers"]["A-01"]["conflict"]) == ("minor", False)


def _office(session: Session) -> Any:
    return session.scalars(select(type(user(session))).where(type(user(session)).username == "thuongtruc")).one()


@pytest.mark.parametrize(
    ("forged", "says"),
    [
        (
            lambda team, made, key: written(team.people["head"], team.head, made, key="ab" * 32),
            "dấu xác thực không khớp",
        ),
        (lambda team, made, key: written(team.people["head"], team.head, made), "không có dấu xác thực"),
        (lambda team, made, key: written_before(team.people["head"], team.head, *made), "không có dấu xác thực"),
        (
            lambda team, made, key: written(team.people["head"], team.head, made, key=key).replace(
                b"conform", b"conforn"
            ),
            "bị đứt hoặc đã bị sửa",
        ),
        (lambda team, made, key: written(team.people["member"], team.head, made, key=key), "không thuộc hệ thống này"),
    ],
)
def test_work_is_not_forged_in_the_name_of_a_device_that_has_its_key(
    team: Team, office: FlaskClient, session: Session, forged: Callable[..., bytes], says: str
) -> None:
    key = keyed(team.head, team.audit)
    status, told = bring(office, forged(team, [team.head.operation(team.audit)], key))
    assert (status, says in told) == (422, True), told
    assert session.scalars(select(Operation)).all() == []


def test_a_device_that_the_server_lost_is_known_by_its_proof(team: Team, office: FlaskClient, session: Session) -> None:
    key = keyed(team.head)
    operation = team.head.operation(team.audit)
    session.delete(session.get_one(Device, team.head.id))  # an older backup was restored
    session.commit()
    status, told = bring(office, written(team.people["head"], team.head, [operation], key=key))
    assert (status, "Không xác thực được nguồn" in told) == (200, False)
    assert session.scalars(select(Answer.grade)).all() == [Grade.CONFORMITY]


def test_what_was_refused_is_told_in_words(team: Team, office: FlaskClient) -> None:
    key = keyed(team.head)
    status, told = bring(office, written(team.people["head"], team.head, [team.head.operation("khong-co")], key=key))
    assert status == 200
    assert "khong-co" in told


def _head(file: bytes, **more: object) -> bytes:
    head, _, rest = file.partition(b"\n")
    return json.dumps(json.loads(head) | more).encode() + b"\n" + rest


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda file: file[:-1], "bị đứt hoặc đã bị sửa"),
        (lambda file: file + b"x", "bị đứt hoặc đã bị sửa"),
        (lambda file: file[:-1] + b"x", "bị đứt hoặc đã bị sửa"),
        (lambda file: _head(file, text=7), "bị đứt hoặc đã bị sửa"),
        (lambda file: _head(file, text=2**39), "bị đứt hoặc đã bị sửa"),
        (lambda file: _head(file, text="7"), "không phải tệp"),
        (lambda file: _head(file, version=3), "không phải tệp"),
        (lambda file: b'{"format": "khac"}\n', "không phải tệp"),
        (lambda file: b"\x00\xff", "bị đứt hoặc đã bị sửa"),
        (lambda file: b"", "bị đứt hoặc đã bị sửa"),
    ],
)
def test_a_damaged_file_brings_nothing(
    team: Team, office: FlaskClient, session: Session, change: Any, says: str
) -> None:
    key = keyed(team.head)
    file = written(team.people["head"], team.head, [team.head.operation(team.audit)], (JPEG,), key=key)
    status, told = bring(office, change(file))
    assert (status, says in told) == (422, True), told
    assert session.scalars(select(Operation)).all() == []


def test_a_large_file_is_read_piece_by_piece(
    team: Team, office: FlaskClient, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Many batches, each within its weight, in order; numbers that fall back are refused."""
    monkeypatch.setattr(reading, "_BATCH", 2000)
    key = keyed(team.head)
    made = [team.head.operation(team.audit, CODES[place % 3], base_revision=place // 3) for place in range(30)]
    in_order, backwards = (written(team.people["head"], team.head, each, key=key) for each in (made, made[::-1]))
    status, told = bring(office, in_order)
    assert (status, "Đã ghi</dt><dd>30</dd>" in told) == (200, True), told
    assert session.get_one(Device, team.head.id).last_seq == 30
    session.rollback()
    status, told = bring(office, backwards)
    assert (status, "không phải tệp" in told) == (422, True), told
