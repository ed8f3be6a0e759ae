"""Province workbooks as people send them: an XLSX file, or a folder of CSV files, read into plain tables.

Only the form is looked at here: that the file can be opened, is not too large, and has one header row with a name
for every column that holds something. Which sheets and columns there are, and what the cells mean, is the business of
`schemas.workbook` and `services.importing`.
"""

import hashlib
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from isoaudit.domain.errors import Invalid, Refusal, Refusals
from isoaudit.domain.fields import shown
from isoaudit.intake.csvtable import read_csv
from isoaudit.intake.xlsxtable import read_xlsx

Cell = str | float | int | bool | date | datetime | time | timedelta | None
LARGEST_FOLDER = 200 * 1024 * 1024
LARGEST_FILE = 60 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Row:
    """One row below the header: its number as a spreadsheet shows it, and its cells in the order of the columns."""

    number: int
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: `title` as the file writes it, `name` for comparing, the column names for comparing, the rows that
    hold something."""

    title: str
    name: str
    columns: tuple[str, ...]
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Workbook:
    """What a file or a folder holds. `digest` is the SHA-256 of the file, or of the folder's sheets in the order of
    their names, so that a README or the order of files changes nothing."""

    name: str
    digest: str
    sheets: list[Sheet]


def read(path: Path) -> Workbook:
    """The tables of an XLSX file or of a folder of CSV files. Raises `Refusals` naming every file that cannot be
    read, or `Invalid` when there is nothing to read."""
    if path.is_dir():
        return _folder(path)
    if not path.is_file():
        raise Invalid("importing.no_file", value=str(path))
    if path.suffix.lower() != ".xlsx":
        raise Invalid("importing.not_workbook", value=path.name)
    if path.stat().st_size > LARGEST_FILE:
        raise Invalid("importing.too_large", value=path.name, limit=f"{LARGEST_FILE >> 20} MB")
    data = path.read_bytes()
    problems: list[Refusal] = []
    sheets = []
    for title, rows in read_xlsx(path.name, data):
        if not is_readme(title):
            sheets.append(_sheet(title, rows, problems))
    return _workbook(path.name, hashlib.sha256(data).hexdigest(), sheets, problems)


def _folder(path: Path) -> Workbook:
    files = sorted(each for each in path.iterdir() if each.is_file() and each.suffix.lower() == ".csv")
    files = [each for each in files if not is_readme(each.name) and not each.name.startswith(".")]
    if not files:
        raise Invalid("importing.no_sheets", value=path.name)
    if sum(each.stat().st_size for each in files) > LARGEST_FOLDER:
        raise Invalid("importing.too_large", value=path.name, limit=f"{LARGEST_FOLDER >> 20} MB")
    digest = hashlib.sha256()
    problems: list[Refusal] = []
    sheets = []
    for file in files:
        data = file.read_bytes()
        digest.update(f"{file.stem.lower()} {hashlib.sha256(data).hexdigest()}\n".encode())
        try:
            sheets.append(_sheet(file.stem, read_csv(file.name, data), problems))
        except Refusal as refusal:
            problems.append(refusal)
    return _workbook(path.resolve().name, digest.hexdigest(), sheets, problems)


def is_readme(name: str) -> bool:
    """Whether a sheet or file only explains the others."""
    return name.strip().casefold().startswith("readme")


def _workbook(name: str, digest: str, sheets: list[Sheet], problems: list[Refusal]) -> Workbook:
    seen: set[str] = set()
    for sheet in sheets:
        if sheet.name in seen:
            problems.append(Invalid("importing.sheet_twice", sheet=sheet.title))
        seen.add(sheet.name)
    if problems:
        raise Refusals(problems)
    return Workbook(name, digest, sheets)


def _sheet(title: str, rows: Iterable[tuple[int, Sequence[Cell]]], problems: list[Refusal]) -> Sheet:
    """The table in these rows. The first row that holds something is the header; empty rows are passed over."""
    filled = [(number, cells) for number, cells in rows if any(not _empty(cell) for cell in cells)]
    if not filled:
        return Sheet(title, _name(title), (), [])
    header_number, header = filled[0]
    columns = [_name(str(cell)) if isinstance(cell, str) else ("" if cell is None else str(cell)) for cell in header]
    for column in sorted({each for each in columns if each and columns.count(each) > 1}):
        problems.append(Invalid("importing.column_twice", sheet=title, row=header_number, column=column))
    width = len(columns)
    for number, cells in filled[1:]:
        for place, cell in enumerate(cells):
            if (place >= width or not columns[place]) and not _empty(cell):
                problems.append(
                    Invalid("importing.no_column", sheet=title, row=number, column=_letters(place), value=shown(cell))
                )
    named = [place for place, column in enumerate(columns) if column]
    if len(named) < width:
        body = [Row(number, [c[place] if place < len(c) else None for place in named]) for number, c in filled[1:]]
    else:
        body = [Row(number, cells) for number, cells in filled[1:]]
    return Sheet(title, _name(title), tuple(columns[place] for place in named), body)


def _empty(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _name(text: str) -> str:
    """A sheet's or column's name for comparing: neither case nor blanks around it count."""
    return unicodedata.normalize("NFC", text).strip().lower()


def _letters(place: int) -> str:
    """The column as a spreadsheet names it: 0 is A, 26 is AA."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
