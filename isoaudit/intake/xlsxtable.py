"""One XLSX file, into numbered rows of values (calamine reads it; strings, floats, booleans and dates come out).

The file is weighed before it is opened: an archive that unpacks to too much, or a sheet whose last cell lies so far out
that the table would not fit into memory, is refused, and so are cells that hold an error of a formula, which the
reader would give as empty ones.
"""

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from isoaudit.domain.errors import Invalid
from isoaudit.domain.numbers import thousands

Cell = str | float | int | bool | date | datetime | time | timedelta | None
LARGEST_UNPACKED = 400 * 1024 * 1024
LARGEST_AREA = 8_000_000
LARGEST_ROWS = 600_000
"""Rows of one sheet. The reader keeps a whole sheet in memory: an import with so many answers took 430 MB, with a
million 660 MB (measured 22/11/2026); CSV is read row by row."""
_PARTS = 2_000
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_LOCKED = 0x1  # the flag of a part that needs a password
_CHUNK = 1 << 20
_TAG = 1 << 16  # longer than any tag that a writer of spreadsheets leaves
# A tag ends before the next "<", and what was matched is not given back: the time grows with the text and no faster.
_FILLED = re.compile(rb'<(?:\w++:)?c\b(?>[^<>]*?\sr="([A-Z]{1,3})([0-9]{1,7})")[^<>]*+(?<!/)>')
_ERROR = re.compile(rb'\st="e"')


class Spreadsheet:
    """An XLSX file that was weighed and opened. Raises `Invalid` naming the file when it cannot be read."""

    def __init__(self, path: Path) -> None:
        self.name = path.name
        self._path = path
        _weigh(self.name, path)
        try:
            self.titles: list[str] = CalamineWorkbook.from_path(str(path)).sheet_names
        except CalamineError:
            raise Invalid("importing.not_workbook", value=self.name) from None

    def reader(self, title: str) -> Callable[[], Iterator[tuple[int, Sequence[Cell]]]]:
        """What reads the rows of a sheet with their numbers, from 1, each time it is called."""
        return lambda: self._rows(title)

    def _rows(self, title: str) -> Iterator[tuple[int, Sequence[Cell]]]:
        try:
            sheet = CalamineWorkbook.from_path(str(self._path)).get_sheet_by_name(title)
            if sheet.start is not None:
                left = [""] * sheet.start[1]  # the reader leaves out empty columns on the left
                for number, cells in enumerate(sheet.iter_rows(), 1):
                    yield number, [*left, *cells] if left else cells
        except CalamineError:
            raise Invalid("importing.not_workbook", value=self.name) from None


def _weigh(name: str, path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
            if "xl/workbook.xml" not in names:
                raise Invalid("importing.not_workbook", value=name)
            if any(part.compress_type not in _PACKINGS or part.flag_bits & _LOCKED for part in parts):
                raise Invalid("importing.not_workbook", value=name)
            if len(parts) > _PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
                raise Invalid("importing.too_large", value=name, limit=f"{LARGEST_UNPACKED >> 20} MB")
            for part in parts:
                _weigh_part(name, archive, part)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError):
        raise Invalid("importing.not_workbook", value=name) from None


def _weigh_part(name: str, archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Unpack one part, piece by piece: a size that the archive understates, or a broken sum, ends the reading."""
    is_sheet = part.filename.startswith("xl/worksheets/")
    width = height = rows = 0
    kept = b""
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            if not is_sheet:
                continue
            text = kept + chunk
            for cell in _FILLED.finditer(text):
                if _ERROR.search(cell[0]):
                    place = (cell[1] + cell[2]).decode()
                    raise Invalid("importing.error_cell", value=name, sheet=part.filename, column=place)
                width = max(width, _place(cell[1]))
                if (number := int(cell[2])) != height:
                    rows, height = rows + 1, max(height, number)
            kept = _open_tag(text)
            if len(kept) > _TAG:
                raise Invalid("importing.not_workbook", value=name)
    if rows > LARGEST_ROWS:
        raise Invalid("importing.too_many_rows", value=name, sheet=part.filename, limit=thousands(LARGEST_ROWS))
    if width * height > LARGEST_AREA:
        raise Invalid("importing.too_wide", value=name, sheet=part.filename, limit=f"{LARGEST_AREA:,}")


def _open_tag(text: bytes) -> bytes:
    """The tag that the text ends in the middle of; it goes on in the next piece."""
    start = text.rfind(b"<")
    return b"" if start < 0 or text.find(b">", start) >= 0 else text[start:]


def _place(letters: bytes) -> int:
    place = 0
    for each in letters:
        place = place * 26 + each - ord("A") + 1
    return place
