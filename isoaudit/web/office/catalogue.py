"""The catalogue of TTHC: searching it as of a day, one procedure with its versions, entering, correcting, filling it
from a table. Publication decisions have a room of their own (`publications`)."""

from collections.abc import Iterator, Sequence

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from isoaudit.db import CatalogueProcedure
from isoaudit.domain.access import Permission
from isoaudit.domain.catalogue import OnlineLevel, ProcedureLevel
from isoaudit.domain.errors import Conflict, Invalid, Refusal
from isoaudit.domain.vocabulary import BLOCK_OF, Block, UnitKind, Word
from isoaudit.http import clock, database, signin
from isoaudit.http.access import requires
from isoaudit.http.errors import explain
from isoaudit.intake import procedure_table
from isoaudit.services import fact_history, settings, unit_years
from isoaudit.services.catalogue import drafting, entries, listing, loading
from isoaudit.web import correcting, paging, reasons, words
from isoaudit.web.forms import refusals
from isoaudit.web.forms.catalogue import ProcedureForm, ProcedureTableForm
from isoaudit.web.office import yearly

pages = Blueprint("catalogue", __name__, url_prefix="/danh-muc-tthc")

Answer = str | Response | tuple[str, int]
_ROOM = "catalogue.index"
_COMMUNES = {kind.value for kind, block in BLOCK_OF.items() if block is Block.COMMUNE}
EXAMPLE_ROW = ("1.001193", "Đăng ký khai sinh", "Hộ tịch", "cấp xã", "không liên thông", "một phần", "", "1", "")


@pages.get("")
@requires(Permission.YEARS_READ)
def index() -> str:
    """The list: as of a day, searched, narrowed, sorted."""
    session, wanted = database.session(), _wanted()
    home = settings.home_id(session)
    rows = listing.listing(session, home, wanted)
    page = paging.cut(rows)
    units = unit_years.on(session, wanted.day or clock.today())
    return yearly.page(
        "catalogue",
        _ROOM,
        page=page,
        day=wanted.day,
        voided=wanted.voided,
        bodies=dict(_bodies(page.rows)),
        levels=[(each.value, words.label(each)) for each in ProcedureLevel],
        onlines=[(each.value, words.label(each)) for each in OnlineLevel],
        fields=[(each, each) for each in listing.fields(session, home)],
        units=[(each.id, each.name) for each in units],
    )


@pages.get("/tai.csv")
@requires(Permission.YEARS_READ)
def download() -> Response:
    """The list as shown, as CSV that can be pasted in again."""
    session = database.session()
    rows = listing.listing(session, settings.home_id(session), _wanted())
    codes = {each.id: each.code for each in unit_years.on(session, clock.today())}
    head = [headings[0] for name, headings in procedure_table.COLUMNS.items() if name != "change"]
    return yearly.csv("danh-muc-tthc.csv", head, [_cells(row, codes) for row in rows])


@pages.get("/mau.csv")
@requires(Permission.FACTS_EDIT)
def template() -> Response:
    """An empty table with its headings and one line to show how it is filled in."""
    head = [headings[0] for name, headings in procedure_table.COLUMNS.items() if name != "change"]
    return yearly.csv("mau-danh-muc-tthc.csv", head, [EXAMPLE_ROW])


@pages.route("/nhap", methods=["GET", "POST"])
@requires(Permission.FACTS_EDIT)
def load() -> Answer:
    """Fill the catalogue from a table: all rows or none."""
    session, form = database.session(), ProcedureTableForm()
    if form.validate_on_submit():
        document_id = yearly.document(form.document)
        text, data = yearly.uploaded(form.text, form.file)
        try:
            table = procedure_table.decode(form.file.data.filename or "CSV", data) if data else text
            drafts = drafting.draft(session, table, form.valid_from.data, publication=False)
            if not form.document.errors:
                with session.begin_nested():
                    done = loading.load(session, drafts, document_id=document_id, by=signin.actor(), now=clock.now())
                said = _("Đã thêm %(added)s TTHC; %(same)s TTHC đã có sẵn.", added=done.added, same=done.same)
                flash(said, "good")
                return redirect(url_for(_ROOM))
        except Refusal as refusal:
            refusals.show(form, refusal)
    return yearly.page("catalogue_load", _ROOM, form=form, columns=_columns()), yearly.status()


