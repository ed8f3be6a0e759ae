"""What the report says of money, reports owed, objectives and TTHC; nothing where nothing was entered."""

import zipfile
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

from python_calamine import CalamineWorkbook

from isoaudit.export import frozen
from isoaudit.export.differences import differences
from isoaudit.export.layout import ReportContent
from isoaudit.export.narrative import body
from isoaudit.export.paper.blocks import Flow, Grid, Heading, Para
from isoaudit.export.rows import ProcedureRow
from isoaudit.export.sections.words import TOTAL
from isoaudit.export.xlsx import write_xlsx
from isoaudit.export.yearly import (
    LateReport,
    MissedObjective,
    MoneyRow,
    ObjectiveRow,
    OwedReports,
    PublicationRow,
    YearRecords,
)

RECORDS = YearRecords(
    money=(
        MoneyRow("Đoàn 1", "Sự nghiệp", team=True, estimate=9_000_000, spent=9_500_000, settled=9_000_000),
        MoneyRow("Sở A", "Tự chủ", estimate=11_000_000),
    ),
    reports=(
        OwedReports(
            *("năm 2020", "commune", date(2020, 11, 10)),
            *(10, 7, 1, 2, 0),
            (LateReport("Xã A", 3), LateReport("Xã B", 8, sent=False), LateReport("Xã C", 8, sent=False)),
        ),
        OwedReports("6 tháng đầu năm 2021", "commune", date(2021, 6, 15), 10, 0, 0, 0, 10),
    ),
    objectives=(ObjectiveRow("agency", 2, 6, 4, 1, 1),),
    missed=(MissedObjective("Sở A", "Đúng hạn", "≥ 98%", "97%"),),
    publications=(PublicationRow("1/QĐ-UBND", date(2020, 7, 1), 1, 0, 2, 30, 12, ("Xã A", "Xã B")),),
)


def _heads(blocks: tuple[Flow, ...]) -> list[str]:
    return [each.text for each in blocks if isinstance(each, Heading)]


def _said(blocks: tuple[Flow, ...], key: str) -> str:
    return next(each.text for each in blocks if isinstance(each, Para) and each.key == key)


def test_nothing_is_said_where_nothing_was_entered(content: ReportContent) -> None:
    assert {"Kinh phí", "Chế độ báo cáo", "Mục tiêu chất lượng"}.isdisjoint(_heads(body(content)))


def test_each_theme_is_told_with_its_figures_and_units(content: ReportContent) -> None:
    blocks = body(replace(content, years=RECORDS))
    assert _said(blocks, "money.total") == (
        "Tổng dự toán kinh phí là 20.000.000 đồng; đã chi 9.500.000 đồng (47,5% dự toán), "
        "đã quyết toán 9.000.000 đồng. Chi vượt dự toán: Đoàn 1 (chi 9.500.000/9.000.000 đồng)."
    )
    sent = _said(blocks, "reporting.sent")
    assert "8/10 UBND cấp xã đã gửi báo cáo (80,0%)" in sent
    assert "Gửi trễ hạn 01 đơn vị: Xã A (03 ngày)." in sent
    assert "Quá hạn chưa gửi 02 đơn vị: Xã B và Xã C." in sent
    assert "06 tháng đầu năm 2021 chưa đến hạn gửi (hạn 15/6/2021)" in _said(blocks, "reporting.sent.2")
    reached = _said(blocks, "objectives.met")
    assert "Kết quả tính đến ngày 18/11/2020: đạt 4/5 mục tiêu đã có kết quả (80,0%)." in reached
    published = _said(blocks, "tthc.published")
    assert "công bố mới 01 TTHC, bãi bỏ 02 TTHC" in published
    assert "công bố lại" not in published.split("; các đơn vị này")[0]
    assert published.endswith(
        "Quyết định làm thay đổi danh mục TTHC nên 02 đơn vị phải rà soát phạm vi công bố (Xã A và Xã B); các đơn "
        "vị này không thuộc số cần công bố lại nêu tại mục II.2."
    )


def test_a_publication_says_how_its_units_meet_those_that_are_due_anyway(content: ReportContent) -> None:
    units = [
        {**unit, "redeclaration_due": unit["redeclaration_due"] or place == 0} for place, unit in _counted(content)
    ]
    rollup = {**content.rollup, "units": units}
    both = replace(RECORDS.publications[0], redeclare=(units[0]["name"], "Xã B"))
    told = _said(body(replace(content, rollup=rollup, years=replace(RECORDS, publications=(both,)))), "tthc.published")
    assert told.endswith("; 01 đơn vị trong số này thuộc số cần công bố lại nêu tại mục II.2.")


def _counted(content: ReportContent) -> list[tuple[int, Any]]:
    return list(enumerate(unit for unit in content.rollup["units"] if unit["status"] != "exempt"))


