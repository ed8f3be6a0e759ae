"""Numbers and dates on paper (RULES §9, FACTS §7)."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isoaudit.domain.documentwords import long_date, short_date, start_date
from isoaudit.domain.numbers import (
    count_text,
    decimal_text,
    json_number,
    percent,
    percent_text,
    share,
    share_text,
    thousands,
)


@pytest.mark.parametrize(
    ("part", "whole", "printed", "number"),
    [
        (43, 45, "95,6%", 95.6),
        (307, 322, "95,3%", 95.3),
        (1, 2, "50,0%", 50),
        (9996, 10000, "99,9%", 99.9),
        (2, 10000, "0,1%", 0.1),
        (1, 10**9, "0,1%", 0.1),
        (7, 7, "100%", 100),
        (0, 7, "0%", 0),
        (0, 0, "–", None),
        (1, 800, "0,1%", 0.1),
        (1, 16, "6,3%", 6.3),  # 6.25 goes up, and so does 3.125 with two decimals
        (3, 2, "150,0%", 150),
    ],
)
def test_percentages_are_rounded_half_up_and_never_pretend(
    part: int, whole: int, printed: str, number: float | None
) -> None:
    assert percent_text(part, whole) == printed
    assert json_number(percent(part, whole)) == number


def test_decimals_are_data() -> None:
    assert percent_text(307, 322, 2) == "95,34%"
    assert percent_text(1, 32, 2) == "3,13%"
    assert percent_text(199, 200, 0) == "99%"
    assert percent(Fraction(179, 2), 100, 0) == 90


@given(st.integers(0, 10**6), st.integers(1, 10**6), st.integers(0, 3))
def test_percentages_stay_near_and_inside(part: int, whole: int, decimals: int) -> None:
    part = min(part, whole)
    value = percent(part, whole, decimals)
    assert value is not None
    assert (value == 100) == (part == whole)
    assert (value == 0) == (part == 0)
    assert abs(value - Fraction(100 * part, whole)) < Fraction(1, 10**decimals)


def test_whole_numbers_stay_whole_in_json() -> None:
    assert str(json_number(Fraction(87))) == "87"
    assert str(json_number(Fraction(175, 2))) == "87.5"


def test_shares_counts_and_thousands() -> None:
    assert share(43, 45) == "43/45"
    assert share_text(43, 45) == "43/45 (95,6%)"
    assert share(0, 0) == share_text(0, 0) == "–"
    assert thousands(1234567) == "1.234.567"
    assert [count_text(number) for number in (0, 5, 9, 10, 1234)] == ["không", "05", "09", "10", "1.234"]
    assert [decimal_text(value) for value in (Fraction(175, 2), Fraction(90), Fraction(100), None)] == [
        "87,5",
        "90,0",
        "100",
        "–",
    ]


def test_days_take_a_zero_below_ten_and_months_only_in_january_and_february() -> None:
    assert long_date(date(2020, 3, 5)) == "ngày 05 tháng 3 năm 2020"
    assert long_date(date(2020, 2, 27)) == "ngày 27 tháng 02 năm 2020"
    assert [short_date(date(2020, 2, 27)), short_date(date(2020, 4, 29))] == ["27/02/2020", "29/4/2020"]
    assert start_date(date(1900, 1, 1), date(2019, 1, 1)) == "trước 01/01/2019"
    assert start_date(date(2020, 1, 1), date(2019, 1, 1)) == "01/01/2020"
