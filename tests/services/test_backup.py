"""A backup restores into an empty place, from either database into the other, to the last row; verify finds harm."""

import json
import zipfile
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from isoaudit import migrations
from isoaudit.config import Config, account_key
from isoaudit.db import Unit
from isoaudit.db.engine import Sessions, make_engine
from isoaudit.domain.errors import Conflict, Invalid, Refusal
from isoaudit.domain.vocabulary import UnitKind
from isoaudit.services import backup, integrity, log, recovery_key, restoring, settings, vault
from tests.conftest import NOW
from tests.factories import user

PICTURE = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


@pytest.fixture
def filled(session: Session, config: Config) -> None:
    """A unit that points to another, a person, a file of the vault, a line of the log."""
    home = settings.home(session).id
    shared = {"kind": UnitKind.WARD, "valid_from": date(2020, 1, 1), "fold": "x", "sort_key": "x"}
    parent = Unit(province_id=home, code="2", name="Thành phố Đông Hà", **shared)
    session.add(parent)
    session.flush()
    child = Unit(province_id=home, code="1", name="Phường 1", parent_id=parent.id, **shared)
    session.add(child)
    session.flush()
    parent_of_both = Unit(province_id=home, code="3", name="Tỉnh", **shared)
    session.add(parent_of_both)
    session.flush()
    parent.parent_id = parent_of_both.id
    person = user(session, unit_id=child.id)
    vault.store(
        session,
        config.evidence,
        province_id=home,
        name="ảnh.png",
        content=PICTURE,
        max_mb=1,
        by=log.Actor.of(person, "127.0.0.1"),
        now=NOW,
    )
    session.commit()


def _rows(engine: Engine) -> dict[str, list[object]]:
    with backup.snapshot(engine) as connection:
        return {
            table.name: [
                {name: backup.plain(value) for name, value in row._mapping.items()}
                for row in connection.execute(select(table).order_by(*table.primary_key.columns))
            ]
            for table in backup.tables()
        }


def _target(tmp_path: Path) -> tuple[Engine, Config]:
    folder = tmp_path / "khác"
    folder.mkdir()
    config = Config(instance=folder, database_url=f"sqlite:///{folder / 'isoaudit.sqlite3'}")
    return make_engine(config.database_url), config


def _backup(engine: Engine, config: Config, tmp_path: Path) -> Path:
    file = tmp_path / "sao-luu.zip"
    recovery = recovery_key.stored(config.instance)
    backup.make(engine, config.evidence, account_key(config), file, now=NOW, recovery_key=recovery)
    return file


def test_everything_comes_back(filled: None, engine: Engine, config: Config, tmp_path: Path) -> None:
    recovery = recovery_key.of(config.instance)
    file = _backup(engine, config, tmp_path)
    assert file.stat().st_mode & 0o777 == 0o600
    with pytest.raises(Conflict, match=r"backup\.exists"):
        _backup(engine, config, tmp_path)
    other, there = _target(tmp_path)
    restoring.restore(other, there.instance, there.evidence, file)
    assert _rows(other) == _rows(engine)
    assert [path.read_bytes() for path in there.evidence.glob("??/*")] == [PICTURE]
    assert account_key(there) == account_key(config)
    assert recovery_key.of(there.instance).id == recovery.id
    with Sessions(other).reading() as session:
        assert list(integrity.findings(session, there.evidence)) == []
    with pytest.raises(Conflict, match=r"backup\.not_empty"):
        restoring.restore(other, there.instance, there.evidence, file)
    other.dispose()


def test_a_restored_database_counts_on(
    filled: None, engine: Engine, config: Config, session: Session, tmp_path: Path
) -> None:
    file = _backup(engine, config, tmp_path)
    before = _rows(engine)
    tables = ", ".join(f'"{table.name}"' for table in backup.tables())
    session.close()
    if engine.dialect.name == "postgresql":
        with engine.begin() as connection:
            connection.execute(text(f"TRUNCATE {tables} RESTART IDENTITY CASCADE"))
        target, folder = engine, tmp_path / "pg"
        folder.mkdir()
    else:
        target, there = _target(tmp_path)
        folder = there.instance
    restoring.restore(target, folder, folder / "evidence", file)
    assert _rows(target) == before
    with Sessions(target).writing.begin() as again:
        user(again, username="sau-khi-phuc-hoi")
    target.dispose()


def test_a_backup_is_of_one_moment_while_others_write(
    filled: None, engine: Engine, config: Config, sessions: Sessions, tmp_path: Path
) -> None:
    with backup.snapshot(engine) as connection:
        before = connection.execute(text("SELECT count(*) FROM unit")).scalar()
        with sessions.writing.begin() as writer:
            settings.write(writer, {"signer": "Nguyễn Văn A"}, by=log.COMMAND_LINE, now=NOW)
            writer.execute(text("UPDATE unit SET name = 'khác'"))
        assert connection.execute(text("SELECT count(*) FROM unit WHERE name <> 'khác'")).scalar() == before


def test_a_damaged_or_foreign_backup_writes_nothing(
    filled: None, engine: Engine, config: Config, tmp_path: Path
) -> None:
    file = _backup(engine, config, tmp_path)
    other, there = _target(tmp_path)

    def refused(change: dict[str, bytes]) -> Refusal:
        broken = tmp_path / "hong.zip"
        with zipfile.ZipFile(file) as source, zipfile.ZipFile(broken, "w") as out:
            for name in source.namelist():
                out.writestr(name, change.get(name, source.read(name)))
        with pytest.raises(Invalid) as raised:
            restoring.restore(other, there.instance, there.evidence, broken)
        return raised.value

    assert refused({"tables/unit.jsonl": b"{}\n"}).details["part"] == "tables/unit.jsonl"
    with zipfile.ZipFile(file) as opened:
        about = json.loads(opened.read("manifest.json"))
    older = refused({"manifest.json": json.dumps(about | {"migration": "0001"}).encode()})
    assert (older.code, older.details["theirs"]) == ("backup.migration", "0001")
    text_file = tmp_path / "chu.zip"
    text_file.write_text("không phải zip")
    with pytest.raises(Invalid, match=r"backup\.unreadable"):
        restoring.restore(other, there.instance, there.evidence, text_file)
    with other.connect() as connection:
        assert migrations.current(connection) is None
    assert list(there.instance.glob("evidence/*/*")) == []
    other.dispose()


def test_verify_finds_a_changed_and_a_missing_file(filled: None, config: Config, session: Session) -> None:
    assert list(integrity.findings(session, config.evidence)) == []
    (stored,) = config.evidence.glob("??/*")
    stored.write_bytes(b"khac")
    assert [each.code for each in integrity.findings(session, config.evidence)] == ["verify.file_changed"]
    stored.unlink()
    assert [each.code for each in integrity.findings(session, config.evidence)] == ["verify.file_missing"]
