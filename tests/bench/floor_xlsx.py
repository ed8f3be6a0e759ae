"""The floor of the report workbook: the same cells, with the same formats, written by a bare XlsxWriter loop.

`recorded` reads the cells back out of a workbook; `bare` writes them again with nothing between the loop and the
library. `compare` gives the median times of both on one report. `make bench` prints the ratio.
"""

import gc
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from statistics import median
from time import perf_counter
from xml.etree import ElementTree

from xlsxwriter import Workbook

from isoaudit.export.layout import ReportContent
from isoaudit.export.xlsx import options, write_xlsx

NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_PLACE = re.compile("([A-Z]+)([0-9]+)")
_FORMATS = 40
"""As many formats as the report has, about."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """Cells of a workbook by kind: (row, column, style, value); formulas carry their value as well."""

    names: tuple[str, ...]
    sheets: tuple[tuple[tuple[int, int, int, str, object, object], ...], ...]

    @property
    def cells(self) -> int:
        """How many cells there are."""
        return sum(map(len, self.sheets))


def recorded(workbook: bytes) -> Recorded:
    """The cells of a workbook, in the order of rows."""
    with zipfile.ZipFile(BytesIO(workbook)) as archive:
        strings = [
            "".join(text.text or "" for text in each.iter(f"{NS}t"))
            for each in ElementTree.fromstring(archive.read("xl/sharedStrings.xml"))
        ]
        names = [
            sheet.get("name", "")
            for sheet in ElementTree.fromstring(archive.read("xl/workbook.xml")).iter(f"{NS}sheet")
        ]
        sheets = [
            tuple(
                _cell(each, strings)
                for each in ElementTree.fromstring(archive.read(f"xl/worksheets/sheet{number}.xml")).iter(f"{NS}c")
            )
            for number in range(1, len(names) + 1)
        ]
    return Recorded(tuple(names), tuple(sheets))


def _cell(cell: ElementTree.Element, strings: list[str]) -> tuple[int, int, int, str, object, object]:
    found = _PLACE.fullmatch(cell.get("r", "A1"))
    letters, digits = found.groups() if found else ("A", "1")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    at = (int(digits) - 1, column - 1, int(cell.get("s", "0")))
    formula, value = cell.find(f"{NS}f"), cell.findtext(f"{NS}v")
    if formula is not None:
        return (*at, "array" if formula.get("t") == "array" else "formula", f"={formula.text}", value)
    if value is None:
        return (*at, "blank", None, None)
    if cell.get("t") == "s":
        return (*at, "string", strings[int(value)], None)
    return (*at, "number", float(value), None)


def bare(cells: Recorded) -> bytes:
    """The same cells, written by the shortest loop that the library allows."""
    stream = BytesIO()
    book = Workbook(stream, options())
    formats = [
        book.add_format({"border": 1, "text_wrap": True, "indent": n % 3, "num_format": n}) for n in range(_FORMATS)
    ]
    for name, rows in zip(cells.names, cells.sheets, strict=True):
        sheet = book.add_worksheet(name)
        for row, column, style, kind, value, result in rows:
            look = formats[style % _FORMATS]
            if kind == "string":
                sheet.write_string(row, column, value, look)
            elif kind == "number":
                sheet.write_number(row, column, value, look)
            elif kind == "blank":
                sheet.write_blank(row, column, None, look)
            elif kind == "formula":
                sheet.write_formula(row, column, value, look, result)
            else:
                sheet.write_array_formula(row, column, row, column, value, look, result)
    book.close()
    return stream.getvalue()


def compare(content: ReportContent, times: int = 7) -> tuple[float, float, int]:
    """Median seconds of the report and of the bare loop, taken in turns, and the number of cells. What lay in memory
    before is kept from the garbage collector: going through it again and again belongs to neither."""
    cells = recorded(write_xlsx(content))
    gc.collect()
    gc.freeze()
    ours: list[float] = []
    floor: list[float] = []
    for _ in range(times):
        ours.append(_seconds(lambda: write_xlsx(content)))
        floor.append(_seconds(lambda: bare(cells)))
    gc.unfreeze()
    return median(ours), median(floor), cells.cells


def _seconds(work: Callable[[], object]) -> float:
    started = perf_counter()
    work()
    return perf_counter() - started
