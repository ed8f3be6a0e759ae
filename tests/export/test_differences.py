"""What differs between two reports is told figure by figure; what may not stand on paper is not."""

import json
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date
from typing import Any

from isoaudit.domain.comparison import Basis, Measure
from isoaudit.domain.proposal import Reason
from isoaudit.domain.textdiff import Change, pieces
from isoaudit.domain.vocabulary import Block, DeclarationKind, Grade, Obligation, Outcome, Relation, ResultLevel, Status
from isoaudit.export import list_differences
from isoaudit.export.compared import Compared, ComparedFigures, ComparedLine, NextRow, Source
from isoaudit.export.difference_lists import REST
from isoaudit.export.differences import differences
from isoaudit.export.frozen import from_bytes, to_bytes
from isoaudit.export.layout import ReportContent
from isoaudit.export.list_differences import WHOLE_WORDS
from isoaudit.export.narrative import annual_report, texts
from isoaudit.export.rows import ChangeRow, DeclarationRow, PlannedRow
from isoaudit.export.yearly import LateReport
from tests.export.samples import year_2020
from tests.export.small import content, figures, unit
from tests.export.test_yearly import RECORDS


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
    assert told["Toàn tỉnh", "Đã công bố"] == told["UBND cấp xã", "Đã công bố"] == ("1/2", "2/2")
    assert told["Danh sách đơn vị", "Xã Một"] == (
        "tình trạng: chưa triển khai",
        "tình trạng: xây dựng, áp dụng mới; phiên bản đang công bố: TCVN ISO 9001:2015",
    )
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
    told = {each.what: (each.before, each.after) for each in differences(old, gone)}
    assert told["Xã Hai"] == ("có trong danh sách; tình trạng: chưa triển khai", "–")


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
    assert [row.cells for row in grid.rows][:2] == [  # type: ignore[union-attr]
        ("Toàn tỉnh",),
        ("1", "Đã công bố", "1/2", "2/2"),
    ]


def test_words_that_differ_leave_both_texts_whole() -> None:
    before, after = "Có 05 đơn vị đã công bố.\nHết.", "Có 06 đơn vị đã công bố lại.\nHết."
    found = pieces(before, after)
    assert "".join(each.text for each in found if each.change is not Change.NEW) == before
    assert "".join(each.text for each in found if each.change is not Change.GONE) == after
    assert Change.SAME in {each.change for each in found}


SOURCE = Source("137/BC", date(2020, 1, 5))
WORDS = [
    each.value for kind in (Block, DeclarationKind, Grade, Outcome, Relation, ResultLevel, Status) for each in kind
]
WORDS += [each.value for kind in (Basis, Reason, Obligation) for each in kind]
OF_EACH_REPORT = {
    *(("paper", name) for name in ("number", "issued_on", "signer", "replaces")),
    *(("rollup", name) for name in ("digest", "as_of")),
    ("compared", "now"),
}


def small_whole() -> ReportContent:
    """A few of everything that a report can hold."""
    year = year_2020()
    applying = [each for each in year.rollup["units"] if each["status"] != "exempt"]
    some = [each for each in applying if each["audit"]][:2] + [each for each in applying if not each["audit"]][:2]
    codes = {each["code"] for each in some}
    line = ComparedLine(
        *(Block.COMMUNE, "9", "Xã Chín", ("Xã Cũ",), (Status.STOPPED,), Status.CONVERTED),
        *(ComparedFigures(), ComparedFigures(units=1)),
        rebased=ComparedFigures(),
    )
    return replace(
        year,
        rollup={**year.rollup, "units": some, "clauses": year.rollup["clauses"][:2]},
        paper=replace(year.paper, to=("Bộ A",), recipients=("Như trên",)),
        units=tuple(each for each in year.units if each.code in codes),
        nonconformities=year.nonconformities[:2],
        procedures=year.procedures[:2],
        documents=(replace(year.documents[0], cited={"task": 2}), *year.documents[1:3]),
        clause_titles=dict(list(year.clause_titles.items())[:2]),
        planned=(PlannedRow(some[0]["code"], some[0]["name"], "KH 2020", "1/QĐ", "Nhóm 1", date(2020, 5, 5)),),
        declarations=(DeclarationRow(some[0]["code"], "iso9001-2015", DeclarationKind.DECLARE, date(2020, 3, 3)),),
        changes=(ChangeRow(date(2020, 1, 1), next(iter(Relation)), "Xã A", "Xã B"),),
        activities={"agency": {"training": 2}},
        edited={"opening": "Câu của cơ quan."},
        years=RECORDS,
        compared=Compared(Basis.TODAY, date(2019, 12, 31), year.as_of, merged=True, lines=(line,), source=SOURCE),
        next_plan=(NextRow("9", "Xã Chín", Block.COMMUNE, (Reason.FAILING,)),),
    )


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where every single value stands."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    if not isinstance(value, dict | list):
        yield path
    for key, below in pairs:
        yield from leaves(below, (*path, key))


