"""Whatever keeps a command from its work is told in one line, with exit status 1, and leaves nothing behind."""

import errno
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from isoaudit import cli

ISOAUDIT = str(Path(sys.executable).parent / "isoaudit")


def _run(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("ISOAUDIT_")}
    return subprocess.run(
        [ISOAUDIT, *arguments],
        env=clean | {"ISOAUDIT_INSTANCE": str(folder)} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("", "chưa có cơ sở dữ liệu"),
        ("foo", "Không hiểu địa chỉ"),
        ("postgresql+psycopg://nobody@127.0.0.1:1/nothing", "Không dùng được cơ sở dữ liệu"),
    ],
)
def test_a_database_that_cannot_be_used_is_told_in_one_line(
    tmp_path: Path, url: str, told: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ISOAUDIT_INSTANCE", str(tmp_path))
    monkeypatch.setenv("ISOAUDIT_DATABASE_URL", url)
    monkeypatch.setattr(sys, "argv", ["isoaudit", "rollup", "--year", "2020"])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 1
    said = capsys.readouterr().err
    assert told in said
    assert len(said.strip().splitlines()) == 1
    assert list(tmp_path.glob("*.sqlite3")) == []


@pytest.mark.thorough
def test_a_port_in_use_is_told_and_files_are_the_owner_s(tmp_path: Path) -> None:
    assert _run(tmp_path, "db", "upgrade").returncode == 0
    assert (tmp_path / "isoaudit.sqlite3").stat().st_mode & 0o077 == 0
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        done = _run(tmp_path, "serve", "--port", str(busy.getsockname()[1]))
    assert done.returncode == 1
    assert "Không mở được 127.0.0.1" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        ("report --kind doc", 2, "isoaudit report: --kind: không có loại tệp “doc”; chọn trong"),
        ("rollup --year hai", 2, "--year: phải là số nguyên từ 1900 đến 2999"),
        ("rollup --year", 2, "isoaudit rollup: --year phải có giá trị"),
        ("rollup --year 2020 --as-of", 2, "isoaudit rollup: --as-of phải có giá trị"),
        ("units load quang-tri --format", 2, "isoaudit units load: --format phải có giá trị"),
        ("rollup", 2, "thiếu --year"),
        ("rollup --year 2020 --as-of 18/11/2020", 2, "--as-of: phải là ngày dạng YYYY-MM-DD"),
        ("rollup --year 2020 --format xml", 2, "--format: chọn một trong: table, json"),
        ("rollup --year 2020 thêm", 2, "thừa đối số thêm"),
        ("rollup --years 2020", 2, "không có tùy chọn --years"),
        ("import", 2, "thiếu PATH"),
        ("nhap", 2, "isoaudit: không có lệnh “nhap”"),
        ("documents đọc", 2, "isoaudit documents: không có lệnh “đọc”"),
        ("export workbook a.xlsx --empty --example", 2, "chỉ một trong hai"),
        ("export workbook sổ.csv", 2, "tên thư mục nhận các tệp CSV"),
        ("export xlsform phiếu.txt --checklist thu", 2, "tệp có đuôi .xlsx"),
        ("import không-có.xlsx", 1, "Không có tệp hay thư mục “không-có.xlsx”"),
        ("restore không-có", 1, "Không có tệp “không-có”"),
        ("documents read không-có.txt", 1, "Không có tệp “không-có.txt”"),
        ("documents read .", 1, "Không có tệp “.”"),
    ],
)
def test_what_was_typed_wrong_is_told_in_vietnamese(
    empty: Path,
    arguments: str,
    status: int,
    told: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("ISOAUDIT_INSTANCE", str(empty))
    monkeypatch.chdir(empty)
    monkeypatch.setattr(sys, "argv", ["isoaudit", *arguments.split()])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == status
    said = capsys.readouterr().err.splitlines()
    assert told in said[0]
    assert [line.startswith("Xem cách dùng: isoaudit") for line in said[1:]] == [True] * (status - 1)


def test_a_file_that_fails_without_a_name_is_told_as_a_file(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def failing(**_named: object) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(cli, "group", failing)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 1
    assert capsys.readouterr().err.startswith(f"Không đọc hoặc ghi được tệp: {os.strerror(errno.EIO)}. ")


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instance with a database and nothing in it."""
    place = tmp_path_factory.mktemp("empty")
    assert _run(place, "db", "upgrade").returncode == 0
    return place
