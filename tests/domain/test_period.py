"""A span of days."""

from datetime import date

import pytest

from isoaudit.domain.period import Period


@pytest.mark.parametrize(
    ("day", "nearest"),
    [
        (date(2020, 6, 1), date(2020, 6, 1)),
        (date(2019, 12, 31), date(2020, 1, 1)),
        (date(2026, 11, 22), date(2020, 12, 31)),
    ],
)
def test_the_nearest_day_of_a_period(day: date, nearest: date) -> None:
    assert Period.of_year(2020).nearest(day) == nearest
