"""Writes one laid-out sheet into the workbook, row by row from top to bottom (what constant memory asks for)."""

import re
from collections.abc import Callable
from datetime import date

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from isoaudit.domain.documentwords import long_date
from isoaudit.export.layout import ReportContent
from isoaudit.export.sections.clauses import HEAT
from isoaudit.export.tables import Cell, Column, Kind, Row, Sheet, Style, Table
from isoaudit.export.xlsx.formats import EXAMPLE, GROUNDS, SIZE, Formats
from isoaudit.export.xlsx.formulas import Formulas
from isoaudit.export.xlsx.links import Links
from isoaudit.export.xlsx.measure import LINE, height, lines, text_room
from isoaudit.export.xlsx.page import EXAMPLE as EXAMPLE_WORDS
from isoaudit.export.xlsx.page import cut_off_line
from isoaudit.export.xlsx.places import Place, grouped

_NO_XML = re.compile("[\ufffe\uffff\ud800-\udfff]")
_TITLE = (1.3, 22.0)
"""How much larger than the cells titles are, and the points of each of their lines."""
_AIR = 7
"""Points that a row of column titles has besides its lines."""
Write = Callable[[int, int, Cell, Format], None]


def widths(layout: Sheet) -> list[float]:
    """The width of every column of a sheet in characters. The first table that has a column decides; tables below take
    over its widths. Columns that are not printed hold their titles in a line, for which no printed head grows tall."""
    wanted: list[float] = []
    for table in layout.tables:
        for number, column in enumerate(table.columns[len(wanted) :], len(wanted)):
            title = text_room(column.title, bold=True) if number >= table.on_paper else 0
            wanted.append(max(column.width, title))
    return wanted


def text_of(text: str) -> str:
    """The text as it may stand in a cell: what XML cannot hold is left out, and it is never taken for markup."""
    if not text.isprintable():
        text = _NO_XML.sub("", text)
    if text.startswith("<r>") and text.endswith("</r>"):
        return text + " "  # the library writes a text of exactly this form as raw XML
    return text


