"""Of section I: whether units sent their reports, on time, late, not at all. Left out when none were owed."""

from isoaudit.domain.documentwords import short_date
from isoaudit.domain.numbers import count_text, thousands
from isoaudit.export.layout import ReportContent
from isoaudit.export.narrative.annexes import annex_name
from isoaudit.export.narrative.phrases import NAMED, WHO, count, full, listed, named, para, part
from isoaudit.export.narrative.reading import reported_period
from isoaudit.export.paper.blocks import Align, Column, Flow, Grid, Heading, Line
from isoaudit.export.sections.words import sentence
from isoaudit.export.yearly import OwedReports


def reporting(content: ReportContent) -> list[Flow]:
    """The part, empty when no report was owed."""
    rows = content.years.reports
    if not rows:
        return []
    annex = annex_name(content, "reports")
    found: list[Flow] = [Heading(2, "Chế độ báo cáo")]
    for place, period in enumerate(dict.fromkeys(row.period for row in rows), 1):
        said = _of_period(period, [row for row in rows if row.period == period], annex, content.decimals)
        found.append(para(content, "reporting.sent" if place == 1 else f"reporting.sent.{place}", said))
    return [*found, _table(rows)]


def _of_period(period: str, rows: list[OwedReports], annex: str, decimals: int) -> str:
    sent = "; ".join(
        part(row.on_time + row.came_late, row.owed, WHO[row.block], "gửi báo cáo", decimals)
        for row in rows
        if row.owed > row.waiting
    )
    due = max(row.due_on for row in rows)
    if not sent:
        return full(f"Báo cáo {reported_period(period)} chưa đến hạn gửi (hạn {short_date(due)})")
    late = [f"{each.unit} ({count_text(each.days)} ngày)" for row in rows for each in row.late if each.sent]
    missing = [each.unit for row in rows for each in row.late if not each.sent]
    said = [full(f"Báo cáo {reported_period(period)} (hạn {short_date(due)}): {sent}")]
    if late:
        said.append(full(f"Gửi trễ hạn {count(len(late))}{_names(late, annex)}"))
    if missing:
        said.append(full(f"Quá hạn chưa gửi {count(len(missing))}{_names(missing, annex)}"))
    return " ".join(said)


def _names(names: list[str], annex: str) -> str:
    """The names after a colon, since days stand in brackets; of many the annex."""
    return named(names, annex) if annex and len(names) > NAMED else f": {listed(names)}"


def _table(rows: tuple[OwedReports, ...]) -> Grid:
    words = ("Phải gửi", "Đúng hạn", "Trễ hạn", "Chưa gửi", "Chưa đến hạn")
    columns = (Column("Kỳ báo cáo", 26), Column("Khối", 24), *(Column(word, 10, Align.CENTRE) for word in words))
    lines = tuple(
        Line(
            (
                sentence(reported_period(row.period)),
                WHO[row.block][:1].upper() + WHO[row.block][1:],
                *map(thousands, (row.owed, row.on_time, row.came_late, row.not_sent, row.waiting)),
            )
        )
        for row in rows
    )
    return Grid(columns, lines, "Việc gửi báo cáo của đơn vị")
