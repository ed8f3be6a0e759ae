"""Periods are called as reports call them; the one before is as long; days stay days."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from isoaudit.domain import report_period
from isoaudit.domain.period import Period

DAYS = some.dates(date(1990, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("first", "last", "name", "before", "following"),
    [
        ("2020-01-01", "2020-12-31", "năm 2020", "năm 2019", "năm 2021"),
        ("2020-01-01", "2020-06-30", "06 tháng đầu năm 2020", "06 tháng đầu năm 2019", "06 tháng cuối năm 2020"),
        ("2020-07-01", "2020-12-31", "06 tháng cuối năm 2020", "06 tháng cuối năm 2019", "năm 2021"),
        ("2020-01-01", "2020-09-30", "09 tháng đầu năm 2020", "09 tháng đầu năm 2019", "năm 2021"),
        ("2020-04-01", "2020-06-30", "quý II năm 2020", "quý II năm 2019", "năm 2021"),
        ("2015-01-01", "2020-12-31", "giai đoạn 2015–2020", "giai đoạn 2009–2014", "năm 2021"),
        (
            "2020-01-01", "2020-11-18", "từ ngày 01/01/2020 đến ngày 18/11/2020",
            "từ ngày 01/01/2019 đến ngày 18/11/2019", "năm 2021",
        ),
        (
            "2020-02-01", "2020-02-29", "từ ngày 01/02/2020 đến ngày 29/02/2020",
            "từ ngày 01/02/2019 đến ngày 28/02/2019", "năm 2021",
        ),
    ],
)  # fmt: skip
def test_names(first: str, last: str, name: str, before: str, following: str) -> None:
    period = Period(date.fromisoformat(first), date.fromisoformat(last))
    assert report_period.name(period) == name
    assert report_period.name(report_period.before(period)) == before
    assert report_period.following(period) == following


@given(DAYS, DAYS)
def test_the_one_before_ends_before_it_begins(one: date, other: date) -> None:
    period = Period(min(one, other), max(one, other))
    earlier = report_period.before(period)
    assert earlier.first <= earlier.last < period.first
