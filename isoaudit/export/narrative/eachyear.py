"""Of section II, in a report of several years: the figures of each year side by side.

Each year is counted by its own units: as its issued report has it, else anew, which the paragraph says. The total over
blocks has no rate (RULES §4).
"""

from isoaudit.domain.documentwords import short_date
from isoaudit.domain.numbers import NOTHING, share, thousands
from isoaudit.export.compared import Source, source_words
from isoaudit.export.layout import ReportContent
from isoaudit.export.narrative.phrases import full, para
from isoaudit.export.paper.blocks import Align, Column, Flow, Grid, Line
from isoaudit.export.yearly import YearFigures

_WHAT, _WHOLE = 34, 100
_FITS = 6
"""So many years stand on an upright page; more need a wide one."""


def each_year(content: ReportContent) -> list[Flow]:
    """The paragraph that tells how to read the table, and the table."""
    told = (full("Mỗi năm tính theo các đơn vị khi đó"), *_sources(content), full("Dấu “–”: chưa có số liệu"))
    return [para(content, "years.each", *told), _table(content)]


def _sources(content: ReportContent) -> list[str]:
    """Whose figures these are: of years with an issued report, and of the others."""
    years = content.years.each_year
    issued = [
        f"năm {each.year} {source_words(each.as_of, Source(each.number, each.issued_on))}"
        for each in years
        if each.number and each.as_of and each.issued_on
    ]
    over = [each for each in years if not each.number and each.year < content.year]
    last = "" if years[-1].number else f"năm {content.year} đến hết ngày {short_date(content.as_of)}"
    told = [full(f"Số liệu {'; '.join(issued)}")] if issued else []
    if over:
        others = "các năm còn lại" if issued else "các năm"
        return [*told, full(f"Số liệu {others} tính lại đến hết ngày 31/12{f'; {last}' if last else ''}")]
    return [*told, full(f"Số liệu {last}")] if last else told


def _table(content: ReportContent) -> Grid:
    years = content.years.each_year
    wide = (_WHOLE - _WHAT) / len(years)
    columns = (Column("Nội dung", _WHAT), *(Column(f"Năm {each.year}", wide, Align.CENTRE) for each in years))
    cells = zip(*map(_cells, years), strict=True)
    rows = tuple(Line((words, *line)) for words, line in zip(_WORDS, cells, strict=True))
    return Grid(columns, rows, "Kết quả từng năm", wide=len(years) > _FITS)


_WORDS = (
    "Tổng số đơn vị",
    "Đã công bố/ số đơn vị xem xét",
    "Đã chuyển đổi/ thuộc diện chuyển đổi",
    "Duy trì, cải tiến đúng/ thuộc diện xét",
    "Đơn vị được kiểm tra toàn diện tại trụ sở",
    "Lượt kiểm tra",
    "Tồn tại, hạn chế phát hiện trong năm",
    "Tồn tại, hạn chế đã đóng trong năm",
    "Tồn tại, hạn chế còn lại cuối năm",
)


def _cells(each: YearFigures) -> tuple[str, ...]:
    parts = ((each.declared, each.considered), (each.converted, each.baseline), (each.kept, each.judged))
    counts = (each.audited, each.visits, each.raised, each.closed, each.closing)
    return (
        thousands(each.units),
        *(NOTHING if part is None or not whole else share(part, whole) for part, whole in parts),
        *(NOTHING if number is None else thousands(number) for number in counts),
    )
