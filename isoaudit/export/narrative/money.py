"""Of section I: money, by unit, team and source, plan against actual. Left out when nothing was entered."""

from collections.abc import Sequence

from isoaudit.domain.documentwords import short_date
from isoaudit.domain.money import dong
from isoaudit.domain.numbers import percent_text
from isoaudit.export.layout import ReportContent
from isoaudit.export.narrative.phrases import count, full, para
from isoaudit.export.paper.blocks import Align, Column, Flow, Grid, Heading, Line, Weight
from isoaudit.export.yearly import MoneyRow

_SHOWN = 12
"""So many owners have lines of their own; more are summed."""


def money(content: ReportContent) -> list[Flow]:
    """The part, empty when no money was entered."""
    rows = content.years.money
    if not rows:
        return []
    estimate, spent, settled = _sums(rows)
    told = f"Tổng dự toán kinh phí là {dong(estimate)} đồng"
    if spent:
        told += f"; đã chi {dong(spent)} đồng"
        told += f" ({percent_text(spent, estimate, content.decimals)} dự toán)" if estimate else ""
        told += f", đã quyết toán {dong(settled)} đồng" if settled else ", chưa quyết toán"
    else:
        told += f"; đến ngày {short_date(content.as_of)} chưa ghi nhận khoản chi nào"
    owners = dict.fromkeys((row.owner, row.team) for row in rows)
    over = []
    for owner, team in sorted(owners):
        planned, paid, _settled = _sums([each for each in rows if (each.owner, each.team) == (owner, team)])
        if paid > planned:
            name = _team(owner) if team else owner
            over.append(f"{name} (chi {dong(paid)}/{dong(planned)} đồng)")
    above = full(f"Chi vượt dự toán: {'; '.join(over)}") if over else ""
    return [
        Heading(2, "Kinh phí"),
        para(content, "money.total", full(told), above),
        _table(rows, content.decimals),
    ]


def _sums(rows: Sequence[MoneyRow]) -> tuple[int, int, int]:
    return sum(row.estimate for row in rows), sum(row.spent for row in rows), sum(row.settled for row in rows)


def _table(rows: tuple[MoneyRow, ...], decimals: int) -> Grid:
    """Teams and units by name where they are few, else units together by source."""
    teams, units = [row for row in rows if row.team], [row for row in rows if not row.team]
    lines: list[tuple[str, str, list[MoneyRow]]] = [(_team(row.owner), row.source, [row]) for row in teams]
    if len(units) <= _SHOWN:
        lines = [(row.owner, row.source, [row]) for row in units] + lines
    else:
        by_source: dict[str, list[MoneyRow]] = {}
        for row in units:
            by_source.setdefault(row.source, []).append(row)
        lines = [(count(len(found)), source, found) for source, found in by_source.items()] + lines
    printed = [Line((str(place), *_cells(*line, decimals))) for place, line in enumerate(lines, 1)]
    printed.append(Line(("", *_cells("Tổng cộng", "", list(rows), decimals)), Weight.TOTAL))
    columns = (
        Column("TT", 5, Align.CENTRE),
        Column("Đơn vị, đoàn kiểm tra", 25),
        Column("Nguồn kinh phí", 18),
        *(Column(title, width, Align.RIGHT) for title, width in _FIGURES),
    )
    return Grid(columns, tuple(printed), "Kinh phí (đồng)", wide=True)


_FIGURES = (("Dự toán", 15), ("Đã chi", 15), ("Tỷ lệ", 10), ("Đã quyết toán", 15))


def _team(name: str) -> str:
    """A team is often called after the units that it inspects: that it is the team has to be said."""
    return name if name.startswith("Đoàn") else f"Đoàn kiểm tra “{name}”"


def _cells(owner: str, source: str, rows: list[MoneyRow], decimals: int) -> tuple[str, ...]:
    estimate, spent, settled = _sums(rows)
    return owner, source, dong(estimate), dong(spent), percent_text(spent, estimate, decimals), dong(settled)
