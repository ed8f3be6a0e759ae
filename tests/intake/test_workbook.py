"""Files that cannot be read as a province workbook are refused by name; those that can come out as plain rows."""

import contextlib
import io
import time
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from isoaudit.domain.errors import Refusal, Refusals
from isoaudit.domain.messages import say
from isoaudit.intake import workbook, xlsxtable
from isoaudit.intake.workbook import read

Sheet = xlsxwriter.worksheet.Worksheet


def spreadsheet(path: Path, fill: Callable[[Sheet], object], name: str = "units") -> Path:
    book = xlsxwriter.Workbook(str(path))
    fill(book.add_worksheet(name))
    book.close()
    return path


def codes(path: Path) -> set[str]:
    with pytest.raises(Refusal) as caught:
        read(path)
    assert say(caught.value, "vi") != say(caught.value, "en")
    inner = caught.value.refusals if isinstance(caught.value, Refusals) else [caught.value]
    return {each.code.removeprefix("importing.") for each in inner}


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("units.csv", "mã,tên\n".encode("utf-16"), "not_utf8"),
        ("units.csv", "Đông Hà".encode("cp1258", "ignore") + b"\xd0", "not_utf8"),
        ("units.csv", b"code,name\n1,a\0b\n", "not_utf8"),
        ("units.csv", b'code,name\n1,"a"b\n', "not_csv"),
        ("units.csv", b'code,name\n1,"a', "not_csv"),
        ("units.csv", b"code,name,code\n1,a,2\n", "column_twice"),
        ("units.csv", b"code,name\n1,a,b\n", "no_column"),
        ("ghi chu.txt", b"code\n", "no_sheets"),
    ],
)
def test_a_bad_file_of_a_folder_is_named(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    (tmp_path / name).write_bytes(data)
    assert codes(tmp_path) == {code}


@pytest.mark.parametrize(
    ("name", "data"),
    [("so.xlsx", b""), ("so.xlsx", b"PK\x03\x04" + b"x" * 90), ("so.xls", b"x"), ("units.csv", b"code")],
)
def test_a_file_that_is_no_workbook_is_refused(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    assert codes(tmp_path / name) == {"not_workbook"}


def test_a_path_to_nothing_is_refused(tmp_path: Path) -> None:
    assert codes(tmp_path / "không có") == {"no_file"}


def test_two_files_whose_names_differ_in_case_only_are_refused(tmp_path: Path) -> None:
    for name in ("units.csv", "Units.CSV"):
        (tmp_path / name).write_text("code\n1\n", "utf-8")
    assert codes(tmp_path) == {"sheet_twice"}


def test_readmes_other_files_and_hidden_ones_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "units.csv").write_text("code\n1\n", "utf-8")
    before = read(tmp_path).digest
    for name in ("README.md", "README.csv", ".cache.csv", "anh.png"):
        (tmp_path / name).write_bytes(b"\xff")
    after = read(tmp_path)
    assert [each.name for each in after.sheets] == ["units"]
    assert after.digest == before


def test_rows_are_numbered_as_the_person_sees_them(tmp_path: Path) -> None:
    (tmp_path / "units.csv").write_bytes('\ufeff\r\n Code ;NAME\r\n\r\n1;"a\r\nb"\r\n;\r\n2;c\r\n'.encode())
    (sheet,) = read(tmp_path).sheets
    assert sheet.columns == ("code", "name")
    assert [(row.number, list(row.cells)) for row in sheet.rows] == [(4, ["1", "a\r\nb"]), (6, ["2", "c"])]


def test_cells_of_a_spreadsheet_keep_their_row_and_kind(tmp_path: Path) -> None:
    def fill(sheet: Sheet) -> None:
        sheet.write_row(2, 1, ["Code", "valid_from"])
        sheet.write_row(5, 1, [19333, "2020-01-01"])
        sheet.write_datetime(6, 2, date(2020, 1, 1), None)

    (sheet,) = read(spreadsheet(tmp_path / "so.xlsx", fill)).sheets
    assert sheet.columns == ("code", "valid_from")
    assert [row.number for row in sheet.rows] == [6, 7]
    assert list(next(iter(sheet.rows)).cells) == [19333.0, "2020-01-01"]


def test_a_formula_error_is_not_taken_for_an_empty_cell(tmp_path: Path) -> None:
    def fill(sheet: Sheet) -> None:
        sheet.write_row(0, 0, ["code", "name"])
        sheet.write_formula(1, 1, "=NA()", None, "#N/A")

    assert codes(spreadsheet(tmp_path / "so.xlsx", fill)) == {"error_cell"}


def test_a_cell_far_out_does_not_fill_the_memory(tmp_path: Path) -> None:
    def fill(sheet: Sheet) -> None:
        sheet.write(0, 0, "code")
        sheet.write(1_048_575, 16_383, "x")

    assert codes(spreadsheet(tmp_path / "so.xlsx", fill)) == {"too_wide"}


def test_more_rows_than_fit_into_memory_are_sent_to_csv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsxtable, "LARGEST_ROWS", 5)

    def fill(rows: int) -> Callable[[Sheet], object]:
        return lambda sheet: [sheet.write_row(2 * row, 0, ["code", "name"]) for row in range(rows)]

    assert codes(spreadsheet(tmp_path / "so.xlsx", fill(6))) == {"too_many_rows"}
    assert len(read(spreadsheet(tmp_path / "so.xlsx", fill(5))).sheets[0].rows) == 4


