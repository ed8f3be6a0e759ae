"""The report's charts, drawn from the roll-up; their figures stand in the table beside them too."""

from isoaudit.domain.numbers import share
from isoaudit.domain.vocabulary import Maintained
from isoaudit.export.layout import ReportContent
from isoaudit.export.narrative.phrases import blocks
from isoaudit.export.narrative.reading import LACKING, last_day_to_keep_up
from isoaudit.export.paper.blocks import Picture
from isoaudit.export.paper.charts import Bar, bars
from isoaudit.export.sections.words import block_lines
from isoaudit.export.tables import Style

_KEPT = {
    Maintained.VERIFIED: "Đúng, đã kiểm chứng",
    Maintained.REPORTED: "Đúng, theo báo cáo",
    Maintained.NOT_DUE: "Chưa đến hạn",
    Maintained.FAILING: "Chưa thực hiện đúng",
}


def _names(content: ReportContent) -> list[str]:
    return [name for name, style, _, _ in block_lines(content) if style is Style.BODY]


def _picture(title: str, legend: tuple[str, ...], lines: list[Bar], whole: list[int]) -> Picture:
    alt = f"{title}: " + "; ".join(f"{each.name} {each.label}" for each in lines)
    return Picture(bars(title, legend, lines, whole), alt, title)


def maintained(content: ReportContent) -> Picture:
    """Of each block: how those that are asked keep up their system."""
    lines, whole = [], []
    for name, (_, figures) in zip(_names(content), blocks(content), strict=True):
        parts = tuple(figures["maintained"][value] for value in _KEPT)
        if sum(parts):
            lines.append(Bar(name, parts, share(parts[0] + parts[1], sum(parts))))
            whole.append(sum(parts))
    title = "Số đơn vị thực hiện đúng trên số thuộc diện xét, theo khối"
    words = _KEPT | ({Maintained.NOT_DUE: LACKING} if last_day_to_keep_up(content) else {})
    return _picture(title, tuple(words.values()), lines, whole)


def declared(content: ReportContent) -> Picture:
    """Of each block: how many have declared, against all that are considered."""
    found = [figures for _, figures in blocks(content)]
    whole = [figures["units"] - figures["exempt"] for figures in found]
    lines = [
        Bar(name, (figures["declared"], all_of - figures["declared"]), share(figures["declared"], all_of))
        for name, figures, all_of in zip(_names(content), found, whole, strict=True)
    ]
    title = "Số đơn vị đã công bố trên số đơn vị xem xét, theo khối"
    return _picture(title, ("Đã công bố", "Chưa công bố"), lines, whole)
