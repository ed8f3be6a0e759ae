"""The bodies that issue reports, with letterhead, authority line, "Kính gửi" and "Nơi nhận": seen and changed."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from isoaudit.domain.access import Permission
from isoaudit.domain.errors import NotFound, Refusal
from isoaudit.http import clock, database, signin
from isoaudit.http.access import requires
from isoaudit.services import issuers, settings
from isoaudit.web.forms import refusals
from isoaudit.web.forms.reports import IssuerForm
from isoaudit.web.reports.blueprint import Answer, pages


@pages.get("/co-quan")
@requires(Permission.REPORT_READ)
def profiles() -> str:
    """The profiles as their letterheads read now."""
    session = database.session()
    values = settings.read(session)
    found = [(each, issuers.paper(each, values)) for each in issuers.listed(session).values()]
    return render_template("web/reports/issuers.html", profiles=found)


@pages.route("/co-quan/<code>", methods=["GET", "POST"])
@requires(Permission.REPORT_FREEZE)
def profile(code: str) -> Answer:
    """Change a profile; reports that were issued keep theirs."""
    session = database.session()
    standing = issuers.listed(session).get(code)
    if standing is None:
        raise NotFound("issuer.unknown", value=code, expected=", ".join(issuers.listed(session)))
    form = IssuerForm()
    if request.method != "POST":
        form.fill(standing, issuers.revision(session, code))
    elif form.validate():
        seen = int(form.revision.data) if str(form.revision.data).isdigit() else -1
        try:
            changed = issuers.write(session, form.profile(code), seen=seen, by=signin.actor(), now=clock.now())
        except Refusal as refusal:
            refusals.show(form, refusal)
        else:
            flash(_("Đã ghi mẫu.") if changed else _("Không có gì thay đổi nên không ghi."), "good")
            return redirect(url_for("reports.profiles"), 303)
    fillings = issuers.fillings(settings.read(session))
    page = render_template("web/reports/issuer.html", form=form, profile=standing, fillings=fillings)
    return page, 422 if request.method == "POST" else 200
