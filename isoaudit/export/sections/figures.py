"""Sheet "Tổng hợp": what the province declared, converted, kept up and audited, by block, with its chart."""

from collections.abc import Callable

from isoaudit.domain.documentwords import short_date
from isoaudit.domain.numbers import count_text
from isoaudit.domain.vocabulary import Maintained, Obligation, Status
from isoaudit.export.layout import Json, ReportContent
from isoaudit.export.sections.words import (
    MARK,
    NO_RATE,
    NOT_EXEMPT,
    TOTAL,
    band_words,
    block_lines,
    left_elsewhere,
    sentence,
    status_word,
)
from isoaudit.export.tables import (
    Added,
    Bars,
    Cell,
    Column,
    Counted,
    Kind,
    Percent,
    Row,
    Share,
    Sheet,
    Style,
    Summed,
    Table,
    Total,
    Where,
)

BLOCK = Column("name", "Khối cơ quan, đơn vị", 28)
Conditions = tuple[Where, ...]


def by_block(
    content: ReportContent,
    line: Callable[[Json, Conditions], tuple[Cell, ...]],
    rated: tuple[str, ...],
    columns: tuple[Column, ...],
) -> tuple[Row, ...]:
    """One row for each block and the total, which sums the blocks and has no rate in the columns `rated`."""
    rows = [Row((name, *line(figures, where)), style) for name, style, figures, where in block_lines(content)]
    whole = line(content.rollup["total"], ())
    cells: list[Cell] = [TOTAL]
    for column, cell in zip(columns[1:], whole, strict=True):
        if column.key in rated:
            cells.append(NO_RATE)
        elif isinstance(cell, Added | Share):
            cells.append(cell)
        else:
            value = cell if isinstance(cell, int) else getattr(cell, "value", 0)
            cells.append(Total(value, cell if isinstance(cell, Counted | Summed) else None))
    return (*rows, Row(tuple(cells), Style.TOTAL))


def _count(key: str, title: str, width: float = 12, group: str = "") -> Column:
    return Column(key, title, width, Kind.COUNT, group)


def _declared(content: ReportContent) -> Table:
    must = "Trong đó: bắt buộc hoặc theo lộ trình của tỉnh"
    columns = (
        BLOCK,
        _count("units", "Tổng số đơn vị"),
        _count("exempt", "Không thuộc đối tượng"),
        _count("considered", "Số đơn vị xem xét"),
        _count("declared", "Đã công bố"),
        Column("declared_share", "Đã công bố/ xem xét", 12, Kind.CENTRE),
        Column("declared_rate", "Tỷ lệ đã công bố", 12, Kind.PERCENT),
        _count("obliged", "Số đơn vị", 12, must),
        _count("declared_obliged", "Đã công bố", 12, must),
        Column("obliged_share", "Đã công bố/ số đơn vị", 12, Kind.CENTRE, must),
        Column("obliged_rate", "Tỷ lệ", 12, Kind.PERCENT, must),
    )
    accepted = Where("accepted", MARK)
    not_encouraged = Where("obligation", sentence(Obligation.ENCOURAGED.vi), "<>")

    def line(figures: Json, where: Conditions) -> tuple[Cell, ...]:
        considered = figures["units"] - figures["exempt"]
        here = (*where, NOT_EXEMPT)
        return (
            Counted(figures["units"], where),
            Counted(figures["exempt"], (*where, Where("status", status_word(Status.EXEMPT)))),
            Added(considered, ("units",), ("exempt",), Counted(considered, here)),
            Counted(figures["declared"], (*here, accepted)),
            Share(figures["declared"], considered, "declared", "considered"),
            Percent(figures["declared"], considered, "declared", "considered"),
            Counted(figures["obliged"], (*here, not_encouraged)),
            Counted(figures["declared_obliged"], (*here, not_encouraged, accepted)),
            Share(figures["declared_obliged"], figures["obliged"], "declared_obliged", "obliged"),
            Percent(figures["declared_obliged"], figures["obliged"], "declared_obliged", "obliged"),
        )

    return Table(
        "declared",
        columns,
        by_block(content, line, ("declared_rate", "obliged_rate"), columns),
        "1. Công bố hệ thống quản lý chất lượng phù hợp tiêu chuẩn",
        notes=("Dòng tổng cộng chỉ ghi số lượng: một tỷ lệ chung sẽ gộp khối bắt buộc với khối khuyến khích.",),
    )


