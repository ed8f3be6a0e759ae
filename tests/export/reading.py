"""Finding what a report says: a paragraph by its key, a table by its caption."""

from isoaudit.export.layout import ReportContent
from isoaudit.export.narrative import body
from isoaudit.export.paper.blocks import Bullets, Grid, Para


def said(report: ReportContent, key: str) -> str:
    """The paragraph or list under this key; empty when there is none."""
    blocks = [block for block in body(report) if isinstance(block, Para | Bullets) and block.key == key]
    return "" if not blocks else blocks[0].text if isinstance(blocks[0], Para) else "\n".join(blocks[0].items)


def grid(report: ReportContent, caption: str) -> list[tuple[str, ...]]:
    found = next(block for block in body(report) if isinstance(block, Grid) and block.caption.startswith(caption))
    return [line.cells for line in found.rows]
