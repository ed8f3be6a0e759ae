"""`isoaudit report` writes the same bytes for the same data; its lists are those that the figures counted."""

import hashlib
import json
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from tests.cli.rolled import Instance

NAME = "bao-cao-iso-2020.xlsx"


@pytest.fixture(scope="module")
def instance(loaded: Instance, tmp_path_factory: pytest.TempPathFactory) -> Instance:
    return loaded.copied(tmp_path_factory.mktemp("report") / "noi")


@pytest.fixture(scope="module")
def report(instance: Instance) -> Path:
    place = instance.place / "ra" / "năm"
    assert instance.run("report", "--year", "2020", "--as-of", "2020-11-18", "--out", str(place)) == 0
    return place / NAME


def rows(report: Path, sheet: str) -> list[list[object]]:
    with CalamineWorkbook.from_path(report) as book:
        return book.get_sheet_by_name(sheet).to_python()


def test_two_runs_give_the_same_bytes(instance: Instance, report: Path, tmp_path: Path) -> None:
    assert instance.run("report", "--year", "2020", "--as-of", "2020-11-18", "--out", str(tmp_path)) == 0
    assert (tmp_path / NAME).read_bytes() == report.read_bytes()
    assert [each.name for each in report.parent.iterdir()] == [NAME]


def test_the_digest_printed_is_that_of_each_file(
    instance: Instance, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert instance.run("report", "--year", "2020", "--kind", "xlsx,docx", "--out", str(tmp_path)) == 0
    told = capsys.readouterr().out.splitlines()
    assert told == [
        f"{file} (sha256:{hashlib.sha256(file.read_bytes()).hexdigest()})"
        for file in (tmp_path / NAME, tmp_path / NAME.replace("xlsx", "docx"))
    ]


def test_it_names_the_roll_up_it_was_made_from(
    instance: Instance, report: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    instance.run("rollup", "--year", "2020", "--as-of", "2020-11-18", "--format", "json")
    digest = json.loads(capsys.readouterr().out)["digest"]
    assert any(digest in row for row in rows(report, "Cách tính số liệu"))


def test_lists_hold_what_was_entered_and_text_stays_text(report: Path) -> None:
    (found,) = (row for row in rows(report, "Điểm không phù hợp") if "KT-01" in row)
    assert {"Xã Gio An", "A-01", "nhẹ", "+thiếu quyết định", "Đang mở, quá hạn"} <= set(found)
    assert any("=Xã Ám" in row for row in rows(report, "Danh sách đơn vị"))
    assert any("127/QĐ-UBND" in row for row in rows(report, "Văn bản"))
    assert any("Tập huấn" in row and "X" in row for row in rows(report, "Nhiệm vụ"))
    (tthc,) = (row for row in rows(report, "TTHC") if "Xã Gio An" in row)
    assert {60, 90, 2} <= set(tthc)


def test_a_folder_that_cannot_be_is_refused_and_nothing_is_left(
    instance: Instance, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "tep").write_text("")
    assert instance.run("report", "--year", "2020", "--out", str(tmp_path / "tep")) == 1
    assert NAME in capsys.readouterr().err
    assert instance.run("report", "--year", "2020", "--as-of", "2019-01-01", "--out", str(tmp_path / "ra")) == 1
    assert not (tmp_path / "ra").exists()


def test_kinds_that_are_not_written_yet_are_a_usage_error(instance: Instance, tmp_path: Path) -> None:
    assert instance.run("report", "--year", "2020", "--out", str(tmp_path), "--kind", "xlsx,odt") == 2
    assert list(tmp_path.iterdir()) == []


def test_the_three_kinds_of_file_are_written_together(instance: Instance, tmp_path: Path) -> None:
    asked = ("report", "--year", "2020", "--as-of", "2020-11-18", "--out", str(tmp_path), "--kind")
    assert instance.run(*asked, "xlsx,odt") == 2
    assert not list(tmp_path.iterdir())
    assert instance.run(*asked, "xlsx,docx,pdf") == 0
    begins = {each.name: each.read_bytes()[:4] for each in tmp_path.iterdir()}
    assert begins == {
        "bao-cao-iso-2020.xlsx": b"PK\x03\x04",
        "bao-cao-iso-2020.docx": b"PK\x03\x04",
        "bao-cao-iso-2020.pdf": b"%PDF",
    }
