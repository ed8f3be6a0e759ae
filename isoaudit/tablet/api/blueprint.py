"""The blueprint of the sync API, and what its views share."""

from flask import Blueprint, current_app

from isoaudit.http import database
from isoaudit.services import settings

api = Blueprint("tablet_api", __name__, url_prefix="/tablet/api/v1")


def province_id() -> int:
    """The key of the installation's province."""
    return settings.home_id(database.session())


@api.before_request
def _token() -> None:
    """Changing requests carry the token of `GET session` in X-CSRFToken."""
    if current_app.config["WTF_CSRF_ENABLED"]:
        current_app.extensions["csrf"].protect()
