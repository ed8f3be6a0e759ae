"""Charts of the workbook: bars over the body rows of a table, drawn by the program that opens it."""

from collections.abc import Mapping, Sequence
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from isoaudit.export.tables import Bars, Kind, Sheet
from isoaudit.export.xlsx.formats import FONT
from isoaudit.export.xlsx.measure import LINE
from isoaudit.export.xlsx.places import Place

COLOURS = ("#1F5F8B", "#C9802B", "#5B7F3A", "#7A5195")
_GRID = "#D5DAE1"
_LINES = {"visible": True, "line": {"color": _GRID}}
_ROWS = 13
"""Rows of 17 pixels (`measure.LINE`) that a chart below the tables covers."""
_ROW = 17
_SMALL = 8
"""Points, of the words of bars beside a table: as many rows as it has."""


def draw(
    book: Workbook,
    sheet: Worksheet,
    layout: Sheet,
    known: dict[str, Place],
    row: int,
    pixels: Sequence[float],
    on_paper: int,
    heights: Mapping[int, float],
) -> int:
    """Draw the charts of a sheet: beside their table, or side by side from `row` on.

    `pixels` are the widths of the columns, `on_paper` that of the printed ones together, `heights` those of rows in
    points. Returns how many rows the
    charts below the tables take. Nothing to show, no chart.
    """
    drawn = [bars for bars in layout.charts if bars.values and known[bars.table].body]
    below = [bars for bars in drawn if not bars.beside]
    each_width = on_paper // max(len(below), 1)
    for number, bars in enumerate(below):
        _insert(book, sheet, layout, bars, known, (row, number * each_width), (each_width, _ROWS * _ROW))
    for bars in drawn:
        if bars.beside:
            place = known[bars.table]
            left = int(sum(pixels[: len(place.columns)])) + 2 * _ROW
            size = (
                on_paper - left,
                int(sum(heights.get(each, LINE) for each in range(place.top, place.last + 1)) / 0.75),
            )
            _insert(book, sheet, layout, bars, known, (place.top, left), size)
    return _ROWS if below else 0


def _insert(
    book: Workbook,
    sheet: Worksheet,
    layout: Sheet,
    bars: Bars,
    known: dict[str, Place],
    at: tuple[int, int],
    size: tuple[int, int],
) -> None:
    chart = _chart(book, layout, bars, known[bars.table])
    chart.set_size({"width": size[0] - 8, "height": size[1] - 6})
    sheet.insert_chart(
        at[0], 0, chart, {"x_offset": 4 + at[1], "y_offset": 4, "object_position": 2, "description": bars.title}
    )


def _chart(book: Workbook, layout: Sheet, bars: Bars, place: Place) -> Any:
    table = next(each for each in layout.tables if each.key == bars.table)
    kinds = {column.key: column for column in table.columns}
    rates = kinds[bars.values[0]].kind is Kind.PERCENT
    kind = {"type": "bar" if bars.stacked else "column"}
    if bars.stacked:
        kind["subtype"] = "stacked"
    chart = book.add_chart(kind)
    font = {"name": FONT, "size": _SMALL if bars.stacked else 10}
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
    if bars.beside:  # its table's caption says the same, and the bars need the room
        chart.set_title({"none": True})
    else:
        chart.set_title({"name": bars.title, "name_font": {**font, "size": 12, "bold": True}, "overlay": False})
    names_axis: dict[str, Any] = {"num_font": font, "line": {"color": _GRID}, "interval_unit": 1}
    values_axis: dict[str, Any] = {"num_font": font, "num_format": "0", "major_gridlines": _LINES}
    if rates:
        values_axis |= {"min": 0, "max": 110, "major_unit": 20}  # room for the figure above a full bar
    if bars.stacked:  # the first row on top, the scale below
        names_axis |= {"reverse": True}
        values_axis |= {"label_position": "high", "line": {"none": True}, "major_tick_mark": "none"}
        names_axis, values_axis = values_axis, names_axis
    chart.set_x_axis(names_axis)
    chart.set_y_axis(values_axis)
    chart.set_legend({"position": "bottom", "font": font} if len(bars.values) > 1 else {"none": True})
    return chart
