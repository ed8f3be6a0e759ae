"""Sheet "Diễn biến theo năm", of a report over several years: the figures of each year side by side, one line a year.

Each year is counted by its own units: as its issued report has it, else anew. Whole numbers and shares as x/y, since
the total over blocks has no rate (RULES §4). A report of one year has no such sheet.
"""

from collections.abc import Iterator
from datetime import date

from isoaudit.domain.documentwords import short_date
from isoaudit.export.layout import ReportContent
from isoaudit.export.sections.words import NO_RATE
from isoaudit.export.tables import Bars, Cell, Column, Kind, Row, Share, Sheet, Table
from isoaudit.export.yearly import YearFigures

_RATES = (
    ("declared", "considered", "Đã công bố", "Số đơn vị xem xét", "Công bố"),
    ("converted", "baseline", "Đã chuyển đổi", "Thuộc diện", "Chuyển đổi"),
    ("kept", "judged", "Thực hiện đúng", "Thuộc diện xét", "Duy trì, cải tiến"),
)
"""Part, whole, their titles, and what they are about."""
_COUNTS = (
    ("audited", "Đơn vị, toàn diện tại trụ sở", "Kiểm tra"),
    ("visits", "Lượt kiểm tra", "Kiểm tra"),
    ("raised", "Phát hiện trong năm", "Tồn tại, hạn chế"),
    ("closed", "Đã đóng trong năm", "Tồn tại, hạn chế"),
    ("closing", "Còn lại cuối năm", "Tồn tại, hạn chế"),
)
_DRAWN = ("declared", "converted", "kept", "audited")


def each_year(content: ReportContent) -> Iterator[Sheet]:
    """The sheet, where the report is about several years."""
    years = content.years.each_year
    if not years:
        return
    # What was not entered of some year is left out: a chart would draw it as nothing.
    drawn = tuple(key for key in _DRAWN if all(getattr(each, key) is not None for each in years))
    yield Sheet(
        "Diễn biến theo năm",
        f"Kết quả từng năm, {content.period_name}",
        (_table(content),),
        charts=(Bars("Số đơn vị theo năm", "each_year", "year", drawn),) if drawn else (),
        frozen=1,
        repeat="each_year",
    )


def _table(content: ReportContent) -> Table:
    columns = (
        Column("year", "Năm", 9, Kind.CENTRE),
        Column("as_of", "Số liệu đến ngày", 9.5, Kind.DATE),
        Column("units", "Tổng số đơn vị", 8, Kind.COUNT),
        *(
            column
            for part, whole, done, of, group in _RATES
            for column in (
                Column(part, done, 8.5, Kind.COUNT, group),
                Column(whole, of, 8.5, Kind.COUNT, group),
                Column(f"{part}_share", "Số lượng/ tổng số", 9, Kind.CENTRE, group),
            )
        ),
        *(Column(key, title, 9, Kind.COUNT, group) for key, title, group in _COUNTS),
        Column("source", "Nguồn số liệu", 20),
    )
    rows = tuple(Row(_cells(content, each)) for each in content.years.each_year)
    notes = (
        "Mỗi năm tính theo các đơn vị đang hoạt động khi đó. Dấu “–”: chưa có số liệu. Số lượng của các năm không cộng "
        "lại với nhau: một đơn vị được đếm ở từng năm.",
    )
    return Table("each_year", columns, rows, notes=notes)


def _cells(content: ReportContent, each: YearFigures) -> tuple[Cell, ...]:
    last = each.as_of or min(date(each.year, 12, 31), content.as_of)
    rates: list[Cell] = []
    for part, whole, *_titles in _RATES:
        done, of = getattr(each, part), getattr(each, whole)
        share = Share(done, of, part, whole) if done is not None else NO_RATE
        rates += [NO_RATE if done is None else done, of, share]
    counts = [getattr(each, key) for key, *_titles in _COUNTS]
    return (
        f"Năm {each.year}",
        last,
        each.units,
        *rates,
        *(NO_RATE if number is None else number for number in counts),
        _source(each),
    )


def _source(each: YearFigures) -> str:
    if not each.number:
        return "Tính từ số liệu hiện có"
    issued = f" ngày {short_date(each.issued_on)}" if each.issued_on else ""
    return f"Báo cáo số {each.number}{issued}"
