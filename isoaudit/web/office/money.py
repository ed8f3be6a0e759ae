"""Money of a programme year: the list with sums by unit or team and by source, plan against actual, entering,
correcting."""

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from isoaudit.db import MoneyLine
from isoaudit.domain import money as rules
from isoaudit.domain.access import Permission
from isoaudit.domain.errors import Conflict, Invalid, Refusal
from isoaudit.domain.text import fold, sort_key
from isoaudit.http import clock, database, signin
from isoaudit.http.access import requires
from isoaudit.http.errors import explain
from isoaudit.services import fact_history, money
from isoaudit.services.money import Line
from isoaudit.web import correcting, paging, reasons
from isoaudit.web.forms import refusals
from isoaudit.web.forms.years import MoneyForm
from isoaudit.web.office import changing, yearly

pages = Blueprint("money", __name__, url_prefix="/kinh-phi")

Answer = str | Response | tuple[str, int]
_ROOM = "money.index"
_SORTS = {
    "cua": lambda line: line.order,
    "noi-dung": lambda line: sort_key(line.row.purpose),
    "nguon": lambda line: sort_key(line.row.source),
    "du-toan": lambda line: line.row.estimate,
    "chi": lambda line: line.row.spent or 0,
    "quyet-toan": lambda line: line.row.settled or 0,
}


@pages.get("")
@requires(Permission.YEARS_READ)
def index() -> str:
    """The lines of a year with their sums."""
    session = database.session()
    known = money.years(session)
    year, voided = yearly.year(known), "da-huy" in request.args
    lines = money.of_year(session, year, voided=voided)
    found = _found(lines)
    order = request.args.get("xep", "")
    if order.removeprefix("-") in _SORTS:
        found = sorted(found, key=_SORTS[order.removeprefix("-")], reverse=order.startswith("-"))
    return yearly.page(
        "money",
        _ROOM,
        page=paging.cut(found),
        year=year,
        years=yearly.offered(known, year),
        voided=voided,
        total=len(lines),
        whole=rules.total(lines),
        shown=rules.total(found),
        narrowed=len(found) != len(lines),
        owners=list(rules.by(lines, lambda line: line.owner).items()),
        sources=list(rules.by(lines, lambda line: line.row.source).items()),
        source_choices=[(each, each) for each in sorted({line.row.source for line in lines}, key=sort_key)],
    )


@pages.get("/tai.csv")
@requires(Permission.YEARS_READ)
def download() -> Response:
    """The lines of the year, amounts as plain numbers."""
    session = database.session()
    year = yearly.year(money.years(session))
    head = [
        *(_("Đơn vị, đoàn"), _("Nội dung chi"), _("Nguồn kinh phí"), _("Dự toán (đồng)"), _("Đã chi (đồng)")),
        *(_("Ngày chi"), _("Đã quyết toán (đồng)"), _("Ngày quyết toán"), _("Ghi chú")),
    ]
    rows = [
        [
            *(line.owner, line.row.purpose, line.row.source, line.row.estimate, line.row.spent, line.row.spent_on),
            *(line.row.settled, line.row.settled_on, line.row.note),
        ]
        for line in _found(money.of_year(session, year))
    ]
    return yearly.csv(f"kinh-phi-{year}.csv", head, rows)


@pages.route("/them", methods=["GET", "POST"])
@requires(Permission.FACTS_EDIT)
def add() -> Answer:
    """A new line."""
    session = database.session()
    form = MoneyForm(data={"year": yearly.year(())} if request.method != "POST" else None)
    del form.why, form.revision
    if form.validate_on_submit():
        values = _values(form)
        if values is not None:
            try:
                row = money.enter(session, values, by=signin.actor(), now=clock.now())
            except Refusal as refusal:
                refusals.show(form, refusal, {"document_id": "document"})
            else:
                flash(_("Đã ghi."), "good")
                return redirect(_to(row))
    return _form(form, None), yearly.status()


