"""The other steps of an audit's life: start, notice of conclusion, cancelling, reopening, another team."""

from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from isoaudit.domain.access import Permission
from isoaudit.domain.audit_life import TRANSITIONS, Step
from isoaudit.domain.errors import Invalid, Refusal
from isoaudit.domain.vocabulary import Grade
from isoaudit.http import clock, database
from isoaudit.http.access import requires
from isoaudit.http.signin import actor
from isoaudit.services import documents
from isoaudit.services.audits import life
from isoaudit.services.audits.reading import AuditView
from isoaudit.web import reasons
from isoaudit.web.audits.blueprint import of_request, pages, province_id
from isoaudit.web.audits.lists import word
from isoaudit.web.forms import refusals
from isoaudit.web.forms.audits import NoticeForm

Answer = str | Response | tuple[str, int]

CHANGES = 3
"""Rows offered for grades that the notice changes; more are entered by sending the form's rows again."""


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


@pages.route("/<path:reference>/ket-luan", methods=["GET", "POST"])
@requires(Permission.AUDIT_NOTICE)
def notice(reference: str) -> Answer:
    """The notice of conclusion with its document; it may change grades, each with a reason."""
    form = NoticeForm()
    if request.method != "POST":
        form.concluded_on.data = clock.today()
        return _notice(reference, form), 200 if _may_conclude(of_request(reference)) else 409
    session = database.session()
    if form.validate():
        try:
            document = documents.resolve(session, form.document.data or "")
            life.conclude(
                session,
                province_id(session),
                reference,
                concluded_on=form.concluded_on.data,
                document_id=document.id,
                grade_changes=_changes(),
                by=actor(),
                now=clock.now(),
            )
        except Refusal as refusal:
            if refusal.status not in (409, 422):
                raise
            session.rollback()
            refusals.show(form, refusal)
            return _notice(reference, form), refusal.status
        flash(_("Đã ghi thông báo kết luận cuộc kiểm tra %(reference)s.", reference=reference), "good")
        return redirect(url_for("audits.show", reference=reference), 303)
    return _notice(reference, form), 422


def _notice(reference: str, form: NoticeForm) -> str:
    audit = of_request(reference)
    typed = [_row(place) for place in range(_rows())]
    return render_template(
        "web/audits/notice.html",
        audit=audit,
        form=form,
        rows=typed,
        grades=list(Grade),
        may_conclude=_may_conclude(audit),
    )


def _may_conclude(audit: AuditView) -> bool:
    return audit.state in TRANSITIONS[Step.CONCLUDE].of


def _rows() -> int:
    given = request.form.get("rows", "")
    filled = sum(bool(request.form.get(f"criterion-{place}")) for place in range(50))
    return max(CHANGES, int(given) if given.isdecimal() and len(given) < 3 else 0, filled + 1 if filled else 0)


def _row(place: int) -> dict[str, str]:
    return {
        name: request.form.get(f"{name}-{place}", "").strip()
        for name in ("criterion", "grade", "reason", "note", "due_on")
    }


def _changes() -> list[life.GradeChange]:
    changes = []
    for row in (_row(place) for place in range(_rows())):
        if not row["criterion"]:
            continue
        grade = word(Grade, row["grade"])
        if grade is None:
            expected = ", ".join(each.value for each in Grade)
            raise Invalid(
                "operation.grade", record=row["criterion"], field="grade", value=row["grade"], expected=expected
            )
        try:
            due_on = date.fromisoformat(row["due_on"]) if row["due_on"] else None
        except ValueError:
            raise Invalid("operation.day", record=row["criterion"], field="due_on", value=row["due_on"]) from None
        changes.append(life.GradeChange(row["criterion"], grade, row["reason"], row["note"], due_on))
    return changes
