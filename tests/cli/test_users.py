"""`isoaudit user`, `serve`, `backup`, `restore`, `verify` as people type them."""

import json
import socket
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from isoaudit.app import production
from isoaudit.cli import main, serving
from isoaudit.config import Config
from isoaudit.db import Device
from tests.conftest import NOW
from tests.factories import user


class Shell:
    """Runs `isoaudit …` in this process: exit status, standard output, standard error."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch, self._capsys = monkeypatch, capsys

    def __call__(self, *arguments: str) -> tuple[int, str, str]:
        self._monkeypatch.setattr("sys.argv", ["isoaudit", *arguments])
        try:
            main()
            status = 0
        except SystemExit as end:
            status = int(end.code or 0)
        printed = self._capsys.readouterr()
        return status, printed.out, printed.err


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], config: Config) -> Shell:
    monkeypatch.setenv("ISOAUDIT_INSTANCE", str(config.instance))
    monkeypatch.setenv("ISOAUDIT_DATABASE_URL", config.database_url)
    monkeypatch.setenv("ISOAUDIT_ARGON2_MEMORY_KIB", "64")
    return Shell(monkeypatch, capsys)


def test_accounts_from_the_command_line(shell: Shell, session: Session) -> None:
    status, out, _err = shell("user", "add", "--username", "Quantri", "--name", "Nguyễn A", "--role", "administrator")
    assert status == 0
    assert "Mật khẩu ban đầu" in out
    assert shell("user", "add", "quantri", "--name", "Khác", "--role", "office")[::2] == (
        1,
        "Tên tài khoản “quantri” đã có. Hãy chọn tên khác.\n",
    )
    assert shell("user", "add", "x1", "--name", "X", "--role", "unit_officer")[0] == 1
    assert shell("user", "add", "x1", "--name", "X", "--role", "vua")[0] == 2
    assert shell("user", "disable")[0] == 2
    assert shell("user", "unlock", "quantri")[0] == 1
    assert shell("user", "disable", "--username", "quantri")[0] == 0
    (listed,) = json.loads(shell("user", "list", "--format", "json")[1])
    assert (listed["username"], listed["status"], listed["roles"]) == ("quantri", "disabled", ["administrator"])
    assert shell("user", "unlock", "quantri")[1] == "quantri: chưa đổi mật khẩu lần đầu\n"
    again = json.loads(shell("user", "reset", "quantri", "--format", "json")[1])
    assert again["username"] == "quantri"
    assert len(again["password"]) == 19


def test_backup_restore_and_verify(
    shell: Shell, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = user(session)
    session.add(Device(id=str(uuid4()), user_id=made.id, created_at=NOW, last_seen=NOW, reported_at=NOW))
    session.commit()
    file = tmp_path / "sao-luu.zip"
    assert shell("backup", str(file))[0] == 0
    status, _out, err = shell("backup", str(file))
    assert (status, "Đã có tệp" in err) == (1, True)
    assert shell("restore", str(file))[0] == 1, "not into a database that holds data"
    assert shell("verify")[0] == 0
    monkeypatch.setenv("ISOAUDIT_INSTANCE", str(tmp_path / "moi"))
    monkeypatch.setenv("ISOAUDIT_DATABASE_URL", f"sqlite:///{tmp_path / 'moi' / 'x.sqlite3'}")
    status, told, _err = shell("restore", str(file))
    assert (status, "1 máy tính bảng: hãy để các máy đồng bộ xong" in told) == (0, True)
    assert shell("verify")[0] == 0
    (listed,) = json.loads(shell("user", "list", "--format", "json")[1])
    assert listed["username"] == "office"


def test_verify_names_a_changed_line_of_the_log(shell: Shell, session: Session) -> None:
    shell("user", "add", "quantri", "--name", "A", "--role", "administrator")
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text("DROP TRIGGER log_entry_no_update"))
    else:
        session.execute(text("ALTER TABLE log_entry DISABLE TRIGGER USER"))
    session.execute(text("UPDATE log_entry SET account = 'ai đó'"))
    session.commit()
    status, _out, err = shell("verify")
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("ALTER TABLE log_entry ENABLE TRIGGER USER"))
        session.commit()
    assert (status, err) == (1, "Nhật ký hệ thống của Quảng Trị: dòng 1 đã bị sửa.\n")


def test_serve_refuses_demo_accounts_old_databases_and_open_keys(
    shell: Shell, session: Session, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[str] = []
    monkeypatch.setattr(serving.waitress, "serve", lambda _app, **options: started.append(options["host"]))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        serve = ("serve", "--port", str(probe.getsockname()[1]))
    assert shell(*serve)[0] == 0
    person = user(session, username="minh-hoa", now=NOW)
    person.example = True
    session.commit()
    status, _out, err = shell(*serve)
    assert (status, "minh-hoa" in err, "ISOAUDIT_ALLOW_DEMO_ACCOUNTS" in err) == (1, True, True)
    with pytest.raises(SystemExit, match="minh-hoa"):
        production()
    monkeypatch.setenv("ISOAUDIT_ALLOW_DEMO_ACCOUNTS", "yes")
    assert shell(*serve, "--host", "127.0.0.2")[0] == 0
    (config.instance / "secret-key").chmod(0o644)
    status, _out, err = shell(*serve)
    assert (status, "chmod 600" in err) == (1, True)
    assert started == ["127.0.0.1", "127.0.0.2"]
    monkeypatch.setenv("ISOAUDIT_DATABASE_URL", f"sqlite:///{config.instance / 'trong.sqlite3'}")
    status, _out, err = shell(*serve)
    assert (status, "isoaudit db upgrade" in err) == (1, True)
    (config.instance / "secret-key").chmod(0o600)
    with pytest.raises(SystemExit, match="isoaudit db upgrade"):
        production()
