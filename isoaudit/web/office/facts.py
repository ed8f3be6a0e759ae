"""Facts about a unit: entering, correcting with a reason, voiding with a reason, restoring; and the list of the
province's declarations. How they look on the unit's own page is in `web.units`."""

from datetime import date
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from isoaudit.domain.access import Permission
from isoaudit.domain.errors import Conflict, Invalid, Refusal
from isoaudit.domain.vocabulary import DeclarationKind
from isoaudit.http import clock, database, errors, signin
from isoaudit.http.access import requires
from isoaudit.services import declaration_list, documents, library, register
from isoaudit.services.facts import entry
from isoaudit.services.facts.kinds import Kind
from isoaudit.services.facts.table import KINDS
from isoaudit.services.overview.register import district_names
from isoaudit.web import correcting, paging, reasons, words
from isoaudit.web.forms import refusals
from isoaudit.web.forms.facts import FORMS, FactForm, form_title
from isoaudit.web.office import picking

pages = Blueprint("facts", __name__)

SLUGS = {
    "declaration": "cong-bo",
    "milestone": "noi-dung",
    "activity": "viec-hang-nam",
    "procedures": "tthc",
    "obligation": "dien-ap-dung",
    "exemption": "khong-ap-dung",
}
"""How each kind of fact is called in addresses."""
_KIND_OF = {slug: kind for kind, slug in SLUGS.items()}
_SLUG = f"<any({', '.join(repr(slug) for slug in SLUGS.values())}):slug>"
_UNIT = f"/don-vi/<int:unit_id>/{_SLUG}"

Answer = str | Response | tuple[str, int]


@pages.get("/cong-bo")
@requires(Permission.FACTS_EDIT)
def index() -> str:
    """The declarations of the whole province: search by unit, by year, kind and edition; sorted, a page at a time."""
    session = database.session()
    lines = declaration_list.all_lines(session)
    years = sorted({line.row.made_on.year for line in lines}, reverse=True)
    chosen = declaration_list.narrowed(
        lines,
        search=request.args.get("tim", ""),
        year=request.args.get("nam", ""),
        kind=request.args.get("loai", ""),
        edition=request.args.get("phien-ban", ""),
        sort=request.args.get("xep", "-ngay"),
    )
    editions, page = library.standards(), paging.cut(chosen)
    return render_template(
        "web/office/declarations.html",
        page=page,
        districts=district_names(session, {line.unit_id for line in page.rows}),
        years_choices=[(year, year) for year in years],
        kinds=[(kind.value, words.label(kind)) for kind in DeclarationKind],
        edition_choices=[(each.id, each.name.label(errors.language())) for each in editions.values()],
        editions=editions,
        all=lines,
    )


@pages.route(f"{_UNIT}/them", methods=["GET", "POST"])
@requires(Permission.FACTS_EDIT)
def add(unit_id: int, slug: str) -> Answer:
    """A new fact of a unit."""
    kind = KINDS[_KIND_OF[slug]]
    unit = register.get(database.session(), unit_id)
    form = FORMS[kind.name](data=_given() if request.method != "POST" else None)
    del form.why, form.revision
    offered, document_id = None, None
    if picking.searching():
        offered = _search(form)
    elif request.method == "POST":
        picking.take_picked(form.document)
        good = form.validate_on_submit()
        document_id, offered = picking.resolve(form.document)
        if good and not form.document.errors:
            try:
                fact = entry.enter(
                    database.session(),
                    kind,
                    unit.id,
                    form.values() | {"document_id": document_id},
                    by=signin.actor(),
                    now=clock.now(),
                )
            except Refusal as refusal:
                refusals.show(form, refusal)
            else:
                flash(_("Đã ghi cho %(unit)s.", unit=unit.name), "good")
                return redirect(_to_timeline(unit.id, f"{kind.name}-{fact.id}"))
        elif good:
            _tell_the_rest(form, kind, unit.id, None)
    return _page(form, kind.name, unit, None, offered)


@pages.route(f"{_UNIT}/<int:fact_id>/sua", methods=["GET", "POST"])
@requires(Permission.FACTS_EDIT)
def edit(unit_id: int, slug: str, fact_id: int) -> Answer:
    """Correct a fact, with a reason."""
    session, kind = database.session(), KINDS[_KIND_OF[slug]]
    unit = register.get(session, unit_id)
    fact = entry.find(session, kind, unit_id, fact_id)
    if fact.voided_at is not None:
        raise Conflict("fact.voided")
    form = FORMS[kind.name]()
    offered = None
    if request.method != "POST":
        _fill(form, fact)
    elif picking.searching():
        offered = _search(form)
    else:
        picking.take_picked(form.document)
        good = form.validate_on_submit()
        document_id, offered = picking.resolve(form.document)
        if good and not form.document.errors:
            try:
                changed = entry.correct(
                    session,
                    kind,
                    unit.id,
                    fact_id,
                    form.values() | {"document_id": document_id},
                    why=form.why.data,
                    revision=correcting.seen(form),
                    by=signin.actor(),
                    now=clock.now(),
                )
            except Refusal as refusal:
                if correcting.refused(form, refusal, fact):
                    return _page(form, kind.name, unit, fact, offered, present=_present(kind.name, fact))
            else:
                flash(_("Đã sửa.") if changed else _("Không có gì thay đổi nên không ghi."), "good")
                return redirect(_to_timeline(unit.id, f"{kind.name}-{fact_id}"))
        elif good:
            _tell_the_rest(form, kind, unit.id, fact_id)
    return _page(form, kind.name, unit, fact, offered)


