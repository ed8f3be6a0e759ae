"""The blueprint of the room of reports, and what its pages share: the report asked for, words for periods, states."""

from flask import Blueprint, Response
from flask_babel import gettext as _

from isoaudit.db import Report
from isoaudit.domain import report_period
from isoaudit.domain.facts import Period
from isoaudit.http import database
from isoaudit.http.errors import language
from isoaudit.services import reports
from isoaudit.services.reports import Draft, Outline

pages = Blueprint("reports", __name__, url_prefix="/bao-cao")

Answer = str | Response | tuple[str, int]


def asked(report_id: int) -> Report:
    """The report of the address. Raises NotFound."""
    return reports.find(database.session(), report_id)


def counted(report: Report) -> Draft:
    """What a draft prints now, counted in one state; while that takes its time, others may write."""
    with database.reading() as reading:
        return reports.draft_of(reading, reports.find(reading, report.id))


def period_name(period: Period) -> str:
    """The period in the language of the request: "năm 2020", "first half of 2020"."""
    if language() != "en":
        return report_period.name(period)
    year = period.last.year
    for which, words in ((1, "first half of {}"), (2, "second half of {}")):
        if period == report_period.half(year, which):
            return words.format(year)
    if report_period.is_year(period):
        return str(year)
    if period == report_period.years(period.first.year, year):
        return f"{period.first.year}–{year}"
    return f"{period.first.isoformat()} – {period.last.isoformat()}"


def title(report: Report) -> str:
    """What the page of a report is called."""
    return _("Báo cáo %(period)s", period=period_name(Outline.of(report).period))
