"""The notice of conclusion: contested findings side by side with the team's view, the decision on each prepared and
then taken with the document, and other grades that the notice changes."""

from dataclasses import dataclass
from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from isoaudit.domain.access import Permission
from isoaudit.domain.audit_life import TRANSITIONS, Step
from isoaudit.domain.errors import Forbidden, Invalid, Refusal
from isoaudit.domain.vocabulary import AuditState, Grade, PaperKind
from isoaudit.http import clock, database
from isoaudit.http.access import requires
from isoaudit.http.errors import explain
from isoaudit.http.signin import actor
from isoaudit.services import documents, papers
from isoaudit.services.audits import contested, life
from isoaudit.services.audits.contested import Contested
from isoaudit.services.audits.reading import AuditView
from isoaudit.web.audits.blueprint import my_role, of_request, pages, province_id
from isoaudit.web.audits.lists import word
from isoaudit.web.forms import refusals
from isoaudit.web.forms.audits import NoticeForm

Answer = str | Response | tuple[str, int]

CHANGES = 3
"""Rows offered for grades that the notice changes; more are entered by sending the form's rows again."""
_FIELDS = ("criterion", "grade", "reason", "note", "due_on")


@dataclass(frozen=True, slots=True)
class Wrong:
    """What was refused for one finding, and what was typed."""

    code: str
    typed: str
    grade: str
    why: str


@pages.get("/<path:reference>/bao-luu")
@requires(Permission.AUDIT_READ)
def disputes(reference: str) -> str:
    """The contested findings side by side."""
    return _disputes(of_request(reference))


@pages.post("/<path:reference>/bao-luu/<code>/y-kien")
@requires(Permission.AUDIT_PAPERS)
def say_view(reference: str, code: str) -> Answer:
    """The team's view of one."""
    audit = of_request(reference)
    if my_role(audit) is None:
        raise Forbidden("operation.not_team", record=reference, field="view")
    text = request.form.get("view", "")
    try:
        contested.say(database.session(), audit, code, text, by=actor(), now=clock.now())
    except Invalid as refusal:
        return _again(reference, Wrong(code, text, "", explain(refusal)), refusal)
    flash(_("Đã ghi ý kiến của đoàn."), "good")
    return redirect(url_for("audits.disputes", reference=reference) + f"#{code}", 303)


@pages.post("/<path:reference>/bao-luu/<code>/du-kien")
@requires(Permission.AUDIT_NOTICE)
def prepare_decision(reference: str, code: str) -> Answer:
    """What the notice is to decide on one: the letter is written from it."""
    audit, reason, chosen = of_request(reference), request.form.get("reason", ""), request.form.get("grade", "")
    try:
        contested.prepare(database.session(), audit, code, word(Grade, chosen), reason, by=actor(), now=clock.now())
    except Invalid as refusal:
        return _again(reference, Wrong(code, reason, chosen, explain(refusal)), refusal)
    flash(_("Đã ghi kết luận dự kiến."), "good")
    return redirect(url_for("audits.disputes", reference=reference) + f"#{code}", 303)


@pages.route("/<path:reference>/ket-luan", methods=["GET", "POST"])
@requires(Permission.AUDIT_NOTICE)
def notice(reference: str) -> Answer:
    """The notice with its document; it decides what is contested and may change grades, each with a reason."""
    form, session = NoticeForm(), database.session()
    audit = of_request(reference)
    if request.method != "POST":
        kept = [each.row for each in papers.listed(session, audit) if each.row.kind is PaperKind.NOTICE]
        form.document.data = kept[-1].number if kept else ""
        form.concluded_on.data = (kept[-1].issued_on if kept else None) or clock.today()
        return _notice(audit, form), 200 if _may_conclude(audit) else 409
    if form.validate():
        try:
            decisions = _changes(audit)
            document = documents.resolve(session, form.document.data or "")
            life.conclude(
                session,
                province_id(session),
                reference,
                concluded_on=form.concluded_on.data,
                document_id=document.id,
                grade_changes=decisions,
                by=actor(),
                now=clock.now(),
            )
        except Refusal as refusal:
            if refusal.status not in (409, 422):
                raise
            session.rollback()
            refusals.show(form, refusal)
            return _notice(of_request(reference), form), refusal.status
        flash(_("Đã ghi thông báo kết luận cuộc kiểm tra %(reference)s.", reference=reference), "good")
        return redirect(url_for("audits.show", reference=reference), 303)
    return _notice(audit, form), 422


def _disputes(audit: AuditView, wrong: Wrong | None = None) -> str:
    return render_template(
        "web/audits/disputes.html",
        audit=audit,
        found=contested.listed(database.session(), audit),
        open=audit.state is AuditState.MINUTED,
        in_team=my_role(audit) is not None,
        grades=list(Grade),
        wrong=wrong,
    )


def _again(reference: str, wrong: Wrong, refusal: Refusal) -> tuple[str, int]:
    database.session().rollback()
    return _disputes(of_request(reference), wrong), refusal.status


def _notice(audit: AuditView, form: NoticeForm) -> str:
    disputed = contested.listed(database.session(), audit) if _may_conclude(audit) else []
    typed = [_row(place) for place in range(_rows())]
    return render_template(
        "web/audits/notice.html",
        audit=audit,
        form=form,
        disputed=[(each, _decision(each)) for each in disputed],
        rows=typed,
        grades=list(Grade),
        may_conclude=_may_conclude(audit),
    )


def _decision(each: Contested) -> dict[str, str]:
    """What the form holds of a contested finding: what was typed, else what was prepared."""
    code = each.criterion.code
    if request.method == "POST":
        return {name: request.form.get(f"decided-{name}-{code}", "") for name in ("grade", "reason")}
    return {"grade": each.draft.after.value, "reason": each.draft.reason} if each.draft else {"grade": "", "reason": ""}


def _may_conclude(audit: AuditView) -> bool:
    return audit.state in TRANSITIONS[Step.CONCLUDE].of


def _rows() -> int:
    given = request.form.get("rows", "")
    filled = sum(bool(request.form.get(f"criterion-{place}")) for place in range(50))
    return max(CHANGES, int(given) if given.isdecimal() and len(given) < 3 else 0, filled + 1 if filled else 0)


def _row(place: int) -> dict[str, str]:
    return {name: request.form.get(f"{name}-{place}", "").strip() for name in _FIELDS}


def _changes(audit: AuditView) -> list[life.GradeChange]:
    """The decisions on contested findings, then the other changes. Raises Invalid for what cannot be read; that a
    criterion is told twice is refused in `life.conclude`."""
    changes = []
    for each in audit.checklist.criteria:
        chosen = request.form.get(f"decided-grade-{each.code}", "")
        if chosen:
            reason = request.form.get(f"decided-reason-{each.code}", "")
            changes.append(life.GradeChange(each.code, _grade(each.code, chosen), reason))
    for row in (_row(place) for place in range(_rows())):
        if not row["criterion"]:
            continue
        grade = _grade(row["criterion"], row["grade"])
        try:
            due_on = date.fromisoformat(row["due_on"]) if row["due_on"] else None
        except ValueError:
            raise Invalid("operation.day", record=row["criterion"], field="due_on", value=row["due_on"]) from None
        changes.append(life.GradeChange(row["criterion"], grade, row["reason"], row["note"], due_on))
    return changes


def _grade(code: str, typed: str) -> Grade:
    grade: Grade | None = word(Grade, typed)
    if grade is None:
        expected = ", ".join(each.value for each in Grade)
        raise Invalid("operation.grade", record=code, field="grade", value=typed, expected=expected)
    return grade
