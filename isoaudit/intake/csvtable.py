"""One CSV file, UTF-8 with or without a byte order mark, into numbered rows of text.

What the cells mean is not known here.
"""

import csv
import io

from isoaudit.domain.errors import Invalid

_LONGEST_CELL = 100_000


def read_csv(name: str, data: bytes) -> list[tuple[int, list[str]]]:
    """The rows with their numbers as a spreadsheet shows them, from 1. Raises `Invalid` naming the file.

    A semicolon parts the cells when the header has semicolons and no comma, as spreadsheets set to Vietnamese write it.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Invalid("importing.not_utf8", value=name) from None
    if "\0" in text:
        raise Invalid("importing.not_utf8", value=name)
    header = text.lstrip().partition("\n")[0]
    delimiter = ";" if ";" in header and "," not in header else ","
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[tuple[int, list[str]]] = []
    try:
        for cells in reader:
            rows.append((len(rows) + 1, cells))
    except csv.Error:
        raise Invalid("importing.not_csv", value=name, row=len(rows) + 1) from None
    return rows
