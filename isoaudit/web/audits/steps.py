"""The other steps of an audit's life: start, cancelling, reopening. The notice of conclusion is in `notice`."""

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from isoaudit.domain.access import Permission
from isoaudit.domain.errors import Invalid
from isoaudit.http import clock, database
from isoaudit.http.access import requires
from isoaudit.http.signin import actor
from isoaudit.services.audits import life
from isoaudit.web import reasons
from isoaudit.web.audits.blueprint import pages, province_id

Answer = str | Response | tuple[str, int]


@pages.post("/<path:reference>/bat-dau")
@requires(Permission.AUDIT_ANSWER)
def start(reference: str) -> Response:
    """The team begins; on to the answers."""
    session = database.session()
    life.start(session, province_id(session), reference, by=actor(), now=clock.now())
    return redirect(url_for("audits.answer", reference=reference), 303)


@pages.post("/<path:reference>/huy")
@requires(Permission.PROGRAMME_PLAN)
def cancel(reference: str) -> Answer:
    """The office cancels, with a reason."""
    session, back = database.session(), url_for("audits.show", reference=reference)
    reason = request.form.get("reason", "")
    try:
        life.cancel(session, province_id(session), reference, reason=reason, by=actor(), now=clock.now())
    except Invalid as refusal:
        return reasons.again(refusal, field="reason", title=_("Hủy cuộc kiểm tra"), record=reference, back=back)
    flash(_("Đã hủy cuộc kiểm tra %(reference)s.", reference=reference), "good")
    return redirect(back, 303)


@pages.post("/<path:reference>/mo-lai")
@requires(Permission.AUDIT_REOPEN)
def reopen(reference: str) -> Answer:
    """The head reopens, with a reason; the old minutes stay."""
    session, back = database.session(), url_for("audits.show", reference=reference)
    reason = request.form.get("reason", "")
    try:
        life.reopen(session, province_id(session), reference, reason=reason, by=actor(), now=clock.now())
    except Invalid as refusal:
        return reasons.again(refusal, field="reason", title=_("Mở lại"), record=reference, back=back)
    flash(_("Đã mở lại cuộc kiểm tra %(reference)s; biên bản cũ được giữ trong lịch sử.", reference=reference), "good")
    return redirect(back, 303)
