"""What a meeting is asked for: numbers that the dashboard tells in the same words, or the office's own."""

from dataclasses import replace

import pytest

from isoaudit.export.briefing.asking import Topic, asks
from isoaudit.export.briefing.content import Briefing
from tests.export.test_briefing import bare, usual, words


def late(content: Briefing, number: int) -> Briefing:
    found = replace(content.rollup.nonconformities, overdue=number)
    return replace(content, rollup=replace(content.rollup, nonconformities=found))


def test_every_number_asked_about_is_one_of_the_roll_up_and_named_like_it() -> None:
    content = late(usual(), 3)
    total = content.rollup.total
    assert (total.obliged - total.declared_obliged, total.baseline - total.baseline_converted) == (0, 2)
    assert {each.topic: each.text for each in asks(content)} == {
        Topic.DECISIONS: "Xử lý 01 quyết định quá hạn thực hiện",
        Topic.OVERDUE: "Chỉ đạo khắc phục dứt điểm 03 tồn tại quá hạn",
        Topic.UNCONVERTED: "Đôn đốc 02 đơn vị thuộc diện chuyển đổi, chưa chuyển đổi xong",
    }
    without = replace(content, rollup=replace(content.rollup, total=replace(total, declared_obliged=0)))
    told = words(without)
    assert "(3) Đôn đốc 02 đơn vị bắt buộc hoặc theo lộ trình chưa công bố" in told
    assert "(4) Đôn đốc 02 đơn vị thuộc diện chuyển đổi" in told


@pytest.mark.parametrize("given", [("Cho ý kiến về kinh phí.", " "), ()])
def test_the_office_s_words_take_the_place_of_what_follows(given: tuple[str, ...]) -> None:
    found = asks(replace(late(usual(), 3), asks=given))
    assert all((each.topic is None) == bool(given) for each in found)
    assert len(found) == (1 if given else 3)


def test_where_nothing_follows_the_meeting_hears_how_things_stand() -> None:
    content = bare(usual())
    total = content.rollup.total
    done = replace(total, baseline_converted=total.baseline, declared_obliged=total.obliged)
    (only,) = asks(late(replace(content, rollup=replace(content.rollup, total=done)), 0))
    assert only.text.startswith("Tình hình nêu trên")