@pytest.mark.parametrize("shape", [b"<c ", b"<c x", b' r="A1"', b'<c r="A1"', b"<a:"])
def test_time_of_weighing_grows_with_the_size_only(tmp_path: Path, shape: bytes) -> None:
    """The tags never end: what looks for cells must not begin again at each of them (64 KB took half a minute)."""
    broken = tmp_path / "so.xlsx"
    with zipfile.ZipFile(broken, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"<c" + shape * (500_000 // len(shape)))
    before = time.process_time()
    assert codes(broken) == {"not_workbook"}
    assert time.process_time() - before < 3


def test_a_cell_between_two_pieces_of_the_sheet_is_weighed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fill(sheet: Sheet) -> None:
        sheet.write(0, 0, "code")
        sheet.write(1_048_575, 16_383, "x")

    path = spreadsheet(tmp_path / "so.xlsx", fill)
    for piece in (7, 16, 33):
        monkeypatch.setattr(xlsxtable, "_CHUNK", piece)
        assert codes(path) == {"too_wide"}


def test_an_archive_that_unpacks_to_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = spreadsheet(tmp_path / "so.xlsx", lambda sheet: sheet.write(0, 0, "code"))
    monkeypatch.setattr(xlsxtable, "LARGEST_UNPACKED", 1000)
    assert codes(path) == {"too_large"}
    monkeypatch.setattr(workbook, "LARGEST_FILE", 100)
    assert codes(path) == {"too_large"}


def test_an_archive_without_a_workbook_is_refused(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    (tmp_path / "so.xlsx").write_bytes(stream.getvalue())
    assert codes(tmp_path / "so.xlsx") == {"not_workbook"}


@given(place=st.integers(0, 4000), change=st.integers(1, 255))
def test_a_damaged_spreadsheet_is_read_or_refused_but_never_breaks(
    tmp_path_factory: pytest.TempPathFactory, place: int, change: int
) -> None:
    folder = tmp_path_factory.getbasetemp()
    path = spreadsheet(folder / "hong.xlsx", lambda sheet: sheet.write_row(0, 0, ["code", "name"]))
    data = bytearray(path.read_bytes())
    data[place % len(data)] ^= change
    path.write_bytes(data)
    with contextlib.suppress(Refusal):
        read(path)
