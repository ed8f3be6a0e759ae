"""A table of administrative procedures as people have it: pasted from a spreadsheet or saved as CSV, with Vietnamese or
English headings, into rows of text by column.

What the cells mean, and which are missing, is checked in `services.catalogue.drafting`.
"""

import csv
import io
import unicodedata

from isoaudit.domain.errors import Invalid
from isoaudit.domain.text import fold

COLUMNS: dict[str, tuple[str, ...]] = {
    "change": ("Thay đổi", "Hình thức", "Nội dung công bố"),
    "code": ("Mã TTHC", "Mã", "Mã số", "Mã thủ tục"),
    "name": ("Tên TTHC", "Tên", "Tên thủ tục", "Tên thủ tục hành chính", "Thủ tục"),
    "field": ("Lĩnh vực",),
    "level": ("Cấp", "Cấp giải quyết", "Cấp thực hiện"),
    "link": ("Liên thông",),
    "online": ("Trực tuyến", "Mức trực tuyến", "Dịch vụ công trực tuyến", "DVC trực tuyến"),
    "units": ("Cơ quan giải quyết", "Cơ quan thực hiện", "Đơn vị", "Đơn vị giải quyết"),
    "deadline_days": ("Thời hạn", "Thời hạn giải quyết", "Thời hạn (ngày làm việc)"),
    "valid_from": ("Hiệu lực từ", "Từ ngày", "Ngày hiệu lực"),
}
"""Column → the headings by which it is known, the one of our own files first."""
LONGEST, MOST_ROWS = 2_000_000, 5_000
_KNOWN = {fold(each): name for name, headings in COLUMNS.items() for each in (name, *headings)}

Row = tuple[int, dict[str, str]]


def decode(name: str, data: bytes) -> str:
    """The text of an uploaded file. Raises `Invalid` when it is not UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Invalid("importing.not_utf8", value=name) from None


def read(text: str) -> list[Row]:
    """The rows with their line numbers, each column → cell; empty lines are left out, cells are tidied (NFC, single
    blanks). Raises `Invalid` for a text without the headings `code`, for an unknown or doubled heading, and for a row
    with more cells than headings."""
    if len(text) > LONGEST:
        raise Invalid("catalogue.too_long", field="text", value=len(text), longest=LONGEST)
    lines = _cells(unicodedata.normalize("NFC", text).replace("\0", "").lstrip("\ufeff\n\r"))
    headings = _headings(lines[0][1] if lines else [])
    if len(lines) > MOST_ROWS:
        raise Invalid("catalogue.too_many", field="text", value=len(lines), most=MOST_ROWS)
    rows = []
    for number, cells in lines[1:]:
        if len(cells) > len(headings):
            raise Invalid("catalogue.row_wide", field="text", row=number, cells=len(cells), columns=len(headings))
        rows.append((number, dict(zip(headings, cells, strict=False))))
    return rows


def _cells(text: str) -> list[tuple[int, list[str]]]:
    """Lines that hold anything, numbered as people count them; tabs part cells pasted from a spreadsheet."""
    head = text.partition("\n")[0]
    delimiter = "\t" if "\t" in head else ";" if head.count(";") > head.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    found, number = [], 1
    try:
        for cells in reader:
            tidy = [" ".join(cell.split()) for cell in cells]
            while tidy and not tidy[-1]:
                tidy.pop()
            if tidy:
                found.append((number, tidy))
            number = reader.line_num + 1
    except csv.Error:
        raise Invalid("importing.not_csv", value="CSV", row=number) from None
    return found


def _headings(cells: list[str]) -> list[str]:
    names: list[str] = []
    for cell in cells:
        name = _KNOWN.get(fold(cell))
        if name is None:
            expected = ", ".join(headings[0] for headings in COLUMNS.values())
            raise Invalid("catalogue.heading_unknown", field="text", value=cell, expected=expected)
        if name in names:
            raise Invalid("catalogue.heading_twice", field="text", value=cell)
        names.append(name)
    if "code" not in names:
        raise Invalid("catalogue.no_headings", field="text")
    return names
