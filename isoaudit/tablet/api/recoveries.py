"""Forgotten PINs: the device asks, and looks whether the office has decided."""

from flask import Response, current_app
from flask_login import current_user

from isoaudit.domain.access import Permission
from isoaudit.http import clock, database
from isoaudit.http.access import requires
from isoaudit.schemas.recoveries import AskSchema, RecoverySchema
from isoaudit.schemas.shapes import read
from isoaudit.services import recovery, recovery_key
from isoaudit.tablet.api.blueprint import actor, answer, api, json_body

_ASK, _RECOVERY = AskSchema(), RecoverySchema()


@api.post("/recoveries")
@requires(Permission.AUDIT_ANSWER)
def recovery_ask() -> Response:
    """Ask for the data key of a device."""
    asked = read(_ASK, json_body())
    key = recovery_key.of(current_app.config["ISOAUDIT"].instance)
    asked["device_id"] = asked["device_id"].lower()
    row = recovery.ask(database.session(), key, **asked, by=actor(), now=clock.now())
    return answer(_RECOVERY, row, 201)


@api.get("/recoveries/<recovery_id>")
@requires(Permission.AUDIT_ANSWER)
def recovery_look(recovery_id: str) -> Response:
    """What became of it."""
    return answer(_RECOVERY, recovery.of_person(database.session(), recovery_id, current_user.id))
