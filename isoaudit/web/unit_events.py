"""The page "Sắp xếp đơn vị": arrangements of units as the office enters them, each with its consequences shown before
it is saved. Units are looked for without diacritics and ticked; all works without JavaScript."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from isoaudit.db import UnitEvent
from isoaudit.domain.access import Permission
from isoaudit.domain.errors import Conflict, Invalid, Refusal
from isoaudit.domain.unit import ONE_DAY
from isoaudit.domain.unit_event import Plan, Receiver
from isoaudit.domain.unit_event_words import EventKind, OpenFindings, PlannedAudits
from isoaudit.domain.vocabulary import Block, UnitKind
from isoaudit.http import clock, database, signin
from isoaudit.http.access import requires
from isoaudit.services import documents, fact_history, register, settings
from isoaudit.services.unit_events import looking, writing
from isoaudit.services.unit_events.entries import Entry, get
from isoaudit.web import correcting, paging, reasons, words
from isoaudit.web.forms import refusals
from isoaudit.web.forms.unit_events import MOST_PARTS, NEW, ArrangementForm
from isoaudit.web.office import picking
from isoaudit.web.units import pages

Answer = str | Response | tuple[str, int]
SLUGS = {
    EventKind.MERGE: "sap-nhap",
    EventKind.SPLIT: "chia-tach",
    EventKind.CHANGE: "doi-ten",
    EventKind.DISSOLVE: "giai-the",
}
_KIND_OF = {slug: kind for kind, slug in SLUGS.items()}
_ADD = f"/sap-xep/them/<any({', '.join(repr(slug) for slug in SLUGS.values())}):slug>"
OFFERED = 30


@dataclass(frozen=True, slots=True)
class Choosing:
    """Units ticked, and those that a search offers besides. `name` is that of the boxes, `asked` what was typed."""

    name: str
    chosen: tuple[register.UnitLine, ...]
    offered: tuple[register.UnitLine, ...]
    asked: str
    total: int


@pages.get("/sap-xep")
@requires(Permission.REGISTER_READ)
def events() -> str:
    """The arrangements entered, newest first."""
    session = database.session()
    home = settings.home(session).id
    lines = looking.listing(session, home)
    kind, withdrawn = request.args.get("loai", ""), "da-huy" in request.args
    shown = [each for each in lines if (each.event.voided_at is not None) is withdrawn]
    tallies = [("", _("Tất cả"), len(shown))]
    counts = Counter(line.event.kind for line in shown)
    tallies += [(each.value, words.label(each), counts[each]) for each in EventKind if counts[each]]
    page = paging.cut([each for each in shown if kind in ("", each.event.kind)])
    some = any(each.event.voided_at for each in lines)
    return render_template(
        "web/units/events.html",
        page=page,
        tallies=tallies,
        slugs=SLUGS,
        withdrawn=withdrawn,
        some_withdrawn=some,
        loaded=looking.loaded(session, home, lines),
    )


@pages.get("/sap-xep/<int:event_id>")
@requires(Permission.REGISTER_READ)
def event(event_id: int) -> str:
    """One arrangement: its decision, what it did, its history."""
    session = database.session()
    found = get(session, settings.home(session).id, event_id)
    return render_template(
        "web/units/event.html",
        event=found,
        document=documents.get(session, found.document_id),
        seen=None if found.voided_at else looking.consequences(session, found),
        revisions=[_in_words(each) for each in fact_history.of(session, [found]).get(fact_history.key_of(found), [])],
        known_from=register.known_from(session) or clock.today(),
    )


@pages.route(_ADD, methods=["GET", "POST"])
@requires(Permission.REGISTER_EDIT)
def add_event(slug: str) -> Answer:
    """A new arrangement of one kind."""
    return _edit(_KIND_OF[slug], None)


@pages.route("/sap-xep/<int:event_id>/sua", methods=["GET", "POST"])
@requires(Permission.REGISTER_EDIT)
def edit_event(event_id: int) -> Answer:
    """Correct an arrangement, with a reason."""
    session = database.session()
    found = get(session, settings.home(session).id, event_id)
    if found.voided_at is not None:
        raise Conflict("fact.voided")
    return _edit(EventKind(found.kind), found)


@pages.post("/sap-xep/<int:event_id>/huy")
@requires(Permission.REGISTER_EDIT)
def withdraw_event(event_id: int) -> Answer:
    """Take an arrangement back, with a reason."""
    session, why = database.session(), request.form.get("why", "")
    back = url_for("units.event", event_id=event_id)
    try:
        writing.withdraw(session, settings.home(session).id, event_id, why=why, by=signin.actor(), now=clock.now())
    except (Invalid, Conflict) as refusal:
        if isinstance(refusal, Invalid) and refusal.details.get("field") == "why":
            return reasons.again(refusal, field="why", title=_("Hủy lần sắp xếp"), record="", back=back)
        return _told(refusal, back)
    flash(_("Đã hủy lần sắp xếp. Danh sách đơn vị trở lại như trước."), "good")
    return redirect(back)


def _in_words(revised: fact_history.Revised) -> fact_history.Revised:
    """A revision whose change of units is told by their names."""
    changed = {name: pair for name, pair in revised.changed.items() if name not in ("planned", "done")}
    if "done" in revised.changed:
        before, after = (" → ".join((", ".join(d["before"]), ", ".join(d["after"]))) for d in revised.changed["done"])
        changed[_("các đơn vị")] = (before, after)
    return replace(revised, changed=changed)


def _told(refusal: Refusal, back: str) -> Response:
    return refusals.flashed(Invalid(refusal.code, **refusal.details), back)


def _edit(kind: EventKind, standing: UnitEvent | None) -> Answer:
    """The form: searching and adding a part show it again, "xem" shows what would happen, "ghi" saves what was seen."""
    session = database.session()
    form, entered = ArrangementForm(), Entry.of(standing) if standing else None
    if request.method != "POST" and standing is not None and entered is not None:
        _fill(form, standing, entered)
    day = form.on_day.data or clock.today()
    existing = _existing(entered)
    merged = existing if kind is EventKind.MERGE else ()
    units = _choosing(session, "don_vi", day, _given("don_vi", (*entered.plan.units, *merged) if entered else ()))
    receivers = _choosing(session, "nhan", day, _given("nhan", existing))
    action = next((name for name in ("tim", "them", picking.SEARCH, "ghi") if name in request.form), "xem")
    if action == "them" and len(form.parts) < MOST_PARTS:
        form.parts.append_entry()
    form.prepare(kind, units.chosen, _parents(session, day))
    if standing is None:
        del form.why, form.revision
    seen, stamp, offered = None, "", None
    if request.method == "POST" and action == picking.SEARCH:
        offered = picking.offer(form.document)
    elif request.method == "POST" and action in ("xem", "ghi"):
        picking.take_picked(form.document)
        good = form.validate_on_submit()
        document_id, offered = picking.resolve(form.document)
        if good and document_id is not None and not form.document.errors:
            entry = _entry(form, kind, units, receivers, document_id)
            stamp = _stamp(entry)
            try:
                if action == "ghi" and request.form.get("da_xem") == stamp:
                    return _save(session, form, standing, entry)
                seen = _preview(session, form, standing, entry)
            except Refusal as refusal:
                _refused(form, refusal, standing)
    page = render_template(
        "web/units/event_form.html",
        form=form,
        kind=kind,
        standing=standing,
        units=units,
        receivers=receivers,
        seen=seen,
        stamp=stamp,
        offered=offered,
        NEW=NEW,
        known_from=register.known_from(session) or clock.today(),
    )
    return page, 422 if form.errors and request.method == "POST" else 200


def _refused(form: ArrangementForm, refusal: Refusal, standing: UnitEvent | None) -> None:
    if standing is not None:
        correcting.refused(form, refusal, standing)
    else:
        refusals.show(form, refusal)


def _save(session: Session, form: ArrangementForm, standing: UnitEvent | None, entry: Entry) -> Response:
    home, by, now = settings.home(session).id, signin.actor(), clock.now()
    if standing is None:
        made = writing.enter(session, home, entry, by=by, now=now)
        flash(_("Đã ghi lần sắp xếp."), "good")
        return redirect(url_for("units.event", event_id=made.id))
    changed = writing.correct(
        session, home, standing.id, entry, why=form.why.data, revision=correcting.seen(form), by=by, now=now
    )
    flash(_("Đã sửa.") if changed else _("Không có gì thay đổi nên không ghi."), "good")
    return redirect(url_for("units.event", event_id=standing.id))


def _preview(session: Session, form: ArrangementForm, standing: UnitEvent | None, entry: Entry) -> looking.Consequences:
    home, by, now = settings.home(session).id, signin.actor(), clock.now()
    if standing is None:
        return looking.preview(session, home, entry, by=by, now=now)
    return looking.preview(session, home, entry, event_id=standing.id, why=form.why.data, by=by, now=now)


def _entry(form: ArrangementForm, kind: EventKind, units: Choosing, receivers: Choosing, document_id: int) -> Entry:
    """What the form says."""
    chosen = tuple(each.id for each in units.chosen)
    into: list[Receiver] = []
    if kind is EventKind.MERGE:
        goes_on = int(form.into.data) if form.into.data != NEW else None
        into = [form.parts[0].form.receiver(goes_on)]
        chosen = tuple(key for key in chosen if key != goes_on)
    elif kind is EventKind.CHANGE:
        into = [form.parts[0].form.receiver(None)]
    elif kind is EventKind.SPLIT:
        into = [each.form.receiver(None) for each in form.parts if not each.form.empty]
        into += [Receiver(each.id) for each in receivers.chosen]
    on = form.on_day.data or clock.today()
    plan = Plan(kind, on, chosen, tuple(into), bool(form.goes_on.data) if form.goes_on else False)
    audits = PlannedAudits(form.audits.data) if form.audits else PlannedAudits.KEEP
    findings = OpenFindings(form.findings.data) if form.findings else OpenFindings.KEEP
    return Entry(plan, document_id, form.note.data or "", audits, findings)


def _stamp(entry: Entry) -> str:
    """What tells whether the consequences shown are those of what is about to be saved."""
    told = [entry.plan.kind, entry.plan.on.isoformat(), entry.document_id, entry.note, entry.planned()]
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:16]


def _fill(form: ArrangementForm, standing: UnitEvent, entered: Entry) -> None:
    """Show what stands."""
    plan = entered.plan
    form.document.data = documents.cited_as(documents.get(database.session(), standing.document_id))
    form.on_day.data, form.note.data, form.goes_on.data = plan.on, entered.note, plan.goes_on
    form.audits.data, form.findings.data = entered.audits.value, entered.findings.value
    correcting.begin(form, standing)
    shown = (
        plan.receivers if plan.kind is not EventKind.SPLIT else [each for each in plan.receivers if not each.unit_id]
    )
    if plan.kind is EventKind.MERGE:
        form.into.data = str(plan.receivers[0].unit_id or NEW)
    for place, each in enumerate(shown):
        if place:
            form.parts.append_entry()
        form.parts[place].form.fill(each)


def _existing(entered: Entry | None) -> tuple[int, ...]:
    if entered is None:
        return ()
    return tuple(each.unit_id for each in entered.plan.receivers if each.unit_id)


def _given(name: str, standing: Iterable[int]) -> list[int]:
    """The keys ticked, or those of the address, or those that stand."""
    source = request.form if request.method == "POST" else request.args
    asked = [int(text) for text in source.getlist(name) if text.isascii() and text.isdigit() and len(text) < 10]
    return asked or ([*standing] if request.method != "POST" else [])


def _choosing(session: Session, name: str, day: date, keys: list[int]) -> Choosing:
    known = {each.id: each for each in register.lines(session, keys)}
    chosen = tuple(known[key] for key in dict.fromkeys(keys) if key in known)
    asked = request.form.get(f"tim_{name}", "")
    searched = asked and request.form.get("tim") == name
    found = register.as_of(session, day - ONE_DAY, search=asked) if searched else []
    offered = [each for each in found if each.id not in known]
    return Choosing(name, chosen, tuple(offered[:OFFERED]), asked if searched else "", len(offered))


def _parents(session: Session, day: date) -> list[register.UnitLine]:
    """Under what a unit may lie: districts and agencies of the day."""
    lines = register.as_of(session, day)
    return [each for each in lines if each.block is Block.DISTRICT or each.kind is UnitKind.AGENCY]
