"""Publication decisions: entering what one adds, changes and abolishes, what it asks of every unit, recording what is
done, the list as a file."""

from collections.abc import Iterator

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from isoaudit.domain.access import Permission
from isoaudit.domain.catalogue import CatalogueChange, Redeclaration
from isoaudit.domain.documentwords import short_date
from isoaudit.domain.errors import Invalid, Refusal
from isoaudit.domain.vocabulary import DocumentKind
from isoaudit.export.sections.words import sentence
from isoaudit.http import clock, database, signin
from isoaudit.http.access import requires
from isoaudit.intake import procedure_table
from isoaudit.services import documents, fact_history
from isoaudit.services.catalogue import drafting, following, publishing
from isoaudit.services.catalogue.following import FollowUp, UnitDuties
from isoaudit.web import paging, reasons, words
from isoaudit.web.forms import refusals
from isoaudit.web.forms.catalogue import DoneForm, PublicationForm
from isoaudit.web.office import yearly

pages = Blueprint("publications", __name__, url_prefix="/danh-muc-tthc/quyet-dinh")

Answer = str | Response | tuple[str, int]
_ROOM = "publications.index"
_SCOPES = {
    "ra-soat": Redeclaration.REVIEW,
    "doi-chieu": Redeclaration.TO_CHECK,
    "cho-quy-trinh": Redeclaration.WHEN_BUILT,
}
"""What a publication may leave to do about a declared scope, by its name in the address."""
_COLUMNS = ("change", "code", "name", "field", "level", "link", "online", "units", "deadline_days")
EXAMPLE_ROWS = (
    ("mới ban hành", "1.001193", "Đăng ký khai sinh", "Hộ tịch", "cấp xã", "không liên thông", "một phần", "", "1"),
    ("sửa đổi, bổ sung", "2.000815", "", "", "", "", "toàn trình", "", ""),
    ("bãi bỏ", "1.000656", "", "", "", "", "", "", ""),
)


@pages.get("")
@requires(Permission.YEARS_READ)
def index() -> str:
    """All publications, newest first, with how far units have come."""
    session = database.session()
    found = publishing.all_of(session)
    page = paging.cut(found)
    day = yearly.day_asked()
    counted = following.counted_on(session, day) if page.rows else None
    standing = [each for each in page.rows if each.row.voided_at is None]
    followed = {each.row.id: following.follow(session, each, counted) for each in standing if counted is not None}
    return yearly.page("publications", _ROOM, page=page, followed=followed, changes=list(CatalogueChange), day=day)


@pages.get("/mau.csv")
@requires(Permission.FACTS_EDIT)
def template() -> Response:
    """An empty table with its headings and three lines to show how it is filled in."""
    head = [procedure_table.COLUMNS[name][0] for name in _COLUMNS]
    return yearly.csv("mau-quyet-dinh-cong-bo.csv", head, EXAMPLE_ROWS)


@pages.route("/them", methods=["GET", "POST"])
@requires(Permission.FACTS_EDIT)
def add() -> Answer:
    """A new publication with its table of changes."""
    session, form = database.session(), PublicationForm()
    if form.validate_on_submit():
        document_id = yearly.document(form.document)
        text, data = yearly.uploaded(form.text, form.file)
        try:
            table = procedure_table.decode(form.file.data.filename or "CSV", data) if data else text
            drafts = drafting.draft(session, table, form.effective_on.data, publication=True)
            if document_id is not None:
                with session.begin_nested():
                    row = publishing.publish(
                        session,
                        drafts,
                        document_id=document_id,
                        effective_on=form.effective_on.data,
                        note=form.note.data,
                        by=signin.actor(),
                        now=clock.now(),
                    )
                flash(_("Đã ghi quyết định công bố. Dưới đây là việc của từng đơn vị."), "good")
                return redirect(url_for("publications.show", publication_id=row.id))
        except Refusal as refusal:
            refusals.show(form, refusal)
    decision = DocumentKind.DECISION.value
    page = yearly.page("publication_form", _ROOM, form=form, columns=_columns(), decision=decision)
    return page, yearly.status()


@pages.get("/<int:publication_id>")
@requires(Permission.YEARS_READ)
def show(publication_id: int) -> str:
    """What the publication asks of every unit, and what is done."""
    return _show(publication_id, DoneForm(formdata=None, data={"done_on": clock.today()}))


@pages.post("/<int:publication_id>/ghi")
@requires(Permission.FACTS_EDIT)
def mark(publication_id: int) -> Answer:
    """Record that the ticked procedures of units are in line."""
    session, form = database.session(), DoneForm()
    pairs = list(_pairs())
    if not pairs:
        form.form_errors.append(_("Hãy đánh dấu ít nhất một quy trình đã cập nhật."))
    if form.validate() and pairs:
        document_id = yearly.document(form.document)
        if not form.document.errors:
            try:
                made = following.mark(
                    session,
                    publication_id,
                    pairs,
                    done_on=form.done_on.data,
                    document_id=document_id,
                    note=form.note.data,
                    by=signin.actor(),
                    now=clock.now(),
                )
            except Refusal as refusal:
                refusals.show(form, refusal)
            else:
                flash(_("Đã ghi %(made)s quy trình.", made=made), "good")
                return redirect(_back(publication_id))
    return _show(publication_id, form, set(pairs)), 422