def others(value: Any) -> Iterator[Any]:
    """What could stand in its place; not all of it can be read where it stands."""
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int | float):
        yield value + 1
    else:
        yield from (f"{value}x", "1999-12-31", 5, *(word for word in WORDS if word != value))
        yield {"audit": "KT-9", "score": None, "band": None, "minor": 0, "major": 0, "covered": 1, "total": 2}


def test_whatever_differs_is_told() -> None:
    whole = small_whole()
    stored = to_bytes(whole)
    plain = json.loads(stored)
    shapes = {tuple(0 if isinstance(each, int) else each for each in path): path for path in leaves(plain)}
    untold = []
    for path in shapes.values():
        if path[:2] in OF_EACH_REPORT:
            continue
        changed = json.loads(stored)
        at = changed
        for key in path[:-1]:
            at = at[key]
        for other in others(at[path[-1]]):
            at[path[-1]] = other
            try:
                found = differences(whole, from_bytes(json.dumps(changed).encode()))
            except (ValueError, KeyError, TypeError, AttributeError):
                continue
            if not found:
                untold.append(path)
            break
        else:
            untold.append(path)
    assert untold == []
    assert len(shapes) > 200


def test_a_clause_tells_how_grave_its_findings_are_when_their_number_stays() -> None:
    old = small_whole()
    first, *rest = old.rollup["clauses"]
    graver = {**first, "minor": first["minor"] + 1, "major": first["major"] + 2}
    graver, gravest = ({**graver, "minor": graver["minor"] + n, "major": graver["major"] - n} for n in (0, 1))
    before, after = (replace(old, rollup={**old.rollup, "clauses": [each, *rest]}) for each in (graver, gravest))
    (line,) = differences(before, after)
    assert f"không phù hợp nặng: {graver['major']}" in line.before
    assert f"không phù hợp nặng: {gravest['major']}" in line.after


def test_rows_of_lists_are_told_with_their_cells() -> None:
    old = small_whole()
    task, document = old.tasks[0], old.documents[0]
    new = replace(
        old,
        tasks=(replace(task, result="Xong một nửa"), *old.tasks[1:]),
        documents=old.documents[1:],
        declarations=(replace(old.declarations[0], made_on=date(2020, 3, 4), document="7/QĐ"),),
        nonconformities=(replace(old.nonconformities[0], about="Không có hồ sơ"), *old.nonconformities[1:]),
        paper=replace(old.paper, to=("Bộ A", "Bộ B")),
    )
    told = {(each.where, each.what): (each.before, each.after) for each in differences(old, new)}
    assert told["Nhiệm vụ năm", f"{task.group}, {task.task}"][1] == "kết quả: Xong một nửa"
    assert told["Thể thức văn bản", "Kính gửi"] == ("Bộ A", "Bộ A; Bộ B")
    gone = [each for (where, what), each in told.items() if where == "Văn bản" and what.startswith(document.number)]
    assert gone == [(gone[0][0], "–")]
    assert document.subject in gone[0][0]
    days = {what.rsplit(", ", 1)[1]: each for (where, what), each in told.items() if where == "Công bố"}
    assert days["ngày 03/3/2020"][1] == days["ngày 04/3/2020"][0] == "–"
    assert "nội dung: Không có hồ sơ" in {after for _before, after in told.values()}


