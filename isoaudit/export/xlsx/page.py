"""The printed page and the window of a sheet: A4 landscape, one page wide, headings, page number, frozen panes."""

from datetime import date

from xlsxwriter.worksheet import Worksheet

from isoaudit.domain.documentwords import short_date
from isoaudit.export.layout import ReportContent
from isoaudit.export.tables import Sheet
from isoaudit.export.xlsx.formats import FONT
from isoaudit.export.xlsx.places import Place, end_of, heading_rows

EXAMPLE = "Dữ liệu minh hoạ"
_A4 = 9
_LONGEST = 255
"""What a header or footer may hold."""


def set_page(sheet: Worksheet, layout: Sheet, content: ReportContent, known: dict[str, Place], rows: int) -> None:
    """Paper, margins, print area, repeated rows, header and footer; then panes and filter."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.6, right=0.6, top=0.85, bottom=0.7)
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    sheet.hide_gridlines(2)
    sheet.print_area(0, 0, rows - 1, max(table.on_paper for table in layout.tables) - 1)
    sheet.set_header(_line(centre=_page(), right=f"{_mark()}{EXAMPLE}" if content.example else ""))
    left = f"&9{_safe(content.paper.issuer)}" if content.paper.issuer else ""
    digest = str(content.rollup["digest"]).removeprefix("sha256:")[:12]
    sheet.set_footer(_line(left, "&9&A", f"&9Số liệu đến {short_date(content.as_of)} · {digest}"))
    place = known.get(layout.repeat)
    if place is None:
        sheet.freeze_panes(heading_rows(layout) - 1, layout.frozen)
        return
    sheet.repeat_rows(place.head - (1 if place.head - place.top > 1 else 0), place.head)
    alone = place.top == heading_rows(layout)
    sheet.freeze_panes(place.first if alone else heading_rows(layout) - 1, layout.frozen)


def set_filter(sheet: Worksheet, place: Place) -> None:
    """Let people filter the table at this place."""
    sheet.autofilter(place.head, 0, place.last, max(place.columns.values()))


def last_row(layout: Sheet, known: dict[str, Place]) -> int:
    """How many rows the tables of the sheet take."""
    return end_of(layout, known)


def cut_off_line(content: ReportContent, layout: Sheet) -> str:
    """The line below a sheet's title: period and cut-off day, and the report to which the sheet belongs."""
    paper = content.paper
    parts = [f"Số liệu từ ngày {short_date(content.first_day)} đến ngày {short_date(content.as_of)}"]
    if paper.number:
        issued = f" ngày {short_date(paper.issued_on)}" if isinstance(paper.issued_on, date) else ""
        parts.append(f"kèm theo Báo cáo số {paper.number}{issued} của {paper.issuer_short or paper.issuer}")
    if paper.replaces:
        parts.append(f"thay cho Báo cáo số {paper.replaces}")
    if layout.subtitle:
        parts.append(layout.subtitle[:1].lower() + layout.subtitle[1:])
    return f"({'; '.join(parts)})"


def _line(left: str = "", centre: str = "", right: str = "") -> str:
    """A header or footer of three parts in Times New Roman; the left one is cut when all are too long."""
    font = f'&"{FONT},Regular"'
    rest = "".join(f"&{side}{font}{text}" for side, text in (("C", centre), ("R", right)) if text)
    if not left:
        return rest
    return f"&L{font}{left[: _LONGEST - len(rest) - len(font) - 2].rstrip('&')}{rest}"


def _page() -> str:
    return "&13&P"


def _mark() -> str:
    return "&11"


def _safe(text: str) -> str:
    return " ".join(text.split()).replace("&", "&&")
