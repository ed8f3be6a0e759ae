"""Approving a draft and taking that back; issuing an approved report: its files are written one by one, an answer each,
so that the page shows how far it has come, and stored all at once.

What was written so far travels sealed in the page; the files wait in the vault, where one that nothing names does no
harm.
"""

from dataclasses import astuple
from datetime import date

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from itsdangerous import BadSignature, URLSafeTimedSerializer

from isoaudit.db import Report
from isoaudit.domain.access import Permission
from isoaudit.domain.errors import Conflict, Invalid, Refusal, Refusals
from isoaudit.domain.report_life import WRITTEN, ReportFileKind, ReportState, expect
from isoaudit.export import frozen
from isoaudit.http import clock, database, signin
from isoaudit.http.access import requires
from isoaudit.services import freezing, issuers, report_stamp, reports, settings
from isoaudit.services.report_names import name_of
from isoaudit.services.report_stamp import Stamp
from isoaudit.services.vault import Placed
from isoaudit.web.forms import refusals
from isoaudit.web.forms.reports import IssueForm
from isoaudit.web.reports.blueprint import Answer, asked, counted, pages, title

_SECONDS = 3600


@pages.post("/<int:report_id>/duyet")
@requires(Permission.REPORT_FREEZE)
def approve(report_id: int) -> Answer:
    """Approve the draft as the person has it on the screen."""
    draft, back = counted(report_id), url_for("reports.show", report_id=report_id)
    try:
        reports.approve(
            database.session(),
            asked(report_id),
            draft,
            seen=request.form.get("seen", ""),
            by=signin.actor(),
            now=clock.now(),
        )
    except Conflict as refusal:
        return _told(refusal, back)
    flash(_("Đã duyệt dự thảo. Bước tiếp theo: phát hành với số, ngày và người ký."), "good")
    return redirect(back, 303)


@pages.post("/<int:report_id>/rut-duyet")
@requires(Permission.REPORT_FREEZE)
def withdraw(report_id: int) -> Answer:
    """Take an approval back."""
    back = url_for("reports.show", report_id=report_id)
    try:
        reports.withdraw(database.session(), asked(report_id), by=signin.actor(), now=clock.now())
    except Conflict as refusal:
        return _told(refusal, back)
    flash(_("Đã rút lại việc duyệt; dự thảo sửa được trở lại."), "good")
    return redirect(back, 303)


@pages.route("/<int:report_id>/phat-hanh", methods=["GET", "POST"])
@requires(Permission.REPORT_FREEZE)
def issue(report_id: int) -> Answer:
    """Number, day and signer; what was filled in is checked before anything is written."""
    report = asked(report_id)
    if request.method != "POST" and report.frozen_id is not None:  # come back to after it was issued
        return redirect(url_for("reports.show", report_id=report_id))
    expect(report.state, ReportState.APPROVED, name=name_of(report))
    form = IssueForm()
    if request.method != "POST":
        paper = issuers.paper(issuers.find(database.session(), report.issuer), settings.read(database.session()))
        form.number.data = f"…/BC-{paper.issuer_code}"
        form.signer.data, form.issued_on.data = paper.signer, clock.today()
        form.authority.data, form.title.data = paper.authority_line, paper.signer_title
    elif form.validate():
        try:
            typed = report_stamp.stamp(
                form.number.data or "",
                form.issued_on.data,
                form.signer.data or "",
                authority=form.authority.data or "",
                title=form.title.data or "",
            )
            if "…" in typed.number:
                raise Invalid("report.number_open", field="number")
            given = report_stamp.completed(database.session(), typed, report.issuer)
            doubts = [*report_stamp.doubts(given, typed, report.as_of, clock.today())]
            seen = f"{given.number} {given.issued_on}"
            if not doubts or form.seen.data == seen:
                return _go_on(report, given, {})
            form.number.data, form.seen.data = given.number, seen
            raise Refusals([Invalid("report.look_again"), *doubts])
        except Refusal as refusal:
            refusals.show(form, refusal)
    page = render_template("web/reports/issue.html", report=report, title=title(report), form=form)
    return page, 422 if request.method == "POST" else 200


@pages.route("/<int:report_id>/phat-hanh/tiep", methods=["GET", "POST"])
@requires(Permission.REPORT_FREEZE)
def go_on(report_id: int) -> Answer:
    """Write the next file; store the report when all are written. Loaded again, or come back to, it has nothing to go
    on with: back to the report, which says what stands."""
    report, back = asked(report_id), url_for("reports.show", report_id=report_id)
    if request.method != "POST":
        return redirect(back) if report.frozen_id is not None else _told(Invalid("report.issue_again"), back)
    try:
        key, given, digest, files = _opened(request.form.get("sealed", ""))
        if key != report_id:
            raise Invalid("report.issue_again")
        return _go_on(report, given, files, digest)
    except Refusal as refusal:
        return _told(refusal, back)


def _go_on(report: Report, given: Stamp, files: dict[ReportFileKind, Placed], digest: str | None = None) -> Answer:
    """One file, or the end. `digest` is that of the content from which the files so far were written."""
    database.release()  # while it is counted and files are written, others may write
    with database.reading() as reading:
        prepared = freezing.prepare(reading, reports.find(reading, report.id), given)
    found = frozen.digest(prepared.content)
    if digest is not None and digest != found:
        raise Conflict("report.changed_since", record=name_of(report))
    missing = freezing.missing(files)
    if missing and digest is not None:
        folder = current_app.config["ISOAUDIT"].evidence
        files[missing[0]] = freezing.place(folder, prepared, missing[0], freezing.write(prepared, missing[0]))
        missing = missing[1:]
    if missing or digest is None:
        plain = {kind.value: astuple(placed) for kind, placed in files.items()}
        stamp = (given.number, given.issued_on.isoformat(), given.signer, given.authority, given.title)
        sealed = _signer().dumps([report.id, stamp, found, plain])
        return render_template(
            "web/reports/writing.html",
            report=report,
            title=title(report),
            sealed=sealed,
            done=len(files),
            total=len(WRITTEN),
            next=missing[0],
        )
    row = freezing.issue(database.session(), prepared, files, by=signin.actor(), now=clock.now())
    flash(_("Đã phát hành Báo cáo số %(number)s và chốt số liệu.", number=row.number), "good")
    return redirect(url_for("reports.show", report_id=report.id), 303)


def _told(refusal: Refusal, back: str) -> Answer:
    if not isinstance(refusal, Invalid | Conflict):
        raise refusal
    return refusals.flashed(refusal, back)


def _opened(sealed: str) -> tuple[int, Stamp, str, dict[ReportFileKind, Placed]]:
    """What `_go_on` sealed for this person, within the hour."""
    try:
        key, (number, day, *signing), digest, plain = _signer().loads(sealed, max_age=_SECONDS)
    except BadSignature:
        raise Invalid("report.issue_again") from None
    files = {ReportFileKind(kind): Placed(*values) for kind, values in plain.items()}
    return key, Stamp(number, date.fromisoformat(day), *signing), digest, files


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt=f"report issue {current_user.get_id()}")
