"""Next year's plan as the report tells it: the paper names the units of the workbook's sheet, with its figures."""

from collections import Counter
from dataclasses import replace
from datetime import date

from isoaudit.domain.proposal import Reason
from isoaudit.domain.vocabulary import Block
from isoaudit.export.compared import NextRow
from isoaudit.export.layout import ReportContent
from isoaudit.export.narrative import annual_report
from isoaudit.export.narrative.phrases import NAMED
from isoaudit.export.paper.blocks import Annex, Grid
from isoaudit.export.sections.plans import next_plan
from isoaudit.export.tables import Counted
from tests.export.small import content, figures, unit
from tests.export.test_narrative import said

UNITS = [unit("S", "Sở A", kind="agency", block="agency"), *(unit(f"{n:02}", f"Xã {n}") for n in range(12))]
ROWS = (
    NextRow("03", "Xã 3", Block.COMMUNE, (Reason.FAILING, Reason.OVERDUE), date(2019, 5, 5), 2),
    NextRow("S", "Sở A", Block.AGENCY, (Reason.REDECLARE, Reason.NEVER)),
)
MANY = (*ROWS, *(NextRow(f"{n:02}", f"Xã {n}", Block.COMMUNE, (Reason.NEVER,)) for n in range(4, 12)))


def planned(rows: tuple[NextRow, ...]) -> ReportContent:
    return replace(content({"agency": figures(1), "commune": figures(12)}, UNITS), next_plan=rows)


def annex(report: ReportContent) -> list[Annex]:
    return [each for each in annual_report(report).annexes if "kế hoạch kiểm tra" in each.title]


def test_a_few_are_named_with_their_reasons() -> None:
    report = planned(ROWS)
    assert (
        "Đề xuất cho kế hoạch kiểm tra năm 2021: 02 đơn vị (01 sở, ban, ngành; 01 UBND cấp xã), gồm Xã 3 (chưa thực "
        "hiện đúng việc duy trì, cải tiến và có tồn tại quá hạn khắc phục) và Sở A (cần công bố lại và chưa được kiểm "
        "tra toàn diện tại trụ sở);"
    ) in said(report, "next.list")
    assert annex(report) == []
    assert "kế hoạch kiểm tra" not in said(planned(()), "next.list")


def test_many_are_counted_by_block_and_reason_and_annexed() -> None:
    report = planned(MANY)
    (found,) = annex(report)
    assert found.title == "Đơn vị đề xuất đưa vào kế hoạch kiểm tra năm 2021"
    assert (
        "Đề xuất cho kế hoạch kiểm tra năm 2021: 10 đơn vị (01 sở, ban, ngành; 09 UBND cấp xã; danh sách kèm lý do "
        "tại Phụ lục II); một đơn vị có thể có nhiều lý do: 01 đơn vị chưa thực hiện đúng việc duy trì, cải tiến; 01 "
        "đơn vị có tồn tại quá hạn khắc phục; 01 đơn vị cần công bố lại; 09 đơn vị chưa được kiểm tra toàn diện tại "
        "trụ sở;"
    ) in said(report, "next.list")
    (grid,) = found.blocks
    assert isinstance(grid, Grid)
    told = [line.cells for line in grid.rows]
    assert told[:2] == [
        ("Sở, ban, ngành (01 đơn vị)",),
        ("1", "Sở A", "Cần công bố lại; chưa được kiểm tra toàn diện tại trụ sở", "", ""),
    ]
    assert told[2:4] == [
        ("UBND cấp xã (09 đơn vị)",),
        (
            *("1", "Xã 3", "Chưa thực hiện đúng việc duy trì, cải tiến; có tồn tại quá hạn khắc phục"),
            *("05/5/2019", "02"),
        ),
    ]
    assert len(told) == len(MANY) + 2 > NAMED


def test_the_sheet_counts_what_the_paper_counts() -> None:
    by_reason, proposed = next_plan(planned(MANY)).tables
    assert len(proposed.rows) == len(MANY)
    counts = {row.cells[1]: row.cells[-1] for row in by_reason.rows}
    paper = Counter(reason.vi for each in MANY for reason in each.reasons)
    for words, number in [*paper.items(), ("số đơn vị đề xuất", len(MANY))]:
        cell = counts[words[:1].upper() + words[1:]]
        assert isinstance(cell, Counted)
        assert cell.value == number


def test_the_notes_name_the_reason_as_the_list_does() -> None:
    rows = tuple(replace(each, reasons=(Reason.LONG_AGO,)) for each in MANY)
    (found,) = annex(planned(rows))
    (grid,) = found.blocks
    assert isinstance(grid, Grid)
    words = grid.rows[1].cells[2]
    assert words == "Hai năm chưa được kiểm tra"
    by_reason, _proposed = next_plan(planned(rows)).tables
    assert all(f"{words}: không có kiểm tra" in note for note in (*grid.notes, *by_reason.notes))
