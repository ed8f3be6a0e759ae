"""Who is signed in on this device, and what the device needs to know of the server."""

from flask import Response, current_app
from flask_login import current_user
from flask_wtf.csrf import generate_csrf

from isoaudit.domain.access import Permission
from isoaudit.http import clock
from isoaudit.http.access import requires
from isoaudit.schemas.session import SessionSchema
from isoaudit.services import recovery_key
from isoaudit.tablet import files
from isoaudit.tablet.api.blueprint import answer, api

_SESSION = SessionSchema()


@api.get("/session")
@requires(Permission.AUDIT_ANSWER)
def session() -> Response:
    """The account, the token that changing requests carry, the server's time, the app's version, and the office's
    public key, under which the device wraps its data key."""
    key = recovery_key.of(current_app.config["ISOAUDIT"].instance)
    told = {
        "user": {
            "id": current_user.id,
            "name": current_user.full_name,
            "username": current_user.username,
            "since": current_user.user.created_at.isoformat(),
        },
        "csrf": generate_csrf(),
        "server_time": clock.now().isoformat(),
        "app": files.version(),
        "recovery": {"id": key.id, "spki": key.spki},
    }
    return answer(_SESSION, told)
