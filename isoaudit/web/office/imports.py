"""Data from files: a workbook of the province is looked at first (every row checked, nothing written), shown with what
would be added and changed and everything that is wrong, and imported when the person says so.

Both are done by `services.importing` in a thread (`importrun`); between the two the file waits in `services.incoming`.
"""

from dataclasses import replace
from pathlib import Path
from typing import Any

from flask import Blueprint, current_app, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from isoaudit.domain.access import Permission
from isoaudit.domain.corrections import KEPT_AS_WRITTEN, OFFERED, Correction, CorrectionKind
from isoaudit.domain.errors import Refusal
from isoaudit.domain.messages.importing import without_place
from isoaudit.export.xlsx.workbook import write_workbook
from isoaudit.http import clock, database, files, signin
from isoaudit.http.access import requires
from isoaudit.http.errors import explain, language
from isoaudit.intake.workbook import LARGEST_FOLDER
from isoaudit.schemas.workbook import SHEETS
from isoaudit.schemas.workbooktable import columns_of, in_words
from isoaudit.services import incoming, log, logbook, vault, workbook_shape
from isoaudit.services.importing import shelf
from isoaudit.services.importing.listing import Line
from isoaudit.web import paging
from isoaudit.web.forms import refusals
from isoaudit.web.forms.office import WorkbookForm
from isoaudit.web.office import importrun

pages = Blueprint("imports", __name__, url_prefix="/nhap-du-lieu")

Answer = str | Response | tuple[str, int]
_RECENT = 5
_TABS = ("them", "sua", "doc", "loi")


@pages.url_value_preprocessor
def _allow_large(endpoint: str | None, _values: dict[str, object] | None) -> None:
    """Before anything reads the body (the check of the form's token does)."""
    if endpoint == "imports.index":
        request.max_content_length = LARGEST_FOLDER


@pages.route("", methods=["GET", "POST"])
@requires(Permission.DATA_IMPORT)
def index() -> Answer:
    """Choose a file to be looked at; what was imported last."""
    form = WorkbookForm()
    if form.validate_on_submit():
        sent = [(each.filename or "", each.stream) for each in form.file.data]
        try:
            key = incoming.keep(_folder(), sent, current_user.id, clock.now())
        except Refusal as refusal:
            refusals.show(form, refusal)
        else:
            place = _place(key)
            if not (shelf.exists(place) and shelf.read(place).working):
                importrun.look(place, by=signin.actor(), now=clock.now())
            return redirect(url_for("imports.show", key=key), 303)
    recent, _total = logbook.page(database.session(), logbook.Wanted(action="import"), 1, _RECENT)
    page = render_template(
        "web/office/import.html",
        form=form,
        sheets=_sheets(),
        waiting=_waiting(),
        recent=[_entry(each) for each in recent],
    )
    return page, 422 if request.method == "POST" else 200


@pages.get("/so/<any(trong, mau):which>.xlsx")
@requires(Permission.DATA_IMPORT)
def workbook(which: str) -> Response:
    """A workbook to fill in: an empty one with lists to choose from, or one with a few rows as an example."""
    filled = which == "mau"
    content = write_workbook(workbook_shape.example() if filled else workbook_shape.empty())
    return files.made(content, f"so-cua-tinh-{which}.xlsx", vault.XLSX)


@pages.get("/<key>")
@requires(Permission.DATA_IMPORT)
def show(key: str) -> Answer:
    """How far the work has come; then what was found, or what was written."""
    place = _place(key)
    state = shelf.read(place)
    if state.working:
        answer = make_response(render_template("web/office/import_working.html", state=state))
        answer.headers["Refresh"] = "2"
        return answer
    template = "import_done.html" if state.stage == "imported" else "import_report.html"
    tab = request.args.get("xem", "")
    tab = tab if tab in _TABS else "loi" if state.problems else "them" if state.total_of(0) else "sua"
    return render_template(
        f"web/office/{template}",
        key=key,
        state=state,
        name=state.name,
        warnings=[explain(each) for each in shelf.warned(state)],
        offered=[(kind, state.kinds[kind]) for kind in OFFERED if kind in state.kinds],
        optional=KEPT_AS_WRITTEN,
        needless=[CorrectionKind(each) for each in state.needless],
        spelled=state.kinds.get(CorrectionKind.SPELLING, 0),
        tab=tab,
        **_rows(place, state, tab),
    )


@pages.get("/<key>/cho-can-sua.csv")
@requires(Permission.DATA_IMPORT)
def problems(key: str) -> Response:
    """Everything that is wrong, to be worked off beside the file."""
    place = _place(key)
    shown = language()
    head = (_("Trang tính"), _("Dòng"), _("Cột"), _("Giá trị"), _("Cần sửa"))
    rows = [
        (*(each.details.get(name, "") for name in ("sheet", "row", "column", "value")), _sentence(each))
        for each in shelf.refusals(place)
    ]
    return files.csv_attachment("errors.csv" if shown == "en" else "cho-can-sua.csv", head, rows)


