"""What differs between two reports is told figure by figure; what may not stand on paper is not."""

from dataclasses import replace

from isoaudit.domain.textdiff import Change, pieces
from isoaudit.export.differences import differences
from isoaudit.export.layout import ReportContent
from isoaudit.export.narrative import annual_report, texts
from tests.export.samples import year_2020
from tests.export.small import content, figures, unit


def two() -> tuple[ReportContent, ReportContent]:
    """A commune declares late, and has more TTHC."""
    tthc = {"units": 1, "full": 0, "covered": 60, "total": 90}
    old = content({"commune": figures(2, declared=1, tthc=tthc)}, [unit("1", "Xã Một"), unit("2", "Xã Hai")])
    now = figures(2, declared=2, tthc=tthc | {"covered": 80}, bands={"tot": 1})
    units = [unit("1", "Xã Một", status="newly_applied", edition="iso9001-2015"), unit("2", "Xã Hai")]
    return old, content({"commune": now}, units)


def test_equal_reports_differ_in_nothing() -> None:
    assert differences(year_2020(), year_2020(), internal=True) == ()


def test_each_figure_is_named_with_its_place_before_and_after() -> None:
    old, new = two()
    told = {(each.where, each.what): (each.before, each.after) for each in differences(old, new)}
    assert told["Toàn tỉnh", "Đã công bố"] == ("1", "2")
    assert told["Danh sách đơn vị", "Xã Một (1): tình trạng"][0] == "Chưa triển khai"
    assert not any("TTHC đã áp dụng" in what or "Xếp loại" in what for _where, what in told)


def test_what_is_internal_is_told_when_asked_for() -> None:
    old, new = two()
    assert any("Xếp loại" in each.what for each in differences(old, new, internal=True))


def test_words_are_those_of_the_language() -> None:
    old, new = two()
    assert ("Whole province", "Declared") in {(each.where, each.what) for each in differences(old, new, "en")}


def test_a_unit_that_one_of_them_lacks_is_a_dash_there() -> None:
    old, _new = two()
    units = [each for each in old.rollup["units"] if each["code"] != "2"]
    gone = replace(old, rollup={**old.rollup, "units": units})
    assert ("có", "–") in {(each.before, each.after) for each in differences(old, gone)}


def test_a_correction_lists_them_in_an_annex_and_says_so_in_front() -> None:
    old, new = two()
    corrected = replace(
        new, corrections=differences(old, new), paper=replace(new.paper, replaces="137/BC-SKHCN ngày 19/11/2020")
    )
    opening = next(iter(texts(corrected)))
    assert opening.key == "opening.replaces"
    assert "Báo cáo này thay thế Báo cáo số 137/BC-SKHCN ngày 19/11/2020" in str(opening)
    annex = annual_report(corrected).annexes[0]
    assert annex.title == "Số liệu, nội dung đính chính năm 2020"
    (grid,) = annex.blocks
    assert ("Toàn tỉnh", "Đã công bố", "1", "2") in {row.cells[1:] for row in grid.rows}  # type: ignore[union-attr]


def test_words_that_differ_leave_both_texts_whole() -> None:
    before, after = "Có 05 đơn vị đã công bố.\nHết.", "Có 06 đơn vị đã công bố lại.\nHết."
    found = pieces(before, after)
    assert "".join(each.text for each in found if each.change is not Change.NEW) == before
    assert "".join(each.text for each in found if each.change is not Change.GONE) == after
    assert Change.SAME in {each.change for each in found}
