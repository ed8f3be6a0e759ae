"""The papers of an audit: adding one with its file, correcting it, giving it back, taking it out with a reason.

The steps of the file and the drafts to sign are in `file`."""

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from isoaudit.domain.access import Permission
from isoaudit.domain.errors import Forbidden, Invalid, NotFound, Refusal
from isoaudit.domain.vocabulary import PaperKind
from isoaudit.http import clock, database, files
from isoaudit.http.access import requires
from isoaudit.http.signin import actor
from isoaudit.services import papers, vault
from isoaudit.services.audits.reading import AuditView
from isoaudit.web import reasons
from isoaudit.web.audits.blueprint import keeps_all_papers, may_keep_papers, of_request, pages
from isoaudit.web.audits.lists import word
from isoaudit.web.forms import refusals
from isoaudit.web.forms.papers import PaperCorrectionForm, PaperForm

Answer = str | Response | tuple[str, int]


@pages.route("/<path:reference>/giay-to/them", methods=["GET", "POST"])
@requires(Permission.AUDIT_PAPERS)
def add_paper(reference: str) -> Answer:
    """Add a paper, with its file or at least its number."""
    audit = _of_mine(reference)
    form = PaperForm()
    if request.method != "POST":
        form.kind.data = (word(PaperKind, request.args.get("loai", "")) or PaperKind.MINUTES).value
        return render_template("web/audits/paper.html", audit=audit, form=form)
    if form.validate():
        session, by, now = database.session(), actor(), clock.now()
        try:
            with session.begin_nested():
                papers.keep(session, audit, form.sheet(stored(audit.row.province_id, form)), by=by, now=now)
        except Refusal as refusal:
            refusals.show(form, refusal)
        else:
            flash(_("Đã lưu giấy tờ vào hồ sơ cuộc kiểm tra."), "good")
            return redirect(url_for("audits.file", reference=reference), 303)
    return render_template("web/audits/paper.html", audit=audit, form=form), 422


@pages.route("/<path:reference>/giay-to/<int:paper_id>/sua", methods=["GET", "POST"])
@requires(Permission.AUDIT_PAPERS)
def correct_paper(reference: str, paper_id: int) -> Answer:
    """Give a paper its number, day, signer, deadline or file anew, with a reason; one that other teams have too is the
    office's to correct."""
    audit = _of_mine(reference)
    session, by, now = database.session(), actor(), clock.now()
    everywhere = keeps_all_papers()
    row = papers.to_correct(session, audit, paper_id, everywhere=everywhere, user_id=by.user_id)
    several = papers.of_several(session, row)
    form = PaperCorrectionForm()
    if request.method != "POST":
        form.show(row)
        return render_template("web/audits/paper.html", audit=audit, form=form, row=row, several=several)
    if form.validate():
        try:
            with session.begin_nested():
                sheet = form.sheet(stored(audit.row.province_id, form))
                why = form.why.data or ""
                papers.correct(session, audit, paper_id, sheet, everywhere=everywhere, why=why, by=by, now=now)
        except Refusal as refusal:
            refusals.show(form, refusal)
        else:
            flash(_("Đã sửa giấy tờ; bản trước vẫn được giữ trong lịch sử."), "good")
            return redirect(url_for("audits.file", reference=reference), 303)
    return render_template("web/audits/paper.html", audit=audit, form=form, row=row, several=several), 422


@pages.get("/<path:reference>/giay-to/<int:paper_id>")
@requires(Permission.AUDIT_READ)
def paper(reference: str, paper_id: int) -> Response:
    """The file of a paper, as an attachment."""
    row = papers.find(database.session(), of_request(reference), paper_id)
    if row.file_sha256 is None:
        raise NotFound("paper.no_file", record=reference)
    path = vault.find(current_app.config["ISOAUDIT"].evidence, row.file_sha256)
    kind = vault.media_type(path.read_bytes()) or "application/octet-stream"
    return files.attachment(path, row.file_name or "giay-to", kind)


@pages.post("/<path:reference>/giay-to/<int:paper_id>/bo")
@requires(Permission.AUDIT_PAPERS)
def void_paper(reference: str, paper_id: int) -> Answer:
    """Take a paper out of the file, with a reason."""
    audit, why = _of_mine(reference), request.form.get("why", "")
    back = url_for("audits.file", reference=reference)
    try:
        papers.void(database.session(), audit, paper_id, why=why, by=actor(), now=clock.now())
    except Invalid as refusal:
        return reasons.again(refusal, field="why", title=_("Bỏ giấy tờ khỏi hồ sơ"), record=reference, back=back)
    flash(_("Đã bỏ giấy tờ khỏi hồ sơ; bản lưu vẫn được giữ trong lịch sử."), "good")
    return redirect(back, 303)


def _of_mine(reference: str) -> AuditView:
    """The audit, when the person may keep its papers: the office everywhere, inspectors in their own teams."""
    audit = of_request(reference)
    if not may_keep_papers(audit):
        raise Forbidden("operation.not_team", record=reference, field="audit")
    return audit


def stored(province_id: int, form: PaperForm) -> tuple[str, str] | None:
    """The file that came with the form, kept in the vault: its digest and name."""
    given = form.file.data
    if not given:
        return None
    config = current_app.config["ISOAUDIT"]
    kept = vault.store(
        database.session(),
        config.evidence,
        province_id=province_id,
        name=given.filename or "",
        content=given.read(),
        max_mb=config.max_upload_mb,
        by=actor(),
        now=clock.now(),
    )
    return kept.sha256, given.filename or kept.name
