"""Sheets "Kinh phí", "Báo cáo của đơn vị" and "Mục tiêu chất lượng": money by owner and source; reports owed with the
units that are late; objectives with those that were missed. A sheet without anything entered is left out."""

from collections.abc import Iterator

from isoaudit.domain.money import total
from isoaudit.domain.vocabulary import Block
from isoaudit.export.layout import ReportContent
from isoaudit.export.sections.words import TOTAL, numbered, sentence
from isoaudit.export.tables import (
    Added,
    Cell,
    Column,
    Counted,
    Kind,
    Percent,
    Row,
    Sheet,
    Style,
    Summed,
    Table,
    Total,
    Where,
)
from isoaudit.export.yearly import MoneyRow, OwedReports

_NUMBER = Column("number", "TT", 5, Kind.CENTRE)
_STATES = {True: "Gửi trễ", False: "Chưa gửi"}
_AMOUNTS = (
    Column("estimate", "Dự toán (đồng)", 18.5, Kind.COUNT),
    Column("spent", "Đã chi (đồng)", 18.5, Kind.COUNT),
    Column("rate", "Chi/ dự toán", 11, Kind.PERCENT),
    Column("settled", "Đã quyết toán (đồng)", 18.5, Kind.COUNT),
    Column("left", "Còn lại (đồng)", 18.5, Kind.COUNT),
)


def yearly(content: ReportContent) -> Iterator[Sheet]:
    """The sheets that have anything to tell."""
    years = content.years
    if years.money:
        yield Sheet(
            "Kinh phí",
            f"Kinh phí áp dụng hệ thống quản lý chất lượng {content.period_name}",
            (_by_source(years.money), _money(years.money)),
            frozen=2,
            repeat="money",
        )
    for name, title, tables in (
        ("Báo cáo của đơn vị", "Chế độ báo cáo của đơn vị", tuple(_reports(content))),
        ("Mục tiêu chất lượng", "Mục tiêu chất lượng của đơn vị", tuple(_objectives(content))),
    ):
        if tables:
            yield Sheet(name, f"{title} {content.period_name}", tables, repeat=tables[-1].key)


def _money(rows: tuple[MoneyRow, ...]) -> Table:
    columns = (_NUMBER, Column("owner", "Đơn vị, đoàn kiểm tra", 45), Column("source", "Nguồn kinh phí", 32), *_AMOUNTS)
    lines = [
        Row(
            (
                number,
                each.owner,
                each.source,
                each.estimate,
                each.spent,
                Percent(each.spent, each.estimate, "spent", "estimate"),
                each.settled,
                Added(each.estimate - each.spent, ("estimate",), ("spent",)),
            )
        )
        for number, each in enumerate(rows, 1)
    ]
    lines.append(_totals(rows, 2))
    return Table("money", columns, tuple(lines), "2. Theo đơn vị, đoàn kiểm tra", filtered=True)


def _by_source(rows: tuple[MoneyRow, ...]) -> Table:
    columns = (_NUMBER, Column("source", "Nguồn kinh phí", 45), Column("lines", "Số dòng", 32, Kind.COUNT), *_AMOUNTS)
    lines = []
    for number, source in enumerate(dict.fromkeys(row.source for row in rows), 1):
        found, where = [row for row in rows if row.source == source], (Where("source", source),)
        sums = total(found)
        lines.append(
            Row(
                (
                    number,
                    source,
                    Counted(len(found), where, "money"),
                    Summed(sums.estimate, "estimate", where, "money"),
                    Summed(sums.spent, "spent", where, "money"),
                    Percent(sums.spent, sums.estimate, "spent", "estimate"),
                    Summed(sums.settled, "settled", where, "money"),
                    Added(sums.left, ("estimate",), ("spent",)),
                )
            )
        )
    lines.append(_totals(rows, 1, Total(len(rows))))
    return Table("money_sources", columns, tuple(lines), "1. Theo nguồn kinh phí")


