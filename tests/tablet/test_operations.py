"""Batches through HTTP: each operation answered, taken once, whatever the network does to the batch."""

import sqlite3
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.exc import OperationalError

from isoaudit.db import Audit, Device, Operation, User
from isoaudit.db.engine import Sessions
from isoaudit.domain.merge import linked
from isoaudit.domain.operations import Operation as Sent
from isoaudit.domain.vocabulary import AuditState
from isoaudit.http.limits import TABLET_TIMES
from isoaudit.schemas.operations import TakenSchema
from tests.conftest import NOW, CountQueries
from tests.tablet.conftest import API, CODES, Tablet, Team


def taken(tablet: Tablet, *operations: dict[str, Any]) -> dict[str, Any]:
    """The reply to a batch, of the documented shape."""
    told = tablet.send(*operations)
    assert told.status_code == 200, told.text
    assert TakenSchema().validate(told.get_json()) == {}
    found: dict[str, Any] = told.get_json()
    return found


def outcomes(reply: dict[str, Any]) -> list[str]:
    """The words of a reply."""
    return [each["outcome"] for each in reply["operations"]]


def chain(*operations: dict[str, Any]) -> str:
    """The chain that a device computes by itself."""
    link = ""
    for each in operations:
        link = linked(link, Sent(**each).fingerprint)
    return link


@pytest.fixture
def ledger(sessions: Sessions) -> Callable[[], int]:
    """How many operations the server has."""

    def counted() -> int:
        with sessions.reading() as opened:
            return opened.scalar(select(func.count()).select_from(Operation)) or 0

    return counted


def test_each_is_answered_and_the_receipt_has_the_devices_own_chain(team: Team) -> None:
    batch = [team.head.operation(team.audit, code) for code in CODES]
    reply = taken(team.head, *batch)
    assert outcomes(reply) == ["accepted"] * 3
    assert [each["digest"] for each in reply["operations"]] == [Sent(**each).fingerprint for each in batch]
    assert reply["operations"][-1]["audit_revision"] == 3
    assert reply["receipts"] == [{"device_id": team.head.id, "through": 3, "chain": chain(*batch)}]


def test_the_same_batch_again_and_in_any_order(team: Team, ledger: Callable[[], int]) -> None:
    batch = [team.head.operation(team.audit, code) for code in CODES]
    first = taken(team.head, *reversed(batch))
    again = taken(team.head, *batch)
    assert outcomes(first) == ["accepted"] * 3
    assert outcomes(again) == ["duplicate"] * 3
    assert {each["first"] for each in again["operations"]} == {"accepted"}
    assert again["receipts"] == first["receipts"]
    assert ledger() == 3


def test_a_cut_batch_is_held_until_the_rest_comes(team: Team, ledger: Callable[[], int]) -> None:
    first, second, third = (team.head.operation(team.audit, code) for code in CODES)
    reply = taken(team.head, third)
    assert (outcomes(reply), reply["operations"][0]["digest"]) == (["held"], "")
    assert reply["receipts"] == [{"device_id": team.head.id, "through": 0, "chain": ""}]
    assert ledger() == 0
    assert outcomes(taken(team.head, third, first)) == ["held", "accepted"]
    assert outcomes(taken(team.head, second, third)) == ["accepted", "accepted"]
    assert taken(team.head, first)["receipts"][0]["chain"] == chain(first, second, third)


def test_two_members_of_one_audit(team: Team) -> None:
    taken(team.head, team.head.operation(team.audit))
    reply = taken(team.member, team.member.operation(team.audit, value={"grade": "minor", "note": "Thiếu"}))
    (told,) = reply["operations"]
    assert (told["outcome"], told["standing"]["grade"], told["offered"]["grade"]) == ("conflict", "conformity", "minor")
    settled = team.head.operation(team.audit, kind="settle", base_revision=2, value=told["offered"])
    assert outcomes(taken(team.head, settled)) == ["accepted"]


