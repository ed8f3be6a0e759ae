"""Where everything stands: the rows and columns of every table of the workbook, known before anything is written.

Formulas of one sheet look at tables of others, also of later ones; so the places are worked out first. Rows and
columns count from 0.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from xlsxwriter.utility import xl_col_to_name

from isoaudit.export.tables import Sheet, Style, Table

HEADING_ROWS = 4
"""Rows above the first table: issuer or example line, title, cut-off line, space."""
LETTERHEAD_ROWS = 3
"""Further rows on the first sheet."""


@dataclass(frozen=True, slots=True)
class Place:
    """A table on its sheet. `head` is its last heading row; rows `first` … `last` are its rows.

    `body` holds the unbroken runs of body rows, which a total adds.
    """

    sheet: str
    top: int
    head: int
    first: int
    last: int
    columns: Mapping[str, int]
    body: tuple[tuple[int, int], ...]

    def range(self, key: str, *, foreign: bool) -> str:
        """The cells of a column, "$C$6:$C$160", with the sheet's name in front when `foreign`."""
        letter = xl_col_to_name(self.columns[key], col_abs=True)
        cells = f"{letter}${self.first + 1}:{letter}${self.last + 1}"
        return f"{quoted(self.sheet)}!{cells}" if foreign else cells

    def cell(self, key: str, row: int) -> str:
        """One cell of a row of this sheet, "C6"."""
        return f"{xl_col_to_name(self.columns[key])}{row + 1}"


def quoted(sheet: str) -> str:
    """The sheet's name as formulas write it."""
    return "'" + sheet.replace("'", "''") + "'"


def heading_rows(sheet: Sheet) -> int:
    """How many rows stand above the first table."""
    return HEADING_ROWS + (LETTERHEAD_ROWS if sheet.first else 0)


def grouped(table: Table) -> bool:
    """Whether the table has a row of group headings above its column titles. Columns that are not printed need none:
    what they are stands in the row above, which is there anyway."""
    return any(column.group for column in table.columns[: table.on_paper])


def places(sheets: Iterable[Sheet]) -> dict[str, Place]:
    """The place of every table, by its key."""
    found = {}
    for sheet in sheets:
        row = heading_rows(sheet)
        for table in sheet.tables:
            place = _place(sheet, table, row)
            found[table.key] = place
            row = place.last + 1 + len(table.notes) + 1
    return found


def end_of(sheet: Sheet, known: Mapping[str, Place]) -> int:
    """The first row below all tables of the sheet and their notes."""
    table = sheet.tables[-1]
    return known[table.key].last + 1 + len(table.notes)


def _place(sheet: Sheet, table: Table, top: int) -> Place:
    head = top + (1 if table.caption else 0) + (-1 if table.headless else 1 if grouped(table) else 0)
    first = head + 1
    runs: list[tuple[int, int]] = []
    for row, each in enumerate(table.rows, first):
        if each.style is not Style.BODY:
            continue
        if runs and runs[-1][1] == row - 1:
            runs[-1] = (runs[-1][0], row)
        else:
            runs.append((row, row))
    return Place(
        sheet.name,
        top,
        head,
        first,
        first + max(len(table.rows), 1) - 1,
        {column.key: number for number, column in enumerate(table.columns)},
        tuple(runs),
    )
