"""What a correction says of the report that it replaces: in the opening, and figure by figure in an annex (RULES §10).

Which figures differ is found by `isoaudit.export.differences`; an issued report itself never changes.
"""

from isoaudit.export.layout import ReportContent
from isoaudit.export.paper.blocks import Align, Column, Grid, Line

TITLE = "Số liệu, nội dung đính chính"


def corrections(content: ReportContent) -> Grid:
    """The table of the annex, without a row when nothing differs."""
    columns = (
        Column("TT", 8, Align.CENTRE),
        Column("Nơi ghi", 34),
        Column("Chỉ tiêu, nội dung", 62),
        Column("Đã báo cáo", 32, Align.CENTRE),
        Column("Đính chính thành", 32, Align.CENTRE),
    )
    rows = tuple(
        Line((str(place), each.where, each.what, each.before, each.after))
        for place, each in enumerate(content.corrections, 1)
    )
    return Grid(columns, rows)
