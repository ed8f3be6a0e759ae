"""Of section II: quality objectives of the year and how far they were met. Left out when none were entered."""

from datetime import date

from isoaudit.domain.documentwords import short_date
from isoaudit.domain.numbers import percent_text, share, thousands
from isoaudit.export.layout import ReportContent
from isoaudit.export.narrative.annexes import annex_name
from isoaudit.export.narrative.phrases import UNIT, WHO, bullets, count, full, para
from isoaudit.export.paper.blocks import Align, Column, Flow, Grid, Heading, Line, Weight
from isoaudit.export.yearly import ObjectiveRow


def objectives(content: ReportContent) -> list[Flow]:
    """The part, empty when no objective was entered."""
    rows = content.years.objectives
    if not rows:
        return []
    units, whole, met, missed, left = (sum(each) for each in zip(*map(_figures, rows), strict=True))
    told = full(f"Có {count(units, UNIT)} đã xác định {count(whole, 'mục tiêu chất lượng')}")
    judged = met + missed
    if judged:
        rate = f"{share(met, judged)} mục tiêu đã có kết quả ({percent_text(met, judged, content.decimals)})"
        reached = full(f"Kết quả {_until(content)}: đạt {rate}")
    elif content.as_of < date(content.year, 12, 31):
        reached = full(f"Chưa có kết quả nào tính đến ngày {short_date(content.as_of)}")
    else:
        reached = full("Chưa có mục tiêu nào có kết quả")
    rest = full(f"Còn {count(left, 'mục tiêu')} chưa có kết quả") if left and judged else ""
    found: list[Flow] = [
        Heading(2, "Mục tiêu chất lượng"),
        para(content, "objectives.met", told, reached, rest),
        _table(rows, content.decimals),
    ]
    failed = content.years.missed
    annex = annex_name(content, "missed")
    if failed and annex:
        said = full(f"Có {count(len(failed), 'mục tiêu')} không đạt (danh sách tại {annex})")
        found.append(para(content, "objectives.missed", said))
    elif failed:
        items = [f"{each.unit}: {each.objective}, chỉ tiêu {each.target}, kết quả {each.result}" for each in failed]
        found.append(para(content, "objectives.missed", "Mục tiêu không đạt:"))
        found.append(bullets(content, "objectives.missed.list", items))
    return found


def _until(content: ReportContent) -> str:
    """Of what the results are: of a whole year once it is over, before that of those whose own day has come."""
    if content.as_of < date(content.year, 12, 31):
        return f"tính đến ngày {short_date(content.as_of)}"
    one = content.period.first.year == content.period.last.year
    return f"cả năm {content.year}" if one else "cả năm của các năm đã kết thúc"


def _figures(row: ObjectiveRow) -> tuple[int, int, int, int, int]:
    return row.units, row.objectives, row.met, row.missed, row.open


def _table(rows: tuple[ObjectiveRow, ...], decimals: int) -> Grid:
    words = (
        ("Đơn vị", 11),
        ("Mục tiêu", 11),
        ("Đạt", 10),
        ("Không đạt", 11),
        ("Chưa có kết quả", 13),
        ("Tỷ lệ đạt", 12),
    )
    units, whole, met, missed, left = (sum(each) for each in zip(*map(_figures, rows), strict=True))
    shown = len(words) if met + missed else _TARGETS
    columns = (Column("Khối", 32), *(Column(word, width, Align.CENTRE) for word, width in words[:shown]))
    lines = [
        Line((WHO[row.block][:1].upper() + WHO[row.block][1:], *_cells(*_figures(row), decimals)[:shown]))
        for row in rows
    ]
    lines.append(Line(("Tổng cộng", *_cells(units, whole, met, missed, left, decimals)[:shown]), Weight.TOTAL))
    return Grid(columns, tuple(lines), "Mục tiêu chất lượng của đơn vị")


_TARGETS = 2
"""Without any result, only units and objectives are printed."""


def _cells(units: int, whole: int, met: int, missed: int, left: int, decimals: int) -> tuple[str, ...]:
    return (*map(thousands, (units, whole, met, missed, left)), percent_text(met, met + missed, decimals))