@pages.post("/<int:publication_id>/bo-ghi/<int:update_id>")
@requires(Permission.FACTS_EDIT)
def unmark(publication_id: int, update_id: int) -> Answer:
    """Take a record back."""
    session, why = database.session(), request.form.get("why", "")
    try:
        following.unmark(session, publication_id, update_id, why=why, by=signin.actor(), now=clock.now())
    except Invalid as refusal:
        name = _("Quy trình đã cập nhật")
        back = _back(publication_id)
        return reasons.again(refusal, field="why", title=_("Bỏ ghi kết quả"), record=name, back=back)
    flash(_("Đã bỏ ghi."), "good")
    return redirect(_back(publication_id))


@pages.post("/<int:publication_id>/huy")
@requires(Permission.FACTS_EDIT)
def take_back(publication_id: int) -> Answer:
    """Undo a publication that was entered wrongly."""
    session, why = database.session(), request.form.get("why", "")
    try:
        publishing.take_back(session, publication_id, why=why, by=signin.actor(), now=clock.now())
    except Invalid as refusal:
        name = documents.cited_as(publishing.get(session, publication_id).document)
        back = _back(publication_id)
        return reasons.again(refusal, field="why", title=_("Hủy quyết định công bố"), record=name, back=back)
    flash(_("Đã hủy quyết định công bố; danh mục trở lại như trước."), "good")
    return redirect(url_for(_ROOM))


@pages.get("/<int:publication_id>/tai.csv")
@requires(Permission.YEARS_READ)
def download(publication_id: int) -> Response:
    """What units have to do, one line for each procedure of a unit."""
    found = _followed(publication_id)
    number = found.published.document.number.replace("/", "-")
    head = [
        *(_("Mã đơn vị"), _("Đơn vị"), _("Thay đổi"), _("Mã TTHC"), _("Tên TTHC"), _("Việc phải làm")),
        *(_("Ngày xong"), _("Phạm vi công bố"), _("Cần công bố lại")),
    ]
    rows = [
        [
            each.unit.code,
            each.unit.name,
            words.label(duty.change),
            duty.code,
            duty.name,
            task(duty.change),
            short_date(duty.done.done_on) if duty.done else "",
            words.label(each.redeclaration),
            "x" if each.due_anyway else "",
        ]
        for each in found.units
        for duty in each.duties
    ]
    return yearly.csv(f"viec-theo-{number}.csv", head, rows)


def task(change: CatalogueChange) -> str:
    """What a unit does about a change, in words."""
    return {
        CatalogueChange.ADDED: _("xây dựng quy trình"),
        CatalogueChange.CHANGED: _("cập nhật quy trình"),
        CatalogueChange.ABOLISHED: _("bỏ quy trình"),
    }[change]


def _followed(publication_id: int) -> FollowUp:
    session = database.session()
    published = publishing.get(session, publication_id)
    return following.follow(session, published, following.counted_on(session, yearly.day_asked()))


def _show(publication_id: int, form: DoneForm, chosen: "set[tuple[int, int]] | None" = None) -> str:
    session = database.session()
    found = _followed(publication_id)
    what = request.args.get("xem", "")
    filters = {
        "": found.units,
        "con-viec": [each for each in found.units if not each.settled],
        **{address: found.asked(state) for address, state in _SCOPES.items()},
        "cong-bo-lai": [each for each in found.units if each.due_anyway],
        "xong": [each for each in found.units if each.settled],
    }
    shown = [each for each in filters.get(what, found.units) if _wanted(each)]
    revisions = fact_history.of(session, [found.published.row])
    return yearly.page(
        "publication",
        _ROOM,
        found=found,
        page=paging.cut(shown, 20),
        chips_of=[
            ("", _("Tất cả"), len(found.units)),
            ("con-viec", _("Còn việc"), len(filters["con-viec"])),
            *((address, sentence(words.label(state)), len(filters[address])) for address, state in _SCOPES.items()),
            ("cong-bo-lai", _("Cần công bố lại"), len(filters["cong-bo-lai"])),
            ("xong", _("Đã xong"), len(filters["xong"])),
        ],
        review=filters["ra-soat"],
        form=form,
        chosen=chosen or set(),
        task=task,
        to_do=tuple(_SCOPES.values()),
        revisions=revisions.get(fact_history.key_of(found.published.row), []),
    )


def _wanted(each: UnitDuties) -> bool:
    return yearly.matches(request.args.get("tim", ""), each.unit.name, each.unit.code)


def _pairs() -> Iterator[tuple[int, int]]:
    """Item and unit of every box ticked."""
    for each in request.form.getlist("viec"):
        item, _dash, unit = each.partition("-")
        if item.isascii() and item.isdigit() and unit.isascii() and unit.isdigit() and len(each) < 20:
            yield int(item), int(unit)


def _back(publication_id: int) -> str:
    return url_for("publications.show", publication_id=publication_id, ngay=request.args.get("ngay"))


def _columns() -> list[tuple[str, str]]:
    told = {
        "change": _("mới ban hành; sửa đổi, bổ sung; bãi bỏ"),
        "code": _("bắt buộc ở mọi dòng"),
        "name": _("bắt buộc với TTHC mới; với TTHC sửa đổi chỉ ghi những ô thay đổi"),
        "field": _("như trên"),
        "level": _("như trên: cấp tỉnh, cấp huyện, cấp xã"),
        "link": _("không liên thông, liên thông cùng cấp, liên thông các cấp"),
        "online": _("toàn trình, một phần, cung cấp thông tin"),
        "units": _("mã đơn vị (SKHCN; STC) hoặc loại đơn vị (cấp xã; phường); để trống thì là mọi đơn vị của cấp đó"),
        "deadline_days": _("số ngày làm việc"),
    }
    return [(procedure_table.COLUMNS[name][0], text) for name, text in told.items()]
