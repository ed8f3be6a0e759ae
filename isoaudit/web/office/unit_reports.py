"""Reports that units owe for a period: who sent them on time, late, not; deadlines for a block, days of receipt typed
in the list, corrections. Reminders have a room of their own (`reminders`)."""

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from isoaudit.db import ReportDuty
from isoaudit.domain.access import Permission
from isoaudit.domain.documentwords import short_date
from isoaudit.domain.errors import Conflict, Invalid, Refusal
from isoaudit.domain.reporting import ReportPeriod, ReportState, tally
from isoaudit.domain.vocabulary import Block
from isoaudit.http import clock, database, signin
from isoaudit.http.access import requires
from isoaudit.services import fact_history, reminders, unit_reports
from isoaudit.services.unit_reports import Line, Receipt
from isoaudit.web import correcting, paging, reasons, words
from isoaudit.web.forms import refusals
from isoaudit.web.forms.years import DeadlineForm, DutyForm, ReceiptsForm, ReminderForm, choices, day_or_none
from isoaudit.web.office import changing, yearly

pages = Blueprint("unit_reports", __name__, url_prefix="/bao-cao-don-vi")

Answer = str | Response | tuple[str, int]
_ROOM = "unit_reports.index"
_SORTS = {
    "don-vi": lambda line: line.unit.order,
    "han": lambda line: line.row.due_on,
    "nhan": lambda line: (line.row.received_on is None, line.row.received_on or line.row.due_on),
    "tre": lambda line: line.standing.late_days,
}


@pages.get("")
@requires(Permission.YEARS_READ)
def index() -> str:
    """Everybody who owes the report of a period, as of a day, with the letters sent about it."""
    return _index(ReceiptsForm(formdata=None, data={"day": clock.today()}), _new_reminder())


@pages.post("/nhan")
@requires(Permission.FACTS_EDIT)
def receive() -> Answer:
    """Record the days typed and ticked in the list: all or none."""
    session, form = database.session(), ReceiptsForm()
    if form.validate():
        try:
            receipts = _receipts(form)
            with session.begin_nested():
                made = unit_reports.receive(session, receipts, by=signin.actor(), now=clock.now())
        except Refusal as refusal:
            refusals.show(form, refusal, {"received_on": ""})
        else:
            flash(_("Đã ghi nhận %(made)s báo cáo.", made=made), "good")
            return redirect(_back())
    return _index(form, _new_reminder()), 422


@pages.post("/don-doc")
@requires(Permission.FACTS_EDIT)
def remind() -> Answer:
    """Draft letters to the units ticked."""
    session, form = database.session(), ReminderForm()
    if form.validate():
        try:
            made = reminders.draft(
                session,
                yearly.ticked("bao-cao"),
                form.due_on.data,
                separately=form.how.data == "rieng",
                by=signin.actor(),
                now=clock.now(),
            )
        except Refusal as refusal:
            refusals.show(form, refusal)
        else:
            flash(_("Đã soạn %(made)s công văn đôn đốc. Ghi số, ngày khi phát hành.", made=len(made)), "good")
            if len(made) == 1:
                return redirect(url_for("reminders.show", reminder_id=made[0].id))
            return redirect(_back() + "#don-doc")
    return _index(ReceiptsForm(formdata=None), form), 422


@pages.route("/han", methods=["GET", "POST"])
@requires(Permission.FACTS_EDIT)
def deadlines() -> Answer:
    """Set the deadline for a block or for chosen units."""
    session = database.session()
    given = {"year": yearly.year(()), "period": request.args.get("ky", ReportPeriod.YEAR.value)}
    form = DeadlineForm(data=given if request.method != "POST" else None)
    units = yearly.units_of_year(min(max(form.year.data or clock.today().year, 1900), 2199))
    chosen = yearly.chosen_units(units, (form.block.data or "") if request.method == "POST" else "")
    if form.validate_on_submit():
        try:
            with session.begin_nested():
                done = unit_reports.set_deadlines(
                    session,
                    chosen,
                    form.year.data,
                    ReportPeriod(form.period.data),
                    form.due_on.data,
                    why=form.why.data,
                    by=signin.actor(),
                    now=clock.now(),
                )
        except Refusal as refusal:
            refusals.show(form, refusal)
        else:
            said = _("Đã giao hạn cho %(added)s đơn vị, đổi hạn của %(moved)s đơn vị, %(same)s đơn vị giữ nguyên.")
            flash(said % {"added": done.added, "moved": done.moved, "same": done.same}, "good")
            return redirect(url_for(_ROOM, nam=form.year.data, ky=form.period.data))
    page = yearly.page("deadlines", _ROOM, form=form, units=units, chosen=set(chosen))
    return page, yearly.status()


@pages.get("/tai.csv")
@requires(Permission.YEARS_READ)
def download() -> Response:
    """The list as shown: with `?tinh-trang=not_sent` the units that sent none."""
    year, period = _period()
    head = [_("Mã đơn vị"), _("Đơn vị"), _("Hạn"), _("Ngày nhận"), _("Số báo cáo"), _("Tình trạng"), _("Số ngày trễ")]
    rows = [
        [
            line.unit.code,
            line.unit.name,
            short_date(line.row.due_on),
            short_date(line.row.received_on) if line.row.received_on else "",
            line.row.number,
            words.label(line.standing.state),
            line.standing.late_days or "",
        ]
        for line in _shown(_found(unit_reports.lines(database.session(), year, period, yearly.day_asked())))
    ]
    return yearly.csv(f"bao-cao-don-vi-{year}-{period.value}.csv", head, rows)


