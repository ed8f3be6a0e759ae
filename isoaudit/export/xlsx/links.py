"""Where a figure leads: to the rows that it counts, with a word on how to filter them.

A link names the smallest run of rows that holds them all; where others lie between, its tip says which columns to
filter by. Totals lead to the rows that they add. Links are made for figures that the layout says to be counted; all
of them stay inside the workbook.
"""

import operator
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date

from xlsxwriter.url import Url
from xlsxwriter.utility import xl_col_to_name

from isoaudit.domain.documentwords import short_date
from isoaudit.export.tables import Added, Cell, Counted, Sheet, Sign, Summed, Table, Total, Where
from isoaudit.export.xlsx.formulas import Live
from isoaudit.export.xlsx.places import Place, quoted

_TIP = 255
"""What the tip of a link may hold."""
_SIGNS: Mapping[Sign, str] = {
    "=": "là",
    "<>": "khác",
    "<": "trước",
    "<=": "đến hết",
    ">": "sau",
    ">=": "từ",
}
_ORDERS: Mapping[Sign, Callable[[date, date], bool]] = {
    "=": operator.eq,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_EMPTY = "trống"


class Links:
    """The links of the cells of one workbook."""

    def __init__(self, sheets: Iterable[Sheet], known: dict[str, Place]) -> None:
        self._known = known
        self._tables = {table.key: table for sheet in sheets for table in sheet.tables}
        self._columns: dict[tuple[str, str], list[Cell]] = {}
        self._found: dict[tuple[str, Where], frozenset[int]] = {}
        self._adding: dict[tuple[str, str], frozenset[int]] = {}

    def of(self, cell: Live, place: Place, column: int) -> Url | None:
        """The link of a figure in a column of the table at `place`; None where it has no rows to lead to."""
        match cell:
            case Counted() | Summed():
                return self._to_rows(cell) if cell.value else None
            case Total(rows=Counted() | Summed()) | Added(rows=Counted() | Summed()) if cell.value:
                return None if cell.rows is None else self._to_rows(cell.rows)
            case Total() if cell.value:
                return _to_summands(place, column)
            case _:
                return None

    def _to_rows(self, cell: Counted | Summed) -> Url | None:
        table, over = self._tables[cell.over], self._known[cell.over]
        where = cell.where or (Where("name", "", "<>"),)
        rows = frozenset.intersection(*(self._rows(table, each) for each in where))
        if isinstance(cell, Summed):
            rows &= self._positive(table, cell.column)
        if not rows:
            return None
        last = xl_col_to_name(table.on_paper - 1, col_abs=True)
        first, end = over.first + min(rows) + 1, over.first + max(rows) + 1
        between = len(rows) < max(rows) - min(rows) + 1
        return _link(over.sheet, f"$A${first}:{last}${end}", self._tip(table, over, cell, len(rows), filter_by=between))

    def _rows(self, table: Table, where: Where) -> frozenset[int]:
        """The rows of a table, from 0, on which a condition holds."""
        key = table.key, where
        if key not in self._found:
            cells = self._cells(table, where.key)
            self._found[key] = frozenset(number for number, cell in enumerate(cells) if _holds(where, cell))
        return self._found[key]

    def _positive(self, table: Table, column: str) -> frozenset[int]:
        """The rows of a table, from 0, that add something to the sum of a column."""
        key = table.key, column
        if key not in self._adding:
            cells = self._cells(table, column)
            self._adding[key] = frozenset(number for number, cell in enumerate(cells) if _adds(cell))
        return self._adding[key]

    def _cells(self, table: Table, key: str) -> list[Cell]:
        if (table.key, key) not in self._columns:
            column = self._known[table.key].columns[key]
            self._columns[table.key, key] = [
                row.cells[column] if column < len(row.cells) else None for row in table.rows
            ]
        return self._columns[table.key, key]

    def _tip(self, table: Table, over: Place, cell: Counted | Summed, rows: int, *, filter_by: bool) -> str:
        told = f"{rows} dòng ở trang “{over.sheet}”"
        if not filter_by:
            return told
        titles = {column.key: column for column in table.columns}
        parting = [each for each in cell.where if len(self._rows(table, each)) < len(table.rows)]
        asked = [f"{titles[each.key].title} {_SIGNS[each.sign]} {_value(each)}" for each in parting]
        if isinstance(cell, Summed):
            summed = titles[cell.column]
            side = f" ({summed.group.partition(' (')[0]})" if summed.group in _sides(table) else ""
            asked.append(f"{summed.title}{side} lớn hơn 0")
        told = f"{told}. Lọc: {'; '.join(asked)}"
        return told if len(told) <= _TIP else f"{told[: _TIP - 1]}…"


def _sides(table: Table) -> set[str]:
    """The headings of columns whose titles recur under others: then and now."""
    titles = Counter(column.title for column in table.columns)
    return {column.group for column in table.columns if column.group and titles[column.title] > 1}


def _to_summands(place: Place, column: int) -> Url | None:
    if not place.body:
        return None
    letter = xl_col_to_name(column, col_abs=True)
    first, last = place.body[0][0] + 1, place.body[-1][1] + 1
    return _link(place.sheet, f"${letter.lstrip('$')}${first}:{letter}${last}", f"Cộng từ dòng {first} đến dòng {last}")


def _link(sheet: str, cells: str, tip: str) -> Url:
    url = Url(f"internal:{quoted(sheet)}!{cells}")
    url.tip = tip
    return url


def _adds(cell: Cell) -> bool:
    """Whether a cell is more than nothing in a sum: an empty one, or a text, is nothing."""
    return isinstance(cell, int | float) and cell > 0


def _holds(where: Where, cell: Cell) -> bool:
    """Whether a cell meets a condition, as COUNTIFS and SUMIFS see it: an empty one is on no side of a day, and other
    than any value."""
    if not isinstance(where.value, date):
        empty = cell is None or cell == ""
        same = cell == where.value if where.value else empty
        return same is (where.sign == "=")
    if where.sign == "<>":
        return cell != where.value
    return isinstance(cell, date) and _ORDERS[where.sign](cell, where.value)


def _value(where: Where) -> str:
    if isinstance(where.value, date):
        return short_date(where.value)
    return f"“{where.value}”" if where.value else _EMPTY
