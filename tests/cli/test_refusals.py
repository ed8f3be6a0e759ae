"""Whatever keeps a command from its work is told in one line, with exit status 1, and leaves nothing behind."""

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
