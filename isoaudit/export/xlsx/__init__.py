"""The yearly report as a workbook. The same content gives the same bytes: no clock, fixed order, fixed times."""

from datetime import datetime
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_rowcol_to_cell

from isoaudit.export.layout import ReportContent
from isoaudit.export.sections import report
from isoaudit.export.tables import Sheet
from isoaudit.export.xlsx.charts import draw
from isoaudit.export.xlsx.formats import FONT, NORMAL, Formats
from isoaudit.export.xlsx.formulas import Formulas
from isoaudit.export.xlsx.links import Links
from isoaudit.export.xlsx.page import breaks, last_row, set_filter, set_page
from isoaudit.export.xlsx.places import places
from isoaudit.export.xlsx.render import Renderer, widths

_CALM = ("number_stored_as_text", "formula_differs", "formula_range")
"""What Excel would mark in a corner of cells though it is meant: codes of digits, totals below lists."""
_PIXELS = 7
"""Pixels of a character of column width."""


def options() -> dict[str, object]:
    """How the library is used: a new dict every time, because it writes into the one that it is given."""
    return {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_format_properties": {"font_name": FONT, "font_size": NORMAL},
    }


def write_xlsx(content: ReportContent, sheets: tuple[Sheet, ...] | None = None) -> bytes:
    """The workbook of a report, or of some of its sheets, which rest on no other ones.

    Totals and shares are formulas; the values stored with them are those of the roll-up. Raises KeyError when the
    roll-up lacks a key of CONTRACT §4 or a unit of it has no `UnitDetail`.
    """
    layouts = report(content) if sheets is None else sheets
    known = places(layouts)
    stream = BytesIO()
    book = Workbook(stream, options())
    paper, day = content.paper, content.as_of
    book.set_properties(
        {
            "title": layouts[0].title,
            "subject": f"{content.rollup['province']} {content.year}",
            "author": paper.issuer,
            "comments": str(content.rollup["digest"]),
            "created": datetime(day.year, day.month, day.day),  # noqa: DTZ001 (the library writes it as UTC)
        }
    )
    formats = Formats(book, content.decimals)
    renderer = Renderer(content, formats, Formulas(known, content.decimals), Links(layouts, known), known)
    for layout in layouts:
        sheet = book.add_worksheet(layout.name)
        heights = renderer.sheet(sheet, layout)
        rows = last_row(layout, known)
        pixels = [_PIXELS * each + 5 for each in widths(layout)]
        on_paper = int(sum(pixels[: max(table.on_paper for table in layout.tables)]))
        below = draw(book, sheet, layout, known, rows + 1, pixels, on_paper, heights)
        sheet.set_h_pagebreaks(breaks(layout, known, heights, on_paper * 0.75, (rows + 1, below) if below else None))
        set_page(sheet, layout, content, known, rows + 1 + below if below else rows)
        for table in layout.tables:
            if table.filtered:
                set_filter(sheet, known[table.key])
        sheet.ignore_errors(dict.fromkeys(_CALM, f"A1:{xl_rowcol_to_cell(rows, len(pixels) - 1)}"))
    book.close()
    return stream.getvalue()
