"""The printed page and the window of a sheet: A4 landscape, one page wide, headings, page number, frozen panes."""

from collections.abc import Mapping
from datetime import date

from xlsxwriter.worksheet import Worksheet

from isoaudit.domain.documentwords import short_date
from isoaudit.export.layout import ReportContent
from isoaudit.export.tables import Sheet, Style
from isoaudit.export.xlsx.formats import FONT
from isoaudit.export.xlsx.measure import LINE
from isoaudit.export.xlsx.places import Place, end_of, grouped, heading_rows

EXAMPLE = "Dữ liệu minh hoạ"
_A4 = 9
_WIDE, _HIGH = 11.69, 8.27
_SIDE, _TOP, _BOTTOM = 0.4, 0.65, 0.55
"""Inches."""
_FULL = 0.97
"""How much of a page is counted on, because programs measure a little differently."""
_TOGETHER = 4
"""Rows that a long table has at least below its head before a page ends."""
_BREAKS = 1000
"""Excel takes 1,023."""
_SHORT = 12
"""Tables of up to this many rows stay whole."""
_LONGEST = 255
"""What a header or footer may hold."""


def set_page(sheet: Worksheet, layout: Sheet, content: ReportContent, known: dict[str, Place], rows: int) -> None:
    """Paper, margins, print area, repeated rows, header and footer; then panes and filter."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=_SIDE, right=_SIDE, top=_TOP, bottom=_BOTTOM)
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    sheet.hide_gridlines(2)
    sheet.print_area(0, 0, rows - 1, max(table.on_paper for table in layout.tables) - 1)
    sheet.set_header(_line(centre=_page(), right=f"{_mark()}{EXAMPLE}" if content.example else ""))
    left = f"&9 {_safe(content.paper.issuer)}" if content.paper.issuer else ""
    digest = str(content.rollup["digest"]).removeprefix("sha256:")[:12]
    sheet.set_footer(_line(left, "&9&A", f"&9Số liệu đến {short_date(content.as_of)} · {digest}"))
    titles = repeated(layout, known)
    if titles is None:
        sheet.freeze_panes(heading_rows(layout) - 1, layout.frozen)
        return
    sheet.repeat_rows(*titles)
    place = known[layout.repeat]
    alone = place.top == heading_rows(layout)
    sheet.freeze_panes(place.first if alone else heading_rows(layout) - 1, layout.frozen)


def set_filter(sheet: Worksheet, place: Place) -> None:
    """Let people filter the table at this place."""
    sheet.autofilter(place.head, 0, place.last, max(place.columns.values()))


def breaks(
    layout: Sheet, known: dict[str, Place], heights: Mapping[int, float], width: float, charts: tuple[int, int] | None
) -> list[int]:
    """The rows before which a new page begins: no table is torn from its caption, no heading from what it heads, no
    total from its last line, and short tables stay whole.

    Every break is written, so that a program which measures a little differently does not shift the next ones; only a
    plain list at the end of a sheet runs on, and fills the pages of every program.

    `width` is that of the printed columns in points; `charts` the first row and the number of rows of the charts
    below the tables.
    """
    scale = min(1.0, (_WIDE - 2 * _SIDE) * 72 / width)
    page = (_HIGH - _TOP - _BOTTOM) * 72 / scale * _FULL

    def height(first: int, last: int) -> float:
        return sum(heights.get(row, LINE) for row in range(first, last + 1))

    found, used, row = [], 0.0, 0
    titles = repeated(layout, known)
    blocks: list[tuple[int, int, int, set[int]]] = []
    for table in layout.tables:
        place = known[table.key]
        after = (*table.rows[1:], None)
        tied = {
            place.first + number
            for number, (each, following) in enumerate(zip(table.rows, after, strict=False))
            if each.style is Style.GROUP or (following is not None and following.style is Style.TOTAL)
        }
        blocks.append((place.top, place.head, place.last + len(table.notes), tied))
    if charts:
        blocks.append((charts[0], charts[0] + charts[1], charts[0] + charts[1] - 1, set()))
    plain = _plain(layout, charts is not None)
    for top, head, last, tied in blocks:
        used += height(row, top - 1)
        whole, start = height(top, last), height(top, min(head + _TOGETHER, last))
        short = last - head <= _SHORT and whole <= page
        again = height(*titles) if titles and top > titles[1] else 0.0
        if used + (whole if short else start) > page and top > heading_rows(layout):
            found.append(top)
            used = again
        if plain and known[plain].top == top:
            break
        again = height(*titles) if titles and last > titles[1] else 0.0
        for each in range(top, last + 1):
            tall = heights.get(each, LINE)
            if used + tall + (height(each + 1, each + 1) if each in tied else 0.0) > page:
                found.append(each)
                used = again
            used += tall
        row = last + 1
    return found[:_BREAKS]


def _plain(layout: Sheet, charts: bool) -> str:
    """The table from which a sheet is a plain list to its end, under titles that every page has; empty for none."""
    keys = [table.key for table in layout.tables]
    if charts or layout.repeat not in keys:
        return ""
    first, *others = layout.tables[keys.index(layout.repeat) :]
    headed = any(row.style is Style.GROUP for table in (first, *others) for row in table.rows)
    return "" if headed or not all(table.headless for table in others) else first.key


def repeated(layout: Sheet, known: Mapping[str, Place]) -> tuple[int, int] | None:
    """The first and the last row that every page has on top: the titles of the table `repeat`."""
    for table in layout.tables:
        if table.key == layout.repeat:
            head = known[table.key].head
            return head - (1 if grouped(table) else 0), head
    return None


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
    return "&11&P"


def _mark() -> str:
    return "&9"


def _safe(text: str) -> str:
    return " ".join(text.split()).replace("&", "&&")