class Renderer:
    """Renders the tables of one workbook."""

    def __init__(
        self, content: ReportContent, formats: Formats, formulas: Formulas, links: Links, known: dict[str, Place]
    ) -> None:
        self._content = content
        self._formats = formats
        self._formulas = formulas
        self._links = links
        self._known = known
        self._heights: dict[int, float] = {}
        self._widths: list[float] = []

    def sheet(self, sheet: Worksheet, layout: Sheet) -> dict[int, float]:
        """Write headings, tables and notes of a sheet; returns the heights of the rows that are not of one line."""
        wanted = self._widths = widths(layout)
        self._heights = {}
        sheet.set_default_row(LINE)
        sheet.set_zoom(110)
        sheet.ignore_write_string = True  # of links: their cells hold formulas
        for number, width in enumerate(wanted):
            sheet.set_column(number, number, width)
        on_paper = max(table.on_paper for table in layout.tables)
        paper_width = sum(wanted[:on_paper])
        self._heading(sheet, layout, on_paper)
        for table in layout.tables:
            place = self._known[table.key]
            self._table(sheet, table, place)
            for number, note in enumerate(table.notes, 1):
                row = place.last + number
                self._high(sheet, row, height(lines(note, paper_width)))
                self._across(sheet, row, on_paper, note, italic=True, text_wrap=True, valign="top")
        return self._heights

    def _high(self, sheet: Worksheet, row: int, points: float) -> None:
        if points > LINE:
            self._heights[row] = points
            sheet.set_row(row, points)

    def _heading(self, sheet: Worksheet, layout: Sheet, on_paper: int) -> None:
        """The lines above the first table; the first sheet has the letterhead of official documents."""
        paper, row = self._content.paper, 0
        if layout.first:
            half = on_paper // 2
            for left, right in (
                (paper.parent.upper(), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
                (paper.issuer.upper(), "Độc lập - Tự do - Hạnh phúc"),
                ("", self._place_and_date()),
            ):
                bold = row == 1
                self._across(sheet, row, half, left, align="center", bold=bold)
                dated = row == 2
                self._across(
                    sheet,
                    row,
                    on_paper - half,
                    right,
                    at=half,
                    align="center",
                    bold=not dated,
                    italic=dated,
                    underline=int(bold),
                )
                row += 1
        else:
            row = 0
        if self._content.example:
            self._across(
                sheet,
                row,
                on_paper,
                f"{EXAMPLE_WORDS.upper()} – KHÔNG PHẢI SỐ LIỆU CHÍNH THỨC",
                align="center",
                bold=True,
                font_color=EXAMPLE,
            )
        elif not layout.first:
            self._across(sheet, row, on_paper, paper.issuer.upper(), bold=True)
        width = sum(self._widths[:on_paper])
        title, told = layout.title.upper(), cut_off_line(self._content, layout)
        self._high(sheet, row + 1, _TITLE[1] * lines(title, width / _TITLE[0], bold=True))
        size = _TITLE[0] * SIZE
        self._across(sheet, row + 1, on_paper, title, align="center", text_wrap=True, bold=True, font_size=size)
        self._high(sheet, row + 2, height(lines(told, width)))
        self._across(sheet, row + 2, on_paper, told, align="center", text_wrap=True, italic=True)

    def _place_and_date(self) -> str:
        paper = self._content.paper
        return f"{paper.place}, {long_date(paper.issued_on)}" if paper.issued_on else ""

    def _across(self, sheet: Worksheet, row: int, columns: int, text: str, *, at: int = 0, **look: object) -> None:
        """A line over several columns."""
        form = self._formats.plain(**look)
        if columns > 1:
            sheet.merge_range(row, at, row, at + columns - 1, "", form)
        sheet.write_string(row, at, text_of(text), form)

    def _table(self, sheet: Worksheet, table: Table, place: Place) -> None:
        if table.caption:
            self._high(sheet, place.top, 20)
            sheet.write_string(place.top, 0, table.caption, self._formats.plain(bold=True, font_size=11))
        if not table.headless:
            self._head(sheet, table, place)
        kinds = [column.kind for column in table.columns]
        looks = {style: self._looks(kinds, style) for style in {row.style for row in table.rows}}
        for number, row in enumerate(table.rows, place.first):
            self._row(sheet, place, number, row, kinds, looks[row.style], table.on_paper)
        for column in table.columns:
            if column.kind is Kind.HEAT:
                self._heat(sheet, place, place.columns[column.key])

    def _looks(self, kinds: list[Kind], style: Style) -> list[Format]:
        texts = [number for number, kind in enumerate(kinds) if kind is Kind.TEXT]
        return [self._formats.cell(kind, style, number in texts[:1]) for number, kind in enumerate(kinds)]

    def _row(
        self,
        sheet: Worksheet,
        place: Place,
        number: int,
        row: Row,
        kinds: list[Kind],
        looks: list[Format],
        on_paper: int,
    ) -> None:
        """A row, as high as its printed cells need."""
        cells = row.cells
        last = len(cells)
        tall = 1
        wraps = row.style is not Style.GROUP
        for column, look in enumerate(looks):
            cell = cells[column] if column < last else None
            if cell is None or cell == "":
                sheet.write_blank(number, column, None, look)
            elif isinstance(cell, str):
                sheet.write_string(number, column, text_of(cell), look)
                if wraps and len(cell) > 3 and column < on_paper:
                    tall = max(tall, lines(cell, self._widths[column]))
            elif isinstance(cell, int | float):
                sheet.write_number(number, column, cell, look)
            elif isinstance(cell, date):
                sheet.write_datetime(number, column, cell, look)
            else:
                formula, value = self._formulas.formula(cell, place, number, column)
                if (link := self._links.of(cell, place, column)) is not None:
                    look = self._formats.cell(kinds[column], row.style, False, True)
                    sheet.write_url(number, column, link, look)
                if formula[0] == "{":
                    sheet.write_array_formula(number, column, number, column, formula, look, value)
                else:
                    sheet.write_formula(number, column, formula, look, value)
        if tall > 1:
            self._high(sheet, number, height(tall))

    def _head(self, sheet: Worksheet, table: Table, place: Place) -> None:
        with_groups = grouped(table)
        if with_groups:
            self._groups(sheet, table.columns, place.head - 1, table.on_paper)
        else:
            self._serving(sheet, table, place.head - 1)
        tall = max(
            lines(each.title, width, bold=True)
            for each, width in zip(table.columns[: table.on_paper], self._widths, strict=False)
        )
        self._high(sheet, place.head, height(tall) + _AIR)
        for number, column in enumerate(table.columns):
            look = self._formats.head(lower=with_groups and not column.group, serves=number >= table.on_paper)
            sheet.write_string(place.head, number, column.title, look)

    def _serving(self, sheet: Worksheet, table: Table, row: int) -> None:
        """What the columns right of the printed ones are for, above the first of each group."""
        before = ""
        for number, column in enumerate(table.columns[table.on_paper :], table.on_paper):
            if column.group and column.group != before:
                sheet.write_string(row, number, column.group, self._formats.plain(italic=True))
            before = column.group

    def _groups(self, sheet: Worksheet, columns: tuple[Column, ...], row: int, on_paper: int) -> None:
        first = 0
        while first < len(columns):
            group, last = columns[first].group, first
            while last + 1 < len(columns) and columns[last + 1].group == group:
                last += 1
            serves = first >= on_paper
            look = self._formats.head(upper=not group, serves=serves)
            if group and last > first:
                sheet.merge_range(row, first, row, last, "", look)
                sheet.write_string(row, first, group, look)
            else:
                for number in range(first, last + 1):
                    sheet.write_string(row, number, group, look)
            first = last + 1

    def _heat(self, sheet: Worksheet, place: Place, column: int) -> None:
        """The grounds of a column of scores; the worst class is also bold."""
        lower = [low for low, _ in HEAT]
        upper = [101, *lower[:-1]]
        for number, (low, high) in enumerate(zip(lower, upper, strict=True)):
            look = {"bg_color": GROUNDS[number], "bold": number == len(lower) - 1}
            sheet.conditional_format(
                place.first,
                column,
                place.last,
                column,
                {
                    "type": "formula",
                    "criteria": self._between(place, column, low, high),
                    "format": self._formats.shade(**look),
                },
            )

    def _between(self, place: Place, column: int, low: int, high: int) -> str:
        key = next(key for key, number in place.columns.items() if number == column)
        cell = f"${place.cell(key, place.first)}"
        return f"=AND(ISNUMBER({cell}),{cell}>={low},{cell}<{high})"
