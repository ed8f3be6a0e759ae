"""What a correction says of the report that it replaces: in the opening, and figure by figure in an annex (RULES §10).

Which figures differ is found by `isoaudit.export.differences`; an issued report itself never changes.
"""

from itertools import groupby

from isoaudit.export.layout import ReportContent
from isoaudit.export.paper.blocks import Align, Column, Grid, Line, Weight

TITLE = "Số liệu, nội dung đính chính"


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
        rows.extend(Line((str(place), each.what, each.before, each.after)) for place, each in several)
    return Grid(columns, tuple(rows))
