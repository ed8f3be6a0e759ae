"""Sheet "TTHC": how many administrative procedures the systems cover, and the dossiers, unit by unit.

The communes share one list of procedures, so theirs are not summed: the share of each, the least and the median are
printed (RULES §9).
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from statistics import median

from isoaudit.domain.vocabulary import Block, Status
from isoaudit.export.layout import Json, ReportContent
from isoaudit.export.rows import ProcedureRow
from isoaudit.export.sections.words import MARK, NO_RATE, NOT_EXEMPT, TOTAL, block_lines, numbered, unit_names
from isoaudit.export.tables import (
    Cell,
    Column,
    Counted,
    Kind,
    Percent,
    Row,
    Share,
    Sheet,
    Spread,
    Style,
    Summed,
    Table,
    Total,
    Where,
)

_DOSSIERS = {
    "not_linked": "Không liên thông",
    "linked_same_level": "Liên thông cùng cấp",
    "linked_between_levels": "Liên thông giữa các cấp",
    "online_full": "Trực tuyến toàn trình (mức 4)",
    "online_partial": "Trực tuyến một phần (mức 3)",
    "carried_over": "Kỳ trước chuyển sang",
    "received_online": "Nhận trực tuyến",
    "received_in_person": "Nhận trực tiếp",
    "resolved": "Đã giải quyết",
    "in_progress": "Đang giải quyết",
    "late": "Quá hạn",
}
_FIRST = 2
"""The number of the first list: those after it go on under its titles, which every page has."""
_GROUPS = {"not_linked": "Phân loại TTHC", "carried_over": "Hồ sơ trong kỳ"}


def procedures(content: ReportContent) -> Sheet:
    """The sheet: one line for each block, then the units of each block."""
    units = {unit["code"]: unit for unit in content.rollup["units"]}
    rows = [row for row in content.procedures if row.code in units]
    tables = [_summary(content, rows, units)]
    for block in Block:
        of_block = [row for row in rows if units[row.code]["block"] == block]
        if of_block:
            tables.append(_of_block(block, of_block, units, unit_names(content), len(tables) + 1))
    return Sheet(
        "TTHC",
        f"Thủ tục hành chính giải quyết theo quy trình của hệ thống quản lý chất lượng {content.period_name}",
        tuple(tables),
        frozen=2,
        repeat=tables[min(1, len(tables) - 1)].key,
    )


def _summary(content: ReportContent, rows: Sequence[ProcedureRow], units: Json) -> Table:
    columns = (
        Column("number", "TT", 4.5, Kind.CENTRE),
        Column("name", "Khối cơ quan, đơn vị", 27),
        Column("units", "Số đơn vị có số liệu", 9.3, Kind.COUNT),
        Column("full", "Số đơn vị đạt 100%", 7.2, Kind.COUNT),
        Column("covered", "TTHC theo quy trình", 7.4, Kind.COUNT),
        Column("total", "Tổng số TTHC", 7.2, Kind.COUNT),
        Column("share", "Theo quy trình/ tổng số", 10.3, Kind.CENTRE),
        Column("rate", "Tỷ lệ", 7, Kind.PERCENT),
        Column("least", "Đơn vị thấp nhất", 7.3, Kind.PERCENT),
        Column("median", "Trung vị các đơn vị", 7.3, Kind.PERCENT),
    )
    found = []
    number = 0
    for name, style, figures, where in block_lines(content):
        number += style is Style.BODY
        counts = figures["tthc"]
        covered, total = counts["covered"], counts["total"]
        here = (*where, NOT_EXEMPT)
        with_figures = (*here, Where("tthc", "", "<>"))
        cells: list[Cell] = [
            number if style is Style.BODY else None,
            name,
            Counted(counts["units"], with_figures),
            Counted(counts["full"], (*here, Where("tthc_full", MARK))),
        ]
        if name == Block.COMMUNE.vi:
            cells += [NO_RATE, NO_RATE, NO_RATE, NO_RATE]
        else:
            cells += [
                Summed(covered, "covered", here),
                Summed(total, "tthc", here),
                Share(covered, total, "covered", "total"),
                Percent(covered, total, "covered", "total"),
            ]
        if style is Style.BODY:
            cells += _spread(name, rows, units)
        found.append(Row(tuple(cells), style))
    return Table(
        "tthc_summary",
        columns,
        tuple(found),
        "1. Tổng hợp theo khối",
        notes=(
            "Các xã, phường, thị trấn dùng chung một danh mục TTHC nên không cộng số TTHC của khối cấp xã; "
            "thay vào đó ghi số đơn vị đạt 100%, đơn vị thấp nhất và trung vị.",
        ),
    )


def _spread(name: str, rows: Sequence[ProcedureRow], units: Json) -> tuple[Cell, Cell]:
    """The least and the median share of the block's units that are counted."""
    block = next(each for each in Block if each.vi == name)
    shares = [
        Fraction(row.covered, row.total)
        for row in rows
        if row.total and units[row.code]["block"] == block and units[row.code]["status"] != Status.EXEMPT
    ]
    table, where = f"tthc_{block.value}", Where("counted", MARK)
    least = min(shares) if shares else None
    middle = Fraction(median(shares)) if shares else None
    return (
        Spread(least, "min", "covered", "total", where, table) if shares else NO_RATE,
        Spread(middle, "median", "covered", "total", where, table) if shares else NO_RATE,
    )