@pages.route("/them", methods=["GET", "POST"])
@requires(Permission.FACTS_EDIT)
def add() -> Answer:
    """A new procedure."""
    session, form = database.session(), ProcedureForm()
    del form.why, form.revision
    if form.validate_on_submit():
        values = _values(form)
        if values is not None:
            try:
                made = entries.enter(session, values, by=signin.actor(), now=clock.now())
            except Refusal as refusal:
                refusals.show(form, refusal, _FIELDS)
            else:
                flash(_("Đã ghi TTHC %(code)s.", code=form.code.data), "good")
                return redirect(url_for("catalogue.show", procedure_id=made))
    return _form(form, None), yearly.status()


@pages.get("/<int:procedure_id>")
@requires(Permission.YEARS_READ)
def show(procedure_id: int) -> str:
    """One version with the others of its code, its documents and its history."""
    session = database.session()
    row = entries.PROCEDURES.get(session, procedure_id)
    return yearly.page(
        "procedure",
        _ROOM,
        row=row,
        bodies=dict(_bodies([row])),
        versions=listing.versions(session, row),
        published=entries.published(session, row.id),
        document=listing.document_of(session, row.document_id),
        ended_by=listing.document_of(session, row.ended_by_id),
        revisions=fact_history.of(session, [row]).get(fact_history.key_of(row), []),
    )


@pages.route("/<int:procedure_id>/sua", methods=["GET", "POST"])
@requires(Permission.FACTS_EDIT)
def edit(procedure_id: int) -> Answer:
    """Correct a version, with a reason."""
    session, form = database.session(), ProcedureForm()
    row = entries.PROCEDURES.get(session, procedure_id)
    if row.voided_at is not None:
        raise Conflict("fact.voided")
    if request.method != "POST":
        form.fill(row)
        form.units.data = "; ".join(_codes_of(row))
        form.document.data = yearly.cited(row.document_id)
        correcting.begin(form, row)
    elif form.validate():
        values = _values(form, row)
        if values is not None:
            given = {"why": form.why.data, "revision": correcting.seen(form)}
            try:
                done = entries.correct(session, row.id, values, **given, by=signin.actor(), now=clock.now())
            except Refusal as refusal:
                refusals.show(form, refusal, _FIELDS)
                if refusal.code == "fact.stale":
                    correcting.begin(form, row)
            else:
                flash(_("Đã sửa.") if done else _("Không có gì thay đổi nên không ghi."), "good")
                return redirect(url_for("catalogue.show", procedure_id=row.id))
    return _form(form, row), yearly.status()


@pages.post("/<int:procedure_id>/huy")
@requires(Permission.FACTS_EDIT)
def void(procedure_id: int) -> Answer:
    """Take a version out of the catalogue."""
    session, why = database.session(), request.form.get("why", "")
    back = url_for("catalogue.show", procedure_id=procedure_id)
    try:
        entries.void(session, procedure_id, why=why, by=signin.actor(), now=clock.now())
    except Invalid as refusal:
        name = entries.named(entries.PROCEDURES.get(session, procedure_id))
        return reasons.again(refusal, field="why", title=_("Hủy TTHC"), record=name, back=back)
    flash(_("Đã hủy. Có thể khôi phục ngay tại đây."), "good")
    return redirect(back)


@pages.post("/<int:procedure_id>/khoi-phuc")
@requires(Permission.FACTS_EDIT)
def restore(procedure_id: int) -> Response:
    """Undo a voiding."""
    back = url_for("catalogue.show", procedure_id=procedure_id)
    try:
        entries.restore(database.session(), procedure_id, by=signin.actor(), now=clock.now())
    except Invalid as refusal:
        return refusals.flashed(refusal, back)
    flash(_("Đã khôi phục."), "good")
    return redirect(back)


_FIELDS = {"unit_ids": "units", "valid_to": "last_day"}