@pages.route("/<int:duty_id>", methods=["GET", "POST"])
@requires(Permission.FACTS_EDIT)
def edit(duty_id: int) -> Answer:
    """Correct deadline, receipt or note of one report; its letters and history stand below."""
    session, form = database.session(), DutyForm()
    row = unit_reports.DUTIES.get(session, duty_id)
    if request.method != "POST":
        form.fill(row)
        form.document.data = yearly.cited(row.document_id)
        correcting.begin(form, row)
    elif row.voided_at is not None:
        raise Conflict("fact.voided")
    elif form.validate():
        values = form.values() | {"document_id": yearly.document(form.document)}
        done = changing.corrected(unit_reports, form, row, values, _to(row)) if not form.document.errors else None
        if done is not None:
            return done
    lines = unit_reports.of_unit(session, row.unit_id, clock.today())
    page = yearly.page(
        "duty",
        _ROOM,
        form=form,
        row=row,
        line=next((line for line in lines if line.row.id == row.id), None),
        others=[line for line in lines if line.row.id != row.id],
        letters=reminders.reminded(session, [row.id]).get(row.id, []),
        revisions=fact_history.of(session, [row]).get(fact_history.key_of(row), []),
    )
    return page, yearly.status()


@pages.post("/<int:duty_id>/huy")
@requires(Permission.FACTS_EDIT)
def void(duty_id: int) -> Answer:
    """The unit does not owe this report."""
    session, why = database.session(), request.form.get("why", "")
    try:
        row = unit_reports.void(session, duty_id, why=why, by=signin.actor(), now=clock.now())
    except Invalid as refusal:
        name, back = _("Hạn báo cáo"), url_for("unit_reports.edit", duty_id=duty_id)
        return reasons.again(refusal, field="why", title=_("Bỏ hạn báo cáo"), record=name, back=back)
    flash(_("Đã bỏ hạn báo cáo của đơn vị. Có thể khôi phục trong danh sách đã hủy."), "good")
    return redirect(url_for(_ROOM, nam=row.year, ky=row.period))


@pages.post("/<int:duty_id>/khoi-phuc")
@requires(Permission.FACTS_EDIT)
def restore(duty_id: int) -> Response:
    """Undo that."""
    return changing.restored(unit_reports, duty_id, _to(unit_reports.DUTIES.get(database.session(), duty_id)))


def _index(receipts: ReceiptsForm, reminder: ReminderForm) -> str:
    session = database.session()
    known = unit_reports.periods(session)
    year, period = _period()
    day = yearly.day_asked()
    voided = "da-huy" in request.args
    lines = unit_reports.lines(session, year, period, day, voided=voided)
    found = _found(lines)
    states = [("", _("Tất cả"), len(found))]
    states += [
        (each.value, words.label(each), sum(line.standing.state is each for line in found)) for each in ReportState
    ]
    page = paging.cut(_shown(found))
    return yearly.page(
        "reports",
        _ROOM,
        page=page,
        total=len(lines),
        year=year,
        period=period,
        day=day,
        voided=voided,
        years=yearly.offered({each for each, _period in known}, year),
        periods=[(each.value, str(each.label)) for each in choices(ReportPeriod)],
        blocks=[(each.value, words.label(each)) for each in Block],
        tallies=unit_reports.tallies(lines),
        whole=tally([line.standing.state for line in lines]),
        states=states,
        letters=reminders.lines(session, year, period),
        reminded=reminders.reminded(session, [line.row.id for line in page.rows]),
        receipts=receipts,
        reminder=reminder,
        ticked=set(yearly.ticked("bao-cao")),
        typed=request.form,
        not_sent=ReportState.NOT_SENT,
    )


def _period() -> tuple[int, ReportPeriod]:
    """The period asked for, else the latest one with reports owed."""
    known = unit_reports.periods(database.session())
    year = yearly.year([each for each, _period in known])
    asked = request.args.get("ky", "")
    if asked in set(ReportPeriod):
        return year, ReportPeriod(asked)
    return year, next((period for each, period in known if each == year), ReportPeriod.YEAR)


def _found(lines: list[Line]) -> list[Line]:
    wanted, block = request.args.get("tim", ""), request.args.get("khoi", "")
    return [
        line
        for line in lines
        if yearly.matches(wanted, line.unit.name, line.unit.code) and block in ("", line.unit.block.value)
    ]


def _shown(lines: list[Line]) -> list[Line]:
    state, order = request.args.get("tinh-trang", ""), request.args.get("xep", "")
    shown = [line for line in lines if state in ("", line.standing.state.value)]
    if order.removeprefix("-") in _SORTS:
        shown = sorted(shown, key=_SORTS[order.removeprefix("-")], reverse=order.startswith("-"))
    return shown


def _receipts(form: ReceiptsForm) -> list[Receipt]:
    """The rows that are ticked or have a day of their own. Raises `Invalid` for a text that is no day."""
    found = []
    ticked = set(yearly.ticked("bao-cao"))
    for key in yearly.ticked("dong"):
        typed = request.form.get(f"ngay-{key}", "").strip()
        day = day_or_none(typed) if typed else form.day.data if key in ticked else None
        if typed and day is None:
            raise Invalid(
                "reporting.day_form", field="received_on", unit=request.form.get(f"ten-{key}", ""), value=typed
            )
        if day is not None:
            found.append(Receipt(key, day, " ".join(request.form.get(f"so-{key}", "").split())[:64] or None))
    return found


def _new_reminder() -> ReminderForm:
    return ReminderForm(formdata=None)


def _back() -> str:
    """The list as it was shown."""
    return paging.carry(_ROOM)


def _to(row: ReportDuty) -> str:
    return url_for(_ROOM, nam=row.year, ky=row.period, _anchor=f"bao-cao-{row.id}")
