"""Concluding on the spot: what is missing, with links; what will be in the minutes; the head confirms the day."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from isoaudit.domain.access import Permission
from isoaudit.domain.audit import NONCONFORMING
from isoaudit.domain.audit_life import Lack
from isoaudit.domain.errors import Refusal
from isoaudit.domain.vocabulary import TeamRole
from isoaudit.http import clock, database
from isoaudit.http.access import requires
from isoaudit.http.signin import actor
from isoaudit.services.audits import life
from isoaudit.web.audits.blueprint import may_answer, my_role, of_request, pages, province_id
from isoaudit.web.forms import refusals
from isoaudit.web.forms.audits import MinutesForm


@pages.get("/<path:reference>/ket-thuc")
@requires(Permission.AUDIT_READ)
def finish(reference: str) -> str:
    """What is missing, and what the minutes will say."""
    form = MinutesForm(data={"minuted_on": clock.today()})
    return _finish(reference, form)


@pages.post("/<path:reference>/ket-thuc")
@requires(Permission.AUDIT_CONCLUDE)
def sign(reference: str) -> str | Response | tuple[str, int]:
    """The head signs: minutes of that day, nonconformities raised."""
    form = MinutesForm()
    session = database.session()
    if form.validate_on_submit():
        try:
            audit = life.minute(
                session,
                province_id(session),
                reference,
                minuted_on=form.minuted_on.data,
                by=actor(),
                now=clock.now(),
            )
        except Refusal as refusal:
            if refusal.status not in (409, 422):
                raise
            session.rollback()
            refusals.show(form, refusal)
            return _finish(reference, form), refusal.status
        raised = sum(each.grade in NONCONFORMING for each in audit.answers.values())
        flash(
            _(
                "Đã lập biên bản cuộc kiểm tra %(reference)s; số điểm không phù hợp ghi nhận: %(count)s.",
                reference=reference,
                count=raised,
            ),
            "good",
        )
        return redirect(url_for("audits.show", reference=reference), 303)
    return _finish(reference, form), 422


def _finish(reference: str, form: MinutesForm) -> str:
    audit = of_request(reference)
    missing: dict[str, list[Lack]] = {}
    for each in audit.missing:
        missing.setdefault(each.criterion, []).append(each.lack)
    found = [each for each in audit.checklist.criteria if audit.answer(each.code).grade in NONCONFORMING]
    return render_template(
        "web/audits/finish.html",
        audit=audit,
        form=form,
        unanswered=[audit.checklist.criterion(code) for code, lacks in missing.items() if lacks == [Lack.ANSWER]],
        lacking=[(audit.checklist.criterion(code), lacks) for code, lacks in missing.items() if lacks != [Lack.ANSWER]],
        found=found,
        rank=None if audit.band is None else audit.checklist.bands.index(audit.band),
        is_head=my_role(audit) is TeamRole.HEAD,
        open=may_answer(audit),
    )
