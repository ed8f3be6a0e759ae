"""`isoaudit import` and `isoaudit units`: what they print, and with which status they end."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from isoaudit import cli
from isoaudit.config import Config
from tests.workbooks import Sheets, example, folder

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(config: Config, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the console script; gives its status, output and error output."""
    monkeypatch.setenv("ISOAUDIT_INSTANCE", str(config.instance))
    monkeypatch.setenv("ISOAUDIT_DATABASE_URL", config.database_url)

    def _run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["isoaudit", *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        told = capsys.readouterr()
        return int(ended.value.code or 0), told.out, told.err

    return _run


def small() -> Sheets:
    return {name: example()[name] for name in ("units", "successions", "documents", "declarations")}


def count(engine: Engine, table: str) -> int:
    with engine.connect() as connection:
        return int(connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())


def test_a_workbook_is_imported_and_the_second_time_nothing_changes(run: Run, tmp_path: Path, engine: Engine) -> None:
    place = str(folder(tmp_path / "so", small()))
    status, out, _ = run("import", place, "--dry-run", "--format", "json")
    assert (status, json.loads(out)["changed"], count(engine, "unit")) == (0, True, 0)
    status, out, _ = run("import", place, "--format", "json")
    report = json.loads(out)
    assert (status, report["sheets"]["units"], count(engine, "unit")) == (
        0,
        {"added": 7, "unchanged": 0, "updated": 0},
        7,
    )
    assert report["digest"].startswith("sha256:")
    status, out, _ = run("import", place)
    assert status == 0
    assert "Không có gì thay đổi" in out


def test_refusals_are_lines_on_standard_error_and_nothing_is_written(run: Run, tmp_path: Path, engine: Engine) -> None:
    sheets = small()
    sheets["declarations"][0]["edition"] = "iso9001-1994"
    sheets["units"][1]["kind"] = "phường"
    status, out, err = run("import", str(folder(tmp_path / "so", sheets)))
    lines = err.strip().splitlines()
    assert (status, out, len(lines), count(engine, "unit")) == (1, "", 2, 0)
    assert "units, dòng 3, cột kind: “phường”" in lines[0]
    assert "iso9001-1994" in lines[1]


@pytest.mark.parametrize(
    ("name", "header", "told"),
    [
        ("unitz", "code", "Không có trang nào tên “unitz”"),
        ("units", "code,name,kind,valid_from,colour", "không có cột “colour”"),
        ("units", "code,name,kind", "thiếu cột bắt buộc “valid_from”"),
    ],
)
def test_unknown_sheets_and_columns_are_named(run: Run, tmp_path: Path, name: str, header: str, told: str) -> None:
    (tmp_path / "so").mkdir()
    (tmp_path / "so" / f"{name}.csv").write_text(f"{header}\n", "utf-8")
    status, _, err = run("import", str(tmp_path / "so"))
    assert status == 1
    assert told in err


def test_a_correction_needs_update(run: Run, tmp_path: Path, engine: Engine) -> None:
    run("import", str(folder(tmp_path / "so", small())))
    sheets = small()
    sheets["documents"][0]["subject"] = "Kế hoạch sửa đổi"
    place = str(folder(tmp_path / "sua", sheets))
    status, _, err = run("import", place)
    assert status == 1
    assert "--update" in err
    status, out, _ = run("import", place, "--update", "--format", "json")
    assert json.loads(out)["sheets"]["documents"]["updated"] == 1
    assert count(engine, "document") == 3


def test_readings_are_taken_only_when_asked_for(run: Run, tmp_path: Path, engine: Engine) -> None:
    sheets = small()
    sheets["units"][1]["kind"] = "Phường"
    sheets["declarations"][2]["date"] = "02/01/2019"
    place = str(folder(tmp_path / "so", sheets))
    status, _, err = run("import", place)
    assert (status, count(engine, "unit")) == (1, 0)
    assert "“02/01/2019” chưa đúng cách ghi, có thể hiểu là “2019-01-02”" in err
    assert "--accept-corrections" in err
    assert run("import", place, "--accept", "word")[0] == 1
    assert run("import", place, "--accept", "spelling")[0] == 2
    status, out, _ = run("import", place, "--accept-corrections", "--dry-run")
    assert "units, dòng 3, cột kind: “Phường” đọc là “ward”" in out
    status, out, _ = run("import", place, "--accept", "word", "--accept", "date", "--format", "json")
    read = {(each["sheet"], each["written"], each["read"]) for each in json.loads(out)["corrections"]}
    assert (status, count(engine, "unit")) == (0, 7)
    assert {("units", "Phường", "ward"), ("declarations", "02/01/2019", "2019-01-02")} <= read


def test_the_shipped_register_is_listed_as_of_any_day(run: Run) -> None:
    assert run("units", "load", "quang-tri")[0] == 0
    assert "Không có gì thay đổi" in run("units", "load", "quang-tri")[1]
    for day, expected in (("2020-11-18", 125), ("2025-03-01", 119), ("2025-07-01", 78)):
        lines = json.loads(run("units", "list", "--as-of", day, "--format", "json")[1])
        blocks = [line["block"] for line in lines]
        assert blocks.count("commune") == expected
        assert (blocks.count("district"), blocks.count("agency")) == (0 if day > "2025-06" else 10, 20)
    assert "Cấp xã: 78" in run("units", "list", "--as-of", "2025-07-01")[1]


def test_a_register_that_does_not_ship_is_refused(run: Run) -> None:
    status, _, err = run("units", "load", "ha-noi")
    assert status == 1
    assert "quang-tri" in err
