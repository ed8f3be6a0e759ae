"""The report's charts, drawn from the roll-up; their figures stand in the table beside them too."""

from isoaudit.domain.numbers import share
from isoaudit.export.layout import ReportContent
from isoaudit.export.narrative.phrases import blocks
from isoaudit.export.paper.blocks import Picture
from isoaudit.export.paper.charts import Bar, bars
from isoaudit.export.sections.words import block_lines
from isoaudit.export.tables import Style


def declared(content: ReportContent) -> Picture:
    """Of each block: how many have declared, against all that are considered."""
    names = [name for name, style, _, _ in block_lines(content) if style is Style.BODY]
    found = [figures for _, figures in blocks(content)]
    whole = [figures["units"] - figures["exempt"] for figures in found]
    lines = [
        Bar(name, (figures["declared"], all_of - figures["declared"]), share(figures["declared"], all_of))
        for name, figures, all_of in zip(names, found, whole, strict=True)
    ]
    title = "Số đơn vị đã công bố trên số đơn vị xem xét, theo khối"
    alt = f"{title}: " + "; ".join(f"{each.name} {each.label}" for each in lines)
    return Picture(bars(title, ("Đã công bố", "Chưa công bố"), lines, whole), alt, title)
