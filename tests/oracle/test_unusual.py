"""Cases that the rules decide and that one meets once in ten years, worked out by hand; the oracle must agree too."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from tests.oracle.comparing import bring, compare, rolled_up
from tests.oracle.rows import Data
from tests.workbooks import folder, table

Look = Callable[..., list[Data]]
DAYS = [date(2020, 2, 29), date(2020, 3, 1), date(2020, 7, 1), date(2020, 12, 31)]


def units(*lines: str) -> list[dict[str, str]]:
    return table("code | name | kind | province | valid_from | valid_to", *lines)


def successions(*lines: str) -> list[dict[str, str]]:
    return table("predecessor | successor | on | relation", *lines)


def declarations(*lines: str) -> list[dict[str, str]]:
    return table("unit | edition | kind | date | tthc_covered | tthc_total", *lines)


def procedures(*lines: str) -> list[dict[str, str]]:
    return table("unit | as_of | total | covered", *lines)


@pytest.fixture
def look(session: Session, tmp_path: Path) -> Look:
    """Imports the sheets, compares with the oracle on `DAYS`, gives the roll-ups of those days."""

    def looked(**sheets: list[dict[str, str]]) -> list[Data]:
        place = folder(tmp_path / "province", sheets)
        bring(session, place)
        compare(session, place, [(day, "2008-2015") for day in DAYS])
        return [rolled_up(session, day) for day in DAYS]

    return looked


def of_units(rolled: list[Data], key: str) -> list[dict[str, object]]:
    return [{unit["code"]: unit[key] for unit in each["units"]} for each in rolled]


def of_communes(rolled: list[Data], key: str) -> list[object]:
    return [each["blocks"]["commune"][key] for each in rolled]


def test_a_unit_that_goes_on_after_a_split_keeps_its_own_and_leaves_its_history(look: Look) -> None:
    """RULES §2, §4: nothing carries; both stand in the baseline afterwards, so less than none has left."""
    rolled = look(
        units=units("200 | Xã Gốc | commune | | 1900-01-01 |", "300 | Xã Tách | commune | | 2020-03-01 |"),
        successions=successions("200 | 300 | 2020-03-01 | split"),
        declarations=declarations("200 | iso9001-2008 | declare | 2015-02-01 | |"),
    )
    both = {"200": "not_converted", "300": "to_redeclare"}
    assert of_units(rolled, "status") == [{"200": "not_converted"}, both, both, both]
    assert of_units(rolled, "redeclaration_due")[1] == {"200": False, "300": True}
    assert of_communes(rolled, "baseline") == [1, 2, 2, 2]
    assert of_communes(rolled, "left_by_merger") == [0, -1, -1, -1]


def test_nothing_has_merged_on_the_eve_and_the_ended_are_in_no_block(look: Look) -> None:
    """RULES §2, §4: status of the last day; the receiver is due to declare again; one of two has left the baseline."""
    rolled = look(
        units=units(
            "200 | Xã Nhận | commune | | 1900-01-01 |",
            "300 | Xã Nhập | commune | | 1900-01-01 | 2020-03-01",
            "400 | Xã Đổi | commune | | 1900-01-01 | 2020-03-01",
            "401 | Phường Đổi | ward | | 2020-03-01 |",
        ),
        successions=successions("300 | 200 | 2020-03-01 | absorbed", "400 | 401 | 2020-03-01 | continued"),
        declarations=declarations(
            "200 | iso9001-2008 | declare | 2015-02-01 | |",
            "200 | iso9001-2015 | declare | 2020-02-01 | |",
            "300 | iso9001-2008 | declare | 2015-02-01 | |",
            "400 | iso9001-2015 | declare | 2019-02-01 | |",
        ),
    )
    before, after = rolled[0], rolled[1]
    assert before["ended"] == []
    assert of_units(rolled, "redeclaration_due")[:2] == [
        {"200": False, "300": False, "400": False},
        {"200": True, "401": False},
    ]
    assert after["ended"] == [{"code": "300", "name": "Xã Nhập", "ended_on": "2020-03-01", "status": "not_converted"}]
    assert of_units(rolled, "status")[1] == {"200": "converted", "401": "newly_applied"}
    assert of_communes(rolled, "units") == [3, 2, 2, 2]
    assert of_communes(rolled, "left_by_merger") == [0, 1, 1, 1]


def test_an_exempt_unit_stands_outside_every_count_but_two_and_is_still_shown(look: Look) -> None:
    """RULES §2, §7: out from the first day of its exemption to the day before `to`; its nonconformities count."""
    rolled = look(
        units=units("200 | Xã Miễn | commune | | 1900-01-01 |", "300 | Xã Thường | commune | | 1900-01-01 |"),
        exemptions=table("unit | from | to | reason", "200 | 2020-03-01 | 2020-12-31 | không có TTHC"),
        obligations=table("unit | from | to | level", "200 | 2019-01-01 | | planned"),
        declarations=declarations("200 | iso9001-2015 | declare | 2019-02-01 | 20 | 20"),
        procedures=procedures("200 | 2020-01-01 | 25 | 20"),
        audits=table(
            "audit | unit | mode | purpose | checklist | version | planned_on | minuted_on",
            "K1 | 200 | on_site | full | tcvn-iso-9001-2015-commune | 1.0.0 | | 2020-02-02",
        ),
        answers=table("audit | criterion | grade", "K1 | A-02 | major"),
        nonconformities=table("audit | criterion | grade | due_on | closed_on | outcome", "K1 | A-02 | major | | |"),
    )
    shown = {"covered": 20, "total": 25}
    assert [each["200"] for each in of_units(rolled, "status")] == [
        "newly_applied",
        "exempt",
        "exempt",
        "newly_applied",
    ]
    assert [each["200"] for each in of_units(rolled, "maintained")] == ["failing", *["not_applicable"] * 2, "failing"]
    assert [each["200"] for each in of_units(rolled, "tthc")] == [shown] * 4
    assert [each["200"]["major"] for each in of_units(rolled, "audit")] == [1] * 4
    assert of_communes(rolled, "units") == [2] * 4
    for key in ("exempt", "obliged", "declared", "audited", "visits"):
        assert of_communes(rolled, key) == ([0, 1, 1, 0] if key == "exempt" else [1, 0, 0, 1]), key
    assert of_communes(rolled, "declared_rate") == [50, 0, 0, 50]
    assert of_communes(rolled, "declared_rate_obliged") == [100, None, None, 100]
    assert [each["tthc"]["units"] for each in (r["blocks"]["commune"] for r in rolled)] == [1, 0, 0, 1]
    assert [each["part_a"]["major"] for each in rolled] == [1, 0, 0, 1]
    assert [each["nonconformities"]["without_deadline"] for each in rolled] == [1] * 4


def test_withdrawing_ends_only_what_it_names_and_revives_nothing(look: Look) -> None:
    """RULES §3: and several declarations of one day count as entered; a changed scope is due to be declared again."""
    rolled = look(
        units=units(*(f"{code} | Xã {code} | commune | | 1900-01-01 |" for code in range(200, 205))),
        declarations=declarations(
            "200 | iso9001-2008 | declare | 2015-02-01 | |",
            "200 | iso9001-2015 | withdraw | 2020-03-01 | |",
            "201 | iso9001-2008 | declare | 2015-02-01 | |",
            "201 | iso9001-2015 | declare | 2019-02-01 | |",
            "201 | iso9001-2015 | withdraw | 2020-03-01 | |",
            "202 | iso9001-2015 | declare | 2019-02-01 | |",
            "202 | iso9001-2015 | withdraw | 2020-03-01 | |",
            "202 | iso9001-2008 | declare | 2020-03-01 | |",
            "203 | iso9001-2015 | declare | 2019-02-01 | 15 | 20",
            "204 | iso9001-2015 | declare | 2019-02-01 | 20 | 20",
        ),
        procedures=procedures("203 | 2020-03-01 | 20 | 10", "204 | 2020-03-01 | 25 | 20"),
    )
    before, after = of_units(rolled, "status")[:2]
    assert before == {
        "200": "not_converted",
        "201": "converted",
        **dict.fromkeys(["202", "203", "204"], "newly_applied"),
    }
    assert after == before | {"201": "stopped", "202": "not_converted"}
    assert of_units(rolled, "redeclaration_due")[1] == dict.fromkeys(after, False) | {"203": True}


def test_the_levels_of_tasks(look: Look) -> None:
    """RULES §8: an empty "content complete" is not complete; late and incomplete is not done; a mark holds always."""
    rolled = look(
        units=units("200 | Xã | commune | | 1900-01-01 |"),
        tasks=table(
            "year | group | task | due_on | completed_on | content_complete | mark | note",
            "2020 | I | không hạn, thiếu nội dung | | 2020-03-01 | | |",
            "2020 | I | đúng hạn | 2020-03-01 | 2020-03-01 | yes | |",
            "2020 | I | chậm | 2020-02-29 | 2020-07-01 | yes | |",
            "2020 | I | chậm và thiếu | 2020-02-29 | 2020-07-01 | no | |",
            "2020 | I | không hạn, chưa xong | | | | |",
            "2020 | I | được đánh giá | 2020-02-01 | | | done_well | lý do",
            "2019 | I | năm trước | 2019-02-01 | | | |",
        ),
    )
    eve, first, july, _ = (each["tasks"] for each in rolled)
    assert eve == {"done_well": 1, "done": 0, "done_late": 0, "in_progress": 5, "not_done": 0}
    assert first == {"done_well": 2, "done": 1, "done_late": 0, "in_progress": 1, "not_done": 2}
    assert july == {"done_well": 2, "done": 1, "done_late": 1, "in_progress": 1, "not_done": 1}


def test_what_came_to_the_trunk_after_the_split_is_history_of_the_branch_once_they_are_one(look: Look) -> None:
    """RULES §2: predecessors are meant transitively; 400 came to 200 after 300 had left it, and with 200 to 300."""
    rolled = look(
        units=units(
            "200 | Xã Gốc | commune | | 1900-01-01 | 2020-07-01",
            "300 | Xã Tách | commune | | 2020-01-02 |",
            "400 | Xã Góp | commune | | 1900-01-01 | 2020-03-01",
        ),
        successions=successions(
            "200 | 300 | 2020-01-02 | split",
            "400 | 200 | 2020-03-01 | absorbed",
            "200 | 300 | 2020-07-01 | absorbed",
        ),
        declarations=declarations("400 | iso9001-2008 | declare | 2015-02-01 | |"),
    )
    statuses = of_units(rolled, "status")
    assert statuses[0] == {"200": "not_started", "300": "not_started", "400": "not_converted"}
    assert statuses[1] == {"200": "to_redeclare", "300": "not_started"}
    assert statuses[2] == {"300": "to_redeclare"}
