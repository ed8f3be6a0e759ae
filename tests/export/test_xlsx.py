"""The workbook of the yearly report: its figures are the roll-up's, its texts stay texts, its bytes stay the same."""

import zipfile
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from isoaudit.domain.vocabulary import ResultLevel
from isoaudit.export.layout import ReportContent
from isoaudit.export.rows import DocumentRow, TaskRow
from isoaudit.export.sections import report
from isoaudit.export.xlsx import write_xlsx
from tests.export.samples import province, year_2020

SHEETS = [
    "Tổng hợp", "Tiến độ chuyển đổi", "Danh sách đơn vị", "Công bố", "Chỉ số CCHC", "Kết quả theo điều khoản",
    "Xếp loại", "Điểm không phù hợp", "Nhiệm vụ", "TTHC", "Kế hoạch và thực hiện", "Kế hoạch năm sau",
    "So sánh với năm trước", "So sánh từng đơn vị", "So sánh địa bàn cũ", "Văn bản", "Cách tính số liệu",
]  # fmt: skip
Rows = list[list[Any]]


@pytest.fixture(scope="module")
def content() -> ReportContent:
    return year_2020()


@pytest.fixture(scope="module")
def workbook(content: ReportContent) -> bytes:
    return write_xlsx(content)


@pytest.fixture(scope="module")
def sheets(workbook: bytes) -> dict[str, Rows]:
    return read(workbook)


def read(workbook: bytes) -> dict[str, Rows]:
    """Sheet → rows from its first one on."""
    book = CalamineWorkbook.from_filelike(BytesIO(workbook))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def rows_under(rows: Rows, caption: str) -> Rows:
    """The rows below the caption that begins so, down to the next caption."""
    start = next(n for n, row in enumerate(rows) if str(row[0]).startswith(caption))
    end = next((n for n, row in enumerate(rows[start + 1 :], start + 1) if str(row[0])[1:3] == ". "), len(rows))
    return rows[start + 1 : end]


def line(rows: Rows, name: str, column: int = 0) -> list[Any]:
    """The row with this name, from the cell after it on."""
    return next(row for row in rows if row[column] == name)[column + 1 :]


