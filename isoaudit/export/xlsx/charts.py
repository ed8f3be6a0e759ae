"""Charts of the workbook: bars over the body rows of a table, drawn by the program that opens it."""

from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from isoaudit.export.tables import Bars, Kind, Sheet
from isoaudit.export.xlsx.formats import FONT
from isoaudit.export.xlsx.places import Place

COLOURS = ("#1F5F8B", "#C9802B", "#5B7F3A", "#7A5195")
HEIGHT = 260
"""Pixels; a row of the default height has 20."""
ROWS = 14
"""Rows that a chart covers, with a little space."""


def draw(book: Workbook, sheet: Worksheet, layout: Sheet, known: dict[str, Place], row: int, width: int) -> None:
    """Draw the charts of a sheet side by side from `row` on, over `width` pixels."""
    each_width = width // len(layout.charts) - 8
    for number, bars in enumerate(layout.charts):
        chart = _chart(book, layout, bars, known[bars.table])
        chart.set_size({"width": each_width, "height": HEIGHT})
        options: dict[str, Any] = {
            "x_offset": 4 + number * (each_width + 8),
            "y_offset": 6,
            "object_position": 1,
            "description": bars.title,
        }
        sheet.insert_chart(row, 0, chart, options)


def _chart(book: Workbook, layout: Sheet, bars: Bars, place: Place) -> Any:
    table = next(each for each in layout.tables if each.key == bars.table)
    kinds = {column.key: column for column in table.columns}
    rates = kinds[bars.values[0]].kind is Kind.PERCENT
    kind = {"type": "bar" if bars.stacked else "column"}
    if bars.stacked:
        kind["subtype"] = "stacked"
    chart = book.add_chart(kind)
    font = {"name": FONT, "size": 10}
    first, last = place.body[0][0], place.body[-1][1]
    for number, key in enumerate(bars.values):
        column, names = place.columns[key], place.columns[bars.names]
        chart.add_series(
            {
                "name": [place.sheet, place.head, column],
                "categories": [place.sheet, first, names, last, names],
                "values": [place.sheet, first, column, last, column],
                "fill": {"color": COLOURS[number % len(COLOURS)]},
                "gap": 60,
                **({} if bars.stacked else {"data_labels": {"value": True, "font": font}}),
            }
        )
    chart.set_title({"name": bars.title, "name_font": {**font, "size": 12, "bold": True}, "overlay": False})
    chart.set_x_axis({"num_font": font, "line": {"color": "#8A94A3"}, **({"reverse": False} if bars.stacked else {})})
    value_axis: dict[str, Any] = {"num_font": font, "major_gridlines": {"visible": True, "line": {"color": "#D5DAE1"}}}
    if rates:
        value_axis |= {"min": 0, "max": 100, "major_unit": 20, "num_format": "0"}
    chart.set_y_axis(value_axis)
    if bars.stacked:
        chart.set_y_axis({"num_font": font, "reverse": True})
        chart.set_x_axis(
            {"num_font": font, "num_format": "0", "major_gridlines": {"visible": True, "line": {"color": "#D5DAE1"}}}
        )
    chart.set_legend({"position": "bottom", "font": font} if len(bars.values) > 1 else {"none": True})
    return chart
