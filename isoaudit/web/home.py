"""The first page, help, and what says that the server is alive."""

from flask import Blueprint, current_app, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from isoaudit.domain.access import GRANTS, Permission
from isoaudit.domain.vocabulary import Role
from isoaudit.http.access import public, requires

pages = Blueprint("home", __name__)

_WORKPLACES: tuple[tuple[Role, tuple[str, ...]], ...] = (
    (Role.OFFICE, ("dashboard.index", "units.index")),
    (Role.COMMITTEE, ("dashboard.index", "units.index")),
    (Role.INSPECTOR, ("audits.mine", "audits.index")),
    (Role.UNIT_OFFICER, ("units.own",)),
    (Role.ADMINISTRATOR, ("accounts.index",)),
)
"""Where people of each role work, best first; whoever holds several roles starts at the first of the list."""


@pages.get("/")
@public
def index() -> Response:
    """Send everybody to the page they work on."""
    if not current_user.is_authenticated:
        return redirect(url_for("account.sign_in"))
    if current_user.duty:
        return redirect(url_for(current_user.duty))
    for role, endpoints in _WORKPLACES:
        for endpoint in endpoints:
            if role in current_user.role_set and endpoint in current_app.view_functions:
                return redirect(url_for(endpoint))
    return redirect(url_for("account.own"))


@pages.get("/tro-giup")
@requires(Permission.OWN_ACCOUNT)
def help() -> str:
    """How each role works, and who may do what."""
    return render_template("help/index.html", roles=list(Role), permissions=list(Permission), grants=GRANTS)


@pages.get("/healthz")
@public
def alive() -> tuple[str, int, dict[str, str]]:
    """For supervisors: 200 while the process answers."""
    return "ok\n", 200, {"Content-Type": "text/plain"}
