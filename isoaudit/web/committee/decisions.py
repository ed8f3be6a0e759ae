"""The committee's decisions: the list as of a day, one decision with its follow-up, recording and correcting.

The committee decides, extends, drops and takes up again; the standing office reports how far a decision has come.
"""

from datetime import date
from itertools import chain

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from isoaudit.domain.access import Permission
from isoaudit.domain.decision import DecisionState, StepKind
from isoaudit.domain.errors import Conflict, Forbidden, Invalid, Refusal
from isoaudit.domain.text import fold
from isoaudit.http import clock, database, signin
from isoaudit.http.access import allowed, requires
from isoaudit.services import decisions, documents, fact_history, register
from isoaudit.services.decisions import DecisionLine, Follow
from isoaudit.web import correcting, paging, reasons, words
from isoaudit.web.committee.board import Matter
from isoaudit.web.committee.look import Look, looking
from isoaudit.web.forms import refusals
from isoaudit.web.forms.decisions import DecisionForm, FollowForm

pages = Blueprint("decisions", __name__, url_prefix="/quyet-dinh")

_OF_OFFICE = (StepKind.PROGRESS, StepKind.DONE)
Answer = str | Response | tuple[str, int]


@pages.get("")
@requires(Permission.DASHBOARD_READ)
@looking
def index(look: Look) -> str:
    """The decisions made by the cut-off day: those to be carried out first."""
    lines = decisions.listed(look.session, look.as_of)
    asked, wanted = request.args.get("muc", ""), fold(request.args.get("tim", "")).split()
    found = [line for line in lines if all(word in fold(_text(line)) for word in wanted)]
    states = [(each.value, words.label(each), sum(line.state is each for line in found)) for each in DecisionState]
    shown = [line for line in found if not asked or line.state == asked]
    return render_template(
        "web/committee/decisions.html",
        look=look,
        page=paging.cut(shown),
        states=[("", _("Tất cả"), len(found)), *(each for each in states if each[2])],
        total=len(lines),
        voided=decisions.voided(look.session),
    )


@pages.route("/them", methods=["GET", "POST"])
@requires(Permission.DECISION_WRITE)
def add() -> Answer:
    """Record a decision."""
    form = DecisionForm()
    del form.why, form.revision
    if request.method != "POST":
        form.decided_on.data, form.unit.data = clock.today(), request.args.get("don-vi", "")
    elif form.validate():
        session = database.session()
        try:
            row = decisions.enter(session, _values(form), by=signin.actor(), now=clock.now())
        except Refusal as refusal:
            refusals.show(form, refusal)
        else:
            flash(_("Đã ghi quyết định."), "good")
            return redirect(url_for("decisions.show", decision_id=row.id), 303)
    return _form(form, None), _status()


@pages.get("/<int:decision_id>")
@requires(Permission.DASHBOARD_READ)
def show(decision_id: int) -> Answer:
    """One decision with its follow-up and history."""
    return _page(decision_id, FollowForm(on_day=clock.today()))


@pages.post("/<int:decision_id>/tien-do")
@requires(Permission.DECISION_FOLLOW)
def follow(decision_id: int) -> Answer:
    """The office reports how far it has come."""
    if request.form.get("kind") not in (None, *_OF_OFFICE):
        raise Forbidden("decision.committee_only")
    return _take(decision_id)


@pages.post("/<int:decision_id>/theo-doi")
@requires(Permission.DECISION_WRITE)
def steer(decision_id: int) -> Answer:
    """The committee reports, extends, ends or takes up again."""
    return _take(decision_id)


def _take(decision_id: int) -> Answer:
    session, form = database.session(), FollowForm()
    form.offer(list(StepKind))
    if not form.validate():
        return _page(decision_id, form), 422
    try:
        kind = StepKind(form.kind.data)
        told = Follow(kind, form.on_day.data, form.text.data, form.due_on.data, _document(form.document.data))
        decisions.follow_up(session, decision_id, told, by=signin.actor(), now=clock.now())
    except Refusal as refusal:
        if refusal.status not in (409, 422):
            raise
        session.rollback()
        refusals.show(form, refusal)
        return _page(decision_id, form), refusal.status
    flash(_("Đã ghi việc theo dõi."), "good")
    return redirect(url_for("decisions.show", decision_id=decision_id), 303)