def test_what_comes_late_where_nothing_stood_is_told_with_both_values(team: Team, sessions: Sessions) -> None:
    with sessions.writing.begin() as opened:
        opened.execute(update(Audit).values(state=AuditState.MINUTED, minuted_on=NOW.date()))
    late = team.member.operation(team.audit, None, kind="field", value={"field": "remarks", "text": "Muộn"})
    for word in ("conflict", "duplicate"):
        (told,) = taken(team.member, late)["operations"]
        assert (told["outcome"], told["late"]) == (word, True)
        assert (told["standing"], told["offered"]) == (None, {"field": "remarks", "text": "Muộn"})


def test_refusals_are_told_in_words_and_use_their_number_up(team: Team) -> None:
    wrong = team.head.operation(team.audit, "KHÔNG-CÓ")
    reply = taken(team.head, wrong, team.head.operation(team.audit), team.head.operation("khong-co"))
    assert outcomes(reply) == ["refused", "accepted", "refused"]
    assert reply["operations"][0]["code"] == "operation.criterion"
    assert "KHÔNG-CÓ" in reply["operations"][0]["why"]
    assert reply["receipts"][0]["through"] == 3
    stranger = taken(team.stranger, team.stranger.operation(team.audit))
    assert (outcomes(stranger), stranger["operations"][0]["code"]) == (["refused"], "operation.not_team")


def test_the_same_name_with_other_content_is_refused(team: Team) -> None:
    first = team.head.operation(team.audit)
    taken(team.head, first)
    reply = taken(team.head, first | {"value": {"grade": "major"}})
    assert (outcomes(reply), reply["operations"][0]["code"]) == (["refused"], "operation.id_reused")
    assert reply["operations"][0]["digest"] == Sent(**first).fingerprint


