"""Of section II: quality objectives of the year and how far they were met. Left out when none were entered."""

from isoaudit.domain.numbers import percent_text, share, thousands
from isoaudit.export.layout import ReportContent
from isoaudit.export.narrative.phrases import NAMED, UNIT, WHO, bullets, count, full, para
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
    reached = (
        full(f"Đạt {share(met, judged)} mục tiêu đã có kết quả ({percent_text(met, judged, content.decimals)})")
        if judged
        else full("Chưa có mục tiêu nào có kết quả")
    )
    rest = full(f"Còn {count(left, 'mục tiêu')} chưa có kết quả") if left and judged else ""
    found: list[Flow] = [
        Heading(2, "Mục tiêu chất lượng"),
        para(content, "objectives.met", told, reached, rest),
        _table(rows, content.decimals),
    ]
    failed = content.years.missed
    if failed:
        more = len(failed) > NAMED
        lead = f"Mục tiêu chưa đạt{f' (nêu {NAMED}/{len(failed)} mục tiêu)' if more else ''}:"
        items = [
            f"{each.unit}: {each.objective}, chỉ tiêu {each.target}, kết quả {each.result}" for each in failed[:NAMED]
        ]
        found += [para(content, "objectives.missed", lead), bullets(content, "objectives.missed.list", items)]
    return found


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
    columns = (Column("Khối", 32), *(Column(word, width, Align.CENTRE) for word, width in words))
    lines = [Line((WHO[row.block][:1].upper() + WHO[row.block][1:], *_cells(*_figures(row), decimals))) for row in rows]
    units, whole, met, missed, left = (sum(each) for each in zip(*map(_figures, rows), strict=True))
    lines.append(Line(("Tổng cộng", *_cells(units, whole, met, missed, left, decimals)), Weight.TOTAL))
    return Grid(columns, tuple(lines), "Mục tiêu chất lượng của đơn vị")


def _cells(units: int, whole: int, met: int, missed: int, left: int, decimals: int) -> tuple[str, ...]:
    return (*map(thousands, (units, whole, met, missed, left)), percent_text(met, met + missed, decimals))
