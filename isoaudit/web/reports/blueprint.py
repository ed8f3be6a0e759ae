"""The blueprint of the room of reports, and what its pages share: the report asked for, words for periods, states."""

from flask import Blueprint, Response, request
from flask_babel import gettext as _

from isoaudit.db import Report
from isoaudit.domain import report_period
from isoaudit.domain.period import Period
from isoaudit.http import database
from isoaudit.services import reports
from isoaudit.services.reports import Draft, Outline
from isoaudit.web import words

pages = Blueprint("reports", __name__, url_prefix="/bao-cao")

Answer = str | Response | tuple[str, int]


def asked(report_id: int) -> Report:
    """The report of the address. Raises NotFound."""
    return reports.find(database.session(), report_id)


def counted(report_id: int) -> Draft:
    """What a draft prints now, counted in one state; while that takes its time, others may write: a request that writes
    lets go of its session, and has to ask for the report again. Raises NotFound."""
    if request.method not in database.SAFE:
        database.release()
    with database.reading() as reading:
        return reports.draft_of(reading, reports.find(reading, report_id))


def period_name(period: Period) -> str:
    """The period in the language of the request: "năm 2020", "06 tháng đầu năm 2020", "giai đoạn 2015–2020"."""
    year = period.last.year
    if period == report_period.half(year, 1):
        return _("06 tháng đầu năm %(year)s", year=year)
    if period == report_period.half(year, 2):
        return _("06 tháng cuối năm %(year)s", year=year)
    if report_period.is_year(period):
        return _("năm %(year)s", year=year)
    if period == report_period.years(period.first.year, year):
        return _("giai đoạn %(first)s–%(last)s", first=period.first.year, last=year)
    return _("từ ngày %(first)s đến ngày %(last)s", first=words.day(period.first), last=words.day(period.last))


def title(report: Report) -> str:
    """What the page of a report is called."""
    period = period_name(Outline.of(report).period)
    return (
        _("Báo cáo %(period)s (đính chính)", period=period)
        if report.replaces
        else _("Báo cáo %(period)s", period=period)
    )