@pages.post("/<key>/ghi")
@requires(Permission.DATA_IMPORT)
def write(key: str) -> Response:
    """Import the file that was looked at."""
    place = _place(key)
    accept = [kind for kind in OFFERED if f"doc-{kind.value}" in request.form]
    if shelf.read(place).stage == "looked":  # sent twice: the page tells what became of it
        importrun.bring(place, update="update" in request.form, accept=accept, by=signin.actor(), now=clock.now())
    return redirect(url_for("imports.show", key=key), 303)


@pages.post("/<key>/xem-lai")
@requires(Permission.DATA_IMPORT)
def again(key: str) -> Response:
    """Look at the file once more: the data have changed, or the work was broken off."""
    importrun.look(_place(key), by=signin.actor(), now=clock.now())
    return redirect(url_for("imports.show", key=key), 303)


@pages.post("/<key>/bo")
@requires(Permission.DATA_IMPORT)
def drop(key: str) -> Response:
    """Throw the file away without importing it."""
    incoming.discard(_place(key))
    flash(_("Đã bỏ tệp, không ghi gì."), "info")
    return redirect(url_for("imports.index"), 303)


def _waiting() -> list[tuple[str, shelf.State]]:
    """What this person sent and has not imported yet: key and state."""
    places = [each for each in incoming.of(_folder(), current_user.id) if shelf.exists(each)]
    states = [(each.name, shelf.read(each)) for each in places]
    return [(key, state) for key, state in states if state.stage != "imported"]


def _rows(place: Path, state: shelf.State, tab: str) -> dict[str, Any]:
    """The page of one list, and the sheets that have one."""
    if tab in ("loi", "doc"):
        name = shelf.PROBLEMS if tab == "loi" else shelf.CORRECTIONS
        page = _page(shelf.kept(place, name))
        first, last = _span(page)
        if tab == "doc":
            read = shelf.corrections(place, first, last)
            return {"page": page, "rows": [_read_in_words(each) for each in read], "sheets": []}
        found = shelf.refusals(place, first, last)
        return {"page": page, "rows": [(each.details, _sentence(each)) for each in found], "sheets": []}
    which, what = (0, "added") if tab == "them" else (1, "updated")
    sheets = [(name, counts[which]) for name, counts in state.counts.items() if counts[which]]
    chosen = request.args.get("trang-tinh", "")
    if chosen not in dict(sheets):
        chosen = sheets[0][0] if sheets else ""
    page = _page(shelf.kept(place, f"{what}-{chosen}"))
    first, last = _span(page)
    rows = [_worded(each) for each in shelf.lines(place, "added" if tab == "them" else "updated", chosen, first, last)]
    return {"page": page, "rows": rows, "sheets": sheets, "chosen": chosen, "all": dict(sheets).get(chosen, 0)}


def _worded(line: Line) -> Line:
    """The same with words for code names."""
    shown = language()
    return replace(
        line,
        cells=tuple(
            (column, *(in_words(line.sheet, column, text, shown) for text in (stands, value)))
            for column, stands, value in line.cells
        ),
    )


def _read_in_words(read: Correction) -> Correction:
    return replace(read, read=in_words(read.sheet, read.column, read.read, language()))


def _sentence(refusal: Refusal) -> str:
    """What is to be done, beside columns that tell where."""
    return without_place(explain(refusal), refusal.details)


def _page(total: int) -> paging.Page[int]:
    return paging.cut(range(total))


def _span(page: paging.Page[int]) -> tuple[int, int]:
    start = (page.number - 1) * page.per_page
    return start, start + page.per_page


def _entry(entry: Any) -> dict[str, Any]:
    """A line of the audit log about an import."""
    counts = list(entry.detail.get("sheets", {}).values())
    sums = [sum(each[place] for each in counts) for place in range(3)]
    account = _("dòng lệnh") if entry.account == log.COMMAND_LINE.account else entry.account
    return {"at": entry.at, "account": account, "name": entry.subject, "sums": sums}


def _sheets() -> list[tuple[str, list[tuple[str, bool]]]]:
    """Every sheet with its columns, and which of them may not be empty."""
    return [
        (name, [(column, cell.required) for column, (_attribute, cell) in columns_of(schema).items()])
        for name, schema in SHEETS.items()
    ]


def _place(key: str) -> Path:
    return incoming.find(_folder(), key, current_user.id)


def _folder() -> Path:
    instance: Path = current_app.config["ISOAUDIT"].instance
    return instance / "incoming"
