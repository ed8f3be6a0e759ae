"""The settings of the province: who issues its papers, who signs them, what the committee is called."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from isoaudit.domain.access import Permission
from isoaudit.http import clock, database, signin
from isoaudit.http.access import requires
from isoaudit.services import settings
from isoaudit.web.forms.office import SettingsForm

pages = Blueprint("settings", __name__, url_prefix="/thiet-lap")


@pages.route("", methods=["GET", "POST"])
@requires(Permission.SETTINGS_MANAGE)
def index() -> str | Response | tuple[str, int]:
    """Show and change the settings."""
    session = database.session()
    standing = settings.read(session)
    form = SettingsForm(data=standing)
    if form.validate_on_submit():
        values = {name: form[name].data for name in standing if name in form}
        values["province"] = settings.bare_name(values["province"])
        settings.write(session, values, by=signin.actor(), now=clock.now())
        flash(_("Đã ghi thiết lập."), "good")
        return redirect(url_for("settings.index"))
    status = 422 if request.method == "POST" else 200
    return render_template("web/office/settings.html", form=form), status
