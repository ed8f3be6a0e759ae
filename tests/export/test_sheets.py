"""Sheets and lines that a workbook has when there is something for them: years side by side, inspections by others, the
lowest clauses, units of one name; and what is not asked of an exempt unit."""

from dataclasses import replace
from datetime import date

import pytest

from isoaudit.domain.text import fold
from isoaudit.export.layout import ReportContent
from isoaudit.export.rows import ElsewhereRow
from isoaudit.export.sections.units import spans
from isoaudit.export.xlsx import write_xlsx
from isoaudit.export.yearly import YearFigures, YearRecords
from tests.export.samples import year_2020
from tests.export.test_xlsx import Rows, line, read, rows_under

YEARS = (
    YearFigures(2019, 171, 171, 97, 70, None, 84, None, None, None, None, None, None),
    YearFigures(
        *(2020, 155, 154, 102, 70, 51, 90, 73, 45, 45, 290, 240, 50),
        as_of=date(2020, 11, 18),
        number="137/BC-SKHCN",
        issued_on=date(2020, 11, 19),
    ),
)
DISTRICT = "UBND huyện Hải Lăng"


@pytest.fixture(scope="module")
def content() -> ReportContent:
    return year_2020()


def sheet(content: ReportContent, name: str) -> Rows:
    return read(write_xlsx(content))[name]


def test_years_stand_side_by_side_in_a_report_of_several(content: ReportContent) -> None:
    rows = sheet(replace(content, years=YearRecords(each_year=YEARS)), "Diễn biến theo năm")
    assert line(rows, "Năm 2019") == [
        *(date(2019, 12, 31), 171, 97, 171, "97/171", "–", 70, "–", "–", 84, "–"),
        *("–", "–", "–", "–", "–", "Tính từ số liệu hiện có"),
    ]
    assert line(rows, "Năm 2020")[:9] == [date(2020, 11, 18), 155, 102, 154, "102/154", 51, 70, "51/70", 73]
    assert line(rows, "Năm 2020")[-1] == "Báo cáo số 137/BC-SKHCN ngày 19/11/2020"
    assert "Diễn biến theo năm" not in read(write_xlsx(content))


def test_inspections_by_others_say_whose_they_are(content: ReportContent) -> None:
    unit = next(each for each in content.rollup["units"] if each["audit"] and each["status"] != "exempt")
    reference = unit["audit"]["audit"]
    finding = replace(content.nonconformities[0], audit=reference)
    made = ElsewhereRow(reference, unit["code"], unit["name"], DISTRICT, date(2020, 5, 20), document="7/TB-UBND")
    book = read(
        write_xlsx(replace(content, elsewhere=(made,), nonconformities=(finding, *content.nonconformities[1:])))
    )
    assert DISTRICT in line(book["Xếp loại"], reference, 6)
    assert DISTRICT in line(book["Điểm không phù hợp"], reference, 2)
    assert f"Do {DISTRICT} kiểm tra" in str(line(book["Danh sách đơn vị"], unit["code"], 1)[12])
    listed = rows_under(book["Kế hoạch và thực hiện"], "2. Kiểm tra do cơ quan khác")
    assert line(listed, DISTRICT, 2) == [reference, date(2020, 5, 20), "x", "x", unit["code"], "7/TB-UBND", ""]
    assert any("có 01 lượt do cơ quan khác" in str(row[0]) for row in book["Tổng hợp"])


def test_nothing_is_asked_of_an_exempt_unit(content: ReportContent) -> None:
    exempt = next(unit for unit in content.rollup["units"] if unit["status"] == "exempt")
    row = line(sheet(content, "Danh sách đơn vị"), exempt["code"], 1)
    obligation, status, progress, missing, kept = row[2], row[5], row[6], row[7], row[8]
    assert status == "Không thuộc đối tượng áp dụng"
    assert {obligation, progress, missing, kept} == {"–"}


def test_the_lowest_clauses_stand_in_the_order_of_their_scores(content: ReportContent) -> None:
    rows = rows_under(sheet(content, "Kết quả theo điều khoản"), "3. ")
    found = [row for row in rows if str(row[0])[:1].isdigit()]
    scores = [row[8] for row in found]
    assert scores == sorted(scores)
    lowest = min(each["score"] for each in content.rollup["clauses"] if each["minor"] + each["major"])
    assert scores[0] == lowest
    for row in found:
        assert row[4] == row[2] + row[3] > 0
        assert row[6] == f"{row[4]:g}/{row[5]:g}"


def test_units_of_one_name_stand_with_their_district(content: ReportContent) -> None:
    rows = sheet(content, "Tiến độ chuyển đổi")
    names = [str(row[1]) for row in rows if fold(str(row[1])).startswith("phuong 1 ")]
    assert len(set(names)) == len(names)
    assert all("(" in name for name in names)


@pytest.mark.parametrize(
    ("numbers", "told"), [((), ""), ((3,), "3"), ((7, 8), "7, 8"), ((5, 3, 6, 7, 8), "3, 5–8"), ((1, 2, 3), "1–3")]
)
def test_numbers_that_follow_each_other_are_a_span(numbers: tuple[int, ...], told: str) -> None:
    assert spans(numbers) == told
