"""A correction is a list that an official would write: a line for each subject, figures first, consequences last, in
words that a reader of the report knows."""

import re
from dataclasses import replace
from datetime import date

from isoaudit.domain.comparison import Basis
from isoaudit.domain.vocabulary import Block, DeclarationKind, Status
from isoaudit.export.compared import Compared, ComparedFigures, ComparedLine, FormerLine
from isoaudit.export.differences import differences
from isoaudit.export.layout import ReportContent, UnitDetail
from isoaudit.export.narrative.corrections import corrections
from isoaudit.export.rows import CorrectionRow, DeclarationRow
from tests.export.small import content, figures, unit

NOT_YET, DECLARED = ComparedFigures(units=1, considered=1), ComparedFigures(units=1, considered=1, declared=1)
EDITION = "iso9001-2015"
DAY = date(2020, 12, 21)


def compared(figures_now: ComparedFigures, status: Status) -> Compared:
    """Two communes that were there before too; by what they are called now and were called then."""
    lines, former = [], []
    for code, name in (("1", "Xã Một"), ("2", "Xã Hai")):
        place = (Block.COMMUNE, code, name)
        lines.append(ComparedLine(*place, (name,), (Status.BUILDING,), status, NOT_YET, figures_now, rebased=NOT_YET))
        former.append(FormerLine(*place, Status.BUILDING, (name,), (status,), NOT_YET, figures_now))
    return Compared(Basis.TODAY, date(2019, 12, 31), DAY, merged=True, lines=tuple(lines), former=tuple(former))


def two() -> tuple[ReportContent, ReportContent]:
    """Two communes declared after all."""
    left = ["declared"]
    units = [
        unit(code, name, status="building", missing_steps=left) for code, name in (("1", "Xã Một"), ("2", "Xã Hai"))
    ]
    old = replace(
        content({"commune": figures(2, status={"building": 2})}, units),
        units=(UnitDetail("1"), UnitDetail("2")),
        compared=compared(NOT_YET, Status.BUILDING),
    )
    after = [{**each, "status": "newly_applied", "edition": EDITION, "missing_steps": []} for each in units]
    new = content({"commune": figures(2, declared=2, status={"newly_applied": 2})}, after)
    return old, replace(
        new,
        units=tuple(replace(each, accepted=True, declared_on=DAY) for each in old.units),
        declarations=tuple(DeclarationRow(code, EDITION, DeclarationKind.DECLARE, DAY) for code in "12"),
        compared=compared(DECLARED, Status.NEWLY_APPLIED),
    )


def told(language: str = "vi") -> tuple[CorrectionRow, ...]:
    return differences(*two(), language)


def test_figures_come_first_then_units_then_lists_and_what_follows_from_them_last() -> None:
    assert [*dict.fromkeys(row.where for row in told())] == [
        "Toàn tỉnh",
        "UBND cấp xã",
        "Danh sách đơn vị",
        "Công bố",
        "So với kỳ trước, theo đơn vị nay và theo đơn vị cũ",
    ]


def test_what_belongs_together_is_one_line() -> None:
    by = {(row.where, row.what): (row.before, row.after) for row in told()}
    assert by["UBND cấp xã", "Đã công bố"] == ("0/2", "2/2")
    assert by["UBND cấp xã", "Tình trạng áp dụng"] == (
        "xây dựng, áp dụng mới: 0; đang xây dựng: 2",
        "xây dựng, áp dụng mới: 2; đang xây dựng: 0",
    )
    ((name, (before, after)),) = ((what, each) for (where, what), each in by.items() if where == "Danh sách đơn vị")
    assert name == "Xã Một; Xã Hai"
    assert before.startswith("tình trạng: đang xây dựng; ")
    assert "phiên bản đang công bố: TCVN ISO 9001:2015" in after
    assert after.endswith("công bố ngày: 21/12/2020")
    assert by["Công bố", "Xã Một, công bố TCVN ISO 9001:2015, ngày 21/12/2020"] == ("–", "đang có hiệu lực")
    last = by["So với kỳ trước, theo đơn vị nay và theo đơn vị cũ", "UBND cấp xã: Xã Một; Xã Hai"]
    assert last == ("đang xây dựng; đã công bố: 0", "xây dựng, áp dụng mới; đã công bố: 1")


def test_no_line_holds_a_code() -> None:
    for language in ("vi", "en"):
        for row in told(language):
            assert not re.search(r"iso9001|\((1|2)\)|[a-z]_[a-z]", f"{row.what} {row.before} {row.after}")


def test_units_of_one_name_are_told_apart() -> None:
    old, new = two()
    twins = [{**each, "name": "Phường 1"} for each in old.rollup["units"]]
    was = replace(old, rollup={**old.rollup, "units": twins})
    one = {**twins[0], "edition": EDITION}
    now = replace(was, rollup={**was.rollup, "units": [one, twins[1]]}, units=was.units)
    (found,) = (row for row in differences(was, now) if row.where == "Danh sách đơn vị")
    assert found.what == "Phường 1 (1)"
    renamed = replace(
        old, rollup={**old.rollup, "units": [{**each, "name": "Xã Mới"} for each in old.rollup["units"][:1]]}
    )
    first = replace(old, rollup={**old.rollup, "units": old.rollup["units"][:1]})
    (found,) = (row for row in differences(first, renamed) if row.where == "Danh sách đơn vị")
    assert (found.before, found.after) == ("tên: Xã Một", "tên: Xã Mới")
    assert new != old
    ended = [{"code": n, "name": "Phường 2", "ended_on": "2020-07-01", "status": "converted"} for n in ("7", "8")]
    gone = replace(old, rollup={**old.rollup, "ended": ended})
    assert [row.what for row in differences(old, gone)] == ["Phường 2 (7)", "Phường 2 (8)"]


def test_on_paper_no_line_is_longer_than_a_page_can_hold() -> None:
    names = "; ".join(f"Xã Thứ {n}" for n in range(400))
    row = CorrectionRow("Danh sách đơn vị", names, "–", "có trong danh sách")
    heading, first, *more = corrections(replace(two()[0], corrections=(row,))).rows
    assert heading.cells == ("Danh sách đơn vị",)
    assert (first.cells[0], first.cells[2:]) == ("1", ("–", "có trong danh sách"))
    assert {(line.cells[0], *line.cells[2:]) for line in more} == {("", "", "")}
    assert " ".join(line.cells[1] for line in (first, *more)) == names
    assert max(len(line.cells[1]) for line in (first, *more)) < 1000


def test_a_list_of_many_short_lines_goes_on_too() -> None:
    items = "\n".join(f"Xã Thứ {n} (huyện Số {n % 9});" for n in range(100))
    row = CorrectionRow("Lời văn do cơ quan soạn", "Đoạn", "(câu tự động)", items)
    _heading, *rows = corrections(replace(two()[0], corrections=(row,))).rows
    assert [(line.cells[1], line.cells[2]) for line in rows] == [
        ("Đoạn", "(câu tự động)"),
        *[("", "")] * (len(rows) - 1),
    ]
    assert "\n".join(line.cells[3] for line in rows) == items
    assert max(line.cells[3].count("\n") for line in rows) < 40
