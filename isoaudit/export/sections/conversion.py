"""Sheet "Tiến độ chuyển đổi": statuses by block, and how far each unit has come, step by step."""

from isoaudit.domain.documentwords import short_date
from isoaudit.domain.vocabulary import Block, Status
from isoaudit.export.layout import ReportContent
from isoaudit.export.sections.words import MARK, TOTAL, block_lines, numbered, status_word, unit_names
from isoaudit.export.tables import Added, Bars, Cell, Column, Counted, Kind, Row, Sheet, Style, Table, Total, Where

STATUSES = (
    Status.CONVERTED,
    Status.NEWLY_APPLIED,
    Status.CONVERTING,
    Status.NOT_CONVERTED,
    Status.STOPPED,
    Status.TO_REDECLARE,
    Status.BUILDING,
    Status.NOT_STARTED,
)


def conversion(content: ReportContent) -> Sheet:
    """The sheet: counts by status, the steps with their weights, the list."""
    names = content.conversion
    return Sheet(
        "Tiến độ chuyển đổi",
        f"Tiến độ chuyển đổi từ {names.from_name} sang {names.to_name}",
        (_statuses(content), _progress(content)),
        subtitle=f"Theo {names.basis}" if names.basis else "",
        charts=(
            Bars(
                "Số đơn vị theo trạng thái",
                "statuses",
                "status",
                tuple(_block_keys(content)),
                stacked=True,
                beside=True,
            ),
        ),
        frozen=2,
        repeat="progress",
    )


def _block_keys(content: ReportContent) -> list[str]:
    return [f"block_{place}" for place, (_, style, _, _) in enumerate(block_lines(content)) if style is Style.BODY]


def _statuses(content: ReportContent) -> Table:
    lines = list(block_lines(content))
    columns = (
        Column("number", "TT", 4.5, Kind.CENTRE),
        Column("status", "Trạng thái", 31),
        *(Column(f"block_{place}", name, 13.1, Kind.COUNT) for place, (name, *_) in enumerate(lines)),
        Column("all", TOTAL, 13.1, Kind.COUNT),
    )
    added = tuple(_block_keys(content))

    def line(name: str, status: Status, number: int) -> Row:
        where = Where("status", name)
        counts = [
            figures["exempt"] if status is Status.EXEMPT else figures["status"][status] for _, _, figures, _ in lines
        ]
        whole = content.rollup["total"]
        total = whole["exempt"] if status is Status.EXEMPT else whole["status"][status]
        cells = (Counted(count, (*here, where)) for count, (_, _, _, here) in zip(counts, lines, strict=True))
        return Row((number, name, *cells, Added(total, added, rows=Counted(total, (where,)))))

    whole_units = content.rollup["total"]["units"]
    rows = [line(status_word(each), each, number) for number, each in enumerate((*STATUSES, Status.EXEMPT), 1)]
    totals: tuple[Cell, ...] = tuple(
        Total(figures["units"], Counted(figures["units"], here)) for _, _, figures, here in lines
    )
    rows.append(Row((None, TOTAL, *totals, Total(whole_units, Counted(whole_units, ()))), Style.TOTAL))
    overdue = sum(detail.overdue for detail in content.units)
    notes = (f"Trong số chưa chuyển đổi, đã quá hạn chuyển đổi: {overdue}.",) if overdue else ()
    return Table(
        "statuses",
        columns,
        tuple(rows),
        f"1. Số đơn vị theo trạng thái đến ngày {short_date(content.as_of)}",
        notes=notes,
    )


def _progress(content: ReportContent) -> Table:
    """Units that have something to show: an edition, a step, a past. The others are in the list of units."""
    steps, names = content.conversion.steps, unit_names(content)
    columns = (
        Column("number", "TT", 5, Kind.CENTRE),
        Column("name", "Tên đơn vị", 31),
        *(
            Column(f"step_{step.code}", f"({place}) {step.name}", 13.1, Kind.CENTRE, "Nội dung đã thực hiện")
            for place, step in enumerate(steps, 1)
        ),
        Column("progress", "Tiến độ", 7, Kind.PERCENT),
        Column("status", "Trạng thái", 18.5),
    )
    silent = {Status.NOT_STARTED, Status.EXEMPT}
    rows: list[Row] = []
    for block in Block:
        listed: list[tuple[Cell, ...]] = [
            (
                names[unit["code"]],
                *(None if step.code in unit["missing_steps"] else MARK for step in steps),
                unit["progress"],
                status_word(unit["status"]),
            )
            for unit in content.rollup["units"]
            if unit["block"] == block and unit["status"] not in silent
        ]
        if listed:
            rows += [Row((None, block.vi), Style.GROUP), *numbered(listed)]
    weights = "; ".join(f"({place}) {step.weight}" for place, step in enumerate(steps, 1))
    return Table(
        "progress",
        columns,
        tuple(rows) or numbered([]),
        "2. Các nội dung đã thực hiện của từng đơn vị",
        notes=(
            f"Trọng số của các nội dung: {weights}. Tiến độ là tổng trọng số của các nội dung đã thực hiện "
            "chia cho tổng trọng số.",
            "Không liệt kê ở đây: đơn vị chưa triển khai và đơn vị không thuộc đối tượng áp dụng "
            "(xem “Danh sách đơn vị”).",
        ),
    )
