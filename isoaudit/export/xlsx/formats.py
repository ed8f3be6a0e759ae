"""The cell formats of the workbook, each made once: Times New Roman, thin borders, Vietnamese numbers.

Decimal comma and dot between thousands come from the reader's own settings; percentages are numbers like 95.3 whose
format writes the sign, without decimals for 100 and 0.
"""

from functools import cache
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from isoaudit.export.tables import Kind, Style

FONT = "Times New Roman"
SIZE = 10
"""Of the cells. Column widths count in characters of NORMAL, which programs take their unit of width from."""
NORMAL = 11
INK = "#1F2937"
LINK = "#1B4F8A"
HEAD = "#DCE6F1"
GROUP = "#EEF3F8"
TOTAL = "#F3F0E4"
EXAMPLE = "#B42318"
_GAP = "_0"
"""Room of a figure's width at the right of numbers; LibreOffice drops the indents of some cells."""
GROUNDS = ("#CFE8DC", "#FFF3C4", "#FBD5A5", "#F5B5AE")
"""Grounds of the classes of scores, best first; readable under black text and told apart when printed grey."""


def number_format(kind: Kind, decimals: int) -> str | None:
    """The number format of a kind of column."""
    exact = "0." + "0" * decimals if decimals else "0"
    parts = {
        Kind.COUNT: ("#,##0", "−#,##0", "0"),
        Kind.PERCENT: ('[=100]0"%"', '[=0]0"%"', f'{exact}"%"'),
        Kind.POINTS: (f"+{exact}", f"−{exact}", "0"),
        Kind.SCORE: ("[=100]0", "[=0]0", exact),
        Kind.HEAT: ("[=100]0", "[=0]0", exact),
    }.get(kind)
    if parts is None:
        return "dd/mm/yyyy" if kind is Kind.DATE else None
    return ";".join(part + _GAP for part in (*parts, "@"))


class Formats:
    """Gives the format of a cell; the same question gives the same object."""

    def __init__(self, book: Workbook, decimals: int) -> None:
        self._book = book
        self._decimals = decimals
        self.cell = cache(self._cell)
        self.plain = cache(self._plain)

    def _plain(self, **properties: Any) -> Format:
        """A format outside tables."""
        return self._book.add_format({"font_name": FONT, "font_size": SIZE, "valign": "vcenter", **properties})

    def _cell(self, kind: Kind, style: Style, first: bool = False, linked: bool = False) -> Format:
        """The format of a table's cell; `first` marks the first text of a row, `linked` a figure that leads to rows."""
        properties: dict[str, Any] = {"border": 1, "border_color": "#8A94A3", "text_wrap": True, "valign": "top"}
        if linked:
            properties["font_color"] = LINK
        if kind is not Kind.TEXT:
            centred = kind in (Kind.CENTRE, Kind.DATE)
            properties |= {"align": "center"} if centred else {"align": "right"}
            properties["text_wrap"] = kind is Kind.CENTRE
        if (code := number_format(kind, self._decimals)) is not None:
            properties["num_format"] = code
        if style is Style.TOTAL:
            properties |= {"bold": True, "bg_color": TOTAL}
        elif style is Style.GROUP:
            properties |= {"bold": True, "bg_color": GROUP, "text_wrap": False}
        elif style is Style.SUB:
            properties |= {"italic": True, **({"indent": 1} if first else {})}
        return self._plain(**properties)

    def head(self, *, upper: bool = False, lower: bool = False, serves: bool = False) -> Format:
        """A column title: `upper` opens at its foot and `lower` at its top, so that both look like one cell."""
        properties: dict[str, Any] = {
            "bold": True,
            "align": "center",
            "text_wrap": True,
            "border": 1,
            "border_color": "#8A94A3",
            "bg_color": "#E5E7EB" if serves else HEAD,
        }
        if upper:
            properties["bottom"] = 0
        if lower:
            properties["top"] = 0
        return self.plain(**properties)

    def shade(self, **look: Any) -> Format:
        """A ground laid over a cell by a condition."""
        return self._book.add_format(look)
