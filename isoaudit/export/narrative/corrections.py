"""What a correction says of the report that it replaces: in the opening, and figure by figure in an annex (RULES §10).

Which figures differ is found by `isoaudit.export.differences`; an issued report itself never changes.
"""

from collections.abc import Iterator
from itertools import groupby, zip_longest
from textwrap import wrap

from isoaudit.export.layout import ReportContent
from isoaudit.export.paper.blocks import Align, Column, Grid, Line, Weight
from isoaudit.export.rows import CorrectionRow

TITLE = "Số liệu, nội dung đính chính"
_LINES, _LETTERS = 40, 24
"""So many lines of a cell stand in one row, with so many letters each at least: rows are never cut, and a page has to
hold one."""


def corrections(content: ReportContent) -> Grid:
    """The table of the annex, by where things stand; without a row when nothing differs."""
    columns = (
        Column("TT", 8, Align.CENTRE),
        Column("Chỉ tiêu, nội dung", 56),
        Column("Đã báo cáo", 52),
        Column("Đính chính thành", 52),
    )
    rows: list[Line] = []
    told = enumerate(content.corrections, 1)
    for where, several in groupby(told, key=lambda each: each[1].where):
        rows.append(Line((where,), Weight.GROUP))
        for place, each in several:
            rows.extend(_lines(place, each))
    return Grid(columns, tuple(rows))


def _lines(place: int, row: CorrectionRow) -> Iterator[Line]:
    """One line, or what is too long for one going on in the next."""
    cells = (_pieces(text) for text in (row.what, row.before, row.after))
    for number, pieces in enumerate(zip_longest(*cells, fillvalue="")):
        yield Line(("" if number else str(place), *pieces))


def _pieces(text: str) -> list[str]:
    """What fits into one row after the other; lines of the text (items of a list) stay lines."""
    found: list[list[str]] = [[]]
    used = 0
    for line in text.splitlines():
        for part in wrap(line, _LINES * _LETTERS, break_on_hyphens=False) or [""]:
            taken = 1 + len(part) // _LETTERS
            if used and used + taken > _LINES:
                found.append([])
                used = 0
            found[-1].append(part)
            used += taken
    return ["\n".join(each) for each in found]
