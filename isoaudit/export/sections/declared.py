"""Sheets "Chỉ số CCHC" (the three shares that the index of administrative reform asks for) and "Công bố" (every
declaration with number, date and scope)."""

from isoaudit.domain.vocabulary import Block, DeclarationKind, Maintained
from isoaudit.export.layout import Json, ReportContent
from isoaudit.export.rows import DeclarationRow
from isoaudit.export.sections.words import MARK, NOT_EXEMPT, TOTAL, mark, numbered, sentence, unit_names
from isoaudit.export.tables import (
    Added,
    Cell,
    Column,
    Counted,
    Kind,
    Percent,
    Row,
    Share,
    Sheet,
    Style,
    Table,
    Total,
    Where,
)

_RIGHT = (Maintained.VERIFIED, Maintained.REPORTED)


def reform_index(content: ReportContent) -> Sheet:
    """The sheet of the shares, each with the blocks it is counted over."""
    offices = (Block.AGENCY, Block.DISTRICT)
    return Sheet(
        "Chỉ số CCHC",
        f"Các tỷ lệ dùng cho Chỉ số cải cách hành chính năm {content.year}",
        (
            _declared(content, "par_offices", offices, "1. Cơ quan cấp tỉnh, cấp huyện đã công bố"),
            _declared(content, "par_communes", (Block.COMMUNE,), "2. Đơn vị cấp xã đã công bố"),
            _kept(content),
        ),
    )


def _columns(part: str, whole: str) -> tuple[Column, ...]:
    return (
        Column("name", "Khối cơ quan, đơn vị", 34),
        Column("part", part, 24, Kind.COUNT),
        Column("whole", whole, 24, Kind.COUNT),
        Column("share", "Số lượng/ tổng số", 18, Kind.CENTRE),
        Column("rate", "Tỷ lệ", 14, Kind.PERCENT),
    )


def _table(
    key: str, caption: str, columns: tuple[Column, ...], lines: list[tuple[str, Counted, Counted]], *notes: str
) -> Table:
    """Blocks, and their sum with the share that the index asks for."""
    rows = [Row((name, part, whole, *_rates(part.value, whole.value))) for name, part, whole in lines]
    part, whole = sum(each.value for _, each, _ in lines), sum(each.value for _, _, each in lines)
    rows.append(Row((TOTAL, Total(part), Total(whole), *_rates(part, whole)), Style.TOTAL))
    return Table(key, columns, tuple(rows), caption, notes=notes)


def _rates(part: int, whole: int) -> tuple[Share, Percent]:
    return Share(part, whole, "part", "whole"), Percent(part, whole, "part", "whole")


def _figures(content: ReportContent, blocks: tuple[Block, ...]) -> list[tuple[Block, Json]]:
    there = content.rollup["blocks"]
    return [(block, there[block.value]) for block in blocks if block.value in there and there[block.value]["units"]]


def _declared(content: ReportContent, key: str, blocks: tuple[Block, ...], caption: str) -> Table:
    lines = []
    for block, figures in _figures(content, blocks):
        here = (Where("block", block.vi), NOT_EXEMPT)
        declared = Counted(figures["declared"], (*here, Where("accepted", MARK)))
        lines.append((block.vi, declared, Counted(figures["units"] - figures["exempt"], here)))
    return _table(key, caption, _columns("Đã công bố, còn được công nhận", "Số đơn vị xem xét"), lines)


