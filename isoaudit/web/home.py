"""The first page, help, and what says that the server is alive."""

from flask import Blueprint, redirect, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from isoaudit.http.access import public

pages = Blueprint("home", __name__)


@pages.get("/")
@public
def index() -> Response:
    """Send everybody to the page they work on."""
    if not current_user.is_authenticated:
        return redirect(url_for("account.sign_in"))
    return redirect(url_for("account.own"))


@pages.get("/healthz")
@public
def alive() -> tuple[str, int, dict[str, str]]:
    """For supervisors: 200 while the process answers."""
    return "ok\n", 200, {"Content-Type": "text/plain"}
