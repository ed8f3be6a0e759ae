"""What a device says of itself and is told, its ledger, and the head's word that nobody waits for it any more."""

from typing import Any
from uuid import UUID

from flask import Response, jsonify, request

from isoaudit.domain.access import Permission
from isoaudit.domain.errors import Invalid, NotFound
from isoaudit.http import clock, database, signin
from isoaudit.http.access import requires
from isoaudit.schemas.devices import EnteredSchema, ReleasedSchema, ReleaseSchema, ReportSchema, ToldSchema, WipedSchema
from isoaudit.schemas.shapes import LARGEST, read
from isoaudit.services import device_key, device_list, devices
from isoaudit.services.audits import reading, waiting
from isoaudit.services.devices import Held, OfAudit, Report
from isoaudit.tablet.api.blueprint import actor, answer, api, json_body, province_id

_REPORT, _TOLD, _WIPED = ReportSchema(), ToldSchema(), WipedSchema()
_ENTERED, _RELEASE, _RELEASED = EnteredSchema(many=True), ReleaseSchema(), ReleasedSchema()


@api.put("/devices/<device>")
@requires(Permission.AUDIT_ANSWER)
def device_report(device: str) -> Response:
    """Say what the device holds, and take audits along by naming them. One that has no key gets it."""
    name = _device(device)
    said = read(_REPORT, json_body())
    held = tuple(Held(**each) for each in said.pop("audits"))
    now, by = clock.now(), actor()
    key = device_key.key_of(signin.account_key(), by.account, name)
    keyed = said.pop("key_mark") == device_key.mark_of(key)
    report = Report(**said, audits=held, keyed=keyed)
    told = devices.report(database.session(), province_id(), name, report, by=by, now=now)
    return answer(
        _TOLD,
        {
            "state": "revoked" if told.revoked else "active",
            "reason": told.reason or None,
            "ledger": {"last_seq": told.last_seq, "chain": told.chain},
            "audits": [_of_audit(each) for each in told.audits],
            "key": None if keyed else key,
            "server_time": now.isoformat(),
        },
    )


@api.post("/devices/<device>/wiped")
@requires(Permission.AUDIT_ANSWER)
def device_wiped(device: str) -> Response:
    """A revoked device has removed what the server had confirmed."""
    name = _device(device)
    said = read(_WIPED, json_body())
    devices.wiped(database.session(), province_id(), name, **said, by=actor(), now=clock.now())
    return jsonify(device=name)


@api.get("/devices/<device>/ledger")
@requires(Permission.AUDIT_ANSWER)
def device_ledger(device: str) -> Response:
    """The device's operations as the server has them, after a number."""
    after = request.args.get("after", "0")
    if not (after.isascii() and after.isdigit() and int(after) <= LARGEST):
        raise Invalid("request.shape", field="after", value=after[:20])
    lines = device_list.ledger(database.session(), province_id(), _device(device), after=int(after), by=actor())
    return jsonify(_ENTERED.dump(lines))


@api.post("/audits/<path:audit>/release")
@requires(Permission.AUDIT_ANSWER)
def audit_release(audit: str) -> Response:
    """The head no longer waits for a device."""
    said = read(_RELEASE, json_body())
    session, province = database.session(), province_id()
    name = said["device_id"].lower()
    devices.release(session, province, audit, name, reason=said["reason"], by=actor(), now=clock.now())
    found = reading.find(session, province, audit)
    outstanding = waiting.outstanding(session, province, found.row.id)
    return answer(_RELEASED, {"audit": audit, "state": found.state.value, "waiting": [_waits(o) for o in outstanding]})


def _device(given: str) -> str:
    """The id of a device in its one form. Raises NotFound for what is none."""
    try:
        return str(UUID(given))
    except ValueError:
        raise NotFound("device.unknown", record=given[:36]) from None


def _of_audit(each: OfAudit) -> dict[str, Any]:
    return {
        "audit": each.audit,
        "state": each.state.value,
        "delivered": each.delivered,
        "released": each.released,
        "waiting": [_waits(one) for one in each.waiting],
        "signature": None if each.signature is None else dict(zip(("number", "digest"), each.signature, strict=True)),
    }


def _waits(one: waiting.Taken) -> dict[str, str]:
    return {"device": one.device_id, "name": one.name, "user": one.person}
