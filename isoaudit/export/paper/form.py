"""The form of an official paper (NĐ 30/2020/NĐ-CP, annex I), in numbers that both writers share.

Lengths are in millimetres, sizes of letters in points. A4; the margins stay inside the ranges that the decree gives.
"""

from isoaudit.export.paper.blocks import Grid, Letterhead

PAGE = (210.0, 297.0)
TOP, BOTTOM, LEFT, RIGHT = 20.0, 20.0, 30.0, 15.0
NUMBER_FROM_EDGE = 10.0
"""From the upper edge to the page number, which stands in the top margin."""
TEXT = PAGE[0] - LEFT - RIGHT
TEXT_LANDSCAPE = PAGE[1] - LEFT - RIGHT
HEAD_LEFT = 69.0
"""Width of the left column of the first page's head; the right one has the rest, so that neither breaks its lines."""

BODY, HEAD, MOTTO, SMALL = 14, 12, 13, 11
TABLE, TABLE_WIDE = 12, 10
SHORT = 8
"""A table of so many rows is not cut by a page."""
INDENT = 12.7
AFTER = 6
"""Gap after a paragraph, in points."""
MOTTO_LINE = 56.0
"""The line below the motto has its length."""
TITLE_LINE = 45.0
SIGNING_SPACE = 26.0
INK = (48.0, 16.0)
"""A signature that was drawn on glass."""
PHOTO = (78.0, 88.0)
"""The field of a photo, two in a row."""
FONT = "Times New Roman"


def issuer_line(head: Letterhead) -> float:
    """Length of the line below the issuing body: between a third and a half of its name's last line."""
    return 28.0 if len(head.issuer) > 12 else 18.0


def widths(grid: Grid, whole: float) -> list[float]:
    """The widths of the columns, which add up to the whole."""
    parts = sum(column.width for column in grid.columns)
    return [whole * column.width / parts for column in grid.columns]
