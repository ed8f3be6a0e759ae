"""A province workbook (CONTRACT §3) as XLSX: empty to be filled in, or with rows. Columns that take words of a closed
list get a drop-down list, each head says what belongs below it, and what must be filled is marked.

Rows are written as they come, so a workbook of any length takes little memory. Which columns there are is told by the
caller; reading such a file is the business of `isoaudit.intake`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from isoaudit.export.xlsx import options

_EMPTY_ROWS = 1000
"""So many rows below the head have the lists and forms, also in an empty sheet."""
_LONGEST_LIST = 250
"""What a list may take inside a validation (the format allows 255 characters)."""
_NEVER = datetime(2020, 1, 1)  # noqa: DTZ001 (the library writes it as UTC; the same content gives the same bytes)
_DAY, _TEXT = "day", "text"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `kind` is text, whole, day or words; `words` the codes that may stand there, `help` what it holds."""

    name: str
    required: bool
    kind: str
    words: tuple[str, ...] = ()
    help: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet with its rows, in the order of its columns."""

    name: str
    columns: tuple[Column, ...]
    rows: Iterable[Sequence[str | int | date | None]] = ()


def write_workbook(pages: Iterable[Page]) -> bytes:
    """The workbook of these sheets."""
    stream = BytesIO()
    settings = options() | {"constant_memory": True, "in_memory": False}
    book = Workbook(stream, settings)
    book.set_properties({"title": "Sổ của tỉnh (isoaudit)", "created": _NEVER})
    forms = {
        "required": book.add_format({"bold": True, "bg_color": "#153B5E", "font_color": "#FFFFFF", "border": 1}),
        "optional": book.add_format({"bg_color": "#E4EDF6", "font_color": "#1B2430", "border": 1}),
        _DAY: book.add_format({"num_format": "yyyy-mm-dd"}),
        _TEXT: book.add_format({"num_format": "@"}),
    }
    for page in pages:
        _write(book.add_worksheet(page.name), page, forms)
    book.close()
    return stream.getvalue()


def _write(sheet: Worksheet, page: Page, forms: dict[str, Any]) -> None:
    for place, column in enumerate(page.columns):
        form = forms.get(column.kind, None if column.kind == "whole" else forms[_TEXT])
        sheet.set_column(place, place, max(12, min(40, len(column.name) + 6)), form)
        _check(sheet, place, column)
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(page.columns):
        sheet.write_string(0, place, column.name, forms["required" if column.required else "optional"])
        sheet.write_comment(0, place, _told(column), {"x_scale": 2})
    for number, row in enumerate(page.rows, 1):
        for place, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(number, place, datetime(cell.year, cell.month, cell.day), forms[_DAY])  # noqa: DTZ001
            elif isinstance(cell, int):
                sheet.write_number(number, place, cell)
            elif cell is not None:
                sheet.write_string(number, place, cell, forms[_TEXT])


def _check(sheet: Worksheet, place: int, column: Column) -> None:
    if column.words and len(",".join(column.words)) <= _LONGEST_LIST:
        rule: dict[str, Any] = {"validate": "list", "source": list(column.words)}
    elif column.kind == _DAY:
        rule = {"validate": "date", "criteria": ">=", "value": date(1900, 1, 1)}
    elif column.kind == "whole":
        rule = {"validate": "integer", "criteria": ">=", "value": 0}
    else:
        return
    told = {"error_title": "Giá trị không đúng", "error_message": _told(column)[:255], "ignore_blank": True}
    sheet.data_validation(1, place, _EMPTY_ROWS, place, rule | told)


def _told(column: Column) -> str:
    need = "Bắt buộc." if column.required else "Có thể bỏ trống."
    forms = {_DAY: " Ngày, ví dụ 2020-11-18.", "whole": " Số nguyên, từ 0.", "words": ""}
    words = f" Một trong: {', '.join(column.words)}." if column.words else ""
    return f"{need}{forms.get(column.kind, ' Chữ.')}{words} {column.help}".strip()