def test_before_the_year_is_over_an_objective_has_a_target_only(content: ReportContent) -> None:
    open_ = replace(RECORDS, objectives=(ObjectiveRow("agency", 2, 6, 0, 0, 6),), missed=())
    half = replace(content, rollup={**content.rollup, "as_of": "2020-06-30"}, years=open_)
    blocks = body(half)
    assert _said(blocks, "objectives.met").endswith("Chưa có kết quả nào tính đến ngày 30/6/2020.")
    some = replace(half, years=replace(open_, objectives=(ObjectiveRow("agency", 2, 6, 3, 1, 2),)))
    assert "Kết quả tính đến ngày 30/6/2020: đạt 3/4 mục tiêu" in _said(body(some), "objectives.met")
    (table,) = [each for each in blocks if isinstance(each, Grid) and each.caption == "Mục tiêu chất lượng của đơn vị"]
    assert [line.cells[1:] for line in table.rows] == [("2", "6"), ("2", "6")]


def test_money_of_a_team_is_not_told_as_money_of_the_units_it_inspects(content: ReportContent) -> None:
    team = replace(RECORDS.money[0], owner="UBND cấp xã giai đoạn 2015 - 2019")
    blocks = body(replace(content, years=replace(RECORDS, money=(team, RECORDS.money[1]))))
    assert _said(blocks, "money.total").endswith(
        "Chi vượt dự toán: Đoàn kiểm tra “UBND cấp xã giai đoạn 2015 - 2019” (chi 9.500.000/9.000.000 đồng)."
    )


def test_tables_add_up(content: ReportContent) -> None:
    grids = {each.caption: each for each in body(replace(content, years=RECORDS)) if isinstance(each, Grid)}
    total = grids["Kinh phí (đồng)"].rows[-1].cells
    assert total[1:] == ("Tổng cộng", "", "20.000.000", "9.500.000", "47,5%", "9.000.000")
    assert grids["Việc gửi báo cáo của đơn vị"].rows[0].cells[2:] == ("10", "7", "1", "2", "0")


def test_kinds_of_linking_are_told_of_those_who_state_them_all(content: ReportContent) -> None:
    code = next(
        unit["code"] for unit in content.rollup["units"] if unit["block"] == "agency" and unit["status"] != "exempt"
    )
    stated = {
        "not_linked": 40,
        "linked_same_level": 13,
        "linked_between_levels": 1,
        "online_full": 3,
        "online_partial": 7,
    }
    row = ProcedureRow(code, date(2020, 11, 18), 54, 54, **stated)
    said = _said(body(replace(content, procedures=(row,))), "tthc.kinds")
    assert said.startswith("Trong 54 TTHC của 01 sở, ban, ngành có 40 TTHC không liên thông, 13 TTHC liên thông")


def test_all_of_it_is_frozen_and_read_back(content: ReportContent) -> None:
    whole = replace(content, years=RECORDS)
    assert frozen.from_bytes(frozen.to_bytes(whole)).years == RECORDS


def test_a_correction_lists_what_changed_of_it(content: ReportContent) -> None:
    whole = replace(content, years=RECORDS)
    spent = replace(RECORDS.money[0], spent=9_000_000)
    corrected = replace(content, years=replace(RECORDS, money=(spent, *RECORDS.money[1:])))
    (found,) = differences(whole, corrected)
    assert (found.where, found.what) == ("Kinh phí", "Đoàn 1, Sự nghiệp")
    assert (found.before, found.after) == ("đã chi: 9.500.000", "đã chi: 9.000.000")
    assert differences(whole, whole, "en") == ()
    assert all(each.before == "–" for each in differences(content, whole))


def test_the_workbook_has_sheets_of_it_whose_totals_are_formulas(content: ReportContent) -> None:
    before = CalamineWorkbook.from_filelike(BytesIO(write_xlsx(content))).sheet_names
    written = write_xlsx(replace(content, years=RECORDS))
    book = CalamineWorkbook.from_filelike(BytesIO(written))
    assert set(book.sheet_names) - set(before) == {"Kinh phí", "Báo cáo của đơn vị", "Mục tiêu chất lượng"}
    rows = book.get_sheet_by_name("Kinh phí").to_python()
    total = next(row for row in rows if TOTAL in row)
    assert [cell for cell in total if isinstance(cell, float)][:3] == [2, 20_000_000, 9_500_000]
    named = ("Báo cáo của đơn vị", "Mục tiêu chất lượng")
    told = [cell for name in named for row in book.get_sheet_by_name(name).to_python() for cell in row]
    assert {"Xã B", "Chưa gửi", "Sở A: Đúng hạn", "97%"} <= set(map(str, told))
    with zipfile.ZipFile(BytesIO(written)) as archive:
        sheet = archive.read(f"xl/worksheets/sheet{book.sheet_names.index('Kinh phí') + 1}.xml").decode()
    assert "SUM" in sheet
