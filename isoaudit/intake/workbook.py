"""Province workbooks as people send them: an XLSX file, or a folder of CSV files, read into plain tables.

Only the form is looked at here: that the file can be opened, is not too large, and has one header row with a name
for every column that holds something. That is looked at once for the whole file; the rows themselves are read again
whenever they are asked for, so that a workbook of any length takes little memory. Which sheets and columns there are,
and what the cells mean, is the business of `schemas.workbook` and `services.importing`.
"""

import hashlib
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import chain
from pathlib import Path

from isoaudit.domain.errors import Invalid, Refusal, Refusals
from isoaudit.domain.fields import shown
from isoaudit.intake.csvtable import csv_rows, file_digest
from isoaudit.intake.xlsxtable import Spreadsheet

Cell = str | float | int | bool | date | datetime | time | timedelta | None
Raw = Iterable[tuple[int, Sequence[Cell]]]
LARGEST_FOLDER = 200 * 1024 * 1024
LARGEST_FILE = 60 * 1024 * 1024
MOST_TOLD = 1_000
"""So many cells that stand under no column are told one by one."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row below the header: its number as a spreadsheet shows it, and its cells in the order of the columns."""

    number: int
    cells: Sequence[Cell]


class Rows:
    """The rows of a sheet that hold something; read anew each time they are gone through."""

    def __init__(self, source: Callable[[], Raw], header: int, width: int, named: Sequence[int], count: int) -> None:
        self._source, self._header, self._count = source, header, count
        self._places = None if len(named) == width else named

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Row]:
        return (Row(number, cells) for number, cells in self.numbered())

    def numbered(self) -> Iterator[tuple[int, Sequence[Cell]]]:
        """The number and the cells of each row: for sheets of a million of them."""
        places = self._places
        for number, cells in self._source():
            if number <= self._header or not _filled(cells):
                continue
            if places is None:
                yield number, cells
            else:
                yield number, [cells[place] if place < len(cells) else None for place in places]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: `title` as the file writes it, `name` for comparing, the column names for comparing, the rows that
    hold something."""

    title: str
    name: str
    columns: tuple[str, ...]
    rows: Rows


@dataclass(frozen=True, slots=True)
class Workbook:
    """What a file or a folder holds. `digest` is the SHA-256 of the file, or of the folder's sheets in the order of
    their names, so that a README or the order of files changes nothing."""

    name: str
    digest: str
    sheets: list[Sheet]
    path: Path

    def unchanged(self) -> bool:
        """Whether the file or folder is still what was read first."""
        return _digest(self.path) == self.digest


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
    problems: list[Refusal] = []
    spreadsheet = Spreadsheet(path)
    sheets = [
        _sheet(title, spreadsheet.reader(title), problems) for title in spreadsheet.titles if not is_readme(title)
    ]
    return _workbook(path, path.name, sheets, problems)


def _folder(path: Path) -> Workbook:
    files = _tables(path)
    if not files:
        raise Invalid("importing.no_sheets", value=path.name)
    if sum(each.stat().st_size for each in files) > LARGEST_FOLDER:
        raise Invalid("importing.too_large", value=path.name, limit=f"{LARGEST_FOLDER >> 20} MB")
    problems: list[Refusal] = []
    sheets = []
    for file in files:
        try:
            sheets.append(_sheet(file.stem, _reader(file), problems))
        except Refusal as refusal:
            problems.append(refusal)
    return _workbook(path, path.resolve().name, sheets, problems)


def _tables(path: Path) -> list[Path]:
    files = sorted(each for each in path.iterdir() if each.is_file() and each.suffix.lower() == ".csv")
    return [each for each in files if not is_readme(each.name) and not each.name.startswith(".")]


def _reader(file: Path) -> Callable[[], Raw]:
    return lambda: csv_rows(file)


def _digest(path: Path) -> str:
    if path.is_file():
        return file_digest(path)
    digest = hashlib.sha256()
    for file in _tables(path):
        digest.update(f"{file.stem.lower()} {file_digest(file)}\n".encode())
    return digest.hexdigest()


def is_readme(name: str) -> bool:
    """Whether a sheet or file only explains the others."""
    return name.strip().casefold().startswith("readme")


def _workbook(path: Path, name: str, sheets: list[Sheet], problems: list[Refusal]) -> Workbook:
    seen: set[str] = set()
    for sheet in sheets:
        if sheet.name in seen:
            problems.append(Invalid("importing.sheet_twice", sheet=sheet.title))
        seen.add(sheet.name)
    if problems:
        raise Refusals(problems)
    return Workbook(name, _digest(path), sheets, path)


def _sheet(title: str, source: Callable[[], Raw], problems: list[Refusal]) -> Sheet:
    """The table in these rows. The first row that holds something is the header; empty rows are passed over."""
    rows = iter(source())
    header_number, header = next(((number, cells) for number, cells in rows if _filled(cells)), (0, ()))
    columns = [_name(str(cell)) if isinstance(cell, str) else ("" if cell is None else str(cell)) for cell in header]
    for column in sorted({each for each in columns if each and columns.count(each) > 1}):
        problems.append(Invalid("importing.column_twice", sheet=title, row=header_number, column=column))
    width, count = len(columns), 0
    named = [place for place, column in enumerate(columns) if column]
    nameless = [place for place, column in enumerate(columns) if not column]
    for number, cells in rows:
        if not _filled(cells):
            continue
        count += 1
        if nameless or len(cells) > width:
            for place in chain(nameless, range(width, len(cells))):
                if place < len(cells) and not _empty(cells[place]) and len(problems) < MOST_TOLD:
                    where = {"sheet": title, "row": number, "column": _letters(place)}
                    problems.append(Invalid("importing.no_column", **where, value=shown(cells[place])))
    return Sheet(
        title,
        _name(title),
        tuple(columns[place] for place in named),
        Rows(source, header_number, width, named, count),
    )


def _filled(cells: Sequence[Cell]) -> bool:
    """Whether a row holds something; the first cell tells it of nearly every row."""
    if cells and (first := cells[0]) and (first.__class__ is not str or not first.isspace()):
        return True
    return not all(_empty(cell) for cell in cells)


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
