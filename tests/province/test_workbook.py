"""The workbook and the Word document of the province, cell by cell; the numbers were counted by hand from `sheets`
(how, is told in `test_rollup`), and LibreOffice must find the same."""

import re
import shutil
import subprocess
from collections.abc import Iterable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from isoaudit.export import frozen
from isoaudit.export.files import KINDS
from isoaudit.export.layout import ReportContent
from isoaudit.export.xlsx import write_xlsx
from tests.export.test_recalculation import ALWAYS, cells
from tests.export.test_xlsx import read
from tests.province.counted import (
    BANDS,
    CLAUSES,
    DECLARED,
    FINDINGS,
    INDEX,
    NEXT,
    PLAN,
    STATUSES,
    SUMMARY,
    TASKS,
    TTHC,
    UNITS,
    WORD,
)
from tests.province.counted_years import COMPARED, FORMER, LANDS, OWN, TERRITORIES

EXPECTED = {
    "Tổng hợp": SUMMARY,
    "Tiến độ chuyển đổi": STATUSES,
    "Công bố": DECLARED,
    "Chỉ số CCHC": INDEX,
    "Kết quả theo điều khoản": CLAUSES,
    "Xếp loại": BANDS,
    "Điểm không phù hợp": FINDINGS,
    "Nhiệm vụ": TASKS,
    "Kế hoạch và thực hiện": PLAN,
    "Kế hoạch năm sau": NEXT,
    "So sánh với năm trước": COMPARED + FORMER + OWN,
    "So sánh từng đơn vị": TERRITORIES,
    "So sánh địa bàn cũ": LANDS,
}
"""Sheet → its lines, parted by "|"; empty cells at the end and columns that serve formulas are left out."""
SERVING = {"Kế hoạch và thực hiện", "Kế hoạch năm sau", "So sánh từng đơn vị", "So sánh địa bàn cũ"}
"""Sheets with columns that only serve formulas, to the right of what is printed."""
BLOCKS = {"Sở, ban, ngành", "trong đó: chi cục", "Cấp huyện", "Cấp xã", "Tổng cộng"}
NUMBER = re.compile(r"\d+(\.\d+)?|A")
UNIT_COLUMNS = (1, 2, 4, 5, 6, 7, 8, 10, 11, 12, 13, 15, 17, 18, 19, 20, 21, 22)
"""Code, name, obligation, edition, its day, status, progress, upkeep, score, band, TTHC, block, audit, accepted,
baseline, to declare again, day of the minutes, visits."""


def told(cell: Any) -> str:
    """A cell as the expectations write it."""
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    return f"{cell:g}" if isinstance(cell, float) else str(cell)


def lines(text: str) -> list[list[str]]:
    """The lines of an expectation."""
    return [[cell.strip() for cell in line.split("|")] for line in text.strip("\n").splitlines() if line.strip()]


def figures(rows: Iterable[Iterable[Any]]) -> list[list[str]]:
    """The rows of a sheet that hold figures: of blocks and totals, numbered ones, those of clauses."""
    found = [[told(cell) for cell in row] for row in rows]
    return [
        row
        for row in found
        if (row[0] in BLOCKS and any(row[1:]))
        or NUMBER.fullmatch(row[0])
        or (row[0] == "" and any(each.isdigit() for each in row))
    ]


@pytest.mark.parametrize("sheet", EXPECTED)
def test_the_sheet_holds_what_was_counted_by_hand(content: ReportContent, sheet: str) -> None:
    expected = lines(EXPECTED[sheet])
    written = figures(read(write_xlsx(content))[sheet])
    assert [row[: len(line)] for row, line in zip(written, expected, strict=True)] == expected
    if sheet not in SERVING:
        assert not any(any(row[len(line) :]) for row, line in zip(written, expected, strict=True))


def test_the_list_of_units_and_the_procedures(content: ReportContent) -> None:
    book = read(write_xlsx(content))
    units = figures(book["Danh sách đơn vị"])
    assert [[row[column] for column in UNIT_COLUMNS] for row in units[:12]] == lines(UNITS)
    assert [row[1:3] + row[7:8] for row in units[12:]] == [
        ["105", "Xã Em", "Chưa chuyển đổi"],
        ["106", "Xã Gia", "Chưa triển khai"],
        ["107", "Xã Hòa", "Chưa chuyển đổi"],
    ]
    blocks = [row[:10] for row in figures(book["TTHC"]) if row[1] in BLOCKS and row[0]]
    assert blocks == lines(TTHC)


def test_the_word_document_says_the_same(content: ReportContent) -> None:
    document = Document(BytesIO(KINDS["docx"].write(content)))
    written = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    for line in lines(WORD):
        beginnings = [row[place : place + len(line)] for row in written for place in (0, 1)]
        assert line in beginnings, line


def test_what_is_stored_gives_the_same_bytes(content: ReportContent) -> None:
    assert write_xlsx(frozen.from_bytes(frozen.to_bytes(content))) == write_xlsx(content)


@pytest.mark.office
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_libreoffice_calculates_the_same(content: ReportContent, tmp_path: Path) -> None:
    profile = tmp_path / "profile" / "user"
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(ALWAYS, "utf-8")
    written, saved = tmp_path / "so.xlsx", tmp_path / "saved"
    written.write_bytes(write_xlsx(content))
    soffice = shutil.which("soffice") or "soffice"
    command = [soffice, f"-env:UserInstallation={profile.parent.as_uri()}", "--headless", "--convert-to", "xlsx"]
    subprocess.run([*command, "--outdir", str(saved), str(written)], check=True, capture_output=True, timeout=180)
    ours, theirs = cells(written), cells(saved / "so.xlsx")
    differ = [
        (name, place, mine, its)
        for name, rows in ours.items()
        for place, (mine, its) in enumerate(zip(rows, theirs[name], strict=False), 1)
        if [told(cell) for cell in mine] != [told(cell) for cell in its[: len(mine)]]
    ]
    assert differ == []
