"""The tables that stand among the report's sections: by block, the plan, the ratios of the PAR index.

Every figure is the roll-up's. The tables of the annexes are in `annexes`.
"""

from collections.abc import Callable

from isoaudit.domain.numbers import NOTHING, percent_text, share, thousands
from isoaudit.domain.vocabulary import Block, Maintained
from isoaudit.export.layout import Json, ReportContent
from isoaudit.export.narrative.reading import LACKING, last_day_to_keep_up, none_due_to_keep_up
from isoaudit.export.paper.blocks import Align, Column, Grid, Line, Weight
from isoaudit.export.sections.words import TOTAL, block_lines
from isoaudit.export.tables import Style

Rate = Callable[[int, int], str]
Cells = tuple[str, ...]
Columns = tuple[Column, ...]
BLOCK = Column("Khối cơ quan, đơn vị", 30)


def _figure(title: str, width: float = 13, group: str = "") -> Column:
    return Column(title, width, Align.CENTRE, group)


def _by_block(content: ReportContent, line: Callable[[Json, Rate], Cells], columns: Columns, caption: str) -> Grid:
    """One row for each block; the total of several blocks has no rate (RULES §4)."""

    def rate(done: int, whole: int) -> str:
        return percent_text(done, whole, content.decimals)

    rows = [
        Line((name, *line(figures, rate)), Weight.SUB if style is Style.SUB else Weight.BODY)
        for name, style, figures, _ in block_lines(content)
    ]
    rows.append(Line((TOTAL, *line(content.rollup["total"], lambda done, whole: NOTHING)), Weight.TOTAL))
    return Grid((BLOCK, *columns), tuple(rows), caption)


def _declared(figures: Json, rate: Rate) -> Cells:
    considered = figures["units"] - figures["exempt"]
    return (
        thousands(figures["units"]),
        thousands(figures["exempt"]),
        share(figures["declared"], considered),
        rate(figures["declared"], considered),
        share(figures["declared_obliged"], figures["obliged"]),
        rate(figures["declared_obliged"], figures["obliged"]),
    )


def declared(content: ReportContent) -> Grid:
    """Declared systems, of all units considered and of those that have to apply one."""
    everyone, obliged = "Đã công bố/ số đơn vị xem xét", "Trong đó: bắt buộc hoặc theo lộ trình"
    columns = (
        _figure("Tổng số đơn vị"),
        _figure("Không thuộc đối tượng"),
        _figure("Số lượng", 14, everyone),
        _figure("Tỷ lệ", 12, everyone),
        _figure("Số lượng", 14, obliged),
        _figure("Tỷ lệ", 12, obliged),
    )
    return _by_block(content, _declared, columns, "Công bố hệ thống quản lý chất lượng")


def _converted(figures: Json, rate: Rate) -> Cells:
    done, whole = figures["baseline_converted"], figures["baseline"]
    return (thousands(whole), thousands(done), rate(done, whole), thousands(figures["left_by_merger"]))


def converted(content: ReportContent) -> Grid:
    """Those that had to convert and have."""
    columns = (
        _figure("Số thuộc diện chuyển đổi", 16),
        _figure("Đã chuyển đổi"),
        _figure("Tỷ lệ chuyển đổi"),
        _figure("Giảm do sắp xếp, sáp nhập", 16),
    )
    caption = f"Chuyển đổi sang {content.conversion.to_name}"
    return _by_block(content, _converted, columns, caption)


def _maintained(figures: Json, rate: Rate) -> Cells:
    counts = figures["maintained"]
    right = counts[Maintained.VERIFIED] + counts[Maintained.REPORTED]
    whole = right + counts[Maintained.NOT_DUE] + counts[Maintained.FAILING]
    kinds = (Maintained.VERIFIED, Maintained.REPORTED, Maintained.NOT_DUE, Maintained.FAILING)
    return (
        thousands(whole),
        *(thousands(counts[kind]) for kind in kinds),
        share(right, whole),
        rate(right, whole),
    )


def maintained(content: ReportContent) -> Grid:
    """Those that keep up and improve their system."""
    right = "Thực hiện đúng"
    columns = (
        _figure("Thuộc diện xét", 11),
        _figure("Đã kiểm chứng", 12, right),
        _figure("Theo báo cáo", 11, right),
        _figure(LACKING if last_day_to_keep_up(content) else "Chưa đến hạn", 11),
        _figure("Chưa thực hiện đúng", 12),
        _figure("Đúng/ thuộc diện", 13),
        _figure("Tỷ lệ", 11),
    )
    return _by_block(content, _maintained, columns, "Duy trì, cải tiến hệ thống quản lý chất lượng")


def ratios(content: ReportContent) -> Grid:
    """The three ratios that the index of administrative reform asks for."""
    found = content.rollup["blocks"]
    above = [found[block] for block in (Block.AGENCY, Block.DISTRICT) if found.get(block, {}).get("units")]
    communes = [found[Block.COMMUNE]] if found.get(Block.COMMUNE, {}).get("units") else []
    both = [*above, *communes]
    right = sum(each["maintained"][kind] for each in both for kind in (Maintained.VERIFIED, Maintained.REPORTED))
    asked = right + sum(each["maintained"][kind] for each in both for kind in (Maintained.NOT_DUE, Maintained.FAILING))
    districts = found.get(Block.DISTRICT, {}).get("units")
    who = "Sở, ban, ngành và UBND cấp huyện" if districts else "Sở, ban, ngành"

    def told(part: int, whole: int) -> Cells:
        return share(part, whole), percent_text(part, whole, content.decimals)

    lines = (
        (f"{who} đã công bố", told(*_declared_of(above))),
        ("UBND cấp xã đã công bố", told(*_declared_of(communes))),
        (
            "Cơ quan, đơn vị thực hiện đúng việc duy trì, cải tiến",
            (NOTHING, "Chưa đến hạn") if none_due_to_keep_up(content) else told(right, asked),
        ),
    )
    rows = tuple(Line((str(place), name, *cells)) for place, (name, cells) in enumerate(lines, 1))
    columns = (_figure("TT", 6), Column("Chỉ số", 62), _figure("Số lượng", 16), _figure("Tỷ lệ", 16))
    return Grid(columns, rows, "Tỷ lệ phục vụ chấm điểm chỉ số cải cách hành chính")


def _declared_of(figures: list[Json]) -> tuple[int, int]:
    return sum(each["declared"] for each in figures), sum(each["units"] - each["exempt"] for each in figures)


def planned(content: ReportContent) -> Grid:
    """The inspections of the plan by group, and how many were made by the cut-off day."""
    groups: dict[str, list[bool]] = {}
    for each in content.planned:
        groups.setdefault(each.group or each.programme or "Ngoài kế hoạch", []).append(each.minuted_on is not None)
    rows = [
        Line((str(place), name, thousands(len(made)), thousands(sum(made)), thousands(len(made) - sum(made))))
        for place, (name, made) in enumerate(groups.items(), 1)
    ]
    made = sum(each.minuted_on is not None for each in content.planned)
    whole = len(content.planned)
    rows.append(Line(("", TOTAL, thousands(whole), thousands(made), thousands(whole - made)), Weight.TOTAL))
    columns = (
        _figure("TT", 6),
        Column("Nhóm đơn vị", 49),
        _figure("Theo kế hoạch", 15),
        _figure("Đã thực hiện", 15),
        _figure("Chưa thực hiện", 15),
    )
    return Grid(columns, tuple(rows), "Thực hiện kế hoạch kiểm tra")
