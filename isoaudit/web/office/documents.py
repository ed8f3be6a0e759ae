"""The register of official documents: list, one document with what cites it, its file."""

from datetime import date

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from isoaudit.db import Document
from isoaudit.domain.access import Permission
from isoaudit.domain.errors import Conflict, Invalid, NotFound, Refusal
from isoaudit.domain.vocabulary import DocumentKind
from isoaudit.http import clock, database, files, signin
from isoaudit.http.access import requires
from isoaudit.services import cited, document_search, documents, fact_history, settings, vault
from isoaudit.web import correcting, paging, reasons, words
from isoaudit.web.forms import refusals
from isoaudit.web.forms.office import CitedForm, DocumentFileForm, DocumentForm

pages = Blueprint("documents", __name__, url_prefix="/van-ban")

Answer = str | Response | tuple[str, int]


@pages.get("")
@requires(Permission.DOCUMENT_READ)
def index() -> str:
    """The list: search without diacritics, by kind and year, sorted, a page at a time."""
    session = database.session()
    search, kind, voided = request.args.get("tim", ""), request.args.get("loai", ""), "da-huy" in request.args
    asked = request.args.get("nam", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 and asked > "0000" else None
    home = settings.home(session).id
    total = document_search.count(session, home, search, kind, year, voided=voided)
    number = min(paging.asked_page(), max(1, -(-total // paging.PER_PAGE)))
    rows = document_search.listing(
        session,
        home,
        search,
        kind,
        year,
        voided=voided,
        sort=request.args.get("xep", "-ngay"),
        first=(number - 1) * paging.PER_PAGE,
        rows=paging.PER_PAGE,
    )
    kinds, years = document_search.kinds_and_years(session, home)
    return render_template(
        "web/office/documents.html",
        page=paging.Page(rows, number, total),
        kinds=[(name, f"{name} ({tally})") for name, tally in kinds],
        years=[(each, each) for each in years],
        voided=voided,
    )


@pages.route("/them", methods=["GET", "POST"])
@requires(Permission.DOCUMENT_EDIT)
def add() -> Answer:
    """A new document."""
    form = DocumentForm(data=_asked() if request.method != "POST" else None)
    del form.why, form.revision
    if form.validate_on_submit():
        try:
            made = documents.enter(database.session(), form.values(), by=signin.actor(), now=clock.now())
        except Refusal as refusal:
            refusals.show(form, refusal)
        else:
            flash(_("Đã ghi văn bản %(number)s.", number=documents.cited_as(made)), "good")
            return redirect(url_for("documents.show", document_id=made.id))
    return render_template("web/office/document_form.html", form=form, document=None), _status()


@pages.route("/doc", methods=["GET", "POST"])
@requires(Permission.DOCUMENT_READ)
def read() -> Answer:
    """Paste a text and see which documents it cites, which of them the register has, and which readings are guesses."""
    form, session = CitedForm(), database.session()
    found = None
    if form.validate_on_submit():
        found = cited.read(session, settings.home(session).id, form.text.data or "")
    kinds = {kind.value: words.label(kind) for kind in DocumentKind}
    return render_template("web/office/cited.html", form=form, found=found, kinds=kinds), (422 if form.errors else 200)


@pages.get("/<int:document_id>")
@requires(Permission.DOCUMENT_READ)
def show(document_id: int) -> str:
    """One document: what it is, what cites it, its file, its history."""
    return _show(documents.get(database.session(), document_id), DocumentFileForm(formdata=None))


@pages.route("/<int:document_id>/sua", methods=["GET", "POST"])
@requires(Permission.DOCUMENT_EDIT)
def edit(document_id: int) -> Answer:
    """Correct a document, with a reason."""
    session = database.session()
    document = documents.get(session, document_id)
    if document.voided_at is not None:
        raise Conflict("fact.voided")
    form = DocumentForm(obj=document if request.method != "POST" else None, standing=document)
    present = None
    if request.method != "POST":
        correcting.begin(form, document)
    elif form.validate_on_submit():
        try:
            changed = documents.correct(
                session,
                document_id,
                form.values(),
                why=form.why.data,
                revision=correcting.seen(form),
                by=signin.actor(),
                now=clock.now(),
            )
        except Refusal as refusal:
            present = document if correcting.refused(form, refusal, document) else None
        else:
            flash(_("Đã sửa.") if changed else _("Không có gì thay đổi nên không ghi."), "good")
            return redirect(url_for("documents.show", document_id=document_id))
    page = render_template("web/office/document_form.html", form=form, document=document, present=present)
    return page, _status()


@pages.post("/<int:document_id>/huy")
@requires(Permission.DOCUMENT_EDIT)
def void(document_id: int) -> Answer:
    """Take a document out of the register."""
    session, why = database.session(), request.form.get("why", "")
    back = url_for("documents.show", document_id=document_id)
    try:
        documents.void(session, document_id, why=why, by=signin.actor(), now=clock.now())
    except Invalid as refusal:
        name = documents.cited_as(documents.get(session, document_id))
        return reasons.again(refusal, field="why", title=_("Hủy văn bản"), record=name, back=back)
    flash(_("Đã hủy văn bản. Có thể khôi phục ngay tại đây."), "good")
    return redirect(back)


@pages.post("/<int:document_id>/khoi-phuc")
@requires(Permission.DOCUMENT_EDIT)
def restore(document_id: int) -> Response:
    """Undo a voiding."""
    back = url_for("documents.show", document_id=document_id)
    try:
        documents.restore(database.session(), document_id, by=signin.actor(), now=clock.now())
    except Invalid as refusal:
        return refusals.flashed(refusal, back)
    flash(_("Đã khôi phục."), "good")
    return redirect(back)


@pages.post("/<int:document_id>/tep")
@requires(Permission.DOCUMENT_EDIT)
def attach(document_id: int) -> Answer:
    """Attach the file of a document, or replace it with a reason."""
    session, by, now = database.session(), signin.actor(), clock.now()
    document = documents.get(session, document_id)
    form = DocumentFileForm()
    if form.validate_on_submit():
        config = current_app.config["ISOAUDIT"]
        try:
            with session.begin_nested():
                stored = vault.store(
                    session,
                    config.evidence,
                    province_id=document.province_id,
                    name=form.file.data.filename or "",
                    content=form.file.data.read(),
                    max_mb=config.max_upload_mb,
                    by=by,
                    now=now,
                )
                documents.attach(
                    session, document_id, sha256=stored.sha256, name=stored.name, why=form.why.data, by=by, now=now
                )
        except Refusal as refusal:
            session.refresh(document)
            refusals.show(form, refusal)
        else:
            flash(_("Đã đính kèm tệp."), "good")
            return redirect(url_for("documents.show", document_id=document_id))
    return _show(document, form), 422


@pages.get("/<int:document_id>/tep")
@requires(Permission.DOCUMENT_READ)
def download(document_id: int) -> Response:
    """The file of a document, as an attachment."""
    document = documents.get(database.session(), document_id)
    if document.file_sha256 is None:
        raise NotFound("document.no_file")
    path = vault.find(current_app.config["ISOAUDIT"].evidence, document.file_sha256)
    kind = vault.media_type(path.read_bytes()) or "application/octet-stream"
    return files.attachment(path, document.file_name or document.number, kind)


def _show(document: Document, form: DocumentFileForm) -> str:
    session = database.session()
    return render_template(
        "web/office/document.html",
        document=document,
        kind=_kind(document.kind),
        cited=document_search.citations(session, document.id),
        revisions=fact_history.of(session, [document]).get(("document", document.id), []),
        form=form,
    )


def _kind(letters: str) -> str:
    """The kind in words with its letters; the letters alone when no word is known."""
    known = {kind.value: words.label(kind) for kind in DocumentKind}
    return f"{known[letters]} ({letters})" if letters in known else letters


def _asked() -> dict[str, object]:
    """What the address says of a document to be entered: number, kind, day."""
    try:
        day = date.fromisoformat(request.args.get("ngay", ""))
    except ValueError:
        day = None
    return {"number": request.args.get("so", ""), "kind": request.args.get("loai", ""), "issued_on": day}


def _status() -> int:
    return 422 if request.method == "POST" else 200