def test_a_cell_filled_in_later_is_not_told_as_a_row_that_came() -> None:
    old = small_whole()
    shut = replace(old.nonconformities[0], closed_on=date(2020, 11, 1), outcome=Outcome.VERIFIED)
    still_open = replace(shut, closed_on=None, outcome=None)
    (before, after) = (replace(old, nonconformities=(each,)) for each in (still_open, shut))
    (found,) = differences(before, after)
    assert (found.before, found.after) == ("đóng: chưa ghi", "đóng: 01/11/2020; kết quả: đã kiểm chứng")


def test_units_that_have_to_declare_again_are_told_with_their_number() -> None:
    old = small_whole()
    first, *rest = old.rollup["units"]
    due = {**first, "redeclaration_due": not first["redeclaration_due"]}
    new = replace(old, rollup={**old.rollup, "units": [due, *rest]})
    told = {(each.where, each.what): (each.before, each.after) for each in differences(old, new)}
    assert ("Toàn tỉnh", "Cần công bố lại") in told
    assert told["Danh sách đơn vị", first["name"]] == ("cần công bố lại: không", "cần công bố lại: có")


def test_those_that_left_in_a_block_without_units_are_a_figure() -> None:
    old = replace(small_whole(), left_blocks={"district": 9})
    (found,) = differences(old, replace(old, left_blocks={"district": 10}))
    assert (found.where, found.what) == ("UBND cấp huyện", "Giảm do sắp xếp, sáp nhập")
    assert (found.before, found.after) == ("9", "10")


def test_every_part_of_a_content_is_compared() -> None:
    assert {each.name for each in fields(ReportContent)} - set(REST) == {"corrections"}


def test_what_was_issued_before_periods_were_compared_is_told_in_one_line() -> None:
    new = small_whole()
    (found,) = differences(replace(new, compared=None), new)
    assert (found.where, found.what, found.after) == ("Nội dung khác", "So với kỳ trước", "có thay đổi")


def test_the_day_of_converting_is_told_in_words_also_where_no_unit_had_one() -> None:
    none = small_whole()
    days = [date(2020, 2, n + 1) for n, _each in enumerate(none.units)]
    old = replace(
        none, units=tuple(replace(each, converted_on=day) for each, day in zip(none.units, days, strict=True))
    )
    later = replace(old, units=(replace(old.units[0], converted_on=date(2020, 3, 3)), *old.units[1:]))
    (found,) = differences(old, later)
    assert (found.where, found.before) == ("Danh sách đơn vị", "hoàn thành chuyển đổi: 01/02/2020")
    assert found.after == "hoàn thành chuyển đổi: 03/3/2020"
    told = {(each.where, each.before): each.after for each in differences(none, old)}
    assert told["Danh sách đơn vị", "–"].startswith("hoàn thành chuyển đổi: ")
    assert {where for where, _before in told} == {"Danh sách đơn vị"}


def test_units_whose_reports_came_late_are_told_in_words() -> None:
    old = small_whole()
    reports = [
        replace(each, late=(LateReport("Xã A", 3, code="9"), LateReport("Xã B", 4, sent=False))) if place == 0 else each
        for place, each in enumerate(old.years.reports)
    ]
    (found,) = differences(old, replace(old, years=replace(old.years, reports=tuple(reports))))
    assert "Xã A (trễ 3 ngày); Xã B (chưa gửi, quá hạn 4 ngày)" in found.after


def test_compared_figures_are_told_by_name() -> None:
    told = list_differences.figures(ComparedFigures(units=2, considered=2, declared=1), "vi")
    assert {name: number for name, number in told.items() if number} == {
        "tổng số đơn vị": 2, "được xem xét": 2, "đã công bố": 1,
    }  # fmt: skip
    assert {each.name for each in fields(ComparedFigures)} == {each.value for each in Measure} | set(WHOLE_WORDS)
