"""Objectives, reports owed and money of a year: pure rules."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isoaudit.domain import money, objectives, reporting
from isoaudit.domain.messages import say
from isoaudit.domain.reporting import ReportState

DUE = date(2020, 11, 15)


@pytest.mark.parametrize(
    ("target", "result", "met"),
    [
        ("≥ 98%", "98%", True),
        (">= 98 %", "97,9%", False),
        ("tối thiểu 95%", "đạt 96,5 %", True),
        ("từ 95% trở lên", "94%", False),
        ("trên 95%", "95%", False),
        ("không dưới 95%", "95%", True),
        ("100%", "99,9%", False),
        ("≤ 2", "3 hồ sơ", False),
        ("không quá 2 hồ sơ", "02 hồ sơ", True),
        ("dưới 2%", "2%", False),
        ("từ 3 trở xuống", "3", True),
        ("98%", "99%", None),
        ("Ban hành trong quý I", "đã ban hành", None),
        ("≥ 98%", "50 hồ sơ", None),
    ],
)
def test_a_result_is_compared_with_its_target_where_both_are_numbers(
    target: str, result: str, met: bool | None
) -> None:
    assert objectives.judged(target, result) is met


@pytest.mark.parametrize(
    ("target", "result", "met", "codes"),
    [
        ("≥ 98%", None, None, []),
        ("≥ 98%", "99%", None, []),
        ("≥ 98%", "99%", True, []),
        ("Ban hành", "đã ban hành", True, []),
        ("", None, None, ["objective.target_missing"]),
        ("≥ 98%", None, False, ["objective.met_without_result"]),
        ("Ban hành", "đã ban hành", None, ["objective.met_missing"]),
        ("≥ 98%", "97%", True, ["objective.not_met"]),
        ("≥ 98%", "99%", False, ["objective.is_met"]),
        ("≥ 98%", "980%", True, ["objective.above_hundred"]),
        ("≥ 98%", "50 hồ sơ", True, ["objective.unit_differs"]),
    ],
)
def test_an_objective_that_contradicts_itself_is_refused(
    target: str, result: str | None, met: bool | None, codes: list[str]
) -> None:
    found = list(objectives.wrong("Giải quyết đúng hạn", target, result, met))
    assert [each.code for each in found] == codes
    assert all(say(each) != say(each, "en") for each in found)


@pytest.mark.parametrize(
    ("result", "day", "codes"),
    [
        ("99%", None, []),
        (None, None, []),
        ("99%", date(2020, 6, 30), []),
        (None, date(2020, 6, 30), ["objective.day_without_result"]),
        ("99%", date(2021, 1, 4), ["objective.day_elsewhere"]),
        ("99%", date(2020, 12, 31), ["fact.in_future"]),
    ],
)
def test_the_day_of_a_result_lies_in_its_year_and_has_come(
    result: str | None, day: date | None, codes: list[str]
) -> None:
    found = list(objectives.wrong_day(2020, result, day, date(2020, 11, 18)))
    assert [each.code for each in found] == codes
    assert all(say(each) != say(each, "en") for each in found)


@pytest.mark.parametrize(
    ("received", "day", "state", "days"),
    [
        (None, DUE, ReportState.WAITING, 0),
        (None, DUE + timedelta(1), ReportState.NOT_SENT, 1),
        (DUE, DUE, ReportState.ON_TIME, 0),
        (DUE + timedelta(3), DUE + timedelta(3), ReportState.LATE, 3),
        (DUE + timedelta(3), DUE + timedelta(2), ReportState.NOT_SENT, 2),
        (DUE, DUE - timedelta(1), ReportState.WAITING, 0),
    ],
)
def test_how_a_report_stands_on_a_day(received: date | None, day: date, state: ReportState, days: int) -> None:
    assert reporting.standing(DUE, received, day) == reporting.Standing(state, days)


@given(st.lists(st.sampled_from(ReportState)))
def test_what_is_owed_is_the_sum_of_how_it_stands(states: list[ReportState]) -> None:
    found = reporting.tally(states)
    assert found.owed == found.sent + found.not_sent + found.waiting == len(states)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        *(("12500000", 12_500_000), ("12.500.000", 12_500_000), ("12 500 000 đồng", 12_500_000), ("0", 0)),
        *(("12.5", None), ("12,5", None), ("-5", None), ("1.25.000", None), ("mười triệu", None), ("", None)),
    ],
)
def test_an_amount_is_read_as_typed_or_not_at_all(text: str, amount: int | None) -> None:
    assert money.typed(text) == amount


LINE: dict[str, Any] = {
    "year": 2020,
    "unit_id": 1,
    "team": None,
    "purpose": "Tập huấn",
    "source": "Sự nghiệp KH&CN",
    "estimate": 10,
    "spent": 8,
    "spent_on": DUE,
    "settled": 8,
    "settled_on": DUE,
}


@pytest.mark.parametrize(
    ("changed", "codes"),
    [
        ({}, []),
        ({"spent": 12}, []),
        ({"estimate": 0}, []),
        ({"settled": None, "settled_on": None}, []),
        ({"team": "Đoàn 1"}, ["money.owner"]),
        ({"unit_id": None}, ["money.owner"]),
        ({"source": ""}, ["money.text_missing"]),
        ({"estimate": None}, ["money.estimate_missing"]),
        ({"estimate": 10**14}, ["money.too_large"]),
        ({"settled": 9}, ["money.settled_above_spent"]),
        ({"spent_on": None}, ["money.day_and_amount"]),
        ({"spent": None}, ["money.settled_above_spent", "money.day_and_amount"]),
        ({"settled_on": DUE - timedelta(1)}, ["money.settled_before_spent"]),
        ({"settled_on": date(2020, 12, 1)}, ["fact.in_future"]),
        ({"spent_on": date(2018, 1, 1)}, ["money.day_far"]),
    ],
)
def test_a_line_of_money_that_cannot_be_is_refused(changed: dict[str, Any], codes: list[str]) -> None:
    found = list(money.wrong(LINE | changed, date(2020, 11, 18)))
    assert [each.code for each in found] == codes
    assert all(say(each) != say(each, "en") for each in found)


amounts = st.one_of(st.none(), st.integers(0, 10**9))
lines = st.lists(
    st.builds(
        SimpleNamespace, team=st.sampled_from("abc"), estimate=st.integers(0, 10**9), spent=amounts, settled=amounts
    )
)


@given(lines)
def test_the_sums_of_the_groups_are_the_total(found: list[Any]) -> None:
    whole, groups = money.total(found), money.by(found, lambda line: line.team).values()
    for name in ("lines", "estimate", "spent", "settled", "left"):
        assert getattr(whole, name) == sum(getattr(each, name) for each in groups)