def _kept(content: ReportContent) -> Table:
    considered = (*_RIGHT, Maintained.NOT_DUE, Maintained.FAILING)
    columns = (
        Column("name", "Khối cơ quan, đơn vị", 34),
        *(Column(value.value, sentence(value.vi), 18, Kind.COUNT) for value in considered),
        Column("part", "Thực hiện đúng", 14, Kind.COUNT),
        Column("whole", "Số đơn vị thuộc diện xét", 14, Kind.COUNT),
        Column("share", "Số lượng/ tổng số", 14, Kind.CENTRE),
        Column("rate", "Tỷ lệ", 12, Kind.PERCENT),
    )

    def sums(counts: Json) -> tuple[Cell, ...]:
        part, whole = (sum(counts[value] for value in values) for values in (_RIGHT, considered))
        added = (
            Added(part, tuple(each.value for each in _RIGHT)),
            Added(whole, tuple(each.value for each in considered)),
        )
        return (*added, *_rates(part, whole))

    rows = []
    total: dict[str, int] = {value.value: 0 for value in considered}
    for block, figures in _figures(content, tuple(Block)):
        counts = figures["maintained"]
        here = (Where("block", block.vi), NOT_EXEMPT)
        counted = (Counted(counts[each], (*here, Where("maintained", sentence(each.vi)))) for each in considered)
        rows.append(Row((block.vi, *counted, *sums(counts))))
        total = {value: number + counts[value] for value, number in total.items()}
    rows.append(Row((TOTAL, *(Total(number) for number in total.values()), *sums(total)), Style.TOTAL))
    return Table(
        "par_kept",
        columns,
        tuple(rows),
        "3. Thực hiện đúng việc duy trì, cải tiến",
        notes=(
            "Chỉ số lấy một tỷ lệ chung của mọi đơn vị thuộc diện xét; các bảng theo khối ở trang “Tổng hợp” không ghi "
            "tỷ lệ chung.",
        ),
    )


def declarations(content: ReportContent) -> Sheet:
    """The sheet of declarations: how many of each kind, then every one by which a unit holds its edition, and those of
    the period."""
    return Sheet(
        "Công bố",
        f"Danh sách công bố hệ thống quản lý chất lượng phù hợp tiêu chuẩn, số liệu {content.period_name}",
        (_by_kind(content), _list(content)),
        frozen=2,
        repeat="declarations",
    )


def _by_kind(content: ReportContent) -> Table:
    columns = (
        Column("number", "TT", 5, Kind.CENTRE),
        Column("what", "Công bố", 31),
        Column("count", "Số lượng", 21, Kind.COUNT),
    )
    since, found = content.first_day, content.declarations
    rows = [
        ("Đang có hiệu lực", Counted(sum(each.standing for each in found), (Where("standing", MARK),), "declarations"))
    ]
    for kind in DeclarationKind:
        number = sum(each.kind is kind and each.made_on >= since for each in found)
        where = (Where("kind", sentence(kind.vi)), Where("made_on", since, ">="))
        rows.append((f"{sentence(kind.vi)} trong kỳ", Counted(number, where, "declarations")))
    numbers = (Row((number, *cells)) for number, cells in enumerate(rows, 1))
    return Table("declared_kinds", columns, tuple(numbers), "1. Số lượng")


def _list(content: ReportContent) -> Table:
    columns = (
        Column("number", "TT", 5, Kind.CENTRE),
        Column("name", "Đơn vị", 31),
        Column("kind", "Hình thức", 21),
        Column("edition", "Phiên bản tiêu chuẩn", 18),
        Column("made_on", "Ngày công bố", 12, Kind.DATE),
        Column("document", "Số văn bản", 34),
        Column("covered", "Số TTHC công bố", 10, Kind.COUNT),
        Column("total", "Tổng số TTHC", 10, Kind.COUNT),
        Column("scope", "Phạm vi", 10, Kind.CENTRE),
        Column("standing", "Đang có hiệu lực", 10, Kind.CENTRE),
    )
    names = unit_names(content)
    rows: list[tuple[Cell, ...]] = [
        (
            names.get(each.unit_code, each.unit_code),
            sentence(each.kind.vi),
            content.editions.get(each.edition, each.edition),
            each.made_on,
            each.document,
            each.covered,
            each.total,
            _scope(each),
            mark(each.standing),
        )
        for each in content.declarations
    ]
    return Table("declarations", columns, numbered(rows), "2. Danh sách", filtered=True)


def _scope(each: DeclarationRow) -> Cell:
    if each.covered is None or each.total is None:
        return None
    return Share(each.covered, each.total, "covered", "total")