def test_a_large_batch(team: Team, ledger: Callable[[], int], count_queries: CountQueries) -> None:
    def batch(size: int) -> list[dict[str, Any]]:
        start = team.head.seq // 3
        return [
            team.head.operation(team.audit, CODES[each % 3], base_revision=start + each // 3) for each in range(size)
        ]

    with count_queries() as few:
        assert set(outcomes(taken(team.head, *batch(3)))) == {"accepted"}
    with count_queries() as many:
        assert set(outcomes(taken(team.head, *batch(498)))) == {"accepted"}
    assert ledger() == 501
    assert len(many) <= len(few) + 3  # the first starts the audit
    assert team.head.send(*batch(501)).status_code == 422


def test_what_cannot_be_entered_refuses_the_batch_and_names_the_place(team: Team, ledger: Callable[[], int]) -> None:
    good = team.head.operation(team.audit)
    for change, place in (
        ({"op_id": "5"}, "op_id"),
        ({"seq": 0}, "seq"),
        ({"seq": "1"}, "seq"),
        ({"value": None}, "value"),
        ({"value": {"note": "x" * 270_000}}, "value"),
        ({"audit": ""}, "audit"),
    ):
        told = team.head.send(good, good | change)
        assert (told.status_code, told.get_json()["code"]) == (422, "operation.shape")
        assert f"operations.1.{place}" in told.get_json()["detail"]
    for body in (b"", b"{", b"[]", b'{"operations": []}', b'"\xff"'):
        told = team.head.browser.post(f"{API}/operations", data=body, content_type="application/json")
        assert told.status_code == 422
    assert ledger() == 0


def test_a_signature_may_be_large(team: Team) -> None:
    value = {"content": {"texts": "x" * 300_000}}
    reply = taken(team.head, team.head.operation(team.audit, None, kind="sign", value=value))
    assert outcomes(reply) == ["refused"]  # it lacks all else, but it was read
    larger = team.head.operation(team.audit, None, kind="sign", value={"content": "x" * 2_100_000})
    assert team.head.send(larger).status_code == 422


def test_nobody_sends_for_the_device_of_another(team: Team, ledger: Callable[[], int]) -> None:
    taken(team.head, team.head.operation(team.audit))
    told = team.member.send(team.member.operation(team.audit, device_id=team.head.id, seq=2))
    assert (told.status_code, told.get_json()["code"]) == (403, "operation.device_of_other")
    assert ledger() == 1


def test_a_revoked_device_is_told_and_loses_nothing(team: Team, sessions: Sessions, ledger: Callable[[], int]) -> None:
    first, second = team.head.operation(team.audit), team.head.operation(team.audit, "B-7.2-01")
    taken(team.head, first)
    with sessions.writing.begin() as opened:
        opened.get_one(Device, team.head.id).revoked_at = NOW
    told = team.head.send(second)
    assert (told.status_code, told.get_json()["code"]) == (403, "device.revoked")
    assert ledger() == 1
    for address in ("packages", f"packages/{team.audit}"):
        answer = team.head.browser.get(f"{API}/{address}?device={team.head.id}")
        assert (answer.status_code, answer.get_json()["code"]) == (403, "device.revoked")
        assert team.head.browser.get(f"{API}/{address}?device={uuid4()}").status_code == 200


def test_signed_out_is_said_as_such_before_anything_else(team: Team, app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    nobody = Tablet(app.test_client(), str(uuid4()))
    for told in (nobody.send(nobody.operation(team.audit)), nobody.report(), nobody.browser.get(f"{API}/session")):
        assert (told.status_code, told.mimetype) == (401, "application/problem+json")
        assert told.get_json()["code"] == "signin.required"
    told = team.head.send(team.head.operation(team.audit))
    assert (told.status_code, told.get_json()["code"]) == (400, "form.stale")
    token = team.head.browser.get(f"{API}/session").get_json()["csrf"]
    batch = {"operations": [team.head.operation(team.audit, seq=1)]}
    sent = team.head.browser.post(f"{API}/operations", json=batch, headers={"X-CSRFToken": token})
    assert sent.status_code == 200


def test_an_ended_session_is_said_as_such(team: Team, app: Flask) -> None:
    with team.head.browser.session_transaction() as opened:
        opened["seen"] -= 24 * 3600
    told = team.head.send(team.head.operation(team.audit))
    assert (told.status_code, told.get_json()["code"]) == (401, "signin.idle")


def test_synchronising_counts_as_use(team: Team, app: Flask) -> None:
    """A day of photos takes longer than a page may rest."""
    with team.head.browser.session_transaction() as opened:
        idle = opened["idle"]
        opened["seen"] -= idle - 30
    assert team.head.browser.head(f"{API}/evidence/{'ab' * 32}").status_code == 404
    with team.head.browser.session_transaction() as opened:
        assert opened["seen"] == int(NOW.timestamp())


def test_a_team_synchronises_behind_one_address(
    team: Team, app: Flask, tablet: Callable[[User], Tablet], monkeypatch: pytest.MonkeyPatch
) -> None:
    app.config["POSTS_PER_MINUTE"] = 4
    for member in (team.head, team.member, team.stranger):
        statuses = [member.report().status_code for _ in range(4 * TABLET_TIMES)]
        assert set(statuses) == {200}
    told = tablet(team.people["head"]).report()
    assert (told.status_code, told.get_json()["code"]) == (429, "rate.limited")
    assert 0 < int(told.headers["Retry-After"]) <= 60
    assert team.member.browser.get(f"{API}/session").status_code == 200


def test_too_large_is_said_before_it_is_read(team: Team) -> None:
    told = team.head.browser.post(
        f"{API}/operations", data=b"[" + b" " * (20 * 1024 * 1024), content_type="application/json"
    )
    assert (told.status_code, told.get_json()["code"]) == (413, "upload.too_large")


def test_a_database_that_gives_up_is_said_to_be_busy(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever others hold, in the view or at the commit: nothing was changed, and the same may be sent again."""

    def locked(*_given: object, **_named: object) -> None:
        raise OperationalError("COMMIT", {}, sqlite3.OperationalError("database is locked"))

    operation = team.head.operation(team.audit)
    for place in ("isoaudit.services.sync.take", "sqlalchemy.orm.Session.commit"):
        with monkeypatch.context() as patched:
            patched.setattr(place, locked)
            told = team.head.send(operation)
        assert (told.status_code, told.get_json()["code"], told.headers["Retry-After"]) == (503, "database.busy", "2")
    assert outcomes(taken(team.head, operation)) == ["accepted"]