@pages.post(f"{_UNIT}/<int:fact_id>/huy")
@requires(Permission.FACTS_EDIT)
def void(unit_id: int, slug: str, fact_id: int) -> Answer:
    """Take a fact out of every count."""
    session, kind = database.session(), KINDS[_KIND_OF[slug]]
    why, back = request.form.get("why", ""), _to_timeline(unit_id, f"{kind.name}-{fact_id}")
    try:
        entry.void(session, kind, unit_id, fact_id, why=why, by=signin.actor(), now=clock.now())
    except Invalid as refusal:
        unit = register.get(session, unit_id)
        return reasons.again(refusal, field="why", title=_("Hủy dữ liệu"), record=unit.name, back=back)
    flash(_("Đã hủy. Dữ liệu vẫn được giữ trong lịch sử và có thể khôi phục ngay bên dưới."), "good")
    return redirect(back)


@pages.post(f"{_UNIT}/<int:fact_id>/khoi-phuc")
@requires(Permission.FACTS_EDIT)
def restore(unit_id: int, slug: str, fact_id: int) -> Response:
    """Undo a voiding."""
    kind = KINDS[_KIND_OF[slug]]
    back = _to_timeline(unit_id, f"{kind.name}-{fact_id}")
    try:
        entry.restore(database.session(), kind, unit_id, fact_id, by=signin.actor(), now=clock.now())
    except Invalid as refusal:
        return refusals.flashed(refusal, back)
    flash(_("Đã khôi phục."), "good")
    return redirect(back)


def _page(
    form: FactForm,
    kind: str,
    unit: register.UnitLine,
    fact: Any,
    offered: picking.Offer | None,
    present: list[tuple[str, str]] | None = None,
) -> Answer:
    status = 200 if request.method != "POST" or picking.searching() else 422
    title = form_title(kind, fact is not None)
    back = _to_timeline(unit.id, f"{kind}-{fact.id}" if fact else None)
    page = render_template(
        "web/office/fact_form.html",
        form=form,
        kind=kind,
        unit=unit,
        fact=fact,
        offered=offered,
        title=title,
        back=back,
        present=present,
    )
    return page, status


def _tell_the_rest(form: FactForm, kind: Kind, unit_id: int, fact_id: int | None) -> None:
    """What else is wrong while the document is not found, so that all is mended in one go."""
    values = form.values() | {"document_id": None}
    try:
        entry.check(database.session(), kind, unit_id, values, fact_id=fact_id, now=clock.now())
    except Refusal as refusal:
        refusals.show(form, refusal)


def _search(form: FactForm) -> picking.Offer:
    """Look for the document; nothing else of the form is checked yet."""
    return picking.offer(form.document)


def _fill(form: FactForm, fact: Any) -> None:
    session = database.session()
    form.fill(fact)
    correcting.begin(form, fact)
    if fact.document_id is not None:
        form.document.data = documents.cited_as(documents.get(session, fact.document_id))


def _present(kind: str, fact: Any) -> list[tuple[str, str]]:
    """What stands now, as the form would show it."""
    database.session().refresh(fact)
    standing = FORMS[kind](formdata=None)
    _fill(standing, fact)
    shown = [standing[name] for name in (*standing.__class__.columns, "document")]
    if kind == "milestone":
        shown.insert(0, standing["step"])
    return [(str(field.label.text), _shown(field)) for field in shown]


def _shown(field: Any) -> str:
    if field.data is None or field.data == "":
        return "–"
    if hasattr(field, "iter_choices"):
        return next((str(each.label) for each in field.iter_choices() if each.selected), str(field.data))
    return field.data.isoformat() if isinstance(field.data, date) else str(field.data)


def _given() -> dict[str, Any]:
    """What the page one comes from knows already."""
    given: dict[str, Any] = {name: request.args[name] for name in ("step", "kind", "edition") if name in request.args}
    year = _whole(request.args.get("year"))
    return given if year is None else given | {"year": year}


def _whole(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None


def _to_timeline(unit_id: int, anchor: str | None) -> str:
    return url_for("units.timeline", unit_id=unit_id, _anchor=anchor)