def _wanted() -> listing.Wanted:
    asked = request.args.get
    unit, level, online = asked("don-vi", ""), asked("cap", ""), asked("truc-tuyen", "")
    everything, voided = "tat-ca" in request.args, "da-huy" in request.args
    return listing.Wanted(
        None if everything or voided else yearly.day_asked(),
        asked("tim", ""),
        ProcedureLevel(level) if level in set(ProcedureLevel) else None,
        OnlineLevel(online) if online in set(OnlineLevel) else None,
        asked("linh-vuc", ""),
        int(unit) if unit.isascii() and unit.isdigit() and len(unit) < 10 else None,
        voided,
        asked("xep", "ma"),
    )


def _bodies(rows: Sequence[CatalogueProcedure]) -> Iterator[tuple[int, str]]:
    """Version → who settles it, in words."""
    names = listing.unit_names(database.session(), rows)
    for row in rows:
        kinds = set(row.kinds)
        told = [words.label(Block.COMMUNE)] if kinds >= _COMMUNES else []
        told += [words.label(UnitKind(each)) for each in row.kinds if not (kinds >= _COMMUNES and each in _COMMUNES)]
        yield row.id, "; ".join([*told, *(names[each] for each in row.unit_ids if each in names)])


def _codes_of(row: CatalogueProcedure) -> list[str]:
    return list(listing.unit_codes(database.session(), row.unit_ids).values())


def _cells(row: CatalogueProcedure, codes: dict[int, str]) -> list[object]:
    """A version as a row of the table that can be brought in again."""
    kinds = set(row.kinds)
    told = ["cấp xã"] if kinds >= _COMMUNES else []
    told += [each for each in row.kinds if not (kinds >= _COMMUNES and each in _COMMUNES)]
    told += [codes[each] for each in row.unit_ids if each in codes]
    plain = [row.code, row.name, row.field, _vi(row.level), _vi(row.link), _vi(row.online), "; ".join(told)]
    return [*plain, row.deadline_days, row.valid_from.isoformat()]


def _vi(word: Word | None) -> str:
    return "" if word is None else word.vi


def _values(form: ProcedureForm, row: CatalogueProcedure | None = None) -> dict[str, object] | None:
    """What the service takes; None when units or document typed are not found (the form says so)."""
    session, asked = database.session(), form.values()
    known = drafting.codes(session, asked["valid_from"])
    ids, own = [], set(row.unit_ids) if row is not None else set()
    for part in (form.units.data or "").replace(",", ";").split(";"):
        code = part.strip().upper()
        kept = [key for key, each in listing.unit_codes(session, own).items() if each.upper() == code]
        if kept or code in known:
            ids.append(kept[0] if kept else known[code])
        elif code:
            form.units.errors = [*form.units.errors, explain(Invalid("catalogue.unit_code", value=part.strip()))]
    document_id = yearly.document(form.document)
    if form.units.errors or form.document.errors:
        return None
    if not ids and not asked["kinds"]:
        asked["kinds"] = drafting.KINDS_AT.get(asked["level"], [])
    ended = row.ended_by_id if row is not None else None
    return asked | {"unit_ids": ids, "document_id": document_id, "ended_by_id": ended}


def _form(form: ProcedureForm, row: CatalogueProcedure | None) -> str:
    session = database.session()
    fields = listing.fields(session, settings.home_id(session))
    return yearly.page("procedure_form", _ROOM, form=form, row=row, fields=fields)


def _columns() -> list[tuple[str, str]]:
    """The columns of a table with what they hold."""
    told = {
        "code": _("bắt buộc"),
        "name": _("bắt buộc"),
        "field": _("bắt buộc"),
        "level": _("cấp tỉnh, cấp huyện, cấp xã"),
        "link": _("không liên thông, liên thông cùng cấp, liên thông các cấp"),
        "online": _("toàn trình, một phần, cung cấp thông tin"),
        "units": _("mã đơn vị (SKHCN; STC) hoặc loại đơn vị (cấp xã; phường); để trống thì là mọi đơn vị của cấp đó"),
        "deadline_days": _("số ngày làm việc"),
        "valid_from": _("để trống thì lấy ngày nhập ở trên"),
    }
    return [(procedure_table.COLUMNS[name][0], text) for name, text in told.items()]
