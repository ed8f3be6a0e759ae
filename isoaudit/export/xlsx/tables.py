"""Plain sheets of text, for programs that read workbooks: a head, and rows below it. The same content gives the same
bytes. What the sheets mean is told by the caller."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from xlsxwriter import Workbook

from isoaudit.export.xlsx import options

_NEVER = datetime(2020, 1, 1)  # noqa: DTZ001 (the library writes it as UTC)
_WIDTHS = (12, 60)


@dataclass(frozen=True, slots=True)
class TextSheet:
    """A sheet: the names of its columns and its rows."""

    name: str
    columns: tuple[str, ...]
    rows: Sequence[Sequence[str]]


def write_tables(title: str, sheets: Iterable[TextSheet]) -> bytes:
    """The workbook of these sheets."""
    stream = BytesIO()
    book = Workbook(stream, options())
    book.set_properties({"title": title, "created": _NEVER})
    text, bold = (
        book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"}),
        book.add_format({"bold": True}),
    )
    for each in sheets:
        sheet = book.add_worksheet(each.name)
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(each.columns):
            longest = max((len(row[place]) for row in each.rows), default=0)
            sheet.set_column(place, place, min(max(_WIDTHS[0], longest + 2, len(column) + 2), _WIDTHS[1]), text)
            sheet.write_string(0, place, column, bold)
        for number, row in enumerate(each.rows, 1):
            for place, cell in enumerate(row):
                if cell:
                    sheet.write_string(number, place, cell, text)
    book.close()
    return stream.getvalue()
