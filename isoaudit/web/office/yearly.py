"""What the rooms of the catalogue, objectives, reports owed and money share: their tabs, the year and day looked at,
units and documents chosen in a form. The rooms themselves lie beside this."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from flask import Response, render_template, request, url_for
from flask_babel import gettext as _
from wtforms import StringField

from isoaudit.domain.errors import Refusal
from isoaudit.domain.text import fold
from isoaudit.domain.vocabulary import Block
from isoaudit.http import clock, database, files
from isoaudit.http.errors import explain
from isoaudit.services import documents, unit_years
from isoaudit.services.unit_years import UnitName

Tab = tuple[str, str, bool, None]


def tabs(now: str) -> list[Tab]:
    """The rooms as tabs; `now` is the endpoint of the one shown."""
    rooms = (
        ("catalogue.index", _("Danh mục TTHC")),
        ("publications.index", _("Quyết định công bố")),
        ("objectives.index", _("Mục tiêu chất lượng")),
        ("unit_reports.index", _("Báo cáo của đơn vị")),
        ("money.index", _("Kinh phí")),
    )
    return [(name, url_for(endpoint), endpoint == now, None) for endpoint, name in rooms]


def page(template: str, room: str, **values: Any) -> str:
    """A page of these rooms."""
    return render_template(f"web/years/{template}.html", tabs_of_years=tabs(room), **values)


def year(known: Iterable[int]) -> int:
    """The year asked for, else the latest known up to this year, else this one."""
    asked = request.args.get("nam", "")
    if asked.isascii() and asked.isdigit() and len(asked) == 4 and asked > "1899":
        return int(asked)
    this = clock.today().year
    return next((each for each in known if each <= this), this)


def offered(known: Iterable[int], chosen: int) -> list[tuple[int, int]]:
    """The years to choose from: those known, the one shown, this one and the next."""
    this = clock.today().year
    return [(each, each) for each in sorted({*known, chosen, this, this + 1}, reverse=True)]


def day_asked(name: str = "ngay") -> date:
    """The day asked for, else today."""
    try:
        return date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return clock.today()


def matches(words: str, *texts: str) -> bool:
    """Whether every word stands in one of the texts, whatever the diacritics."""
    whole = fold(" ".join(texts))
    return all(word in whole for word in fold(words).split())


def units_of_year(of_year: int) -> list[UnitName]:
    """The units to choose from: in force on the year's last day, or today."""
    return unit_years.on(database.session(), max(date(of_year, 1, 1), min(clock.today(), date(of_year, 12, 31))))


def chosen_units(units: Sequence[UnitName], block: str = "") -> list[int]:
    """Those ticked, and all of the block chosen."""
    ticked = set(request.form.getlist("unit"))
    of_block = {each.id for each in units if block and each.block is Block(block)}
    return [each.id for each in units if str(each.id) in ticked or each.id in of_block]


def ticked(name: str) -> list[int]:
    """The keys ticked in a list."""
    return [int(each) for each in request.form.getlist(name) if each.isascii() and each.isdigit() and len(each) < 10]


def document(field: StringField) -> int | None:
    """The key of the document typed, None for an empty field; the field tells when there is none or several."""
    if not field.data:
        return None
    try:
        return documents.resolve(database.session(), field.data).id
    except Refusal as refusal:
        field.errors = [*field.errors, explain(refusal)]
        return None


def cited(key: int | None) -> str:
    """How a document is typed so that it is found again; empty for none."""
    return "" if key is None else documents.cited_as(documents.get(database.session(), key))


def uploaded(text: StringField, file: Any, name: str = "tệp") -> tuple[str, bytes | None]:
    """What was pasted, and the bytes of the file when one was chosen."""
    sent = file.data
    return text.data or "", sent.read() if sent else None


def csv(name: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """A list of these rooms as CSV: short enough to be made whole, in the request's own session."""
    text = "".join(map(files.csv_text, [head, *rows]))
    return files.made(f"\ufeff{text}".encode(), name, "text/csv; charset=utf-8")


def status() -> int:
    """Of a form shown: refused when it was sent."""
    return 422 if request.method == "POST" else 200