def _of_block(block: Block, rows: Sequence[ProcedureRow], units: Json, names: Mapping[str, str], place: int) -> Table:
    group = ""
    dossiers = []
    for key, title in _DOSSIERS.items():
        group = _GROUPS.get(key, group)
        dossiers.append(Column(key, title, 7.3, Kind.COUNT, group))
    columns = (
        Column("number", "TT", 4.5, Kind.CENTRE),
        Column("name", "Tên đơn vị", 27),
        Column("as_of", "Số liệu đến ngày", 9.3, Kind.DATE),
        Column("counted", "Tính vào tổng", 7.2, Kind.CENTRE),
        Column("covered", "TTHC theo quy trình", 7.4, Kind.COUNT),
        Column("total", "Tổng số TTHC", 7.2, Kind.COUNT),
        Column("share", "Theo quy trình/ tổng số", 10.3, Kind.CENTRE),
        Column("rate", "Tỷ lệ", 7, Kind.PERCENT),
        *dossiers,
    )
    # Exempt units are shown and not counted, so they come after the total.
    counted = [row for row in rows if units[row.code]["status"] != Status.EXEMPT]
    apart = [row for row in rows if units[row.code]["status"] == Status.EXEMPT]
    lines = list(numbered([_line(row, names[row.code], MARK) for row in counted]))
    if block is not Block.COMMUNE and counted:
        covered, total = sum(row.covered for row in counted), sum(row.total for row in counted)
        sums = (Total(sum(getattr(row, key) or 0 for row in counted)) for key in _DOSSIERS)
        share = Share(covered, total, "covered", "total")
        rate = Percent(covered, total, "covered", "total")
        lines.append(Row((None, TOTAL, None, None, Total(covered), Total(total), share, rate, *sums), Style.TOTAL))
    if apart:
        lines.append(Row((None, "Không thuộc đối tượng áp dụng, không tính ở trên"), Style.GROUP))
        lines += [Row((None, *_line(row, names[row.code], None)), Style.SUB) for row in apart]
    return Table(f"tthc_{block.value}", columns, tuple(lines), f"{place}. {block.vi}", headless=place > _FIRST)


def _line(row: ProcedureRow, name: str, counted: str | None) -> tuple[Cell, ...]:
    return (
        name,
        row.as_of,
        counted,
        row.covered,
        row.total,
        Share(row.covered, row.total, "covered", "total"),
        Percent(row.covered, row.total, "covered", "total"),
        *(getattr(row, key) for key in _DOSSIERS),
    )
