"""Nonconformities: the list with its filters, and one with its life."""

from collections.abc import Callable
from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import SelectChoice

from isoaudit.domain.access import Permission, Scope, scope
from isoaudit.domain.errors import NotFound, Refusal
from isoaudit.domain.nonconformity import NEXT_STATES
from isoaudit.domain.vocabulary import AuditState, Grade, NonconformityState, Outcome
from isoaudit.http import clock, database
from isoaudit.http.access import allowed, requires
from isoaudit.http.signin import actor
from isoaudit.services import documents, register
from isoaudit.services.audits import reading
from isoaudit.services.nonconformities import handling, listing
from isoaudit.web import paging, words
from isoaudit.web.audits.blueprint import province_id
from isoaudit.web.audits.lists import word
from isoaudit.web.forms import refusals
from isoaudit.web.forms.audits import AnswerForm, CloseForm, ExtendForm, ImplementForm, ReasonForm

pages = Blueprint("nonconformities", __name__, url_prefix="/diem-khong-phu-hop")
OVERDUE = "qua-han"
FORMS: dict[str, type[FlaskForm]] = {
    "gia-han": ExtendForm,
    "giai-trinh": AnswerForm,
    "khac-phuc": ImplementForm,
    "tra-lai": ReasonForm,
    "bao-luu": ReasonForm,
    "dong": CloseForm,
}


@pages.get("")
@requires(Permission.NONCONFORMITY_READ)
def index() -> str:
    """The list; a unit officer sees those of the own unit."""
    session = database.session()
    province = province_id(session)
    asked = request.args.get("tinh-trang", "")
    year = request.args.get("nam", "")
    filters = listing.Filters(
        state=word(NonconformityState, asked),
        overdue=asked == OVERDUE,
        year=int(year) if year.isdecimal() and len(year) == 4 else None,
        grade=word(Grade, request.args.get("muc", "")),
        unit_ids=_own_units(),
        text=request.args.get("tim", ""),
    )
    everything = listing.listed(session, province, listing.Filters(unit_ids=filters.unit_ids), today=clock.today())
    years = sorted({each.raised_on.year for each in everything if each.raised_on}, reverse=True)
    chips = [("", _("Tất cả"), len(everything))]
    chips += [
        (each.value, words.label(each), sum(one.state is each for one in everything)) for each in NonconformityState
    ]
    chips.append((OVERDUE, _("quá hạn"), sum(one.overdue(clock.today()) for one in everything)))
    return render_template(
        "web/nonconformities/index.html",
        page=paging.cut(listing.listed(session, province, filters, today=clock.today())),
        choices=chips,
        years=[(each, each) for each in years],
        grades=[(each.value, words.label(each)) for each in (Grade.MINOR, Grade.MAJOR)],
        today=clock.today(),
    )


@pages.get("/<path:reference>/<code>")
@requires(Permission.NONCONFORMITY_READ)
def show(reference: str, code: str) -> str:
    """One nonconformity with its history and the steps that may follow."""
    return _show(reference, code, None, None)


@pages.post("/<path:reference>/<code>/<step>")
@requires(Permission.NONCONFORMITY_HANDLE)
def handle(reference: str, code: str, step: str) -> str | Response | tuple[str, int]:
    """One step of its life."""
    if step not in FORMS:
        raise NotFound("page.not_found")
    form = _form(step)
    session = database.session()
    if form.validate():
        try:
            _take(step, form, reference, code)
        except Refusal as refusal:
            if refusal.status not in (409, 422):
                raise
            session.rollback()
            refusals.show(form, refusal, {"text": "reason"} if step == "bao-luu" else None)
            return _show(reference, code, step, form), refusal.status
        flash(_("Đã ghi cho điểm không phù hợp %(name)s.", name=f"{reference} {code}"), "good")
        return redirect(url_for("nonconformities.show", reference=reference, code=code), 303)
    return _show(reference, code, step, form), 422


