"""LibreOffice, forced to calculate everything anew, must find the values that we stored, and no error."""

import shutil
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from isoaudit.domain.numbers import NOTHING, json_number, percent
from isoaudit.export.tables import Percent
from isoaudit.export.xlsx import write_xlsx
from isoaudit.export.xlsx.formulas import Formulas
from isoaudit.export.xlsx.places import Place
from tests.export.samples import year_2020

pytestmark = pytest.mark.office

ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item></oor:items>
"""
"""A profile in which workbooks are always recalculated when they are loaded."""
PAIRS = [
    (0, 0), (0, 7), (7, 7), (1, 3), (2, 3), (9996, 10000), (2, 10000), (1, 2000), (1, 100000), (99999, 100000),
    (1907, 2000), (43, 45), (307, 322), (1, 16), (5, 80), (25, 2000), (10599, 10600), (1, 10600),
    *[(part, 160) for part in range(0, 161, 7)],
]  # fmt: skip


def shares(decimals: int) -> bytes:
    """A workbook of percentages with a wrong stored value."""
    stream = BytesIO()
    with Workbook(stream) as book:
        sheet = book.add_worksheet()
        place = Place("Sheet1", 0, 0, 0, len(PAIRS) - 1, {"part": 0, "whole": 1}, ())
        for row, (part, whole) in enumerate(PAIRS):
            formula, _ = Formulas({}, decimals).formula(Percent(part, whole, "part", "whole"), place, row, 2)
            sheet.write_row(row, 0, (part, whole))
            sheet.write_formula(row, 2, formula, None, -1)
    return stream.getvalue()


def with_wrong_value(workbook: bytes) -> bytes:
    """The workbook with a wrong value stored in the first formula of its first sheet."""
    source, target = zipfile.ZipFile(BytesIO(workbook)), BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for each in source.infolist():
            data = source.read(each)
            if each.filename == "xl/worksheets/sheet1.xml":
                head, rest = data.split(b"</f><v>", 1)
                data = head + b"</f><v>4711</v>" + rest.split(b"</v>", 1)[1]
            archive.writestr(each, data)
    return target.getvalue()


def cells(workbook: Path) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_path(str(workbook))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """What was written, and what LibreOffice made of it."""
    folder = tmp_path_factory.mktemp("office")
    written, saved = folder / "written", folder / "saved"
    written.mkdir()
    profile = folder / "profile" / "user"
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(ALWAYS, "utf-8")
    report = write_xlsx(year_2020())
    for name, data in (
        ("report", report), ("wrong", with_wrong_value(report)), ("shares1", shares(1)), ("shares2", shares(2)),
    ):  # fmt: skip
        (written / f"{name}.xlsx").write_bytes(data)
    subprocess.run(
        [
            shutil.which("soffice") or "soffice", f"-env:UserInstallation={profile.parent.as_uri()}", "--headless",
            "--convert-to", "xlsx", "--outdir", str(saved), *sorted(map(str, written.iterdir())),
        ],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return written, saved


def test_forced_recalculation_mends_a_wrong_value(folders: tuple[Path, Path]) -> None:
    written, saved = folders
    wrong, mended = cells(written / "wrong.xlsx"), cells(saved / "wrong.xlsx")
    assert any(4711 in row for row in wrong["Tổng hợp"])
    assert not any(4711 in row for row in mended["Tổng hợp"])


def test_recalculated_report_has_the_values_of_the_roll_up(folders: tuple[Path, Path]) -> None:
    written, saved = folders
    ours, theirs = cells(written / "report.xlsx"), cells(saved / "report.xlsx")
    assert list(ours) == list(theirs)
    differ = []
    for name, rows in ours.items():
        for row, (mine, its) in enumerate(zip(rows, theirs[name], strict=False), 1):
            for column, (a, b) in enumerate(zip(mine, its, strict=False), 1):
                same = abs(a - b) < 1e-9 if isinstance(a, float) and isinstance(b, float) else a == b
                if not same:
                    differ.append((name, row, column, a, b))
    assert differ == []


def test_recalculated_report_has_no_error(folders: tuple[Path, Path]) -> None:
    with zipfile.ZipFile(folders[1] / "report.xlsx") as archive:
        sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
    assert len(sheets) == 17
    assert not any(b't="e"' in sheet for sheet in sheets)


@pytest.mark.parametrize("decimals", [1, 2])
def test_percentages_are_rounded_by_the_rules(folders: tuple[Path, Path], decimals: int) -> None:
    rows = cells(folders[1] / f"shares{decimals}.xlsx")["Sheet1"]
    for (part, whole), row in zip(PAIRS, rows, strict=True):
        expected = json_number(percent(part, whole, decimals))
        assert row[2] == (NOTHING if expected is None else pytest.approx(expected, abs=1e-9)), (part, whole)
