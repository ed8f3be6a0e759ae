"""Sheets "Kế hoạch và thực hiện" and "Kế hoạch năm sau": what was planned and what came of it, what falls due next."""

from collections.abc import Iterator

from isoaudit.domain.proposal import YEARS_BETWEEN, Reason
from isoaudit.domain.vocabulary import Block
from isoaudit.export.layout import ReportContent
from isoaudit.export.rows import PlannedRow
from isoaudit.export.sections.words import NOTHING_HERE, TOTAL, mark, numbered, or_nothing, sentence, unit_names
from isoaudit.export.tables import Cell, Column, Counted, Kind, Row, Sheet, Style, Table, Total, Where

MADE, CANCELLED, MISSED, TO_COME = "Đã thực hiện", "Đã hủy", "Chưa thực hiện", "Chưa đến ngày"
OUTSIDE, NO_GROUP = "Ngoài kế hoạch năm", "Không chia nhóm"
LONG_AGO = (
    f"{sentence(Reason.LONG_AGO.vi)}: không có kiểm tra toàn diện tại trụ sở trong {YEARS_BETWEEN:02} năm gần nhất"
)
"""What the reason means, under a list that gives it."""
_OUTCOMES = ((MADE, "made"), (CANCELLED, "cancelled"), (MISSED, "missed"), (TO_COME, "to_come"))


def plan(content: ReportContent) -> Sheet:
    """The sheet of this period's plan: counts by plan and group, then every planned audit with what became of it."""
    return Sheet(
        "Kế hoạch và thực hiện",
        f"Kế hoạch kiểm tra và kết quả thực hiện {content.period_name}",
        (_by_group(content), *_elsewhere(content), _planned(content)),
        frozen=2,
        repeat="planned",
    )


def outcome(row: PlannedRow, content: ReportContent) -> str:
    """What became of a planned audit by the cut-off day."""
    if row.minuted_on is not None:
        return MADE
    if row.cancelled:
        return CANCELLED
    return MISSED if row.planned_on is not None and row.planned_on <= content.as_of else TO_COME


def _of(row: PlannedRow) -> tuple[str, str]:
    """Plan and group under which an audit is counted."""
    return row.programme or OUTSIDE, row.group or NO_GROUP


def _by_group(content: ReportContent) -> Table:
    columns = (
        Column("number", "TT", 5, Kind.CENTRE),
        Column("programme", "Kế hoạch", 34),
        Column("group", "Nhóm", 37),
        Column("planned", "Số cuộc theo kế hoạch", 11, Kind.COUNT),
        *(Column(key, words, 12, Kind.COUNT) for words, key in _OUTCOMES),
    )
    rows = []
    for number, (programme, group) in enumerate(dict.fromkeys(map(_of, content.planned)), 1):
        here = [outcome(each, content) for each in content.planned if _of(each) == (programme, group)]
        where = (Where("programme", programme), Where("group", group))
        cells = (Counted(here.count(words), (*where, Where("outcome", words)), "planned") for words, _key in _OUTCOMES)
        rows.append(Row((number, programme, group, Counted(len(here), where, "planned"), *cells)))
    outcomes = [outcome(each, content) for each in content.planned]
    totals = (Total(outcomes.count(words)) for words, _key in _OUTCOMES)
    if rows:
        rows.append(Row((None, TOTAL, None, Total(len(outcomes)), *totals), Style.TOTAL))
    documents = dict.fromkeys((each.programme, each.document) for each in content.planned if each.document)
    return Table(
        "plan",
        columns,
        or_nothing(rows),
        "1. Theo kế hoạch, nhóm",
        notes=tuple(f"{programme}: {document}." for programme, document in documents),
    )


def _elsewhere(content: ReportContent) -> Iterator[Table]:
    """The audits that others made, which no plan of the issuer names."""
    if not content.elsewhere:
        return
    columns = (
        Column("number", "TT", 5, Kind.CENTRE),
        Column("name", "Đơn vị được kiểm tra", 34),
        Column("by", "Cơ quan kiểm tra", 37),
        Column("audit", "Cuộc kiểm tra", 11, Kind.CENTRE),
        Column("minuted_on", "Ngày biên bản", 12, Kind.DATE),
        Column("full", "Toàn diện, tại trụ sở", 12, Kind.CENTRE),
        Column("counted", "Tính vào lượt kiểm tra", 12, Kind.CENTRE),
        Column("code", "Mã đơn vị", 12),
        Column("document", "Biết theo văn bản", 30),
    )
    names = unit_names(content)
    rows: list[tuple[Cell, ...]] = [
        (
            names.get(each.unit_code, each.unit_name),
            each.body,
            each.audit,
            each.minuted_on,
            mark(each.full),
            mark(each.counted),
            each.unit_code,
            each.document,
        )
        for each in content.elsewhere
    ]
    note = (
        "Các cuộc này không thuộc kế hoạch nêu trên. Cuộc trước kỳ được ghi vì tồn tại của nó còn trong danh sách, "
        "không tính vào lượt kiểm tra của kỳ."
    )
    yield Table("elsewhere", columns, numbered(rows), "2. Kiểm tra do cơ quan khác thực hiện", notes=(note,))