def _converted(content: ReportContent) -> Table:
    names = content.conversion
    columns = (
        BLOCK,
        _count("baseline", "Số thuộc diện chuyển đổi"),
        _count("converted", "Đã chuyển đổi"),
        Column("share", "Đã chuyển đổi/ thuộc diện", 12, Kind.CENTRE),
        Column("rate", "Tỷ lệ chuyển đổi", 12, Kind.PERCENT),
        _count("left", "Giảm do sắp xếp, sáp nhập"),
    )
    baseline = Where("in_baseline", MARK)
    done = Where("status", status_word(Status.CONVERTED))

    def line(figures: Json, where: Conditions) -> tuple[Cell, ...]:
        return (
            Counted(figures["baseline"], (*where, NOT_EXEMPT, baseline)),
            Counted(figures["baseline_converted"], (*where, baseline, done)),
            Share(figures["baseline_converted"], figures["baseline"], "converted", "baseline"),
            Percent(figures["baseline_converted"], figures["baseline"], "converted", "baseline"),
            figures["left_by_merger"],
        )

    since = f" (xác định tại ngày {short_date(names.baseline)})" if names.baseline else ""
    return Table(
        "converted",
        columns,
        by_block(content, line, ("rate",), columns),
        f"2. Chuyển đổi từ {names.from_name} sang {names.to_name}{since}",
        notes=(f"{sentence(told)}.",) if (told := left_elsewhere(content)) else (),
    )


def _maintained(content: ReportContent) -> Table:
    right = (Maintained.VERIFIED, Maintained.REPORTED)
    considered = (*right, Maintained.NOT_DUE, Maintained.FAILING)
    columns = (
        BLOCK,
        *(_count(value.value, sentence(value.vi)) for value in considered),
        _count("considered", "Số đơn vị thuộc diện xét"),
        _count("right", "Thực hiện đúng"),
        Column("share", "Thực hiện đúng/ thuộc diện", 12, Kind.CENTRE),
        Column("rate", "Tỷ lệ thực hiện đúng", 12, Kind.PERCENT),
        _count("not_applicable", "Không xét"),
    )

    judged = Where("maintained", sentence(Maintained.NOT_APPLICABLE.vi), "<>")

    def line(figures: Json, where: Conditions) -> tuple[Cell, ...]:
        counts = figures["maintained"]
        well, all_of = sum(counts[each] for each in right), sum(counts[each] for each in considered)
        return (
            *(_kept(counts, each, where) for each in considered),
            Added(all_of, tuple(each.value for each in considered), rows=Counted(all_of, (*where, NOT_EXEMPT, judged))),
            Added(well, tuple(each.value for each in right)),
            Share(well, all_of, "right", "considered"),
            Percent(well, all_of, "right", "considered"),
            _kept(counts, Maintained.NOT_APPLICABLE, where),
        )

    return Table(
        "maintained",
        columns,
        by_block(content, line, ("rate",), columns),
        f"3. Thực hiện đúng việc duy trì, cải tiến năm {content.year}",
    )


def _kept(counts: Json, value: Maintained, where: Conditions) -> Counted:
    return Counted(counts[value], (*where, NOT_EXEMPT, Where("maintained", sentence(value.vi))))


def _audited(content: ReportContent) -> Table:
    words = band_words(content)
    group = "Xếp loại" if content.band_decision else "Xếp loại (nội bộ)"
    columns = (
        BLOCK,
        _count("audited", "Số đơn vị được kiểm tra toàn diện tại trụ sở", 12),
        _count("visits", "Lượt kiểm tra"),
        *(_count(f"band_{code}", name, 12, group) for code, name in words.items()),
    )

    def line(figures: Json, where: Conditions) -> tuple[Cell, ...]:
        here = (*where, NOT_EXEMPT)
        return (
            Counted(figures["audited"], (*here, Where("audit", "", "<>"))),
            Summed(figures["visits"], "visits", here),
            *(Counted(figures["bands"].get(code, 0), (*here, Where("band", name))) for code, name in words.items()),
        )

    others = sum(each.counted for each in content.elsewhere)
    return Table(
        "audited",
        columns,
        by_block(content, line, (), columns),
        f"4. Kiểm tra, xếp loại {content.period_name}",
        notes=(f"Trong số lượt kiểm tra có {count_text(others)} lượt do cơ quan khác thực hiện.",) if others else (),
    )


def summary(content: ReportContent) -> Sheet:
    """The first sheet."""
    committee = f" của {content.paper.committee}" if content.paper.committee else ""
    chart = "Tỷ lệ đã công bố theo khối (%)"
    return Sheet(
        "Tổng hợp",
        f"Tổng hợp tình hình áp dụng hệ thống quản lý chất lượng theo TCVN ISO 9001 {content.period_name}",
        (_declared(content), _converted(content), _maintained(content), _audited(content)),
        subtitle=f"Phục vụ công tác chỉ đạo{committee}" if committee else "",
        charts=(
            Bars(chart, "declared", "name", ("declared_rate",)),
            Bars("Tỷ lệ chuyển đổi theo khối (%)", "converted", "name", ("rate",)),
        ),
        frozen=1,
        first=True,
    )
