"""What devices say and are told: taking along, delivering, being released, revoked, wiped; the server's ledger."""

from typing import Any
from uuid import uuid4

import pytest

from isoaudit.db import Device
from isoaudit.db.engine import Sessions
from isoaudit.schemas.devices import EnteredSchema, ReleasedSchema, ToldSchema
from tests.conftest import NOW
from tests.tablet.conftest import API, CODES, Tablet, Team


def reported(tablet: Tablet, *audits: str, **more: Any) -> dict[str, Any]:
    """What the device is told, of the documented shape."""
    told = tablet.report(*audits, **more)
    assert told.status_code == 200, told.text
    assert ToldSchema().validate(told.get_json()) == {}
    found: dict[str, Any] = told.get_json()
    return found


def held(audit: str, **more: int) -> dict[str, Any]:
    """What a device holds of an audit."""
    return {"audit": audit, "operations": 0, "photos": 0, "drafts": 0} | more


def test_naming_an_audit_takes_it_along(team: Team) -> None:
    told = reported(team.head, audits=[held(team.audit, operations=2)], persisted=True, usage=10, quota=2**40)
    assert (told["state"], told["reason"], told["ledger"]) == ("active", None, {"last_seq": 0, "chain": ""})
    (audit,) = told["audits"]
    assert (audit["audit"], audit["state"], audit["delivered"], audit["released"]) == (
        team.audit,
        "planned",
        False,
        False,
    )
    assert audit["waiting"] == [{"device": team.head.id, "name": "Máy 1", "user": "Bà head"}]
    assert told["server_time"].startswith("2020-11-18T02:00")
    assert reported(team.head, audits=[held(team.audit, operations=2)]) == told
    delivered = reported(team.head, team.audit)
    assert (delivered["audits"][0]["delivered"], delivered["audits"][0]["waiting"]) == (True, [])


def test_an_audit_of_others_is_not_taken(team: Team) -> None:
    assert reported(team.stranger, team.audit, "khong-co")["audits"] == []


def test_the_ledger_is_told_from_a_number_on(team: Team) -> None:
    batch = [team.head.operation(team.audit, code) for code in CODES]
    team.head.send(*batch)
    told = team.head.browser.get(f"{API}/devices/{team.head.id}/ledger?after=1").get_json()
    assert EnteredSchema(many=True).validate(told) == {}
    assert [(each["seq"], each["op_id"]) for each in told] == [(each["seq"], each["op_id"]) for each in batch[1:]]
    assert team.member.browser.get(f"{API}/devices/{team.head.id}/ledger").status_code == 403
    assert team.head.browser.get(f"{API}/devices/{uuid4()}/ledger").status_code == 404
    assert team.head.browser.get(f"{API}/devices/{team.head.id}/ledger?after=x").status_code == 422


def test_the_head_releases_a_device_with_a_reason(team: Team) -> None:
    reported(team.member, audits=[held(team.audit, drafts=1)])
    address, said = f"{API}/audits/{team.audit}/release", {"device_id": team.member.id, "reason": "Máy rơi xuống suối"}
    assert team.member.browser.post(address, json=said).status_code == 403
    assert team.stranger.browser.post(address, json=said).status_code in {403, 404}
    assert team.head.browser.post(address, json=said | {"reason": "  "}).status_code == 422
    assert team.head.browser.post(address, json=said | {"device_id": str(uuid4())}).status_code == 404
    told = team.head.browser.post(address, json=said)
    assert ReleasedSchema().validate(told.get_json()) == {}
    assert told.get_json() == {"audit": team.audit, "state": "planned", "waiting": []}
    assert reported(team.member, audits=[held(team.audit, drafts=1)])["audits"][0]["released"] is True


def test_a_revoked_device_says_what_it_removed(team: Team, sessions: Sessions) -> None:
    reported(team.head, team.audit)
    with sessions.writing.begin() as opened:
        device = opened.get_one(Device, team.head.id)
        device.revoked_at, device.revoke_reason = NOW, "Mất máy"
    told = reported(team.head, audits=[held(team.audit, operations=1)])
    assert (told["state"], told["reason"]) == ("revoked", "Mất máy")
    wiped = team.head.browser.post(f"{API}/devices/{team.head.id}/wiped", json={"audits": 1, "operations": 7})
    assert wiped.status_code == 200
    with sessions.reading() as opened:
        assert opened.get_one(Device, team.head.id).wiped_at == NOW


def test_nobody_speaks_for_the_device_of_another(team: Team) -> None:
    reported(team.head, team.audit)
    team.member.id = team.head.id
    assert team.member.report().status_code == 403
    told = team.member.browser.post(f"{API}/devices/{team.head.id}/wiped", json={"audits": 0, "operations": 0})
    assert told.status_code == 403


@pytest.mark.parametrize(
    "change",
    [
        {"last_seq": -1},
        {"chain": "x"},
        {"chain": "ab" * 32 + "\n"},
        {"audits": None},
        {"audits": [{"audit": "x"}]},
        {"audits": [held("x", photos=-1)]},
        {"audits": [held("x")] * 201},
        {"name": None},
        {"quota": 1.5},
    ],
    ids=str,
)
def test_what_is_no_report_is_refused(team: Team, change: dict[str, Any]) -> None:
    told = team.head.report(**change)
    assert (told.status_code, told.get_json()["code"]) == (422, "request.shape")


def test_the_id_of_a_device_has_one_form(team: Team) -> None:
    reported(team.head, team.audit)
    shouted = team.head.browser.get(f"{API}/devices/{team.head.id.upper()}/ledger")
    assert shouted.status_code == 200
    assert team.head.browser.get(f"{API}/devices/x/ledger").status_code == 404
