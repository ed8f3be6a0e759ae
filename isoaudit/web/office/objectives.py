"""Quality objectives of a year: the list with its counts, entering for one or many units, copying from last year,
results, corrections."""

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from isoaudit.domain.access import Permission
from isoaudit.domain.errors import Conflict, Invalid, Refusal
from isoaudit.domain.text import sort_key
from isoaudit.domain.vocabulary import Block
from isoaudit.http import clock, database, signin
from isoaudit.http.access import requires
from isoaudit.services import fact_history, objectives
from isoaudit.services.objectives import Line
from isoaudit.web import correcting, paging, reasons, words
from isoaudit.web.forms import refusals
from isoaudit.web.forms.years import ObjectiveForm, YearForm
from isoaudit.web.office import changing, yearly

pages = Blueprint("objectives", __name__, url_prefix="/muc-tieu")

Answer = str | Response | tuple[str, int]
_ROOM = "objectives.index"
_STATES = {"dat": True, "khong-dat": False, "chua-co": None}
_SORTS = {
    "don-vi": lambda line: line.unit.order,
    "muc-tieu": lambda line: sort_key(line.row.objective),
    "danh-gia": lambda line: {True: 0, False: 1, None: 2}[line.row.met],
}


@pages.get("")
@requires(Permission.YEARS_READ)
def index() -> str:
    """The objectives of a year with their counts."""
    session = database.session()
    known = objectives.years(session)
    year, voided = yearly.year(known), "da-huy" in request.args
    lines = objectives.of_year(session, year, voided=voided)
    found = _found(lines)
    judged = [("", _("Tất cả"), len(found))]
    names = {"dat": _("Đạt"), "khong-dat": _("Không đạt"), "chua-co": _("Chưa có kết quả")}
    judged += [(key, names[key], sum(line.row.met is met for line in found)) for key, met in _STATES.items()]
    state = request.args.get("danh-gia", "")
    shown = [line for line in found if state not in _STATES or line.row.met is _STATES[state]]
    order = request.args.get("xep", "")
    if order.removeprefix("-") in _SORTS:
        shown = sorted(shown, key=_SORTS[order.removeprefix("-")], reverse=order.startswith("-"))
    return yearly.page(
        "objectives",
        _ROOM,
        page=paging.cut(shown),
        year=year,
        years=yearly.offered(known, year),
        voided=voided,
        total=len(lines),
        judged=judged,
        summary=objectives.summary(lines),
        blocks=objectives.by_block(lines),
        all_blocks=[(each.value, words.label(each)) for each in Block],
        units=len(yearly.units_of_year(year)),
    )


@pages.get("/tai.csv")
@requires(Permission.YEARS_READ)
def download() -> Response:
    """The list as shown."""
    session = database.session()
    year = yearly.year(objectives.years(session))
    head = [
        *(_("Mã đơn vị"), _("Đơn vị"), _("Mục tiêu chất lượng"), _("Cách đo"), _("Chỉ tiêu"), _("Kết quả")),
        *(_("Kết quả tính đến ngày"), _("Đánh giá"), _("Nguồn số liệu")),
    ]
    names = {True: _("Đạt"), False: _("Không đạt"), None: ""}
    rows = [
        [
            *(line.unit.code, line.unit.name, row.objective, row.measure, row.target, row.result, row.result_on),
            *(names[row.met], row.source),
        ]
        for line in _found(objectives.of_year(session, year))
        for row in [line.row]
    ]
    return yearly.csv(f"muc-tieu-chat-luong-{year}.csv", head, rows)


@pages.route("/them", methods=["GET", "POST"])
@requires(Permission.FACTS_EDIT)
def add() -> Answer:
    """An objective for one or many units."""
    session = database.session()
    form = ObjectiveForm(data={"year": yearly.year(())} if request.method != "POST" else None)
    del form.why, form.revision
    year = form.year.data or clock.today().year
    units = yearly.units_of_year(min(max(year, 1900), 2199))
    block = request.form.get("block", "")
    chosen = yearly.chosen_units(units, block if block in set(Block) else "")
    if request.method != "POST":
        chosen = [each.id for each in units if str(each.id) == request.args.get("don-vi")]
    if form.validate_on_submit():
        document_id = yearly.document(form.document)
        if not form.document.errors:
            values = form.values() | {"document_id": document_id}
            try:
                made = objectives.enter(session, chosen, values, by=signin.actor(), now=clock.now())
            except Refusal as refusal:
                refusals.show(form, refusal)
            else:
                flash(_("Đã ghi mục tiêu cho %(made)s đơn vị.", made=made), "good")
                return redirect(url_for(_ROOM, nam=form.year.data))
    page = yearly.page(
        "objective_form", _ROOM, form=form, row=None, units=units, chosen=set(chosen), blocks=list(Block), block=block
    )
    return page, yearly.status()


