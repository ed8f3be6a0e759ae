"""What a cell means does not depend on how it was typed."""

from datetime import date, datetime, time
from typing import Any

import pytest
from marshmallow import ValidationError

from isoaudit.domain.vocabulary import Grade
from isoaudit.schemas.workbookcells import Cell, Day, Line, OneOf, Text, Whole, YesNo


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [
        (Line(32), 19333.0, "19333"),
        (Line(32), " 19333 ", "19333"),
        (Line(32), "Phường\u00a0 1", "Phường 1"),
        (Line(32), "Đo\u0302ng", "Đông"),
        (Text(), "hai\ndòng", "hai\ndòng"),
        (Text(), "  ", None),
        (Text(), 1.5, "1.5"),
        (Whole(), "120", 120),
        (Whole(), "120.0", 120),
        (Whole(), 120.0, 120),
        (Whole(), "", None),
        (Day(), "2020-11-18", date(2020, 11, 18)),
        (Day(), date(2020, 11, 18), date(2020, 11, 18)),
        (Day(), datetime(2020, 11, 18), date(2020, 11, 18)),  # noqa: DTZ001 (as spreadsheets give it)
        (Day(), time(0), date(1900, 1, 1)),
        (YesNo(), "Yes", True),
        (YesNo(), "no", False),
        (YesNo(), True, True),
        (OneOf(Grade), "minor", Grade.MINOR),
    ],
)
def test_a_cell_is_read(kind: Cell, cell: Any, value: Any) -> None:
    assert kind.deserialize(cell) == value


@pytest.mark.parametrize(
    ("kind", "cell", "code"),
    [
        (Line(5), "123456", "too_long"),
        (Text(), date(2020, 1, 1), "not_text"),
        (Text(), True, "not_text"),
        (Text(), "a\0b", "not_text"),
        (Text(required=True), " ", "required"),
        (Whole(), "12.5", "not_whole"),
        (Whole(), "1 200", "not_whole"),
        (Whole(), -1.0, "not_whole"),
        (Whole(), True, "not_whole"),
        (Whole(), 3_000_000_000, "too_great"),
        (Whole(), "12345678901", "too_great"),
        (Whole(1900, 2199), "20", "out_of_range"),
        (Whole(), "²", "not_whole"),
        (Day(), "18/11/2020", "not_day"),
        (Day(), "2020-02-30", "not_day"),
        (Day(), "20201118", "not_day"),
        (Day(), 43831.0, "not_day"),
        (Day(), "0202-01-01", "not_day"),
        (Day(), datetime(2020, 11, 18, 5), "not_day"),  # noqa: DTZ001
        (YesNo(), "có", "not_yes_no"),
        (YesNo(), 1.0, "not_yes_no"),
        (OneOf(Grade), "Minor", "not_one_of"),
        (OneOf(Grade), 1.0, "not_one_of"),
    ],
)
def test_a_cell_that_does_not_fit_is_refused(kind: Cell, cell: Any, code: str) -> None:
    with pytest.raises(ValidationError) as caught:
        kind.deserialize(cell)
    assert caught.value.messages == [f"importing.{code}"]