def _planned(content: ReportContent) -> Table:
    columns = (
        Column("number", "TT", 5, Kind.CENTRE),
        Column("name", "Đơn vị", 34),
        Column("group", "Nhóm", 37),
        Column("planned_on", "Ngày theo kế hoạch", 11, Kind.DATE),
        Column("minuted_on", "Ngày biên bản", 12, Kind.DATE),
        Column("outcome", "Kết quả", 12),
        Column("code", "Mã đơn vị", 12),
        Column("block", "Khối", 12),
        Column("reason", "Lý do không thực hiện", 30),
        Column("programme", "Kế hoạch", 80, Kind.TEXT, "Phục vụ công thức, không in"),
    )
    names = unit_names(content)
    blocks = {unit["code"]: Block(unit["block"]).vi for unit in content.rollup["units"]}
    rows: list[tuple[Cell, ...]] = []
    for each in content.planned:
        programme, group = _of(each)
        became = outcome(each, content)
        missed = became in (CANCELLED, MISSED)
        rows.append(
            (
                names.get(each.unit_code, each.unit_name),
                group,
                each.planned_on,
                each.minuted_on,
                became,
                each.unit_code,
                blocks.get(each.unit_code),
                (each.reason or "Chưa nêu lý do") if missed else None,
                programme,
            )
        )
    return Table(
        "planned",
        columns,
        numbered(rows),
        f"{2 + bool(content.elsewhere)}. Từng cuộc kiểm tra theo kế hoạch",
        printed=9,
        filtered=True,
    )


def next_plan(content: ReportContent) -> Sheet:
    """The sheet of what is proposed for next year: counts by reason, then every unit with its reasons."""
    return Sheet(
        "Kế hoạch năm sau",
        f"Đề xuất đơn vị đưa vào kế hoạch kiểm tra năm {content.year + 1}",
        (_by_reason(content), _proposed(content)),
        frozen=2,
        repeat="proposed",
    )


def _by_reason(content: ReportContent) -> Table:
    blocks = [block for block in Block if any(each.block is block for each in content.next_plan)]
    columns = (
        Column("number", "TT", 5, Kind.CENTRE),
        Column("what", "Lý do", 34),
        *(Column(f"block_{block.value}", block.vi, 13, Kind.COUNT) for block in blocks),
        Column("all", "Tổng số đơn vị", 12, Kind.COUNT),
    )

    def line(found: list[tuple[Block, tuple[Reason, ...]]], *where: Where) -> tuple[Cell, ...]:
        of_blocks = (
            Counted(sum(of is block for of, _ in found), (*where, Where("block", block.vi)), "proposed")
            for block in blocks
        )
        return (*of_blocks, Counted(len(found), (*where, Where("name", "", "<>")), "proposed"))

    all_of = [(each.block, each.reasons) for each in content.next_plan]
    rows = [
        Row((number, sentence(reason.vi), *line(found, Where(reason.value, "x"))))
        for number, reason in enumerate(Reason, 1)
        if (found := [each for each in all_of if reason in each[1]])
    ]
    if rows:
        rows.append(Row((None, "Số đơn vị đề xuất", *line(all_of)), Style.TOTAL))
    return Table(
        "by_reason",
        columns,
        tuple(rows) or (Row((None, NOTHING_HERE), Style.GROUP),),
        "1. Theo lý do",
        notes=(f"Một đơn vị có thể có nhiều lý do, nên các dòng không cộng thành số đơn vị đề xuất. {LONG_AGO}.",),
    )


def _proposed(content: ReportContent) -> Table:
    columns = (
        Column("number", "TT", 5, Kind.CENTRE),
        Column("name", "Đơn vị", 34),
        Column("block", "Khối", 14),
        Column("last_audit", "Kiểm tra tại trụ sở gần nhất", 14, Kind.DATE),
        Column("overdue", "Tồn tại quá hạn", 14, Kind.COUNT),
        Column("code", "Mã đơn vị", 14),
        Column("reasons", "Lý do đề xuất", 76),
        *(
            Column(reason.value, sentence(reason.vi), 12, Kind.CENTRE, "Phục vụ công thức, không in")
            for reason in Reason
        ),
    )
    names = unit_names(content)
    rows: list[tuple[Cell, ...]] = [
        (
            names.get(each.unit_code, each.unit_name),
            each.block.vi,
            each.last_audit,
            each.overdue or None,
            each.unit_code,
            sentence("; ".join(reason.vi for reason in each.reasons)),
            *(mark(reason in each.reasons) for reason in Reason),
        )
        for each in content.next_plan
    ]
    return Table("proposed", columns, numbered(rows), "2. Từng đơn vị", printed=7, filtered=True)