@pages.route("/<int:line_id>", methods=["GET", "POST"])
@requires(Permission.FACTS_EDIT)
def edit(line_id: int) -> Answer:
    """Correct a line, or record what was spent and settled; its history stands below."""
    session, form = database.session(), MoneyForm()
    row = money.MONEY.get(session, line_id)
    if request.method != "POST":
        form.fill(row)
        form.unit.data = _unit_text(row)
        form.document.data = yearly.cited(row.document_id)
        form.settled_document.data = yearly.cited(row.settled_document_id)
        correcting.begin(form, row)
    elif row.voided_at is not None:
        raise Conflict("fact.voided")
    elif form.validate():
        values = _values(form, row)
        done = changing.corrected(money, form, row, values, _to(row)) if values is not None else None
        if done is not None:
            return done
    return _form(form, row), yearly.status()


@pages.post("/<int:line_id>/huy")
@requires(Permission.FACTS_EDIT)
def void(line_id: int) -> Answer:
    """Take a line out of every sum."""
    session, why = database.session(), request.form.get("why", "")
    try:
        row = money.void(session, line_id, why=why, by=signin.actor(), now=clock.now())
    except Invalid as refusal:
        name, back = money.MONEY.get(session, line_id).purpose, url_for("money.edit", line_id=line_id)
        return reasons.again(refusal, field="why", title=_("Hủy dòng kinh phí"), record=name, back=back)
    flash(_("Đã hủy. Có thể khôi phục trong danh sách đã hủy."), "good")
    return redirect(url_for(_ROOM, nam=row.year))


@pages.post("/<int:line_id>/khoi-phuc")
@requires(Permission.FACTS_EDIT)
def restore(line_id: int) -> Response:
    """Undo a voiding."""
    return changing.restored(money, line_id, _to(money.MONEY.get(database.session(), line_id)))


def _found(lines: list[Line]) -> list[Line]:
    wanted, source = request.args.get("tim", ""), request.args.get("nguon", "")
    return [
        line
        for line in lines
        if yearly.matches(wanted, line.owner, line.row.purpose, line.row.source) and source in ("", line.row.source)
    ]


def _values(form: MoneyForm, row: MoneyLine | None = None) -> dict[str, object] | None:
    """What the service takes; None when unit or documents typed are not found (the form says so)."""
    unit_id = _unit_of(form, row)
    document_id, settled_id = yearly.document(form.document), yearly.document(form.settled_document)
    if form.unit.errors or form.document.errors or form.settled_document.errors:
        return None
    return form.values() | {"unit_id": unit_id, "document_id": document_id, "settled_document_id": settled_id}


def _unit_of(form: MoneyForm, row: MoneyLine | None) -> int | None:
    """The unit typed: "mã – tên" as offered, or a code, or a whole name."""
    typed = fold(form.unit.data or "")
    if not typed:
        return None
    if row is not None and row.unit_id is not None and typed == fold(_unit_text(row)):
        return row.unit_id
    units = yearly.units_of_year(form.year.data)
    found = [
        each for each in units if typed in (fold(_named(each.code, each.name)), each.code.lower(), fold(each.name))
    ]
    if len(found) != 1:
        said = Invalid("money.unit_unknown" if not found else "money.unit_several", value=form.unit.data)
        form.unit.errors = [*form.unit.errors, explain(said)]
        return None
    return found[0].id


def _unit_text(row: MoneyLine) -> str:
    line = next(
        (
            each
            for each in money.of_year(database.session(), row.year, voided=row.voided_at is not None)
            if each.row.id == row.id
        ),
        None,
    )
    return _named(line.unit.code, line.unit.name) if line is not None and line.unit is not None else ""


def _named(code: str, name: str) -> str:
    return f"{code} – {name}"


def _form(form: MoneyForm, row: MoneyLine | None) -> str:
    session = database.session()
    year = min(max(form.year.data or clock.today().year, 1900), 2199)
    return yearly.page(
        "money_form",
        _ROOM,
        form=form,
        row=row,
        units=[_named(each.code, each.name) for each in yearly.units_of_year(year)],
        teams=money.teams(session, year),
        sources=money.sources(session),
        revisions=fact_history.of(session, [row]).get(fact_history.key_of(row), []) if row is not None else [],
    )


def _to(row: MoneyLine) -> str:
    return url_for(_ROOM, nam=row.year, _anchor=f"kinh-phi-{row.id}")
