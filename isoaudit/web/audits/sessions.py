"""The working programme of an audit: sessions by position with who answers for each, proposed, edited, printed."""

from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from isoaudit.domain.access import Permission
from isoaudit.domain.errors import Forbidden, Invalid, Refusal, Refusals
from isoaudit.domain.vocabulary import AuditState, Where
from isoaudit.domain.worksessions import MOST, Session
from isoaudit.http import clock, database
from isoaudit.http.access import requires
from isoaudit.http.errors import explain
from isoaudit.http.signin import actor
from isoaudit.services import working_programme
from isoaudit.services.audits.reading import AuditView
from isoaudit.web.audits.blueprint import may_keep_papers, of_request, pages

Answer = str | Response | tuple[str, int]


@pages.get("/<path:reference>/chuong-trinh")
@requires(Permission.AUDIT_READ)
def sessions(reference: str) -> str:
    """The programme as kept, or a proposed one."""
    audit = of_request(reference)
    found = working_programme.read(database.session(), audit, anew="lai" in request.args)
    return _page(audit, list(found.sessions), found.number)


@pages.post("/<path:reference>/chuong-trinh")
@requires(Permission.AUDIT_PAPERS)
def keep_sessions(reference: str) -> Answer:
    """Keep it; or one line more to fill in."""
    audit = of_request(reference)
    if not may_keep_papers(audit):
        raise Forbidden("operation.not_team", record=reference, field="audit")
    typed = request.form.get("number", "")
    seen = int(typed) if typed.isdecimal() and len(typed) < 9 else 0
    session = database.session()
    lines, wrong = _typed()
    if "add" in request.form:
        last = lines[-1] if lines else None
        lines.append(Session(last.day if last else audit.row.planned_on, last.ended if last else "", "", (), "", ()))
        return _page(audit, lines, seen)
    try:
        if wrong:
            raise Refusals(wrong)
        working_programme.write(session, audit, lines, seen=seen, by=actor(), now=clock.now())
    except Refusal as refusal:
        if refusal.status not in (409, 422):
            raise
        session.rollback()
        audit = of_request(reference)
        return _page(audit, lines, seen, explain(refusal).splitlines()), refusal.status
    flash(_("Đã lưu chương trình làm việc."), "good")
    return redirect(url_for("audits.sessions", reference=reference), 303)


def _page(audit: AuditView, lines: list[Session], number: int, problems: list[str] | None = None) -> str:
    standing = working_programme.unanswered(lines, audit.asked)
    return render_template(
        "web/audits/sessions.html",
        audit=audit,
        lines=lines,
        number=number,
        positions=[each for each in Where if any(one.where is each for one in audit.checklist.criteria)],
        unanswered=standing,
        names={each.user_id: each.name for each in audit.members},
        edits=may_keep_papers(audit) and audit.state in (AuditState.PLANNED, AuditState.UNDER_WAY),
        problems=problems or [],
    )


def _typed() -> tuple[list[Session], list[Refusal]]:
    """The lines of the form without those ticked to be taken out, and what cannot be read in them."""
    form = request.form
    rows = form.get("rows", "")
    count = min(int(rows), MOST + 1) if rows.isdecimal() and len(rows) < 5 else 0
    lines: list[Session] = []
    wrong: list[Refusal] = []
    for place in range(count):
        if f"drop-{place}" in form:
            continue
        text = form.get(f"day-{place}", "").strip()
        try:
            day = date.fromisoformat(text) if text else None
        except ValueError:
            day = None
            wrong.append(Invalid("operation.day", record=str(place + 1), field="day", value=text[:40]))
        chosen = set(form.getlist(f"where-{place}"))
        people = (each for each in form.getlist(f"member-{place}") if each.isdecimal() and len(each) < 10)
        lines.append(
            Session(
                day,
                form.get(f"began-{place}", "").strip()[:5],
                form.get(f"ended-{place}", "").strip()[:5],
                tuple(each for each in Where if each.value in chosen),
                _text(form.get(f"content-{place}", "")),
                tuple(map(int, people)),
                _text(form.get(f"partner-{place}", "")),
            )
        )
    return lines, wrong


def _text(typed: str) -> str:
    return " ".join(typed.replace("\0", "").split())
