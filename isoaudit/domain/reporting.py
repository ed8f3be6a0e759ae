"""The reports that units owe the standing office: periods, and how a unit stands with one on a day.

When a report is due is data. The yearly activity `report_sent` of RULES §3, which the roll-up counts, is another thing.
"""

from isoaudit.domain.vocabulary import Word


class ReportPeriod(Word):
    """The period that a unit reports on."""

    HALF = "half", "6 tháng đầu năm", "first half-year"
    YEAR = "year", "cả năm", "whole year"