def _totals(rows: tuple[MoneyRow, ...], texts: int, *more: Cell) -> Row:
    sums = total(rows)
    return Row(
        (
            None,
            *(TOTAL, None)[:texts],
            *more,
            Total(sums.estimate),
            Total(sums.spent),
            Percent(sums.spent, sums.estimate, "spent", "estimate"),
            Total(sums.settled),
            Total(sums.left),
        ),
        Style.TOTAL,
    )


def _reports(content: ReportContent) -> Iterator[Table]:
    rows = content.years.reports
    if not rows:
        return
    words = ("Phải gửi", "Đúng hạn", "Trễ hạn", "Chưa gửi", "Chưa đến hạn")
    keys = ("owed", "on_time", "came_late", "not_sent", "waiting")
    columns = (
        _NUMBER,
        Column("period", "Kỳ báo cáo", 26),
        Column("block", "Khối", 42),
        Column("due_on", "Hạn gửi", 13, Kind.DATE),
        *(Column(key, word, 12, Kind.COUNT) for key, word in zip(keys, words, strict=True)),
    )
    lines: list[tuple[Cell, ...]] = [
        (
            *(sentence(row.period), Block(row.block).vi, row.due_on, row.owed, row.on_time),
            *(_late(row, row.came_late, sent=True), _late(row, row.not_sent, sent=False), row.waiting),
        )
        for row in rows
    ]
    yield Table("reports_owed", columns, numbered(lines), "1. Theo kỳ, khối")
    late: list[tuple[Cell, ...]] = [
        (
            sentence(row.period),
            each.unit,
            row.due_on,
            _STATES[each.sent],
            each.days,
            Block(row.block).vi,
        )
        for row in rows
        for each in row.late
    ]
    if late:
        named = (
            _NUMBER,
            Column("period", "Kỳ báo cáo", 26),
            Column("unit", "Đơn vị", 42),
            Column("due_on", "Hạn gửi", 13, Kind.DATE),
            Column("state", "Tình trạng", 12),
            Column("days", "Số ngày trễ", 12, Kind.COUNT),
            Column("block", "Khối", 13),
        )
        yield Table("reports_late", named, numbered(late), "2. Đơn vị gửi trễ hạn hoặc chưa gửi", filtered=True)


def _late(row: OwedReports, number: int, *, sent: bool) -> Cell:
    """How many came late or have not come: a count over the list of them, where it names them all."""
    if sum(each.sent is sent for each in row.late) != number or not number:
        return number
    where = (
        *(Where("period", sentence(row.period)), Where("block", Block(row.block).vi)),
        Where("state", _STATES[sent]),
    )
    return Counted(number, where, "reports_late")


def _objectives(content: ReportContent) -> Iterator[Table]:
    rows = content.years.objectives
    if not rows:
        return
    keys = ("units", "objectives", "met", "missed", "open")
    words = ("Đơn vị", "Mục tiêu", "Đạt", "Không đạt", "Chưa có kết quả")
    columns = (
        _NUMBER,
        Column("block", "Khối", 92),
        *(Column(key, word, 14, Kind.COUNT) for key, word in zip(keys, words, strict=True)),
    )
    lines = [
        Row((number, Block(row.block).vi, *(getattr(row, key) for key in keys))) for number, row in enumerate(rows, 1)
    ]
    sums = {key: sum(getattr(row, key) for row in rows) for key in keys}
    named_all = sums["missed"] == len(content.years.missed)
    listed = Counted(sums["missed"], (Where("objective", "", "<>"),), "objectives_missed") if named_all else None
    totals = (Total(number, listed if key == "missed" and number else None) for key, number in sums.items())
    lines.append(Row((None, TOTAL, *totals), Style.TOTAL))
    yield Table("objectives", columns, tuple(lines), "1. Theo khối")
    if content.years.missed:
        named = (
            _NUMBER,
            Column("objective", "Đơn vị: mục tiêu", 92),
            Column("target", "Chỉ tiêu", 13),
            Column("result", "Kết quả", 12),
        )
        missed: list[tuple[Cell, ...]] = [
            (f"{each.unit}: {each.objective}", each.target, each.result) for each in content.years.missed
        ]
        yield Table("objectives_missed", named, numbered(missed), "2. Mục tiêu chưa đạt", filtered=True)
