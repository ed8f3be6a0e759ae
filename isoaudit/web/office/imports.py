"""Data from files: a workbook of the province is looked at first (every row checked, nothing written), then imported.

Both are done by `services.importing`; between the two the file waits in `services.incoming`.
"""

from pathlib import Path

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from isoaudit.domain.access import Permission
from isoaudit.domain.errors import Refusal, Refusals
from isoaudit.export.xlsx.workbook import write_workbook
from isoaudit.http import clock, database, signin
from isoaudit.http.access import requires
from isoaudit.http.errors import explain
from isoaudit.schemas.workbook import SHEETS
from isoaudit.schemas.workbooktable import columns_of
from isoaudit.services import importing, incoming, vault, workbook_shape
from isoaudit.web.forms import refusals
from isoaudit.web.forms.office import WorkbookForm

pages = Blueprint("imports", __name__, url_prefix="/nhap-du-lieu")

Answer = str | Response | tuple[str, int]


@pages.route("", methods=["GET", "POST"])
@requires(Permission.DATA_IMPORT)
def index() -> Answer:
    """Choose a file and see what it would do."""
    form = WorkbookForm()
    if form.validate_on_submit():
        files = [(each.filename or "", each.read()) for each in form.file.data]
        try:
            key = incoming.keep(_folder(), files, clock.now())
        except Refusal as refusal:
            refusals.show(form, refusal)
        else:
            return _look(key, update=bool(form.update.data))
    page = render_template("web/office/import.html", form=form, sheets=_sheets())
    return page, 422 if request.method == "POST" else 200


@pages.get("/so/<any(trong, mau):which>.xlsx")
@requires(Permission.DATA_IMPORT)
def workbook(which: str) -> Response:
    """A workbook to fill in: an empty one with lists to choose from, or one with a few rows as an example."""
    filled = which == "mau"
    content = write_workbook(workbook_shape.example() if filled else workbook_shape.empty())
    answer = Response(content, mimetype=vault.XLSX)
    answer.headers.set("Content-Disposition", "attachment", filename=f"so-cua-tinh-{which}.xlsx")
    return answer


@pages.post("/ghi")
@requires(Permission.DATA_IMPORT)
def write() -> Answer:
    """Import the file that was looked at."""
    key, update = request.form.get("key", ""), "update" in request.form
    path = incoming.find(_folder(), key)
    try:
        report = importing.import_workbook(database.session(), path, update=update, by=signin.actor(), now=clock.now())
    except Refusal as refusal:
        return _refused(refusal, key, update)
    name, total = _name(path), report.total()
    incoming.discard(_folder(), key)
    if report.changed:
        said = _(
            "Đã nhập %(name)s: thêm %(added)d dòng, sửa %(updated)d dòng, giữ nguyên %(unchanged)d dòng.",
            name=name,
            added=total.added,
            updated=total.updated,
            unchanged=total.unchanged,
        )
        flash(said, "good")
    else:
        flash(_("Dữ liệu này đã có đủ, không có gì thay đổi."), "info")
    return redirect(url_for("imports.index"))


def _look(key: str, *, update: bool) -> Answer:
    path = incoming.find(_folder(), key)
    try:
        report = importing.import_workbook(
            database.session(), path, update=update, dry_run=True, by=signin.actor(), now=clock.now()
        )
    except Refusal as refusal:
        return _refused(refusal, key, update)
    warnings = [explain(each) for each in report.warnings]
    return render_template(
        "web/office/import_report.html",
        report=report,
        name=_name(path),
        key=key,
        update=update,
        warnings=warnings,
    )


def _refused(refusal: Refusal, key: str, update: bool) -> Answer:
    """Everything that is wrong with the file; nothing was written."""
    found = refusal.refusals if isinstance(refusal, Refusals) else [refusal]
    page = render_template(
        "web/office/import_refused.html",
        problems=[(each.details, explain(each)) for each in found],
        form=WorkbookForm(formdata=None),
        differs=importing.stands_otherwise(refusal) and not update,
    )
    return page, 422


def _name(path: Path) -> str:
    """What was sent, as the person knows it: the workbook, or all tables."""
    return path.name if path.is_file() else ", ".join(sorted(each.name for each in path.iterdir()))


def _sheets() -> list[tuple[str, list[tuple[str, bool]]]]:
    """Every sheet with its columns, and which of them may not be empty."""
    return [
        (name, [(column, cell.required) for column, (_attribute, cell) in columns_of(schema).items()])
        for name, schema in SHEETS.items()
    ]


def _folder() -> Path:
    instance: Path = current_app.config["ISOAUDIT"].instance
    return instance / "incoming"
