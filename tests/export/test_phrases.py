"""Numbers, parts, lists and comparisons in running text; numbers before headings and the sign at the end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isoaudit.export.narrative.phrases import NAMED, compared, count, listed, named, part
from isoaudit.export.paper.blocks import Bullets, Column, Grid, Heading, Line, Para, Weight
from isoaudit.export.paper.reading import closing, numbering


@pytest.mark.parametrize(
    ("done", "whole", "words"),
    [
        (0, 0, "không có UBND cấp xã nào thuộc diện"),
        (0, 7, "chưa có UBND cấp xã nào công bố (0/7)"),
        (1, 1, "01 UBND cấp xã đã công bố (1/1, 100%)"),
        (1, 7, "1/7 UBND cấp xã đã công bố (14,3%)"),
        (7, 7, "toàn bộ 07 UBND cấp xã đã công bố (7/7, 100%)"),
        (125, 125, "toàn bộ 125 UBND cấp xã đã công bố (125/125, 100%)"),
        (9996, 10000, "9.996/10.000 UBND cấp xã đã công bố (99,9%)"),
        (2, 10000, "2/10.000 UBND cấp xã đã công bố (0,1%)"),
    ],
)
def test_a_part_of_a_whole(done: int, whole: int, words: str) -> None:
    assert part(done, whole, "UBND cấp xã", "công bố", 1) == words


@given(whole=st.integers(1, 20000), data=st.data())
def test_all_and_none_are_said_of_all_and_none_alone(whole: int, data: st.DataObject) -> None:
    done = data.draw(st.integers(0, whole))
    words = part(done, whole, "đơn vị", "công bố", 1)
    assert ("100%" in words) is (done == whole)
    assert ("chưa có" in words) is (done == 0)


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "không có đơn vị nào"), (1, "01 đơn vị"), (9, "09 đơn vị"), (10, "10 đơn vị"), (1234, "1.234 đơn vị")],
)
def test_a_count(number: int, words: str) -> None:
    assert count(number) == words


def test_units_are_named_when_few_and_left_to_the_annex_when_many() -> None:
    assert named([], "Phụ lục I") == ""
    assert named(["A"], "Phụ lục I") == " (A)"
    assert named(["A", "B"], "Phụ lục I") == " (A và B)"
    assert named(["A"] * (NAMED + 1), "Phụ lục I") == " (danh sách tại Phụ lục I)"
    assert named(["A"] * (NAMED + 1), "").startswith(" (A, A")
    assert listed(["Sở Văn hóa, Thể thao và Du lịch", "B", "C"]) == "Sở Văn hóa, Thể thao và Du lịch; B và C"


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [(5, 5, "bằng năm 2019"), (6, 5, "tăng 01 xã so với năm 2019"), (5, 25, "giảm 20 xã so với năm 2019")],
)
def test_a_comparison(now: int, before: int, words: str) -> None:
    assert compared(now, before, "năm 2019", "xã") == words


def test_headings_are_numbered_and_the_end_is_marked() -> None:
    blocks = (
        Heading(1, "A"), Heading(2, "B"), Heading(3, "C"), Heading(3, "D"), Heading(2, "E"), Heading(1, "F"),
        Heading(2, "G"), Para("x", "Hết."), Grid((), ()),
    )  # fmt: skip
    assert numbering(blocks) == ["I.", "1.", "a)", "b)", "2.", "II.", "1.", "", ""]
    assert [block.text for block in closing(blocks) if isinstance(block, Para)] == ["Hết./."]
    ended = closing((Bullets("y", ("Một;", "Hai.")),))[0]
    assert isinstance(ended, Bullets)
    assert ended.items == ("Một;", "Hai./.")


def test_columns_in_which_no_line_has_anything_are_left_out() -> None:
    columns = (Column("TT", 1), Column("Tên", 2), Column("Văn bản", 3))
    group, lines = Line(("Cấp xã",), Weight.GROUP), (Line(("1", "Xã A", "")), Line(("2", "", "")))
    grid = Grid(columns, (group, *lines)).filled()
    assert (grid.columns, grid.rows) == (columns[:2], (group, Line(("1", "Xã A")), Line(("2", ""))))
    assert Grid(columns, (group,)).filled().columns == columns