def _take(step: str, form: FlaskForm, reference: str, code: str) -> None:
    session = database.session()
    given = {name: field.data for name, field in form._fields.items() if name != "csrf_token"}
    if "document" in given:
        typed = (given.pop("document") or "").strip()
        given["document_id"] = documents.resolve(session, typed).id if typed else None
    if step == "dong":
        given["closed_on"], given["outcome"] = given.pop("on_day"), Outcome(given["outcome"])
    if step == "bao-luu":
        given["text"] = given.pop("reason")
    steps: dict[str, Callable[..., object]] = {
        "gia-han": handling.extend,
        "giai-trinh": handling.answer,
        "khac-phuc": handling.implement,
        "tra-lai": handling.send_back,
        "bao-luu": handling.contest,
        "dong": handling.close,
    }
    steps[step](session, province_id(session), reference, code, by=actor(), now=clock.now(), **given)


def _show(reference: str, code: str, step: str | None, form: FlaskForm | None) -> str:
    session = database.session()
    province = province_id(session)
    found = handling.find(session, province, reference, code)
    own = _own_units()
    if own is not None and found.unit.id not in own:
        raise NotFound("nonconformity.unknown", record=f"{reference} {code}")
    audit = reading.find(session, province, reference)
    forms = {name: _form(name) for name in _open_steps(found)}
    stands = _has_minutes(found)
    for name in forms:
        for field in ("on_day", "closed_on"):
            if field in forms[name]._fields and forms[name]._fields[field].data is None:
                forms[name]._fields[field].data = clock.today()
    if step is not None and form is not None:
        forms[step] = form
    closing = forms.get("dong")
    if isinstance(closing, CloseForm) and found.row.state is not NonconformityState.IMPLEMENTED:
        closing.outcome.choices = _outcomes(verified=False)
    return render_template(
        "web/nonconformities/show.html",
        found=found,
        audit=audit,
        criterion=audit.checklist.criterion(code),
        events=handling.events(session, found),
        forms=forms,
        step=step,
        overdue=stands and _overdue(found, clock.today()),
        stands=stands,
        next_step=next((each for each in ("khac-phuc", "giai-trinh") if each in forms), None),
    )


def _open_steps(found: handling.Handled) -> list[str]:
    """The steps to offer: by the state, and the right to handle."""
    state = found.row.state
    if not allowed(Permission.NONCONFORMITY_HANDLE) or state is NonconformityState.CLOSED:
        return []
    if found.row.voided_at or not _has_minutes(found):
        return []
    steps = []
    if state in (NonconformityState.OPEN, NonconformityState.ANSWERED):
        steps.append("giai-trinh")
    if NonconformityState.IMPLEMENTED in NEXT_STATES[state]:
        steps.append("khac-phuc")
    if state is NonconformityState.IMPLEMENTED:
        steps.append("tra-lai")
    return [*steps, "dong", "gia-han", "bao-luu"]


def _form(step: str) -> FlaskForm:
    form = FORMS[step](prefix=step)
    if isinstance(form, CloseForm):
        form.outcome.choices = _outcomes(verified=True)
    return form


def _outcomes(*, verified: bool) -> list[SelectChoice]:
    """How it may end; what was not reported as implemented cannot be offered as verified."""
    return [SelectChoice(each.value, words.label(each)) for each in Outcome if verified or each is not Outcome.VERIFIED]


def _has_minutes(found: handling.Handled) -> bool:
    """Whether its audit has minutes at present; a reopened one has none, and nothing of it is handled."""
    return found.audit.state in (AuditState.MINUTED, AuditState.CONCLUDED)


def _overdue(found: handling.Handled, today: date) -> bool:
    due = found.row.due_on
    return found.row.closed_on is None and found.row.voided_at is None and due is not None and due < today


def _own_units() -> tuple[int, ...] | None:
    """The rows of the register whose nonconformities the person may see (a unit that was renamed or recoded is one);
    None for all."""
    if any(scope(role, Permission.NONCONFORMITY_READ) is Scope.ALL for role in current_user.role_set):
        return None
    return tuple(register.one_unit(database.session(), current_user.units))