@pages.route("/sao-chep", methods=["GET", "POST"])
@requires(Permission.FACTS_EDIT)
def copy() -> Answer:
    """Give units the objectives of the year before."""
    session = database.session()
    form = YearForm(data={"year": yearly.year(())} if request.method != "POST" else None)
    year = min(max(form.year.data or clock.today().year, 1901), 2199)
    units = yearly.units_of_year(year)
    block = request.form.get("block", "")
    if form.validate_on_submit():
        chosen = yearly.chosen_units(units, block if block in set(Block) else "")
        try:
            if not chosen:
                raise Invalid("objective.no_units", field="units")
            made = objectives.copy(session, chosen, year, by=signin.actor(), now=clock.now())
        except Refusal as refusal:
            refusals.show(form, refusal)
        else:
            said = _("Đã sao chép %(made)s mục tiêu từ năm %(before)s.", made=made, before=year - 1)
            flash(said if made else _("Không có mục tiêu nào để sao chép."), "good" if made else "warn")
            return redirect(url_for(_ROOM, nam=year))
    having = {line.unit.id for line in objectives.of_year(session, year - 1)}
    page = yearly.page(
        "objectives_copy", _ROOM, form=form, year=year, units=units, having=having, blocks=list(Block), block=block
    )
    return page, yearly.status()


@pages.route("/<int:objective_id>", methods=["GET", "POST"])
@requires(Permission.FACTS_EDIT)
def edit(objective_id: int) -> Answer:
    """Correct an objective, or record its result; its history stands below."""
    session, form = database.session(), ObjectiveForm()
    row = objectives.OBJECTIVES.get(session, objective_id)
    if request.method != "POST":
        form.fill(row)
        form.document.data = yearly.cited(row.document_id)
        correcting.begin(form, row)
    elif row.voided_at is not None:
        raise Conflict("fact.voided")
    elif form.validate():
        values = form.values() | {"document_id": yearly.document(form.document)}
        back = _to(row.year, row.id)
        done = changing.corrected(objectives, form, row, values, back) if not form.document.errors else None
        if done is not None:
            return done
    line = _line(row.year, row.id, voided=row.voided_at is not None)
    revisions = fact_history.of(session, [row]).get(fact_history.key_of(row), [])
    page = yearly.page("objective_form", _ROOM, form=form, row=row, line=line, revisions=revisions)
    return page, yearly.status()


@pages.post("/<int:objective_id>/huy")
@requires(Permission.FACTS_EDIT)
def void(objective_id: int) -> Answer:
    """Take an objective out of every count."""
    session, why = database.session(), request.form.get("why", "")
    try:
        row = objectives.void(session, objective_id, why=why, by=signin.actor(), now=clock.now())
    except Invalid as refusal:
        name = objectives.OBJECTIVES.get(session, objective_id).objective
        back = url_for("objectives.edit", objective_id=objective_id)
        return reasons.again(refusal, field="why", title=_("Hủy mục tiêu"), record=name, back=back)
    flash(_("Đã hủy mục tiêu. Có thể khôi phục trong danh sách đã hủy."), "good")
    return redirect(url_for(_ROOM, nam=row.year))


@pages.post("/<int:objective_id>/khoi-phuc")
@requires(Permission.FACTS_EDIT)
def restore(objective_id: int) -> Response:
    """Undo a voiding."""
    row = objectives.OBJECTIVES.get(database.session(), objective_id)
    return changing.restored(objectives, objective_id, _to(row.year, row.id))


def _found(lines: list[Line]) -> list[Line]:
    words_asked, block = request.args.get("tim", ""), request.args.get("khoi", "")
    return [
        line
        for line in lines
        if yearly.matches(words_asked, line.unit.fold, line.unit.name, line.row.objective)
        and block in ("", line.unit.block.value)
    ]


def _line(year: int, objective_id: int, *, voided: bool) -> Line | None:
    lines = objectives.of_year(database.session(), year, voided=voided)
    return next((line for line in lines if line.row.id == objective_id), None)


def _to(year: int, objective_id: int) -> str:
    return url_for(_ROOM, nam=year, _anchor=f"muc-tieu-{objective_id}")
