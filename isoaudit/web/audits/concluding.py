"""Concluding on the spot: what is missing, with links; what will be in the minutes; the head confirms the day."""

from datetime import date

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
from isoaudit.services.audits.reading import AuditView
from isoaudit.web.audits.blueprint import may_answer, my_role, of_request, pages, province_id
from isoaudit.web.forms import refusals
from isoaudit.web.forms.audits import MinutesForm


@pages.get("/<path:reference>/ket-thuc")
@requires(Permission.AUDIT_READ)
def finish(reference: str) -> str:
    """What is missing, and what the minutes will say."""
    audit = of_request(reference)
    return _finish(audit, MinutesForm(data={"minuted_on": _usual_day(audit.row.planned_on, clock.today())}))


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
            return _finish(of_request(reference), form), refusal.status
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
    return _finish(of_request(reference), form), 422


def _usual_day(planned_on: date | None, today: date) -> date:
    """The day the minutes most likely bear: today, but the planned day of an audit that an earlier year planned."""
    return planned_on if planned_on is not None and planned_on.year < today.year else today


def _finish(audit: AuditView, form: MinutesForm) -> str:
    missing: dict[str, list[Lack]] = {}
    for each in audit.missing:
        missing.setdefault(each.criterion, []).append(each.lack)
    found = [each for each in audit.checklist.criteria if audit.answer(each.code).grade in NONCONFORMING]
    days = [each for each in (audit.row.planned_on, form.minuted_on.data) if each]
    first = max(days, default=None)
    return render_template(
        "web/audits/finish.html",
        first=first,
        early=audit.due_before(first),
        audit=audit,
        form=form,
        unanswered=[audit.checklist.criterion(code) for code, lacks in missing.items() if lacks == [Lack.ANSWER]],
        lacking=[(audit.checklist.criterion(code), lacks) for code, lacks in missing.items() if lacks != [Lack.ANSWER]],
        found=found,
        rank=None if audit.band is None else audit.checklist.bands.index(audit.band),
        is_head=my_role(audit) is TeamRole.HEAD,
        open=may_answer(audit),
    )
