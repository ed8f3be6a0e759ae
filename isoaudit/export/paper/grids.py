"""Tables of the workbook (`export.tables`) as tables on paper: every figure as RULES §9 prints it.

Which columns go onto paper, and how wide they are there, is chosen by the caller; what a cell holds is decided in
`export.sections`.
"""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from isoaudit.domain.documentwords import short_date
from isoaudit.domain.numbers import NOTHING, decimal_text, percent_text, share, thousands
from isoaudit.export.paper.blocks import Align, Column, Grid, Line, Weight
from isoaudit.export.tables import Cell, Kind, Percent, Row, Share, Spread, Style, Table

_ALIGNED = {Kind.TEXT: Align.LEFT, Kind.PERCENT: Align.RIGHT, Kind.SCORE: Align.RIGHT, Kind.HEAT: Align.RIGHT}
_WEIGHTS = {Style.BODY: Weight.BODY, Style.SUB: Weight.SUB, Style.GROUP: Weight.GROUP, Style.TOTAL: Weight.TOTAL}


def grid_of(table: Table, decimals: int, widths: Mapping[str, float], *, caption: str = "", wide: bool = False) -> Grid:
    """The columns of `table` that `widths` names, in its own order. `decimals` are those of percentages."""
    chosen = [(place, each) for place, each in enumerate(table.columns) if each.key in widths]
    columns = tuple(
        Column(each.title, widths[each.key], _ALIGNED.get(each.kind, Align.CENTRE), each.group) for _, each in chosen
    )
    return Grid(
        columns,
        tuple(_line(row, table, [place for place, _ in chosen], decimals) for row in table.rows),
        caption or table.caption,
        table.notes,
        wide,
    )


def _line(row: Row, table: Table, chosen: list[int], decimals: int) -> Line:
    if row.style is Style.GROUP:
        return Line(tuple(text_of(cell, Kind.TEXT, decimals) for cell in row.cells), Weight.GROUP)
    cells = [
        text_of(row.cells[place], table.columns[place].kind, decimals) if place < len(row.cells) else ""
        for place in chosen
    ]
    return Line(tuple(cells), _WEIGHTS[row.style])


def text_of(cell: Cell, kind: Kind, decimals: int) -> str:
    """What a cell prints."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, date):
        return short_date(cell)
    if isinstance(cell, Share):
        return share(cell.part, cell.whole)
    if isinstance(cell, Percent):
        return percent_text(cell.part, cell.whole, decimals)
    if isinstance(cell, Spread):
        rounded = cell.rounded(decimals)
        return NOTHING if rounded is None else f"{decimal_text(rounded, decimals)}%"
    value = cell if isinstance(cell, int | float) else cell.value
    if kind in (Kind.PERCENT, Kind.SCORE, Kind.HEAT):
        written = decimal_text(Fraction(str(value)), decimals if kind is Kind.PERCENT else 1)
        return f"{written}%" if kind is Kind.PERCENT else written
    return thousands(int(value))