def parts(workbook: bytes) -> dict[str, str]:
    with zipfile.ZipFile(BytesIO(workbook)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_has_the_sheets_in_order(sheets: dict[str, Rows]) -> None:
    assert list(sheets) == SHEETS


def test_summary_holds_the_figures_of_the_roll_up(content: ReportContent, sheets: dict[str, Rows]) -> None:
    blocks = content.rollup["blocks"]
    for name, figures in (
        ("Sở, ban, ngành", blocks["agency"]),
        ("Cấp huyện", blocks["district"]),
        ("Cấp xã", blocks["commune"]),
        ("trong đó: chi cục", content.rollup["lines"]["sub_agency"]),
    ):
        considered = figures["units"] - figures["exempt"]
        assert line(rows_under(sheets["Tổng hợp"], "1. "), name) == [
            figures["units"],
            figures["exempt"],
            considered,
            figures["declared"],
            f"{figures['declared']}/{considered}",
            figures["declared_rate"],
            figures["obliged"],
            figures["declared_obliged"],
            f"{figures['declared_obliged']}/{figures['obliged']}" if figures["obliged"] else "–",
            "–" if figures["declared_rate_obliged"] is None else figures["declared_rate_obliged"],
        ]
        rate = figures["conversion_rate"]
        converted, baseline = figures["baseline_converted"], figures["baseline"]
        assert line(rows_under(sheets["Tổng hợp"], "2. "), name)[:5] == [
            baseline,
            converted,
            f"{converted}/{baseline}" if baseline else "–",
            "–" if rate is None else rate,
            figures["left_by_merger"],
        ]
        assert line(rows_under(sheets["Tổng hợp"], "4. "), name)[:7] == [
            figures["audited"],
            figures["visits"],
            *figures["bands"].values(),
        ]


def test_those_of_a_block_that_is_no_more_are_told_below_the_table(content: ReportContent) -> None:
    rows = read(write_xlsx(replace(content, left_blocks={"district": 10})))["Tổng hợp"]
    told = [str(row[0]) for row in rows_under(rows, "2. ")]
    assert any(each.startswith("Ngoài ra, 10 đơn vị cấp huyện thuộc diện") for each in told)


def test_total_line_has_counts_and_no_percentage(content: ReportContent, sheets: dict[str, Rows]) -> None:
    total = content.rollup["total"]
    cells = line(rows_under(sheets["Tổng hợp"], "1. "), "Tổng cộng")
    assert cells[0] == total["units"]
    assert cells[3] == total["declared"]
    assert cells[4] == f"{total['declared']}/{total['units'] - total['exempt']}"
    assert cells[5] == cells[9] == "–"


def test_statuses_add_up_to_the_units(content: ReportContent, sheets: dict[str, Rows]) -> None:
    rows = rows_under(sheets["Tiến độ chuyển đổi"], "1. ")
    total = content.rollup["total"]
    listed = [line(rows, name, 1)[4] for name in ("Đã chuyển đổi", "Chưa triển khai", "Không thuộc đối tượng áp dụng")]
    assert listed == [total["status"]["converted"], total["status"]["not_started"], total["exempt"]]
    assert line(rows, "Tổng cộng", 1)[4] == total["units"]


def test_unit_list_has_every_unit_with_real_dates(content: ReportContent, sheets: dict[str, Rows]) -> None:
    rows = sheets["Danh sách đơn vị"]
    units = {row[1]: row for row in rows if isinstance(row[0], float)}
    assert set(units) >= {unit["code"] for unit in content.rollup["units"]}
    office = units["SKHCN"]
    assert office[2] == "Sở Khoa học và Công nghệ"
    assert isinstance(office[6], date)
    exempt = next(unit for unit in content.rollup["units"] if unit["status"] == "exempt")
    assert "không phát sinh" in units[exempt["code"]][14]


def test_ended_units_stand_apart_and_count_nowhere(content: ReportContent, sheets: dict[str, Rows]) -> None:
    rows = sheets["Danh sách đơn vị"]
    start = next(n for n, row in enumerate(rows) if str(row[0]).startswith("Đơn vị kết thúc"))
    ended = rows[start + 1 :]
    assert [row[1] for row in ended] == [each["code"] for each in content.rollup["ended"]]
    assert all(row[14] == "Không còn từ ngày 01/01/2020" for row in ended)


def test_nonconformities_are_an_account(content: ReportContent, sheets: dict[str, Rows]) -> None:
    counts = content.rollup["nonconformities"]
    cells = line(sheets["Điểm không phù hợp"], "Toàn tỉnh", 1)
    assert cells[:6] == list(counts.values())
    assert cells[0] + cells[1] - cells[2] == cells[3]


def test_tasks_carry_one_mark_and_those_under_way_a_note(content: ReportContent, sheets: dict[str, Rows]) -> None:
    rows = [row for row in sheets["Nhiệm vụ"] if str(row[1]).startswith("VI.")]
    assert [[cell == "X" for cell in row[6:10]].count(True) for row in rows] == [1, 0, 1, 1, 0, 1]
    assert rows[4][10] == "Đang thực hiện, hạn 15/12/2020"
    assert line(sheets["Nhiệm vụ"], "Đang thực hiện", 1)[0] == content.rollup["tasks"]["in_progress"]


def test_procedures_of_communes_are_not_summed(content: ReportContent, sheets: dict[str, Rows]) -> None:
    rows = sheets["TTHC"]
    figures = content.rollup["blocks"]["commune"]["tthc"]
    cells = line(rows, "Cấp xã", 1)
    assert cells[:6] == [figures["units"], figures["full"], "–", "–", "–", "–"]
    assert 0 < cells[6] < cells[7] == 100
    agency = content.rollup["blocks"]["agency"]["tthc"]
    assert line(rows, "Sở, ban, ngành", 1)[2:4] == [agency["covered"], agency["total"]]


def test_method_page_names_the_digests(content: ReportContent, sheets: dict[str, Rows]) -> None:
    told = " ".join(str(row[2]) for row in sheets["Cách tính số liệu"])
    assert content.rollup["digest"] in told
    assert content.checklists[0].digest in told
    assert "18/11/2020" in told


def test_same_content_gives_the_same_bytes(content: ReportContent, workbook: bytes) -> None:
    assert write_xlsx(replace(content, units=tuple(reversed(content.units)))) == workbook


def test_text_is_never_a_formula_a_link_or_markup(content: ReportContent) -> None:
    hostile = ["=1+1", "+1", "-1", "@x", "{=1}", "http://a.vn", "007", "<r><t>x</t></r>", "a\x00\x1f\ufffeb", "=\n1"]
    documents = tuple(DocumentRow(text, text, text, date(2020, 1, 1), text) for text in hostile)
    tasks = tuple(TaskRow(text, text, ResultLevel.DONE, None, None, text, text) for text in hostile)
    paper = replace(content.paper, issuer="=SUM(A1)&CÔNG", parent="+84")
    written = write_xlsx(replace(content, documents=documents, tasks=tasks, paper=paper))
    rows = [row for row in read(written)["Văn bản"] if isinstance(row[0], float)]
    assert [row[1].rstrip() for row in rows[:8]] == hostile[:8]
    assert not any(row[1:3] == [1.0, 1.0] for row in rows)
    xml = parts(written)
    assert all("<f>" not in xml[f"xl/worksheets/sheet{number}.xml"] for number in (16, 17))
    assert not any("hyperlink" in text for name, text in xml.items() if "_rels" in name)


@pytest.mark.parametrize("number", range(1, 18))
def test_every_sheet_is_ready_to_print(workbook: bytes, number: int) -> None:
    xml = parts(workbook)
    sheet = xml[f"xl/worksheets/sheet{number}.xml"]
    assert 'paperSize="9"' in sheet
    assert 'orientation="landscape"' in sheet
    assert 'fitToHeight="0"' in sheet
    assert 'state="frozen"' in sheet
    assert "Dữ liệu minh hoạ" in sheet[sheet.index("<oddHeader>") :]
    assert f'_xlnm.Print_Area" localSheetId="{number - 1}"' in xml["xl/workbook.xml"]


def test_example_data_are_marked_on_every_sheet_and_only_then(content: ReportContent, sheets: dict[str, Rows]) -> None:
    assert all(any("DỮ LIỆU MINH HOẠ" in str(row[0]) for row in rows[:4]) for rows in sheets.values())
    real = parts(write_xlsx(replace(content, example=False)))
    assert "minh hoạ" not in "".join(real.values()).lower()


def test_empty_province_gives_a_workbook(content: ReportContent) -> None:
    nothing = province(0)
    sheets = read(write_xlsx(nothing))
    assert list(sheets) == SHEETS
    assert line(rows_under(sheets["Tổng hợp"], "1. "), "Tổng cộng")[0] == 0
    assert len(report(content)) == len(report(nothing))
