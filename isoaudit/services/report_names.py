"""The days that a report is about, and what messages and the log call it."""

from isoaudit.db import Report
from isoaudit.domain import report_period
from isoaudit.domain.documentwords import short_date
from isoaudit.domain.period import Period


def period_of(report: Report) -> Period:
    """The days that a report is about."""
    return Period(report.period_first, report.period_last)


def name_of(report: Report) -> str:
    """What messages call it: "năm 2020, tính đến ngày 18/11/2020"."""
    return f"{report_period.name(period_of(report))}, tính đến ngày {short_date(report.as_of)}"
