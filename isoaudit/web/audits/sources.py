"""Inspections that another body made (a district's, before 01/7/2025): entering one with its source, correcting the
source."""

from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from wtforms import SelectChoice

from isoaudit.domain.access import Permission
from isoaudit.domain.checklist import Checklist
from isoaudit.domain.documentwords import short_date
from isoaudit.domain.errors import Invalid, NotFound, Refusal
from isoaudit.domain.unit import ONE_DAY
from isoaudit.domain.vocabulary import Grade, Mode, Purpose, UnitKind
from isoaudit.http import clock, database
from isoaudit.http.access import requires
from isoaudit.http.signin import actor
from isoaudit.services import checklists, documents, register
from isoaudit.services.audits import elsewhere
from isoaudit.services.audits.elsewhere import Inspection, Source, Told
from isoaudit.web import words
from isoaudit.web.audits.blueprint import of_request, pages, province_id
from isoaudit.web.audits.lists import word
from isoaudit.web.forms import refusals
from isoaudit.web.forms.elsewhere import ElsewhereForm, SourceCorrectionForm, SourceForm

Answer = str | Response | tuple[str, int]
ROWS = 5
_FIELDS = ("criterion", "grade", "note", "request", "due_on")
_USUAL = date(2024, 12, 31)
"""The day of the list of units when none is asked for: the last full year of districts."""


@pages.route("/nhap-nguon-khac", methods=["GET", "POST"])
@requires(Permission.PROGRAMME_PLAN)
def add_elsewhere() -> Answer:
    """Enter one; day and checklist are chosen first, since units and criteria hang on them."""
    session = database.session()
    version_id, checklist = _checklist()
    day = _day(request.values.get("ngay", "")) or min(_USUAL, clock.today())
    form = ElsewhereForm()
    units = register.as_of(session, day)
    form.unit.choices = [("", "–"), *((str(each.id), _named(each)) for each in units)]
    form.mode.choices = [SelectChoice(each.value, words.label(each)) for each in (Mode.ON_SITE, Mode.FILES)]
    form.purpose.choices = [SelectChoice(each.value, words.label(each)) for each in Purpose]
    if request.method != "POST":
        form.mode.data, form.purpose.data, form.minuted_on.data = Mode.ON_SITE.value, Purpose.FULL.value, day
        return _form(form, day, version_id, checklist)
    if form.validate():
        try:
            with session.begin_nested():
                made = elsewhere.enter(
                    session,
                    province_id(session),
                    Inspection(
                        unit_id=int(form.unit.data),
                        minuted_on=form.minuted_on.data,
                        checklist_version_id=version_id,
                        told=_told(),
                        mode=Mode(form.mode.data),
                        purpose=Purpose(form.purpose.data),
                        rest_conforms=bool(form.rest.data),
                    ),
                    _source(form, form.minuted_on.data),
                    by=actor(),
                    now=clock.now(),
                )
        except Refusal as refusal:
            if refusal.status not in (404, 409, 422):
                raise
            refusals.show(form, refusal)
        else:
            flash(_("Đã nhập cuộc kiểm tra %(reference)s.", reference=made.reference), "good")
            return redirect(url_for("audits.show", reference=made.reference), 303)
    return _form(form, day, version_id, checklist), 422


@pages.route("/<path:reference>/nguon", methods=["GET", "POST"])
@requires(Permission.PROGRAMME_PLAN)
def correct_source(reference: str) -> Answer:
    """Correct who inspected and by which document, with a reason."""
    session, audit, form = database.session(), of_request(reference), SourceCorrectionForm()
    row = elsewhere.of(session, audit)
    if row is None:
        raise NotFound("source.kept", record=reference)
    if request.method != "POST":
        form.body.data, form.note.data = row.body, row.note
        form.document.data = documents.cited_as(documents.get(session, row.document_id)) if row.document_id else ""
        return render_template("web/audits/source.html", audit=audit, form=form)
    if form.validate():
        try:
            with session.begin_nested():
                elsewhere.correct(
                    session,
                    audit,
                    _source(form, audit.row.minuted_on),
                    why=form.why.data or "",
                    by=actor(),
                    now=clock.now(),
                )
        except Refusal as refusal:
            refusals.show(form, refusal)
        else:
            flash(_("Đã sửa nguồn của cuộc kiểm tra."), "good")
            return redirect(url_for("audits.show", reference=reference), 303)
    return render_template("web/audits/source.html", audit=audit, form=form), 422


def _form(form: ElsewhereForm, day: date, version_id: int, checklist: Checklist) -> str:
    session = database.session()
    versions = [
        (row.id, f"{checklists.content(row).title.label(words.language())} {row.version}")
        for row in checklists.versions(session)
    ]
    return render_template(
        "web/audits/source_form.html",
        form=form,
        day=day,
        version_id=version_id,
        versions=versions,
        checklist=checklist,
        rows=[_row(place) for place in range(_rows())],
        grades=list(Grade),
    )


def _checklist() -> tuple[int, Checklist]:
    """The checklist that the address or the form names, else the newest. Raises NotFound while none is published."""
    session = database.session()
    versions = checklists.versions(session)
    if not versions:
        raise NotFound("checklist.unknown", record="–")
    asked = request.values.get("phieu", "")
    chosen = next((row for row in versions if str(row.id) == asked), versions[-1])
    return chosen.id, checklists.content(chosen)


def _source(form: SourceForm, day: date | None) -> Source:
    """Who inspected; the district of that name on that day, where the register has it."""
    session = database.session()
    body = form.body.data or ""
    bare = body.removeprefix("UBND ").strip().casefold()
    districts = register.districts(session, day) if day else []
    unit = next(
        (each.id for each in districts if each.kind is UnitKind.DISTRICT and each.name.casefold() == bare), None
    )
    return Source(body, documents.resolve(session, form.document.data or "").id, unit, form.note.data or "")


def _rows() -> int:
    filled = sum(bool(request.form.get(f"criterion-{place}")) for place in range(99))
    return max(ROWS, filled + 2 if filled else 0)


def _row(place: int) -> dict[str, str]:
    return {name: request.form.get(f"{name}-{place}", "").strip() for name in _FIELDS}


def _told() -> tuple[Told, ...]:
    """The findings of the form. Raises Invalid for what cannot be read."""
    found = []
    for row in (_row(place) for place in range(_rows())):
        if not row["criterion"]:
            continue
        grade = word(Grade, row["grade"])
        if grade is None:
            expected = ", ".join(each.value for each in Grade)
            raise Invalid(
                "operation.grade", record=row["criterion"], field="grade", value=row["grade"], expected=expected
            )
        if row["due_on"] and _day(row["due_on"]) is None:
            raise Invalid("operation.day", record=row["criterion"], field="due_on", value=row["due_on"])
        found.append(Told(row["criterion"], grade, row["note"], _day(row["due_on"]), row["request"]))
    return tuple(found)


def _named(unit: register.UnitLine) -> str:
    place = f", {unit.parent_name}" if unit.parent_name else ""
    last = short_date(unit.valid_to - ONE_DAY) if unit.valid_to else ""
    return f"{unit.name}{place}" + (f" ({_('đến hết %(day)s', day=last)})" if last else "")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