@pages.route("/<int:decision_id>/sua", methods=["GET", "POST"])
@requires(Permission.DECISION_WRITE)
def edit(decision_id: int) -> Answer:
    """Correct what was recorded, with a reason."""
    session, form = database.session(), DecisionForm()
    line = decisions.get(session, decision_id, date.max)
    present = False
    if request.method != "POST":
        cited = documents.cited_as(line.document) if line.document else ""
        form.fill(line.row, line.unit.code if line.unit else "", cited)
        correcting.begin(form, line.row)
    elif line.row.voided_at is not None:
        raise Conflict("fact.voided")
    elif form.validate():
        try:
            changed = decisions.correct(
                session,
                decision_id,
                _values(form),
                why=form.why.data,
                revision=correcting.seen(form),
                by=signin.actor(),
                now=clock.now(),
            )
        except Refusal as refusal:
            present = correcting.refused(form, refusal, line.row)
        else:
            flash(_("Đã cập nhật.") if changed else _("Không có gì thay đổi nên không ghi."), "good")
            return redirect(url_for("decisions.show", decision_id=decision_id), 303)
    return _form(form, line, present=present), _status()


@pages.post("/<int:decision_id>/huy")
@requires(Permission.DECISION_WRITE)
def void(decision_id: int) -> Answer:
    """Take a decision recorded by mistake off the lists."""
    session, why = database.session(), request.form.get("why", "")
    try:
        decisions.void(session, decision_id, why=why, by=signin.actor(), now=clock.now())
    except Invalid as refusal:
        name, back = (
            decisions.DECISIONS.get(session, decision_id).text,
            url_for("decisions.show", decision_id=decision_id),
        )
        return reasons.again(refusal, field="why", title=_("Hủy quyết định ghi nhầm"), record=name, back=back)
    flash(_("Đã hủy. Có thể khôi phục ở cuối danh sách."), "good")
    return redirect(url_for("decisions.index"), 303)


@pages.post("/<int:decision_id>/khoi-phuc")
@requires(Permission.DECISION_WRITE)
def restore(decision_id: int) -> Response:
    """Undo a voiding."""
    decisions.restore(database.session(), decision_id, by=signin.actor(), now=clock.now())
    flash(_("Đã khôi phục."), "good")
    return redirect(url_for("decisions.show", decision_id=decision_id), 303)


def matters(look: Look) -> list[Matter]:
    """What the dashboard says of decisions that are to be carried out; only what there is."""
    states = [line.state for line in decisions.listed(look.session, look.as_of)]
    told = (
        (_("Quyết định của Ban Chỉ đạo quá hạn thực hiện"), DecisionState.OVERDUE, "bad", "clock"),
        (_("Quyết định của Ban Chỉ đạo đang thực hiện"), DecisionState.OPEN, "mute", "flag"),
    )
    return [
        Matter(name, states.count(state), tone, icon, look.link("decisions.index", muc=state.value))
        for name, state, tone, icon in told
        if state in states
    ]


def _page(decision_id: int, form: FollowForm) -> str:
    session, today = database.session(), clock.today()
    line = decisions.get(session, decision_id, today)
    day = _asked_day(today)
    fitting = [each for each in StepKind if (each is StepKind.REOPENED) is not line.state.pending]
    form.offer([each for each in fitting if each in _OF_OFFICE or allowed(Permission.DECISION_WRITE)])
    return render_template(
        "web/committee/decision.html",
        line=line,
        form=form,
        day=day,
        standing=line.on(day),
        revisions=fact_history.of(session, [line.row]).get(("decision", line.row.id), []),
    )


def _asked_day(today: date) -> date:
    """The day of the list that led here, not after today."""
    try:
        return min(date.fromisoformat(request.args.get("ngay", "")), today)
    except ValueError:
        return today


def _form(form: DecisionForm, line: DecisionLine | None, *, present: bool = False) -> str:
    session = database.session()
    return render_template(
        "web/committee/decision_form.html",
        form=form,
        line=line,
        units=register.as_of(session, form.decided_on.data or clock.today()),
        present=present,
    )


def _values(form: DecisionForm) -> dict[str, object]:
    """The columns; raises `Invalid` for a unit or document that is not there."""
    session = database.session()
    unit = None
    if form.unit.data:
        unit = decisions.unit_named(session, form.unit.data, form.decided_on.data).id
    return form.values(unit, _document(form.document.data))


def _document(typed: str | None) -> int | None:
    return documents.resolve(database.session(), typed).id if typed else None


def _text(line: DecisionLine) -> str:
    named = (line.name, line.document.number if line.document else "")
    return " ".join(chain((line.row.text, line.row.addressed_to), named))


def _status() -> int:
    return 422 if request.method == "POST" else 200
