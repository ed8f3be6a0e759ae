"""An issued report: its files, what was signed, what would be otherwise today, and a correction of it."""

from dataclasses import replace
from datetime import date

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from isoaudit.db import FrozenReport, Report
from isoaudit.domain.access import Permission
from isoaudit.domain.errors import NotFound, Refusal
from isoaudit.domain.report_life import ReportFileKind, ReportState, expect
from isoaudit.export.differences import differences
from isoaudit.http import clock, database, files, signin
from isoaudit.http.access import requires
from isoaudit.http.errors import language
from isoaudit.services import freezing, frozen_reports, issuers, reports, vault
from isoaudit.services.report_names import name_of
from isoaudit.services.reports import Outline
from isoaudit.web.forms import refusals
from isoaudit.web.forms.reports import SignedForm
from isoaudit.web.reports.blueprint import Answer, asked, counted, pages, title
from isoaudit.web.reports.drafting import show_draft

_MEDIA = {"xlsx": vault.XLSX, "docx": vault.DOCX}


@pages.get("/<int:report_id>")
@requires(Permission.REPORT_READ)
def show(report_id: int) -> Answer:
    """A report: as a draft with its paragraphs, or as it was issued."""
    report = asked(report_id)
    if report.frozen_id is None:
        expect(report.state, ReportState.DRAFT, ReportState.APPROVED, name=name_of(report))
        return show_draft(report)
    session, row = database.session(), _frozen(report)
    content = frozen_reports.content(row)
    known = {line.report.id: line for line in reports.listed(session)}
    mine = known[report.id]
    return render_template(
        "web/reports/issued.html",
        report=report,
        title=title(report),
        row=row,
        content=content,
        files=frozen_reports.files(session, row),
        issuer=issuers.listed(session)[report.issuer],
        before=known.get(report.replaces) if report.replaces else None,
        after=known.get(mine.replaced_by) if mine.replaced_by else None,
        # found anew in the language of the page; what was printed stands in the content
        about=row.about,
        changes_found=_changes(report, row) if report.replaces else (),
        ReportState=ReportState,
        ReportFileKind=ReportFileKind,
    )


@pages.get("/<int:report_id>/tep/<int:file_id>")
@requires(Permission.REPORT_READ)
def stored_file(report_id: int, file_id: int) -> Response:
    """A file of an issued report, its digest checked."""
    report = asked(report_id)
    kept = frozen_reports.files(database.session(), _frozen(report)) if report.frozen_id else ()
    for file in kept:
        if file.id == file_id:
            path = frozen_reports.read(current_app.config["ISOAUDIT"].evidence, file)
            return files.attachment(path, file.name, _MEDIA.get(file.kind.value, vault.PDF))
    raise NotFound("upload.missing", sha256=str(file_id))


@pages.get("/<int:report_id>/hom-nay")
@requires(Permission.REPORT_READ)
def today(report_id: int) -> str:
    """What would be otherwise: of an issued report, if it were made today with the same day; of a draft, if today (or
    the day asked for) were its day."""
    report = asked(report_id)
    outline, day = Outline.of(report), clock.today()
    if report.frozen_id is not None:
        row = _frozen(report)
        old = frozen_reports.content(row)
        with database.reading() as reading:
            new = reports.draft(reading, Outline(outline.period, outline.as_of, outline.conversion, outline.issuer))
        same_words = replace(new.content, edited=old.edited)
        rows = frozen_reports.changed(row, same_words, language(), internal=True)
    else:
        day = outline.period.nearest(_asked_day() or day)
        old = counted(report_id).content
        with database.reading() as reading:
            other = Outline(outline.period, day, outline.conversion, outline.issuer)
            new = reports.draft(reading, other, old.edited)
        rows = differences(old, new.content, language(), internal=True)
    return render_template(
        "web/reports/today.html", report=report, title=title(report), rows=rows, day=day, issued=report.frozen_id
    )


@pages.post("/<int:report_id>/dinh-chinh")
@requires(Permission.REPORT_FREEZE)
def correct(report_id: int) -> Answer:
    """A draft that corrects an issued report, with its words to begin with."""
    report = asked(report_id)
    outline = Outline.of(report)
    again = Outline(outline.period, outline.as_of, outline.conversion, outline.issuer, report.id)
    try:
        row = reports.create(database.session(), again, by=signin.actor(), now=clock.now())
    except Refusal as refusal:
        return refusals.flashed(refusal, url_for("reports.show", report_id=report_id))
    flash(_("Đã lập dự thảo đính chính. Báo cáo đã phát hành không thay đổi."), "good")
    return redirect(url_for("reports.show", report_id=row.id), 303)


@pages.route("/<int:report_id>/ban-ky", methods=["GET", "POST"])
@requires(Permission.REPORT_FREEZE)
def signed(report_id: int) -> Answer:
    """Keep what was signed: the scan of the paper, or the digital original."""
    report = asked(report_id)
    expect(report.state, ReportState.ISSUED, ReportState.REPLACED, name=name_of(report))
    form = SignedForm()
    if form.validate_on_submit():
        config, given = current_app.config["ISOAUDIT"], form.file.data
        try:
            placed = vault.place(
                config.evidence,
                name=given.filename or "",
                content=given.read(),
                max_mb=config.max_upload_mb,
                kinds=frozenset({vault.PDF}),
            )
            freezing.attach(database.session(), _frozen(report), placed, by=signin.actor(), now=clock.now())
        except Refusal as refusal:
            refusals.show(form, refusal)
        else:
            flash(_("Đã lưu bản đã ký, mã băm %(sha256)s….", sha256=placed.sha256[:12]), "good")
            return redirect(url_for("reports.show", report_id=report_id), 303)
    page = render_template("web/reports/signed.html", report=report, title=title(report), form=form)
    return page, 422 if request.method == "POST" else 200


def _frozen(report: Report) -> FrozenReport:
    return frozen_reports.find(database.session(), report.frozen_id or 0)


def _changes(report: Report, row: FrozenReport) -> object:
    old = reports.find(database.session(), report.replaces or 0)
    return frozen_reports.changed(_frozen(old), frozen_reports.content(row), language())


def _asked_day() -> date | None:
    try:
        return date.fromisoformat(request.args.get("ngay", ""))
    except ValueError:
        return None
