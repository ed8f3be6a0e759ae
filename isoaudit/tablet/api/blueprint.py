"""The blueprint of the sync API, and what its views share: who asks, how a body is read, how an answer is made."""

from flask import Blueprint, Response, current_app, jsonify, request
from flask_login import current_user
from sqlalchemy.orm import Session
from werkzeug.exceptions import ClientDisconnected, RequestEntityTooLarge

from isoaudit.db import Device
from isoaudit.domain.errors import Forbidden
from isoaudit.http import database, signin
from isoaudit.schemas.shapes import Shape
from isoaudit.services import settings
from isoaudit.services.log import Actor

api = Blueprint(database.TABLET, __name__, url_prefix="/tablet/api/v1")
_PIECE = 64 * 1024


def province_id() -> int:
    """The key of the installation's province."""
    return settings.home_id(database.session())


def actor() -> Actor:
    """The signed-in person, at a tablet."""
    return Actor(current_user.id, current_user.username, signin.source(), "tablet")


def refuse_revoked(session: Session) -> None:
    """Refuse (Forbidden) when the request names, by `?device=`, a device that the office has revoked."""
    device = session.get(Device, request.args.get("device", "").lower())
    if device is not None and device.revoked_at is not None and device.user_id == current_user.id:
        raise Forbidden("device.revoked", record=device.id)


def json_body() -> object:
    """The request's JSON, None when it is none. Whatever the request's session holds is let go of before."""
    person = current_user.id  # the account is read before the session is let go of
    database.release()
    return request.get_json(silent=True) if person else None


def bytes_body(most: int) -> tuple[bytes, bool]:
    """The bytes of the request's body, and whether all of them came: what a broken connection has brought is kept.

    Raises RequestEntityTooLarge when there are more than `most`.
    """
    if (request.content_length or 0) > most:
        raise RequestEntityTooLarge
    database.release()
    came = bytearray()
    try:
        while piece := request.stream.read(_PIECE):
            came += piece
            if len(came) > most:
                raise RequestEntityTooLarge
    except (ClientDisconnected, OSError):
        return bytes(came), False
    return bytes(came), True


def answer(schema: Shape, value: object, status: int = 200) -> Response:
    """A JSON answer of that shape."""
    made = jsonify(schema.dump(value))
    made.status_code = status
    return made


@api.before_request
def _token() -> None:
    """Changing requests carry the token of `GET session` in X-CSRFToken."""
    if current_app.config["WTF_CSRF_ENABLED"]:
        current_app.extensions["csrf"].protect()
