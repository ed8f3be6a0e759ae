"""Trends over the years, each figure as a picture and as a table; years with an issued report show its figures and say
so."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import render_template
from flask_babel import gettext as _

from isoaudit.domain import numbers
from isoaudit.domain.access import Permission
from isoaudit.domain.vocabulary import Block
from isoaudit.http import clock
from isoaudit.http.access import requires
from isoaudit.services import trends as trends_of
from isoaudit.services.trends import BlockYear, Share, Year
from isoaudit.web.committee.dashboard import pages
from isoaudit.web.committee.look import Look, looking
from isoaudit.web.linechart import Line, LineChart, lines
from isoaudit.web.words import count, label, percent, share

_FILLS = {Block.AGENCY: "blue", Block.DISTRICT: "violet", Block.COMMUNE: "green"}


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table: its name, and for each year what is written, with a smaller second line."""

    name: str
    cells: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Trend:
    """A figure over the years: the picture, what it counts, and its table."""

    chart: LineChart
    about: str
    rows: Sequence[Row]


@pages.get("/dien-bien")
@requires(Permission.DASHBOARD_READ)
@looking
def trends(look: Look) -> str:
    """The years up to the one looked at."""
    years = trends_of.trend(look.session, look.rollup, clock.today(), live=look.issued is not None and not look.frozen)
    shares: tuple[tuple[str, str, str, Callable[[BlockYear], Share]], ...] = (
        (
            "declared",
            _("Tỷ lệ đã công bố"),
            _("đang công bố theo phiên bản còn được công nhận, trên số đơn vị được xem xét"),
            lambda each: each.declared,
        ),
        (
            "converted",
            _("Tỷ lệ đã chuyển đổi"),
            _("sang %(edition)s, trên số thuộc diện chuyển đổi", edition=look.edition(look.conversion.to_edition)),
            lambda each: each.converted,
        ),
        (
            "maintained",
            _("Duy trì, cải tiến đúng"),
            _("đã kiểm chứng hoặc theo báo cáo, trên số đơn vị được xét trong năm"),
            lambda each: each.maintained,
        ),
    )
    return render_template(
        "web/committee/trends.html",
        look=look,
        years=years,
        trends=[
            *(_share(key, name, about, of, years) for key, name, about, of in shares),
            _scores(years),
            _nonconformities(years),
        ],
    )


def _share(key: str, name: str, about: str, of: Callable[[BlockYear], Share], years: Sequence[Year]) -> Trend:
    def value(each: BlockYear | None) -> float | None:
        rate = None if each is None else numbers.percent(*of(each))
        return None if rate is None else float(rate)

    drawn, rows = [], []
    for block in _blocks(years):
        found = [year.blocks.get(block) for year in years]
        texts = ["–" if each is None else percent(*of(each)) for each in found]
        drawn.append(Line(label(block), _FILLS[block], [value(each) for each in found], texts))
        parts = ["" if each is None else share(*of(each)) for each in found]
        rows.append(Row(label(block), list(zip(texts, parts, strict=True))))
    return Trend(lines(key, name, _names(years), drawn, 100.0), about, rows)


def _scores(years: Sequence[Year]) -> Trend:
    drawn, rows = [], []
    for block in _blocks(years):
        found = [year.blocks.get(block) for year in years]
        exact = [None if each is None or each.score is None else numbers.percent(each.score, 100) for each in found]
        texts = [numbers.decimal_text(each, 1) for each in exact]
        drawn.append(
            Line(label(block), _FILLS[block], [None if each is None else float(each) for each in exact], texts)
        )
        units = [_("%(number)s đơn vị", number=count(each.audited)) if each and each.audited else "" for each in found]
        rows.append(Row(label(block), list(zip(texts, units, strict=True))))
    about = _(
        "trung bình của các đơn vị có kiểm tra toàn diện tại trụ sở trong năm; năm này kiểm tra đơn vị khác năm kia"
    )
    return Trend(lines("score", _("Điểm kiểm tra"), _names(years), drawn, 100.0, ""), about, rows)


def _nonconformities(years: Sequence[Year]) -> Trend:
    known = [year.nonconformities if year.inspected else None for year in years]
    told = (
        (_("Phát sinh trong năm"), "amber", [None if each is None else each.raised for each in known]),
        (_("Đã đóng trong năm"), "green", [None if each is None else each.closed for each in known]),
        (_("Còn mở cuối kỳ"), "red", [None if each is None else each.closing for each in known]),
        (_("trong đó: quá hạn"), "grey", [None if each is None else each.overdue for each in known]),
    )
    top = _round(max((value or 0 for _name, _fill, values in told for value in values), default=0))
    drawn = [
        Line(name, fill, values, ["–" if each is None else count(each) for each in values])
        for name, fill, values in told
    ]
    rows = [Row(line.name, [(text, "") for text in line.texts]) for line in drawn]
    about = _("từ biên bản kiểm tra, trừ tự đánh giá; trên toàn tỉnh")
    return Trend(lines("nonconformities", _("Điểm không phù hợp"), _names(years), drawn, top, ""), about, rows)


def _blocks(years: Sequence[Year]) -> list[Block]:
    return [block for block in Block if any(block in year.blocks for year in years)]


def _names(years: Sequence[Year]) -> list[str]:
    return [str(year.year) for year in years]


def _round(most: int) -> int:
    """The top of a scale: the next even 10, 20, 50, 100, 200 …"""
    step = 10
    while step < most:
        step = step * 5 // 2 if str(step).startswith("2") else step * 2
    return step
